//! Absence, rewritten: `FILTER NOT EXISTS` to an anti-join and `FILTER EXISTS` to a semi-join, where the answers are
//! provably the same.
//!
//! An engine evaluates `EXISTS { P }` anew for each solution of the group *L* before it, and Oxigraph does not order
//! the joins within it: with two patterns or a path that does not end on large data. *L* `MINUS` *P* evaluates *P* once.
//! The two differ where *P* looks at *L*, so each rewriting has proof obligations.
//!
//! # What is rewritten
//! In a group with the solutions *L*, for each conjunct of its filter, with *S* the variables that both *L* and *P* may
//! bind:
//! ```text
//! Filter(!exists(P), L)  =  Minus(L, Distinct(Project(P, S)))
//! Filter( exists(P), L)  =  Join (L, Distinct(Project(P, S)))
//! ```
//!
//! Of *P* only distinct values of *S* are asked then, so what it joins with its paths is made distinct first (`lean.rs`).
//!
//! # Proof obligations
//! By SPARQL 1.1 section 18.6, `exists(P)` holds for a solution μ of *L* where *P* with μ put in for its variables has a
//! solution. Wanted is: where *P* by itself has a solution compatible with μ. [`why_not`] checks what that takes.
//! 1. *S* is not empty, and each of its variables is bound in every solution of *L* and of *P*. Then compatible means
//!    equal on *S*; `MINUS` has no pair of solutions without a variable in common; and each solution of *L* meets at
//!    most one of the distinct projections, so that the semi-join keeps how often it stands in *L*.
//! 2. No variable of *L* stands in *P* where a value put in would do more than select solutions: not in a filter, `BIND`
//!    or condition of `OPTIONAL` whose own group does not bind it in every solution; not on the right of `OPTIONAL` or
//!    `MINUS` unless the left binds it in every solution; not as what `BIND` assigns; not in a subquery that does not
//!    project it.
//! 3. A `MINUS` in *P* has a variable in common that both its sides bind in every solution and *L* does not bind, for
//!    with a value put in for all of them nothing would be in common any more.
//! 4. A path that may be empty (`p*`, `p?`) relates a term put in to itself although the term is no node of the graph,
//!    but a variable to nodes only; and Oxigraph relates a constant to itself only where the other end is put in. So where
//!    *L* binds an end of it, a pattern of *P* or of *L* in the same graph makes one of its ends a node.
//! 5. *P* has no `LIMIT`, `OFFSET`, `GROUP BY`, `SERVICE` or `LATERAL`, and no function that gives something else each
//!    time (`RAND`, `UUID`, `STRUUID`, `BNODE`) or that is not SPARQL's: how often *P* is evaluated would show.
//!
//! 6. Outside of what is rewritten the query has no path but `p*`, `p+`, sequences and inverses of these: how often
//!    Oxigraph gives a pair that `p|q`, `!p` or `p?` relates in two ways depends on which of its ends are bound when it
//!    comes to it, so on the order of joins, and rewriting changes the order.
//!
//! Where the engine evaluates the group anew for each solution of something else, *P* would be evaluated each time as
//! well: nothing is rewritten on the right of `OPTIONAL` and `LATERAL`, within `GRAPH ?g`, in an `EXISTS` that is kept,
//! and in other expressions.
//!
//! # What is kept though it could be rewritten
//! Where each pattern of *P* has a variable of *S*, the engine looks each up at once, and *L* may be short.

mod lean;
mod scope;

use scope::{Scope, conjuncts, expression_variables, is_stable, may_be_empty};
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::{NamedNodePattern, TermPattern, Variable};
use std::collections::{BTreeSet, HashSet};
use std::fmt;

/// One `FILTER EXISTS` or `FILTER NOT EXISTS` of a query, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absence {
    /// Whether it is `NOT EXISTS`.
    pub negated: bool,
    /// The pattern, as SPARQL.
    pub pattern: String,
    /// The variables that are joined on, or why it is kept.
    pub outcome: Result<Vec<String>, Kept>,
}

/// Why a filter is kept as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Kept {
    /// Nothing is shared.
    #[error("shares no variable with its group")]
    NothingShared,
    /// A shared variable may be unbound.
    #[error("a shared variable may be unbound")]
    MayBeUnbound,
    /// A variable of the group is used within.
    #[error("looks at a variable of its group within a filter, BIND, OPTIONAL, MINUS or subquery")]
    Correlated,
    /// A path that may be empty.
    #[error("has a path that may be empty, from what may be no node of the graph")]
    EmptyPath,
    /// What cannot be evaluated once.
    #[error("has LIMIT, GROUP BY, SERVICE, LATERAL or a function that is not the same each time")]
    Unstable,
    /// A path elsewhere, whose count depends on the order of joins.
    #[error("stands in a query with a path that the engine counts by the order of joins (`|`, `!` or `?`)")]
    PathCounts,
    /// Nothing is gained.
    #[error("is looked up at once")]
    Direct,
}

impl fmt::Display for Absence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (filter, join) = if self.negated { ("NOT EXISTS", "anti-join") } else { ("EXISTS", "semi-join") };
        match &self.outcome {
            Ok(variables) => write!(f, "{join} on {}: {filter} {{ {} }}", variables.join(" "), self.pattern),
            Err(why) => write!(f, "kept, for it {why}: {filter} {{ {} }}", self.pattern),
        }
    }
}

/// Rewrites what may be rewritten and returns what became of each filter, outermost first.
pub(super) fn rewrite(mut query: Query) -> (Query, Vec<Absence>) {
    let mut found = Found::default();
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = &mut query;
    let whole = std::mem::replace(pattern, GraphPattern::Bgp { patterns: Vec::new() });
    found.counts_by_order = scope::counts_by_order(&whole);
    *pattern = group(whole, &mut found);
    (query, found.absences)
}

/// What was found, and what holds for all of the query.
#[derive(Default)]
struct Found {
    absences: Vec<Absence>,
    counts_by_order: bool,
}

/// Rewrites a pattern that is evaluated once.
fn group(pattern: GraphPattern, found: &mut Found) -> GraphPattern {
    use GraphPattern as P;
    let mut of = |pattern: Box<P>| Box::new(group(*pattern, found));
    match pattern {
        P::Filter { expr, inner } => filter(expr, *inner, found),
        P::Join { left, right } => P::Join { left: of(left), right: of(right) },
        P::Union { left, right } => P::Union { left: of(left), right: of(right) },
        P::Minus { left, right } => P::Minus { left: of(left), right: of(right) },
        P::LeftJoin { left, right, expression } => P::LeftJoin { left: of(left), right, expression },
        P::Lateral { left, right } => P::Lateral { left: of(left), right },
        P::Graph { name: name @ NamedNodePattern::NamedNode(_), inner } => {
            P::Graph { name, inner: of(inner) }
        }
        P::Extend { inner, variable, expression } => P::Extend { inner: of(inner), variable, expression },
        P::OrderBy { inner, expression } => P::OrderBy { inner: of(inner), expression },
        P::Project { inner, variables } => P::Project { inner: of(inner), variables },
        P::Distinct { inner } => P::Distinct { inner: of(inner) },
        P::Reduced { inner } => P::Reduced { inner: of(inner) },
        P::Slice { inner, start, length } => P::Slice { inner: of(inner), start, length },
        P::Group { inner, variables, aggregates } => P::Group { inner: of(inner), variables, aggregates },
        P::Bgp { .. } | P::Path { .. } | P::Values { .. } | P::Graph { .. } | P::Service { .. } => pattern,
    }
}

fn filter(expr: Expression, inner: GraphPattern, found: &mut Found) -> GraphPattern {
    let outer = Scope::of(&inner);
    let mut kept = None;
    let mut joins = Vec::new();
    for conjunct in conjuncts(expr) {
        let (negated, pattern) = match conjunct {
            Expression::Exists(pattern) => (false, pattern),
            Expression::Not(not) => match *not {
                Expression::Exists(pattern) => (true, pattern),
                other => {
                    kept = Some(and(kept, Expression::Not(Box::new(other))));
                    continue;
                }
            },
            other => {
                kept = Some(and(kept, other));
                continue;
            }
        };
        let own = Scope::of(&pattern);
        let shared: Vec<Variable> = outer.possible.intersection(&own.possible).cloned().collect();
        let why = if found.counts_by_order {
            Some(Kept::PathCounts)
        } else {
            why_not(&outer, &own, &shared, &pattern)
        };
        found.absences.push(Absence {
            negated,
            pattern: pattern.to_string(),
            outcome: match why {
                Some(why) => Err(why),
                None => Ok(shared.iter().map(ToString::to_string).collect()),
            },
        });
        if why.is_some() {
            let exists = Expression::Exists(pattern);
            kept = Some(and(kept, if negated { Expression::Not(Box::new(exists)) } else { exists }));
        } else {
            joins.push((negated, *pattern, shared));
        }
    }
    let mut result = group(inner, found);
    if let Some(expr) = kept {
        result = GraphPattern::Filter { expr, inner: Box::new(result) };
    }
    for (negated, pattern, variables) in joins {
        let left = Box::new(result);
        let inner = Box::new(lean::lean(group(pattern, found), &variables.iter().cloned().collect()));
        let inner = Box::new(GraphPattern::Project { inner, variables });
        let right = Box::new(GraphPattern::Distinct { inner });
        result =
            if negated { GraphPattern::Minus { left, right } } else { GraphPattern::Join { left, right } };
    }
    result
}

fn and(before: Option<Expression>, expression: Expression) -> Expression {
    match before {
        None => expression,
        Some(before) => Expression::And(Box::new(before), Box::new(expression)),
    }
}

/// Returns the obligation that `pattern` does not meet, if there is one.
fn why_not(outer: &Scope, own: &Scope, shared: &[Variable], pattern: &GraphPattern) -> Option<Kept> {
    if shared.is_empty() {
        return Some(Kept::NothingShared);
    }
    if !shared.iter().all(|v| outer.certain.contains(v) && own.certain.contains(v)) {
        return Some(Kept::MayBeUnbound);
    }
    if own.mentioned.iter().any(|v| outer.possible.contains(v) && !own.possible.contains(v)) {
        return Some(Kept::Correlated);
    }
    let nodes: HashSet<TermPattern> = outer
        .nodes
        .iter()
        .filter(|node| matches!(node, TermPattern::Variable(v) if shared.contains(v)))
        .cloned()
        .collect();
    if let Err(why) = (Obligations { outer: &outer.possible }).hold(pattern, &nodes) {
        return Some(why);
    }
    is_direct(pattern, shared).then_some(Kept::Direct)
}

/// Returns whether each pattern has one of the variables at an end, and no path needs more than one step to a triple.
fn is_direct(pattern: &GraphPattern, shared: &[Variable]) -> bool {
    let has = |term: &TermPattern| matches!(term, TermPattern::Variable(v) if shared.contains(v));
    match pattern {
        GraphPattern::Bgp { patterns } => patterns.iter().all(|t| has(&t.subject) || has(&t.object)),
        GraphPattern::Filter { expr, inner } => !scope::has_exists(expr) && is_direct(inner, shared),
        _ => false,
    }
}

/// The obligations 2 to 5 of a pattern, against the variables that its group may bind.
struct Obligations<'a> {
    outer: &'a BTreeSet<Variable>,
}

impl Obligations<'_> {
    /// Checks a pattern, where `nodes` are nodes of the active graph by what the pattern is joined with.
    fn hold(&self, pattern: &GraphPattern, nodes: &HashSet<TermPattern>) -> Result<(), Kept> {
        use GraphPattern as P;
        let and_of = |pattern: &P| nodes.union(&Scope::of(pattern).nodes).cloned().collect::<HashSet<_>>();
        match pattern {
            P::Bgp { .. } | P::Values { .. } => Ok(()),
            P::Path { subject, path, object } => {
                let is_outer =
                    |term: &TermPattern| matches!(term, TermPattern::Variable(v) if self.outer.contains(v));
                let is_harmless = !may_be_empty(path)
                    || !is_outer(subject) && !is_outer(object)
                    || nodes.contains(subject)
                    || nodes.contains(object);
                if is_harmless { Ok(()) } else { Err(Kept::EmptyPath) }
            }
            P::Join { left, right } => {
                self.hold(left, &and_of(right))?;
                self.hold(right, &and_of(left))
            }
            P::Union { left, right } => {
                self.hold(left, nodes)?;
                self.hold(right, nodes)
            }
            P::LeftJoin { left, right, expression } => {
                let left_scope = Scope::of(left);
                let mut inside = Scope::of(right).mentioned;
                if let Some(expression) = expression {
                    stable(expression)?;
                    inside.extend(expression_variables(expression));
                }
                self.bound(&inside, &left_scope)?;
                self.hold(left, nodes)?;
                self.hold(right, &and_of(left))
            }
            P::Minus { left, right } => {
                let (left_scope, right_scope) = (Scope::of(left), Scope::of(right));
                self.bound(&right_scope.mentioned, &left_scope)?;
                let mut common = left_scope.certain.intersection(&right_scope.certain);
                if !common.any(|v| !self.outer.contains(v)) {
                    return Err(Kept::Correlated);
                }
                self.hold(left, nodes)?;
                self.hold(right, &and_of(left))
            }
            P::Filter { expr, inner } => {
                stable(expr)?;
                self.bound(&expression_variables(expr), &Scope::of(inner))?;
                self.hold(inner, nodes)
            }
            P::Extend { inner, variable, expression } => {
                stable(expression)?;
                if self.outer.contains(variable) {
                    return Err(Kept::Correlated);
                }
                self.bound(&expression_variables(expression), &Scope::of(inner))?;
                self.hold(inner, nodes)
            }
            P::Graph { inner, .. } => self.hold(inner, &HashSet::new()),
            P::Project { inner, variables } => {
                let mut hidden = Scope::of(inner).mentioned;
                hidden.retain(|v| !variables.contains(v));
                if hidden.iter().any(|v| self.outer.contains(v)) {
                    return Err(Kept::Correlated);
                }
                let is_visible =
                    |term: &TermPattern| matches!(term, TermPattern::Variable(v) if variables.contains(v));
                self.hold(inner, &nodes.iter().filter(|node| is_visible(node)).cloned().collect())
            }
            P::Distinct { inner } | P::Reduced { inner } => self.hold(inner, nodes),
            P::OrderBy { inner, .. } => self.hold(inner, nodes),
            P::Group { .. } | P::Slice { .. } | P::Service { .. } | P::Lateral { .. } => Err(Kept::Unstable),
        }
    }

    /// Checks that those of `variables` that the group may bind are bound in every solution of `scope`.
    fn bound(&self, variables: &BTreeSet<Variable>, scope: &Scope) -> Result<(), Kept> {
        let is_bound = |v: &Variable| !self.outer.contains(v) || scope.certain.contains(v);
        if variables.iter().all(is_bound) { Ok(()) } else { Err(Kept::Correlated) }
    }
}

fn stable(expression: &Expression) -> Result<(), Kept> {
    if is_stable(expression) { Ok(()) } else { Err(Kept::Unstable) }
}

#[cfg(test)]
mod tests;
