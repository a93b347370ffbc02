//! Bodies, links and acts as records: the same fields, under the same names, in every format.
//!
//! # Invariants
//! * A value that is not on record is not given; an empty text does not occur.
//! * A text in several languages stands once each: the one shown under the field's name, the others under
//!   `NAME_TAG`, such as `label_uk`.

use super::select::View;
use crate::gaps::{Finding, Piece, Verdict};
use crate::model::{
    Act, Basis, Date, Effect, Graph, InstitutionId, Interval, Labels, LimitSet, LinkId, MechanismSet, Norm,
    Pillar, PowerSet, Symbol, TypeId, TypeSet,
};
use crate::vocab::slug;
use std::borrow::Cow;

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Any text, or an IRI.
    Text,
    /// A word of a short list.
    Word,
    /// Several words, texts or IRIs.
    List,
    /// The first day on which something holds, known to the year, month or day.
    Start,
    /// The first day on which something no longer holds; one known to the year or month holds until its last day.
    End,
    /// Yes or no.
    Flag,
    /// A whole number, from 0.
    Number,
}

/// A field of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name, the same in every format.
    pub name: Cow<'static, str>,
    /// What it holds.
    pub kind: Kind,
    /// What it means.
    pub about: &'static str,
    /// Of a text in another language than the one shown: the number of the text in its record, and the language.
    pub(super) translates: Option<(usize, Option<Symbol>)>,
}

impl Field {
    /// Returns whether it is a text in another language than the one shown.
    pub fn is_translation(&self) -> bool {
        self.translates.is_some()
    }
}

/// A value of a record, borrowed from the graph.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// A text, word or IRI; never empty.
    Text(&'a str),
    /// Several; never none.
    List(List<'a>),
    /// See [`Kind::Start`].
    Start(Date),
    /// See [`Kind::End`].
    End(Date),
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(u64),
}

/// Several texts, borrowed from the graph.
#[derive(Clone, Copy, Debug)]
pub struct List<'a> {
    graph: &'a Graph,
    items: Items<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Items<'a> {
    Types(TypeSet),
    Powers(PowerSet),
    Limits(LimitSet),
    Texts(&'a [Symbol]),
    Labels(&'a Labels),
    Bodies(&'a [InstitutionId]),
    Bases(&'a [Basis]),
    Numbers(&'a [Basis]),
    Norms(&'a [&'a Norm]),
    Pieces(&'a [Piece], Weak),
    Overseers(&'a [TypeId]),
    Mechanisms(MechanismSet),
}

/// Which pieces of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Weak {
    All,
    Only,
}

impl<'a> List<'a> {
    /// Calls `each` with every text, in order.
    pub fn for_each(&self, mut each: impl FnMut(&'a str)) {
        let Self { graph, items } = *self;
        let vocabulary = &graph.vocabulary;
        match items {
            Items::Types(set) => set.iter().for_each(|id| each(vocabulary.types.slug(id))),
            Items::Powers(set) => set.iter().for_each(|id| each(vocabulary.powers.slug(id))),
            Items::Limits(set) => set.iter().for_each(|id| each(vocabulary.limits.slug(id))),
            Items::Texts(texts) => texts.iter().for_each(|text| each(graph.text(*text))),
            Items::Labels(labels) => labels.iter().for_each(|label| each(graph.text(label.text))),
            Items::Bodies(bodies) => bodies.iter().for_each(|id| each(graph.iri(*id))),
            Items::Bases(bases) => bases.iter().for_each(|basis| each(graph.text(basis.iri))),
            Items::Numbers(bases) => {
                bases.iter().filter_map(|basis| basis.number).for_each(|number| each(graph.text(number)));
            }
            Items::Norms(norms) => norms.iter().for_each(|norm| each(&norm.id)),
            Items::Pieces(pieces, which) => {
                let taken = pieces.iter().filter(|piece| which == Weak::All || piece.weak);
                taken.for_each(|piece| each(graph.text(graph.network[piece.link].iri)));
            }
            Items::Overseers(types) => types.iter().for_each(|id| each(vocabulary.types.slug(*id))),
            Items::Mechanisms(set) => set.iter().for_each(|id| each(vocabulary.mechanisms.slug(id))),
        }
    }

    /// Returns the texts, in order.
    pub fn to_vec(&self) -> Vec<&'a str> {
        let mut all = Vec::new();
        self.for_each(|text| all.push(text));
        all
    }
}

/// Name, kind, meaning.
type Fixed = (&'static str, Kind, &'static str);

const NODE: &[Fixed] = &[
    ("label", Kind::Text, "name in the language asked for, or what there is"),
    ("type", Kind::List, "types"),
    ("pillar", Kind::Word, "group of the type"),
    ("country", Kind::Word, "IRI of the country"),
    ("acronym", Kind::Text, "acronym"),
    ("other_names", Kind::List, "other names, the acronym among them"),
    ("parent", Kind::List, "IRIs of the bodies that it belongs to"),
    ("founded", Kind::Start, "when it was founded"),
    ("dissolved", Kind::End, "when it was dissolved"),
    ("founded_by", Kind::List, "IRIs of the provisions or acts that founded it"),
    ("powers", Kind::List, "powers"),
    ("head", Kind::Text, "title of its head"),
    ("homepage", Kind::Text, "address of its site"),
    ("same_as", Kind::List, "the same body elsewhere"),
    ("comment", Kind::Text, "remark"),
    ("sources", Kind::List, "addresses of the pages read"),
    ("exists", Kind::Flag, "whether it exists on the day"),
    ("verified", Kind::Flag, "whether the pages read say so"),
];

const EDGE: &[Fixed] = &[
    ("label", Kind::Word, "name of the mechanism in the language asked for"),
    ("mechanism", Kind::Word, "mechanism"),
    ("status", Kind::Word, "what the law says of it"),
    ("counts", Kind::Word, "how it counts on the day: in-force, on-paper, no"),
    ("pillar", Kind::Word, "group of the overseer's type"),
    ("act", Kind::Word, "IRI of the first act it rests on"),
    ("act_title", Kind::Word, "title of that act"),
    ("provision", Kind::List, "numbers of the provisions"),
    ("basis", Kind::List, "IRIs of the provisions or acts it rests on"),
    ("from", Kind::Start, "from when"),
    ("to", Kind::End, "until when"),
    ("effect", Kind::Word, "how hard it bites"),
    ("limits", Kind::List, "what blunts it"),
    ("comment", Kind::Text, "what the provision gives"),
    ("sources", Kind::List, "addresses of the pages read"),
    ("verified", Kind::Flag, "whether the pages read say so"),
];

const ACT: &[Fixed] = &[
    ("title", Kind::Text, "title in the language asked for, or what there is"),
    ("other_titles", Kind::List, "other titles"),
    ("number", Kind::Text, "official number"),
    ("kind", Kind::Word, "constitution, law, code, decree ..."),
    ("adopted", Kind::Start, "when it was adopted"),
    ("in_force", Kind::Start, "when it came into force"),
    ("repealed", Kind::End, "from when it is no longer in force"),
    ("page", Kind::Text, "official address"),
    ("sources", Kind::List, "addresses of the pages read"),
    ("verified", Kind::Flag, "whether the pages read say so"),
];

const FINDING: &[Fixed] = &[
    ("norm", Kind::Word, "id of the norm"),
    ("document", Kind::Word, "id of its document"),
    ("severity", Kind::Word, "must, should or may"),
    ("institution", Kind::Text, "IRI of the body"),
    ("verdict", Kind::Word, "met, on-paper, partial, gap or unknown"),
    ("evidence", Kind::List, "IRIs of the links shown"),
    ("weak_evidence", Kind::List, "those of them that are too weak for the norm"),
    ("missing_overseer_types", Kind::List, "types of overseers of which nobody is there"),
    ("missing_mechanisms", Kind::List, "mechanisms of which more is needed"),
    ("missing_overseers", Kind::Number, "how many overseers are missing"),
    ("missing_pillars", Kind::Number, "how many pillars are missing"),
    ("candidates", Kind::List, "IRIs of bodies that could fill the gap"),
    ("surveyed_on", Kind::Start, "day of the survey that covers the norm for this body"),
    ("rests_on_unverified", Kind::Flag, "whether a link shown is not verified"),
];

/// The fields of verdicts: how many norms, then which.
const VERDICTS: &[Fixed] = &[
    ("gaps", Kind::Number, "how many norms are a gap"),
    ("gap_norms", Kind::List, "these norms"),
    ("partials", Kind::Number, "how many norms are partial"),
    ("partial_norms", Kind::List, "these norms"),
    ("on_papers", Kind::Number, "how many norms are met on paper only"),
    ("on_paper_norms", Kind::List, "these norms"),
    ("unknowns", Kind::Number, "how many norms are unknown"),
    ("unknown_norms", Kind::List, "these norms"),
    ("mets", Kind::Number, "how many norms are met"),
    ("met_norms", Kind::List, "these norms"),
];

const EVIDENCE: &[Fixed] = &[("evidence_for", Kind::List, "norms that it is shown as evidence for")];

/// Field names of the texts that stand in several languages.
const NODE_TEXTS: [&str; 3] = ["label", "head", "comment"];
const EDGE_TEXTS: [&str; 1] = ["comment"];
const ACT_TEXTS: [&str; 1] = ["title"];

/// Calls `each` with every text but the one shown, and its language; of several in one language only the first.
/// Returns how many are left, for which no record has a field.
fn others(view: &View<'_>, labels: &Labels, mut each: impl FnMut(Option<Symbol>, Symbol)) -> usize {
    if labels.len() < 2 {
        return 0;
    }
    let shown = labels.pick_label(&view.graph().texts, &view.selection().language);
    let (mut last, mut left) = (None, 0);
    for label in labels.iter().filter(|label| Some(*label) != shown) {
        // Labels are sorted by language.
        if last == Some(label.language) {
            left += 1;
        } else {
            each(label.language, label.text);
        }
        last = Some(label.language);
    }
    left
}

/// Collects the languages beside the shown ones: for each text of a record, by its number.
#[derive(Debug, Default)]
struct Tongues {
    of: Vec<(usize, Option<Symbol>)>,
    /// How many texts have no field.
    left: usize,
}

impl Tongues {
    fn see<'l>(&mut self, view: &View<'_>, texts: impl IntoIterator<Item = &'l Labels>) {
        for (number, labels) in texts.into_iter().enumerate() {
            let of = &mut self.of;
            self.left += others(view, labels, |tag, _| {
                if !of.contains(&(number, tag)) {
                    of.push((number, tag));
                }
            });
        }
    }

    fn fields(mut self, graph: &Graph, names: &[&'static str]) -> impl Iterator<Item = Field> {
        self.of.sort_unstable_by_key(|(number, tag)| (*number, tag.map(|tag| graph.text(tag))));
        self.of.into_iter().map(|(number, tag)| {
            let suffix = match tag.map(|tag| graph.text(tag)) {
                None => "plain".to_owned(),
                // A name of its own, for columns of one name are refused.
                Some("plain") => "plain_tag".to_owned(),
                Some(tag) => tag.replace('-', "_"),
            };
            Field {
                name: Cow::Owned(format!("{}_{suffix}", names[number])),
                kind: Kind::Text,
                about: "the same in another language",
                translates: Some((number, tag)),
            }
        })
    }
}

fn fixed(fields: &[Fixed]) -> Vec<Field> {
    let field = |(name, kind, about): &Fixed| Field {
        name: Cow::Borrowed(*name),
        kind: *kind,
        about,
        translates: None,
    };
    fields.iter().map(field).collect()
}

/// Returns the fields of a finding, in the order in which [`View::finding`] gives them.
pub(super) fn finding_fields() -> Vec<Field> {
    fixed(FINDING)
}

/// Returns the fields of nodes, edges and acts of a view, and how many texts of nodes and edges no field is for.
pub(super) fn fields(view: &View<'_>) -> ([Vec<Field>; 3], usize) {
    let graph = view.graph();
    let [mut of_nodes, mut of_edges, mut of_acts] = [(); 3].map(|()| Tongues::default());
    for id in view.nodes() {
        let body = graph.institution(id);
        of_nodes.see(view, [&body.labels, &body.head, &body.comment]);
    }
    for id in view.edges() {
        of_edges.see(view, [&graph.network[id].comment]);
    }
    for act in view.acts() {
        of_acts.see(view, [&act.titles]);
    }
    let [mut nodes, mut edges, mut acts] = [NODE, EDGE, ACT].map(fixed);
    if view.findings().is_some() {
        nodes.extend(fixed(VERDICTS));
        edges.extend(fixed(EVIDENCE));
    }
    let left = of_nodes.left + of_edges.left;
    nodes.extend(of_nodes.fields(graph, &NODE_TEXTS));
    edges.extend(of_edges.fields(graph, &EDGE_TEXTS));
    acts.extend(of_acts.fields(graph, &ACT_TEXTS));
    ([nodes, edges, acts], left)
}

/// Gives the values of a record in the order of its fields.
struct Put<F> {
    at: usize,
    put: F,
}

impl<'v, F: FnMut(usize, Value<'v>)> Put<F> {
    fn value(&mut self, value: Option<Value<'v>>) {
        if let Some(value) = value {
            (self.put)(self.at, value);
        }
        self.at += 1;
    }

    fn text(&mut self, text: Option<&'v str>) {
        self.value(text.filter(|text| !text.is_empty()).map(Value::Text));
    }

    fn list(&mut self, graph: &'v Graph, items: Items<'v>, is_empty: bool) {
        self.value((!is_empty).then_some(Value::List(List { graph, items })));
    }

    fn flag(&mut self, flag: bool) {
        self.value(Some(Value::Flag(flag)));
    }

    fn span(&mut self, span: Interval) {
        self.value(span.start.map(Value::Start));
        self.value(span.end.map(Value::End));
    }

    fn texts(&mut self, graph: &'v Graph, texts: &'v [Symbol]) {
        self.list(graph, Items::Texts(texts), texts.is_empty());
    }

    /// The texts in other languages, whose fields are the last.
    fn translations<const N: usize>(&mut self, view: &View<'v>, fields: &[Field], texts: [&'v Labels; N]) {
        for (number, labels) in texts.into_iter().enumerate() {
            others(view, labels, |tag, text| {
                let found = fields[self.at..].iter().position(|f| f.translates == Some((number, tag)));
                if let Some(found) = found {
                    (self.put)(self.at + found, Value::Text(view.graph().text(text)));
                }
            });
        }
    }
}

impl<'w> View<'w> {
    fn shown(&self, labels: &Labels) -> Option<&'w str> {
        let graph = self.graph();
        labels.pick(&graph.texts, &self.selection().language).map(|text| graph.text(text))
    }

    /// Calls `put` with the place of each field of a body that has a value, and the value.
    pub fn node<'v>(&'v self, id: InstitutionId, put: impl FnMut(usize, Value<'v>)) {
        let graph = self.graph();
        let body = graph.institution(id);
        let mut put = Put { at: 0, put };
        put.text(Some(self.name(id)));
        put.list(graph, Items::Types(body.types), body.types.is_empty());
        put.text(self.pillar(id).map(Pillar::slug));
        put.text(body.country.map(|country| graph.text(country)));
        put.text(body.acronym.map(|acronym| graph.text(acronym)));
        put.list(graph, Items::Labels(&body.other_names), body.other_names.is_empty());
        put.list(graph, Items::Bodies(&body.parents), body.parents.is_empty());
        put.span(body.life);
        put.list(graph, Items::Bases(&body.founded_by), body.founded_by.is_empty());
        put.list(graph, Items::Powers(body.powers), body.powers.is_empty());
        put.text(self.shown(&body.head));
        put.text(body.homepage.map(|page| graph.text(page)));
        put.texts(graph, &body.same_as);
        put.text(self.shown(&body.comment));
        put.texts(graph, &body.sources);
        put.flag(self.world().exists(id));
        put.flag(body.verified);
        if self.findings().is_some() {
            let judges = self.judges(id);
            let norms = self.norms.get(&id);
            for at in 0..Verdict::ALL.len() {
                let norms = norms.map_or(&[][..], |norms| &norms[at]);
                put.value(judges.then_some(Value::Number(norms.len() as u64)));
                put.list(graph, Items::Norms(norms), norms.is_empty());
            }
        }
        put.translations(self, self.node_fields(), [&body.labels, &body.head, &body.comment]);
    }

    /// Calls `put` with the place of each field of a link that has a value, and the value. Its ends are
    /// [`Graph::link`]'s.
    pub fn edge<'v>(&'v self, id: LinkId, put: impl FnMut(usize, Value<'v>)) {
        let graph = self.graph();
        let (overseer, link, _) = graph.link(id);
        let act = link.basis.iter().find_map(|basis| basis.act);
        let mut put = Put { at: 0, put };
        put.text(Some(self.link_name(link)));
        put.text(Some(graph.vocabulary.mechanisms.slug(link.mechanism)));
        put.text(Some(link.status.slug()));
        put.text(Some(self.world().standing(id).slug()));
        put.text(self.pillar(overseer).map(Pillar::slug));
        put.text(act.map(|act| graph.text(act)));
        put.text(act.and_then(|act| self.act_title(act)));
        put.list(graph, Items::Numbers(&link.basis), link.basis.iter().all(|basis| basis.number.is_none()));
        put.list(graph, Items::Bases(&link.basis), link.basis.is_empty());
        put.span(link.interval);
        put.text(link.effect.map(Effect::slug));
        put.list(graph, Items::Limits(link.limits), link.limits.is_empty());
        put.text(self.shown(&link.comment));
        put.texts(graph, &link.sources);
        put.flag(link.verified);
        if self.findings().is_some() {
            let norms = self.evidence_for.get(&id).map_or(&[][..], Vec::as_slice);
            put.list(graph, Items::Norms(norms), norms.is_empty());
        }
        put.translations(self, self.edge_fields(), [&link.comment]);
    }

    /// Calls `put` with the place of each field of an act that has a value, and the value.
    pub fn act<'v>(&'v self, act: &'v Act, put: impl FnMut(usize, Value<'v>)) {
        let graph = self.graph();
        let text = |symbol: Option<Symbol>| symbol.map(|symbol| graph.text(symbol));
        let mut put = Put { at: 0, put };
        put.text(self.shown(&act.titles));
        put.list(graph, Items::Labels(&act.other_titles), act.other_titles.is_empty());
        put.text(text(act.number));
        put.text(text(act.kind));
        put.value(act.adopted.map(Value::Start));
        put.value(act.in_force.map(Value::Start));
        put.value(act.repealed.map(Value::End));
        put.text(text(act.page));
        put.texts(graph, &act.sources);
        put.flag(act.verified);
        put.translations(self, self.act_fields(), [&act.titles]);
    }

    /// Calls `put` with the place of each field of a finding that has a value, and the value.
    pub fn finding<'v>(&'v self, finding: &'v Finding<'_>, put: impl FnMut(usize, Value<'v>)) {
        let graph = self.graph();
        let Finding { norm, evidence, missing, candidates, .. } = finding;
        let mut put = Put { at: 0, put };
        put.text(Some(&norm.id));
        put.text(norm.document.map(|iri| slug(graph.text(iri))));
        put.text(Some(norm.severity.slug()));
        put.text(Some(graph.iri(finding.institution)));
        put.text(Some(finding.verdict.slug()));
        put.list(graph, Items::Pieces(evidence, Weak::All), evidence.is_empty());
        put.list(graph, Items::Pieces(evidence, Weak::Only), !evidence.iter().any(|piece| piece.weak));
        put.list(graph, Items::Overseers(&missing.overseer_types), missing.overseer_types.is_empty());
        put.list(graph, Items::Mechanisms(missing.mechanisms), missing.mechanisms.is_empty());
        put.value(Some(Value::Number(missing.overseers.into())));
        put.value(Some(Value::Number(missing.pillars.into())));
        put.list(graph, Items::Bodies(candidates), candidates.is_empty());
        put.value(finding.surveyed.flatten().map(Value::Start));
        put.flag(finding.rests_on_unverified(graph));
    }
}
