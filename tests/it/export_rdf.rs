//! What readers of RDF make of our exports: the triples that went in, whatever the syntax.

#![expect(clippy::unwrap_used, reason = "a test fails where something is not there")]

use crate::export_readers::hostile_data;
use crate::support::tools::{python, run};
use assert_cmd::Command;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const SYNTAXES: [&str; 6] = ["turtle", "trig", "ntriples", "nquads", "rdfxml", "json-ld"];
const EXLAND: &str = "tests/fixtures/exland";
const OV: &str = "https://w3id.org/oversight/ns#";

fn export(arguments: &[&str]) -> (String, String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_oversight"));
    command.env_clear().current_dir(env!("CARGO_MANIFEST_DIR")).args(["export", "--as-of", "2024-06-01"]);
    let output = command.args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code())
}

/// Exports everything in every syntax, and holds what Python's readers find against the files themselves.
fn hold(from: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let source = from.to_str().unwrap();
    for id in SYNTAXES {
        let to = folder.path().join(id);
        let (_, said, code) =
            export(&["--from", source, "--all-time", "--to", id, "-o", to.to_str().unwrap(), "--loss"]);
        assert_eq!(code, Some(0), "{id}: {said}");
    }
    for (id, name) in [("nquads", "canonical"), ("ntriples", "canonical-triples")] {
        let to = folder.path().join(name);
        let (_, said, code) =
            export(&["--from", source, "--all-time", "--to", id, "--canonical", "-o", to.to_str().unwrap()]);
        assert_eq!(code, Some(0), "{id}: {said}");
    }
    let Some(python) = python() else { return };
    let read = run(&python, &["tests/export/read_rdf.py", folder.path().to_str().unwrap(), source]);
    let read: Value = serde_json::from_str(&read).unwrap();
    assert!(read["triples"].as_u64().unwrap() > 20, "{read}");
}

#[test]
fn every_syntax_holds_the_triples_of_the_data() {
    hold(Path::new(EXLAND));
}

#[test]
fn every_syntax_holds_hostile_texts_and_blank_nodes() {
    let folder = tempfile::tempdir().unwrap();
    let mut data = hostile_data();
    data.push_str(
        "id:b1 rdfs:seeAlso [ rdfs:label \"<>&\\r\\n\"@en ; rdfs:seeAlso _:x ] , _:x . _:x rdfs:seeAlso [ ] , true , 1.50 .\n\
         id:b2 a <urn:x:type> , \"a literal\" ; rdfs:comment <urn:x:y> ; ov:mechanism \"hearing\" ; org:classification _:x ;\n\
         schema:foundingDate \"no date\"^^xsd:date , \"1999-01-01\" ; ov:verified \"1\"^^xsd:boolean , \"x\"^^<urn:x:t> .\n\
         <urn:x:c> <urn:x:p> <urn:x:o> . <https://w3id.org/oversight/id///a> <urn:x:p> <https://w3id.org/oversight/ns#> .\n",
    );
    fs::write(folder.path().join("data.ttl"), data).unwrap();
    hold(folder.path());
}

/// The subjects of a class, in N-Triples.
fn of_class<'t>(triples: &'t str, class: &str) -> BTreeSet<&'t str> {
    let end = format!("> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{OV}{class}> .");
    triples.lines().filter_map(|line| line.strip_suffix(&end)?.strip_prefix('<')).collect()
}

fn objects<'t>(triples: &'t str, predicate: &str) -> BTreeSet<&'t str> {
    let between = format!("> <{OV}{predicate}> <");
    triples.lines().filter_map(|line| line.split_once(&between)?.1.strip_suffix("> .")).collect()
}

#[test]
fn a_selection_takes_records_and_what_they_rest_on() {
    for narrow in [&["--mechanism", "hearing"][..], &["--pillar", "justice"], &[]] {
        let of = |format| {
            let mut all = vec!["--from", EXLAND, "--to", format];
            all.extend(narrow);
            export(&all).0
        };
        let records: Value = serde_json::from_str(&of("node-link")).unwrap();
        let ids = |list: &str, key: &str| -> BTreeSet<String> {
            records[list].as_array().unwrap().iter().map(|r| r[key].as_str().unwrap().to_owned()).collect()
        };
        let triples = of("ntriples");
        let owned = |set: BTreeSet<&str>| set.into_iter().map(str::to_owned).collect::<BTreeSet<String>>();
        assert!(!ids("edges", "key").is_empty());
        assert_eq!(owned(of_class(&triples, "Control")), ids("edges", "key"), "{narrow:?}");
        assert_eq!(owned(of_class(&triples, "Institution")), ids("nodes", "id"), "{narrow:?}");
        let bases: BTreeSet<&str> =
            of_class(&triples, "Provision").union(&of_class(&triples, "LegalAct")).copied().collect();
        assert!(objects(&triples, "legalBasis").is_subset(&bases), "{narrow:?}");
        assert!(!of_class(&triples, "Survey").is_empty());
        // Powers that are granted are those of bodies written.
        assert!(owned(objects(&triples, "holder")).is_subset(&ids("nodes", "id")), "{narrow:?}");
    }
}

#[test]
fn derived_properties_are_those_of_links_in_force() {
    let (plain, ..) = export(&["--from", EXLAND, "--to", "nquads"]);
    let (with, ..) = export(&["--from", EXLAND, "--to", "nquads", "--derived"]);
    let more: BTreeSet<&str> = with.strip_prefix(plain.as_str()).unwrap().lines().collect();
    let (records, ..) = export(&["--from", EXLAND, "--to", "node-link"]);
    let records: Value = serde_json::from_str(&records).unwrap();
    let expected: BTreeSet<String> = records["edges"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|edge| edge["counts"] == "in-force")
        .map(|edge| {
            let end = |key: &str| edge[key].as_str().unwrap().to_owned();
            let graph = "https://w3id.org/oversight/graph/derived";
            format!("<{}> <{OV}oversees> <{}> <{graph}> .", end("source"), end("target"))
        })
        .collect();
    let oversees = more.iter().filter(|line| line.contains("ns#oversees>"));
    assert_eq!(oversees.map(|line| (*line).to_owned()).collect::<BTreeSet<_>>(), expected);
    assert!(more.len() > expected.len(), "verbs of mechanisms are there too");
}

#[test]
fn the_canonical_form_does_not_depend_on_order_or_names_of_blank_nodes() {
    let folder = tempfile::tempdir().unwrap();
    let of = |name: &str, lines: &[&str]| {
        let file = folder.path().join(format!("{name}.nt"));
        fs::write(&file, lines.join("\n")).unwrap();
        let from = file.to_str().unwrap();
        let (text, said, code) = export(&["--from", from, "--all-time", "--to", "ntriples", "--canonical"]);
        assert_eq!(code, Some(0), "{said}");
        text
    };
    let one = of("one", &["_:a <urn:x:p> _:b .", "_:b <urn:x:p> \"1\" .", "<urn:x:s> <urn:x:p> _:a ."]);
    let two = of("two", &["<urn:x:s> <urn:x:p> _:q .", "_:z <urn:x:p> \"1\" .", "_:q <urn:x:p> _:z ."]);
    assert_eq!(one, two);
    assert_eq!(one.lines().count(), 3, "{one}");
    let (_, said, code) = export(&["--from", EXLAND, "--to", "turtle", "--canonical"]);
    assert!(code == Some(2) && said.contains("has no canonical form"), "{said}");
    let (_, said, code) = export(&["--from", "-", "--to", "turtle"]);
    assert!(code == Some(2) && said.contains("standard input"), "{said}");
}
