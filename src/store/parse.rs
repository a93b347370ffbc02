//! From text to a parsed query: limits first, then the prefixes that need no declaring, then the values.

use super::{StoreError, guard, substitute};
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
/// [`StoreError::Limit`], [`StoreError::Update`], [`StoreError::Syntax`], [`StoreError::Assigned`],
/// [`StoreError::Place`].
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
        if parser().parse_update(text).is_ok() { StoreError::Update } else { error.into() }
    })?;
    substitute::substitute(query, values)
}

/// Returns the prefixes that need no declaring: those of [`PREFIXES`], and one a country.
pub(super) fn prefixes(codes: &[String]) -> impl Iterator<Item = (String, String)> {
    let common = PREFIXES.iter().map(|(prefix, iri)| ((*prefix).to_owned(), (*iri).to_owned()));
    // A country whose code is no prefix name, or clashes, is asked for by IRI.
    let free = codes.iter().filter(|code| PREFIXES.iter().all(|(prefix, _)| prefix != *code));
    common.chain(free.map(|code| (code.clone(), format!("{ID}{code}/"))))
}
