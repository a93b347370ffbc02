//! What stands side by side: the findings of each country under each document, principle or norm.
//!
//! # Invariants
//! * A cell without findings is one in which no body is in scope: that is neither met nor unknown.
//! * Every norm that is asked for has a row, whether it binds anybody or not.

use crate::gaps::{Counts, Finding, Trust, Verdict, World};
use crate::model::{Date, Graph, LinkId, MechanismSet, Norm, Symbol};
use std::collections::{BTreeMap, BTreeSet};

/// What the rows are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rows {
    /// Guidance documents.
    #[default]
    Documents,
    /// Principles.
    Principles,
    /// Norms, a panel for each document.
    Norms,
}

impl Rows {
    /// All of them.
    pub const ALL: &[Self] = &[Self::Documents, Self::Principles, Self::Norms];

    /// The word on the command line.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Principles => "principles",
            Self::Norms => "norms",
        }
    }
}

/// How good the record of a country is.
#[derive(Clone, Debug)]
pub struct Country {
    /// Its IRI.
    pub iri: Symbol,
    /// All its findings.
    pub counts: Counts,
    /// How many bodies have findings.
    pub bodies: usize,
    /// The links on record over its bodies.
    pub links: BTreeSet<LinkId>,
    /// How many of them are verified.
    pub verified: usize,
    /// How many mechanisms a survey of the whole country covers.
    pub surveyed: usize,
    /// The day of the oldest of those surveys, where one is known.
    pub surveyed_on: Option<Date>,
}

/// A row: what it is, and the findings of each country.
#[derive(Clone, Debug)]
pub struct Line<'g> {
    /// The document or principle; for norms the document.
    pub iri: Option<Symbol>,
    /// The norm, where rows are norms.
    pub norm: Option<&'g Norm>,
    /// How many norms it stands for.
    pub norms: usize,
    /// The findings, country by country: counts, and places among the findings.
    pub cells: Vec<(Counts, Vec<usize>)>,
}

impl Line<'_> {
    /// The sum of the shares that are not met, which is how much there is to see.
    fn lacking(&self) -> f64 {
        let lacking = [Verdict::Gap, Verdict::Partial, Verdict::OnPaper];
        let share = |(counts, _): &(Counts, Vec<usize>)| {
            let lacking: usize = lacking.iter().map(|verdict| counts.of(*verdict)).sum();
            lacking as f64 / counts.total().max(1) as f64
        };
        self.cells.iter().map(share).sum()
    }
}

/// Countries side by side.
#[derive(Clone, Debug)]
pub struct Comparison<'g> {
    /// The columns.
    pub countries: Vec<Country>,
    /// The rows: documents and principles by how much is not met, the most first; norms by document, then id.
    pub lines: Vec<Line<'g>>,
}

/// Sets the findings of `countries` side by side.
pub fn compared<'g>(
    world: &World<'g>,
    trust: Trust,
    findings: &[Finding<'g>],
    norms: &[&'g Norm],
    countries: &[Symbol],
    rows: Rows,
) -> Comparison<'g> {
    let graph = world.graph();
    let place: BTreeMap<Symbol, usize> = countries.iter().enumerate().map(|(at, iri)| (*iri, at)).collect();
    let keys = |norm: &Norm| -> Vec<Option<Symbol>> {
        match rows {
            Rows::Documents | Rows::Norms => vec![norm.document],
            Rows::Principles if norm.principles.is_empty() => vec![None],
            Rows::Principles => norm.principles.iter().copied().map(Some).collect(),
        }
    };
    let name = |iri: Option<Symbol>| (iri.is_none(), iri.map_or("", |iri| graph.text(iri)));
    let mut lines: BTreeMap<((bool, &str), &str), Line<'g>> = BTreeMap::new();
    let id = |norm: &'g Norm| if rows == Rows::Norms { norm.id.as_str() } else { "" };
    for norm in norms {
        for key in keys(norm) {
            let line = lines.entry((name(key), id(norm))).or_insert_with(|| Line {
                iri: key,
                norm: (rows == Rows::Norms).then_some(*norm),
                norms: 0,
                cells: vec![(Counts::default(), Vec::new()); countries.len()],
            });
            line.norms += 1;
        }
    }
    let mut columns: Vec<Country> = countries.iter().map(|iri| country(graph, trust, *iri)).collect();
    let mut bodies: Vec<BTreeSet<_>> = vec![BTreeSet::new(); countries.len()];
    for (at, finding) in findings.iter().enumerate() {
        let country = graph.institution(finding.institution).country;
        let Some(column) = country.and_then(|iri| place.get(&iri)) else { continue };
        columns[*column].counts.add(finding.verdict);
        bodies[*column].insert(finding.institution);
        for key in keys(finding.norm) {
            if let Some(line) = lines.get_mut(&(name(key), id(finding.norm))) {
                line.cells[*column].0.add(finding.verdict);
                line.cells[*column].1.push(at);
            }
        }
    }
    for (column, bodies) in columns.iter_mut().zip(bodies) {
        column.bodies = bodies.len();
    }
    let mut lines: Vec<Line<'g>> = lines.into_values().collect();
    if rows != Rows::Norms {
        lines.sort_by(|a, b| b.lacking().total_cmp(&a.lacking()));
    }
    Comparison { countries: columns, lines }
}

fn country(graph: &Graph, trust: Trust, iri: Symbol) -> Country {
    let links: BTreeSet<LinkId> = graph
        .network
        .edge_indices()
        .filter(|link| trust == Trust::All || graph.network[*link].verified)
        .filter(|link| graph.institution(graph.link(*link).2).country == Some(iri))
        .collect();
    let surveys: Vec<_> = graph.surveys.iter().filter(|survey| survey.covers.contains(&iri)).collect();
    let surveyed = surveys.iter().fold(MechanismSet::default(), |all, survey| all.or(survey.mechanisms));
    Country {
        iri,
        counts: Counts::default(),
        bodies: 0,
        verified: links.iter().filter(|link| graph.network[**link].verified).count(),
        links,
        surveyed: surveyed.len(),
        surveyed_on: surveys.iter().filter_map(|survey| survey.on).min(),
    }
}
