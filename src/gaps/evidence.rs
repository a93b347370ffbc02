//! The links that speak for a norm, or against it.

use super::World;
use super::independence::is_independent;
use crate::model::{Independence, InstitutionId, Link, LinkId, Norm, Polarity, Standing};

/// What is on record of how an overseer is selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection {
    /// The norm does not ask, or it does not matter for this type of overseer.
    NotAsked,
    /// Links in force tell who selects it.
    OnRecord,
    /// No link in force tells who selects it: it passes as independent.
    NotOnRecord,
}

/// A link as evidence for a norm and a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The link.
    pub link: LinkId,
    /// In force or on paper.
    pub standing: Standing,
    /// Whether the link is over a body above, not over the body itself.
    pub inherited: bool,
    /// Whether it falls short of the effect asked for or bears a limit that the norm excludes.
    pub weak: bool,
    /// What is known of the overseer's selection.
    pub selection: Selection,
}

/// Returns every link that counts, fits the norm's mechanisms and overseer types, and reaches the body: over itself
/// or over a body above from which the mechanism extends down.
///
/// Independence is not looked at here, nor whether the overseer is the body itself.
pub(super) fn fitting<'w>(
    world: &'w World<'_>,
    norm: &'w Norm,
    id: InstitutionId,
) -> impl Iterator<Item = (LinkId, InstitutionId, bool)> + 'w {
    let graph = world.graph();
    let asked = &norm.evidence;
    let over = |body: InstitutionId| world.over(body).iter().copied();
    let inherited = world.ancestors(id).iter().flat_map(move |above| {
        let types = graph.institution(*above).types;
        over(*above)
            .filter(move |link| graph.vocabulary.reaches_below(graph.network[*link].mechanism, types))
            .map(|link| (link, true))
    });
    over(id).map(|link| (link, false)).chain(inherited).filter_map(move |(link, inherited)| {
        let (overseer, weight, _) = graph.link(link);
        let mechanism_fits = asked.mechanisms.is_empty() || asked.mechanisms.contains(weight.mechanism);
        let type_fits =
            asked.overseers.named.is_empty() || graph.institution(overseer).types.meets(asked.overseers.all);
        (mechanism_fits && type_fits).then_some((link, overseer, inherited))
    })
}

/// Returns the evidence for a norm that requires, or the offending links for one that forbids, by link IRI.
///
/// # Source
/// `docs/verdicts.md`, "Evidence", "Weak evidence", and for `forbid` under "Verdict".
pub(super) fn gather(world: &World<'_>, norm: &Norm, id: InstitutionId) -> Vec<Piece> {
    let graph = world.graph();
    let mut pieces: Vec<Piece> = fitting(world, norm, id)
        .filter(|(link, overseer, inherited)| match norm.polarity {
            Polarity::Require => {
                *overseer != id
                    && norm.evidence.independent_of.is_none_or(|of| is_independent(world, *overseer, id, of))
            }
            Polarity::Forbid => {
                world.standing(*link) == Standing::InForce
                    && offends(world, *overseer, id, *inherited, norm.evidence.independent_of)
            }
        })
        .map(|(link, overseer, inherited)| Piece {
            link,
            standing: world.standing(link),
            inherited,
            weak: norm.polarity == Polarity::Require && is_weak(norm, &graph.network[link]),
            selection: selection(world, norm, overseer),
        })
        .collect();
    pieces.sort_by_key(|piece| piece.link);
    pieces
}

fn offends(
    world: &World<'_>,
    overseer: InstitutionId,
    id: InstitutionId,
    inherited: bool,
    independent_of: Option<Independence>,
) -> bool {
    match independent_of {
        None => overseer != id,
        // The body's own link over itself offends; one over a body above is not a link over itself.
        Some(_) if overseer == id => !inherited,
        Some(of) => !is_independent(world, overseer, id, of),
    }
}

fn is_weak(norm: &Norm, link: &Link) -> bool {
    let falls_short =
        matches!((norm.evidence.least_effect, link.effect), (Some(least), Some(effect)) if effect < least);
    falls_short || link.limits.meets(norm.evidence.excludes_limits)
}

fn selection(world: &World<'_>, norm: &Norm, overseer: InstitutionId) -> Selection {
    let graph = world.graph();
    if norm.evidence.independent_of.is_none()
        || graph.institution(overseer).types.meets(graph.vocabulary.tenured)
    {
        Selection::NotAsked
    } else if world.selectors(overseer).is_empty() {
        Selection::NotOnRecord
    } else {
        Selection::OnRecord
    }
}
