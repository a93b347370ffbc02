//! The CONSTRUCT by which an endpoint gives what a graph is built from.

use crate::rdf::Construct;
use crate::vocab::{ID, dcat, dcterms, ov, rdf, scheme, skos};

/// The classes of the frame that links stand in.
const FRAME: &[&str] =
    &[ov::COUNTRY, ov::INSTITUTION, ov::LEGAL_ACT, ov::SURVEY, ov::NORM, ov::GUIDANCE_DOCUMENT];

/// The other classes.
const LINKS: &[&str] = &[ov::CONTROL, ov::PROVISION, ov::POWER_GRANT];

/// Returns a CONSTRUCT of all records that [`super::Builder`] reads, with all that is said of each.
///
/// Of data sets and concepts, of which an endpoint may hold many that are none of ours, only those of a country and of
/// our schemes. It is plain SPARQL 1.1 over the default graph, without anything to sort or group, so that engines can
/// stream it.
pub fn records() -> Construct {
    of(&kinds(&[FRAME, LINKS].concat()))
}

/// As [`records`], without links, provisions and grants of power, which are by far the most.
pub fn frame() -> Construct {
    of(&kinds(FRAME))
}

/// Returns a CONSTRUCT of links, provisions and grants of power: with [`frame`], [`records`].
pub fn links() -> Construct {
    of(&alternatives(LINKS).join("\n  UNION "))
}

/// Returns the pattern of the records of these classes, of data sets and of concepts.
fn kinds(classes: &[&str]) -> String {
    let mut kinds = alternatives(classes);
    kinds.push(format!(
        "{{ ?s <{}> <{}> ; <{}> ?of . FILTER(STRSTARTS(STR(?of), \"{ID}\")) }}",
        rdf::TYPE,
        dcat::DATASET,
        dcterms::SPATIAL
    ));
    // Concepts of ours by their own name or by that of their scheme.
    let ours = scheme::ROOT;
    let is_concept = format!("?s <{}> <{}>", rdf::TYPE, skos::CONCEPT);
    kinds.push(format!("{{ {is_concept} . FILTER(STRSTARTS(STR(?s), \"{ours}\")) }}"));
    kinds.push(format!("{{ ?s <{}> ?in . FILTER(STRSTARTS(STR(?in), \"{ours}\")) }}", skos::IN_SCHEME));
    kinds.join("\n  UNION ")
}

fn alternatives(classes: &[&str]) -> Vec<String> {
    classes.iter().map(|class| format!("{{ ?s <{}> <{class}> }}", rdf::TYPE)).collect()
}

/// Returns a CONSTRUCT of all that is said of each `?s` that `pattern` binds.
pub fn of(pattern: &str) -> Construct {
    let pattern = format!("{{\n  {pattern}\n  ?s ?p ?o .\n}}");
    Construct {
        text: format!("CONSTRUCT {{ ?s ?p ?o }} WHERE {pattern}"),
        count: Some(format!("SELECT (COUNT(*) AS ?n) WHERE {{ SELECT DISTINCT ?s ?p ?o WHERE {pattern} }}")),
    }
}
