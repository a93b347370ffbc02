//! Every shipped question on the shipped countries, as this program answers it and as Oxigraph answers the same query.
//!
//! `cargo bench --bench catalogue`. Ours is the whole way: values looked up, limits, reading, values put in, rewriting,
//! evaluation, all rows. Oxigraph's is its own reader and its evaluation of the query with the values written in. They
//! take turns, `OVERSIGHT_BENCH_TURNS` times (default: 41), and the quickest of each counts.

use oversight::model::Trust;
use oversight::rdf::{Source, documents};
use oversight::store::{Answer, Guard, Limits, Loading, Question, Store, StoreError, catalogue, guarded};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What a question that must be given something is given.
const GIVEN: &[(&str, &str, &str)] = &[
    ("binding-controls", "body", "ua/sbu"),
    ("bodies-without", "mechanism", "detention-monitoring"),
    ("changes-in-a-year", "year", "2018"),
    ("controllers", "body", "ua/sbu"),
    ("founded-or-dissolved", "year", "2015"),
    ("holders-of-mechanism", "mechanism", "hearing"),
    ("neighbourhood", "body", "ua/sbu"),
    ("norms-for-type", "type", "domestic-security-service"),
    ("rests-on-act", "act", "law-national-security-2018"),
    ("subordinates", "of", "ua/president"),
    ("superiors", "body", "ua/np-patrol-police"),
    ("where-to-complain", "body", "ua/national-police"),
];

/// Answers a question both ways in turns; returns the number of rows or lines, and the least time of each.
fn race(store: &Store, question: &Question, turns: u32) -> Result<(usize, [Duration; 2]), StoreError> {
    let guard = Guard::default();
    let given: Vec<(String, String)> = GIVEN
        .iter()
        .filter(|(id, ..)| *id == question.id)
        .map(|(_, name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let text = store.written_out(question, &given)?;
    let mut least = [Duration::MAX; 2];
    let mut number = 0;
    for turn in 0..turns {
        let mut answers = [None, None];
        // Who begins is not always the same.
        for way in [turn as usize % 2, 1 - turn as usize % 2] {
            let start = Instant::now();
            let results = if way == 0 {
                store.ask(question, &given, &guard)?
            } else {
                store.query_as_written(&text, &guard)?
            };
            let answer = store.answer(results, None, &guard)?;
            least[way] = least[way].min(start.elapsed());
            answers[way] = Some(answer);
        }
        assert_eq!(answers[0], answers[1], "{}", question.id);
        number = match &answers[0] {
            Some(Answer::Rows(rows)) => rows.rows.len(),
            Some(Answer::Turtle(text)) => text.split(|byte| *byte == b'\n').count(),
            _ => 1,
        };
    }
    Ok((number, least))
}

#[expect(clippy::disallowed_methods, reason = "a benchmark is set up from outside")]
fn turns() -> u32 {
    std::env::var("OVERSIGHT_BENCH_TURNS").ok().and_then(|n| n.parse().ok()).unwrap_or(41)
}

#[expect(clippy::print_stdout, reason = "a benchmark says what it measured")]
fn main() {
    let sources = ["ontology/", "data/"].map(|folder| Source::Shipped(folder.to_owned()));
    let loading = Loading::read(&documents(&sources).expect("shipped")).expect("valid");
    let store = Store::new(loading, "2026-11-23".parse().expect("a day"), Trust::All).expect("memory");
    let store = Arc::new(store);
    println!("| question | rows | oversight | Oxigraph | ratio |\n|---|---:|---:|---:|---:|");
    let (mut sums, mut worst) = ([0.0; 2], 0.0_f64);
    for question in catalogue().expect("shipped") {
        let raced = guarded(Limits::NONE, {
            let (store, question) = (Arc::clone(&store), question.clone());
            move |_| race(&store, &question, turns())
        });
        let (rows, least) = raced.unwrap_or_else(|error| panic!("{}: {error}", question.id));
        let [ours, theirs] = least.map(|time| time.as_secs_f64() * 1e3);
        sums = [sums[0] + ours, sums[1] + theirs];
        worst = worst.max(ours / theirs);
        println!("| `{}` | {rows} | {ours:.2} ms | {theirs:.2} ms | {:.2} |", question.id, ours / theirs);
    }
    println!("| all | | {:.1} ms | {:.1} ms | {:.2} |", sums[0], sums[1], sums[0] / sums[1]);
    println!("\nthe worst ratio: {worst:.2}");
}
