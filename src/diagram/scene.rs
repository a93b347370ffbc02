//! What every view comes to: marks with their places on a page, in groups that know what they stand for.
//!
//! A view fills a [`Scene`] by way of [`super::page::Page`]; the writers (SVG, PNG, PDF, DOT, text ...) read nothing else.
//!
//! # Invariants
//! * Lengths are pixels of 1/96 inch from the upper left corner, so A3 is 1587 by 1123.
//! * All that a group stands for is in its label and details; the tooltip and the text form are made of them, so what
//!   is cut or coded in the drawing is whole there.
//! * Texts are clean: see `text.rs`.

use super::fact::{Fact, Lexicon, Time};
use super::page::Sample;
pub use super::shape::{Anchor, Path, Rect, Step, Text};
use super::style::{Glyph, Line};
use crate::gaps::Verdict;
use crate::model::{Day, Pillar};

/// The longer and the shorter side of A3 in pixels.
pub const A3: (f64, f64) = (1587.0, 1122.0);

/// A picture: a page with everything in its place.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    /// The name of the view, such as `map`.
    pub view: &'static str,
    /// Width of the page.
    pub width: f64,
    /// Height of the page.
    pub height: f64,
    /// The tag of the language of its labels.
    pub language: String,
    /// The heading.
    pub title: String,
    /// What stands below the heading: day, version, how much is verified, what is shown.
    pub subtitle: Vec<String>,
    /// The picture in a few sentences, for those who do not see it.
    pub description: String,
    /// Where the data come from.
    pub source: String,
    /// The day that it is drawn for.
    pub day: Option<Day>,
    /// What of it has to do with time.
    pub time: Time,
    /// Where title and subtitle end and the drawing begins.
    pub head: f64,
    /// Where the legend ends: what is below it is key, notes and source.
    pub foot: f64,
    /// What lines, boxes, areas and glyphs in it mean, row by row.
    pub legend: Vec<Vec<Sample>>,
    /// Words for what it can be filtered by.
    pub lexicon: Lexicon,
    /// How many pairs of lines cross, where lines are led round boxes here.
    pub crossings: u64,
    /// What is drawn, from the back to the front.
    pub items: Vec<Item>,
}

/// A mark, or several that belong together.
#[derive(Clone, Debug)]
pub enum Item {
    /// A rectangle.
    Rect {
        /// Where it is.
        rect: Rect,
        /// How round its corners are.
        radius: f64,
        /// What it is filled with.
        fill: Option<&'static str>,
        /// Its outline.
        line: Option<Line>,
    },
    /// A line or an area.
    Path {
        /// Its steps; the first is a move.
        path: Path,
        /// What it is filled with.
        fill: Option<&'static str>,
        /// Its outline.
        line: Option<Line>,
    },
    /// A line of text.
    Text(Text),
    /// A glyph of the style sheet.
    Glyph {
        /// Which.
        glyph: Glyph,
        /// Its left side.
        x: f64,
        /// Its upper side.
        y: f64,
        /// Its width and height.
        size: f64,
    },
    /// Marks that stand for one thing.
    Group(Group),
}

/// What a group is in the picture.
#[derive(Clone, Debug, PartialEq)]
pub enum Role {
    /// A frame around boxes: what it holds names it.
    Frame {
        /// Its id, unique in the picture.
        id: String,
    },
    /// A box of a graph.
    Node {
        /// Its id, unique in the picture.
        id: String,
        /// The frame around it.
        frame: Option<String>,
        /// Its outline.
        line: Line,
        /// Its ground.
        ground: &'static str,
    },
    /// An edge of a graph.
    Edge {
        /// The id of the box where it begins.
        from: String,
        /// The id of the box where it ends.
        to: String,
        /// How it is drawn.
        line: Line,
    },
    /// A cell, bar, strip or other mark with a value.
    Value,
    /// An entry of the key.
    Key,
    /// Marks of the page: legend, axis, heading.
    Part,
}

/// Marks that stand for one thing.
#[derive(Clone, Debug)]
pub struct Group {
    /// What it is in the picture.
    pub role: Role,
    /// What it stands for, in one line.
    pub label: String,
    /// All that is behind it, line by line.
    pub details: Vec<String>,
    /// The bodies or links behind it; where there are any, they say what `details` says, and more.
    pub facts: Vec<Fact>,
    /// What it can be found and filtered by.
    pub data: Data,
    /// What is drawn, from the back to the front.
    pub items: Vec<Item>,
}

/// What a group can be found and filtered by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Data {
    /// The pillar.
    pub pillar: Option<Pillar>,
    /// Slugs of mechanisms.
    pub mechanisms: Vec<String>,
    /// The verdict, the worst of several.
    pub verdict: Option<Verdict>,
    /// The first day from which it holds, as far as it is known.
    pub since: Option<Day>,
    /// The day from which it no longer holds.
    pub until: Option<Day>,
    /// How many there are from each day on, in order.
    pub counts: Vec<(Day, usize)>,
}

impl Group {
    /// Returns an empty group.
    pub fn new(role: Role, label: impl Into<String>) -> Self {
        Self {
            role,
            label: label.into(),
            details: Vec::new(),
            facts: Vec::new(),
            data: Data::default(),
            items: Vec::new(),
        }
    }

    /// What it is called: its label; a box without one by its id. Nothing where it is only a part of the page.
    pub fn name(&self) -> &str {
        match &self.role {
            Role::Node { id, .. } if self.label.is_empty() => id,
            _ => &self.label,
        }
    }

    /// Returns the text of the tooltip: the label, then the first of the details, the rest counted.
    pub fn tooltip(&self) -> String {
        const MOST: usize = 24;
        let mut lines: Vec<&str> =
            [self.label.as_str()].into_iter().chain(self.details.iter().map(String::as_str)).collect();
        let rest = lines.len().saturating_sub(MOST);
        let more = format!("… +{}", rest + 1);
        if rest > 0 {
            lines.truncate(MOST - 1);
            lines.push(&more);
        }
        lines.join("\n")
    }
}

impl Item {
    /// Returns a filled path.
    pub fn area(path: Path, fill: &'static str) -> Self {
        Self::Path { path, fill: Some(fill), line: None }
    }

    /// Returns a line along a path.
    pub fn stroke(path: Path, line: Line) -> Self {
        Self::Path { path, fill: None, line: Some(line) }
    }

    /// Moves it.
    pub fn shift(&mut self, dx: f64, dy: f64) {
        match self {
            Self::Rect { rect, .. } => {
                rect.x += dx;
                rect.y += dy;
            }
            Self::Path { path, .. } => *path = path.shifted(dx, dy),
            Self::Text(text) => {
                text.x += dx;
                text.y += dy;
            }
            Self::Glyph { x, y, .. } => {
                *x += dx;
                *y += dy;
            }
            Self::Group(group) => group.items.iter_mut().for_each(|item| item.shift(dx, dy)),
        }
    }

    /// Returns the space that it takes.
    pub fn bounds(&self) -> Rect {
        match self {
            Self::Rect { rect, .. } => *rect,
            Self::Path { path, .. } => path.bounds(),
            Self::Text(text) => text.bounds(),
            Self::Glyph { x, y, size, .. } => Rect::new(*x, *y, *size, *size),
            Self::Group(group) => {
                group.items.iter().map(Self::bounds).reduce(|all, one| all.union(&one)).unwrap_or_default()
            }
        }
    }
}

impl Scene {
    /// Returns every group, those within others after them.
    pub fn groups(&self) -> Vec<&Group> {
        fn walk<'s>(items: &'s [Item], found: &mut Vec<&'s Group>) {
            for item in items {
                if let Item::Group(group) = item {
                    found.push(group);
                    walk(&group.items, found);
                }
            }
        }
        let mut found = Vec::new();
        walk(&self.items, &mut found);
        found
    }

    /// Returns how many groups are values of a chart.
    pub fn values(&self) -> usize {
        self.groups().iter().filter(|group| group.role == Role::Value).count()
    }

    /// Returns whether a group is there on the day of the picture, though those of other days may be drawn.
    pub fn is_there(&self, group: &Group) -> bool {
        let holds = |fact: &Fact| self.day.is_none_or(|day| fact.period.contains(day));
        self.time != Time::Ever || group.facts.is_empty() || group.facts.iter().any(holds)
    }

    /// Returns how many groups are boxes and how many are edges.
    pub fn counts(&self) -> (usize, usize) {
        Self::counted(self.groups().into_iter())
    }

    /// Returns how many boxes and edges are there on the day of the picture.
    pub fn counts_on_its_day(&self) -> (usize, usize) {
        Self::counted(self.groups().into_iter().filter(|group| self.is_there(group)))
    }

    fn counted<'g>(groups: impl Iterator<Item = &'g Group>) -> (usize, usize) {
        groups.fold((0, 0), |(boxes, edges), group| match group.role {
            Role::Node { .. } => (boxes + 1, edges),
            Role::Edge { .. } => (boxes, edges + 1),
            _ => (boxes, edges),
        })
    }
}
