//! Lays boxes out in frames and columns, and leads every line round them.
//!
//! Lines run in the gutters between columns, where no box stands. One that goes further than the next column passes
//! the columns between in a lane between their frames; all lines of a box share their lane, so they look like one
//! line that fans out behind it. `wires.rs` leads them, this file orders and stacks the boxes.
//!
//! # Invariants
//! * No two boxes overlap, no line crosses a box, every line ends at its boxes.
//! * Frames keep their order, and boxes of a frame the order of their ranks; within a rank they stand where fewest
//!   lines cross: each goes to the mean height of its neighbours, in turns, and the best order seen is kept.
//! * Same sheet, same places.

use super::page::{GLYPH, Page};
use super::pile::Pile;
use super::scene::{Group, Item, Rect, Role};
use super::style::{self, Line, PAPER, STRONG};
use super::way::Way;
use super::wires;
use crate::model::Pillar;
use std::collections::BTreeMap;

/// Turns of ordering.
const SWEEPS: usize = 10;
/// Space between a frame and what is in it, between boxes, and least space between frames.
const PAD: f64 = 5.0;
const BOX_GAP: f64 = 3.0;
const FRAME_GAP: f64 = 7.0;
/// By how much the space between boxes may grow where the column has room.
const MOST_SPREAD: f64 = 22.0;
/// Height of the heading of a frame.
const HEADING: f64 = 18.0;
/// Space between text and outline of a box.
pub(super) const INSET: f64 = 6.0;
/// The least height of a box.
const LEAST_HEIGHT: f64 = 18.0;

/// What is laid out.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// Widths of the columns.
    pub(super) columns: Vec<f64>,
    /// Space before the first column and after the last one, for lines within a column.
    pub(super) margins: (f64, f64),
    /// Frames, from top to bottom in each column.
    pub(super) frames: Vec<Frame>,
    /// Boxes.
    pub(super) cards: Vec<Card>,
    /// Lines; later ones are drawn over earlier ones.
    pub(super) wires: Vec<Wire>,
    /// The height that columns are spread to, where they are lower.
    pub(super) least_height: f64,
}

/// Boxes that stand together.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) id: String,
    pub(super) column: usize,
    pub(super) label: String,
    pub(super) pillar: Option<Pillar>,
}

/// A box.
#[derive(Debug)]
pub(super) struct Card {
    pub(super) id: String,
    /// Its frame, by place.
    pub(super) frame: usize,
    /// Boxes of a lower rank stand above.
    pub(super) rank: usize,
    /// What is in it, as wide as [`inner`] says.
    pub(super) pile: Pile,
    pub(super) line: Line,
    pub(super) ground: &'static str,
    /// What it stands for; its role and items are filled in here.
    pub(super) group: Group,
}

/// A line between two boxes.
#[derive(Debug)]
pub(super) struct Wire {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) line: Line,
    /// Whether it stands out: a larger head, and a halo against what it crosses.
    pub(super) loud: bool,
    /// Whether it is crossed out.
    pub(super) struck: bool,
    /// Glyphs beside it, where there is room.
    pub(super) ways: Vec<Way>,
    pub(super) group: Group,
}

/// The width of what is in a box of a column.
pub(super) fn inner(column: f64) -> f64 {
    column - 2.0 * PAD - 2.0 * INSET
}

/// Where everything stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    /// Left sides of the columns.
    pub(super) columns: Vec<Rect>,
    pub(super) frames: Vec<Rect>,
    pub(super) cards: Vec<Rect>,
}

/// Draws the sheet on the page, from [`Page::y`] downwards.
pub(super) fn draw(page: &mut Page, sheet: Sheet) {
    let (places, crossings) = arrange(page, &sheet);
    page.crossings(crossings);
    let Sheet { frames, cards, wires, .. } = sheet;
    for (frame, rect) in frames.iter().zip(&places.frames) {
        page.add(heading(frame, *rect));
    }
    let ends: Vec<(usize, usize)> = wires.iter().map(|wire| (wire.from, wire.to)).collect();
    for (wire, (from, to)) in wires::lead(&places, &cards, &frames, wires).into_iter().zip(ends) {
        let (mut group, line) = wire;
        group.role = Role::Edge { from: cards[from].id.clone(), to: cards[to].id.clone(), line };
        page.add(Item::Group(group));
    }
    for (card, rect) in cards.into_iter().zip(&places.cards) {
        let Card { id, frame, mut pile, line, ground, mut group, .. } = card;
        pile.move_to(rect.x + INSET, rect.y + (rect.height - pile.rect.height) / 2.0);
        group.role = Role::Node { id, frame: Some(frames[frame].id.clone()), line, ground };
        group.items = vec![Item::Rect { rect: *rect, radius: 3.0, fill: Some(ground), line: Some(line) }];
        group.items.extend(pile.items);
        page.add(Item::Group(group));
    }
    let bottom = places.frames.iter().map(Rect::bottom).fold(page.y(), f64::max);
    page.reach(bottom);
}

fn heading(frame: &Frame, rect: Rect) -> Item {
    let mut group = Group::new(Role::Frame { id: frame.id.clone() }, frame.label.clone());
    group.data.pillar = frame.pillar;
    let colour = style::colour(frame.pillar);
    let ground = Some(style::ground(frame.pillar));
    let bar = Rect { width: 3.0, ..rect };
    group.items.push(Item::Rect { rect, radius: 0.0, fill: ground, line: None });
    group.items.push(Item::Rect { rect: bar, radius: 0.0, fill: Some(colour), line: None });
    let mut pile = Pile::new(rect.width - 2.0 * PAD);
    pile.glyph(style::pillar_glyph(frame.pillar), 2.0, GLYPH);
    let label = STRONG.in_colour(style::ink(frame.pillar));
    pile.beside(label, 16.0, label.wrap(&frame.label, rect.width - 2.0 * PAD - 16.0, 1).lines.concat());
    pile.move_to(rect.x + PAD, rect.y + 4.0);
    group.items.extend(pile.items);
    Item::Group(group)
}

/// Finds the order of boxes with the fewest crossings, and the places that follow from it.
fn arrange(page: &Page, sheet: &Sheet) -> (Places, u64) {
    let mut order: Vec<usize> = (0..sheet.cards.len()).collect();
    order.sort_by_key(|card| (sheet.cards[*card].frame, sheet.cards[*card].rank));
    let mut best: Option<(u64, Places)> = None;
    for _ in 0..SWEEPS {
        let places = stack(page, sheet, &order);
        let crossings = wires::crossings(&places, sheet);
        let means = means(&places, sheet);
        if best.as_ref().is_none_or(|(fewest, _)| crossings < *fewest) {
            best = Some((crossings, places));
        }
        let before = order.clone();
        order.sort_by(|a, b| {
            let of = |card: usize| (sheet.cards[card].frame, sheet.cards[card].rank);
            of(*a).cmp(&of(*b)).then(means[*a].total_cmp(&means[*b])).then(a.cmp(b))
        });
        if order == before {
            break;
        }
    }
    best.map(|(crossings, places)| (places, crossings)).unwrap_or_default()
}

/// The mean height of the neighbours of each box; its own, where it has none.
fn means(places: &Places, sheet: &Sheet) -> Vec<f64> {
    let mut sums = vec![(0.0, 0.0); sheet.cards.len()];
    for wire in &sheet.wires {
        for (own, other) in [(wire.from, wire.to), (wire.to, wire.from)] {
            sums[own].0 += places.cards[other].middle();
            sums[own].1 += 1.0;
        }
    }
    let mean = |(sum, place): (&(f64, f64), &Rect)| if sum.1 > 0.0 { sum.0 / sum.1 } else { place.middle() };
    sums.iter().zip(&places.cards).map(mean).collect()
}

/// Stacks frames and boxes in the given order; lower columns are spread to the height of the highest.
fn stack(page: &Page, sheet: &Sheet, order: &[usize]) -> Places {
    let mut places = Places {
        columns: columns(page, sheet),
        frames: vec![Rect::default(); sheet.frames.len()],
        cards: vec![Rect::default(); sheet.cards.len()],
    };
    let ports = wires::room(sheet);
    for (at, card) in sheet.cards.iter().enumerate() {
        let column = places.columns[sheet.frames[card.frame].column];
        let height = (card.pile.rect.height + 6.0).max(LEAST_HEIGHT).max(ports[at]);
        places.cards[at] = Rect::new(column.x + PAD + 1.0, 0.0, column.width - 2.0 * PAD, height);
    }
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); sheet.frames.len()];
    for card in order {
        members[sheet.cards[*card].frame].push(*card);
    }
    let lanes = wires::lanes(sheet);
    let frame_height = |frame: usize, spread: f64| {
        let boxes: f64 = members[frame].iter().map(|card| places.cards[*card].height).sum();
        let gaps = members[frame].len().saturating_sub(1) as f64 * (BOX_GAP + spread);
        HEADING + boxes + gaps + PAD
    };
    let frames_of = |column: usize| {
        (0..sheet.frames.len()).filter(move |frame| sheet.frames[*frame].column == column).collect::<Vec<_>>()
    };
    let own: Vec<f64> = (0..sheet.columns.len())
        .map(|column| {
            let frames = frames_of(column);
            let gaps = frames.len().saturating_sub(1) as f64 * FRAME_GAP;
            frames.iter().map(|frame| frame_height(*frame, 0.0)).sum::<f64>() + gaps + lanes[column]
        })
        .collect();
    let height = own.iter().copied().fold(sheet.least_height, f64::max);
    let mut moved: BTreeMap<usize, Rect> = BTreeMap::new();
    for (column, own) in own.iter().enumerate() {
        let frames = frames_of(column);
        let spare = height - own;
        let gaps: usize = frames.iter().map(|frame| members[*frame].len().saturating_sub(1)).sum();
        let spread = if gaps == 0 { 0.0 } else { (spare * 0.5 / gaps as f64).min(MOST_SPREAD) };
        // What is left goes between the frames, above the first and below the last: half as much there.
        let left = spare - spread * gaps as f64 + lanes[column];
        let share = left / frames.len().max(1) as f64;
        let mut y = page.y() + share / 2.0;
        for frame in &frames {
            let high = frame_height(*frame, spread);
            let place = places.columns[column];
            places.frames[*frame] = Rect::new(place.x, y, place.width, high);
            let mut at = y + HEADING;
            for card in &members[*frame] {
                moved.insert(*card, Rect { y: at, ..places.cards[*card] });
                at += places.cards[*card].height + BOX_GAP + spread;
            }
            y += high + FRAME_GAP + share;
        }
    }
    for (card, rect) in moved {
        places.cards[card] = rect;
    }
    for column in &mut places.columns {
        (column.y, column.height) = (page.y(), height);
    }
    places
}

/// The columns, with the same space between them.
fn columns(page: &Page, sheet: &Sheet) -> Vec<Rect> {
    let widths: f64 = sheet.columns.iter().sum();
    let gutters = sheet.columns.len().saturating_sub(1).max(1) as f64;
    let gutter = (page.inner() - widths - sheet.margins.0 - sheet.margins.1) / gutters;
    let mut x = style::MARGIN + sheet.margins.0;
    let place = |width: &f64| {
        let rect = Rect::new(x, 0.0, *width, 0.0);
        x += width + gutter;
        rect
    };
    sheet.columns.iter().map(place).collect()
}

/// The ground of a box that is there.
pub(super) const BOX: &str = PAPER;
