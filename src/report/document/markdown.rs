//! A document as Markdown with tables; pictures stand in files beside it.

use super::{Block, Document, Line, Piece, Row, Table, Target};
use std::fmt::Write as _;

/// Returns the text.
///
/// # Arguments
/// * `file`: what the file of a figure is called, by the figure's name; the text links to it.
pub fn markdown(document: &Document, file: impl Fn(&str) -> String) -> String {
    let mut text = format!("# {}\n\n", escape(&document.title));
    for line in &document.subtitle {
        let _ = writeln!(text, "{}  ", escape(line));
    }
    let _ = write!(text, "\n**{}**\n\n", escape(&document.contents));
    if !document.contents_note.is_empty() {
        let _ = write!(text, "{}\n\n", escape(&document.contents_note));
    }
    for block in &document.blocks {
        if let Block::Heading(heading) = block
            && heading.listed
        {
            let indent = "  ".repeat(usize::from(heading.level.saturating_sub(1)));
            let _ = writeln!(text, "{indent}- [{}](#{})", escape(&heading.full()), heading.id);
        }
    }
    let mut numbers = [0; 2];
    for block in &document.blocks {
        text.push('\n');
        write_block(document, block, &file, &mut numbers, &mut text);
    }
    let _ = write!(text, "\n---\n\n{}\n", escape(&document.footer));
    text
}

fn write_block(
    document: &Document,
    block: &Block,
    file: &impl Fn(&str) -> String,
    numbers: &mut [usize; 2],
    text: &mut String,
) {
    match block {
        Block::Heading(heading) => {
            let marks = "#".repeat(usize::from(heading.level) + 1);
            let _ = writeln!(text, "<a id=\"{}\"></a>\n\n{marks} {}", heading.id, escape(&heading.full()));
        }
        Block::Paragraph(line) | Block::Small(line) => {
            let _ = writeln!(text, "{}", paragraph(line));
        }
        Block::Bullets(lines) => {
            for line in lines {
                let _ = writeln!(text, "- {}", paragraph(line));
            }
        }
        Block::Numbers(lines) => {
            for (at, line) in lines.iter().enumerate() {
                let _ = writeln!(text, "{}. {}", at + 1, paragraph(line));
            }
        }
        Block::Terms(terms) => {
            for (name, line) in terms {
                let _ = writeln!(text, "- **{}**: {}", escape(name), inline(line));
            }
        }
        Block::Table(table) => {
            if !table.quiet {
                numbers[0] += 1;
                let lead = format!("{} {}. ", document.captions[0], numbers[0]);
                let _ = write!(text, "**{}{}**\n\n", escape(&lead), escape(&table.caption));
            }
            write_table(table, text);
        }
        Block::Figure(figure) => {
            numbers[1] += 1;
            let _ = write!(
                text,
                "![{}](<{}>)\n\n**{} {}. {}**\n",
                escape(&figure.description),
                address(&file(&figure.name)),
                escape(&document.captions[1]),
                numbers[1],
                escape(&figure.caption)
            );
        }
        Block::Entries(entries) => {
            for entry in entries {
                let _ = writeln!(
                    text,
                    "- <a id=\"{}\"></a>{} {}",
                    entry.id,
                    escape(&entry.mark),
                    inline(&entry.line)
                );
            }
        }
    }
}

fn write_table(table: &Table, text: &mut String) {
    let heads: Vec<String> = table.columns.iter().map(|column| escape(&column.head)).collect();
    let rules: Vec<&str> =
        table.columns.iter().map(|column| if column.numeric { "---:" } else { "---" }).collect();
    let _ = writeln!(text, "| {} |\n| {} |", heads.join(" | "), rules.join(" | "));
    for row in &table.rows {
        match row {
            Row::Group(name) => {
                let rest = " |".repeat(table.columns.len().saturating_sub(1));
                let _ = writeln!(text, "| **{}** |{rest}", escape(name));
            }
            Row::Cells(cells) => {
                let cells: Vec<String> = cells.iter().map(|cell| inline(&cell.line)).collect();
                let _ = writeln!(text, "| {} |", cells.join(" | "));
            }
        }
    }
}

/// Returns a line that begins a paragraph: nothing in it makes it a list, a heading or a rule.
fn paragraph(line: &Line) -> String {
    let text = inline(line);
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if text.starts_with(['-', '+', '=', '#', '~']) {
        return format!("\\{text}");
    }
    if digits > 0 && text[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &text[..digits], &text[digits..]);
    }
    text.to_owned()
}

fn inline(line: &Line) -> String {
    let mut text = String::new();
    for piece in &line.0 {
        let _ = match piece {
            Piece::Text(words) => write!(text, "{}", escape(words)),
            Piece::Strong(words) | Piece::Verdict(_, words) => write!(text, "{}", strong(words)),
            Piece::Code(words) => write!(text, "<code>{}</code>", escape(words)),
            Piece::Link(Target::Inside(id), words) => write!(text, "[{}](#{id})", escape(words)),
            Piece::Link(Target::Web(to), words) => write!(text, "[{}](<{}>)", escape(words), address(to)),
        };
    }
    text
}

/// Sets text apart; white space at its ends stays outside, or Markdown would not see the marks.
fn strong(words: &str) -> String {
    let inner = words.trim();
    if inner.is_empty() {
        return words.to_owned();
    }
    let (before, after) =
        (&words[..words.len() - words.trim_start().len()], &words[words.trim_end().len()..]);
    format!("{before}**{}**{after}", escape(inner))
}

/// Takes the meaning from every character that has one in Markdown or HTML.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '$' | '^' => {
                safe.push('\\');
                safe.push(character);
            }
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            character => safe.push(character),
        }
    }
    safe
}

/// Encodes what would end an address in angle brackets, or a table's cell.
fn address(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' | '>' | '|' | '\\' | ' ' | '`' => {
                let _ = write!(safe, "%{:02X}", u32::from(character));
            }
            character => safe.push(character),
        }
    }
    safe
}
