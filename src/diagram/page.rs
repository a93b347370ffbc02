//! The frame that every picture has: title and subtitle above, legend, key, notes and source below.
//!
//! A view makes a [`Page`], puts its drawing below [`Page::y`], says by [`Page::reach`] how far down it goes, and
//! finishes with legend, key and source.

use super::fact::{Axis, Lexicon, Time};
use super::pile::Pile;
use super::scene::{Group, Item, Path, Rect, Role, Scene, Text};
use super::style::{self, Glyph, INK, Line, MARGIN, PALE_SMALL, PAPER, SMALL, STRONG, SUBTITLE, TITLE};
use super::text::clean;
use super::words::Words;
use crate::model::Day;

/// What a caller tells of any picture.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// The heading.
    pub title: String,
    /// The version of the data, where there is one.
    pub version: Option<String>,
    /// Where the data come from.
    pub source: String,
    /// The tag of the language of names and words; nothing on record: English.
    pub language: String,
}

impl About {
    /// Returns the tag of the language, `en` where none is given.
    pub fn language(&self) -> &str {
        if self.language.is_empty() { "en" } else { &self.language }
    }
}

/// A page that is filled from top to bottom.
#[derive(Debug)]
pub struct Page {
    scene: Scene,
    y: f64,
}

/// What a legend explains by a sample.
#[derive(Clone, Copy, Debug)]
pub enum Mark {
    /// Nothing: the words are a heading.
    None,
    /// A line, with an arrow head where wanted.
    Line(Line, bool),
    /// A glyph.
    Glyph(Glyph),
    /// A filled area, with a glyph upon it where there is one.
    Area(&'static str, Option<Glyph>),
    /// A box with its ground and outline.
    Box(&'static str, Line),
}

/// An entry of the legend.
pub type Sample = (Mark, String);

/// Entries of the key that stand together, under a head where there is one.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// What stands above them.
    pub head: Option<(Group, Pile)>,
    /// The entries.
    pub entries: Vec<(Group, Pile)>,
}

impl From<Vec<(Group, Pile)>> for Section {
    fn from(entries: Vec<(Group, Pile)>) -> Self {
        Self { head: None, entries }
    }
}

/// The size of a glyph that stands in a line of small text.
pub const GLYPH: f64 = 10.0;
const LEGEND_LEADING: f64 = 15.5;
/// Space between the columns of the key.
const KEY_GAP: f64 = 22.0;

impl Page {
    /// Returns a page with title and subtitle.
    ///
    /// # Arguments
    /// * `view`: the name of the view.
    /// * `width`: of the page, in pixels.
    /// * `subtitle`: lines; the first says day, version and how much is verified ([`super::words::Words::subtitle`]).
    pub fn new(view: &'static str, width: f64, about: &About, subtitle: &[String]) -> Self {
        let mut page = Self {
            scene: Scene {
                view,
                width,
                language: clean(about.language()),
                title: clean(&about.title),
                subtitle: subtitle.iter().map(|line| clean(line)).collect(),
                source: clean(&about.source),
                ..Scene::default()
            },
            y: MARGIN,
        };
        let mut head = Pile::new(page.inner());
        head.write(TITLE, &page.scene.title.clone(), 0.0, 0.0, 2);
        head.space(5.0);
        for line in page.scene.subtitle.clone() {
            head.write(SUBTITLE, &line, 0.0, 0.0, 3);
        }
        page.put(head);
        page.scene.head = page.y;
        page.y += 11.0;
        page
    }

    /// Where what comes next begins.
    pub fn y(&self) -> f64 {
        self.y
    }

    /// The width between the margins.
    pub fn inner(&self) -> f64 {
        self.scene.width - 2.0 * MARGIN
    }

    /// Adds a mark where it is.
    pub fn add(&mut self, item: Item) {
        self.scene.items.push(item);
    }

    /// Says for which day the picture is drawn, and by what words it can be filtered.
    pub(super) fn context(&mut self, words: Words<'_>) {
        self.drawn_for(Some(words.world.day()), words.lexicon());
        if words.world.is_ever() {
            self.scene.time = Time::Ever;
        }
    }

    /// Says the same of a picture that has been made before.
    pub(super) fn drawn_for(&mut self, day: Option<Day>, lexicon: Lexicon) {
        self.scene.day = day;
        self.scene.lexicon = lexicon;
    }

    /// Says that the picture has an axis of time.
    pub(super) fn axis(&mut self, axis: Axis) {
        self.scene.time = Time::Axis(axis);
    }

    /// Says how many pairs of lines cross.
    pub(super) fn crossings(&mut self, number: u64) {
        self.scene.crossings = number;
    }

    /// Says that what has been added goes down to `y`.
    pub fn reach(&mut self, y: f64) {
        self.y = self.y.max(y);
    }

    /// Leaves some space.
    pub fn space(&mut self, height: f64) {
        self.y += height;
    }

    /// Adds a pile at the left margin, below what is there.
    pub fn put(&mut self, mut pile: Pile) {
        pile.move_to(MARGIN, self.y);
        self.y = pile.rect.bottom();
        self.scene.items.extend(pile.items);
    }

    /// Whether a glyph, whatever its colour, stands beside a line.
    pub(super) fn shows_beside_a_line(&self, sought: Glyph) -> bool {
        let is_it = |item: &Item| matches!(item, Item::Glyph { glyph, .. } if (glyph.outline, glyph.mark) == (sought.outline, sought.mark));
        let is_line = |group: &&Group| matches!(group.role, Role::Edge { .. });
        self.scene.groups().into_iter().filter(is_line).any(|group| group.items.iter().any(is_it))
    }

    /// Adds the legend: a row for each list, flowing on where it is too long.
    pub fn legend(&mut self, rows: &[Vec<Sample>]) {
        let mut group = Group::new(Role::Part, String::new());
        let (left, right) = (MARGIN, MARGIN + self.inner());
        for row in rows.iter().filter(|row| !row.is_empty()) {
            let mut x = left;
            for (mark, word) in row {
                let (indent, kind) = match mark {
                    Mark::None => (0.0, SMALL.bold()),
                    Mark::Line(..) => (32.0, SMALL),
                    Mark::Glyph(_) => (14.0, SMALL),
                    Mark::Area(..) | Mark::Box(..) => (24.0, SMALL),
                };
                let word = kind.wrap(word, (right - left - indent).min(420.0), 1).lines.concat();
                let width = indent + kind.width(&word);
                if x + width > right && x > left {
                    x = left;
                    self.y += LEGEND_LEADING;
                }
                group.items.extend(sample(*mark, x, self.y));
                group.items.push(Item::Text(Text::new(kind, x + indent, self.y + 9.0, word)));
                x += width + if matches!(mark, Mark::None) { 10.0 } else { 16.0 };
            }
            self.y += LEGEND_LEADING;
        }
        self.scene.foot = self.y;
        self.scene.legend = rows.to_vec();
        self.add(Item::Group(group));
    }

    /// Adds the key: a heading, then sections in columns of about the same height.
    pub fn key(&mut self, heading: &str, hint: &str, sections: Vec<Section>, columns: usize) {
        if sections.iter().all(|section| section.entries.is_empty()) {
            return;
        }
        let mut head = Pile::new(self.inner());
        // A short hint stands beside the heading.
        let beside = STRONG.width(heading) + 10.0;
        if !hint.is_empty() && beside + PALE_SMALL.width(hint) < self.inner() {
            head.beside(PALE_SMALL, beside, hint);
            if let Some(Item::Text(text)) = head.items.last_mut() {
                text.y += STRONG.size - PALE_SMALL.size;
            }
            head.write(STRONG, heading, 0.0, 0.0, 1);
        } else {
            head.write(STRONG, heading, 0.0, 0.0, 1);
            head.write(PALE_SMALL, hint, 0.0, 0.0, 2);
        }
        head.space(5.0);
        self.put(head);
        let heights = sections.iter().map(|section| {
            let entries = section.entries.iter().map(|(_, pile)| pile.rect.height);
            (section.head.as_ref().map_or(0.0, |(_, pile)| pile.rect.height), entries.collect())
        });
        let places = balanced(&heights.collect::<Vec<_>>(), columns);
        let width = self.column(columns);
        let mut ends = vec![self.y; columns];
        let mut add = |page: &mut Self, (mut group, mut pile): (Group, Pile), column: usize| {
            pile.move_to(MARGIN + column as f64 * (width + KEY_GAP), ends[column]);
            ends[column] = pile.rect.bottom();
            group.items = pile.items;
            page.add(Item::Group(group));
        };
        let mut places = places.into_iter();
        for section in sections {
            // The head comes again above what goes on in the next column.
            let mut headed = None;
            for (entry, column) in section.entries.into_iter().zip(&mut places) {
                if let Some(head) = section.head.as_ref().filter(|_| headed != Some(column)) {
                    add(self, head.clone(), column);
                }
                headed = Some(column);
                add(self, entry, column);
            }
        }
        self.y = ends.into_iter().fold(self.y, f64::max) + 4.0;
    }

    /// The width of a column of the key.
    pub fn column(&self, columns: usize) -> f64 {
        (self.inner() - KEY_GAP * (columns as f64 - 1.0)) / columns as f64
    }

    /// Adds sentences below the key.
    pub fn notes(&mut self, notes: &[String]) {
        let mut pile = Pile::new(self.inner());
        for note in notes {
            pile.write(PALE_SMALL, &clean(note), 0.0, 0.0, 6);
            pile.space(3.0);
        }
        // What is cut is whole in the tooltip; without a label there is none.
        let mut group = Group::new(Role::Part, if pile.cut { "…" } else { "" });
        group.details = notes.iter().map(|note| clean(note)).collect();
        pile.move_to(MARGIN, self.y);
        self.y = pile.rect.bottom();
        group.items = pile.items;
        self.add(Item::Group(group));
    }

    /// Adds the source line and returns the picture, as high as what is on it.
    ///
    /// # Arguments
    /// * `description`: the picture in a few sentences, for those who do not see it.
    pub fn finish(mut self, description: &str) -> Scene {
        self.y += 6.0;
        let rule = Path::line(&[(MARGIN, self.y), (self.scene.width - MARGIN, self.y)]);
        self.add(Item::stroke(rule, Line { colour: "#c8c8c8", dash: "", width: 0.8, opacity: 1.0 }));
        self.y += 5.0;
        let mut foot = Pile::new(self.inner());
        foot.write(PALE_SMALL, &self.scene.source.clone(), 0.0, 0.0, 3);
        self.put(foot);
        self.scene.height = (self.y + MARGIN * 0.75).ceil();
        self.scene.description = clean(description);
        self.scene
    }
}

fn sample(mark: Mark, x: f64, y: f64) -> Vec<Item> {
    let glyph = |glyph, x| Item::Glyph { glyph, x, y: y + 0.7, size: GLYPH };
    match mark {
        Mark::None => vec![],
        Mark::Line(line, arrow) => {
            let path = Path::line(&[(x, y + 5.7), (x + 26.0, y + 5.7)]);
            let line = Line { width: line.width.clamp(1.2, 3.0), opacity: 1.0, ..line };
            let head = arrow.then(|| Item::area(path.head(6.0), line.colour));
            [Item::stroke(path, line)].into_iter().chain(head).collect()
        }
        Mark::Glyph(mark) => vec![glyph(mark, x)],
        Mark::Area(fill, upon) => {
            let rect = Rect::new(x, y, 19.0, 11.5);
            let line = Line { colour: "#9a9a9a", dash: "", width: 0.5, opacity: 1.0 };
            let area = Item::Rect { rect, radius: 1.5, fill: Some(fill), line: Some(line) };
            [area].into_iter().chain(upon.map(|upon| glyph(upon, x + 4.5))).collect()
        }
        Mark::Box(fill, line) => {
            vec![Item::Rect {
                rect: Rect::new(x, y, 19.0, 11.5),
                radius: 2.5,
                fill: Some(fill),
                line: Some(line),
            }]
        }
    }
}

/// Fills columns one after the other, each about as high; returns the column of each entry.
///
/// # Arguments
/// * `sections`: for each the height of its head, which stands in every column that the section is in, and of its entries.
fn balanced(sections: &[(f64, Vec<f64>)], columns: usize) -> Vec<usize> {
    let filled = |limit: f64| {
        let (mut column, mut filled) = (0, 0.0);
        let mut places = Vec::new();
        for (head, entries) in sections {
            let mut headed = None;
            for height in entries {
                let here = if headed == Some(column) { *height } else { head + height };
                if filled > 0.0 && filled + here > limit {
                    (column, filled) = (column + 1, head + height);
                } else {
                    filled += here;
                }
                headed = Some(column);
                places.push(column);
            }
        }
        places
    };
    let all: f64 = sections.iter().map(|(head, entries)| head + entries.iter().sum::<f64>()).sum();
    let mut limit = all / columns as f64;
    while filled(limit).last().is_some_and(|last| *last >= columns) {
        limit += 2.0;
    }
    filled(limit)
}

/// The ground of the whole page.
pub(super) const GROUND: &str = PAPER;
/// The colour of text that has none of its own.
pub(super) const TEXT: &str = INK;

/// Returns samples of the verdicts in `shown`, with their meanings in words.
pub fn verdict_samples(
    shown: &[crate::gaps::Verdict],
    meaning: impl Fn(crate::gaps::Verdict) -> String,
) -> Vec<Sample> {
    shown
        .iter()
        .map(|verdict| {
            (Mark::Area(style::fill(*verdict).ground, Some(style::glyph(*verdict))), meaning(*verdict))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_balanced() {
        let of = |heights: &[f64], columns| balanced(&[(0.0, heights.to_vec())], columns);
        assert_eq!(of(&[10.0, 10.0, 10.0, 10.0], 2), [0, 0, 1, 1]);
        assert_eq!(of(&[30.0, 10.0, 10.0], 3), [0, 1, 2]);
        assert!(of(&[], 3).is_empty());
        // A head that comes again takes room: six times ten and a head twice.
        let sections = [(5.0, vec![10.0, 10.0]), (30.0, vec![10.0, 10.0, 10.0, 10.0])];
        assert_eq!(balanced(&sections, 2), [0, 0, 0, 1, 1, 1]);
    }
}
