//! What the readers of tables make of our exports: `tests/export/read_tables.py`, of data that are kind and hostile.

#![expect(clippy::unwrap_used, reason = "a test fails where something is not there")]

use crate::export_readers::{Place, hostile_data, run};
use crate::shipped::graph;
use crate::support::tools::python;
use oversight::export::{Format, Period, Selection, View};
use oversight::gaps::evaluate;
use oversight::model::{Graph, Norm, Trust, World, load};
use oversight::rdf::{Source, documents};
use oversight::report::FindingRecord;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// The formats of tables.
const TABLES: &[&str] = &["csv", "xlsx", "parquet", "arrow", "sqlite"];

/// Exports everything on record into `folder` in every format, beside `truth.json`.
fn export_all(folder: &Path, graph: &Graph, day: &str) {
    let world = World::new(graph, day.parse().unwrap(), Trust::All);
    let norms: Vec<&Norm> = graph.norms.iter().collect();
    let write = |id: &str, name: &str, exact: bool| {
        let mut selection = Selection::all(Period::AllTime, "en");
        selection.exact = exact;
        let view = View::new(&world, &selection, Some(evaluate(&world, &norms)));
        let format = Format::of_id(id).unwrap();
        let path = folder.join(name);
        let file = (!format.several).then(|| fs::File::create(&path).unwrap());
        let loss = format.write(&view, &mut Place { path, file }).unwrap();
        fs::write(folder.join(format!("{name}.loss.json")), loss.report(format, &view).to_string()).unwrap();
    };
    write("node-link", "node-link", true);
    for id in TABLES.iter().filter(|id| Format::of_id(id).unwrap().missing_feature().is_none()) {
        write(id, id, false);
    }
    write("csv", "csv-exact", true);
    let findings = evaluate(&world, &norms);
    let findings: Vec<FindingRecord> = findings.iter().map(|f| FindingRecord::new(&world, f)).collect();
    let acts: Vec<Value> = graph
        .acts
        .iter()
        .map(|act| {
            let title = act.titles.pick(&graph.texts, "en").map(|text| graph.text(text));
            json!({"id": graph.text(act.iri), "title": title, "adopted": act.adopted.map(|date| date.to_string())})
        })
        .collect();
    fs::write(folder.join("truth.json"), json!({"findings": findings, "acts": acts}).to_string()).unwrap();
}

/// Holds every file against what went in, and returns how many nodes there are.
fn read_all(folder: &Path) -> Option<Value> {
    let arguments = ["tests/export/read_tables.py", folder.to_str().unwrap()];
    Some(serde_json::from_str(&run(&python()?, &arguments)).unwrap())
}

#[test]
fn tables_hold_a_country_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    export_all(folder.path(), &graph(&["data/no/"]), "2026-11-23");
    if let Some(read) = read_all(folder.path()) {
        assert!(read["nodes"].as_u64().unwrap() > 50 && read["findings"].as_u64().unwrap() > 50, "{read}");
    }
}

#[test]
fn tables_hold_hostile_texts_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data.ttl");
    fs::write(&data, hostile_data()).unwrap();
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    let sources = documents(&[Source::Shipped("ontology/".to_owned()), Source::Path(data)]).unwrap();
    export_all(&out, &load(&sources).unwrap(), "2024-06-01");
    // No cell of the form for spreadsheets runs as a formula.
    for table in ["nodes", "edges", "acts"] {
        let text = fs::read_to_string(out.join(format!("csv/{table}.csv"))).unwrap();
        let text = text.strip_prefix('\u{feff}').unwrap();
        for row in csv::Reader::from_reader(text.as_bytes()).records() {
            for cell in &row.unwrap() {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
            }
        }
    }
    if let Some(read) = read_all(&out) {
        assert!(read["guarded"].as_u64().unwrap() > 50, "{read}");
    }
}
