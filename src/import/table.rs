//! A table: its encoding, quotation marks, header and width of rows held to a schema.

use super::ImportError;
use super::fault::{Faults, Place, Problem, SheetProblem};
use super::nearest::nearest;
use super::row::Row;
use super::workbook::Workbook;
use crate::tables::{Need, Schema};
use csv::StringRecord;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Where tables come from.
#[derive(Debug)]
pub(super) enum Source<'p> {
    /// A folder with a CSV file for each.
    Folder(&'p Path),
    /// A workbook with a sheet for each.
    Workbook(Box<Workbook>),
}

impl<'p> Source<'p> {
    /// Opens what is at `path`: a folder, or else a workbook whose sheets are those of `tables`.
    ///
    /// # Errors
    /// [`ImportError::Read`] and [`ImportError::Workbook`] for a workbook that cannot be read.
    pub(super) fn open(path: &'p Path, tables: &[&Schema], faults: &Faults) -> Result<Self, ImportError> {
        if path.is_dir() {
            return Ok(Self::Folder(path));
        }
        let workbook = Workbook::open(path)?;
        workbook.check_sheets(tables, faults);
        Ok(Self::Workbook(Box::new(workbook)))
    }

    /// Reads the table of `schema`. What is wrong in it is added to `faults`, a missing sheet too.
    ///
    /// # Errors
    /// [`ImportError::Read`] and [`ImportError::Workbook`] for what cannot be read, a missing file too.
    pub(super) fn table(&mut self, schema: &'static Schema, faults: &Faults) -> Result<Table, ImportError> {
        match self {
            Self::Folder(folder) => Table::read(folder, schema, faults),
            Self::Workbook(workbook) => {
                let table = workbook.table(schema, faults)?;
                Ok(table.unwrap_or_else(|| {
                    let place = Place::Sheet(schema.name.to_owned());
                    faults.add(workbook.path(), place, "sheet", schema.name, SheetProblem::Missing);
                    Table::sheet(workbook.path(), schema)
                }))
            }
        }
    }

    /// As [`Source::table`]; `None` where there is no such file or sheet.
    pub(super) fn table_if_there(
        &mut self,
        schema: &'static Schema,
        faults: &Faults,
    ) -> Result<Option<Table>, ImportError> {
        match self {
            Self::Folder(folder) => match Table::read(folder, schema, faults) {
                Ok(table) => Ok(Some(table)),
                Err(ImportError::Read { source, .. }) if source.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(error),
            },
            Self::Workbook(workbook) => workbook.table(schema, faults),
        }
    }
}

/// What a table was read from.
#[derive(Debug)]
enum Origin {
    /// A text file, with its text.
    Text(String),
    /// A sheet of a workbook.
    Sheet,
}

/// A table as read, with the header in the file's order.
#[derive(Debug)]
pub(super) struct Table {
    path: PathBuf,
    origin: Origin,
    pub(super) schema: &'static Schema,
    header: Vec<String>,
    records: Vec<StringRecord>,
}

impl Table {
    /// Begins the table of a sheet, to be filled by [`Table::fill`].
    pub(super) fn sheet(path: &Path, schema: &'static Schema) -> Self {
        let (path, header, records) = (path.to_owned(), Vec::new(), Vec::new());
        Self { path, origin: Origin::Sheet, schema, header, records }
    }

    /// Reads the table of `schema` in `folder` and checks encoding, quotation marks, header and width of rows.
    fn read(folder: &Path, schema: &'static Schema, faults: &Faults) -> Result<Self, ImportError> {
        let path = folder.join(schema.file());
        let bytes = fs::read(&path).map_err(|source| ImportError::Read { path: path.clone(), source })?;
        let mut table = Self {
            path,
            origin: Origin::Text(String::new()),
            schema,
            header: Vec::new(),
            records: Vec::new(),
        };
        let mut text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                table.fault_in_bytes(error.as_bytes(), valid, faults);
                return Ok(table);
            }
        };
        // The byte order mark that spreadsheets leave.
        if text.starts_with('\u{feff}') {
            text.remove(0);
        }
        let first = text.lines().next().unwrap_or_default();
        if is_parted_otherwise(first) {
            faults.add(&table.path, Place::Line(1), "header", first, Problem::Delimiter);
            return Ok(table);
        }
        if let Some(at) = stray_quote(&text) {
            let line = line_at(&text, at);
            let value = text.lines().nth(line - 1).unwrap_or_default();
            faults.add(&table.path, Place::Line(line), "text", value, Problem::StrayQuote);
            return Ok(table);
        }
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        // The text is in memory and UTF-8, and rows may be of any width: nothing is left to go wrong.
        let mut records = reader.records().map_while(Result::ok);
        let header = records.next().unwrap_or_default();
        let records = records.collect();
        table.origin = Origin::Text(text);
        table.fill(&header, records, faults);
        Ok(table)
    }

    /// Takes header and rows, and checks the header and the width of rows. Rows without any value are dropped at
    /// the end, and a fault before it.
    pub(super) fn fill(&mut self, header: &StringRecord, mut records: Vec<StringRecord>, faults: &Faults) {
        let is_empty = |record: &StringRecord| record.iter().all(|cell| cell.trim().is_empty());
        while records.last().is_some_and(is_empty) {
            records.pop();
        }
        if header.len() == 1 && is_parted_otherwise(&header[0]) {
            faults.add(&self.path, self.place(header, "header"), "header", &header[0], Problem::Delimiter);
            return;
        }
        self.header = self.check_header(header, faults);
        for record in &records {
            if is_empty(record) {
                faults.add(&self.path, self.place(record, "row"), "row", "", Problem::EmptyRow);
            } else if record.len() != header.len() {
                let problem = Problem::Ragged { columns: header.len() };
                faults.add(
                    &self.path,
                    self.place(record, "cells"),
                    "cells",
                    &record.len().to_string(),
                    problem,
                );
            }
        }
        records.retain(|record| !is_empty(record));
        self.records = records;
    }

    fn check_header(&self, header: &StringRecord, faults: &Faults) -> Vec<String> {
        let mut columns: Vec<String> = Vec::new();
        let names = || self.schema.columns.iter().map(|column| column.name);
        for (at, name) in header.iter().enumerate() {
            let is_column = self.schema.column(name).is_some() || self.schema.language(name).is_some();
            let repeated = is_column && columns.iter().any(|column| column == name);
            columns.push(if repeated { String::new() } else { name.to_owned() });
            let problem = match (is_column, repeated) {
                (true, false) => continue,
                (true, true) => Problem::RepeatedColumn,
                (false, _) => Problem::UnknownColumn { nearest: nearest(name, names()).map(str::to_owned) },
            };
            let place = match self.origin {
                Origin::Text(_) => Place::Line(self.line(header)),
                Origin::Sheet => Place::Cell { sheet: self.schema.name, column: at, row: 1 },
            };
            faults.add(&self.path, place, "header", name, problem);
        }
        for column in self.schema.columns.iter().filter(|column| column.need != Need::Optional) {
            if !columns.iter().any(|name| name == column.name) {
                let place = self.place(header, "header");
                faults.add(&self.path, place, "header", column.name, Problem::MissingColumn);
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

    /// The columns for names in other languages, with their tags.
    pub(super) fn languages(&self) -> impl Iterator<Item = (&str, &str)> {
        self.header.iter().filter_map(|name| Some((name.as_str(), self.schema.language(name)?)))
    }

    /// One cell, unchecked; empty where the column is absent.
    pub(super) fn cell<'t>(&self, record: &'t StringRecord, column: &str) -> &'t str {
        let at = self.header.iter().position(|name| name == column);
        at.and_then(|at| record.get(at)).unwrap_or_default()
    }

    /// The cells of a row, with their columns.
    pub(super) fn cells<'t>(&'t self, record: &'t StringRecord) -> impl Iterator<Item = (&'t str, &'t str)> {
        self.header.iter().map(String::as_str).zip(record)
    }

    /// Adds a fault of one row.
    pub(super) fn fault(
        &self,
        faults: &Faults,
        record: &StringRecord,
        column: &str,
        value: &str,
        problem: Problem,
    ) {
        faults.add(&self.path, self.place(record, column), column, value, problem);
    }

    /// The rows in order; each is held to the filled columns and to the key when it comes.
    pub(super) fn rows<'t>(&'t self, faults: &'t Faults) -> impl Iterator<Item = Row<'t>> {
        let mut seen = HashMap::new();
        self.records.iter().map(move |record| {
            let row = Row::new(self, record, faults);
            for column in self.schema.columns.iter().filter(|column| column.need == Need::Filled) {
                if row.cell(column.name).is_empty() {
                    row.fault(column.name, "", Problem::Empty);
                }
            }
            row.check_characters();
            row.check_key(&mut seen);
            row
        })
    }

    /// Line or row on which a record begins; the CSV reader counts the empty lines before it to the record.
    pub(super) fn line(&self, record: &StringRecord) -> usize {
        let position = record.position();
        match &self.origin {
            Origin::Text(text) => {
                let from = position.map_or(0, |position| position.byte() as usize);
                let empty = text[from..].bytes().take_while(|byte| b"\r\n".contains(byte)).count();
                line_at(text, from + empty)
            }
            Origin::Sheet => position.map_or(1, |position| position.line() as usize),
        }
    }

    fn place(&self, record: &StringRecord, column: &str) -> Place {
        let (sheet, row) = (self.schema.name, self.line(record));
        match (&self.origin, self.header.iter().position(|name| name == column)) {
            (Origin::Text(_), _) => Place::Line(row),
            (Origin::Sheet, Some(column)) => Place::Cell { sheet, column, row },
            (Origin::Sheet, None) => Place::Row { sheet, row },
        }
    }

    /// Tells of bytes that are no UTF-8, after `valid` ones that are.
    fn fault_in_bytes(&self, bytes: &[u8], valid: usize, faults: &Faults) {
        let before = String::from_utf8_lossy(&bytes[..valid]);
        let line = line_at(&before, valid);
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(before.as_bytes());
        let records: Vec<StringRecord> = reader.records().map_while(Result::ok).collect();
        let begins_row = before.is_empty() || before.ends_with('\n');
        let cell = records.last().filter(|_| !begins_row).map_or(0, |record| record.len() - 1);
        let column =
            records.first().filter(|_| records.len() > 1 || begins_row).and_then(|header| header.get(cell));
        let start = records.last().filter(|_| !begins_row).and_then(|record| record.get(cell));
        let value = format!("{}\u{fffd}…", start.unwrap_or_default());
        let is_mixed = before.trim_start_matches('\u{feff}').bytes().any(|byte| !byte.is_ascii());
        let problem = if is_mixed { Problem::MixedEncodings } else { Problem::NotUtf8 };
        faults.add(&self.path, Place::Line(line), column.unwrap_or("text"), &value, problem);
    }
}

/// Says whether a header has its columns parted by something else than commas.
fn is_parted_otherwise(header: &str) -> bool {
    header.contains([';', '\t']) && !header.contains(',')
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
