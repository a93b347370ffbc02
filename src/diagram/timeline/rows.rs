//! The strips, one a row, and who shares one.

use super::areas::join;
use super::strips::{Strip, Turn};
use super::{Chart, FAMILY, NAMES, ROW, RULE, STRIP_NAME, WIDTH, behind};
use crate::change::Change;
use crate::diagram::marks;
use crate::diagram::matrix::Fold;
use crate::diagram::page::Page;
use crate::diagram::pile::Pile;
use crate::diagram::scene::{Group, Item, Path, Rect, Role, Step, Text};
use crate::diagram::section::Section;
use crate::diagram::style::{self, INK, Line, MARGIN, PALE_INK, PAPER, SMALL, STRONG};
use crate::diagram::text::clean;
use crate::diagram::words::filled;
use crate::gaps::Verdict;
use crate::model::Day;
use std::collections::{BTreeMap, BTreeSet};

impl Chart<'_, '_> {
    pub(super) fn strips_height(&self, strips: &[Strip<'_, '_>]) -> f64 {
        let families: BTreeSet<Section> = strips.iter().map(|strip| strip.family).collect();
        let heights = strips.iter().map(|strip| {
            let (name, more) = self.shown(strip);
            name_lines(&name, &more).1
        });
        heights.sum::<f64>() + families.len() as f64 * FAMILY
    }

    /// The name of a strip as it is drawn, and how many more bodies there are.
    fn shown(&self, strip: &Strip<'_, '_>) -> (String, String) {
        match strip.fold {
            Fold::Alike => (self.words.name(strip.bodies[0]), format!("+{}", strip.bodies.len() - 1)),
            Fold::One | Fold::Type(_) => (self.label(strip), String::new()),
        }
    }

    pub(super) fn strips(&self, page: &mut Page, strips: &[Strip<'_, '_>]) {
        let mut family = None;
        for strip in strips {
            if family != Some(strip.family) {
                family = Some(strip.family);
                let y = page.y();
                let name = strip.family.name(self.words);
                let mut group = Group::new(Role::Frame { id: format!("family-{name}") }, name.clone());
                group
                    .items
                    .push(Item::stroke(Path::line(&[(MARGIN, y + 4.0), (WIDTH - MARGIN, y + 4.0)]), RULE));
                group.items.push(Item::Text(Text::new(STRONG, MARGIN, y + FAMILY - 5.0, name)));
                page.add(Item::Group(group));
                page.reach(y + FAMILY);
            }
            self.strip(page, strip);
        }
    }

    fn label(&self, strip: &Strip<'_, '_>) -> String {
        let words = self.words;
        let first = words.name(strip.bodies[0]);
        let more = (strip.bodies.len() - 1).to_string();
        match strip.fold {
            Fold::One => first,
            Fold::Alike => format!("{first} {}", filled(words.tell("and {} alike", "і ще {}"), &[&more])),
            Fold::Type(kind) => format!("{} ({})", words.type_name(kind), strip.bodies.len()),
        }
    }

    fn strip(&self, page: &mut Page, strip: &Strip<'_, '_>) {
        let words = self.words;
        let y = page.y();
        let label = self.label(strip);
        let (name, more) = self.shown(strip);
        let (lines, height) = name_lines(&name, &more);
        let turn = |(day, verdict): &Turn| match verdict {
            Some(verdict) => format!("{day}: {}", words.verdict(*verdict)),
            None => format!("{day}: {}", words.tell("no norm binds", "норми не зобов’язують")),
        };
        let turns = strip.turns.iter().map(turn).collect::<Vec<_>>().join("; ");
        let mut group = Group::new(Role::Value, format!("{label}: {turns}"));
        group.data.verdict = strip.counts.worst();
        if strip.fold != Fold::One {
            let names: Vec<String> = strip.bodies.iter().map(|id| words.name(*id)).collect();
            group.details.push(names.join(", "));
        }
        let base = y + height / 2.0 + 3.3;
        let bar = Rect::new(self.axis.left, y + height / 2.0 - ROW / 2.0 + 2.0, self.axis.width, ROW - 4.0);
        let first = base - (lines.len().saturating_sub(1)) as f64 * 5.4;
        let mut end = (MARGIN, base);
        for (at, line) in lines.into_iter().enumerate() {
            end = (MARGIN + 8.0 + STRIP_NAME.width(&line), first + at as f64 * 10.8);
            group.items.push(Item::Text(Text::new(STRIP_NAME, MARGIN + 8.0, end.1, line)));
        }
        if !more.is_empty() {
            let kind = STRIP_NAME.bold().in_colour(PALE_INK);
            group.items.push(Item::Text(Text::new(kind, end.0 + 4.0, end.1, more)));
        }
        let strip_height = ROW - 4.0;
        for verdict in Verdict::ALL {
            let mut rects = Vec::new();
            for (at, (day, counts)) in strip.steps.iter().enumerate() {
                let until = strip.steps.get(at + 1).map_or(self.axis.right(), |(day, _)| self.axis.x(*day));
                let share = |v: &Verdict| counts.of(*v) as f64 / counts.total().max(1) as f64 * strip_height;
                let below: f64 = Verdict::ALL.iter().take_while(|v| *v != verdict).map(share).sum();
                let x = self.axis.x(*day);
                join(
                    &mut rects,
                    Rect::new(x, bar.bottom() - below - share(verdict), until - x, share(verdict)),
                );
            }
            group.items.extend(marks::areas(&rects, *verdict));
        }
        let mut taken: Vec<f64> = Vec::new();
        for (at, (day, verdict)) in strip.turns.iter().enumerate() {
            let Some(verdict) = verdict else { continue };
            let until = strip.turns.get(at + 1).map_or(self.axis.right(), |(day, _)| self.axis.x(*day));
            let x = self.axis.x(*day);
            if until - x >= 11.0 {
                let y = bar.middle() - 4.5;
                group.items.push(Item::Glyph { glyph: style::glyph_on(*verdict), x: x + 1.5, y, size: 9.0 });
                taken.push(x + 6.0);
            }
        }
        let text = if strip.counts.total() == 0 {
            words.tell("no longer bound", "вже не зобов’язано").to_owned()
        } else {
            let numbers = [strip.counts.of(Verdict::Met).to_string(), strip.counts.total().to_string()];
            filled(words.tell("{} of {} met", "виконано {} з {}"), &[&numbers[0], &numbers[1]])
        };
        group.items.push(Item::Text(Text::new(
            SMALL.in_colour(PALE_INK),
            self.axis.right() + 6.0,
            base,
            text,
        )));
        page.add(Item::Group(group));
        self.turns(page, strip, &label, bar.middle(), taken);
        page.reach(y + height);
    }

    /// A mark for each day on which a norm's verdict turned into another.
    fn turns(&self, page: &mut Page, strip: &Strip<'_, '_>, label: &str, y: f64, mut taken: Vec<f64>) {
        let words = self.words;
        let mut days: BTreeMap<Day, Vec<&Change<'_>>> = BTreeMap::new();
        for change in strip.changes.iter().filter(|change| change.from.is_some() && change.to.is_some()) {
            days.entry(change.day).or_default().push(change);
        }
        for (day, changes) in days {
            let mut group = Group::new(Role::Value, format!("{day} {label}"));
            let mut better = 0_i64;
            let mut acts: BTreeSet<String> = BTreeSet::new();
            for change in changes {
                let (Some(from), Some(to)) = (change.from, change.to) else { continue };
                better += if to > from { 1 } else { -1 };
                let body = if strip.bodies.len() > 1 {
                    format!("{}: ", words.name(change.institution))
                } else {
                    String::new()
                };
                let title = words.label(&change.norm.titles, "");
                group.details.push(format!(
                    "{body}{} {title}: {} → {}",
                    clean(&change.norm.id),
                    words.verdict(from),
                    words.verdict(to)
                ));
                acts.extend(behind(words.graph(), change).into_iter().map(|act| self.act(act.iri)));
            }
            if !acts.is_empty() {
                group.details.push(acts.into_iter().collect::<Vec<_>>().join("; "));
            }
            group.data.since = Some(day);
            let x = self.axis.x(day);
            // Marks that would lie on others are left to the tooltip of the strip's text form.
            if taken.iter().all(|other| (other - x).abs() >= 6.5) {
                taken.push(x);
                group.items = triangle(x, y, better >= 0);
            }
            page.add(Item::Group(group));
        }
    }

    /// The bodies of each strip that several share, but for those of a type, which the type tells.
    pub(super) fn alike(&self, page: &mut Page, strips: &[Strip<'_, '_>]) {
        let words = self.words;
        let columns = 3;
        let width = page.column(columns);
        let entry = |strip: &Strip<'_, '_>| {
            let names: Vec<String> = strip.bodies.iter().map(|id| words.name(*id)).collect();
            let (head, rest) = (names[0].clone(), &names[1..]);
            let mut pile = Pile::new(width);
            pile.write(SMALL.bold(), &head, 0.0, 0.0, 2);
            pile.write(SMALL, &rest.join(", "), 10.0, 0.0, 9);
            pile.space(5.0);
            let mut group = Group::new(Role::Key, head);
            group.details = vec![rest.join(", ")];
            (group, pile)
        };
        let entries: Vec<_> = strips
            .iter()
            .filter(|strip| strip.bodies.len() > 1 && strip.fold == Fold::Alike)
            .map(entry)
            .collect();
        if !entries.is_empty() {
            page.space(8.0);
        }
        let heading = words.tell("Bodies that share a strip", "Органи зі спільною смугою");
        page.key(heading, "", vec![entries.into()], columns);
    }
}

/// A small triangle that points up or down.
fn triangle(x: f64, y: f64, up: bool) -> Vec<Item> {
    let tip = if up { -3.2 } else { 3.2 };
    let mut path = Path::line(&[(x - 3.2, y - tip * 0.85), (x + 3.2, y - tip * 0.85), (x, y + tip)]);
    path.0.push(Step::Close);
    let line = Line { colour: INK, dash: "", width: 0.7, opacity: 1.0 };
    vec![Item::Path { path, fill: Some(PAPER), line: Some(line) }]
}

/// The lines of a name, at most two, and the height that they take.
fn name_lines(name: &str, more: &str) -> (Vec<String>, f64) {
    let lines = STRIP_NAME.wrap(name, NAMES - 18.0 - STRIP_NAME.bold().width(more), 2).lines;
    let height = ROW.max(lines.len() as f64 * 10.8 + 3.0);
    (lines, height)
}
