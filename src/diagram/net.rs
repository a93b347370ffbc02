//! The graph that a query gives: resources as boxes with their values, properties on the lines between them.
//!
//! Boxes stand in columns so that lines lead from left to right, but for those that close a circle; between two
//! columns of boxes is one of labels. A line that goes further has a place of its own in every column that it passes.
//!
//! # Invariants
//! * No line crosses a box, for it bends only between columns, and passes them in its own place.
//! * What is cut in a box is whole in its tooltip.
//! * Resources that no line reaches stand in rows below the others.

use super::layers::{BOX, INSET};
use super::page::{About, Page};
use super::pile::Pile;
use super::posts::{Post, arrange};
use super::scene::{Group, Item, Path, Rect, Role, Scene, Step};
use super::style::{self, Line, PALE_INK, PALE_SMALL, SMALL, STRONG};
use super::text::clean;
use super::words::{Phrase, filled};
use crate::store::{Net, Thing, Tie};
use std::collections::{BTreeMap, BTreeSet};

/// How many boxes are drawn at most.
pub const MOST_THINGS: usize = 120;
/// How many lines are drawn at most.
pub const MOST_TIES: usize = 360;

/// How many lines of a box are shown before the rest is counted.
const MOST_LINES: usize = 6;
/// How many characters of a value are looked at to fill a line.
const MOST_SHOWN: usize = 400;
const BOX_WIDTH: f64 = 220.0;
const LABEL_WIDTH: f64 = 118.0;
const GUTTER: f64 = 46.0;
const STEP: f64 = BOX_WIDTH + LABEL_WIDTH + 2.0 * GUTTER;
/// What boxes, labels and passing lines keep free around them.
const BOX_PAD: f64 = 12.0;
const LABEL_PAD: f64 = 5.0;
const PASS_PAD: f64 = 7.0;
/// Space between the ports of a box.
const PORT: f64 = 3.0;
const LEAST_WIDTH: f64 = 980.0;
const LINE: Line = Line { colour: PALE_INK, dash: "", width: 1.1, opacity: 0.85 };

/// A graph that is too large to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the graph has {things} resources and {ties} lines between them, and at most {MOST_THINGS} and {MOST_TIES} are drawn"
)]
pub struct TooMuch {
    /// How many resources it has.
    pub things: usize,
    /// How many pairs of them are joined.
    pub ties: usize,
}

/// A tie with its way: the posts between its boxes, from left to right, and whether it leads to the left.
struct Lead {
    left: usize,
    right: usize,
    back: bool,
    between: Vec<usize>,
}

/// Draws a graph.
///
/// # Arguments
/// * `given`: what was asked with which values; in the subtitle.
///
/// # Errors
/// [`TooMuch`], where it has more than [`MOST_THINGS`] resources or [`MOST_TIES`] joined pairs.
pub fn net(net: &Net, about: &About, given: &str) -> Result<Scene, TooMuch> {
    let (things, ties) = (net.things.len(), net.ties.len());
    if things > MOST_THINGS || ties > MOST_TIES {
        return Err(TooMuch { things, ties });
    }
    let say = |phrase: Phrase| phrase.in_language(about.language());
    let numbers = [things, ties, net.triples].map(|number| number.to_string());
    let counted = filled(say(Phrase::NetShows), &[&numbers[0], &numbers[1], &numbers[2]]);
    let subtitle: Vec<String> =
        [given, &counted].into_iter().filter(|line| !line.is_empty()).map(ToOwned::to_owned).collect();
    let levels = levels(net);
    let columns = levels.iter().flatten().max().map_or(1, |most| most + 1);
    let width = STEP * (columns - 1) as f64 + BOX_WIDTH + 2.0 * style::MARGIN;
    let mut page = Page::new("net", width.max(LEAST_WIDTH), about, &subtitle);
    let piles: Vec<Pile> = net.things.iter().map(|thing| inside(thing, about.language())).collect();
    let left = style::MARGIN + (page.inner() - (width - 2.0 * style::MARGIN)) / 2.0;
    let rects = joined(&mut page, net, &levels, &piles, left);
    let alone: Vec<usize> = (0..things).filter(|at| levels[*at].is_none()).collect();
    let alone = rows(&mut page, &piles, &alone);
    for (at, (thing, mut pile)) in net.things.iter().zip(piles).enumerate() {
        let Some(rect) = rects.get(&at).or_else(|| alone.get(&at)).copied() else { continue };
        let line = Line { colour: style::INK, dash: "", width: 1.0, opacity: 1.0 };
        let role = Role::Node { id: thing.id.clone(), frame: None, line, ground: BOX };
        let mut group = Group::new(role, called(thing));
        let id = Some(clean(&thing.id)).filter(|id| *id != group.label);
        group.details = id.into_iter().chain(thing.lines.iter().map(|line| clean(line))).collect();
        pile.move_to(rect.x + INSET, rect.y + (rect.height - pile.rect.height) / 2.0);
        group.items.push(Item::Rect { rect, radius: 4.0, fill: Some(BOX), line: Some(line) });
        group.items.extend(pile.items);
        page.add(Item::Group(group));
    }
    page.space(16.0);
    page.notes(&[say(if things == 0 { Phrase::NetEmpty } else { Phrase::NetNote }).to_owned()]);
    Ok(page.finish(&format!("{} {counted}", say(Phrase::NetDescription))))
}

/// The name of a thing, or its id where it has none.
fn called(thing: &Thing) -> String {
    let name = thing.name.as_deref().map(clean).filter(|name| !name.is_empty());
    name.unwrap_or_else(|| clean(&thing.id))
}

/// The beginning of a text that may be very long.
fn begin(text: &str) -> String {
    text.chars().take(MOST_SHOWN).collect()
}

/// What stands in a box.
fn inside(thing: &Thing, language: &str) -> Pile {
    let mut pile = Pile::new(BOX_WIDTH - 2.0 * INSET);
    let name = called(thing);
    pile.write(STRONG, &begin(&name), 0.0, 0.0, 2);
    if name != clean(&thing.id) {
        pile.write(PALE_SMALL, &begin(&thing.id), 0.0, 0.0, 1);
    }
    let rest = thing.lines.len().saturating_sub(MOST_LINES);
    let shown = if rest > 1 { MOST_LINES - 1 } else { MOST_LINES + 1 };
    for line in thing.lines.iter().take(shown) {
        pile.write(SMALL, &clean(&begin(line)), 0.0, 0.0, 1);
    }
    if thing.lines.len() > shown {
        let more = (thing.lines.len() - shown).to_string();
        pile.write(PALE_SMALL, &filled(Phrase::MoreLines.in_language(language), &[&more]), 0.0, 0.0, 1);
    }
    pile
}

/// The column of each thing; none for those that nothing is joined to. Ties lead to the right but for those that close
/// a circle.
fn levels(net: &Net) -> Vec<Option<usize>> {
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); net.things.len()];
    let mut is_reached = vec![false; net.things.len()];
    for Tie { from, to, .. } in &net.ties {
        next[*from].push(*to);
        is_reached[*to] = true;
    }
    // Depth first, those that nothing leads to before the others: a tie to one that is still open closes a circle.
    let mut roots: Vec<usize> = (0..net.things.len()).collect();
    roots.sort_by_key(|at| is_reached[*at]);
    let (mut seen, mut open) = (vec![false; net.things.len()], vec![false; net.things.len()]);
    let (mut order, mut forth): (Vec<usize>, Vec<(usize, usize)>) = (Vec::new(), Vec::new());
    for root in roots {
        let mut path = if seen[root] { Vec::new() } else { vec![(root, 0)] };
        while let Some((at, done)) = path.last_mut() {
            let at = *at;
            (seen[at], open[at]) = (true, true);
            if let Some(to) = next[at].get(*done).copied() {
                *done += 1;
                if !open[to] {
                    forth.push((at, to));
                }
                if !seen[to] {
                    path.push((to, 0));
                }
            } else {
                open[at] = false;
                order.push(at);
                path.pop();
            }
        }
    }
    let mut level = vec![0_usize; net.things.len()];
    let of = |from: usize| forth.iter().filter(move |(begin, _)| *begin == from).map(|(_, to)| *to);
    for from in order.iter().rev() {
        for to in of(*from) {
            level[to] = level[to].max(level[*from] + 1);
        }
    }
    // Those that nothing leads to stand just before the first that they lead to.
    let reached: BTreeSet<usize> = forth.iter().map(|(_, to)| *to).collect();
    for at in (0..net.things.len()).filter(|at| !reached.contains(at)) {
        if let Some(nearest) = of(at).map(|to| level[to]).min() {
            level[at] = nearest - 1;
        }
    }
    let joined: BTreeSet<usize> = net.ties.iter().flat_map(|tie| [tie.from, tie.to]).collect();
    level.into_iter().enumerate().map(|(at, level)| joined.contains(&at).then_some(level)).collect()
}

/// Places the things that are joined, draws the ties, and returns where the boxes stand.
fn joined(
    page: &mut Page,
    net: &Net,
    levels: &[Option<usize>],
    piles: &[Pile],
    left: f64,
) -> BTreeMap<usize, Rect> {
    let mut posts: Vec<Post> = Vec::new();
    let mut boxes: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, level) in levels.iter().enumerate() {
        let Some(level) = level else { continue };
        let count = |is: fn(&Tie, usize) -> bool| net.ties.iter().filter(|tie| is(tie, at)).count();
        let ports = count(|tie, at| tie.from == at).max(count(|tie, at| tie.to == at));
        let height = (piles[at].rect.height + 10.0).max(ports as f64 * PORT + 10.0);
        boxes.insert(at, posts.len());
        let rect = Rect::new(0.0, 0.0, BOX_WIDTH, height);
        posts.push(Post { column: 2 * level, rect, pad: BOX_PAD, joined: Vec::new() });
    }
    let labels: Vec<Pile> = net.ties.iter().map(label).collect();
    let mut leads: Vec<Lead> = Vec::new();
    for (tie, label) in net.ties.iter().zip(&labels) {
        let (from, to) = (boxes[&tie.from], boxes[&tie.to]);
        let back = posts[from].column > posts[to].column;
        let (left, right) = if back { (to, from) } else { (from, to) };
        let (first, last) = (posts[left].column + 1, posts[right].column);
        let mut lead = Lead { left, right, back, between: Vec::new() };
        let mut before = left;
        for column in first..last {
            let width = if column % 2 == 0 { BOX_WIDTH } else { LABEL_WIDTH };
            let (height, pad) =
                if column == first { (label.rect.height, LABEL_PAD) } else { (0.0, PASS_PAD) };
            let own = posts.len();
            posts.push(Post { column, rect: Rect::new(0.0, 0.0, width, height), pad, joined: vec![before] });
            posts[before].joined.push(own);
            lead.between.push(own);
            before = own;
        }
        posts[before].joined.push(right);
        posts[right].joined.push(before);
        leads.push(lead);
    }
    arrange(&mut posts, (left, page.y()), STEP, BOX_WIDTH + GUTTER);
    let ports = ports(&posts, &leads);
    for (at, ((tie, lead), mut pile)) in net.ties.iter().zip(&leads).zip(labels).enumerate() {
        let rect = posts[lead.between[0]].rect;
        pile.move_to(rect.x, rect.y);
        let (from, to) = (&net.things[tie.from], &net.things[tie.to]);
        let role = Role::Edge { from: from.id.clone(), to: to.id.clone(), line: LINE };
        let names: Vec<String> = tie.properties.iter().map(|name| clean(name)).collect();
        let mut group = Group::new(role, format!("{} → {}: {}", called(from), called(to), names.join(", ")));
        let path = path(lead, &posts, &pile, ports[&(at, false)], ports[&(at, true)]);
        group.items.push(Item::area(path.head(7.0), LINE.colour));
        group.items.push(Item::stroke(path, LINE));
        group.items.extend(pile.items);
        page.add(Item::Group(group));
    }
    let bottom = posts.iter().map(|post| post.rect.bottom()).fold(page.y(), f64::max);
    page.reach(bottom);
    boxes.into_iter().map(|(at, post)| (at, posts[post].rect)).collect()
}

/// The properties upon a line.
fn label(tie: &Tie) -> Pile {
    let mut pile = Pile::new(LABEL_WIDTH);
    pile.write(SMALL, &begin(&clean(&tie.properties.join(", "))), 0.0, 0.0, 2);
    pile
}

/// The line of a tie, from the box that it comes from to the one that it leads to, with a gap for its label.
fn path(lead: &Lead, posts: &[Post], label: &Pile, left: (f64, f64), right: (f64, f64)) -> Path {
    let text = label.items.iter().map(Item::bounds).reduce(|all, one| all.union(&one)).unwrap_or(label.rect);
    let (begin, end) = if lead.back { (right, left) } else { (left, right) };
    let mut path = Path(vec![Step::Move(begin.0, begin.1)]);
    let mut pass = |post: usize| {
        let rect = posts[post].rect;
        let (y, far) = (rect.middle(), rect.right());
        let steps = match (post == lead.between[0], lead.back) {
            (true, false) => {
                vec![Step::Move(text.right() + 4.0, y), Step::Line(far.max(text.right() + 4.0), y)]
            }
            (true, true) => vec![Step::Line(text.right() + 4.0, y), Step::Move(text.x - 4.0, y)],
            (false, false) => vec![Step::Line(far, y)],
            (false, true) => vec![Step::Line(rect.x, y)],
        };
        let near = match (post == lead.between[0], lead.back) {
            (true, false) => text.x - 4.0,
            (true, true) => far.max(text.right() + 4.0),
            (false, false) => rect.x,
            (false, true) => far,
        };
        path.level_to((near, y));
        path.0.extend(steps);
    };
    if lead.back {
        lead.between.iter().rev().for_each(|post| pass(*post));
    } else {
        lead.between.iter().for_each(|post| pass(*post));
    }
    path.level_to(end);
    path
}

/// Where each tie leaves and arrives: on a side of a box they stand in the order of what they lead to.
fn ports(posts: &[Post], leads: &[Lead]) -> BTreeMap<(usize, bool), (f64, f64)> {
    /// The height of the next post, the tie, and which end of it.
    type End = (f64, usize, bool);
    // By box and side (right: true).
    let mut sides: BTreeMap<(usize, bool), Vec<End>> = BTreeMap::new();
    for (at, lead) in leads.iter().enumerate() {
        let (first, last) = (lead.between[0], lead.between[lead.between.len() - 1]);
        sides.entry((lead.left, true)).or_default().push((posts[first].rect.middle(), at, false));
        sides.entry((lead.right, false)).or_default().push((posts[last].rect.middle(), at, true));
    }
    let mut found = BTreeMap::new();
    for ((post, right), mut ends) in sides {
        ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let rect = posts[post].rect;
        let share = ((rect.height - 10.0) / ends.len() as f64).min(14.0);
        let middle = (ends.len() as f64 - 1.0) / 2.0;
        for (place, (_, at, end)) in ends.into_iter().enumerate() {
            let x = if right { rect.right() } else { rect.x };
            found.insert((at, end), (x, rect.middle() + (place as f64 - middle) * share));
        }
    }
    found
}

/// Places boxes in rows below what is there.
fn rows(page: &mut Page, piles: &[Pile], things: &[usize]) -> BTreeMap<usize, Rect> {
    let width = |number: usize| number as f64 * (BOX_WIDTH + BOX_PAD) - BOX_PAD;
    let number = (2..=MOST_THINGS).take_while(|number| width(*number) <= page.inner()).last().unwrap_or(1);
    let mut found = BTreeMap::new();
    for row in things.chunks(number) {
        page.space(BOX_PAD);
        let top = page.y();
        for (place, at) in row.iter().enumerate() {
            let x = style::MARGIN + place as f64 * (BOX_WIDTH + BOX_PAD);
            let rect = Rect::new(x, top, BOX_WIDTH, piles[*at].rect.height + 10.0);
            page.reach(rect.bottom());
            found.insert(*at, rect);
        }
    }
    found
}
