//! A CONSTRUCT as a SELECT, and the triples that its rows make.

use crate::rdf::{BlankNode, NamedOrBlankNode, Triple};
use oxigraph::model::{Term, Variable};
use oxigraph::sparql::{QuerySolution, QuerySolutionIter, QueryTripleIter};
use spargebra::Query;
use spargebra::algebra::{GraphPattern, QueryDataset};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use std::collections::HashMap;

/// Returns a SELECT of the variables of `template`.
pub(super) fn select(
    template: &[TriplePattern],
    dataset: Option<QueryDataset>,
    pattern: GraphPattern,
    base_iri: Option<oxiri::Iri<String>>,
) -> Query {
    let mut variables: Vec<Variable> = Vec::new();
    for triple in template {
        let predicate = match &triple.predicate {
            NamedNodePattern::Variable(variable) => Some(variable),
            NamedNodePattern::NamedNode(_) => None,
        };
        let ends = [&triple.subject, &triple.object].into_iter().filter_map(|term| match term {
            TermPattern::Variable(variable) => Some(variable),
            _ => None,
        });
        for variable in ends.chain(predicate) {
            if !variables.contains(variable) {
                variables.push(variable.clone());
            }
        }
    }
    Query::Select {
        dataset,
        pattern: GraphPattern::Project { inner: Box::new(pattern), variables },
        base_iri,
    }
}

/// Returns the triples of each row, without those that cannot be. A blank node of the template is another in each row.
///
/// # Source
/// SPARQL 1.1, 16.2.
pub(super) fn triples(
    template: Vec<TriplePattern>,
    solutions: QuerySolutionIter<'static>,
) -> QueryTripleIter<'static> {
    QueryTripleIter::new(solutions.flat_map(move |solution| match solution {
        Err(error) => vec![Err(error)],
        Ok(row) => {
            let mut nodes = HashMap::new();
            template.iter().filter_map(|triple| made(triple, &row, &mut nodes)).map(Ok).collect()
        }
    }))
}

fn made(
    triple: &TriplePattern,
    row: &QuerySolution,
    nodes: &mut HashMap<BlankNode, BlankNode>,
) -> Option<Triple> {
    let mut term = |pattern: &TermPattern| match pattern {
        TermPattern::NamedNode(node) => Some(Term::NamedNode(node.clone())),
        TermPattern::Literal(literal) => Some(Term::Literal(literal.clone())),
        TermPattern::BlankNode(node) => Some(nodes.entry(node.clone()).or_default().clone().into()),
        TermPattern::Variable(variable) => row.get(variable).cloned(),
    };
    let subject: NamedOrBlankNode = match term(&triple.subject)? {
        Term::NamedNode(node) => node.into(),
        Term::BlankNode(node) => node.into(),
        Term::Literal(_) => return None,
    };
    let object = term(&triple.object)?;
    let predicate = match &triple.predicate {
        NamedNodePattern::NamedNode(node) => node.clone(),
        NamedNodePattern::Variable(variable) => match row.get(variable)? {
            Term::NamedNode(node) => node.clone(),
            _ => return None,
        },
    };
    Some(Triple::new(subject, predicate, object))
}
