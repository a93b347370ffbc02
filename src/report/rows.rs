//! Rows of a query as Markdown and as an HTML page.

use super::markdown;
use crate::wording::Tongue;
use std::fmt::Write as _;

/// One value of a row.
#[derive(Clone, Copy, Debug)]
pub struct RowCell<'a> {
    /// The value in short form.
    pub text: &'a str,
    /// The IRI, of an IRI.
    pub iri: Option<&'a str>,
    /// The name of what has the IRI.
    pub label: Option<&'a str>,
}

/// Returns the rows as a Markdown table.
pub fn rows_markdown(columns: &[String], rows: &[Vec<RowCell<'_>>]) -> String {
    let mut text = String::from("|");
    for column in columns {
        let _ = write!(text, " {} |", markdown::cell(column));
    }
    text.push_str("\n|");
    text.push_str(&"---|".repeat(columns.len()));
    text.push('\n');
    for row in rows {
        text.push('|');
        for cell in row {
            let _ = write!(text, " {}", markdown::cell(cell.text));
            if let Some(label) = cell.label {
                let _ = write!(text, " ({})", markdown::cell(label));
            }
            text.push_str(" |");
        }
        text.push('\n');
    }
    text
}

/// Returns the rows as an HTML page under `title`; IRIs of the web are links.
pub fn rows_html(title: &str, tongue: Tongue, columns: &[String], rows: &[Vec<RowCell<'_>>]) -> String {
    let title = escape(title);
    let mut text = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n</head>\n\
         <body>\n<h1>{title}</h1>\n<table>\n<thead>\n<tr>",
        tongue.tag()
    );
    for column in columns {
        let _ = write!(text, "<th scope=\"col\">{}</th>", escape(column));
    }
    text.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in rows {
        text.push_str("<tr>");
        for cell in row {
            let shown = escape(cell.label.unwrap_or(cell.text));
            // Only addresses of the web: a `javascript:` IRI in the data must not become a link.
            match cell.iri.filter(|iri| iri.starts_with("https://") || iri.starts_with("http://")) {
                Some(iri) => {
                    let _ = write!(
                        text,
                        "<td><a href=\"{}\" title=\"{}\">{shown}</a></td>",
                        escape(iri),
                        escape(cell.text)
                    );
                }
                None => {
                    let _ = write!(text, "<td>{shown}</td>");
                }
            }
        }
        text.push_str("</tr>\n");
    }
    text.push_str("</tbody>\n</table>\n</body>\n</html>\n");
    text
}

/// Makes a text safe between tags and in quoted attributes.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_cell_ends_it() {
        let columns = ["a".to_owned()];
        let evil = RowCell { text: "x|y<b>\n", iri: Some("javascript:alert(1)"), label: None };
        let good = RowCell { text: "ua:x", iri: Some("https://x/\"y"), label: Some("A & B") };
        let markdown = rows_markdown(&columns, &[vec![evil], vec![good]]);
        assert_eq!(
            markdown,
            "| a |\n|---|\n| x\\|y&lt;b> |\n| ua:x (A &amp; B) |\n".replace("b> |", "b>  |")
        );
        let html = rows_html("<t>", Tongue::English, &columns, &[vec![evil], vec![good]]);
        assert!(
            html.contains("<title>&lt;t&gt;</title>") && html.contains("<td>x|y&lt;b&gt; </td>"),
            "{html}"
        );
        let link = "<td><a href=\"https://x/&quot;y\" title=\"ua:x\">A &amp; B</a></td>";
        assert!(html.contains(link) && !html.contains("javascript"), "{html}");
    }
}
