//! Reads institutions and the links and powers between them.

use super::Reader;
use super::law::{Bases, basis};
use crate::model::facts::Predicate;
use crate::model::institution::{Institution, InstitutionId};
use crate::model::law::PowerGrant;
use crate::model::link::Link;
use crate::model::problem::{Fault, Outcome, nearest};
use crate::model::records::Record;
use crate::model::text::Symbol;
use crate::model::words::{Effect, Status};
use std::collections::HashMap;

/// Up to how many institutions a hint is looked for; beyond, a file full of faults would take too long.
const SMALL: usize = 5_000;

pub(super) type Network = petgraph::Graph<Institution, Link>;
pub(super) type ByIri = HashMap<Symbol, InstitutionId>;

impl Reader<'_> {
    /// Makes a node for each institution, with all that needs no other institution.
    pub(super) fn institutions(&mut self, subjects: &[Symbol]) -> (Network, ByIri) {
        let mut network = Network::with_capacity(subjects.len(), 0);
        let mut by_iri = HashMap::with_capacity(subjects.len());
        for subject in subjects {
            let mut record = self.record(*subject);
            let life = record.interval(Predicate::Founded, Predicate::Dissolved, Outcome::Ignored);
            let other_names = record.labels(Predicate::AltLabel);
            let acronym = other_names.iter().find(|label| label.language.is_none()).map(|label| label.text);
            let id = network.add_node(Institution {
                iri: Some(*subject),
                labels: record.labels(Predicate::PrefLabel),
                acronym,
                other_names,
                types: record.concepts(Predicate::Classification, &self.vocabulary.types),
                parents: Vec::new(),
                country: record.one_text(Predicate::Jurisdiction),
                head: record.labels(Predicate::HeadTitle),
                life: life.unwrap_or_default(),
                founded_by: Vec::new(),
                powers: record.concepts(Predicate::Power, &self.vocabulary.powers),
                homepage: record.one_text(Predicate::Homepage),
                same_as: record.nodes(Predicate::ExactMatch),
                comment: record.labels(Predicate::Comment),
                sources: record.nodes(Predicate::Source),
                verified: record.flag(Predicate::Verified),
            });
            record.finish(self.problems);
            by_iri.insert(*subject, id);
        }
        (network, by_iri)
    }

    /// Fills in parents and founding provisions.
    pub(super) fn institution_details(&mut self, network: &mut Network, by_iri: &ByIri, bases: &Bases) {
        for id in network.node_indices() {
            let Some(subject) = network[id].iri else { continue };
            let mut record = self.record(subject);
            for parent in record.all(Predicate::Parent) {
                match by_iri.get(&parent.text) {
                    Some(parent) => network[id].parents.push(*parent),
                    None => {
                        unknown_end(&mut record, Predicate::Parent, parent.text, by_iri, Outcome::Ignored);
                    }
                }
            }
            network[id].founded_by = basis(&mut record, Predicate::FoundedBy, bases);
            record.finish(self.problems);
        }
    }

    pub(super) fn links(
        &mut self,
        subjects: &[Symbol],
        network: &mut Network,
        by_iri: &ByIri,
        bases: &Bases,
    ) {
        network.reserve_edges(subjects.len());
        for subject in subjects {
            let mut record = self.record(*subject);
            if let Some((overseer, overseen, link)) = self.link(&mut record, by_iri, bases) {
                network.add_edge(overseer, overseen, link);
            }
            record.finish(self.problems);
        }
    }

    fn link(
        &self,
        record: &mut Record<'_>,
        by_iri: &ByIri,
        bases: &Bases,
    ) -> Option<(InstitutionId, InstitutionId, Link)> {
        // Everything is read before anything is given up, so that all faults of a link are told at once.
        let overseer = end(record, Predicate::Overseer, by_iri);
        let overseen = end(record, Predicate::Overseen, by_iri);
        let mechanism = record.concept(Predicate::Mechanism, &self.vocabulary.mechanisms);
        let status = if let Some(value) = record.one_text(Predicate::Status) {
            word(record, value, Predicate::Status, Status::ALL, Status::slug, Outcome::LeftOut)
        } else {
            record.fault(Fault::Missing { property: Predicate::Status.short() });
            None
        };
        let interval = record.interval(Predicate::Start, Predicate::End, Outcome::LeftOut);
        let effect = record
            .one_text(Predicate::Effect)
            .and_then(|e| word(record, e, Predicate::Effect, Effect::ALL, Effect::slug, Outcome::Ignored));
        let limits = record.concepts(Predicate::Limit, &self.vocabulary.limits);
        let verified = record.flag(Predicate::Verified);
        let link = Link {
            iri: record.subject,
            mechanism: mechanism?,
            status: status?,
            interval: interval.ok()?,
            basis: basis(record, Predicate::LegalBasis, bases),
            effect,
            limits,
            comment: record.labels(Predicate::Comment),
            sources: record.nodes(Predicate::Source),
            verified,
        };
        Some((overseer?, overseen?, link))
    }

    pub(super) fn grants(&mut self, subjects: &[Symbol], by_iri: &ByIri, bases: &Bases) -> Vec<PowerGrant> {
        let mut grants = Vec::with_capacity(subjects.len());
        for subject in subjects {
            let mut record = self.record(*subject);
            let holder = end(&mut record, Predicate::Holder, by_iri);
            let power = record.concept(Predicate::Power, &self.vocabulary.powers);
            if let (Some(holder), Some(power)) = (holder, power) {
                grants.push(PowerGrant {
                    iri: *subject,
                    holder,
                    power,
                    basis: basis(&mut record, Predicate::LegalBasis, bases),
                    comment: record.labels(Predicate::Comment),
                });
            }
            record.finish(self.problems);
        }
        grants
    }

    /// Notes each group of bodies that are below each other, once, at its first member.
    pub(super) fn cycles(&mut self, network: &Network) {
        let mut below = petgraph::Graph::<(), ()>::with_capacity(network.node_count(), network.node_count());
        for _ in network.node_indices() {
            below.add_node(());
        }
        for id in network.node_indices() {
            for parent in &network[id].parents {
                below.add_edge(id, *parent, ());
            }
        }
        for mut members in petgraph::algo::tarjan_scc(&below) {
            members.sort_unstable();
            let is_cycle = members.len() > 1 || network[members[0]].parents.contains(&members[0]);
            if let (true, Some(first)) = (is_cycle, network[members[0]].iri) {
                let mut record = self.record(first);
                let iris = members.iter().filter_map(|id| network[*id].iri);
                let members = iris.map(|iri| record.text(iri).to_owned()).collect();
                record.fault(Fault::Cycle { members });
                record.finish(self.problems);
            }
        }
    }
}

fn word<W: Copy>(
    record: &mut Record<'_>,
    value: Symbol,
    predicate: Predicate,
    all: &[W],
    of: fn(W) -> &'static str,
    outcome: Outcome,
) -> Option<W> {
    let slugs: Vec<&'static str> = all.iter().map(|w| of(*w)).collect();
    record.word(value, predicate, |text| all.iter().copied().find(|w| of(*w) == text), &slugs, outcome)
}

/// Reads the end of a link, or the holder of a power.
fn end(record: &mut Record<'_>, predicate: Predicate, by_iri: &ByIri) -> Option<InstitutionId> {
    let Some(value) = record.one_text(predicate) else {
        record.fault(Fault::Missing { property: predicate.short() });
        return None;
    };
    let found = by_iri.get(&value).copied();
    if found.is_none() {
        unknown_end(record, predicate, value, by_iri, Outcome::LeftOut);
    }
    found
}

pub(super) fn unknown_end(
    record: &mut Record<'_>,
    predicate: Predicate,
    value: Symbol,
    by_iri: &ByIri,
    outcome: Outcome,
) {
    let value = record.text(value).to_owned();
    let nearest = if by_iri.len() > SMALL {
        None
    } else {
        let mut iris: Vec<&str> = by_iri.keys().map(|iri| record.text(*iri)).collect();
        iris.sort_unstable();
        nearest(&value, iris).map(str::to_owned)
    };
    record.fault(Fault::Unknown { property: predicate.short(), value, nearest, outcome });
}
