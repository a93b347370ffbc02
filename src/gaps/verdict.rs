//! The verdict: the first rule that holds.

use super::evidence::{Piece, gather};
use super::missing::{candidates, missing};
use super::{Finding, Missing, Verdict, World, survey};
use crate::model::{InstitutionId, MechanismSet, Norm, Pillar, Polarity, Standing};

/// Decides a norm for a body in its scope.
///
/// # Source
/// `docs/verdicts.md`, "Verdict".
pub(super) fn decide<'g>(world: &World<'g>, norm: &'g Norm, id: InstitutionId) -> Finding<'g> {
    if norm.forbids_power() {
        return forbidden_power(world, norm, id);
    }
    let surveyed = survey::covering(world, id, norm.evidence.mechanisms);
    let mut evidence = gather(world, norm, id);
    let verdict = weighed(world, norm, &evidence, surveyed.is_some());
    let (absent, candidates) = if norm.polarity == Polarity::Require && verdict != Verdict::Met {
        let absent = missing(world, norm, &evidence);
        let candidates = candidates(world, norm, id, &absent);
        (absent, candidates)
    } else {
        (Missing::default(), Vec::new())
    };
    evidence.retain(|piece| match verdict {
        Verdict::Met => piece.standing == Standing::InForce && !piece.weak,
        Verdict::OnPaper => !piece.weak,
        _ => true,
    });
    Finding { norm, institution: id, verdict, evidence, missing: absent, candidates, surveyed }
}

/// Returns the verdict with all the evidence there is, and nothing of what is missing: what [`decide`] comes to, for
/// those who ask for many days.
pub(super) fn judge(world: &World<'_>, norm: &Norm, id: InstitutionId) -> (Verdict, Vec<Piece>) {
    if norm.forbids_power() {
        return (power_verdict(world, norm, id, survey::any(world, id).is_some()), Vec::new());
    }
    let evidence = gather(world, norm, id);
    // Whether the record is complete matters only where nothing else decides.
    let surveyed = evidence.is_empty() && survey::covering(world, id, norm.evidence.mechanisms).is_some();
    (weighed(world, norm, &evidence, surveyed), evidence)
}

fn weighed(world: &World<'_>, norm: &Norm, evidence: &[Piece], surveyed: bool) -> Verdict {
    match norm.polarity {
        Polarity::Require => required(world, norm, evidence, surveyed),
        Polarity::Forbid if !evidence.is_empty() => Verdict::Gap,
        Polarity::Forbid if surveyed => Verdict::Met,
        Polarity::Forbid => Verdict::Unknown,
    }
}

fn required(world: &World<'_>, norm: &Norm, evidence: &[Piece], surveyed: bool) -> Verdict {
    let in_force = Tally::of(world, evidence.iter().filter(|p| !p.weak && p.standing == Standing::InForce));
    let with_paper = Tally::of(world, evidence.iter().filter(|p| !p.weak));
    if in_force.satisfies(norm) {
        Verdict::Met
    } else if with_paper.satisfies(norm) {
        Verdict::OnPaper
    } else if !evidence.is_empty() {
        Verdict::Partial
    } else if surveyed {
        Verdict::Gap
    } else {
        Verdict::Unknown
    }
}

fn forbidden_power<'g>(world: &World<'g>, norm: &'g Norm, id: InstitutionId) -> Finding<'g> {
    let surveyed = survey::any(world, id);
    let verdict = power_verdict(world, norm, id, surveyed.is_some());
    Finding {
        norm,
        institution: id,
        verdict,
        evidence: Vec::new(),
        missing: Missing::default(),
        candidates: Vec::new(),
        surveyed,
    }
}

fn power_verdict(world: &World<'_>, norm: &Norm, id: InstitutionId, surveyed: bool) -> Verdict {
    if world.graph().institution(id).powers.meets(norm.scope.where_power) {
        Verdict::Gap
    } else if surveyed {
        Verdict::Met
    } else {
        Verdict::Unknown
    }
}

/// What a number of links comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The different overseers, by IRI.
    pub overseers: Vec<InstitutionId>,
    /// The different pillars that they are of.
    pub pillars: Vec<Pillar>,
    /// The mechanisms.
    pub mechanisms: MechanismSet,
}

impl Tally {
    pub(super) fn of<'p>(world: &World<'_>, pieces: impl Iterator<Item = &'p Piece>) -> Self {
        let graph = world.graph();
        let mut tally = Self::default();
        for piece in pieces {
            let (overseer, link, _) = graph.link(piece.link);
            tally.overseers.push(overseer);
            tally.mechanisms.insert(link.mechanism);
        }
        tally.overseers.sort_unstable();
        tally.overseers.dedup();
        for overseer in &tally.overseers {
            tally.pillars.extend(graph.vocabulary.pillars_of(graph.institution(*overseer).types));
        }
        tally.pillars.sort_unstable();
        tally.pillars.dedup();
        tally
    }

    fn satisfies(&self, norm: &Norm) -> bool {
        let asked = &norm.evidence;
        self.overseers.len() >= asked.at_least as usize
            && self.pillars.len() >= asked.at_least_pillars as usize
            && (!asked.all_mechanisms || asked.mechanisms.without(self.mechanisms).is_empty())
    }
}
