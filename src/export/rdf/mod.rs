//! RDF: the triples of the documents that the graph was read from, of the records selected.
//!
//! # Invariants
//! * Triples come in the order of documents and, within one, as they stand there; nothing is gathered but blank nodes.
//! * With everything on record, every triple of the data is written, of whatever subject; with less, those whose
//!   subject is a record written or one that it rests on, and the blank nodes that these name.
//! * Blank nodes are called by document and order, so that the same data give the same bytes.

mod jsonld;
mod subjects;

use self::subjects::triples;
use super::format::{Carries, Format, Properties};
use super::loss::Part;
use super::out::Out;
use super::select::View;
use crate::rdf::{GraphName, Literal, Quad, RdfFormat, RdfSerializer, Term, canonical};
use crate::vocab::{ID, PREFIXES};
use std::collections::BTreeSet;
use std::io::{self, Write};

type Writer = fn(&View<'_>, &mut Out<'_>) -> io::Result<()>;

const fn format(
    id: &'static str,
    name: &'static str,
    extension: &'static str,
    opens_in: &'static str,
    write: Writer,
) -> Format {
    let carries = Carries {
        properties: Properties::All,
        times: "typed literals, in the precision of the source",
        lists: "statements",
        acts: true,
        findings: false,
        rest: true,
    };
    Format { id, name, extension, opens_in, several: false, carries, write }
}

pub(super) const TURTLE: Format =
    format("turtle", "Turtle", "ttl", "RDF tools", |view, out| plain(view, out, RdfFormat::Turtle));
pub(super) const TRIG: Format =
    format("trig", "TriG, a graph a document", "trig", "RDF tools", |view, out| {
        plain(view, out, RdfFormat::TriG)
    });
pub(super) const NTRIPLES: Format =
    format("ntriples", "N-Triples", "nt", "RDF tools", |view, out| plain(view, out, RdfFormat::NTriples));
pub(super) const NQUADS: Format =
    format("nquads", "N-Quads, a graph a document", "nq", "RDF tools", |view, out| {
        plain(view, out, RdfFormat::NQuads)
    });
pub(super) const RDFXML: Format =
    format("rdfxml", "RDF/XML", "rdf", "RDF tools", |view, out| plain(view, out, RdfFormat::RdfXml));
pub(super) const JSON_LD: Format =
    format("json-ld", "JSON-LD, a graph a document", "jsonld", "JSON-LD and JSON tools", jsonld::write);

/// The syntaxes of RDF.
pub(super) const FORMATS: &[&Format] = &[&TURTLE, &TRIG, &NTRIPLES, &NQUADS, &RDFXML, &JSON_LD];

fn plain(view: &View<'_>, out: &mut Out<'_>, syntax: RdfFormat) -> io::Result<()> {
    let one_graph = !syntax.supports_datasets();
    lose(view, out, one_graph);
    let in_graph = |mut quad: Quad| {
        if one_graph {
            quad.graph_name = GraphName::DefaultGraph;
        }
        quad
    };
    if view.selection().canonical {
        let mut quads = Vec::new();
        triples(view, |quad| {
            quads.push(in_graph(quad));
            Ok(())
        })?;
        for line in canonical(quads) {
            out.raw(&line);
            out.raw("\n");
            out.pause()?;
        }
        return Ok(());
    }
    let mut serializer = RdfSerializer::from_format(syntax);
    if matches!(syntax, RdfFormat::Turtle | RdfFormat::TriG | RdfFormat::RdfXml) {
        for (prefix, iri) in prefixes(view) {
            serializer = serializer.with_prefix(prefix, iri).map_err(io::Error::other)?;
        }
    }
    let is_xml = syntax == RdfFormat::RdfXml;
    let mut forbidden = 0;
    let mut writer = serializer.for_writer(References { to: &mut *out, is_xml });
    triples(view, |quad| {
        let mut quad = in_graph(quad);
        if is_xml {
            forbidden += without_forbidden(&mut quad);
        }
        writer.serialize_quad(&quad)
    })?;
    writer.finish()?;
    out.loss.add(Part::Text, super::escape::FORBIDDEN, forbidden);
    Ok(())
}

/// Counts what RDF does not hold.
fn lose(view: &View<'_>, out: &mut Out<'_>, one_graph: bool) {
    if let Some(findings) = view.findings() {
        out.loss.add(Part::Property, "verdicts of nodes", findings.len());
    }
    if one_graph {
        let documents = view.selection().documents.iter();
        out.loss.add(
            Part::Property,
            "graph names (documents)",
            documents.filter(|d| subjects::is_data(d)).count(),
        );
    }
    if view.selection().is_part() {
        let graph = view.graph();
        let nodes = view.nodes().map(|id| graph.iri(id));
        let edges = view.edges().map(|id| graph.text(graph.network[id].iri));
        let without = nodes.chain(edges).filter(|iri| iri.starts_with("_:")).count();
        out.loss.add(Part::Record, "records without an IRI, unless another names them", without);
    }
}

/// The prefixes of all files, and one for each country whose bodies are written.
fn prefixes(view: &View<'_>) -> Vec<(String, String)> {
    let graph = view.graph();
    let countries: BTreeSet<&str> = view
        .nodes()
        .filter_map(|id| graph.text(graph.institution(id).country?).strip_prefix(ID))
        .filter(|code| !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_lowercase()))
        .filter(|code| PREFIXES.iter().all(|(prefix, _)| prefix != code))
        .collect();
    let shared = PREFIXES.iter().map(|(prefix, iri)| ((*prefix).to_owned(), (*iri).to_owned()));
    shared.chain(countries.into_iter().map(|code| (code.to_owned(), format!("{ID}{code}/")))).collect()
}

/// Replaces what XML 1.0 cannot hold, and returns how much that was.
fn without_forbidden(quad: &mut Quad) -> usize {
    let Term::Literal(literal) = &quad.object else { return 0 };
    let forbids =
        |c: char| (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}');
    let count = literal.value().chars().filter(|c| forbids(*c)).count();
    if count > 0 {
        let value = literal.value().replace(forbids, "\u{fffd}");
        quad.object = match literal.language() {
            Some(language) => Literal::new_language_tagged_literal_unchecked(value, language).into(),
            None => Literal::new_typed_literal(value, literal.datatype()).into(),
        };
    }
    count
}

/// Writes returns as references in XML, where readers take a bare one for a line break; nothing but a literal has one.
struct References<'o, 's> {
    to: &'o mut Out<'s>,
    is_xml: bool,
}

impl Write for References<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.is_xml {
            return self.to.write(bytes);
        }
        for (at, part) in bytes.split(|byte| *byte == b'\r').enumerate() {
            if at > 0 {
                self.to.raw("&#13;");
            }
            self.to.bytes(part);
        }
        self.to.pause()?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
