//! The worst verdict of each body through time, and bodies that go the same way as one strip.

use crate::change::{Change, Timeline};
use crate::diagram::matrix::{Fold, badness};
use crate::diagram::section::Section;
use crate::gaps::{Counts, Verdict};
use crate::model::{Day, Graph, InstitutionId};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Up to this many bodies have a strip of their own.
const WHOLE: usize = 30;
/// With more strips than this, all bodies of a type share one.
const MOST: usize = 60;

/// From a day on, the worst verdict; nothing, where no norm binds.
pub type Turn = (Day, Option<Verdict>);

/// A strip: one body or several.
#[derive(Clone, Debug)]
pub struct Strip<'l, 'g> {
    /// The bodies.
    pub bodies: Vec<InstitutionId>,
    /// Why they are together.
    pub fold: Fold,
    /// Their family.
    pub family: Section,
    /// The worst verdict of any of them, in order of time.
    pub turns: Vec<Turn>,
    /// How many findings have which verdict, from each day on.
    pub steps: Vec<(Day, Counts)>,
    /// Their findings on the last day.
    pub counts: Counts,
    /// The changes of their verdicts.
    pub changes: Vec<&'l Change<'g>>,
}

/// Returns the strips: families together, those worst on the last day first.
pub fn strips<'l, 'g>(graph: &Graph, line: &'l Timeline<'g>, expand: bool) -> Vec<Strip<'l, 'g>> {
    let mut runs: BTreeMap<InstitutionId, Vec<_>> = BTreeMap::new();
    for ((_, id), run) in &line.runs {
        runs.entry(*id).or_default().push(run);
    }
    let strip = |bodies: Vec<InstitutionId>, fold| {
        let steps = line.counts(bodies.iter().flat_map(|id| runs[id].iter().copied()));
        let counts = steps.last().map(|(_, counts)| *counts).unwrap_or_default();
        let mut turns: Vec<Turn> = Vec::new();
        for (day, counts) in &steps {
            if turns.last().is_none_or(|(_, verdict)| *verdict != counts.worst()) {
                turns.push((*day, counts.worst()));
            }
        }
        let family = Section::of(graph, bodies[0]);
        Strip { bodies, fold, family, turns, steps, counts, changes: Vec::new() }
    };
    let mut strips: Vec<Strip<'l, 'g>> = runs.keys().map(|id| strip(vec![*id], Fold::One)).collect();
    let mut families: BTreeMap<Section, Counts> = BTreeMap::new();
    for strip in &strips {
        families.entry(strip.family).or_default().add_all(&strip.counts);
    }
    strips.sort_by_key(|strip| {
        let gone = strip.counts.total() == 0;
        let family = Reverse(badness(&families[&strip.family]));
        (family, strip.family, gone, Reverse(badness(&strip.counts)), strip.bodies[0])
    });
    if !expand && strips.len() > WHOLE {
        let alike = gathered(&strips, |strip| (strip.family, strip.turns.clone()));
        let of_type = |strip: &Strip<'_, '_>| graph.institution(strip.bodies[0]).types.iter().next();
        let groups = if alike.len() > MOST {
            let of_type = gathered(&strips, |strip| (strip.family, of_type(strip)));
            let fold = |bodies: &[InstitutionId]| {
                let kind = graph.institution(bodies[0]).types.iter().next();
                kind.filter(|_| bodies.len() > 1).map_or(Fold::One, Fold::Type)
            };
            of_type.into_iter().map(|bodies| (fold(&bodies), bodies)).collect::<Vec<_>>()
        } else {
            let fold = |bodies: &[InstitutionId]| if bodies.len() > 1 { Fold::Alike } else { Fold::One };
            alike.into_iter().map(|bodies| (fold(&bodies), bodies)).collect()
        };
        strips = groups.into_iter().map(|(fold, bodies)| strip(bodies, fold)).collect();
    }
    let place: BTreeMap<InstitutionId, usize> = strips
        .iter()
        .enumerate()
        .flat_map(|(at, strip)| strip.bodies.iter().map(move |id| (*id, at)))
        .collect();
    for change in &line.changes {
        if let Some(at) = place.get(&change.institution) {
            strips[*at].changes.push(change);
        }
    }
    strips
}

/// Puts bodies with the same key together, where the first of them stands.
fn gathered<K: Ord>(strips: &[Strip<'_, '_>], key: impl Fn(&Strip<'_, '_>) -> K) -> Vec<Vec<InstitutionId>> {
    let mut groups: Vec<Vec<InstitutionId>> = Vec::new();
    let mut places: BTreeMap<K, usize> = BTreeMap::new();
    for strip in strips {
        let at = *places.entry(key(strip)).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[at].extend(&strip.bodies);
    }
    groups
}
