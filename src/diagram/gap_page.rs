//! Puts a gap picture on a page: boxes and lines by way of `layers.rs`, below them the key.
//!
//! # Invariants
//! * What is there is pale, what is on paper grey, what is missing red and in front of everything.
//! * Bodies stand in the order of their numbers.

use super::layers::{self, Card, Frame, Sheet, Wire, inner};
use super::page::{About, GLYPH, Mark, Page, Sample, Section};
use super::pile::Pile;
use super::scene::{A3, Anchor, Data, Group, Item, Path, Rect, Role, Scene, Text};
use super::style::{self, INK, LACK, Line, NAME, PALE_NAME, PALE_SMALL, PAPER, SMALL, SMALL_STRONG, STRONG};
use super::words::{Phrase, filled};
use super::{EdgeKind, KeyEntry, Node, NodeKind, Picture, Side};
use crate::gaps::Verdict;
use crate::model::Pillar;
use crate::wording::{Tongue, phrases};
use std::collections::{BTreeMap, BTreeSet};

/// Widths of the columns: overseers, the executive with what several pillars could fill, bodies.
const COLUMNS: [f64; 3] = [296.0, 250.0, 288.0];
/// Space between the number of a body and its name.
const AFTER_NUMBER: f64 = 21.0;
const KEY_COLUMNS: usize = 3;

/// Returns `picture` on a page.
pub(super) fn scene(picture: &Picture) -> Scene {
    let about = About {
        title: picture.title.clone(),
        version: None,
        source: picture.source.clone(),
        language: picture.language.clone(),
    };
    let say = |phrase: Phrase| phrase.in_language(&picture.language);
    let mut page = Page::new("gaps", A3.1, &about, &picture.subtitle);
    page.drawn_for(picture.day, picture.lexicon.clone());
    layers::draw(&mut page, sheet(picture));
    page.space(12.0);
    page.legend(&legend(picture));
    page.space(8.0);
    let width = page.column(KEY_COLUMNS);
    let chunks = picture.key.chunk_by(|one, other| one.document == other.document);
    let section = |entries: &[KeyEntry]| Section {
        head: Some(key_head(entries[0].document.as_deref().unwrap_or_default(), width)),
        entries: entries.iter().map(|entry| key_entry(picture, entry, width)).collect(),
    };
    let key = chunks.map(section).collect();
    page.key(say(Phrase::KeyHeading), say(Phrase::KeyHint), key, KEY_COLUMNS);
    page.notes(&picture.notes);
    page.finish(&picture.description)
}

/// Returns boxes and lines, without the columns that nobody stands in.
pub(super) fn sheet(picture: &Picture) -> Sheet {
    let column = |group: usize| match picture.groups[group].side {
        Side::Right => 2,
        Side::Left => usize::from(matches!(picture.groups[group].pillar, Some(Pillar::Executive) | None)),
    };
    let used: BTreeSet<usize> = (0..picture.groups.len()).map(column).collect();
    let used: Vec<usize> = used.into_iter().collect();
    let frame = |(at, group): (usize, &super::Group)| Frame {
        id: format!("frame-{at}"),
        column: used.iter().position(|used| *used == column(at)).unwrap_or(0),
        label: group.label.clone(),
        pillar: group.pillar,
    };
    let card = |(at, node): (usize, &Node)| {
        let group = &picture.groups[node.group];
        let (line, ground) = style::node(node.kind, group.pillar);
        let mut marks = Group::new(Role::Part, node.label.clone());
        marks.details = node.tooltip.lines().skip(1).map(str::to_owned).collect();
        marks.facts.clone_from(&node.bodies);
        marks.data = Data {
            pillar: group.pillar,
            verdict: node.rows.iter().map(|row| row.verdict).min(),
            ..Data::default()
        };
        if let Some(number) = node.number {
            marks.label = format!("{number} {}", node.label);
        }
        Card {
            id: format!("node-{at}"),
            frame: node.group,
            rank: if node.kind == NodeKind::Body {
                at
            } else {
                2 * node.kind as usize + usize::from(node.last)
            },
            pile: pile(picture, node, inner(COLUMNS[column(node.group)])),
            line,
            ground,
            group: marks,
        }
    };
    let wire = |edge: &super::Edge| {
        let line = style::edge(edge.kind);
        let quiet = matches!(edge.kind, EdgeKind::InForce(_));
        let mut group = Group::new(Role::Part, edge.tooltip.lines().next().unwrap_or_default());
        group.details = edge.tooltip.lines().skip(1).map(str::to_owned).collect();
        group.facts.clone_from(&edge.links);
        group.data = Data {
            pillar: picture.groups[picture.nodes[edge.from].group].pillar,
            mechanisms: edge.mechanisms.clone(),
            verdict: match edge.kind {
                EdgeKind::InForce(_) => None,
                EdgeKind::OnPaper => Some(Verdict::OnPaper),
                EdgeKind::NotEnough => Some(Verdict::Partial),
                EdgeKind::Missing | EdgeKind::Forbidden => Some(Verdict::Gap),
            },
            ..Data::default()
        };
        if !edge.links.is_empty() {
            group.data.spanned(&edge.links);
        }
        Wire {
            from: edge.from,
            to: edge.to,
            line: match edge.kind {
                EdgeKind::InForce(pillar) => Line { colour: style::pale(pillar), opacity: 1.0, ..line },
                _ => line,
            },
            loud: !quiet,
            struck: edge.kind == EdgeKind::Forbidden,
            ways: Vec::new(),
            group,
        }
    };
    Sheet {
        columns: used.iter().map(|column| COLUMNS[*column]).collect(),
        margins: (0.0, 0.0),
        frames: picture.groups.iter().enumerate().map(frame).collect(),
        cards: picture.nodes.iter().enumerate().map(card).collect(),
        wires: picture.edges.iter().map(wire).collect(),
        least_height: 0.0,
    }
}

/// What is in a box: name, then verdicts with their norms, last those that are only counted.
fn pile(picture: &Picture, node: &Node, width: f64) -> Pile {
    let kind = match node.kind {
        NodeKind::Missing | NodeKind::NotEnough => LACK,
        NodeKind::OnPaper => PALE_NAME,
        NodeKind::Overseer => NAME,
        NodeKind::Body => STRONG,
    };
    let tongue = Tongue::of(&picture.language);
    let count = |number: usize, verdict| format!("{} ({number})", tongue.verdict(verdict));
    let mut pile = Pile::new(width);
    let indent = if node.number.is_some() { AFTER_NUMBER } else { 0.0 };
    pile.write(kind, &node.label, indent, 0.0, 2);
    if let Some(number) = node.number {
        let disc = Rect::new(0.0, -0.5, 15.0, 15.0);
        let text = Text::new(SMALL_STRONG.in_colour(PAPER), 7.5, 10.3, number.to_string());
        pile.items.push(Item::Rect { rect: disc, radius: 7.5, fill: Some(INK), line: None });
        pile.items.push(Item::Text(text.anchored(Anchor::Middle)));
        pile.rect.height = pile.rect.height.max(16.0);
    }
    let (listed, counted): (Vec<_>, Vec<_>) = node.rows.iter().partition(|row| !row.ids.is_empty());
    for row in listed {
        pile.space(1.5);
        pile.glyph(style::glyph(row.verdict), 2.0, GLYPH);
        let content = format!("{}: {}", count(row.count, row.verdict), row.ids.join(", "));
        pile.write(SMALL, &content, 15.0, 0.0, 6);
    }
    let mut x = 2.0;
    for row in &counted {
        let content = count(row.count, row.verdict);
        pile.glyph(style::glyph(row.verdict), x, GLYPH);
        let end = x + 13.0 + SMALL.width(&content) + 10.0;
        pile.beside(SMALL, x + 13.0, content);
        x = end;
    }
    if !counted.is_empty() {
        pile.space(SMALL.leading());
    }
    pile
}

/// The document that the norms below are from, where there is one, below a rule.
fn key_head(document: &str, width: f64) -> (Group, Pile) {
    let mut pile = Pile::new(width);
    let rule = Line { colour: "#c8c8c8", dash: "", width: 0.8, opacity: 1.0 };
    pile.items.push(Item::stroke(Path::line(&[(0.0, 0.0), (width, 0.0)]), rule));
    pile.space(2.0);
    pile.write(PALE_SMALL, document, 0.0, 0.0, 3);
    pile.space(2.0);
    // What is cut is whole in the tooltip.
    (Group::new(Role::Part, if pile.cut { document } else { "" }), pile)
}

/// A norm in the key: id and title, then what is missing and for which bodies.
fn key_entry(picture: &Picture, entry: &KeyEntry, width: f64) -> (Group, Pile) {
    let mut group = Group::new(Role::Key, format!("{} {}", entry.id, entry.title));
    if let Some(document) = &entry.document {
        let word = Tongue::of(&picture.language).say(phrases::DOCUMENT);
        group.details.push(format!("{word}: {document}"));
    }
    let mut pile = Pile::new(width);
    let id = SMALL_STRONG.wrap(&entry.id, width / 2.0, 1).lines.concat();
    let indent = SMALL_STRONG.width(&id) + 5.0;
    pile.beside(SMALL_STRONG, 0.0, id);
    pile.write(SMALL_STRONG, &entry.title, indent, 0.0, 4);
    for line in &entry.lines {
        // Bodies whose evidence is weak in the same way are named together.
        let mut whys: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (number, why) in &line.bodies {
            whys.entry(why).or_default().push(number.to_string());
        }
        let bodies = whys.into_iter().map(|(why, numbers)| match why {
            "" => numbers.join(", "),
            why => format!("{} ({why})", numbers.join(", ")),
        });
        let bodies = bodies.collect::<Vec<_>>().join("; ");
        pile.glyph(style::glyph(line.verdict), 0.5, GLYPH);
        let bodies = filled(Phrase::KeyBodies.in_language(&picture.language), &[&bodies]);
        let content = format!("{}. {bodies}", line.text);
        let named = format!("{}: {content}", Tongue::of(&picture.language).verdict(line.verdict));
        // Beside the glyph, "no" and "not enough" say the verdict.
        let says_it = matches!(line.verdict, Verdict::Gap | Verdict::Partial);
        pile.write(SMALL, if says_it { &content } else { &named }, 13.5, 0.0, 12);
        group.details.push(named);
    }
    group.data.verdict = entry.lines.iter().map(|line| line.verdict).min();
    pile.space(5.0);
    (group, pile)
}

/// Samples of every line and glyph in the picture.
fn legend(picture: &Picture) -> Vec<Vec<Sample>> {
    let say = |phrase: Phrase| phrase.in_language(&picture.language).to_owned();
    let kinds: BTreeSet<EdgeKind> = picture.edges.iter().map(|edge| edge.kind).collect();
    let mut rows = [const { Vec::new() }; 3];
    for kind in kinds {
        let (row, word) = match kind {
            EdgeKind::InForce(pillar) => {
                let group = picture.groups.iter().find(|g| g.side == Side::Left && g.pillar == pillar);
                (0, group.map(|group| group.label.clone()).unwrap_or_default())
            }
            EdgeKind::OnPaper => (1, say(Phrase::EdgeOnPaper)),
            EdgeKind::NotEnough => (1, say(Phrase::EdgeNotEnough)),
            EdgeKind::Missing => (1, say(Phrase::EdgeMissing)),
            EdgeKind::Forbidden => (1, say(Phrase::EdgeForbidden)),
        };
        if row == 0 && rows[0].is_empty() {
            rows[0].push((Mark::None, say(Phrase::InForceBy)));
        }
        rows[row].push((Mark::Line(style::edge(kind), true), word));
    }
    for verdict in Verdict::ALL {
        let mut shown = picture.nodes.iter().flat_map(|node| &node.rows);
        if shown.any(|row| row.verdict == *verdict) {
            rows[2].push((
                Mark::Glyph(style::glyph(*verdict)),
                style::meaning_in(*verdict, &picture.language).to_owned(),
            ));
        }
    }
    rows.into_iter().collect()
}
