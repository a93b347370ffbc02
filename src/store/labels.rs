//! Names beside IRIs.

use super::Store;
use crate::model::in_language;
use crate::vocab::{dcterms, eli, rdfs, skos};
use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use oxigraph::sparql::QuerySolution;

/// Properties that name a thing, the best first.
const NAMES: &[&str] = &[skos::PREF_LABEL, eli::TITLE, dcterms::TITLE, rdfs::LABEL, eli::NUMBER];

/// A name: which of [`NAMES`] gives it, its language in small letters, the name itself.
pub(super) type Name = (usize, Option<String>, String);

impl Store {
    /// Returns the name of what has this IRI in `language`, or what [`in_language`] falls back to; nothing where the
    /// data give no name.
    pub fn label(&self, iri: &str, language: &str) -> Option<String> {
        let subject = NamedNodeRef::new(iri).ok()?;
        NAMES.iter().enumerate().find_map(|(rank, property)| {
            let property = NamedNodeRef::new_unchecked(property);
            let quads =
                self.oxigraph.quads_for_pattern(Some(subject.into()), Some(property), None, None).flatten();
            best(quads.filter_map(|quad| name(rank, &quad.object)).collect(), language)
        })
    }
}

/// Returns the best of the names of one thing.
pub(super) fn best(mut names: Vec<Name>, language: &str) -> Option<String> {
    names.sort_unstable();
    let first = names.first()?.0;
    let tagged =
        names.iter().filter(|(rank, ..)| *rank == first).map(|(_, tag, name)| (tag.as_deref(), name));
    in_language(tagged, language).cloned()
}

/// Returns the name that a triple with this property and object gives its subject.
pub(super) fn of(property: &NamedNode, object: &Term) -> Option<Name> {
    name(NAMES.iter().position(|name| *name == property.as_str())?, object)
}

fn name(rank: usize, term: &Term) -> Option<Name> {
    match term {
        Term::Literal(name) => Some((rank, name.language().map(str::to_lowercase), name.value().to_owned())),
        _ => None,
    }
}

/// Returns a query for all names of these IRIs, which stand in angle brackets.
pub(super) fn query(iris: &[String]) -> String {
    let properties: Vec<String> = NAMES.iter().map(|property| format!("<{property}>")).collect();
    format!(
        "SELECT ?s ?p ?o WHERE {{ VALUES ?s {{ {} }} ?s ?p ?o . FILTER(?p IN ({})) }}",
        iris.join(" "),
        properties.join(", ")
    )
}

/// Returns what a row of [`query`] says.
pub(super) fn of_row(row: &QuerySolution) -> Option<(String, Name)> {
    let (Some(Term::NamedNode(subject)), Some(Term::NamedNode(property))) = (row.get("s"), row.get("p"))
    else {
        return None;
    };
    Some((subject.as_str().to_owned(), of(property, row.get("o")?)?))
}
