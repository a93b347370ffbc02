//! Which rows must bring their name along, because the import would make another one.

use crate::tables::names::{Names, Provisions};
use std::collections::{BTreeMap, BTreeSet};

/// Says of each row whether its name in the IRI, one of `actual`, is not the one that `make` gives it.
///
/// # Arguments
/// * `make`: gives the row at a place its name, after the rows before it.
pub(super) fn that_differ(actual: &[&str], make: impl Fn(&mut Names, usize) -> String) -> Vec<bool> {
    let mut differs = vec![false; actual.len()];
    // Names that rows bring along are taken from the start, which may change what others get: until nothing changes.
    loop {
        let own = actual.iter().zip(&differs).filter(|(_, differs)| **differs);
        let mut names = Names::taken(own.map(|(name, _)| *name));
        let mut changed = false;
        for (at, name) in actual.iter().enumerate() {
            if differs[at] {
                continue;
            }
            let made = make(&mut names, at);
            if made != *name {
                names.replace(&made, name);
                differs[at] = true;
                changed = true;
            }
        }
        if !changed {
            return differs;
        }
    }
}

/// An article as it is mentioned: act, article, and the provision's name in the IRI.
pub(super) type Mention<'g> = [&'g str; 3];

/// Returns the articles whose name is not the one that they get when they are mentioned in this order, each once, by
/// act and name.
pub(super) fn of_articles_that_differ<'g>(mentions: &[Mention<'g>]) -> Vec<Mention<'g>> {
    let mut own: BTreeSet<(&str, &str, &str)> = BTreeSet::new();
    loop {
        let mut provisions =
            Provisions::given(own.iter().map(|(act, name, article)| [*name, *act, *article]));
        // After one that differs, others of its act may differ only for that.
        let mut first: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
        for [act, article, actual] in mentions {
            if !first.contains_key(act) && provisions.name(act, article) != *actual {
                first.insert(act, (*actual, *article));
            }
        }
        if first.is_empty() {
            return own.into_iter().map(|(act, name, article)| [act, article, name]).collect();
        }
        let before = own.len();
        own.extend(first.into_iter().map(|(act, (name, article))| (act, name, article)));
        // Two names for one article cannot both be had; the caller has told of it.
        if own.len() == before {
            return own.into_iter().map(|(act, name, article)| [act, article, name]).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differing(actual: &[&str], first: &[&str]) -> Vec<bool> {
        that_differ(actual, |names, at| names.survey(first[at], "2026"))
    }

    #[test]
    fn only_rows_with_a_name_of_their_own_bring_it() {
        assert_eq!(differing(&["a", "a.2026", "b"], &["a", "a", "b"]), [false, false, false]);
        assert_eq!(differing(&["a.2026", "a", "b"], &["a", "a", "b"]), [true, false, false]);
        assert_eq!(differing(&["x", "a", "b"], &["a", "a", "b"]), [true, false, false]);
        assert_eq!(differing(&["b", "a", "b.2026"], &["a", "a", "b"]), [true, false, false]);
    }

    #[test]
    fn articles_that_are_alike_bring_their_name_where_the_order_is_another() {
        let [a, b] = [["c", "art. 1-1", "c.art-1-1"], ["c", "art. 1(1)", "c.art-1-1-2"]];
        assert!(of_articles_that_differ(&[a, b, a]).is_empty());
        assert_eq!(of_articles_that_differ(&[b, a, b]), [b]);
        let odd = ["d", "art. 5", "d.five"];
        assert_eq!(of_articles_that_differ(&[odd, a, odd, b]), [odd]);
    }
}
