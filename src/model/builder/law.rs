//! Reads acts and provisions, and what stands behind a record as its legal basis.

use super::Reader;
use super::classes::Classes;
use crate::model::facts::Predicate;
use crate::model::law::Act;
use crate::model::link::Basis;
use crate::model::problem::Outcome;
use crate::model::records::Record;
use crate::model::text::Symbol;
use std::cmp::Ordering;
use std::collections::HashMap;

/// What each provision and act stands for as a legal basis, by its IRI.
pub(super) type Bases = HashMap<Symbol, Basis>;

impl Reader<'_> {
    /// Returns what each provision and act stands for as a legal basis.
    pub(super) fn provisions(&mut self, classes: &Classes) -> Bases {
        let mut bases: Bases = classes
            .acts
            .iter()
            .map(|act| (*act, Basis { iri: *act, act: Some(*act), number: None }))
            .collect();
        for subject in &classes.provisions {
            let mut record = self.record(*subject);
            let act = record.one_text(Predicate::PartOf);
            let number = record.one_text(Predicate::Number);
            record.finish(self.problems);
            bases.insert(*subject, Basis { iri: *subject, act, number });
        }
        bases
    }

    pub(super) fn acts(&mut self, subjects: &[Symbol]) -> Vec<Act> {
        self.each(subjects, |record| Act {
            iri: record.subject,
            titles: record.labels(Predicate::ActTitle),
            other_titles: record.labels(Predicate::AltLabel),
            number: record.one_text(Predicate::LocalId),
            kind: record.one_text(Predicate::DocumentType),
            adopted: record.date(Predicate::Adopted, Outcome::Ignored).unwrap_or_default(),
            in_force: record.date(Predicate::EntryInForce, Outcome::Ignored).unwrap_or_default(),
            repealed: record.date(Predicate::NoLongerInForce, Outcome::Ignored).unwrap_or_default(),
            page: record.one_text(Predicate::Page),
            sources: record.nodes(Predicate::Source),
            verified: record.flag(Predicate::Verified),
        })
    }
}

/// Reads the provisions behind something, in natural order of act and number.
pub(super) fn basis(record: &mut Record<'_>, predicate: Predicate, bases: &Bases) -> Vec<Basis> {
    let mut found: Vec<Basis> = Vec::new();
    for object in record.all(predicate) {
        // What is described nowhere still is a basis: its IRI is taken as the act.
        let undescribed = Basis { iri: object.text, act: Some(object.text), number: None };
        found.push(bases.get(&object.text).copied().unwrap_or(undescribed));
    }
    if found.len() > 1 {
        let text = |symbol: Option<Symbol>| symbol.map_or("", |s| record.text(s));
        found.sort_by(|a, b| {
            text(a.act).cmp(text(b.act)).then_with(|| natural(text(a.number), text(b.number)))
        });
    }
    found
}

/// Orders `art. 9` before `art. 10`: runs of digits compare as numbers.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        let (digits_a, digits_b) = (leading_digits(a), leading_digits(b));
        if !digits_a.is_empty() && !digits_b.is_empty() {
            let (x, y) = (digits_a.trim_start_matches('0'), digits_b.trim_start_matches('0'));
            match x.len().cmp(&y.len()).then_with(|| x.cmp(y)) {
                Ordering::Equal => (a, b) = (&a[digits_a.len()..], &b[digits_b.len()..]),
                other => return other,
            }
            continue;
        }
        match (a.chars().next(), b.chars().next()) {
            (Some(x), Some(y)) if x == y => (a, b) = (&a[x.len_utf8()..], &b[y.len_utf8()..]),
            (x, y) => return x.cmp(&y),
        }
    }
}

fn leading_digits(text: &str) -> &str {
    &text[..text.bytes().take_while(u8::is_ascii_digit).count()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_provisions_sort_as_a_lawyer_counts() {
        let mut numbers = ["art. 10", "art. 9(12)", "art. 9(2)", "art. 9", "art. 9-1", "§ 3"];
        numbers.sort_by(|a, b| natural(a, b));
        assert_eq!(numbers, ["art. 9", "art. 9(2)", "art. 9(12)", "art. 9-1", "art. 10", "§ 3"]);
    }
}
