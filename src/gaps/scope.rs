//! Whom a norm binds.

use super::World;
use crate::model::{InstitutionId, Norm, Standing};
use petgraph::Direction;
use petgraph::visit::EdgeRef;

/// Why a norm does not bind a body: the first condition that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unbound {
    /// It does not exist on the day.
    Absent,
    /// It is of none of the types.
    Type,
    /// It holds none of the powers.
    Power,
    /// No body of the types asked for is directly below it.
    NoSuchChild,
    /// It has no link in force over a body of the types asked for.
    OverseesNone,
}

/// Returns why `norm` does not bind the body on the world's day; nothing where it does.
///
/// # Source
/// `docs/verdicts.md`, "Norm", scope.
pub(super) fn unbound(world: &World<'_>, norm: &Norm, id: InstitutionId) -> Option<Unbound> {
    let graph = world.graph();
    let body = graph.institution(id);
    let scope = &norm.scope;
    if !body.types.meets(scope.types.all) {
        return Some(Unbound::Type);
    }
    if !world.exists(id) {
        return Some(Unbound::Absent);
    }
    let narrowed_by_power = !scope.where_power.is_empty() && !norm.forbids_power();
    if narrowed_by_power && !body.powers.meets(scope.where_power) {
        return Some(Unbound::Power);
    }
    if !scope.where_parent_of.named.is_empty() && children(world, norm, id).next().is_none() {
        return Some(Unbound::NoSuchChild);
    }
    let oversees = || wards(world, norm, id).next().is_some();
    (!scope.where_oversees.named.is_empty() && !oversees()).then_some(Unbound::OverseesNone)
}

/// Returns the existing bodies directly below the body that are of a type of `ov:whereParentOf`.
pub(super) fn children<'w>(
    world: &'w World<'_>,
    norm: &'w Norm,
    id: InstitutionId,
) -> impl Iterator<Item = InstitutionId> + 'w {
    let types = norm.scope.where_parent_of.all;
    let is_such = move |child: &InstitutionId| {
        world.exists(*child) && world.graph().institution(*child).types.meets(types)
    };
    world.children(id).iter().copied().filter(is_such)
}

/// Returns the bodies of a type of `ov:whereOversees` over which the body has a link in force, one for each link.
pub(super) fn wards<'w>(
    world: &'w World<'_>,
    norm: &'w Norm,
    id: InstitutionId,
) -> impl Iterator<Item = InstitutionId> + 'w {
    let (graph, types) = (world.graph(), norm.scope.where_oversees.all);
    graph
        .network
        .edges_directed(id, Direction::Outgoing)
        .filter(move |edge| world.standing(edge.id()) == Standing::InForce)
        .map(|edge| edge.target())
        .filter(move |ward| graph.institution(*ward).types.meets(types))
}
