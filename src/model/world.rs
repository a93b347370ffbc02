//! A graph on a day: which bodies exist, how each link stands, who is above whom.

use super::{Date, Day, Graph, InstitutionId, Interval, LinkId, Standing, Status, Survey, Symbol};
use petgraph::visit::EdgeRef;
use std::collections::HashMap;
use std::sync::Arc;

/// Which links are believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// All of them; a finding says when it rests on one that is not verified.
    All,
    /// Only verified ones, as if the others were not on record.
    VerifiedOnly,
}

/// A graph as it stands on a day. Made once, asked often.
#[derive(Debug)]
pub struct World<'g> {
    graph: &'g Graph,
    day: Day,
    frame: Arc<Frame<'g>>,
    /// Whether all days are taken together.
    ever: bool,
    exists: Vec<bool>,
    standing: Vec<Standing>,
    /// For each body, the links over it that count, in force or on paper, by IRI.
    over: Vec<Vec<LinkId>>,
    /// For each body, the bodies that select it by a link in force.
    selectors: Vec<Vec<InstitutionId>>,
}

/// From the first day on which something holds up to, not including, the first on which it no longer does; open where
/// the record tells no day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub since: Option<Day>,
    /// The first day after.
    pub until: Option<Day>,
}

impl Period {
    /// Returns whether the day lies in it.
    pub fn contains(self, day: Day) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day < until)
    }

    fn of(interval: Interval) -> Self {
        Self { since: interval.start.map(Date::first_day), until: interval.end.map(Date::first_day_after) }
    }

    /// Returns the days that lie in both, or nothing where there are none.
    fn and(self, other: Self) -> Option<Self> {
        let since = self.since.max(other.since);
        let until = match (self.until, other.until) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
        let is_empty = matches!((since, until), (Some(since), Some(until)) if until <= since);
        (!is_empty).then_some(Self { since, until })
    }
}

/// What is the same on every day.
#[derive(Debug)]
struct Frame<'g> {
    /// Whether each link is believed.
    believed: Vec<bool>,
    ancestors: Vec<Vec<InstitutionId>>,
    children: Vec<Vec<InstitutionId>>,
    /// Bodies that stand in links of status `proposed` alone.
    only_proposed: Vec<bool>,
    /// The surveys that cover a country or a body.
    surveys: HashMap<Symbol, Vec<&'g Survey>>,
}

impl<'g> Frame<'g> {
    fn new(graph: &'g Graph, trust: Trust) -> Self {
        let network = &graph.network;
        let believed: Vec<bool> =
            network.edge_indices().map(|link| trust == Trust::All || network[link].verified).collect();
        let mut children = vec![Vec::new(); network.node_count()];
        for (id, body) in graph.institutions() {
            for parent in &body.parents {
                children[parent.index()].push(id);
            }
        }
        let mut surveys: HashMap<Symbol, Vec<&Survey>> = HashMap::new();
        for survey in &graph.surveys {
            for covered in &survey.covers {
                surveys.entry(*covered).or_default().push(survey);
            }
        }
        let ancestors = network.node_indices().map(|id| graph.ancestors(id)).collect();
        let only_proposed = only_proposed(graph, &believed);
        Self { believed, ancestors, children, only_proposed, surveys }
    }
}

impl<'g> World<'g> {
    /// Returns the graph as it stands on `day`.
    pub fn new(graph: &'g Graph, day: Day, trust: Trust) -> Self {
        Self::framed(graph, day, Arc::new(Frame::new(graph, trust)))
    }

    /// Returns the same graph, as much believed, as it stands on another day.
    #[must_use]
    pub fn at(&self, day: Day) -> Self {
        Self::framed(self.graph, day, Arc::clone(&self.frame))
    }

    fn framed(graph: &'g Graph, day: Day, frame: Arc<Frame<'g>>) -> Self {
        let network = &graph.network;
        let exists: Vec<bool> = graph
            .institutions()
            .map(|(id, body)| body.lives(day) && !frame.only_proposed[id.index()])
            .collect();
        let both_exist = |(a, b): (InstitutionId, InstitutionId)| exists[a.index()] && exists[b.index()];
        let standing: Vec<Standing> = network
            .edge_references()
            .map(|edge| {
                if frame.believed[edge.id().index()] && both_exist((edge.source(), edge.target())) {
                    edge.weight().standing(day)
                } else {
                    Standing::Out
                }
            })
            .collect();
        let mut over = vec![Vec::new(); network.node_count()];
        let mut selectors = vec![Vec::new(); network.node_count()];
        for edge in network.edge_references() {
            let standing = standing[edge.id().index()];
            if standing != Standing::Out {
                over[edge.target().index()].push(edge.id());
            }
            let selects = graph.vocabulary.selection.contains(edge.weight().mechanism);
            if selects && standing == Standing::InForce {
                selectors[edge.target().index()].push(edge.source());
            }
        }
        Self { graph, day, frame, ever: false, exists, standing, over, selectors }
    }

    /// Returns the same graph with all bodies that exist, and all links that count, on any day whatever. For pictures
    /// through time: no verdict can be given on it.
    #[must_use]
    pub fn ever(&self) -> Self {
        let mut world = self.at(self.day);
        world.ever = true;
        let body = |id| self.life(id).is_some_and(|life| life.and(Period::default()).is_some());
        world.exists = self.graph.network.node_indices().map(body).collect();
        let link = |link| self.period(link).map_or(Standing::Out, |(_, standing)| standing);
        world.standing = self.graph.network.edge_indices().map(link).collect();
        world
    }

    /// Returns whether all days are taken together, as [`World::ever`] does.
    pub fn is_ever(&self) -> bool {
        self.ever
    }

    /// Returns when the body exists; nothing for one that stands in links of status `proposed` alone.
    pub fn life(&self, id: InstitutionId) -> Option<Period> {
        (!self.frame.only_proposed[id.index()]).then(|| Period::of(self.graph.institution(id).life))
    }

    /// Returns when the link counts and how it then stands; nothing where it never does. On each day,
    /// [`World::standing`] says the same.
    pub fn period(&self, link: LinkId) -> Option<(Period, Standing)> {
        let (overseer, of, overseen) = self.graph.link(link);
        let standing = match of.status {
            Status::InForce => Standing::InForce,
            Status::Repealed if of.interval.end.is_some() => Standing::InForce,
            Status::NotOperational | Status::Suspended => Standing::OnPaper,
            Status::Repealed | Status::Proposed => return None,
        };
        if !self.frame.believed[link.index()] {
            return None;
        }
        let period = Period::of(of.interval).and(self.life(overseer)?)?.and(self.life(overseen)?)?;
        Some((period, standing))
    }

    /// The graph.
    pub fn graph(&self) -> &'g Graph {
        self.graph
    }

    /// The day.
    pub fn day(&self) -> Day {
        self.day
    }

    /// Returns whether the body exists: it is founded and not dissolved, and does not stand in links of status
    /// `proposed` alone.
    pub fn exists(&self, id: InstitutionId) -> bool {
        self.exists[id.index()]
    }

    /// Returns how the link stands: by status and dates, and `Out` where an end of it does not exist or it is
    /// not believed.
    pub fn standing(&self, link: LinkId) -> Standing {
        self.standing[link.index()]
    }

    /// Returns the bodies above, the nearest first.
    pub fn ancestors(&self, id: InstitutionId) -> &[InstitutionId] {
        &self.frame.ancestors[id.index()]
    }

    /// Returns whether `id` is below `above`, at any depth.
    pub fn is_below(&self, id: InstitutionId, above: InstitutionId) -> bool {
        self.frame.ancestors[id.index()].contains(&above)
    }

    /// Returns the links over a body that count, in force or on paper, by IRI.
    pub fn over(&self, id: InstitutionId) -> &[LinkId] {
        &self.over[id.index()]
    }

    /// Returns the bodies that select this one by links in force.
    pub fn selectors(&self, id: InstitutionId) -> &[InstitutionId] {
        &self.selectors[id.index()]
    }

    /// Returns the surveys that cover the body or its country.
    pub fn surveys(&self, id: InstitutionId) -> impl Iterator<Item = &'g Survey> + '_ {
        let body = self.graph.institution(id);
        let covered = body.iri.into_iter().chain(body.country);
        covered.filter_map(|covered| self.frame.surveys.get(&covered)).flatten().copied()
    }

    /// Returns the bodies directly below.
    pub fn children(&self, id: InstitutionId) -> &[InstitutionId] {
        &self.frame.children[id.index()]
    }
}

fn only_proposed(graph: &Graph, believed: &[bool]) -> Vec<bool> {
    let mut has_link = vec![false; graph.network.node_count()];
    let mut only_proposed = vec![true; graph.network.node_count()];
    for edge in graph.network.edge_references().filter(|edge| believed[edge.id().index()]) {
        for end in [edge.source(), edge.target()] {
            has_link[end.index()] = true;
            only_proposed[end.index()] &= edge.weight().status == Status::Proposed;
        }
    }
    has_link.into_iter().zip(only_proposed).map(|(has, only)| has && only).collect()
}
