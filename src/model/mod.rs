//! Institutions, acts, links and norms as plain values, and the graph that holds them.
//!
//! The [`Graph`] is built straight from the stream of triples, in one pass, whatever their order, by [`Builder`];
//! no SPARQL store is made for it. What cannot be read becomes a [`Problem`], never a panic and never silence.
//!
//! # Invariants
//! * Institutions, links, acts and norms are in the order of their IRIs, so the order of triples changes nothing.
//! * Every link has both its ends; a record without them is a problem, not a link.
//! * No country, institution or act is named here: a country is data.

mod builder;
mod date;
mod facts;
pub mod fetch;
mod id;
mod institution;
mod law;
mod link;
mod load;
mod norm;
mod problem;
mod records;
mod scheme;
mod survey;
mod text;
mod vocabulary;
mod words;
mod world;

pub use builder::Builder;
pub use date::{Date, DateError, Day, Digits, Interval};
pub use id::{Lookup, expand, short};
pub use institution::{Institution, InstitutionId};
pub use law::{Act, PowerGrant};
pub use link::{Basis, Lapse, Link, LinkId, Standing};
pub use load::{load, load_telling};
pub use norm::{Evidence, GuidanceDocument, Norm, Scope, Types};
pub use problem::{Expected, Fault, NormFault, Outcome, Problem, nearest};
pub use scheme::{
    CAPACITY, Concept, Id, LimitId, LimitSet, MechanismId, MechanismSet, PowerId, PowerSet, Scheme, Set,
    TypeId, TypeSet,
};
pub use survey::{Country, Dataset, Survey};
pub use text::{Label, Labels, Symbol, Tagged, Texts, in_language};
pub use vocabulary::Vocabulary;
pub use words::{Effect, Independence, Pillar, Polarity, Severity, Status};
pub use world::{Period, Trust, World};

use petgraph::Direction;
use petgraph::visit::EdgeRef;
use std::collections::HashMap;

/// A country's, or several countries', security sector: institutions, the links between them, acts and norms.
#[derive(Clone, Debug)]
pub struct Graph {
    /// All strings.
    pub texts: Texts,
    /// Types, mechanisms, powers and limits.
    pub vocabulary: Vocabulary,
    /// Institutions as nodes, links as edges from overseer to overseen.
    pub network: petgraph::Graph<Institution, Link>,
    /// Acts, by IRI.
    pub acts: Vec<Act>,
    /// The provisions behind powers, by IRI.
    pub grants: Vec<PowerGrant>,
    /// Statements of completeness, by IRI.
    pub surveys: Vec<Survey>,
    /// Countries, by IRI.
    pub countries: Vec<Country>,
    /// Data sets, by IRI.
    pub datasets: Vec<Dataset>,
    /// Guidance documents, by IRI.
    pub documents: Vec<GuidanceDocument>,
    /// Principles, by IRI.
    pub principles: Vec<Concept>,
    /// Labels of the words that are enums in the code (statuses, effects, severities, pillars), by IRI.
    pub words: Vec<Concept>,
    /// Norms, by id.
    pub norms: Vec<Norm>,
    /// What could not be read, in order.
    pub problems: Vec<Problem>,
    pub(in crate::model) by_iri: HashMap<Symbol, InstitutionId>,
}

impl Graph {
    /// Returns the string of a symbol.
    pub fn text(&self, symbol: Symbol) -> &str {
        self.texts.get(symbol)
    }

    /// Returns an institution.
    pub fn institution(&self, id: InstitutionId) -> &Institution {
        &self.network[id]
    }

    /// Returns the IRI of an institution.
    pub fn iri(&self, id: InstitutionId) -> &str {
        self.network[id].iri.map_or("", |iri| self.text(iri))
    }

    /// Returns the name of an institution for people: its label in `language` as [`Labels::pick`] falls back,
    /// or its short id.
    pub fn name(&self, id: InstitutionId, language: &str) -> &str {
        match self.network[id].labels.pick(&self.texts, language) {
            Some(label) => self.text(label),
            None => id::short(self.iri(id)),
        }
    }

    /// Returns the short id of an IRI of ours: `ua/security-service`, `MIA-07`, `hearing`; others stay whole.
    pub fn short<'a>(&self, iri: &'a str) -> &'a str {
        id::short(iri)
    }

    /// Finds an institution by its IRI.
    pub fn find(&self, iri: &str) -> Option<InstitutionId> {
        self.by_iri.get(&self.texts.find(iri)?).copied()
    }

    /// Returns all institutions, in the order of their IRIs.
    pub fn institutions(&self) -> impl Iterator<Item = (InstitutionId, &Institution)> {
        self.network.node_indices().map(|id| (id, &self.network[id]))
    }

    /// Returns a link with its overseer and its overseen.
    pub fn link(&self, id: LinkId) -> (InstitutionId, &Link, InstitutionId) {
        let (overseer, overseen) = self.network.edge_endpoints(id).expect("a link of this graph");
        (overseer, &self.network[id], overseen)
    }

    /// Returns the links over an institution, in the order of their IRIs.
    pub fn links_over(&self, id: InstitutionId) -> Vec<LinkId> {
        self.links(id, Direction::Incoming)
    }

    /// Returns the links by which an institution oversees others, in the order of their IRIs.
    pub fn links_by(&self, id: InstitutionId) -> Vec<LinkId> {
        self.links(id, Direction::Outgoing)
    }

    fn links(&self, id: InstitutionId, direction: Direction) -> Vec<LinkId> {
        let mut links: Vec<LinkId> = self.network.edges_directed(id, direction).map(|e| e.id()).collect();
        links.sort_unstable();
        links
    }

    /// Returns the ancestors of an institution, the nearest first, each once; a cycle ends the walk and nobody
    /// is its own ancestor.
    pub fn ancestors(&self, id: InstitutionId) -> Vec<InstitutionId> {
        let mut found: Vec<InstitutionId> = Vec::new();
        let mut at = 0;
        let mut wave = &self.network[id].parents;
        loop {
            for parent in wave {
                if *parent != id && !found.contains(parent) {
                    found.push(*parent);
                }
            }
            let Some(next) = found.get(at) else { return found };
            wave = &self.network[*next].parents;
            at += 1;
        }
    }

    /// Returns the numbers of the provisions behind a link, joined by `; `; nothing where no provision is named.
    pub fn provisions(&self, link: &Link) -> Option<String> {
        let numbers: Vec<&str> = link.basis.iter().filter_map(|b| b.number).map(|n| self.text(n)).collect();
        (!numbers.is_empty()).then(|| numbers.join("; "))
    }

    /// Returns the codes of the countries that have bodies here, such as `ua`, in order: what stands between
    /// `id/` and the next `/` in the bodies' IRIs.
    pub fn codes(&self) -> Vec<String> {
        let iris = self.network.node_indices().map(|id| self.iri(id));
        let codes =
            iris.filter_map(|iri| iri.strip_prefix(crate::vocab::ID)?.split_once('/').map(|(code, _)| code));
        let mut codes: Vec<&str> = codes.filter(|c| c.chars().all(|c| c.is_ascii_alphabetic())).collect();
        codes.dedup();
        codes.into_iter().map(str::to_owned).collect()
    }

    /// Returns the act with this IRI.
    pub fn act(&self, iri: Symbol) -> Option<&Act> {
        let wanted = self.text(iri);
        self.acts.binary_search_by(|act| self.text(act.iri).cmp(wanted)).ok().map(|at| &self.acts[at])
    }

    /// Returns the guidance document with this IRI.
    pub fn document(&self, iri: Symbol) -> Option<&GuidanceDocument> {
        self.documents.iter().find(|document| document.iri == iri)
    }

    /// Returns the norm with this id.
    pub fn norm(&self, id: &str) -> Option<&Norm> {
        self.norms.iter().find(|norm| norm.id == id)
    }

    /// Returns the name of a word of the code (a status, a pillar ...) in a language, or its slug.
    pub fn word(&self, scheme: &str, slug: &'static str, language: &str) -> &str {
        let label = self
            .words
            .iter()
            .find(|word| word.slug == slug && self.text(word.iri).starts_with(scheme))
            .and_then(|word| word.labels.pick(&self.texts, language));
        label.map_or(slug, |label| self.text(label))
    }
}
