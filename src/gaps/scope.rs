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
    if !scope.where_parent_of.named.is_empty() {
        let is_such = |child: &InstitutionId| {
            world.exists(*child) && graph.institution(*child).types.meets(scope.where_parent_of.all)
        };
        if !world.children(id).iter().any(is_such) {
            return Some(Unbound::NoSuchChild);
        }
    }
    let oversees = || {
        graph.network.edges_directed(id, Direction::Outgoing).any(|edge| {
            world.standing(edge.id()) == Standing::InForce
                && graph.institution(edge.target()).types.meets(scope.where_oversees.all)
        })
    };
    (!scope.where_oversees.named.is_empty() && !oversees()).then_some(Unbound::OverseesNone)
}
