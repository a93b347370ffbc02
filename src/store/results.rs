//! Query results in the W3C forms, in every RDF syntax, and as rows for tables.

use super::{Guard, Store, StoreError};
use crate::rdf::{RdfFormat, RdfSerializer, Triple, turtle};
use crate::vocab::{ID, PREFIXES, rdf, shorten, xsd};
use oxigraph::model::{NamedOrBlankNode, Term};
use oxigraph::sparql::QueryResults;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use std::collections::BTreeMap;
use std::io::Write;

macro_rules! formats {
    ($($(#[$doc:meta])* $name:ident = $slug:literal, $rows:expr, $graph:expr;)*) => {
        /// A form in which results are written.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum ResultFormat { $($(#[$doc])* $name),* }

        impl ResultFormat {
            /// All forms.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The word on the command line.
            pub fn slug(self) -> &'static str {
                match self { $(Self::$name => $slug),* }
            }

            fn for_rows(self) -> Option<QueryResultsFormat> {
                match self { $(Self::$name => $rows),* }
            }

            fn for_graph(self) -> Option<RdfFormat> {
                match self { $(Self::$name => $graph),* }
            }
        }
    };
}

formats! {
    /// SPARQL Query Results JSON.
    Json = "json", Some(QueryResultsFormat::Json), None;
    /// SPARQL Query Results XML.
    Xml = "xml", Some(QueryResultsFormat::Xml), None;
    /// SPARQL Query Results CSV.
    Csv = "csv", Some(QueryResultsFormat::Csv), None;
    /// SPARQL Query Results TSV.
    Tsv = "tsv", Some(QueryResultsFormat::Tsv), None;
    /// Turtle, for graphs.
    Turtle = "turtle", None, Some(RdfFormat::Turtle);
    /// N-Triples, for graphs.
    NTriples = "ntriples", None, Some(RdfFormat::NTriples);
    /// N-Quads, for graphs; all of it in the default graph.
    NQuads = "nquads", None, Some(RdfFormat::NQuads);
    /// TriG, for graphs; all of it in the default graph.
    TriG = "trig", None, Some(RdfFormat::TriG);
    /// RDF/XML, for graphs.
    RdfXml = "rdfxml", None, Some(RdfFormat::RdfXml);
    /// JSON-LD, for graphs.
    JsonLd = "jsonld", None, Some(RdfFormat::JsonLd { profile: oxrdfio::JsonLdProfileSet::empty() });
}

/// Writes `results` in `format`.
///
/// # Errors
/// [`StoreError::Format`] where rows are asked for as a graph or the other way round, [`StoreError::Evaluation`]
/// where evaluation fails on the way, [`StoreError::Limit`] where there is more than may be, [`StoreError::Write`].
/// Part of the results may have been written by then.
pub fn write(
    results: QueryResults<'_>,
    format: ResultFormat,
    guard: &Guard,
    out: &mut dyn Write,
) -> Result<(), StoreError> {
    let mut bounded = Bounded { out, guard, written: 0 };
    let done = write_all(results, format, guard, &mut bounded);
    // Whoever writes tells only that it could not.
    guard.check_bytes(bounded.written)?;
    done
}

/// What takes no more than the guard lets through.
struct Bounded<'a> {
    out: &'a mut dyn Write,
    guard: &'a Guard,
    /// How many bytes came.
    written: u64,
}

impl Write for Bounded<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.written = self.written.saturating_add(bytes.len() as u64);
        self.guard.check_bytes(self.written).map_err(std::io::Error::other)?;
        self.out.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

fn write_all(
    results: QueryResults<'_>,
    format: ResultFormat,
    guard: &Guard,
    out: &mut dyn Write,
) -> Result<(), StoreError> {
    let unsuited = |form, gives| StoreError::Format { form, gives, format: format.slug() };
    match results {
        QueryResults::Solutions(solutions) => {
            let rows = format.for_rows().ok_or_else(|| unsuited("SELECT", "rows"))?;
            let mut writer = QueryResultsSerializer::from_format(rows)
                .serialize_solutions_to_writer(out, solutions.variables().to_vec())?;
            for (row, solution) in solutions.enumerate() {
                guard.check_rows(row + 1)?;
                writer.serialize(&solution?)?;
            }
            writer.finish()?;
        }
        QueryResults::Boolean(answer) => {
            let rows = format.for_rows().ok_or_else(|| unsuited("ASK", "true or false"))?;
            QueryResultsSerializer::from_format(rows).serialize_boolean_to_writer(out, answer)?;
        }
        QueryResults::Graph(triples) => {
            let graph = format.for_graph().ok_or_else(|| unsuited("CONSTRUCT or DESCRIBE", "a graph"))?;
            // The order of evaluation is not the order of a document.
            let mut triples = triples
                .enumerate()
                .map(|(row, triple)| {
                    guard.check_rows(row + 1)?;
                    Ok(triple?)
                })
                .collect::<Result<Vec<_>, StoreError>>()?;
            triples.sort_by_cached_key(|t| {
                (t.subject.to_string(), t.predicate.to_string(), t.object.to_string())
            });
            triples.dedup();
            write_graph(&triples, graph, out)?;
        }
    }
    Ok(())
}

fn write_graph(triples: &[Triple], format: RdfFormat, out: &mut dyn Write) -> Result<(), StoreError> {
    let prefixes = used_prefixes(triples);
    if format == RdfFormat::Turtle {
        let prefixes: Vec<(&str, &str)> =
            prefixes.iter().map(|(p, iri)| (p.as_str(), iri.as_str())).collect();
        let text = turtle("", &prefixes, triples).expect("namespaces of IRIs are IRIs");
        return Ok(out.write_all(text.as_bytes())?);
    }
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, iri) in &prefixes {
        serializer = serializer.with_prefix(prefix, iri).expect("namespaces of IRIs are IRIs");
    }
    let mut writer = serializer.for_writer(out);
    for triple in triples {
        writer.serialize_triple(triple)?;
    }
    writer.finish()?;
    Ok(())
}

/// Returns the prefixes that `triples` have a use for: those of [`PREFIXES`], one a country (`ua`), and one for each
/// kind of record of a country (`ua-link`).
fn used_prefixes(triples: &[Triple]) -> BTreeMap<String, String> {
    let mut used = BTreeMap::new();
    let mut take = |iri: &str| {
        let Some(at) = iri.rfind(['/', '#']).filter(|at| at + 1 < iri.len()) else { return };
        let namespace = &iri[..=at];
        let known = PREFIXES.iter().find(|(_, known)| *known == namespace).map(|(p, _)| (*p).to_owned());
        let prefix = known.or_else(|| {
            let parts = namespace.strip_prefix(ID)?.strip_suffix('/')?;
            let is_name = parts.starts_with(|c: char| c.is_ascii_alphabetic())
                && parts.ends_with(|c: char| c.is_ascii_alphanumeric())
                && parts.chars().all(|c| c.is_ascii_alphanumeric() || c == '/' || c == '-');
            is_name.then(|| parts.replace('/', "-"))
        });
        if let Some(prefix) = prefix {
            used.entry(prefix).or_insert_with(|| namespace.to_owned());
        }
    };
    for triple in triples {
        if let NamedOrBlankNode::NamedNode(subject) = &triple.subject {
            take(subject.as_str());
        }
        // `a`, and the literals that are written bare, need no prefix.
        if triple.predicate.as_str() != rdf::TYPE {
            take(triple.predicate.as_str());
        }
        match &triple.object {
            Term::NamedNode(object) => take(object.as_str()),
            Term::Literal(literal) if !is_bare(literal.datatype().as_str()) => {
                take(literal.datatype().as_str());
            }
            Term::Literal(_) | Term::BlankNode(_) => {}
        }
    }
    used
}

fn is_bare(datatype: &str) -> bool {
    matches!(datatype, xsd::STRING | xsd::BOOLEAN | xsd::INTEGER | rdf::LANG_STRING)
}

/// One value of a row, for people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// An IRI in short form, a literal without quotes; empty where there is no value.
    pub text: String,
    /// The whole IRI, of an IRI.
    pub iri: Option<String>,
    /// The name of what has the IRI, where names are asked for and there is one.
    pub label: Option<String>,
}

impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.label {
            Some(label) => write!(f, "{} ({label})", self.text),
            None => f.write_str(&self.text),
        }
    }
}

/// The rows of a SELECT, for a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// One cell a column.
    pub rows: Vec<Vec<Cell>>,
}

/// What a query gives, ready to be shown to people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Of a SELECT.
    Rows(Rows),
    /// Of an ASK.
    Boolean(bool),
    /// Of a CONSTRUCT or DESCRIBE, as Turtle.
    Turtle(Vec<u8>),
}

impl Store {
    /// Reads all of `results`, with names beside IRIs where a language is given for them.
    ///
    /// # Errors
    /// [`StoreError::Evaluation`] where evaluation fails on the way, [`StoreError::Limit`] where there is more than may
    /// be.
    pub fn answer(
        &self,
        results: QueryResults<'_>,
        labels: Option<&str>,
        guard: &Guard,
    ) -> Result<Answer, StoreError> {
        answer(results, guard, |iri| self.label(iri, labels?))
    }
}

/// Reads all of `results`; `name` gives the names beside IRIs.
///
/// # Errors
/// As [`Store::answer`].
pub(super) fn answer(
    results: QueryResults<'_>,
    guard: &Guard,
    name: impl Fn(&str) -> Option<String>,
) -> Result<Answer, StoreError> {
    match results {
        QueryResults::Solutions(solutions) => {
            let columns: Vec<String> = solutions.variables().iter().map(|v| v.as_str().to_owned()).collect();
            let of = |term: &Option<Term>| match term {
                Some(term) => cell(term, &name),
                None => Cell::default(),
            };
            let mut bytes = 0;
            let rows = solutions
                .enumerate()
                .map(|(count, row)| {
                    guard.check_rows(count + 1)?;
                    let cells: Vec<Cell> = row?.values().iter().map(of).collect();
                    bytes += cells.iter().map(|cell| cell.text.len() as u64).sum::<u64>();
                    guard.check_bytes(bytes)?;
                    Ok(cells)
                })
                .collect::<Result<_, StoreError>>()?;
            Ok(Answer::Rows(Rows { columns, rows }))
        }
        QueryResults::Boolean(answer) => Ok(Answer::Boolean(answer)),
        graph @ QueryResults::Graph(_) => {
            let mut text = Vec::new();
            write(graph, ResultFormat::Turtle, guard, &mut text)?;
            Ok(Answer::Turtle(text))
        }
    }
}

fn cell(term: &Term, name: impl Fn(&str) -> Option<String>) -> Cell {
    match term {
        Term::NamedNode(node) => Cell {
            text: short(node.as_str()),
            iri: Some(node.as_str().to_owned()),
            label: name(node.as_str()),
        },
        Term::BlankNode(node) => Cell { text: node.to_string(), ..Cell::default() },
        Term::Literal(literal) => Cell { text: literal.value().to_owned(), ..Cell::default() },
    }
}

/// Returns `ua:sbu`, `mechanism:hearing`; for what lies deeper below a country the short id (`ua/act/law-1`), which the
/// command line takes as well.
pub(super) fn short(iri: &str) -> String {
    match iri.strip_prefix(ID).filter(|rest| rest.matches('/').count() > 1) {
        Some(id) => id.to_owned(),
        None => shorten(iri),
    }
}
