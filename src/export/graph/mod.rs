//! Formats of graph tools: bodies as nodes, links as directed edges.

pub(super) mod graphml;
mod json;
pub(super) mod node_link;
