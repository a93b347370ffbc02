//! Which triples are written: a second reading of the documents, filtered by subject.

use crate::export::select::View;
use crate::model::{Basis, Graph, Symbol};
use crate::rdf::{BlankNode, Document, GraphName, NamedNode, NamedOrBlankNode, Quad, SHIPPED, Term, read};
use crate::store::plain_properties;
use std::collections::{HashMap, HashSet};
use std::io;

/// Returns whether a document is no part of the shipped ontology, which data refer to and exports leave out.
pub(super) fn is_data(document: &Document) -> bool {
    !document.name.starts_with("ontology/") || SHIPPED.iter().all(|file| file.path != document.name)
}

/// Calls `each` with every triple to be written, in the graph of its document.
pub(super) fn triples(view: &View<'_>, mut each: impl FnMut(Quad) -> io::Result<()>) -> io::Result<()> {
    let selection = view.selection();
    let taken = selection.is_part().then(|| subjects(view));
    for (number, document) in selection.documents.iter().enumerate().filter(|(_, d)| is_data(d)) {
        let mut names = Names { number, known: HashMap::new() };
        let own: GraphName = NamedNode::new(&document.graph).map_err(io::Error::other)?.into();
        // What is said of blank nodes waits until it is known which of them are named.
        let mut named: HashSet<BlankNode> = HashSet::new();
        let mut waiting: Vec<Quad> = Vec::new();
        let mut failed = None;
        read(document, |quad| {
            if failed.is_some() {
                return;
            }
            let quad = names.of(quad, &own);
            let written = match (&taken, &quad.subject) {
                (None, _) => true,
                (Some(taken), NamedOrBlankNode::NamedNode(node)) => taken.contains(node.as_str()),
                (Some(_), NamedOrBlankNode::BlankNode(_)) => {
                    waiting.push(quad);
                    return;
                }
            };
            if written {
                if let (Some(_), Term::BlankNode(node)) = (&taken, &quad.object) {
                    named.insert(node.clone());
                }
                failed = each(quad).err();
            }
        })
        .map_err(io::Error::other)?;
        if let Some(error) = failed {
            return Err(error);
        }
        for quad in reached(waiting, named) {
            each(quad)?;
        }
    }
    if selection.derived {
        plain_properties(view.world(), view.edges()).into_iter().try_for_each(each)?;
    }
    Ok(())
}

/// Returns what is said of blank nodes that are named, or that one of these names, in the order of the document.
fn reached(waiting: Vec<Quad>, mut named: HashSet<BlankNode>) -> Vec<Quad> {
    let mut of: HashMap<BlankNode, Vec<BlankNode>> = HashMap::new();
    for quad in &waiting {
        if let (NamedOrBlankNode::BlankNode(subject), Term::BlankNode(object)) = (&quad.subject, &quad.object)
        {
            of.entry(subject.clone()).or_default().push(object.clone());
        }
    }
    let mut to_follow: Vec<BlankNode> = named.iter().cloned().collect();
    while let Some(node) = to_follow.pop() {
        for next in of.remove(&node).unwrap_or_default() {
            if named.insert(next.clone()) {
                to_follow.push(next);
            }
        }
    }
    let is_named = |quad: &Quad| match &quad.subject {
        NamedOrBlankNode::BlankNode(node) => named.contains(node),
        NamedOrBlankNode::NamedNode(_) => false,
    };
    waiting.into_iter().filter(is_named).collect()
}

/// The names of a document's blank nodes, by their order.
struct Names {
    number: usize,
    known: HashMap<BlankNode, BlankNode>,
}

impl Names {
    fn name(&mut self, node: BlankNode) -> BlankNode {
        let next = self.known.len();
        let number = self.number;
        self.known
            .entry(node)
            .or_insert_with(|| BlankNode::new_unchecked(format!("d{number}b{next}")))
            .clone()
    }

    fn of(&mut self, quad: Quad, own: &GraphName) -> Quad {
        Quad {
            subject: match quad.subject {
                NamedOrBlankNode::BlankNode(node) => self.name(node).into(),
                named @ NamedOrBlankNode::NamedNode(_) => named,
            },
            predicate: quad.predicate,
            object: match quad.object {
                Term::BlankNode(node) => self.name(node).into(),
                other => other,
            },
            graph_name: match quad.graph_name {
                GraphName::DefaultGraph => own.clone(),
                GraphName::BlankNode(node) => self.name(node).into(),
                named @ GraphName::NamedNode(_) => named,
            },
        }
    }
}

/// The IRIs of records written, and of those that they rest on: acts, provisions, powers, surveys, countries and their
/// data sets.
fn subjects<'v>(view: &'v View<'_>) -> HashSet<&'v str> {
    let graph: &Graph = view.graph();
    let mut taken: HashSet<Symbol> = HashSet::new();
    let mut countries: HashSet<Symbol> = HashSet::new();
    let rests_on = |taken: &mut HashSet<Symbol>, basis: &[Basis]| {
        for basis in basis {
            taken.insert(basis.iri);
            taken.extend(basis.act);
        }
    };
    for id in view.nodes() {
        let body = graph.institution(id);
        taken.extend(body.iri);
        countries.extend(body.country);
        rests_on(&mut taken, &body.founded_by);
    }
    for id in view.edges() {
        let link = &graph.network[id];
        taken.insert(link.iri);
        rests_on(&mut taken, &link.basis);
    }
    for grant in graph.grants.iter().filter(|grant| view.writes(grant.holder)) {
        taken.insert(grant.iri);
        rests_on(&mut taken, &grant.basis);
    }
    let covers = |of: &Symbol| taken.contains(of) || countries.contains(of);
    let surveys: Vec<Symbol> = graph
        .surveys
        .iter()
        .filter(|survey| survey.covers.iter().any(covers))
        .map(|survey| survey.iri)
        .collect();
    taken.extend(surveys);
    taken.extend(
        graph.datasets.iter().filter(|d| d.country.is_some_and(|c| countries.contains(&c))).map(|d| d.iri),
    );
    taken.extend(countries);
    taken.into_iter().map(|symbol| graph.text(symbol)).collect()
}
