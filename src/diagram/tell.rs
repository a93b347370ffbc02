//! Words of charts: sentences in two languages beside their use, verdicts, tallies.

use super::page::{Mark, Page, Sample};
use super::pile::Pile;
use super::style::{self, PALE_SMALL};
use super::words::Words;
use crate::gaps::{Counts, Verdict};
use crate::wording::{Tongue, phrases};

impl Words<'_> {
    /// Returns the one in the language of the picture: English, where there is no other.
    pub(super) fn tell<'t>(self, english: &'t str, ukrainian: &'t str) -> &'t str {
        match self.tongue() {
            Tongue::English => english,
            Tongue::Ukrainian => ukrainian,
        }
    }

    /// Returns the word for a verdict that people read.
    pub(super) fn verdict(self, verdict: Verdict) -> &'static str {
        self.tongue().verdict(verdict)
    }

    /// Returns a number of findings with a verdict.
    pub(super) fn number_of(self, number: usize, verdict: Verdict) -> String {
        self.tongue().fill(phrases::NUMBER_OF_VERDICT, &[&number, &self.verdict(verdict)])
    }

    /// Returns how many of each verdict.
    pub(super) fn tally(self, counts: &Counts) -> String {
        let there = Verdict::ALL.iter().filter(|verdict| counts.of(**verdict) > 0);
        let parts: Vec<String> = there.map(|verdict| self.number_of(counts.of(*verdict), *verdict)).collect();
        if parts.is_empty() {
            self.tell("no finding", "жодного висновку").to_owned()
        } else {
            parts.join(", ")
        }
    }

    /// Returns samples of the verdicts that occur as areas, with their meanings.
    pub(super) fn samples(self, counts: &Counts) -> Vec<Sample> {
        let there = Verdict::ALL.iter().filter(|verdict| counts.of(**verdict) > 0);
        let sample = |verdict: &Verdict| {
            let mark = Mark::Area(style::fill(*verdict).ground, Some(style::glyph_on(*verdict)));
            (mark, style::meaning_in(*verdict, self.language).to_owned())
        };
        there.map(sample).collect()
    }
}

/// Adds sentences that explain marks, below the legend.
pub(super) fn explain(page: &mut Page, sentences: &[&str]) {
    let mut pile = Pile::new(page.inner());
    pile.write(PALE_SMALL, &sentences.join("  ·  "), 0.0, 0.0, 4);
    page.put(pile);
}
