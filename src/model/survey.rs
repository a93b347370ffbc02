//! Statements of completeness, countries, and the data sets that hold them.

use super::date::Date;
use super::scheme::MechanismSet;
use super::text::{Labels, Symbol};

/// A statement that the record of some mechanisms is complete.
#[derive(Clone, Debug)]
pub struct Survey {
    /// Its IRI.
    pub iri: Symbol,
    /// The countries or institutions covered.
    pub covers: Vec<Symbol>,
    /// The mechanisms worked through.
    pub mechanisms: MechanismSet,
    /// When.
    pub on: Option<Date>,
    /// What was read.
    pub comment: Labels,
}

/// A country.
#[derive(Clone, Debug)]
pub struct Country {
    /// Its IRI.
    pub iri: Symbol,
    /// Its names.
    pub labels: Labels,
    /// The tag of the language that its bodies are named in.
    pub language: Option<Symbol>,
}

/// A published data set.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// Its IRI.
    pub iri: Symbol,
    /// Its titles.
    pub titles: Labels,
    /// Its version.
    pub version: Option<Symbol>,
    /// The country that it is about.
    pub country: Option<Symbol>,
    /// Its known limits.
    pub notes: Labels,
}
