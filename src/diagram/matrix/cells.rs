//! What stands in each cell of the matrix: findings by body and column, and the links behind them.
//!
//! # Invariants
//! * `docs/pictures.md`, "matrix", says which findings stand in a column; the rule is in [`under`] and, for pillars, in
//!   [`Finding::overseers`], which the country report goes by too.
//! * A cell without a verdict is one that no norm asks about: that is neither met nor a gap nor unknown.

use crate::diagram::section::Section;
use crate::gaps::{Counts, Finding, Verdict};
use crate::model::{
    Graph, InstitutionId, LinkId, MechanismId, MechanismSet, Pillar, Standing, Symbol, World,
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What the columns are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Columns {
    /// Pillars of overseers.
    #[default]
    Pillars,
    /// Norms.
    Norms,
    /// Mechanisms.
    Mechanisms,
    /// Guidance documents.
    Documents,
    /// Principles.
    Principles,
}

impl Columns {
    /// All of them.
    pub const ALL: &[Self] =
        &[Self::Pillars, Self::Norms, Self::Mechanisms, Self::Documents, Self::Principles];

    /// The word on the command line.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Pillars => "pillars",
            Self::Norms => "norms",
            Self::Mechanisms => "mechanisms",
            Self::Documents => "documents",
            Self::Principles => "principles",
        }
    }
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A pillar.
    Pillar(Pillar),
    /// A norm, by its place among [`Graph::norms`].
    Norm(usize),
    /// A mechanism.
    Mechanism(MechanismId),
    /// A guidance document.
    Document(Symbol),
    /// A principle.
    Principle(Symbol),
    /// Norms that name no pillar, no mechanism, no document or no principle.
    Any,
}

/// Where a body and a column meet.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// How many findings there are of each verdict.
    pub counts: Counts,
    /// The findings, by place.
    pub findings: Vec<usize>,
    /// The links in force.
    pub links: BTreeSet<LinkId>,
}

impl Cell {
    /// The worst verdict; nothing, where no norm asks.
    pub fn worst(&self) -> Option<Verdict> {
        self.counts.worst()
    }
}

/// A body and its cells.
#[derive(Clone, Debug)]
pub struct Row {
    /// The body.
    pub id: InstitutionId,
    /// Its family.
    pub family: Section,
    /// One for each column.
    pub cells: Vec<Cell>,
    /// All its findings, each counted once.
    pub counts: Counts,
    /// All links in force that reach it.
    pub links: BTreeSet<LinkId>,
}

/// Bodies by columns.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// The columns in order.
    pub columns: Vec<Key>,
    /// The rows: families together, the worst first.
    pub rows: Vec<Row>,
    /// All findings under each column, each counted once a column.
    pub totals: Vec<Counts>,
}

/// Arranges `findings` by body and column.
///
/// Rows: families by their gaps, then by what is partial, on paper, unknown; so are the bodies of each. Columns:
/// pillars in their usual order, others the worst first.
pub fn matrix(world: &World<'_>, findings: &[Finding<'_>], columns: Columns) -> Matrix {
    let graph = world.graph();
    let mut found: BTreeMap<InstitutionId, BTreeMap<Key, Cell>> = BTreeMap::new();
    let mut counts: BTreeMap<InstitutionId, Counts> = BTreeMap::new();
    let mut totals: BTreeMap<Key, Counts> = BTreeMap::new();
    let places: BTreeMap<&str, usize> =
        graph.norms.iter().enumerate().map(|(at, norm)| (norm.id.as_str(), at)).collect();
    for (at, finding) in findings.iter().enumerate() {
        counts.entry(finding.institution).or_default().add(finding.verdict);
        let row = found.entry(finding.institution).or_default();
        for key in under(graph, finding, columns, &places) {
            let cell = row.entry(key).or_default();
            cell.counts.add(finding.verdict);
            cell.findings.push(at);
            totals.entry(key).or_default().add(finding.verdict);
            if !matches!(columns, Columns::Pillars | Columns::Mechanisms) {
                let in_force = finding.evidence.iter().filter(|piece| piece.standing == Standing::InForce);
                cell.links.extend(in_force.map(|piece| piece.link));
            }
        }
    }
    let mut keys: Vec<Key> = totals.keys().copied().collect();
    if columns != Columns::Pillars {
        // `Any` is the last of equals, and of all where it stands for what has no name.
        keys.sort_by_key(|key| (*key == Key::Any, Reverse(badness(&totals[key])), *key));
    }
    let rows = found.into_iter().map(|(id, mut cells)| {
        let links: Vec<LinkId> = reaching(world, id).collect();
        let cells = keys.iter().map(|key| {
            let mut cell = cells.remove(key).unwrap_or_default();
            match key {
                Key::Pillar(pillar) => cell.links.extend(links.iter().filter(|link| {
                    let overseer = graph.institution(graph.link(**link).0);
                    overseer.types.meets(graph.vocabulary.pillar_types(*pillar))
                })),
                Key::Mechanism(mechanism) => {
                    cell.links
                        .extend(links.iter().filter(|link| graph.network[**link].mechanism == *mechanism));
                }
                _ => {}
            }
            cell
        });
        let cells = cells.collect();
        Row {
            id,
            family: Section::of(graph, id),
            cells,
            counts: counts[&id],
            links: links.into_iter().collect(),
        }
    });
    let mut rows: Vec<Row> = rows.collect();
    let mut families: BTreeMap<Section, Counts> = BTreeMap::new();
    for row in &rows {
        families.entry(row.family).or_default().add_all(&row.counts);
    }
    rows.sort_by_key(|row| {
        (Reverse(badness(&families[&row.family])), row.family, Reverse(badness(&row.counts)), row.id)
    });
    let totals = keys.iter().map(|key| totals[key]).collect();
    Matrix { columns: keys, rows, totals }
}

/// What makes one row or column worse than another: gaps, then what is partial, on paper, unknown.
pub fn badness(counts: &Counts) -> [usize; 4] {
    [Verdict::Gap, Verdict::Partial, Verdict::OnPaper, Verdict::Unknown].map(|verdict| counts.of(verdict))
}

/// The links in force over a body and those that reach it from a body above, but for its own over itself.
fn reaching<'w>(world: &'w World<'_>, id: InstitutionId) -> impl Iterator<Item = LinkId> + 'w {
    let graph = world.graph();
    let reaches = move |link: &&LinkId| {
        let (_, weight, overseen) = graph.link(**link);
        graph.vocabulary.reaches_below(weight.mechanism, graph.institution(overseen).types)
    };
    let above = world.ancestors(id).iter().flat_map(|above| world.over(*above)).filter(reaches);
    let all = world.over(id).iter().chain(above).copied();
    all.filter(move |link| world.standing(*link) == Standing::InForce && graph.link(*link).0 != id)
}

/// The columns that a finding stands under.
fn under(graph: &Graph, finding: &Finding<'_>, columns: Columns, places: &BTreeMap<&str, usize>) -> Vec<Key> {
    let norm = finding.norm;
    let keys: Vec<Key> = match columns {
        Columns::Norms => places.get(norm.id.as_str()).map(|at| Key::Norm(*at)).into_iter().collect(),
        Columns::Documents => norm.document.into_iter().map(Key::Document).collect(),
        Columns::Principles => norm.principles.iter().copied().map(Key::Principle).collect(),
        Columns::Pillars => graph.vocabulary.pillars_of(finding.overseers(graph)).map(Key::Pillar).collect(),
        Columns::Mechanisms => mechanisms(graph, finding).iter().map(Key::Mechanism).collect(),
    };
    if keys.is_empty() { vec![Key::Any] } else { keys }
}

/// The mechanisms that a finding is about, as [`Finding::overseers`] has it for types.
fn mechanisms(graph: &Graph, finding: &Finding<'_>) -> MechanismSet {
    let named = finding.norm.evidence.mechanisms;
    if named.is_empty() {
        MechanismSet::default()
    } else if finding.is_settled() {
        finding.links().map(|link| graph.network[link].mechanism).collect()
    } else if finding.missing.mechanisms.is_empty() {
        named
    } else {
        finding.missing.mechanisms
    }
}
