//! What is wrong with a cell, and the collector of all that is.

use super::ImportError;
use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};

/// How many faults are told; the rest are counted.
const TOLD: usize = 20;
/// How many characters of a value are shown.
const SHOWN: usize = 80;

/// One thing wrong in one place of a table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}:{row}: {column} `{value}`: {problem}", path.display())]
#[non_exhaustive]
pub struct Fault {
    /// Path of the table.
    pub path: PathBuf,
    /// Line on which the row begins, counted from 1 as an editor does.
    pub row: usize,
    /// Column; `header`, `cells`, `row` or `text` where the fault is not in one cell.
    pub column: &'static str,
    /// The value at fault, shortened where it is long.
    pub value: String,
    /// What is wrong with it.
    pub problem: Problem,
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
    /// Bytes that are no UTF-8.
    #[error("not UTF-8")]
    NotUtf8,
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
    /// A date that must be known to the day.
    #[error("no date YYYY-MM-DD in the calendar")]
    NotToTheDay,
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
    /// A provision for a power that the institution is not said to have.
    #[error("not among the powers of `{institution}` in institutions.csv")]
    PowerNotHeld {
        /// The institution.
        institution: String,
    },
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
    pub(super) fn add(&self, path: &Path, row: usize, column: &'static str, value: &str, problem: Problem) {
        let mut told = self.told.borrow_mut();
        if told.len() == TOLD {
            self.more.set(self.more.get() + 1);
        } else {
            told.push(Fault { path: path.to_owned(), row, column, value: shorten(value), problem });
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
            faults.add("a.csv".as_ref(), row, "id", &"x".repeat(100), Problem::NotKebabCase);
        }
        let text = faults.stop().unwrap_err().to_string();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "nothing is imported for 23 faults in the tables");
        assert_eq!(lines[1], format!("  a.csv:2: id `{}…`: not kebab-case", "x".repeat(80)));
        assert_eq!((lines.len(), lines[21]), (22, "  and 3 more"));
    }
}
