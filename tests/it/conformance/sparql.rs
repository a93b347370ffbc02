//! Tests of queries: what must be parsed, what must be refused, and what it must answer.

use super::Outcome;
use super::manifest::{MF, Test, document, subject, triples};
use oversight::model::Trust;
use oversight::rdf::Document;
use oversight::store::{Guard, Limits, Loading, Over, ResultFormat, Store, StoreError, guarded, write};
use oxigraph::sparql::QueryResults;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsParser, ReaderQueryResultsParserOutput};
use oxrdf::dataset::CanonicalizationAlgorithm;
use oxrdf::{BlankNode, Dataset, Graph, GraphName, Literal, NamedNode, Quad, Term};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

const RS: &str = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#";

pub(super) fn run(test: &Test) -> Outcome {
    match test.kind.strip_prefix(MF).unwrap_or_default() {
        "PositiveSyntaxTest" | "PositiveSyntaxTest11" => match parse(test) {
            // Refused or not to be evaluated, and so it was parsed.
            Ok(())
            | Err(StoreError::Service { .. } | StoreError::Outside { .. } | StoreError::Evaluation(_)) => {
                Outcome::Passed
            }
            Err(error) => Outcome::Failed(format!("{error:?}")),
        },
        "NegativeSyntaxTest" | "NegativeSyntaxTest11" => match parse(test) {
            Err(StoreError::Syntax(_)) => Outcome::Passed,
            other => Outcome::Failed(format!("{other:?}")),
        },
        "QueryEvaluationTest" | "CSVResultFormatTest" => match evaluate(test) {
            Ok(()) => Outcome::Passed,
            Err(message) => Outcome::Failed(message),
        },
        _ => Outcome::Other,
    }
}

fn over(test: &Test, data: &[Document], graphs: &[Document]) -> Over {
    let iris = |documents: &[Document]| documents.iter().map(|document| document.graph.clone()).collect();
    let base = document_iri(test.action.as_ref().unwrap());
    Over { base: Some(base), default: iris(data), named: iris(graphs) }
}

fn document_iri(path: &Path) -> String {
    format!("file://{}", path.display())
}

fn store(documents: &[Document]) -> Result<Store, String> {
    let loading = Loading::read(documents).map_err(|error| error.to_string())?;
    Store::new(loading, "2026-11-23".parse().unwrap(), Trust::All).map_err(|error| error.to_string())
}

fn parse(test: &Test) -> Result<(), StoreError> {
    let text = fs::read_to_string(test.action.as_ref().unwrap()).unwrap();
    let over = over(test, &[], &[]);
    let limits = Limits { time: Some(Duration::from_secs(20)), ..Limits::NONE };
    guarded(limits, move |guard| store(&[]).unwrap().query_over(&text, &over, guard).map(|_| ()))
}

/// An answer that can be compared: a graph, in which rows are nodes, or true or false.
type Compared = Result<Dataset, bool>;

fn evaluate(test: &Test) -> Result<(), String> {
    let text = fs::read_to_string(test.action.as_ref().unwrap()).unwrap();
    let data: Vec<Document> = test.data.iter().map(|path| document(path)).collect();
    let graphs: Vec<Document> = test.graphs.iter().map(|path| document(path)).collect();
    let over = over(test, &data, &graphs);
    let mut all: Vec<Document> = data.iter().chain(&graphs).cloned().collect();
    all.extend(named_in(&text, over.base.as_deref().unwrap()));
    // A file that is default and named graph at once stands in one graph of that name.
    let mut seen = BTreeSet::new();
    all.retain(|document| seen.insert(document.graph.clone()));
    let result = test.result.clone().unwrap();
    let as_csv = result.extension().is_some_and(|extension| extension == "csv");
    let limits = Limits { time: Some(Duration::from_secs(20)), ..Limits::NONE };
    let answer = guarded(limits, move |guard: &Guard| {
        let store = match store(&all) {
            Ok(store) => store,
            Err(message) => return Ok(Err(message)),
        };
        let results = store.query_over(&text, &over, guard)?;
        let is_graph = matches!(results, QueryResults::Graph(_));
        let format = match (is_graph, as_csv) {
            (true, _) => ResultFormat::NTriples,
            (false, true) => ResultFormat::Csv,
            (false, false) => ResultFormat::Json,
        };
        let mut text = Vec::new();
        write(results, format, guard, &mut text)?;
        Ok::<_, StoreError>(Ok((is_graph, text)))
    });
    let (is_graph, text) = answer.map_err(|error| format!("{error:?}"))??;
    if as_csv {
        let expected = table(&fs::read(&result).unwrap());
        let found = table(&text);
        return if found == expected { Ok(()) } else { Err(format!("{found:?}\nexpected\n{expected:?}")) };
    }
    let (expected, has_order) = expected(&result, is_graph, test.is_lax)?;
    let found = if is_graph {
        let parser = oxrdfio::RdfParser::from_format(oxrdfio::RdfFormat::NTriples);
        Ok(parser.for_slice(&text).map(Result::unwrap).collect())
    } else {
        rows(&text, QueryResultsFormat::Json, has_order, test.is_lax)?
    };
    let canonical = |compared: Compared| {
        compared.map(|mut dataset| {
            dataset.canonicalize(CanonicalizationAlgorithm::Unstable);
            dataset
        })
    };
    let (found, expected) = (canonical(found), canonical(expected));
    let shown = |compared: &Compared| compared.as_ref().map_or_else(ToString::to_string, ToString::to_string);
    if found == expected { Ok(()) } else { Err(format!("{}\nexpected\n{}", shown(&found), shown(&expected))) }
}

/// The rows of CSV, each with its columns by name: the order of both is free.
fn table(text: &[u8]) -> Vec<Vec<(String, String)>> {
    let mut reader = csv::Reader::from_reader(text);
    let heads = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        // Labels of blank nodes are free as well.
        let value = |cell: &str| if cell.starts_with("_:") { "_:".to_owned() } else { number(cell) };
        let mut row: Vec<_> = heads.iter().map(str::to_owned).zip(record.iter().map(value)).collect();
        row.sort_unstable();
        row
    };
    let mut rows: Vec<_> = reader.records().map(|record| row(record.unwrap())).collect();
    rows.sort_unstable();
    rows
}

/// A number by its value, for engines may write the same value in other ways; other text as it is.
fn number(text: &str) -> String {
    match text.parse::<f64>() {
        Ok(value) if text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) => {
            format!("{value:.9e}")
        }
        _ => text.to_owned(),
    }
}

fn by_value(term: Term) -> Term {
    match &term {
        Term::Literal(literal)
            if literal.datatype().as_str().starts_with("http://www.w3.org/2001/XMLSchema#") =>
        {
            let value = match (literal.value(), literal.datatype().as_str().rsplit('#').next()) {
                ("1", Some("boolean")) => "true".to_owned(),
                ("0", Some("boolean")) => "false".to_owned(),
                (text, Some("integer" | "decimal" | "double" | "float")) => number(text),
                (text, _) => text.to_owned(),
            };
            Literal::new_typed_literal(value, literal.datatype()).into()
        }
        _ => term,
    }
}

/// The files that a query names after FROM, as they must be loaded before.
fn named_in(text: &str, base: &str) -> Vec<Document> {
    let query = spargebra::SparqlParser::new().with_base_iri(base).unwrap().parse_query(text);
    let dataset = query.ok().and_then(|query| query.dataset().cloned());
    let named = dataset.into_iter().flat_map(|d| d.default.into_iter().chain(d.named.into_iter().flatten()));
    let paths = named.map(|iri| iri.as_str().trim_start_matches("file://").to_owned());
    paths.map(|path| document(Path::new(&path))).collect()
}

fn expected(result: &Path, is_graph: bool, is_lax: bool) -> Result<(Compared, bool), String> {
    let format = match result.extension().unwrap().to_str().unwrap() {
        "srx" => QueryResultsFormat::Xml,
        "srj" => QueryResultsFormat::Json,
        "tsv" => QueryResultsFormat::Tsv,
        _ => {
            let graph = triples(result);
            if is_graph {
                let quads = graph.iter().map(|t| t.into_owned().in_graph(GraphName::DefaultGraph));
                return Ok((Ok(quads.collect()), false));
            }
            return Ok(result_set(&graph, is_lax));
        }
    };
    let text = fs::read(result).unwrap();
    Ok((rows(&text, format, false, is_lax)?, false))
}

fn rows(text: &[u8], format: QueryResultsFormat, has_order: bool, is_lax: bool) -> Result<Compared, String> {
    let parsed =
        QueryResultsParser::from_format(format).for_reader(text).map_err(|error| error.to_string())?;
    let solutions = match parsed {
        ReaderQueryResultsParserOutput::Boolean(answer) => return Ok(Err(answer)),
        ReaderQueryResultsParserOutput::Solutions(solutions) => solutions,
    };
    let mut rows = Rows::default();
    for solution in solutions {
        let solution = solution.map_err(|error| error.to_string())?;
        let cells =
            solution.iter().map(|(v, term)| (v.as_str().to_owned(), by_value(term.clone()))).collect();
        rows.add(cells, None, has_order, is_lax);
    }
    Ok(Ok(rows.dataset))
}

/// Rows as a graph: a node for each, with its values, and with its place where order counts.
#[derive(Default)]
struct Rows {
    dataset: Dataset,
    seen: Vec<Vec<(String, Term)>>,
    count: i64,
}

impl Rows {
    fn add(&mut self, mut cells: Vec<(String, Term)>, place: Option<i64>, has_order: bool, is_lax: bool) {
        cells.sort_by_key(|(name, _)| name.clone());
        self.count += 1;
        if is_lax && self.seen.contains(&cells) {
            return;
        }
        let node = BlankNode::default();
        let mut add = |name: String, term: Term| {
            let property = NamedNode::new_unchecked(name);
            self.dataset.insert(&Quad::new(node.clone(), property, term, GraphName::DefaultGraph));
        };
        add("urn:is".to_owned(), Literal::from("row").into());
        if has_order {
            add("urn:place".to_owned(), Literal::from(place.unwrap_or(self.count)).into());
        }
        for (name, term) in cells.clone() {
            add(format!("urn:v:{name}"), term);
        }
        self.seen.push(cells);
    }
}

/// Reads results that are written as RDF, and tells whether they say an order.
fn result_set(graph: &Graph, is_lax: bool) -> (Compared, bool) {
    let rs = |name: &str| NamedNode::new_unchecked(format!("{RS}{name}"));
    let boolean = graph.triples_for_predicate(&rs("boolean")).next();
    if let Some(boolean) = boolean {
        return (Err(boolean.object.to_string().contains("true")), false);
    }
    let index = rs("index");
    let has_order = graph.triples_for_predicate(&index).next().is_some();
    let mut rows = Rows::default();
    for head in graph.triples_for_predicate(&rs("solution")) {
        let node = subject(head.object).unwrap();
        let place = graph.object_for_subject_predicate(node, &index).map(|term| match term {
            oxrdf::TermRef::Literal(literal) => literal.value().parse::<i64>().unwrap(),
            other => panic!("{other} is no place"),
        });
        let cells = graph
            .objects_for_subject_predicate(node, &rs("binding"))
            .map(|binding| {
                let binding = subject(binding).unwrap();
                let of = |name| graph.object_for_subject_predicate(binding, &rs(name)).unwrap();
                let oxrdf::TermRef::Literal(name) = of("variable") else { panic!("a variable without name") };
                (name.value().to_owned(), by_value(of("value").into_owned()))
            })
            .collect();
        rows.add(cells, place, has_order, is_lax);
    }
    (Ok(rows.dataset), has_order)
}
