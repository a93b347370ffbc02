//! JSON-LD 1.1 with the terms of `ontology/context.jsonld`, which stands in the file as well: no reader need fetch it.
//!
//! A graph a document; triples of one subject that follow one another are one object.

use super::subjects::triples;
use super::{lose, prefixes};
use crate::export::escape::json;
use crate::export::out::Out;
use crate::export::select::View;
use crate::rdf::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, SHIPPED, Term};
use crate::vocab::rdf;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::io;

const CONTEXT: &str = "ontology/context.jsonld";
const STRING: &str = "http://www.w3.org/2001/XMLSchema#string";
const BOOLEAN: &str = "http://www.w3.org/2001/XMLSchema#boolean";

pub(super) fn write(view: &View<'_>, out: &mut Out<'_>) -> io::Result<()> {
    lose(view, out, false);
    let context = Context::shipped(view)?;
    out.raw("{\n\"@context\": ");
    out.raw(&Value::Object(context.members.clone()).to_string());
    out.raw(",\n\"@graph\": [");
    let mut open = Open { graph: None, subject: None, predicates: Vec::new() };
    triples(view, |quad| {
        open.add(quad, &context, out);
        out.pause()
    })?;
    open.close_graph(&context, out);
    out.raw("\n]}\n");
    Ok(())
}

/// The graph and the subject that are being written.
struct Open {
    graph: Option<GraphName>,
    subject: Option<NamedOrBlankNode>,
    predicates: Vec<(NamedNode, Vec<Term>)>,
}

impl Open {
    fn add(&mut self, quad: Quad, context: &Context, out: &mut Out<'_>) {
        if self.graph.as_ref() != Some(&quad.graph_name) {
            let is_first = self.graph.is_none();
            self.close_graph(context, out);
            out.raw(if is_first { "\n{\"@id\": " } else { ",\n{\"@id\": " });
            match &quad.graph_name {
                GraphName::NamedNode(node) => string(out, node.as_str()),
                GraphName::BlankNode(node) => string(out, &format!("_:{}", node.as_str())),
                GraphName::DefaultGraph => string(out, "@default"),
            }
            out.raw(", \"@graph\": [");
            self.graph = Some(quad.graph_name);
        } else if self.subject.as_ref() != Some(&quad.subject) {
            self.close_subject(context, out);
            out.raw(",");
        }
        self.subject = Some(quad.subject);
        match self.predicates.iter_mut().find(|(known, _)| *known == quad.predicate) {
            Some((_, objects)) => objects.push(quad.object),
            None => self.predicates.push((quad.predicate, vec![quad.object])),
        }
    }

    fn close_graph(&mut self, context: &Context, out: &mut Out<'_>) {
        self.close_subject(context, out);
        if self.graph.take().is_some() {
            out.raw("\n]}");
        }
    }

    fn close_subject(&mut self, context: &Context, out: &mut Out<'_>) {
        let Some(subject) = self.subject.take() else { return };
        out.raw("\n  {\"@id\": ");
        match &subject {
            NamedOrBlankNode::NamedNode(node) => string(out, &context.short(node.as_str())),
            NamedOrBlankNode::BlankNode(node) => string(out, &format!("_:{}", node.as_str())),
        }
        for (predicate, objects) in self.predicates.drain(..) {
            // What stands behind `@type` is an IRI; a blank node may be as well, a literal not.
            let is_type =
                predicate.as_str() == rdf::TYPE && objects.iter().all(|o| !matches!(o, Term::Literal(_)));
            let term = context.terms.get(predicate.as_str());
            out.raw(", ");
            match term {
                _ if is_type => out.raw("\"@type\""),
                Some((name, _)) => string(out, name),
                None => string(out, predicate.as_str()),
            }
            let coerced = if is_type { "@vocab" } else { term.map_or("", |(_, coerced)| coerced) };
            out.raw(": ");
            let several = objects.len() > 1;
            if several {
                out.raw("[");
            }
            for (at, object) in objects.iter().enumerate() {
                if at > 0 {
                    out.raw(", ");
                }
                context.object(object, coerced, out);
            }
            if several {
                out.raw("]");
            }
        }
        out.raw("}");
    }
}

/// The context: prefixes, and terms with the type that their values are given.
struct Context {
    members: Map<String, Value>,
    prefixes: Vec<(String, String)>,
    terms: HashMap<String, (String, String)>,
}

impl Context {
    fn shipped(view: &View<'_>) -> io::Result<Self> {
        let file = SHIPPED.iter().find(|file| file.path == CONTEXT).map_or(&b"{}"[..], |file| file.bytes);
        let mut file: Value = serde_json::from_slice(file)?;
        let mut members = file["@context"].as_object_mut().map(std::mem::take).unwrap_or_default();
        let mut prefixes = prefixes(view);
        for (prefix, iri) in &prefixes {
            members.insert(prefix.clone(), Value::from(iri.as_str()));
        }
        let full = |short: &str| -> String {
            let parts = short.split_once(':');
            let known =
                parts.and_then(|(prefix, rest)| Some((prefixes.iter().find(|(p, _)| p == prefix)?, rest)));
            known.map_or(short.to_owned(), |((_, iri), rest)| format!("{iri}{rest}"))
        };
        let terms = members.iter().filter_map(|(name, term)| {
            let coerced = term.get("@type").and_then(Value::as_str).unwrap_or_default();
            Some((full(term.get("@id")?.as_str()?), (name.clone(), full(coerced))))
        });
        let terms = terms.collect();
        // The longest first: `ua:` before `id:`.
        prefixes.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.cmp(b)));
        Ok(Self { members, prefixes, terms })
    }

    /// Shortens an IRI by a prefix, where what is left cannot be taken for anything else.
    fn short(&self, iri: &str) -> String {
        let shortened =
            self.prefixes.iter().find_map(|(prefix, long)| Some((prefix, iri.strip_prefix(long.as_str())?)));
        match shortened {
            Some((prefix, rest)) if !rest.starts_with("//") => format!("{prefix}:{rest}"),
            _ => iri.to_owned(),
        }
    }

    fn object(&self, object: &Term, coerced: &str, out: &mut Out<'_>) {
        match object {
            Term::NamedNode(node) if coerced == "@vocab" => match self.terms.get(node.as_str()) {
                Some((name, _)) => string(out, name),
                None => string(out, &self.short(node.as_str())),
            },
            Term::NamedNode(node) => Self::reference(&self.short(node.as_str()), coerced, out),
            Term::BlankNode(node) => Self::reference(&format!("_:{}", node.as_str()), coerced, out),
            Term::Literal(literal) => Self::literal(literal, coerced, out),
        }
    }

    fn reference(name: &str, coerced: &str, out: &mut Out<'_>) {
        if matches!(coerced, "@id" | "@vocab") {
            string(out, name);
        } else {
            out.raw("{\"@id\": ");
            string(out, name);
            out.raw("}");
        }
    }

    fn literal(literal: &Literal, coerced: &str, out: &mut Out<'_>) {
        let (value, datatype) = (literal.value(), literal.datatype());
        if let Some(language) = literal.language() {
            out.raw("{\"@value\": ");
            string(out, value);
            out.raw(", \"@language\": ");
            string(out, language);
            out.raw("}");
        } else if datatype.as_str() == coerced || (datatype.as_str() == STRING && coerced.is_empty()) {
            string(out, value);
        } else if datatype.as_str() == BOOLEAN && coerced.is_empty() && matches!(value, "true" | "false") {
            out.raw(value);
        } else {
            out.raw("{\"@value\": ");
            string(out, value);
            if datatype.as_str() != STRING {
                out.raw(", \"@type\": ");
                string(out, datatype.as_str());
            }
            out.raw("}");
        }
    }
}

fn string(out: &mut Out<'_>, text: &str) {
    out.escaped(text, |text, buffer, _| json(text, buffer));
}
