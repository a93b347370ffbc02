//! Sorts subjects by what they are: by class, or by what they look like.

use crate::model::facts::{Grouped, Predicate};
use crate::model::text::Symbol;
use crate::vocab::{dcat, ov, skos};

/// The subjects of each class, by IRI.
#[derive(Default)]
pub(super) struct Classes {
    pub(super) institutions: Vec<Symbol>,
    pub(super) links: Vec<Symbol>,
    pub(super) provisions: Vec<Symbol>,
    pub(super) acts: Vec<Symbol>,
    pub(super) grants: Vec<Symbol>,
    pub(super) surveys: Vec<Symbol>,
    pub(super) norms: Vec<Symbol>,
    pub(super) documents: Vec<Symbol>,
    pub(super) countries: Vec<Symbol>,
    pub(super) datasets: Vec<Symbol>,
    pub(super) concepts: Vec<Symbol>,
    /// Subjects that look like links or bodies, but are not typed so.
    pub(super) untyped: Vec<(Symbol, Predicate, &'static str)>,
    /// Subjects, and classes of our namespace that the vocabulary does not have.
    pub(super) unknown: Vec<(Symbol, Symbol)>,
}

impl Classes {
    pub(super) fn of(facts: &Grouped) -> Self {
        let class = |iri: &str| facts.texts.find(iri);
        let [institution, link, provision, act, grant, survey, norm, document, country, dataset, concept] = [
            ov::INSTITUTION,
            ov::CONTROL,
            ov::PROVISION,
            ov::LEGAL_ACT,
            ov::POWER_GRANT,
            ov::SURVEY,
            ov::NORM,
            ov::GUIDANCE_DOCUMENT,
            ov::COUNTRY,
            dcat::DATASET,
            skos::CONCEPT,
        ]
        .map(class);
        let mut classes = Self::default();
        for subject in facts.subjects() {
            let mut typed = false;
            for (predicate, object) in facts.of(subject) {
                if *predicate != Predicate::Type {
                    continue;
                }
                let class = Some(object.text);
                let list = match class {
                    _ if class == institution => &mut classes.institutions,
                    _ if class == link => &mut classes.links,
                    _ if class == provision => &mut classes.provisions,
                    _ if class == act => &mut classes.acts,
                    _ if class == grant => &mut classes.grants,
                    _ if class == survey => &mut classes.surveys,
                    _ if class == norm => &mut classes.norms,
                    _ if class == document => &mut classes.documents,
                    _ if class == country => &mut classes.countries,
                    _ if class == dataset => &mut classes.datasets,
                    _ if class == concept => &mut classes.concepts,
                    _ => {
                        let iri = facts.texts.get(object.text);
                        if iri.starts_with(ov::NS) && !ov::ALL.contains(&iri) {
                            classes.unknown.push((subject, object.text));
                            // What it is meant to be is told there.
                            typed = true;
                        }
                        continue;
                    }
                };
                list.push(subject);
                typed = true;
            }
            if !typed {
                let telling = facts.of(subject).iter().filter_map(|(predicate, _)| match predicate {
                    Predicate::Overseer | Predicate::Overseen => Some((*predicate, "ov:Control")),
                    Predicate::Classification => Some((*predicate, "ov:Institution")),
                    Predicate::AppliesTo => Some((*predicate, "ov:Norm")),
                    Predicate::Covers => Some((*predicate, "ov:Survey")),
                    _ => None,
                });
                classes.untyped.extend(
                    telling
                        .min_by_key(|(predicate, _)| *predicate)
                        .map(|(predicate, class)| (subject, predicate, class)),
                );
            }
        }
        for list in [
            &mut classes.institutions,
            &mut classes.links,
            &mut classes.provisions,
            &mut classes.acts,
            &mut classes.grants,
            &mut classes.surveys,
            &mut classes.norms,
            &mut classes.documents,
            &mut classes.countries,
            &mut classes.datasets,
            &mut classes.concepts,
        ] {
            // Sorted beside their texts, which are far apart in memory; runs that are in order already stay runs.
            let mut by_iri: Vec<(&str, Symbol)> = list.iter().map(|s| (facts.texts.get(*s), *s)).collect();
            by_iri.sort_by_key(|(iri, _)| *iri);
            *list = by_iri.into_iter().map(|(_, subject)| subject).collect();
            list.dedup();
        }
        classes
    }
}
