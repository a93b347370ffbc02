//! The graph in the forms of other tools, one file a form.
//!
//! # Invariants
//! * Output streams: memory does not grow with the number of links beyond the graph itself.
//! * Bodies and links come in the order of their IRIs, which are their ids.

pub mod facts;
mod graphml;
mod sheets;
mod template;

pub use sheets::{Sheet, workbook};
pub use template::{explanations, template};

use crate::model::{InstitutionId, LinkId, Standing, World};
use std::io::{self, Write};

/// A form of the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// GraphML, for Gephi, yEd, `NetworkX`, igraph.
    GraphMl,
}

impl Format {
    /// All forms.
    pub const ALL: &[Self] = &[Self::GraphMl];

    /// The id on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::GraphMl => "graphml",
        }
    }

    /// Finds the form with this id.
    pub fn of_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.id() == id)
    }
}

/// Which bodies and links are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Bodies that exist and links that count on the day, in force or on paper.
    Day,
    /// Everything on record.
    AllTime,
}

/// Writes the graph.
///
/// # Errors
/// If `out` takes no more.
pub fn write(
    format: Format,
    world: &World<'_>,
    period: Period,
    language: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::GraphMl => graphml::write(world, period, language, out),
    }
}

fn institutions<'w>(world: &'w World<'_>, period: Period) -> impl Iterator<Item = InstitutionId> + 'w {
    let all = world.graph().network.node_indices();
    all.filter(move |id| period == Period::AllTime || world.exists(*id))
}

fn links<'w>(world: &'w World<'_>, period: Period) -> impl Iterator<Item = LinkId> + 'w {
    let all = world.graph().network.edge_indices();
    all.filter(move |id| period == Period::AllTime || world.standing(*id) != Standing::Out)
}
