//! Every part of a query: patterns, expressions, and the patterns of EXISTS in these.

use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};

/// A part of a query.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part<'q> {
    /// A pattern.
    Pattern(&'q GraphPattern),
    /// An expression.
    Expression(&'q Expression),
}

/// Visits the pattern of a query and all that is in it, at every depth, from left to right.
pub(super) fn walk<'q>(query: &'q Query, each: &mut dyn FnMut(Part<'q>)) {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    in_pattern(pattern, each);
}

fn in_pattern<'q>(pattern: &'q GraphPattern, each: &mut dyn FnMut(Part<'q>)) {
    use GraphPattern as P;
    each(Part::Pattern(pattern));
    match pattern {
        P::Bgp { .. } | P::Path { .. } | P::Values { .. } => {}
        P::Join { left, right }
        | P::Union { left, right }
        | P::Minus { left, right }
        | P::Lateral { left, right } => {
            in_pattern(left, each);
            in_pattern(right, each);
        }
        P::LeftJoin { left, right, expression } => {
            in_pattern(left, each);
            in_pattern(right, each);
            if let Some(expression) = expression {
                in_expression(expression, each);
            }
        }
        P::Filter { expr: expression, inner } | P::Extend { inner, expression, .. } => {
            in_pattern(inner, each);
            in_expression(expression, each);
        }
        P::OrderBy { inner, expression } => {
            in_pattern(inner, each);
            for OrderExpression::Asc(e) | OrderExpression::Desc(e) in expression {
                in_expression(e, each);
            }
        }
        P::Group { inner, aggregates, .. } => {
            in_pattern(inner, each);
            for (_, aggregate) in aggregates {
                if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                    in_expression(expr, each);
                }
            }
        }
        P::Service { inner, .. }
        | P::Graph { inner, .. }
        | P::Project { inner, .. }
        | P::Distinct { inner }
        | P::Reduced { inner }
        | P::Slice { inner, .. } => in_pattern(inner, each),
    }
}

fn in_expression<'q>(expression: &'q Expression, each: &mut dyn FnMut(Part<'q>)) {
    each(Part::Expression(expression));
    match expression {
        Expression::Exists(pattern) => in_pattern(pattern, each),
        other => {
            for operand in operands(other) {
                in_expression(operand, each);
            }
        }
    }
}

/// Returns the expressions that an expression is made of.
pub(super) fn operands(expression: &Expression) -> Vec<&Expression> {
    use Expression as E;
    match expression {
        E::NamedNode(_) | E::Literal(_) | E::Variable(_) | E::Bound(_) | E::Exists(_) => Vec::new(),
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
        | E::Divide(a, b) => vec![a, b],
        E::UnaryPlus(a) | E::UnaryMinus(a) | E::Not(a) => vec![a],
        E::If(a, b, c) => vec![a, b, c],
        E::In(a, list) => std::iter::once(&**a).chain(list).collect(),
        E::Coalesce(list) | E::FunctionCall(_, list) => list.iter().collect(),
    }
}
