//! The map: who controls whom, overseers on the left, the executive between, providers on the right.
//!
//! # Invariants
//! * One line a pair of boxes; it stands for all links between their bodies that count on the day, and its width for
//!   how many different mechanisms they are.
//! * A line is grey where all its links are on paper only.

use super::layers::{self, Card, Frame, Sheet, Wire, inner};
use super::page::{About, Mark, Page, Sample};
use super::pile::Pile;
use super::scene::{A3, Group, Role, Scene};
use super::sector::{Cluster, Expand, Place, Sector};
use super::style::{self, Line, NAME, PALE_SMALL};
use super::way::Way;
use super::words::{Phrase, Words, filled};
use super::{EdgeKind, style::edge};
use crate::gaps::World;
use crate::model::{InstitutionId, LinkId, MechanismSet, Pillar, Standing};
use crate::wording::phrases;
use std::collections::{BTreeMap, BTreeSet};

/// Widths of the columns: overseers, head of state and government, ministries, providers.
const COLUMNS: [f64; 4] = [240.0, 206.0, 214.0, 240.0];
/// Space for lines between overseers, and between providers.
const MARGINS: (f64, f64) = (44.0, 38.0);
/// How many mechanisms more make no line wider.
const MOST_MECHANISMS: usize = 9;

/// Links between two boxes.
#[derive(Debug, Default)]
struct Pair {
    in_force: MechanismSet,
    on_paper: MechanismSet,
    links: Vec<LinkId>,
    /// Whether any of them counts on the day of the picture.
    today: bool,
}

/// Draws who controls whom.
///
/// # Arguments
/// * `expand`: of which families and pillars every body has a box of its own.
pub fn map(world: &World<'_>, about: &About, expand: &Expand) -> Scene {
    let words = Words { world, language: about.language() };
    let graph = world.graph();
    let counts = |link: &LinkId| world.standing(*link) != Standing::Out;
    let drawn: BTreeSet<LinkId> = graph.network.edge_indices().filter(counts).collect();
    let links: BTreeSet<LinkId> = drawn.iter().copied().filter(|link| words.counts_today(*link)).collect();
    let mut degree: BTreeMap<InstitutionId, usize> = BTreeMap::new();
    for link in &drawn {
        let (overseer, _, overseen) = graph.link(*link);
        for end in [overseer, overseen] {
            *degree.entry(end).or_default() += usize::from(links.contains(link));
        }
    }
    let sector = Sector::new(words, &degree, expand);
    let mut pairs: BTreeMap<(usize, usize), Pair> = BTreeMap::new();
    let mut within = 0;
    for link in &drawn {
        let (overseer, _, overseen) = graph.link(*link);
        let (Some(from), Some(to)) = (sector.of(overseer), sector.of(overseen)) else { continue };
        if from == to {
            within += usize::from(links.contains(link));
            continue;
        }
        pairs.entry((from, to)).or_default().links.push(*link);
    }
    for pair in pairs.values_mut() {
        pair.today = pair.links.iter().any(|link| links.contains(link));
        // A line is drawn as it is on the day, and one that is not there on that day as it was or will be.
        for link in pair.links.iter().filter(|link| !pair.today || links.contains(link)) {
            let in_force = world.standing(*link) == Standing::InForce;
            let known = if in_force { &mut pair.in_force } else { &mut pair.on_paper };
            known.insert(graph.network[*link].mechanism);
        }
    }
    let mut sheet = Sheet { margins: MARGINS, ..Sheet::default() };
    boxes(words, &sector, &mut sheet);
    let mut wires: Vec<(bool, Wire)> = pairs
        .iter()
        .map(|((from, to), pair)| (!pair.in_force.is_empty(), wire(words, &sector, *from, *to, pair)))
        .collect();
    wires.sort_by_key(|(in_force, _)| !*in_force);
    sheet.wires = wires.into_iter().map(|(_, wire)| wire).collect();
    let lines = pairs.values().filter(|pair| pair.today).count();
    let bodies: usize = sector.clusters.iter().map(|cluster| cluster.today.len()).sum();
    let numbers = [words.bodies(bodies), words.links_in_words(links.len()), lines.to_string()];
    let second = filled(words.say(Phrase::MapShows), &[&numbers[0], &numbers[1], &numbers[2]]);
    let subtitle = [words.subtitle(about.version.as_deref(), &links), second.clone()];
    let mut page = Page::new("map", A3.0, about, &subtitle);
    page.context(words);
    let [lines, mut ways] = legend(words, &sector, &sheet);
    layers::draw(&mut page, sheet);
    // Not every line has room for its glyphs.
    ways.retain(|(mark, _)| !matches!(mark, Mark::Glyph(glyph) if !page.shows_beside_a_line(*glyph)));
    if ways.len() == 1 {
        ways.clear();
    }
    page.space(10.0);
    page.legend(&[lines, ways]);
    let mut notes = Vec::new();
    if sector.clusters.iter().any(|cluster| cluster.members.len() > 1) {
        notes.push(words.say(Phrase::MapNote).to_owned());
    }
    if within > 0 {
        notes.push(filled(words.say(Phrase::Within), &[&words.links_in_words(within)]));
    }
    page.space(2.0);
    page.notes(&[notes.join(" ")]);
    page.finish(&format!("{second} {}", words.say(Phrase::MapDescription)))
}

/// Frames and boxes, without the columns that nobody stands in.
fn boxes(words: Words<'_>, sector: &Sector, sheet: &mut Sheet) {
    let column = |place: Place| match place {
        Place::Overseer(_) => 0,
        Place::Head => 1,
        Place::Ministry => 2,
        Place::Provider(_) => 3,
    };
    let used: BTreeSet<usize> = sector.clusters.iter().map(|cluster| column(cluster.place)).collect();
    let used: Vec<usize> = used.into_iter().collect();
    sheet.columns = used.iter().map(|column| COLUMNS[*column]).collect();
    let mut frames: BTreeMap<Place, usize> = BTreeMap::new();
    for (at, cluster) in sector.clusters.iter().enumerate() {
        let place = cluster.place;
        let frame = *frames.entry(place).or_insert_with(|| {
            let column = used.iter().position(|used| *used == column(place)).unwrap_or(0);
            sheet.frames.push(Frame {
                id: place.id(),
                column,
                label: place.label(words),
                pillar: place.pillar(),
            });
            sheet.frames.len() - 1
        });
        let width = inner(sheet.columns[sheet.frames[frame].column]);
        sheet.cards.push(card(words, sector, at, frame, width));
    }
}

fn card(words: Words<'_>, sector: &Sector, at: usize, frame: usize, width: f64) -> Card {
    let cluster = &sector.clusters[at];
    let mut pile = Pile::new(width);
    pile.write(NAME, &cluster.label, 0.0, 0.0, 2);
    let lines = if matches!(cluster.place, Place::Provider(_)) { 3 } else { 1 };
    pile.write(PALE_SMALL, &cluster.below, 0.0, 0.0, lines);
    let mut group = Group::new(Role::Part, label(words, cluster));
    if cluster.members.len() > 1 {
        group.details = cluster.members.iter().map(|id| words.name(*id)).collect();
    }
    group.facts = words.body_facts(&cluster.members);
    group.data.spanned(&group.facts);
    group.data.pillar = cluster.place.pillar();
    let line = Line { colour: style::colour(cluster.place.pillar()), dash: "", width: 0.9, opacity: 1.0 };
    // Those that have nothing else in common stand last.
    let rank = usize::from(cluster.id == format!("{}:rest", cluster.place.id()));
    Card { id: cluster.id.clone(), frame, rank, pile, line, ground: layers::BOX, group }
}

/// What a box is called where its frame does not stand beside it.
fn label(words: Words<'_>, cluster: &Cluster) -> String {
    match (cluster.today.len(), cluster.place) {
        (0 | 1, _) => cluster.label.clone(),
        (many, place) if cluster.id == place.id() => format!("{} ({many})", place.label(words)),
        (many, _) => format!("{} ({many})", cluster.label),
    }
}

/// How wide a line is that stands for so many mechanisms.
fn width(mechanisms: usize) -> f64 {
    0.8 + 0.26 * (mechanisms.clamp(1, MOST_MECHANISMS) as f64 - 1.0)
}

/// Samples of the narrowest and the widest line in the picture.
fn widths(words: Words<'_>, sheet: &Sheet) -> Vec<Sample> {
    let is_drawn = |mechanisms: &usize| {
        let like = width(*mechanisms);
        sheet.wires.iter().any(|wire| (wire.line.width - like).abs() < 1e-6)
    };
    let ends = [(1..=MOST_MECHANISMS).find(is_drawn), (1..=MOST_MECHANISMS).rev().find(is_drawn)];
    let ends: BTreeSet<usize> = ends.into_iter().flatten().collect();
    let sample = |mechanisms: usize| {
        let line = Line { colour: style::PALE_INK, dash: "", width: width(mechanisms), opacity: 1.0 };
        let word = match mechanisms {
            MOST_MECHANISMS => words.say(Phrase::ManyMechanisms).to_owned(),
            fewer => words.tongue().count(phrases::MECHANISMS, fewer),
        };
        (Mark::Line(line, false), word)
    };
    ends.into_iter().map(sample).collect()
}

fn wire(words: Words<'_>, sector: &Sector, from: usize, to: usize, pair: &Pair) -> Wire {
    let vocabulary = &words.graph().vocabulary;
    let pillar = sector.clusters[from].place.pillar();
    let (kind, mechanisms) = if pair.in_force.is_empty() {
        (EdgeKind::OnPaper, pair.on_paper)
    } else {
        (EdgeKind::InForce(pillar), pair.in_force)
    };
    let width = width(mechanisms.len());
    let line = Line { width, opacity: 0.72, ..edge(kind) };
    let names = [from, to].map(|at| label(words, &sector.clusters[at]));
    let head =
        format!("{} → {}: {}", names[0], names[1], words.mechanism_list(pair.in_force.or(pair.on_paper)));
    let mut group = Group::new(Role::Part, head);
    group.facts = words.link_facts(&pair.links);
    group.details = group.facts.iter().map(|fact| fact.line.clone()).collect();
    group.data.spanned(&group.facts);
    group.data.pillar = pillar;
    group.data.mechanisms = words.slugs(&pair.links);
    let ways = if kind == EdgeKind::OnPaper { Vec::new() } else { Way::of_all(vocabulary, mechanisms) };
    Wire { from, to, line, loud: false, struck: false, ways, group }
}

fn legend(words: Words<'_>, sector: &Sector, sheet: &Sheet) -> [Vec<Sample>; 2] {
    let in_force = sheet.wires.iter().filter(|wire| wire.line.colour != style::GREY);
    let pillars: BTreeSet<Option<Pillar>> =
        in_force.map(|wire| sector.clusters[wire.from].place.pillar()).collect();
    let mut lines: Vec<Sample> = vec![(Mark::None, words.say(Phrase::ControlBy).to_owned())];
    lines.extend(pillars.into_iter().map(|pillar| {
        let line = Line { width: 2.0, ..edge(EdgeKind::InForce(pillar)) };
        (Mark::Line(line, true), words.pillar(pillar))
    }));
    if sheet.wires.iter().any(|wire| wire.line.colour == style::GREY) {
        lines.push((Mark::Line(edge(EdgeKind::OnPaper), true), words.say(Phrase::OnPaperOnly).to_owned()));
    }
    lines.extend(widths(words, sheet));
    let shown: BTreeSet<Way> = sheet.wires.iter().flat_map(|wire| wire.ways.iter().copied()).collect();
    let mut ways: Vec<Sample> = vec![(Mark::None, words.say(Phrase::Ways).to_owned())];
    ways.extend(shown.into_iter().map(|way| {
        let glyph = style::way_glyph(way, style::PALE_INK);
        (Mark::Glyph(glyph), words.say(way.phrase()).to_owned())
    }));
    [lines, ways]
}
