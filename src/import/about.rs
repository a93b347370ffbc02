//! The first description of a country's data set, to be completed by hand.

use super::Country;
use super::facts::Space;
use super::terms::{Triples, date, english, iri, plain};
use crate::vocab::{self, dcat, dcterms, rdf, void};

/// Local name of the data set among the institutions.
pub(super) const DATASET: &str = "dataset";

/// Describes the data set by the number of rows of its tables and the day of its latest survey.
pub(super) fn dataset(
    country: &Country,
    space: &Space,
    counts: &[(&'static str, usize)],
    latest_survey: Option<&str>,
) -> Triples {
    let counts: Vec<String> = counts.iter().map(|(table, rows)| format!("{table} {rows}")).collect();
    let mut out = Triples::default();
    out.subject(space.top(DATASET), dcat::DATASET)
        .each(rdf::TYPE, [iri(void::DATASET, "")])
        .each(dcterms::TITLE, english(&format!("Oversight of the security sector: {}", country.name_en)))
        .each(dcterms::DESCRIPTION, english(&format!("Rows of its tables: {}.", counts.join(", "))))
        .each(dcterms::PUBLISHER, plain("oversight contributors"))
        .each(dcterms::LICENSE, [iri(vocab::CC_BY, "")])
        .each(dcterms::ISSUED, latest_survey.map(date))
        .each(dcat::VERSION, latest_survey.and_then(|day| plain(&day.replace('-', "."))))
        .each(dcterms::SPATIAL, [space.country.clone()]);
    out
}
