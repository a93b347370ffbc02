//! How many findings of each verdict, by severity and by the pillar that a norm asks for.

use super::{Finding, Verdict};
use crate::model::{Graph, Pillar, Severity};

/// Numbers of findings, one for each verdict of [`Verdict::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts([usize; Verdict::ALL.len()]);

impl Counts {
    /// Returns the number of findings with this verdict.
    pub fn of(&self, verdict: Verdict) -> usize {
        self.0[verdict as usize]
    }

    /// Returns the number of all findings.
    pub fn total(&self) -> usize {
        self.0.iter().sum()
    }

    /// Returns the worst verdict that there is; nothing, where there is no finding.
    pub fn worst(&self) -> Option<Verdict> {
        Verdict::ALL.iter().copied().find(|verdict| self.of(*verdict) > 0)
    }

    /// Counts one more.
    pub fn add(&mut self, verdict: Verdict) {
        self.0[verdict as usize] += 1;
    }

    /// Counts one less.
    pub fn take(&mut self, verdict: Verdict) {
        let count = &mut self.0[verdict as usize];
        *count = count.saturating_sub(1);
    }

    /// Counts all that `other` counts as well.
    pub fn add_all(&mut self, other: &Self) {
        for (own, more) in self.0.iter_mut().zip(other.0) {
            *own += more;
        }
    }
}

/// The counts of some findings.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Of all.
    pub all: Counts,
    /// By severity of the norm, the gravest first; only severities that occur.
    pub by_severity: Vec<(Severity, Counts)>,
    /// By pillar of the overseers that the norm names; a norm that names several counts in each, one that names
    /// none under `None`, which comes last.
    pub by_pillar: Vec<(Option<Pillar>, Counts)>,
}

impl Summary {
    /// Counts `findings`.
    pub fn of(graph: &Graph, findings: &[Finding<'_>]) -> Self {
        let mut all = Counts::default();
        let mut severities = [Counts::default(); Severity::ALL.len()];
        let mut pillars = [Counts::default(); Pillar::ALL.len()];
        let mut any = Counts::default();
        for finding in findings {
            all.add(finding.verdict);
            severities[finding.norm.severity as usize].add(finding.verdict);
            let overseers = &finding.norm.evidence.overseers;
            if overseers.named.is_empty() {
                any.add(finding.verdict);
            }
            for pillar in graph.vocabulary.pillars_of(overseers.all) {
                pillars[pillar as usize].add(finding.verdict);
            }
        }
        let counted = |counts: &Counts| counts.total() > 0;
        Self {
            all,
            by_severity: zip(Severity::ALL, &severities).filter(|(_, c)| counted(c)).collect(),
            by_pillar: zip(Pillar::ALL, &pillars)
                .map(|(pillar, counts)| (Some(pillar), counts))
                .chain([(None, any)])
                .filter(|(_, c)| counted(c))
                .collect(),
        }
    }
}

fn zip<'a, W: Copy>(words: &'a [W], counts: &'a [Counts]) -> impl Iterator<Item = (W, Counts)> + 'a {
    words.iter().copied().zip(counts.iter().copied())
}
