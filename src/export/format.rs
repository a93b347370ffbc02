//! The registry of formats: what each is called, opens in, and can carry.

use super::graph;
use super::loss::Loss;
use super::out::{Out, Sink};
use super::rdf;
use super::select::View;
use super::table;
use std::io;

/// A form of the graph.
pub struct Format {
    /// The id on the command line.
    pub id: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// The usual extension of its files, without a dot.
    pub extension: &'static str,
    /// What opens it.
    pub opens_in: &'static str,
    /// Whether it is several files, in a folder or a zip.
    pub several: bool,
    /// What it can carry.
    pub carries: Carries,
    pub(super) write: fn(&View<'_>, &mut Out<'_>) -> io::Result<()>,
}

/// What a format can carry. What it cannot is counted in every export.
#[derive(Clone, Copy, Debug)]
pub struct Carries {
    /// Which properties.
    pub properties: Properties,
    /// How a time is told.
    pub times: &'static str,
    /// How several values of one property are told.
    pub lists: &'static str,
    /// Whether acts stand in it as records; else links bear IRI and title.
    pub acts: bool,
    /// Whether findings stand in it as records; else bodies bear the norms of each verdict.
    pub findings: bool,
    /// Whether surveys and the provisions behind powers stand in it.
    pub rest: bool,
}

/// Which properties a format can carry.
#[derive(Clone, Copy, Debug)]
pub enum Properties {
    /// All, in all languages.
    All,
    /// Those named.
    Only {
        /// Fields of nodes.
        node: &'static [&'static str],
        /// Fields of edges.
        edge: &'static [&'static str],
    },
}

impl Carries {
    /// Returns what a format carries that has all fields of nodes and edges, and no other records.
    pub(super) const fn fields(times: &'static str, lists: &'static str) -> Self {
        Self { properties: Properties::All, times, lists, acts: false, findings: false, rest: false }
    }

    /// What it cannot carry, in words.
    pub fn limits(&self) -> Vec<String> {
        let mut limits = Vec::new();
        if let Properties::Only { node, edge } = self.properties {
            let named = |fields: &[&str]| fields.join(", ");
            limits.push(format!("properties of nodes other than {}", named(node)));
            limits.push(format!("properties of edges other than {}", named(edge)));
        }
        let mut add = |carried: bool, what: &str| {
            if !carried {
                limits.push(what.to_owned());
            }
        };
        add(self.acts, "acts as records");
        add(self.findings, "findings as records");
        add(self.rest, "statements of completeness and provisions behind powers");
        limits
    }
}

impl std::fmt::Debug for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

/// All formats, in the order of their listing.
pub const FORMATS: &[&Format] = &[
    &graph::graphml::FORMAT,
    &graph::gexf::FORMAT,
    &graph::dot::FORMAT,
    &graph::cytoscape::FORMAT,
    &graph::cx2::FORMAT,
    &graph::node_link::FORMAT,
    &graph::jgf::FORMAT,
    &graph::pajek::FORMAT,
    &graph::neo4j::FORMAT,
    &graph::cypher::FORMAT,
    &graph::mermaid::FORMAT,
    &table::csv::FORMAT,
    &table::xlsx::FORMAT,
    &table::PARQUET,
    &table::ARROW,
    &table::SQLITE,
    &rdf::TURTLE,
    &rdf::TRIG,
    &rdf::NTRIPLES,
    &rdf::NQUADS,
    &rdf::RDFXML,
    &rdf::JSON_LD,
];

impl Format {
    /// Finds the format with this id.
    pub fn of_id(id: &str) -> Option<&'static Self> {
        FORMATS.iter().copied().find(|format| format.id == id)
    }

    /// Returns the feature of cargo that it takes, where this build has it not.
    pub fn missing_feature(&self) -> Option<&'static str> {
        let taken = table::FEATURES.iter().find(|(id, _, is_there)| *id == self.id && !is_there);
        taken.map(|(_, feature, _)| *feature)
    }

    /// Returns whether it is a syntax of RDF, which is written from [`super::Selection::documents`].
    pub fn is_rdf(&self) -> bool {
        rdf::FORMATS.iter().any(|format| format.id == self.id)
    }

    /// Returns whether it can be written in the canonical form of RDF.
    pub fn has_canonical_form(&self) -> bool {
        [&rdf::NQUADS, &rdf::NTRIPLES].iter().any(|format| format.id == self.id)
    }

    /// Writes the view, and returns the account of what could not be written.
    ///
    /// # Errors
    /// If the sink takes no more.
    pub fn write(&self, view: &View<'_>, sink: &mut dyn Sink) -> io::Result<Loss> {
        let mut out = Out::new(sink, Loss::measure(view, &self.carries));
        (self.write)(view, &mut out)?;
        out.end()
    }
}
