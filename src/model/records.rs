//! Reads the triples of one subject as a record, and notes what cannot be read.

use super::facts::{Grouped, Object, Predicate};
use super::problem::{Expected, Fault, NormFault, Outcome, Problem, nearest};
use super::scheme::{Id, Scheme, Set};
use super::text::{Labels, Symbol};
use super::{Date, Interval};
use crate::vocab::slug;

/// The triples of one subject, read property by property.
pub(super) struct Record<'a> {
    pub(super) facts: &'a Grouped,
    pub(super) subject: Symbol,
    problems: Vec<Fault>,
}

impl<'a> Record<'a> {
    pub(super) fn new(facts: &'a Grouped, subject: Symbol) -> Self {
        Self { facts, subject, problems: Vec::new() }
    }

    /// Hands over what was wrong.
    pub(super) fn finish(self, problems: &mut Vec<Problem>) {
        for fault in self.problems {
            problems.push(Problem {
                document: self.facts.document(self.subject).to_owned(),
                subject: self.facts.texts.get(self.subject).to_owned(),
                fault,
            });
        }
    }

    pub(super) fn fault(&mut self, fault: Fault) {
        self.problems.push(fault);
    }

    pub(super) fn text(&self, symbol: Symbol) -> &'a str {
        self.facts.texts.get(symbol)
    }

    pub(super) fn all(&self, predicate: Predicate) -> Vec<Object> {
        self.facts.all(self.subject, predicate)
    }

    pub(super) fn nodes(&self, predicate: Predicate) -> Vec<Symbol> {
        self.all(predicate).into_iter().filter(|o| o.is_node()).map(|o| o.text).collect()
    }

    pub(super) fn labels(&self, predicate: Predicate) -> Labels {
        Labels(self.facts.labels(self.subject, predicate))
    }

    /// Returns the value of a property that may have one; of several, the first in order.
    pub(super) fn one(&mut self, predicate: Predicate) -> Option<Object> {
        let mut values = self.facts.of(self.subject).iter().filter(|(p, _)| *p == predicate);
        let first = values.next().map(|(_, object)| *object)?;
        if values.next().is_none() {
            return Some(first);
        }
        let values = self.all(predicate);
        if values.len() > 1 {
            let kept = self.text(values[0].text).to_owned();
            self.fault(Fault::Several { property: predicate.short(), count: values.len(), kept });
        }
        values.first().copied()
    }

    pub(super) fn one_text(&mut self, predicate: Predicate) -> Option<Symbol> {
        self.one(predicate).map(|object| object.text)
    }

    pub(super) fn flag(&mut self, predicate: Predicate) -> bool {
        let Some(value) = self.one_text(predicate) else {
            return false;
        };
        match self.text(value) {
            "true" | "1" => true,
            "false" | "0" => false,
            other => {
                let value = other.to_owned();
                self.fault(Fault::Unreadable {
                    property: predicate.short(),
                    value,
                    expected: Expected::Flag,
                    outcome: Outcome::Ignored,
                });
                false
            }
        }
    }

    /// Returns the date; `Err` where there is one that cannot be read.
    pub(super) fn date(&mut self, predicate: Predicate, outcome: Outcome) -> Result<Option<Date>, ()> {
        let Some(value) = self.one_text(predicate) else {
            return Ok(None);
        };
        self.text(value).parse().map(Some).map_err(|_| {
            let value = self.text(value).to_owned();
            let expected = Expected::Date;
            self.fault(Fault::Unreadable { property: predicate.short(), value, expected, outcome });
        })
    }

    /// Returns the interval; `Err` where a bound cannot be read, for an open bound would say too much.
    pub(super) fn interval(
        &mut self,
        start: Predicate,
        end: Predicate,
        outcome: Outcome,
    ) -> Result<Interval, ()> {
        let (start, end) = (self.date(start, outcome), self.date(end, outcome));
        let interval = Interval { start: start?, end: end? };
        if let (true, Some(start), Some(end)) = (interval.is_reversed(), interval.start, interval.end) {
            self.fault(Fault::Reversed { start: start.to_string(), end: end.to_string() });
        }
        Ok(interval)
    }

    /// Returns the concepts that a property names; unknown ones are noted and left out.
    pub(super) fn concepts<K>(&mut self, predicate: Predicate, scheme: &Scheme<K>) -> Set<K> {
        let mut set = Set::default();
        for object in self.all(predicate) {
            match scheme.find(object.text) {
                Some(id) => set.insert(id),
                None => self.unknown(predicate, object.text, scheme, Outcome::Ignored),
            }
        }
        set
    }

    /// Returns the one concept that a property names, by whole IRI; `None` is noted where it is missing or unknown.
    pub(super) fn concept<K>(&mut self, predicate: Predicate, scheme: &Scheme<K>) -> Option<Id<K>> {
        let Some(value) = self.one_text(predicate) else {
            self.fault(Fault::Missing { property: predicate.short() });
            return None;
        };
        let found = scheme.find(value);
        if found.is_none() {
            self.unknown(predicate, value, scheme, Outcome::LeftOut);
        }
        found
    }

    fn unknown<K>(&mut self, predicate: Predicate, value: Symbol, scheme: &Scheme<K>, outcome: Outcome) {
        let value = self.text(value).to_owned();
        let nearest = self.nearest_concept(&value, scheme);
        self.fault(Fault::Unknown { property: predicate.short(), value, nearest, outcome });
    }

    /// Returns the concept that is spelled most like `value`: its slug, or its whole IRI where the slug is right and
    /// the rest is not.
    fn nearest_concept<K>(&self, value: &str, scheme: &Scheme<K>) -> Option<String> {
        let slugs = scheme.iter().map(|(_, concept)| concept.slug.as_str());
        let found = nearest(slug(value), slugs)?;
        let iri = scheme.find_slug(found).map(|id| self.text(scheme.get(id).iri));
        Some(if found == slug(value) { iri.unwrap_or(found) } else { found }.to_owned())
    }

    /// Reads a value that is one of a few words; unknown ones are noted.
    pub(super) fn word<W: Copy>(
        &mut self,
        value: Symbol,
        predicate: Predicate,
        of_slug: impl Fn(&str) -> Option<W>,
        words: &[&'static str],
        outcome: Outcome,
    ) -> Option<W> {
        let text = self.text(value);
        let word = of_slug(slug(text));
        if word.is_none() {
            let nearest = nearest(slug(text), words.iter().copied()).map(str::to_owned);
            self.fault(Fault::Unknown {
                property: predicate.short(),
                value: text.to_owned(),
                nearest,
                outcome,
            });
        }
        word
    }

    // What follows reads norms, where every fault means that no verdict can be given.

    pub(super) fn norm_fault(&mut self, fault: NormFault) {
        self.fault(Fault::Norm(fault));
    }

    pub(super) fn norm_concepts<K>(&mut self, predicate: Predicate, scheme: &Scheme<K>) -> Vec<Id<K>> {
        let mut ids = Vec::new();
        for object in self.all(predicate) {
            if let Some(id) = scheme.find(object.text) {
                ids.push(id);
            } else {
                let value = self.text(object.text).to_owned();
                let nearest = self.nearest_concept(&value, scheme);
                self.norm_fault(NormFault::Unknown { property: predicate.short(), value, nearest });
            }
        }
        ids
    }

    pub(super) fn norm_flag(&mut self, predicate: Predicate) -> bool {
        let word = |text: &str| match text {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        };
        self.norm_word(predicate, word, &["true", "false"]).unwrap_or(false)
    }

    pub(super) fn norm_number(&mut self, predicate: Predicate) -> u32 {
        let Some(value) = self.norm_one(predicate) else {
            return 1;
        };
        match self.text(value).parse() {
            Ok(number) if number >= 1 => number,
            _ => {
                let value = self.text(value).to_owned();
                self.norm_fault(NormFault::Number { property: predicate.short(), value });
                1
            }
        }
    }

    pub(super) fn norm_word<W: Copy>(
        &mut self,
        predicate: Predicate,
        of_slug: impl Fn(&str) -> Option<W>,
        words: &[&'static str],
    ) -> Option<W> {
        let value = self.norm_one(predicate)?;
        let text = self.text(value);
        let word = of_slug(slug(text));
        if word.is_none() {
            let nearest = nearest(slug(text), words.iter().copied()).map(str::to_owned);
            self.norm_fault(NormFault::Unknown {
                property: predicate.short(),
                value: text.to_owned(),
                nearest,
            });
        }
        word
    }

    fn norm_one(&mut self, predicate: Predicate) -> Option<Symbol> {
        let values = self.all(predicate);
        if values.len() > 1 {
            self.norm_fault(NormFault::Several { property: predicate.short(), count: values.len() });
        }
        values.first().map(|object| object.text)
    }
}
