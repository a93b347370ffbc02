//! `oversight draw`: pictures.

use crate::cli::data::{Selection, graph, sources};
use crate::cli::error::{Failure, Outcome};
use crate::cli::options::{DataArgs, FromArgs, OutputArgs, SelectionArgs};
use crate::cli::ui::Ui;
use crate::gaps::{Finding, World, evaluate};
use crate::model::Graph;
use std::path::Path;

/// Draw a picture
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

pub(crate) fn run(_args: &Args, _ui: &Ui) -> Result<Outcome, Failure> {
    Err(Failure::new("to come"))
}
pub(crate) fn country_title(_graph: &Graph, _language: &str) -> String {
    String::new()
}
pub(crate) fn draw_gaps(
    _world: &World<'_>,
    _findings: &[Finding<'_>],
    _selection: &Selection<'_>,
    _title: &str,
    _from: &FromArgs,
    _path: &Path,
    _ui: &Ui,
) -> Result<(), Failure> {
    Ok(())
}
