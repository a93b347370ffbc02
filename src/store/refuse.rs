//! What a query may not reach or ask: other endpoints, documents that are not loaded, regular expressions that the engine
//! cannot match.

use super::StoreError;
use super::service::find;
use super::walk::{Part, walk};
use crate::http::Site;
use crate::vocab;
use oxigraph::model::NamedNode;
use spargebra::Query;
use spargebra::algebra::{Expression, Function, GraphPattern};
use spargebra::term::NamedNodePattern;

/// How large a regular expression may be when it is compiled, in bytes: the engine's own limit.
const REGEX_SIZE: usize = 1_000_000;

/// How much of a regular expression is shown.
const SHOWN: usize = 60;

/// Refuses a query that names an endpoint which is not among `allowed`; a variable could be any.
///
/// # Errors
/// [`StoreError::Service`].
pub(super) fn refuse_services(query: &Query, allowed: &[Site]) -> Result<(), StoreError> {
    let mut refused = None;
    walk(query, &mut |part| {
        if let Part::Pattern(GraphPattern::Service { name, .. }) = part
            && !matches!(name, NamedNodePattern::NamedNode(name) if find(allowed, name).is_some())
        {
            refused.get_or_insert_with(|| name.to_string());
        }
    });
    refused.map_or(Ok(()), |name| Err(StoreError::Service { name }))
}

/// Returns the graphs of a query's FROM and FROM NAMED that are names of files or documents on the web, not of graphs of
/// our own making.
pub(super) fn documents_of(query: &Query) -> impl Iterator<Item = &NamedNode> {
    let graphs = query.dataset().map(|dataset| dataset.default.iter().chain(dataset.named.iter().flatten()));
    let is_document = |graph: &&NamedNode| {
        let iri = graph.as_str();
        let scheme = iri.split_once(':').map_or("", |(scheme, _)| scheme);
        !iri.starts_with(vocab::GRAPH)
            && ["file", "http", "https"].iter().any(|other| scheme.eq_ignore_ascii_case(other))
    };
    graphs.into_iter().flatten().filter(is_document)
}

/// Refuses a regular expression that stands in the query and that the engine cannot match: it takes it for an error, and
/// so for false, without a word.
///
/// The engine matches in time proportional to the text, so there are no back-references, and what is compiled is limited.
///
/// # Errors
/// [`StoreError::Regex`].
pub(super) fn refuse_regexes(query: &Query) -> Result<(), StoreError> {
    let mut refused = None;
    walk(query, &mut |part| {
        if let Part::Expression(Expression::FunctionCall(
            function @ (Function::Regex | Function::Replace),
            of,
        )) = part
            && let Some(Expression::Literal(pattern)) = of.get(1)
        {
            let flags = match of.get(if *function == Function::Regex { 2 } else { 3 }) {
                None => "",
                Some(Expression::Literal(flags)) => flags.value(),
                Some(_) => return,
            };
            if let Some(why) = why_not(pattern.value(), flags) {
                let shown: String = pattern.value().chars().take(SHOWN).collect();
                let rest = if shown.len() < pattern.value().len() { "…" } else { "" };
                refused.get_or_insert(StoreError::Regex { pattern: shown + rest, why });
            }
        }
    });
    refused.map_or(Ok(()), Err)
}

/// Returns why the engine cannot match a regular expression.
fn why_not(pattern: &str, flags: &str) -> Option<String> {
    if flags.contains('q') {
        return None;
    }
    let mut builder = regex::RegexBuilder::new(pattern);
    builder
        .size_limit(REGEX_SIZE)
        .dot_matches_new_line(flags.contains('s'))
        .multi_line(flags.contains('m'))
        .case_insensitive(flags.contains('i'))
        .ignore_whitespace(flags.contains('x'));
    match builder.build() {
        Ok(_) => None,
        Err(regex::Error::CompiledTooBig(most)) => {
            Some(format!("compiled it would take more than {} kB", most / 1000))
        }
        // Its last line says what is wrong; those above point at it.
        Err(error) => {
            let said = error.to_string();
            let last = said.lines().last().unwrap_or_default();
            Some(last.strip_prefix("error: ").unwrap_or(last).to_owned())
        }
    }
}
