//! What marks are made of: rectangles, lines of text, paths; where each is, and what space it takes.
//!
//! # Invariants
//! * Lengths are pixels of 1/96 inch from the upper left corner.

use super::text::Type;

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left side.
    pub x: f64,
    /// Upper side.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Rect {
    /// Returns a rectangle.
    pub const fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self { x, y, width, height }
    }

    /// The right side.
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// The lower side.
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// Halfway between the left and the right side.
    pub fn centre(&self) -> f64 {
        self.x + self.width / 2.0
    }

    /// Halfway between the upper and the lower side.
    pub fn middle(&self) -> f64 {
        self.y + self.height / 2.0
    }

    /// Returns whether the two share more than an edge.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// Returns whether `other` lies within, give or take `slack` pixels.
    pub fn holds(&self, other: &Self, slack: f64) -> bool {
        self.x - slack <= other.x
            && self.y - slack <= other.y
            && other.right() <= self.right() + slack
            && other.bottom() <= self.bottom() + slack
    }

    /// Returns the rectangle grown by `by` on each side.
    #[must_use]
    pub fn grown(&self, by: f64) -> Self {
        Self::new(self.x - by, self.y - by, self.width + 2.0 * by, self.height + 2.0 * by)
    }

    /// Returns the smallest rectangle that holds both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let (right, bottom) = (self.right().max(other.right()), self.bottom().max(other.bottom()));
        Self::new(x, y, right - x, bottom - y)
    }
}

/// Where a text is tied to its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    #[default]
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// A line of text.
#[derive(Clone, Debug)]
pub struct Text {
    /// Where its anchor is.
    pub x: f64,
    /// Its base line.
    pub y: f64,
    /// Size, weight and colour.
    pub kind: Type,
    /// Which end of it is at `x`.
    pub anchor: Anchor,
    /// How far it is turned about its anchor, in degrees, clockwise.
    pub turn: f64,
    /// What it says.
    pub content: String,
}

impl Text {
    /// Returns a text that begins at `x`.
    pub fn new(kind: Type, x: f64, y: f64, content: impl Into<String>) -> Self {
        Self { x, y, kind, anchor: Anchor::Start, turn: 0.0, content: content.into() }
    }

    /// Returns the text tied otherwise to its place.
    #[must_use]
    pub fn anchored(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    /// Returns the text turned.
    #[must_use]
    pub fn turned(self, turn: f64) -> Self {
        Self { turn, ..self }
    }

    /// Returns the space that the text takes.
    pub fn bounds(&self) -> Rect {
        let width = self.kind.width(&self.content);
        let left = match self.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => -width / 2.0,
            Anchor::End => -width,
        };
        let (up, down) = (self.kind.size * 0.8, self.kind.size * 0.25);
        let (sin, cos) = self.turn.to_radians().sin_cos();
        let corner =
            |x: f64, y: f64| Rect::new(self.x + x * cos - y * sin, self.y + x * sin + y * cos, 0.0, 0.0);
        let corners = [corner(left + width, -up), corner(left, down), corner(left + width, down)];
        corners.iter().fold(corner(left, -up), |all, corner| all.union(corner))
    }
}

/// A step of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Begins at a point.
    Move(f64, f64),
    /// Goes straight to a point.
    Line(f64, f64),
    /// Goes to the last point in a cubic curve by two control points.
    Curve((f64, f64), (f64, f64), (f64, f64)),
    /// Goes back to where it began.
    Close,
}

/// Steps one after the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path(pub Vec<Step>);

impl Path {
    /// Returns a line through `points`.
    pub fn line(points: &[(f64, f64)]) -> Self {
        let step = |(at, (x, y)): (usize, &(f64, f64))| {
            if at == 0 { Step::Move(*x, *y) } else { Step::Line(*x, *y) }
        };
        Self(points.iter().enumerate().map(step).collect())
    }

    /// Returns a curve that leaves one point and arrives at the other level.
    pub fn level(from: (f64, f64), to: (f64, f64)) -> Self {
        let mut path = Self(vec![Step::Move(from.0, from.1)]);
        path.level_to(to);
        path
    }

    /// Goes on to `to`, level at both ends.
    pub fn level_to(&mut self, to: (f64, f64)) {
        let from = self.end();
        let bend = (to.0 - from.0) / 2.0;
        self.0.push(Step::Curve((from.0 + bend, from.1), (to.0 - bend, to.1), to));
    }

    /// Goes on to `to`, upright at both ends.
    pub fn upright_to(&mut self, to: (f64, f64)) {
        let from = self.end();
        let bend = (to.1 - from.1) / 2.0;
        self.0.push(Step::Curve((from.0, from.1 + bend), (to.0, to.1 - bend), to));
    }

    /// The first point.
    pub fn begin(&self) -> (f64, f64) {
        match self.0.first() {
            Some(Step::Move(x, y)) => (*x, *y),
            _ => (0.0, 0.0),
        }
    }

    /// The last point.
    pub fn end(&self) -> (f64, f64) {
        match self.0.last() {
            Some(Step::Move(x, y) | Step::Line(x, y)) => (*x, *y),
            Some(Step::Curve(_, _, end)) => *end,
            Some(Step::Close) | None => self.begin(),
        }
    }

    /// Returns the path moved.
    #[must_use]
    pub fn shifted(&self, dx: f64, dy: f64) -> Self {
        let moved = |(x, y): (f64, f64)| (x + dx, y + dy);
        let step = |step: &Step| match *step {
            Step::Move(x, y) => Step::Move(x + dx, y + dy),
            Step::Line(x, y) => Step::Line(x + dx, y + dy),
            Step::Curve(a, b, c) => Step::Curve(moved(a), moved(b), moved(c)),
            Step::Close => Step::Close,
        };
        Self(self.0.iter().map(step).collect())
    }

    /// Returns an arrow head at the last point, in the direction in which the path arrives.
    #[must_use]
    pub fn head(&self, size: f64) -> Self {
        let (x, y) = self.end();
        let before = match self.0.as_slice() {
            [.., Step::Curve(_, control, _)] => *control,
            [.., Step::Move(x, y) | Step::Line(x, y) | Step::Curve(_, _, (x, y)), Step::Line(..)] => (*x, *y),
            _ => (x - 1.0, y),
        };
        let (dx, dy) = (x - before.0, y - before.1);
        let length = dx.hypot(dy).max(1e-6);
        let (dx, dy) = (dx / length * size, dy / length * size);
        let mut head = Self::line(&[
            (x, y),
            (x - dx - dy * 0.42, y - dy + dx * 0.42),
            (x - dx + dy * 0.42, y - dy - dx * 0.42),
        ]);
        head.0.push(Step::Close);
        head
    }

    /// Returns a rectangle that holds the path: that of its points and control points.
    pub fn bounds(&self) -> Rect {
        let points = self.0.iter().flat_map(|step| match step {
            Step::Move(x, y) | Step::Line(x, y) => vec![(*x, *y)],
            Step::Curve(a, b, c) => vec![*a, *b, *c],
            Step::Close => vec![],
        });
        points
            .map(|(x, y)| Rect::new(x, y, 0.0, 0.0))
            .reduce(|all, point| all.union(&point))
            .unwrap_or_default()
    }

    /// Returns points along the path, close to each other, from its begin to its end.
    pub fn points(&self) -> Vec<(f64, f64)> {
        const PARTS: i32 = 24;
        let mut points = Vec::new();
        let mut at = self.begin();
        for step in &self.0 {
            match step {
                Step::Move(x, y) => points.push((*x, *y)),
                Step::Line(x, y) => points.extend((1..=PARTS).map(|part| {
                    let t = f64::from(part) / f64::from(PARTS);
                    (at.0 + (x - at.0) * t, at.1 + (y - at.1) * t)
                })),
                Step::Curve(a, b, c) => points.extend((1..=PARTS).map(|part| {
                    let there = f64::from(part) / f64::from(PARTS);
                    let left = 1.0 - there;
                    let mix = |from: f64, first: f64, second: f64, to: f64| {
                        left.powi(3) * from
                            + 3.0 * left * left * there * first
                            + 3.0 * left * there * there * second
                            + there.powi(3) * to
                    };
                    (mix(at.0, a.0, b.0, c.0), mix(at.1, a.1, b.1, c.1))
                })),
                Step::Close => points.push(self.begin()),
            }
            at = points.last().copied().unwrap_or(at);
        }
        points
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPE: Type = Type { size: 10.0, bold: false, colour: "#000000" };

    #[test]
    fn a_text_takes_the_space_of_its_anchor_and_turn() {
        let text = Text::new(TYPE, 50.0, 20.0, "word");
        let bounds = text.bounds();
        assert!((bounds.x - 50.0).abs() < 1e-9 && bounds.y < 20.0 && bounds.bottom() > 20.0);
        assert!((text.clone().anchored(Anchor::End).bounds().right() - 50.0).abs() < 1e-9);
        let turned = text.turned(-90.0).bounds();
        assert!((turned.height - bounds.width).abs() < 1e-9 && turned.bottom() <= 20.0 + 1e-9);
    }

    #[test]
    fn a_head_points_where_the_path_arrives() {
        let head = Path::level((0.0, 0.0), (10.0, 30.0)).head(4.0);
        assert_eq!(head.begin(), (10.0, 30.0));
        assert!((head.bounds().x - 6.0).abs() < 1e-9);
        let down = Path::line(&[(5.0, 0.0), (5.0, 9.0)]).head(3.0).bounds();
        assert!((down.y - 6.0).abs() < 1e-9);
    }

    #[test]
    fn points_run_from_begin_to_end() {
        let mut path = Path::level((0.0, 0.0), (10.0, 30.0));
        path.level_to((20.0, 0.0));
        let points = path.points();
        assert_eq!((points[0], points[points.len() - 1]), ((0.0, 0.0), (20.0, 0.0)));
        assert!(points.iter().all(|(_, y)| (0.0..=30.0).contains(y)));
    }
}
