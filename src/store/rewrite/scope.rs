//! What a pattern binds, may bind and mentions.

use super::super::walk::operands;
use spargebra::algebra::PropertyPathExpression as Path;
use spargebra::algebra::{AggregateExpression, Expression, Function, GraphPattern, OrderExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern, Variable};
use std::collections::{BTreeSet, HashSet};

/// The variables of a pattern by what is known of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    /// May be bound in a solution.
    pub(super) possible: BTreeSet<Variable>,
    /// Are bound in every solution.
    pub(super) certain: BTreeSet<Variable>,
    /// Variables and blank nodes that are subject or object of a triple of the active graph, in every solution.
    pub(super) nodes: HashSet<TermPattern>,
    /// Stand anywhere, in filters and subqueries of every depth as well.
    pub(super) mentioned: BTreeSet<Variable>,
}

impl Scope {
    pub(super) fn of(pattern: &GraphPattern) -> Self {
        use GraphPattern as P;
        match pattern {
            P::Bgp { patterns } => {
                let mut scope = Self::default();
                for TriplePattern { subject, predicate, object } in patterns {
                    scope.end(subject, true);
                    scope.name(predicate);
                    scope.end(object, true);
                }
                scope
            }
            P::Path { subject, path, object } => {
                let mut scope = Self::default();
                for term in [subject, object] {
                    scope.end(term, !may_be_empty(path));
                }
                scope
            }
            P::Join { left, right } | P::Lateral { left, right } => {
                let (mut scope, right) = (Self::of(left), Self::of(right));
                scope.possible.extend(right.possible);
                scope.certain.extend(right.certain);
                scope.nodes.extend(right.nodes);
                scope.mentioned.extend(right.mentioned);
                scope
            }
            P::Union { left, right } => {
                let (mut scope, right) = (Self::of(left), Self::of(right));
                scope.possible.extend(right.possible);
                scope.certain.retain(|v| right.certain.contains(v));
                scope.nodes.retain(|node| right.nodes.contains(node));
                scope.mentioned.extend(right.mentioned);
                scope
            }
            P::LeftJoin { left, right, expression } => {
                let (mut scope, right) = (Self::of(left), Self::of(right));
                scope.possible.extend(right.possible);
                scope.mentioned.extend(right.mentioned);
                scope.mentions(expression.as_ref());
                scope
            }
            P::Minus { left, right } => {
                let mut scope = Self::of(left);
                scope.mentioned.extend(Self::of(right).mentioned);
                scope
            }
            P::Filter { expr, inner } => {
                let mut scope = Self::of(inner);
                scope.mentions([expr]);
                scope
            }
            P::Extend { inner, variable, expression } => {
                let mut scope = Self::of(inner);
                scope.mentions([expression]);
                scope.mentioned.insert(variable.clone());
                scope.possible.insert(variable.clone());
                if matches!(expression, Expression::NamedNode(_) | Expression::Literal(_)) {
                    scope.certain.insert(variable.clone());
                }
                scope
            }
            P::Values { variables, bindings } => {
                let mut scope = Self::default();
                for (column, variable) in variables.iter().enumerate() {
                    scope.possible.insert(variable.clone());
                    scope.mentioned.insert(variable.clone());
                    if bindings.iter().all(|row| row.get(column).is_some_and(Option::is_some)) {
                        scope.certain.insert(variable.clone());
                    }
                }
                scope
            }
            P::Graph { name, inner } => {
                let mut scope = Self::of(inner);
                // Nodes of that graph, not of the one outside.
                scope.nodes.clear();
                if let NamedNodePattern::Variable(variable) = name {
                    scope.possible.insert(variable.clone());
                    scope.mentioned.insert(variable.clone());
                    // The engine binds it by the triples within, so not around VALUES or a subquery.
                    if is_triples(inner) {
                        scope.certain.insert(variable.clone());
                    }
                }
                scope
            }
            P::Service { name, inner, .. } => {
                let mut scope = Self::of(inner);
                scope.name(name);
                scope.nodes.clear();
                scope.certain.clear();
                scope
            }
            P::Project { inner, variables } => {
                let mut scope = Self::of(inner);
                scope.mentioned.extend(variables.iter().cloned());
                scope.keep(variables);
                scope
            }
            P::Group { inner, variables, aggregates } => {
                let mut scope = Self::of(inner);
                scope.keep(variables);
                for (variable, aggregate) in aggregates {
                    scope.mentioned.insert(variable.clone());
                    scope.possible.insert(variable.clone());
                    if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                        scope.mentions([expr]);
                    }
                }
                scope
            }
            P::OrderBy { inner, expression } => {
                let mut scope = Self::of(inner);
                scope.mentions(expression.iter().map(|order| match order {
                    OrderExpression::Asc(e) | OrderExpression::Desc(e) => e,
                }));
                scope
            }
            P::Distinct { inner } | P::Reduced { inner } | P::Slice { inner, .. } => Self::of(inner),
        }
    }

    fn bind(&mut self, variable: &Variable) {
        self.possible.insert(variable.clone());
        self.certain.insert(variable.clone());
        self.mentioned.insert(variable.clone());
    }

    fn end(&mut self, term: &TermPattern, is_node: bool) {
        if let TermPattern::Variable(variable) = term {
            self.bind(variable);
        }
        if is_node && matches!(term, TermPattern::Variable(_) | TermPattern::BlankNode(_)) {
            self.nodes.insert(term.clone());
        }
    }

    fn name(&mut self, name: &NamedNodePattern) {
        if let NamedNodePattern::Variable(variable) = name {
            self.bind(variable);
        }
    }

    fn mentions<'e>(&mut self, expressions: impl IntoIterator<Item = &'e Expression>) {
        for expression in expressions {
            self.mentioned.extend(expression_variables(expression));
        }
    }

    fn keep(&mut self, variables: &[Variable]) {
        self.possible.retain(|v| variables.contains(v));
        self.certain.retain(|v| variables.contains(v));
        self.nodes.retain(|node| matches!(node, TermPattern::Variable(v) if variables.contains(v)));
    }
}

/// Returns whether a path may relate a term to itself without a triple.
pub(super) fn may_be_empty(path: &Path) -> bool {
    match path {
        Path::NamedNode(_) | Path::NegatedPropertySet(_) => false,
        Path::ZeroOrMore(_) | Path::ZeroOrOne(_) => true,
        Path::Reverse(inner) | Path::OneOrMore(inner) => may_be_empty(inner),
        Path::Sequence(a, b) => may_be_empty(a) && may_be_empty(b),
        Path::Alternative(a, b) => may_be_empty(a) || may_be_empty(b),
    }
}

/// Returns whether a pattern is triples and paths alone, and not empty.
pub(super) fn is_triples(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Bgp { patterns } => !patterns.is_empty(),
        GraphPattern::Path { .. } => true,
        GraphPattern::Join { left, right } => is_triples(left) && is_triples(right),
        _ => false,
    }
}

/// Returns whether a path relates the same pairs whether its ends are put in or not, where `nodes` are nodes of the
/// active graph by what it is joined with.
pub(super) fn is_open(
    subject: &TermPattern,
    path: &Path,
    object: &TermPattern,
    nodes: &HashSet<TermPattern>,
) -> bool {
    let is_constant =
        |term: &TermPattern| !matches!(term, TermPattern::Variable(_) | TermPattern::BlankNode(_));
    !may_be_empty(path)
        || nodes.contains(subject)
        || nodes.contains(object)
        || is_constant(subject) && is_constant(object)
}

/// Returns whether it shows in a pattern in which order the engine joins, EXISTS left aside: by a path that relates a
/// pair in several ways and is no closure, or one that may be empty between what may be no nodes.
pub(super) fn hangs_on_order(pattern: &GraphPattern, nodes: &HashSet<TermPattern>) -> bool {
    use GraphPattern as P;
    let and_of = |pattern: &P| nodes.union(&Scope::of(pattern).nodes).cloned().collect::<HashSet<_>>();
    match pattern {
        P::Path { subject, path, object } => !is_closure(path) || !is_open(subject, path, object, nodes),
        P::Bgp { .. } | P::Values { .. } => false,
        P::Join { left, right } => {
            hangs_on_order(left, &and_of(right)) || hangs_on_order(right, &and_of(left))
        }
        P::Lateral { left, right } | P::LeftJoin { left, right, .. } => {
            hangs_on_order(left, nodes) || hangs_on_order(right, &and_of(left))
        }
        P::Union { left, right } => hangs_on_order(left, nodes) || hangs_on_order(right, nodes),
        P::Minus { left, right } => hangs_on_order(left, nodes) || hangs_on_order(right, &HashSet::new()),
        P::Graph { inner, .. } | P::Service { inner, .. } => hangs_on_order(inner, &HashSet::new()),
        P::Project { inner, variables } | P::Group { inner, variables, .. } => {
            hangs_on_order(inner, &visible(nodes, variables))
        }
        P::Filter { inner, .. }
        | P::Extend { inner, .. }
        | P::OrderBy { inner, .. }
        | P::Distinct { inner }
        | P::Reduced { inner }
        | P::Slice { inner, .. } => hangs_on_order(inner, nodes),
    }
}

/// Returns those of `nodes` that a subquery projects.
pub(super) fn visible(nodes: &HashSet<TermPattern>, variables: &[Variable]) -> HashSet<TermPattern> {
    let is_visible = |term: &&TermPattern| matches!(term, TermPattern::Variable(v) if variables.contains(v));
    nodes.iter().filter(is_visible).cloned().collect()
}

fn is_closure(path: &Path) -> bool {
    match path {
        Path::NamedNode(_) | Path::ZeroOrMore(_) | Path::OneOrMore(_) => true,
        Path::Reverse(inner) => is_closure(inner),
        Path::Sequence(..) | Path::Alternative(..) | Path::ZeroOrOne(_) | Path::NegatedPropertySet(_) => {
            false
        }
    }
}

/// Splits `a && b && c`.
pub(super) fn conjuncts(expression: Expression) -> Vec<Expression> {
    let (mut todo, mut found) = (vec![expression], Vec::new());
    while let Some(expression) = todo.pop() {
        match expression {
            Expression::And(a, b) => todo.extend([*b, *a]),
            other => found.push(other),
        }
    }
    found
}

/// Returns every variable that an expression mentions, within EXISTS as well.
pub(super) fn expression_variables(expression: &Expression) -> BTreeSet<Variable> {
    let mut found = BTreeSet::new();
    visit(expression, &mut |expression| match expression {
        Expression::Variable(variable) | Expression::Bound(variable) => {
            found.insert(variable.clone());
        }
        Expression::Exists(pattern) => found.extend(Scope::of(pattern).mentioned),
        _ => {}
    });
    found
}

/// Returns whether an expression gives the same each time it is evaluated. What is within EXISTS counts as well.
pub(super) fn is_stable(expression: &Expression) -> bool {
    let mut stable = true;
    visit(expression, &mut |expression| match expression {
        Expression::FunctionCall(
            Function::Rand | Function::Uuid | Function::StrUuid | Function::BNode | Function::Custom(_),
            _,
        ) => stable = false,
        Expression::Exists(pattern) => stable &= is_stable_pattern(pattern),
        _ => {}
    });
    stable
}

fn is_stable_pattern(pattern: &GraphPattern) -> bool {
    use GraphPattern as P;
    match pattern {
        P::Bgp { .. } | P::Path { .. } | P::Values { .. } => true,
        P::Join { left, right } | P::Union { left, right } | P::Minus { left, right } => {
            is_stable_pattern(left) && is_stable_pattern(right)
        }
        P::LeftJoin { left, right, expression } => {
            is_stable_pattern(left) && is_stable_pattern(right) && expression.as_ref().is_none_or(is_stable)
        }
        P::Filter { expr: expression, inner } | P::Extend { inner, expression, .. } => {
            is_stable(expression) && is_stable_pattern(inner)
        }
        P::Graph { inner, .. }
        | P::Project { inner, .. }
        | P::Distinct { inner }
        | P::Reduced { inner }
        | P::OrderBy { inner, .. } => is_stable_pattern(inner),
        P::Group { .. } | P::Slice { .. } | P::Service { .. } | P::Lateral { .. } => false,
    }
}

/// Returns whether a filter of a pattern has EXISTS, other filters' EXISTS left aside.
pub(super) fn filters_by_exists(pattern: &GraphPattern) -> bool {
    use GraphPattern as P;
    match pattern {
        P::Filter { expr, inner } => has_exists(expr) || filters_by_exists(inner),
        P::Bgp { .. } | P::Path { .. } | P::Values { .. } => false,
        P::Join { left, right }
        | P::Union { left, right }
        | P::Minus { left, right }
        | P::Lateral { left, right }
        | P::LeftJoin { left, right, .. } => filters_by_exists(left) || filters_by_exists(right),
        P::Extend { inner, .. }
        | P::Graph { inner, .. }
        | P::Service { inner, .. }
        | P::Project { inner, .. }
        | P::Group { inner, .. }
        | P::OrderBy { inner, .. }
        | P::Distinct { inner }
        | P::Reduced { inner }
        | P::Slice { inner, .. } => filters_by_exists(inner),
    }
}

/// Returns whether an EXISTS stands in an expression.
pub(super) fn has_exists(expression: &Expression) -> bool {
    let mut found = false;
    visit(expression, &mut |expression| found |= matches!(expression, Expression::Exists(_)));
    found
}

/// Visits an expression and those in it, but not those within the patterns of EXISTS.
fn visit<'e>(expression: &'e Expression, each: &mut impl FnMut(&'e Expression)) {
    each(expression);
    for operand in operands(expression) {
        visit(operand, each);
    }
}
