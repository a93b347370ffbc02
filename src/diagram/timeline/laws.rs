//! The days on which laws changed most verdicts: those that are marked on the axis.

use crate::change::{Act, ActKind, Change, Timeline, acts};
use crate::gaps::Verdict;
use crate::model::{Day, Graph, Symbol};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A day on which verdicts turned because of a law.
#[derive(Clone, Debug)]
pub struct Milestone {
    /// The day.
    pub day: Day,
    /// The acts behind the changes, each with the number of those that rest on it, the most first. A change may rest
    /// on several.
    pub acts: Vec<(Act, usize)>,
    /// The numbers of changes from a verdict to a better one, and to a worse one.
    pub turned: (usize, usize),
    /// How many findings there are for the first time, because a norm binds a body from that day on.
    pub bound: usize,
    /// How many changes there are from one verdict to another.
    pub moves: BTreeMap<(Verdict, Verdict), usize>,
}

/// For each act, what happened to it and how many changes rest on it.
type Weights = BTreeMap<Symbol, (ActKind, usize)>;

/// Returns the days with most changes from a verdict to another that rest on an act, at most `most`, in order of time.
pub fn milestones(graph: &Graph, line: &Timeline<'_>, most: usize) -> Vec<Milestone> {
    let mut found: BTreeMap<Day, (Milestone, Weights)> = BTreeMap::new();
    for change in &line.changes {
        let behind = behind(graph, change);
        if behind.is_empty() {
            continue;
        }
        let day = change.day;
        let empty = Milestone { day, acts: Vec::new(), turned: (0, 0), bound: 0, moves: BTreeMap::new() };
        let (milestone, acts) = found.entry(day).or_insert_with(|| (empty, BTreeMap::new()));
        match (change.from, change.to) {
            (Some(from), Some(to)) => {
                *milestone.moves.entry((from, to)).or_default() += 1;
                let turned = &mut milestone.turned;
                *(if to > from { &mut turned.0 } else { &mut turned.1 }) += 1;
                for act in behind {
                    let known = acts.entry(act.iri).or_insert((act.kind, 0));
                    known.0 = known.0.min(act.kind);
                    known.1 += 1;
                }
            }
            (None, Some(_)) => milestone.bound += 1,
            _ => {}
        }
    }
    let found = found.into_values().filter(|(_, acts)| !acts.is_empty());
    let mut milestones: Vec<Milestone> = found
        .map(|(mut milestone, acts)| {
            let act = |(iri, (kind, count))| (Act { iri, kind }, count);
            milestone.acts = acts.into_iter().map(act).collect();
            // Symbols are numbers of a graph and not of the record: ties are broken by IRI.
            let order = |(act, count): &(Act, usize)| (Reverse(*count), graph.text(act.iri).to_owned());
            milestone.acts.sort_by_cached_key(order);
            milestone
        })
        .collect();
    milestones.sort_by_key(|milestone| (Reverse(milestone.turned.0 + milestone.turned.1), milestone.day));
    milestones.truncate(most);
    milestones.sort_by_key(|milestone| milestone.day);
    milestones
}

/// The acts behind a change, each once, by IRI.
pub fn behind(graph: &Graph, change: &Change<'_>) -> Vec<Act> {
    let mut all: Vec<Act> = change.causes.iter().flat_map(|cause| acts(graph, *cause)).collect();
    all.sort_by_key(|act| (graph.text(act.iri), act.kind));
    all.dedup_by_key(|act| act.iri);
    all
}
