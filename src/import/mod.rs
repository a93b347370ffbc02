//! Spreadsheets of facts and of norms, checked row by row, into Turtle.
//!
//! [`facts()`] takes the folder or workbook of one country, [`norms()`] the folder with the norms; both give back file
//! names and texts and write nothing. [`sfm()`] and [`wikidata()`] take what others publish, and tell what does not fit.
//!
//! # Invariants
//! * All or nothing: every cell is checked before the first file is made, and one fault stops the import.
//! * A fault names file, row, column and value, and the nearest value that would do.
//! * Nothing is lost: each cell can be read back from the Turtle (`tests/it/import.rs` does).
//! * The same tables give the same bytes; a row that is appended renames nothing that was named before it.
//!
//! # See also
//! `row` for what a cell may hold, [`crate::tables`] for the columns and for how IRIs are made.

mod about;
mod facts;
mod fault;
mod nearest;
mod norms;
mod outside;
mod row;
mod table;
mod terms;
mod workbook;

pub use facts::facts;
pub use fault::{Fault, Place, Problem, SheetProblem};
pub use norms::norms;
pub use outside::{sfm, wikidata};

use crate::rdf::PrefixError;
use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;

/// The words that a table may use: the slugs of the concepts in `ontology/`.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// Types of institutions, the groups above them included.
    pub types: BTreeSet<String>,
    /// Those of the types that are groups of others.
    pub groups: BTreeSet<String>,
    /// Mechanisms of control.
    pub mechanisms: BTreeSet<String>,
    /// Powers of institutions.
    pub powers: BTreeSet<String>,
    /// Statuses of links.
    pub statuses: BTreeSet<String>,
    /// Effects of links.
    pub effects: BTreeSet<String>,
    /// Limits of links.
    pub limits: BTreeSet<String>,
    /// Severities of norms.
    pub severities: BTreeSet<String>,
    /// Principles that norms serve.
    pub principles: BTreeSet<String>,
    /// Guidance documents that a norm may name besides those in `documents.csv`.
    pub documents: BTreeSet<String>,
}

/// The country that a folder of facts is about.
#[derive(Clone, Debug)]
pub struct Country {
    /// Its code in lower case, such as `ua`: prefix and folder of its data.
    pub code: String,
    /// BCP 47 tag of the language of its native names, such as `uk`.
    pub language: String,
    /// Its English name.
    pub name_en: String,
}

/// What an import makes: Turtle files for the caller to write, and how many rows went into them.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// File name below the target folder, such as `links.ttl`, and text, in the order of the tables.
    pub files: Vec<(String, String)>,
    /// Table, such as `links`, and number of its rows.
    pub counts: Vec<(&'static str, usize)>,
    /// What did not fit, and what was made of it, one sentence each; tables of ours fit or are refused.
    pub told: Vec<String>,
}

/// What can stop an import.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// A table that cannot be opened or read.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// Path of the table.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file that is no workbook.
    #[error("cannot read `{}` as a workbook (XLSX)", path.display())]
    Workbook {
        /// Path of the file.
        path: PathBuf,
        /// What the reader says.
        source: Box<calamine::XlsxError>,
    },
    /// A workbook that is too large once unpacked.
    #[error("`{}` holds more than {most} MiB once unpacked", path.display())]
    Swells {
        /// Path of the file.
        path: PathBuf,
        /// How many MiB it may hold.
        most: u64,
    },
    /// A table of which no row can be taken.
    #[error("no row of `{}` is of an institution of `{country}`{}", path.display(), told.iter().map(|t| format!("\n  {t}")).collect::<String>())]
    Nothing {
        /// Path of the file.
        path: PathBuf,
        /// Code of the country.
        country: String,
        /// Why rows were left out.
        told: Vec<String>,
    },
    /// A file that is no JSON of SPARQL results with a variable `item`.
    #[error("cannot read `{}` as SPARQL results (JSON) with a variable `item`", path.display())]
    Results {
        /// Path of the file.
        path: PathBuf,
        /// What the reader says, where it is no such JSON.
        source: Option<serde_json::Error>,
    },
    /// A code that can be no part of an IRI.
    #[error("`{code}` is no country code in lower case")]
    Code {
        /// The code as it was given.
        code: String,
    },
    /// A language that RDF does not take.
    #[error("`{language}` is no language tag")]
    Language {
        /// The tag as it was given.
        language: String,
    },
    /// Tables with faults; the message lists them, one a line.
    #[error("{}", fault::list(faults, *more))]
    Faults {
        /// The first faults, at most 20, by table and row.
        faults: Vec<Fault>,
        /// How many more there are.
        more: usize,
    },
    /// A namespace that is no IRI.
    #[error(transparent)]
    Prefix(#[from] PrefixError),
}
