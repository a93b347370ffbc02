//! Published norms as declarative records, and the documents that they stand in.

use super::scheme::{LimitSet, MechanismSet, PowerSet, TypeId, TypeSet};
use super::text::{Labels, Symbol};
use super::words::{Effect, Independence, Polarity, Severity};
use crate::vocab::slug;

/// Types as a norm names them, and all the types that this takes in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Types {
    /// Types and groups, as named, in the order of the scheme.
    pub named: Vec<TypeId>,
    /// Every type meant: a group takes all its types.
    pub all: TypeSet,
}

/// One duty of a guidance document.
#[derive(Clone, Debug)]
pub struct Norm {
    /// Its IRI.
    pub iri: Symbol,
    /// Its short id, such as `MIA-07`.
    pub id: String,
    /// The duty in a few words.
    pub titles: Labels,
    /// The duty in a sentence.
    pub duty: Labels,
    /// IRI of the document.
    pub document: Option<Symbol>,
    /// Where in the document.
    pub locator: Option<Symbol>,
    /// How much it matters.
    pub severity: Severity,
    /// IRIs of the principles that it serves.
    pub principles: Vec<Symbol>,
    /// Whether it asks or forbids.
    pub polarity: Polarity,
    /// Whom it binds.
    pub scope: Scope,
    /// What it asks for, or forbids.
    pub evidence: Evidence,
    /// The reading behind it.
    pub note: Labels,
    /// Whether the document itself was read.
    pub verified: bool,
}

/// Whom a norm binds: bodies of these types for which every other condition holds.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Any of these types.
    pub types: Types,
    /// Bodies with any of these powers; none: not asked.
    pub where_power: PowerSet,
    /// Bodies with a direct child of any of these types; none named: not asked.
    pub where_parent_of: Types,
    /// Bodies with a link in force over a body of any of these types; none named: not asked.
    pub where_oversees: Types,
}

/// The links that a norm asks for, or forbids.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Overseers of any of these types; none named: any.
    pub overseers: Types,
    /// Any of these mechanisms; none: any.
    pub mechanisms: MechanismSet,
    /// Whether every one of the mechanisms must be there.
    pub all_mechanisms: bool,
    /// How many different overseers.
    pub at_least: u32,
    /// From how many different pillars.
    pub at_least_pillars: u32,
    /// Of whom an overseer has to be independent.
    pub independent_of: Option<Independence>,
    /// The effect below which a link is weak.
    pub least_effect: Option<Effect>,
    /// The limits that make a link weak.
    pub excludes_limits: LimitSet,
}

impl Norm {
    /// Returns whether `id` is its id, the beginning of that up to a hyphen, or an IRI that ends so.
    pub fn goes_by(&self, id: &str) -> bool {
        let id = if id.contains(':') { slug(id) } else { id };
        let rest = self.id.strip_prefix(id);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-') || id.ends_with('-'))
    }

    /// Returns whether it forbids a power rather than a link: no overseer type, mechanism or independence named.
    pub fn forbids_power(&self) -> bool {
        self.polarity == Polarity::Forbid
            && !self.scope.where_power.is_empty()
            && self.evidence.overseers.named.is_empty()
            && self.evidence.mechanisms.is_empty()
            && self.evidence.independent_of.is_none()
    }
}

/// A guidance document.
#[derive(Clone, Debug)]
pub struct GuidanceDocument {
    /// Its IRI.
    pub iri: Symbol,
    /// Its titles.
    pub titles: Labels,
    /// Who published it.
    pub publisher: Option<Symbol>,
    /// The year it was issued.
    pub issued: Option<Symbol>,
    /// Where it can be read.
    pub page: Option<Symbol>,
}
