//! Wording that several texts share.

use crate::gaps::{Finding, Verdict};
use crate::model::{Graph, Interval, Link, Norm, Polarity, Severity, Standing};
use crate::store::check::Level;
use crate::wording::Wording;
use crate::wording::phrases::{self, Phrase};
use std::fmt::Write as _;

/// How words are set apart on a terminal; plain text otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// No escape codes.
    Plain,
    /// ANSI colours.
    Colour,
}

impl Palette {
    /// Returns `text` in the style.
    pub(super) fn paint(self, style: anstyle::Style, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Colour => format!("{style}{text}{style:#}"),
        }
    }

    /// Returns `text` in the style of a verdict.
    pub(super) fn verdict(self, verdict: Verdict, text: &str) -> String {
        use anstyle::AnsiColor::{Blue, Green, Red, Yellow};
        let colour = match verdict {
            Verdict::Gap => Red,
            Verdict::Partial => Yellow,
            Verdict::OnPaper => Blue,
            Verdict::Met => Green,
            Verdict::Unknown => return self.dim(text),
        };
        self.paint(anstyle::Style::new().bold().fg_color(Some(colour.into())), text)
    }

    /// Returns `text` in the style of a level of issues.
    pub(super) fn level(self, level: Level, text: &str) -> String {
        use anstyle::AnsiColor::{Blue, Red, Yellow};
        let colour = match level {
            Level::Error => Red,
            Level::Warn => Yellow,
            Level::Info => Blue,
        };
        self.paint(anstyle::Style::new().bold().fg_color(Some(colour.into())), text)
    }

    /// Returns `text` in bold.
    pub(super) fn bold(self, text: &str) -> String {
        self.paint(anstyle::Style::new().bold(), text)
    }

    /// Returns `text` set back.
    pub(super) fn dim(self, text: &str) -> String {
        self.paint(anstyle::Style::new().dimmed(), text)
    }
}

/// Names the act and the provisions behind a link: `law-sbu-1992 art. 24(3)`.
pub(super) fn basis(graph: &Graph, link: &Link, w: Wording<'_, '_>) -> String {
    let act = link.basis.iter().find_map(|basis| basis.act).map(|act| crate::vocab::slug(graph.text(act)));
    match (act, graph.provisions(link)) {
        (Some(act), Some(provisions)) => format!("{act} {provisions}"),
        (Some(act), None) => act.to_owned(),
        (None, Some(provisions)) => provisions,
        (None, None) => w.say(phrases::NO_PROVISION).to_owned(),
    }
}

/// Tells when a link, or a body, began and ended: `since 2018-07-08`, `2003 to 2018-07-08`; `unknown` where neither
/// is on record.
pub(super) fn period(interval: Interval, w: Wording<'_, '_>, unknown: Phrase) -> String {
    match (interval.start, interval.end) {
        (Some(start), None) => w.fill(phrases::SINCE, &[&start]),
        (Some(start), Some(end)) => w.fill(phrases::FROM_TO, &[&start, &end]),
        (None, Some(end)) => w.fill(phrases::UNTIL, &[&end]),
        (None, None) => w.say(unknown).to_owned(),
    }
}

/// Names the verdict, as wide as the widest, and the severity.
pub(super) fn verdict_and_severity(finding: &Finding<'_>, w: Wording<'_, '_>, palette: Palette) -> String {
    let widest = |words: &mut dyn Iterator<Item = usize>| words.max().unwrap_or(0);
    let verdicts = widest(&mut Verdict::ALL.iter().map(|verdict| w.verdict(*verdict).chars().count()));
    let severities = widest(&mut Severity::ALL.iter().map(|severity| w.severity(*severity).chars().count()));
    let verdict = format!("{:<verdicts$}", w.verdict(finding.verdict));
    let verdict = palette.verdict(finding.verdict, &verdict);
    format!("{verdict} {:<severities$}", w.severity(finding.norm.severity))
}

/// Tells what a finding lacks, or what it finds that must not be, with the word for which of the two.
pub(super) fn told_lack(graph: &Graph, finding: &Finding<'_>, w: Wording<'_, '_>) -> String {
    let forbids = finding.norm.polarity == Polarity::Forbid;
    let lead = if forbids { phrases::BREACH } else { phrases::MISSING };
    w.fill(lead, &[&lack(graph, finding, w)])
}

/// Tells what a finding lacks, or what it finds that must not be.
pub(super) fn lack(graph: &Graph, finding: &Finding<'_>, w: Wording<'_, '_>) -> String {
    let norm = finding.norm;
    if norm.polarity == Polarity::Forbid {
        return forbidden(graph, norm, w);
    }
    let missing = &finding.missing;
    let vocabulary = &graph.vocabulary;
    let mut text = match missing.overseers {
        0 => String::new(),
        1 => w.say(phrases::AN_OVERSEER).to_owned(),
        number => w.count(phrases::OVERSEERS, number as usize),
    };
    // One pillar comes with the first overseer; only a norm that asks for several is short of pillars as such.
    if missing.pillars > 0 && norm.evidence.at_least_pillars > 1 {
        let pillars = w.count(phrases::MORE_PILLARS, missing.pillars as usize);
        if text.is_empty() {
            text = w.fill(phrases::OVERSEERS_FROM, &[&w.fill(phrases::FROM, &[&pillars])]);
        } else {
            text.push_str(", ");
            text.push_str(&w.fill(phrases::FROM, &[&pillars]));
        }
    }
    if !missing.overseer_types.is_empty() {
        let types = w.any_of(&w.terms(&vocabulary.types, missing.overseer_types.iter().copied()));
        text.push_str(if text.is_empty() { "" } else { ": " });
        text.push_str(&types);
    }
    if !missing.mechanisms.is_empty() {
        let mechanisms = w.terms(&vocabulary.mechanisms, missing.mechanisms.iter());
        text.push_str(if text.is_empty() { "" } else { ", " });
        text.push_str(&if norm.evidence.all_mechanisms {
            w.fill(phrases::WITH_MECHANISMS, &[&w.all_of(&mechanisms)])
        } else {
            w.fill(phrases::BY_MECHANISMS, &[&w.any_of(&mechanisms)])
        });
    }
    if let Some(of) = norm.evidence.independent_of {
        let _ = write!(text, " ({})", w.fill(phrases::INDEPENDENT_OF, &[&w.of_whom(of)]));
    }
    text
}

fn forbidden(graph: &Graph, norm: &Norm, w: Wording<'_, '_>) -> String {
    let vocabulary = &graph.vocabulary;
    if norm.forbids_power() {
        let powers = w.any_of(&w.terms(&vocabulary.powers, norm.scope.where_power.iter()));
        return w.fill(phrases::HOLDS_FORBIDDEN_POWER, &[&powers]);
    }
    let asked = &norm.evidence;
    let what = if asked.mechanisms.is_empty() {
        w.say(phrases::ANY_CONTROL).to_owned()
    } else {
        w.any_of(&w.terms(&vocabulary.mechanisms, asked.mechanisms.iter()))
    };
    let mut text = w.fill(phrases::MUST_NOT_BE_UNDER, &[&what]);
    if !asked.overseers.named.is_empty() {
        let types = w.any_of(&w.terms(&vocabulary.types, asked.overseers.named.iter().copied()));
        text.push_str(&w.fill(phrases::FORBIDDEN_BY, &[&types]));
    }
    if let Some(of) = asked.independent_of {
        text.push_str(&w.fill(phrases::FORBIDDEN_BY_DEPENDENT, &[&w.of_whom(of)]));
    }
    text
}

/// Tells why a link does less than its mechanism says: on paper, too weak for the norm, not verified.
pub(super) fn caveats(
    graph: &Graph,
    link: &Link,
    standing: Standing,
    too_weak_for: Option<&Norm>,
    w: Wording<'_, '_>,
) -> Vec<String> {
    let mut caveats = Vec::new();
    if standing == Standing::OnPaper {
        caveats.push(w.fill(phrases::TODAY, &[&w.status(link.status)]));
    }
    if let Some(norm) = too_weak_for {
        let least = norm.evidence.least_effect;
        let falls_short = link.effect.filter(|effect| least.is_some_and(|least| *effect < least));
        let excluded = link.limits.and(norm.evidence.excludes_limits);
        let limits = w.terms(&graph.vocabulary.limits, excluded.iter());
        let reasons: Vec<String> =
            falls_short.map(|effect| w.effect(effect)).into_iter().chain(limits).collect();
        caveats.push(w.fill(phrases::WEAK, &[&reasons.join(", ")]));
    }
    if !link.verified {
        caveats.push(w.say(phrases::NOT_VERIFIED).to_owned());
    }
    caveats
}
