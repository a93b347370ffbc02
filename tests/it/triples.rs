//! The shipped files as plain triples, for tests that look past the model.

use oversight::rdf::{NamedOrBlankNode, Source, Term, documents, read};
use oversight::vocab::{rdf, skos};
use std::collections::HashMap;

/// Triples by subject, subjects in the order of the text.
#[derive(Debug, Default)]
pub(crate) struct Triples {
    subjects: Vec<String>,
    by_subject: HashMap<String, Vec<(String, Term)>>,
    /// How many there are.
    pub(crate) count: usize,
}

impl Triples {
    /// Reads the shipped Turtle files whose path begins with `prefix` and that `wanted` takes.
    pub(crate) fn shipped(prefix: &str, wanted: impl Fn(&str) -> bool) -> Self {
        let mut all = Self::default();
        let files = documents(&[Source::Shipped(prefix.to_owned())]).expect("shipped files are there");
        for file in files.iter().filter(|file| wanted(&file.name)) {
            read(file, |quad| all.add(node(&quad.subject), quad.predicate.as_str(), quad.object))
                .expect("shipped files parse");
        }
        all
    }

    fn add(&mut self, subject: String, predicate: &str, object: Term) {
        self.count += 1;
        let about = self.by_subject.entry(subject.clone()).or_default();
        if about.is_empty() {
            self.subjects.push(subject);
        }
        about.push((predicate.to_owned(), object));
    }

    /// All subjects.
    pub(crate) fn subjects(&self) -> impl Iterator<Item = &str> {
        self.subjects.iter().map(String::as_str)
    }

    /// The subjects of a class.
    pub(crate) fn of_class(&self, class: &str) -> impl Iterator<Item = &str> {
        self.subjects().filter(move |subject| self.has(subject, rdf::TYPE, class))
    }

    /// The concepts of a scheme, given by the namespace of its concepts.
    pub(crate) fn concepts<'a>(&'a self, namespace: &'a str) -> impl Iterator<Item = &'a str> {
        self.of_class(skos::CONCEPT).filter(move |subject| subject.starts_with(namespace))
    }

    /// Predicates and objects of a subject.
    pub(crate) fn about(&self, subject: &str) -> &[(String, Term)] {
        self.by_subject.get(subject).map_or(&[], Vec::as_slice)
    }

    /// The objects of a property.
    pub(crate) fn objects(&self, subject: &str, property: &str) -> impl Iterator<Item = &Term> {
        self.about(subject).iter().filter(move |(p, _)| p == property).map(|(_, object)| object)
    }

    /// The objects of a property that are IRIs or blank nodes.
    pub(crate) fn nodes(&self, subject: &str, property: &str) -> Vec<String> {
        self.objects(subject, property).filter_map(term_node).collect()
    }

    /// Whether a property has this IRI as a value.
    pub(crate) fn has(&self, subject: &str, property: &str, iri: &str) -> bool {
        self.nodes(subject, property).iter().any(|node| node == iri)
    }

    /// The text of a property in a language, or without one for the empty tag.
    pub(crate) fn text<'a>(&'a self, subject: &str, property: &str, language: &str) -> Option<&'a str> {
        self.about(subject).iter().filter(|(p, _)| p == property).find_map(|(_, object)| match object {
            Term::Literal(text) if text.language().unwrap_or("") == language => Some(text.value()),
            _ => None,
        })
    }
}

fn node(subject: &NamedOrBlankNode) -> String {
    match subject {
        NamedOrBlankNode::NamedNode(iri) => iri.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(blank) => blank.to_string(),
    }
}

fn term_node(term: &Term) -> Option<String> {
    match term {
        Term::NamedNode(iri) => Some(iri.as_str().to_owned()),
        Term::BlankNode(blank) => Some(blank.to_string()),
        Term::Literal(_) => None,
    }
}
