//! Reads norms and the guidance documents that they are from.

use super::Reader;
use crate::model::facts::Predicate;
use crate::model::norm::{Evidence, GuidanceDocument, Norm, Scope, Types};
use crate::model::problem::{Fault, NormFault, Problem};
use crate::model::records::Record;
use crate::model::text::Symbol;
use crate::model::words::{Effect, Independence, Polarity, Severity};
use crate::vocab::slug;
use std::collections::HashMap;

impl Reader<'_> {
    pub(super) fn norms(&mut self, subjects: &[Symbol]) -> Vec<Norm> {
        let mut norms: Vec<Norm> = Vec::with_capacity(subjects.len());
        let mut ids: HashMap<String, Symbol> = HashMap::with_capacity(subjects.len());
        for subject in subjects {
            let mut record = self.record(*subject);
            let norm = self.norm(&mut record);
            if let Some(other) = ids.insert(norm.id.clone(), *subject) {
                let other = record.text(other).to_owned();
                record.norm_fault(NormFault::Notation { id: norm.id.clone(), other });
            }
            if let Some(other) = self.facts.replaced(*subject).find(|other| record.text(*other) != norm.id) {
                let other = record.text(other).to_owned();
                record.norm_fault(NormFault::Replaced { other });
            }
            for other in self.facts.rivals(*subject) {
                record.norm_fault(NormFault::Rival { document: other.to_owned() });
            }
            norms.push(norm);
            record.finish(self.problems);
            self.asides(*subject);
        }
        norms
    }

    /// A norm stands in one document as a whole, but for its texts: one more triple elsewhere would be another norm.
    fn asides(&mut self, subject: Symbol) {
        const TEXTS: [Predicate; 5] = [
            Predicate::PrefLabel,
            Predicate::AltLabel,
            Predicate::Comment,
            Predicate::Definition,
            Predicate::EditorialNote,
        ];
        let asides = self.facts.asides(subject).filter(|(predicate, _)| !TEXTS.contains(predicate));
        self.problems.extend(asides.map(|(predicate, document)| Problem {
            document: document.to_owned(),
            subject: self.facts.texts.get(subject).to_owned(),
            fault: Fault::Norm(NormFault::Aside {
                property: predicate.short(),
                home: self.facts.document(subject).to_owned(),
            }),
        }));
    }

    fn norm(&self, record: &mut Record<'_>) -> Norm {
        let vocabulary = self.vocabulary;
        let types = |record: &mut Record<'_>, predicate| {
            let named = record.norm_concepts(predicate, &vocabulary.types);
            Types { all: vocabulary.expand(&named), named }
        };
        let scope = Scope {
            types: types(record, Predicate::AppliesTo),
            where_power: record
                .norm_concepts(Predicate::WherePower, &vocabulary.powers)
                .into_iter()
                .collect(),
            where_parent_of: types(record, Predicate::WhereParentOf),
            where_oversees: types(record, Predicate::WhereOversees),
        };
        if record.all(Predicate::AppliesTo).is_empty() {
            record.norm_fault(NormFault::Missing { property: Predicate::AppliesTo.short() });
        }
        let mechanisms = record.norm_concepts(Predicate::MechanismAnyOf, &vocabulary.mechanisms);
        let limits = record.norm_concepts(Predicate::ExcludesLimit, &vocabulary.limits);
        let evidence = Evidence {
            overseers: types(record, Predicate::OverseerType),
            mechanisms: mechanisms.into_iter().collect(),
            all_mechanisms: record.norm_flag(Predicate::AllMechanisms),
            at_least: record.norm_number(Predicate::AtLeast),
            at_least_pillars: record.norm_number(Predicate::AtLeastPillars),
            independent_of: norm_word(
                record,
                Predicate::IndependentOf,
                Independence::ALL,
                Independence::slug,
            ),
            least_effect: norm_word(record, Predicate::LeastEffect, Effect::ALL, Effect::slug),
            excludes_limits: limits.into_iter().collect(),
        };
        for required in [Predicate::Polarity, Predicate::Severity] {
            if record.all(required).is_empty() {
                record.norm_fault(NormFault::Missing { property: required.short() });
            }
        }
        let polarity = norm_word(record, Predicate::Polarity, Polarity::ALL, Polarity::slug);
        let severity = norm_word(record, Predicate::Severity, Severity::ALL, Severity::slug);
        for property in [Predicate::PrefLabel, Predicate::Comment] {
            let labels = record.labels(property);
            let mut languages = labels.iter().map(|label| label.language).collect::<Vec<_>>();
            languages.dedup();
            if languages.len() < labels.len() {
                record.norm_fault(NormFault::Texts { property: property.short() });
            }
        }
        if let count @ 2.. = record.all(Predicate::Notation).len() {
            record.norm_fault(NormFault::Several { property: Predicate::Notation.short(), count });
        }
        let id = match record.all(Predicate::Notation).first().map(|notation| notation.text) {
            Some(notation) => {
                let id = record.text(notation);
                if id.is_empty() || id.contains(|c: char| !(c.is_alphanumeric() || "._-".contains(c))) {
                    record.norm_fault(NormFault::Id { id: id.to_owned() });
                }
                id
            }
            None => slug(record.text(record.subject)),
        };
        Norm {
            iri: record.subject,
            id: id.to_owned(),
            titles: record.labels(Predicate::PrefLabel),
            duty: record.labels(Predicate::Comment),
            document: record.one_text(Predicate::Source),
            locator: record.one_text(Predicate::Locator),
            severity: severity.unwrap_or(Severity::Must),
            principles: record.nodes(Predicate::Principle),
            polarity: polarity.unwrap_or(Polarity::Require),
            scope,
            evidence,
            note: record.labels(Predicate::EditorialNote),
            verified: record.flag(Predicate::Verified),
        }
    }

    pub(super) fn documents(&mut self, subjects: &[Symbol]) -> Vec<GuidanceDocument> {
        self.each(subjects, |record| GuidanceDocument {
            iri: record.subject,
            titles: record.labels(Predicate::DcTitle),
            publisher: record.one_text(Predicate::Publisher),
            issued: record.one_text(Predicate::Issued),
            page: record.one_text(Predicate::Page),
        })
    }
}

fn norm_word<W: Copy>(
    record: &mut Record<'_>,
    predicate: Predicate,
    all: &[W],
    of: fn(W) -> &'static str,
) -> Option<W> {
    let slugs: Vec<&'static str> = all.iter().map(|w| of(*w)).collect();
    record.norm_word(predicate, |text| all.iter().copied().find(|w| of(*w) == text), &slugs)
}
