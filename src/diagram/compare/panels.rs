//! Norms of several countries as panels, one a document: a row for each norm, a cell for each country.

use super::table::Line;
use super::{RULE, Sheet};
use crate::diagram::marks;
use crate::diagram::page::Page;
use crate::diagram::pile::Pile;
use crate::diagram::scene::{Anchor, Group, Item, Path, Rect, Role, Text};
use crate::diagram::style::{Line as Stroke, MARGIN, PALE_INK, SMALL};
use crate::diagram::text::{Type, clean};
use crate::gaps::Verdict;
use crate::model::Symbol;

/// How many panels stand side by side.
const PANELS: usize = 3;
/// Space between them.
const GAP: f64 = 28.0;
/// Width of a cell, height of a norm, and the least width of its title.
const CELL: f64 = 38.0;
const NORM: f64 = 15.5;
const TITLE: f64 = 240.0;

/// The width that all panels need for so many countries.
pub(super) fn least_width(countries: usize) -> f64 {
    PANELS as f64 * (TITLE + countries as f64 * CELL + GAP)
}

impl Sheet<'_, '_> {
    /// A panel for each document: its norms, a cell for each country.
    pub(super) fn panels(&self, page: &mut Page) {
        let gap = GAP;
        let width = (self.width - 2.0 * MARGIN - gap * (PANELS - 1) as f64) / PANELS as f64;
        let mut panels: Vec<(Option<Symbol>, Vec<&Line<'_>>)> = Vec::new();
        for line in &self.comparison.lines {
            match panels.last_mut() {
                Some((iri, lines)) if *iri == line.iri => lines.push(line),
                _ => panels.push((line.iri, vec![line])),
            }
        }
        let top = page.y();
        let mut drawn: Vec<(Vec<Item>, f64)> =
            panels.iter().map(|(iri, lines)| self.panel(*iri, lines, width)).collect();
        let total: f64 = drawn.iter().map(|(_, height)| height).sum();
        let highest = drawn.iter().map(|(_, height)| *height).fold(0.0, f64::max);
        // The least height at which all panels fit in their columns, one after the other.
        let columns_at = |limit: f64| {
            let (mut column, mut filled) = (0, 0.0);
            let place = |(_, height): &(Vec<Item>, f64)| {
                if filled > 0.0 && filled + height > limit {
                    (column, filled) = (column + 1, 0.0);
                }
                filled += height;
                column
            };
            drawn.iter().map(place).collect::<Vec<usize>>()
        };
        let mut limit = (total / PANELS as f64).max(highest);
        while columns_at(limit).last().is_some_and(|last| *last >= PANELS) {
            limit += 6.0;
        }
        let columns = columns_at(limit);
        let mut ends = [top; PANELS];
        for ((items, height), column) in drawn.iter_mut().zip(columns) {
            for mut item in items.drain(..) {
                item.shift(MARGIN + column as f64 * (width + gap), ends[column]);
                page.add(item);
            }
            ends[column] += *height;
        }
        page.reach(ends.into_iter().fold(top, f64::max));
    }

    /// One panel at the upper left corner; returns it with its height.
    fn panel(&self, iri: Option<Symbol>, lines: &[&Line<'_>], width: f64) -> (Vec<Item>, f64) {
        let words = self.words;
        let countries = &self.comparison.countries;
        let first = width - countries.len() as f64 * CELL;
        let name = self.name(iri);
        let mut pile = Pile::new(first - 8.0);
        pile.write(SMALL.bold(), &name, 0.0, 0.0, 3);
        let mut head = Group::new(
            Role::Frame {
                id: format!(
                    "panel-{}",
                    iri.map_or("none", |iri| words.graph().short(words.graph().text(iri)))
                ),
            },
            name,
        );
        head.items = pile.items;
        let mut y = pile.rect.height.max(12.0);
        for (at, country) in countries.iter().enumerate() {
            let code = words.graph().short(words.graph().text(country.iri)).to_uppercase();
            let code = SMALL.bold().wrap(&clean(&code), CELL - 2.0, 1).lines.concat();
            let x = first + (at as f64 + 0.5) * CELL;
            head.items.push(Item::Text(
                Text::new(SMALL.bold().in_colour(PALE_INK), x, y - 3.0, code).anchored(Anchor::Middle),
            ));
        }
        head.items.push(Item::stroke(
            Path::line(&[(0.0, y + 1.0), (width, y + 1.0)]),
            Stroke { colour: "#8a8a8a", ..RULE },
        ));
        y += 3.0;
        let mut items = vec![Item::Group(head)];
        for line in lines {
            let Some(norm) = line.norm else { continue };
            let id = clean(&norm.id);
            let title = words.label(&norm.titles, "");
            let kind = Type { size: 8.2, ..SMALL };
            let id_width = kind.bold().width(&id) + 5.0;
            let mut text = Group::new(Role::Part, format!("{id} {title}"));
            text.items.push(Item::Text(Text::new(kind.bold(), 0.0, y + 10.8, id.clone())));
            let shown = kind.wrap(&title, first - id_width - 8.0, 1).lines.concat();
            text.items.push(Item::Text(Text::new(kind, id_width, y + 10.8, shown)));
            items.push(Item::Group(text));
            for (at, (counts, findings)) in line.cells.iter().enumerate() {
                let place = Rect::new(first + at as f64 * CELL, y, CELL, NORM).grown(-1.0);
                let label = format!("{id}, {}: {}", self.country(&countries[at]), self.tally(counts));
                let mut group = Group::new(Role::Value, label);
                group.details = self.unmet(findings);
                group.data.verdict = counts.worst();
                group.items = match counts.worst() {
                    None => {
                        let text =
                            Text::new(SMALL.in_colour(PALE_INK), place.centre(), place.middle() + 3.2, "–");
                        vec![Item::Text(text.anchored(Anchor::Middle))]
                    }
                    // How many have the worst verdict: of one that is met all, so the number says nothing new.
                    Some(worst) if worst == Verdict::Met || counts.total() == 1 => {
                        marks::cell(place, Some(worst), "")
                    }
                    Some(worst) => {
                        marks::cell(place, Some(worst), &format!("{}/{}", counts.of(worst), counts.total()))
                    }
                };
                items.push(Item::Group(group));
            }
            y += NORM;
        }
        (items, y + 12.0)
    }
}
