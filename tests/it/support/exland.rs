//! The made-up country Exland: its files, its graph, and Turtle beside it.
#![expect(clippy::unwrap_used, reason = "a fixture that cannot be read fails the test")]

use oversight::model::{Builder, Graph, Norm, load};
use oversight::rdf::{Document, Quad, Source, documents, read};
use std::path::PathBuf;

/// Every norm of the fixture begins so; the shipped norms do not.
pub(crate) const NORMS: &str = "XL-";

/// The fixture's folder.
pub(crate) fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/exland"))
}

/// The documents of the fixture.
pub(crate) fn fixture() -> Vec<Document> {
    documents(&[Source::Path(folder())]).unwrap()
}

/// The documents of the shipped ontology.
pub(crate) fn ontology() -> Vec<Document> {
    documents(&[Source::Shipped("ontology/".into())]).unwrap()
}

/// The shipped concept schemes alone: all that a graph needs to be read.
pub(crate) fn schemes() -> Vec<Document> {
    documents(&[Source::Shipped("ontology/schemes/".into())]).unwrap()
}

/// Exland under the shipped ontology.
pub(crate) fn graph() -> Graph {
    let mut all = ontology();
    all.extend(fixture());
    load(&all).unwrap()
}

/// The fixture's norms, by id.
pub(crate) fn norms(graph: &Graph) -> Vec<&Norm> {
    graph.norms.iter().filter(|norm| norm.id.starts_with(NORMS)).collect()
}

/// All triples of some documents.
pub(crate) fn quads(documents: &[Document]) -> Vec<Quad> {
    let mut quads = Vec::new();
    for document in documents {
        read(document, |quad| quads.push(quad)).unwrap();
    }
    quads
}

/// The graph of some triples, as if they stood in one document.
pub(crate) fn built(quads: impl IntoIterator<Item = Quad>) -> Graph {
    let mut builder = Builder::new();
    builder.begin("triples");
    for quad in quads {
        builder.add(&quad);
    }
    builder.finish()
}

/// The prefixes that short Turtle in tests uses.
pub(crate) const PREFIXES: &str = "\
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix effect: <https://w3id.org/oversight/effect/> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix id: <https://w3id.org/oversight/id/> .
@prefix limit: <https://w3id.org/oversight/limit/> .
@prefix link: <https://w3id.org/oversight/id/xl/link/> .
@prefix mechanism: <https://w3id.org/oversight/mechanism/> .
@prefix norm: <https://w3id.org/oversight/norm/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix ov: <https://w3id.org/oversight/ns#> .
@prefix power: <https://w3id.org/oversight/power/> .
@prefix schema: <https://schema.org/> .
@prefix severity: <https://w3id.org/oversight/severity/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix status: <https://w3id.org/oversight/status/> .
@prefix type: <https://w3id.org/oversight/type/> .
@prefix xl: <https://w3id.org/oversight/id/xl/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
";
