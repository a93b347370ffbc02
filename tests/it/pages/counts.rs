//! `data/<cc>/counts.ttl`: the sizes of each country's data set, by class, and how much of it is verified.

use super::{hold, number, share};
use crate::shipped::{countries, graph};
use crate::triples::Triples;
use oversight::model::Graph;
use oversight::vocab::{ID, ov, slug};
use std::fmt::Write as _;

/// The classes that are counted, in the order of the tables.
const CLASSES: &[&str] =
    &[ov::INSTITUTION, ov::CONTROL, ov::LEGAL_ACT, ov::PROVISION, ov::POWER_GRANT, ov::SURVEY];

/// What is counted of a country's links.
pub(super) struct LinkCounts {
    pub(super) all: usize,
    pub(super) verified: usize,
    pub(super) assessed: usize,
    pub(super) without_start: usize,
    pub(super) without_act: usize,
    pub(super) without_article: usize,
}

impl LinkCounts {
    pub(super) fn of(graph: &Graph) -> Self {
        let links: Vec<_> = graph.network.edge_weights().collect();
        let count = |what: &dyn Fn(&oversight::model::Link) -> bool| links.iter().filter(|l| what(l)).count();
        Self {
            all: links.len(),
            verified: count(&|link| link.verified),
            assessed: count(&|link| link.effect.is_some()),
            without_start: count(&|link| link.interval.start.is_none()),
            without_act: count(&|link| link.basis.is_empty()),
            without_article: count(&|link| {
                !link.basis.is_empty() && link.basis.iter().all(|basis| basis.number.is_none())
            }),
        }
    }
}

/// Returns the mechanisms that no survey of the country as a whole covers, by name.
pub(super) fn not_surveyed(graph: &Graph, country: &str) -> Vec<String> {
    let iri = format!("{ID}{country}");
    let surveys = || graph.surveys.iter().filter(|s| s.covers.iter().any(|c| graph.text(*c) == iri));
    let mechanisms = graph.vocabulary.mechanisms.iter();
    let open = mechanisms.filter(|(id, _)| !surveys().any(|survey| survey.mechanisms.contains(*id)));
    open.map(|(_, concept)| concept.slug.clone()).collect()
}

/// Returns the triples of a country's files, those that describe the data set itself left out.
pub(super) fn triples(country: &str) -> Triples {
    Triples::shipped(&format!("data/{country}/"), |path| {
        !path.ends_with("/about.ttl") && !path.ends_with("/counts.ttl")
    })
}

fn prefixes(country: &str) -> String {
    let own = format!("{ID}{country}/");
    let mut prefixes = [
        (country, own.as_str()),
        ("ov", ov::NS),
        ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
        ("void", "http://rdfs.org/ns/void#"),
    ];
    prefixes.sort_unstable();
    prefixes.map(|(prefix, iri)| format!("@prefix {prefix}: <{iri}> .\n")).concat()
}

fn render(country: &str) -> String {
    let triples = triples(country);
    let graph = graph(&[&format!("data/{country}/")]);
    let links = LinkCounts::of(&graph);
    let open = not_surveyed(&graph, country);
    let mut text = format!(
        "# Counts of this data set, about.ttl and this file left out. Generated from the others:\n\
         # OVERSIGHT_BLESS=1 cargo test --test it pages\n\
         {}\n\
         {country}:dataset void:triples {} ;\n",
        prefixes(country),
        triples.count
    );
    for class in CLASSES {
        let entities = triples.of_class(class).count();
        if entities > 0 {
            let class = slug(class);
            writeln!(text, "    void:classPartition [ void:class ov:{class} ; void:entities {entities} ] ;")
                .expect("a string takes all");
        }
    }
    let assessed = if links.assessed == 0 { "none".to_owned() } else { number(links.assessed) };
    let surveyed = if open.is_empty() {
        "The survey of the country covers every mechanism.".to_owned()
    } else {
        format!(
            "No survey of the country as a whole covers: {}; silence on them is unknown, not absence.",
            open.join(", ")
        )
    };
    writeln!(
        text,
        "    rdfs:comment \"Of {} links {} ({}) are verified: a page that was read says so. The others, {}, rest on \
         general knowledge. {} links name no act, {} an act without an article; {} have no start on record; the \
         effect of {} is assessed. {surveyed}\"@en .",
        number(links.all),
        number(links.verified),
        share(links.verified, links.all),
        share(links.all - links.verified, links.all),
        number(links.without_act),
        number(links.without_article),
        number(links.without_start),
        assessed,
    )
    .expect("a string takes all");
    text
}

#[test]
fn counts_are_those_of_the_data() {
    for country in countries() {
        hold(&format!("data/{country}/counts.ttl"), &render(country));
    }
}
