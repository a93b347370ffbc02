//! Names, articles and what is missing, in words that go into labels, tooltips and the key.

use super::EdgeKind;
pub use super::phrases::{Phrase, filled};
use super::text::clean;
use crate::gaps::{Finding, Piece, Verdict, World};
use crate::model::{
    Basis, Graph, InstitutionId, Labels, LimitId, LinkId, MechanismId, MechanismSet, Pillar, Polarity,
    Severity, Standing, Status, Symbol, TypeId,
};
use crate::vocab::scheme;
use crate::wording::phrases::{self, Counted};
use crate::wording::{Tongue, Wording};
use std::collections::BTreeSet;

pub(super) use crate::wording::in_sentence;

/// How many kinds or mechanisms an enumeration names before it counts the rest: in a box, and in the key.
pub(super) const IN_BOX: usize = 4;
const IN_KEY: usize = 8;

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

    /// Returns the sentences in the language.
    pub(super) fn tongue(self) -> Tongue {
        Tongue::of(self.language)
    }

    /// Returns a number of bodies in words.
    pub fn bodies(self, number: usize) -> String {
        self.tongue().count(phrases::BODIES, number)
    }

    /// Returns a number of links in words.
    pub fn links_in_words(self, number: usize) -> String {
        self.tongue().count(phrases::LINKS, number)
    }

    /// Returns the acronym of an institution, or its name where it has none.
    pub fn short_name(self, id: InstitutionId) -> String {
        let others = &self.graph().institution(id).other_names;
        let short = |symbol| {
            let text: &str = self.graph().text(symbol);
            (text.chars().count() <= 12).then(|| clean(text))
        };
        let own = others.exactly(&self.graph().texts, self.language).and_then(short);
        let any = || {
            if self.language == "en" { self.graph().institution(id).acronym.and_then(short) } else { None }
        };
        own.or_else(any).unwrap_or_else(|| self.name(id))
    }

    /// Returns the name of a mechanism, as within a sentence.
    pub fn mechanism(self, id: MechanismId) -> String {
        let scheme = &self.graph().vocabulary.mechanisms;
        in_sentence(&self.label(&scheme.get(id).labels, scheme.slug(id)))
    }

    /// Returns what a line of the gap picture stands for.
    pub(super) fn edge(self, kind: EdgeKind) -> &'static str {
        self.say(match kind {
            EdgeKind::InForce(_) => Phrase::EdgeInForce,
            EdgeKind::OnPaper => Phrase::EdgeOnPaper,
            EdgeKind::NotEnough => Phrase::EdgeNotEnough,
            EdgeKind::Missing => Phrase::EdgeMissing,
            EdgeKind::Forbidden => Phrase::EdgeForbidden,
        })
    }

    /// Returns the word for how much a norm matters, as within a sentence.
    pub fn severity(self, severity: Severity) -> String {
        in_sentence(&clean(self.graph().word(scheme::SEVERITY, severity.slug(), self.language)))
    }

    /// Returns the word for a status, as within a sentence.
    pub fn status(self, status: Status) -> String {
        in_sentence(&clean(self.graph().word(scheme::STATUS, status.slug(), self.language)))
    }

    /// Returns the short id of an institution.
    pub fn id(self, id: InstitutionId) -> String {
        let graph = self.graph();
        clean(graph.short(graph.iri(id)))
    }

    /// Returns the slugs of the mechanisms of some links, each once.
    pub fn slugs(self, links: &[LinkId]) -> Vec<String> {
        let graph = self.graph();
        let mechanisms: MechanismSet = links.iter().map(|link| graph.network[*link].mechanism).collect();
        mechanisms.iter().map(|id| graph.vocabulary.mechanisms.slug(id).to_owned()).collect()
    }

    /// Returns the provisions behind some links, each once, those of an act before its title.
    pub fn articles(self, links: &[LinkId]) -> String {
        let graph = self.graph();
        let mut acts: Vec<(Symbol, Vec<String>)> = Vec::new();
        for basis in links.iter().flat_map(|link| &graph.network[*link].basis) {
            let act = basis.act.unwrap_or(basis.iri);
            let at = acts.iter().position(|(known, _)| *known == act).unwrap_or_else(|| {
                acts.push((act, Vec::new()));
                acts.len() - 1
            });
            if let Some(number) = basis.number.map(|number| clean(graph.text(number)))
                && !acts[at].1.contains(&number)
            {
                acts[at].1.push(number);
            }
        }
        let named = acts.into_iter().map(|(act, numbers)| {
            let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
            let places = self.tongue().provisions(&numbers);
            if places.is_empty() { self.act(act) } else { clean(&format!("{places}, {}", self.act(act))) }
        });
        named.collect::<Vec<_>>().join("; ")
    }

    fn act(self, act: Symbol) -> String {
        let graph = self.graph();
        let fallback = graph.short(graph.text(act));
        match graph.act(act) {
            Some(record) => self.label(&record.titles, fallback),
            None => clean(fallback),
        }
    }

    /// Returns act and provision.
    fn article(self, basis: &Basis) -> String {
        let graph = self.graph();
        let mut text = self.act(basis.act.unwrap_or(basis.iri));
        if let Some(number) = basis.number {
            text.push_str(", ");
            text.push_str(&clean(&self.tongue().provision(graph.text(number))));
        }
        text
    }

    /// Returns the names of mechanisms, joined by commas.
    pub fn mechanism_list(self, mechanisms: MechanismSet) -> String {
        self.mechanism_names(mechanisms).join(", ")
    }

    /// Returns a line for each link: mechanism, who, whom, basis, and whether it is on paper only.
    pub fn link_lines(self, links: &[LinkId]) -> Vec<String> {
        let line = |link: &LinkId| {
            let (overseer, _, overseen) = self.graph().link(*link);
            let standing = self.world.standing(*link);
            let basis = self.basis_of(*link);
            let paper = if standing == Standing::OnPaper {
                format!(" ({})", self.say(Phrase::OnPaperOnly))
            } else {
                String::new()
            };
            format!("{} → {}: {basis}{paper}", self.name(overseer), self.name(overseen))
        };
        links.iter().map(line).collect()
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
        let mut parts = vec![filled(self.say(Phrase::AsOf), &[&clean(&self.tongue().day(self.world.day()))])];
        if let Some(version) = version {
            parts.push(filled(self.say(Phrase::Version), &[&clean(version)]));
        }
        let verified = links.iter().filter(|link| self.graph().network[**link].verified).count();
        if let Some(share) = (verified * 100).checked_div(links.len()) {
            let number = self.links_in_words(links.len());
            parts.push(filled(self.say(Phrase::Verified), &[&number, &share.to_string()]));
        }
        parts.join(" · ")
    }

    pub(super) fn kinds(self, types: &[TypeId], most: usize) -> String {
        let names: Vec<String> = types.iter().map(|id| in_sentence(&self.type_name(*id))).collect();
        self.one_of(names, most, phrases::OTHER_KINDS)
    }

    pub(super) fn mechanisms(self, mechanisms: MechanismSet, most: usize) -> String {
        self.one_of(self.mechanism_names(mechanisms), most, phrases::OTHER_CONTROLS)
    }

    /// Joins alternatives with commas and a last "or"; many are named in part and counted.
    fn one_of(self, mut names: Vec<String>, most: usize, others: Counted) -> String {
        if names.len() > most.max(1) {
            let left = names.split_off(most - 1).len();
            names.push(self.tongue().count(others, left));
        }
        self.tongue().any_of(&names)
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
        let title = self.label(&norm.titles, self.tongue().say(phrases::UNTITLED));
        let (what, why) = self.lack(finding);
        let why = if why.is_empty() { why } else { format!(" ({why})") };
        format!("{}: {} {title}: {what}{why}", self.tongue().verdict(finding.verdict), clean(&norm.id))
    }

    /// Returns what a finding that is not met lacks, or what offends, in half a sentence; and why what there is does
    /// not do, where that is so.
    pub(super) fn lack(self, finding: &Finding<'_>) -> (String, String) {
        let tongue = self.tongue();
        let what = match (finding.verdict, finding.norm.polarity) {
            (Verdict::Met, _) => String::new(),
            (Verdict::Unknown, Polarity::Forbid) => self.say(Phrase::ForbiddenUnknown).to_owned(),
            (_, Polarity::Forbid) if finding.norm.forbids_power() => {
                tongue.fill(phrases::HOLDS, &[&self.powers(finding)])
            }
            (_, Polarity::Forbid) => {
                tongue.fill(phrases::FORBIDDEN_IN_FORCE, &[&self.links(finding.evidence.iter())])
            }
            (Verdict::Gap, Polarity::Require) => tongue.fill(phrases::NONE_OF, &[&self.asked(finding)]),
            (Verdict::Partial, Polarity::Require) => {
                tongue.fill(phrases::NOT_ENOUGH, &[&self.asked(finding)])
            }
            (Verdict::OnPaper, Polarity::Require) => {
                let idle = finding.evidence.iter().filter(|piece| piece.standing == Standing::OnPaper);
                tongue.fill(phrases::RESTS_ON, &[&self.links(idle)])
            }
            (Verdict::Unknown, Polarity::Require) => {
                tongue.fill(phrases::NOTHING_ON_RECORD, &[&self.asked(finding)])
            }
        };
        let why = if finding.verdict == Verdict::Partial { self.shortfall(finding) } else { String::new() };
        (what, why)
    }

    /// What a norm asks for and does not find: controls, kinds of overseers, independence.
    fn asked(self, finding: &Finding<'_>) -> String {
        let tongue = self.tongue();
        let missing = &finding.missing;
        let kinds = self.kinds(&missing.overseer_types, IN_KEY);
        let what = if finding.norm.evidence.all_mechanisms {
            self.mechanism_names(missing.mechanisms).join(", ")
        } else {
            self.mechanisms(missing.mechanisms, IN_KEY)
        };
        let mut text = match (what.as_str(), kinds.as_str()) {
            ("", "") => return tongue.say(phrases::CONTROL).to_owned(),
            ("", one) | (one, "") => one.to_owned(),
            (what, kinds) => tongue.fill(phrases::CONTROL_BY, &[&what, &kinds]),
        };
        if let Some(of) = finding.norm.evidence.independent_of {
            text.push_str(", ");
            text.push_str(&tongue.fill(phrases::INDEPENDENT_OF, &[&tongue.of_whom(of)]));
        }
        text
    }

    /// Why evidence is not enough: numbers that lack, and what makes links weak.
    fn shortfall(self, finding: &Finding<'_>) -> String {
        let (graph, tongue) = (self.graph(), self.tongue());
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
                    let effect = clean(&Wording::new(graph, self.language).effect(effect));
                    why.insert(tongue.fill(phrases::ONLY, &[&effect]));
                }
            }
            let why = why.into_iter().collect::<Vec<_>>().join(", ");
            reasons.push(format!("{}: {why}", tongue.count(phrases::WEAK_LINKS, weak.len())));
        }
        let idle = finding.evidence.iter().filter(|p| !p.weak && p.standing == Standing::OnPaper).count();
        if idle > 0 {
            reasons.push(tongue.fill(phrases::ONLY_ON_PAPER, &[&idle]));
        }
        if weak.len() + idle < finding.evidence.len() {
            if finding.missing.overseers > 0 {
                reasons.push(tongue.fill(phrases::MORE_NEEDED, &[&finding.missing.overseers]));
            }
            if finding.missing.pillars > 0 {
                reasons.push(tongue.fill(phrases::MORE_PILLARS_NEEDED, &[&finding.missing.pillars]));
            }
        }
        reasons.join("; ")
    }

    fn powers(self, finding: &Finding<'_>) -> String {
        let powers = &self.graph().vocabulary.powers;
        let held = self.graph().institution(finding.institution).powers.and(finding.norm.scope.where_power);
        let name = |id| in_sentence(&self.label(&powers.get(id).labels, powers.slug(id)));
        held.iter().map(name).collect::<Vec<_>>().join(", ")
    }

    fn links<'p>(self, pieces: impl Iterator<Item = &'p Piece>) -> String {
        let overseers: BTreeSet<InstitutionId> =
            pieces.map(|piece| self.graph().link(piece.link).0).collect();
        let named: Vec<String> = overseers.into_iter().map(|id| self.name(id)).collect();
        named.join(", ")
    }

    /// Returns mechanism, act and provision of a link.
    pub(super) fn basis(self, piece: Piece) -> String {
        let mut text = self.basis_of(piece.link);
        if piece.inherited {
            let over = self.name(self.graph().link(piece.link).2);
            text.push_str(&format!(" ({})", self.tongue().fill(phrases::OVER, &[&over])));
        }
        text
    }

    /// Returns mechanism, act and provision of a link.
    pub fn basis_of(self, id: LinkId) -> String {
        let graph = self.graph();
        let link = &graph.network[id];
        let mut text = self.mechanism(link.mechanism);
        for (at, basis) in link.basis.iter().enumerate() {
            text.push_str(if at == 0 { ": " } else { "; " });
            text.push_str(&self.article(basis));
        }
        if !link.verified {
            text.push_str(&format!(" ({})", self.tongue().say(phrases::NOT_VERIFIED)));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Builder, Day};

    #[test]
    fn alternatives_are_joined() {
        let graph = Builder::new().finish();
        let world = World::new(&graph, "2024-01-01".parse::<Day>().unwrap(), crate::gaps::Trust::All);
        let names = |n: usize| (0..n).map(|i| format!("n{i}")).collect::<Vec<_>>();
        let one_of =
            |language, n| Words { world: &world, language }.one_of(names(n), 3, phrases::OTHER_KINDS);
        assert_eq!(one_of("en", 1), "n0");
        assert_eq!(one_of("en", 3), "n0, n1 or n2");
        assert_eq!(one_of("en", 5), "n0, n1 or 3 other kinds");
        assert_eq!(one_of("uk", 5), "n0, n1 або 3 інші види");
    }
}
