//! What is wrong with a cell, and the collector of all that is.

use super::ImportError;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::path::{Path, PathBuf};

/// How many faults are told; the rest are counted.
const TOLD: usize = 20;
/// How many characters of a value are shown.
const SHOWN: usize = 80;

/// One thing wrong in one place of a table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}:{place}: {column} `{value}`: {problem}", path.display())]
#[non_exhaustive]
pub struct Fault {
    /// Path of the table or workbook.
    pub path: PathBuf,
    /// Where in it.
    pub place: Place,
    /// Column; `header`, `cells`, `row`, `text` or `sheet` where the fault is not in one cell.
    pub column: String,
    /// The value at fault, shortened where it is long.
    pub value: String,
    /// What is wrong with it.
    pub problem: Problem,
}

/// A place in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a text file: the line on which the row begins, counted from 1 as an editor does.
    Line(usize),
    /// In a workbook: sheet, column and row as spreadsheets name them, `links!C7`.
    Cell {
        /// Name of the sheet.
        sheet: &'static str,
        /// Column, counted from 0.
        column: usize,
        /// Row, counted from 1.
        row: usize,
    },
    /// A whole row of a sheet, `links!7:7`.
    Row {
        /// Name of the sheet.
        sheet: &'static str,
        /// Row, counted from 1.
        row: usize,
    },
    /// A whole sheet.
    Sheet(String),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "{line}"),
            Self::Cell { sheet, column, row } => write!(f, "{sheet}!{}{row}", letters(*column)),
            Self::Row { sheet, row } => write!(f, "{sheet}!{row}:{row}"),
            Self::Sheet(sheet) => f.write_str(sheet),
        }
    }
}

/// Returns the letters of a column, counted from 0: A to Z, then AA.
pub(super) fn letters(column: usize) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    match column / 26 {
        0 => last.to_string(),
        more => letters(more - 1) + &last.to_string(),
    }
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// A column that the table must have.
    #[error("the column is missing")]
    MissingColumn,
    /// A column that the table does not have.
    #[error("no such column{}", hint(nearest.as_ref()))]
    UnknownColumn {
        /// The column that was probably meant.
        nearest: Option<String>,
    },
    /// A column that stands in the header twice.
    #[error("the column stands here twice")]
    RepeatedColumn,
    /// A row with more or fewer cells than the header.
    #[error("the header has {columns}")]
    Ragged {
        /// Number of columns in the header.
        columns: usize,
    },
    /// A header in one piece, because something else than a comma parts its columns.
    #[error("one column only; save the table with commas between the columns")]
    Delimiter,
    /// A row without any value, between others.
    #[error("an empty row between others; delete it")]
    EmptyRow,
    /// Bytes that are no UTF-8.
    #[error("not UTF-8; save the table as CSV in UTF-8")]
    NotUtf8,
    /// Bytes that are no UTF-8 after text that is.
    #[error(
        "not UTF-8, though there is UTF-8 above: two encodings are mixed; save the table as CSV in UTF-8"
    )]
    MixedEncodings,
    /// The sign that stands for a character lost when text was turned from one encoding into another.
    #[error("a character was lost in an earlier conversion; type it again")]
    LostCharacter,
    /// UTF-8 that was once read as Windows-1252, such as `HÃ¶he`.
    #[error("an earlier conversion took UTF-8 for Windows-1252; it should be `{meant}`")]
    Misread {
        /// The text as it was.
        meant: String,
    },
    /// A formula, as a spreadsheet saves it where it is told to keep formulas.
    #[error("a formula; put its value in its place")]
    Formula,
    /// What a spreadsheet shows where a formula fails.
    #[error("an error of the spreadsheet; put the value in its place")]
    SpreadsheetError,
    /// A quotation mark that opens no cell or closes none.
    #[error("the quotation marks do not match")]
    StrayQuote,
    /// A cell that must be filled.
    #[error("must not be empty")]
    Empty,
    /// Two `;` with nothing between, or one at an end of the list.
    #[error("an empty value beside a `;`")]
    EmptyInList,
    /// A value twice in one list.
    #[error("stands twice in the list")]
    TwiceInList,
    /// An id that is not made of lower-case letters, digits and single hyphens.
    #[error("not kebab-case")]
    NotKebabCase,
    /// An id that means something else already.
    #[error("the name is taken by the data set itself")]
    Reserved,
    /// A row, or its id, that an earlier row has already.
    #[error("the same as in row {row}")]
    Repeated {
        /// Line of the earlier row.
        row: usize,
    },
    /// A name for an IRI with other signs than such names have.
    #[error("a name has only ASCII letters, digits, `-`, `_`, and single dots between them")]
    NoName,
    /// An id that names its country, which goes without saying.
    #[error("write the id alone, `{id}`")]
    WithCountry {
        /// The id alone.
        id: String,
    },
    /// An id of another country.
    #[error("of another country, `{country}`; tables hold one country and stay within it")]
    Foreign {
        /// What it is an id of, such as `institution`.
        what: &'static str,
        /// Code of the other country.
        country: String,
    },
    /// A second name in a language.
    #[error("`{column}` has a name in this language too")]
    TwoNames {
        /// The other column.
        column: &'static str,
    },
    /// A word that is in no list, or an id that is in no table.
    #[error("no such {what}{}", hint(nearest.as_ref()))]
    Unknown {
        /// What the word should be, such as `mechanism`.
        what: &'static str,
        /// The word that was probably meant.
        nearest: Option<String>,
    },
    /// A date that is none of YYYY, YYYY-MM and YYYY-MM-DD, or not in the calendar.
    #[error("no date YYYY, YYYY-MM or YYYY-MM-DD in the calendar")]
    BadDate,
    /// An end that comes before its beginning.
    #[error("before {column} `{start}`")]
    EndBeforeStart {
        /// Column of the beginning.
        column: &'static str,
        /// The beginning.
        start: String,
    },
    /// Neither `yes` nor `no`.
    #[error("neither `yes` nor `no`")]
    BadYesNo,
    /// Not a whole number from 1.
    #[error("not a whole number from 1")]
    BadNumber,
    /// An address that is no IRI of the web.
    #[error("no address with http:// or https://")]
    BadAddress,
    /// Not `Q` and a number.
    #[error("no Wikidata number such as `Q42`")]
    BadWikidata,
    /// An article in a row that names no act.
    #[error("an article without an act")]
    ArticleWithoutAct,
    /// What only a spreadsheet can hold.
    #[error(transparent)]
    Sheet(#[from] SheetProblem),
    /// A provision for a power that the institution is not said to have.
    #[error("not among the powers of `{institution}` in institutions.csv")]
    PowerNotHeld {
        /// The institution.
        institution: String,
    },
}

/// What only a spreadsheet can hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SheetProblem {
    /// A sheet that must be there.
    #[error("the sheet is missing")]
    Missing,
    /// A sheet that is none of ours.
    #[error("no such sheet{}; sheets of your own must begin with `_`", hint(nearest.as_ref()))]
    Unknown {
        /// The sheet that was probably meant.
        nearest: Option<String>,
    },
    /// A value in a column that has no header.
    #[error("a value beside the table, in a column without a header")]
    Beside,
    /// Merged cells.
    #[error("the cells {range} are merged; unmerge them and fill in each")]
    Merged {
        /// The cells, such as `A2:A5`.
        range: String,
    },
    /// A formula.
    #[error("a formula; put its value in its place")]
    Formula,
    /// A cell that the spreadsheet has as a date.
    #[error("a date cell; format the column as text, then type {}", typed(shown.as_ref()))]
    DateCell {
        /// The day that it shows.
        shown: Option<String>,
    },
    /// A number in a column of dates.
    #[error(
        "a number where a date must be text; format the column as text, then type YYYY, YYYY-MM or YYYY-MM-DD{}",
        serial(shown.as_ref())
    )]
    NumberForDate {
        /// The day that it is as a serial number.
        shown: Option<String>,
    },
    /// A number that is not whole, so that its digits may not be those that were typed.
    #[error("a number with a fraction; format the column as text, then type it again")]
    Fraction,
    /// TRUE or FALSE.
    #[error("a truth value; format the column as text, then type `yes` or `no`")]
    Truth,
    /// What a formula leaves that cannot be calculated, such as `#N/A`.
    #[error("an error value of the spreadsheet")]
    Error,
}

fn typed(day: Option<&String>) -> String {
    day.map_or_else(
        || "YYYY, YYYY-MM or YYYY-MM-DD".to_owned(),
        |day| format!("`{day}`, or less if no more is known"),
    )
}

fn serial(day: Option<&String>) -> String {
    day.map_or_else(String::new, |day| format!(" (as the serial number of a day it is {day})"))
}

fn hint(nearest: Option<&String>) -> String {
    nearest.map_or_else(String::new, |word| format!(", the nearest is `{word}`"))
}

/// Words the message of [`ImportError::Faults`].
pub(super) fn list(faults: &[Fault], more: usize) -> String {
    let mut lines = vec![match faults.len() + more {
        1 => "nothing is imported for a fault in the tables".to_owned(),
        n => format!("nothing is imported for {n} faults in the tables"),
    }];
    lines.extend(faults.iter().map(Fault::to_string));
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    lines.join(
        "
  ",
    )
}

/// Takes faults as they are found, so that checking goes on after the first.
#[derive(Debug, Default)]
pub(super) struct Faults {
    told: RefCell<Vec<Fault>>,
    more: Cell<usize>,
}

impl Faults {
    /// Adds a fault.
    pub(super) fn add(
        &self,
        path: &Path,
        place: Place,
        column: &str,
        value: &str,
        problem: impl Into<Problem>,
    ) {
        let mut told = self.told.borrow_mut();
        if told.len() == TOLD {
            self.more.set(self.more.get() + 1);
        } else {
            let (column, value) = (column.to_owned(), shorten(value));
            told.push(Fault { path: path.to_owned(), place, column, value, problem: problem.into() });
        }
    }

    /// Goes on if there is no fault.
    ///
    /// # Errors
    /// [`ImportError::Faults`] with all that were added.
    pub(super) fn stop(&self) -> Result<(), ImportError> {
        if self.told.borrow().is_empty() {
            return Ok(());
        }
        Err(ImportError::Faults { faults: self.told.take(), more: self.more.get() })
    }
}

fn shorten(value: &str) -> String {
    let value = value.replace(['\r', '\n'], " ");
    match value.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_are_told_and_the_rest_counted() {
        let faults = Faults::default();
        assert!(faults.stop().is_ok());
        for row in 2..25 {
            faults.add("a.csv".as_ref(), Place::Line(row), "id", &"x".repeat(100), Problem::NotKebabCase);
        }
        let text = faults.stop().unwrap_err().to_string();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "nothing is imported for 23 faults in the tables");
        assert_eq!(lines[1], format!("  a.csv:2: id `{}…`: not kebab-case", "x".repeat(80)));
        assert_eq!((lines.len(), lines[21]), (22, "  and 3 more"));
    }

    #[test]
    fn columns_are_lettered_as_in_spreadsheets() {
        for (column, expected) in
            [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
        {
            assert_eq!(letters(column), expected);
        }
    }
}
