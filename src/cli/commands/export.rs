//! `oversight export`: the graph for other tools.

use crate::cli::data::{graph, sources};
use crate::cli::error::{Failure, Outcome};
use crate::cli::options::{DataArgs, OutputArgs};
use crate::cli::ui::Ui;
use crate::export::{Format, Period, write};
use crate::gaps::World;

/// Write the graph in a form that other tools open
///
/// Bodies that exist and links that count on the day, in force or on paper; with `--all-time` everything on record.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    data: DataArgs,
    /// The form of the output: `graphml` (Gephi, yEd, `NetworkX`, igraph)
    #[arg(long = "to", value_name = "FORMAT")]
    format: String,
    /// Everything on record, not only what counts on the day
    #[arg(long)]
    all_time: bool,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// Runs the command.
pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let Some(format) = Format::of_id(&args.format) else {
        let ids = Format::ALL.iter().map(|format| format.id());
        let all: Vec<&str> = ids.clone().collect();
        return Err(Failure::new(format!("`{}` is not a form that the graph is written in", args.format))
            .nearest(crate::model::nearest(&args.format, ids))
            .hint(format!("`--to` takes {}", all.join(", "))));
    };
    let from = &args.data.from;
    let graph = graph(&sources(&args.data.places, from)?, ui)?;
    let world = World::new(&graph, from.day()?, from.trust());
    let period = if args.all_time { Period::AllTime } else { Period::Day };
    ui.result(|out| {
        write(format, &world, period, &from.lang, out).map_err(|e| Failure::writing(ui.output(), &e))
    })?;
    Ok(Outcome::Done)
}
