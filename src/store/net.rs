//! The graph of a CONSTRUCT or DESCRIBE as things, what is said of each, and ties between them: what a diagram shows.
//!
//! # Invariants
//! * Every triple is in a line of its subject, in a tie, or one of the names of its subject, of which the best is kept.
//! * A value stands in a line of the thing that has it: a literal, the thing itself, a class, and a concept of the
//!   vocabulary or a country where the graph says nothing more of it and the thing is no concept itself.
//! * Same answer, same net: blank nodes are numbered in the order in which the engine gives them.

use super::labels::{self, Name};
use super::results::short;
use super::{Guard, Remote, Store, StoreError};
use crate::rdf::{BlankNode, NamedOrBlankNode, Term, Triple};
use crate::vocab::{PREFIXES, rdf};
use oxigraph::sparql::QueryResults;
use std::collections::{BTreeMap, BTreeSet};

/// The word for a diagram in [`StoreError::Format`].
pub const DRAWN: &str = "--draw";

/// A graph as it is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Net {
    /// Resources, by id.
    pub things: Vec<Thing>,
    /// What joins them: one tie for all that one says of another.
    pub ties: Vec<Tie>,
    /// How many triples there are.
    pub triples: usize,
}

/// A resource.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thing {
    /// Its IRI in short form, or `_:` and a number.
    pub id: String,
    /// Its name, where the graph or the data have one.
    pub name: Option<String>,
    /// What is said of it: property and value.
    pub lines: Vec<String>,
}

/// What one resource says of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// The subject, by place in [`Net::things`].
    pub from: usize,
    /// The object.
    pub to: usize,
    /// The properties.
    pub properties: Vec<String>,
}

impl Store {
    /// Reads the graph that a CONSTRUCT or DESCRIBE gives, with names in `language`.
    ///
    /// # Errors
    /// [`StoreError::Format`] for rows and truth values, [`StoreError::Evaluation`], [`StoreError::Limit`].
    pub fn net(&self, results: QueryResults<'_>, language: &str, guard: &Guard) -> Result<Net, StoreError> {
        let triples = triples(results, guard)?;
        let name = |iri: &str| Some((iri.to_owned(), self.label(iri, language)?));
        let names = iris(&triples).into_iter().filter_map(name).collect();
        Ok(net(&triples, &names, language))
    }
}

impl Remote {
    /// Reads the graph that a CONSTRUCT or DESCRIBE gives, with names in `language` that the endpoint is asked for.
    ///
    /// # Errors
    /// As [`Store::net`], and those of asking the endpoint for names.
    pub fn net(&self, results: QueryResults<'_>, language: &str, guard: &Guard) -> Result<Net, StoreError> {
        let triples = triples(results, guard)?;
        let names = self.names(&iris(&triples).into_iter().collect::<Vec<_>>(), language)?;
        Ok(net(&triples, &names, language))
    }
}

/// Reads the triples, blank nodes numbered, in the order of their text, each once.
fn triples(results: QueryResults<'_>, guard: &Guard) -> Result<Vec<Triple>, StoreError> {
    let unsuited = |form, gives| Err(StoreError::Format { form, gives, format: DRAWN });
    let graph = match results {
        QueryResults::Solutions(_) => return unsuited("SELECT", "rows"),
        QueryResults::Boolean(_) => return unsuited("ASK", "true or false"),
        QueryResults::Graph(graph) => graph,
    };
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut numbered = |node: &BlankNode| {
        let next = numbers.len() + 1;
        let number = numbers.entry(node.as_str().to_owned()).or_insert(next);
        BlankNode::new_unchecked(number.to_string())
    };
    let mut triples = BTreeMap::new();
    for (row, triple) in graph.enumerate() {
        guard.check_rows(row + 1)?;
        let Triple { mut subject, predicate, mut object } = triple?;
        if let NamedOrBlankNode::BlankNode(node) = &subject {
            subject = numbered(node).into();
        }
        if let Term::BlankNode(node) = &object {
            object = numbered(node).into();
        }
        let triple = Triple { subject, predicate, object };
        triples.insert(triple.to_string(), triple);
    }
    Ok(triples.into_values().collect())
}

/// Every IRI of the triples.
fn iris(triples: &[Triple]) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for Triple { subject, predicate, object } in triples {
        found.insert(predicate.as_str());
        if let NamedOrBlankNode::NamedNode(node) = subject {
            found.insert(node.as_str());
        }
        if let Term::NamedNode(node) = object {
            found.insert(node.as_str());
        }
    }
    found
}

fn net(triples: &[Triple], names: &BTreeMap<String, String>, language: &str) -> Net {
    let subjects: BTreeSet<String> = triples.iter().map(|triple| of_subject(&triple.subject)).collect();
    let called = |iri: &str| names.get(iri).cloned().unwrap_or_else(|| short(iri));
    let mut own: BTreeMap<String, Vec<Name>> = BTreeMap::new();
    let mut things: BTreeMap<String, Thing> = BTreeMap::new();
    let mut ties: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    let mut thing = |key: &str| {
        let id = if key.starts_with("_:") { key.to_owned() } else { short(key) };
        let name = names.get(key).cloned();
        things.entry(key.to_owned()).or_insert(Thing { id, name, lines: Vec::new() });
    };
    let mut lines: Vec<(String, String)> = Vec::new();
    for triple in triples {
        let subject = of_subject(&triple.subject);
        thing(&subject);
        if let Some(name) = labels::of(&triple.predicate, &triple.object) {
            own.entry(subject).or_default().push(name);
            continue;
        }
        let property = called(triple.predicate.as_str());
        let mut line = |value: &str| lines.push((subject.clone(), format!("{property}: {value}")));
        let object = match &triple.object {
            Term::Literal(literal) => {
                match literal.language().filter(|tag| !tag.eq_ignore_ascii_case(language)) {
                    Some(tag) => line(&format!("{} ({tag})", literal.value())),
                    None => line(literal.value()),
                }
                continue;
            }
            Term::NamedNode(node) => node.as_str().to_owned(),
            Term::BlankNode(node) => node.to_string(),
        };
        let is_class = triple.predicate.as_str() == rdf::TYPE;
        let folds = !subjects.contains(&object) && (is_class || is_known(&object) && !is_known(&subject));
        if folds || object == subject {
            line(&called(&object));
        } else {
            thing(&object);
            ties.entry((subject, object)).or_default().push(property);
        }
    }
    for (subject, line) in lines {
        if let Some(thing) = things.get_mut(&subject) {
            thing.lines.push(line);
        }
    }
    for (subject, found) in own {
        if let Some(thing) = things.get_mut(&subject) {
            thing.name = labels::best(found, language).or(thing.name.take());
        }
    }
    let places: BTreeMap<&String, usize> = things.keys().enumerate().map(|(at, key)| (key, at)).collect();
    let ties = ties.into_iter().map(|((from, to), properties)| {
        let (from, to) = (places[&from], places[&to]);
        Tie { from, to, properties }
    });
    Net { ties: ties.collect(), triples: triples.len(), things: things.into_values().collect() }
}

fn of_subject(subject: &NamedOrBlankNode) -> String {
    match subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(node) => node.to_string(),
    }
}

/// Returns whether an IRI is a concept, a class or a property of a vocabulary that is known here, or a country.
fn is_known(iri: &str) -> bool {
    let local = |(_, namespace): &(&str, &str)| iri.strip_prefix(namespace).is_some_and(|l| !l.contains('/'));
    PREFIXES.iter().any(local)
}
