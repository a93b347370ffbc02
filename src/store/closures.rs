//! Paths of any length that end at a term, asked by themselves before a query goes to an endpoint.
//!
//! There are engines that lose or mix up steps where such a path stands beside others, or beside much else (Virtuoso
//! 7.2.5). So what a path relates to a term is asked first, and its answer stands in the query in the place of the path:
//! `?kind skos:broader* type:provider` becomes `VALUES ?kind { ... }`.
//!
//! # Invariants
//! * The answer is the same as long as the data do not change between the two: the path relates each value once, and a
//!   term is related to itself by `p*`.
//! * Nothing is done where the path is all that is asked, within `GRAPH`, `SERVICE` and `EXISTS`, where another path begins
//!   at the other end, and where there are more than [`MOST`] values.

use super::StoreError;
use oxigraph::model::{NamedNode, Term, Variable};
use spargebra::Query;
use spargebra::algebra::PropertyPathExpression as Path;
use spargebra::algebra::{GraphPattern, QueryDataset};
use spargebra::term::{GroundTerm, TermPattern};

/// How many values may stand in the place of a path.
pub(super) const MOST: usize = 1000;

/// Puts values in the place of paths, and returns whether there were any.
///
/// # Arguments
/// * `ask`: answers a SELECT of one variable.
///
/// # Errors
/// Those of `ask`.
pub(super) fn ask_first(
    query: &mut Query,
    ask: &dyn Fn(&Query) -> Result<Vec<Term>, StoreError>,
) -> Result<bool, StoreError> {
    let (Query::Select { pattern, dataset, .. }
    | Query::Construct { pattern, dataset, .. }
    | Query::Describe { pattern, dataset, .. }
    | Query::Ask { pattern, dataset, .. }) = query;
    if is_alone(pattern) {
        return Ok(false);
    }
    let mut ends = Vec::new();
    each_path(pattern, &mut |pattern| {
        if let GraphPattern::Path { subject, object, .. } = pattern {
            ends.extend([subject.clone(), object.clone()]);
        }
        Ok(())
    })?;
    // Where another path begins, values alone would give it no start.
    let is_met = |end: &Variable| {
        ends.iter().filter(|other| matches!(other, TermPattern::Variable(other) if other == end)).count() > 1
    };
    let mut changed = false;
    each_path(pattern, &mut |pattern| {
        if let Some(values) = values(pattern, &is_met, dataset.as_ref(), ask)? {
            *pattern = values;
            changed = true;
        }
        Ok(())
    })?;
    Ok(changed)
}

/// Returns whether a path is all of a pattern.
fn is_alone(pattern: &GraphPattern) -> bool {
    use GraphPattern as P;
    match pattern {
        P::Path { .. } => true,
        P::Project { inner, .. }
        | P::Distinct { inner }
        | P::Reduced { inner }
        | P::OrderBy { inner, .. }
        | P::Slice { inner, .. }
        | P::Group { inner, .. }
        | P::Extend { inner, .. }
        | P::Filter { inner, .. } => is_alone(inner),
        _ => false,
    }
}

/// Visits each path of any length.
fn each_path(
    pattern: &mut GraphPattern,
    each: &mut dyn FnMut(&mut GraphPattern) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    use GraphPattern as P;
    match pattern {
        P::Path { path: Path::ZeroOrMore(_) | Path::OneOrMore(_), .. } => each(pattern),
        P::Bgp { .. } | P::Path { .. } | P::Values { .. } | P::Graph { .. } | P::Service { .. } => Ok(()),
        P::Join { left, right }
        | P::Union { left, right }
        | P::Minus { left, right }
        | P::Lateral { left, right }
        | P::LeftJoin { left, right, .. } => {
            each_path(left, each)?;
            each_path(right, each)
        }
        P::Filter { inner, .. }
        | P::Extend { inner, .. }
        | P::OrderBy { inner, .. }
        | P::Project { inner, .. }
        | P::Distinct { inner }
        | P::Reduced { inner }
        | P::Slice { inner, .. }
        | P::Group { inner, .. } => each_path(inner, each),
    }
}

/// Returns what a path relates to the term at one of its ends; nothing where there is no such end.
fn values(
    pattern: &GraphPattern,
    is_met: &dyn Fn(&Variable) -> bool,
    dataset: Option<&QueryDataset>,
    ask: &dyn Fn(&Query) -> Result<Vec<Term>, StoreError>,
) -> Result<Option<GraphPattern>, StoreError> {
    let GraphPattern::Path { subject, path, object } = pattern else { return Ok(None) };
    let (variable, term): (&Variable, &NamedNode) = match (subject, object) {
        (TermPattern::Variable(variable), TermPattern::NamedNode(term))
        | (TermPattern::NamedNode(term), TermPattern::Variable(variable)) => (variable, term),
        _ => return Ok(None),
    };
    if is_met(variable) {
        return Ok(None);
    }
    let (step, own) = match path {
        Path::ZeroOrMore(step) => (step, Some(Term::from(term.clone()))),
        Path::OneOrMore(step) => (step, None),
        _ => return Ok(None),
    };
    let path = Path::OneOrMore(step.clone());
    let path = GraphPattern::Path { subject: subject.clone(), path, object: object.clone() };
    let inner = Box::new(GraphPattern::Project { inner: Box::new(path), variables: vec![variable.clone()] });
    let pattern = GraphPattern::Distinct { inner };
    let mut terms = ask(&Query::Select { dataset: dataset.cloned(), pattern, base_iri: None })?;
    terms.extend(own);
    terms.sort_by_cached_key(ToString::to_string);
    terms.dedup();
    let ground: Vec<Vec<Option<GroundTerm>>> =
        terms.iter().filter_map(|term| Some(vec![Some(ground(term)?)])).collect();
    // A blank node means nothing in another query.
    let is_whole = ground.len() == terms.len() && terms.len() <= MOST;
    Ok(is_whole.then(|| GraphPattern::Values { variables: vec![variable.clone()], bindings: ground }))
}

fn ground(term: &Term) -> Option<GroundTerm> {
    match term {
        Term::NamedNode(node) => Some(node.clone().into()),
        Term::Literal(literal) => Some(literal.clone().into()),
        Term::BlankNode(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    fn asked(text: &str, answers: &[&str]) -> (String, Vec<String>) {
        let mut query =
            spargebra::SparqlParser::new().with_prefix("", "urn:").unwrap().parse_query(text).unwrap();
        let asked = RefCell::new(Vec::new());
        ask_first(&mut query, &|query| {
            asked.borrow_mut().push(query.to_string());
            Ok(answers.iter().map(|iri| NamedNode::new_unchecked(*iri).into()).collect())
        })
        .unwrap();
        (query.to_string(), asked.into_inner())
    }

    #[test]
    fn what_ends_at_a_term_is_asked_first() {
        let several = "SELECT * { ?a :p* ?b . ?b :q ?k . ?k :r* :g MINUS { :g :r+ ?c . ?c :q ?a } }";
        let (text, asked) = asked(several, &["urn:x", "urn:g"]);
        assert_eq!(
            asked,
            [
                "SELECT DISTINCT ?k WHERE { ?k (<urn:r>)+ <urn:g> . }",
                "SELECT DISTINCT ?c WHERE { <urn:g> (<urn:r>)+ ?c . }"
            ]
        );
        assert!(text.contains("(<urn:p>)*") && !text.contains("<urn:r>"), "{text}");
        assert_eq!(text.matches("{ ( <urn:g> ) ( <urn:x> )").count(), 2, "{text}");
    }

    #[test]
    fn a_path_alone_is_left_and_so_is_one_between_variables_and_one_with_many_values() {
        let many: Vec<String> = (0..=MOST).map(|at| format!("urn:{at}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        for (text, answers, number) in [
            ("SELECT * { ?k :r* :g }", &["urn:x"][..], 0),
            ("SELECT (COUNT(?k) AS ?n) { ?k :r* :g FILTER(?k != :x) }", &["urn:x"], 0),
            ("SELECT * { ?k :r* ?g . ?g :r+ ?h }", &["urn:x"], 0),
            ("SELECT * { ?k :r* ?g . GRAPH :x { ?g :r+ :h } }", &["urn:x"], 0),
            ("SELECT * { ?k :r* ?g . ?g :r+ :h }", &["urn:x"], 0),
            ("SELECT * { ?k :r* ?g . ?f :r+ :h }", &many, 1),
        ] {
            let (after, asked) = asked(text, answers);
            assert_eq!(asked.len(), number, "{text}");
            assert!(!after.contains("VALUES"), "{after}");
        }
    }
}
