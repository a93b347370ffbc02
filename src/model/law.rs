//! Legal acts and the powers that their provisions give.

use super::date::Date;
use super::institution::InstitutionId;
use super::link::Basis;
use super::scheme::PowerId;
use super::text::{Labels, Symbol};

/// A legal act.
#[derive(Clone, Debug)]
pub struct Act {
    /// Its IRI.
    pub iri: Symbol,
    /// Its titles, by language.
    pub titles: Labels,
    /// Its other titles.
    pub other_titles: Labels,
    /// Its official number.
    pub number: Option<Symbol>,
    /// Constitution, law, code, decree and so on.
    pub kind: Option<Symbol>,
    /// The day it was adopted.
    pub adopted: Option<Date>,
    /// The day it came into force.
    pub in_force: Option<Date>,
    /// The day from which it is no longer in force.
    pub repealed: Option<Date>,
    /// Its official address.
    pub page: Option<Symbol>,
    /// Addresses of the pages read.
    pub sources: Vec<Symbol>,
    /// Whether the pages read say so.
    pub verified: bool,
}

/// The provision behind a power.
#[derive(Clone, Debug)]
pub struct PowerGrant {
    /// Its IRI.
    pub iri: Symbol,
    /// Who has the power.
    pub holder: InstitutionId,
    /// The power.
    pub power: PowerId,
    /// Where the law gives it.
    pub basis: Vec<Basis>,
    /// On what conditions.
    pub comment: Labels,
}
