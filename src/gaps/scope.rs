//! Whom a norm binds.

use super::World;
use crate::model::{InstitutionId, Norm, Standing};
use petgraph::Direction;
use petgraph::visit::EdgeRef;

/// Returns whether `norm` binds the body on the world's day.
///
/// # Source
/// `docs/verdicts.md`, "Norm", scope.
pub(super) fn binds(world: &World<'_>, norm: &Norm, id: InstitutionId) -> bool {
    let graph = world.graph();
    let body = graph.institution(id);
    let scope = &norm.scope;
    if !world.exists(id) || !body.types.meets(scope.types.all) {
        return false;
    }
    let narrowed_by_power = !scope.where_power.is_empty() && !norm.forbids_power();
    if narrowed_by_power && !body.powers.meets(scope.where_power) {
        return false;
    }
    if !scope.where_parent_of.named.is_empty() {
        let is_such = |child: &InstitutionId| {
            world.exists(*child) && graph.institution(*child).types.meets(scope.where_parent_of.all)
        };
        if !world.children(id).iter().any(is_such) {
            return false;
        }
    }
    scope.where_oversees.named.is_empty()
        || graph.network.edges_directed(id, Direction::Outgoing).any(|edge| {
            world.standing(edge.id()) == Standing::InForce
                && graph.institution(edge.target()).types.meets(scope.where_oversees.all)
        })
}
