//! Marks that several charts share: areas with a verdict, bars of verdicts, cells.
//!
//! # Invariants
//! * Each verdict has a pattern beside its colour, so that areas are told apart in grey print.
//! * Patterns hang on the page and not on the area, so that areas side by side look like one.

use super::scene::{Anchor, Item, Path, Rect, Step, Text};
use super::style::{self, Line, SMALL};
use super::text::Type;
use crate::gaps::{Counts, Verdict};

/// The outline of areas with a verdict.
const OUTLINE: Line = Line { colour: "#ffffff", dash: "", width: 0.6, opacity: 1.0 };

/// Cells that are narrower have smaller type.
const NARROW: f64 = 40.0;

/// Returns an area with a verdict: its ground, then its pattern.
pub(super) fn area(rect: Rect, verdict: Verdict) -> Vec<Item> {
    areas(&[rect], verdict)
}

/// Returns areas with the same verdict, as two items at most.
pub(super) fn areas(rects: &[Rect], verdict: Verdict) -> Vec<Item> {
    let mut ground = Path::default();
    let mut strokes = Path::default();
    for rect in rects.iter().filter(|rect| rect.width > 0.0 && rect.height > 0.0) {
        ground.0.extend([
            Step::Move(rect.x, rect.y),
            Step::Line(rect.right(), rect.y),
            Step::Line(rect.right(), rect.bottom()),
            Step::Line(rect.x, rect.bottom()),
            Step::Close,
        ]);
        for (from, to) in strokes_of(*rect, verdict) {
            strokes.0.extend([Step::Move(from.0, from.1), Step::Line(to.0, to.1)]);
        }
    }
    let line = |colour, dash, width| Line { colour, dash, width, opacity: 1.0 };
    let pattern = match verdict {
        Verdict::Gap | Verdict::Met => None,
        Verdict::Partial => Some(line("#a8501c", "", 0.8)),
        Verdict::OnPaper => Some(line("#808080", "", 0.7)),
        Verdict::Unknown => Some(line("#8c8c8c", "1 3", 0.9)),
    };
    let mut items = Vec::new();
    if !ground.0.is_empty() {
        items.push(Item::area(ground, style::fill(verdict).ground));
    }
    items.extend(pattern.filter(|_| !strokes.0.is_empty()).map(|line| Item::stroke(strokes, line)));
    items
}

/// The strokes of a verdict's pattern that lie within a rectangle.
fn strokes_of(rect: Rect, verdict: Verdict) -> Vec<((f64, f64), (f64, f64))> {
    // Level strokes stand at whole multiples of a step; slanted ones where x + y is one.
    let steps = |from: f64, to: f64, step: f64| {
        let (first, last) = ((from / step).ceil() as i64, (to / step).floor() as i64);
        (first..=last).map(move |at| at as f64 * step)
    };
    let level = |step| {
        steps(rect.y + 0.5, rect.bottom() - 0.5, step).map(|y| ((rect.x, y), (rect.right(), y))).collect()
    };
    match verdict {
        Verdict::Gap | Verdict::Met => Vec::new(),
        Verdict::OnPaper => level(2.8),
        Verdict::Unknown => level(3.4),
        Verdict::Partial => steps(rect.x + rect.y, rect.right() + rect.bottom(), 4.6)
            .map(|sum| {
                let left = (sum - rect.bottom()).max(rect.x);
                let right = (sum - rect.y).min(rect.right());
                ((left, sum - left), (right, sum - right))
            })
            .filter(|(from, to)| to.0 - from.0 > 0.4)
            .collect(),
    }
}

/// Returns a bar that is shared out among the verdicts, the worst first, with an outline.
pub(super) fn bar(rect: Rect, counts: &Counts) -> Vec<Item> {
    let mut items = Vec::new();
    let mut x = rect.x;
    for verdict in Verdict::ALL {
        let share = counts.of(*verdict) as f64 / counts.total().max(1) as f64;
        let part = Rect::new(x, rect.y, rect.width * share, rect.height);
        items.extend(area(part, *verdict));
        if x > rect.x && part.width > 0.0 {
            items.push(Item::stroke(Path::line(&[(x, rect.y), (x, rect.bottom())]), OUTLINE));
        }
        x += part.width;
    }
    let line = Line { colour: "#8a8a8a", dash: "", width: 0.6, opacity: 1.0 };
    items.push(Item::Rect { rect, radius: 0.0, fill: None, line: Some(line) });
    items
}

/// Returns a cell with a verdict, its glyph at the left and a number in what is left of it; a cell without a verdict
/// has the number alone, or a dot.
pub(super) fn cell(rect: Rect, verdict: Option<Verdict>, number: &str) -> Vec<Item> {
    let narrow = rect.width < NARROW;
    let kind = if narrow { Type { size: 7.5, ..SMALL } } else { SMALL };
    let base = rect.middle() + kind.size * 0.36;
    let Some(verdict) = verdict else {
        let pale = kind.in_colour("#6f6f6f");
        let content = if number.is_empty() { "·" } else { number };
        let x = if narrow || number.is_empty() { rect.centre() } else { rect.right() - 8.0 };
        let anchor = if narrow || number.is_empty() { Anchor::Middle } else { Anchor::End };
        return vec![Item::Text(Text::new(pale, x, base, content).anchored(anchor))];
    };
    let fill = style::fill(verdict);
    let size = if narrow { 9.0 } else { 11.0 };
    let y = rect.middle() - size / 2.0;
    let border = Line {
        colour: if verdict == Verdict::Unknown { "#a8a8a8" } else { fill.ground },
        dash: "",
        width: 0.7,
        opacity: 1.0,
    };
    let mut items = vec![Item::Rect { rect, radius: 2.0, fill: Some(fill.ground), line: Some(border) }];
    let (left, right) =
        if narrow { (rect.x + 1.2, rect.right() - 1.6) } else { (rect.x + 8.0, rect.right() - 8.0) };
    // A number that is too long for its cell is smaller, and left to the tooltip where it could not be read.
    let room = right - left - size - 1.0;
    let fitting = kind.size * (room / kind.width(number).max(1e-6)).min(1.0);
    let alone = number.is_empty() || fitting < 5.0;
    let x = if alone { rect.centre() - size / 2.0 } else { left };
    items.push(Item::Glyph { glyph: style::glyph_on(verdict), x, y, size });
    if !alone {
        let kind = Type { size: fitting, ..kind.in_colour(fill.ink) };
        items.push(Item::Text(Text::new(kind, right, base, number).anchored(Anchor::End)));
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_stay_in_their_areas() {
        let rect = Rect::new(3.3, 7.7, 41.0, 13.0);
        for verdict in Verdict::ALL {
            let strokes = strokes_of(rect, *verdict);
            assert_eq!(strokes.is_empty(), matches!(verdict, Verdict::Gap | Verdict::Met));
            for (x, y) in strokes.into_iter().flat_map(|(from, to)| [from, to]) {
                assert!(x >= rect.x - 1e-9 && x <= rect.right() + 1e-9, "{verdict} {x}");
                assert!(y >= rect.y - 1e-9 && y <= rect.bottom() + 1e-9, "{verdict} {y}");
            }
        }
    }

    #[test]
    fn a_bar_is_as_wide_as_its_counts() {
        let mut counts = Counts::default();
        for verdict in Verdict::ALL {
            counts.add(*verdict);
        }
        let rect = Rect::new(0.0, 0.0, 100.0, 10.0);
        let parts = bar(rect, &counts);
        assert!(parts.iter().all(|part| rect.holds(&part.bounds(), 1e-9)));
        assert!((parts[0].bounds().width - 20.0).abs() < 1e-9);
    }
}
