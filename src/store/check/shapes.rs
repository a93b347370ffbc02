//! SHACL core, by the library `shacl-rust` (`docs/shacl.md` tells why that one).
//!
//! A result belongs to the rule that its shape's IRI names; one of a shape without an IRI belongs to the nearest
//! shape above it that has one.

use super::rules::plain;
use super::{CheckError, Fault, Level, Rule};
use crate::model::Tagged;
use crate::rdf::{Document, Quad, read};
use crate::vocab::{sh, shorten, slug};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{Graph, NamedNodeRef, NamedOrBlankNodeRef, TermRef, Triple};
use shacl_rust::diagnostics::{DiagnosticSeverity, lint_shapes};
use shacl_rust::validation::dataset::ValidationDataset;
use shacl_rust::validation::report::ValidationResult;
use shacl_rust::{PathElement, ShaclError, parse_shapes, validate};
use std::collections::BTreeSet;

/// The rule of a shape that neither has an IRI nor stands in one that has.
const UNNAMED: &str = "unnamed-shape";

/// Properties of a shape that constrain nothing by themselves.
const NO_CONSTRAINT: &[&str] = &[
    sh::PROPERTY,
    sh::TARGET_CLASS,
    sh::TARGET_NODE,
    sh::TARGET_SUBJECTS_OF,
    sh::TARGET_OBJECTS_OF,
    sh::SEVERITY,
    sh::MESSAGE,
    sh::PATH,
    sh::NAME,
    sh::DESCRIPTION,
    sh::DEACTIVATED,
];

/// Properties that give a shape its targets.
const TARGETS: &[&str] = &[sh::TARGET_CLASS, sh::TARGET_NODE, sh::TARGET_SUBJECTS_OF, sh::TARGET_OBJECTS_OF];

/// A graph of shapes.
#[derive(Debug)]
pub(super) struct Shapes(Graph);

impl Shapes {
    /// Reads the shipped shapes, and the user's own after looking whether each document holds sound ones.
    pub(super) fn read(shipped: &[Document], own: &[Document]) -> Result<Self, CheckError> {
        let mut all = Graph::new();
        for document in shipped {
            read(document, |quad| {
                all.insert(&Triple::from(quad));
            })?;
        }
        for document in own {
            let mut graph = Graph::new();
            read(document, |quad| {
                graph.insert(&Triple::from(quad));
            })?;
            sound(&graph)
                .map_err(|problem| CheckError::Shapes { document: document.name.clone(), problem })?;
            all.extend(graph.iter());
        }
        Ok(Self(all))
    }

    /// Returns a rule for each named shape that can give results, by id.
    pub(super) fn rules(&self) -> Vec<Rule> {
        let subjects: BTreeSet<String> = self
            .0
            .iter()
            .filter(|triple| triple.predicate.as_str().starts_with(sh::NS))
            .filter(|triple| self.gives_results(triple.subject, triple.predicate.as_str(), triple.object))
            .map(|triple| self.named(triple.subject).map_or(String::new(), |node| node.as_str().to_owned()))
            .collect();
        subjects.iter().map(|iri| self.rule(iri)).collect()
    }

    fn gives_results(&self, shape: NamedOrBlankNodeRef<'_>, predicate: &str, object: TermRef<'_>) -> bool {
        let is_named = matches!(shape, NamedOrBlankNodeRef::NamedNode(_));
        let is_targeted = TARGETS.iter().any(|p| self.object(shape, p).is_some());
        match predicate {
            sh::PROPERTY => is_targeted && matches!(object, TermRef::BlankNode(_)),
            p => !NO_CONSTRAINT.contains(&p) && (is_targeted || is_named),
        }
    }

    fn rule(&self, iri: &str) -> Rule {
        let Ok(node) = NamedNodeRef::new(iri) else {
            return Rule {
                id: UNNAMED.to_owned(),
                level: Level::Error,
                title: Tagged::english("Shape without an IRI").with("uk", "Форма без IRI"),
                description: Tagged::english(
                    "A shape of your own that has no IRI is broken. To do: see the message.",
                )
                .with("uk", "Порушено вашу форму, яка не має IRI. Що зробити: див. повідомлення."),
            };
        };
        let id = slug(iri);
        let mut title = self.texts(node.into(), rdfs::LABEL);
        if !title.iter().any(|(tag, _)| *tag == "en") {
            let mut words = id.replace('-', " ");
            if let Some(first) = words.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            title.insert(0, ("en", words));
        }
        let title = tagged(title);
        let level = match self.object(node.into(), sh::SEVERITY) {
            Some(TermRef::NamedNode(severity)) if severity.as_str() == sh::WARNING => Level::Warn,
            Some(TermRef::NamedNode(severity)) if severity.as_str() == sh::INFO => Level::Info,
            _ => Level::Error,
        };
        let description = self.message(node.into()).unwrap_or_else(|| title.clone());
        Rule { id: id.to_owned(), level, title, description }
    }

    fn object(&self, shape: NamedOrBlankNodeRef<'_>, predicate: &str) -> Option<TermRef<'_>> {
        self.0.object_for_subject_predicate(shape, NamedNodeRef::new_unchecked(predicate))
    }

    /// Returns the message of a shape.
    fn message(&self, shape: NamedOrBlankNodeRef<'_>) -> Option<Tagged> {
        let texts = self.texts(shape, NamedNodeRef::new_unchecked(sh::MESSAGE));
        (!texts.is_empty()).then(|| tagged(texts))
    }

    /// Returns the texts of a property with their languages, the English one first; one without a language is English.
    fn texts(&self, shape: NamedOrBlankNodeRef<'_>, property: NamedNodeRef<'_>) -> Vec<(&str, String)> {
        let literals = self.0.objects_for_subject_predicate(shape, property);
        let mut texts: Vec<(&str, String)> = literals
            .filter_map(|literal| match literal {
                TermRef::Literal(text) => Some((text.language().unwrap_or("en"), text.value().to_owned())),
                _ => None,
            })
            .collect();
        texts.sort_by(|a, b| (a.0 != "en", a).cmp(&(b.0 != "en", b)));
        texts
    }

    /// Returns the shape itself or the nearest above it that has an IRI.
    fn named<'a>(&'a self, shape: NamedOrBlankNodeRef<'a>) -> Option<NamedNodeRef<'a>> {
        let mut shape = shape;
        // A shape of blank nodes only could be below itself.
        for _ in 0..64 {
            match shape {
                NamedOrBlankNodeRef::NamedNode(node) => return Some(node),
                NamedOrBlankNodeRef::BlankNode(node) => {
                    let property = NamedNodeRef::new_unchecked(sh::PROPERTY);
                    shape = self.0.subject_for_predicate_object(property, node)?;
                }
            }
        }
        None
    }

    /// Validates the triples of `quads`, whatever their graph.
    pub(super) fn validate(&self, quads: &[Quad]) -> Result<Vec<Fault>, CheckError> {
        let unusable = |error: ShaclError| CheckError::Shapes {
            document: super::SHAPES.to_owned(),
            problem: error.to_string(),
        };
        let shapes = parse_shapes(&self.0).map_err(unusable)?;
        let triples = quads.iter().cloned().map(Triple::from);
        let data = ValidationDataset::from_triples_with_experimental_index(triples, Graph::new())
            .map_err(unusable)?;
        let report = validate(&data, &shapes);
        Ok(report.get_results().iter().map(|result| self.fault(result)).collect())
    }

    fn fault(&self, result: &ValidationResult<'_>) -> Fault {
        let shape = result.source_shape();
        let rule = self.named(shape).map_or(UNNAMED, |node| slug(node.as_str()));
        let mut properties = Vec::new();
        for element in result.result_path().into_iter().flat_map(shacl_rust::Path::get_elements) {
            direct(element, &mut properties);
        }
        // A node shape gives the focus node itself as value.
        let value = result.value().filter(|value| *value != result.focus_node());
        Fault {
            rule: rule.to_owned(),
            subject: plain(&result.focus_node().into_owned()),
            value: value.map_or(String::new(), |value| plain(&value.into_owned())),
            message: self.message(shape).unwrap_or_else(|| Tagged::english(result.messages().join("; "))),
            properties,
            document: None,
        }
    }
}

fn tagged(texts: Vec<(&str, String)>) -> Tagged {
    texts.into_iter().fold(Tagged::default(), |all, (tag, text)| all.with(tag, text))
}

/// Adds the short names of the properties that a path goes along from the focus node.
fn direct(element: &PathElement<'_>, properties: &mut Vec<String>) {
    match element {
        PathElement::Iri(iri) => properties.push(shorten(iri.as_str())),
        PathElement::Alternative(all) => all.iter().for_each(|element| direct(element, properties)),
        PathElement::ZeroOrMore(inner) | PathElement::OneOrMore(inner) | PathElement::ZeroOrOne(inner) => {
            direct(inner, properties);
        }
        PathElement::Inverse(_) => {}
    }
}

/// Looks for what the library would pass over in silence: no shape at all, or a malformed one.
fn sound(graph: &Graph) -> Result<(), String> {
    let shapes = parse_shapes(graph).map_err(|error| error.to_string())?;
    if shapes.is_empty() {
        return Err("it holds no SHACL shape".to_owned());
    }
    for shape in
        graph.subjects_for_predicate_object(rdf::TYPE, NamedNodeRef::new_unchecked(sh::PROPERTY_SHAPE))
    {
        if graph.object_for_subject_predicate(shape, NamedNodeRef::new_unchecked(sh::PATH)).is_none() {
            return Err(format!("the property shape {shape} has no sh:path"));
        }
    }
    let lints = lint_shapes(graph, &shapes);
    match lints.iter().find(|lint| lint.severity == DiagnosticSeverity::Error) {
        None => Ok(()),
        Some(lint) => {
            let shape = lint.source_shape.as_ref().map_or(String::new(), |shape| format!(" at {shape}"));
            let actual = lint.actual.as_ref().map_or(String::new(), |actual| format!(": {actual}"));
            Err(format!("{}{shape}{actual}", lint.title))
        }
    }
}
