//! Reads what the data say of themselves: surveys, countries, data sets.

use super::Reader;
use super::classes::Classes;
use super::institutions::{ByIri, unknown_end};
use crate::model::facts::Predicate;
use crate::model::problem::{Fault, Outcome};
use crate::model::survey::{Country, Dataset, Survey};
use crate::model::text::Symbol;

impl Reader<'_> {
    pub(super) fn surveys(&mut self, classes: &Classes, by_iri: &ByIri) -> Vec<Survey> {
        let mut surveys = Vec::with_capacity(classes.surveys.len());
        let mut countries: Vec<Symbol> = classes
            .institutions
            .iter()
            .flat_map(|body| {
                self.facts.all(*body, Predicate::Jurisdiction).into_iter().map(|country| country.text)
            })
            .chain(classes.countries.iter().copied())
            .collect();
        countries.sort_unstable();
        countries.dedup();
        for subject in &classes.surveys {
            let mut record = self.record(*subject);
            let covers: Vec<Symbol> = record.all(Predicate::Covers).iter().map(|o| o.text).collect();
            if covers.is_empty() {
                record.fault(Fault::Missing { property: Predicate::Covers.short() });
            }
            for covered in &covers {
                if !by_iri.contains_key(covered) && countries.binary_search(covered).is_err() {
                    unknown_end(&mut record, Predicate::Covers, *covered, by_iri, Outcome::Ignored);
                }
            }
            let named = !record.all(Predicate::Mechanism).is_empty();
            let mechanisms = if named {
                record.concepts(Predicate::Mechanism, &self.vocabulary.mechanisms)
            } else {
                self.vocabulary.mechanisms.all()
            };
            surveys.push(Survey {
                iri: *subject,
                covers,
                mechanisms,
                on: record.date(Predicate::SurveyedOn, Outcome::Ignored).unwrap_or_default(),
                comment: record.labels(Predicate::Comment),
            });
            record.finish(self.problems);
        }
        surveys
    }

    pub(super) fn countries(&mut self, subjects: &[Symbol]) -> Vec<Country> {
        self.each(subjects, |record| Country {
            iri: record.subject,
            labels: record.labels(Predicate::PrefLabel),
            language: record.one_text(Predicate::Language),
        })
    }

    pub(super) fn datasets(&mut self, subjects: &[Symbol]) -> Vec<Dataset> {
        self.each(subjects, |record| Dataset {
            iri: record.subject,
            titles: record.labels(Predicate::DcTitle),
            version: record.one_text(Predicate::Version),
            country: record.one_text(Predicate::Spatial),
            notes: record.labels(Predicate::EditorialNote),
        })
    }
}
