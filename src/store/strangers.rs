//! Words of known vocabularies in a query that no triple has: mostly slips of the pen, which else give no rows without a
//! word.

use super::walk::{Part, walk};
use super::{Store, StoreError, parameter};
use crate::model::nearest;
use crate::store::Question;
use crate::vocab::{GRAPH, shorten, slug, xsd};
use oxigraph::model::{NamedNode, NamedOrBlankNode};
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern, PropertyPathExpression as Path};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern};
use std::collections::BTreeSet;

/// A word that no triple has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stranger {
    /// The word, with its prefix.
    pub word: String,
    /// The word most like it that a triple has.
    pub nearest: Option<String>,
}

impl Store {
    /// Returns the words of `question` that stand in no triple, by IRI. Words of vocabularies that have no prefix here are
    /// not looked at, nor are names of datatypes and graphs, for these stand in no triple.
    ///
    /// # Errors
    /// As [`Store::ask`].
    pub fn strangers(
        &self,
        question: &Question,
        values: &[(String, String)],
    ) -> Result<Vec<Stranger>, StoreError> {
        let values = parameter::bind(&question.id, &question.parameters, values, &self.graph, self.day)?;
        let query = self.parse(&question.text, &values, None)?;
        let mut strangers = Vec::new();
        for word in words(&query) {
            if !self.has(&word)? {
                strangers.push(Stranger { word: shorten(word.as_str()), nearest: self.like(&word) });
            }
        }
        Ok(strangers)
    }

    /// Returns whether a triple of any graph has this word.
    fn has(&self, word: &NamedNode) -> Result<bool, StoreError> {
        let (node, term) = (word.as_ref(), word.as_ref().into());
        let mut found = self
            .oxigraph
            .quads_for_pattern(None, Some(node), None, None)
            .chain(self.oxigraph.quads_for_pattern(Some(node.into()), None, None, None))
            .chain(self.oxigraph.quads_for_pattern(None, None, Some(term), None));
        Ok(found.next().transpose()?.is_some())
    }

    /// Returns the word of the same vocabulary most like this one that a triple says something of or by.
    fn like(&self, word: &NamedNode) -> Option<String> {
        let (iri, name) = (word.as_str(), slug(word.as_str()));
        let space = &iri[..iri.len() - name.len()];
        let mut known = BTreeSet::new();
        for quad in self.oxigraph.iter().flatten() {
            let subject = match quad.subject {
                NamedOrBlankNode::NamedNode(node) => Some(node),
                NamedOrBlankNode::BlankNode(_) => None,
            };
            for node in subject.into_iter().chain([quad.predicate]) {
                if let Some(local) = node.as_str().strip_prefix(space)
                    && !known.contains(local)
                {
                    known.insert(local.to_owned());
                }
            }
        }
        let found = nearest(name, known.iter().map(String::as_str))?;
        Some(shorten(&format!("{space}{found}")))
    }
}

/// Returns the words of a query that could stand in a triple, by IRI.
fn words(query: &Query) -> BTreeSet<NamedNode> {
    let mut words = BTreeSet::new();
    let mut add = |node: &NamedNode| {
        let iri = node.as_str();
        if !shorten(iri).starts_with('<') && !iri.starts_with(GRAPH) && !iri.starts_with(xsd::NS) {
            words.insert(node.clone());
        }
    };
    let mut end = |term: &TermPattern| {
        if let TermPattern::NamedNode(node) = term {
            add(node);
        }
    };
    walk(query, &mut |part| match part {
        Part::Pattern(GraphPattern::Bgp { patterns }) => {
            for triple in patterns {
                end(&triple.subject);
                end(&triple.object);
                if let NamedNodePattern::NamedNode(node) = &triple.predicate {
                    end(&node.clone().into());
                }
            }
        }
        Part::Pattern(GraphPattern::Path { subject, path, object }) => {
            end(subject);
            end(object);
            steps(path, &mut |node| end(&node.clone().into()));
        }
        Part::Pattern(GraphPattern::Values { bindings, .. }) => {
            for term in bindings.iter().flatten().flatten() {
                if let GroundTerm::NamedNode(node) = term {
                    end(&node.clone().into());
                }
            }
        }
        Part::Expression(Expression::NamedNode(node)) => end(&node.clone().into()),
        _ => {}
    });
    words
}

/// Visits the properties of a path that are followed.
fn steps(path: &Path, each: &mut dyn FnMut(&NamedNode)) {
    match path {
        Path::NamedNode(node) => each(node),
        Path::Reverse(path) | Path::ZeroOrMore(path) | Path::OneOrMore(path) | Path::ZeroOrOne(path) => {
            steps(path, each);
        }
        Path::Sequence(a, b) | Path::Alternative(a, b) => {
            steps(a, each);
            steps(b, each);
        }
        Path::NegatedPropertySet(_) => {}
    }
}
