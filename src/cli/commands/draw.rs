//! `oversight draw`: pictures.

use crate::cli::data::{Selection, graph, sources};
use crate::cli::error::{Failure, Outcome};
use crate::cli::options::{DataArgs, FromArgs, OutputArgs, SelectionArgs};
use crate::cli::sites::shown;
use crate::cli::ui::Ui;
use crate::diagram::{GapView, Picture, gaps};
use crate::gaps::{Finding, World, evaluate};
use crate::model::{Graph, Symbol, nearest};
use crate::vocab::slug;
use clap::Subcommand;
use std::path::Path;

/// Draw what is there and what is missing
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    view: View,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(Debug, Subcommand)]
enum View {
    Gaps(GapsArgs),
}

/// Overseers by pillar, the bodies that they oversee, and what is missing between them
///
/// Without `--institution`, the bodies at the top of the security sector, as many as fit; those left out are named
/// below the picture. The form is told by the extension of `-o`, or by `--format`.
#[derive(Debug, clap::Args)]
struct GapsArgs {
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    selection: SelectionArgs,
    /// The form of the picture: `svg`, or `dot` for Graphviz
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
}

/// The forms of a picture.
const FORMATS: [&str; 2] = ["svg", "dot"];

/// Runs the command.
pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let View::Gaps(args) = &args.view;
    let from = &args.data.from;
    let format = format(args.format.as_deref(), ui.output())?;
    let graph = graph(&sources(&args.data.places, from)?, ui)?;
    let selection = Selection::new(&graph, &args.selection)?;
    let world = World::new(&graph, from.day()?, from.trust());
    let mut findings = evaluate(&world, &selection.norms);
    findings.retain(|f| selection.takes_institution(f.institution) && selection.takes_verdict(f.verdict));
    let picture = gap_picture(&world, &findings, &selection, from);
    ui.text(&written(&picture, format))?;
    if let Some(path) = ui.output() {
        ui.wrote(path, &summary(&picture));
    }
    Ok(Outcome::Done)
}

/// Draws the gap picture of `findings` into a file.
pub(super) fn draw_gaps(
    world: &World<'_>,
    findings: &[Finding<'_>],
    selection: &Selection<'_>,
    from: &FromArgs,
    path: &Path,
    ui: &Ui,
) -> Result<(), Failure> {
    let format = format(None, Some(path))?;
    let picture = gap_picture(world, findings, selection, from);
    let text = written(&picture, format);
    ui.file(path, |out| {
        out.write_all(text.as_bytes()).map_err(|error| Failure::writing(Some(path), &error))
    })?;
    ui.wrote(path, &summary(&picture));
    Ok(())
}

fn gap_picture(
    world: &World<'_>,
    findings: &[Finding<'_>],
    selection: &Selection<'_>,
    from: &FromArgs,
) -> Picture {
    let graph = world.graph();
    let countries = countries(graph, findings);
    let dataset = |country: Symbol| graph.datasets.iter().find(|dataset| dataset.country == Some(country));
    let versions = countries.iter().filter_map(|country| dataset(*country)?.version).map(|v| graph.text(v));
    let mut versions: Vec<&str> = versions.collect();
    versions.sort_unstable();
    versions.dedup();
    let view = GapView {
        title: title(graph, &countries, &from.lang),
        version: (!versions.is_empty()).then(|| versions.join(", ")),
        source: source(graph, &countries, from),
        language: from.lang.clone(),
        selection: (!selection.institutions().is_empty()).then(|| selection.institutions().to_vec()),
    };
    gaps(world, findings, &view)
}

/// The countries of the bodies that findings are about, in order.
fn countries(graph: &Graph, findings: &[Finding<'_>]) -> Vec<Symbol> {
    let mut countries: Vec<Symbol> =
        findings.iter().filter_map(|finding| graph.institution(finding.institution).country).collect();
    countries.sort_unstable_by_key(|country| graph.text(*country));
    countries.dedup();
    countries
}

fn title(graph: &Graph, countries: &[Symbol], language: &str) -> String {
    let names: Vec<&str> = countries
        .iter()
        .map(|iri| {
            let known = graph.countries.iter().find(|country| country.iri == *iri);
            let label = known.and_then(|country| country.labels.pick(&graph.texts, language));
            label.map_or_else(|| slug(graph.text(*iri)), |label| graph.text(label))
        })
        .collect();
    let subject = if language == "uk" {
        "прогалини нагляду в секторі безпеки"
    } else {
        "oversight gaps of the security sector"
    };
    if names.is_empty() { subject.to_owned() } else { format!("{}: {subject}", names.join(", ")) }
}

fn source(graph: &Graph, countries: &[Symbol], from: &FromArgs) -> String {
    let data = if from.from.is_empty() {
        let folders = countries.iter().map(|country| format!("data/{}", slug(graph.text(*country))));
        format!("oversight, {} (CC BY 4.0)", folders.collect::<Vec<_>>().join(", "))
    } else {
        from.from.iter().map(|source| shown(source)).collect::<Vec<_>>().join(", ")
    };
    let lead = if from.lang == "uk" { "Джерело" } else { "Source" };
    format!("{lead}: {data}")
}

/// Returns the form that is asked for, or that the file's extension tells; SVG where neither does.
fn format(asked: Option<&str>, path: Option<&Path>) -> Result<&'static str, Failure> {
    let extension = path.and_then(Path::extension).and_then(|extension| extension.to_str());
    let Some(word) = asked.or(extension) else { return Ok(FORMATS[0]) };
    FORMATS.iter().find(|format| format.eq_ignore_ascii_case(word)).copied().ok_or_else(|| {
        Failure::new(format!("`{word}` is not a form that pictures are drawn in"))
            .nearest(nearest(word, FORMATS))
            .hint(format!("pictures are drawn as {}", FORMATS.join(" or ")))
    })
}

fn written(picture: &Picture, format: &str) -> String {
    if format == "dot" { picture.to_dot() } else { picture.to_svg() }
}

fn summary(picture: &Picture) -> String {
    format!("{} boxes, {} edges", picture.nodes.len(), picture.edges.len())
}
