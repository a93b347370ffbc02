//! How verdicts went through the years, and which act stands behind each change.
//!
//! Nothing is evaluated twice that cannot have changed: on each day on which a link or a body begins or ends, only the
//! norms and bodies that it touches are judged again.
//!
//! # Invariants
//! * On every day the verdicts are those of [`crate::gaps::evaluate`] on that day.
//! * Changes come by day, then norm, then institution.

use crate::cores;
use crate::gaps::{Counts, Piece, Verdict, judge};
use crate::model::{
    Basis, Date, Day, Graph, Institution, InstitutionId, Interval, LinkId, MechanismSet, Norm, Standing,
    Symbol, World,
};
use std::collections::{BTreeMap, BTreeSet};

/// How many days are judged at once, so that what is judged does not fill the memory.
const AT_ONCE: usize = 64;

/// What begins or ends on the day of a change and brings it about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// A control link.
    Link(LinkId, End),
    /// A body: the one overseen, an overseer or one below.
    Body(InstitutionId, End),
}

/// Which end of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// It begins.
    Begins,
    /// It ends.
    Ends,
}

/// A verdict that becomes another one.
#[derive(Clone, Debug)]
pub struct Change<'g> {
    /// The first day on which it is so.
    pub day: Day,
    /// The norm.
    pub norm: &'g Norm,
    /// The body.
    pub institution: InstitutionId,
    /// The verdict until then; nothing where the norm did not bind the body.
    pub from: Option<Verdict>,
    /// The verdict from then on; nothing where the norm no longer binds it.
    pub to: Option<Verdict>,
    /// What brings it about, at least one.
    pub causes: Vec<Cause>,
}

/// A time during which a verdict stays the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The first day.
    pub from: Day,
    /// The first day on which it is no longer so; nothing: it is so on the last day of the timeline.
    pub until: Option<Day>,
    /// The verdict.
    pub verdict: Verdict,
}

/// The verdicts of some norms through time.
#[derive(Clone, Debug)]
pub struct Timeline<'g> {
    /// The first day: that of the first year in which a link is known to begin.
    pub first: Day,
    /// The last day.
    pub last: Day,
    /// For each norm and body that a norm binds at any time, the stretches in order of time; by norm, then body.
    pub runs: BTreeMap<(usize, InstitutionId), Vec<Stretch>>,
    /// The norms that the numbers in [`Timeline::runs`] mean.
    pub norms: Vec<&'g Norm>,
    /// Every change after the first day.
    pub changes: Vec<Change<'g>>,
}

/// What happened to an act on the day of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActKind {
    /// It came into force.
    Entry,
    /// It was in force already, and a provision of it began or ceased to hold.
    Amendment,
    /// It came later, and carries on what began then under an act that is not on record.
    Successor,
    /// It went out of force.
    Repeal,
}

impl ActKind {
    /// The word in JSON.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Entry => "entry",
            Self::Amendment => "amendment",
            Self::Successor => "successor",
            Self::Repeal => "repeal",
        }
    }
}

/// An act behind a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Act {
    /// Its IRI.
    pub iri: Symbol,
    /// What happened to it.
    pub kind: ActKind,
}

impl Timeline<'_> {
    /// Leaves out all other bodies.
    pub fn keep(&mut self, is_kept: impl Fn(InstitutionId) -> bool) {
        self.runs.retain(|(_, id), _| is_kept(*id));
        self.changes.retain(|change| is_kept(change.institution));
    }

    /// Returns how many of some runs have which verdict, from each day on which that changes; the first day is
    /// always there.
    pub fn counts<'r>(&self, runs: impl Iterator<Item = &'r Vec<Stretch>>) -> Vec<(Day, Counts)> {
        let mut turns: BTreeMap<Day, Vec<(Verdict, bool)>> = BTreeMap::from([(self.first, Vec::new())]);
        for stretch in runs.flatten() {
            turns.entry(stretch.from).or_default().push((stretch.verdict, true));
            if let Some(until) = stretch.until {
                turns.entry(until).or_default().push((stretch.verdict, false));
            }
        }
        let mut counts = Counts::default();
        let mut steps = Vec::with_capacity(turns.len());
        for (day, turns) in turns {
            turns.iter().filter(|(_, begins)| *begins).for_each(|(verdict, _)| counts.add(*verdict));
            turns.iter().filter(|(_, begins)| !begins).for_each(|(verdict, _)| counts.take(*verdict));
            steps.push((day, counts));
        }
        steps
    }
}

/// What may have changed for a body on a day.
#[derive(Clone, Copy, Debug, Default)]
struct Touched {
    /// Everything.
    all: bool,
    /// Links by these mechanisms, over it or over a body above.
    mechanisms: MechanismSet,
    /// Who selects an overseer.
    selection: bool,
    /// Whom it oversees, or who stands below it.
    scope: bool,
}

impl Touched {
    /// Whether the verdict of `norm` may be another one.
    fn concerns(self, norm: &Norm) -> bool {
        let asked = &norm.evidence;
        let evidence = if asked.mechanisms.is_empty() {
            !self.mechanisms.is_empty()
        } else {
            self.mechanisms.meets(asked.mechanisms)
        };
        let scope =
            !norm.scope.where_oversees.named.is_empty() || !norm.scope.where_parent_of.named.is_empty();
        self.all || evidence || (self.selection && asked.independent_of.is_some()) || (self.scope && scope)
    }
}

/// Follows the verdicts of `norms` until the day of `world`.
///
/// # Arguments
/// * `since`: the first year; that in which the first link of the record begins, where it is not given.
///
/// # Returns
/// A timeline of one day, that of `world`, where no link bears a date.
///
/// # Cost
/// Days on which something begins or ends × what that touches.
pub fn timeline<'g>(world: &World<'g>, norms: &[&'g Norm], since: Option<i16>) -> Timeline<'g> {
    let graph = world.graph();
    let last = world.day();
    let starts = graph.network.edge_weights().filter_map(|link| link.interval.start);
    let year = since.or_else(|| starts.map(Date::year).min());
    let first = year.and_then(|year| Day::new(year, 1, 1)).map_or(last, |day| day.min(last));
    let mut line =
        Timeline { first, last, runs: BTreeMap::new(), norms: norms.to_vec(), changes: Vec::new() };
    let mut present: BTreeMap<(usize, InstitutionId), Vec<Piece>> = BTreeMap::new();
    let scope = norms_of(graph, norms);
    let households = households(world);
    let opening = world.at(first);
    let everybody: Vec<InstitutionId> = graph.institutions().map(|(id, _)| id).collect();
    let judged = cores::map(&everybody, |id| {
        let of = scope[id.index()].iter().copied();
        of.filter_map(|at| Some(((at, *id), judge(&opening, norms[at], *id)?))).collect::<Vec<_>>()
    });
    for (key, (verdict, pieces)) in judged.into_iter().flatten() {
        present.insert(key, pieces);
        line.runs.insert(key, vec![Stretch { from: first, until: None, verdict }]);
    }
    let days: Vec<(Day, Events)> = events(graph, first, last).into_iter().collect();
    for some in days.chunks(AT_ONCE) {
        let judged = cores::map(some, |(day, events)| {
            let today = world.at(*day);
            let mut judged = Vec::new();
            for (id, touched) in events.touched(graph, &households) {
                let of = scope[id.index()].iter().copied().filter(|at| touched.concerns(norms[*at]));
                judged.extend(of.map(|at| ((at, id), judge(&today, norms[at], id))));
            }
            judged.sort_unstable_by_key(|(key, _)| *key);
            judged
        });
        for ((day, events), judged) in some.iter().zip(judged) {
            for (key, after) in judged {
                let (norm, institution) = (norms[key.0], key.1);
                let run = line.runs.entry(key).or_default();
                let from = run.last().filter(|stretch| stretch.until.is_none()).map(|s| s.verdict);
                let to = after.as_ref().map(|(verdict, _)| *verdict);
                if from != to {
                    let before = present.get(&key).map_or(&[][..], Vec::as_slice);
                    let pieces = after.as_ref().map_or(&[][..], |(_, pieces)| pieces);
                    let causes = events.causes(world, norm, institution, before, pieces);
                    line.changes.push(Change { day: *day, norm, institution, from, to, causes });
                    if let (Some(stretch), true) = (run.last_mut(), from.is_some()) {
                        stretch.until = Some(*day);
                    }
                    run.extend(to.map(|verdict| Stretch { from: *day, until: None, verdict }));
                }
                if run.is_empty() {
                    line.runs.remove(&key);
                }
                match after {
                    Some((_, pieces)) => present.insert(key, pieces),
                    None => present.remove(&key),
                };
            }
        }
    }
    line
}

/// For each body, the norms that its types may bring it under, by number.
fn norms_of(graph: &Graph, norms: &[&Norm]) -> Vec<Vec<usize>> {
    let of = |(_, body): (InstitutionId, &Institution)| {
        let such = norms.iter().enumerate().filter(|(_, norm)| body.types.meets(norm.scope.types.all));
        such.map(|(at, _)| at).collect()
    };
    graph.institutions().map(of).collect()
}

/// What begins and ends on one day.
#[derive(Clone, Debug, Default)]
struct Events {
    links: BTreeMap<LinkId, End>,
    bodies: BTreeMap<InstitutionId, End>,
}

/// Every day after `first` until `last` on which something begins or ends.
fn events(graph: &Graph, first: Day, last: Day) -> BTreeMap<Day, Events> {
    let mut days: BTreeMap<Day, Events> = BTreeMap::new();
    let ends = |interval: Interval| {
        let start = interval.start.map(|date| (date.first_day(), End::Begins));
        let end = interval.end.map(|date| (date.first_day_after(), End::Ends));
        start.into_iter().chain(end).filter(|(day, _)| *day > first && *day <= last)
    };
    for link in graph.network.edge_indices() {
        for (day, end) in ends(graph.network[link].interval) {
            days.entry(day).or_default().links.insert(link, end);
        }
    }
    for (id, body) in graph.institutions() {
        for (day, end) in ends(body.life) {
            days.entry(day).or_default().bodies.insert(id, end);
        }
    }
    days
}

impl Events {
    /// The bodies whose verdicts may be others on this day.
    fn touched(&self, graph: &Graph, households: &[Vec<InstitutionId>]) -> BTreeMap<InstitutionId, Touched> {
        let mut touched: BTreeMap<InstitutionId, Touched> = BTreeMap::new();
        let mut links: BTreeSet<LinkId> = self.links.keys().copied().collect();
        for id in self.bodies.keys() {
            touched.entry(*id).or_default().all = true;
            for parent in &graph.institution(*id).parents {
                touched.entry(*parent).or_default().scope = true;
            }
            links.extend(graph.links_over(*id));
            links.extend(graph.links_by(*id));
        }
        for link in links {
            let (overseer, weight, overseen) = graph.link(link);
            touched.entry(overseer).or_default().scope = true;
            for id in &households[overseen.index()] {
                touched.entry(*id).or_default().mechanisms.insert(weight.mechanism);
            }
            if graph.vocabulary.selection.contains(weight.mechanism) {
                for selected in graph.links_by(overseen) {
                    for id in &households[graph.link(selected).2.index()] {
                        touched.entry(*id).or_default().selection = true;
                    }
                }
            }
        }
        touched
    }

    /// What of this day brings it about that the evidence for a norm and a body is another one, or its scope.
    fn causes(
        &self,
        world: &World<'_>,
        norm: &Norm,
        id: InstitutionId,
        before: &[Piece],
        after: &[Piece],
    ) -> Vec<Cause> {
        let graph = world.graph();
        let mut causes = BTreeSet::new();
        let body = |id: InstitutionId| self.bodies.get(&id).map(|end| Cause::Body(id, *end));
        let link = |id: LinkId| self.links.get(&id).map(|end| Cause::Link(id, *end));
        if let Some(cause) = body(id) {
            return vec![cause];
        }
        let standing = |pieces: &[Piece]| -> BTreeSet<(LinkId, Standing)> {
            pieces.iter().map(|piece| (piece.link, piece.standing)).collect()
        };
        for (at, _) in standing(before).symmetric_difference(&standing(after)) {
            let (overseer, _, overseen) = graph.link(*at);
            if let Some(own) = link(*at) {
                causes.insert(own);
            } else if let Some(end) = body(overseer).or_else(|| body(overseen)) {
                causes.insert(end);
            } else {
                // The link stood before, and its overseer became independent, or ceased to be.
                let over = graph.links_over(overseer);
                let selects = |at: &LinkId| graph.vocabulary.selection.contains(graph.network[*at].mechanism);
                for at in over.into_iter().filter(selects) {
                    let selector = graph.link(at).0;
                    causes.extend(link(at).or_else(|| body(selector)));
                }
            }
        }
        if causes.is_empty() {
            // The scope: whom it oversees, who stands below it.
            let binds = |id: InstitutionId, types| graph.institution(id).types.meets(types);
            for at in graph.links_by(id) {
                let overseen = graph.link(at).2;
                if binds(overseen, norm.scope.where_oversees.all) {
                    causes.extend(link(at).or_else(|| body(overseen)));
                }
            }
            let below =
                world.children(id).iter().filter(|child| binds(**child, norm.scope.where_parent_of.all));
            causes.extend(below.filter_map(|child| body(*child)));
        }
        causes.into_iter().collect()
    }
}

/// For each body, itself and every body below it.
fn households(world: &World<'_>) -> Vec<Vec<InstitutionId>> {
    let mut households: Vec<Vec<InstitutionId>> = Vec::new();
    for (id, _) in world.graph().institutions() {
        households.push(vec![id]);
    }
    for (id, _) in world.graph().institutions() {
        for above in world.ancestors(id) {
            households[above.index()].push(id);
        }
    }
    households
}

/// Returns the acts behind a cause, and what happened to each on that day.
///
/// An act that names the day itself (of its entry into force, or else of its adoption; of its repeal) came or went
/// with it; any other was changed.
pub fn acts(graph: &Graph, cause: Cause) -> Vec<Act> {
    let (basis, interval, end) = match cause {
        Cause::Link(id, end) => (&graph.network[id].basis, graph.network[id].interval, end),
        Cause::Body(id, end) => (&graph.institution(id).founded_by, graph.institution(id).life, end),
    };
    let on = match end {
        End::Begins => interval.start,
        End::Ends => interval.end,
    };
    let mut acts: Vec<Act> = basis.iter().map(|basis| act_of(graph, basis, on, end)).collect();
    acts.sort_unstable();
    acts.dedup_by_key(|act| act.iri);
    acts
}

fn act_of(graph: &Graph, basis: &Basis, on: Option<Date>, end: End) -> Act {
    let iri = basis.act.unwrap_or(basis.iri);
    let known = graph.act(iri);
    let kind = match end {
        End::Begins => {
            let entry = known.and_then(|act| act.in_force.or(act.adopted));
            let later = |(entry, on): (Date, Date)| entry.first_day() > on.first_day();
            if agree(entry, on) {
                ActKind::Entry
            } else if entry.zip(on).is_some_and(later) {
                ActKind::Successor
            } else {
                ActKind::Amendment
            }
        }
        End::Ends => {
            if agree(known.and_then(|act| act.repealed), on) {
                ActKind::Repeal
            } else {
                ActKind::Amendment
            }
        }
    };
    Act { iri, kind }
}

/// Whether two dates, each as exact as it is known, may be the same day.
fn agree(a: Option<Date>, b: Option<Date>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return false };
    let (a, b) = (a.to_string(), b.to_string());
    a.starts_with(&b) || b.starts_with(&a)
}
