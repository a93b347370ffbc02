//! A printed document as values: headings, paragraphs, tables, figures, lists; written as HTML, Markdown, DOCX and PDF.
//!
//! A report is built once as a [`Document`] and then written in any of the forms, so that all of them say the same.
//! Writers know nothing of norms and findings; builders know nothing of pages and markup.
//!
//! # Invariants
//! * Text is cleaned when it enters ([`clean`]): one line, no control characters, nothing that turns the direction of
//!   what follows. Each writer escapes what its form gives a meaning to.
//! * A link leads to a heading or entry of the same document, or to a page on the web; no other scheme is written.
//! * Same document: same bytes.

mod docx;
mod html;
mod markdown;
mod pdf;

pub use docx::docx;
pub use html::html;
pub use markdown::markdown;
pub use pdf::{Fonts, PdfError, pdf};

use crate::gaps::Verdict;

/// A document.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The tag of its language, such as `uk`.
    pub language: String,
    /// Its title.
    pub title: String,
    /// What stands below the title, line by line.
    pub subtitle: Vec<String>,
    /// What stands at the foot of each page.
    pub footer: String,
    /// The heading of its table of contents.
    pub contents: String,
    /// What a reader of the table of contents must know; nothing: it lists every heading.
    pub contents_note: String,
    /// The word that leads the number of a table, and of a figure.
    pub captions: [String; 2],
    /// What it consists of.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Line),
    /// A paragraph in small type, for what only some readers need.
    Small(Line),
    /// Lines that stand beside each other as equals.
    Bullets(Vec<Line>),
    /// Lines whose order counts.
    Numbers(Vec<Line>),
    /// Names, each with what is said of it.
    Terms(Vec<(String, Line)>),
    /// A table.
    Table(Table),
    /// A picture.
    Figure(Figure),
    /// Entries that others refer to, such as those of a bibliography.
    Entries(Vec<Entry>),
}

/// A heading.
#[derive(Clone, Debug)]
pub struct Heading {
    /// 1 for chapters, 2 for sections, 3 for what stands in them.
    pub level: u8,
    /// What links name it by: ASCII letters, digits and hyphens.
    pub id: String,
    /// Its number, such as `4.2`; empty: none.
    pub number: String,
    /// Its text.
    pub text: String,
    /// Whether the printed table of contents has it; outlines have all.
    pub listed: bool,
}

impl Heading {
    /// Returns number and text.
    pub fn full(&self) -> String {
        if self.number.is_empty() { self.text.clone() } else { format!("{} {}", self.number, self.text) }
    }
}

/// An entry that others refer to.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What links name it by.
    pub id: String,
    /// What stands before it, such as `[12]`.
    pub mark: String,
    /// What it says.
    pub line: Line,
}

/// A table.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// What it shows; the number is given by the writer.
    pub caption: String,
    /// Whether the caption is only for those who do not see the table: what stands around says it already.
    pub quiet: bool,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows; the first cell of each is its heading.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its heading.
    pub head: String,
    /// Its part of the width, against those of the other columns.
    pub share: u16,
    /// Whether it holds numbers.
    pub numeric: bool,
}

/// A row.
#[derive(Clone, Debug)]
pub enum Row {
    /// A heading over the rows that follow, across all columns.
    Group(String),
    /// Cells, one a column.
    Cells(Vec<Cell>),
}

/// A cell.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// What it says.
    pub line: Line,
    /// The verdict that gives it its colour.
    pub tone: Option<Verdict>,
}

impl From<Line> for Cell {
    fn from(line: Line) -> Self {
        Self { line, tone: None }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Line::new().text(text).into()
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

/// A picture, in the forms that writers take.
#[derive(Clone, Debug)]
pub struct Figure {
    /// What its file is called where it stands beside the document, without extension.
    pub name: String,
    /// What it shows.
    pub caption: String,
    /// What it shows, for those who do not see it.
    pub description: String,
    /// The picture as SVG.
    pub svg: String,
    /// The picture as PNG; empty where nothing makes one.
    pub png: Vec<u8>,
    /// Its width and height in pixels.
    pub size: [f64; 2],
}

/// A line of text, piece by piece.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line(pub Vec<Piece>);

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Plain text.
    Text(String),
    /// Text set apart.
    Strong(String),
    /// An id, a hash, something to type.
    Code(String),
    /// The word for a verdict, in its colour.
    Verdict(Verdict, String),
    /// A link.
    Link(Target, String),
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To a heading or entry of the document.
    Inside(String),
    /// To a page: `http` or `https`.
    Web(String),
}

impl Line {
    /// Returns an empty line.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds text.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        let text = clean(text);
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(Piece::Text(before)) => before.push_str(&text),
            _ => self.0.push(Piece::Text(text)),
        }
        self
    }

    /// Adds text set apart.
    #[must_use]
    pub fn strong(mut self, text: &str) -> Self {
        self.0.push(Piece::Strong(clean(text)));
        self
    }

    /// Adds an id, a hash, something to type.
    #[must_use]
    pub fn code(mut self, text: &str) -> Self {
        self.0.push(Piece::Code(clean(text)));
        self
    }

    /// Adds the word for a verdict.
    #[must_use]
    pub fn verdict(mut self, verdict: Verdict, word: &str) -> Self {
        self.0.push(Piece::Verdict(verdict, clean(word)));
        self
    }

    /// Adds a link to a heading or entry of the document.
    #[must_use]
    pub fn inside(mut self, id: &str, text: &str) -> Self {
        self.0.push(Piece::Link(Target::Inside(id.to_owned()), clean(text)));
        self
    }

    /// Adds a link to a page; plain text where the address is none of the web.
    #[must_use]
    pub fn web(mut self, address: &str, text: &str) -> Self {
        if !is_web(address) {
            return self.text(text);
        }
        self.0.push(Piece::Link(Target::Web(address.to_owned()), clean(text)));
        self
    }

    /// Adds the pieces of another line.
    #[must_use]
    pub fn line(mut self, other: Self) -> Self {
        for piece in other.0 {
            match (self.0.last_mut(), piece) {
                (Some(Piece::Text(before)), Piece::Text(text)) => before.push_str(&text),
                (_, piece) => self.0.push(piece),
            }
        }
        self
    }

    /// Returns the text without what sets it apart.
    pub fn plain(&self) -> String {
        self.0.iter().map(Piece::plain).collect()
    }

    /// Joins lines by a separator.
    pub fn join(lines: impl IntoIterator<Item = Self>, separator: &str) -> Self {
        let mut joined = Self::new();
        for (at, line) in lines.into_iter().enumerate() {
            joined = if at == 0 { joined.line(line) } else { joined.text(separator).line(line) };
        }
        joined
    }
}

impl Piece {
    /// The text.
    pub fn plain(&self) -> &str {
        match self {
            Self::Text(text)
            | Self::Strong(text)
            | Self::Code(text)
            | Self::Verdict(_, text)
            | Self::Link(_, text) => text,
        }
    }
}

/// Returns whether an address is one that a reader may follow: on the web, without a character that ends an address.
fn is_web(address: &str) -> bool {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty() && !rest.chars().any(|c| c.is_whitespace() || c.is_control() || is_turning(c))
    })
}

fn is_turning(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

/// Returns the text on one line, without control characters, characters that XML forbids, and those that turn the
/// direction of what follows; a run of white space is one space.
pub fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for character in text.chars() {
        if character == '\u{a0}' || character == '\u{202f}' {
            clean.push(character);
        } else if character.is_whitespace() {
            if !clean.ends_with(' ') {
                clean.push(' ');
            }
        } else if !character.is_control()
            && !is_turning(character)
            && !matches!(character, '\u{fffe}' | '\u{ffff}' | '\u{feff}')
        {
            clean.push(character);
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_one_line_without_what_steers() {
        assert_eq!(clean("a\u{0}b\r\n\u{202e}c \u{7f}d"), "ab c d");
        assert_eq!(clean(" a "), " a ");
    }

    #[test]
    fn only_the_web_is_linked() {
        for good in ["https://zakon.rada.gov.ua/laws/show/254%D0%BA/96", "http://x/(y)"] {
            assert_eq!(
                Line::new().web(good, "x").0,
                [Piece::Link(Target::Web(good.to_owned()), "x".to_owned())]
            );
        }
        for bad in
            ["javascript:alert(1)", "file:///etc/passwd", "https://", "https://a b", "https://a\u{202e}b"]
        {
            assert_eq!(Line::new().web(bad, "x").0, [Piece::Text("x".to_owned())], "{bad}");
        }
    }

    #[test]
    fn neighbouring_texts_are_one() {
        let line = Line::join([Line::new().text("a"), Line::new().strong("b"), Line::new().text("c")], ", ");
        assert_eq!(line.plain(), "a, b, c");
        assert_eq!(line.0.len(), 3);
    }
}
