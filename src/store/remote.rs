//! A SPARQL endpoint instead of a store: questions go there, and their answers are read as they come.
//!
//! # Invariants
//! * A value never becomes text by itself: parameters are put into the parsed query as terms, and the whole is written
//!   out anew. A query without parameters goes out as it was written, behind the prefixes that it uses.
//! * Paths of any length that end at a term are asked by themselves first, see `closures.rs`.
//! * An answer that is not whole is an error, see [`crate::http`]. A CONSTRUCT is asked as a SELECT and its triples are
//!   made here: there are engines that say so where they cut rows, and say nothing where they cut triples.
//! * Rows of a SELECT DISTINCT are held apart here as well: there are engines that give some twice (Virtuoso 7.2, where
//!   columns are unbound).
//! * Ids that the ontology does not explain are looked up in what the endpoint holds, by a query of their own.

use super::results::answer;
use super::substitute::name_blank_nodes;
use super::{
    Answer, Guard, Kind, ParameterError, Question, StoreError, closures, construct, labels, parameter, parse,
    refuse,
};
use crate::http::{HttpError, Site};
use crate::model::{Day, Graph, fetch, load};
use crate::rdf::{Construct, Document, Source, Triple, documents};
use oxigraph::model::{NamedNode, Term};
use oxigraph::sparql::results::{
    QueryResultsFormat, QueryResultsParseError, QueryResultsParser, ReaderQueryResultsParserOutput,
};
use oxigraph::sparql::{QueryEvaluationError, QueryResults, QuerySolutionIter, QueryTripleIter};
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What an endpoint is asked for.
const FORMS: &str =
    "application/sparql-results+json, application/sparql-results+xml;q=0.8, text/tab-separated-values;q=0.5";

/// What is wanted, for messages.
const RESULTS: &str = "SPARQL results in JSON, XML or TSV";

/// How many things are asked for their names at once.
const NAMED_AT_ONCE: usize = 200;

/// An endpoint that questions are asked.
pub struct Remote {
    site: Site,
    ontology: Vec<Document>,
    day: Day,
    services: Vec<Site>,
}

impl Remote {
    /// Returns the endpoint at `site`.
    ///
    /// # Arguments
    /// * `ontology`: where norms, types, mechanisms and the like are looked up.
    /// * `day`: what `today` means.
    /// * `services`: the endpoints that a query may name in `SERVICE`; it is `site` that asks them.
    pub fn new(site: Site, ontology: Vec<Document>, day: Day, services: Vec<Site>) -> Self {
        Self { site, ontology, day, services }
    }

    /// Answers `question`, with `values` for its parameters as they are typed; prefixes as in [`super::Store::ask`].
    ///
    /// # Errors
    /// As [`super::Store::ask`]; [`StoreError::Http`], [`StoreError::Results`], [`StoreError::Read`] where the endpoint
    /// does not answer as it should. Rows come as they are read, so an error may come after some of them.
    pub fn ask(
        &self,
        question: &Question,
        values: &[(String, String)],
        guard: &Guard,
    ) -> Result<QueryResults<'static>, StoreError> {
        let parsed = |graph: &Graph| {
            let values = parameter::bind(&question.id, &question.parameters, values, graph, self.day)?;
            let codes = codes(graph);
            let query = portable(parse::parse(&question.text, &values, None, &codes)?)?;
            let text =
                if values.is_empty() { with_prefixes(&question.text, &codes) } else { query.to_string() };
            Ok((query, text))
        };
        let (mut query, mut text) = match parsed(&load(&self.ontology)?) {
            // An id or the prefix of a country that is not shipped: the endpoint may have it.
            Err(
                StoreError::Parameter(ParameterError::Value { .. })
                | StoreError::Syntax(_)
                | StoreError::Prefix { .. },
            ) => parsed(&self.with_records()?),
            _ if has_prefix(question, values) => parsed(&self.with_records()?),
            other => other,
        }?;
        refuse::refuse_services(&query, &self.services)?;
        // A graph of the endpoint may be called like a document on the web.
        let mut documents = refuse::documents_of(&query);
        if let Some(file) = documents.find(|graph| graph.as_str().starts_with("file:")) {
            return Err(StoreError::Outside { iri: file.as_str().to_owned() });
        }
        drop(documents);
        if closures::ask_first(&mut query, &|first| self.column(&first.to_string()))? {
            text = query.to_string();
        }
        match query {
            Query::Select { pattern: GraphPattern::Distinct { .. }, .. } => {
                rows(&self.site, &text).map(distinct)
            }
            Query::Select { .. } | Query::Ask { .. } => rows(&self.site, &text),
            Query::Construct { template, dataset, pattern, base_iri } => {
                let select = construct::select(&template, dataset, pattern, base_iri);
                match rows(&self.site, &select.to_string())? {
                    QueryResults::Solutions(solutions) => Ok(construct::triples(template, solutions).into()),
                    other => Ok(other),
                }
            }
            Query::Describe { .. } => self.described(&text, guard),
        }
    }

    /// Returns the terms that a SELECT of one variable gives, and no more than are of use.
    fn column(&self, text: &str) -> Result<Vec<Term>, StoreError> {
        let QueryResults::Solutions(solutions) = rows(&self.site, text)? else { return Ok(Vec::new()) };
        let terms =
            solutions.take(closures::MOST + 1).map(|row| Ok(row?.values().first().cloned().flatten()));
        terms.filter_map(Result::transpose).collect()
    }

    /// Returns the rows of a SELECT of the program's own as text, IRIs and literals alike; empty where nothing is bound.
    ///
    /// # Errors
    /// [`StoreError::Http`], [`StoreError::Results`].
    pub fn select(&self, text: &str) -> Result<Vec<Vec<String>>, StoreError> {
        let QueryResults::Solutions(solutions) = rows(&self.site, text)? else { return Ok(Vec::new()) };
        let text = |term: &Option<Term>| match term {
            Some(Term::NamedNode(node)) => node.as_str().to_owned(),
            Some(Term::Literal(literal)) => literal.value().to_owned(),
            Some(other) => other.to_string(),
            None => String::new(),
        };
        solutions.map(|row| Ok(row?.values().iter().map(text).collect())).collect()
    }

    /// Reads all of `results`, with names beside IRIs where a language is given for them.
    ///
    /// # Errors
    /// As [`super::Store::answer`], and those of asking the endpoint for names.
    pub fn answer(
        &self,
        results: QueryResults<'_>,
        labels: Option<&str>,
        guard: &Guard,
    ) -> Result<Answer, StoreError> {
        let mut answer = answer(results, guard, |_| None)?;
        if let (Answer::Rows(rows), Some(language)) = (&mut answer, labels) {
            let iris: BTreeSet<&str> =
                rows.rows.iter().flatten().filter_map(|cell| cell.iri.as_deref()).collect();
            let names = self.names(&iris.into_iter().collect::<Vec<_>>(), language)?;
            for cell in rows.rows.iter_mut().flatten() {
                cell.label = cell.iri.as_ref().and_then(|iri| names.get(iri).cloned());
            }
        }
        Ok(answer)
    }

    /// The ontology, and what bodies, acts and norms the endpoint has.
    fn with_records(&self) -> Result<Graph, StoreError> {
        let mut all = self.ontology.clone();
        all.extend(documents(&[Source::Endpoint(self.site.clone(), fetch::frame())])?);
        Ok(load(&all)?)
    }

    fn described(&self, text: &str, guard: &Guard) -> Result<QueryResults<'static>, StoreError> {
        let mut triples: Vec<Triple> = Vec::new();
        let mut too_many = None;
        let construct = Construct { text: text.to_owned(), count: None };
        for document in documents(&[Source::Endpoint(self.site.clone(), construct.clone())])? {
            crate::rdf::answer(&document, &self.site, &construct, |quad| {
                match guard.check_rows(triples.len() + 1) {
                    Ok(()) => triples.push(Triple::new(quad.subject, quad.predicate, quad.object)),
                    Err(limit) => too_many = Some(limit),
                }
            })?;
        }
        match too_many {
            Some(limit) => Err(limit),
            None => Ok(QueryTripleIter::new(triples.into_iter().map(Ok)).into()),
        }
    }

    pub(super) fn names(
        &self,
        iris: &[&str],
        language: &str,
    ) -> Result<BTreeMap<String, String>, StoreError> {
        let mut found: BTreeMap<String, Vec<labels::Name>> = BTreeMap::new();
        // What is no IRI could end the list that it stands in.
        let iris: Vec<NamedNode> = iris.iter().filter_map(|iri| NamedNode::new(*iri).ok()).collect();
        for iris in iris.chunks(NAMED_AT_ONCE) {
            let list: Vec<String> = iris.iter().map(ToString::to_string).collect();
            let QueryResults::Solutions(solutions) = rows(&self.site, &labels::query(&list))? else {
                continue;
            };
            for solution in solutions {
                let solution = solution?;
                if let Some((iri, name)) = labels::of_row(&solution) {
                    found.entry(iri).or_default().push(name);
                }
            }
        }
        let best = found.into_iter().filter_map(|(iri, names)| Some((iri, labels::best(names, language)?)));
        Ok(best.collect())
    }
}

/// Leaves out rows that were there before.
fn distinct(results: QueryResults<'static>) -> QueryResults<'static> {
    let QueryResults::Solutions(solutions) = results else { return results };
    let variables = solutions.variables().into();
    let mut seen = HashSet::new();
    let rows = solutions.filter(move |row| match row {
        Ok(row) => seen.insert(row.values().to_vec()),
        Err(_) => true,
    });
    QuerySolutionIter::new(variables, rows).into()
}

/// Returns a query as engines take it that are particular.
fn portable(query: Query) -> Result<Query, StoreError> {
    Ok(match query {
        Query::Select { dataset, pattern, base_iri } => {
            Query::Select { dataset, pattern: name_blank_nodes(pattern)?, base_iri }
        }
        Query::Construct { template, dataset, pattern, base_iri } => {
            Query::Construct { template, dataset, pattern: name_blank_nodes(pattern)?, base_iri }
        }
        Query::Ask { dataset, pattern, base_iri } => {
            Query::Ask { dataset, pattern: name_blank_nodes(pattern)?, base_iri }
        }
        Query::Describe { dataset, pattern, base_iri } => {
            Query::Describe { dataset, pattern: name_blank_nodes(pattern)?, base_iri }
        }
    })
}

/// Asks `site` a SELECT or ASK.
pub(super) fn rows(site: &Site, text: &str) -> Result<QueryResults<'static>, StoreError> {
    let response = site.query(text, FORMS)?;
    let format = match response.media_type.as_str() {
        "application/sparql-results+json" | "application/json" | "text/json" => QueryResultsFormat::Json,
        "application/sparql-results+xml" | "application/xml" | "text/xml" => QueryResultsFormat::Xml,
        "text/tab-separated-values" if response.framed => QueryResultsFormat::Tsv,
        "text/tab-separated-values" => {
            return Err(HttpError::Endless { address: site.address().to_string() }.into());
        }
        _ => return Err(site.other_form(response, RESULTS).into()),
    };
    let address = site.address().to_string();
    let parsed = QueryResultsParser::from_format(format).for_reader(response.body);
    Ok(match parsed.map_err(|error| unreadable(&address, error))? {
        ReaderQueryResultsParserOutput::Boolean(answer) => answer.into(),
        ReaderQueryResultsParserOutput::Solutions(solutions) => {
            let variables = solutions.variables().into();
            let rows = solutions.map(move |row| {
                row.map_err(|error| QueryEvaluationError::Service(Box::new(unreadable(&address, error))))
            });
            QuerySolutionIter::new(variables, rows).into()
        }
    })
}

fn unreadable(address: &str, error: QueryResultsParseError) -> StoreError {
    let results = |source| StoreError::Results { address: address.to_owned(), source };
    match error {
        QueryResultsParseError::Io(error) => match HttpError::of_io(error) {
            Ok(error) => error.into(),
            Err(error) => results(error.into()),
        },
        QueryResultsParseError::Syntax(error) => results(error.into()),
    }
}

/// Returns whether a parameter that takes any IRI is given one with a prefix, which may be a country's.
fn has_prefix(question: &Question, values: &[(String, String)]) -> bool {
    question.parameters.iter().filter(|parameter| parameter.kind == Kind::Iri).any(|parameter| {
        values
            .iter()
            .any(|(name, value)| *name == parameter.name && value.contains(':') && !value.contains("://"))
    })
}

/// Returns the codes of the countries of the bodies in a graph, and of those that it has a record of.
fn codes(graph: &Graph) -> Vec<String> {
    let known = graph.countries.iter().map(|country| crate::vocab::slug(graph.text(country.iri)).to_owned());
    let codes: BTreeSet<String> = graph.codes().into_iter().chain(known).collect();
    codes.into_iter().filter(|code| code.chars().all(|c| c.is_ascii_alphabetic())).collect()
}

/// Returns the text behind declarations of the prefixes that it uses and does not declare.
fn with_prefixes(text: &str, codes: &[String]) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let declares = |prefix: &str| {
        words.windows(2).any(|pair| {
            pair[0].eq_ignore_ascii_case("PREFIX")
                && pair[1].strip_prefix(prefix).is_some_and(|rest| rest.starts_with(':'))
        })
    };
    let uses = |prefix: &str| {
        text.match_indices(&format!("{prefix}:")).any(|(at, _)| {
            !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-' || c == '.')
        })
    };
    let declarations: String = parse::prefixes(codes)
        .filter(|(prefix, _)| uses(prefix) && !declares(prefix))
        .map(|(prefix, iri)| format!("PREFIX {prefix}: <{iri}>\n"))
        .collect();
    declarations + text
}
