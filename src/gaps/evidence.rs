//! The links that speak for a norm, or against it.

use super::World;
use super::independence::{Tie, tie};
use crate::model::{InstitutionId, Link, LinkId, Norm, Polarity, Standing};

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

/// Why a link is no evidence for a norm and a body: the first rule that refuses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The norm does not ask for its mechanism.
    Mechanism,
    /// It is over a body above, and its mechanism does not reach down.
    ReachesNotDown,
    /// It is over a head of state, head of government or government, and its mechanism does not reach through.
    ReachesNotThroughCabinet,
    /// Its overseer is of none of the types asked for.
    OverseerType,
    /// It does not count on the day.
    Out,
    /// The norm forbids, and the link is on paper only.
    OnPaper,
    /// Its overseer is the body itself.
    Itself,
    /// Its overseer is not independent.
    Tied(Tie),
    /// The norm forbids control by the dependent, and its overseer is independent.
    Free,
}

/// Every link over the body, and over a body above it, that counts; the latter are inherited.
fn over<'w>(world: &'w World<'_>, id: InstitutionId) -> impl Iterator<Item = (LinkId, bool)> + 'w {
    let above = world.ancestors(id).iter().flat_map(|above| world.over(*above)).map(|link| (*link, true));
    world.over(id).iter().map(|link| (*link, false)).chain(above)
}

/// Returns why a link does not fit the norm's mechanisms and overseer types or does not reach the body; nothing where
/// it does. Independence is not looked at here, nor whether the overseer is the body itself.
fn unfit(world: &World<'_>, norm: &Norm, link: LinkId, inherited: bool) -> Option<Refusal> {
    let graph = world.graph();
    let asked = &norm.evidence;
    let (overseer, Link { mechanism, .. }, overseen) = graph.link(link);
    if !asked.mechanisms.is_empty() && !asked.mechanisms.contains(*mechanism) {
        return Some(Refusal::Mechanism);
    }
    if inherited && !graph.vocabulary.reaches_below(*mechanism, graph.institution(overseen).types) {
        let reaches = graph.vocabulary.extends_down.contains(*mechanism);
        return Some(if reaches { Refusal::ReachesNotThroughCabinet } else { Refusal::ReachesNotDown });
    }
    if !asked.overseers.named.is_empty() && !graph.institution(overseer).types.meets(asked.overseers.all) {
        return Some(Refusal::OverseerType);
    }
    (world.standing(link) == Standing::Out).then_some(Refusal::Out)
}

/// Returns the overseers of the links that fit and reach the body, independent or not.
pub(super) fn fitting<'w>(
    world: &'w World<'_>,
    norm: &'w Norm,
    id: InstitutionId,
) -> impl Iterator<Item = InstitutionId> + 'w {
    over(world, id)
        .filter(|(link, inherited)| unfit(world, norm, *link, *inherited).is_none())
        .map(|(link, _)| world.graph().link(link).0)
}

/// Returns the link as evidence for a norm that requires, or as an offence against one that forbids; or why it is
/// neither.
///
/// # Arguments
/// * `link`: over the body, or, `inherited`, over a body above it.
///
/// # Errors
/// The [`Refusal`].
///
/// # Source
/// `docs/verdicts.md`, "Evidence", "Weak evidence", and for `forbid` under "Verdict".
pub(super) fn admit(
    world: &World<'_>,
    norm: &Norm,
    id: InstitutionId,
    link: LinkId,
    inherited: bool,
) -> Result<Piece, Refusal> {
    if let Some(refusal) = unfit(world, norm, link, inherited) {
        return Err(refusal);
    }
    let overseer = world.graph().link(link).0;
    let standing = world.standing(link);
    let of = norm.evidence.independent_of;
    let tie = || of.and_then(|of| tie(world, overseer, id, of));
    match norm.polarity {
        Polarity::Require => {
            if overseer == id {
                return Err(Refusal::Itself);
            }
            if let Some(tie) = tie() {
                return Err(Refusal::Tied(tie));
            }
        }
        Polarity::Forbid if standing != Standing::InForce => return Err(Refusal::OnPaper),
        // The body's own link over itself offends where independence is asked for; one over a body above is not a
        // link over itself.
        Polarity::Forbid if overseer == id => {
            if of.is_none() || inherited {
                return Err(Refusal::Itself);
            }
        }
        Polarity::Forbid => {
            if of.is_some() && tie().is_none() {
                return Err(Refusal::Free);
            }
        }
    }
    Ok(Piece {
        link,
        standing,
        inherited,
        weak: norm.polarity == Polarity::Require && is_weak(norm, &world.graph().network[link]),
        selection: selection(world, norm, overseer),
    })
}

/// Returns the evidence for a norm that requires, or the offending links for one that forbids, by link IRI.
pub(super) fn gather(world: &World<'_>, norm: &Norm, id: InstitutionId) -> Vec<Piece> {
    let admitted =
        over(world, id).filter_map(|(link, inherited)| admit(world, norm, id, link, inherited).ok());
    let mut pieces: Vec<Piece> = admitted.collect();
    pieces.sort_by_key(|piece| piece.link);
    pieces
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
