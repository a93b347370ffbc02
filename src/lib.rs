//! `oversight` holds a country's security sector against published norms of democratic governance.
//!
//! It loads institutions and the control links between them from RDF, says which norm is met, by which link,
//! under which article of which law, on which day, and which is not; it draws what is there and what is
//! missing, and exports the graph for other tools. The binary of the same name is a thin layer above.
//!
//! Modules in reading order; each uses only those before it, never its neighbours
//! (`docs/architecture.md` tells why, a test holds it).
#![doc = concat!("\n\nVersion ", env!("CARGO_PKG_VERSION"), ".")]

mod cores;
pub mod http;
pub mod vocab;

pub mod rdf;
pub mod tables;

pub mod model;

pub mod gaps;
pub mod store;

pub mod analysis;
pub mod change;
pub mod palette;
pub mod pushdown;
pub mod wording;

pub mod diagram;
pub mod export;
pub mod import;
pub mod report;

pub mod cli;
