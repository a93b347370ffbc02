//! Query results in the W3C forms, and as rows for tables.

use super::StoreError;
use crate::rdf::{RdfFormat, RdfSerializer};
use crate::vocab::PREFIXES;
use oxigraph::model::Term;
use oxigraph::sparql::QueryResults;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use std::io::Write;

/// A form in which results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultFormat {
    /// SPARQL Query Results JSON.
    Json,
    /// SPARQL Query Results XML.
    Xml,
    /// SPARQL Query Results CSV.
    Csv,
    /// SPARQL Query Results TSV.
    Tsv,
    /// Turtle, for graphs.
    Turtle,
    /// N-Triples, for graphs.
    NTriples,
}

impl ResultFormat {
    /// The word on the command line.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Xml => "xml",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Turtle => "turtle",
            Self::NTriples => "ntriples",
        }
    }

    fn for_rows(self) -> Option<QueryResultsFormat> {
        match self {
            Self::Json => Some(QueryResultsFormat::Json),
            Self::Xml => Some(QueryResultsFormat::Xml),
            Self::Csv => Some(QueryResultsFormat::Csv),
            Self::Tsv => Some(QueryResultsFormat::Tsv),
            Self::Turtle | Self::NTriples => None,
        }
    }

    fn for_graph(self) -> Option<RdfFormat> {
        match self {
            Self::Turtle => Some(RdfFormat::Turtle),
            Self::NTriples => Some(RdfFormat::NTriples),
            _ => None,
        }
    }
}

/// Writes `results` in `format`.
///
/// # Errors
/// [`StoreError::Format`] where rows are asked for as a graph or the other way round, [`StoreError::Evaluation`]
/// where evaluation fails on the way, [`StoreError::Write`].
pub fn write(results: QueryResults<'_>, format: ResultFormat, out: &mut dyn Write) -> Result<(), StoreError> {
    let unsuited = |form, gives| StoreError::Format { form, gives, format: format.slug() };
    match results {
        QueryResults::Solutions(solutions) => {
            let rows = format.for_rows().ok_or_else(|| unsuited("SELECT", "rows"))?;
            let mut writer = QueryResultsSerializer::from_format(rows)
                .serialize_solutions_to_writer(out, solutions.variables().to_vec())?;
            for solution in solutions {
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
            let mut serializer = RdfSerializer::from_format(graph);
            for (prefix, iri) in PREFIXES.iter().filter(|(prefix, _)| *prefix != "id") {
                serializer = serializer.with_prefix(*prefix, *iri).expect("the prefixes are IRIs");
            }
            // The order of evaluation is not the order of a document.
            let mut triples = triples.collect::<Result<Vec<_>, _>>()?;
            triples.sort_by_cached_key(|t| {
                (t.subject.to_string(), t.predicate.to_string(), t.object.to_string())
            });
            triples.dedup();
            let mut writer = serializer.for_writer(out);
            for triple in &triples {
                writer.serialize_triple(triple)?;
            }
            writer.finish()?;
        }
    }
    Ok(())
}

/// The rows of a SELECT as text, for a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// One cell a column; IRIs in short form, literals without quotes.
    pub rows: Vec<Vec<String>>,
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

/// Reads all of `results`.
///
/// # Errors
/// [`StoreError::Evaluation`] where evaluation fails on the way.
pub fn answer(results: QueryResults<'_>) -> Result<Answer, StoreError> {
    match results {
        QueryResults::Solutions(solutions) => {
            let columns: Vec<String> = solutions.variables().iter().map(|v| v.as_str().to_owned()).collect();
            let mut rows = Vec::new();
            for solution in solutions {
                let solution = solution?;
                rows.push(
                    (0..columns.len()).map(|at| solution.get(at).map_or(String::new(), cell)).collect(),
                );
            }
            Ok(Answer::Rows(Rows { columns, rows }))
        }
        QueryResults::Boolean(answer) => Ok(Answer::Boolean(answer)),
        graph @ QueryResults::Graph(_) => {
            let mut text = Vec::new();
            write(graph, ResultFormat::Turtle, &mut text)?;
            Ok(Answer::Turtle(text))
        }
    }
}

fn cell(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => crate::vocab::shorten(node.as_str()),
        Term::BlankNode(node) => node.to_string(),
        Term::Literal(literal) => literal.value().to_owned(),
    }
}
