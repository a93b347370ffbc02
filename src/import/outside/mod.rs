//! Tables of others into Turtle: [`sfm()`] takes Security Force Monitor's, [`wikidata()`] results of Wikidata's SPARQL.
//!
//! # Invariants
//! * Nothing of it counts as checked: everything is marked `ov:verified false`.
//! * What does not fit is told, never dropped in silence, and never bent: a body whose type is not certain has none.
//! * Bodies keep the id that they have at the source, so that a later import means the same ones.
//!
//! # See also
//! `docs/import.md` for the mapping, column by column.

mod rows;
mod sfm;
mod wikidata;

pub use sfm::sfm;
pub use wikidata::wikidata;

use super::terms::{date, iri};
use crate::rdf::{Literal, NamedNode};
use std::collections::BTreeMap;

/// What is told of an import: remarks in order, alike ones counted.
#[derive(Debug, Default)]
struct Told {
    remarks: Vec<String>,
    counted: BTreeMap<String, (usize, String)>,
}

impl Told {
    /// Tells something.
    fn say(&mut self, remark: String) {
        self.remarks.push(remark);
    }

    /// Tells something that may hold for many: it is said once, with their number and the first.
    fn count(&mut self, what: impl Into<String>, example: &str) {
        self.counted.entry(what.into()).or_insert_with(|| (0, example.to_owned())).0 += 1;
    }

    fn finish(mut self) -> Vec<String> {
        let counted = self.counted.into_iter();
        self.remarks.extend(counted.map(|(what, (count, first))| match count {
            1 => format!("{what}: `{first}`"),
            n => format!("{what}: {n}, the first is `{first}`"),
        }));
        self.remarks
    }
}

/// Reads a date as others write it, `2013-01-` and `2013-00-00` included, cut to what is known.
fn known_date(text: &str) -> Option<Literal> {
    let known = text.trim_end_matches("-00").trim_end_matches('-');
    known
        .parse::<crate::model::Date>()
        .ok()
        .filter(|_| matches!(known.len(), 4 | 7 | 10))
        .map(|_| date(known))
}

/// An address on the web.
fn address(text: &str) -> Option<NamedNode> {
    let is_web = text.starts_with("http://") || text.starts_with("https://");
    is_web.then(|| NamedNode::new(text).ok())?
}

/// A concept, as a list that adds one or none.
fn concept(scheme: &str, slug: Option<&str>) -> Option<NamedNode> {
    slug.map(|slug| iri(scheme, slug))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_cut_to_what_is_known() {
        for (text, known) in [
            ("2013-01-", Some("2013-01")),
            ("2013", Some("2013")),
            ("2013-00-00", Some("2013")),
            ("2013-02-29", None),
            ("May 2013", None),
            ("", None),
        ] {
            assert_eq!(known_date(text).map(|date| date.value().to_owned()).as_deref(), known, "{text}");
        }
    }

    #[test]
    fn alike_remarks_are_counted() {
        let mut told = Told::default();
        told.count("no type", "a");
        told.count("no type", "b");
        told.say("first".to_owned());
        assert_eq!(told.finish(), ["first", "no type: 2, the first is `a`"]);
    }
}
