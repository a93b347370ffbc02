//! Articles of acts as provisions: their names, and their order in the file.
//!
//! A provision is named `<act>.<slug>`: the article in lower case with `section` for `§` and one `-` for every
//! run of other signs than ASCII letters and digits, so that art. 106(1)(17) is `art-106-1-17`. Articles of one act
//! that come out alike, such as art. 131-1(3) and art. 131(1)(3), get `-2`, `-3` ... in the order in which
//! they are first named: by the institutions, then by the links, then by the powers, each from the top down.
//! Spellings that differ only in the case of the first letter are one article, in the first spelling.

use super::terms::Names;
use std::collections::BTreeMap;

/// The provisions named so far.
#[derive(Debug, Default)]
pub(super) struct Provisions<'t> {
    acts: BTreeMap<&'t str, BTreeMap<String, Provision<'t>>>,
    names: Names,
}

/// One article.
#[derive(Debug)]
pub(super) struct Provision<'t> {
    /// Its local name.
    pub(super) name: String,
    /// The article as the table spells it.
    pub(super) article: &'t str,
}

impl<'t> Provisions<'t> {
    /// Returns the local name of an article, the same for each time it is named.
    pub(super) fn name(&mut self, act: &'t str, article: &'t str) -> String {
        let articles = self.acts.entry(act).or_default();
        let provision = articles.entry(lower_first(article)).or_insert_with(|| {
            let name = self.names.number(&format!("{act}.{}", slug(article)), '-');
            Provision { name, article }
        });
        provision.name.clone()
    }

    /// The provisions of an act in natural order: art. 9 before art. 10.
    pub(super) fn of(&self, act: &str) -> Vec<&Provision<'t>> {
        let mut provisions: Vec<_> = self.acts.get(act).into_iter().flat_map(BTreeMap::values).collect();
        provisions.sort_by_cached_key(|provision| natural(provision.article));
        provisions
    }
}

/// Returns the part that an article has in an IRI; `article` where no letter or digit is ASCII.
pub(super) fn slug(article: &str) -> String {
    let mut slug = String::new();
    for c in article.replace('§', " section ").to_ascii_lowercase().chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    match slug.trim_end_matches('-') {
        "" => "article".to_owned(),
        slug => slug.to_owned(),
    }
}

fn lower_first(article: &str) -> String {
    let mut chars = article.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// A key in which digits count as numbers.
fn natural(text: &str) -> Vec<(Option<u64>, String)> {
    let text = text.to_lowercase();
    let is_digit = |c: &char| c.is_ascii_digit();
    text.as_bytes()
        .chunk_by(|a, b| is_digit(&char::from(*a)) == is_digit(&char::from(*b)))
        .map(|run| String::from_utf8_lossy(run).into_owned())
        .map(|run| (run.parse().ok(), run))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_ascii() {
        for (article, expected) in [
            ("art. 106(1)(17)", "art-106-1-17"),
            ("§ 12 a", "section-12-a"),
            ("art. 326 § 1-3", "art-326-section-1-3"),
            ("Art. 2(2)(1)(в)", "art-2-2-1"),
            ("преамбула", "article"),
        ] {
            assert_eq!(slug(article), expected);
        }
    }

    #[test]
    fn articles_alike_are_told_apart_in_order_of_mention() {
        let mut provisions = Provisions::default();
        for (article, expected) in [
            ("art. 131-1(3)", "c.art-131-1-3"),
            ("art. 131(1)(3)", "c.art-131-1-3-2"),
            ("Art. 131-1(3)", "c.art-131-1-3"),
            ("art. 131", "c.art-131"),
        ] {
            assert_eq!(provisions.name("c", article), expected);
        }
        assert_eq!(provisions.name("d", "art. 131"), "d.art-131");
    }

    #[test]
    fn order_is_natural() {
        let mut provisions = Provisions::default();
        for article in ["art. 10", "art. 9-1", "art. 9(2)", "art. 9", "art. 9(10)", "§ 1"] {
            provisions.name("c", article);
        }
        let order: Vec<&str> = provisions.of("c").iter().map(|p| p.article).collect();
        assert_eq!(order, ["art. 9", "art. 9(2)", "art. 9(10)", "art. 9-1", "art. 10", "§ 1"]);
        assert!(provisions.of("e").is_empty());
    }
}
