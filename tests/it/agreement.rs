//! Two ways, one answer: the evaluator, and the SPARQL that norms are written as, on Oxigraph.
//!
//! Exland has one of everything, Ukraine is real, and small random worlds find what neither has: proptest shrinks a
//! disagreement to a few triples. `tests/agreement/run.py` brings engines that we did not choose.
#![expect(clippy::unwrap_used, reason = "a fixture that cannot be read fails the test")]

use crate::support::exland;
use oversight::gaps::sparql::{Form, query};
use oversight::gaps::{Trust, Verdict, World, evaluate};
use oversight::model::{Day, Norm};
use oversight::rdf::{Document, Source, documents};
use oversight::store::{Guard, Loading, ResultFormat, Store, write};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

/// Institution and verdict, by norm.
type Verdicts = BTreeMap<String, BTreeSet<(String, String)>>;

/// Compares both forms of the queries of all norms with the evaluator; returns how many pairs of norm and institution
/// were compared.
fn agree(documents: &[Document], day: Day, trust: Trust) -> Result<usize, String> {
    let loading = Loading::read(documents).unwrap();
    let graph = &loading.graph;
    let norms: Vec<&Norm> = graph.norms.iter().collect();
    let mut expected = Verdicts::new();
    for finding in evaluate(&World::new(graph, day, trust), &norms) {
        let pair = (graph.iri(finding.institution).to_owned(), finding.verdict.slug().to_owned());
        expected.entry(finding.norm.id.clone()).or_default().insert(pair);
    }
    let queries: Vec<(String, [String; 2])> = norms
        .iter()
        .map(|norm| {
            let text = |form| query(graph, norm, day, trust, form);
            (norm.id.clone(), [text(Form::NotMet), text(Form::Verdicts)])
        })
        .collect();
    let store = Store::new(loading, day, trust).unwrap();
    let mut pairs = 0;
    let nothing = BTreeSet::new();
    for (id, [not_met, verdicts]) in &queries {
        let expected = expected.get(id).unwrap_or(&nothing);
        pairs += expected.len();
        let given: BTreeSet<(String, String)> =
            rows(&store, verdicts).into_iter().map(|mut row| (row.remove(0), row.remove(0))).collect();
        if given != *expected {
            return Err(format!(
                "{id} on {day}\nevaluator alone: {:?}\nSPARQL alone: {:?}\n{verdicts}",
                expected.difference(&given).collect::<Vec<_>>(),
                given.difference(expected).collect::<Vec<_>>(),
            ));
        }
        let given: BTreeSet<String> =
            rows(&store, not_met).into_iter().map(|mut row| row.remove(0)).collect();
        let unmet = expected.iter().filter(|(_, verdict)| verdict != Verdict::Met.slug());
        let unmet: BTreeSet<String> = unmet.map(|(institution, _)| institution.clone()).collect();
        if given != unmet {
            return Err(format!("{id} on {day}\nevaluator: {unmet:?}\nSPARQL: {given:?}\n{not_met}"));
        }
    }
    Ok(pairs)
}

fn rows(store: &Store, query: &str) -> Vec<Vec<String>> {
    let mut csv = Vec::new();
    write(store.query(query).unwrap(), ResultFormat::Csv, &Guard::default(), &mut csv).unwrap();
    let mut reader = csv::Reader::from_reader(&csv[..]);
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

#[test]
fn exland_on_the_days_of_its_bounds() {
    let sources = [Source::Shipped("ontology/schemes/".to_owned()), Source::Path(exland::folder())];
    let documents = documents(&sources).unwrap();
    for (on, trust) in [
        ("2024-06-01", Trust::All),
        ("2024-06-01", Trust::VerifiedOnly),
        ("2019-12-31", Trust::All),
        ("2020-01-01", Trust::All),
    ] {
        let pairs = agree(&documents, day(on), trust).unwrap_or_else(|error| panic!("{error}"));
        assert!(pairs > 0, "nobody was in scope on {on}");
    }
}

#[test]
fn ukraine_with_the_shipped_norms() {
    let sources = [Source::Shipped("ontology/".to_owned()), Source::Shipped("data/ua/".to_owned())];
    let documents = documents(&sources).unwrap();
    let pairs = agree(&documents, day("2026-11-23"), Trust::All).unwrap_or_else(|e| panic!("{e}"));
    assert!(pairs > 500, "only {pairs} pairs of norm and institution");
}

// Small random worlds. Everything is an index into a short list, so that shrinking leads to few and plain triples.

const TYPES: &[&str] = &[
    "police",
    "ministry",
    "government",
    "head-of-state",
    "parliament",
    "court",
    "ombuds-institution",
    "inspectorate",
    "ngo",
];
const GROUPS: &[&str] =
    &["provider", "executive", "legislature", "justice", "independent", "internal", "society"];
/// Some select, some reach down, some through the cabinet, some neither.
const MECHANISMS: &[&str] = &["appointment", "election", "hearing", "legislation", "inspection", "command"];
const POWERS: &[&str] = &["arrest", "interception"];
const STATUSES: &[&str] =
    &["in-force", "in-force", "in-force", "not-operational", "suspended", "repealed", "proposed"];
const EFFECTS: &[&str] = &["binding", "advisory", "informative"];
const LIMITS: &[&str] = &["secrecy", "no-sanction"];
const INDEPENDENCES: &[&str] = &["overseen", "ministry", "executive"];
/// Dates around [`ON`], of each precision, with and without a zone.
const DATES: &[&str] = &[
    "2020",
    "2024",
    "2025",
    "2024-05",
    "2024-06",
    "2024-07",
    "2024-06-14",
    "2024-06-15",
    "2024-06-16Z",
    "2024-06+02:00",
];
const ON: &str = "2024-06-15";

#[derive(Clone, Debug)]
struct Body {
    types: Vec<&'static str>,
    parents: Vec<usize>,
    powers: Vec<&'static str>,
    founded: Option<&'static str>,
    dissolved: Option<&'static str>,
    country: bool,
}

#[derive(Clone, Debug)]
struct Control {
    overseer: usize,
    overseen: usize,
    mechanism: &'static str,
    status: &'static str,
    start: Option<&'static str>,
    end: Option<&'static str>,
    effect: Option<&'static str>,
    limits: Vec<&'static str>,
    verified: bool,
}

#[derive(Clone, Debug)]
struct Duty {
    forbids: bool,
    applies_to: Vec<&'static str>,
    where_power: Vec<&'static str>,
    where_parent_of: Vec<&'static str>,
    where_oversees: Vec<&'static str>,
    overseers: Vec<&'static str>,
    mechanisms: Vec<&'static str>,
    all_mechanisms: bool,
    at_least: u8,
    at_least_pillars: u8,
    independent_of: Option<&'static str>,
    least_effect: Option<&'static str>,
    excludes: Vec<&'static str>,
}

#[derive(Clone, Debug)]
struct Small {
    bodies: Vec<Body>,
    links: Vec<Control>,
    surveys: Vec<(Option<usize>, Vec<&'static str>)>,
    duties: Vec<Duty>,
}

fn few(words: &'static [&'static str], most: usize) -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(words, 0..=most)
}

fn date(weight: u32) -> impl Strategy<Value = Option<&'static str>> {
    prop_oneof![4 => Just(None), weight => select(DATES).prop_map(Some)]
}

fn maybe(words: &'static [&'static str]) -> impl Strategy<Value = Option<&'static str>> {
    prop_oneof![Just(None), select(words).prop_map(Some)]
}

fn types(most: usize) -> impl Strategy<Value = Vec<&'static str>> {
    prop_oneof![3 => few(TYPES, most), 1 => few(GROUPS, most)]
}

fn body(bodies: usize) -> impl Strategy<Value = Body> {
    (
        prop_oneof![9 => subsequence(TYPES, 1..=1), 1 => subsequence(TYPES, 0..=2)],
        prop_oneof![2 => Just(Vec::new()), 3 => vec(0..bodies, 1..=1), 1 => vec(0..bodies, 0..=2)],
        few(POWERS, 2),
        date(1),
        date(1),
        prop::bool::weighted(0.9),
    )
        .prop_map(|(types, parents, powers, founded, dissolved, country)| Body {
            types,
            parents,
            powers,
            founded,
            dissolved,
            country,
        })
}

fn control(bodies: usize) -> impl Strategy<Value = Control> {
    (
        (0..bodies, 0..bodies, select(MECHANISMS), select(STATUSES)),
        (date(2), date(2), maybe(EFFECTS), few(LIMITS, 1), prop::bool::weighted(0.8)),
    )
        .prop_map(|((overseer, overseen, mechanism, status), (start, end, effect, limits, verified))| {
            Control { overseer, overseen, mechanism, status, start, end, effect, limits, verified }
        })
}

fn duty() -> impl Strategy<Value = Duty> {
    let applies_to = prop_oneof![2 => subsequence(TYPES, 1..=5), 1 => subsequence(GROUPS, 1..=3)];
    let scope = (
        applies_to,
        prop_oneof![3 => Just(Vec::new()), 1 => few(POWERS, 1)],
        prop_oneof![4 => Just(Vec::new()), 1 => types(5)],
        prop_oneof![4 => Just(Vec::new()), 1 => types(5)],
    );
    let evidence = (
        types(5),
        few(MECHANISMS, 4),
        any::<bool>(),
        1_u8..=2,
        1_u8..=2,
        maybe(INDEPENDENCES),
        maybe(EFFECTS),
        few(LIMITS, 1),
    );
    (prop::bool::weighted(0.3), scope, evidence).prop_map(
        |(
            forbids,
            (applies_to, where_power, where_parent_of, where_oversees),
            (
                overseers,
                mechanisms,
                all_mechanisms,
                at_least,
                at_least_pillars,
                independent_of,
                least_effect,
                excludes,
            ),
        )| Duty {
            forbids,
            applies_to,
            where_power,
            where_parent_of,
            where_oversees,
            overseers,
            mechanisms,
            all_mechanisms,
            at_least,
            at_least_pillars,
            independent_of,
            least_effect,
            excludes,
        },
    )
}

fn small() -> impl Strategy<Value = Small> {
    (2_usize..8).prop_flat_map(|bodies| {
        (
            vec(body(bodies), bodies),
            vec(control(bodies), 0..24),
            vec((prop::option::of(0..bodies), few(MECHANISMS, 6)), 0..3),
            vec(duty(), 4),
        )
            .prop_map(|(bodies, links, surveys, duties)| Small { bodies, links, surveys, duties })
    })
}

impl Small {
    fn turtle(&self) -> String {
        let mut text = String::from(
            "@prefix ov: <https://w3id.org/oversight/ns#> .\n@prefix org: <http://www.w3.org/ns/org#> .\n\
             @prefix schema: <https://schema.org/> .\n@prefix old: <http://schema.org/> .\n\
             @prefix id: <https://w3id.org/oversight/id/> .\n@prefix b: <https://w3id.org/oversight/id/xa/body-> .\n\
             @prefix l: <https://w3id.org/oversight/id/xa/link/> .\n\
             @prefix s: <https://w3id.org/oversight/id/xa/survey/> .\n\
             @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
             @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n",
        );
        for scheme in ["type", "mechanism", "power", "status", "effect", "limit", "severity", "norm"] {
            let _ = writeln!(text, "@prefix {scheme}: <https://w3id.org/oversight/{scheme}/> .");
        }
        for (at, body) in self.bodies.iter().enumerate() {
            let _ = write!(text, "b:{at} a ov:Institution");
            list(&mut text, "org:classification", "type:", &body.types);
            list(&mut text, "ov:power", "power:", &body.powers);
            list(&mut text, "org:subOrganizationOf", "b:", &body.parents);
            list(
                &mut text,
                "schema:foundingDate",
                "",
                &body.founded.map(literal).into_iter().collect::<Vec<_>>(),
            );
            list(
                &mut text,
                "old:dissolutionDate",
                "",
                &body.dissolved.map(literal).into_iter().collect::<Vec<_>>(),
            );
            list(&mut text, "ov:jurisdiction", "id:", if body.country { &["xa"] } else { &[] });
            text.push_str(" .\n");
        }
        for (at, link) in self.links.iter().enumerate() {
            let _ = write!(
                text,
                "l:{at} a ov:Control ; ov:overseer b:{} ; ov:overseen b:{} ; ov:mechanism mechanism:{} ; \
                 ov:status status:{} ; ov:verified {}",
                link.overseer, link.overseen, link.mechanism, link.status, link.verified
            );
            list(&mut text, "old:startDate", "", &link.start.map(literal).into_iter().collect::<Vec<_>>());
            list(&mut text, "schema:endDate", "", &link.end.map(literal).into_iter().collect::<Vec<_>>());
            list(&mut text, "ov:effect", "effect:", &link.effect.into_iter().collect::<Vec<_>>());
            list(&mut text, "ov:limit", "limit:", &link.limits);
            text.push_str(" .\n");
        }
        for (at, (body, mechanisms)) in self.surveys.iter().enumerate() {
            let covers = body.map_or("id:xa".to_owned(), |body| format!("b:{body}"));
            let _ = write!(text, "s:{at} a ov:Survey ; ov:covers {covers}");
            list(&mut text, "ov:mechanism", "mechanism:", mechanisms);
            text.push_str(" .\n");
        }
        for (at, duty) in self.duties.iter().enumerate() {
            let _ = write!(
                text,
                "norm:RND-{at} a ov:Norm ; skos:notation \"RND-{at}\" ; ov:severity severity:must ; \
                 ov:polarity \"{}\" ; ov:allMechanisms {} ; ov:atLeast {} ; ov:atLeastPillars {}",
                if duty.forbids { "forbid" } else { "require" },
                duty.all_mechanisms,
                duty.at_least,
                duty.at_least_pillars
            );
            list(&mut text, "ov:appliesTo", "type:", &duty.applies_to);
            list(&mut text, "ov:wherePower", "power:", &duty.where_power);
            list(&mut text, "ov:whereParentOf", "type:", &duty.where_parent_of);
            list(&mut text, "ov:whereOversees", "type:", &duty.where_oversees);
            list(&mut text, "ov:overseerType", "type:", &duty.overseers);
            list(&mut text, "ov:mechanismAnyOf", "mechanism:", &duty.mechanisms);
            let of: Vec<String> = duty.independent_of.iter().map(|of| format!("\"{of}\"")).collect();
            list(&mut text, "ov:independentOf", "", &of);
            list(&mut text, "ov:leastEffect", "effect:", &duty.least_effect.into_iter().collect::<Vec<_>>());
            list(&mut text, "ov:excludesLimit", "limit:", &duty.excludes);
            text.push_str(" .\n");
        }
        text
    }
}

fn list<T: std::fmt::Display>(text: &mut String, property: &str, prefix: &str, values: &[T]) {
    for value in values {
        let _ = write!(text, " ; {property} {prefix}{value}");
    }
}

fn literal(date: &str) -> String {
    let plain = date.trim_end_matches('Z').trim_end_matches("+02:00");
    let datatype = ["gYear", "gYearMonth", "date"][plain.matches('-').count()];
    format!("\"{date}\"^^xsd:{datatype}")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn random_worlds(small in small(), verified_only in any::<bool>()) {
        let folder = tempfile::tempdir().unwrap();
        let path: PathBuf = folder.path().join("world.ttl");
        std::fs::write(&path, small.turtle()).unwrap();
        let documents =
            documents(&[Source::Shipped("ontology/schemes/".to_owned()), Source::Path(path)]).unwrap();
        let trust = if verified_only { Trust::VerifiedOnly } else { Trust::All };
        if let Err(error) = agree(&documents, day(ON), trust) {
            return Err(TestCaseError::fail(format!("{error}\n{}", small.turtle())));
        }
    }
}
