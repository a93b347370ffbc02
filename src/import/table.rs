//! A table in CSV: its encoding, quotation marks, header and width of rows held to a schema.

use super::ImportError;
use super::fault::{Faults, Problem};
use super::nearest::nearest;
use super::row::Row;
use csv::StringRecord;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// What a table must look like. The columns may come in any order.
#[derive(Debug)]
pub(super) struct Schema {
    /// Name of the file.
    pub(super) file: &'static str,
    /// Columns that have a value in each row.
    pub(super) filled: &'static [&'static str],
    /// Columns whose cells may be empty.
    pub(super) free: &'static [&'static str],
    /// Columns that may be absent.
    pub(super) optional: &'static [&'static str],
    /// The column in which no value comes twice; without one, no row comes twice.
    pub(super) key: Option<&'static str>,
}

impl Schema {
    fn columns(&self) -> impl Iterator<Item = &'static str> {
        [self.filled, self.free, self.optional].into_iter().flatten().copied()
    }
}

/// A table as read, with the header in the file's order.
#[derive(Debug)]
pub(super) struct Table {
    path: PathBuf,
    text: String,
    pub(super) schema: &'static Schema,
    header: Vec<&'static str>,
    records: Vec<StringRecord>,
}

impl Table {
    /// Reads the table of `schema` in `folder` and checks encoding, quotation marks, header and width of rows.
    ///
    /// # Errors
    /// [`ImportError::Read`] for a file that cannot be read. All else is added to `faults`.
    pub(super) fn read(folder: &Path, schema: &'static Schema, faults: &Faults) -> Result<Self, ImportError> {
        let path = folder.join(schema.file);
        let bytes = fs::read(&path).map_err(|source| ImportError::Read { path: path.clone(), source })?;
        let mut table = Self { path, text: String::new(), schema, header: Vec::new(), records: Vec::new() };
        table.text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                table.text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                table.fault_in_text(valid, Problem::NotUtf8, faults);
                return Ok(table);
            }
        };
        // The byte order mark that spreadsheets leave.
        if table.text.starts_with('\u{feff}') {
            table.text.remove(0);
        }
        if let Some(at) = stray_quote(&table.text) {
            table.fault_in_text(at, Problem::StrayQuote, faults);
            return Ok(table);
        }
        table.parse(faults);
        Ok(table)
    }

    /// As [`Table::read`]; `None` where there is no such file.
    pub(super) fn read_if_there(
        folder: &Path,
        schema: &'static Schema,
        faults: &Faults,
    ) -> Result<Option<Self>, ImportError> {
        match Self::read(folder, schema, faults) {
            Ok(table) => Ok(Some(table)),
            Err(ImportError::Read { source, .. }) if source.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn parse(&mut self, faults: &Faults) {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(self.text.as_bytes());
        // The text is in memory and UTF-8, and rows may be of any width: nothing is left to go wrong.
        let mut records = reader.records().map_while(Result::ok);
        let header = records.next().unwrap_or_default();
        self.records = records.collect();
        self.header = self.check_header(&header, faults);
        for record in &self.records {
            if record.len() != header.len() {
                let problem = Problem::Ragged { columns: header.len() };
                faults.add(&self.path, self.line(record), "cells", &record.len().to_string(), problem);
            }
        }
    }

    fn check_header(&self, header: &StringRecord, faults: &Faults) -> Vec<&'static str> {
        let mut columns = Vec::new();
        for name in header {
            let problem = match self.schema.columns().find(|column| *column == name) {
                Some(column) if columns.contains(&column) => Problem::RepeatedColumn,
                Some(column) => {
                    columns.push(column);
                    continue;
                }
                None => Problem::UnknownColumn {
                    nearest: nearest(name, self.schema.columns()).map(str::to_owned),
                },
            };
            faults.add(&self.path, self.line(header), "header", name, problem);
        }
        for column in self.schema.filled.iter().chain(self.schema.free) {
            if !columns.contains(column) {
                faults.add(&self.path, self.line(header), "header", column, Problem::MissingColumn);
            }
        }
        columns
    }

    /// Number of rows below the header.
    pub(super) fn len(&self) -> usize {
        self.records.len()
    }

    /// The cells of one column, unchecked.
    pub(super) fn column<'t>(&'t self, column: &'static str) -> impl Iterator<Item = &'t str> {
        self.records.iter().map(move |record| self.cell(record, column))
    }

    /// One cell, unchecked; empty where the column is absent.
    pub(super) fn cell<'t>(&self, record: &'t StringRecord, column: &str) -> &'t str {
        let at = self.header.iter().position(|name| *name == column);
        at.and_then(|at| record.get(at)).unwrap_or_default()
    }

    /// Adds a fault of one row.
    pub(super) fn fault(
        &self,
        faults: &Faults,
        record: &StringRecord,
        column: &'static str,
        value: &str,
        problem: Problem,
    ) {
        faults.add(&self.path, self.line(record), column, value, problem);
    }

    /// The rows in order; each is held to the filled columns and to the key when it comes.
    pub(super) fn rows<'t>(&'t self, faults: &'t Faults) -> impl Iterator<Item = Row<'t>> {
        let mut seen = HashMap::new();
        self.records.iter().map(move |record| {
            let row = Row::new(self, record, faults);
            for column in self.schema.filled {
                if row.cell(column).is_empty() {
                    row.fault(column, "", Problem::Empty);
                }
            }
            row.check_key(&mut seen);
            row
        })
    }

    /// Line on which a record begins; the reader counts the empty lines before it to the record.
    pub(super) fn line(&self, record: &StringRecord) -> usize {
        let from = record.position().map_or(0, |position| position.byte() as usize);
        let empty = self.text[from..].bytes().take_while(|byte| b"\r\n".contains(byte)).count();
        line_at(&self.text, from + empty)
    }

    fn fault_in_text(&self, at: usize, problem: Problem, faults: &Faults) {
        let line = line_at(&self.text, at);
        let value = self.text.lines().nth(line - 1).unwrap_or_default();
        faults.add(&self.path, line, "text", value, problem);
    }
}

fn line_at(text: &str, at: usize) -> usize {
    1 + text[..at].matches('\n').count()
}

/// Returns where a quotation mark stands that opens or closes no cell.
///
/// The CSV reader forgives such marks and may take the rest of the file for one cell; here no row is lost.
fn stray_quote(text: &str) -> Option<usize> {
    enum At {
        Start,
        Plain,
        Quoted(usize),
        Closed(usize),
    }
    let mut state = At::Start;
    for (here, byte) in text.bytes().enumerate() {
        state = match (state, byte) {
            (At::Quoted(opened), b'"') => At::Closed(opened),
            (At::Quoted(opened), _) | (At::Closed(opened), b'"') => At::Quoted(opened),
            (_, b',' | b'\r' | b'\n') => At::Start,
            (At::Start, b'"') => At::Quoted(here),
            (At::Plain, b'"') => return Some(here),
            (At::Closed(opened), _) => return Some(opened),
            (At::Start | At::Plain, _) => At::Plain,
        };
    }
    match state {
        At::Quoted(opened) => Some(opened),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_match_or_are_found() {
        for text in ["a,b\n", "\"a, \"\"b\"\"\",c\r\n", "\"\",\"\"\"\"", "\"two\nlines\",x\n"] {
            assert_eq!(stray_quote(text), None, "{text}");
        }
        for (text, at) in
            [("a,\"b\nc,d\n", 2), ("a,5\" gun\n", 3), ("\"a,b\nc,\"d\"\n", 0), ("\"a\" b,c\n", 0)]
        {
            assert_eq!(stray_quote(text), Some(at), "{text}");
        }
    }
}
