//! SPARQL over the triples of a graph: Oxigraph's store in memory, one named graph a document.
//!
//! Only `query` and `check` pay for a store; verdicts are computed from [`crate::model::Graph`] alone.
//!
//! # Invariants
//! * The default graph of a query is the union of all named graphs, unless the query names its own.
//! * A blank node stands for itself in its document alone: a label means nothing in another.
//! * Every link in force on the day is also there as plain properties, in the graph `.../graph/derived`.
//! * `SERVICE` is refused unless its endpoint is allowed by name, and so are updates: a query reaches nothing but what
//!   is loaded.
//! * The text of a query is held against its limits before it is parsed; time, rows and memory are `guard.rs`'s.
//! * A value never becomes text of a query: parameters are put into the parsed query as terms.
//! * Rows come in the order that the query asks for; where it asks for none, in the engine's, which the documents
//!   and their order decide: the engine hashes without a seed and loads in one thread.

mod catalogue;
pub mod check;
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
mod substitute;

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

use crate::http::{HttpError, Site};
use crate::model::{Builder, Day, Graph, Trust, World};
use crate::rdf::{BlankNode, Document, NamedOrBlankNode, Quad, RdfError, read};
use oxigraph::model::{GraphName, Term};
use oxigraph::sparql::{
    BoundPreparedSparqlQuery, PreparedSparqlQuery, QueryEvaluationError, SparqlEvaluator, SparqlSyntaxError,
};
use oxigraph::store::{StorageError, Store as Oxigraph};
use spargebra::Query;

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
    /// A query that names a file as its graph which is not loaded.
    #[error("the query reads the file <{iri}>, which is not loaded")]
    File {
        /// The IRI after FROM.
        iri: String,
    },
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
    services: Vec<Site>,
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
            let own =
                GraphName::NamedNode(oxigraph::model::NamedNode::new_unchecked(document.graph.as_str()));
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
        let oxigraph = Oxigraph::new()?;
        let mut loader = oxigraph.bulk_loader();
        loader.load_quads(loading.quads.into_iter().chain(more))?;
        loader.commit()?;
        Ok(Self { oxigraph, graph: loading.graph, day, services: Vec::new() })
    }

    /// Lets queries ask these endpoints by `SERVICE`.
    #[must_use]
    pub fn allowing(self, services: Vec<Site>) -> Self {
        Self { services, ..self }
    }

    /// Answers `question`, with `values` for its parameters as they are typed.
    ///
    /// The prefixes of [`PREFIXES`](crate::vocab::PREFIXES) and one a country are known without declaring. `today` is the store's legal day.
    ///
    /// # Errors
    /// [`StoreError::Parameter`], [`StoreError::Syntax`] with line and column, [`StoreError::Assigned`],
    /// [`StoreError::Place`], [`StoreError::Limit`], [`StoreError::Service`], [`StoreError::File`],
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
            let graph = |iri: &String| oxigraph::model::NamedNode::new_unchecked(iri);
            let dataset = prepared.dataset_mut();
            // All that is loaded stands in named graphs, so the engine's own default graph is the empty one.
            let none = over.default.is_empty().then_some(GraphName::DefaultGraph);
            let default = over.default.iter().map(|iri| graph(iri).into()).chain(none).collect();
            dataset.set_default_graph(default);
            dataset.set_available_named_graphs(over.named.iter().map(|iri| graph(iri).into()).collect());
        }
        Ok(prepared.on_store(&self.oxigraph).execute()?)
    }

    /// Evaluates `query` as Oxigraph does by itself, read by its own reader and without rewriting: what this program is
    /// held against.
    ///
    /// # Errors
    /// [`StoreError::Syntax`], [`StoreError::Evaluation`].
    pub fn query_as_written(&self, query: &str, guard: &Guard) -> Result<QueryResults<'static>, StoreError> {
        let evaluator = parse::prefixes(&self.graph.codes())
            .fold(self.evaluator(guard), |all, (name, iri)| all.with_prefix(name, iri).expect("IRIs"));
        Ok(self.bound(evaluator.parse_query(query)?).execute()?)
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
        Ok(self.prepare(query, guard).execute()?)
    }

    /// Parses a query that is within the limits, puts the values in, and refuses what reaches out.
    fn parse(&self, text: &str, values: &[(String, Term)], base: Option<&str>) -> Result<Query, StoreError> {
        let query = parse::parse(text, values, base, &self.graph.codes())?;
        refuse::refuse_outside(&query, Some(&self.oxigraph), &self.services)?;
        Ok(query)
    }

    fn prepare(&self, query: Query, guard: &Guard) -> BoundPreparedSparqlQuery<'static> {
        self.bound(self.evaluator(guard).for_query(query))
    }

    fn bound(&self, mut prepared: PreparedSparqlQuery) -> BoundPreparedSparqlQuery<'static> {
        if prepared.dataset().is_default_dataset() {
            prepared.dataset_mut().set_default_graph_as_union();
        }
        prepared.on_store(&self.oxigraph)
    }

    fn evaluator(&self, guard: &Guard) -> SparqlEvaluator {
        let evaluator = SparqlEvaluator::new().with_cancellation_token(guard.token.clone());
        evaluator.with_default_service_handler(service::Services(self.services.clone()))
    }
}
