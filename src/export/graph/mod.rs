//! Formats of graph tools: bodies as nodes, links as directed edges.

pub(super) mod cx2;
pub(super) mod cypher;
pub(super) mod cytoscape;
pub(super) mod dot;
pub(super) mod gexf;
pub(super) mod graphml;
pub(super) mod jgf;
mod json;
pub(super) mod mermaid;
pub(super) mod neo4j;
pub(super) mod node_link;
pub(super) mod pajek;
mod property_graph;
