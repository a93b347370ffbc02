//! Lines of text and glyphs that are piled up from top to bottom and then moved to their place.

use super::scene::{Item, Rect, Text};
use super::style::Glyph;
use super::text::Type;

/// A pile of lines of a fixed width.
#[derive(Clone, Debug, Default)]
pub struct Pile {
    /// Its outline; the height grows.
    pub rect: Rect,
    /// What is in it.
    pub items: Vec<Item>,
    /// Whether words had to go.
    pub cut: bool,
}

impl Pile {
    /// Returns an empty pile.
    pub fn new(width: f64) -> Self {
        Self { rect: Rect::new(0.0, 0.0, width, 0.0), ..Self::default() }
    }

    /// Adds at most `limit` lines below what is there, from `x` to `margin` before the right side.
    pub fn write(&mut self, kind: Type, content: &str, x: f64, margin: f64, limit: usize) {
        let wrapped = kind.wrap(content, self.rect.width - x - margin, limit);
        self.cut |= wrapped.cut;
        for line in wrapped.lines {
            self.beside(kind, x, line);
            self.rect.height += kind.leading();
        }
    }

    /// Adds a line at the present height, without going on below it.
    pub fn beside(&mut self, kind: Type, x: f64, content: impl Into<String>) {
        let (x, y) = (self.rect.x + x, self.rect.bottom() + kind.size);
        self.items.push(Item::Text(Text::new(kind, x, y, content)));
    }

    /// Adds a glyph beside the next line.
    pub fn glyph(&mut self, glyph: Glyph, x: f64, size: f64) {
        self.items.push(Item::Glyph { glyph, x: self.rect.x + x, y: self.rect.bottom(), size });
    }

    /// Leaves some space.
    pub fn space(&mut self, height: f64) {
        self.rect.height += height;
    }

    /// Moves the pile with all that is in it.
    pub fn move_to(&mut self, x: f64, y: f64) {
        let (dx, dy) = (x - self.rect.x, y - self.rect.y);
        (self.rect.x, self.rect.y) = (x, y);
        self.items.iter_mut().for_each(|item| item.shift(dx, dy));
    }
}
