//! Rules that the shipped ontology and data keep. Real data is held to rules with named exceptions, never to snapshots.

use crate::triples::Triples;
use oversight::gaps::evaluate;
use oversight::model::{Day, Graph, Norm, Trust, World, load};
use oversight::rdf::{SHIPPED, Source, Term, documents};
use oversight::vocab::{self, dcat, dcterms, org, ov, rdf, rdfs, scheme, skos};
use std::collections::BTreeSet;

const SUB_PROPERTY_OF: &str = "http://www.w3.org/2000/01/rdf-schema#subPropertyOf";
const LABEL: &str = "http://www.w3.org/2000/01/rdf-schema#label";
const INTERNATIONAL: &str = "https://w3id.org/oversight/id/international/";

/// Verified links that cannot name the article that gives the control: country, links without an act, links with an
/// act but without an article.
///
/// Without an act is practice beside the law: what partners, missions, associations and media do, hearings held
/// once, appointments known from news, units of internal control whose order is not public (in Great Britain the
/// Staff Counsellor, in Norway the ethics council of the sector). Without an article are acts that work as a whole
/// (decrees on structure, directives, inquiries set up by one Act, bills) and acts known from pages that quote no
/// number, above all in Georgia, whose official database shows the first pages of a law only.
const WITHOUT_ARTICLE: &[(&str, usize, usize)] = &[
    ("ca", 5, 3),
    ("de", 3, 34),
    ("gb", 24, 5),
    ("ge", 17, 78),
    ("no", 15, 9),
    ("pl", 6, 14),
    ("ua", 80, 106),
];

/// The codes of the countries with shipped data.
pub(crate) fn countries() -> BTreeSet<&'static str> {
    let folders = SHIPPED
        .iter()
        .filter_map(|file| file.path.strip_prefix("data/")?.split_once('/').map(|(code, _)| code));
    folders.filter(|code| code.len() == 2).collect()
}

/// The graph of the shipped ontology and these shipped paths.
pub(crate) fn graph(data: &[&str]) -> Graph {
    let mut sources = vec![Source::Shipped("ontology/".to_owned())];
    sources.extend(data.iter().map(|prefix| Source::Shipped((*prefix).to_owned())));
    load(&documents(&sources).expect("shipped files are there")).expect("shipped files parse")
}

fn all(prefix: &str) -> Triples {
    Triples::shipped(prefix, |_| true)
}

#[test]
fn nothing_shipped_has_a_problem() {
    let everything = graph(&["data/"]);
    assert_eq!(everything.problems, [], "in all data together");
    for country in countries() {
        let path = format!("data/{country}/");
        assert_eq!(graph(&[&path]).problems, [], "in the data of {country} alone");
    }
}

#[test]
fn every_file_says_what_it_is() {
    for file in SHIPPED.iter().filter(|file| file.path.rsplit_once('.').is_some_and(|(_, end)| end == "ttl"))
    {
        let text = std::str::from_utf8(file.bytes).expect("UTF-8");
        assert!(text.starts_with("# "), "{} has no header", file.path);
        assert!(all(file.path).count > 0, "{} holds nothing", file.path);
    }
}

#[test]
fn every_link_is_whole() {
    let data = all("data/");
    let mut links = 0;
    for link in data.of_class(ov::CONTROL) {
        links += 1;
        for property in [ov::OVERSEER, ov::OVERSEEN, ov::MECHANISM, ov::STATUS, ov::VERIFIED] {
            assert_eq!(data.objects(link, property).count(), 1, "{property} of {link}");
        }
    }
    assert!(links > 4000, "only {links} links");
}

#[test]
fn verified_links_name_source_and_provision() {
    let mut found = Vec::new();
    for country in countries() {
        let graph = graph(&[&format!("data/{country}/")]);
        let verified = || graph.network.edge_weights().filter(|link| link.verified);
        for link in verified() {
            assert!(!link.sources.is_empty(), "{} is verified without a source", graph.text(link.iri));
        }
        let without_act = verified().filter(|link| link.basis.is_empty()).count();
        let without_article = verified()
            .filter(|link| !link.basis.is_empty() && link.basis.iter().all(|basis| basis.number.is_none()))
            .count();
        found.push((country, without_act, without_article));
    }
    assert_eq!(found, WITHOUT_ARTICLE, "fewer is better: lower the number; more needs a reason");
}

#[test]
fn every_statement_belongs_to_its_folder() {
    for country in countries() {
        let data = all(&format!("data/{country}/"));
        let own = format!("{}{country}/", vocab::ID);
        for subject in data.subjects().filter(|subject| !subject.starts_with("_:")) {
            assert!(subject.starts_with(&own), "{subject} stands in data/{country}/");
        }
        for body in data.of_class(ov::INSTITUTION) {
            let home = format!("{}{country}", vocab::ID);
            assert!(data.has(body, ov::JURISDICTION, &home), "{body} is of another country");
        }
    }
}

#[test]
fn texts_are_whole() {
    let data = all("data/");
    for subject in data.subjects() {
        for (property, object) in data.about(subject) {
            let Term::Literal(text) = object else { continue };
            let text = text.value();
            assert!(!text.is_empty() && text == text.trim(), "{property} of {subject}: {text:?}");
            if property == rdfs::COMMENT {
                let depth = text.chars().try_fold(0_i32, |depth, letter| match letter {
                    '(' => Some(depth + 1),
                    ')' if depth == 0 => None,
                    ')' => Some(depth - 1),
                    _ => Some(depth),
                });
                assert_eq!(depth, Some(0), "brackets in {property} of {subject}: {text:?}");
            }
        }
    }
}

#[test]
fn code_and_ontology_have_the_same_terms() {
    let ontology = all("ontology/oversight.ttl");
    let declared: BTreeSet<&str> =
        ontology.subjects().filter_map(|s| s.strip_prefix(ov::NS)).filter(|name| !name.is_empty()).collect();
    let named: BTreeSet<&str> = ov::ALL.iter().filter_map(|iri| iri.strip_prefix(ov::NS)).collect();
    let undeclared: Vec<&&str> = named.difference(&declared).collect();
    assert!(undeclared.is_empty(), "src/vocab.rs names {undeclared:?}, the ontology has them not");
    let is_predicate = |name: &str| ontology.has(&format!("{}{name}", ov::NS), SUB_PROPERTY_OF, ov::OVERSEES);
    let unnamed: Vec<&str> =
        declared.difference(&named).copied().filter(|name| !is_predicate(name)).collect();
    assert!(unnamed.is_empty(), "the ontology has {unnamed:?}, which no code names");
}

#[test]
fn every_mechanism_has_its_declared_property() {
    let ontology = all("ontology/");
    // Two mechanisms may share a property: both audits are `ov:audits`.
    let mut properties = BTreeSet::new();
    for mechanism in ontology.concepts(scheme::MECHANISM) {
        let predicates = ontology.nodes(mechanism, ov::PREDICATE);
        let [predicate] = predicates.as_slice() else { panic!("{mechanism} has {predicates:?}") };
        assert!(ontology.has(predicate, SUB_PROPERTY_OF, ov::OVERSEES), "{predicate} is not ⊑ ov:oversees");
        properties.insert(predicate.clone());
    }
    let declared: BTreeSet<&str> =
        ontology.subjects().filter(|s| ontology.has(s, SUB_PROPERTY_OF, ov::OVERSEES)).collect();
    assert_eq!(declared, properties.iter().map(String::as_str).collect(), "declared, and used");
}

#[test]
fn every_term_is_named_in_english_and_ukrainian() {
    let ontology = all("ontology/");
    let named = |subject: &str, properties: &[&str]| {
        for property in properties {
            for language in ["en", "uk"] {
                assert!(
                    ontology.text(subject, property, language).is_some(),
                    "{property}@{language} of {subject}"
                );
            }
        }
    };
    for concept in ontology.of_class(skos::CONCEPT) {
        named(concept, &[skos::PREF_LABEL, skos::DEFINITION]);
    }
    for term in ontology.subjects().filter(|s| s.len() > ov::NS.len() && s.starts_with(ov::NS)) {
        named(term, &[LABEL, rdfs::COMMENT]);
    }
    for country in ontology.of_class(ov::COUNTRY) {
        named(country, &[skos::PREF_LABEL]);
    }
    for norm in ontology.of_class(ov::NORM) {
        named(norm, &[skos::PREF_LABEL, rdfs::COMMENT]);
        let noted = |language| ontology.text(norm, skos::EDITORIAL_NOTE, language).is_some();
        assert_eq!(noted("en"), noted("uk"), "the note of {norm}");
        let title = ontology.text(norm, skos::PREF_LABEL, "uk").unwrap_or_default();
        assert!(title.chars().count() <= 70, "{norm}: {title} is long for a table");
    }
}

#[test]
fn every_data_set_says_what_it_covers() {
    let ontology = all("ontology/countries.ttl");
    let folders = countries().into_iter().chain(["international"]);
    for folder in folders {
        let data = all(&format!("data/{folder}/"));
        let dataset = format!("{}{folder}/dataset", vocab::ID);
        assert!(data.has(&dataset, rdf::TYPE, dcat::DATASET), "{folder} has no data set");
        let country = format!("{}{folder}", vocab::ID);
        let own = ontology.text(&country, dcterms::LANGUAGE, "").unwrap_or("en");
        for language in ["en", "uk", own] {
            assert!(data.text(&dataset, dcterms::TITLE, language).is_some(), "{folder}: title in {language}");
        }
        for property in [dcterms::DESCRIPTION, skos::EDITORIAL_NOTE] {
            let said = ["en", "uk"].map(|language| {
                let is_said =
                    |o: &&Term| matches!(o, Term::Literal(text) if text.language() == Some(language));
                data.objects(&dataset, property).filter(is_said).count()
            });
            assert!(said[0] > 0 && said[0] == said[1], "{folder}: {property} in two languages");
        }
        for property in [dcterms::PUBLISHER, dcterms::ISSUED, dcat::VERSION] {
            assert_eq!(data.objects(&dataset, property).count(), 1, "{folder}: {property}");
        }
        assert!(data.has(&dataset, dcterms::LICENSE, vocab::CC_BY), "{folder}: licence");
        for survey in data.of_class(ov::SURVEY) {
            let said = ["en", "uk"].map(|language| data.text(survey, rdfs::COMMENT, language).is_some());
            assert_eq!(said[0], said[1], "the remark on {survey}");
        }
        if folder != "international" {
            assert!(data.has(&dataset, dcterms::SPATIAL, &country), "{folder}: place");
            assert!(data.objects(&dataset, dcterms::SOURCE).count() > 0, "{folder}: sources");
        }
    }
}

#[test]
fn the_report_on_ukraine_says_as_much_of_a_body_in_ukrainian_as_in_english() {
    let data = all("data/ua/");
    let graph = graph(&["data/ua/"]);
    let world = World::new(&graph, "2026-11-23".parse::<Day>().unwrap(), Trust::All);
    let norms: Vec<&Norm> = graph.norms.iter().collect();
    let bound: BTreeSet<_> = evaluate(&world, &norms).iter().map(|finding| finding.institution).collect();
    assert!(bound.len() > 80, "{}", bound.len());
    for body in bound {
        let iri = graph.iri(body);
        for property in [rdfs::COMMENT, ov::HEAD_TITLE] {
            let said = ["en", "uk"].map(|language| data.text(iri, property, language).is_some());
            assert_eq!(said[0], said[1], "{property} of {iri}");
        }
    }
}

#[test]
fn international_bodies_are_one_resource_each() {
    let data = all("data/");
    let shared: BTreeSet<&str> =
        data.of_class(ov::INSTITUTION).filter(|body| body.starts_with(INTERNATIONAL)).collect();
    let mut matched = BTreeSet::new();
    for body in data.of_class(ov::INSTITUTION) {
        for same in data.nodes(body, skos::EXACT_MATCH) {
            let Some(same) = shared.get(same.as_str()) else {
                assert!(!same.starts_with(INTERNATIONAL), "{body} is tied to the unknown {same}");
                continue;
            };
            let types = |of: &str| data.nodes(of, org::CLASSIFICATION);
            assert_eq!(types(body), types(same), "types of {body} and {same}");
            matched.insert(*same);
        }
    }
    assert_eq!(matched, shared, "no country names the others");
    for body in shared {
        assert_eq!(data.objects(body, ov::JURISDICTION).count(), 0, "{body} is of no country");
    }
}

#[test]
fn international_bodies_change_no_finding() {
    let verdicts = |graph: &Graph| {
        let day: Day = "2026-11-23".parse().expect("a day");
        let world = World::new(graph, day, Trust::All);
        let norms: Vec<&Norm> = graph.norms.iter().collect();
        let findings = evaluate(&world, &norms);
        let rows = findings.iter().map(|finding| {
            let body = graph.iri(finding.institution).to_owned();
            (finding.norm.id.clone(), body, finding.verdict, finding.evidence.len())
        });
        rows.collect::<Vec<_>>()
    };
    let countries: Vec<String> = countries().iter().map(|country| format!("data/{country}/")).collect();
    let alone: Vec<&str> = countries.iter().map(String::as_str).collect();
    let mut together = alone.clone();
    together.push("data/international/");
    let alone = verdicts(&graph(&alone));
    assert!(alone.len() > 4000, "only {} findings", alone.len());
    assert_eq!(alone, verdicts(&graph(&together)));
}
