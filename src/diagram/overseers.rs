//! The left side of the gap picture: overseers by pillar, what is missing among them, and every edge.

use super::gaps::Maker;
use super::text::clean;
use super::words::{IN_BOX, Phrase};
use super::{Edge, EdgeKind, NodeKind, Side};
use crate::gaps::{Finding, Piece, Verdict};
use crate::model::{InstitutionId, LinkId, MechanismId, MechanismSet, Pillar, Polarity, Standing, TypeId};
use crate::vocab::scheme;
use crate::wording::phrases;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The number of overseers in a pillar above which those of a type stand together in one box.
const MOST_OVERSEERS: usize = 5;
/// How many boxes of overseers at work a pillar has at most, where there is room and where there is none; the others
/// stand together in the last one.
const MOST_BOXES: usize = 8;
const LEAST_BOXES: usize = 3;
/// The same for pillars that stand beside the others, in the middle.
const MOST_BESIDE: usize = 6;
/// How many boxes the left side has room for, on a sheet of A3 with the key below.
const ROOM: usize = 30;
/// The number of norms that the box of what is missing names.
const MOST_IDS: usize = 6;

/// The links that are evidence of what is shown, by overseer, body and kind of edge.
type Pairs = BTreeMap<(InstitutionId, InstitutionId, EdgeKind), BTreeMap<LinkId, Piece>>;

/// Findings that lack the same: how badly, which types, and which mechanisms where no type is named.
type Ghosts<'f> = BTreeMap<(NodeKind, Vec<TypeId>, Vec<MechanismId>), Vec<&'f Finding<'f>>>;

/// What is behind an edge: in words, by which mechanisms, and the links where there are any.
struct Behind {
    lines: Vec<String>,
    mechanisms: MechanismSet,
    links: Vec<LinkId>,
}

/// Overseers in one box.
struct Cluster {
    label: String,
    members: Vec<InstitutionId>,
    kind: NodeKind,
    /// How many bodies the overseer in it that has most controls, and how many pairs it stands for.
    weight: (usize, usize),
    /// Whether they have nothing in common but the pillar.
    is_rest: bool,
}

impl<'f> Maker<'_, 'f> {
    /// Adds a frame for each pillar, with its overseers and with what is missing of it, and all edges.
    pub(super) fn left(&mut self) {
        let pairs = self.evidence();
        let mut ghosts = self.ghosts();
        let mut box_of: BTreeMap<InstitutionId, usize> = BTreeMap::new();
        let mut pillars = Vec::new();
        for pillar in Pillar::ALL.iter().copied().map(Some).chain([None]) {
            let missing = ghosts.remove(&pillar.into_iter().collect::<Vec<_>>()).unwrap_or_default();
            pillars.push((pillar, self.clusters(pillar, &pairs), missing));
        }
        let most = self.most_boxes(&pillars);
        for (pillar, clusters, missing) in pillars {
            let beside = matches!(pillar, Some(Pillar::Executive) | None);
            let clusters = self.gathered(clusters, if beside { most.max(MOST_BESIDE) } else { most });
            if clusters.is_empty() && missing.is_empty() {
                continue;
            }
            let label = match pillar {
                Some(pillar) => self.words.graph().word(scheme::PILLAR, pillar.slug(), self.words.language),
                None => self.words.say(Phrase::NoPillarNamed),
            };
            let group = self.group(Side::Left, pillar, clean(label));
            for cluster in clusters {
                let names = cluster.members.iter().map(|id| self.words.name(*id)).collect();
                let node = self.node(group, cluster.kind, cluster.label, names);
                self.picture.nodes[node].last = cluster.is_rest;
                self.picture.nodes[node].bodies = self.words.body_facts(&cluster.members);
                box_of.extend(cluster.members.into_iter().map(|id| (id, node)));
            }
            self.ghost_nodes(group, missing);
        }
        if !ghosts.is_empty() {
            let group = self.group(Side::Left, None, self.words.say(Phrase::SeveralPillars).to_owned());
            for missing in ghosts.into_values() {
                self.ghost_nodes(group, missing);
            }
        }
        self.evidence_edges(&pairs, &box_of);
    }

    fn evidence(&self) -> Pairs {
        let graph = self.words.graph();
        let mut pairs = Pairs::new();
        for finding in &self.shown {
            for piece in &finding.evidence {
                let overseer = graph.link(piece.link).0;
                let kind = if finding.norm.polarity == Polarity::Forbid && finding.verdict == Verdict::Gap {
                    EdgeKind::Forbidden
                } else if piece.standing == Standing::InForce {
                    EdgeKind::InForce(self.pillar(overseer))
                } else {
                    EdgeKind::OnPaper
                };
                pairs.entry((overseer, finding.institution, kind)).or_default().insert(piece.link, *piece);
            }
        }
        pairs
    }

    fn pillar(&self, id: InstitutionId) -> Option<Pillar> {
        let graph = self.words.graph();
        graph.vocabulary.pillar(graph.institution(id).types)
    }

    /// The overseers of a pillar, one a box; where they are many, the largest types are drawn together.
    fn clusters(&self, pillar: Option<Pillar>, pairs: &Pairs) -> Vec<Cluster> {
        let mut at_work: BTreeMap<InstitutionId, (bool, usize)> = BTreeMap::new();
        for (overseer, _, kind) in pairs.keys().filter(|(id, ..)| self.pillar(*id) == pillar) {
            let known = at_work.entry(*overseer).or_default();
            known.0 |= *kind != EdgeKind::OnPaper;
            known.1 += 1;
        }
        let mut boxes = at_work.len();
        let weight = |members: &[InstitutionId]| {
            let numbers = || members.iter().map(|id| at_work[id].1);
            (numbers().max().unwrap_or(0), numbers().sum())
        };
        let mut by_type: BTreeMap<(NodeKind, Option<TypeId>), Vec<InstitutionId>> = BTreeMap::new();
        for (id, (works, _)) in at_work.clone() {
            let kind = if works { NodeKind::Overseer } else { NodeKind::OnPaper };
            let first_type = self.words.graph().institution(id).types.iter().next();
            by_type.entry((kind, first_type)).or_default().push(id);
        }
        let mut types: Vec<_> = by_type.into_iter().collect();
        types.sort_by_key(|(of, members)| (Reverse(members.len()), *of));
        let mut clusters = Vec::new();
        for ((kind, of), members) in types {
            match of {
                Some(of) if boxes > MOST_OVERSEERS && members.len() > 1 && !self.expand => {
                    boxes -= members.len() - 1;
                    let label = format!("{} ({})", self.words.type_name(of), members.len());
                    clusters.push(Cluster { label, weight: weight(&members), members, kind, is_rest: false });
                }
                _ => clusters.extend(members.into_iter().map(|id| Cluster {
                    label: self.words.name(id),
                    members: vec![id],
                    kind,
                    weight: weight(&[id]),
                    is_rest: false,
                })),
            }
        }
        clusters
    }

    /// How many boxes of overseers at work a pillar has at most, so that the left side fits; those of the executive
    /// stand beside it.
    fn most_boxes(&self, pillars: &[(Option<Pillar>, Vec<Cluster>, Ghosts<'f>)]) -> usize {
        if self.expand {
            return usize::MAX;
        }
        let left = |most: usize| -> usize {
            let beside = |pillar: &Option<Pillar>| matches!(pillar, Some(Pillar::Executive) | None);
            let here = pillars.iter().filter(|(pillar, ..)| !beside(pillar));
            here.map(|(_, clusters, missing)| {
                let works = clusters.iter().filter(|cluster| cluster.kind == NodeKind::Overseer).count();
                works.min(most) + clusters.len() - works + missing.len()
            })
            .sum()
        };
        (LEAST_BOXES..=MOST_BOXES).rev().find(|most| left(*most) <= ROOM).unwrap_or(LEAST_BOXES)
    }

    /// Puts those at work that stand for the fewest pairs together, where they are more than `most`.
    fn gathered(&self, clusters: Vec<Cluster>, most: usize) -> Vec<Cluster> {
        let (mut works, mut kept): (Vec<_>, Vec<_>) =
            clusters.into_iter().partition(|cluster| cluster.kind == NodeKind::Overseer);
        works.sort_by(|a, b| b.weight.cmp(&a.weight).then(a.members.cmp(&b.members)));
        if works.len() > most {
            let rest = works.split_off(most - 1);
            let weight = rest[0].weight;
            let members: Vec<InstitutionId> = rest.into_iter().flat_map(|cluster| cluster.members).collect();
            let label = format!("{} ({})", self.words.say(Phrase::Rest), members.len());
            works.push(Cluster { label, members, kind: NodeKind::Overseer, weight, is_rest: true });
        }
        works.append(&mut kept);
        works
    }

    /// What is missing, by the pillars that could fill it: none, where no kind of overseer is named.
    fn ghosts(&self) -> BTreeMap<Vec<Pillar>, Ghosts<'f>> {
        let vocabulary = &self.words.graph().vocabulary;
        let mut ghosts: BTreeMap<Vec<Pillar>, Ghosts<'f>> = BTreeMap::new();
        for finding in &self.shown {
            let kind = match (finding.norm.polarity, finding.verdict) {
                (Polarity::Require, Verdict::Gap) => NodeKind::Missing,
                (Polarity::Require, Verdict::Partial) => NodeKind::NotEnough,
                _ => continue,
            };
            let types = finding.missing.overseer_types.clone();
            let pillars = vocabulary.pillars_of(vocabulary.expand(&types)).collect();
            let mechanisms =
                if types.is_empty() { finding.missing.mechanisms.iter().collect() } else { Vec::new() };
            ghosts.entry(pillars).or_default().entry((kind, types, mechanisms)).or_default().push(finding);
        }
        ghosts
    }

    fn ghost_nodes(&mut self, group: usize, ghosts: Ghosts<'f>) {
        for ((kind, types, _), findings) in ghosts {
            let none = MechanismSet::default();
            let mechanisms = findings.iter().fold(none, |all, finding| all.or(finding.missing.mechanisms));
            let how = self.words.mechanisms(mechanisms, IN_BOX);
            let kinds = self.words.kinds(&types, IN_BOX);
            let tongue = self.words.tongue();
            let what = match (how.as_str(), kinds.as_str()) {
                ("", "") => tongue.say(phrases::CONTROL).to_owned(),
                (how, "") => how.to_owned(),
                ("", kinds) => tongue.fill(phrases::CONTROL_BY, &[&tongue.say(phrases::CONTROL), &kinds]),
                (how, kinds) => tongue.fill(phrases::CONTROL_BY, &[&how, &kinds]),
            };
            let (what, edge) = match kind {
                NodeKind::Missing => (tongue.fill(phrases::NONE_OF, &[&what]), EdgeKind::Missing),
                _ => (tongue.fill(phrases::NOT_ENOUGH, &[&what]), EdgeKind::NotEnough),
            };
            let ids: BTreeSet<&str> = findings.iter().map(|finding| finding.norm.id.as_str()).collect();
            let mut named: Vec<String> = ids.iter().take(MOST_IDS).map(|id| clean(id)).collect();
            if ids.len() > MOST_IDS {
                named.push(format!("+{}", ids.len() - MOST_IDS));
            }
            let label = format!("{}: {what}", named.join(", "));
            let mut by_body: BTreeMap<InstitutionId, (Vec<String>, MechanismSet)> = BTreeMap::new();
            for finding in findings {
                let existing = match finding.candidates.len() {
                    0 => String::new(),
                    n => format!(" ({})", tongue.fill(phrases::LACK_THE_LINK, &[&n])),
                };
                let line = format!("{}{existing}", self.words.finding(finding));
                let (lines, mechanisms) = by_body.entry(finding.institution).or_default();
                lines.push(line);
                *mechanisms = mechanisms.or(finding.missing.mechanisms);
            }
            let tooltip = by_body.iter().flat_map(|(body, (lines, _))| {
                let name = self.words.name(*body);
                lines.iter().map(move |line| format!("{name}: {line}"))
            });
            let tooltip = tooltip.collect();
            let node = self.node(group, kind, label, tooltip);
            for (body, (lines, mechanisms)) in by_body {
                self.edge(node, body, edge, Behind { lines, mechanisms, links: Vec::new() });
            }
        }
    }

    fn evidence_edges(&mut self, pairs: &Pairs, box_of: &BTreeMap<InstitutionId, usize>) {
        let mut edges: BTreeMap<(usize, InstitutionId, EdgeKind), BTreeMap<String, LinkId>> = BTreeMap::new();
        for ((overseer, body, kind), pieces) in pairs {
            let name = self.words.name(*overseer);
            let line = |piece: &Piece| (format!("{name}: {}", self.words.basis(*piece)), piece.link);
            edges.entry((box_of[overseer], *body, *kind)).or_default().extend(pieces.values().map(line));
        }
        for ((from, body, kind), lines) in edges {
            let (lines, links): (Vec<String>, Vec<LinkId>) = lines.into_iter().unzip();
            let mechanisms = links.iter().map(|link| self.words.graph().network[*link].mechanism).collect();
            self.edge(from, body, kind, Behind { lines, mechanisms, links });
        }
    }

    /// Adds an edge; until the bodies have their boxes it ends at their place in the list.
    fn edge(&mut self, from: usize, body: InstitutionId, kind: EdgeKind, behind: Behind) {
        let scheme = &self.words.graph().vocabulary.mechanisms;
        let mechanisms = behind.mechanisms.iter().map(|id| scheme.slug(id).to_owned()).collect();
        let mut links = self.words.link_facts(&behind.links);
        for (fact, line) in links.iter_mut().zip(&behind.lines) {
            fact.line.clone_from(line);
        }
        if let Ok(to) = self.bodies.binary_search(&body) {
            let head = format!("{}: {}", self.words.edge(kind), self.words.name(body));
            let tooltip = [head].into_iter().chain(behind.lines).collect::<Vec<_>>().join("\n");
            self.picture.edges.push(Edge { from, to, kind, tooltip, mechanisms, links });
        }
    }
}
