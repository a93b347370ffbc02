//! Values for variables, put into the parsed query: a value is a term, so no text of a user becomes SPARQL.
//!
//! The variable is replaced wherever it stands, in subqueries and filters of every depth. What SELECT or GROUP BY
//! name is bound to the value there, so the column keeps its name. So a question reads the same whatever engine
//! answers it, and the engine's optimiser sees constants.
//!
//! # Invariants
//! * A variable that the query itself assigns (`BIND`, `AS`, `VALUES`) cannot be given a value.
//! * Where the value cannot stand (a literal as a predicate or graph name) the query is refused.

use super::StoreError;
use oxigraph::model::{Term, Variable};
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use std::collections::HashMap;

/// Replaces variables by terms.
///
/// # Errors
/// [`StoreError::Assigned`], [`StoreError::Place`].
pub(super) fn substitute(query: Query, values: &[(String, Term)]) -> Result<Query, StoreError> {
    if values.is_empty() {
        return Ok(query);
    }
    let values =
        Values { terms: values.iter().map(|(name, term)| (name.as_str(), term)).collect(), names: false };
    Ok(match query {
        Query::Select { dataset, pattern, base_iri } => {
            Query::Select { dataset, pattern: values.pattern(pattern)?, base_iri }
        }
        Query::Construct { template, dataset, pattern, base_iri } => Query::Construct {
            template: template.into_iter().map(|triple| values.triple(triple)).collect::<Result<_, _>>()?,
            dataset,
            pattern: values.pattern(pattern)?,
            base_iri,
        },
        Query::Describe { dataset, pattern, base_iri } => {
            Query::Describe { dataset, pattern: values.pattern(pattern)?, base_iri }
        }
        Query::Ask { dataset, pattern, base_iri } => {
            Query::Ask { dataset, pattern: values.pattern(pattern)?, base_iri }
        }
    })
}

/// Puts variables in the place of blank nodes in a pattern, where they mean the same.
///
/// The parser makes blank nodes of the steps of a path, and there are engines that take none at the end of a path.
pub(super) fn name_blank_nodes(pattern: GraphPattern) -> Result<GraphPattern, StoreError> {
    Values { terms: HashMap::new(), names: true }.pattern(pattern)
}

struct Values<'a> {
    terms: HashMap<&'a str, &'a Term>,
    /// Whether blank nodes become variables.
    names: bool,
}

type Result<T, E = StoreError> = std::result::Result<T, E>;

impl Values<'_> {
    fn of(&self, variable: &Variable) -> Option<&Term> {
        self.terms.get(variable.as_str()).copied()
    }

    fn pattern(&self, pattern: GraphPattern) -> Result<GraphPattern> {
        let of = |pattern: Box<GraphPattern>| self.pattern(*pattern).map(Box::new);
        Ok(match pattern {
            GraphPattern::Bgp { patterns } => GraphPattern::Bgp {
                patterns: patterns.into_iter().map(|triple| self.triple(triple)).collect::<Result<_>>()?,
            },
            GraphPattern::Path { subject, path, object } => {
                GraphPattern::Path { subject: self.term(subject), path, object: self.term(object) }
            }
            GraphPattern::Join { left, right } => GraphPattern::Join { left: of(left)?, right: of(right)? },
            GraphPattern::LeftJoin { left, right, expression } => GraphPattern::LeftJoin {
                left: of(left)?,
                right: of(right)?,
                expression: expression.map(|e| self.expression(e)).transpose()?,
            },
            GraphPattern::Lateral { left, right } => {
                GraphPattern::Lateral { left: of(left)?, right: of(right)? }
            }
            GraphPattern::Filter { expr, inner } => {
                GraphPattern::Filter { expr: self.expression(expr)?, inner: of(inner)? }
            }
            GraphPattern::Union { left, right } => GraphPattern::Union { left: of(left)?, right: of(right)? },
            GraphPattern::Graph { name, inner } => {
                GraphPattern::Graph { name: self.name(name)?, inner: of(inner)? }
            }
            GraphPattern::Extend { inner, variable, expression } => GraphPattern::Extend {
                inner: of(inner)?,
                variable: self.unassigned(variable)?,
                expression: self.expression(expression)?,
            },
            GraphPattern::Minus { left, right } => GraphPattern::Minus { left: of(left)?, right: of(right)? },
            GraphPattern::Values { variables, bindings } => GraphPattern::Values {
                variables: variables.into_iter().map(|v| self.unassigned(v)).collect::<Result<_>>()?,
                bindings,
            },
            GraphPattern::OrderBy { inner, expression } => GraphPattern::OrderBy {
                inner: of(inner)?,
                expression: expression
                    .into_iter()
                    .map(|order| {
                        Ok(match order {
                            OrderExpression::Asc(e) => OrderExpression::Asc(self.expression(e)?),
                            OrderExpression::Desc(e) => OrderExpression::Desc(self.expression(e)?),
                        })
                    })
                    .collect::<Result<_>>()?,
            },
            GraphPattern::Project { inner, variables } => {
                let inner = self.bound(self.pattern(*inner)?, &variables);
                GraphPattern::Project { inner: Box::new(inner), variables }
            }
            GraphPattern::Distinct { inner } => GraphPattern::Distinct { inner: of(inner)? },
            GraphPattern::Reduced { inner } => GraphPattern::Reduced { inner: of(inner)? },
            GraphPattern::Slice { inner, start, length } => {
                GraphPattern::Slice { inner: of(inner)?, start, length }
            }
            GraphPattern::Group { inner, variables, aggregates } => {
                let inner = self.bound(self.pattern(*inner)?, &variables);
                let aggregates = aggregates
                    .into_iter()
                    .map(|(variable, aggregate)| {
                        Ok((
                            self.unassigned(variable)?,
                            match aggregate {
                                AggregateExpression::FunctionCall { name, expr, distinct } => {
                                    AggregateExpression::FunctionCall {
                                        name,
                                        expr: self.expression(expr)?,
                                        distinct,
                                    }
                                }
                                count @ AggregateExpression::CountSolutions { .. } => count,
                            },
                        ))
                    })
                    .collect::<Result<_>>()?;
                GraphPattern::Group { inner: Box::new(inner), variables, aggregates }
            }
            GraphPattern::Service { name, inner, silent } => {
                GraphPattern::Service { name: self.name(name)?, inner: of(inner)?, silent }
            }
        })
    }

    /// Binds those of `variables` that have a value, for they no longer stand in `inner`.
    fn bound(&self, inner: GraphPattern, variables: &[Variable]) -> GraphPattern {
        variables.iter().fold(inner, |inner, variable| match self.of(variable) {
            Some(term) => GraphPattern::Extend {
                inner: Box::new(inner),
                variable: variable.clone(),
                expression: constant(term),
            },
            None => inner,
        })
    }

    fn triple(&self, triple: TriplePattern) -> Result<TriplePattern> {
        Ok(TriplePattern {
            subject: self.term(triple.subject),
            predicate: self.name(triple.predicate)?,
            object: self.term(triple.object),
        })
    }

    fn term(&self, pattern: TermPattern) -> TermPattern {
        match pattern {
            TermPattern::Variable(variable) => match self.of(&variable) {
                Some(term) => term.clone().into(),
                None => TermPattern::Variable(variable),
            },
            TermPattern::BlankNode(node) if self.names => {
                Variable::new_unchecked(format!("node{}", node.as_str())).into()
            }
            TermPattern::NamedNode(_) | TermPattern::BlankNode(_) | TermPattern::Literal(_) => pattern,
        }
    }

    fn name(&self, pattern: NamedNodePattern) -> Result<NamedNodePattern> {
        match pattern {
            NamedNodePattern::Variable(variable) => match self.of(&variable) {
                Some(Term::NamedNode(node)) => Ok(node.clone().into()),
                Some(_) => Err(StoreError::Place { name: variable.into_string() }),
                None => Ok(variable.into()),
            },
            NamedNodePattern::NamedNode(node) => Ok(node.into()),
        }
    }

    fn unassigned(&self, variable: Variable) -> Result<Variable> {
        match self.of(&variable) {
            Some(_) => Err(StoreError::Assigned { name: variable.into_string() }),
            None => Ok(variable),
        }
    }

    fn expression(&self, expression: Expression) -> Result<Expression> {
        type E = Expression;
        let of = |expression: Box<E>| self.expression(*expression).map(Box::new);
        let all = |expressions: Vec<E>| {
            expressions.into_iter().map(|expression| self.expression(expression)).collect::<Result<Vec<_>>>()
        };
        Ok(match expression {
            E::NamedNode(_) | E::Literal(_) => expression,
            E::Variable(variable) => match self.of(&variable) {
                Some(term) => constant(term),
                None => E::Variable(variable),
            },
            E::Bound(variable) => match self.of(&variable) {
                Some(_) => E::Literal(true.into()),
                None => E::Bound(variable),
            },
            E::Or(a, b) => E::Or(of(a)?, of(b)?),
            E::And(a, b) => E::And(of(a)?, of(b)?),
            E::Equal(a, b) => E::Equal(of(a)?, of(b)?),
            E::SameTerm(a, b) => E::SameTerm(of(a)?, of(b)?),
            E::Greater(a, b) => E::Greater(of(a)?, of(b)?),
            E::GreaterOrEqual(a, b) => E::GreaterOrEqual(of(a)?, of(b)?),
            E::Less(a, b) => E::Less(of(a)?, of(b)?),
            E::LessOrEqual(a, b) => E::LessOrEqual(of(a)?, of(b)?),
            E::In(a, list) => E::In(of(a)?, all(list)?),
            E::Add(a, b) => E::Add(of(a)?, of(b)?),
            E::Subtract(a, b) => E::Subtract(of(a)?, of(b)?),
            E::Multiply(a, b) => E::Multiply(of(a)?, of(b)?),
            E::Divide(a, b) => E::Divide(of(a)?, of(b)?),
            E::UnaryPlus(a) => E::UnaryPlus(of(a)?),
            E::UnaryMinus(a) => E::UnaryMinus(of(a)?),
            E::Not(a) => E::Not(of(a)?),
            E::Exists(pattern) => E::Exists(Box::new(self.pattern(*pattern)?)),
            E::If(a, b, c) => E::If(of(a)?, of(b)?, of(c)?),
            E::Coalesce(list) => E::Coalesce(all(list)?),
            E::FunctionCall(function, list) => E::FunctionCall(function, all(list)?),
        })
    }
}

/// Values are IRIs and literals; a blank node has no name that a query could use.
fn constant(term: &Term) -> Expression {
    match term {
        Term::NamedNode(node) => node.clone().into(),
        Term::Literal(literal) => literal.clone().into(),
        Term::BlankNode(node) => oxigraph::model::Literal::new_simple_literal(node.to_string()).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{Literal, NamedNode};

    fn with(text: &str, name: &str, value: impl Into<Term>) -> Result<String> {
        let query = spargebra::SparqlParser::new().parse_query(text).unwrap();
        Ok(substitute(query, &[(name.to_owned(), value.into())])?.to_sse())
    }

    #[test]
    fn a_value_stands_everywhere_and_columns_keep_their_names() {
        let node = NamedNode::new("urn:x").unwrap();
        let text =
            "SELECT ?v ?o { ?v <urn:p> ?o FILTER(EXISTS { ?o <urn:q> ?v }) { SELECT ?o { ?o <urn:r> ?v } } }";
        assert_eq!(
            with(text, "v", node).unwrap(),
            "(project (?v ?o) (extend ((?v <urn:x>)) (filter (exists (bgp (triple ?o <urn:q> <urn:x>))) \
             (join (bgp (triple <urn:x> <urn:p> ?o)) (project (?o) (bgp (triple ?o <urn:r> <urn:x>)))))))"
        );
    }

    #[test]
    fn a_value_with_sparql_in_it_stays_a_literal() {
        let evil = Literal::new_simple_literal("\" } DROP ALL # ");
        let text = with("SELECT ?o { ?s ?p ?o FILTER(STR(?o) = ?v) }", "v", evil).unwrap();
        assert!(text.contains(r#"(= ( str ?o) "\" } DROP ALL # ")"#), "{text}");
    }

    #[test]
    fn what_cannot_take_a_value_is_refused() {
        let literal = || Literal::new_simple_literal("x");
        assert!(matches!(with("SELECT * { ?s ?v ?o }", "v", literal()), Err(StoreError::Place { .. })));
        for text in [
            "SELECT * { BIND(1 AS ?v) }",
            "SELECT * { VALUES ?v { 1 } }",
            "SELECT (COUNT(*) AS ?v) { ?s ?p ?o }",
        ] {
            assert!(matches!(with(text, "v", literal()), Err(StoreError::Assigned { .. })), "{text}");
        }
    }
}
