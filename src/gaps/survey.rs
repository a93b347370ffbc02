//! Whether the record is complete for a norm and a body.

use super::World;
use crate::model::{Date, InstitutionId, MechanismSet, Survey};

/// Returns the day of the surveys that cover every one of `mechanisms` (all there are, if empty) for the body, by
/// itself or by its country; nothing, if one is not covered.
///
/// For each mechanism the latest survey counts; of these days the earliest is told, for the record is only as
/// fresh as its oldest part. A survey without a day covers all the same.
pub(super) fn covering(
    world: &World<'_>,
    id: InstitutionId,
    mechanisms: MechanismSet,
) -> Option<Option<Date>> {
    let all = world.graph().vocabulary.mechanisms.all();
    let wanted = if mechanisms.is_empty() { all } else { mechanisms };
    let surveys: Vec<&Survey> = world.surveys(id).collect();
    let mut days = Vec::with_capacity(wanted.len());
    for mechanism in wanted.iter() {
        let covering = surveys.iter().filter(|survey| survey.mechanisms.contains(mechanism));
        days.push(covering.map(|survey| survey.on).max()?);
    }
    Some(days.into_iter().flatten().min())
}

/// Returns the day of the latest survey that covers the body at all.
pub(super) fn any(world: &World<'_>, id: InstitutionId) -> Option<Option<Date>> {
    world.surveys(id).map(|survey| survey.on).max()
}
