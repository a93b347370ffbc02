//! Institutions: the nodes of the graph.

use super::date::{Day, Interval};
use super::link::Basis;
use super::scheme::{PowerSet, TypeSet};
use super::text::{Labels, Symbol};
use petgraph::graph::NodeIndex;

/// An institution's place in [`super::Graph::network`]; places are in the order of IRIs.
pub type InstitutionId = NodeIndex<u32>;

/// A body of the security sector, or one that controls it.
#[derive(Clone, Debug, Default)]
pub struct Institution {
    /// Its IRI; set for every institution of a graph.
    pub iri: Option<Symbol>,
    /// Its names, by language.
    pub labels: Labels,
    /// Its acronym: of its other names the first without a language.
    pub acronym: Option<Symbol>,
    /// Its other names, the acronym among them.
    pub other_names: Labels,
    /// Its types; usually one.
    pub types: TypeSet,
    /// The bodies that it belongs to; usually one or none.
    pub parents: Vec<InstitutionId>,
    /// IRI of its country.
    pub country: Option<Symbol>,
    /// Title of its head.
    pub head: Labels,
    /// From founding to dissolution.
    pub life: Interval,
    /// The provisions that founded it.
    pub founded_by: Vec<Basis>,
    /// Its powers.
    pub powers: PowerSet,
    /// Address of its site.
    pub homepage: Option<Symbol>,
    /// The same body elsewhere, such as in Wikidata.
    pub same_as: Vec<Symbol>,
    /// A remark.
    pub comment: Labels,
    /// Addresses of the pages read.
    pub sources: Vec<Symbol>,
    /// Whether the pages read say so.
    pub verified: bool,
}

impl Institution {
    /// Returns whether `day` lies between founding and dissolution. Whether the body exists that day depends on
    /// its links as well, see [`super::World::exists`].
    pub fn lives(&self, day: Day) -> bool {
        self.life.contains(day)
    }
}
