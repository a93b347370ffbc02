//! The charts among the pictures: `matrix`, `timeline`, `compare`.

use super::draw::about;
use crate::change;
use crate::cli::data::{Selection, graph, sources};
use crate::cli::error::Failure;
use crate::cli::options::{DataArgs, FromArgs, SelectionArgs};
use crate::cli::ui::Ui;
use crate::diagram::compare::{self, CompareView, Rows};
use crate::diagram::matrix::{self, Columns, MatrixView};
use crate::diagram::timeline::{self, TimelineView};
use crate::diagram::{About, Scene};
use crate::gaps::{Finding, World, evaluate};
use crate::model::{Graph, InstitutionId, Symbol, nearest};
use crate::vocab::slug;
use crate::wording::Tongue;

/// Bodies by pillars (or norms, mechanisms, documents, principles): the worst verdict and the number of controls
///
/// Families stand together, the worst first. Bodies whose verdicts are the same in every column share a row, unless
/// there are few or `--expand` is given.
#[derive(Debug, clap::Args)]
pub(super) struct MatrixArgs {
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    selection: SelectionArgs,
    /// What the columns are: pillars, norms, mechanisms, documents or principles
    #[arg(long, value_name = "WHAT", default_value = "pillars", value_parser = columns)]
    columns: Columns,
    /// Draw every body and every column, however large the picture gets
    #[arg(long)]
    expand: bool,
}

/// Verdicts through the years, the laws that changed them, and a strip for each body
///
/// From the year in which the first control of the record begins (or `--since`) until `--as-of`.
#[derive(Debug, clap::Args)]
pub(super) struct TimelineArgs {
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    selection: SelectionArgs,
    /// The first year
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1..=9999))]
    since: Option<i16>,
    /// Draw a strip for every body
    #[arg(long)]
    expand: bool,
}

/// The same norms in several countries, side by side: `oversight draw compare ua,no,de`
#[derive(Debug, clap::Args)]
pub(super) struct CompareArgs {
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    selection: SelectionArgs,
    /// What the rows are: documents, principles or norms
    #[arg(long, value_name = "WHAT", default_value = "documents", value_parser = rows)]
    rows: Rows,
}

fn columns(word: &str) -> Result<Columns, String> {
    let found = Columns::ALL.iter().copied().find(|columns| columns.slug() == word);
    found.ok_or_else(|| one_of(word, Columns::ALL.iter().map(|columns| columns.slug())))
}

fn rows(word: &str) -> Result<Rows, String> {
    let found = Rows::ALL.iter().copied().find(|rows| rows.slug() == word);
    found.ok_or_else(|| one_of(word, Rows::ALL.iter().map(|rows| rows.slug())))
}

fn one_of(word: &str, slugs: impl Iterator<Item = &'static str> + Clone) -> String {
    match nearest(word, slugs.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write one of: {}", slugs.collect::<Vec<_>>().join(", ")),
    }
}

/// Makes the matrix.
pub(super) fn matrix(args: &MatrixArgs, ui: &Ui) -> Result<Scene, Failure> {
    let from = &args.data.from;
    let graph = graph(&sources(&args.data.places, from)?, ui)?;
    let selection = Selection::new(&graph, &args.selection)?;
    let world = World::new(&graph, from.day()?, from.trust());
    let mut findings = evaluate(&world, &selection.norms);
    findings.retain(|f| selection.takes_institution(f.institution) && selection.takes_verdict(f.verdict));
    let view = MatrixView { columns: args.columns, expand: args.expand };
    Ok(matrix_scene(&world, &findings, from, view))
}

/// Draws the matrix of `findings`, with its title, its source and the version of the data.
pub(super) fn matrix_scene(
    world: &World<'_>,
    findings: &[Finding<'_>],
    from: &FromArgs,
    view: MatrixView,
) -> Scene {
    let graph = world.graph();
    let about = titled(
        graph,
        &countries_of(graph, findings.iter().map(|finding| finding.institution)),
        from,
        ("oversight of the security sector, body by body", "контроль над сектором безпеки, орган за органом"),
    );
    matrix::draw(world, findings, &about, view)
}

/// Makes the timeline.
pub(super) fn timeline(args: &TimelineArgs, ui: &Ui) -> Result<Scene, Failure> {
    let from = &args.data.from;
    let graph = graph(&sources(&args.data.places, from)?, ui)?;
    let selection = Selection::new(&graph, &args.selection)?;
    let world = World::new(&graph, from.day()?, from.trust());
    let mut line = change::timeline(&world, &selection.norms, args.since);
    line.keep(|id| selection.takes_institution(id));
    let bodies = line.runs.keys().map(|(_, id)| *id);
    let about = titled(
        &graph,
        &countries_of(&graph, bodies),
        from,
        ("oversight of the security sector through the years", "контроль над сектором безпеки крізь роки"),
    );
    Ok(timeline::draw(&world, &line, &about, TimelineView { expand: args.expand }))
}

/// Makes the comparison.
pub(super) fn compare(args: &CompareArgs, ui: &Ui) -> Result<Scene, Failure> {
    let from = &args.data.from;
    let places: Vec<String> = args
        .data
        .places
        .iter()
        .flat_map(|places| places.split(','))
        .map(|place| place.trim().to_owned())
        .collect();
    let places: Vec<String> = places.into_iter().filter(|place| !place.is_empty()).collect();
    let graph = graph(&sources(&places, from)?, ui)?;
    let selection = Selection::new(&graph, &args.selection)?;
    let world = World::new(&graph, from.day()?, from.trust());
    let mut findings = evaluate(&world, &selection.norms);
    findings.retain(|f| selection.takes_institution(f.institution) && selection.takes_verdict(f.verdict));
    let mut known = countries_of(&graph, graph.institutions().map(|(id, _)| id));
    // Columns are in the order in which places are named.
    let place =
        |iri: Symbol| places.iter().position(|place| place.eq_ignore_ascii_case(slug(graph.text(iri))));
    known.retain(|iri| places.is_empty() || place(*iri).is_some());
    known.sort_by_key(|iri| place(*iri));
    if known.len() < 2 {
        return Err(Failure::new("a comparison needs at least two countries")
            .hint("name them with commas, such as `oversight draw compare ua,no,de`"));
    }
    let about =
        titled(&graph, &known, from, ("oversight under the same norms", "контроль за тими самими нормами"));
    let view = CompareView { countries: known, rows: args.rows, trust: from.trust() };
    Ok(compare::draw(&world, &findings, &selection.norms, &about, &view))
}

/// The countries of some bodies, in order.
fn countries_of(graph: &Graph, bodies: impl Iterator<Item = InstitutionId>) -> Vec<Symbol> {
    let mut countries: Vec<Symbol> = bodies.filter_map(|id| graph.institution(id).country).collect();
    countries.sort_unstable_by_key(|country| graph.text(*country));
    countries.dedup();
    countries
}

/// What stands around a chart of some countries.
fn titled(graph: &Graph, countries: &[Symbol], from: &FromArgs, subject: (&str, &str)) -> About {
    let name = |iri: &Symbol| {
        let known = graph.countries.iter().find(|country| country.iri == *iri);
        let label = known.and_then(|country| country.labels.pick(&graph.texts, &from.lang));
        label.map_or_else(|| slug(graph.text(*iri)), |label| graph.text(label)).to_owned()
    };
    let names: Vec<String> = countries.iter().map(name).collect();
    let subject = match Tongue::of(&from.lang) {
        Tongue::English => subject.0,
        Tongue::Ukrainian => subject.1,
    };
    let title =
        if names.is_empty() { subject.to_owned() } else { format!("{}: {subject}", names.join(", ")) };
    about(graph, countries, from, title)
}
