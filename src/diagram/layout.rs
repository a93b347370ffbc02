//! Gives every part of a picture its place on a page of fixed width; the height follows from what there is.
//!
//! # Invariants
//! * Boxes stand in one column a side; between the columns is nothing but edges, so no edge crosses a box.
//! * No two boxes overlap, every text lies within its box by the measure of `text.rs`, everything is on the page.
//! * Edges share out the side of a box, in the order of their other ends.

use super::block::{Block, INDENT, card, key_entry};
use super::style::{self, MARGIN, PAGE_WIDTH, PALE_SMALL, SMALL, STRONG, SUBTITLE, TITLE};
use super::{EdgeKind, Group, KeyEntry, Picture, Side};
use crate::gaps::Verdict;

/// Width of the page between its margins.
const WIDTH: f64 = PAGE_WIDTH - 2.0 * MARGIN;
const LEFT_FRAME: f64 = 508.0;
/// Where boxes begin in a frame on the left, beside its heading.
const GUTTER: f64 = 114.0;
const RIGHT_FRAME: f64 = 296.0;
/// Space between a frame and what is in it.
const PAD: f64 = 4.0;
/// Space between overseers, between bodies and between frames.
const BOX_GAP: f64 = 2.2;
const BODY_GAP: f64 = 10.0;
const FRAME_GAP: f64 = 6.0;
/// By how much a gap may grow where the other side is higher.
const MOST_SPREAD: f64 = 46.0;
const LEGEND_LEADING: f64 = 15.0;
const KEY_COLUMNS: usize = 3;
const KEY_GAP: f64 = 22.0;

/// An edge: where it leaves the left box, and where it meets the right one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Curve {
    /// The beginning.
    pub from: (f64, f64),
    /// The end.
    pub to: (f64, f64),
}

/// A picture with a place for everything; lengths are pixels from the upper left corner.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// Width of the page.
    pub width: f64,
    /// Height of the page.
    pub height: f64,
    /// Title, subtitle, legend; then notes and source.
    pub surroundings: [Block; 2],
    /// Samples of lines in the legend, with their upper left corners.
    pub samples: Vec<(EdgeKind, f64, f64)>,
    /// Frames with their headings, in the order of [`Picture::groups`].
    pub frames: Vec<Block>,
    /// Boxes, in the order of [`Picture::nodes`].
    pub cards: Vec<Block>,
    /// Edges, in the order of [`Picture::edges`].
    pub curves: Vec<Curve>,
    /// The key, in the order of [`Picture::key`].
    pub key: Vec<Block>,
}

/// Lays `picture` out from top to bottom.
pub(super) fn place(picture: &Picture) -> Layout {
    let mut layout = Layout {
        width: PAGE_WIDTH,
        frames: vec![Block::default(); picture.groups.len()],
        ..Layout::default()
    };
    let mut head = Block::new(WIDTH);
    head.write(TITLE, &picture.title, 0.0, 0.0, usize::MAX);
    head.rect.height += 4.0;
    for line in &picture.subtitle {
        head.write(SUBTITLE, line, 0.0, 0.0, usize::MAX);
    }
    head.rect.height += 10.0;
    legend(picture, &mut head, &mut layout.samples);
    head.move_to(MARGIN, MARGIN);
    let mut y = columns(picture, &mut layout, head.rect.bottom() + 12.0) + 18.0;
    layout.curves = curves(picture, &layout.cards);
    if !picture.key.is_empty() {
        head.rect.height = y - head.rect.y;
        head.write(STRONG, "Key to the norms not met", 0.0, 0.0, 1);
        head.write(PALE_SMALL, "Numbers are those of the bodies above.", 0.0, 0.0, 1);
        y = key(&picture.key, &mut layout.key, head.rect.bottom() + 4.0) + 8.0;
    }
    let mut foot = Block::new(WIDTH);
    for note in picture.notes.iter().chain([&picture.source]) {
        foot.write(PALE_SMALL, note, 0.0, 0.0, usize::MAX);
        foot.rect.height += 4.0;
    }
    foot.move_to(MARGIN, y);
    layout.height = (foot.rect.bottom() + MARGIN).ceil();
    layout.surroundings = [head, foot];
    layout
}

/// Samples of every line and glyph in the picture, flowing from left to right, in a row for each sort.
fn legend(picture: &Picture, head: &mut Block, samples: &mut Vec<(EdgeKind, f64, f64)>) {
    enum Sample {
        Words,
        Line(EdgeKind),
        Glyph(Verdict),
    }
    let mut kinds: Vec<EdgeKind> = picture.edges.iter().map(|edge| edge.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mut rows = [const { Vec::new() }; 3];
    for kind in kinds {
        let EdgeKind::InForce(pillar) = kind else {
            rows[1].push((Sample::Line(kind), style::edge_word(kind)));
            continue;
        };
        if rows[0].is_empty() {
            rows[0].push((Sample::Words, "Control in force, by the pillar of the overseer:"));
        }
        let group = picture.groups.iter().find(|g| g.side == Side::Left && g.pillar == pillar);
        rows[0].push((Sample::Line(kind), group.map_or("", |group| group.label.as_str())));
    }
    for verdict in Verdict::ALL {
        let mut shown = picture.nodes.iter().flat_map(|node| &node.rows);
        if shown.any(|row| row.verdict == *verdict) {
            rows[2].push((Sample::Glyph(*verdict), style::meaning(*verdict)));
        }
    }
    for row in rows.into_iter().filter(|row| !row.is_empty()) {
        let mut x = 0.0;
        for (sample, word) in row {
            let word = SMALL.wrap(word, 300.0, 1).lines.concat();
            let indent = match sample {
                Sample::Words => 0.0,
                Sample::Line(_) => 30.0,
                Sample::Glyph(_) => INDENT,
            };
            let end = x + indent + SMALL.width(&word);
            if end > WIDTH && x > 0.0 {
                x = 0.0;
                head.rect.height += LEGEND_LEADING;
            }
            match sample {
                Sample::Words => {}
                Sample::Line(kind) => samples.push((kind, MARGIN + x, MARGIN + head.rect.height)),
                Sample::Glyph(verdict) => head.glyph(verdict, x),
            }
            let width = indent + SMALL.width(&word);
            head.put(SMALL, x + indent, word);
            x += width + 16.0;
        }
        head.rect.height += LEGEND_LEADING;
    }
}

/// How many pixels of a side of a box an edge asks for.
fn weight(kind: EdgeKind) -> f64 {
    match kind {
        EdgeKind::InForce(_) => 2.4,
        EdgeKind::OnPaper | EdgeKind::NotEnough => 5.0,
        EdgeKind::Missing | EdgeKind::Forbidden => 6.5,
    }
}

/// Both columns of boxes, the lower one spread out towards the height of the other; returns where they end.
fn columns(picture: &Picture, layout: &mut Layout, top: f64) -> f64 {
    let mut degree = vec![5.0; picture.nodes.len()];
    for edge in &picture.edges {
        // Overseers are many and their edges fan out, so these may be closer.
        degree[edge.from] += weight(edge.kind) * 0.35;
        degree[edge.to] += weight(edge.kind);
    }
    let cards = picture.nodes.iter().zip(degree).map(|(node, degree)| {
        let width = match picture.groups[node.group].side {
            Side::Left => LEFT_FRAME - GUTTER - PAD,
            Side::Right => RIGHT_FRAME - 2.0 * PAD,
        };
        card(node, width, degree)
    });
    layout.cards = cards.collect();
    let own = [Side::Left, Side::Right].map(|side| stack(picture, layout, side, top, 0.0));
    let height = own[0].max(own[1]);
    stack(picture, layout, Side::Left, top, height - own[0]);
    stack(picture, layout, Side::Right, top, height - own[1]);
    top + height
}

/// Stacks the frames of a side and their boxes, and shares out `spare` pixels between them; returns the height.
fn stack(picture: &Picture, layout: &mut Layout, side: Side, top: f64, spare: f64) -> f64 {
    let is_here = |group: &usize| picture.groups[*group].side == side;
    let groups: Vec<usize> = (0..picture.groups.len()).filter(is_here).collect();
    let gaps = match side {
        Side::Left => groups.len().saturating_sub(1),
        Side::Right => picture.nodes.iter().filter(|node| is_here(&node.group)).count(),
    };
    let spread = (spare / gaps.max(1) as f64).min(MOST_SPREAD);
    let begin = top + (spare - spread * gaps as f64) / 2.0;
    let mut y = begin;
    for group in &groups {
        let Group { label, pillar, .. } = &picture.groups[*group];
        let heading = STRONG.in_colour(style::colour(*pillar));
        let mut frame = Block::new(if side == Side::Left { LEFT_FRAME } else { RIGHT_FRAME });
        frame.rect.height = PAD;
        let (x, mut bottom, gap, frame_gap) = match side {
            Side::Left => {
                frame.write(heading, label, 9.0, LEFT_FRAME - GUTTER + 5.0, 4);
                (MARGIN + GUTTER, y + PAD, BOX_GAP, FRAME_GAP + spread)
            }
            Side::Right => {
                frame.write(heading, label, PAD, PAD, 1);
                let bottom = y + frame.rect.height + PAD + spread / 2.0;
                (PAGE_WIDTH - MARGIN - RIGHT_FRAME + PAD, bottom, BODY_GAP + spread, FRAME_GAP)
            }
        };
        for (node, card) in picture.nodes.iter().zip(&mut layout.cards) {
            if node.group == *group {
                card.move_to(x, bottom);
                bottom = card.rect.bottom() + gap;
            }
        }
        let tail = if side == Side::Right { spread / 2.0 } else { 0.0 };
        frame.rect.height = (bottom - gap + tail - y).max(frame.rect.height) + PAD;
        frame.move_to(if side == Side::Left { MARGIN } else { PAGE_WIDTH - MARGIN - RIGHT_FRAME }, y);
        y = frame.rect.bottom() + frame_gap;
        layout.frames[*group] = frame;
    }
    groups.last().map_or(0.0, |last| layout.frames[*last].rect.bottom() - begin)
}

fn curves(picture: &Picture, cards: &[Block]) -> Vec<Curve> {
    let mut curves = vec![Curve::default(); picture.edges.len()];
    let mut ends: Vec<Vec<(usize, usize)>> = vec![Vec::new(); cards.len()];
    for (at, edge) in picture.edges.iter().enumerate() {
        ends[edge.from].push((at, edge.to));
        ends[edge.to].push((at, edge.from));
    }
    for (node, mut ends) in ends.into_iter().enumerate() {
        ends.sort_by(|(a, to_a), (b, to_b)| {
            cards[*to_a].rect.middle().total_cmp(&cards[*to_b].rect.middle()).then(a.cmp(b))
        });
        let rect = cards[node].rect;
        let asked: f64 = ends.iter().map(|(edge, _)| weight(picture.edges[*edge].kind)).sum();
        let scale = (rect.height - 5.0) / asked;
        let mut y = rect.y + 2.5;
        for (edge, _) in ends {
            let share = weight(picture.edges[edge].kind) * scale;
            let port = y + share / 2.0;
            y += share;
            if picture.edges[edge].from == node {
                curves[edge].from = (rect.right(), port);
            } else {
                curves[edge].to = (rect.x, port);
            }
        }
    }
    curves
}

/// The key, in columns of about the same height; returns where the longest ends.
fn key(entries: &[KeyEntry], key: &mut Vec<Block>, top: f64) -> f64 {
    let width = (WIDTH - KEY_GAP * (KEY_COLUMNS - 1) as f64) / KEY_COLUMNS as f64;
    key.extend(entries.iter().map(|entry| key_entry(entry, width)));
    let columns_at = |limit: f64| {
        let (mut column, mut filled) = (0, 0.0);
        let column_of = |block: &Block| {
            if filled > 0.0 && filled + block.rect.height > limit {
                (column, filled) = (column + 1, 0.0);
            }
            filled += block.rect.height;
            column
        };
        key.iter().map(column_of).collect::<Vec<usize>>()
    };
    let mut limit = key.iter().map(|block| block.rect.height).sum::<f64>() / KEY_COLUMNS as f64;
    while columns_at(limit).last().is_some_and(|last| *last >= KEY_COLUMNS) {
        limit += 4.0;
    }
    let columns = columns_at(limit);
    let mut ends = [top; KEY_COLUMNS];
    for (block, column) in key.iter_mut().zip(columns) {
        block.move_to(MARGIN + column as f64 * (width + KEY_GAP), ends[column]);
        ends[column] = block.rect.bottom();
    }
    ends.into_iter().fold(top, f64::max)
}
