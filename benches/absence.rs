//! Absence in eight forms, as this program answers it and as Oxigraph answers the same text, in the same run.
//!
//! `cargo bench --bench absence`; `OVERSIGHT_BENCH=1,30` sets the sizes, in times 20,000 bodies, 5,000 overseers and
//! 60,000 links (default: 1), `OVERSIGHT_BENCH_LIMIT` the seconds after which a form is given up (default: 20), and
//! `OVERSIGHT_BENCH_FORMS=5,6` asks these alone. Each form is asked three times, and the quickest counts; what takes
//! longer than two seconds is asked once.

use oversight::model::Trust;
use oversight::rdf::{Source, documents};
use oversight::store::{Answer, Guard, Limit, Limits, Loading, Store, StoreError, guarded};
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

const FORMS: &[(&str, &str)] = &[
    (
        "OPTIONAL, COUNT, HAVING",
        "SELECT ?b { ?b a ov:Institution OPTIONAL { ?o ov:oversees ?b } } GROUP BY ?b HAVING(COUNT(?o) = 0)",
    ),
    ("MINUS", "SELECT ?b { ?b a ov:Institution MINUS { ?o ov:oversees ?b } }"),
    ("NOT EXISTS, one pattern", "SELECT ?b { ?b a ov:Institution FILTER NOT EXISTS { ?o ov:oversees ?b } }"),
    (
        "NOT EXISTS, two patterns",
        "SELECT ?b { ?b a ov:Institution FILTER NOT EXISTS { ?o ov:oversees ?b . ?o org:classification type:parliament } }",
    ),
    (
        "NOT EXISTS, oversees/partOf*",
        "SELECT ?b { ?b a ov:Institution FILTER NOT EXISTS { ?o ov:oversees/org:subOrganizationOf* ?b } }",
    ),
    (
        "NOT EXISTS, partOf* then oversees",
        "SELECT ?b { ?b a ov:Institution FILTER NOT EXISTS { ?b org:subOrganizationOf* ?a . ?o ov:oversees ?a } }",
    ),
    (
        "NOT EXISTS in NOT EXISTS",
        "SELECT ?b { ?b a ov:Institution FILTER EXISTS { ?o ov:oversees ?b } FILTER NOT EXISTS { ?o ov:oversees ?b \
         FILTER NOT EXISTS { ?e ov:appoints ?o . ?e org:classification type:government } } }",
    ),
    (
        "EXISTS in NOT EXISTS",
        "SELECT ?b { ?b a ov:Institution FILTER NOT EXISTS { ?o ov:oversees ?b \
         FILTER EXISTS { ?o org:classification ?t . ?t skos:broader type:independent } } }",
    ),
];

/// Writes `20_000 * times` bodies in trees, `5_000 * times` overseers, and `60_000 * times` links, a tenth of which
/// appoint an overseer, as N-Triples.
fn country(times: usize) -> String {
    const NS: &str = "https://w3id.org/oversight/";
    const OVERSEERS: &[&str] =
        &["parliament", "government", "ombuds-institution", "supreme-audit-institution", "court", "ngo"];
    let (bodies, overseers, links) = (20_000 * times, 5_000 * times, 60_000 * times);
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % below as u64).unwrap_or(0)
    };
    let mut text = String::new();
    let mut institution = |name: &str, kind: &str, parent: Option<usize>| {
        let s = format!("<{NS}id/xg/{name}>");
        let _ =
            writeln!(text, "{s} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{NS}ns#Institution> .");
        let _ = writeln!(text, "{s} <http://www.w3.org/2004/02/skos/core#prefLabel> \"{name}\"@en .");
        let _ = writeln!(text, "{s} <http://www.w3.org/ns/org#classification> <{NS}type/{kind}> .");
        let _ = writeln!(text, "{s} <{NS}ns#jurisdiction> <{NS}id/xg> .");
        if let Some(parent) = parent {
            let _ = writeln!(
                text,
                "{s} <http://www.w3.org/ns/org#subOrganizationOf> <{NS}id/xg/body-{parent}> ."
            );
        }
    };
    for body in 0..bodies {
        let parent = (body % 20 != 0).then(|| next(body));
        institution(&format!("body-{body}"), "police", parent);
    }
    for overseer in 0..overseers {
        institution(&format!("overseer-{overseer}"), OVERSEERS[overseer % OVERSEERS.len()], None);
    }
    for link in 0..links {
        let s = format!("<{NS}id/xg/link/link-{link}>");
        let overseer = next(overseers);
        let (overseen, mechanism) = if link % 10 == 0 {
            (format!("overseer-{}", next(overseers)), "appointment")
        } else {
            (format!("body-{}", next(bodies)), ["hearing", "inspection", "financial-audit"][link % 3])
        };
        let _ = writeln!(text, "{s} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{NS}ns#Control> .");
        let _ = writeln!(text, "{s} <{NS}ns#overseer> <{NS}id/xg/overseer-{overseer}> .");
        let _ = writeln!(text, "{s} <{NS}ns#overseen> <{NS}id/xg/{overseen}> .");
        let _ = writeln!(text, "{s} <{NS}ns#mechanism> <{NS}mechanism/{mechanism}> .");
        let _ = writeln!(text, "{s} <{NS}ns#status> <{NS}status/in-force> .");
    }
    text
}

/// How an answer was found: its rows in order, and the time it took; nothing where it took too long.
type Found = Option<(Vec<String>, Duration)>;

fn ask(store: &Arc<Store>, text: &'static str, as_written: bool, limit: Duration) -> Found {
    let mut best: Found = None;
    for _ in 0..3 {
        let store = Arc::clone(store);
        let start = Instant::now();
        let limits = Limits { time: Some(limit), ..Limits::NONE };
        let answer = guarded(limits, move |guard: &Guard| {
            let results = if as_written {
                store.query_as_written(text, guard)?
            } else {
                store.query_within(text, guard)?
            };
            store.answer(results, None, guard)
        });
        let took = start.elapsed();
        match answer {
            Ok(Answer::Rows(rows)) => {
                let mut rows: Vec<String> = rows.rows.iter().map(|row| row[0].text.clone()).collect();
                rows.sort_unstable();
                if best.as_ref().is_none_or(|(_, least)| took < *least) {
                    best = Some((rows, took));
                }
            }
            Err(StoreError::Limit(Limit::Time(_))) => return None,
            other => panic!("{text}: {other:?}"),
        }
        if took > Duration::from_secs(2) {
            break;
        }
    }
    best
}

fn shown(found: &Found, limit: Duration) -> String {
    match found {
        Some((_, took)) => format!("{:.3} s", took.as_secs_f64()),
        None => format!("> {} s", limit.as_secs()),
    }
}

#[expect(clippy::disallowed_methods, reason = "a benchmark is set up from outside")]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

#[expect(clippy::print_stdout, reason = "a benchmark says what it measured")]
fn main() {
    let sizes = setting("OVERSIGHT_BENCH").unwrap_or_else(|| "1".to_owned());
    let limit = setting("OVERSIGHT_BENCH_LIMIT").and_then(|s| s.parse().ok()).unwrap_or(20);
    let limit = Duration::from_secs(limit);
    let forms = setting("OVERSIGHT_BENCH_FORMS");
    let folder = tempfile::tempdir().expect("a temporary folder");
    for times in sizes.split(',').filter_map(|size| size.trim().parse().ok()) {
        let path = folder.path().join("grown.nt");
        std::fs::write(&path, country(times)).expect("a writable temporary folder");
        let sources = [Source::Shipped("ontology/".to_owned()), Source::Path(path)];
        let start = Instant::now();
        let loading = Loading::read(&documents(&sources).expect("the file just written")).expect("valid");
        let store = Store::new(loading, "2026-11-23".parse().expect("a day"), Trust::All).expect("memory");
        let store = Arc::new(store);
        println!("\n{times} times the size, loaded in {:.1} s\n", start.elapsed().as_secs_f64());
        println!("| form | rows | oversight | Oxigraph |\n|---|---:|---:|---:|");
        for (number, (name, text)) in FORMS.iter().enumerate() {
            if forms
                .as_ref()
                .is_some_and(|forms| !forms.split(',').any(|form| form == (number + 1).to_string()))
            {
                continue;
            }
            let ours = ask(&store, text, false, limit);
            let theirs = ask(&store, text, true, limit);
            if let (Some((ours, _)), Some((theirs, _))) = (&ours, &theirs) {
                assert_eq!(ours, theirs, "{name}");
            }
            let rows = ours.as_ref().map_or("?".to_owned(), |(rows, _)| rows.len().to_string());
            println!("| {name} | {rows} | {} | {} |", shown(&ours, limit), shown(&theirs, limit));
        }
    }
}
