//! What a reader must know to read the report: how to read it, before it; the terms it uses, behind it.

use super::Maker;
use super::words::{lower, upper};
use crate::model::{Concept, MechanismSet, PowerSet, Severity, Standing};
use crate::report::document::{Block, Line};
use crate::vocab::scheme;
use crate::wording::Order;
use std::collections::{BTreeMap, BTreeSet};

impl Maker<'_, '_> {
    /// The chapter on verdicts, weights and groups of overseers.
    pub(super) fn reading(&mut self) {
        let words = self.words;
        self.heading(1, "reading", words.say("How to read this report", "Як читати звіт"), true);
        self.say(
            "A finding is one norm held against one body on one day; its verdict is one of five:",
            "Висновок – це одна норма, зіставлена з одним органом на один день; його вердикт – один із п’яти:",
        );
        let verdicts = super::summary::shown().into_iter();
        let verdicts = verdicts
            .map(|verdict| (upper(words.verdict(verdict)), Line::new().text(words.meaning(verdict))))
            .collect();
        self.push(Block::Terms(verdicts));
        self.say(
            "A norm states what a guidance document asks for. Its weight tells how strongly the document asks:",
            "Норма викладає те, чого вимагає настановчий документ. Її вага показує, наскільки настійно він цього вимагає:",
        );
        let weights = [Severity::Must, Severity::Should, Severity::May];
        let weights = weights.into_iter().map(|severity| {
            let mut known = self.graph.words.iter().filter(|word| word.slug == severity.slug());
            let known = known.find(|word| self.graph.text(word.iri).starts_with(scheme::SEVERITY));
            let definition = known.and_then(|concept| self.text(&concept.definition)).unwrap_or_default();
            (upper(words.severity(severity)), Line::new().text(&definition))
        });
        let weights = weights.collect();
        self.push(Block::Terms(weights));
        let types = &self.graph.vocabulary.types;
        let pillars = self.summary.by_pillar.iter().filter_map(|(pillar, _)| *pillar);
        let groups = pillars.map(|pillar| {
            let known = types.find_slug(pillar.slug()).map(|id| types.get(id));
            let definition = known.and_then(|concept| self.text(&concept.definition)).unwrap_or_default();
            (self.pillar(Some(pillar)), Line::new().text(&definition))
        });
        let groups: Vec<(String, Line)> = groups.collect();
        let lead = words.say(
            "Whoever controls a body is its overseer, and the way of doing so is a kind of control, such as a hearing or an \
             audit.",
            "Хто контролює орган, є його суб’єктом контролю, а спосіб, у який він це робить, – видом контролю, як-от \
             слухання чи аудит.",
        );
        let lead = Line::new().text(lead);
        if groups.is_empty() {
            self.paragraph(lead);
        } else {
            let stand = words.say(" Overseers stand in groups:", " Суб’єкти контролю поділено на групи:");
            self.paragraph(lead.text(stand));
            self.push(Block::Terms(groups));
        }
        let line = Line::new().text(words.say(
            "A norm is named by letters for its document and a number, such as ",
            "Норму названо літерами її документа й числом, як-от ",
        ));
        let first = self.input.findings.iter().map(|finding| finding.norm).min_by_key(|norm| &norm.id);
        let line = first.map_or(Line::new(), |norm| line.inside(&Self::norm_id(norm), &norm.id));
        self.paragraph(
            line.text(words.say("; the letters, the kinds of control and the powers are explained in the chapter ", "; літери, види контролю й повноваження пояснено в розділі "))
                .inside("terms", words.say("Terms", "Терміни"))
                .text(words.say(
                    ". An article is cited as the law has it; “not verified” marks what rests on general knowledge and not on a page that was read, “not checked” a place in a guidance document that nobody has held against the document.",
                    ". Статтю вказано так, як у законі; «не перевірено» позначає те, що спирається на загальні знання, а не на прочитану сторінку, а після місця в настановчому документі – що його не звірено з документом.",
                )),
        );
    }

    /// The chapter on the letters of norms, the kinds of control and the powers that the report names.
    pub(super) fn terms(&mut self) {
        let words = self.words;
        self.heading(1, "terms", words.say("Terms", "Терміни"), true);
        self.heading(2, "letters", words.say("Letters of norms", "Літери норм"), false);
        let mut letters: BTreeMap<&str, BTreeSet<_>> = BTreeMap::new();
        for norm in self.input.findings.iter().map(|finding| finding.norm) {
            let lead = norm.id.rsplit_once('-').map_or(norm.id.as_str(), |(lead, _)| lead);
            letters.entry(lead).or_default().extend(norm.document);
        }
        let letters = letters.into_iter().filter(|(_, documents)| !documents.is_empty());
        let letters = letters.map(|(lead, documents)| {
            let named = documents.into_iter().filter_map(|iri| self.graph.document(iri));
            let named = named.map(|document| {
                Line::new().inside(&self.document_id(document), &self.document_name(document))
            });
            (lead.to_owned(), Line::join(named, "; "))
        });
        let letters = letters.collect();
        self.push(Block::Terms(letters));
        let (mechanisms, powers) = self.used();
        let vocabulary = &self.graph.vocabulary;
        let mechanisms = mechanisms.iter().map(|id| vocabulary.mechanisms.get(id));
        self.defined("controls", words.say("Kinds of control", "Види контролю"), mechanisms);
        let powers = powers.iter().map(|id| vocabulary.powers.get(id));
        self.defined("powers", words.say("Powers", "Повноваження"), powers);
    }

    /// The kinds of control of links that count over bodies with findings, and of the norms; the bodies' powers.
    fn used(&self) -> (MechanismSet, PowerSet) {
        let (mut mechanisms, mut powers) = (MechanismSet::default(), PowerSet::default());
        for (body, findings) in &self.bodies {
            powers = powers.or(self.graph.institution(*body).powers);
            for finding in findings {
                mechanisms = mechanisms.or(finding.norm.evidence.mechanisms);
            }
        }
        for link in self.graph.network.edge_indices() {
            let (_, control, overseen) = self.graph.link(link);
            if self.bodies.contains_key(&overseen) && self.input.world.standing(link) != Standing::Out {
                mechanisms.insert(control.mechanism);
            }
        }
        (mechanisms, powers)
    }

    /// A section of concepts that have a definition in the report's language, by name.
    fn defined<'c>(&mut self, id: &str, heading: &str, concepts: impl Iterator<Item = &'c Concept>) {
        let tongue = self.words.tongue();
        let mut terms: BTreeMap<Order, (String, Line)> = BTreeMap::new();
        for concept in concepts {
            let Some(definition) = self.text(&concept.definition) else { continue };
            let name = lower(&self.label(&concept.labels, &concept.slug));
            terms.insert(tongue.order(&name), (name, Line::new().text(&definition)));
        }
        if !terms.is_empty() {
            self.heading(2, id, heading, false);
            self.push(Block::Terms(terms.into_values().collect()));
        }
    }
}
