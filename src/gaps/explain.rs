//! Why a norm comes to its verdict for a body: every link that was looked at, and the rule that admitted or refused it.
//!
//! The rules are asked, not told again: scope, [`admit`] and the verdict are the evaluator's own.

use super::evidence::{Piece, Refusal, admit};
use super::scope::{Unbound, unbound};
use super::{Finding, World, verdict};
use crate::model::{InstitutionId, Lapse, LinkId, Norm};

/// The derivation of one finding.
#[derive(Clone, Debug)]
pub struct Explanation<'g> {
    /// The norm.
    pub norm: &'g Norm,
    /// The body.
    pub institution: InstitutionId,
    /// Why the norm does not bind the body; nothing where it does.
    pub unbound: Option<Unbound>,
    /// The finding, where the norm binds the body.
    pub finding: Option<Finding<'g>>,
    /// Every link over the body and over the bodies above it, nearest first, each by IRI.
    pub links: Vec<Considered>,
}

/// One link that was looked at.
#[derive(Clone, Copy, Debug)]
pub struct Considered {
    /// The link.
    pub link: LinkId,
    /// Whether it is over a body above.
    pub inherited: bool,
    /// As what it was admitted, or why not.
    pub outcome: Result<Piece, Refusal>,
    /// Why it does not count on the day, where that is by its own status and dates.
    pub lapse: Option<Lapse>,
}

/// Derives the finding of `norm` for the body.
pub fn explain<'g>(world: &World<'g>, norm: &'g Norm, id: InstitutionId) -> Explanation<'g> {
    let graph = world.graph();
    let unbound = unbound(world, norm, id);
    let above = world.ancestors(id).iter().map(|above| (*above, true));
    let bodies = std::iter::once((id, false)).chain(above);
    let links = bodies.flat_map(|(body, inherited)| {
        graph.links_over(body).into_iter().map(move |link| Considered {
            link,
            inherited,
            outcome: admit(world, norm, id, link, inherited),
            lapse: graph.network[link].judge(world.day()).err(),
        })
    });
    let links = if norm.forbids_power() { Vec::new() } else { links.collect() };
    let finding = unbound.is_none().then(|| verdict::decide(world, norm, id));
    Explanation { norm, institution: id, unbound, finding, links }
}
