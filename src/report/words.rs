//! Wording that several texts share.

use crate::gaps::{Finding, Verdict};
use crate::model::{Effect, Graph, Link, Norm, Polarity, Standing};
use crate::store::check::Level;
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

/// Joins words as a sentence does: `a`, `a or b`, `a, b or c`.
pub(super) fn join(words: &[&str], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [head @ .., tail] => format!("{} {last} {tail}", head.join(", ")),
    }
}

/// Names a mechanism in the language, in lower case.
pub(super) fn mechanism(graph: &Graph, link: &Link, language: &str) -> String {
    let concept = graph.vocabulary.mechanisms.get(link.mechanism);
    concept
        .labels
        .pick(&graph.texts, language)
        .map_or_else(|| concept.slug.clone(), |label| graph.text(label).to_lowercase())
}

/// Names the act and the provisions behind a link: `law-sbu-1992 art. 24(3)`.
pub(super) fn basis(graph: &Graph, link: &Link) -> String {
    let act = link.basis.iter().find_map(|basis| basis.act).map(|act| crate::vocab::slug(graph.text(act)));
    match (act, graph.provisions(link)) {
        (Some(act), Some(provisions)) => format!("{act} {provisions}"),
        (Some(act), None) => act.to_owned(),
        (None, Some(provisions)) => provisions,
        (None, None) => "no provision on record".to_owned(),
    }
}

/// Tells when a link began and ended: `since 2018-07-08`, `2003 to 2018-07-08`.
pub(super) fn period(link: &Link) -> String {
    match (link.interval.start, link.interval.end) {
        (Some(start), None) => format!("since {start}"),
        (Some(start), Some(end)) => format!("{start} to {end}"),
        (None, Some(end)) => format!("until {end}"),
        (None, None) => "start not on record".to_owned(),
    }
}

/// Tells what a finding lacks, or what it finds that must not be.
pub(super) fn lack(graph: &Graph, finding: &Finding<'_>) -> String {
    let norm = finding.norm;
    if norm.polarity == Polarity::Forbid {
        return forbidden(graph, norm);
    }
    let missing = &finding.missing;
    let vocabulary = &graph.vocabulary;
    let types: Vec<&str> = missing.overseer_types.iter().map(|id| vocabulary.types.slug(*id)).collect();
    let mechanisms: Vec<&str> = missing.mechanisms.iter().map(|id| vocabulary.mechanisms.slug(id)).collect();
    let mut text = match missing.overseers {
        0 => String::new(),
        1 => "an overseer".to_owned(),
        number => format!("{number} overseers"),
    };
    // One pillar comes with the first overseer; only a norm that asks for several is short of pillars as such.
    if missing.pillars > 0 && norm.evidence.at_least_pillars > 1 {
        let pillars = if missing.pillars == 1 { "pillar" } else { "pillars" };
        let _ = if text.is_empty() {
            write!(text, "overseers from {} more {pillars}", missing.pillars)
        } else {
            write!(text, ", from {} more {pillars}", missing.pillars)
        };
    }
    if !types.is_empty() {
        let _ = write!(text, "{}{}", if text.is_empty() { "" } else { ": " }, join(&types, "or"));
    }
    if !mechanisms.is_empty() {
        let (by, last) = if norm.evidence.all_mechanisms { ("with ", "and") } else { ("by ", "or") };
        let _ = write!(text, "{}{by}{}", if text.is_empty() { "" } else { ", " }, join(&mechanisms, last));
    }
    if let Some(independence) = norm.evidence.independent_of {
        let _ = write!(text, " (independent of the {independence})");
    }
    text
}

fn forbidden(graph: &Graph, norm: &Norm) -> String {
    let vocabulary = &graph.vocabulary;
    if norm.forbids_power() {
        let powers: Vec<&str> = norm.scope.where_power.iter().map(|id| vocabulary.powers.slug(id)).collect();
        return format!("holds the power of {}, which the norm forbids", join(&powers, "or"));
    }
    let mechanisms: Vec<&str> =
        norm.evidence.mechanisms.iter().map(|id| vocabulary.mechanisms.slug(id)).collect();
    let types: Vec<&str> =
        norm.evidence.overseers.named.iter().map(|id| vocabulary.types.slug(*id)).collect();
    let mut text = String::from("must not be under ");
    text.push_str(
        if mechanisms.is_empty() { "any control".to_owned() } else { join(&mechanisms, "or") }.as_str(),
    );
    if !types.is_empty() {
        let _ = write!(text, " by {}", join(&types, "or"));
    }
    if let Some(independence) = norm.evidence.independent_of {
        let _ = write!(text, " by a body that is not independent of the {independence}");
    }
    text
}

/// Tells why a link does less than its mechanism says: on paper, too weak for the norm, not verified.
pub(super) fn caveats(
    graph: &Graph,
    link: &Link,
    standing: Standing,
    too_weak_for: Option<&Norm>,
) -> Vec<String> {
    let mut caveats = Vec::new();
    if standing == Standing::OnPaper {
        caveats.push(format!("{} today", link.status.slug()));
    }
    if let Some(norm) = too_weak_for {
        let least = norm.evidence.least_effect;
        let falls_short = link.effect.filter(|effect| least.is_some_and(|least| *effect < least));
        let excluded = link.limits.and(norm.evidence.excludes_limits);
        let limits = excluded.iter().map(|limit| graph.vocabulary.limits.slug(limit));
        let reasons: Vec<&str> = falls_short.map(Effect::slug).into_iter().chain(limits).collect();
        caveats.push(format!("weak: {}", reasons.join(", ")));
    }
    if !link.verified {
        caveats.push("not verified".to_owned());
    }
    caveats
}
