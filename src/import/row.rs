//! A row of a table, its cells read as what their column holds.
//!
//! A reader that meets a fault adds it and gives back nothing; the caller builds on and drops the result.
//! Only a cell of free text is taken as it stands; in a list the values between `;` are trimmed.

use super::fault::{Faults, Problem};
use super::nearest::nearest;
use super::table::Table;
use crate::rdf::NamedNode;
use csv::StringRecord;
use std::collections::{BTreeSet, HashMap, HashSet};

/// The words that a column takes, and what one of them is called.
#[derive(Debug)]
pub(super) struct Known<'w> {
    what: &'static str,
    words: BTreeSet<&'w str>,
}

impl<'w> Known<'w> {
    /// Collects the words of one kind.
    pub(super) fn new(what: &'static str, words: impl IntoIterator<Item = &'w str>) -> Self {
        Self { what, words: words.into_iter().collect() }
    }

    /// As [`Known::new`], from a set of [`super::Words`].
    pub(super) fn of(what: &'static str, words: &'w BTreeSet<String>) -> Self {
        Self::new(what, words.iter().map(String::as_str))
    }

    /// Says whether `word` is one of them.
    pub(super) fn has(&self, word: &str) -> bool {
        self.words.contains(word)
    }
}

/// One row, with a reader for each kind of cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'t> {
    table: &'t Table,
    record: &'t StringRecord,
    faults: &'t Faults,
}

impl<'t> Row<'t> {
    /// Reads `record` of `table`.
    pub(super) fn new(table: &'t Table, record: &'t StringRecord, faults: &'t Faults) -> Self {
        Self { table, record, faults }
    }

    /// The cell as it stands; empty where the column is absent.
    pub(super) fn cell(&self, column: &str) -> &'t str {
        self.table.cell(self.record, column)
    }

    /// Adds a fault of this row.
    pub(super) fn fault(&self, column: &'static str, value: &str, problem: Problem) {
        self.table.fault(self.faults, self.record, column, value, problem);
    }

    /// An id in kebab-case, which has a part in an IRI.
    pub(super) fn id(&self, column: &'static str) -> &'t str {
        let id = self.cell(column);
        if !id.is_empty() && !is_kebab_case(id) {
            self.fault(column, id, Problem::NotKebabCase);
        }
        id
    }

    /// A known word, if the cell is filled.
    pub(super) fn word(&self, column: &'static str, known: &Known) -> Option<&'t str> {
        let word = self.cell(column);
        (!word.is_empty() && self.is_known(column, word, known)).then_some(word)
    }

    /// Says whether a value of this row is a known word, and adds a fault if not.
    pub(super) fn is_known(&self, column: &'static str, word: &str, known: &Known) -> bool {
        let is_known = known.has(word);
        if !is_known {
            let nearest = nearest(word, known.words.iter().copied()).map(str::to_owned);
            self.fault(column, word, Problem::Unknown { what: known.what, nearest });
        }
        is_known
    }

    /// The values between `;`, trimmed.
    pub(super) fn list(&self, column: &'static str) -> Vec<&'t str> {
        let cell = self.cell(column);
        if cell.is_empty() {
            return Vec::new();
        }
        let mut seen = HashSet::new();
        let values: Vec<&str> = cell.split(';').map(str::trim).collect();
        for value in &values {
            if value.is_empty() {
                self.fault(column, cell, Problem::EmptyInList);
            } else if !seen.insert(value) {
                self.fault(column, value, Problem::TwiceInList);
            }
        }
        values
    }

    /// A list of known words.
    pub(super) fn words(&self, column: &'static str, known: &Known) -> Vec<&'t str> {
        let mut words = self.list(column);
        words.retain(|word| !word.is_empty() && self.is_known(column, word, known));
        words
    }

    /// A date known to the year, the month or the day, if the cell is filled.
    pub(super) fn date(&self, column: &'static str) -> Option<&'t str> {
        let date = self.cell(column);
        if date.is_empty() || is_date(date) {
            return (!date.is_empty()).then_some(date);
        }
        self.fault(column, date, Problem::BadDate);
        None
    }

    /// A date known to the day, if the cell is filled.
    pub(super) fn day(&self, column: &'static str) -> Option<&'t str> {
        let day = self.cell(column);
        if day.is_empty() || (is_date(day) && day.len() == 10) {
            return (!day.is_empty()).then_some(day);
        }
        self.fault(column, day, Problem::NotToTheDay);
        None
    }

    /// An end, held against its beginning. Dates of unlike precision are compared as far as both are known.
    pub(super) fn end(&self, column: &'static str, start: &'static str) -> Option<&'t str> {
        let end = self.date(column)?;
        let begin = self.cell(start);
        let common = end.len().min(begin.len());
        if is_date(begin) && end[..common] < begin[..common] {
            self.fault(column, end, Problem::EndBeforeStart { column: start, start: begin.to_owned() });
        }
        Some(end)
    }

    /// `yes` or `no`.
    pub(super) fn yes(&self, column: &'static str) -> bool {
        let answer = self.cell(column);
        if !matches!(answer, "yes" | "no" | "") {
            self.fault(column, answer, Problem::BadYesNo);
        }
        answer == "yes"
    }

    /// A whole number from 1.
    pub(super) fn number(&self, column: &'static str) -> u32 {
        let number = self.cell(column);
        match number.parse() {
            Ok(n) if n > 0 && number.bytes().all(|byte| byte.is_ascii_digit()) => n,
            _ if number.is_empty() => 1,
            _ => {
                self.fault(column, number, Problem::BadNumber);
                1
            }
        }
    }

    /// An address on the web, if the cell is filled.
    pub(super) fn address(&self, column: &'static str) -> Option<NamedNode> {
        let address = self.cell(column);
        if address.is_empty() { None } else { self.as_address(column, address) }
    }

    /// A list of addresses on the web.
    pub(super) fn addresses(&self, column: &'static str) -> Vec<NamedNode> {
        let values = self.list(column);
        values.into_iter().filter(|v| !v.is_empty()).filter_map(|v| self.as_address(column, v)).collect()
    }

    fn as_address(&self, column: &'static str, address: &str) -> Option<NamedNode> {
        let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
        let node = host.filter(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '['));
        let node = node.and_then(|_| NamedNode::new(address).ok());
        if node.is_none() {
            self.fault(column, address, Problem::BadAddress);
        }
        node
    }

    /// Adds a fault if an earlier row has the same key, by what was `seen` of them.
    pub(super) fn check_key(&self, seen: &mut HashMap<Vec<&'t str>, &'t StringRecord>) {
        let (column, key) = match self.table.schema.key {
            Some(column) => (column, vec![self.cell(column)]),
            None => ("row", self.record.iter().collect()),
        };
        let value = key.join(",");
        if let Some(earlier) = seen.insert(key, self.record)
            && !value.is_empty()
        {
            self.fault(column, &value, Problem::Repeated { row: self.table.line(earlier) });
        }
    }
}

/// Says whether `text` is made of lower-case ASCII letters, digits and single hyphens between them.
pub(super) fn is_kebab_case(text: &str) -> bool {
    text.split('-').all(|part| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

/// Says whether `text` is YYYY, YYYY-MM or YYYY-MM-DD and in the calendar.
fn is_date(text: &str) -> bool {
    let day = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        10 => text.to_owned(),
        _ => return false,
    };
    let has_shape = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    has_shape && day.parse::<jiff::civil::Date>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_must_be_in_the_calendar() {
        for date in ["1991", "1996-02", "2024-02-29", "0988-07-28"] {
            assert!(is_date(date), "{date}");
        }
        for date in
            ["91", "1991-13", "2023-02-29", "2023-2-1", "01.02.2023", "2023-02-01T00", "2023/02/01", "+123"]
        {
            assert!(!is_date(date), "{date}");
        }
    }

    #[test]
    fn ids_are_kebab_case() {
        assert!(is_kebab_case("law-sbu-1992"));
        for id in ["", "-a", "a-", "a--b", "A", "a_b", "a b", "sбу", "a.b"] {
            assert!(!is_kebab_case(id), "{id}");
        }
    }
}
