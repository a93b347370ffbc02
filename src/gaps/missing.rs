//! What would fill a gap: kinds of overseers, mechanisms, numbers, and the bodies that could step in.

use super::evidence::{Piece, fitting};
use super::verdict::Tally;
use super::{Missing, World};
use crate::model::{InstitutionId, MechanismSet, Norm, Standing, TypeId, TypeSet};

/// Returns what evidence in force that is not weak leaves open.
pub(super) fn missing(world: &World<'_>, norm: &Norm, evidence: &[Piece]) -> Missing {
    let graph = world.graph();
    let asked = &norm.evidence;
    let sound = || evidence.iter().filter(|piece| !piece.weak && piece.standing == Standing::InForce);
    let tally = Tally::of(world, sound());
    let overseers = asked.at_least.saturating_sub(tally.overseers.len() as u32);
    let pillars = asked.at_least_pillars.saturating_sub(tally.pillars.len() as u32);
    let too_few = overseers > 0 || pillars > 0;
    let present =
        tally.overseers.iter().fold(TypeSet::default(), |all, o| all.or(graph.institution(*o).types));
    let is_absent = |named: &TypeId| !graph.vocabulary.expand(&[*named]).meets(present);
    Missing {
        overseer_types: if too_few {
            asked.overseers.named.iter().copied().filter(is_absent).collect()
        } else {
            Vec::new()
        },
        mechanisms: if asked.all_mechanisms {
            asked.mechanisms.without(tally.mechanisms)
        } else if too_few {
            asked.mechanisms
        } else {
            MechanismSet::default()
        },
        overseers,
        pillars,
    }
}

/// Returns the bodies of the missing types that exist in the body's country and have no such link over it, in
/// force or on paper. None where the norm names no type of overseer: anybody would do then.
pub(super) fn candidates(
    world: &World<'_>,
    norm: &Norm,
    id: InstitutionId,
    missing: &Missing,
) -> Vec<InstitutionId> {
    let graph = world.graph();
    let types = if missing.overseer_types.is_empty() {
        norm.evidence.overseers.all
    } else {
        graph.vocabulary.expand(&missing.overseer_types)
    };
    let country = graph.institution(id).country;
    let linked: Vec<InstitutionId> = fitting(world, norm, id).collect();
    graph
        .institutions()
        .filter(|(body, at)| {
            *body != id
                && at.types.meets(types)
                && at.country == country
                && world.exists(*body)
                && !linked.contains(body)
        })
        .map(|(body, _)| body)
        .collect()
}
