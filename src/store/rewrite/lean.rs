//! Fewer starts for paths: of what a path is joined with, only the distinct values that it needs, and of these only
//! those whose way does not lead through others.
//!
//! An engine walks a path from each solution of what it is joined with. `?o :oversees ?a . ?a :partOf* ?b`, of which
//! only ?b is asked, needs to be walked once for each ?a, not for each pair of ?o and ?a.
//!
//! Nor need each ?a be walked from. Be *D* the values of ?a, and `c p b` a step away from *D*, whichever way it is
//! written. What is reached from *D* by `p*` is
//! ```text
//! D  ∪  { b : c p* b for a c not in D that is one step from an a in D }
//! ```
//! for on a way from *D* to a b outside of it, the first term behind the last one of *D* is such a c; and what is reached
//! from c is reached from a. It holds on circles as well. Where bodies whose superiors are in *D* are mostly in *D*
//! themselves, hardly any is left to be walked from.
//!
//! It takes:
//! * `p*` joined with triples and filters alone, for they are evaluated twice, and looked up: nothing with a path or
//!   EXISTS.
//! * One end of the path is ?a. The other is not in the triples and is all that is asked: what is asked beside it hangs
//!   on which ?a a b is reached from.
//! * `p` is a property or its inverse.
//! * *D* is of nodes, or b is a node by what the whole is joined with: obligation 4 of the module, so that each a of *D*
//!   that counts is reached from itself.

use super::scope::{Scope, expression_variables, has_exists};
use spargebra::algebra::PropertyPathExpression as Path;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::{NamedNode, TermPattern, TriplePattern, Variable};
use std::collections::BTreeSet;

/// Makes a pattern lean, of which only the distinct values of `needed` are asked.
pub(super) fn lean(pattern: GraphPattern, needed: &BTreeSet<Variable>) -> GraphPattern {
    match pattern {
        GraphPattern::Filter { expr, inner } => {
            let needed = needed.union(&expression_variables(&expr)).cloned().collect();
            GraphPattern::Filter { inner: Box::new(lean(*inner, &needed)), expr }
        }
        GraphPattern::Join { .. } => {
            let mut parts = Vec::new();
            flatten(pattern, &mut parts);
            let is_path = |part: &GraphPattern| matches!(part, GraphPattern::Path { .. });
            let (paths, others): (Vec<_>, Vec<_>) = parts.into_iter().map(named).partition(is_path);
            let (paths, others) = match (join(paths), join(others)) {
                (Some(paths), Some(others)) => (paths, others),
                (one, other) => return one.or(other).unwrap_or_default(),
            };
            let mut asked = Scope::of(&paths).mentioned;
            asked.extend(needed.iter().cloned());
            let own = Scope::of(&others).possible;
            let variables: Vec<Variable> = own.intersection(&asked).cloned().collect();
            if let (GraphPattern::Path { subject, path, object }, [from]) = (&paths, &*variables)
                && let Some(way) = Way::of(subject, path, object, from, needed)
                && is_cheap(&others)
            {
                return way.reached(&others);
            }
            let left = if variables.len() == own.len() {
                others
            } else {
                let inner = Box::new(GraphPattern::Project { inner: Box::new(others), variables });
                GraphPattern::Distinct { inner }
            };
            GraphPattern::Join { left: Box::new(left), right: Box::new(paths) }
        }
        other => other,
    }
}

/// A closure of a property, from the variable `from` to the variable `to`.
struct Way<'p> {
    from: &'p Variable,
    to: &'p Variable,
    property: &'p NamedNode,
    /// Whether `from` stands at the end of the path.
    is_back: bool,
}

impl<'p> Way<'p> {
    /// Reads a path of which only the other end than `from` is asked.
    fn of(
        subject: &'p TermPattern,
        path: &'p Path,
        object: &'p TermPattern,
        from: &'p Variable,
        needed: &BTreeSet<Variable>,
    ) -> Option<Self> {
        let (TermPattern::Variable(subject), Path::ZeroOrMore(step), TermPattern::Variable(object)) =
            (subject, path, object)
        else {
            return None;
        };
        let (property, is_inverse) = match &**step {
            Path::NamedNode(property) => (property, false),
            Path::Reverse(inner) => match &**inner {
                Path::NamedNode(property) => (property, true),
                _ => return None,
            },
            _ => return None,
        };
        let (to, at_end) = if from == subject { (object, false) } else { (subject, true) };
        let is_asked = to != from && needed.iter().eq([to]);
        is_asked.then_some(Self { from, to, property, is_back: at_end != is_inverse })
    }

    /// Returns the pattern that binds `to` to all that is reached from where `starts` binds `from`.
    fn reached(&self, starts: &GraphPattern) -> GraphPattern {
        let project = |inner, variable: &Variable| GraphPattern::Project {
            inner: Box::new(inner),
            variables: vec![variable.clone()],
        };
        let distinct = |inner| GraphPattern::Distinct { inner: Box::new(inner) };
        let starts_as = |variable: &Variable| {
            let expression = Expression::Variable(self.from.clone());
            let inner = Box::new(starts.clone());
            project(GraphPattern::Extend { inner, variable: variable.clone(), expression }, variable)
        };
        // A space is in no user's variable.
        let next = Variable::new_unchecked(format!("{} next", self.from.as_str()));
        let ends = |from: &Variable, to: &Variable| {
            let (from, to) = (TermPattern::Variable(from.clone()), TermPattern::Variable(to.clone()));
            if self.is_back { (to, from) } else { (from, to) }
        };
        let (subject, object) = ends(self.from, &next);
        let step = TriplePattern { subject, predicate: self.property.clone().into(), object };
        // Steps are left out before they are joined with the starts, which then are looked up for few.
        let outside = GraphPattern::Minus {
            left: Box::new(GraphPattern::Bgp { patterns: vec![step] }),
            right: Box::new(starts_as(&next)),
        };
        let outside = GraphPattern::Join { left: Box::new(outside), right: Box::new(starts.clone()) };
        let (subject, object) = ends(&next, self.to);
        let path = Path::ZeroOrMore(Box::new(Path::NamedNode(self.property.clone())));
        let beyond = GraphPattern::Join {
            left: Box::new(distinct(project(outside, &next))),
            right: Box::new(GraphPattern::Path { subject, path, object }),
        };
        GraphPattern::Union { left: Box::new(starts_as(self.to)), right: Box::new(project(beyond, self.to)) }
    }
}

/// Returns whether a pattern is triples and filters alone, so that it may be evaluated more than once.
fn is_cheap(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Bgp { .. } => true,
        GraphPattern::Join { left, right } => is_cheap(left) && is_cheap(right),
        GraphPattern::Filter { expr, inner } => !has_exists(expr) && is_cheap(inner),
        _ => false,
    }
}

fn flatten(pattern: GraphPattern, parts: &mut Vec<GraphPattern>) {
    match pattern {
        GraphPattern::Join { left, right } => {
            flatten(*left, parts);
            flatten(*right, parts);
        }
        other => parts.push(other),
    }
}

fn join(parts: Vec<GraphPattern>) -> Option<GraphPattern> {
    parts
        .into_iter()
        .reduce(|left, right| GraphPattern::Join { left: Box::new(left), right: Box::new(right) })
}

/// Makes variables of blank nodes, which stand for the same and can be projected. Their names are no user's.
fn named(part: GraphPattern) -> GraphPattern {
    let name = |term: TermPattern| match term {
        TermPattern::BlankNode(node) => {
            TermPattern::Variable(Variable::new_unchecked(format!("_blank_{}", node.as_str())))
        }
        other => other,
    };
    match part {
        GraphPattern::Bgp { patterns } => GraphPattern::Bgp {
            patterns: patterns
                .into_iter()
                .map(|mut triple| {
                    triple.subject = name(triple.subject);
                    triple.object = name(triple.object);
                    triple
                })
                .collect(),
        },
        GraphPattern::Path { subject, path, object } => {
            GraphPattern::Path { subject: name(subject), path, object: name(object) }
        }
        other => other,
    }
}
