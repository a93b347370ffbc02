//! `oversight gaps`: a verdict for each norm and institution.

use crate::cli::data::{Selection, graph, norms, sources};
use crate::cli::error::{Failure, Outcome};
use crate::cli::options::{DataArgs, NormArgs, OutputArgs, SelectionArgs, SeverityArg};
use crate::cli::ui::Ui;
use crate::gaps::{Finding, Profile, ProfileError, Summary, Verdict, World, evaluate, explain};
use crate::model::{Graph, Severity};
use crate::report::{
    Findings, explanation_json, explanation_text, findings_csv, findings_json, findings_jsonl,
    findings_junit, findings_markdown, findings_sarif, findings_text,
};
use crate::wording::{Tongue, phrases};
use clap::ValueEnum;
use std::path::{Path, PathBuf};

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
    /// Take severities from this profile: lines `ID|PREFIX must|should|may|off`, later lines win, `*` is every norm
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// Tell how one norm comes to its verdict for one institution: each link looked at, and the rule that decides
    #[arg(long, value_names = ["NORM", "INSTITUTION"], num_args = 2, conflicts_with_all = ["draw", "fail_on"])]
    explain: Option<Vec<String>>,
    /// Draw the gap diagram into this file as well (`.svg`, `.png`, `.pdf`, `.dot` or `.txt`)
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
    /// SARIF 2.1.0, for code forges
    Sarif,
    /// `JUnit` XML, for test dashboards
    Junit,
}

/// Runs the command.
pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let from = &args.data.from;
    let day = from.day()?;
    let mut graph = graph(&sources(&args.data.places, from)?, ui)?;
    if let Some(path) = &args.profile {
        profile(path)?.apply(&mut graph.norms).map_err(|error| of_profile(path, &error))?;
    }
    if let Some([norm, institution]) = args.explain.as_deref() {
        return tell(args, &graph, norm, institution, ui);
    }
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
    let title = title(&world, &selection, &from.lang);
    let written = |e: std::io::Error| Failure::writing(ui.output(), &e);
    match args.format {
        Format::Table => ui.text(&findings_text(&view, &title, ui.palette(), ui.width()))?,
        Format::Json => ui.result(|out| findings_json(&view, out).map_err(written))?,
        Format::Jsonl => ui.result(|out| findings_jsonl(&view, out).map_err(written))?,
        Format::Csv => ui.result(|out| findings_csv(&view, out).map_err(written))?,
        Format::Markdown => ui.text(&findings_markdown(&view, &title))?,
        Format::Sarif => ui.text(&format!("{:#}\n", findings_sarif(&view)))?,
        Format::Junit => ui.result(|out| findings_junit(&view, out).map_err(written))?,
    }
    Ok(outcome(&findings, args.fail_on.map(Severity::from)))
}

/// Tells the derivation of one finding.
fn tell(args: &Args, graph: &Graph, norm: &str, institution: &str, ui: &Ui) -> Result<Outcome, Failure> {
    let from = &args.data.from;
    let wanted = NormArgs { norm: vec![norm.to_owned()], ..NormArgs::default() };
    let [norm] = norms(graph, &wanted)?[..] else {
        return Err(Failure::new(format!("`{norm}` is several norms")).hint("explain one at a time"));
    };
    let id = crate::cli::data::institution(graph, institution)?;
    let world = World::new(graph, from.day()?, from.trust());
    let explanation = explain(&world, norm, id);
    match args.format {
        Format::Table => ui.text(&explanation_text(&world, &explanation, &from.lang, ui.palette()))?,
        Format::Json => ui.text(&format!("{:#}\n", explanation_json(&world, &explanation)))?,
        _ => {
            return Err(Failure::new("a derivation is told as a table or as JSON")
                .hint("use `--format table` or `--format json` with `--explain`"));
        }
    }
    Ok(Outcome::Done)
}

fn profile(path: &Path) -> Result<Profile, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::new(format!("cannot read the profile `{}`: {error}", path.display())))?;
    text.parse().map_err(|error| of_profile(path, &error))
}

fn of_profile(path: &Path, error: &ProfileError) -> Failure {
    Failure::new(format!("{}: {error}", path.display()))
        .hint("a line is the id of a norm, or the beginning of ids, and must, should, may or off")
}

fn outcome(findings: &[Finding<'_>], fail_on: Option<Severity>) -> Outcome {
    let fails = |finding: &Finding<'_>| {
        let unmet = matches!(finding.verdict, Verdict::Gap | Verdict::Partial | Verdict::OnPaper);
        unmet && fail_on.is_some_and(|severity| finding.norm.severity <= severity)
    };
    if findings.iter().any(fails) { Outcome::Findings } else { Outcome::Done }
}

fn title(world: &World<'_>, selection: &Selection<'_>, language: &str) -> String {
    let graph = world.graph();
    let links = graph.network.edge_count();
    let verified = graph.network.edge_weights().filter(|link| link.verified).count();
    let share = if links == 0 { 0.0 } else { verified as f64 / links as f64 };
    let tongue = Tongue::of(language);
    tongue.fill(
        phrases::SUMMARY_TITLE,
        &[
            &world.day(),
            &tongue.count(phrases::NORMS, selection.norms.len()),
            &tongue.count(phrases::INSTITUTIONS, graph.network.node_count()),
            &tongue.count(phrases::LINKS, links),
            &tongue.percent(share),
        ],
    )
}
