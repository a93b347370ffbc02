//! `oversight draw`: pictures.

use crate::cli::data::{Selection, graph, institution, sources};
use crate::cli::error::{Failure, Outcome};
use crate::cli::graphviz::layout;
use crate::cli::options::{DataArgs, FromArgs, OutputArgs, SelectionArgs};
use crate::cli::sites::shown;
use crate::cli::ui::Ui;
use crate::diagram;
use crate::diagram::engine::{Engine, request};
use crate::diagram::words::{Phrase, filled};
use crate::diagram::{About, Expand, Format, GapView, Scene, WriteError, body, chain, gaps, map};
use crate::gaps::{Finding, World, evaluate};
use crate::model::{Graph, InstitutionId, Symbol, nearest};
use crate::vocab::slug;
use crate::wording::{Tongue, phrases};
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
    /// The form of the picture: `svg`, `png`, `pdf`, `html` for a page to move in, `dot` for Graphviz, `mermaid` for Markdown, or `text`; else the extension of `-o` tells it
    #[arg(long, value_name = "FORMAT", global = true)]
    format: Option<String>,
    /// Pixels an inch of a PNG: 96 for a slide, 300 for print
    #[arg(long, value_name = "N", default_value_t = DPI, global = true, value_parser = dpi)]
    dpi: f64,
    /// Let an installed Graphviz place boxes and lines: dot, neato, fdp or sfdp
    #[arg(long, value_name = "ENGINE", global = true, value_parser = engine)]
    engine: Option<Engine>,
}

fn engine(word: &str) -> Result<Engine, String> {
    let slugs = Engine::ALL.iter().map(|engine| engine.slug());
    let found = Engine::ALL.iter().copied().find(|engine| engine.slug() == word);
    found.ok_or_else(|| match nearest(word, slugs.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write one of: {}", slugs.collect::<Vec<_>>().join(", ")),
    })
}

/// Pixels an inch of a PNG where nobody says otherwise: sharp on a screen with small pixels.
const DPI: f64 = 192.0;

/// How many edges and characters Mermaid draws where nobody says otherwise.
const MERMAID: (usize, usize) = (500, 50_000);

fn dpi(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|dpi: &f64| (10.0..=1200.0).contains(dpi));
    number.ok_or_else(|| "write a number from 10 to 1200".to_owned())
}

#[derive(Debug, Subcommand)]
enum View {
    Map(MapArgs),
    Gaps(GapsArgs),
    Body(BodyArgs),
    Chain(ChainArgs),
    Matrix(super::charts::MatrixArgs),
    Timeline(super::charts::TimelineArgs),
    Compare(super::charts::CompareArgs),
}

/// Who controls whom: overseers by pillar, the executive, security providers by family
///
/// One line a pair of boxes; its width tells how many mechanisms there are, small glyphs which. Where bodies are many,
/// those of a kind share a box that tells their number.
#[derive(Debug, clap::Args)]
struct MapArgs {
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    expand: ExpandArgs,
}

/// One body: its superiors above, those who control it left, those whom it controls right, its units below
///
/// Beside each line stand mechanism and article.
#[derive(Debug, clap::Args)]
struct BodyArgs {
    /// Short id (`ua/sbu`), IRI, acronym (`ua/SBU`), name (`ua/security-service`), or type, where one body of the
    /// country has it (`ua/foreign-intelligence`)
    id: String,
    #[command(flatten)]
    from: FromArgs,
    #[command(flatten)]
    expand: ExpandArgs,
}

/// The way from a body to the voters, by appointment, direction, dismissal and election
///
/// Every shortest way is shown; a step that is on paper only is drawn broken, and where no way on record leads on,
/// the picture says so.
#[derive(Debug, clap::Args)]
struct ChainArgs {
    /// Short id (`ua/sbu`), IRI, acronym (`ua/SBU`), name (`ua/security-service`), or type, where one body of the
    /// country has it (`ua/foreign-intelligence`)
    id: String,
    #[command(flatten)]
    from: FromArgs,
}

/// Which bodies are not put together.
#[derive(Debug, clap::Args)]
struct ExpandArgs {
    /// Give every body of this family or pillar a box of its own: `military`, `police`, `justice` ..., or `all`; repeatable
    #[arg(long, value_name = "FAMILY|PILLAR|all")]
    expand: Vec<String>,
}

impl ExpandArgs {
    fn read(&self) -> Result<Expand, Failure> {
        Expand::of(self.expand.iter().map(String::as_str)).map_err(|word| {
            Failure::new(format!("`{word}` is neither a family nor a pillar"))
                .nearest(nearest(word, Expand::words()))
                .hint(format!("known are: {}", Expand::words().collect::<Vec<_>>().join(", ")))
        })
    }
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
    /// Give every overseer a box of its own, however many there are
    #[arg(long)]
    expand: bool,
}

/// Runs the command.
pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    // A form that is not known is told before any data are read.
    let format = format(args.form.format.as_deref(), ui.output())?;
    if let Some(engine) = args.form.engine {
        args.view.takes(engine, format)?;
    }
    // A page lets its reader choose the day, so it has to have what holds on others.
    let is_page = format == Format::Html;
    let scene = match &args.view {
        View::Map(args) => {
            let (from, expand) = (&args.data.from, args.expand.read()?);
            let graph = graph(&sources(&args.data.places, from)?, ui)?;
            let world = World::new(&graph, from.day()?, from.trust());
            let world = if is_page { world.ever() } else { world };
            let countries = countries(&graph, graph.institutions().map(|(id, _)| id));
            let title = titled(&graph, &countries, Phrase::MapTitle, &from.lang);
            let about = about(&graph, &countries, from, title);
            map(&world, &about, &expand)
        }
        View::Body(args) => {
            let expand = args.expand.read()?;
            let one = |world: &World<'_>, id: InstitutionId, about: &About| {
                let ever = world.ever();
                body(if is_page { &ever } else { world }, about, id, &expand)
            };
            of_body(&args.id, &args.from, Phrase::BodyTitle, ui, one)?
        }
        View::Chain(args) => {
            let one = |world: &World<'_>, id: InstitutionId, about: &About| chain(world, about, id);
            of_body(&args.id, &args.from, Phrase::ChainTitle, ui, one)?
        }
        View::Matrix(args) => super::charts::matrix(args, ui)?,
        View::Timeline(args) => super::charts::timeline(args, ui)?,
        View::Compare(args) => super::charts::compare(args, ui)?,
        View::Gaps(args) => {
            let from = &args.data.from;
            let graph = graph(&sources(&args.data.places, from)?, ui)?;
            let selection = Selection::new(&graph, &args.selection)?;
            let world = World::new(&graph, from.day()?, from.trust());
            let mut findings = evaluate(&world, &selection.norms);
            findings
                .retain(|f| selection.takes_institution(f.institution) && selection.takes_verdict(f.verdict));
            gap_scene(&world, &findings, &selection, from, args.expand)
        }
    };
    let scene = match args.form.engine {
        Some(engine) => laid_out(&scene, engine)?,
        None => scene,
    };
    let bytes = written(&scene, format, args.form.dpi)?;
    if format == Format::Mermaid && (scene.counts().1 > MERMAID.0 || bytes.len() > MERMAID.1) {
        let (edges, signs) = MERMAID;
        ui.note(&format!(
            "Mermaid draws at most {edges} edges and {signs} characters, unless the page that shows it raises maxEdges and maxTextSize"
        ));
    }
    ui.result(|out| out.write_all(&bytes).map_err(|error| Failure::writing(ui.output(), &error)))?;
    if let Some(path) = ui.output() {
        ui.wrote(path, &summary(&scene));
    }
    Ok(Outcome::Done)
}

impl View {
    /// Refuses an engine where there are no boxes to place, or where others place them.
    fn takes(&self, engine: Engine, format: Format) -> Result<(), Failure> {
        let name = match self {
            Self::Matrix(_) => "matrix",
            Self::Timeline(_) => "timeline",
            Self::Compare(_) => "compare",
            Self::Map(_) | Self::Gaps(_) | Self::Body(_) | Self::Chain(_) if format == Format::Dot => {
                return Err(Failure::new("`--engine` places boxes, and DOT has no places").hint(format!(
                    "write it as svg, png or pdf; or leave `--engine` out and call `dot -K{} -Tsvg` yourself",
                    engine.slug()
                )));
            }
            Self::Map(_) | Self::Gaps(_) | Self::Body(_) | Self::Chain(_) => return Ok(()),
        };
        Err(Failure::new(format!("the view `{name}` has no boxes and lines that `--engine` could place"))
            .hint("map, gaps, body and chain have; leave `--engine` out for the others"))
    }
}

/// Returns the picture with boxes and lines where Graphviz puts them; as it is, where there are none.
fn laid_out(scene: &Scene, engine: Engine) -> Result<Scene, Failure> {
    let Ok(request) = request(scene, engine) else { return Ok(scene.clone()) };
    let answer = layout(engine, &request)?;
    diagram::engine::laid_out(scene, engine, &answer)
        .map_err(|error| Failure::of(&error).hint("another engine may do: dot, neato, fdp or sfdp"))
}

/// Draws a picture of the body that the user names.
fn of_body(
    id: &str,
    from: &FromArgs,
    title: Phrase,
    ui: &Ui,
    draw: impl Fn(&World<'_>, InstitutionId, &About) -> Scene,
) -> Result<Scene, Failure> {
    let graph = graph(&sources(&[], from)?, ui)?;
    let id = institution(&graph, id)?;
    let world = World::new(&graph, from.day()?, from.trust());
    let countries: Vec<Symbol> = graph.institution(id).country.into_iter().collect();
    let title = filled(title.in_language(&from.lang), &[graph.name(id, &from.lang)]);
    Ok(draw(&world, id, &about(&graph, &countries, from, title)))
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
    let format = format_of(path)?;
    draw_scene(&gap_scene(world, findings, selection, from, false), format, path, ui)
}

/// Returns the form that the extension of a file tells.
pub(super) fn format_of(path: &Path) -> Result<Format, Failure> {
    format(None, Some(path))
}

/// Draws a picture into a file.
pub(super) fn draw_scene(scene: &Scene, format: Format, path: &Path, ui: &Ui) -> Result<(), Failure> {
    let bytes = written(scene, format, DPI)?;
    ui.file(path, |out| out.write_all(&bytes).map_err(|error| Failure::writing(Some(path), &error)))?;
    ui.wrote(path, &summary(scene));
    Ok(())
}

/// Draws the gap picture of `findings`, with its title, its source and the version of the data.
pub(super) fn gap_scene(
    world: &World<'_>,
    findings: &[Finding<'_>],
    selection: &Selection<'_>,
    from: &FromArgs,
    expand: bool,
) -> Scene {
    let graph = world.graph();
    let countries = countries(graph, findings.iter().map(|finding| finding.institution));
    let about = about(graph, &countries, from, titled(graph, &countries, Phrase::GapsTitle, &from.lang));
    let view = GapView {
        title: about.title,
        version: about.version,
        source: about.source,
        language: about.language,
        selection: (!selection.institutions().is_empty()).then(|| selection.institutions().to_vec()),
        expand,
    };
    gaps(world, findings, &view).scene()
}

/// What stands around the picture of some countries.
pub(super) fn about(graph: &Graph, countries: &[Symbol], from: &FromArgs, title: String) -> About {
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

/// The countries of some bodies, in order.
fn countries(graph: &Graph, bodies: impl Iterator<Item = InstitutionId>) -> Vec<Symbol> {
    let mut countries: Vec<Symbol> = bodies.filter_map(|id| graph.institution(id).country).collect();
    countries.sort_unstable();
    countries.dedup();
    countries.sort_unstable_by_key(|country| graph.text(*country));
    countries
}

/// What a picture is about, with the names of the countries before it.
fn titled(graph: &Graph, countries: &[Symbol], subject: Phrase, language: &str) -> String {
    let names = countries.iter().map(|iri| {
        let known = graph.countries.iter().find(|country| country.iri == *iri);
        let label = known.and_then(|country| country.labels.pick(&graph.texts, language));
        label.map_or_else(|| slug(graph.text(*iri)), |label| graph.text(label))
    });
    let names: Vec<&str> = names.collect();
    let subject = subject.in_language(language);
    if names.is_empty() { subject.to_owned() } else { format!("{}: {subject}", names.join(", ")) }
}

fn source(graph: &Graph, countries: &[Symbol], from: &FromArgs) -> String {
    let folders = countries.iter().map(|country| format!("data/{}", slug(graph.text(*country))));
    source_of(&folders.collect::<Vec<_>>().join(", "), from)
}

/// The source line of a picture of shipped data, which are named here, or of those that are read instead.
pub(super) fn source_of(shipped: &str, from: &FromArgs) -> String {
    let data = if from.from.is_empty() {
        format!("oversight, {shipped} (CC BY 4.0)")
    } else {
        from.from.iter().map(|source| shown(source)).collect::<Vec<_>>().join(", ")
    };
    Tongue::of(&from.lang).fill(phrases::PICTURE_SOURCE, &[&data])
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
            WriteError::NoGraph { .. } => failure.hint("draw it as svg, png, pdf, html or text"),
            _ => failure,
        }
    })
}

/// What is in the picture; of a page with a slider what is there on its day, and on any.
fn summary(scene: &Scene) -> String {
    let said = |(boxes, edges): (usize, usize)| format!("{boxes} boxes, {edges} edges");
    match (scene.counts_on_its_day(), scene.counts()) {
        (_, (0, _)) => format!("{} values", scene.values()),
        (there, all) if there == all => said(all),
        (there, all) => format!("{}; on all days {}", said(there), said(all)),
    }
}
