//! Reads concept schemes: the words that all other records are told in.

use super::classes::Classes;
use crate::model::Labels;
use crate::model::facts::{Grouped, Predicate};
use crate::model::problem::{Fault, Problem};
use crate::model::records::Record;
use crate::model::scheme::{CAPACITY, Concept, Scheme, TypeId};
use crate::model::text::Symbol;
use crate::model::vocabulary::Vocabulary;
use crate::vocab::{scheme, slug};
use std::collections::BTreeMap;

pub(super) struct Schemes {
    pub(super) vocabulary: Vocabulary,
    pub(super) principles: Vec<Concept>,
    pub(super) words: Vec<Concept>,
}

impl Schemes {
    pub(super) fn read(facts: &Grouped, classes: &Classes, problems: &mut Vec<Problem>) -> Self {
        let mut by_scheme: BTreeMap<&str, Vec<Concept>> = BTreeMap::new();
        for subject in &classes.concepts {
            let iri = facts.texts.get(*subject);
            let Some(namespace) = scheme_of(facts, *subject) else {
                continue;
            };
            by_scheme.entry(namespace).or_default().push(Concept {
                iri: *subject,
                slug: slug(iri).to_owned(),
                labels: Labels(facts.labels(*subject, Predicate::PrefLabel)),
                definition: Labels(facts.labels(*subject, Predicate::Definition)),
            });
        }
        let mut take = |namespace: &str| by_scheme.remove(namespace).unwrap_or_default();
        let types = bounded(facts, take(scheme::TYPE), problems);
        let mechanisms = bounded(facts, take(scheme::MECHANISM), problems);
        let powers = bounded(facts, take(scheme::POWER), problems);
        let limits = bounded(facts, take(scheme::LIMIT), problems);
        let principles = take(scheme::PRINCIPLE);
        let broader: Vec<Vec<TypeId>> = types
            .iter()
            .map(|(_, concept)| {
                facts.all(concept.iri, Predicate::Broader).iter().filter_map(|o| types.find(o.text)).collect()
            })
            .collect();
        let mut vocabulary = Vocabulary::new(types, mechanisms, powers, limits, &broader);
        let mechanisms: Vec<_> =
            vocabulary.mechanisms.iter().map(|(id, concept)| (id, concept.iri)).collect();
        for (id, iri) in mechanisms {
            let mut record = Record::new(facts, iri);
            vocabulary.predicates[id.index()] = record.nodes(Predicate::PlainProperty);
            if record.flag(Predicate::ExtendsDown) {
                vocabulary.extends_down.insert(id);
            }
            if record.flag(Predicate::ExtendsThroughCabinet) {
                vocabulary.extends_through_cabinet.insert(id);
            }
            record.finish(problems);
        }
        Self { vocabulary, principles, words: by_scheme.into_values().flatten().collect() }
    }
}

/// Returns the namespace of the scheme that a concept is in: by its own IRI, or by `skos:inScheme`.
fn scheme_of(facts: &Grouped, concept: Symbol) -> Option<&'static str> {
    const SCHEMES: &[&str] = &[
        scheme::TYPE,
        scheme::MECHANISM,
        scheme::POWER,
        scheme::STATUS,
        scheme::EFFECT,
        scheme::LIMIT,
        scheme::PRINCIPLE,
        scheme::SEVERITY,
        "https://w3id.org/oversight/pillar/",
    ];
    let iri = facts.texts.get(concept);
    let own = SCHEMES.iter().find(|namespace| iri.starts_with(**namespace));
    own.copied().or_else(|| {
        let schemes = facts.all(concept, Predicate::InScheme);
        SCHEMES.iter().copied().find(|namespace| {
            schemes.iter().any(|s| facts.texts.get(s.text) == namespace.trim_end_matches('/'))
        })
    })
}

fn bounded<K>(facts: &Grouped, mut concepts: Vec<Concept>, problems: &mut Vec<Problem>) -> Scheme<K> {
    for concept in concepts.drain(CAPACITY.min(concepts.len())..) {
        let mut record = Record::new(facts, concept.iri);
        record.fault(Fault::TooMany { capacity: CAPACITY });
        record.finish(problems);
    }
    Scheme::new(concepts)
}
