//! What a finding says, in sentences.

use super::bodies::MOST_REMARK;
use super::mechanisms::{noun, predicate};
use super::words::{lower, upper};
use super::{Maker, Words, once, short};
use crate::gaps::{Finding, Piece, Verdict};
use crate::model::{
    Effect, InstitutionId, LinkId, MechanismSet, Norm, Pillar, Polarity, PowerId, Standing, Status, TypeId,
};
use crate::report::document::Line;
use std::collections::BTreeSet;

/// Kinds of overseer that a sentence names before it counts the rest.
const MOST_KINDS: usize = 4;
/// Links that a finding shows before it counts the rest.
pub(super) const MOST_LINKS: usize = 5;
/// Bodies that could step in which are named before the rest is counted.
const MOST_CANDIDATES: usize = 5;

impl<'g> Maker<'_, 'g> {
    /// The norm's title, id, weight and place: `Title (MIA-07, must; Document, ch. 6)`.
    pub(super) fn heading_of(&self, finding: &Finding<'g>) -> Line {
        let norm = finding.norm;
        let mut line = Line::new()
            .strong(&self.norm_title(norm))
            .text(" (")
            .inside(&Self::norm_id(norm), &norm.id)
            .text(&format!(", {}", self.words.severity(norm.severity)));
        if let Some(document) = norm.document.and_then(|iri| self.graph.document(iri)) {
            line = line.text("; ").inside(&self.document_id(document), &self.document_short(document));
        }
        if let Some(place) = self.place_in_document(norm) {
            line = line.text(&format!(", {place}"));
        }
        line.text(").")
    }

    /// The place in the norm's document: `para. 59`, or `para. 59, not checked`.
    pub(super) fn place_in_document(&self, norm: &Norm) -> Option<String> {
        let place = self.words.tongue().place(self.graph.text(norm.locator?));
        let unchecked =
            if norm.verified { "" } else { self.words.say(", not checked", ", не перевірено") };
        Some(format!("{place}{unchecked}"))
    }

    /// What the finding says, in one or two sentences.
    pub(super) fn statement(&self, finding: &Finding<'g>) -> Line {
        let words = self.words;
        match (finding.verdict, finding.norm.polarity) {
            (Verdict::Met, _) => Line::new().text(words.say("The norm is met.", "Норму виконано.")),
            (Verdict::Unknown, _) => Line::new().text(words.say(
                "Nothing is on record, and no survey states that the record is complete.",
                "В обліку нічого немає, і жодне обстеження не засвідчує, що він повний.",
            )),
            (_, Polarity::Forbid) if finding.norm.forbids_power() => self.power_held(finding),
            (_, Polarity::Forbid) => Line::new()
                .text(words.say("What the norm rules out is in force: ", "Діє те, що норма виключає: ")),
            (Verdict::Gap, Polarity::Require) => Line::new().text(&self.nobody(finding)),
            (Verdict::OnPaper, Polarity::Require) => Line::new().text(words.say(
                "The law provides for it, but it does not work today: ",
                "Закон це передбачає, але нині воно не діє: ",
            )),
            (Verdict::Partial, Polarity::Require) => self.shortfall(finding),
        }
    }

    /// The statement, the links that it rests on, `most` of them, and who could step in.
    pub(super) fn telling(&self, finding: &Finding<'g>, most: usize) -> Line {
        let words = self.words;
        let mut line = self.statement(finding);
        let shown: Vec<&Piece> = match (finding.verdict, finding.norm.polarity) {
            (Verdict::OnPaper, Polarity::Require) => {
                finding.evidence.iter().filter(|piece| piece.standing == Standing::OnPaper).collect()
            }
            _ => finding.evidence.iter().collect(),
        };
        if !shown.is_empty() {
            if finding.verdict == Verdict::Partial {
                line = line.text(words.say(" On record: ", " В обліку: "));
            }
            let more = shown.len().saturating_sub(most);
            // An overseer of several links is named once.
            let overseer = |piece: &&Piece| self.graph.link(piece.link).0;
            let told = shown[..shown.len().min(most)].chunk_by(|a, b| overseer(a) == overseer(b));
            let told = told.map(|pieces| {
                let controls = once(pieces.iter().map(|piece| self.piece(finding, **piece)));
                Line::new().text(&self.name(overseer(&pieces[0]))).text(": ").line(Line::join(controls, ", "))
            });
            line = line.line(Line::join(told, "; "));
            if more > 0 {
                line = line.text(words.say("; and ", "; і ще ")).text(&words.count(
                    more,
                    ["more link", "more links"],
                    ["зв’язок", "зв’язки", "зв’язків"],
                ));
            }
            line = line.text(".");
        }
        // In short, several remarks would take the place of other gaps.
        if finding.norm.polarity == Polarity::Forbid && (most == MOST_LINKS || shown.len() == 1) {
            line = line.text(&self.remarks(&shown[..shown.len().min(most)]));
        }
        if !finding.candidates.is_empty() {
            let count = finding.candidates.len();
            let text = if count > MOST_CANDIDATES {
                words.say(
                    format!(" There are {} bodies of that kind without this control.", words.number(count)),
                    format!(
                        " Органів такого типу, що не здійснюють цього контролю: {}.",
                        words.number(count)
                    ),
                )
            } else {
                let mut candidates = finding.candidates.clone();
                candidates.sort_by_cached_key(|id| self.order(*id));
                let names: Vec<String> = candidates.iter().map(|id| self.name(*id)).collect();
                let lead = words.say(
                    " Of that kind, but without this control: ",
                    " Такого типу, але без цього контролю: ",
                );
                format!("{lead}{}.", words.and(&names))
            };
            line = line.text(&text);
        }
        line
    }

    /// What the data remark on links that should not be: a limit may stand there that a reader must know.
    fn remarks(&self, pieces: &[&Piece]) -> String {
        let words = self.words;
        let remark = |piece: &&Piece| {
            let link = &self.graph.network[piece.link];
            let remark = short(upper(self.text(&link.comment)?.trim_end_matches('.')), MOST_REMARK);
            let of = if pieces.len() == 1 {
                String::new()
            } else {
                let kind = noun(self.graph, link.mechanism, self.input.language);
                format!(" ({}, {kind})", self.name(self.graph.link(piece.link).0))
            };
            Some(format!(" {}{of}: {remark}.", words.say("Remark", "Примітка")))
        };
        let mut told: Vec<String> = pieces.iter().filter_map(remark).collect();
        told.dedup();
        told.concat()
    }

    /// `No parliamentary committee or judicial commissioner that is independent of it inspects it.`
    fn nobody(&self, finding: &Finding<'g>) -> String {
        let words = self.words;
        let asked = &finding.norm.evidence;
        let independent = asked.independent_of.map(|of| words.independent(of));
        let does = predicate(self.graph, asked.mechanisms, words, self.input.language);
        let kinds = self.kinds(&asked.overseers.named);
        match words {
            Words::English => {
                let kinds = if kinds.is_empty() { "body".to_owned() } else { words.or(&kinds) };
                let independent = independent.map_or(String::new(), |of| format!(" {of}"));
                format!("No {kinds}{independent} {does}.")
            }
            Words::Ukrainian => {
                let kinds =
                    if kinds.is_empty() { String::new() } else { format!(" типу {}", words.or(&kinds)) };
                let independent = independent.map_or(String::new(), |of| format!(", {of},"));
                format!("Жоден суб’єкт{kinds}{independent} {does}.")
            }
        }
    }

    /// Names of types: in English as nouns, in Ukrainian in quotation marks, where they need no case.
    fn kinds(&self, types: &[TypeId]) -> Vec<String> {
        let mut kinds: Vec<String> = types.iter().map(|id| self.kind(*id)).collect();
        if kinds.len() > MOST_KINDS + 1 {
            let rest = kinds.len() - MOST_KINDS;
            kinds.truncate(MOST_KINDS);
            kinds.push(
                self.words.say(format!("body of {rest} other kinds"), format!("ще {rest}\u{a0}інших типів")),
            );
        }
        kinds
    }

    fn kind(&self, id: TypeId) -> String {
        let name = self.type_name(id);
        match self.words {
            // A group is no kind of body by itself.
            Words::English if self.graph.vocabulary.expand(&[id]).len() > 1 => {
                match Pillar::of_slug(self.graph.vocabulary.types.slug(id)) {
                    Some(Pillar::Executive) => "body of the executive".to_owned(),
                    Some(Pillar::Legislature) => "body of the legislature".to_owned(),
                    Some(Pillar::Justice) => "body of the justice system".to_owned(),
                    Some(Pillar::Internal) => "internal control body".to_owned(),
                    Some(Pillar::Society) => "body of society".to_owned(),
                    _ => lower(&name),
                }
            }
            Words::English => lower(&name),
            Words::Ukrainian => format!("«{}»", lower(&name)),
        }
    }

    /// What lacks where there is something, but not enough.
    fn shortfall(&self, finding: &Finding<'g>) -> Line {
        let words = self.words;
        let missing = &finding.missing;
        let mut reasons: Vec<String> = Vec::new();
        let weak = finding.evidence.iter().filter(|piece| piece.weak).count();
        if weak > 0 {
            let links = words.count(
                weak,
                ["control is weaker than the norm wants", "controls are weaker than the norm wants"],
                [
                    "вид контролю слабший, ніж вимагає норма",
                    "види контролю слабші, ніж вимагає норма",
                    "видів контролю слабші, ніж вимагає норма",
                ],
            );
            reasons.push(links);
        }
        if finding.norm.evidence.all_mechanisms && !missing.mechanisms.is_empty() {
            let nouns = self.nouns(missing.mechanisms);
            reasons.push(words.say(
                format!("nobody exercises {}", words.or(&nouns)),
                format!("бракує контролю – {}", words.and(&nouns)),
            ));
        }
        if missing.overseers > 0 {
            let independent = finding.norm.evidence.independent_of.map(|of| words.independent(of));
            let count = missing.overseers as usize;
            let mut text = words.say(
                format!(
                    "{} {} needed",
                    words.count(count, ["more overseer", "more overseers"], [""; 3]),
                    words.form(count, ["is", "are"], [""; 3])
                ),
                format!("бракує {}", words.count(count, [""; 2], ["суб’єкта", "суб’єктів", "суб’єктів"])),
            );
            if let Some(of) = independent {
                text = match (words, count) {
                    (Words::English, 1) => text.replacen(" is needed", &format!(" {of} is needed"), 1),
                    (Words::English, _) => text.replacen(
                        " are needed",
                        &format!(" {} are needed", of.replacen("is", "are", 1)),
                        1,
                    ),
                    (Words::Ukrainian, _) => format!("{text} ({of})"),
                };
            }
            let kinds = self.kinds(&missing.overseer_types);
            if !kinds.is_empty() {
                let kinds = words.or(&kinds);
                text = words.say(format!("{text} ({kinds})"), format!("{text} – {kinds}"));
            }
            reasons.push(text);
        } else if missing.pillars > 0 {
            let count = missing.pillars as usize;
            reasons.push(words.say(
                format!(
                    "overseers from {} are needed",
                    words.count(count, ["more branch", "more branches"], [""; 3])
                ),
                format!("потрібні суб’єкти ще з {}", words.count(count, [""; 2], ["групи", "груп", "груп"])),
            ));
        }
        if reasons.is_empty() {
            reasons.push(words.say("what there is does not suffice", "наявного недостатньо").to_owned());
        }
        Line::new().text(&format!("{}{}.", words.say("Not enough: ", "Недостатньо: "), reasons.join("; ")))
    }

    pub(super) fn nouns(&self, mechanisms: MechanismSet) -> Vec<String> {
        mechanisms.iter().map(|id| noun(self.graph, id, self.input.language)).collect()
    }

    /// `It holds the power of arrest, which the norm rules out (Law, art. 7).`
    fn power_held(&self, finding: &Finding<'g>) -> Line {
        let graph = self.graph;
        let held = graph.institution(finding.institution).powers.and(finding.norm.scope.where_power);
        let names: Vec<String> = held.iter().map(|id| self.power(id)).collect();
        let mut line = Line::new().text(&self.words.say(
            format!("It holds the power of {}, which the norm rules out", self.words.and(&names)),
            format!("Орган має повноваження, які норма виключає: {}", self.words.and(&names)),
        ));
        let bases = graph
            .grants
            .iter()
            .filter(|grant| grant.holder == finding.institution && held.contains(grant.power))
            .map(|grant| self.cite.basis(&grant.basis, true))
            .collect::<Vec<_>>();
        if !bases.is_empty() {
            line = line.text(" (").line(Line::join(bases, "; ")).text(")");
        }
        line.text(".")
    }

    pub(super) fn power(&self, id: PowerId) -> String {
        let concept = self.graph.vocabulary.powers.get(id);
        lower(&self.label(&concept.labels, &concept.slug))
    }

    /// One link as evidence: how, under which article, since when, and what blunts it.
    fn piece(&self, finding: &Finding<'g>, piece: Piece) -> Line {
        let (_, _, overseen) = self.graph.link(piece.link);
        let mut caveats = self.caveats(piece.link, piece.standing);
        if piece.inherited {
            caveats.insert(0, self.over(overseen));
        }
        if piece.weak {
            caveats.push(self.weakness(finding, piece.link));
        }
        self.control(piece.link, &caveats, true)
    }

    /// Of a link that reaches a body from above: over whom it is.
    pub(super) fn over(&self, overseen: InstitutionId) -> String {
        let over = self.words.say("over", "щодо органу вищого рівня:");
        format!("{over} {}", self.name(overseen))
    }

    /// `appointment (Law on the Military Ombudsman, art. 5(1), since 18 September 2025; not verified) [3]`
    pub(super) fn control(&self, id: LinkId, caveats: &[String], full: bool) -> Line {
        let link = &self.graph.network[id];
        let mut inner: Vec<Line> = Vec::new();
        if !link.basis.is_empty() {
            inner.push(self.cite.basis(&link.basis, full));
        }
        if full && let Some(start) = link.interval.start {
            inner.push(Line::new().text(&self.words.since(start)));
        }
        inner.extend(caveats.iter().map(|caveat| Line::new().text(caveat)));
        let mut line = Line::new().text(&noun(self.graph, link.mechanism, self.input.language));
        if !inner.is_empty() {
            line = line.text(" (").line(Line::join(inner, "; ")).text(")");
        }
        if full || link.basis.is_empty() {
            line.line(self.cite.pages(&link.sources, &link.basis))
        } else {
            line
        }
    }

    /// Why a link does less than its name says.
    pub(super) fn caveats(&self, id: LinkId, standing: Standing) -> Vec<String> {
        let link = &self.graph.network[id];
        let mut caveats = Vec::new();
        if standing == Standing::OnPaper {
            caveats.push(
                match link.status {
                    Status::Suspended => self.words.say("suspended", "зупинено"),
                    _ => self.words.say("not operational", "не діє"),
                }
                .to_owned(),
            );
        }
        if !link.verified {
            caveats.push(self.words.say("not verified", "не перевірено").to_owned());
        }
        caveats
    }

    fn weakness(&self, finding: &Finding<'g>, id: LinkId) -> String {
        let graph = self.graph;
        let link = &graph.network[id];
        let asked = &finding.norm.evidence;
        let mut why: BTreeSet<String> = BTreeSet::new();
        for limit in link.limits.and(asked.excludes_limits).iter() {
            let concept = graph.vocabulary.limits.get(limit);
            why.insert(lower(&self.label(&concept.labels, &concept.slug)));
        }
        if let (Some(effect), Some(least)) = (link.effect, asked.least_effect)
            && effect < least
        {
            why.insert(self.effect(effect).to_owned());
        }
        let why: Vec<String> = why.into_iter().collect();
        format!("{} {}", self.words.say("weak:", "слабкий:"), why.join(", "))
    }

    fn effect(&self, effect: Effect) -> &'static str {
        match effect {
            Effect::Binding => self.words.say("binding", "обов’язковий"),
            Effect::Advisory => self.words.say("only advisory", "лише рекомендаційний"),
            Effect::Informative => self.words.say("only informative", "лише інформаційний"),
        }
    }
}
