//! `oversight timeline`: how verdicts changed, and which act stands behind each change.

use crate::change::timeline;
use crate::cli::data::{Selection, graph, sources};
use crate::cli::error::{Failure, Outcome};
use crate::cli::options::{DataArgs, OutputArgs, SelectionArgs};
use crate::cli::ui::Ui;
use crate::gaps::World;
use crate::report::{changes_csv, changes_json, changes_text};
use clap::ValueEnum;

/// Follow verdicts through the years: what changed on which day, by which act
///
/// From the year in which the first control of the record begins until `--as-of`. The table has a line a year;
/// `--format json` and `csv` have every change, with the links and acts behind it. `oversight draw timeline` draws it.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    selection: SelectionArgs,
    /// The first year
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1..=9999))]
    since: Option<i16>,
    /// The form of the output
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// Forms of changes.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// A line a year: how many findings of each verdict at its end, and how many changes it brought
    Table,
    /// A JSON array of all changes
    Json,
    /// Comma-separated values
    Csv,
}

/// Runs the command.
pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let from = &args.data.from;
    let graph = graph(&sources(&args.data.places, from)?, ui)?;
    let selection = Selection::new(&graph, &args.selection)?;
    let world = World::new(&graph, from.day()?, from.trust());
    let mut line = timeline(&world, &selection.norms, args.since);
    line.keep(|id| selection.takes_institution(id));
    line.changes.retain(|change| change.to.is_none_or(|verdict| selection.takes_verdict(verdict)));
    let written = |error: std::io::Error| Failure::writing(ui.output(), &error);
    match args.format {
        Format::Table => ui.text(&changes_text(&world, &line, &from.lang, ui.width()))?,
        Format::Json => ui.result(|out| changes_json(&graph, &line, out).map_err(written))?,
        Format::Csv => ui.result(|out| changes_csv(&graph, &line, out).map_err(written))?,
    }
    Ok(Outcome::Done)
}
