//! `oversight gaps`: a verdict for each norm and institution.

use crate::cli::data::{Selection, graph, sources};
use crate::cli::error::{Failure, Outcome};
use crate::cli::options::{DataArgs, OutputArgs, SelectionArgs, SeverityArg};
use crate::cli::ui::Ui;
use crate::gaps::{Finding, Summary, Verdict, World, evaluate};
use crate::model::Severity;
use crate::report::{
    Findings, findings_csv, findings_json, findings_jsonl, findings_markdown, findings_text,
};
use clap::ValueEnum;
use std::path::PathBuf;

/// Hold institutions against norms: what is met, on paper, partial, missing or unknown
///
/// Prints the counts of verdicts by severity and by the pillar that norms ask for, then what is not met, body by
/// body, the worst first. `--format json` has every finding, with evidence, provisions and sources.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    selection: SelectionArgs,
    /// Exit with 1 if a norm of this or a graver severity is a gap, partial or only on paper
    ///
    /// Unknown does not count: silence in the data is not absence in the world.
    #[arg(long, value_name = "SEVERITY")]
    fail_on: Option<SeverityArg>,
    /// Draw the gap diagram into this file as well (`.svg` or `.dot`)
    #[arg(long, value_name = "FILE")]
    draw: Option<PathBuf>,
    /// The form of the output
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// Forms of findings.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For the terminal
    Table,
    /// A JSON array of all findings
    Json,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values
    Csv,
    /// Markdown tables
    Markdown,
}

/// Runs the command.
pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let from = &args.data.from;
    let day = from.day()?;
    let graph = graph(&sources(&args.data.places, from)?, ui)?;
    let selection = Selection::new(&graph, &args.selection)?;
    let world = World::new(&graph, day, from.trust());
    let mut findings = evaluate(&world, &selection.norms);
    findings.retain(|finding| selection.takes_institution(finding.institution));
    if let Some(path) = &args.draw {
        super::draw::draw_gaps(&world, &findings, &selection, from, path, ui)?;
    }
    findings.retain(|finding| selection.takes_verdict(finding.verdict));
    let summary = Summary::of(&graph, &findings);
    let view = Findings { world: &world, findings: &findings, summary: &summary, language: &from.lang };
    let title = title(&world, &selection);
    let written = |e: std::io::Error| Failure::writing(ui.output(), &e);
    match args.format {
        Format::Table => ui.text(&findings_text(&view, &title, ui.palette(), ui.width()))?,
        Format::Json => ui.result(|out| findings_json(&view, out).map_err(written))?,
        Format::Jsonl => ui.result(|out| findings_jsonl(&view, out).map_err(written))?,
        Format::Csv => ui.result(|out| findings_csv(&view, out).map_err(written))?,
        Format::Markdown => ui.text(&findings_markdown(&view, &title))?,
    }
    Ok(outcome(&findings, args.fail_on.map(Severity::from)))
}

fn outcome(findings: &[Finding<'_>], fail_on: Option<Severity>) -> Outcome {
    let fails = |finding: &Finding<'_>| {
        let unmet = matches!(finding.verdict, Verdict::Gap | Verdict::Partial | Verdict::OnPaper);
        unmet && fail_on.is_some_and(|severity| finding.norm.severity <= severity)
    };
    if findings.iter().any(fails) { Outcome::Findings } else { Outcome::Done }
}

fn title(world: &World<'_>, selection: &Selection<'_>) -> String {
    let graph = world.graph();
    let links = graph.network.edge_count();
    let verified = graph.network.edge_weights().filter(|link| link.verified).count();
    let share = if links == 0 { 0.0 } else { 100.0 * verified as f64 / links as f64 };
    format!(
        "Oversight on {}: {} norms, {} institutions, {links} links ({share:.1} % verified)",
        world.day(),
        selection.norms.len(),
        graph.network.node_count(),
    )
}
