//! `oversight export`: the graph for other tools.

use crate::cli::data::{graph, sources};
use crate::cli::error::{Failure, Outcome};
use crate::cli::options::{DataArgs, OutputArgs};
use crate::cli::tables::{is_workbook, write_tables};
use crate::cli::ui::Ui;
use crate::export::facts::facts;
use crate::export::{Format, Period, explanations, write};
use crate::gaps::World;
use crate::model::Trust;

/// Write the graph in a form that other tools open
///
/// Bodies that exist and links that count on the day, in force or on paper; with `--all-time` everything on record.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    data: DataArgs,
    /// The form of the output: `graphml` (Gephi, yEd, `NetworkX`, igraph), or `facts`, one country's tables as
    /// `import facts` reads them, with all that is on record: to a folder as CSV, to a file as XLSX
    #[arg(long = "to", value_name = "FORMAT")]
    format: String,
    /// Everything on record, not only what counts on the day
    #[arg(long)]
    all_time: bool,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// The form that is several tables.
const FACTS: &str = "facts";

/// Runs the command.
pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    if args.format == FACTS {
        return tables(args, ui);
    }
    let Some(format) = Format::of_id(&args.format) else {
        let ids = Format::ALL.iter().map(|format| format.id()).chain([FACTS]);
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

/// Writes one country's tables.
fn tables(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let Some(target) = ui.output() else {
        return Err(Failure::new("tables need a folder or a workbook to write to")
            .hint("name it with `-o`, such as `-o tables` for CSV or `-o tables.xlsx`"));
    };
    let from = &args.data.from;
    if from.trust() == Trust::VerifiedOnly {
        return Err(Failure::new("`--verified-only` cannot stand with `--to facts`")
            .hint("the column `checked` says what is verified"));
    }
    let graph = graph(&sources(&args.data.places, from)?, ui)?;
    let codes = graph.codes();
    let [code] = codes.as_slice() else {
        return Err(Failure::new(match codes.len() {
            0 => "there is no country to make tables of".to_owned(),
            n => format!("tables hold one country, and there are {n}: {}", codes.join(", ")),
        })
        .hint(
            "name one, such as `oversight export xx --to facts -o tables`; with `--from`, only its files",
        ));
    };
    let made = facts(&graph, code);
    for lost in &made.lost {
        ui.note(&format!("warning: no table holds {lost}"));
    }
    let counts: Vec<String> =
        made.sheets.iter().map(|sheet| format!("{} {}", sheet.rows.len(), sheet.name)).collect();
    let mut sheets = made.sheets;
    if is_workbook(target) {
        sheets.extend(explanations(&graph));
    }
    write_tables(&sheets, target, ui)?;
    ui.wrote(target, &counts.join(", "));
    Ok(Outcome::Done)
}
