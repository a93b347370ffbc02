//! A workbook in XLSX: each sheet as a table, with what only a spreadsheet can hold told as faults.
//!
//! Cells are read as they stream, so that one far out costs no memory for those between. Before anything of it is
//! read, the whole file is unpacked once and thrown away, so that a small file that swells is refused.

use super::ImportError;
use super::fault::{Faults, Place, SheetProblem, letters};
use super::nearest::nearest;
use super::table::Table;
use crate::tables::Schema;
use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType, Reader as _, Xlsx, XlsxError};
use csv::{Position, StringRecord};
use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::{BufReader, Read as _, Seek as _, copy, sink};
use std::path::{Path, PathBuf};
use zip::ZipArchive;
use zip::result::ZipResult;

/// The sheets that the template has for people to read.
const FOR_READING: &[&str] = &["columns", "words"];

/// How many rows and columns a sheet has.
const ROWS: u32 = 1 << 20;
const COLUMNS: u32 = 1 << 14;

/// How many bytes a workbook may hold once unpacked: many times what the largest country's tables take.
const UNPACKED: u64 = 128 << 20;

/// An open workbook.
pub(super) struct Workbook {
    path: PathBuf,
    xlsx: Xlsx<BufReader<File>>,
}

impl fmt::Debug for Workbook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Workbook").field("path", &self.path).finish_non_exhaustive()
    }
}

/// What a cell holds, once text and numbers that are good are text.
enum Content {
    Text(String),
    Fault(String, SheetProblem),
}

impl Workbook {
    /// Opens the workbook.
    ///
    /// # Errors
    /// [`ImportError::Read`] for a file that cannot be opened, [`ImportError::Workbook`] for one that is no XLSX,
    /// [`ImportError::Swells`] for one that is too large once unpacked.
    pub(super) fn open(path: &Path) -> Result<Self, ImportError> {
        let unreadable = |source| ImportError::Read { path: path.to_owned(), source };
        let mut file = BufReader::new(File::open(path).map_err(unreadable)?);
        let unpacked = unpacked(&mut file).map_err(|source| broken(path, XlsxError::Zip(source)))?;
        if unpacked > UNPACKED {
            return Err(ImportError::Swells { path: path.to_owned(), most: UNPACKED >> 20 });
        }
        file.rewind().map_err(unreadable)?;
        let xlsx = Xlsx::new(file).map_err(|source| broken(path, source))?;
        Ok(Self { path: path.to_owned(), xlsx })
    }

    /// Its path.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Adds a fault for each sheet that is none of `tables`, nor one for reading, nor begins with `_`.
    pub(super) fn check_sheets(&self, tables: &[&Schema], faults: &Faults) {
        for name in self.xlsx.sheet_names() {
            let is_known =
                tables.iter().any(|table| table.name == name) || FOR_READING.contains(&name.as_str());
            if !is_known && !name.starts_with('_') {
                let nearest = nearest(&name, tables.iter().map(|table| table.name)).map(str::to_owned);
                let place = Place::Sheet(name.clone());
                faults.add(&self.path, place, "sheet", &name, SheetProblem::Unknown { nearest });
            }
        }
    }

    /// Reads the sheet of `schema` as a table; `None` where there is no such sheet.
    ///
    /// # Errors
    /// [`ImportError::Workbook`] for a sheet that cannot be read. All else is added to `faults`.
    pub(super) fn table(
        &mut self,
        schema: &'static Schema,
        faults: &Faults,
    ) -> Result<Option<Table>, ImportError> {
        if !self.xlsx.sheet_names().iter().any(|name| name == schema.name) {
            return Ok(None);
        }
        self.tell_merged(schema, faults)?;
        let rows = self.rows(schema)?;
        let text = |content: &Content| match content {
            Content::Text(text) | Content::Fault(text, _) => text.clone(),
        };
        let first = rows.get(&0);
        let width = first.and_then(|cells| Some(*cells.last_key_value()?.0 as usize + 1)).unwrap_or(0);
        let mut header = record(1);
        for column in 0..width {
            let cell = first.and_then(|cells| cells.get(&(column as u32)));
            header.push_field(&cell.map(text).unwrap_or_default());
        }
        let mut records = Vec::new();
        let mut next = 1;
        for (row, cells) in rows.range(1..) {
            // One empty record stands for a gap of any size.
            if *row > next {
                records.push(record(next as usize + 1));
            }
            next = row + 1;
            let mut one = record(*row as usize + 1);
            for column in 0..width {
                one.push_field(&cells.get(&(column as u32)).map(text).unwrap_or_default());
            }
            records.push(one);
        }
        for (row, cells) in &rows {
            for (column, content) in cells {
                let place =
                    Place::Cell { sheet: schema.name, column: *column as usize, row: *row as usize + 1 };
                let name = header.get(*column as usize).filter(|_| *row > 0).unwrap_or("header");
                match content {
                    Content::Fault(shown, problem) => {
                        faults.add(&self.path, place, name, shown, problem.clone());
                    }
                    Content::Text(shown) if *column as usize >= width => {
                        faults.add(&self.path, place, "cells", shown, SheetProblem::Beside);
                    }
                    Content::Text(_) => {}
                }
            }
        }
        let mut table = Table::sheet(&self.path, schema);
        table.fill(&header, records, faults);
        Ok(Some(table))
    }

    /// The cells with a value or a formula, by row and column, both from 0.
    fn rows(&mut self, schema: &Schema) -> Result<BTreeMap<u32, BTreeMap<u32, Content>>, ImportError> {
        let is_1904 = self.xlsx.has_1904_epoch();
        let broken = |error| broken(&self.path, error);
        let mut rows: BTreeMap<u32, BTreeMap<u32, Content>> = BTreeMap::new();
        let mut names: BTreeMap<u32, String> = BTreeMap::new();
        let mut reader = self.xlsx.worksheet_cells_reader(schema.name).map_err(broken)?;
        while let Some(cell) = reader.next_cell_with_formula().map_err(broken)? {
            let (row, column) = cell.pos;
            if row >= ROWS || column >= COLUMNS {
                return Err(broken(XlsxError::Unexpected("a cell beyond the last row or column of a sheet")));
            }
            let holds_date = names
                .get(&column)
                .and_then(|name| schema.column(name))
                .is_some_and(|column| column.holds.is_date());
            let content = match cell.formula {
                Some(formula) => Content::Fault(format!("={formula}"), SheetProblem::Formula),
                None => match content(&cell.value, holds_date, is_1904) {
                    Some(content) => content,
                    None => continue,
                },
            };
            if let (0, Content::Text(name)) = (row, &content) {
                names.insert(column, name.clone());
            }
            rows.entry(row).or_default().insert(column, content);
        }
        Ok(rows)
    }

    fn tell_merged(&mut self, schema: &Schema, faults: &Faults) -> Result<(), ImportError> {
        let merged = self.xlsx.merge_cells_by_sheet_name(schema.name);
        for region in merged.map_err(|error| broken(&self.path, error))? {
            let (start, end) = (region.start, region.end);
            let name = |(row, column): (u32, u32)| format!("{}{}", letters(column as usize), row + 1);
            let range = format!("{}:{}", name(start), name(end));
            let place =
                Place::Cell { sheet: schema.name, column: start.1 as usize, row: start.0 as usize + 1 };
            faults.add(&self.path, place, "cells", &range, SheetProblem::Merged { range: range.clone() });
        }
        Ok(())
    }
}

/// Unpacks everything and returns its size, or a little more than [`UNPACKED`] where it is larger. What the file says
/// of its own size is not believed.
fn unpacked(file: &mut BufReader<File>) -> ZipResult<u64> {
    let mut archive = ZipArchive::new(file)?;
    let mut size = 0;
    for at in 0..archive.len() {
        size += copy(&mut archive.by_index(at)?.take(UNPACKED + 1 - size), &mut sink())?;
        if size > UNPACKED {
            break;
        }
    }
    Ok(size)
}

fn broken(path: &Path, source: XlsxError) -> ImportError {
    ImportError::Workbook { path: path.to_owned(), source: Box::new(source) }
}

fn record(row: usize) -> StringRecord {
    let mut position = Position::new();
    position.set_line(row as u64);
    let mut record = StringRecord::new();
    record.set_position(Some(position));
    record
}

/// Numbers that are whole are taken as they were typed, unless they should be dates.
fn content(value: &DataRef<'_>, holds_date: bool, is_1904: bool) -> Option<Content> {
    const DIGITS: f64 = 1e15;
    let number = |number: f64| {
        let shown = format!("{number}");
        if holds_date {
            let day = ExcelDateTime::new(number, ExcelDateTimeType::DateTime, is_1904);
            let problem = SheetProblem::NumberForDate { shown: day_of(&day) };
            Content::Fault(shown, problem)
        } else if number.fract() == 0.0 && number.abs() < DIGITS {
            Content::Text(shown)
        } else {
            Content::Fault(shown, SheetProblem::Fraction)
        }
    };
    Some(match value {
        DataRef::Empty | DataRef::SharedString("") => return None,
        DataRef::String(text) if text.is_empty() => return None,
        DataRef::String(text) => Content::Text(text.clone()),
        DataRef::SharedString(text) => Content::Text((*text).to_owned()),
        DataRef::Int(whole) => number(*whole as f64),
        DataRef::Float(float) => number(*float),
        DataRef::DateTime(date) => {
            let shown = day_of(date).filter(|_| date.is_datetime());
            let value = shown.clone().unwrap_or_else(|| date.as_f64().to_string());
            Content::Fault(value, SheetProblem::DateCell { shown })
        }
        DataRef::DateTimeIso(text) => {
            let shown = text.get(..10).map(str::to_owned);
            Content::Fault(text.clone(), SheetProblem::DateCell { shown })
        }
        DataRef::DurationIso(text) => Content::Fault(text.clone(), SheetProblem::DateCell { shown: None }),
        DataRef::Bool(truth) => Content::Fault(truth.to_string().to_uppercase(), SheetProblem::Truth),
        DataRef::Error(error) => Content::Fault(error.to_string(), SheetProblem::Error),
    })
}

/// The day of a serial number that a spreadsheet could show.
fn day_of(date: &ExcelDateTime) -> Option<String> {
    /// 9999-12-31.
    const LAST: f64 = 2_958_465.0;
    (1.0..=LAST).contains(&date.as_f64()).then(|| {
        let (year, month, day, ..) = date.to_ymd_hms_milli();
        format!("{year:04}-{month:02}-{day:02}")
    })
}
