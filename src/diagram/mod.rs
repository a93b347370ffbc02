//! Draws pictures of who oversees whom and of what is missing.
//!
//! A view ([`map()`], [`gaps()`], [`body()`], [`chain()`], `matrix`, `timeline`, `compare`) says what is shown and puts
//! it on a page as a `Scene` of placed marks; `write` writes a scene as SVG, PNG, PDF, HTML, DOT, Mermaid or text, and
//! reads nothing else. No outside program and no font of the machine is used; who wants Graphviz to place boxes asks
//! `engine`.
//!
//! `style.rs` is the one style sheet, `font.rs` and `text.rs` measure text, `page.rs` is the frame of every page,
//! `layers.rs`, `order.rs`, `wires.rs` and `posts.rs` place boxes and lines of graphs, `marks.rs` the cells and areas of charts.
//!
//! # Invariants
//! * A view knows neither SVG nor DOT; writers know neither norms nor findings.
//! * A picture says nothing that its findings do not say, and a norm that is not met for a body in it is in its key.
//! * Any text can be a label: it is cleaned when it enters the picture and escaped when it is written.
//! * Same findings, same view: same bytes.

mod body;
mod chain;
pub mod compare;
mod crossings;
pub mod engine;
pub mod fact;
mod font;
mod gap_page;
mod gaps;
mod label;
mod layers;
mod map;
mod marks;
pub mod matrix;
mod net;
mod order;
mod overseers;
pub mod page;
pub mod phrases;
pub mod pile;
mod posts;
pub mod scene;
pub mod section;
mod sector;
mod shape;
pub mod style;
mod tell;
mod text;
pub mod timeline;
pub mod way;
mod wires;
pub mod words;
mod write;

pub use body::body;
pub use chain::chain;
pub use font::FILES as FONT_FILES;
pub use gaps::{GapView, MOST_BODIES, gaps};
pub use map::map;
pub use net::{MOST_THINGS, MOST_TIES, TooMuch, net};
pub use page::{About, Page};
pub use scene::Scene;
pub use sector::{Expand, Family};
pub use text::{Type, Wrapped};
pub use words::Words;
pub use write::{Format, PIXELS, WriteError};

use crate::gaps::Verdict;
use crate::model::{Day, Pillar};

/// What is drawn, before it has a place.
#[derive(Clone, Debug, Default)]
pub struct Picture {
    /// The language of its labels.
    pub language: String,
    /// The heading.
    pub title: String,
    /// What stands below the heading: day, version, what is shown.
    pub subtitle: Vec<String>,
    /// The picture in a few sentences, for those who do not see it.
    pub description: String,
    /// Frames, from top to bottom on each side.
    pub groups: Vec<Group>,
    /// Boxes, group by group, from top to bottom.
    pub nodes: Vec<Node>,
    /// Edges from left to right.
    pub edges: Vec<Edge>,
    /// What the ids in boxes mean.
    pub key: Vec<KeyEntry>,
    /// Sentences below the key.
    pub notes: Vec<String>,
    /// Where the data come from.
    pub source: String,
    /// The day that it is drawn for.
    pub day: Option<Day>,
    /// Words for what it can be filtered by.
    pub lexicon: fact::Lexicon,
}

/// A side of the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Those who oversee.
    Left,
    /// Those who are overseen.
    Right,
}

/// Boxes that stand together in a frame.
#[derive(Clone, Debug)]
pub struct Group {
    /// The side it stands on.
    pub side: Side,
    /// The pillar that gives it its colour.
    pub pillar: Option<Pillar>,
    /// Its heading.
    pub label: String,
}

/// What a box stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeKind {
    /// A body overseen.
    Body,
    /// An overseer, or several of a type.
    Overseer,
    /// An overseer all of whose links in the picture are on paper only.
    OnPaper,
    /// A kind of overseer that is there, but too weak or too few.
    NotEnough,
    /// A kind of overseer that is missing.
    Missing,
}

/// A box.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its frame, by place in [`Picture::groups`].
    pub group: usize,
    /// What it stands for.
    pub kind: NodeKind,
    /// The number that the key calls it by.
    pub number: Option<usize>,
    /// Its name; at most two lines of it are shown.
    pub label: String,
    /// Numbers of verdicts, each with the norms behind it where they matter.
    pub rows: Vec<Row>,
    /// All that does not fit in the box.
    pub tooltip: String,
    /// Whether it stands behind the others of its frame and kind: those that have nothing else in common.
    pub last: bool,
    /// The bodies that it stands for.
    pub bodies: Vec<fact::Fact>,
}

/// A verdict in a box: glyph, number, ids of the norms.
#[derive(Clone, Debug)]
pub struct Row {
    /// The verdict.
    pub verdict: Verdict,
    /// How many norms.
    pub count: usize,
    /// Their ids; none where only the number matters.
    pub ids: Vec<String>,
}

/// What an edge stands for; later ones are drawn over earlier ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EdgeKind {
    /// A control in force, by an overseer of this pillar.
    InForce(Option<Pillar>),
    /// A control on paper only.
    OnPaper,
    /// A control that is too weak or not enough of it.
    NotEnough,
    /// A control that is missing.
    Missing,
    /// A control that a norm forbids, in force.
    Forbidden,
}

/// An edge between two boxes.
#[derive(Clone, Debug)]
pub struct Edge {
    /// The box on the left, by place in [`Picture::nodes`].
    pub from: usize,
    /// The box on the right.
    pub to: usize,
    /// What it stands for.
    pub kind: EdgeKind,
    /// What is behind it, line by line.
    pub tooltip: String,
    /// Slugs of the mechanisms of its links, or of those that are missing.
    pub mechanisms: Vec<String>,
    /// The links behind it.
    pub links: Vec<fact::Fact>,
}

/// A norm in the key.
#[derive(Clone, Debug)]
pub struct KeyEntry {
    /// Its id, as in the boxes.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Title and year of the document that it is from, where there is one.
    pub document: Option<String>,
    /// For which bodies it is not met, and what is missing.
    pub lines: Vec<KeyLine>,
}

/// Bodies for which a norm comes to the same.
#[derive(Clone, Debug)]
pub struct KeyLine {
    /// The verdict.
    pub verdict: Verdict,
    /// Their numbers, each with what makes the evidence too weak, where there is some.
    pub bodies: Vec<(usize, String)>,
    /// What is missing.
    pub text: String,
}

impl Picture {
    /// Returns the picture with everything in its place.
    pub fn scene(&self) -> Scene {
        gap_page::scene(self)
    }
}
