//! Holds norms against the links of a graph and says, body by body, what is met, on paper, missing or unknown.
//!
//! [`evaluate`] is the one entry. It takes a [`World`], which is a graph on a day, and goes through scope
//! (`scope.rs`), evidence (`evidence.rs`), independence (`independence.rs`), survey (`survey.rs`) and verdict
//! (`verdict.rs`); `missing.rs` tells what would fill a gap.
//!
//! # Invariants
//! * The rules are those of `docs/verdicts.md`, to the letter; generated SPARQL and SHACL must agree.
//! * Every existing body in a norm's scope has exactly one finding; bodies out of scope have none.
//! * Silence is not absence: without evidence the verdict is a gap only where a survey covers the norm's mechanisms.
//! * Same graph, norms and day: same findings, same order. Nothing here reads a clock or a file.

mod evidence;
mod explain;
mod independence;
mod kin;
mod missing;
mod profile;
mod scope;
pub mod shacl;
pub mod sparql;
mod summary;
mod survey;
mod verdict;

pub use crate::model::{Trust, World};
pub use evidence::{Piece, Refusal, Selection};
pub use explain::{Considered, Explanation, Grounds, explain};
pub use independence::Tie;
pub use kin::{Kinship, kin};
pub use profile::{Profile, ProfileError};
pub use scope::Unbound;
pub use summary::{Counts, Summary};
pub use verdict::Tally;

use crate::model::{Date, Graph, InstitutionId, LinkId, MechanismSet, Norm, Polarity, TypeId, TypeSet};
use std::fmt;

/// What a norm comes to for a body on a day, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Nothing answers to the norm though the record is complete, or what it forbids is there.
    Gap,
    /// There is evidence, but not enough.
    Partial,
    /// The law has it, but it does not work.
    OnPaper,
    /// Nothing is on record, and no survey says that the record is complete.
    Unknown,
    /// The norm is met.
    Met,
}

impl Verdict {
    /// All verdicts, the worst first.
    pub const ALL: &[Self] = &[Self::Gap, Self::Partial, Self::OnPaper, Self::Unknown, Self::Met];

    /// The word in JSON and on the command line.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Gap => "gap",
            Self::Partial => "partial",
            Self::OnPaper => "on-paper",
            Self::Unknown => "unknown",
            Self::Met => "met",
        }
    }

    /// Finds the verdict with this slug.
    pub fn of_slug(slug: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|verdict| verdict.slug() == slug)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

/// One norm, one body, one day: the verdict and what it rests on.
#[derive(Clone, Debug)]
pub struct Finding<'g> {
    /// The norm.
    pub norm: &'g Norm,
    /// The body.
    pub institution: InstitutionId,
    /// The verdict.
    pub verdict: Verdict,
    /// The links that are shown for it, by IRI.
    pub evidence: Vec<Piece>,
    /// What is missing; nothing where the norm is met or forbids.
    pub missing: Missing,
    /// Existing bodies of the missing types that have no such link, by IRI.
    pub candidates: Vec<InstitutionId>,
    /// The day of the survey that covers the norm for this body; `None` inside where the survey tells no day.
    pub surveyed: Option<Option<Date>>,
}

impl Finding<'_> {
    /// Returns whether a link that is shown as evidence is not verified.
    pub fn rests_on_unverified(&self, graph: &Graph) -> bool {
        self.evidence.iter().any(|piece| !graph.network[piece.link].verified)
    }

    /// Returns the types of overseers that the finding is about: of those who meet the norm or offend against it, where
    /// links decide; else of those missing. Nothing where the norm names none.
    pub fn overseers(&self, graph: &Graph) -> TypeSet {
        let asked = &self.norm.evidence.overseers;
        if asked.named.is_empty() {
            TypeSet::default()
        } else if self.is_settled() {
            let types = self.links().map(|link| graph.institution(graph.link(link).0).types);
            types.fold(TypeSet::default(), TypeSet::or).and(asked.all)
        } else if self.missing.overseer_types.is_empty() {
            asked.all
        } else {
            graph.vocabulary.expand(&self.missing.overseer_types)
        }
    }

    /// Returns whether links decide the finding: those that meet the norm, or those that offend against it.
    pub fn is_settled(&self) -> bool {
        !self.evidence.is_empty() && (self.verdict == Verdict::Met || self.norm.polarity == Polarity::Forbid)
    }

    /// Returns the links shown as evidence.
    pub fn links(&self) -> impl Iterator<Item = LinkId> {
        self.evidence.iter().map(|piece| piece.link)
    }
}

/// What evidence in force that is not weak leaves open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    /// The norm's overseer types, as named, of which nobody is there.
    pub overseer_types: Vec<TypeId>,
    /// The mechanisms of which more is needed.
    pub mechanisms: MechanismSet,
    /// How many different overseers are missing.
    pub overseers: u32,
    /// How many different pillars are missing.
    pub pillars: u32,
}

/// Decides each of `norms` for every body in its scope.
///
/// # Returns
/// Findings by country, then norm, then institution, each by IRI or id.
///
/// # Cost
/// Proportional to norms × bodies in scope × links over a body and its ancestors.
pub fn evaluate<'g>(world: &World<'g>, norms: &[&'g Norm]) -> Vec<Finding<'g>> {
    let graph = world.graph();
    let mut findings = Vec::new();
    for norm in norms {
        for (id, _) in graph.institutions() {
            if scope::unbound(world, norm, id).is_none() {
                findings.push(verdict::decide(world, norm, id));
            }
        }
    }
    // Norms come by id and institutions by IRI, so a stable sort by country is all that is left to do.
    let country =
        |finding: &Finding<'_>| graph.institution(finding.institution).country.map(|c| graph.text(c));
    findings.sort_by(|a, b| country(a).cmp(&country(b)).then_with(|| a.norm.id.cmp(&b.norm.id)));
    findings
}

/// Decides `norm` for one body, without telling what is missing; nothing where the norm does not bind it.
///
/// # Returns
/// The verdict of [`evaluate`], and every link that is evidence or offends, by IRI: more than a [`Finding`] shows.
///
/// # Cost
/// That of the links over the body and its ancestors; candidates, which cost most, are not looked for.
pub fn judge(world: &World<'_>, norm: &Norm, id: InstitutionId) -> Option<(Verdict, Vec<Piece>)> {
    scope::unbound(world, norm, id).is_none().then(|| verdict::judge(world, norm, id))
}
