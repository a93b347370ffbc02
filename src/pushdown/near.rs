//! The links on which findings of some bodies may hang, fetched in few steps, each by IRIs that are known by then.

use super::PushdownError;
use crate::model::{Graph, InstitutionId, Lookup, Status, Trust, fetch};
use crate::rdf::{Construct, NamedOrBlankNode, Quad, Term};
use crate::vocab::{eli, ov, scheme};
use std::collections::{BTreeMap, BTreeSet};

/// How many IRIs are put into one query.
const AT_ONCE: usize = 200;

/// Asks for the triples of a CONSTRUCT.
type Ask<'a> = &'a dyn Fn(&Construct) -> Result<Vec<Quad>, PushdownError>;

/// What is said of each link.
#[derive(Default)]
struct Links {
    quads: Vec<Quad>,
    by_iri: BTreeMap<String, Ends>,
}

#[derive(Clone, Default)]
struct Ends {
    overseers: Vec<String>,
    overseen: Vec<String>,
    bases: Vec<String>,
    proposed: bool,
    verified: bool,
}

/// Fetches the links, and the provisions and acts that those over `bodies` and the bodies above them rest on.
pub(super) fn links(
    frame: &Graph,
    bodies: &BTreeSet<String>,
    trust: Trust,
    ask: Ask<'_>,
) -> Result<Vec<Quad>, PushdownError> {
    let mut links = Links::default();
    let asked: Vec<InstitutionId> = bodies
        .iter()
        .filter_map(|iri| match frame.lookup(iri) {
            Lookup::Found(id) => Some(id),
            _ => None,
        })
        .collect();
    let mut over: BTreeSet<String> = bodies.clone();
    over.extend(asked.iter().flat_map(|id| frame.ancestors(*id)).map(|id| frame.iri(id).to_owned()));

    links.take(&over, |at| format!("{at} ?s <{}> ?at .", ov::OVERSEEN), ask)?;
    let overseers = links.ends(|ends| &ends.overseers);
    let bases: BTreeSet<String> = links.ends(|ends| &ends.bases);
    links.take(bodies, |at| format!("{at} ?s <{}> ?at .", ov::OVERSEER), ask)?;
    links.keep(ask(&fetch::of(&format!(
        "?s <{}> <{}{}> .",
        ov::STATUS,
        scheme::STATUS,
        Status::Proposed
    )))?)?;

    // Who selects the overseers, for their independence.
    let vocabulary = &frame.vocabulary;
    let selecting: Vec<String> = vocabulary
        .selection
        .iter()
        .map(|id| format!("<{}>", frame.text(vocabulary.mechanisms.get(id).iri)))
        .collect();
    let selects = format!("?s <{}> ?by . FILTER(?by IN ({}))", ov::MECHANISM, selecting.join(", "));
    links.take(&overseers, |at| format!("{at} ?s <{}> ?at . {selects}", ov::OVERSEEN), ask)?;

    // Bodies that stand in proposed links alone do not exist; whether they do, only all their links can tell.
    let suspects = links.in_proposed_alone(trust);
    links.take(&suspects, |at| format!("{at} ?s <{}> ?at .", ov::OVERSEER), ask)?;
    links.take(&suspects, |at| format!("{at} ?s <{}> ?at .", ov::OVERSEEN), ask)?;

    let mut quads = links.quads;
    let provisions = described(&bases, ask)?;
    let acts: BTreeSet<String> = provisions
        .iter()
        .filter(|quad| quad.predicate.as_str() == eli::IS_PART_OF)
        .filter_map(|quad| iri(&quad.object))
        .collect();
    quads.extend(provisions);
    quads.extend(described(&acts, ask)?);
    Ok(quads)
}

/// Fetches all that is said of these subjects.
fn described(iris: &BTreeSet<String>, ask: Ask<'_>) -> Result<Vec<Quad>, PushdownError> {
    let mut quads = Vec::new();
    for values in batches(iris, "s") {
        quads.extend(ask(&fetch::of(&values))?);
    }
    Ok(quads)
}

/// Returns `VALUES` of the IRIs, some at a time.
fn batches(iris: &BTreeSet<String>, variable: &str) -> Vec<String> {
    let iris: Vec<String> = iris.iter().map(|iri| format!("<{iri}>")).collect();
    iris.chunks(AT_ONCE).map(|iris| format!("VALUES ?{variable} {{ {} }}", iris.join(" "))).collect()
}

fn iri(term: &Term) -> Option<String> {
    match term {
        Term::NamedNode(node) => Some(node.as_str().to_owned()),
        _ => None,
    }
}

impl Links {
    /// Fetches the links `?s` of a pattern that begins with `VALUES ?at`.
    fn take(
        &mut self,
        at: &BTreeSet<String>,
        pattern: impl Fn(&str) -> String,
        ask: Ask<'_>,
    ) -> Result<(), PushdownError> {
        for values in batches(at, "at") {
            self.keep(ask(&fetch::of(&pattern(&values)))?)?;
        }
        Ok(())
    }

    /// Keeps the links that are new.
    fn keep(&mut self, quads: Vec<Quad>) -> Result<(), PushdownError> {
        let mut new: BTreeMap<String, Ends> = BTreeMap::new();
        for quad in &quads {
            let NamedOrBlankNode::NamedNode(subject) = &quad.subject else {
                return Err(PushdownError::Nameless);
            };
            if self.by_iri.contains_key(subject.as_str()) {
                continue;
            }
            let ends = new.entry(subject.as_str().to_owned()).or_default();
            match quad.predicate.as_str() {
                ov::OVERSEER => ends.overseers.push(iri(&quad.object).ok_or(PushdownError::Nameless)?),
                ov::OVERSEEN => ends.overseen.push(iri(&quad.object).ok_or(PushdownError::Nameless)?),
                ov::LEGAL_BASIS => ends.bases.extend(iri(&quad.object)),
                ov::STATUS => {
                    let status = iri(&quad.object).unwrap_or_default();
                    ends.proposed = status == format!("{}{}", scheme::STATUS, Status::Proposed);
                }
                ov::VERIFIED => {
                    ends.verified =
                        matches!(&quad.object, Term::Literal(is) if matches!(is.value(), "true" | "1"));
                }
                _ => {}
            }
        }
        self.quads.extend(quads.into_iter().filter(|quad| match &quad.subject {
            NamedOrBlankNode::NamedNode(subject) => new.contains_key(subject.as_str()),
            NamedOrBlankNode::BlankNode(_) => false,
        }));
        self.by_iri.extend(new);
        Ok(())
    }

    /// All IRIs at some end of the links so far.
    fn ends(&self, end: impl Fn(&Ends) -> &Vec<String>) -> BTreeSet<String> {
        self.by_iri.values().flat_map(|ends| end(ends).iter().cloned()).collect()
    }

    /// The bodies whose links that are believed are all proposed, so far.
    fn in_proposed_alone(&self, trust: Trust) -> BTreeSet<String> {
        let believed = self.by_iri.values().filter(|ends| trust == Trust::All || ends.verified);
        let mut alone: BTreeMap<&str, bool> = BTreeMap::new();
        for ends in believed {
            for body in ends.overseers.iter().chain(&ends.overseen) {
                *alone.entry(body).or_insert(true) &= ends.proposed;
            }
        }
        alone.into_iter().filter(|(_, alone)| *alone).map(|(body, _)| body.to_owned()).collect()
    }
}
