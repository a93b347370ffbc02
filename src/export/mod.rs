//! The graph in the forms of other tools, one file a form.
//!
//! A [`Selection`] says what is written; a [`View`] of it gives nodes, edges, acts and findings one by one, with the
//! same fields in every format; a [`Format`] of the registry writes them, and accounts for what it cannot carry.
//!
//! # Invariants
//! * Output streams: memory does not grow with the number of links beyond the graph itself.
//! * Bodies and links come in the order of their IRIs, which are their ids.
//! * What a format cannot carry is counted, never dropped in silence.

mod archive;
mod escape;
pub mod facts;
mod format;
mod graph;
mod loss;
mod out;
mod pieces;
mod rdf;
mod record;
mod select;
mod sheets;
mod style;
mod table;
mod template;

pub use archive::Zip;
pub use format::{Carries, FORMATS, Format, Properties};
pub use loss::{Loss, Part};
pub use out::{Out, Sink, Stream};
pub use record::{Field, Kind, List, Value};
pub use select::{Period, Selection, View};
pub use sheets::{Sheet, workbook};
pub use template::{explanations, template};
