//! Names in IRIs, made from the rows of a table.
//!
//! # Links, powers, surveys
//! A link is named `<overseer>.<mechanism>.<overseen>.<from>`, with `undated` where it has no beginning; where an
//! earlier row has that name, `.<act>`, `.<article>` (the first one's slug), `.<status>` and a number are added one
//! after the other until it is free. So are powers, from `<institution>.<power>.<act>.<article>`, and surveys, from
//! `<scope>` and then `<surveyed_on>`.
//!
//! # Provisions
//! A provision is named `<act>.<slug>`: the article in lower case with `section` for `§` and one `-` for every
//! run of other signs than ASCII letters and digits, so that art. 106(1)(17) is `art-106-1-17`. Articles of one act
//! that come out alike, such as art. 131-1(3) and art. 131(1)(3), get `-2`, `-3` ... in the order in which
//! they are first named: by the institutions, then by the links, then by the powers, each from the top down.
//! Spellings that differ only in the case of the first letter are one article, in the first spelling.
//!
//! A row may bring a name of its own, in its column `id`; such names are taken before any is made.

use std::collections::{BTreeMap, BTreeSet};

/// Local names given so far.
#[derive(Clone, Debug, Default)]
pub struct Names(BTreeSet<String>);

impl Names {
    /// Begins with names that rows bring along.
    pub fn taken<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self(names.into_iter().filter(|name| !name.is_empty()).map(str::to_owned).collect())
    }

    /// Takes back a name that was given, and has another one taken in its place.
    pub fn replace(&mut self, given: &str, taken: &str) {
        self.0.remove(given);
        self.0.insert(taken.to_owned());
    }

    /// Gives `first`, or where that is taken the first of its extensions by `.` and one `more` part after the
    /// other, then by a number from 2, that is free. Empty parts are passed over.
    ///
    /// What is given depends on earlier calls only: rows that come later rename nothing.
    pub fn give<'p>(&mut self, first: String, more: impl IntoIterator<Item = &'p str>) -> String {
        let mut name = first;
        let mut parts = more.into_iter().filter(|part| !part.is_empty());
        while self.0.contains(&name) {
            let Some(part) = parts.next() else { break };
            name = format!("{name}.{part}");
        }
        self.number(&name, '.')
    }

    /// Gives `name`, or where that is taken `name`, `mark` and the first number from 2 that is free.
    pub fn number(&mut self, name: &str, mark: char) -> String {
        let mut free = name.to_owned();
        let mut n = 1;
        while !self.0.insert(free.clone()) {
            n += 1;
            free = format!("{name}{mark}{n}");
        }
        free
    }

    /// Gives a link its name.
    pub fn link(&mut self, [overseer, mechanism, overseen, from, act, article, status]: [&str; 7]) -> String {
        let from = if from.is_empty() { "undated" } else { from };
        let article = first_slug(article);
        self.give(format!("{overseer}.{mechanism}.{overseen}.{from}"), [act, &article, status])
    }

    /// Gives the provision behind a power its name.
    pub fn grant(&mut self, [institution, power, act, article]: [&str; 4]) -> String {
        let article = first_slug(article);
        let parts = [institution, power, act, &article];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        self.give(parts.join("."), [])
    }

    /// Gives a survey its name.
    pub fn survey(&mut self, scope: &str, surveyed_on: &str) -> String {
        self.give(scope.to_owned(), [surveyed_on])
    }
}

/// The slug of the first of several articles, `;` between; empty where there is none.
fn first_slug(articles: &str) -> String {
    let first = articles.split(';').next().unwrap_or_default().trim();
    if articles.is_empty() { String::new() } else { slug(first) }
}

/// The provisions named so far. An article that a table spells in two ways is two, so that both spellings come back.
#[derive(Debug, Default)]
pub struct Provisions<'t> {
    acts: BTreeMap<&'t str, BTreeMap<&'t str, Provision<'t>>>,
    names: Names,
}

/// One article.
#[derive(Debug)]
pub struct Provision<'t> {
    /// Its local name.
    pub name: String,
    /// The article as the table spells it.
    pub article: &'t str,
}

impl<'t> Provisions<'t> {
    /// Begins with provisions that bring their names along: name, act, article.
    pub fn given(given: impl IntoIterator<Item = [&'t str; 3]>) -> Self {
        let mut provisions = Self::default();
        for [name, act, article] in given {
            provisions.names.0.insert(name.to_owned());
            let provision = Provision { name: name.to_owned(), article };
            provisions.acts.entry(act).or_default().insert(article, provision);
        }
        provisions
    }

    /// Returns the local name of an article, the same for each time it is named.
    pub fn name(&mut self, act: &'t str, article: &'t str) -> String {
        let articles = self.acts.entry(act).or_default();
        let provision = articles.entry(article).or_insert_with(|| {
            let name = self.names.number(&format!("{act}.{}", slug(article)), '-');
            Provision { name, article }
        });
        provision.name.clone()
    }

    /// The provisions of an act in natural order: art. 9 before art. 10.
    pub fn of(&self, act: &str) -> Vec<&Provision<'t>> {
        let mut provisions: Vec<_> = self.acts.get(act).into_iter().flat_map(BTreeMap::values).collect();
        provisions.sort_by_cached_key(|provision| natural(provision.article));
        provisions
    }
}

/// Returns the part that an article has in an IRI; `article` where no letter or digit is ASCII.
pub fn slug(article: &str) -> String {
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

/// Says whether `text` is made of lower-case ASCII letters, digits and single hyphens between them.
pub fn is_kebab_case(text: &str) -> bool {
    text.split('-').all(|part| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

/// Says whether `text` can be a name that a row brings along: ASCII letters, digits, hyphens, underscores, and
/// single dots between them.
pub fn is_name(text: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    text.split('.').all(|part| !part.is_empty() && part.bytes().all(is_sign))
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
    fn names_grow_only_where_they_must() {
        let mut names = Names::default();
        let mut give = |more: [&str; 2]| names.give("a.hearing.b".to_owned(), more);
        assert_eq!(give(["law", "art-1"]), "a.hearing.b");
        assert_eq!(give(["law", "art-1"]), "a.hearing.b.law");
        assert_eq!(give(["law", "art-1"]), "a.hearing.b.law.art-1");
        assert_eq!(give(["law", "art-1"]), "a.hearing.b.law.art-1.2");
        assert_eq!(give(["", "art-1"]), "a.hearing.b.art-1");
        assert_eq!(give(["", ""]), "a.hearing.b.2");
    }

    #[test]
    fn names_that_rows_bring_along_are_taken() {
        let mut names = Names::taken(["country", ""]);
        assert_eq!(names.survey("country", "2026-11-23"), "country.2026-11-23");
        let mut provisions = Provisions::given([["c.art-1-2", "c", "art. 1(2)"]]);
        assert_eq!(provisions.name("c", "art. 1-2"), "c.art-1-2-2");
        assert_eq!(provisions.name("c", "Art. 1(2)"), "c.art-1-2-3");
        assert_eq!(provisions.name("c", "art. 1(2)"), "c.art-1-2");
    }

    #[test]
    fn ids_are_kebab_case_and_names_may_have_dots() {
        assert!(is_kebab_case("law-sbu-1992"));
        for id in ["", "-a", "a-", "a--b", "A", "a_b", "a b", "sбу", "a.b"] {
            assert!(!is_kebab_case(id), "{id}");
        }
        assert!(is_name("a.hearing.b.1992-03.law.art-9") && is_name("MIA-07"));
        for name in ["", ".", "a.", ".a", "a..b", "a/b", "a b", "a%2f", "sбу"] {
            assert!(!is_name(name), "{name}");
        }
    }

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
            ("Art. 131-1(3)", "c.art-131-1-3-3"),
            ("art. 131-1(3)", "c.art-131-1-3"),
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
