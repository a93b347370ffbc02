//! Leads lines from box to box: ports on their sides, lanes through columns, arcs within a column.

use super::crossings::inversions;
use super::layers::{Card, Frame, Places, Sheet, Wire};
use super::scene::{Group, Item, Path, Rect, Step};
use super::style::{self, Line, PAPER};
use super::way::Way;
use std::collections::{BTreeMap, BTreeSet};

/// Space between two lines in a lane, and between a lane and the frames beside it.
const SLOT: f64 = 3.4;
const LANE_PAD: f64 = 5.0;
/// Most space between two ports of a box, and what a side keeps free at its ends.
const MOST_PORT: f64 = 9.0;
const SIDE_PAD: f64 = 4.0;
/// Heads of quiet and of loud lines.
const HEAD: f64 = 5.5;
const LOUD_HEAD: f64 = 8.5;
/// How far a bow beside a column reaches at most.
const MOST_BOW: f64 = 52.0;
/// Size of a glyph beside a line.
const WAY: f64 = 8.5;

/// A way of lines from a box through a column.
type Slot = (usize, usize);

/// Where a way comes from, where it wants to pass, and the box that it belongs to.
type Passing = (f64, f64, usize);

/// How far apart the ports of two lines are.
fn weight(line: Line, loud: bool) -> f64 {
    if loud { 6.5 } else { line.width + 1.3 }
}

fn column(sheet: &Sheet, card: usize) -> usize {
    sheet.frames[sheet.cards[card].frame].column
}

/// The columns that a line passes between its ends, in its direction.
fn between(from: usize, to: usize) -> Vec<usize> {
    if from < to { (from + 1..to).collect() } else { (to + 1..from).rev().collect() }
}

/// Returns how high each box has to be for its ports.
pub(super) fn room(sheet: &Sheet) -> Vec<f64> {
    let mut sides = vec![(0.0, 0.0); sheet.cards.len()];
    let mut trunks: BTreeSet<Slot> = BTreeSet::new();
    let mut bows: BTreeSet<usize> = BTreeSet::new();
    for wire in &sheet.wires {
        let (from, to) = (column(sheet, wire.from), column(sheet, wire.to));
        let need = weight(wire.line, wire.loud);
        if from == to {
            for card in [wire.from, wire.to].into_iter().filter(|card| bows.insert(*card)) {
                let side = &mut sides[card];
                if leaves_right(from, to, sheet.columns.len()) {
                    side.1 += MOST_PORT;
                } else {
                    side.0 += MOST_PORT;
                }
            }
            continue;
        }
        let long = between(from, to).first().is_some_and(|next| !trunks.insert((wire.from, *next)));
        if !long {
            let side = &mut sides[wire.from];
            if leaves_right(from, to, sheet.columns.len()) { side.1 += need } else { side.0 += need }
        }
        let side = &mut sides[wire.to];
        if arrives_left(from, to, sheet.columns.len()) { side.0 += need } else { side.1 += need }
    }
    sides.into_iter().map(|(left, right)| f64::max(left, right) + 2.0 * SIDE_PAD).collect()
}

fn leaves_right(from: usize, to: usize, columns: usize) -> bool {
    if from == to { from + 1 == columns && columns > 1 } else { from < to }
}

fn arrives_left(from: usize, to: usize, columns: usize) -> bool {
    if from == to { !leaves_right(from, to, columns) } else { from < to }
}

/// Returns how much height the lanes of each column need in all.
pub(super) fn lanes(sheet: &Sheet) -> Vec<f64> {
    let mut slots: BTreeSet<Slot> = BTreeSet::new();
    for wire in &sheet.wires {
        let passed = between(column(sheet, wire.from), column(sheet, wire.to));
        slots.extend(passed.into_iter().map(|column| (wire.from, column)));
    }
    let count = |column: usize| slots.iter().filter(|(_, passed)| *passed == column).count() as f64;
    let need = |column| if count(column) > 0.0 { count(column) * SLOT + 4.0 * LANE_PAD } else { 0.0 };
    (0..sheet.columns.len()).map(need).collect()
}

/// Gives every way through a column its height: in the lane that is nearest to where it comes from and goes to.
fn slots(
    places: &Places,
    ends: &[(usize, usize)],
    columns: &[usize],
    frames: &[usize],
) -> BTreeMap<Slot, f64> {
    let mut wanted: BTreeMap<Slot, (f64, f64)> = BTreeMap::new();
    for (from, to) in ends {
        for passed in between(columns[*from], columns[*to]) {
            let sum = wanted.entry((*from, passed)).or_default();
            sum.0 += places.cards[*to].middle();
            sum.1 += 1.0;
        }
    }
    let mut lanes: BTreeMap<(usize, usize), Vec<Passing>> = BTreeMap::new();
    let mut ranges: Vec<Vec<(f64, f64)>> = Vec::new();
    for (at, column) in places.columns.iter().enumerate() {
        let mut inside: Vec<&Rect> =
            frames.iter().zip(&places.frames).filter(|(of, _)| **of == at).map(|(_, r)| r).collect();
        inside.sort_by(|a, b| a.y.total_cmp(&b.y));
        let mut top = column.y;
        let mut of_column = Vec::new();
        for frame in inside {
            of_column.push((top, frame.y));
            top = frame.bottom();
        }
        of_column.push((top, column.bottom()));
        let inner = of_column.into_iter().map(|(top, bottom)| (top + LANE_PAD, bottom - LANE_PAD));
        ranges.push(inner.collect());
    }
    for ((from, passed), (sum, number)) in wanted {
        let own = places.cards[from].middle();
        let wish = f64::midpoint(own, sum / number);
        let far = |(top, bottom): &(f64, f64)| {
            let narrow = if bottom - top < SLOT { 1e6 } else { 0.0 };
            (wish - wish.clamp(*top, bottom.max(*top))).abs() + narrow
        };
        let lane = ranges[passed].iter().enumerate().min_by(|a, b| far(a.1).total_cmp(&far(b.1)));
        let lane = lane.map_or(0, |(at, _)| at);
        lanes.entry((passed, lane)).or_default().push((own, wish, from));
    }
    let mut slots = BTreeMap::new();
    for ((passed, lane), mut inside) in lanes {
        inside.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
        let (top, bottom) = ranges[passed][lane];
        let number = inside.len() as f64;
        let space = SLOT.min((bottom - top).max(1.0) / number);
        let high = space * (number - 1.0);
        let wish = inside.iter().map(|(_, wish, _)| wish).sum::<f64>() / number;
        let begin = (wish - high / 2.0).min(bottom - high).max(top);
        for (at, (.., from)) in inside.into_iter().enumerate() {
            slots.insert((from, passed), begin + at as f64 * space);
        }
    }
    slots
}

/// Counts the pairs of lines that cross in the gutters, by the middles of their boxes.
pub(super) fn crossings(places: &Places, sheet: &Sheet) -> u64 {
    let columns: Vec<usize> = (0..sheet.cards.len()).map(|card| column(sheet, card)).collect();
    let frames: Vec<usize> = sheet.frames.iter().map(|frame| frame.column).collect();
    let ends: Vec<(usize, usize)> = sheet.wires.iter().map(|wire| (wire.from, wire.to)).collect();
    let slots = slots(places, &ends, &columns, &frames);
    let mut segments: BTreeMap<usize, BTreeSet<(i64, i64)>> = BTreeMap::new();
    // Tenths of a pixel are exact enough, and can be sorted.
    let tenths = |y: f64| (y * 10.0).round() as i64;
    for (from, to) in ends {
        let mut at = (columns[from], tenths(places.cards[from].middle()));
        let passed = between(columns[from], columns[to]);
        let passed = passed.into_iter().map(|passed| (passed, tenths(slots[&(from, passed)])));
        for next in passed.chain([(columns[to], tenths(places.cards[to].middle()))]) {
            if at.0 < next.0 {
                segments.entry(at.0).or_default().insert((at.1, next.1));
            } else if at.0 > next.0 {
                segments.entry(next.0).or_default().insert((next.1, at.1));
            }
            at = next;
        }
    }
    segments.into_values().map(|segments| inversions(segments.into_iter().collect())).sum()
}

/// Which side of which box.
type Side = (usize, bool);

/// A port: where on the side it wants to be, how much room it takes, and the line, or all lines of a way.
#[derive(Clone, Copy, Debug)]
struct Port {
    wish: f64,
    weight: f64,
    end: End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Trunk(Slot),
    /// All bows of a box to others of its column.
    Bow(usize),
    From(usize),
    To(usize),
}

/// Draws every line: its group with marks, and how it is drawn.
pub(super) fn lead(
    places: &Places,
    cards: &[Card],
    frames: &[Frame],
    wires: Vec<Wire>,
) -> Vec<(Group, Line)> {
    let frame_columns: Vec<usize> = frames.iter().map(|frame| frame.column).collect();
    let columns: Vec<usize> = cards.iter().map(|card| frame_columns[card.frame]).collect();
    let ends: Vec<(usize, usize)> = wires.iter().map(|wire| (wire.from, wire.to)).collect();
    let slots = slots(places, &ends, &columns, &frame_columns);
    let ports = ports(places, &columns, &wires, &slots);
    let path = |(at, wire): (usize, &Wire)| {
        let (from, to) = (columns[wire.from], columns[wire.to]);
        let passed = between(from, to);
        if from == to {
            let ends = [wire.from, wire.to].map(|card| ports[&End::Bow(card)]);
            let right = leaves_right(from, to, places.columns.len());
            let most = if from == 0 && !right { places.columns[0].x - 6.0 } else { MOST_BOW };
            return arc(ends[0], ends[1], right, most);
        }
        let first = match passed.first() {
            Some(next) => End::Trunk((wire.from, *next)),
            None => End::From(at),
        };
        let (begin, end) = (ports[&first], ports[&End::To(at)]);
        let mut path = Path(vec![Step::Move(begin.0, begin.1)]);
        for passed in passed {
            let (column, y) = (places.columns[passed], slots[&(wire.from, passed)]);
            let (near, far) = if from < to { (column.x, column.right()) } else { (column.right(), column.x) };
            path.level_to((near, y));
            path.0.push(Step::Line(far, y));
        }
        path.level_to(end);
        path
    };
    let paths: Vec<Path> = wires.iter().enumerate().map(path).collect();
    let strips = strips(places, &wires, &paths);
    let drawn = wires.into_iter().zip(paths).zip(strips).map(|((mut wire, path), strip)| {
        let mut line = wire.line;
        if columns[wire.from] == columns[wire.to] && !wire.loud {
            // Bows lie close together; they must not outweigh the lines that lead across.
            line = Line { width: line.width.min(1.5), opacity: line.opacity * 0.75, ..line };
        }
        if wire.loud {
            let halo = Line { colour: PAPER, dash: "", width: line.width + 2.2, opacity: 0.85 };
            wire.group.items.push(Item::stroke(path.clone(), halo));
        }
        let head = path.head(if wire.loud { LOUD_HEAD } else { HEAD.max(line.width * 2.2) });
        wire.group.items.push(Item::stroke(path.clone(), line));
        wire.group.items.push(Item::area(head, line.colour));
        if wire.struck {
            wire.group.items.extend(cross(&path, line));
        }
        wire.group.items.extend(strip);
        (wire.group, line)
    });
    drawn.collect()
}

/// A cross on the middle of a line.
fn cross(path: &Path, line: Line) -> Vec<Item> {
    let points = path.points();
    let (x, y) = points[points.len() / 2];
    let stroke = |dy: f64| {
        Item::stroke(
            Path::line(&[(x - 6.0, y - dy), (x + 6.0, y + dy)]),
            Line { width: 2.4, dash: "", ..line },
        )
    };
    vec![stroke(6.0), stroke(-6.0)]
}

/// A bow beside a column, the wider the further apart its ends are.
fn arc(begin: (f64, f64), end: (f64, f64), right: bool, most: f64) -> Path {
    let reach = (9.0 + (end.1 - begin.1).abs().sqrt() * 1.35).min(most);
    let x = if right { begin.0.max(end.0) + reach } else { begin.0.min(end.0) - reach };
    Path(vec![Step::Move(begin.0, begin.1), Step::Curve((x, begin.1), (x, end.1), end)])
}

fn ports(
    places: &Places,
    columns: &[usize],
    wires: &[Wire],
    slots: &BTreeMap<Slot, f64>,
) -> BTreeMap<End, (f64, f64)> {
    let mut sides: BTreeMap<Side, Vec<Port>> = BTreeMap::new();
    let mut trunks: BTreeMap<Slot, (Side, Port)> = BTreeMap::new();
    let mut bows: BTreeMap<usize, (bool, Port)> = BTreeMap::new();
    let last = places.columns.len();
    for (at, wire) in wires.iter().enumerate() {
        let (from, to) = (columns[wire.from], columns[wire.to]);
        let weight = weight(wire.line, wire.loud);
        let side = (wire.from, leaves_right(from, to, last));
        let middle = |card: usize| places.cards[card].middle();
        let passed = between(from, to);
        if from == to {
            let right = leaves_right(from, to, last);
            for card in [wire.from, wire.to] {
                let port = Port { wish: middle(card), weight: MOST_PORT, end: End::Bow(card) };
                bows.insert(card, (right, port));
            }
            continue;
        }
        if let Some(next) = passed.first() {
            let slot = (wire.from, *next);
            let port = Port { wish: slots[&slot], weight, end: End::Trunk(slot) };
            let known = trunks.entry(slot).or_insert((side, port));
            known.1.weight = known.1.weight.max(weight);
        } else {
            let wish = middle(wire.to);
            sides.entry(side).or_default().push(Port { wish, weight, end: End::From(at) });
        }
        let wish = match passed.last() {
            Some(before) => slots[&(wire.from, *before)],
            None => middle(wire.from),
        };
        let side = (wire.to, !arrives_left(from, to, last));
        sides.entry(side).or_default().push(Port { wish, weight, end: End::To(at) });
    }
    for (side, port) in trunks.into_values() {
        sides.entry(side).or_default().push(port);
    }
    for (card, (right, port)) in bows {
        sides.entry((card, right)).or_default().push(port);
    }
    let mut found = BTreeMap::new();
    for ((card, right), mut ports) in sides {
        ports.sort_by(|a, b| a.wish.total_cmp(&b.wish).then(a.end.cmp(&b.end)));
        let rect = places.cards[card];
        let x = if right { rect.right() } else { rect.x };
        let asked: f64 = ports.iter().map(|port| port.weight).sum();
        let room = rect.height - 2.0 * SIDE_PAD;
        let scale = (room / asked).min(MOST_PORT / (asked / ports.len() as f64)).max(0.01);
        let mut y = rect.middle() - asked * scale / 2.0;
        for port in ports {
            found.insert(port.end, (x, y + port.weight * scale / 2.0));
            y += port.weight * scale;
        }
    }
    found
}

/// Glyphs of the ways beside each line, where nothing else is in their place.
fn strips(places: &Places, wires: &[Wire], paths: &[Path]) -> Vec<Vec<Item>> {
    const CELL: f64 = 6.0;
    let cell = |(x, y): (f64, f64)| ((x / CELL).floor() as i32, (y / CELL).floor() as i32);
    let points: Vec<Vec<(f64, f64)>> = paths.iter().map(dense).collect();
    let mut taken: BTreeMap<(i32, i32), BTreeSet<usize>> = BTreeMap::new();
    for (at, points) in points.iter().enumerate() {
        for point in points {
            taken.entry(cell(*point)).or_default().insert(at);
        }
    }
    let mut boxes: Vec<Rect> = places.frames.clone();
    let mut strips = vec![Vec::new(); wires.len()];
    for (at, wire) in wires.iter().enumerate().filter(|(_, wire)| !wire.ways.is_empty()) {
        let points = &points[at];
        let rect = |point: usize| {
            let (x, y) = points[point];
            let (width, height) = (wire.ways.len() as f64 * (WAY + 1.0) + 3.0, WAY + 3.0);
            Rect::new(x - width / 2.0, y - height / 2.0, width, height)
        };
        let is_free = |rect: &Rect| {
            let ((left, top), (right, bottom)) =
                (cell((rect.x, rect.y)), cell((rect.right(), rect.bottom())));
            let mut cells = (left..=right).flat_map(|x| (top..=bottom).map(move |y| (x, y)));
            !boxes.iter().any(|other| other.overlaps(&rect.grown(3.0)))
                && cells.all(|cell| taken.get(&cell).is_none_or(|here| here.iter().all(|other| *other == at)))
        };
        let (first, last) = (points.len() / 8, points.len() * 15 / 16);
        let candidates = (first..last).rev().map(rect);
        if let Some(free) = candidates.into_iter().find(is_free) {
            strips[at] = strip(&wire.ways, free, wire.line.colour);
            boxes.push(free);
        }
    }
    strips
}

fn strip(ways: &[Way], rect: Rect, colour: &'static str) -> Vec<Item> {
    let ground = Item::Rect { rect, radius: rect.height / 2.0, fill: Some(PAPER), line: None };
    let glyph = |(at, way): (usize, &Way)| Item::Glyph {
        glyph: style::way_glyph(*way, colour),
        x: rect.x + 2.0 + at as f64 * (WAY + 1.0),
        y: rect.y + 1.5,
        size: WAY,
    };
    [ground].into_iter().chain(ways.iter().enumerate().map(glyph)).collect()
}

/// Points along a path that are less than four pixels apart.
fn dense(path: &Path) -> Vec<(f64, f64)> {
    let points = path.points();
    let mut dense = Vec::new();
    for pair in points.windows(2) {
        let ((x, y), (to_x, to_y)) = (pair[0], pair[1]);
        let parts = ((to_x - x).hypot(to_y - y) / 4.0).ceil().max(1.0) as i32;
        dense.extend((0..parts).map(|part| {
            let there = f64::from(part) / f64::from(parts);
            (x + (to_x - x) * there, y + (to_y - y) * there)
        }));
    }
    dense
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_passes_the_columns_between_its_ends() {
        assert_eq!(between(0, 3), [1, 2]);
        assert_eq!(between(3, 1), [2]);
        assert!(between(1, 2).is_empty() && between(2, 2).is_empty());
    }
}
