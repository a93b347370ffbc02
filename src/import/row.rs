//! A row of a table, its cells read as what their column holds.
//!
//! A reader that meets a fault adds it and gives back nothing; the caller builds on and drops the result.
//! Only a cell of free text is taken as it stands; in a list the values between `;` are trimmed.

use super::fault::{Faults, Problem};
use super::nearest::nearest;
use super::table::Table;
use crate::rdf::NamedNode;
use crate::tables::names::{is_kebab_case, is_name};
use crate::vocab;
use csv::StringRecord;
use std::collections::{BTreeSet, HashMap, HashSet};

/// The words that a column takes, and what one of them is called.
#[derive(Debug)]
pub(super) struct Known<'w> {
    what: &'static str,
    words: BTreeSet<&'w str>,
    /// The country whose ids they are, where they are ids.
    country: Option<&'w str>,
}

impl<'w> Known<'w> {
    /// Collects the words of one kind.
    pub(super) fn new(what: &'static str, words: impl IntoIterator<Item = &'w str>) -> Self {
        Self { what, words: words.into_iter().collect(), country: None }
    }

    /// As [`Known::new`], for the ids of one country.
    pub(super) fn ids(
        what: &'static str,
        country: &'w str,
        words: impl IntoIterator<Item = &'w str>,
    ) -> Self {
        Self { country: Some(country), ..Self::new(what, words) }
    }

    /// As [`Known::new`], from a set of [`super::Words`].
    pub(super) fn of(what: &'static str, words: &'w BTreeSet<String>) -> Self {
        Self::new(what, words.iter().map(String::as_str))
    }

    /// Says whether `word` is one of them.
    pub(super) fn has(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// What is wrong with a word that is none of them.
    fn problem(&self, word: &str) -> Problem {
        if let (Some(own), Some((country, id))) = (self.country, with_country(word)) {
            return if country == own {
                Problem::WithCountry { id: id.to_owned() }
            } else {
                Problem::Foreign { what: self.what, country: country.to_owned() }
            };
        }
        let nearest = nearest(word, self.words.iter().copied()).map(str::to_owned);
        Problem::Unknown { what: self.what, nearest }
    }
}

/// Parts an id that names its country, `ua/president`, `ua:president` or the whole IRI, into country and id.
fn with_country(id: &str) -> Option<(&str, &str)> {
    let (country, id) = id.strip_prefix(vocab::ID).unwrap_or(id).split_once(['/', ':'])?;
    (is_kebab_case(country) && !id.is_empty()).then_some((country, id))
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
    pub(super) fn fault(&self, column: &str, value: &str, problem: Problem) {
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

    /// A name that the row brings along, if the cell is filled.
    pub(super) fn name(&self, column: &'static str) -> Option<&'t str> {
        let name = self.cell(column);
        if !name.is_empty() && !is_name(name) {
            self.fault(column, name, Problem::NoName);
        }
        (!name.is_empty()).then_some(name)
    }

    /// The names in other languages, with their columns and tags.
    pub(super) fn other_languages(&self) -> impl Iterator<Item = (&'t str, &'t str, &'t str)> {
        self.table.languages().map(|(column, tag)| (column, tag, self.cell(column)))
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
            self.fault(column, word, known.problem(word));
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
        self.check_repeated(column, key, seen);
        // A name that the row brings along is its own; the column before it keeps it apart from the key.
        let name = self.cell("id");
        if self.table.schema.key.is_none() && !name.is_empty() {
            self.check_repeated("id", vec!["id", name], seen);
        }
    }

    fn check_repeated(
        &self,
        column: &str,
        key: Vec<&'t str>,
        seen: &mut HashMap<Vec<&'t str>, &'t StringRecord>,
    ) {
        let value = if column == "id" { self.cell("id").to_owned() } else { key.join(",") };
        if let Some(earlier) = seen.insert(key, self.record)
            && !value.is_empty()
        {
            self.fault(column, &value, Problem::Repeated { row: self.table.line(earlier) });
        }
    }

    /// Adds a fault for each cell that a spreadsheet or an earlier conversion has damaged.
    pub(super) fn check_characters(&self) {
        for (column, cell) in self.table.cells(self.record) {
            if cell.contains(char::REPLACEMENT_CHARACTER) {
                self.fault(column, cell, Problem::LostCharacter);
            } else if let Some(meant) = misread(cell) {
                self.fault(column, cell, Problem::Misread { meant });
            } else if cell.starts_with('=') {
                self.fault(column, cell, Problem::Formula);
            } else if ERRORS.contains(&cell) {
                self.fault(column, cell, Problem::SpreadsheetError);
            }
        }
    }
}

/// What spreadsheets show in place of a value.
const ERRORS: &[&str] = &["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

/// Returns what a text was before its UTF-8 was taken for Windows-1252, if it was. No name reads so by chance: every
/// sign outside ASCII would have to be followed by just those that its first byte asks for.
fn misread(text: &str) -> Option<String> {
    /// The signs of the bytes 80 to 9f; those that have none stand for themselves.
    const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    if text.is_ascii() {
        return None;
    }
    let byte = |sign: char| {
        let high = HIGH.chars().position(|other| other == sign).and_then(|at| u8::try_from(0x80 + at).ok());
        high.or_else(|| u8::try_from(sign).ok())
    };
    String::from_utf8(text.chars().map(byte).collect::<Option<_>>()?).ok()
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
    fn utf_8_taken_for_windows_1252_is_known_again() {
        assert_eq!(misread("HÃ¶he"), Some("Höhe".to_owned()));
        assert_eq!(misread("ÐœÑ–Ð½Ñ–ÑÑ‚ÐµÑ€ÑÑ‚Ð²Ð¾"), None, "two bytes are lost");
        assert_eq!(misread("Ð¡Ð»ÑƒÐ¶Ð±Ð°"), Some("Служба".to_owned()));
        for good in
            ["Höhe", "Служба", "Säkerhetspolisen", "Büro für „Öffentlichkeit“", "l’État – à Québec", "x", ""]
        {
            assert_eq!(misread(good), None, "{good}");
        }
    }

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
}
