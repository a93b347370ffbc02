//! What must hold whatever comes in: the order of triples changes nothing, dates keep their laws, and no triples,
//! however odd, make the builder or the evaluator panic.
#![expect(clippy::unwrap_used, reason = "a fixture that cannot be read fails the test")]

use crate::support::dump;
use crate::support::exland::{PREFIXES, built, fixture, norms, ontology, quads, schemes};
use oversight::gaps::{Summary, Trust, World, evaluate};
use oversight::model::{Builder, Date, Day, Graph, Interval};
use oversight::rdf::{
    BlankNode, Literal, NamedNode, NamedOrBlankNode, Quad, RdfFormat, Source, Syntax, Term, documents,
    read_bytes,
};
use oversight::vocab::{dcat, dcterms, eli, foaf, org, ov, rdf, rdfs, schema, schema_http, scheme, skos};
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeSet;
use std::sync::LazyLock;

// The order of triples.

/// Records with something wrong in each, so that problems are compared as well.
const FAULTY: &str = r#"
xl:first a ov:Institution ; org:classification type:police, type:polis ; org:subOrganizationOf xl:second ;
    schema:foundingDate "2020"^^xsd:gYear, "2019"^^xsd:gYear ; schema:dissolutionDate "2000"^^xsd:gYear .
xl:second a ov:Institution ; org:subOrganizationOf xl:third, xl:nowhere ; ov:powr power:arrest .
xl:third a ov:Institution ; org:subOrganizationOf xl:first ; skos:altLabel "B", "A" ; ov:verified "perhaps" .
link:ends a ov:Control ; ov:mechanism mechanism:hering ; ov:overseer xl:first, xl:second ; ov:status status:gone .
link:reversed a ov:Control ; ov:mechanism mechanism:hearing ; ov:overseer xl:first ; ov:overseen xl:second ;
    ov:status status:in-force ; schema:startDate "2020"^^xsd:gYear ; schema:endDate "2010"^^xsd:gYear .
link:untyped ov:overseer xl:first .
norm:XL-98 a ov:Norm ; skos:notation "XL-98" ; ov:atLeast 0, 2 ; ov:appliesTo type:polis .
norm:XL-99 a ov:Norm ; skos:notation "XL-98" ; ov:appliesTo type:police ; ov:polarity "require" ; ov:severity severity:must .
"#;

/// Ontology, Exland and faulty records.
static TRIPLES: LazyLock<Vec<Quad>> = LazyLock::new(|| {
    let mut all = quads(&ontology());
    all.extend(quads(&fixture()));
    all.extend(turtle(FAULTY));
    all
});

fn turtle(text: &str) -> Vec<Quad> {
    let document = &documents(&[Source::Stdin]).unwrap()[0];
    let mut quads = Vec::new();
    let text = format!("{PREFIXES}{text}");
    read_bytes(document, Syntax(RdfFormat::Turtle), text.as_bytes(), |quad| {
        quads.push(quad);
    })
    .unwrap();
    quads
}

/// Random numbers from a seed, which a failure prints; a shuffle of thousands of triples would not shrink.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}

const DAYS: [&str; 2] = ["2015-03-15", "2024-06-01"];

fn findings(graph: &Graph) -> Vec<String> {
    let on = |day: &str| dump::findings(&World::new(graph, day.parse().unwrap(), Trust::All));
    DAYS.map(on).to_vec()
}

/// Compares texts line by line, for a dump is thousands of lines.
fn same(what: &str, expected: &str, found: &str) -> Result<(), TestCaseError> {
    let difference = expected
        .lines()
        .zip(found.lines())
        .find(|(a, b)| a != b)
        .map(|(a, b)| format!("{what}:\n  as written {a}\n  otherwise  {b}"));
    prop_assert!(difference.is_none(), "{}", difference.unwrap_or_default());
    prop_assert_eq!(expected.lines().count(), found.lines().count(), "lines of {}", what);
    Ok(())
}

static EXPECTED: LazyLock<(String, String, Vec<String>)> = LazyLock::new(|| {
    let graph = built(TRIPLES.iter().cloned());
    (dump::graph(&graph, true), dump::graph(&graph, false), findings(&graph))
});

#[test]
fn the_dump_is_not_empty() {
    let (dump, _, findings) = &*EXPECTED;
    for beginning in [
        "act ",
        "below ",
        "country ",
        "dataset ",
        "document ",
        "grant ",
        "institution ",
        "limit ",
        "link ",
        "mechanism ",
        "norm ",
        "power ",
        "predicates ",
        "principle ",
        "problem ",
        "survey ",
        "type ",
        "word ",
    ] {
        assert!(dump.lines().any(|line| line.starts_with(beginning)), "{beginning}");
    }
    assert!(findings.iter().all(|text| text.lines().count() > 50));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn order_of_triples_changes_nothing(seed in any::<u64>()) {
        let mut triples = TRIPLES.clone();
        Dice(seed).shuffle(&mut triples);
        let graph = built(triples);
        same("graph", &EXPECTED.0, &dump::graph(&graph, true))?;
        for (expected, found) in EXPECTED.2.iter().zip(findings(&graph)) {
            same("findings", expected, &found)?;
        }
    }

    /// Records may be split over documents and triples repeated; only where a problem stands may differ. A norm stands
    /// in one document, for one stated anew takes the place of the one before.
    #[test]
    fn division_into_documents_changes_nothing(seed in any::<u64>(), parts in 2..6_usize) {
        let mut dice = Dice(seed);
        let mut documents = vec![Vec::new(); parts];
        for triple in TRIPLES.iter() {
            if triple.subject.to_string().contains("/norm/") {
                documents[0].push(triple.clone());
                continue;
            }
            documents[dice.below(parts)].push(triple.clone());
            if dice.below(8) == 0 {
                documents[dice.below(parts)].push(triple.clone());
            }
        }
        let mut builder = Builder::new();
        for (at, document) in documents.into_iter().enumerate() {
            builder.begin(&format!("document {at}"));
            for triple in document {
                builder.add(&triple);
            }
        }
        let graph = builder.finish();
        same("graph", &EXPECTED.1, &dump::graph(&graph, false))?;
        for (expected, found) in EXPECTED.2.iter().zip(findings(&graph)) {
            same("findings", expected, &found)?;
        }
    }
}

/// Loads short Turtle forwards and backwards and compares.
#[track_caller]
fn same_backwards(text: &str) {
    let triples = turtle(text);
    let schemes = || quads(&schemes()).into_iter();
    let forwards = built(schemes().chain(triples.iter().cloned()));
    let backwards = built(schemes().chain(triples.iter().rev().cloned()));
    let dump = |graph: &Graph| -> Vec<String> {
        let dump = dump::graph(graph, true);
        let told = ["institution", "link", "problem"];
        dump.lines()
            .filter(|line| told.iter().any(|kind| line.starts_with(kind)))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(dump(&forwards), dump(&backwards));
}

#[test]
fn a_node_and_a_literal_of_one_text_in_any_order() {
    same_backwards(
        r#"xl:a a ov:Institution ; org:classification type:police ;
            dcterms:source <https://example.org/a>, "https://example.org/a" ."#,
    );
}

#[test]
fn a_record_without_class_is_told_alike_in_any_order() {
    same_backwards("link:untyped ov:overseen xl:a ; ov:overseer xl:b .");
}

#[test]
fn links_without_name_come_out_alike_each_time() {
    let text = "
        xl:a a ov:Institution ; org:classification type:police .
        [] a ov:Control ; ov:overseer xl:a ; ov:overseen xl:a ; ov:mechanism mechanism:disciplinary ; ov:status status:in-force .
        [] a ov:Control ; ov:overseer xl:a ; ov:overseen xl:a ; ov:mechanism mechanism:hearing ; ov:status status:in-force .
        [] a ov:Control ; ov:overseer xl:a ; ov:overseen xl:a ; ov:mechanism mechanism:inquiry ; ov:status status:in-force .";
    let mechanisms = || {
        let graph = built(quads(&schemes()).into_iter().chain(turtle(text)));
        let slugs = graph
            .network
            .edge_weights()
            .map(|link| graph.vocabulary.mechanisms.slug(link.mechanism).to_owned());
        slugs.collect::<Vec<_>>()
    };
    let first = mechanisms();
    for _ in 0..10 {
        assert_eq!(mechanisms(), first);
    }
}

// Dates.

fn any_day() -> impl Strategy<Value = Day> {
    // Years of today mostly, so that random bounds and days meet.
    let year = prop_oneof![6 => 2014..2018_i16, 1 => 1..=9999_i16];
    (year, 1..=12_i8, 1..=31_i8).prop_filter_map("a day of the calendar", |(y, m, d)| Day::new(y, m, d))
}

/// A date of any precision.
fn any_date() -> impl Strategy<Value = Date> {
    (any_day(), select(vec![4, 7, 10])).prop_map(|(day, length)| day.to_string()[..length].parse().unwrap())
}

fn any_bound() -> impl Strategy<Value = Option<Date>> {
    prop::option::weighted(0.8, any_date())
}

/// Cuts a date to the year, the month or the day.
fn cut(day: Day, length: usize) -> Date {
    day.to_string()[..length].parse().unwrap()
}

proptest! {
    #[test]
    fn what_is_printed_is_read_again(date in any_date(), day in any_day()) {
        prop_assert_eq!(date.to_string().parse::<Date>(), Ok(date));
        prop_assert_eq!(day.to_string().parse::<Day>(), Ok(day));
        for zone in ["Z", "+02:00", "-11:30"] {
            prop_assert_eq!(format!("{date}{zone}").parse::<Date>(), Ok(date));
        }
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in prop_oneof!["[0-9Z:+T-]{0,14}", ".{0,12}"]) {
        if let Ok(date) = text.parse::<Date>() {
            prop_assert!(text.starts_with(&date.to_string()), "`{text}` was read as {date}");
        }
    }

    #[test]
    fn days_sort_as_their_texts(a in any_day(), b in any_day()) {
        prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
    }

    /// A day takes in nothing as an end; a month and a year take in each of their days.
    #[test]
    fn a_date_takes_in_its_own_days(day in any_day()) {
        let whole = |length| Interval { start: Some(cut(day, length)), end: Some(cut(day, length)) };
        prop_assert!(!whole(10).contains(day) && !whole(10).is_reversed());
        prop_assert!(whole(7).contains(day) && whole(4).contains(day));
        let date = cut(day, 10);
        prop_assert_eq!(date.first_day(), day);
        prop_assert_eq!(date.first_day_after(), day);
    }

    /// Less known is wider: an earlier first day, a later first day after.
    #[test]
    fn a_coarser_date_is_wider(day in any_day()) {
        let [year, month, day] = [4, 7, 10].map(|length| cut(day, length));
        prop_assert!(year.first_day() <= month.first_day() && month.first_day() <= day.first_day());
        prop_assert!(day.first_day_after() < month.first_day_after());
        prop_assert!(month.first_day_after() <= year.first_day_after());
        for date in [year, month, day] {
            prop_assert!(date.first_day() <= date.first_day_after());
            prop_assert_eq!(date.year(), year.year());
        }
    }

    #[test]
    fn an_interval_holds_what_lies_between_its_bounds(start in any_bound(), end in any_bound(), day in any_day()) {
        let interval = Interval { start, end };
        // By text: a start is padded with the first month and day, an end with more than any.
        let text = day.to_string();
        let after_start = start.is_none_or(|s| format!("{s}-01-01")[..10] <= *text);
        let before_end = end.is_none_or(|e| match e.to_string() {
            e if e.len() == 10 => text < e,
            e => text < format!("{e}-99"),
        });
        prop_assert_eq!(interval.contains(day), after_start && before_end);
        prop_assert!(!(interval.is_reversed() && interval.contains(day)));
    }

    /// An earlier start or a later end never loses a day.
    #[test]
    fn an_interval_is_monotone_in_its_bounds(
        start in any_bound(), end in any_bound(), other in any_bound(), day in any_day(),
    ) {
        let holds = |start, end| Interval { start, end }.contains(day);
        let first = |date: Option<Date>| date.map(Date::first_day);
        if first(other) <= first(start) {
            prop_assert!(!holds(start, end) || holds(other, end));
        }
        let last = |date: Option<Date>| (date.is_none(), date.map(Date::first_day_after));
        if last(other) >= last(end) {
            prop_assert!(!holds(start, end) || holds(start, other));
        }
    }
}

// Odd triples.

static SCHEMES: LazyLock<Vec<Quad>> = LazyLock::new(|| quads(&schemes()));

/// What an object may be like.
#[derive(Clone, Copy, Debug)]
enum Pool {
    Body,
    Basis,
    Class,
    Concept(&'static str),
    Date,
    Flag,
    Number,
    Word,
}

/// For properties that verdicts rest on, the objects that make sense; all else comes by chance.
const SENSIBLE: &[(&str, Pool)] = &[
    (rdf::TYPE, Pool::Class),
    (rdf::TYPE, Pool::Class),
    (rdf::TYPE, Pool::Class),
    (rdf::TYPE, Pool::Class),
    (org::CLASSIFICATION, Pool::Concept(scheme::TYPE)),
    (org::CLASSIFICATION, Pool::Concept(scheme::TYPE)),
    (org::SUB_ORGANIZATION_OF, Pool::Body),
    (schema::FOUNDING_DATE, Pool::Date),
    (schema::DISSOLUTION_DATE, Pool::Date),
    (ov::JURISDICTION, Pool::Body),
    (ov::POWER, Pool::Concept(scheme::POWER)),
    (ov::OVERSEER, Pool::Body),
    (ov::OVERSEEN, Pool::Body),
    (ov::MECHANISM, Pool::Concept(scheme::MECHANISM)),
    (ov::STATUS, Pool::Concept(scheme::STATUS)),
    (ov::LEGAL_BASIS, Pool::Basis),
    (ov::EFFECT, Pool::Concept(scheme::EFFECT)),
    (ov::LIMIT, Pool::Concept(scheme::LIMIT)),
    (schema::START_DATE, Pool::Date),
    (schema::END_DATE, Pool::Date),
    (ov::VERIFIED, Pool::Flag),
    (ov::COVERS, Pool::Body),
    (ov::SURVEYED_ON, Pool::Date),
    (ov::HOLDER, Pool::Body),
    (ov::APPLIES_TO, Pool::Concept(scheme::TYPE)),
    (ov::APPLIES_TO, Pool::Concept(scheme::TYPE)),
    (ov::WHERE_POWER, Pool::Concept(scheme::POWER)),
    (ov::WHERE_PARENT_OF, Pool::Concept(scheme::TYPE)),
    (ov::WHERE_OVERSEES, Pool::Concept(scheme::TYPE)),
    (ov::OVERSEER_TYPE, Pool::Concept(scheme::TYPE)),
    (ov::MECHANISM_ANY_OF, Pool::Concept(scheme::MECHANISM)),
    (ov::ALL_MECHANISMS, Pool::Flag),
    (ov::AT_LEAST, Pool::Number),
    (ov::AT_LEAST_PILLARS, Pool::Number),
    (ov::INDEPENDENT_OF, Pool::Word),
    (ov::POLARITY, Pool::Word),
    (ov::SEVERITY, Pool::Concept(scheme::SEVERITY)),
    (skos::BROADER, Pool::Concept(scheme::TYPE)),
];

const CLASSES: &[&str] = &[
    ov::INSTITUTION,
    ov::INSTITUTION,
    ov::CONTROL,
    ov::CONTROL,
    ov::NORM,
    ov::NORM,
    ov::SURVEY,
    ov::PROVISION,
    ov::LEGAL_ACT,
    ov::POWER_GRANT,
    ov::GUIDANCE_DOCUMENT,
    ov::COUNTRY,
    dcat::DATASET,
    skos::CONCEPT,
];

const TEXTS: &[&str] = &[
    "",
    "true",
    "0",
    "1",
    "-1",
    "2",
    "99999999999999999999",
    "2020",
    "2020-13",
    "2019-02-29",
    "9999",
    "0000-01-01",
    "forbid",
    "require",
    "overseen",
    "ministry",
    "executive",
    "must",
    "binding",
    "Zoë \u{1f50d}\n\"",
    "art. 0099",
];

/// A few subjects, so that triples meet: some of them concepts of our schemes, some blank.
fn subject() -> impl Strategy<Value = NamedOrBlankNode> {
    let named = |iri: String| NamedOrBlankNode::from(NamedNode::new_unchecked(iri));
    prop_oneof![
        12 => (0..10).prop_map(move |n| named(format!("https://w3id.org/oversight/id/xl/{n}"))),
        1 => (0..3).prop_map(|n| BlankNode::new_unchecked(format!("b{n}")).into()),
        1 => select(vec!["type/police", "type/", "type/new", "mechanism/hearing", "limit/secrecy", "norm/XL-01"])
            .prop_map(move |local| named(format!("https://w3id.org/oversight/{local}"))),
    ]
}

fn concept(namespace: &'static str) -> impl Strategy<Value = Term> {
    let concepts: BTreeSet<String> = SCHEMES
        .iter()
        .filter_map(|quad| match &quad.subject {
            NamedOrBlankNode::NamedNode(node) if node.as_str().starts_with(namespace) => {
                Some(node.as_str().to_owned())
            }
            _ => None,
        })
        .collect();
    // Few of each, so that norms, bodies and links meet.
    let few: Vec<String> = concepts.into_iter().step_by(5).collect();
    select(few).prop_map(|iri| NamedNode::new_unchecked(iri).into())
}

fn literal() -> impl Strategy<Value = Term> {
    prop_oneof![
        select(TEXTS).prop_map(Literal::new_simple_literal),
        select(TEXTS).prop_map(|text| Literal::new_language_tagged_literal_unchecked(text, "en")),
        select(TEXTS).prop_map(|text| {
            Literal::new_typed_literal(
                text,
                NamedNode::new_unchecked("http://www.w3.org/2001/XMLSchema#date"),
            )
        }),
    ]
    .prop_map(Term::from)
}

fn from_pool(pool: Pool) -> BoxedStrategy<Term> {
    let plain = |texts: &'static [&'static str]| {
        select(texts).prop_map(|text| Term::from(Literal::new_simple_literal(text))).boxed()
    };
    match pool {
        Pool::Body | Pool::Basis => subject().prop_map(Term::from).boxed(),
        Pool::Class => select(CLASSES).prop_map(|iri| NamedNode::new_unchecked(iri).into()).boxed(),
        Pool::Concept(namespace) => concept(namespace).boxed(),
        Pool::Date => {
            any_date().prop_map(|date| Literal::new_simple_literal(date.to_string()).into()).boxed()
        }
        Pool::Flag => plain(&["true", "false"]),
        Pool::Number => plain(&["1", "2", "3", "4294967295"]),
        Pool::Word => plain(&["require", "forbid", "overseen", "ministry", "executive"]),
    }
}

fn triple() -> impl Strategy<Value = Quad> {
    let every: Vec<&'static str> = [
        ov::ALL,
        rdf::ALL,
        rdfs::ALL,
        org::ALL,
        skos::ALL,
        dcterms::ALL,
        eli::ALL,
        schema::ALL,
        schema_http::ALL,
        foaf::ALL,
        dcat::ALL,
    ]
    .concat();
    let any_object = prop_oneof![
        subject().prop_map(Term::from),
        literal(),
        select(CLASSES).prop_map(|iri| NamedNode::new_unchecked(iri).into()),
        concept(scheme::TYPE),
        concept(scheme::MECHANISM),
    ];
    let sensible = SENSIBLE
        .iter()
        .map(|(predicate, pool)| from_pool(*pool).prop_map(|object| (*predicate, object)).boxed())
        .collect::<Vec<_>>();
    let pair = prop_oneof![
        5 => proptest::strategy::Union::new(sensible),
        1 => (select(every), any_object),
    ];
    (subject(), pair).prop_map(|(subject, (predicate, object))| {
        Quad::new(subject, NamedNode::new_unchecked(predicate), object, oxrdf::GraphName::DefaultGraph)
    })
}

/// What must hold of any graph at all.
fn hold_to_invariants(graph: &Graph, day: Day) -> Result<(), TestCaseError> {
    prop_assert!(graph.institutions().map(|(id, _)| graph.iri(id)).is_sorted());
    let links = graph.network.edge_weights().map(|link| graph.text(link.iri));
    prop_assert!(links.is_sorted());
    prop_assert!(graph.problems.is_sorted());
    for problem in &graph.problems {
        prop_assert!(!problem.to_string().is_empty());
    }
    let norms: Vec<_> = graph.norms.iter().collect();
    for trust in [Trust::All, Trust::VerifiedOnly] {
        let world = World::new(graph, day, trust);
        let findings = evaluate(&world, &norms);
        let keys: BTreeSet<_> = findings.iter().map(|f| (graph.text(f.norm.iri), f.institution)).collect();
        prop_assert_eq!(keys.len(), findings.len(), "one finding for a norm and a body");
        for finding in &findings {
            prop_assert!(world.exists(finding.institution));
            prop_assert!(finding.evidence.is_sorted_by_key(|piece| piece.link));
            for candidate in &finding.candidates {
                prop_assert!(world.exists(*candidate) && *candidate != finding.institution);
            }
        }
        prop_assert_eq!(Summary::of(graph, &findings).all.total(), findings.len());
        prop_assert_eq!(dump::findings(&world), dump::findings(&world));
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_triples_make_anything_panic(triples in prop::collection::vec(triple(), 0..300), day in any_day()) {
        hold_to_invariants(&built(SCHEMES.iter().cloned().chain(triples)), day)?;
    }

    #[test]
    fn no_triples_without_an_ontology_make_anything_panic(
        triples in prop::collection::vec(triple(), 0..100), day in any_day(),
    ) {
        hold_to_invariants(&built(triples), day)?;
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Odd triples beside Exland, under its norms: the links that matter are all there.
    #[test]
    fn no_triples_beside_exland_make_anything_panic(
        triples in prop::collection::vec(triple(), 0..60), day in any_day(),
    ) {
        static EXLAND: LazyLock<Vec<Quad>> = LazyLock::new(|| {
            let mut all = SCHEMES.clone();
            all.extend(quads(&fixture()));
            all
        });
        let graph = built(EXLAND.iter().cloned().chain(triples));
        prop_assert!(norms(&graph).len() > 40);
        hold_to_invariants(&graph, day)?;
    }
}
