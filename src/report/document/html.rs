//! A document as one HTML page: nothing is fetched, no script is needed, it prints on A4.

use super::{Block, Cell, Document, Entry, Figure, Heading, Line, Piece, Row, Table, Target};
use crate::gaps::Verdict;
use std::fmt::Write as _;

/// Returns the page.
pub fn html(document: &Document) -> String {
    let mut page = String::with_capacity(1 << 16);
    let title = escape(&document.title);
    let _ = write!(
        page,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n\
         <title>{title}</title>\n<style>\n{}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n",
        escape(&document.language),
        include_str!("style.css"),
    );
    for line in &document.subtitle {
        let _ = writeln!(page, "<p class=\"under\">{}</p>", escape(line));
    }
    page.push_str("</header>\n");
    contents(document, &mut page);
    page.push_str("<main>\n");
    let mut numbers = [0; 2];
    for block in &document.blocks {
        write_block(document, block, &mut numbers, &mut page);
    }
    let _ = write!(page, "</main>\n<footer><p>{}</p></footer>\n</body>\n</html>\n", escape(&document.footer));
    page
}

fn contents(document: &Document, page: &mut String) {
    let _ = write!(
        page,
        "<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">{}</h2>\n",
        escape(&document.contents)
    );
    if !document.contents_note.is_empty() {
        let _ = writeln!(page, "<p class=\"small\">{}</p>", escape(&document.contents_note));
    }
    page.push_str("<ul>\n");
    for heading in headings(document).filter(|heading| heading.listed) {
        let _ = writeln!(
            page,
            "<li class=\"l{}\"><a href=\"#{}\">{}</a></li>",
            heading.level,
            escape(&heading.id),
            escape(&heading.full())
        );
    }
    page.push_str("</ul>\n</nav>\n");
}

fn headings(document: &Document) -> impl Iterator<Item = &Heading> {
    document.blocks.iter().filter_map(|block| match block {
        Block::Heading(heading) => Some(heading),
        _ => None,
    })
}

fn write_block(document: &Document, block: &Block, numbers: &mut [usize; 2], page: &mut String) {
    match block {
        Block::Heading(heading) => {
            let level = heading.level + 1;
            let _ = writeln!(
                page,
                "<h{level} id=\"{}\">{}</h{level}>",
                escape(&heading.id),
                escape(&heading.full())
            );
        }
        Block::Paragraph(line) => {
            let _ = writeln!(page, "<p>{}</p>", inline(line));
        }
        Block::Small(line) => {
            let _ = writeln!(page, "<p class=\"small\">{}</p>", inline(line));
        }
        Block::Bullets(lines) => list("ul", lines, page),
        Block::Numbers(lines) => list("ol", lines, page),
        Block::Terms(terms) => {
            page.push_str("<dl>\n");
            for (name, line) in terms {
                let _ = writeln!(page, "<dt>{}</dt><dd>{}</dd>", escape(name), inline(line));
            }
            page.push_str("</dl>\n");
        }
        Block::Table(table) => {
            let lead = if table.quiet {
                String::new()
            } else {
                numbers[0] += 1;
                format!("{} {}. ", document.captions[0], numbers[0])
            };
            write_table(&lead, table, page);
        }
        Block::Figure(figure) => {
            numbers[1] += 1;
            write_figure(&format!("{} {}. ", document.captions[1], numbers[1]), numbers[1], figure, page);
        }
        Block::Entries(entries) => write_entries(entries, page),
    }
}

fn list(tag: &str, lines: &[Line], page: &mut String) {
    let _ = writeln!(page, "<{tag}>");
    for line in lines {
        let _ = writeln!(page, "<li>{}</li>", inline(line));
    }
    let _ = writeln!(page, "</{tag}>");
}

fn write_table(lead: &str, table: &Table, page: &mut String) {
    let _ = write!(
        page,
        "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\"><table>\n<caption{1}>{2}{0}</caption>\n\
         <thead><tr>",
        escape(&table.caption),
        if table.quiet { " class=\"quiet\"" } else { "" },
        escape(lead),
    );
    for column in &table.columns {
        let class = if column.numeric { " class=\"n\"" } else { "" };
        let _ = write!(page, "<th scope=\"col\"{class}>{}</th>", escape(&column.head));
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        match row {
            Row::Group(name) => {
                let span = table.columns.len();
                let _ = writeln!(
                    page,
                    "<tr><th scope=\"rowgroup\" colspan=\"{span}\" class=\"group\">{}</th></tr>",
                    escape(name)
                );
            }
            Row::Cells(cells) => {
                page.push_str("<tr>");
                for (at, cell) in cells.iter().enumerate() {
                    write_cell(at, table.columns.get(at).is_some_and(|c| c.numeric), cell, page);
                }
                page.push_str("</tr>\n");
            }
        }
    }
    page.push_str("</tbody></table></div>\n");
}

fn write_cell(at: usize, numeric: bool, cell: &Cell, page: &mut String) {
    let mut classes: Vec<&str> = Vec::new();
    if numeric {
        classes.push("n");
    }
    classes.extend(cell.tone.map(Verdict::slug));
    let class = if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) };
    let (open, close) = if at == 0 { ("th scope=\"row\"", "th") } else { ("td", "td") };
    let _ = write!(page, "<{open}{class}>{}</{close}>", inline(&cell.line));
}

fn write_figure(lead: &str, number: usize, figure: &Figure, page: &mut String) {
    // Ids are one space for the whole page, so each picture gets its own.
    let svg = figure.svg.trim_start_matches(|c| c != '<');
    let svg = svg.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map_or(svg, |(_, rest)| rest);
    let mut own = svg.trim().to_owned();
    for lead in [" id=\"", "url(#", "href=\"#"] {
        own = own.replace(lead, &format!("{lead}f{number}-"));
    }
    own = own.replace(
        "aria-labelledby=\"title desc\"",
        &format!("aria-labelledby=\"f{number}-title f{number}-desc\""),
    );
    let _ = writeln!(
        page,
        "<figure>\n{}\n<figcaption>{}{}</figcaption>\n</figure>",
        own,
        escape(lead),
        escape(&figure.caption)
    );
}

fn write_entries(entries: &[Entry], page: &mut String) {
    page.push_str("<ul class=\"entries\">\n");
    for entry in entries {
        let _ = writeln!(
            page,
            "<li id=\"{}\"><span class=\"mark\">{}</span> {}</li>",
            escape(&entry.id),
            escape(&entry.mark),
            inline(&entry.line)
        );
    }
    page.push_str("</ul>\n");
}

fn inline(line: &Line) -> String {
    let mut text = String::new();
    for piece in &line.0 {
        let _ = match piece {
            Piece::Text(words) => write!(text, "{}", escape(words)),
            Piece::Strong(words) => write!(text, "<strong>{}</strong>", escape(words)),
            Piece::Code(words) => write!(text, "<code>{}</code>", escape(words)),
            Piece::Verdict(verdict, words) => {
                write!(text, "<span class=\"v {}\">{}</span>", verdict.slug(), escape(words))
            }
            Piece::Link(Target::Inside(id), words) => {
                write!(text, "<a href=\"#{}\">{}</a>", escape(id), escape(words))
            }
            Piece::Link(Target::Web(address), words) => {
                write!(
                    text,
                    "<a href=\"{}\" rel=\"noopener noreferrer\">{}</a>",
                    escape(address),
                    escape(words)
                )
            }
        };
    }
    text
}

fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            character => safe.push(character),
        }
    }
    safe
}
