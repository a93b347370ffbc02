//! A table of others, CSV or TSV, by column.

use super::super::ImportError;
use super::super::fault::{Faults, Place, Problem};
use csv::StringRecord;
use std::fs;
use std::path::Path;

/// A table in text, by column.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) header: StringRecord,
    pub(super) records: Vec<StringRecord>,
}

impl Rows {
    /// Reads CSV, or TSV where the header has tabs.
    ///
    /// # Errors
    /// [`ImportError::Read`] for a file that cannot be read. All else is added to `faults`.
    pub(super) fn read(path: &Path, required: &[&str], faults: &Faults) -> Result<Self, ImportError> {
        let bytes = fs::read(path).map_err(|source| ImportError::Read { path: path.to_owned(), source })?;
        let Ok(text) = String::from_utf8(bytes) else {
            faults.add(path, Place::Line(1), "text", "", Problem::NotUtf8);
            return Ok(Self::default());
        };
        let text = text.trim_start_matches('\u{feff}');
        let has_tabs = text.lines().next().is_some_and(|line| line.contains('\t'));
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(if has_tabs { b'\t' } else { b',' })
            .from_reader(text.as_bytes());
        let mut records = reader.records().map_while(Result::ok);
        let header = records.next().unwrap_or_default();
        for column in required {
            if !header.iter().any(|name| name == *column) {
                faults.add(path, Place::Line(1), "header", column, Problem::MissingColumn);
            }
        }
        let records: Vec<StringRecord> = records.collect();
        for record in records.iter().filter(|record| record.len() != header.len()) {
            let problem = Problem::Ragged { columns: header.len() };
            faults.add(path, Place::Line(line(record)), "cells", &record.len().to_string(), problem);
        }
        Ok(Self { header, records })
    }

    /// Says whether there is such a column.
    pub(super) fn has(&self, column: &str) -> bool {
        self.header.iter().any(|name| name == column)
    }

    /// One cell, trimmed; empty where the column is absent.
    pub(super) fn cell<'r>(&self, record: &'r StringRecord, column: &str) -> &'r str {
        let at = self.header.iter().position(|name| name == column);
        at.and_then(|at| record.get(at)).unwrap_or_default().trim()
    }
}

/// Line on which a row begins.
pub(super) fn line(record: &StringRecord) -> usize {
    record.position().map_or(0, |position| position.line() as usize)
}
