//! What a query may not reach: other endpoints, and files that are not loaded.

use super::StoreError;
use super::service::find;
use crate::http::Site;
use oxigraph::store::Store as Oxigraph;
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::NamedNodePattern;

/// Refuses a query that names an endpoint which is not among `allowed`, or as its data a file that is not loaded.
///
/// A graph that is loaded from a file may be named by the file's IRI. Other graphs that are not loaded are empty, as
/// SPARQL has it.
///
/// # Errors
/// [`StoreError::Service`], [`StoreError::File`], [`StoreError::Storage`].
pub(super) fn refuse_outside(
    query: &Query,
    loaded: Option<&Oxigraph>,
    allowed: &[Site],
) -> Result<(), StoreError> {
    let (Query::Select { dataset, pattern, .. }
    | Query::Construct { dataset, pattern, .. }
    | Query::Describe { dataset, pattern, .. }
    | Query::Ask { dataset, pattern, .. }) = query;
    if let Some(name) = service(pattern, allowed) {
        return Err(StoreError::Service { name });
    }
    if let Some(dataset) = dataset {
        for graph in dataset.default.iter().chain(dataset.named.iter().flatten()) {
            let is_loaded = |store: &Oxigraph| store.contains_named_graph(graph);
            if graph.as_str().starts_with("file:") && !loaded.map_or(Ok(false), is_loaded)? {
                return Err(StoreError::File { iri: graph.as_str().to_owned() });
            }
        }
    }
    Ok(())
}

/// Returns the endpoint of the first SERVICE in a pattern that is not allowed; a variable could be any.
fn service(pattern: &GraphPattern, allowed: &[Site]) -> Option<String> {
    use GraphPattern as P;
    let service = |pattern: &GraphPattern| service(pattern, allowed);
    let service_in = |expression: &Expression| service_in(expression, allowed);
    match pattern {
        P::Service { name: NamedNodePattern::NamedNode(name), inner, .. }
            if find(allowed, name).is_some() =>
        {
            service(inner)
        }
        P::Service { name, .. } => Some(name.to_string()),
        P::Bgp { .. } | P::Path { .. } | P::Values { .. } => None,
        P::Join { left, right }
        | P::Union { left, right }
        | P::Minus { left, right }
        | P::Lateral { left, right } => service(left).or_else(|| service(right)),
        P::LeftJoin { left, right, expression } => {
            service(left).or_else(|| service(right)).or_else(|| expression.as_ref().and_then(&service_in))
        }
        P::Filter { expr, inner } => service(inner).or_else(|| service_in(expr)),
        P::Extend { inner, expression, .. } => service(inner).or_else(|| service_in(expression)),
        P::OrderBy { inner, expression } => service(inner).or_else(|| {
            expression.iter().find_map(|order| {
                let (OrderExpression::Asc(e) | OrderExpression::Desc(e)) = order;
                service_in(e)
            })
        }),
        P::Group { inner, aggregates, .. } => service(inner).or_else(|| {
            aggregates.iter().find_map(|(_, aggregate)| match aggregate {
                AggregateExpression::FunctionCall { expr, .. } => service_in(expr),
                AggregateExpression::CountSolutions { .. } => None,
            })
        }),
        P::Graph { inner, .. }
        | P::Project { inner, .. }
        | P::Distinct { inner }
        | P::Reduced { inner }
        | P::Slice { inner, .. } => service(inner),
    }
}

/// As [`service`], in an EXISTS of an expression.
fn service_in(expression: &Expression, allowed: &[Site]) -> Option<String> {
    use Expression as E;
    let service_in = |expression: &Expression| service_in(expression, allowed);
    match expression {
        E::Exists(pattern) => service(pattern, allowed),
        E::NamedNode(_) | E::Literal(_) | E::Variable(_) | E::Bound(_) => None,
        E::Or(a, b)
        | E::And(a, b)
        | E::Equal(a, b)
        | E::SameTerm(a, b)
        | E::Greater(a, b)
        | E::GreaterOrEqual(a, b)
        | E::Less(a, b)
        | E::LessOrEqual(a, b)
        | E::Add(a, b)
        | E::Subtract(a, b)
        | E::Multiply(a, b)
        | E::Divide(a, b) => service_in(a).or_else(|| service_in(b)),
        E::UnaryPlus(a) | E::UnaryMinus(a) | E::Not(a) => service_in(a),
        E::If(a, b, c) => service_in(a).or_else(|| service_in(b)).or_else(|| service_in(c)),
        E::In(a, list) => service_in(a).or_else(|| list.iter().find_map(&service_in)),
        E::Coalesce(list) | E::FunctionCall(_, list) => list.iter().find_map(&service_in),
    }
}
