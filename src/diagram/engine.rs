//! Lays a picture of boxes and lines out anew with Graphviz: asks it for places alone, and draws all itself.
//!
//! [`request`] says in DOT how large boxes and labels are and which are joined; whoever calls it hands that to
//! `dot -K… -Tjson0`, and [`laid_out`] puts the picture where the answer says. So fonts, styles, legend and tooltips
//! are those of the picture, in every form.
//!
//! # Invariants
//! * Graphviz gets numbers, never a label: no label can be read as DOT. What comes back is read as numbers too.
//! * Boxes and lines are those of the picture, each once; what stands above and below the drawing stays.

use super::page::GLYPH;
use super::pile::Pile;
use super::scene::{Group, Item, Path, Rect, Role, Scene, Step};
use super::style::{MARGIN, PALE_SMALL, PAPER, pillar_glyph};
use super::write::WriteError;
use serde_json::Value;
use std::collections::BTreeMap;

/// Pixels of a scene a point of Graphviz.
const POINT: f64 = 96.0 / 72.0;
const INCH: f64 = 96.0;
/// Space above and below the drawing.
const AROUND: f64 = 14.0;
/// Height of the line that tells the frame of a box, where frames are not drawn.
const FRAME_LINE: f64 = 13.0;
/// Space around what stands beside a line.
const LABEL_PAD: f64 = 3.0;
/// Strokes across a line, which say that it is broken or forbidden, are smaller than this.
const MOST_STROKE: f64 = 20.0;
/// Size of arrow heads.
const HEAD: f64 = 8.0;

/// The programs of Graphviz that lay out graphs like ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// In layers, from left to right.
    Dot,
    /// By springs.
    Neato,
    /// By springs, frames together.
    Fdp,
    /// By springs, for large graphs.
    Sfdp,
}

impl Engine {
    /// All of them.
    pub const ALL: &[Self] = &[Self::Dot, Self::Neato, Self::Fdp, Self::Sfdp];

    /// The name on the command line, and of the program.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Dot => "dot",
            Self::Neato => "neato",
            Self::Fdp => "fdp",
            Self::Sfdp => "sfdp",
        }
    }

    /// Whether it keeps the boxes of a frame together.
    fn keeps_frames(self) -> bool {
        matches!(self, Self::Dot | Self::Fdp)
    }
}

/// An answer that places nothing.
#[derive(Debug, thiserror::Error)]
#[error("Graphviz did not say where {what} is")]
pub struct Misplaced {
    /// What has no place.
    what: String,
}

/// A picture, taken apart.
struct Parts<'s> {
    frames: Vec<&'s Group>,
    nodes: Vec<&'s Group>,
    edges: Vec<&'s Group>,
    /// What stands above the drawing, and below it.
    head: Vec<&'s Item>,
    foot: Vec<&'s Item>,
    /// The drawing.
    rect: Rect,
}

fn parts(scene: &Scene) -> Parts<'_> {
    let (mut frames, mut nodes, mut edges, mut others) = (vec![], vec![], vec![], vec![]);
    for item in &scene.items {
        match item {
            Item::Group(group) => match &group.role {
                Role::Frame { .. } => frames.push(group),
                Role::Node { .. } => nodes.push(group),
                Role::Edge { .. } => edges.push(group),
                _ => others.push(item),
            },
            _ => others.push(item),
        }
    }
    let all = frames.iter().chain(&nodes).map(|group| outline(group));
    let rect = all.reduce(|all, one| all.union(&one)).unwrap_or_default();
    // Headings within the drawing go: they stand where boxes stood.
    let is_head = |item: &&Item| item.bounds().bottom() <= rect.y && !matches!(item, Item::Group(_));
    let head = others.iter().copied().filter(is_head).collect();
    let foot = others.into_iter().filter(|item| item.bounds().y >= rect.bottom() - 1.0).collect();
    Parts { frames, nodes, edges, head, foot, rect }
}

/// The rectangle that a box or frame is drawn as.
fn outline(group: &Group) -> Rect {
    let rect = group.items.iter().find_map(|item| match item {
        Item::Rect { rect, .. } => Some(*rect),
        _ => None,
    });
    rect.unwrap_or_default()
}

/// What stands beside a line: its space, if there are words in it.
fn label(edge: &Group) -> Option<Rect> {
    let is_beside = |item: &&Item| matches!(item, Item::Text(_) | Item::Glyph { .. });
    let has_words = edge.items.iter().any(|item| matches!(item, Item::Text(_)));
    let all = edge.items.iter().filter(is_beside).map(Item::bounds).reduce(|all, one| all.union(&one));
    all.filter(|_| has_words).map(|rect| rect.grown(LABEL_PAD))
}

/// The size of a box: higher, where it has to tell its frame.
fn size(node: &Group, engine: Engine) -> (f64, f64) {
    let rect = outline(node);
    let in_frame = matches!(&node.role, Role::Node { frame: Some(_), .. });
    (rect.width, rect.height + if in_frame && !engine.keeps_frames() { FRAME_LINE } else { 0.0 })
}

/// Returns what Graphviz is asked, in DOT: sizes, and which boxes are joined.
///
/// # Errors
/// [`WriteError::NoGraph`], where the picture has no boxes.
pub fn request(scene: &Scene, engine: Engine) -> Result<String, WriteError> {
    let parts = parts(scene);
    if parts.nodes.is_empty() {
        return Err(WriteError::NoGraph { view: scene.view });
    }
    let mut dot = String::from(
        "digraph {\n  graph [rankdir=LR ranksep=1.4 nodesep=0.12 splines=true overlap=vpsc sep=\"+10\"]\n  \
         node [shape=box fixedsize=true label=\"\"]\n  edge [arrowsize=0.6]\n",
    );
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut inside: BTreeMap<Option<&str>, Vec<String>> = BTreeMap::new();
    for (at, node) in parts.nodes.iter().enumerate() {
        let Role::Node { id, frame, .. } = &node.role else { continue };
        numbers.insert(id, at);
        let (width, height) = size(node, engine);
        let line = format!("n{at} [width={:.3} height={:.3}]", width / INCH, height / INCH);
        inside.entry(frame.as_deref()).or_default().push(line);
    }
    for (at, frame) in parts.frames.iter().enumerate() {
        let Role::Frame { id } = &frame.role else { continue };
        let members = inside.remove(&Some(id.as_str())).unwrap_or_default();
        if engine.keeps_frames() && !members.is_empty() {
            let room = table(heading(frame).bounds().width, 16.0);
            dot.push_str(&format!("  subgraph cluster_{at} {{ label={room} {} }}\n", members.join(" ")));
        } else {
            inside.entry(None).or_default().extend(members);
        }
    }
    inside.into_values().flatten().for_each(|line| dot.push_str(&format!("  {line}\n")));
    for (at, edge) in parts.edges.iter().enumerate() {
        let Role::Edge { from, to, .. } = &edge.role else { continue };
        let (Some(from), Some(to)) = (numbers.get(from.as_str()), numbers.get(to.as_str())) else { continue };
        let label =
            label(edge).map_or(String::new(), |rect| format!(" label={}", table(rect.width, rect.height)));
        dot.push_str(&format!("  n{from} -> n{to} [id=e{at}{label}]\n"));
    }
    dot.push_str("}\n");
    Ok(dot)
}

/// A label of a size, with nothing in it.
fn table(width: f64, height: f64) -> String {
    let points = |pixels: f64| (pixels / POINT).ceil();
    format!(
        "<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"0\" FIXEDSIZE=\"TRUE\" \
         WIDTH=\"{}\" HEIGHT=\"{}\"><TR><TD></TD></TR></TABLE>>",
        points(width),
        points(height)
    )
}

/// The glyph and words of a frame.
fn heading(frame: &Group) -> Item {
    let words = frame.items.iter().filter(|item| matches!(item, Item::Text(_) | Item::Glyph { .. })).cloned();
    Item::Group(Group { items: words.collect(), ..Group::new(Role::Part, "") })
}

/// Where Graphviz put things, in pixels, with y downwards.
struct Answer {
    rect: Rect,
    objects: BTreeMap<String, Value>,
    edges: BTreeMap<String, Value>,
}

impl Answer {
    fn read(text: &str) -> Result<Self, Misplaced> {
        let misplaced = |what: &str| Misplaced { what: what.to_owned() };
        let all: Value = serde_json::from_str(text).map_err(|_| misplaced("anything"))?;
        let by = |list: &str, name: &str| {
            let list = all[list].as_array().cloned().unwrap_or_default();
            list.into_iter().filter_map(|one| Some((one[name].as_str()?.to_owned(), one))).collect()
        };
        let mut answer =
            Self { rect: Rect::default(), objects: by("objects", "name"), edges: by("edges", "id") };
        // The height turns y round; it is not known before the rectangle is read.
        let [left, low, right, high] =
            numbers(&all["bb"]).and_then(|n| n.try_into().ok()).ok_or_else(|| misplaced("the drawing"))?;
        answer.rect = Rect::new(left * POINT, -high * POINT, (right - left) * POINT, (high - low) * POINT);
        Ok(answer)
    }

    /// The middle of a thing.
    fn point(&self, value: &Value) -> Option<(f64, f64)> {
        let [x, y] = numbers(value)?.try_into().ok()?;
        Some(self.turned(x, y))
    }

    fn turned(&self, x: f64, y: f64) -> (f64, f64) {
        (x * POINT - self.rect.x, -y * POINT - self.rect.y)
    }

    fn rectangle(&self, value: &Value) -> Option<Rect> {
        let [left, low, right, high] = numbers(value)?.try_into().ok()?;
        let (x, y) = self.turned(left, high);
        Some(Rect::new(x, y, (right - left) * POINT, (high - low) * POINT))
    }

    /// The way of a line: `e,X,Y` tells where its head ends, then come a point and cubic curves.
    fn path(&self, value: &Value) -> Option<Path> {
        let mut path = Path::default();
        let (mut tip, mut points) = (None, Vec::new());
        for part in value.as_str()?.split(';').next()?.split_whitespace() {
            let (is_tip, part) = part.strip_prefix("e,").map_or((false, part), |part| (true, part));
            let part = part.strip_prefix("s,").unwrap_or(part);
            let [x, y] = numbers(&Value::from(part))?.try_into().ok()?;
            if is_tip { tip = Some(self.turned(x, y)) } else { points.push(self.turned(x, y)) }
        }
        let (first, rest) = points.split_first()?;
        path.0.push(Step::Move(first.0, first.1));
        path.0.extend(rest.chunks_exact(3).map(|three| Step::Curve(three[0], three[1], three[2])));
        path.0.extend(tip.map(|(x, y)| Step::Line(x, y)));
        Some(path)
    }
}

/// Finite numbers between commas.
fn numbers(value: &Value) -> Option<Vec<f64>> {
    let number = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
    value.as_str()?.split(',').map(number).collect()
}

/// Returns the picture with boxes and lines where `answer` says, which is Graphviz's in `json0` to [`request`].
///
/// # Errors
/// [`Misplaced`], where the answer cannot be read, or a box has no place in it.
pub fn laid_out(scene: &Scene, engine: Engine, answer: &str) -> Result<Scene, Misplaced> {
    let parts = parts(scene);
    let answer = Answer::read(answer)?;
    let width = scene.width.max(answer.rect.width + 2.0 * MARGIN);
    let bottom = parts.head.iter().map(|item| item.bounds().bottom()).fold(MARGIN, f64::max);
    let (dx, dy) = ((width - answer.rect.width) / 2.0, bottom + AROUND);
    let mut boxes: BTreeMap<&str, Rect> = BTreeMap::new();
    let mut nodes = Vec::new();
    for (at, node) in parts.nodes.iter().enumerate() {
        let Role::Node { id, .. } = &node.role else { continue };
        let place = answer.objects.get(&format!("n{at}")).and_then(|object| answer.point(&object["pos"]));
        let (x, y) = place.ok_or_else(|| Misplaced { what: format!("box {at}") })?;
        let (wide, high) = size(node, engine);
        let rect = Rect::new(x + dx - wide / 2.0, y + dy - high / 2.0, wide, high);
        boxes.insert(id, rect);
        nodes.push(Item::Group(moved_node(node, rect, &parts.frames)));
    }
    let frames = parts.frames.iter().enumerate().filter_map(|(at, frame)| {
        let mut rect = answer.rectangle(&answer.objects.get(&format!("cluster_{at}"))?["bb"])?;
        (rect.x, rect.y) = (rect.x + dx, rect.y + dy);
        Some(moved_frame(frame, rect))
    });
    let (grounds, headings): (Vec<Item>, Vec<Item>) = frames.unzip();
    let edges = parts.edges.iter().enumerate().filter_map(|(at, edge)| {
        let Role::Edge { from, to, .. } = &edge.role else { return None };
        let place = answer.edges.get(&format!("e{at}"));
        let (from, to) = (boxes.get(from.as_str())?, boxes.get(to.as_str())?);
        let led = place.and_then(|place| answer.path(&place["pos"])).map(|path| path.shifted(dx, dy));
        let path = led.unwrap_or_else(|| straight(*from, *to));
        let label = place.and_then(|place| answer.point(&place["lp"])).map(|(x, y)| (x + dx, y + dy));
        Some(Item::Group(moved_edge(edge, &path, label)))
    });
    let mut items: Vec<Item> = parts.head.into_iter().cloned().collect();
    items.extend(grounds.into_iter().chain(edges).collect::<Vec<_>>());
    items.extend(headings.into_iter().chain(nodes));
    let down = dy + answer.rect.height - parts.rect.bottom() + 2.0;
    items.extend(shifted(parts.foot.into_iter().cloned().collect(), 0.0, down));
    let height = (scene.height + down).ceil();
    Ok(Scene { width: width.ceil(), height, foot: scene.foot + down, crossings: 0, items, ..scene.clone() })
}

fn moved_node(node: &Group, rect: Rect, frames: &[&Group]) -> Group {
    let before = outline(node);
    let (dx, mut dy) = (rect.x - before.x, rect.y - before.y);
    let mut node = node.clone();
    let mut told = Vec::new();
    if rect.height > before.height + 0.1 {
        // The frame that is not drawn is told in the box.
        if let Role::Node { frame, .. } = &mut node.role {
            let is_its = |group: &&&Group| matches!((&group.role, &frame), (Role::Frame { id }, Some(frame)) if id == frame);
            if let Some(group) = frames.iter().find(is_its) {
                let mut pile = Pile::new(rect.width - 12.0);
                pile.glyph(pillar_glyph(group.data.pillar), 0.0, GLYPH - 1.0);
                pile.write(PALE_SMALL, &group.label, 13.0, 0.0, 1);
                pile.move_to(rect.x + 6.0, rect.y + 3.0);
                told = pile.items;
            }
            *frame = None;
        }
        dy += FRAME_LINE;
    }
    for item in &mut node.items {
        item.shift(dx, dy);
    }
    if let Some(Item::Rect { rect: own, .. }) = node.items.first_mut() {
        *own = rect;
    }
    node.items.extend(told);
    node
}

/// A frame: its ground with the bar at its left, behind the lines, and its heading, before them.
fn moved_frame(frame: &Group, rect: Rect) -> (Item, Item) {
    let before = outline(frame);
    let (mut ground, mut heading) = (Vec::new(), Vec::new());
    for item in frame.items.iter().cloned() {
        match item {
            Item::Rect { rect: own, radius, fill, line } => {
                let width = if own.width < before.width { own.width } else { rect.width };
                ground.push(Item::Rect { rect: Rect { width, ..rect }, radius, fill, line });
            }
            words => heading.push(words),
        }
    }
    let heading = shifted(heading, rect.x - before.x, rect.y - before.y);
    let words = Group { items: heading, ..Group::new(Role::Part, "") };
    (Item::Group(Group { items: ground, ..frame.clone() }), Item::Group(words))
}

/// A line on a new way. What stood beside it stands where there is room for it, on a ground of paper; strokes across
/// it, on its middle; glyphs without words are left to its tooltip.
fn moved_edge(edge: &Group, path: &Path, at: Option<(f64, f64)>) -> Group {
    let length = |item: &Item| match item {
        Item::Path { path, fill: None, .. } => path.bounds().width + path.bounds().height,
        _ => 0.0,
    };
    let longest = edge.items.iter().map(length).fold(0.0, f64::max);
    let (mut drawn, mut across, mut beside) = (Vec::new(), Vec::new(), Vec::new());
    for item in &edge.items {
        let bounds = item.bounds();
        match item {
            Item::Path { fill: None, line: Some(line), .. } if length(item) >= longest - 0.1 => {
                drawn.push(Item::stroke(path.clone(), *line));
            }
            Item::Path { fill: Some(fill), .. } => drawn.push(Item::area(path.head(HEAD), fill)),
            Item::Text(_) | Item::Glyph { .. } => beside.push(item.clone()),
            Item::Path { .. } | Item::Rect { .. } if bounds.width.max(bounds.height) < MOST_STROKE => {
                across.push(item.clone());
            }
            // Brackets and grounds of what stood beside it.
            _ => {}
        }
    }
    let points = path.points();
    let middle = points[points.len() / 2];
    let words = label(edge);
    // A small ground alone was that of glyphs.
    if !across.iter().any(|item| matches!(item, Item::Path { .. })) {
        across.clear();
    }
    if let Some(rect) = across.iter().map(Item::bounds).reduce(|all, one| all.union(&one)) {
        let (dx, dy) = (middle.0 - rect.centre(), middle.1 - rect.middle());
        across = shifted(across, dx, dy);
    }
    if let Some(mut rect) = words {
        let target = at.unwrap_or(middle);
        let (dx, dy) = (target.0 - rect.centre(), target.1 - rect.middle());
        (rect.x, rect.y) = (rect.x + dx, rect.y + dy);
        drawn.push(Item::Rect { rect, radius: 3.0, fill: Some(PAPER), line: None });
        drawn.extend(shifted(beside, dx, dy));
    }
    drawn.extend(across);
    Group { items: drawn, ..edge.clone() }
}

fn shifted(items: Vec<Item>, dx: f64, dy: f64) -> Vec<Item> {
    let moved = |mut item: Item| {
        item.shift(dx, dy);
        item
    };
    items.into_iter().map(moved).collect()
}

/// A straight line between two boxes, from side to side.
fn straight(from: Rect, to: Rect) -> Path {
    let leave = |rect: Rect, (x, y): (f64, f64)| {
        let (dx, dy) = (x - rect.centre(), y - rect.middle());
        let scale =
            (rect.width / 2.0 / dx.abs().max(1e-6)).min(rect.height / 2.0 / dy.abs().max(1e-6)).min(1.0);
        (rect.centre() + dx * scale, rect.middle() + dy * scale)
    };
    Path::line(&[leave(from, (to.centre(), to.middle())), leave(to, (from.centre(), from.middle()))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_read() {
        let answer = Answer {
            rect: Rect::new(0.0, -75.0, 75.0, 75.0),
            objects: BTreeMap::new(),
            edges: BTreeMap::new(),
        };
        let path = answer.path(&Value::from("e,30,0 0,0 9,0 18,0 27,0")).unwrap();
        assert_eq!((path.begin(), path.end()), ((0.0, 75.0), (40.0, 75.0)));
        assert_eq!(path.0.len(), 3);
        for bad in ["", "e,1", "1,2,3 4,5", "x,y", "NaN,1 2,3"] {
            assert!(answer.path(&Value::from(bad)).is_none(), "{bad}");
        }
    }

    #[test]
    fn an_answer_without_places_is_refused() {
        let scene = Scene::default();
        for bad in ["", "{}", "[1]", "{\"bb\": \"1,2,3\"}", "{\"bb\": \"0,0,inf,1\"}"] {
            assert!(laid_out(&scene, Engine::Dot, bad).is_err(), "{bad}");
        }
    }
}
