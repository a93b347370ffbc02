//! From checked cells to RDF terms, from terms to a file.

use crate::rdf::{Literal, NamedNode, PrefixError, Term, Triple, turtle};
use crate::vocab::{self, rdf, xsd};
use std::collections::BTreeSet;

/// Makes an IRI from a namespace of ours and a local name that has been checked.
pub(super) fn iri(namespace: &str, local: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{namespace}{local}"))
}

/// A text without language, if there is any.
pub(super) fn plain(text: &str) -> Option<Literal> {
    (!text.is_empty()).then(|| Literal::new_simple_literal(text))
}

/// An English text, if there is any.
pub(super) fn english(text: &str) -> Option<Literal> {
    tagged(text, "en")
}

/// A text in a language whose tag has been checked, if there is any.
pub(super) fn tagged(text: &str, language: &str) -> Option<Literal> {
    (!text.is_empty()).then(|| Literal::new_language_tagged_literal_unchecked(text, language.to_lowercase()))
}

/// A checked date, typed by its precision.
pub(super) fn date(text: &str) -> Literal {
    let datatype = match text.len() {
        4 => xsd::G_YEAR,
        7 => xsd::G_YEAR_MONTH,
        _ => xsd::DATE,
    };
    Literal::new_typed_literal(text, iri(datatype, ""))
}

/// The triples of a file under construction, one subject after the other.
#[derive(Debug, Default)]
pub(super) struct Triples(Vec<Triple>);

impl Triples {
    /// Begins a subject with its class.
    pub(super) fn subject(&mut self, subject: NamedNode, class: &str) -> Subject<'_> {
        let mut subject = Subject { subject, triples: self };
        subject.each(rdf::TYPE, [iri(class, "")]);
        subject
    }

    /// Adds the subjects of `other` at the end.
    pub(super) fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Writes the file, with those prefixes, of the general ones and of `more`, that its IRIs use.
    ///
    /// # Errors
    /// [`PrefixError`] if one of `more` is no IRI.
    pub(super) fn write(&self, header: &str, more: &[(String, String)]) -> Result<String, PrefixError> {
        let used: BTreeSet<&str> = self.0.iter().flat_map(iris).map(namespace).collect();
        let more = more.iter().map(|(prefix, namespace)| (prefix.as_str(), namespace.as_str()));
        let mut prefixes: Vec<(&str, &str)> = vocab::PREFIXES.to_vec();
        // A country whose code is a general prefix (`id`) goes without one.
        prefixes.extend(more.filter(|(prefix, _)| vocab::PREFIXES.iter().all(|(taken, _)| taken != prefix)));
        prefixes.retain(|(_, namespace)| used.contains(namespace));
        turtle(header, &prefixes, &self.0)
    }
}

/// Adds to one subject of [`Triples`].
#[derive(Debug)]
pub(super) struct Subject<'t> {
    subject: NamedNode,
    triples: &'t mut Triples,
}

impl Subject<'_> {
    /// Adds a triple for each object; an `Option` adds one or none.
    pub(super) fn each<T: Into<Term>>(
        &mut self,
        predicate: &str,
        objects: impl IntoIterator<Item = T>,
    ) -> &mut Self {
        let objects = objects.into_iter();
        self.triples.0.extend(objects.map(|o| Triple::new(self.subject.clone(), iri(predicate, ""), o)));
        self
    }

    /// Adds a triple for each concept, given by its slug.
    pub(super) fn concepts<'s>(
        &mut self,
        predicate: &str,
        scheme: &str,
        slugs: impl IntoIterator<Item = &'s str>,
    ) -> &mut Self {
        self.each(predicate, slugs.into_iter().map(|slug| iri(scheme, slug)))
    }

    /// Adds a boolean.
    pub(super) fn flag(&mut self, predicate: &str, value: bool) -> &mut Self {
        self.each(predicate, [Literal::from(value)])
    }
}

/// The IRIs of a triple that a prefix may shorten.
fn iris(triple: &Triple) -> Vec<&str> {
    let mut iris = vec![triple.predicate.as_str()];
    if let crate::rdf::NamedOrBlankNode::NamedNode(subject) = &triple.subject {
        iris.push(subject.as_str());
    }
    match &triple.object {
        Term::NamedNode(object) => iris.push(object.as_str()),
        // Turtle writes booleans and integers bare.
        Term::Literal(literal) if ![xsd::BOOLEAN, xsd::INTEGER].contains(&literal.datatype().as_str()) => {
            iris.push(literal.datatype().as_str());
        }
        _ => {}
    }
    iris.retain(|iri| ![rdf::TYPE, rdf::LANG_STRING, xsd::STRING].contains(iri));
    iris
}

fn namespace(iri: &str) -> &str {
    &iri[..iri.len() - vocab::slug(iri).len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_prefixes_in_use_are_written() {
        let mut triples = Triples::default();
        let more = [("xx".to_owned(), "https://w3id.org/oversight/id/xx/".to_owned())];
        triples
            .subject(iri(&more[0].1, "a"), vocab::ov::INSTITUTION)
            .each(vocab::skos::PREF_LABEL, english("A \"b\""))
            .each(vocab::dcterms::SOURCE, plain(""))
            .flag(vocab::ov::VERIFIED, true);
        let text = triples.write("made by a test", &more).unwrap();
        assert_eq!(
            text,
            "# made by a test\n@prefix ov: <https://w3id.org/oversight/ns#> .\n\
             @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
             @prefix xx: <https://w3id.org/oversight/id/xx/> .\n\n\
             xx:a a ov:Institution ;\n    skos:prefLabel \"A \\\"b\\\"\"@en ;\n    ov:verified true .\n"
        );
    }
}
