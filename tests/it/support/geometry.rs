//! Holds a picture to the geometry that every picture keeps.

use oversight::diagram::scene::{Group, Item, Path, Rect, Role, Scene, Step};
use std::collections::BTreeMap;

/// What rounding may cost, in pixels.
const SLACK: f64 = 0.6;

/// Boxes, frames and texts do not overlap and are on the page, texts are in their boxes, edges end at their boxes and
/// lead round the others.
pub(crate) fn geometry(scene: &Scene) {
    let page = Rect::new(0.0, 0.0, scene.width, scene.height);
    let groups = scene.groups();
    let mut nodes: BTreeMap<&str, Rect> = BTreeMap::new();
    let mut frames: BTreeMap<&str, Rect> = BTreeMap::new();
    for group in &groups {
        match &group.role {
            Role::Node { id, .. } => {
                let rect = outline(group);
                assert!(nodes.insert(id, rect).is_none(), "two boxes are called {id}");
                for item in &group.items {
                    let bounds = item.bounds();
                    assert!(rect.holds(&bounds, SLACK), "{bounds:?} sticks out of {}: {rect:?}", group.label);
                }
            }
            Role::Frame { id } => {
                assert!(frames.insert(id, outline(group)).is_none(), "two frames are called {id}");
            }
            _ => {}
        }
    }
    apart("boxes", &nodes);
    apart("frames", &frames);
    for group in &groups {
        if let Role::Node { id, frame: Some(frame), .. } = &group.role {
            assert!(frames[frame.as_str()].holds(&nodes[id.as_str()], SLACK), "{id} sticks out of {frame}");
        }
        if let Role::Edge { from, to, .. } = &group.role {
            edge(group, &nodes, from, to);
        }
    }
    for item in &scene.items {
        let bounds = item.bounds();
        assert!(page.holds(&bounds, SLACK), "{bounds:?} is off the page {page:?}: {item:?}");
    }
    texts(scene);
}

fn outline(group: &Group) -> Rect {
    let rect = group.items.iter().find_map(|item| match item {
        Item::Rect { rect, .. } => Some(*rect),
        _ => None,
    });
    rect.unwrap_or_else(|| panic!("{} has no outline", group.label))
}

fn apart(what: &str, rects: &BTreeMap<&str, Rect>) {
    let all: Vec<(&&str, &Rect)> = rects.iter().collect();
    for (at, (id, rect)) in all.iter().enumerate() {
        for (other_id, other) in &all[at + 1..] {
            assert!(
                !rect.grown(-0.05).overlaps(other),
                "{what} {id} {rect:?} and {other_id} {other:?} overlap"
            );
        }
    }
}

/// The line of an edge: the longest of its strokes.
fn line(group: &Group) -> &Path {
    let paths = group.items.iter().filter_map(|item| match item {
        Item::Path { path, line: Some(_), fill: None } => Some(path),
        _ => None,
    });
    let length = |path: &&Path| {
        let bounds = path.bounds();
        bounds.width + bounds.height
    };
    paths
        .max_by(|a, b| length(a).total_cmp(&length(b)))
        .unwrap_or_else(|| panic!("{} has no line", group.label))
}

fn edge(group: &Group, nodes: &BTreeMap<&str, Rect>, from: &str, to: &str) {
    let path = line(group);
    let (begin, end) = (nodes[from], nodes[to]);
    assert!(on_side(begin, path.begin()), "{} begins at {:?}, not at {begin:?}", group.label, path.begin());
    assert!(on_side(end, path.end()), "{} ends at {:?}, not at {end:?}", group.label, path.end());
    assert!(matches!(path.0[0], Step::Move(..)));
    for (id, rect) in nodes.iter().filter(|(id, _)| **id != from && **id != to) {
        let crossed = path
            .points()
            .into_iter()
            .find(|(x, y)| rect.grown(-1.0).holds(&Rect::new(*x, *y, 0.0, 0.0), 0.0));
        assert!(crossed.is_none(), "{} crosses {id} at {crossed:?}", group.label);
    }
}

fn on_side(rect: Rect, (x, y): (f64, f64)) -> bool {
    let point = Rect::new(x, y, 0.0, 0.0);
    rect.holds(&point, SLACK) && !rect.grown(-SLACK).holds(&point, -1e-6)
}

/// No two texts lie on each other, wherever they are.
fn texts(scene: &Scene) {
    fn walk(items: &[Item], found: &mut Vec<(Rect, String)>) {
        for item in items {
            match item {
                Item::Text(text) if text.turn == 0.0 => {
                    // Letters are lower than their line.
                    let bounds = text.bounds();
                    let low = Rect { y: bounds.y + 1.0, height: bounds.height - 2.0, ..bounds };
                    found.push((low, text.content.clone()));
                }
                Item::Group(group) => walk(&group.items, found),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    walk(&scene.items, &mut found);
    found.sort_by(|a, b| a.0.y.total_cmp(&b.0.y));
    for (at, (rect, text)) in found.iter().enumerate() {
        for (other, other_text) in found[at + 1..].iter().take_while(|(other, _)| other.y < rect.bottom()) {
            assert!(
                !rect.grown(-0.3).overlaps(other),
                "`{text}` {rect:?} and `{other_text}` {other:?} overlap"
            );
        }
    }
}

/// The text form tells every box and every edge, and all that is behind them.
pub(crate) fn told_in_text(scene: &Scene) {
    let text = scene.to_text();
    for group in scene.groups() {
        if matches!(group.role, Role::Node { .. } | Role::Edge { .. } | Role::Key | Role::Value) {
            assert!(text.contains(&group.label), "`{}` is not told", group.label);
            for line in &group.details {
                assert!(text.contains(line), "`{line}` is not told");
            }
        }
    }
}
