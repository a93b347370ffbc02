//! SPARQL over the triples of a graph: Oxigraph's store in memory, one named graph a document.
//!
//! Only `query` and `check` pay for a store; verdicts are computed from [`crate::model::Graph`] alone.
//!
//! # Invariants
//! * The default graph of a query is the union of all named graphs, unless the query names its own. A triple that stands in
//!   several is there once.
//! * A blank node stands for itself in its document alone: a label means nothing in another.
//! * Every link in force on the day is also there as plain properties, in the graph `.../graph/derived`.
//! * A query reaches nothing but what is loaded: an endpoint in `SERVICE` and a document in `FROM` are refused unless they
//!   are allowed by name. Updates are always refused, and so is `LOAD`.
//! * The text of a query is held against its limits before it is parsed; time, rows and memory are `guard.rs`'s.
//! * A value never becomes text of a query: parameters are put into the parsed query as terms.
//! * Rows come in the order that the query asks for; where it asks for none, in the engine's, which the documents
//!   and their order decide: the engine hashes without a seed and loads in one thread.

mod catalogue;
pub mod check;
mod closures;
mod construct;
mod derived;
mod guard;
mod labels;
mod net;
mod parameter;
mod parse;
mod plan;
mod question;
mod refuse;
mod remote;
mod results;
mod rewrite;
mod service;
mod strangers;
mod substitute;
mod walk;

pub use catalogue::{catalogue, nearest_question, shipped_question};
pub use derived::plain_properties;
pub use guard::{Guard, Limit, Limits, MAX_NESTING, MAX_WORDS, guarded, resident_memory};
pub use net::{DRAWN, Net, Thing, Tie};
pub use oxigraph::sparql::QueryResults;
pub use parameter::{Kind, Parameter, ParameterError};
pub use plan::Plan;
pub use question::{DecoratorError, Question};
pub use remote::Remote;
pub use results::{Answer, Cell, ResultFormat, Rows, write};
pub use rewrite::{Absence, Kept};
pub use strangers::Stranger;

use crate::http::{HttpError, Site};
use crate::model::{Builder, Day, Graph, Trust, World};
use crate::rdf::{BlankNode, Document, NamedOrBlankNode, Quad, RdfError, read};
use crate::vocab;
use oxigraph::model::{GraphName, NamedNode, Term};
use oxigraph::sparql::{
    BoundPreparedSparqlQuery, PreparedSparqlQuery, QueryDataset, QueryEvaluationError, SparqlEvaluator,
    SparqlSyntaxError,
};
use oxigraph::store::{StorageError, Store as Oxigraph};
use spargebra::Query;
use std::hash::{DefaultHasher, Hash, Hasher};

/// What can go wrong with a query.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The store cannot take the triples.
    #[error("the triples cannot be stored")]
    Storage(#[from] StorageError),
    /// The documents cannot be read.
    #[error(transparent)]
    Read(#[from] RdfError),
    /// The query is not SPARQL 1.1.
    #[error("the query is not valid SPARQL")]
    Syntax(#[from] SparqlSyntaxError),
    /// The query is not SPARQL for want of a prefix.
    #[error("the prefix `{prefix}:` is not declared")]
    Prefix {
        /// The prefix, without its colon.
        prefix: String,
        /// The known one that is spelled most like it.
        nearest: Option<String>,
    },
    /// The query cannot be evaluated.
    #[error("the query cannot be evaluated")]
    Evaluation(#[source] QueryEvaluationError),
    /// An endpoint does not answer as it should.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// An endpoint's answer cannot be read to its end.
    #[error("the answer of `{address}` cannot be read as results of a query")]
    Results {
        /// The endpoint.
        address: String,
        /// What the reader says.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The decorators of the query cannot be read.
    #[error(transparent)]
    Decorators(#[from] DecoratorError),
    /// The values for the query's parameters are not those that it takes.
    #[error(transparent)]
    Parameter(#[from] ParameterError),
    /// A parameter that the query itself gives a value.
    #[error("the parameter `{name}` is assigned by the query itself")]
    Assigned {
        /// The parameter.
        name: String,
    },
    /// A parameter where only an IRI can stand.
    #[error("the parameter `{name}` stands where only an IRI can stand")]
    Place {
        /// The parameter.
        name: String,
    },
    /// A limit was reached.
    #[error(transparent)]
    Limit(#[from] Limit),
    /// A query that asks another endpoint.
    #[error("the query asks another endpoint: SERVICE {name}")]
    Service {
        /// What it asks, as written.
        name: String,
    },
    /// A query that names a file or a document on the web as its graph which is not loaded.
    #[error("the query reads <{iri}>, which is not loaded")]
    Outside {
        /// The IRI after FROM.
        iri: String,
    },
    /// A regular expression that the engine takes for an error.
    #[error("the regular expression `{pattern}` cannot be matched: {why}")]
    Regex {
        /// How it begins.
        pattern: String,
        /// Why.
        why: String,
    },
    /// A text without a query.
    #[error("the query is empty")]
    Empty,
    /// An update.
    #[error("this is an update, and data are never changed by a query")]
    Update,
    /// The results cannot be written.
    #[error("the results cannot be written")]
    Write(#[from] std::io::Error),
    /// The form of results does not suit the query.
    #[error("{form} gives {gives}, which `{format}` cannot hold")]
    Format {
        /// The form of the query.
        form: &'static str,
        /// What it gives.
        gives: &'static str,
        /// The format asked for.
        format: &'static str,
    },
}

/// What an endpoint did wrong comes through the engine, and says all by itself.
impl From<QueryEvaluationError> for StoreError {
    fn from(error: QueryEvaluationError) -> Self {
        match error {
            QueryEvaluationError::Service(inner) => match inner.downcast::<Self>() {
                Ok(error) => *error,
                Err(inner) => Self::Evaluation(QueryEvaluationError::Service(inner)),
            },
            other => Self::Evaluation(other),
        }
    }
}

/// The data that a query is asked over, where it does not name its own: graphs by IRI.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Over {
    /// What relative IRIs of the query are resolved against.
    pub base: Option<String>,
    /// The graphs whose union is the default graph.
    pub default: Vec<String>,
    /// The named graphs.
    pub named: Vec<String>,
}

/// The loaded triples.
pub struct Store {
    oxigraph: Oxigraph,
    graph: Graph,
    day: Day,
    /// Whether the engine's own default graph is the union of all graphs.
    is_merged: bool,
    services: Vec<Site>,
    documents: Vec<Document>,
}

/// Triples on their way into a store, and the graph that is built from them on the way.
pub struct Loading {
    quads: Vec<Quad>,
    /// Where each document begins in `quads`.
    starts: Vec<usize>,
    /// The graph, for messages and for the links in force.
    pub graph: Graph,
}

impl Loading {
    /// Reads `documents` once, for the graph and for the store.
    ///
    /// # Errors
    /// The first [`RdfError`].
    pub fn read(documents: &[Document]) -> Result<Self, RdfError> {
        let mut quads = Vec::new();
        let mut starts = Vec::with_capacity(documents.len());
        let mut builder = Builder::new();
        for document in documents {
            starts.push(quads.len());
            builder.begin(&document.name);
            let own = GraphName::NamedNode(NamedNode::new_unchecked(document.graph.as_str()));
            read(document, |quad| {
                builder.add(&quad);
                quads.push(of_document(quad, starts.len(), &own));
            })?;
        }
        Ok(Self { quads, starts, graph: builder.finish() })
    }
}

/// Puts a triple of no graph into the graph of its document, and tells its blank nodes from those of other documents
/// that have the same label, as the graph does.
fn of_document(quad: Quad, number: usize, own: &GraphName) -> Quad {
    let rename = |node: &BlankNode| BlankNode::new_unchecked(format!("d{number}.{}", node.as_str()));
    Quad {
        subject: match quad.subject {
            NamedOrBlankNode::BlankNode(node) => rename(&node).into(),
            named @ NamedOrBlankNode::NamedNode(_) => named,
        },
        predicate: quad.predicate,
        object: match quad.object {
            Term::BlankNode(node) => rename(&node).into(),
            other => other,
        },
        graph_name: match quad.graph_name {
            GraphName::DefaultGraph => own.clone(),
            GraphName::BlankNode(node) => rename(&node).into(),
            named @ GraphName::NamedNode(_) => named,
        },
    }
}

/// Returns whether a triple stands in several graphs; in rare cases also where none does, for hashes are compared.
fn has_repeated(quads: &[Quad]) -> bool {
    let hash = |quad: &Quad| {
        let mut hasher = DefaultHasher::new();
        (&quad.subject, &quad.predicate, &quad.object).hash(&mut hasher);
        // A graph holds a triple once, however often it is read.
        let triple = hasher.finish();
        quad.graph_name.hash(&mut hasher);
        (triple, hasher.finish())
    };
    let mut hashes: Vec<(u64, u64)> = quads.iter().map(hash).collect();
    hashes.sort_unstable();
    hashes.windows(2).any(|pair| pair[0].0 == pair[1].0 && pair[0].1 != pair[1].1)
}

impl Store {
    /// Stores what was read, and the plain properties of the links in force on `day`.
    ///
    /// # Errors
    /// [`StoreError::Storage`].
    pub fn new(loading: Loading, day: Day, trust: Trust) -> Result<Self, StoreError> {
        let links = loading.graph.network.edge_indices();
        let derived = plain_properties(&World::new(&loading.graph, day, trust), links);
        Self::of(loading, day, derived)
    }

    fn of(loading: Loading, day: Day, more: Vec<Quad>) -> Result<Self, StoreError> {
        let mut quads = loading.quads;
        quads.extend(more);
        // The engine's union gives a triple once for each graph that it stands in; where there is such a triple, it gets
        // a graph of all, which takes as much memory again.
        let is_merged = has_repeated(&quads);
        let all = is_merged.then(|| quads.clone()).into_iter().flatten();
        let all = all.map(|quad| Quad { graph_name: GraphName::DefaultGraph, ..quad });
        let oxigraph = Oxigraph::new()?;
        let mut loader = oxigraph.bulk_loader();
        loader.load_quads(quads.into_iter().chain(all))?;
        loader.commit()?;
        let (services, documents) = (Vec::new(), Vec::new());
        Ok(Self { oxigraph, graph: loading.graph, day, is_merged, services, documents })
    }

    /// Lets queries ask these endpoints by `SERVICE`, and read these documents by `FROM`. A document is read when a query
    /// names it, into the graph that it names; links in it are in force for no plain property.
    #[must_use]
    pub fn allowing(self, services: Vec<Site>, documents: Vec<Document>) -> Self {
        Self { services, documents, ..self }
    }

    /// Answers `question`, with `values` for its parameters as they are typed.
    ///
    /// The prefixes of [`PREFIXES`](crate::vocab::PREFIXES) and one a country are known without declaring. `today` is the store's legal day.
    ///
    /// # Errors
    /// [`StoreError::Parameter`], [`StoreError::Syntax`] with line and column, [`StoreError::Assigned`],
    /// [`StoreError::Place`], [`StoreError::Limit`], [`StoreError::Service`], [`StoreError::Outside`], [`StoreError::Regex`],
    /// [`StoreError::Update`], [`StoreError::Evaluation`].
    pub fn ask(
        &self,
        question: &Question,
        values: &[(String, String)],
        guard: &Guard,
    ) -> Result<QueryResults<'static>, StoreError> {
        let values = parameter::bind(&question.id, &question.parameters, values, &self.graph, self.day)?;
        self.evaluate(&question.text, &values, guard)
    }

    /// Evaluates `query`, one of the program's own, without parameters and limits; prefixes as in [`Store::ask`].
    ///
    /// # Errors
    /// As [`Store::ask`].
    pub fn query(&self, query: &str) -> Result<QueryResults<'static>, StoreError> {
        self.query_within(query, &Guard::default())
    }

    /// Evaluates `query`, which takes no parameters, within limits.
    ///
    /// # Errors
    /// As [`Store::ask`].
    pub fn query_within(&self, query: &str, guard: &Guard) -> Result<QueryResults<'static>, StoreError> {
        self.evaluate(query, &[], guard)
    }

    /// Evaluates `query` over some of the loaded graphs instead of all, within limits.
    ///
    /// # Errors
    /// As [`Store::ask`].
    pub fn query_over(
        &self,
        query: &str,
        over: &Over,
        guard: &Guard,
    ) -> Result<QueryResults<'static>, StoreError> {
        let (query, _) = rewrite::rewrite(self.parse(query, &[], over.base.as_deref())?);
        let mut prepared = self.evaluator(guard).for_query(query);
        if prepared.dataset().is_default_dataset() {
            let graph = |iri: &String| NamedNode::new_unchecked(iri);
            let dataset = prepared.dataset_mut();
            // The engine takes no empty list; nothing stands in the graph of this name.
            let none = over.default.is_empty().then(|| NamedNode::new_unchecked(vocab::GRAPH).into());
            let default = over.default.iter().map(|iri| graph(iri).into()).chain(none).collect();
            dataset.set_default_graph(default);
            dataset.set_available_named_graphs(over.named.iter().map(|iri| graph(iri).into()).collect());
        }
        Ok(self.bound(prepared)?.execute()?)
    }

    /// Evaluates `query` as Oxigraph does by itself, read by its own reader and without rewriting: what this program is
    /// held against.
    ///
    /// # Errors
    /// [`StoreError::Syntax`], [`StoreError::Evaluation`].
    pub fn query_as_written(&self, query: &str, guard: &Guard) -> Result<QueryResults<'static>, StoreError> {
        let evaluator = parse::prefixes(&self.graph.codes())
            .fold(self.evaluator(guard), |all, (name, iri)| all.with_prefix(name, iri).expect("IRIs"));
        Ok(self.bound(evaluator.parse_query(query)?)?.execute()?)
    }

    /// Returns the query of `question` with its values in it, as text that needs no prefixes.
    ///
    /// # Errors
    /// As [`Store::ask`].
    pub fn written_out(
        &self,
        question: &Question,
        values: &[(String, String)],
    ) -> Result<String, StoreError> {
        let values = parameter::bind(&question.id, &question.parameters, values, &self.graph, self.day)?;
        Ok(self.parse(&question.text, &values, None)?.to_string())
    }

    /// Returns what becomes of each FILTER EXISTS and NOT EXISTS of `question`, and the engine's plan, without answering.
    ///
    /// # Errors
    /// As [`Store::ask`].
    pub fn explain(&self, question: &Question, values: &[(String, String)]) -> Result<Plan, StoreError> {
        let values = parameter::bind(&question.id, &question.parameters, values, &self.graph, self.day)?;
        let (query, absences) = rewrite::rewrite(self.parse(&question.text, &values, None)?);
        plan::plan(self, query, absences)
    }

    fn evaluate(
        &self,
        text: &str,
        values: &[(String, Term)],
        guard: &Guard,
    ) -> Result<QueryResults<'static>, StoreError> {
        let (query, _) = rewrite::rewrite(self.parse(text, values, None)?);
        Ok(self.prepare(query, guard)?.execute()?)
    }

    /// Parses a query that is within the limits, puts the values in, refuses what reaches out, and reads what it may read.
    fn parse(&self, text: &str, values: &[(String, Term)], base: Option<&str>) -> Result<Query, StoreError> {
        let query = parse::parse(text, values, base, &self.graph.codes())?;
        refuse::refuse_services(&query, &self.services)?;
        refuse::refuse_regexes(&query)?;
        for graph in refuse::documents_of(&query) {
            if !self.oxigraph.contains_named_graph(graph)? {
                self.read_as(graph)?;
            }
        }
        Ok(query)
    }

    /// Reads the document that a query names as one of its graphs.
    fn read_as(&self, graph: &NamedNode) -> Result<(), StoreError> {
        let iri = graph.as_str();
        let outside = || StoreError::Outside { iri: iri.to_owned() };
        let at = self.documents.iter().position(|document| document.is_called(iri)).ok_or_else(outside)?;
        let own = GraphName::NamedNode(graph.clone());
        let mut quads = Vec::new();
        read(&self.documents[at], |quad| quads.push(of_document(quad, usize::MAX - at, &own)))?;
        let mut loader = self.oxigraph.bulk_loader();
        loader.load_quads(quads)?;
        loader.commit()?;
        Ok(())
    }

    fn prepare(&self, query: Query, guard: &Guard) -> Result<BoundPreparedSparqlQuery<'static>, StoreError> {
        self.bound(self.evaluator(guard).for_query(query))
    }

    fn bound(
        &self,
        mut prepared: PreparedSparqlQuery,
    ) -> Result<BoundPreparedSparqlQuery<'static>, StoreError> {
        if !self.is_merged && prepared.dataset().is_default_dataset() {
            prepared.dataset_mut().set_default_graph_as_union();
        }
        match prepared.dataset().default_graph_graphs() {
            Some([_, _, ..]) => {
                let apart = self.merged(prepared.dataset())?;
                prepared.dataset_mut().set_default_graph(vec![GraphName::DefaultGraph]);
                Ok(prepared.on_store(&apart))
            }
            _ => Ok(prepared.on_store(&self.oxigraph)),
        }
    }

    /// Returns a store of a data set alone, whose default graph is the merge of several: the engine's own merge gives a
    /// triple once for each graph that it stands in.
    fn merged(&self, dataset: &QueryDataset) -> Result<Oxigraph, StoreError> {
        let apart = Oxigraph::new()?;
        let mut quads = Vec::new();
        for graph in dataset.default_graph_graphs().into_iter().flatten() {
            for quad in self.oxigraph.quads_for_pattern(None, None, None, Some(graph.as_ref())) {
                quads.push(Quad { graph_name: GraphName::DefaultGraph, ..quad? });
            }
        }
        for graph in dataset.available_named_graphs().into_iter().flatten() {
            apart.insert_named_graph(graph)?;
            for quad in self.oxigraph.quads_for_pattern(None, None, None, Some(graph.as_ref().into())) {
                quads.push(quad?);
            }
        }
        let mut loader = apart.bulk_loader();
        loader.load_quads(quads)?;
        loader.commit()?;
        Ok(apart)
    }

    fn evaluator(&self, guard: &Guard) -> SparqlEvaluator {
        let evaluator = SparqlEvaluator::new().with_cancellation_token(guard.token.clone());
        evaluator.with_default_service_handler(service::Services(self.services.clone()))
    }
}
