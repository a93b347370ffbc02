//! Drawing: every view of Ukraine, and the map of a country of 5,000 bodies and 20,000 links, each written as SVG.
//!
//! `cargo bench --bench draw`. What is asked for: Ukraine's every view in less than 200 ms, the large map in less than 2 s.

mod support;

use criterion::{Criterion, criterion_group, criterion_main};
use oversight::change;
use oversight::diagram::compare::{CompareView, Rows};
use oversight::diagram::matrix::{Columns, MatrixView};
use oversight::diagram::timeline::TimelineView;
use oversight::diagram::{About, Expand, GapView, body, chain, compare, gaps, map, matrix, timeline};
use oversight::gaps::evaluate;
use oversight::model::{Graph, Trust, World, load};
use oversight::rdf::{Source, documents};
use std::hint::black_box;

const DAY: &str = "2026-11-23";
/// Four links a body.
const LINKS: usize = 20_000;

fn shipped() -> Graph {
    let sources = ["ontology/", "data/ua/"].map(|prefix| Source::Shipped(prefix.to_owned()));
    load(&documents(&sources).expect("shipped data")).expect("shipped data")
}

fn grown() -> Graph {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("grown.nt");
    std::fs::write(&path, support::grown_country(LINKS)).expect("a writable temporary folder");
    let sources = [Source::Shipped("ontology/".to_owned()), Source::Path(path)];
    load(&documents(&sources).expect("the file just written")).expect("sound data")
}

fn draw(criterion: &mut Criterion) {
    let about = About { title: "Ukraine".to_owned(), ..About::default() };
    let graph = shipped();
    let world = World::new(&graph, DAY.parse().expect("a day"), Trust::All);
    let norms: Vec<_> = graph.norms.iter().collect();
    let id = graph.find("https://w3id.org/oversight/id/ua/sbu").expect("a shipped body");
    let mut group = criterion.benchmark_group("Ukraine");
    group.sample_size(20);
    let findings = evaluate(&world, &norms);
    group.bench_function("map", |b| b.iter(|| black_box(map(&world, &about, &Expand::default()).to_svg())));
    group.bench_function("gaps", |b| {
        b.iter(|| black_box(gaps(&world, &findings, &GapView::default()).scene().to_svg()));
    });
    group.bench_function("body", |b| {
        b.iter(|| black_box(body(&world, &about, id, &Expand::default()).to_svg()));
    });
    group.bench_function("chain", |b| b.iter(|| black_box(chain(&world, &about, id).to_svg())));
    for columns in Columns::ALL {
        group.bench_function(format!("matrix of {}", columns.slug()), |b| {
            let view = MatrixView { columns: *columns, expand: false };
            b.iter(|| black_box(matrix::draw(&world, &findings, &about, view).to_svg()));
        });
    }
    group.bench_function("timeline", |b| {
        b.iter(|| {
            let line = change::timeline(&world, &norms, None);
            black_box(timeline::draw(&world, &line, &about, TimelineView::default()).to_svg())
        });
    });
    let countries = graph.institutions().find_map(|(_, body)| body.country).into_iter().collect();
    let view = CompareView { countries, rows: Rows::Norms, trust: Trust::All };
    group.bench_function("compare", |b| {
        b.iter(|| black_box(compare::draw(&world, &findings, &norms, &about, &view).to_svg()));
    });
    group.finish();

    let graph = grown();
    let world = World::new(&graph, DAY.parse().expect("a day"), Trust::All);
    let mut group = criterion.benchmark_group("5,000 bodies");
    group.sample_size(10);
    group.bench_function("map", |b| b.iter(|| black_box(map(&world, &about, &Expand::default()).to_svg())));
    group.finish();
}

criterion_group!(benches, draw);
criterion_main!(benches);
