//! Ways of control: the mechanisms in seven groups that a small glyph can tell.

use super::words::Phrase;
use crate::model::{MechanismSet, Vocabulary};

/// Mechanisms that are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Puts people into office and takes them out.
    Selects,
    /// Commands, directs, authorises.
    Directs,
    /// Gives money and looks where it went.
    Funds,
    /// Makes the rules.
    Legislates,
    /// Asks, hears, gets reports.
    Asks,
    /// Prosecutes and judges.
    Judges,
    /// Looks on, inspects, takes complaints.
    Watches,
}

impl Way {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::Selects,
        Self::Directs,
        Self::Funds,
        Self::Legislates,
        Self::Asks,
        Self::Judges,
        Self::Watches,
    ];

    /// Returns the way of a mechanism; one that is not known here looks on.
    pub fn of(slug: &str) -> Self {
        match slug {
            "nomination"
            | "appointment"
            | "consent-to-appointment"
            | "dismissal"
            | "no-confidence"
            | "election"
            | "competitive-selection" => Self::Selects,
            "command"
            | "policy-direction"
            | "coordination"
            | "deployment-authorisation"
            | "operation-authorisation"
            | "surveillance-authorisation"
            | "licensing" => Self::Directs,
            "budget-preparation"
            | "budget-approval"
            | "budget-execution-control"
            | "financial-audit"
            | "performance-audit"
            | "procurement-control" => Self::Funds,
            "legislation" | "standard-setting" | "integrity-policy" => Self::Legislates,
            "hearing"
            | "interpellation"
            | "inquiry"
            | "annual-report"
            | "information-access"
            | "asset-declaration"
            | "public-consultation" => Self::Asks,
            "judicial-review"
            | "pre-trial-supervision"
            | "prosecution"
            | "criminal-investigation"
            | "disciplinary" => Self::Judges,
            _ => Self::Watches,
        }
    }

    pub(super) fn phrase(self) -> Phrase {
        match self {
            Self::Selects => Phrase::Selects,
            Self::Directs => Phrase::Directs,
            Self::Funds => Phrase::Funds,
            Self::Legislates => Phrase::Legislates,
            Self::Asks => Phrase::Asks,
            Self::Judges => Phrase::Judges,
            Self::Watches => Phrase::Watches,
        }
    }

    /// Returns the ways of some mechanisms, each once, in order.
    pub fn of_all(vocabulary: &Vocabulary, mechanisms: MechanismSet) -> Vec<Self> {
        let mut ways: Vec<Self> =
            mechanisms.iter().map(|id| Self::of(vocabulary.mechanisms.slug(id))).collect();
        ways.sort_unstable();
        ways.dedup();
        ways
    }
}
