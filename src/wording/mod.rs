//! Words for people in the reader's language: names from the ontology, and the fixed words of sentences; the order of
//! names in lists.
//!
//! What has a name in the data (types, mechanisms, pillars, severities ...) is called by it, as
//! [`in_language`](crate::model::in_language) falls back. Sentences stand in [`phrases`], once in English and once in
//! Ukrainian; in every other language they are English, around the names in that language. Machine formats take
//! none of this: they have ids.
//!
//! # Invariants
//! * Both languages of a phrase fill in the same places (a test holds it).

mod law;
mod order;
pub mod phrases;

use crate::gaps::Verdict;
use crate::model::{
    Concept, Effect, Graph, Id, Independence, InstitutionId, Labels, Link, Pillar, Scheme, Severity, Status,
};
use crate::store::Kind;
use crate::vocab::scheme;
pub use order::Order;
use phrases::{Counted, Phrase};
use std::fmt::{Display, Write as _};

/// A language that sentences are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    /// English, and what stands in for every other language.
    English,
    /// Ukrainian.
    Ukrainian,
}

impl Tongue {
    /// Returns the one for a language tag.
    pub fn of(language: &str) -> Self {
        match language.split('-').next() {
            Some(primary) if primary.eq_ignore_ascii_case("uk") => Self::Ukrainian,
            _ => Self::English,
        }
    }

    /// Returns the language tag, for `lang` in HTML.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Ukrainian => "uk",
        }
    }

    /// Returns a phrase without places to fill.
    pub fn say(self, phrase: Phrase) -> &'static str {
        match self {
            Self::English => phrase.english,
            Self::Ukrainian => phrase.ukrainian,
        }
    }

    /// Returns a phrase with `{0}`, `{1}` ... filled in.
    pub fn fill(self, phrase: Phrase, values: &[&dyn Display]) -> String {
        fill(self.say(phrase), values)
    }

    /// Returns a number with what it counts, in the form that the language asks for.
    pub fn count(self, counted: Counted, number: usize) -> String {
        let form = match self {
            Self::English => counted.english[usize::from(number != 1)],
            Self::Ukrainian => counted.ukrainian[ukrainian_form(number)],
        };
        fill(form, &[&number])
    }

    /// Returns a share as a percentage with one decimal: `97.5 %`.
    pub fn percent(self, share: f64) -> String {
        let english = format!("{:.1} %", 100.0 * share);
        match self {
            Self::English => english,
            Self::Ukrainian => english.replace('.', ","),
        }
    }

    /// Returns the word for a verdict.
    pub fn verdict(self, verdict: Verdict) -> &'static str {
        self.say(match verdict {
            Verdict::Gap => phrases::GAP,
            Verdict::Partial => phrases::PARTIAL,
            Verdict::OnPaper => phrases::ON_PAPER_VERDICT,
            Verdict::Unknown => phrases::UNKNOWN,
            Verdict::Met => phrases::MET,
        })
    }

    /// Returns of whom, after "independent of".
    pub fn of_whom(self, independence: Independence) -> &'static str {
        self.say(match independence {
            Independence::Overseen => phrases::OF_OVERSEEN,
            Independence::Ministry => phrases::OF_MINISTRY,
            Independence::Executive => phrases::OF_EXECUTIVE,
        })
    }

    /// Returns what a parameter of the kind takes.
    pub fn takes(self, kind: Kind) -> &'static str {
        match (self, kind) {
            (Self::English, kind) => kind.takes(),
            (_, Kind::Iri) => "IRI, повний або з відомим префіксом",
            (_, Kind::Date) => "день, `РРРР-ММ-ДД`, або `today` — день, на який визначається право",
            (_, Kind::Year) => "рік із чотирьох цифр",
            (_, Kind::Integer) => "ціле число",
            (_, Kind::String) => "будь-який текст",
            (_, Kind::Boolean) => "`true` або `false`",
            (_, Kind::Country) => "код країни, як-от `ua`",
            (_, Kind::Institution) => "інституція, як-от `ua/sbu`",
            (_, Kind::Act) => "акт, за коротким ідентифікатором або його останньою частиною",
            (_, Kind::Norm) => "норма, як-от `MIA-07`",
            (_, Kind::Document) => "керівний документ, як-от `mia-2005`",
            (_, Kind::Type) => "тип інституції або група типів, як-от `police` чи `provider`",
            (_, Kind::Mechanism) => "механізм, як-от `hearing`",
            (_, Kind::Power) => "повноваження, як-от `detention`",
            (_, Kind::Limit) => "обмеження, як-от `secrecy`",
        }
    }

    /// Joins alternatives: `a`, `a or b`, `a, b or c`.
    pub fn any_of(self, words: &[String]) -> String {
        join(words, self.say(phrases::OR))
    }

    /// Joins what belongs together: `a`, `a and b`, `a, b and c`.
    pub fn all_of(self, words: &[String]) -> String {
        join(words, self.say(phrases::AND))
    }
}

/// Finds names and phrases for one reader.
#[derive(Clone, Copy, Debug)]
pub struct Wording<'g, 'l> {
    graph: &'g Graph,
    language: &'l str,
    tongue: Tongue,
}

impl std::ops::Deref for Wording<'_, '_> {
    type Target = Tongue;

    fn deref(&self) -> &Tongue {
        &self.tongue
    }
}

impl<'g, 'l> Wording<'g, 'l> {
    /// Makes one for the names of `graph` in `language`, a tag such as `uk`.
    pub fn new(graph: &'g Graph, language: &'l str) -> Self {
        Self { graph, language, tongue: Tongue::of(language) }
    }

    /// Returns the text that a reader of the language gets; nothing where there is none in any language.
    pub fn pick(self, labels: &Labels) -> &'g str {
        labels.pick(&self.graph.texts, self.language).map_or("", |text| self.graph.text(text))
    }

    /// Names an institution.
    pub fn name(self, id: InstitutionId) -> &'g str {
        self.graph.name(id, self.language)
    }

    /// Names a concept as inside a sentence.
    pub fn term<K>(self, scheme: &Scheme<K>, id: Id<K>) -> String {
        self.concept(scheme.get(id))
    }

    /// Names concepts as inside a sentence.
    pub fn terms<K>(self, scheme: &Scheme<K>, ids: impl IntoIterator<Item = Id<K>>) -> Vec<String> {
        ids.into_iter().map(|id| self.term(scheme, id)).collect()
    }

    /// Names a concept as inside a sentence.
    pub fn concept(self, concept: &Concept) -> String {
        match concept.labels.pick(&self.graph.texts, self.language) {
            Some(label) => in_sentence(self.graph.text(label)),
            None => concept.slug.clone(),
        }
    }

    /// Names the mechanism of a link.
    pub fn mechanism(self, link: &Link) -> String {
        self.term(&self.graph.vocabulary.mechanisms, link.mechanism)
    }

    /// Names a severity.
    pub fn severity(self, severity: Severity) -> String {
        self.word(scheme::SEVERITY, severity.slug())
    }

    /// Names a status.
    pub fn status(self, status: Status) -> String {
        self.word(scheme::STATUS, status.slug())
    }

    /// Names an effect.
    pub fn effect(self, effect: Effect) -> String {
        self.word(scheme::EFFECT, effect.slug())
    }

    /// Names a pillar.
    pub fn pillar(self, pillar: Pillar) -> String {
        self.word(scheme::PILLAR, pillar.slug())
    }

    fn word(self, scheme: &str, slug: &'static str) -> String {
        in_sentence(self.graph.word(scheme, slug, self.language))
    }
}

fn join(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., tail] => format!("{} {last} {tail}", head.join(", ")),
    }
}

/// Which of the three forms a Ukrainian noun takes after a number.
///
/// # Source
/// Unicode CLDR, plural rules for `uk`: one, few, many.
fn ukrainian_form(number: usize) -> usize {
    match (number % 10, number % 100) {
        (1, rest) if rest != 11 => 0,
        (2..=4, rest) if !(12..=14).contains(&rest) => 1,
        _ => 2,
    }
}

/// Fills `{0}`, `{1}` ...; what is filled in is not looked at again.
fn fill(template: &str, values: &[&dyn Display]) -> String {
    let mut text = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((place, after)) = after.split_once('}') else { break };
        text.push_str(before);
        if let Some(value) = place.parse().ok().and_then(|at: usize| values.get(at)) {
            let _ = write!(text, "{value}");
        }
        rest = after;
    }
    text + rest
}

/// Lowers the first letter of a name, unless it is all capitals.
pub fn in_sentence(name: &str) -> String {
    let mut characters = name.chars();
    match (characters.next(), characters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() || !second.is_alphabetic() => {
            first.to_lowercase().chain([second]).chain(characters).collect()
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_the_form_of_their_language() {
        let links = |tongue: Tongue, number| tongue.count(phrases::LINKS, number);
        assert_eq!([0, 1, 2].map(|n| links(Tongue::English, n)), ["0 links", "1 link", "2 links"]);
        let numbers = [0, 1, 2, 4, 5, 11, 12, 14, 21, 22, 25, 101, 111, 112];
        assert_eq!(
            numbers.map(|n| links(Tongue::Ukrainian, n)),
            [
                "0 зв’язків",
                "1 зв’язок",
                "2 зв’язки",
                "4 зв’язки",
                "5 зв’язків",
                "11 зв’язків",
                "12 зв’язків",
                "14 зв’язків",
                "21 зв’язок",
                "22 зв’язки",
                "25 зв’язків",
                "101 зв’язок",
                "111 зв’язків",
                "112 зв’язків"
            ]
        );
    }

    #[test]
    fn phrases_fill_the_same_places_in_both_languages() {
        let places = |text: &str| {
            let mut places: Vec<&str> =
                text.split('{').skip(1).map(|part| part.split_once('}').expect("a closed place").0).collect();
            places.sort_unstable();
            places.dedup();
            places.join(",")
        };
        assert!(phrases::EVERY.len() > 100);
        for phrase in phrases::EVERY {
            assert_eq!(places(phrase.english), places(phrase.ukrainian), "{}", phrase.english);
        }
        for counted in phrases::EVERY_COUNTED {
            for form in counted.english.iter().chain(&counted.ukrainian) {
                assert_eq!(places(form), "0", "{form}");
            }
        }
    }

    #[test]
    fn no_phrase_is_left_in_english() {
        let latin = |text: &str| text.replace("IRI", "").chars().any(|c| c.is_ascii_alphabetic());
        for phrase in phrases::EVERY {
            assert!(!latin(phrase.ukrainian), "{}", phrase.ukrainian);
        }
        for form in phrases::EVERY_COUNTED.iter().flat_map(|counted| counted.ukrainian) {
            assert!(!latin(form), "{form}");
        }
    }

    #[test]
    fn what_is_filled_in_stays_as_it_is() {
        assert_eq!(fill("{1} by {0}", &[&"{1}", &"a"]), "a by {1}");
        assert_eq!(fill("{0} and {7} {", &[&1]), "1 and  {");
    }

    #[test]
    fn languages_without_phrases_are_english() {
        assert_eq!(
            ["uk", "UK", "uk-UA", "nb", "ukx", ""].map(|tag| Tongue::of(tag).tag()),
            ["uk", "uk", "uk", "en", "en", "en"]
        );
        assert_eq!(Tongue::Ukrainian.percent(0.975), "97,5 %");
    }

    #[test]
    fn lists_end_as_sentences_do() {
        let words: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
        assert_eq!(Tongue::English.any_of(&words), "a, b or c");
        assert_eq!(Tongue::Ukrainian.all_of(&words[..2]), "a і b");
        assert_eq!(Tongue::English.any_of(&[]), "");
    }

    #[test]
    fn acronyms_stay() {
        assert_eq!(in_sentence("Internal audit"), "internal audit");
        assert_eq!(in_sentence("UN body"), "UN body");
        assert_eq!(in_sentence("Омбудсман"), "омбудсман");
    }
}
