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
//! Of *P* only distinct values of *S* are asked then, so its paths are walked from fewer terms (`lean.rs`).
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
//!    but a variable to nodes only; and Oxigraph relates a constant to itself only where the other end is put in. So a
//!    pattern of *P* or of *L* in the same graph makes one of its ends a node, or both are constants.
//! 5. *P* has no `LIMIT`, `OFFSET`, `GROUP BY`, `SERVICE` or `LATERAL`, and no function that gives something else each
//!    time (`RAND`, `UUID`, `STRUUID`, `BNODE`) or that is not SPARQL's: how often *P* is evaluated would show. In
//!    `GRAPH` with a variable are triples and paths alone, for Oxigraph binds the variable by these.
//!
//! Two more keep the answers Oxigraph's where they hang on the order of its joins, which rewriting changes:
//!
//! 6. Outside of `EXISTS` the query has no path but `p*`, `p+`, sequences and inverses of these, for how often a pair is
//!    given that `p|q`, `!p` or `p?` relates in two ways depends on which ends are bound when it comes to it; and none
//!    that may be empty but between what 4 asks for.
//! 7. No variable of *P* is bound beside the group only (`?x :p ?y { L FILTER EXISTS { P } }`): it is not in scope
//!    of the filter, but Oxigraph puts it in if it joins the group last.
//!
//! Where the engine evaluates the group anew for each solution of something else, *P* would be evaluated each time as
//! well: nothing is rewritten on the right of `OPTIONAL` and `LATERAL`, within `GRAPH ?g`, in an `EXISTS` that is kept,
//! and in other expressions.
//!
//! # What is kept though it could be rewritten
//! Where each pattern of *P* has a variable of *S*, the engine looks each up at once, and *L* may be short. Where *P* may
//! have far more solutions than anybody looks at: parts of it have nothing in common, or two of its triples meet at their
//! objects (`?b :type ?t . ?other :type ?t` is each with each).

mod lean;
mod scope;

use scope::{
    Scope, conjuncts, expression_variables, filters_by_exists, hangs_on_order, is_open, is_stable,
    is_triples, visible,
};
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
    /// A variable of a group beside this one.
    #[error("has a variable that a group beside its own may bind")]
    Beside,
    /// What cannot be evaluated once.
    #[error("has LIMIT, GROUP BY, SERVICE, LATERAL or a function that is not the same each time")]
    Unstable,
    /// GRAPH with a variable, in which the engine's scope is its own.
    #[error("has GRAPH with a variable around more than triples")]
    GraphVariable,
    /// A path elsewhere, whose answers depend on the order of joins.
    #[error(
        "stands in a query with a path that the engine answers by the order of joins (`|`, `!`, `?`, or `*` between what \
         may be no nodes)"
    )]
    Order,
    /// Nothing is gained.
    #[error("is looked up at once")]
    Direct,
    /// Evaluated by itself it may have too many solutions.
    #[error("may have far more solutions by itself than are looked at")]
    Multiplies,
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
    if filters_by_exists(pattern) {
        found.hangs_on_order = hangs_on_order(pattern, &HashSet::new());
        let whole = std::mem::replace(pattern, GraphPattern::Bgp { patterns: Vec::new() });
        *pattern = group(whole, &BTreeSet::new(), &mut found);
    }
    (query, found.absences)
}

/// What was found, and what holds for all of the query.
#[derive(Default)]
struct Found {
    absences: Vec<Absence>,
    hangs_on_order: bool,
}

/// Rewrites a pattern that is evaluated once, beside patterns that may bind `beside`.
fn group(pattern: GraphPattern, beside: &BTreeSet<Variable>, found: &mut Found) -> GraphPattern {
    use GraphPattern as P;
    let mut of = |pattern: Box<P>| Box::new(group(*pattern, beside, found));
    match pattern {
        P::Filter { expr, inner } => filter(expr, *inner, beside, found),
        P::Join { left, right } => {
            let beside_left = beside.union(&Scope::of(&right).possible).cloned().collect();
            let beside_right = beside.union(&Scope::of(&left).possible).cloned().collect();
            P::Join {
                left: Box::new(group(*left, &beside_left, found)),
                right: Box::new(group(*right, &beside_right, found)),
            }
        }
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

fn filter(
    expr: Expression,
    inner: GraphPattern,
    beside: &BTreeSet<Variable>,
    found: &mut Found,
) -> GraphPattern {
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
        let is_beside = |v: &Variable| beside.contains(v) && !outer.possible.contains(v);
        let why = if found.hangs_on_order {
            Some(Kept::Order)
        } else if own.mentioned.iter().any(is_beside) {
            Some(Kept::Beside)
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
    let mut result = group(inner, beside, found);
    if let Some(expr) = kept {
        result = GraphPattern::Filter { expr, inner: Box::new(result) };
    }
    for (negated, pattern, variables) in joins {
        let left = Box::new(result);
        let inner = Box::new(lean::lean(
            group(pattern, &BTreeSet::new(), found),
            &variables.iter().cloned().collect(),
        ));
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
    let nodes: HashSet<TermPattern> = outer
        .nodes
        .iter()
        .filter(|node| matches!(node, TermPattern::Variable(v) if shared.contains(v)))
        .cloned()
        .collect();
    if let Err(why) = (Obligations { outer: &outer.possible }).hold(pattern, &nodes) {
        return Some(why);
    }
    if is_direct(pattern, shared) {
        return Some(Kept::Direct);
    }
    may_multiply(pattern, shared).then_some(Kept::Multiplies)
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

/// Returns whether joins of a pattern may have far more solutions than its parts: where some have nothing in common
/// with the others, or triples meet at their objects.
fn may_multiply(pattern: &GraphPattern, shared: &[Variable]) -> bool {
    let is_end = |term: &TermPattern| matches!(term, TermPattern::Variable(_) | TermPattern::BlankNode(_));
    let mut parts: Vec<HashSet<TermPattern>> = Vec::new();
    let mut objects = HashSet::new();
    let mut todo = vec![pattern];
    while let Some(pattern) = todo.pop() {
        match pattern {
            GraphPattern::Join { left, right } => todo.extend([&**left, &**right]),
            GraphPattern::Filter { inner, .. } => todo.push(inner),
            GraphPattern::Bgp { patterns } => {
                for triple in patterns {
                    let ends = [&triple.subject, &triple.object];
                    parts.push(ends.into_iter().filter(|end| is_end(end)).cloned().collect());
                    let is_shared = matches!(&triple.object, TermPattern::Variable(v) if shared.contains(v));
                    if is_end(&triple.object) && !is_shared && !objects.insert(&triple.object) {
                        return true;
                    }
                }
            }
            GraphPattern::Path { subject, object, .. } => {
                parts.push([subject, object].into_iter().filter(|end| is_end(end)).cloned().collect());
            }
            other => parts.push(Scope::of(other).possible.into_iter().map(TermPattern::Variable).collect()),
        }
    }
    let mut reached: HashSet<TermPattern> = shared.iter().cloned().map(TermPattern::Variable).collect();
    loop {
        let before = parts.len();
        parts.retain(|part| {
            let is_apart = !part.is_empty() && part.is_disjoint(&reached);
            if !is_apart {
                reached.extend(part.iter().cloned());
            }
            is_apart
        });
        if parts.is_empty() || parts.len() == before {
            return !parts.is_empty();
        }
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
                if is_open(subject, path, object, nodes) {
                    Ok(())
                } else {
                    Err(Kept::EmptyPath)
                }
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
            P::Graph { name: NamedNodePattern::Variable(_), inner } if !is_triples(inner) => {
                Err(Kept::GraphVariable)
            }
            P::Graph { inner, .. } => self.hold(inner, &HashSet::new()),
            P::Project { inner, variables } => {
                let mut hidden = Scope::of(inner).mentioned;
                hidden.retain(|v| !variables.contains(v));
                if hidden.iter().any(|v| self.outer.contains(v)) {
                    return Err(Kept::Correlated);
                }
                self.hold(inner, &visible(nodes, variables))
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
