//! From text to a parsed query: limits first, then the prefixes that need no declaring, then the values.

use super::{StoreError, guard, substitute};
use crate::model::nearest;
use crate::vocab::{ID, PREFIXES};
use oxigraph::model::Term;
use spargebra::{Query, SparqlParser};

/// Parses a query that is within the limits, and puts the values in.
///
/// # Arguments
/// * `base`: what relative IRIs are resolved against.
/// * `codes`: the countries whose prefix is known.
///
/// # Errors
/// [`StoreError::Limit`], [`StoreError::Update`], [`StoreError::Prefix`], [`StoreError::Syntax`],
/// [`StoreError::Assigned`], [`StoreError::Place`].
pub(super) fn parse(
    text: &str,
    values: &[(String, Term)],
    base: Option<&str>,
    codes: &[String],
) -> Result<Query, StoreError> {
    guard::check_query(text)?;
    let parser = || {
        let parser = prefixes(codes).fold(SparqlParser::new(), |parser, (prefix, iri)| {
            parser.with_prefix(prefix, iri).expect("the prefixes are IRIs, and country codes letters")
        });
        match base.map(|base| parser.clone().with_base_iri(base)) {
            Some(Ok(with_base)) => with_base,
            _ => parser,
        }
    };
    let is_remark = |line: &str| line.trim_start().is_empty() || line.trim_start().starts_with('#');
    if text.lines().all(is_remark) {
        return Err(StoreError::Empty);
    }
    let query = parser().parse_query(text).map_err(|error| {
        // Whoever writes LOAD or DELETE is not helped by where a query would have to begin.
        if parser().parse_update(text).is_ok() {
            return StoreError::Update;
        }
        match undeclared(text, parser(), &error.to_string()) {
            Some(prefix) => {
                let known: Vec<String> = prefixes(codes).map(|(prefix, _)| prefix).collect();
                let nearest = near(prefix, &known).map(str::to_owned);
                StoreError::Prefix { prefix: prefix.to_owned(), nearest }
            }
            None => error.into(),
        }
    })?;
    substitute::substitute(query, values)
}

/// Returns the first prefix for want of which the text fails with `error`: were it declared, the text would be a
/// query, or fail elsewhere.
fn undeclared<'t>(text: &'t str, mut parser: SparqlParser, error: &str) -> Option<&'t str> {
    /// More than this many are not tried, for the text is parsed once for each.
    const MOST: usize = 50;
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-' || c == '.';
    let mut tried: Vec<&str> = Vec::new();
    for (at, _) in text.match_indices(':') {
        let begins = text[..at]
            .rfind(|c| !is_part(c))
            .map_or(0, |before| before + text[before..].chars().next().map_or(0, char::len_utf8));
        let prefix = &text[begins..at];
        if tried.contains(&prefix) {
            continue;
        }
        if tried.len() == MOST {
            return None;
        }
        tried.push(prefix);
        parser = parser.clone().with_prefix(prefix, ID).unwrap_or(parser);
        match parser.clone().parse_query(text) {
            Err(same) if same.to_string() == error => {}
            _ => return Some(prefix),
        }
    }
    None
}

/// Returns the known prefix most like one that is not: short words differ much in one letter.
fn near<'k>(prefix: &str, known: &'k [String]) -> Option<&'k str> {
    let one_letter = |known: &&String| {
        known.chars().count() == prefix.chars().count()
            && known.chars().zip(prefix.chars()).filter(|(a, b)| a != b).count() == 1
    };
    nearest(prefix, known.iter().map(String::as_str))
        .or_else(|| known.iter().find(one_letter).map(String::as_str))
}

/// Returns the prefixes that need no declaring: those of [`PREFIXES`], and one a country.
pub(super) fn prefixes(codes: &[String]) -> impl Iterator<Item = (String, String)> {
    let common = PREFIXES.iter().map(|(prefix, iri)| ((*prefix).to_owned(), (*iri).to_owned()));
    // A country whose code is no prefix name, or clashes, is asked for by IRI.
    let free = codes.iter().filter(|code| PREFIXES.iter().all(|(prefix, _)| prefix != *code));
    common.chain(free.map(|code| (code.clone(), format!("{ID}{code}/"))))
}
