//! Rewriting absence changes no answer: random queries on random small graphs, rewritten and as written.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use oversight::model::Trust;
use oversight::rdf::{Source, documents};
use oversight::store::{Absence, Answer, Guard, Loading, Question, Store, StoreError};
use proptest::prelude::*;
use proptest::sample::select;
use std::fmt::Write as _;

/// Loads TriG.
fn store(trig: &str) -> Store {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("small.trig");
    std::fs::write(&path, trig).unwrap();
    let loading = Loading::read(&documents(&[Source::Path(path)]).unwrap()).unwrap();
    Store::new(loading, "2026-11-23".parse().unwrap(), Trust::All).unwrap()
}

/// Rows in order, for the order of evaluation is free; the message of what cannot be parsed.
fn rows(store: &Store, query: &str, as_written: bool) -> Result<Vec<String>, String> {
    let guard = Guard::default();
    let results = if as_written { store.query_as_written(query, &guard) } else { store.query(query) };
    match results.and_then(|results| store.answer(results, None, &guard)) {
        Ok(Answer::Rows(rows)) => {
            let row =
                |row: &Vec<_>| row.iter().map(|cell: &oversight::store::Cell| format!("{cell:?} ")).collect();
            let mut rows: Vec<String> = rows.rows.iter().map(row).collect();
            rows.sort_unstable();
            Ok(rows)
        }
        Err(error @ StoreError::Syntax(_)) => Err(error.to_string()),
        other => panic!("{query}: {other:?}"),
    }
}

fn graph() -> impl Strategy<Value = String> {
    let triple = ("[abc]", "[pqpqr]", "[abc1]").prop_map(|(s, p, o)| {
        let o = if o == "1" { "1".to_owned() } else { format!("<urn:{o}>") };
        format!("<urn:{s}> <urn:{p}> {o} .\n")
    });
    let triples = || prop::collection::vec(triple.clone(), 0..7).prop_map(|triples| triples.concat());
    (triples(), triples(), triples())
        .prop_map(|(plain, g, h)| format!("{plain} <urn:g> {{ {g} }} <urn:h> {{ {h} }}"))
}

fn variable() -> impl Strategy<Value = String> {
    "[xyzw]".prop_map(|name| format!("?{name}"))
}

fn term() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => variable(),
        1 => "[a-d]".prop_map(|name| format!("<urn:{name}>")),
        1 => select(vec!["1", "_:n", "<urn:no-node>"]).prop_map(str::to_owned),
    ]
}

fn path() -> impl Strategy<Value = String> {
    let step = "[pqr]".prop_map(|name| format!("<urn:{name}>"));
    prop_oneof![
        4 => step.clone(),
        4 => (step.clone(), select(vec!["*", "+", "?"])).prop_map(|(step, times)| format!("{step}{times}")),
        1 => step.clone().prop_map(|step| format!("^{step}")),
        2 => (step.clone(), step.clone()).prop_map(|(a, b)| format!("{a}/{b}*")),
        1 => (step.clone(), step.clone()).prop_map(|(a, b)| format!("{a}*/{b}?")),
        1 => (step.clone(), step).prop_map(|(a, b)| format!("({a}|^{b})+")),
        1 => Just("!<urn:p>".to_owned()),
    ]
}

/// How the whole is asked.
fn form() -> impl Strategy<Value = (&'static str, &'static str)> {
    prop_oneof![
        10 => Just(("SELECT * {", "}")),
        1 => select(vec![
            ("SELECT (COUNT(*) AS ?n) {", "}"),
            ("SELECT ?x (COUNT(?y) AS ?n) {", "} GROUP BY ?x"),
            ("SELECT DISTINCT ?x ?y {", "} ORDER BY ?x"),
            ("SELECT * FROM <urn:g> FROM NAMED <urn:h> {", "}"),
            ("SELECT * { GRAPH <urn:g> {", "} }"),
            ("SELECT * { GRAPH ?g {", "} }"),
            ("SELECT ?x { ?x <urn:p> ?y {", "} }"),
            ("SELECT * { VALUES ?x { <urn:no-node> <urn:a> } {", "} }"),
        ]),
    ]
}

fn expression() -> impl Strategy<Value = String> {
    prop_oneof![
        (variable(), select(vec!["=", "!=", "<", "||", "&&"]), term())
            .prop_filter("no blank nodes in expressions", |(_, _, t)| t != "_:n")
            .prop_map(|(a, op, b)| format!("{a} {op} {b}")),
        variable().prop_map(|v| format!("BOUND({v})")),
        variable().prop_map(|v| format!("!BOUND({v})")),
        variable().prop_map(|v| format!("ISIRI({v})")),
    ]
}

/// The inside of braces.
fn group() -> impl Strategy<Value = String> {
    let triple = (term(), path(), term()).prop_map(|(s, p, o)| format!("{s} {p} {o} . "));
    let leaf = prop::collection::vec(triple, 1..4).prop_map(|triples| triples.concat());
    leaf.prop_recursive(4, 24, 4, |inner| {
        let some = || inner.clone();
        prop_oneof![
            // Most of all what this is about.
            6 => (some(), some()).prop_map(|(l, p)| format!("{l} FILTER NOT EXISTS {{ {p} }} ")),
            4 => (some(), some()).prop_map(|(l, p)| format!("{l} FILTER EXISTS {{ {p} }} ")),
            1 => (some(), some(), expression())
                .prop_map(|(l, p, e)| format!("{l} FILTER({e} && NOT EXISTS {{ {p} }}) ")),
            1 => (some(), some(), expression())
                .prop_map(|(l, p, e)| format!("{l} FILTER({e} || NOT EXISTS {{ {p} }}) ")),
            2 => (some(), some()).prop_map(|(a, b)| format!("{a} OPTIONAL {{ {b} }} ")),
            1 => (some(), some()).prop_map(|(a, b)| format!("{a} MINUS {{ {b} }} ")),
            1 => (some(), some()).prop_map(|(a, b)| format!("{{ {a} }} UNION {{ {b} }} ")),
            1 => (some(), some()).prop_map(|(a, b)| format!("{a} {{ {b} }} ")),
            1 => (some(), some()).prop_map(|(a, b)| format!("{a} LATERAL {{ {b} }} ")),
            1 => (some(), some(), variable())
                .prop_map(|(a, b, v)| format!("{a} BIND(EXISTS {{ {b} }} AS {v}) ")),
            1 => (some(), some(), some())
                .prop_map(|(a, b, c)| format!("{a} OPTIONAL {{ {b} FILTER NOT EXISTS {{ {c} }} }} ")),
            1 => (some(), some()).prop_map(|(a, b)| format!("{{ SELECT * {{ {a} }} ORDER BY EXISTS {{ {b} }} }} ")),
            1 => (some(), select(vec!["LIMIT 0", "LIMIT 1000", "OFFSET 0"]))
                .prop_map(|(a, limit)| format!("{{ SELECT * {{ {a} }} {limit} }} ")),
            2 => (some(), expression()).prop_map(|(a, e)| format!("{a} FILTER({e}) ")),
            1 => (some(), expression(), variable()).prop_map(|(a, e, v)| format!("{a} BIND({e} AS {v}) ")),
            1 => (some(), variable()).prop_map(|(a, v)| format!("{a} VALUES {v} {{ <urn:a> <urn:no-node> UNDEF }} ")),
            1 => (some(), select(vec!["?x", "?g", "<urn:g>"])).prop_map(|(a, g)| format!("GRAPH {g} {{ {a} }} ")),
            1 => (some(), variable(), variable()).prop_map(|(a, v, w)| format!("{{ SELECT {v} {w} {{ {a} }} }} ")),
            1 => (some(), variable()).prop_map(|(a, v)| {
                format!("{{ SELECT {v} (COUNT(*) AS ?n) {{ {a} }} GROUP BY {v} }} ")
            }),
        ]
    })
}

/// Groups near the edge of each proof obligation: a variable of the group before, where a value put in would do more.
fn at_the_edge() -> impl Strategy<Value = String> {
    let left = select(vec![
        "?x <urn:p> ?y",
        "?x <urn:p> ?y . ?y <urn:q> ?z",
        "?y <urn:p> ?x OPTIONAL { ?x <urn:q> ?z }",
        "VALUES ?x { <urn:a> <urn:no-node> 1 }",
        "VALUES (?x ?y) { (<urn:a> <urn:a>) (<urn:no-node> <urn:b>) (<urn:b> UNDEF) }",
        "GRAPH <urn:g> { ?x <urn:p> ?y }",
        "?w <urn:p> ?y BIND(?y AS ?x)",
    ]);
    let name = || "[xyzw]".prop_map(|name| format!("?{name}"));
    let shape = prop_oneof![
        (name(), name()).prop_map(|(a, b)| format!("?w <urn:p> ?x . {{ ?w <urn:q> ?v FILTER({a} = {b}) }}")),
        (name(), name()).prop_map(|(a, b)| format!("?w <urn:p> ?x . ?w <urn:q> ?v FILTER({a} != {b})")),
        name().prop_map(|a| format!("?w <urn:p> ?x . {{ ?w <urn:q> ?v FILTER(!BOUND({a})) }}")),
        name().prop_map(|a| format!("?w <urn:p> ?x . {{ ?w <urn:q> ?v BIND({a} AS ?u) }} ?w <urn:p> ?u")),
        name().prop_map(|a| format!(
            "?w <urn:p> ?x OPTIONAL {{ ?w <urn:q> {a} }} ?v <urn:p> ?w FILTER(BOUND({a}))"
        )),
        name().prop_map(|a| format!("?w <urn:p> ?x OPTIONAL {{ ?w <urn:q> {a} }} ?w <urn:p> {a}")),
        name().prop_map(|a| format!("?w <urn:p> ?x . ?v <urn:p> ?w MINUS {{ ?w <urn:q> {a} }}")),
        (name(), name()).prop_map(|(a, b)| format!(
            "?w <urn:p> ?x . {{ SELECT ?w {{ ?w <urn:q> {a} . {b} <urn:p> ?w }} }}"
        )),
        name().prop_map(|a| format!("?w <urn:p> ?x . ?v <urn:q> ?w FILTER NOT EXISTS {{ ?v <urn:p> {a} }}")),
        name()
            .prop_map(|a| format!("?w <urn:p> ?x . {{ ?v <urn:q> ?w FILTER EXISTS {{ ?v <urn:p> {a} }} }}")),
        (term(), path()).prop_map(|(t, p)| format!("?x {p} {t}")),
        (term(), path(), path()).prop_map(|(t, p, q)| format!("?x {p} ?w . ?w {q} {t}")),
        (name(), name()).prop_map(|(a, b)| format!("?w <urn:p> {a} . ?w <urn:q> {b} . ?w <urn:p> ?x")),
        name().prop_map(|a| format!("?w <urn:p> ?x . {{ SELECT ?w {{ ?w <urn:q> {a} }} LIMIT 1 }}")),
    ];
    (left, shape, any::<bool>()).prop_map(|(left, shape, not)| {
        format!("{left} FILTER {}EXISTS {{ {shape} }}", if not { "NOT " } else { "" })
    })
}

#[test]
fn the_same_answers_with_and_without() {
    let (mut asked, mut rewritten, mut answered, mut refused) = (0, 0, 0, 0);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        failure_persistence: None,
        max_global_rejects: 100_000,
        ..ProptestConfig::default()
    });
    let counts = std::cell::RefCell::new((&mut asked, &mut rewritten, &mut answered, &mut refused));
    runner
        .run(
            &(graph(), prop::collection::vec((form(), prop_oneof![group(), at_the_edge()]), 16)),
            |(graph, groups)| {
                let store = store(&graph);
                for ((head, tail), group) in groups {
                    let query = format!("{head} {group} {tail}");
                    let mut counts = counts.borrow_mut();
                    let Ok(expected) = rows(&store, &query, true) else {
                        *counts.3 += 1;
                        continue;
                    };
                    let question = Question::parse("random", &query).unwrap();
                    let explained = store.explain(&question, &[]).unwrap().absences;
                    *counts.0 += 1;
                    let changes =
                        explained.iter().filter(|absence: &&Absence| absence.outcome.is_ok()).count();
                    *counts.1 += usize::from(changes > 0);
                    *counts.2 += usize::from(changes > 0 && !expected.is_empty());
                    let found = rows(&store, &query, false).unwrap();
                    let mut said = String::new();
                    for absence in &explained {
                        writeln!(said, "{absence}").unwrap();
                    }
                    prop_assert_eq!(found, expected, "{}\n{}\n{}", query, graph, said);
                }
                Ok(())
            },
        )
        .unwrap();
    let _ = counts;
    // Otherwise nothing was tried.
    assert!(rewritten * 10 > asked && answered * 40 > asked, "{asked} {rewritten} {answered} {refused}");
}
