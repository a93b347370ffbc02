//! The stacked areas and the axis of years.

use super::{CHART, Chart, GRID, NAMES, RULE};
use crate::diagram::marks;
use crate::diagram::page::Page;
use crate::diagram::pile::Pile;
use crate::diagram::scene::{Anchor, Group, Item, Path, Rect, Role, Step, Text};
use crate::diagram::style::{self, INK, Line, MARGIN, PALE_INK, SMALL, STRONG};
use crate::diagram::words::filled;
use crate::gaps::Verdict;
use std::collections::BTreeMap;

impl Chart<'_, '_> {
    /// Faint lines at the years that are named, behind everything.
    pub(super) fn grid(&self, page: &mut Page, top: f64, foot: f64, begin: f64, end: f64) {
        let mut grid = Path::default();
        for year in self.axis.years() {
            let x = self.axis.of_years(f64::from(year));
            grid.0.extend([Step::Move(x, top + 16.0), Step::Line(x, foot)]);
            grid.0.extend([Step::Move(x, begin), Step::Line(x, end)]);
        }
        if !grid.0.is_empty() {
            page.add(Item::stroke(grid, GRID));
        }
    }

    /// The stacked areas, the worst at the bottom.
    pub(super) fn areas(&self, page: &mut Page, top: f64) {
        let words = self.words;
        let scale = CHART / self.most() as f64;
        let foot = top + CHART;
        let axis = self.axis;
        let title = words.tell("Findings", "Висновки");
        page.add(Item::Text(Text::new(STRONG, MARGIN, top + 8.0, title)));
        let hint =
            words.tell("a norm held against a body; the worst below", "норма щодо органу; найгірші внизу");
        let mut pile = Pile::new(NAMES - 60.0);
        pile.write(SMALL.in_colour(PALE_INK), hint, 0.0, 0.0, 3);
        pile.move_to(MARGIN, top + 12.0);
        pile.items.into_iter().for_each(|item| page.add(item));
        let mut labels = Vec::new();
        for verdict in Verdict::ALL {
            let mut rects: Vec<Rect> = Vec::new();
            for (at, (day, counts)) in self.steps.iter().enumerate() {
                let until = self.steps.get(at + 1).map_or(axis.right(), |(day, _)| axis.x(*day));
                let below: usize =
                    Verdict::ALL.iter().take_while(|v| *v != verdict).map(|v| counts.of(*v)).sum();
                let (height, x) = (counts.of(*verdict) as f64 * scale, axis.x(*day));
                let rect = Rect::new(x, foot - below as f64 * scale - height, until - x, height);
                join(&mut rects, rect);
            }
            if rects.is_empty() {
                continue;
            }
            let label = filled(
                words.tell("{}: {} on the last day", "{}: {} останнього дня"),
                &[words.verdict(*verdict), &self.last().of(*verdict).to_string()],
            );
            let mut group = Group::new(Role::Value, label);
            group.data.verdict = Some(*verdict);
            group.details = self.by_year(*verdict);
            group.data.counts = self.steps.iter().map(|(day, counts)| (*day, counts.of(*verdict))).collect();
            group.items = marks::areas(&rects, *verdict);
            page.add(Item::Group(group));
            if self.last().of(*verdict) > 0 {
                let last = rects[rects.len() - 1];
                labels.push((*verdict, last.middle()));
            }
        }
        page.add(Item::stroke(
            Path::line(&[(axis.left, foot), (axis.right(), foot)]),
            Line { colour: INK, ..RULE },
        ));
        self.scale(page, foot, scale);
        // Labels at the right, pushed apart where areas are thin: from the bottom upwards.
        let mut lowest = foot + 6.0;
        for (verdict, middle) in labels {
            let y = middle.min(lowest - 6.5);
            lowest = y - 6.5;
            let x = axis.right() + 6.0;
            page.add(Item::Glyph { glyph: style::glyph(verdict), x, y: y - 5.0, size: 10.0 });
            let content = format!("{} {}", self.last().of(verdict), words.verdict(verdict));
            page.add(Item::Text(Text::new(SMALL, x + 14.0, y + 3.2, content)));
        }
    }

    /// How many there were at the end of each year, for the text form.
    fn by_year(&self, verdict: Verdict) -> Vec<String> {
        let mut years: BTreeMap<i32, usize> = BTreeMap::new();
        for (day, counts) in &self.steps {
            years.insert(day.year(), counts.of(verdict));
        }
        let mut before = None;
        let mut lines = Vec::new();
        for (year, count) in years {
            if before != Some(count) {
                lines.push(format!("{year}: {count}"));
                before = Some(count);
            }
        }
        lines
    }

    /// Numbers up the left side.
    fn scale(&self, page: &mut Page, foot: f64, scale: f64) {
        let most = self.most();
        let step = (0..9)
            .flat_map(|e| [1, 2, 5].map(|m| m * 10_usize.pow(e)))
            .find(|step| most / step <= 5)
            .unwrap_or(most);
        let mut number = 0;
        while number <= most {
            let y = foot - number as f64 * scale;
            page.add(Item::stroke(
                Path::line(&[(self.axis.left - 4.0, y), (self.axis.left, y)]),
                Line { colour: INK, ..RULE },
            ));
            let text =
                Text::new(SMALL.in_colour(PALE_INK), self.axis.left - 7.0, y + 3.2, number.to_string());
            page.add(Item::Text(text.anchored(Anchor::End)));
            number += step.max(1);
        }
    }

    pub(super) fn years(&self, page: &mut Page, y: f64) {
        for year in self.axis.years() {
            let x = self.axis.of_years(f64::from(year));
            page.add(Item::Text(
                Text::new(SMALL.in_colour(PALE_INK), x, y, year.to_string()).anchored(Anchor::Middle),
            ));
        }
    }
}

/// Adds a step; one that goes on at the same height makes the last one longer, and one without height is none.
pub(super) fn join(rects: &mut Vec<Rect>, rect: Rect) {
    let near = |a: f64, b: f64| (a - b).abs() < 1e-6;
    match rects.last_mut() {
        Some(last)
            if near(last.right(), rect.x) && near(last.y, rect.y) && near(last.height, rect.height) =>
        {
            last.width = rect.right() - last.x;
        }
        _ if rect.height > 0.0 => rects.push(rect),
        _ => {}
    }
}
