//! Control links: the edges of the graph.

use super::date::{Day, Interval};
use super::scheme::{LimitSet, MechanismId};
use super::text::{Labels, Symbol};
use super::words::{Effect, Status};
use petgraph::graph::EdgeIndex;

/// A link's place in [`super::Graph::network`]; places are in the order of IRIs.
pub type LinkId = EdgeIndex<u32>;

/// The provision, or the act as a whole, on which something rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Basis {
    /// IRI of the provision, or of the act where no provision is named.
    pub iri: Symbol,
    /// IRI of the act.
    pub act: Option<Symbol>,
    /// Number of the provision, such as `art. 85(1)(22)`.
    pub number: Option<Symbol>,
}

/// One control of one body by another; overseer and overseen are the ends of the edge.
#[derive(Clone, Debug)]
pub struct Link {
    /// Its IRI.
    pub iri: Symbol,
    /// How the overseer controls.
    pub mechanism: MechanismId,
    /// What the law says of it.
    pub status: Status,
    /// From when until when.
    pub interval: Interval,
    /// The provisions behind it, in natural order of their numbers.
    pub basis: Vec<Basis>,
    /// How hard it bites; absent: not assessed.
    pub effect: Option<Effect>,
    /// What blunts it; none: nothing found, or not assessed.
    pub limits: LimitSet,
    /// What the provision gives, and what limits it.
    pub comment: Labels,
    /// Addresses of the pages read.
    pub sources: Vec<Symbol>,
    /// Whether the pages read say so.
    pub verified: bool,
}

/// How a link stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It is in force.
    InForce,
    /// It is in law, but does not work.
    OnPaper,
    /// It does not count.
    Out,
}

impl Standing {
    /// The word in exports and JSON.
    pub fn slug(self) -> &'static str {
        match self {
            Self::InForce => "in-force",
            Self::OnPaper => "on-paper",
            Self::Out => "no",
        }
    }
}

/// Why a link does not count on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// It begins later.
    NotBegun,
    /// It is over.
    Over,
    /// Its status is `proposed`.
    Proposed,
    /// It is repealed, and nobody knows when.
    RepealedWithoutEnd,
}

impl Link {
    /// Says how the link stands on `day` by its own status and dates; whether its ends exist is asked elsewhere.
    ///
    /// # Source
    /// `docs/verdicts.md`, "In force".
    pub fn standing(&self, day: Day) -> Standing {
        self.judge(day).unwrap_or(Standing::Out)
    }

    /// Says how the link stands on `day`, or why it does not count.
    ///
    /// # Errors
    /// The [`Lapse`] where it stands [`Standing::Out`].
    pub fn judge(&self, day: Day) -> Result<Standing, Lapse> {
        if self.interval.start.is_some_and(|start| start.first_day() > day) {
            return Err(Lapse::NotBegun);
        }
        if !self.interval.contains(day) {
            return Err(Lapse::Over);
        }
        match self.status {
            Status::InForce => Ok(Standing::InForce),
            Status::Repealed if self.interval.end.is_some() => Ok(Standing::InForce),
            Status::NotOperational | Status::Suspended => Ok(Standing::OnPaper),
            Status::Repealed => Err(Lapse::RepealedWithoutEnd),
            Status::Proposed => Err(Lapse::Proposed),
        }
    }
}
