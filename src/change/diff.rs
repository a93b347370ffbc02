//! Findings whose verdict differs between two days, and the links that stand behind it.
//!
//! # Invariants
//! * Both days are asked of one graph, so a difference is one of law, never of data or norms.
//! * A cause is a link that speaks for or against the norm on one of the days and not, or not in the same way, on the
//!   other; the evaluator's own rules say so ([`explain`]).

use crate::gaps::{Considered, Finding, Piece, Refusal, Verdict, World, evaluate, explain};
use crate::model::{InstitutionId, LinkId, Norm, Standing};
use std::collections::BTreeMap;

/// A finding that differs between two days.
#[derive(Clone, Debug)]
pub struct Difference<'g> {
    /// The norm.
    pub norm: &'g Norm,
    /// The body.
    pub institution: InstitutionId,
    /// The verdict on the earlier day; nothing where the norm did not bind the body.
    pub before: Option<Verdict>,
    /// The verdict on the later day; nothing where the norm does not bind the body.
    pub after: Option<Verdict>,
    /// The links behind it, by IRI.
    pub causes: Vec<Reason>,
}

/// A link that counts otherwise on the later day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The link.
    pub link: LinkId,
    /// What became of it.
    pub shift: Shift,
}

/// What became of a link as evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    /// It counts now and did not before.
    Began,
    /// It counted before and does no longer.
    Ended,
    /// It was on paper and is in force now.
    Enlivened,
    /// It was in force and is on paper now.
    Idled,
    /// It stands as before, but its overseer became independent, or ceased to be.
    Independence,
}

impl Difference<'_> {
    /// Returns whether the later day is better: fewer is missing, or what bound no body is met.
    pub fn is_better(&self) -> bool {
        rank(self.after) > rank(self.before)
    }
}

/// Verdicts from the worst; a norm that does not bind stands between.
fn rank(verdict: Option<Verdict>) -> u8 {
    match verdict {
        Some(Verdict::Gap) => 0,
        Some(Verdict::Partial) => 1,
        Some(Verdict::OnPaper) => 2,
        Some(Verdict::Unknown) => 3,
        None => 4,
        Some(Verdict::Met) => 5,
    }
}

/// Returns the findings that differ, by norm, then body.
///
/// # Arguments
/// * `before`, `after`: the same graph on two days.
/// * `norms`: those that are held against both.
pub fn diff<'g>(before: &World<'g>, after: &World<'g>, norms: &[&'g Norm]) -> Vec<Difference<'g>> {
    let (old, new) = (evaluate(before, norms), evaluate(after, norms));
    let mut pairs: BTreeMap<(&str, InstitutionId), [Option<&Finding<'g>>; 2]> = BTreeMap::new();
    for (at, findings) in [&old, &new].into_iter().enumerate() {
        for finding in findings {
            pairs.entry((finding.norm.id.as_str(), finding.institution)).or_default()[at] = Some(finding);
        }
    }
    let mut changes = Vec::new();
    for ((_, institution), [old, new]) in pairs {
        let [verdict_before, verdict_after] = [old, new].map(|finding| finding.map(|f| f.verdict));
        let Some(norm) = old.or(new).map(|finding| finding.norm) else { continue };
        if verdict_before != verdict_after {
            changes.push(Difference {
                norm,
                institution,
                before: verdict_before,
                after: verdict_after,
                causes: causes(before, after, norm, institution),
            });
        }
    }
    changes
}

fn causes(before: &World<'_>, after: &World<'_>, norm: &Norm, id: InstitutionId) -> Vec<Reason> {
    let graph = before.graph();
    let Some(norm) = graph.norm(&norm.id) else { return Vec::new() };
    let mut causes: Vec<Reason> = explain(before, norm, id)
        .links
        .iter()
        .zip(&explain(after, norm, id).links)
        .filter_map(|(old, new)| shift(old, new).map(|shift| Reason { link: old.link, shift }))
        .collect();
    causes.sort_by_key(|cause| cause.link);
    causes.dedup();
    causes
}

/// Says what became of a link, which both days look at in the same order.
fn shift(old: &Considered, new: &Considered) -> Option<Shift> {
    let standing = |piece: Piece| piece.standing;
    match (old.outcome, new.outcome) {
        (Ok(old), Ok(new)) => match (standing(old), standing(new)) {
            (Standing::OnPaper, Standing::InForce) => Some(Shift::Enlivened),
            (Standing::InForce, Standing::OnPaper) => Some(Shift::Idled),
            _ => None,
        },
        (Err(Refusal::Tied(_) | Refusal::Free), Ok(_)) | (Ok(_), Err(Refusal::Tied(_) | Refusal::Free)) => {
            Some(Shift::Independence)
        }
        (Err(Refusal::OnPaper), Ok(_)) => Some(Shift::Enlivened),
        (Ok(_), Err(Refusal::OnPaper)) => Some(Shift::Idled),
        (Err(_), Ok(_)) => Some(Shift::Began),
        (Ok(_), Err(_)) => Some(Shift::Ended),
        (Err(_), Err(_)) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_met_norm_is_better_than_none_and_none_than_a_gap() {
        assert!(rank(Some(Verdict::Met)) > rank(None) && rank(None) > rank(Some(Verdict::Gap)));
    }
}
