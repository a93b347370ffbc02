//! `oversight draw`: pictures.

use crate::cli::data::{Selection, graph, sources};
use crate::cli::error::{Failure, Outcome};
use crate::cli::options::{DataArgs, FromArgs, OutputArgs, SelectionArgs};
use crate::cli::ui::Ui;
use crate::diagram::{About, Format, GapView, Scene, WriteError, gaps};
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
    form: FormArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// How a picture is written.
#[derive(Debug, clap::Args)]
struct FormArgs {
    /// The form of the picture: `svg`, `png`, `pdf`, `dot` for Graphviz, or `text`; else the extension of `-o` tells it
    #[arg(long, value_name = "FORMAT", global = true)]
    format: Option<String>,
    /// Pixels an inch of a PNG: 96 for a slide, 300 for print
    #[arg(long, value_name = "N", default_value_t = DPI, global = true, value_parser = dpi)]
    dpi: f64,
}

/// Pixels an inch of a PNG where nobody says otherwise: sharp on a screen with small pixels.
const DPI: f64 = 192.0;

fn dpi(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|dpi: &f64| (10.0..=1200.0).contains(dpi));
    number.ok_or_else(|| "write a number from 10 to 1200".to_owned())
}

#[derive(Debug, Subcommand)]
enum View {
    Gaps(GapsArgs),
}

/// Overseers by pillar, the bodies that they oversee, and what is missing between them
///
/// Without `--institution`, the bodies at the top of the security sector, as many as fit; those left out are named
/// below the picture.
#[derive(Debug, clap::Args)]
struct GapsArgs {
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    selection: SelectionArgs,
}

/// Runs the command.
pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    // A form that is not known is told before any data are read.
    let format = format(args.form.format.as_deref(), ui.output())?;
    let scene = match &args.view {
        View::Gaps(args) => {
            let from = &args.data.from;
            let graph = graph(&sources(&args.data.places, from)?, ui)?;
            let selection = Selection::new(&graph, &args.selection)?;
            let world = World::new(&graph, from.day()?, from.trust());
            let mut findings = evaluate(&world, &selection.norms);
            findings
                .retain(|f| selection.takes_institution(f.institution) && selection.takes_verdict(f.verdict));
            gap_scene(&world, &findings, &selection, from)
        }
    };
    let bytes = written(&scene, format, args.form.dpi)?;
    ui.result(|out| out.write_all(&bytes).map_err(|error| Failure::writing(ui.output(), &error)))?;
    if let Some(path) = ui.output() {
        ui.wrote(path, &summary(&scene));
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
    let scene = gap_scene(world, findings, selection, from);
    let bytes = written(&scene, format, DPI)?;
    ui.file(path, |out| out.write_all(&bytes).map_err(|error| Failure::writing(Some(path), &error)))?;
    ui.wrote(path, &summary(&scene));
    Ok(())
}

/// Draws the gap picture of `findings`, with its title, its source and the version of the data.
pub(super) fn gap_scene(
    world: &World<'_>,
    findings: &[Finding<'_>],
    selection: &Selection<'_>,
    from: &FromArgs,
) -> Scene {
    let graph = world.graph();
    let countries = countries(graph, findings);
    let about = about(graph, &countries, from, title(graph, &countries, &from.lang));
    let view = GapView {
        title: about.title,
        version: about.version,
        source: about.source,
        language: about.language,
        selection: (!selection.institutions().is_empty()).then(|| selection.institutions().to_vec()),
    };
    gaps(world, findings, &view).scene()
}

/// What stands around the picture of some countries.
fn about(graph: &Graph, countries: &[Symbol], from: &FromArgs, title: String) -> About {
    let dataset = |country: Symbol| graph.datasets.iter().find(|dataset| dataset.country == Some(country));
    let versions = countries.iter().filter_map(|country| dataset(*country)?.version).map(|v| graph.text(v));
    let mut versions: Vec<&str> = versions.collect();
    versions.sort_unstable();
    versions.dedup();
    About {
        title,
        version: (!versions.is_empty()).then(|| versions.join(", ")),
        source: source(graph, countries, from),
        language: from.lang.clone(),
    }
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
        from.from.join(", ")
    };
    let lead = if from.lang == "uk" { "Джерело" } else { "Source" };
    format!("{lead}: {data}")
}

/// Returns the form that is asked for, or that the file's extension tells; SVG where neither does.
fn format(asked: Option<&str>, path: Option<&Path>) -> Result<Format, Failure> {
    let extension = path.and_then(Path::extension).and_then(|extension| extension.to_str());
    let Some(word) = asked.or(extension) else { return Ok(Format::Svg) };
    Format::of(word).ok_or_else(|| {
        let slugs = Format::ALL.iter().map(|format| format.slug());
        Failure::new(format!("`{word}` is not a form that pictures are drawn in"))
            .nearest(nearest(word, slugs.clone()))
            .hint(format!("pictures are drawn as {}", slugs.collect::<Vec<_>>().join(", ")))
    })
}

fn written(scene: &Scene, format: Format, dpi: f64) -> Result<Vec<u8>, Failure> {
    scene.write(format, dpi).map_err(|error| {
        let failure = Failure::new(error.to_string());
        match error {
            WriteError::TooLarge { .. } => {
                failure.hint("ask for fewer pixels an inch with `--dpi`, or for SVG or PDF")
            }
            WriteError::NoGraph { .. } => failure.hint("draw it as svg, png, pdf or text"),
            _ => failure,
        }
    })
}

fn summary(scene: &Scene) -> String {
    let (boxes, edges) = scene.counts();
    format!("{boxes} boxes, {edges} edges")
}
