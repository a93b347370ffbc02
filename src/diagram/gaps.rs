//! The gap picture: overseers by pillar on the left, bodies overseen on the right, and what is missing between them.
//!
//! This file chooses the bodies and makes the right side, the key and what stands around; `overseers.rs` makes the
//! left side and the edges.
//!
//! # Invariants
//! * An edge in force or on paper stands for links that are evidence of a finding shown; an edge of what is missing
//!   for a finding that is gap or partial.
//! * Overseers of one type may stand together in a box, and those of a pillar that have the fewest links; never
//!   overseers at work with those that are on paper only.
//! * Bodies that are left out though norms are not met for them are named below the key.

use super::order;
use super::text::clean;
use super::words::{Phrase, Words, filled};
use super::{EdgeKind, Group, KeyEntry, KeyLine, Node, NodeKind, Picture, Row, Side};
use crate::gaps::{Finding, Verdict, World};
use crate::model::{InstitutionId, Norm, Pillar, TypeId};
use crate::wording::phrases;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The number of bodies that a picture shows where the caller does not choose them.
pub const MOST_BODIES: usize = 14;
/// The verdicts that put a norm into a box and into the key.
const NOT_MET: [Verdict; 3] = [Verdict::Gap, Verdict::Partial, Verdict::OnPaper];
/// The types shown first for a whole country, in this order, of each at most [`MOST_OF_CORE`] bodies.
const CORE: [&str; 9] = [
    "armed-forces",
    "police",
    "gendarmerie",
    "border-service",
    "domestic-security-service",
    "foreign-intelligence",
    "military-intelligence",
    "signals-intelligence",
    "penitentiary-service",
];
const MOST_OF_CORE: usize = 2;
/// The types that lead other providers without being more than a part of them.
const COMMANDS: [&str; 1] = ["military-command"];

/// What a caller tells of a gap picture.
#[derive(Clone, Debug, Default)]
pub struct GapView {
    /// The heading.
    pub title: String,
    /// The version of the data, where there is one.
    pub version: Option<String>,
    /// Where the data come from.
    pub source: String,
    /// The tag of the language of names; none on record: English.
    pub language: String,
    /// The bodies to show; none: those at the top of the security sector, at most [`MOST_BODIES`].
    pub selection: Option<Vec<InstitutionId>>,
    /// Whether every overseer has a box of its own, however many there are.
    pub expand: bool,
}

/// Makes the gap picture of `findings`.
///
/// # Arguments
/// * `findings`: what [`crate::gaps::evaluate`] gives for `world`, all of it or a part.
/// * `view`: what is shown, and the words around it.
pub fn gaps(world: &World<'_>, findings: &[Finding<'_>], view: &GapView) -> Picture {
    let bodies: BTreeSet<InstitutionId> = match &view.selection {
        Some(chosen) => chosen.iter().copied().collect(),
        None => default_selection(world, findings),
    };
    let language = if view.language.is_empty() { "en" } else { &view.language };
    let mut maker = Maker {
        words: Words { world, language },
        shown: findings.iter().filter(|finding| bodies.contains(&finding.institution)).collect(),
        bodies: bodies.into_iter().collect(),
        expand: view.expand,
        picture: Picture {
            language: clean(language),
            title: clean(&view.title),
            source: clean(&view.source),
            day: Some(world.day()),
            lexicon: Words { world, language }.lexicon(),
            ..Picture::default()
        },
    };
    maker.left();
    maker.right();
    let numbers = maker.order();
    maker.key(&numbers);
    maker.notes(findings);
    maker.subtitle(findings, view);
    maker.picture
}

/// Chooses providers that are below no other provider, commands aside: of the core types first, then by the number of norms not
/// met. Where no such body has findings, any body can be chosen.
fn default_selection(world: &World<'_>, findings: &[Finding<'_>]) -> BTreeSet<InstitutionId> {
    let graph = world.graph();
    let providers = graph.vocabulary.pillar_types(Pillar::Provider);
    let is_provider = |id: &InstitutionId| graph.institution(*id).types.meets(providers);
    let commands = graph.vocabulary.types.set(&COMMANDS);
    let is_above = |id: &InstitutionId| is_provider(id) && !graph.institution(*id).types.meets(commands);
    let is_top = |id: &InstitutionId| is_provider(id) && !world.ancestors(*id).iter().any(is_above);
    let mut not_met: BTreeMap<InstitutionId, usize> = BTreeMap::new();
    for finding in findings {
        *not_met.entry(finding.institution).or_default() += usize::from(NOT_MET.contains(&finding.verdict));
    }
    if not_met.keys().any(is_top) {
        not_met.retain(|id, _| is_top(id));
    }
    let mut ranked: Vec<(InstitutionId, usize)> = not_met.into_iter().collect();
    ranked.sort_by_key(|(id, not_met)| (Reverse(*not_met), *id));
    let core: Vec<TypeId> = graph.vocabulary.types.set(&CORE).iter().collect();
    let mut chosen: Vec<InstitutionId> = Vec::new();
    for round in 0..MOST_OF_CORE {
        for kind in &core {
            let is_such = |id: &InstitutionId| graph.institution(*id).types.contains(*kind);
            chosen.extend(ranked.iter().map(|(id, _)| *id).filter(is_such).nth(round));
        }
    }
    let worst = |(id, not_met): &(InstitutionId, usize)| (*not_met > 0).then_some(*id);
    chosen.extend(ranked.iter().filter_map(worst));
    if chosen.is_empty() {
        chosen.extend(ranked.iter().map(|(id, _)| *id));
    }
    let mut few = BTreeSet::new();
    for id in chosen {
        if few.len() < MOST_BODIES {
            few.insert(id);
        }
    }
    few
}

/// A gap picture in the making.
pub(super) struct Maker<'w, 'f> {
    pub(super) words: Words<'w>,
    pub(super) shown: Vec<&'f Finding<'f>>,
    /// The bodies shown, by id.
    pub(super) bodies: Vec<InstitutionId>,
    pub(super) expand: bool,
    pub(super) picture: Picture,
}

impl Maker<'_, '_> {
    pub(super) fn group(&mut self, side: Side, pillar: Option<Pillar>, label: String) -> usize {
        self.picture.groups.push(Group { side, pillar, label });
        self.picture.groups.len() - 1
    }

    pub(super) fn node(&mut self, group: usize, kind: NodeKind, label: String, more: Vec<String>) -> usize {
        let lines = [label.clone()].into_iter().chain(more.into_iter().filter(|line| *line != label));
        let tooltip = lines.collect::<Vec<_>>().join(
            "
",
        );
        self.picture.nodes.push(Node {
            group,
            kind,
            number: None,
            label,
            rows: Vec::new(),
            tooltip,
            last: false,
            bodies: Vec::new(),
        });
        self.picture.nodes.len() - 1
    }

    /// Adds the bodies overseen, each with its verdicts, and lets the edges end at them.
    fn right(&mut self) {
        let graph = self.words.graph();
        let providers = graph.vocabulary.pillar_types(Pillar::Provider);
        let are_providers = self.bodies.iter().all(|id| graph.institution(*id).types.meets(providers));
        let (pillar, label) = if are_providers {
            (Some(Pillar::Provider), self.words.pillar(Some(Pillar::Provider)))
        } else {
            (None, self.words.say(Phrase::BodiesOverseen).to_owned())
        };
        let group = self.group(Side::Right, pillar, label);
        let first = self.picture.nodes.len();
        for edge in &mut self.picture.edges {
            edge.to += first;
        }
        let mut by_body: BTreeMap<(InstitutionId, Verdict), Vec<&Finding<'_>>> = BTreeMap::new();
        for finding in &self.shown {
            let of = (finding.institution, finding.verdict);
            by_body.entry(of).or_default().push(finding);
        }
        for body in self.bodies.clone() {
            let mut rows = Vec::new();
            let mut lines = Vec::new();
            for verdict in Verdict::ALL.iter().copied() {
                let such = by_body.remove(&(body, verdict)).unwrap_or_default();
                let mut ids = Vec::new();
                if NOT_MET.contains(&verdict) {
                    ids.extend(such.iter().map(|finding| clean(&finding.norm.id)));
                    lines.extend(such.iter().map(|finding| self.words.finding(finding)));
                }
                if !such.is_empty() {
                    rows.push(Row { verdict, count: such.len(), ids });
                }
            }
            let node = self.node(group, NodeKind::Body, self.words.name(body), lines);
            self.picture.nodes[node].rows = rows;
            self.picture.nodes[node].bodies = self.words.body_facts(&[body]);
        }
    }

    /// Puts boxes in order and numbers the bodies from top to bottom.
    fn order(&mut self) -> BTreeMap<InstitutionId, usize> {
        let first = self.picture.nodes.len() - self.bodies.len();
        let places = order::sweep(&mut self.picture);
        let mut numbers = BTreeMap::new();
        for (body, place) in self.bodies.iter().zip(&places[first..]) {
            let number = place - first + 1;
            self.picture.nodes[*place].number = Some(number);
            numbers.insert(*body, number);
        }
        numbers
    }

    /// Returns title and year of the document that a norm is from.
    fn document(&self, norm: &Norm) -> Option<String> {
        let graph = self.words.graph();
        let iri = norm.document?;
        let fallback = graph.short(graph.text(iri));
        let Some(record) = graph.document(iri) else { return Some(clean(fallback)) };
        let title = self.words.label(&record.titles, fallback);
        Some(match record.issued {
            Some(year) => format!("{title} ({})", clean(graph.text(year))),
            None => title,
        })
    }

    /// Writes the key: every norm that is not met for a body shown, document by document; then, body by body, those
    /// that are unknown.
    fn key(&mut self, numbers: &BTreeMap<InstitutionId, usize>) {
        let mut norms: BTreeMap<&str, KeyEntry> = BTreeMap::new();
        let mut unknown: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for finding in &self.shown {
            let (norm, verdict, number) = (finding.norm, finding.verdict, numbers[&finding.institution]);
            if verdict == Verdict::Unknown {
                unknown.entry(number).or_default().push(clean(&norm.id));
            }
            if !NOT_MET.contains(&verdict) {
                continue;
            }
            let entry = norms.entry(&norm.id).or_insert_with(|| KeyEntry {
                id: clean(&norm.id),
                title: format!(
                    "{} ({})",
                    self.words.label(&norm.titles, self.words.tongue().say(phrases::UNTITLED)),
                    self.words.severity(norm.severity)
                ),
                document: self.document(norm),
                lines: Vec::new(),
            });
            let (text, why) = self.words.lack(finding);
            match entry.lines.iter_mut().find(|line| line.verdict == verdict && line.text == text) {
                Some(line) => line.bodies.push((number, why)),
                None => entry.lines.push(KeyLine { verdict, bodies: vec![(number, why)], text }),
            }
        }
        let mut key: Vec<KeyEntry> = norms.into_values().collect();
        for line in key.iter_mut().flat_map(|entry| &mut entry.lines) {
            line.bodies.sort_unstable();
        }
        for entry in &mut key {
            entry.lines.sort_by(|a, b| (a.verdict, &a.bodies).cmp(&(b.verdict, &b.bodies)));
        }
        // Norms of a document stand together, where the first of them would; those of none come last.
        let mut first: BTreeMap<String, usize> = BTreeMap::new();
        for (at, entry) in key.iter().enumerate() {
            if let Some(document) = &entry.document {
                first.entry(document.clone()).or_insert(at);
            }
        }
        key.sort_by_key(|entry| entry.document.as_ref().map_or(usize::MAX, |document| first[document]));
        if !unknown.is_empty() {
            let line = |(number, ids): (usize, Vec<String>)| KeyLine {
                verdict: Verdict::Unknown,
                bodies: vec![(number, String::new())],
                text: ids.join(", "),
            };
            key.push(KeyEntry {
                id: self.words.say(Phrase::UnknownHeading).to_owned(),
                title: self.words.say(Phrase::UnknownMeans).to_owned(),
                document: None,
                lines: unknown.into_iter().map(line).collect(),
            });
        }
        self.picture.key = key;
    }

    /// Names the bodies left out.
    fn notes(&mut self, findings: &[Finding<'_>]) {
        let mut left_out: BTreeMap<InstitutionId, usize> = BTreeMap::new();
        for finding in findings {
            if self.bodies.binary_search(&finding.institution).is_err() && NOT_MET.contains(&finding.verdict)
            {
                *left_out.entry(finding.institution).or_default() += 1;
            }
        }
        if !left_out.is_empty() {
            let mut named: Vec<(InstitutionId, usize)> = left_out.into_iter().collect();
            named.sort_by_key(|(id, count)| (Reverse(*count), *id));
            let named = named.into_iter().map(|(id, count)| format!("{} ({count})", self.words.name(id)));
            let named = named.collect::<Vec<_>>().join(", ");
            self.picture.notes.push(filled(self.words.say(Phrase::NotShown), &[&named]));
        }
    }

    /// Says what day it is about, what it rests on, and how much of the whole it shows.
    fn subtitle(&mut self, findings: &[Finding<'_>], view: &GapView) {
        let links: BTreeSet<_> = self.shown.iter().flat_map(|finding| finding.links()).collect();
        let first = self.words.subtitle(view.version.as_deref(), &links);
        let all: BTreeSet<InstitutionId> = findings.iter().map(|finding| finding.institution).collect();
        let count = |verdict| self.shown.iter().filter(|finding| finding.verdict == verdict).count();
        let counts = Verdict::ALL.iter().map(|verdict| self.words.number_of(count(*verdict), *verdict));
        let counts = counts.collect::<Vec<_>>().join(", ");
        let numbers = [self.bodies.len(), all.len()].map(|number| number.to_string());
        let second = filled(self.words.say(Phrase::GapsShow), &[&numbers[0], &numbers[1], &counts]);
        let of_kind =
            |is: fn(EdgeKind) -> bool| self.picture.edges.iter().filter(|edge| is(edge.kind)).count();
        let numbers = [
            of_kind(|kind| matches!(kind, EdgeKind::InForce(_))),
            of_kind(|kind| kind == EdgeKind::OnPaper),
            of_kind(|kind| kind == EdgeKind::Missing),
            of_kind(|kind| kind == EdgeKind::NotEnough),
            of_kind(|kind| kind == EdgeKind::Forbidden),
        ]
        .map(|number| number.to_string());
        let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
        let described = filled(self.words.say(Phrase::GapsDescription), &numbers);
        self.picture.description = format!("{described} {second}");
        self.picture.subtitle = vec![first, second];
    }
}
