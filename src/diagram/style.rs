//! The one style sheet of all pictures: colours, lines, glyphs, type.
//!
//! # Invariants
//! * Nothing is told by colour alone: pillars differ in the pattern of the line, verdicts in the shape of the glyph.
//! * Long strokes with hairline breaks are there; wide gaps mean that something is missing or on paper only.
//! * Red is kept for what is missing, too weak or forbidden.
//! * Colours are told apart by people with any kind of colour-blindness and in grey print: `tests/it/palette.rs`
//!   measures it.

use super::text::Type;
use super::way::Way;
use super::{EdgeKind, NodeKind};
use crate::gaps::Verdict;
use crate::model::Pillar;
use crate::palette::shades;
use crate::wording::Tongue;

pub use super::font::FONTS;
pub use crate::palette::colour;

/// Width of a page in pixels: a whole country then fills about a sheet of A3, upright.
pub const PAGE_WIDTH: f64 = 1420.0;
/// Least space between the edge of the page and everything on it.
pub const MARGIN: f64 = 24.0;

/// The title.
pub const TITLE: Type = plain(22.0, INK).bold();
/// What stands below the title.
pub const SUBTITLE: Type = plain(11.5, PALE_INK);
/// Names of overseers.
pub const NAME: Type = plain(10.5, INK);
/// Names of overseers that do not work.
pub const PALE_NAME: Type = plain(10.5, PALE_INK);
/// Names of the bodies that the picture is about, and of pillars.
pub const STRONG: Type = plain(10.5, INK).bold();
/// What is missing.
pub const LACK: Type = plain(9.5, RED);
/// Norms in boxes, key, legend.
pub const SMALL: Type = plain(9.0, INK);
/// Notes and source.
pub const PALE_SMALL: Type = plain(9.0, PALE_INK);
/// Ids of norms in the key.
pub const SMALL_STRONG: Type = plain(9.0, INK).bold();

/// Colour of text.
pub const INK: &str = "#1a1a1a";
/// Colour of text that is less important.
pub const PALE_INK: &str = "#4d4d4d";
/// Colour of the page.
pub const PAPER: &str = "#ffffff";
/// Colour of what is missing.
pub const RED: &str = "#c1121f";
/// Colour of what is on paper only, and of lines that are less important.
pub const GREY: &str = "#888888";

const fn plain(size: f64, colour: &'static str) -> Type {
    Type { size, bold: false, colour }
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Its colour.
    pub colour: &'static str,
    /// The pattern of strokes and gaps; nothing: unbroken.
    pub dash: &'static str,
    /// Its width.
    pub width: f64,
    /// How much it covers, from 0 to 1.
    pub opacity: f64,
}

/// Returns the line of an edge.
pub fn edge(kind: EdgeKind) -> Line {
    let line = |colour, dash, width, opacity| Line { colour, dash, width, opacity };
    match kind {
        EdgeKind::InForce(pillar) => line(colour(pillar), pattern(pillar), 0.9, 0.6),
        EdgeKind::OnPaper => line(GREY, "5 4", 1.4, 1.0),
        EdgeKind::NotEnough => line(RED, "3 3.5", 1.1, 1.0),
        EdgeKind::Missing => line(RED, "8 4.5", 1.9, 1.0),
        EdgeKind::Forbidden => line(RED, "", 1.9, 1.0),
    }
}

/// How a box is drawn: its outline and its ground.
pub fn node(kind: NodeKind, pillar: Option<Pillar>) -> (Line, &'static str) {
    let line = |colour, dash, width| Line { colour, dash, width, opacity: 1.0 };
    match kind {
        NodeKind::Body => (line(INK, "", 1.1), PAPER),
        NodeKind::Overseer => (line(colour(pillar), "", 0.8), PAPER),
        NodeKind::OnPaper => (line(GREY, "5 4", 1.1), "#f4f4f4"),
        NodeKind::NotEnough => (line(RED, "3 3.5", 1.0), "#fffafa"),
        NodeKind::Missing => (line(RED, "8 4.5", 1.5), "#fff3f3"),
    }
}

/// Returns the colour of a pillar for text.
pub fn ink(pillar: Option<Pillar>) -> &'static str {
    shades(pillar).ink
}

/// Returns the colour of a pillar for lines that stand back: its colour, paler.
pub fn pale(pillar: Option<Pillar>) -> &'static str {
    shades(pillar).pale
}

/// Returns the ground of a pillar's frame: its colour, much paler.
pub fn ground(pillar: Option<Pillar>) -> &'static str {
    shades(pillar).ground
}

fn pattern(pillar: Option<Pillar>) -> &'static str {
    match pillar {
        Some(Pillar::Executive) => "",
        Some(Pillar::Legislature) => "16 1.3",
        Some(Pillar::Justice) => "12 1.3 2.5 1.3",
        Some(Pillar::Independent) => "8 1.3",
        Some(Pillar::Internal) => "12 1.3 2.5 1.3 2.5 1.3",
        Some(Pillar::Society) => "5 1.3",
        Some(Pillar::International) => "24 1.3 5 1.3",
        Some(Pillar::Provider) => "2.5 1.3",
        None => "1.2 1.3",
    }
}

/// Returns whether a pattern has gaps that are seen: then something is missing or on paper only.
pub fn gaps_widely(dash: &str) -> bool {
    dash.split(' ').skip(1).step_by(2).any(|gap| gap.parse::<f64>().is_ok_and(|gap| gap > 2.0))
}

/// Returns what a verdict means, for the legend.
pub fn meaning_in(verdict: Verdict, language: &str) -> &'static str {
    let tongue = Tongue::of(language);
    let tell = |english, ukrainian| if tongue == Tongue::Ukrainian { ukrainian } else { english };
    match verdict {
        Verdict::Gap => {
            tell("gap: nothing there, or what is forbidden", "прогалина: нічого немає або є заборонене")
        }
        Verdict::Partial => tell("partial: not enough there", "частково: є, але недостатньо"),
        Verdict::OnPaper => tell("on paper: in law, not at work", "на папері: закон є, не діє"),
        Verdict::Unknown => tell("unknown: nothing on record", "невідомо: немає даних"),
        Verdict::Met => tell("met", "виконано"),
    }
}

/// A glyph in a square of 10 by 10: an outline, and strokes upon it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Colour of the outline, and of the mark where the outline is not filled.
    pub colour: &'static str,
    /// SVG path of the outline.
    pub outline: &'static str,
    /// Whether the outline is filled; else it is a ring.
    pub filled: bool,
    /// SVG path of the mark upon it; stroked, or filled where `solid`.
    pub mark: &'static str,
    /// Whether the mark is an area.
    pub solid: bool,
}

const DISC: &str = "M1 5A4 4 0 1 1 9 5A4 4 0 1 1 1 5Z";
const SQUARE: &str = "M1.3 1.3H8.7V8.7H1.3Z";

/// Returns the glyph of a verdict: each has a shape of its own.
pub fn glyph(verdict: Verdict) -> Glyph {
    let glyph = |colour, filled, mark, solid| Glyph { colour, outline: DISC, filled, mark, solid };
    match verdict {
        Verdict::Gap => glyph(RED, true, "M3 3 7 7M7 3 3 7", false),
        Verdict::Partial => glyph(RED, false, "M5 1A4 4 0 0 1 5 9Z", true),
        Verdict::OnPaper => glyph(GREY, false, "M3 4H7M3 6H7", false),
        Verdict::Unknown => glyph(GREY, false, "M3.6 3.9A1.5 1.5 0 1 1 5 5.6V6.1M5 7.2V7.9", false),
        Verdict::Met => glyph("#1c7547", true, "M2.8 5.2 4.4 6.8 7.3 3.4", false),
    }
}

/// Returns the glyph of a verdict upon an area that is filled with its colour.
pub fn glyph_on(verdict: Verdict) -> Glyph {
    Glyph { filled: verdict == Verdict::Met, ..glyph(verdict) }
}

/// How an area with a verdict is filled: cells, bars, strips.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fill {
    /// The ground. From gap to met each is lighter than the one before in grey print, unknown aside, which is white.
    pub ground: &'static str,
    /// The colour of text upon it.
    pub ink: &'static str,
}

/// Returns how an area with this verdict is filled; its glyph goes with it, so that colour never tells it alone.
pub fn fill(verdict: Verdict) -> Fill {
    let fill = |ground, ink| Fill { ground, ink };
    match verdict {
        Verdict::Gap => fill(RED, PAPER),
        Verdict::Partial => fill("#e58a4a", INK),
        Verdict::OnPaper => fill("#bdbdbd", INK),
        Verdict::Unknown => fill("#fcfcfc", PALE_INK),
        Verdict::Met => fill("#bfe6d2", INK),
    }
}

/// Returns the glyph of a pillar; of bodies of none: a dot.
pub fn pillar_glyph(pillar: Option<Pillar>) -> Glyph {
    let glyph = |outline, filled, mark, solid| Glyph { colour: colour(pillar), outline, filled, mark, solid };
    match pillar {
        // A seal, benches under a dome, scales, an eye, a circle in a square, three heads, a globe, a shield.
        Some(Pillar::Executive) => glyph(
            SQUARE,
            true,
            "M5 2.8 5.7 4.3 7.3 4.4 6.1 5.5 6.5 7.1 5 6.2 3.5 7.1 3.9 5.5 2.7 4.4 4.3 4.3Z",
            true,
        ),
        Some(Pillar::Legislature) => glyph("M1 7.6A4 4 0 0 1 9 7.6Z", true, "M3 7.6A2 2 0 0 1 7 7.6", false),
        Some(Pillar::Justice) => glyph("M5 .8 9.2 5 5 9.2 .8 5Z", true, "M5 3V7M3.2 5H6.8", false),
        Some(Pillar::Independent) => glyph(
            "M.6 5Q5 .6 9.4 5Q5 9.4 .6 5Z",
            false,
            "M3.4 5A1.6 1.6 0 1 1 6.6 5A1.6 1.6 0 1 1 3.4 5Z",
            true,
        ),
        Some(Pillar::Internal) => {
            glyph(SQUARE, false, "M3.2 5A1.8 1.8 0 1 1 6.8 5A1.8 1.8 0 1 1 3.2 5Z", true)
        }
        Some(Pillar::Society) => glyph(
            "M3.4 3A1.6 1.6 0 1 1 6.6 3A1.6 1.6 0 1 1 3.4 3ZM.8 7A1.6 1.6 0 1 1 4 7A1.6 1.6 0 1 1 .8 7ZM6 7A1.6 1.6 0 1 1 9.2 7A1.6 1.6 0 1 1 6 7Z",
            true,
            "",
            false,
        ),
        Some(Pillar::International) => glyph(DISC, false, "M1 5H9M5 1Q8 5 5 9Q2 5 5 1", false),
        Some(Pillar::Provider) => glyph("M1.4 1.4H8.6V5Q8.6 7.8 5 9.2Q1.4 7.8 1.4 5Z", true, "", false),
        None => glyph("M3 5A2 2 0 1 1 7 5A2 2 0 1 1 3 5Z", true, "", false),
    }
}

/// Returns the glyph of ways of control that are alike, in a colour.
pub fn way_glyph(way: Way, colour: &'static str) -> Glyph {
    let glyph = |outline, mark, solid| Glyph { colour, outline, filled: false, mark, solid };
    match way {
        // A person, an arrow, a coin, a page, a speech bubble, a balance, an eye.
        Way::Selects => glyph(
            "M1.6 9Q1.6 5.6 5 5.6Q8.4 5.6 8.4 9Z",
            "M3.2 3A1.8 1.8 0 1 1 6.8 3A1.8 1.8 0 1 1 3.2 3Z",
            true,
        ),
        Way::Directs => glyph("M1.2 3.6H5V1.4L9 5 5 8.6V6.4H1.2Z", "", false),
        Way::Funds => glyph(DISC, "M5 2.8V7.2M3.6 4H6.4M3.6 6H6.4", false),
        Way::Legislates => glyph("M2 1H8V9H2Z", "M3.6 3.4H6.4M3.6 5H6.4M3.6 6.6H6.4", false),
        Way::Asks => glyph("M1 1.6H9V6.6H5.4L3 9V6.6H1Z", "M3 3.4H7M3 4.9H6", false),
        Way::Judges => glyph(
            "M.9 5.6H3.9Q3.6 7.4 2.4 7.4Q1.2 7.4 .9 5.6ZM6.1 5.6H9.1Q8.8 7.4 7.6 7.4Q6.4 7.4 6.1 5.6Z",
            "M5 1.2V9M2.4 2.6H7.6M2.4 2.6V5.4M7.6 2.6V5.4M3.4 9H6.6",
            false,
        ),
        Way::Watches => {
            glyph("M.6 5Q5 .4 9.4 5Q5 9.6 .6 5Z", "M3.6 5A1.4 1.4 0 1 1 6.4 5A1.4 1.4 0 1 1 3.6 5Z", true)
        }
    }
}
