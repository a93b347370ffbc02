//! Turns a gap picture that is laid out into a scene.

use super::block::Block;
use super::layout::{Curve, Layout};
use super::scene::{Anchor, Group, Item, Path, Rect, Role, Scene, Text};
use super::style::{self, Line};
use super::{EdgeKind, Picture, Side};

pub(super) fn scene(picture: &Picture) -> Scene {
    let layout = picture.layout();
    let mut items = Vec::new();
    layout.surroundings.iter().for_each(|block| items.extend(contents(block)));
    for (kind, x, y) in &layout.samples {
        let path = Path::line(&[(*x, y + 5.5), (x + 26.0, y + 5.5)]);
        let line = style::edge(*kind);
        items.push(Item::area(path.head(5.0), line.colour));
        items.push(Item::stroke(path, Line { width: line.width.max(1.4), opacity: 1.0, ..line }));
    }
    for (at, (group, frame)) in picture.groups.iter().zip(&layout.frames).enumerate() {
        let rect = frame.rect;
        let x = if group.side == Side::Left { rect.x } else { rect.right() - 4.0 };
        let bar = Rect { x, width: 4.0, ..rect };
        let mut marks = Group::new(Role::Frame { id: format!("frame-{at}") }, group.label.clone());
        let area = |rect, fill| Item::Rect { rect, radius: 0.0, fill: Some(fill), line: None };
        marks.items.push(area(rect, style::ground(group.pillar)));
        marks.items.push(area(bar, style::colour(group.pillar)));
        marks.items.extend(contents(frame));
        items.push(Item::Group(marks));
    }
    edges(picture, &layout, &mut items);
    for (at, (node, card)) in picture.nodes.iter().zip(&layout.cards).enumerate() {
        let (line, ground) = style::node(node.kind, picture.groups[node.group].pillar);
        let frame = Some(format!("frame-{}", node.group));
        let mut group =
            Group::new(Role::Node { id: format!("node-{at}"), frame, line, ground }, node.label.clone());
        group.details = node.tooltip.lines().skip(1).map(str::to_owned).collect();
        group.items.push(Item::Rect { rect: card.rect, radius: 3.0, fill: Some(ground), line: Some(line) });
        group.items.extend(contents(card));
        items.push(Item::Group(group));
    }
    for (entry, block) in picture.key.iter().zip(&layout.key) {
        let mut group = Group::new(Role::Key, format!("{} {}", entry.id, entry.title));
        group.items = contents(block);
        items.push(Item::Group(group));
    }
    Scene {
        view: "gaps",
        width: layout.width,
        height: layout.height,
        language: picture.language.clone(),
        title: picture.title.clone(),
        subtitle: picture.subtitle.clone(),
        description: picture.description.clone(),
        source: picture.source.clone(),
        items,
    }
}

fn edges(picture: &Picture, layout: &Layout, items: &mut Vec<Item>) {
    for (edge, Curve { from, to }) in picture.edges.iter().zip(&layout.curves) {
        let path = Path::level(*from, *to);
        let line = style::edge(edge.kind);
        let ids = (format!("node-{}", edge.from), format!("node-{}", edge.to));
        let label = edge.tooltip.lines().next().unwrap_or_default();
        let mut group = Group::new(Role::Edge { from: ids.0, to: ids.1, line }, label);
        group.details = edge.tooltip.lines().skip(1).map(str::to_owned).collect();
        let length = if matches!(edge.kind, EdgeKind::InForce(_)) { 5.0 } else { 8.0 };
        if !matches!(edge.kind, EdgeKind::InForce(_)) {
            // A halo keeps what matters apart from what it crosses.
            let halo = Line { colour: style::PAPER, dash: "", width: line.width + 2.0, opacity: 0.85 };
            group.items.push(Item::stroke(path.clone(), halo));
        }
        group.items.push(Item::area(path.head(length), line.colour));
        group.items.push(Item::stroke(path, line));
        if edge.kind == EdgeKind::Forbidden {
            let (x, y) = (f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1));
            let cross = |dy: f64| Path::line(&[(x - 6.0, y - dy), (x + 6.0, y + dy)]);
            for dy in [6.0, -6.0] {
                group.items.push(Item::stroke(cross(dy), Line { width: 2.4, ..line }));
            }
        }
        items.push(Item::Group(group));
    }
}

fn contents(block: &Block) -> Vec<Item> {
    let disc = block.number.iter().flat_map(|(x, y, value)| {
        let rect = Rect::new(x - 8.0, y - 8.0, 16.0, 16.0);
        let kind = style::SMALL_STRONG.in_colour(style::PAPER);
        let number = Text::new(kind, *x, y + 3.2, value.to_string()).anchored(Anchor::Middle);
        [Item::Rect { rect, radius: 8.0, fill: Some(style::INK), line: None }, Item::Text(number)]
    });
    let texts =
        block.texts.iter().map(|text| Item::Text(Text::new(text.kind, text.x, text.y, text.content.clone())));
    let glyphs = block.glyphs.iter().map(|(verdict, x, y)| Item::Glyph {
        glyph: style::glyph(*verdict),
        x: *x,
        y: *y,
        size: 10.0,
    });
    disc.chain(texts).chain(glyphs).collect()
}
