//! What is missing, in words that go into labels, tooltips and the key.

use super::style::word;
use super::text::clean;
use crate::gaps::{Finding, Piece, Verdict, World};
use crate::model::{
    Graph, InstitutionId, Labels, LimitId, LinkId, MechanismSet, Pillar, Polarity, Standing, TypeId,
};
use crate::vocab::scheme;
use std::collections::BTreeSet;

/// How many kinds or mechanisms an enumeration names before it counts the rest: in a box, and in the key.
pub(super) const IN_BOX: usize = 4;
const IN_KEY: usize = 8;

/// Declares the fixed phrases, each in English and Ukrainian; `{}` is filled in.
macro_rules! phrases {
    ($($(#[$doc:meta])* $name:ident = $english:literal, $ukrainian:literal;)*) => {
        /// A fixed phrase.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Phrase {
            $($(#[$doc])* #[doc = concat!("\"", $english, "\"")] $name),*
        }

        impl Phrase {
            /// Returns the phrase in a language; English, where there is no other.
            pub fn in_language(self, language: &str) -> &'static str {
                match (language, self) {
                    $(("uk", Self::$name) => $ukrainian,)*
                    $((_, Self::$name) => $english,)*
                }
            }
        }
    };
}

phrases! {
    AsOf = "As the law stood on {}", "За станом законодавства на {}";
    Version = "data version {}", "версія даних {}";
    Verified = "{} % of the {} links shown are verified", "перевірено {} % із {} показаних зв’язків";
    OtherPillar = "Other", "Інші";
    Legend = "Legend", "Умовні позначення";
}

/// Puts `values` one after the other where `phrase` has `{}`.
pub fn filled(phrase: &str, values: &[&str]) -> String {
    let mut parts = phrase.split("{}");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for (at, part) in parts.enumerate() {
        text.push_str(values.get(at).copied().unwrap_or_default());
        text.push_str(part);
    }
    text
}

/// Looks names up in one language.
#[derive(Clone, Copy, Debug)]
pub struct Words<'w> {
    /// The graph on a day.
    pub world: &'w World<'w>,
    /// The tag of the language.
    pub language: &'w str,
}

impl<'w> Words<'w> {
    /// The graph.
    pub fn graph(self) -> &'w Graph {
        self.world.graph()
    }

    /// Returns the name of an institution.
    pub fn name(self, id: InstitutionId) -> String {
        clean(self.graph().name(id, self.language))
    }

    /// Returns the one of `labels` in this language, or `fallback`.
    pub fn label(self, labels: &Labels, fallback: &str) -> String {
        let graph = self.graph();
        clean(labels.pick(&graph.texts, self.language).map_or(fallback, |text| graph.text(text)))
    }

    /// Returns the name of a type.
    pub fn type_name(self, id: TypeId) -> String {
        let concept = self.graph().vocabulary.types.get(id);
        self.label(&concept.labels, &concept.slug)
    }

    /// Returns the name of a pillar; bodies of none: "Other".
    pub fn pillar(self, pillar: Option<Pillar>) -> String {
        match pillar {
            Some(pillar) => clean(self.graph().word(scheme::PILLAR, pillar.slug(), self.language)),
            None => self.say(Phrase::OtherPillar).to_owned(),
        }
    }

    /// Returns a fixed phrase.
    pub fn say(self, phrase: Phrase) -> &'static str {
        phrase.in_language(self.language)
    }

    /// Returns what stands below every title: the day, the version of the data, how much of what is shown is verified.
    ///
    /// # Arguments
    /// * `links`: those that the picture rests on; each is counted once.
    pub fn subtitle(self, version: Option<&str>, links: &BTreeSet<LinkId>) -> String {
        let mut parts = vec![filled(self.say(Phrase::AsOf), &[&self.world.day().to_string()])];
        if let Some(version) = version {
            parts.push(filled(self.say(Phrase::Version), &[&clean(version)]));
        }
        let verified = links.iter().filter(|link| self.graph().network[**link].verified).count();
        if let Some(share) = (verified * 100).checked_div(links.len()) {
            parts.push(filled(self.say(Phrase::Verified), &[&share.to_string(), &links.len().to_string()]));
        }
        parts.join(" · ")
    }

    pub(super) fn kinds(self, types: &[TypeId], most: usize) -> String {
        let names: Vec<String> = types.iter().map(|id| in_sentence(&self.type_name(*id))).collect();
        one_of(&names, most, "other kinds")
    }

    pub(super) fn mechanisms(self, mechanisms: MechanismSet, most: usize) -> String {
        one_of(&self.mechanism_names(mechanisms), most, "other controls")
    }

    fn mechanism_names(self, mechanisms: MechanismSet) -> Vec<String> {
        let scheme = &self.graph().vocabulary.mechanisms;
        let name = |id| self.label(&scheme.get(id).labels, scheme.slug(id));
        mechanisms.iter().map(|id| in_sentence(&name(id))).collect()
    }

    fn limit(self, id: LimitId) -> String {
        let concept = self.graph().vocabulary.limits.get(id);
        in_sentence(&self.label(&concept.labels, &concept.slug))
    }

    /// Returns verdict, id, title and lack of a finding.
    pub(super) fn finding(self, finding: &Finding<'_>) -> String {
        let norm = finding.norm;
        let title = self.label(&norm.titles, "untitled");
        let (what, why) = self.lack(finding);
        let why = if why.is_empty() { why } else { format!(" ({why})") };
        format!("{}: {} {title}: {what}{why}", word(finding.verdict), clean(&norm.id))
    }

    /// Returns what a finding that is not met lacks, or what offends, in half a sentence; and why what there is does
    /// not do, where that is so.
    pub(super) fn lack(self, finding: &Finding<'_>) -> (String, String) {
        let asked = || {
            let missing = &finding.missing;
            let kinds = self.kinds(&missing.overseer_types, IN_KEY);
            let what = if finding.norm.evidence.all_mechanisms {
                self.mechanism_names(missing.mechanisms).join(", ")
            } else {
                self.mechanisms(missing.mechanisms, IN_KEY)
            };
            let independent = finding
                .norm
                .evidence
                .independent_of
                .map_or(String::new(), |of| format!(", independent of the {}", of.slug()));
            match (what.as_str(), kinds.as_str()) {
                ("", "") => "control".to_owned(),
                ("", kinds) => format!("{kinds}{independent}"),
                (what, "") => format!("{what}{independent}"),
                (what, kinds) => format!("{what} by {kinds}{independent}"),
            }
        };
        let what = match (finding.verdict, finding.norm.polarity) {
            (_, Polarity::Forbid) if finding.norm.forbids_power() => {
                format!("holds {}", self.powers(finding))
            }
            (_, Polarity::Forbid) => {
                format!("forbidden, but in force: {}", self.links(finding.evidence.iter()))
            }
            (Verdict::Gap, Polarity::Require) => format!("no {}", asked()),
            (Verdict::Partial, Polarity::Require) => format!("not enough {}", asked()),
            (Verdict::OnPaper, Polarity::Require) => {
                let idle = finding.evidence.iter().filter(|piece| piece.standing == Standing::OnPaper);
                format!("rests on {}", self.links(idle))
            }
            (Verdict::Unknown, Polarity::Require) => format!("nothing on record of {}", asked()),
            (Verdict::Met, Polarity::Require) => String::new(),
        };
        let why = if finding.verdict == Verdict::Partial { self.shortfall(finding) } else { String::new() };
        (what, why)
    }

    /// Why evidence is not enough: numbers that lack, and what makes links weak.
    fn shortfall(self, finding: &Finding<'_>) -> String {
        let graph = self.graph();
        let mut reasons = Vec::new();
        let weak: Vec<&Piece> = finding.evidence.iter().filter(|piece| piece.weak).collect();
        if !weak.is_empty() {
            let asked = &finding.norm.evidence;
            let mut why = BTreeSet::new();
            for piece in &weak {
                let link = &graph.network[piece.link];
                why.extend(link.limits.and(asked.excludes_limits).iter().map(|limit| self.limit(limit)));
                if let (Some(effect), Some(least)) = (link.effect, asked.least_effect)
                    && effect < least
                {
                    why.insert(format!("only {}", effect.slug()));
                }
            }
            let why = why.into_iter().collect::<Vec<_>>().join(", ");
            let links = if weak.len() == 1 { "link" } else { "links" };
            reasons.push(format!("{} weak {links}: {why}", weak.len()));
        }
        let idle = finding.evidence.iter().filter(|p| !p.weak && p.standing == Standing::OnPaper).count();
        if idle > 0 {
            reasons.push(format!("{idle} only on paper"));
        }
        if weak.len() + idle < finding.evidence.len() {
            if finding.missing.overseers > 0 {
                reasons.push(format!("{} more needed", finding.missing.overseers));
            }
            if finding.missing.pillars > 0 {
                reasons.push(format!("{} more from another pillar needed", finding.missing.pillars));
            }
        }
        reasons.join("; ")
    }

    fn powers(self, finding: &Finding<'_>) -> String {
        let powers = &self.graph().vocabulary.powers;
        let held = self.graph().institution(finding.institution).powers.and(finding.norm.scope.where_power);
        let name = |id| in_sentence(&self.label(&powers.get(id).labels, powers.slug(id)));
        format!("the power of {}", held.iter().map(name).collect::<Vec<_>>().join(", "))
    }

    fn links<'p>(self, pieces: impl Iterator<Item = &'p Piece>) -> String {
        let overseers: BTreeSet<InstitutionId> =
            pieces.map(|piece| self.graph().link(piece.link).0).collect();
        let named: Vec<String> = overseers.into_iter().map(|id| self.name(id)).collect();
        named.join(", ")
    }

    /// Returns mechanism, act and provision of a link.
    pub(super) fn basis(self, piece: Piece) -> String {
        let graph = self.graph();
        let (_, link, overseen) = graph.link(piece.link);
        let mut mechanisms = MechanismSet::default();
        mechanisms.insert(link.mechanism);
        let mut text = self.mechanisms(mechanisms, 1);
        for (at, basis) in link.basis.iter().enumerate() {
            let act = basis.act.unwrap_or(basis.iri);
            let title = match graph.act(act) {
                Some(act_record) => self.label(&act_record.titles, graph.short(graph.text(act))),
                None => clean(graph.short(graph.text(act))),
            };
            text.push_str(if at == 0 { ": " } else { "; " });
            text.push_str(&title);
            if let Some(number) = basis.number {
                text.push_str(", ");
                text.push_str(&clean(graph.text(number)));
            }
        }
        if piece.inherited {
            text.extend([" (over ", &self.name(overseen), ")"]);
        }
        if !link.verified {
            text.push_str(" (not verified)");
        }
        text
    }
}

/// Joins alternatives with commas and a last "or"; many are named in part and counted.
fn one_of(names: &[String], most: usize, others: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] if names.len() <= most => format!("{} or {last}", rest.join(", ")),
        _ => {
            let named = most - 1;
            format!("{} or {} {others}", names[..named].join(", "), names.len() - named)
        }
    }
}

/// Lowers the first letter of a name, unless it is all capitals.
pub(super) fn in_sentence(name: &str) -> String {
    let mut characters = name.chars();
    match (characters.next(), characters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain([second]).chain(characters).collect()
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternatives_are_joined() {
        let names = |n: usize| (0..n).map(|i| format!("n{i}")).collect::<Vec<_>>();
        assert_eq!(one_of(&names(1), 3, "kinds"), "n0");
        assert_eq!(one_of(&names(3), 3, "kinds"), "n0, n1 or n2");
        assert_eq!(one_of(&names(5), 3, "other kinds"), "n0, n1 or 3 other kinds");
    }

    #[test]
    fn acronyms_stay() {
        assert_eq!(in_sentence("Internal audit"), "internal audit");
        assert_eq!(in_sentence("UN body"), "UN body");
    }
}
