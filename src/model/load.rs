//! From documents to the graph.

use super::{Builder, Graph};
use crate::rdf::{Document, RdfError, read};

/// Reads `documents` one after the other and builds the graph.
///
/// # Errors
/// The first [`RdfError`]; no part of a graph is given then.
pub fn load(documents: &[Document]) -> Result<Graph, RdfError> {
    let mut builder = Builder::new();
    for document in documents {
        builder.begin(&document.name);
        read(document, |quad| builder.add(quad))?;
    }
    Ok(builder.finish())
}
