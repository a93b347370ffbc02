//! Whether an overseer is independent of the body that it oversees.

use super::World;
use crate::model::{Independence, InstitutionId, Pillar, TypeSet};

/// Returns whether `overseer` is independent as `of` asks, for links over `id`.
///
/// # Source
/// `docs/verdicts.md`, "Evidence", independence.
pub(super) fn is_independent(
    world: &World<'_>,
    overseer: InstitutionId,
    id: InstitutionId,
    of: Independence,
) -> bool {
    match of {
        Independence::Overseen => is_free_of(world, overseer, id),
        Independence::Ministry => {
            is_free_of(world, overseer, id)
                && up_to_ministry(world, id)
                    .iter()
                    .all(|above| overseer != *above && is_free_of(world, overseer, *above))
        }
        Independence::Executive => {
            let executive = executive_or_provider(world);
            let is_such = |body: InstitutionId| world.graph().institution(body).types.meets(executive);
            !is_such(overseer)
                && !world.ancestors(overseer).iter().any(|above| is_such(*above))
                && !selected_only(world, overseer, is_such)
        }
    }
}

/// Returns whether `overseer` is neither below `body` nor selected by it alone.
fn is_free_of(world: &World<'_>, overseer: InstitutionId, body: InstitutionId) -> bool {
    !world.is_below(overseer, body)
        && !selected_only(world, overseer, |selector| selector == body || world.is_below(selector, body))
}

/// Returns whether the body is selected, and by none but bodies `such` that; not asked of those with tenure.
fn selected_only(world: &World<'_>, body: InstitutionId, such: impl Fn(InstitutionId) -> bool) -> bool {
    let has_tenure = world.graph().institution(body).types.meets(world.graph().vocabulary.tenured);
    let selectors = world.selectors(body);
    !has_tenure && !selectors.is_empty() && selectors.iter().all(|selector| such(*selector))
}

/// The ancestors up to and including the nearest of the executive group, on each way up; all of them, if there
/// is none.
fn up_to_ministry(world: &World<'_>, id: InstitutionId) -> Vec<InstitutionId> {
    let graph = world.graph();
    let executive = graph.vocabulary.pillar_types(Pillar::Executive);
    let mut found: Vec<InstitutionId> = Vec::new();
    let mut at = 0;
    let mut wave = &graph.institution(id).parents[..];
    loop {
        for parent in wave {
            if *parent != id && !found.contains(parent) {
                found.push(*parent);
            }
        }
        let Some(next) = found.get(at) else { return found };
        let body = graph.institution(*next);
        wave = if body.types.meets(executive) { &[] } else { &body.parents };
        at += 1;
    }
}

fn executive_or_provider(world: &World<'_>) -> TypeSet {
    let vocabulary = &world.graph().vocabulary;
    vocabulary.pillar_types(Pillar::Executive).or(vocabulary.pillar_types(Pillar::Provider))
}
