//! Why a norm comes to its verdict for a body: every link that was looked at, and the rule that admitted or refused it.
//!
//! The rules are asked, not told again: scope, [`admit`] and the verdict are the evaluator's own.

use super::evidence::{Piece, Refusal, admit};
use super::independence::{Tie, tie};
use super::scope::{Unbound, children, unbound, wards};
use super::verdict::{Tally, decide};
use super::{Finding, World};
use crate::model::{InstitutionId, Lapse, LinkId, Norm, Polarity, PowerSet, Standing, TypeSet};

/// The derivation of one finding.
#[derive(Clone, Debug)]
pub struct Explanation<'g> {
    /// The norm.
    pub norm: &'g Norm,
    /// The body.
    pub institution: InstitutionId,
    /// Why the norm does not bind the body; nothing where it does.
    pub unbound: Option<Unbound>,
    /// What of the body the scope looks at.
    pub grounds: Grounds,
    /// The finding, where the norm binds the body.
    pub finding: Option<Finding<'g>>,
    /// Every link over the body and over the bodies above it, nearest first, each by IRI.
    pub links: Vec<Considered>,
    /// What the admitted links come to: those in force and not weak; with those on paper; with weak ones as well.
    pub tallies: [Tally; 3],
}

/// What of a body a norm's scope looks at, as far as the norm asks.
#[derive(Clone, Debug, Default)]
pub struct Grounds {
    /// Its types that the norm binds.
    pub types: TypeSet,
    /// Its powers that the norm looks at.
    pub powers: PowerSet,
    /// The bodies of the types asked for that are directly below it.
    pub children: Vec<InstitutionId>,
    /// The bodies of the types asked for that it has a link in force over.
    pub wards: Vec<InstitutionId>,
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
    /// Why its overseer is not independent, where that is what decided.
    pub tie: Option<Tie>,
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
        graph.links_over(body).into_iter().map(move |link| {
            let outcome = admit(world, norm, id, link, inherited);
            let tie = match outcome {
                Err(Refusal::Tied(tie)) => Some(tie),
                Ok(_) if norm.polarity == Polarity::Forbid => {
                    norm.evidence.independent_of.and_then(|of| tie(world, graph.link(link).0, id, of))
                }
                _ => None,
            };
            Considered { link, inherited, outcome, tie, lapse: graph.network[link].judge(world.day()).err() }
        })
    });
    let links: Vec<Considered> = if norm.forbids_power() { Vec::new() } else { links.collect() };
    let finding = unbound.is_none().then(|| decide(world, norm, id));
    let tallies = tallies(world, &links);
    Explanation { norm, institution: id, unbound, grounds: grounds(world, norm, id), finding, links, tallies }
}

fn grounds(world: &World<'_>, norm: &Norm, id: InstitutionId) -> Grounds {
    let (body, scope) = (world.graph().institution(id), &norm.scope);
    let sorted = |mut bodies: Vec<InstitutionId>| {
        bodies.sort_unstable();
        bodies.dedup();
        bodies
    };
    Grounds {
        types: body.types.and(scope.types.all),
        powers: body.powers.and(scope.where_power),
        children: sorted(children(world, norm, id).collect()),
        wards: sorted(wards(world, norm, id).collect()),
    }
}

fn tallies(world: &World<'_>, links: &[Considered]) -> [Tally; 3] {
    let admitted: Vec<Piece> = links.iter().filter_map(|link| link.outcome.ok()).collect();
    let of = |takes: &dyn Fn(&Piece) -> bool| Tally::of(world, admitted.iter().filter(|piece| takes(piece)));
    [of(&|piece| !piece.weak && piece.standing == Standing::InForce), of(&|piece| !piece.weak), of(&|_| true)]
}
