//! Runs the W3C suites that bear on us, where they are there, and counts in `docs/conformance.md`.
//!
//! The suites are looked for in `../shared/suites/rdf-tests`, beside the checkout. What fails is in a list with its
//! reason; a failure that is not listed and a listed one that passes both fail the test.
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "helpers of tests may fail loudly, or say that they skip"
)]

mod exceptions;
mod manifest;
mod rdf;
mod sparql;

use crate::support::bless::hold;
use manifest::Test;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// How a test ended: passed, failed with a message, or is none for us.
pub(crate) enum Outcome {
    Passed,
    Failed(String),
    Other,
}

fn suites() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/suites/rdf-tests");
    if let Ok(folder) = folder.canonicalize() {
        Some(folder)
    } else {
        eprintln!("skipped: the W3C suites are not in ../shared/suites/rdf-tests");
        None
    }
}

/// Suites as the page lists them: title and manifest.
const SUITES: &[(&str, &str)] = &[
    ("RDF 1.1 N-Triples", "rdf/rdf11/rdf-n-triples/manifest.ttl"),
    ("RDF 1.1 N-Quads", "rdf/rdf11/rdf-n-quads/manifest.ttl"),
    ("RDF 1.1 Turtle", "rdf/rdf11/rdf-turtle/manifest.ttl"),
    ("RDF 1.1 TriG", "rdf/rdf11/rdf-trig/manifest.ttl"),
    ("RDF 1.1 XML", "rdf/rdf11/rdf-xml/manifest.ttl"),
    ("SPARQL 1.0 syntax", "sparql/sparql10/manifest-syntax.ttl"),
    ("SPARQL 1.0 evaluation", "sparql/sparql10/manifest-evaluation.ttl"),
    ("SPARQL 1.1 query", "sparql/sparql11/manifest-sparql11-query.ttl"),
    ("SPARQL 1.1 results", "sparql/sparql11/manifest-sparql11-results.ttl"),
    ("SPARQL 1.1 federation, syntax", "sparql/sparql11/syntax-fed/manifest.ttl"),
];

#[test]
fn the_w3c_suites() {
    let Some(folder) = suites() else { return };
    let mut faults = Vec::new();
    let mut listed: BTreeMap<&str, &str> = exceptions::KNOWN.iter().copied().collect();
    assert_eq!(listed.len(), exceptions::KNOWN.len(), "an exception is listed twice");
    let mut rows = String::new();
    let mut reasons: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (title, manifest) in SUITES {
        let (mut passed, mut failed, mut other) = (0, 0, 0);
        for test in manifest::tests(&folder.join(manifest)) {
            let id = test.id(&folder);
            let outcome = run(&test, &folder);
            match (outcome, listed.remove(id.as_str())) {
                (Outcome::Other, None) => other += 1,
                (Outcome::Passed, None) => passed += 1,
                (Outcome::Failed(_), Some(reason)) => {
                    failed += 1;
                    reasons.entry(reason).or_default().push(id);
                }
                (Outcome::Failed(message), None) => faults.push(format!("{id}: {message:.600}")),
                (Outcome::Passed | Outcome::Other, Some(_)) => {
                    faults.push(format!("{id} passes, or is none for us"));
                }
            }
        }
        assert!(passed > 2, "{title}: was anything found?");
        writeln!(rows, "| {title} | {passed} | {failed} | {other} |").unwrap();
    }
    faults.extend(listed.keys().map(|id| format!("{id} is listed, and is no test")));
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
    hold("docs/conformance.md", &page(&rows, &reasons));
}

fn run(test: &Test, folder: &Path) -> Outcome {
    if test.kind.starts_with("http://www.w3.org/ns/rdftest#") {
        rdf::run(test, folder)
    } else {
        sparql::run(test)
    }
}

fn page(rows: &str, reasons: &BTreeMap<&str, Vec<String>>) -> String {
    let mut page = format!(
        "# Conformance\n\n<!-- Written by tests/it/conformance; OVERSIGHT_BLESS=1 cargo test --test it conformance writes it anew. -->\n\n\
         The W3C suites that bear on us (w3c/rdf-tests), through our own reading, its limits, and the rewriting of absence: RDF by the\n\
         reader of every command, queries as `oversight query` asks them, results written as JSON, triples as N-Triples and read back.\n\n\
         | suite | passed | known exceptions | not for us |\n|---|---:|---:|---:|\n{rows}\n\
         *Not for us* are tests of updates and of other things than reading and asking.\n\n## Known exceptions\n\n"
    );
    if reasons.is_empty() {
        page.push_str("None.\n");
    }
    for (reason, tests) in reasons {
        writeln!(
            page,
            "- {reason}: {}.",
            tests.iter().map(|t| format!("`{t}`")).collect::<Vec<_>>().join(", ")
        )
        .unwrap();
    }
    page
}
