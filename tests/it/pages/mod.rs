//! Pages that are generated from the shipped data: compared with what is committed, and written anew on request.
//!
//! `OVERSIGHT_BLESS=1 cargo test --test it pages` writes them. What stands outside the markers of a page is
//! written by hand and kept.

mod counts;
mod data;
mod ontology;

use crate::support::bless::hold;
use std::fmt::Display;

/// Returns the page as committed, with `text` between the markers of the generated part `name`.
fn fill(page: &str, name: &str, text: &str) -> String {
    let begin = format!("<!-- begin {name} (generated) -->\n");
    let end = format!("<!-- end {name} -->\n");
    let from = page.find(&begin).unwrap_or_else(|| panic!("the page has no marker {begin:?}")) + begin.len();
    let to = from + page[from..].find(&end).unwrap_or_else(|| panic!("the page has no marker {end:?}"));
    format!("{}{}{}", &page[..from], text, &page[to..])
}

/// A Markdown table that grows row by row.
struct Table(String);

impl Table {
    /// Begins a table; a column whose head begins with `#` holds numbers.
    fn new(heads: &[&str]) -> Self {
        let names: Vec<&str> = heads.iter().map(|head| head.trim_start_matches('#')).collect();
        let rules: Vec<&str> =
            heads.iter().map(|h| if h.starts_with('#') { "---:" } else { "---" }).collect();
        let mut table = Self(String::new());
        table.row(&names);
        table.row(&rules);
        table
    }

    fn row(&mut self, cells: &[impl Display]) {
        for cell in cells {
            let cell = cell.to_string().replace('|', "\\|");
            self.0.push_str(if cell.is_empty() { "|" } else { "| " });
            self.0.push_str(&cell);
            self.0.push(' ');
        }
        self.0.push_str("|\n");
    }
}

/// A share in per cent with one decimal; a dash where there is nothing to share.
fn share(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    let tenths = (2000 * part + whole) / (2 * whole);
    format!("{}.{} %", tenths / 10, tenths % 10)
}

/// A number with thin groups of three, as `2,665`.
fn number(value: usize) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[test]
fn shares_and_numbers_read_well() {
    assert_eq!([share(1, 3), share(2, 3), share(1, 1), share(0, 0)], ["33.3 %", "66.7 %", "100.0 %", "–"]);
    assert_eq!([number(7), number(2665), number(1_234_567)], ["7", "2,665", "1,234,567"]);
}

#[test]
fn hand_written_parts_are_kept() {
    let page = "by hand\n<!-- begin x (generated) -->\nold\n<!-- end x -->\nby hand too\n";
    let filled = fill(page, "x", "new\n");
    assert_eq!(filled, page.replace("old", "new"));
}
