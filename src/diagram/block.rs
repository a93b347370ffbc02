//! Pieces of a page that are filled from top to bottom and then moved to their place: boxes, headings, the key.

pub use super::scene::Rect;
use super::style::{self, LACK, NAME, PALE_NAME, SMALL, SMALL_STRONG, STRONG};
use super::text::Type;
use super::{KeyEntry, Node, NodeKind};
use crate::gaps::Verdict;

/// Width of a glyph and the space after it.
pub(super) const INDENT: f64 = 13.0;
/// The least height of a box.
const LEAST_HEIGHT: f64 = 16.5;
/// Where the norms begin in a numbered box, below its disc.
const BELOW_NUMBER: f64 = 18.5;

/// A line of text.
#[derive(Clone, Debug)]
pub struct Text {
    /// Where it begins.
    pub x: f64,
    /// Its base line.
    pub y: f64,
    /// Size, weight and colour.
    pub kind: Type,
    /// What it says.
    pub content: String,
}

/// A piece of a page: its outline and what is in it.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// Its outline.
    pub rect: Rect,
    /// What it says.
    pub texts: Vec<Text>,
    /// Verdict glyphs with their upper left corners.
    pub glyphs: Vec<(Verdict, f64, f64)>,
    /// Centre and number of a disc.
    pub number: Option<(f64, f64, usize)>,
}

impl Block {
    pub(super) fn new(width: f64) -> Self {
        let rect = Rect { width, ..Rect::default() };
        Self { rect, ..Self::default() }
    }

    /// Adds a line at the present height, without going on below it.
    pub(super) fn put(&mut self, kind: Type, x: f64, content: String) {
        let (x, y) = (self.rect.x + x, self.rect.bottom() + kind.size);
        self.texts.push(Text { x, y, kind, content });
    }

    /// Adds at most `limit` lines below what is there, from `x` to `margin` before the right side.
    pub(super) fn write(&mut self, kind: Type, content: &str, x: f64, margin: f64, limit: usize) {
        for line in kind.wrap(content, self.rect.width - x - margin, limit).lines {
            self.put(kind, x, line);
            self.rect.height += kind.leading();
        }
    }

    /// Adds a glyph beside the next line.
    pub(super) fn glyph(&mut self, verdict: Verdict, x: f64) {
        self.glyphs.push((verdict, self.rect.x + x, self.rect.bottom()));
    }

    pub(super) fn move_to(&mut self, x: f64, y: f64) {
        let (dx, dy) = (x - self.rect.x, y - self.rect.y);
        (self.rect.x, self.rect.y) = (x, y);
        let texts = self.texts.iter_mut().map(|text| (&mut text.x, &mut text.y));
        let glyphs = self.glyphs.iter_mut().map(|(_, x, y)| (x, y));
        let number = self.number.iter_mut().map(|(x, y, _)| (x, y));
        for (x, y) in texts.chain(glyphs).chain(number) {
            *x += dx;
            *y += dy;
        }
    }
}

/// A box, at least `height` high: name, then verdicts with their norms, last those that are only counted.
pub(super) fn card(node: &Node, width: f64, height: f64) -> Block {
    let kind = match node.kind {
        NodeKind::Missing | NodeKind::NotEnough => LACK,
        NodeKind::OnPaper => PALE_NAME,
        NodeKind::Overseer => NAME,
        NodeKind::Body => STRONG,
    };
    let mut card = Block::new(width);
    card.rect.height = 1.5;
    card.number = node.number.map(|number| (13.0, 10.0, number));
    card.write(kind, &node.label, if node.number.is_some() { 26.0 } else { 6.0 }, 6.0, 2);
    if node.number.is_some() {
        card.rect.height = card.rect.height.max(BELOW_NUMBER);
    }
    let (listed, counted): (Vec<_>, Vec<_>) = node.rows.iter().partition(|row| !row.ids.is_empty());
    for row in listed {
        card.rect.height += 1.5;
        card.glyph(row.verdict, 8.0);
        let content = format!("{} {}: {}", row.count, style::word(row.verdict), row.ids.join(", "));
        card.write(SMALL, &content, 8.0 + INDENT, 6.0, usize::MAX);
    }
    let mut x = 8.0;
    for row in &counted {
        let content = format!("{} {}", row.count, style::word(row.verdict));
        card.glyph(row.verdict, x);
        x += INDENT;
        let end = x + SMALL.width(&content) + 10.0;
        card.put(SMALL, x, content);
        x = end;
    }
    if !counted.is_empty() {
        card.rect.height += SMALL.leading();
    }
    card.rect.height = (card.rect.height + 2.5).max(height).max(LEAST_HEIGHT);
    card
}

/// A norm in the key: id and title, then what is missing and for which bodies.
pub(super) fn key_entry(entry: &KeyEntry, width: f64) -> Block {
    let mut block = Block::new(width);
    let id = SMALL_STRONG.wrap(&entry.id, width / 2.0, 1).lines.concat();
    let indent = SMALL_STRONG.width(&id) + 4.0;
    block.put(SMALL_STRONG, 0.0, id);
    block.write(SMALL_STRONG, &entry.title, indent, 0.0, usize::MAX);
    for line in &entry.lines {
        // Bodies whose evidence is weak in the same way are named together.
        let mut whys: Vec<(&str, String)> = Vec::new();
        for (number, why) in &line.bodies {
            match whys.iter_mut().find(|(known, _)| known == why) {
                Some((_, numbers)) => numbers.extend([", ", &number.to_string()]),
                None => whys.push((why, number.to_string())),
            }
        }
        let bodies = whys.into_iter().map(|(why, numbers)| match why {
            "" => numbers,
            why => format!("{numbers} ({why})"),
        });
        let bodies = bodies.collect::<Vec<_>>().join("; ");
        block.glyph(line.verdict, 1.0);
        let content = format!("{}: {}. Bodies: {bodies}.", style::word(line.verdict), line.text);
        block.write(SMALL, &content, INDENT, 0.0, usize::MAX);
    }
    block.rect.height += 5.0;
    block
}
