//! Tables on their way out: as CSV, and as a workbook with drop-down lists.
//!
//! # Invariants
//! * Every cell of a workbook is text, so that no spreadsheet turns a date or an article into something else.
//! * The same tables give the same bytes: a workbook bears no day of its making.

use crate::tables::facts::TABLES;
use crate::tables::{Column, Holds, WordList};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, Formula, Workbook,
    Worksheet, XlsxError,
};
use std::io;

/// The number format in which a cell holds what is typed, as it is typed.
const TEXT: u8 = 49;
/// How many rows below the header take drop-down lists.
const ROWS: u32 = 20_000;

/// A table with its cells as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its name.
    pub name: &'static str,
    /// Names of the columns.
    pub header: Vec<String>,
    /// Rows of as many cells.
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// Returns the table as CSV (RFC 4180, UTF-8).
    ///
    /// # Errors
    /// None in practice: a vector takes every byte.
    pub fn csv(&self) -> io::Result<Vec<u8>> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&self.header)?;
        for row in &self.rows {
            writer.write_record(row)?;
        }
        writer.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

/// Returns the tables as a workbook (XLSX).
///
/// Columns of a fact table get the drop-down list of their words, which are looked for in the sheet `words`.
///
/// # Errors
/// [`XlsxError`] for a text that is too long for a cell: more than 32,767 characters.
pub fn workbook(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let text = Format::new().set_num_format_index(TEXT);
    let head =
        Format::new().set_num_format_index(TEXT).set_bold().set_background_color(Color::RGB(0x00E8_EEF4));
    for sheet in sheets {
        let page = workbook.add_worksheet();
        page.set_name(sheet.name)?;
        page.set_freeze_panes(1, 0)?;
        let table = TABLES.iter().find(|table| table.name == sheet.name);
        for (at, name) in (0_u16..).zip(&sheet.header) {
            page.set_column_format(at, &text)?;
            page.set_column_width(at, width(sheet, usize::from(at)))?;
            page.write_string_with_format(0, at, name, &head)?;
            if let Some(column) = table.and_then(|table| table.column(name)) {
                help(page, at, column, sheets)?;
            }
        }
        for (row, cells) in (1_u32..).zip(&sheet.rows) {
            for (at, cell) in (0_u16..).zip(cells) {
                if !cell.is_empty() {
                    page.write_string_with_format(row, at, cell, &text)?;
                }
            }
        }
    }
    workbook.save_to_buffer()
}

/// A width in characters, by the longest of header and first rows.
fn width(sheet: &Sheet, column: usize) -> f64 {
    let cells = sheet.rows.iter().take(200).filter_map(|row| row.get(column));
    let longest = cells.chain([&sheet.header[column]]).map(|cell| cell.chars().count()).max().unwrap_or(0);
    longest.clamp(8, 60) as f64 + 2.0
}

/// Adds to a column what a person may type into it.
fn help(page: &mut Worksheet, at: u16, column: &Column, sheets: &[Sheet]) -> Result<(), XlsxError> {
    // A message shows up to 255 characters.
    let message = |hint: &str| -> String { format!("{}{hint}", column.meaning).chars().take(255).collect() };
    let check = DataValidation::new();
    let check = match column.holds {
        Holds::Word(list) => {
            let Some(range) = range(list, sheets) else { return Ok(()) };
            check
                .allow_list_formula(Formula::new(range))
                .set_error_message(format!("Choose a {} from the list.", list.what()))?
        }
        // The lists of ids grow while the table is filled: another id is warned of, not refused.
        Holds::Institution | Holds::Act => {
            let of = if column.holds == Holds::Act { "acts" } else { "institutions" };
            check
                .allow_list_formula(Formula::new(format!("={of}!$A$2:$A${}", ROWS + 1)))
                .set_error_style(DataValidationErrorStyle::Warning)
                .set_error_message(format!("No such id in the sheet {of}."))?
        }
        Holds::Words(list) => {
            let hint = format!(". The words are those of the list {} in the sheet words", list.what());
            check.allow_any_value().set_input_message(message(&hint))?
        }
        _ => check.allow_any_value().set_input_message(message(""))?,
    };
    page.add_data_validation(1, at, ROWS, at, &check)?;
    Ok(())
}

/// Where the words of a list stand in the sheet `words`, whose first columns are list and word.
fn range(list: WordList, sheets: &[Sheet]) -> Option<String> {
    let words = sheets.iter().find(|sheet| sheet.name == "words")?;
    let is_of = |row: &Vec<String>| row.first().is_some_and(|name| name == list.what());
    let first = words.rows.iter().position(is_of)? + 2;
    let count = words.rows.iter().filter(|row| is_of(row)).count();
    Some(format!("=words!$B${first}:$B${}", first + count - 1))
}
