//! How wide text is, and how it breaks into lines: at spaces, after hyphens and slashes, between syllables.

use super::Fonts;
use crate::report::document::{Line, Piece, Target};
use hypher::Lang;
use ttf_parser::{Face, GlyphId};

/// A word of more signs than this is set as several that no space parts, so that the time it takes grows no faster than
/// the word.
const MOST_WORD: usize = 120;

/// Colours, as red, green and blue.
pub(super) type Colour = [u8; 3];
/// Text.
pub(super) const INK: Colour = [0x1a, 0x1a, 0x1a];
/// Text that is less important.
pub(super) const PALE: Colour = [0x4d, 0x4d, 0x4d];
const LINK: Colour = [0x1c, 0x4f, 0x82];

/// How text is set.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Style {
    pub(super) size: f32,
    pub(super) bold: bool,
    pub(super) colour: Colour,
    /// Where it leads.
    pub(super) link: Option<Target>,
}

impl Style {
    pub(super) fn new(size: f32) -> Self {
        Self { size, bold: false, colour: INK, link: None }
    }

    pub(super) fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(super) fn in_colour(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }
}

/// Text of one style on a line.
#[derive(Clone, Debug)]
pub(super) struct Span {
    pub(super) text: String,
    pub(super) style: Style,
    /// Distance from the beginning of the line.
    pub(super) x: f32,
    pub(super) width: f32,
}

/// A line of text.
#[derive(Clone, Debug, Default)]
pub(super) struct TextLine {
    pub(super) spans: Vec<Span>,
    pub(super) width: f32,
}

/// The fonts, and the language whose syllables are known.
pub(super) struct Measure {
    faces: [Face<'static>; 2],
    language: Option<Lang>,
}

/// A piece of a word.
#[derive(Clone, Debug)]
struct Part {
    text: String,
    style: Style,
    /// Whether it is something to type, which a hyphen would falsify.
    is_address: bool,
}

/// A word with the style of the space before it.
struct Word {
    parts: Vec<Part>,
    space: Option<Style>,
}

impl Measure {
    pub(super) fn new(fonts: Fonts, language: &str) -> Option<Self> {
        let face = |bytes| Face::parse(bytes, 0).ok();
        let language = match language {
            "uk" => Some(Lang::Ukrainian),
            "en" => Some(Lang::English),
            _ => None,
        };
        Some(Self { faces: [face(fonts.regular)?, face(fonts.bold)?], language })
    }

    /// Returns the glyph of a character and its width in parts of the size; the soft hyphen is seen as a hyphen, a
    /// character that the font lacks as its box.
    pub(super) fn glyph(&self, character: char, bold: bool) -> (u16, f32) {
        let face = &self.faces[usize::from(bold)];
        let seen = match character {
            '\u{ad}' => '-',
            '\u{a0}' | '\u{202f}' => ' ',
            '\u{2011}' => '-',
            other => other,
        };
        let glyph = face.glyph_index(seen).unwrap_or(GlyphId(0));
        let is_mark = matches!(u32::from(character), 0x300..=0x36f | 0x200b..=0x200f | 0xfe00..=0xfe0f);
        let advance = if is_mark { 0 } else { face.glyph_hor_advance(glyph).unwrap_or(0) };
        (glyph.0, f32::from(advance) / f32::from(face.units_per_em()))
    }

    pub(super) fn width(&self, text: &str, style: &Style) -> f32 {
        text.chars().map(|c| self.glyph(c, style.bold).1).sum::<f32>() * style.size
    }

    /// Breaks a line of a document into lines of at most `width`.
    ///
    /// # Arguments
    /// * `hyphenate`: whether words may break between syllables.
    pub(super) fn break_line(&self, line: &Line, base: &Style, width: f32, hyphenate: bool) -> Vec<TextLine> {
        let mut lines: Vec<TextLine> = Vec::new();
        let mut now = TextLine::default();
        for word in words(line, base) {
            let mut space = word.space;
            let mut rest = word.parts;
            loop {
                let gap = match &space {
                    Some(style) if !now.spans.is_empty() => self.width(" ", style),
                    _ => 0.0,
                };
                let wide: f32 = rest.iter().map(|part| self.width(&part.text, &part.style)).sum();
                if now.width + gap + wide <= width + 0.01 {
                    self.put(&mut now, space.take(), gap, rest);
                    break;
                }
                let room = width - now.width - gap;
                let whole_line = wide > width;
                // A line that is nearly full needs no broken word.
                let worth = whole_line || room > 0.14 * width;
                let split = if worth { self.split(&rest, room, hyphenate) } else { None };
                if let Some((head, tail)) = split {
                    self.put(&mut now, space.take(), gap, head);
                    lines.push(std::mem::take(&mut now));
                    rest = tail;
                } else if now.spans.is_empty() {
                    let (head, tail) = self.force(rest, width);
                    self.put(&mut now, None, 0.0, head);
                    lines.push(std::mem::take(&mut now));
                    if tail.is_empty() {
                        break;
                    }
                    rest = tail;
                } else {
                    lines.push(std::mem::take(&mut now));
                }
                space = None;
            }
        }
        if !now.spans.is_empty() {
            lines.push(now);
        }
        lines
    }

    /// Adds a word to a line; text of the same style is one span.
    fn put(&self, line: &mut TextLine, space: Option<Style>, gap: f32, parts: Vec<Part>) {
        if gap > 0.0
            && let Some(style) = space
        {
            self.add(line, " ".to_owned(), style);
        }
        for part in parts {
            self.add(line, part.text, part.style);
        }
    }

    fn add(&self, line: &mut TextLine, text: String, style: Style) {
        let width = self.width(&text, &style);
        match line.spans.last_mut() {
            Some(last) if last.style == style => {
                last.text.push_str(&text);
                last.width += width;
            }
            _ => line.spans.push(Span { text, style, x: line.width, width }),
        }
        line.width += width;
    }

    /// Splits a word at the last place where its head fits into `room`.
    fn split(&self, word: &[Part], room: f32, hyphenate: bool) -> Option<(Vec<Part>, Vec<Part>)> {
        let mut best = None;
        let mut before = 0.0;
        for (at, part) in word.iter().enumerate() {
            for (place, hyphen) in self.places(&part.text, hyphenate && !part.is_address) {
                let mut head = part.text[..place].to_owned();
                if hyphen {
                    head.push('\u{ad}');
                }
                if before + self.width(&head, &part.style) > room {
                    break;
                }
                let is_end = at == 0 && place == 0 || at + 1 == word.len() && place == part.text.len();
                if !is_end {
                    best = Some((at, place, head));
                }
            }
            before += self.width(&part.text, &part.style);
            if before > room {
                break;
            }
        }
        let (at, place, head) = best?;
        let mut first: Vec<Part> = word[..at].to_vec();
        first.push(Part { text: head, ..word[at].clone() });
        let mut second = vec![Part { text: word[at].text[place..].to_owned(), ..word[at].clone() }];
        second.extend_from_slice(&word[at + 1..]);
        second.retain(|part| !part.text.is_empty());
        Some((first, second))
    }

    /// Places where a text may break, in order, each with whether a hyphen is set there.
    fn places(&self, text: &str, hyphenate: bool) -> Vec<(usize, bool)> {
        let mut places = Vec::new();
        let mut start = 0;
        let ends = |c: char| !c.is_alphabetic() && c != '’' && c != '\'';
        for (end, character) in text.char_indices().filter(|(_, c)| ends(*c)).chain([(text.len(), ' ')]) {
            let run = &text[start..end];
            if hyphenate
                && run.chars().count() >= 6
                && let Some(language) = self.language
            {
                let mut at = start;
                let syllables: Vec<&str> = hypher::hyphenate_bounded(run, language, 2, 3).collect();
                for syllable in &syllables[..syllables.len().saturating_sub(1)] {
                    at += syllable.len();
                    places.push((at, true));
                }
            }
            start = end + character.len_utf8();
            // `3/14` and `MIA-07` are read as one.
            let before_digit =
                text.get(start..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            let behind_digit = text[..end].ends_with(|c: char| c.is_ascii_digit());
            let is_one = before_digit && (character == '-' || character == '/' && behind_digit);
            let breaks = matches!(character, '-' | '/' | '–' | '_' | '?' | '&' | '=') && !is_one;
            if breaks && start < text.len() {
                places.push((start, false));
            }
        }
        places
    }

    /// Splits a word that is wider than a line, between any two characters.
    fn force(&self, word: Vec<Part>, width: f32) -> (Vec<Part>, Vec<Part>) {
        let mut used = 0.0;
        let (mut head, mut tail): (Vec<Part>, Vec<Part>) = (Vec::new(), Vec::new());
        for part in word {
            if !tail.is_empty() {
                tail.push(part);
                continue;
            }
            let mut cut = part.text.len();
            for (at, character) in part.text.char_indices() {
                let wide = self.glyph(character, part.style.bold).1 * part.style.size;
                let is_first = at == 0 && head.is_empty();
                if used + wide > width && !is_first {
                    cut = at;
                    break;
                }
                used += wide;
            }
            let (first, second) = part.text.split_at(cut);
            if !first.is_empty() {
                head.push(Part { text: first.to_owned(), ..part.clone() });
            }
            if !second.is_empty() {
                tail.push(Part { text: second.to_owned(), ..part.clone() });
            }
        }
        (head, tail)
    }
}

/// The words of a line; pieces that no space parts are one word.
fn words(line: &Line, base: &Style) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut space = None;
    let mut glued = false;
    for piece in &line.0 {
        let style = styled(piece, base);
        for (at, text) in piece.plain().split(' ').enumerate() {
            if at > 0 {
                space = Some(style.clone());
                glued = false;
            }
            if text.is_empty() {
                continue;
            }
            let is_address = matches!(piece, Piece::Code(_)) || text.contains("://");
            for text in shorter(text) {
                let part = Part { text: text.to_owned(), style: style.clone(), is_address };
                match words.last_mut() {
                    Some(word) if glued => word.parts.push(part),
                    _ => words.push(Word { parts: vec![part], space: space.take() }),
                }
                glued = false;
            }
            glued = true;
        }
    }
    words
}

/// Cuts a word into pieces of at most [`MOST_WORD`] signs.
fn shorter(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let end = rest.char_indices().nth(MOST_WORD).map_or(rest.len(), |(end, _)| end);
        let (head, tail) = rest.split_at(end);
        rest = tail;
        (!head.is_empty()).then_some(head)
    })
}

fn styled(piece: &Piece, base: &Style) -> Style {
    match piece {
        Piece::Text(_) => base.clone(),
        Piece::Strong(_) => base.clone().bold(),
        Piece::Code(_) => base.clone().in_colour(PALE),
        Piece::Verdict(verdict, _) => base.clone().bold().in_colour(super::draw::ink(*verdict)),
        Piece::Link(target, _) => Style { colour: LINK, link: Some(target.clone()), ..base.clone() },
    }
}
