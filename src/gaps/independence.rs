//! Whether an overseer is independent of the body that it oversees.

use super::World;
use crate::model::{Independence, InstitutionId, Pillar, TypeSet};

/// Why an overseer is not independent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// It is this superior of the body.
    Is(InstitutionId),
    /// It is below this body: the body itself, or a superior.
    Below(InstitutionId),
    /// It is selected by this body, and bodies below it, alone.
    SelectedBy(InstitutionId),
    /// This body, itself or one above it, is of the executive or a provider.
    Executive(InstitutionId),
    /// It is selected by bodies of the executive or provider group alone.
    SelectedByExecutive,
}

/// Returns why `overseer` is not independent as `of` asks, for links over `id`; nothing where it is.
///
/// # Source
/// `docs/verdicts.md`, "Evidence", independence.
pub(super) fn tie(
    world: &World<'_>,
    overseer: InstitutionId,
    id: InstitutionId,
    of: Independence,
) -> Option<Tie> {
    match of {
        Independence::Overseen => tie_to(world, overseer, id),
        Independence::Ministry => tie_to(world, overseer, id).or_else(|| {
            up_to_ministry(world, id).into_iter().find_map(|above| {
                if overseer == above { Some(Tie::Is(above)) } else { tie_to(world, overseer, above) }
            })
        }),
        Independence::Executive => {
            let executive = executive_or_provider(world);
            let is_such = |body: InstitutionId| world.graph().institution(body).types.meets(executive);
            let mut upwards = std::iter::once(overseer).chain(world.ancestors(overseer).iter().copied());
            let own = upwards.find(|body| is_such(*body)).map(Tie::Executive);
            own.or_else(|| selected_only(world, overseer, is_such).then_some(Tie::SelectedByExecutive))
        }
    }
}

/// Returns whether `overseer` is below `body` or selected by it alone.
fn tie_to(world: &World<'_>, overseer: InstitutionId, body: InstitutionId) -> Option<Tie> {
    if world.is_below(overseer, body) {
        return Some(Tie::Below(body));
    }
    let within = |selector| selector == body || world.is_below(selector, body);
    selected_only(world, overseer, within).then_some(Tie::SelectedBy(body))
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
