//! `oversight show`: one institution.

use crate::cli::data::{graph, institution, sources};
use crate::cli::error::{Failure, Outcome};
use crate::cli::options::{FromArgs, OutputArgs};
use crate::cli::ui::Ui;
use crate::gaps::{World, evaluate};
use crate::report::{body_json, body_text};
use clap::ValueEnum;

/// Show one institution: what it is, who controls it under which article, whom it controls, its findings
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Short id (`ua/sbu`), IRI, acronym (`ua/SBU`), name (`ua/security-service`), or type, where one body of the
    /// country has it (`ua/foreign-intelligence`)
    id: String,
    #[command(flatten)]
    from: FromArgs,
    /// The form of the output
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// Forms of a body.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For the terminal
    Table,
    /// A JSON object
    Json,
}

/// Runs the command.
pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let from = &args.from;
    let graph = graph(&sources(&[], from)?, ui)?;
    let id = institution(&graph, &args.id)?;
    let world = World::new(&graph, from.day()?, from.trust());
    let norms: Vec<_> = graph.norms.iter().collect();
    let mut findings = evaluate(&world, &norms);
    findings.retain(|finding| finding.institution == id);
    match args.format {
        Format::Table => ui.text(&body_text(&world, id, &findings, &from.lang, ui.palette()))?,
        Format::Json => ui.text(&format!("{:#}\n", body_json(&world, id, &findings)))?,
    }
    Ok(Outcome::Done)
}
