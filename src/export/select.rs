//! What is exported: one selection for all formats, and the view of the graph that their writers go through.

use super::record::{self, Field};
use crate::gaps::{Finding, Verdict};
use crate::model::{
    Act, Dataset, Graph, InstitutionId, Labels, Link, LinkId, MechanismId, MechanismSet, Norm, Pillar,
    Standing, Symbol, World,
};
use crate::rdf::Document;
use std::collections::{HashMap, HashSet};

/// Which bodies and links are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Bodies that exist and links that count on the day, in force or on paper.
    Day,
    /// Everything on record.
    AllTime,
}

/// What is asked for. Conditions on links hold together; bodies then are those that such a link ties.
#[derive(Clone, Debug)]
pub struct Selection {
    /// The time.
    pub period: Period,
    /// Links over or by any of these, and these; none: all.
    pub institutions: Vec<InstitutionId>,
    /// Links by any of these mechanisms; none: all.
    pub mechanisms: MechanismSet,
    /// Links whose overseer is of any of these pillars; none: all.
    pub pillars: Vec<Pillar>,
    /// The tag of the language in which names and remarks are shown.
    pub language: String,
    /// What node-link JSON calls its edges: `edges`, or `links` for NetworkX before 3.4 and D3.
    pub edges_key: &'static str,
    /// Whether tables are for machines: no byte order mark, no guard against formulas, lists as JSON.
    pub exact: bool,
    /// Whence RDF is written: the documents that the graph was read from.
    pub documents: Vec<Document>,
    /// Whether RDF holds the links in force as plain properties too.
    pub derived: bool,
    /// Whether RDF is written in its canonical form.
    pub canonical: bool,
}

impl Selection {
    /// Returns the selection of all that is there in a period.
    pub fn all(period: Period, language: &str) -> Self {
        Self {
            period,
            institutions: Vec::new(),
            mechanisms: MechanismSet::default(),
            pillars: Vec::new(),
            language: language.to_owned(),
            edges_key: "edges",
            exact: false,
            documents: Vec::new(),
            derived: false,
            canonical: false,
        }
    }

    /// Returns whether less than everything on record is written.
    pub(super) fn is_part(&self) -> bool {
        self.period == Period::Day || self.narrows()
    }

    fn narrows(&self) -> bool {
        !self.institutions.is_empty() || !self.mechanisms.is_empty() || !self.pillars.is_empty()
    }
}

/// The verdicts of a body: the norms of each, in the order of [`Verdict::ALL`].
pub(super) type Verdicts<'g> = [Vec<&'g Norm>; Verdict::ALL.len()];

/// The selected part of a graph on a day, as the writers of all formats see it.
///
/// It holds what grows with bodies, acts, languages and findings; links are looked at as they pass.
pub struct View<'w> {
    world: &'w World<'w>,
    selection: &'w Selection,
    findings: Option<Vec<Finding<'w>>>,
    /// For each body of the graph its place among those written.
    places: Vec<Option<u32>>,
    /// For each body of the graph its pillar, side by side: links ask for it in no order.
    pillars: Vec<Option<Pillar>>,
    named: Vec<bool>,
    counts: [usize; 2],
    acts: HashMap<Symbol, &'w Act>,
    act_titles: HashMap<Symbol, &'w str>,
    cited: Option<HashSet<Symbol>>,
    mechanism_names: Vec<&'w str>,
    pub(super) norms: HashMap<InstitutionId, Verdicts<'w>>,
    pub(super) evidence_for: HashMap<LinkId, Vec<&'w Norm>>,
    node_fields: Vec<Field>,
    edge_fields: Vec<Field>,
    act_fields: Vec<Field>,
    /// How many texts of bodies and links are beyond the second of one language: no field is for them.
    pub(super) without_field: usize,
}

impl std::fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("View").field("selection", self.selection).field("counts", &self.counts).finish()
    }
}

impl<'w> View<'w> {
    /// Looks through the graph once.
    ///
    /// # Arguments
    /// * `findings`: of the same world, where verdicts are to be written; those of bodies that are not selected
    ///   are dropped.
    pub fn new(world: &'w World<'w>, selection: &'w Selection, findings: Option<Vec<Finding<'w>>>) -> Self {
        let graph = world.graph();
        let mut named = vec![false; graph.network.node_count()];
        for id in &selection.institutions {
            named[id.index()] = true;
        }
        let acts: HashMap<Symbol, &Act> = graph.acts.iter().map(|act| (act.iri, act)).collect();
        let titled = graph.acts.iter().filter_map(|act| {
            Some((act.iri, graph.text(act.titles.pick(&graph.texts, &selection.language)?)))
        });
        let name = |labels: &Labels| labels.pick(&graph.texts, &selection.language).map(|l| graph.text(l));
        let mechanisms = graph.vocabulary.mechanisms.iter();
        let mut view = Self {
            world,
            selection,
            findings: None,
            places: Vec::new(),
            pillars: Vec::new(),
            named,
            counts: [0, 0],
            acts,
            act_titles: titled.collect(),
            cited: None,
            mechanism_names: mechanisms
                .map(|(_, concept)| name(&concept.labels).unwrap_or(concept.slug.as_str()))
                .collect(),
            norms: HashMap::new(),
            evidence_for: HashMap::new(),
            node_fields: Vec::new(),
            edge_fields: Vec::new(),
            act_fields: Vec::new(),
            without_field: 0,
        };
        view.look();
        if let Some(mut findings) = findings {
            let narrow = !selection.institutions.is_empty();
            findings.retain(|finding| {
                view.places[finding.institution.index()].is_some()
                    && (!narrow || view.named[finding.institution.index()])
            });
            for finding in &findings {
                let at = Verdict::ALL.iter().position(|verdict| *verdict == finding.verdict).unwrap_or(0);
                view.norms.entry(finding.institution).or_default()[at].push(finding.norm);
                for link in finding.links() {
                    view.evidence_for.entry(link).or_default().push(finding.norm);
                }
            }
            view.findings = Some(findings);
        }
        ([view.node_fields, view.edge_fields, view.act_fields], view.without_field) = record::fields(&view);
        view
    }

    /// Finds which bodies and acts are written, and counts.
    fn look(&mut self) {
        let graph = self.graph();
        let narrows = self.selection.narrows();
        let mut tied = vec![false; graph.network.node_count()];
        let mut cited = HashSet::new();
        let mut links = 0;
        for id in graph.network.edge_indices() {
            if !self.takes_link(id) {
                continue;
            }
            links += 1;
            let (overseer, link, overseen) = graph.link(id);
            tied[overseer.index()] = true;
            tied[overseen.index()] = true;
            cited.extend(link.basis.iter().filter_map(|basis| basis.act));
        }
        let mut bodies = 0;
        self.places = vec![None; tied.len()];
        self.pillars = Vec::with_capacity(tied.len());
        for (id, body) in graph.institutions() {
            let exists = self.selection.period == Period::AllTime || self.world.exists(id);
            let is_named = self.named[id.index()];
            self.pillars.push(graph.vocabulary.pillar(body.types));
            if exists && (!narrows || tied[id.index()] || is_named) {
                self.places[id.index()] = Some(bodies);
                bodies += 1;
                cited.extend(body.founded_by.iter().filter_map(|basis| basis.act));
            }
        }
        self.counts = [bodies as usize, links];
        let everything = self.selection.period == Period::AllTime && !narrows;
        self.cited = (!everything).then_some(cited);
    }

    fn takes_link(&self, id: LinkId) -> bool {
        if self.selection.period == Period::Day && self.world.standing(id) == Standing::Out {
            return false;
        }
        if !self.selection.narrows() {
            return true;
        }
        let graph = self.graph();
        let (overseer, link, overseen) = graph.link(id);
        let Selection { institutions, mechanisms, pillars, .. } = self.selection;
        (institutions.is_empty() || self.named[overseer.index()] || self.named[overseen.index()])
            && (mechanisms.is_empty() || mechanisms.contains(link.mechanism))
            && (pillars.is_empty() || {
                let types = graph.institution(overseer).types;
                pillars.iter().any(|pillar| types.meets(graph.vocabulary.pillar_types(*pillar)))
            })
    }

    /// The graph.
    pub fn graph(&self) -> &'w Graph {
        self.world.graph()
    }

    /// The graph on the day.
    pub fn world(&self) -> &'w World<'w> {
        self.world
    }

    /// What was asked for.
    pub fn selection(&self) -> &'w Selection {
        self.selection
    }

    /// The bodies that are written, by IRI.
    pub fn nodes(&self) -> impl Iterator<Item = InstitutionId> {
        self.graph().network.node_indices().filter(|id| self.places[id.index()].is_some())
    }

    /// The links that are written, by IRI. Both their ends are written.
    pub fn edges(&self) -> impl Iterator<Item = LinkId> {
        self.graph().network.edge_indices().filter(|id| self.takes_link(*id))
    }

    /// The number of bodies written.
    pub fn node_count(&self) -> usize {
        self.counts[0]
    }

    /// The number of links written.
    pub fn edge_count(&self) -> usize {
        self.counts[1]
    }

    /// Returns whether the body is written.
    pub fn writes(&self, id: InstitutionId) -> bool {
        self.places[id.index()].is_some()
    }

    /// The place of a body among those written, from 0; 0 too for one that is not written.
    pub fn place(&self, id: InstitutionId) -> u32 {
        self.places[id.index()].unwrap_or(0)
    }

    /// Returns whether verdicts of the body are written: they were asked for, and it is not there only as the other
    /// end of a link of those asked for.
    pub fn judges(&self, id: InstitutionId) -> bool {
        self.findings.is_some() && (self.selection.institutions.is_empty() || self.named[id.index()])
    }

    /// The acts that written links and bodies rest on, by IRI; with all time and nothing narrowed, all acts.
    pub fn acts(&self) -> impl Iterator<Item = &'w Act> {
        let taken = |act: &Act| self.cited.as_ref().is_none_or(|cited| cited.contains(&act.iri));
        self.graph().acts.iter().filter(move |act| taken(act))
    }

    /// The findings about written bodies, by country, norm, body; none where verdicts are not asked for.
    pub fn findings(&self) -> Option<&[Finding<'w>]> {
        self.findings.as_deref()
    }

    /// The fields of a node, in the order in which [`View::node`] gives them.
    pub fn node_fields(&self) -> &[Field] {
        &self.node_fields
    }

    /// The fields of an edge, in the order in which [`View::edge`] gives them.
    pub fn edge_fields(&self) -> &[Field] {
        &self.edge_fields
    }

    /// The fields of an act, in the order in which [`View::act`] gives them.
    pub fn act_fields(&self) -> &[Field] {
        &self.act_fields
    }

    /// Returns the act with this IRI.
    pub fn act_of(&self, iri: Symbol) -> Option<&'w Act> {
        self.acts.get(&iri).copied()
    }

    /// Returns the title of an act in the language asked for.
    pub fn act_title(&self, iri: Symbol) -> Option<&'w str> {
        self.act_titles.get(&iri).copied()
    }

    /// Returns what a link is called: its mechanism in the language asked for.
    pub fn link_name(&self, link: &Link) -> &'w str {
        self.mechanism_name(link.mechanism)
    }

    /// Returns what a mechanism is called.
    pub fn mechanism_name(&self, id: MechanismId) -> &'w str {
        self.mechanism_names[id.index()]
    }

    /// Returns the name of a body in the language asked for.
    pub fn name(&self, id: InstitutionId) -> &'w str {
        self.graph().name(id, &self.selection.language)
    }

    /// Returns the pillar of a body.
    pub fn pillar(&self, id: InstitutionId) -> Option<Pillar> {
        self.pillars[id.index()]
    }

    /// A data set as one cites it: title, version, IRI.
    fn cited(&self, data: &Dataset) -> String {
        let graph = self.graph();
        let title = data.titles.pick(&graph.texts, &self.selection.language).map(|title| graph.text(title));
        let version = data.version.map(|version| format!("version {}", graph.text(version)));
        let iri = graph.text(data.iri).to_owned();
        let parts: Vec<String> = title.map(str::to_owned).into_iter().chain(version).chain([iri]).collect();
        parts.join(", ")
    }

    /// What the file says of itself: program, day, period, language, data sets, selection.
    pub fn about(&self) -> Vec<(&'static str, String)> {
        let graph = self.graph();
        let Selection { period, institutions, mechanisms, pillars, language, .. } = self.selection;
        let mut about = vec![
            ("generator", concat!("oversight ", env!("CARGO_PKG_VERSION")).to_owned()),
            ("as_of", self.world.day().to_string()),
            ("period", if *period == Period::Day { "day" } else { "all-time" }.to_owned()),
            ("language", language.clone()),
        ];
        let data: Vec<String> = graph.datasets.iter().map(|data| self.cited(data)).collect();
        if !data.is_empty() {
            about.push(("data", data.join("; ")));
        }
        let mut add = |key, words: Vec<&str>| {
            if !words.is_empty() {
                about.push((key, words.join(" ")));
            }
        };
        add("institutions", institutions.iter().map(|id| graph.iri(*id)).collect());
        add("mechanisms", mechanisms.iter().map(|id| graph.vocabulary.mechanisms.slug(id)).collect());
        add("pillars", pillars.iter().map(|pillar| pillar.slug()).collect());
        about
    }
}
