//! Which other norms say the same, or nearly so.

use crate::model::{Graph, Norm};

/// How near another norm is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kinship {
    /// It asks for (or forbids) the same links over some of the same types.
    Same,
    /// It serves one of the same principles over some of the same types, by some of the same overseers and mostly
    /// the same mechanisms.
    Near,
}

impl Kinship {
    /// The word in JSON.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Near => "near",
        }
    }
}

/// Returns the norms that say the same as `norm` or nearly so, the same first, then by id.
pub fn kin<'g>(graph: &'g Graph, norm: &Norm) -> Vec<(Kinship, &'g Norm)> {
    let others = graph.norms.iter().filter(|other| other.iri != norm.iri);
    let mut kin: Vec<_> =
        others.filter_map(|other| kinship(norm, other).map(|kinship| (kinship, other))).collect();
    kin.sort_by_key(|(kinship, _)| *kinship);
    kin
}

fn kinship(norm: &Norm, other: &Norm) -> Option<Kinship> {
    if norm.polarity != other.polarity || !norm.scope.types.all.meets(other.scope.types.all) {
        return None;
    }
    if norm.forbids_power() || other.forbids_power() {
        let same = norm.forbids_power() == other.forbids_power()
            && norm.scope.where_power.meets(other.scope.where_power);
        return same.then_some(Kinship::Same);
    }
    let (a, b) = (&norm.evidence, &other.evidence);
    let same = a.overseers.all == b.overseers.all
        && a.mechanisms == b.mechanisms
        && a.all_mechanisms == b.all_mechanisms
        && a.at_least == b.at_least
        && a.at_least_pillars == b.at_least_pillars
        && a.independent_of == b.independent_of;
    if same {
        return Some(Kinship::Same);
    }
    let overseers = a.overseers.named.is_empty()
        || b.overseers.named.is_empty()
        || a.overseers.all.meets(b.overseers.all);
    // At least half of what either names is named by both.
    let mechanisms = 2 * a.mechanisms.and(b.mechanisms).len() >= a.mechanisms.or(b.mechanisms).len();
    let principle = norm.principles.iter().any(|principle| other.principles.contains(principle));
    (overseers && mechanisms && principle).then_some(Kinship::Near)
}
