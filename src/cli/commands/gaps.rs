//! `oversight gaps`: a verdict for each norm and institution.

use crate::cli::data::{
    Selection, check, graph, no_places_beside_from, norms, only_endpoint, sources, unreadable_norms,
    warn_of_facts_among,
};
use crate::cli::error::{Failure, Outcome};
use crate::cli::options::{DataArgs, NormArgs, OutputArgs, SelectionArgs, SeverityArg};
use crate::cli::ui::Ui;
use crate::gaps::{Finding, Profile, ProfileError, Summary, Verdict, World, evaluate, explain};
use crate::model::{Day, Graph, Severity};
use crate::pushdown::{NotMet, Pushdown, findings};
use crate::rdf::{Document, Source, documents, locate};
use crate::report::{
    Findings, Places, explanation_json, explanation_text, findings_csv, findings_json, findings_jsonl,
    findings_junit, findings_markdown, findings_sarif, findings_text,
};
use crate::wording::{Tongue, phrases};
use clap::ValueEnum;
use std::collections::BTreeSet;
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
    /// Unknown does not count: silence in the data is not absence in the world. What `--verdict` leaves out does.
    #[arg(long, value_name = "SEVERITY")]
    fail_on: Option<SeverityArg>,
    /// Take severities from this profile: lines `ID|PREFIX must|should|may|off`, later lines win, `*` is every norm
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// Tell how one norm comes to its verdict for one institution: each link looked at, and the rule that decides
    #[arg(long, value_names = ["NORM", "INSTITUTION"], num_args = 2, conflicts_with_all = ["draw", "fail_on", "norm", "document", "principle", "severity", "institution", "verdict"])]
    explain: Option<Vec<String>>,
    /// Have the endpoint of `--from` evaluate the norms, and fetch only what the findings asked for rest on
    ///
    /// The findings are the same, or the command fails. A norm is a query over all bodies: worth it for few norms on data too
    /// large to fetch, or to have another engine confirm the findings.
    #[arg(long, conflicts_with_all = ["draw", "explain"])]
    pushdown: bool,
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
    /// SARIF 2.1.0, for code forges: what is not met, unless `--verdict` asks for more
    Sarif,
    /// `JUnit` XML, for test dashboards; below `--fail-on` and unknown is skipped
    Junit,
}

/// Runs the command.
pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let from = &args.data.from;
    let day = from.day()?;
    warn_of_facts_among(&from.norms, ui)?;
    let (documents, mut graph, decided) = if args.pushdown {
        let (graph, decided) = elsewhere(args, day)?;
        check(&graph, &[], ui)?;
        (Vec::new(), graph, Some(decided))
    } else {
        let documents = sources(&args.data.places, from)?;
        let graph = graph(&documents, ui)?;
        (documents, graph, None)
    };
    let selected = profiled(args, &mut graph)?;
    if let Some([norm, institution]) = args.explain.as_deref() {
        return tell(args, &graph, norm, institution, ui);
    }
    let selection = Selection::new(&graph, &selected)?;
    let world = World::new(&graph, day, from.trust());
    let mut findings = match &decided {
        Some(decided) => findings(&world, &selection.norms, &decided.bodies, &decided.not_met)?,
        None => evaluate(&world, &selection.norms),
    };
    findings.retain(|finding| selection.takes_institution(finding.institution));
    if findings.is_empty() {
        ui.warning("no norm binds a body here: nothing was held against anything");
    }
    if let Some(path) = &args.draw {
        super::draw::draw_gaps(&world, &findings, &selection, from, path, ui)?;
    }
    let bar = args.fail_on.map(Severity::from);
    // What is not shown counts for the gate.
    let outcome = outcome(&findings, bar);
    findings.retain(|finding| selection.takes_verdict(finding.verdict));
    if matches!(args.format, Format::Sarif) && selected.verdict.is_empty() {
        // Forges show whatever stands in it as an alert.
        findings.retain(|finding| is_failure(finding.verdict));
    }
    let summary = Summary::of(&graph, &findings);
    let view = Findings { world: &world, findings: &findings, summary: &summary, language: &from.lang };
    let title = title(&world, &selection, &from.lang, decided.as_ref());
    let written = |e: std::io::Error| Failure::writing(ui.output(), &e);
    match args.format {
        Format::Table => ui.text(&findings_text(&view, &title, ui.palette(), ui.width()))?,
        Format::Json => ui.result(|out| findings_json(&view, out).map_err(written))?,
        Format::Jsonl => ui.result(|out| findings_jsonl(&view, out).map_err(written))?,
        Format::Csv => ui.result(|out| findings_csv(&view, out).map_err(written))?,
        Format::Markdown => ui.text(&findings_markdown(&view, &title))?,
        Format::Sarif => {
            let places = places(&graph, &findings, &documents)?;
            ui.text(&format!("{:#}\n", findings_sarif(&view, &places)))?;
        }
        Format::Junit => ui.result(|out| findings_junit(&view, bar, out).map_err(written))?,
    }
    Ok(outcome)
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

/// What the engine of an endpoint says.
struct Decided {
    /// As it is shown.
    address: String,
    not_met: NotMet,
    /// The bodies that are asked for, by IRI.
    bodies: BTreeSet<String>,
}

/// Has the endpoint decide the norms, and fetches what the findings asked for rest on.
fn elsewhere(args: &Args, day: Day) -> Result<(Graph, Decided), Failure> {
    let from = &args.data.from;
    let site = only_endpoint(from, from.fetch_timeout())?.ok_or_else(|| {
        let failure = Failure::new("there is no endpoint to evaluate the norms")
            .hint("name it with `--from`, such as `--from https://host.example/sparql`");
        if args.data.places.is_empty() {
            return failure;
        }
        failure.hint("leave out the place: places are shipped data, and what the endpoint has is asked for")
    })?;
    no_places_beside_from(&args.data.places)?;
    let norms = from.norms.iter().cloned().map(Source::Path);
    let known: Vec<Source> = [Source::Shipped("ontology/".to_owned())].into_iter().chain(norms).collect();
    let known = documents(&known)?;
    let address = site.address().to_string();
    let pushdown = Pushdown::new(site, known.clone(), day)?;
    let mut frame = pushdown.frame()?;
    if let Some(failure) = unreadable_norms(&frame, &known) {
        return Err(failure.hint("no verdict is given while a norm cannot be read"));
    }
    let selected = profiled(args, &mut frame)?;
    let selection = Selection::new(&frame, &selected)?;
    let not_met = pushdown.not_met(&frame, &selection.norms, day, from.trust())?;
    let asked = frame.institutions().filter(|(id, _)| selection.takes_institution(*id));
    let bodies: BTreeSet<String> = asked.map(|(id, _)| frame.iri(id).to_owned()).collect();
    let graph = pushdown.around(&frame, &bodies, from.trust())?;
    Ok((graph, Decided { address, not_met, bodies }))
}

/// Applies the profile, and returns the selection without the norms that are off now.
fn profiled(args: &Args, graph: &mut Graph) -> Result<SelectionArgs, Failure> {
    let mut selection = args.selection.clone();
    let Some(path) = &args.profile else { return Ok(selection) };
    // A norm that there is not is told as such, whatever the profile says.
    norms(graph, &selection.norms)?;
    profile(path)?.apply(&mut graph.norms).map_err(|error| of_profile(path, &error))?;
    let explained = args.explain.iter().flatten().take(1);
    let asked: Vec<String> = selection.norms.norm.iter().chain(explained).cloned().collect();
    let is_on = |id: &String| graph.norms.iter().any(|norm| norm.goes_by(id));
    if graph.norms.is_empty() || !(asked.is_empty() || asked.iter().any(is_on)) {
        let what = if asked.is_empty() { "every norm".to_owned() } else { format!("`{}`", asked.join(" ")) };
        return Err(Failure::new(format!("the profile `{}` switches off {what}", path.display()))
            .hint("nothing is left to hold the data against; later lines win"));
    }
    selection.norms.norm.retain(is_on);
    Ok(selection)
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

/// Unknown is none: silence in the data is not absence in the world.
fn is_failure(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Gap | Verdict::Partial | Verdict::OnPaper)
}

/// Returns where the institutions of findings are described: file, as a reference of a URI, and line.
fn places(graph: &Graph, findings: &[Finding<'_>], documents: &[Document]) -> Result<Places, Failure> {
    let subjects: BTreeSet<&str> = findings.iter().map(|finding| graph.iri(finding.institution)).collect();
    let mut places = Places::new();
    for document in documents {
        for (subject, line) in locate(document, &subjects)? {
            places.entry(subject).or_insert_with(|| (reference(&document.name), line));
        }
    }
    Ok(places)
}

/// Returns a path as a reference of a URI: relative, or of the scheme `file`.
fn reference(path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path);
    let mut reference = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            reference.push(char::from(byte));
        } else {
            reference.push_str(&format!("%{byte:02X}"));
        }
    }
    reference
}

fn outcome(findings: &[Finding<'_>], fail_on: Option<Severity>) -> Outcome {
    let fails = |finding: &Finding<'_>| {
        is_failure(finding.verdict) && fail_on.is_some_and(|severity| finding.norm.severity <= severity)
    };
    if findings.iter().any(fails) { Outcome::Findings } else { Outcome::Done }
}

fn title(world: &World<'_>, selection: &Selection<'_>, language: &str, decided: Option<&Decided>) -> String {
    let graph = world.graph();
    let tongue = Tongue::of(language);
    let norms = tongue.count(phrases::NORMS, selection.norms.len());
    let institutions = tongue.count(phrases::INSTITUTIONS, graph.network.node_count());
    if let Some(decided) = decided {
        let parts: [&dyn std::fmt::Display; 4] = [&world.day(), &norms, &institutions, &decided.address];
        return tongue.fill(phrases::PUSHED_TITLE, &parts);
    }
    let links = graph.network.edge_count();
    let verified = graph.network.edge_weights().filter(|link| link.verified).count();
    let share = if links == 0 { 0.0 } else { verified as f64 / links as f64 };
    tongue.fill(
        phrases::SUMMARY_TITLE,
        &[&world.day(), &norms, &institutions, &tongue.count(phrases::LINKS, links), &tongue.percent(share)],
    )
}
