//! Tests of RDF syntaxes: what must be read, what must be refused, and what it must be read as.

use super::Outcome;
use super::manifest::{Test, document};
use oversight::rdf::{RdfError, read};
use oxrdf::Dataset;
use oxrdf::dataset::CanonicalizationAlgorithm;
use std::path::Path;

pub(super) fn run(test: &Test, folder: &Path) -> Outcome {
    let kind = test.kind.rsplit('#').next().unwrap();
    let action = test.action.as_ref().unwrap();
    // The suites are made for the place where they are published.
    let name = action.strip_prefix(folder).unwrap().display();
    let found = quads(action, &format!("https://w3c.github.io/rdf-tests/{name}"));
    if kind.contains("Negative") {
        return match found {
            Err(_) => Outcome::Passed,
            Ok(_) => Outcome::Failed("it was read".to_owned()),
        };
    }
    let mut found = match found {
        Ok(found) => found,
        Err(error) => return Outcome::Failed(error.to_string()),
    };
    if kind.contains("PositiveSyntax") {
        return Outcome::Passed;
    }
    let mut expected = quads(test.result.as_ref().unwrap(), "urn:base").unwrap();
    found.canonicalize(CanonicalizationAlgorithm::Unstable);
    expected.canonicalize(CanonicalizationAlgorithm::Unstable);
    if found == expected {
        Outcome::Passed
    } else {
        Outcome::Failed(format!("{found}\nexpected\n{expected}"))
    }
}

fn quads(path: &Path, base: &str) -> Result<Dataset, RdfError> {
    let mut document = document(path);
    base.clone_into(&mut document.graph);
    let mut quads = Dataset::new();
    read(&document, |quad| {
        quads.insert(&quad);
    })?;
    Ok(quads)
}
