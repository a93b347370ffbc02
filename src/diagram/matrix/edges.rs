//! What stands at the edges of the matrix: totals, the bodies that share a row, notes.

use super::cells::{Columns, badness};
use super::fold::{Band, Fold};
use super::{BAR, RULE, Sheet};
use crate::diagram::marks;
use crate::diagram::page::Page;
use crate::diagram::pile::Pile;
use crate::diagram::scene::{Anchor, Group, Item, Path, Rect, Role, Text};
use crate::diagram::style::{INK, Line, MARGIN, PALE_INK, SMALL, STRONG};
use crate::diagram::words::{Words, filled};
use crate::gaps::Counts;

impl Sheet<'_, '_> {
    /// The findings of a row or of all, as a bar and in numbers.
    pub(super) fn total(&self, page: &mut Page, label: &str, counts: &Counts, place: Rect) {
        let mut group = Group::new(Role::Value, format!("{label}: {}", self.words.tally(counts)));
        group.data.verdict = counts.worst();
        let bar = Rect::new(place.x + 14.0, place.middle() - 5.0, BAR, 10.0);
        group.items = marks::bar(bar, counts);
        let text = lacking(self.words, counts);
        let kind = if text.1 { SMALL } else { SMALL.in_colour(PALE_INK) };
        group.items.push(Item::Text(Text::new(kind, bar.right() + 8.0, place.middle() + 3.2, text.0)));
        page.add(Item::Group(group));
    }

    /// The last row: all bodies, column by column.
    pub(super) fn sums(&self, page: &mut Page) {
        let words = self.words;
        page.space(5.0);
        let y = page.y();
        let right = self.x(self.shown) + self.totals;
        page.add(Item::stroke(
            Path::line(&[(MARGIN, y), (right, y)]),
            Line { colour: INK, width: 1.0, ..RULE },
        ));
        let height = 34.0;
        let title = words.tell("All bodies", "Усі органи");
        let hint = words.tell("findings not met, of all", "невиконаних висновків з усіх");
        let mut head = Group::new(Role::Part, title);
        head.items.push(Item::Text(Text::new(STRONG, MARGIN, y + 14.0, title)));
        head.items.push(Item::Text(Text::new(SMALL.in_colour(PALE_INK), MARGIN, y + 27.0, hint)));
        page.add(Item::Group(head));
        for (column, counts) in self.matrix.totals.iter().take(self.shown).enumerate() {
            let name = self.name(self.matrix.columns[column]);
            let mut group = Group::new(Role::Value, format!("{name}: {}", words.tally(counts)));
            group.data.verdict = counts.worst();
            let bar = Rect::new(self.x(column) + 2.0, y + 6.0, self.column - 4.0, 10.0);
            group.items = marks::bar(bar, counts);
            let lacking: usize = badness(counts)[..3].iter().sum();
            let content =
                if self.is_wide() { format!("{lacking} / {}", counts.total()) } else { lacking.to_string() };
            let text = Text::new(SMALL, bar.centre(), y + 27.0, content).anchored(Anchor::Middle);
            group.items.push(Item::Text(text));
            page.add(Item::Group(group));
        }
        self.total(page, title, &self.all(), Rect::new(self.x(self.shown), y + 2.0, self.totals, 18.0));
        page.reach(y + height);
    }

    /// The bodies that share a row, named.
    pub(super) fn alike(&self, page: &mut Page, bands: &[Band<'_>]) {
        let words = self.words;
        let columns = 4;
        let width = page.column(columns);
        let entry = |band: &Band<'_>| {
            let names: Vec<String> = band.rows.iter().map(|row| words.name(row.id)).collect();
            let mut group = Group::new(Role::Key, self.label(band));
            let mut pile = Pile::new(width);
            let (head, rest) = match band.fold {
                Fold::Type(_) => (self.label(band), names.as_slice()),
                _ => (names[0].clone(), &names[1..]),
            };
            let indent = 10.0;
            pile.write(SMALL.bold(), &head, 0.0, 0.0, 2);
            pile.write(SMALL, &rest.join(", "), indent, 0.0, 9);
            pile.space(5.0);
            group.details = vec![rest.join(", ")];
            (group, pile)
        };
        let entries: Vec<_> = bands.iter().filter(|band| band.rows.len() > 1).map(entry).collect();
        let heading = words.tell("Bodies that share a row", "Органи в спільних рядках");
        page.key(heading, "", vec![entries.into()], columns);
    }

    pub(super) fn notes(&self, columns: Columns) -> Vec<String> {
        let words = self.words;
        let mut notes = Vec::new();
        match columns {
            Columns::Pillars => notes.push(words.tell(
                "A norm that is met stands under the pillars of those who meet it; one that is not, under every pillar that could and does not. “Anyone”: norms that name no kind of overseer.",
                "Виконана норма стоїть під стовпами тих, хто її виконує; невиконана під кожним стовпом, який міг би її виконати й не виконує. «Будь-хто»: норми, що не називають виду контролера.",
            ).to_owned()),
            Columns::Mechanisms => notes.push(words.tell(
                "A norm that is met stands under the mechanisms that meet it; one that is not, under every mechanism that could and does not. “Anyone”: norms that name no mechanism.",
                "Виконана норма стоїть під механізмами, що її виконують; невиконана під кожним механізмом, який міг би її виконати. «Будь-хто»: норми, що не називають механізму.",
            ).to_owned()),
            _ => {}
        }
        let left = self.matrix.columns.iter().zip(&self.matrix.totals).skip(self.shown);
        let (met, others): (Vec<_>, Vec<_>) = left.partition(|(_, counts)| badness(counts) == [0; 4]);
        if !met.is_empty() {
            let text = words.tell(
                "Not shown: {} more columns in which everything is met.",
                "Не показано стовпців, у яких усе виконано: {}.",
            );
            notes.push(filled(text, &[&met.len().to_string()]));
        }
        if !others.is_empty() {
            let text = words.tell(
                "Not shown, and none worse than these ({}): {}.",
                "Не показано, і вони не гірші за ці ({}): {}.",
            );
            let names: Vec<String> = others.iter().map(|(key, _)| self.name(**key)).collect();
            notes.push(filled(text, &[&others.len().to_string(), &names.join("; ")]));
        }
        notes
    }
}

/// Returns how many are not met, in a few words, and whether there are any.
pub(super) fn lacking(words: Words<'_>, counts: &Counts) -> (String, bool) {
    let [gap, partial, paper, unknown] = badness(counts);
    let (lacking, total) = (gap + partial + paper, counts.total());
    let numbers = [lacking.to_string(), total.to_string(), unknown.to_string()];
    let numbers = [numbers[0].as_str(), &numbers[1], &numbers[2]];
    match (lacking, unknown) {
        (0, 0) => (filled(words.tell("all {} met", "виконано всі {}"), &[numbers[1]]), false),
        (0, _) => {
            (filled(words.tell("{} of {} unknown", "невідомо {} з {}"), &[numbers[2], numbers[1]]), false)
        }
        (_, 0) => (filled(words.tell("{} of {} not met", "не виконано {} з {}"), &numbers[..2]), true),
        _ => (
            filled(words.tell("{} of {} not met, {} unknown", "не виконано {} з {}, {} невідомо"), &numbers),
            true,
        ),
    }
}
