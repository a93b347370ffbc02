//! Building the graph, beside parsing the same text and throwing the triples away.
//!
//! `cargo bench --bench graph`; with `OVERSIGHT_BENCH_LINKS` the size can be set (default: 3.4 million triples).

mod support;

use criterion::{Criterion, criterion_group, criterion_main};
use oversight::model::{Trust, World, load};
use oversight::rdf::{Source, documents, read};
use std::hint::black_box;

fn graph(criterion: &mut Criterion) {
    #[expect(clippy::disallowed_methods, reason = "a benchmark is set up from outside")]
    let links = std::env::var("OVERSIGHT_BENCH_LINKS").ok().and_then(|n| n.parse().ok()).unwrap_or(280_000);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("grown.nt");
    std::fs::write(&path, support::grown_country(links)).expect("a writable temporary folder");
    let grown = documents(&[Source::Path(path)]).expect("the file just written");
    let with_ontology =
        documents(&[Source::Shipped("ontology/".to_owned()), Source::Shipped("data/ua/".to_owned())])
            .expect("shipped data");

    let mut group = criterion.benchmark_group(format!("n-triples of {links} links"));
    group.sample_size(10);
    group.bench_function("parse and drop", |b| {
        b.iter(|| {
            let mut count = 0_usize;
            read(&grown[0], |quad| count += black_box(quad).predicate.as_str().len()).expect("valid");
            count
        });
    });
    group.bench_function("parse and build the graph", |b| {
        b.iter(|| load(&grown).expect("valid").problems.len());
    });
    group.finish();

    let shipped = documents(&[Source::Shipped("ontology/".to_owned()), Source::Shipped("data/".to_owned())])
        .expect("shipped data");
    let mut group = criterion.benchmark_group("all shipped data");
    group.bench_function("load", |b| b.iter(|| load(&shipped).expect("valid").network.edge_count()));
    group.finish();

    let mut group = criterion.benchmark_group("shipped Ukraine");
    group.bench_function("load", |b| b.iter(|| load(&with_ontology).expect("valid").network.edge_count()));
    let graph = load(&with_ontology).expect("valid");
    let norms: Vec<_> = graph.norms.iter().collect();
    let day = "2026-11-23".parse().expect("a day");
    group.bench_function("evaluate all norms", |b| {
        b.iter(|| oversight::gaps::evaluate(&World::new(&graph, day, Trust::All), &norms).len());
    });
    group.finish();
}

criterion_group!(benches, graph);
criterion_main!(benches);
