//! Data of others into Turtle: golden files, and what is told of what does not fit.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use crate::import::words;
use crate::support;
use oversight::import::{Country, ImportError, Imported, sfm, wikidata};
use oversight::model::load;
use oversight::rdf::{Source, documents};
use oversight::store::check::{Checks, Level};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn exilia() -> Country {
    Country { code: "xx".to_owned(), language: "en".to_owned(), name_en: "Exilia".to_owned() }
}

/// Holds the Turtle and what is told against the golden files, and the Turtle against the model.
fn assert_golden(imported: &Imported, golden: &str) {
    let [(_, text)] = imported.files.as_slice() else { panic!("one file") };
    support::bless::hold(&format!("tests/fixtures/{golden}.ttl"), text);
    support::bless::hold(&format!("tests/fixtures/{golden}.txt"), &(imported.told.join("\n") + "\n"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.ttl");
    fs::write(&path, text).unwrap();
    let sources = [Source::Shipped("ontology/".to_owned()), Source::Path(path)];
    let graph = load(&documents(&sources).unwrap()).unwrap();
    assert!(graph.problems.is_empty(), "{:#?}", graph.problems);
    assert!(graph.network.node_weights().all(|body| !body.verified));
    assert!(graph.network.edge_weights().all(|link| !link.verified));
    let count = |what: &str| imported.counts.iter().find(|(name, _)| *name == what).map_or(0, |(_, n)| *n);
    assert_eq!(graph.network.node_count(), count("institutions"));
    assert_eq!(graph.network.edge_count(), count("links"));
}

#[test]
fn research_tables_of_units_are_as_in_the_golden_files() {
    let sources = fixture("sfm/sources.csv");
    let imported = sfm(&fixture("sfm/units.tsv"), Some(&sources), &exilia(), Some("fr")).unwrap();
    assert_eq!(imported.counts, [("rows", 10), ("institutions", 8), ("links", 3)]);
    assert_golden(&imported, "sfm/golden/units");
}

#[test]
fn downloads_of_parentage_are_as_in_the_golden_files() {
    let imported = sfm(&fixture("sfm/parentage.csv"), None, &exilia(), None).unwrap();
    assert_eq!(imported.counts, [("rows", 2), ("institutions", 2), ("links", 1)]);
    assert_golden(&imported, "sfm/golden/parentage");
}

#[test]
fn results_of_wikidata_are_as_in_the_golden_files() {
    let imported = wikidata(&fixture("wikidata/results.json"), &exilia(), &words()).unwrap();
    assert_eq!(imported.counts, [("rows", 7), ("institutions", 4)]);
    assert_golden(&imported, "wikidata/golden/results");
}

/// The rules by which `oversight check` finds errors, and finds warnings, in what was imported.
fn checked(imported: &Imported) -> [BTreeSet<String>; 2] {
    let [(name, text)] = imported.files.as_slice() else { panic!("one file") };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    let documents = documents(&[Source::Shipped("ontology/".to_owned()), Source::Path(path)]).unwrap();
    let checks = Checks::new(&[]).unwrap();
    let issues = checks.run(&documents, &checks.profile()).unwrap();
    [Level::Error, Level::Warn].map(|level| {
        issues.iter().filter(|issue| issue.level == level).map(|issue| issue.rule.clone()).collect()
    })
}

#[test]
fn what_is_imported_from_others_can_be_used_and_the_check_says_what_lacks() {
    // A country that the ontology knows, with the same units.
    let country = Country { code: "is".to_owned(), ..exilia() };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("units.tsv");
    let units = fs::read_to_string(fixture("sfm/units.tsv")).unwrap();
    fs::write(&path, units.replace("\txx\t", "\tis\t")).unwrap();
    let imported = sfm(&path, Some(&fixture("sfm/sources.csv")), &country, Some("fr")).unwrap();
    assert_eq!(imported.counts, [("rows", 10), ("institutions", 8), ("links", 3)]);
    let [errors, warnings] = checked(&imported);
    assert!(errors.is_empty(), "{errors:?}");
    for rule in ["institution-without-type", "link-without-basis"] {
        assert!(warnings.contains(rule), "{rule}");
    }
    let imported = wikidata(&fixture("wikidata/results.json"), &country, &words()).unwrap();
    // One item has no label; a body without any name is of no use, and the import tells of it.
    let [errors, warnings] = checked(&imported);
    assert_eq!(errors, BTreeSet::from(["institution-without-name".to_owned()]));
    assert!(warnings.contains("institution-without-type"));
}

#[test]
fn the_order_of_rows_changes_no_statement() {
    let text = fs::read_to_string(fixture("wikidata/results.json")).unwrap();
    let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let rows = value["results"]["bindings"].as_array_mut().unwrap();
    rows.reverse();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("reversed.json");
    fs::write(&path, value.to_string()).unwrap();
    let before = wikidata(&fixture("wikidata/results.json"), &exilia(), &words()).unwrap();
    let after = wikidata(&path, &exilia(), &words()).unwrap();
    assert_eq!(before.files, after.files);
}

#[test]
fn what_is_no_such_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x");
    let write = |text: &[u8]| fs::write(&path, text).unwrap();
    for text in [
        "",
        "{}",
        "[1]",
        r#"{"head":{"vars":["a"]},"results":{"bindings":[]}}"#,
        r#"{"head":{},"boolean":true}"#,
    ] {
        write(text.as_bytes());
        assert!(matches!(wikidata(&path, &exilia(), &words()), Err(ImportError::Results { .. })), "{text}");
    }
    for (text, fault) in [
        (&b"unit:id:admin,name\na,b\n"[..], ":1: header `unit:name`: the column is missing"),
        (b"unit:id:admin,unit:name\na\n", ":2: cells `1`: the header has 2"),
        (b"unit:id:admin,unit:name\na,\xe9\n", ":1: text ``: not UTF-8"),
        (b"", ":1: header `unit:id:admin`: the column is missing"),
    ] {
        write(text);
        let error = sfm(&path, None, &exilia(), None).unwrap_err().to_string();
        assert!(error.contains(fault), "{error}");
    }
    let error =
        sfm(&fixture("sfm/units.tsv"), Some(&fixture("sfm/parentage.csv")), &exilia(), None).unwrap_err();
    assert!(error.to_string().contains("header `source:id:admin`: the column is missing"), "{error}");
    assert!(matches!(sfm(&folder.path().join("none"), None, &exilia(), None), Err(ImportError::Read { .. })));
}

#[test]
fn the_query_of_the_page_parses_and_asks_for_mapped_variables() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/import.md")).unwrap();
    let query = page.split("```sparql\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let parsed = spargebra::SparqlParser::new().parse_query(query).unwrap();
    let spargebra::Query::Select { pattern, .. } = parsed else { panic!("a SELECT") };
    let mut variables = Vec::new();
    pattern.on_in_scope_variable(|variable| variables.push(variable.as_str().to_owned()));
    variables.sort();
    variables.dedup();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("empty.json");
    let item = serde_json::json!({"type": "uri", "value": "http://www.wikidata.org/entity/Q1"});
    let answer = serde_json::json!({"head": {"vars": variables}, "results": {"bindings": [{"item": item}]}});
    fs::write(&path, answer.to_string()).unwrap();
    let imported = wikidata(&path, &exilia(), &words()).unwrap();
    let told = &imported.told;
    assert!(!told.iter().any(|line| line.contains("is not mapped")), "{told:?}");
    assert!(variables.len() > 10, "{variables:?}");
}
