//! SPARQL over the triples of a graph: Oxigraph's store in memory, one named graph a document.
//!
//! Only `query` pays for a store; verdicts are computed from [`crate::model::Graph`] alone.
//!
//! # Invariants
//! * The default graph of a query is the union of all named graphs, unless the query names its own.
//! * Every link in force on the day is also there as plain properties, in the graph `.../graph/derived`.
//! * `SERVICE` reaches nothing: there is no HTTP client.

mod derived;
mod results;

pub use results::{Answer, ResultFormat, Rows, answer, write};

use crate::model::{Builder, Day, Graph, Trust, World};
use crate::rdf::{Document, Quad, RdfError, read};
use crate::vocab::{ID, PREFIXES};
use oxigraph::model::GraphName;
use oxigraph::sparql::{QueryEvaluationError, QueryResults, SparqlEvaluator, SparqlSyntaxError};
use oxigraph::store::{StorageError, Store as Oxigraph};

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
    Evaluation(#[from] QueryEvaluationError),
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

/// The loaded triples.
pub struct Store {
    oxigraph: Oxigraph,
    countries: Vec<String>,
}

/// Triples on their way into a store, and the graph that is built from them on the way.
pub struct Loading {
    quads: Vec<Quad>,
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
        let mut builder = Builder::new();
        for document in documents {
            builder.begin(&document.name);
            let own =
                GraphName::NamedNode(oxigraph::model::NamedNode::new_unchecked(document.graph.as_str()));
            read(document, |quad| {
                builder.add(&quad);
                let graph_name =
                    if quad.graph_name == GraphName::DefaultGraph { own.clone() } else { quad.graph_name };
                quads.push(Quad { graph_name, ..quad });
            })?;
        }
        Ok(Self { quads, graph: builder.finish() })
    }
}

impl Store {
    /// Stores what was read, and the plain properties of the links in force on `day`.
    ///
    /// # Errors
    /// [`StoreError::Storage`].
    pub fn new(loading: Loading, day: Day, trust: Trust) -> Result<Self, StoreError> {
        let derived = derived::plain_properties(&World::new(&loading.graph, day, trust));
        let countries = loading.graph.codes();
        let oxigraph = Oxigraph::new()?;
        let mut loader = oxigraph.bulk_loader();
        loader.load_quads(loading.quads.into_iter().chain(derived))?;
        loader.commit()?;
        Ok(Self { oxigraph, countries })
    }

    /// Evaluates `query`; the prefixes of [`PREFIXES`] and one a country are known without declaring.
    ///
    /// # Errors
    /// [`StoreError::Syntax`] with line and column, [`StoreError::Evaluation`].
    pub fn query(&self, query: &str) -> Result<QueryResults<'static>, StoreError> {
        let mut evaluator = SparqlEvaluator::new();
        for (prefix, iri) in PREFIXES {
            evaluator = evaluator.with_prefix(*prefix, *iri).expect("the prefixes are IRIs");
        }
        for country in &self.countries {
            // A country whose code is no prefix name, or clashes, is asked for by IRI.
            if PREFIXES.iter().all(|(prefix, _)| prefix != country) {
                evaluator = evaluator
                    .with_prefix(country.as_str(), format!("{ID}{country}/"))
                    .expect("country codes are letters");
            }
        }
        let mut prepared = evaluator.parse_query(query)?;
        if prepared.dataset().is_default_dataset() {
            prepared.dataset_mut().set_default_graph_as_union();
        }
        Ok(prepared.on_store(&self.oxigraph).execute()?)
    }
}
