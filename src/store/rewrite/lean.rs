//! Fewer starts for paths: of what a path is joined with, only the distinct values that it needs.
//!
//! An engine walks a path from each solution of what it is joined with. `?o :oversees ?a . ?a :partOf* ?b`, of which
//! only ?b is asked, needs to be walked once for each ?a, not for each pair of ?o and ?a.

use super::scope::{Scope, expression_variables};
use spargebra::algebra::GraphPattern;
use spargebra::term::{TermPattern, Variable};
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
