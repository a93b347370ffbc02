//! Triples in compact form, waiting to be read as records once all of them are there.

use super::text::{Label, Symbol, Texts};
use crate::rdf::{NamedOrBlankNode, Quad, Term};
use crate::vocab::{dcat, dcterms, eli, foaf, org, ov, rdf, rdfs, schema, schema_http, skos};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use string_interner::Symbol as _;

/// What the names of shipped documents of the ontology begin with.
const SHIPPED: &str = "ontology/";

macro_rules! predicates {
    ($($name:ident $short:literal = $($iri:expr),+;)*) => {
        /// A property that records are made of.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(super) enum Predicate {
            $($name),*
        }

        impl Predicate {
            const ALL: &'static [(Self, &'static str)] = &[$($((Self::$name, $iri)),+),*];

            /// The name in messages.
            pub(super) fn short(self) -> &'static str {
                match self {
                    $(Self::$name => $short),*
                }
            }
        }
    };
}

predicates! {
    Type "rdf:type" = rdf::TYPE;
    Comment "rdfs:comment" = rdfs::COMMENT;
    Classification "org:classification" = org::CLASSIFICATION;
    Parent "org:subOrganizationOf" = org::SUB_ORGANIZATION_OF;
    InScheme "skos:inScheme" = skos::IN_SCHEME;
    PrefLabel "skos:prefLabel" = skos::PREF_LABEL;
    AltLabel "skos:altLabel" = skos::ALT_LABEL;
    Notation "skos:notation" = skos::NOTATION;
    Definition "skos:definition" = skos::DEFINITION;
    Broader "skos:broader" = skos::BROADER;
    ExactMatch "skos:exactMatch" = skos::EXACT_MATCH;
    EditorialNote "skos:editorialNote" = skos::EDITORIAL_NOTE;
    Source "dcterms:source" = dcterms::SOURCE;
    DcTitle "dcterms:title" = dcterms::TITLE;
    Publisher "dcterms:publisher" = dcterms::PUBLISHER;
    Issued "dcterms:issued" = dcterms::ISSUED;
    Language "dcterms:language" = dcterms::LANGUAGE;
    Spatial "dcterms:spatial" = dcterms::SPATIAL;
    Version "dcat:version" = dcat::VERSION;
    PartOf "eli:is_part_of" = eli::IS_PART_OF;
    Number "eli:number" = eli::NUMBER;
    ActTitle "eli:title" = eli::TITLE;
    LocalId "eli:id_local" = eli::ID_LOCAL;
    DocumentType "eli:type_document" = eli::TYPE_DOCUMENT;
    Adopted "eli:date_document" = eli::DATE_DOCUMENT;
    EntryInForce "eli:first_date_entry_in_force" = eli::FIRST_DATE_ENTRY_IN_FORCE;
    NoLongerInForce "eli:date_no_longer_in_force" = eli::DATE_NO_LONGER_IN_FORCE;
    Start "schema:startDate" = schema::START_DATE, schema_http::START_DATE;
    End "schema:endDate" = schema::END_DATE, schema_http::END_DATE;
    Founded "schema:foundingDate" = schema::FOUNDING_DATE, schema_http::FOUNDING_DATE;
    Dissolved "schema:dissolutionDate" = schema::DISSOLUTION_DATE, schema_http::DISSOLUTION_DATE;
    Homepage "foaf:homepage" = foaf::HOMEPAGE;
    Page "foaf:page" = foaf::PAGE;
    Overseer "ov:overseer" = ov::OVERSEER;
    Overseen "ov:overseen" = ov::OVERSEEN;
    Mechanism "ov:mechanism" = ov::MECHANISM;
    Status "ov:status" = ov::STATUS;
    LegalBasis "ov:legalBasis" = ov::LEGAL_BASIS;
    Effect "ov:effect" = ov::EFFECT;
    Limit "ov:limit" = ov::LIMIT;
    Verified "ov:verified" = ov::VERIFIED;
    Jurisdiction "ov:jurisdiction" = ov::JURISDICTION;
    HeadTitle "ov:headTitle" = ov::HEAD_TITLE;
    FoundedBy "ov:foundedBy" = ov::FOUNDED_BY;
    Power "ov:power" = ov::POWER;
    Holder "ov:holder" = ov::HOLDER;
    Covers "ov:covers" = ov::COVERS;
    SurveyedOn "ov:surveyedOn" = ov::SURVEYED_ON;
    PlainProperty "ov:predicate" = ov::PREDICATE;
    ExtendsDown "ov:extendsDown" = ov::EXTENDS_DOWN;
    ExtendsThroughCabinet "ov:extendsThroughCabinet" = ov::EXTENDS_THROUGH_CABINET;
    Locator "ov:locator" = ov::LOCATOR;
    Severity "ov:severity" = ov::SEVERITY;
    Principle "ov:principle" = ov::PRINCIPLE;
    Polarity "ov:polarity" = ov::POLARITY;
    AppliesTo "ov:appliesTo" = ov::APPLIES_TO;
    WherePower "ov:wherePower" = ov::WHERE_POWER;
    WhereParentOf "ov:whereParentOf" = ov::WHERE_PARENT_OF;
    WhereOversees "ov:whereOversees" = ov::WHERE_OVERSEES;
    OverseerType "ov:overseerType" = ov::OVERSEER_TYPE;
    MechanismAnyOf "ov:mechanismAnyOf" = ov::MECHANISM_ANY_OF;
    AllMechanisms "ov:allMechanisms" = ov::ALL_MECHANISMS;
    AtLeast "ov:atLeast" = ov::AT_LEAST;
    AtLeastPillars "ov:atLeastPillars" = ov::AT_LEAST_PILLARS;
    IndependentOf "ov:independentOf" = ov::INDEPENDENT_OF;
    LeastEffect "ov:leastEffect" = ov::LEAST_EFFECT;
    ExcludesLimit "ov:excludesLimit" = ov::EXCLUDES_LIMIT;
}

/// What an object is: a node, or a literal with or without a language. Datatypes are told by the property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Node,
    Literal(Option<Symbol>),
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Object {
    pub(super) text: Symbol,
    pub(super) kind: Kind,
}

impl Object {
    pub(super) fn is_node(self) -> bool {
        self.kind == Kind::Node
    }
}

#[derive(Clone, Copy, Debug)]
struct Fact {
    subject: Symbol,
    predicate: Predicate,
    object: Object,
}

/// Triples on their way to [`Facts`], as text in one piece: made where they are parsed, taken where they are kept.
///
/// Only triples with a known property, or an unknown one of our namespace, are taken along.
#[derive(Debug, Default)]
pub(super) struct Batch {
    text: String,
    triples: Vec<Packed>,
}

impl Batch {
    /// Returns how many triples it holds.
    pub(super) fn len(&self) -> usize {
        self.triples.len()
    }
}

/// One triple of a batch; positions are ends in its text, each part beginning where the one before ends.
#[derive(Clone, Copy, Debug)]
struct Packed {
    /// Place in [`Predicate::ALL`]; `None`: the property's local name stands in the text.
    predicate: Option<u8>,
    subject: Subject,
    predicate_end: u32,
    language_end: u32,
    end: u32,
    object: Form,
}

#[derive(Clone, Copy, Debug)]
enum Subject {
    /// That of the triple before.
    Same,
    Named(u32),
    Blank(u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Named,
    Blank,
    Literal,
}

/// Packs triples into batches.
#[derive(Debug)]
pub(super) struct Packer {
    known: HashMap<&'static str, u8>,
    /// For each property, the one that followed it last: records are alike, so it mostly does again.
    follower: Vec<u8>,
    last_predicate: u8,
    batch: Batch,
    last_subject: String,
}

impl Packer {
    pub(super) fn new() -> Self {
        let known = Predicate::ALL.iter().enumerate().map(|(at, (_, iri))| (*iri, at as u8)).collect();
        let follower = vec![0; Predicate::ALL.len()];
        Self { known, follower, last_predicate: 0, batch: Batch::default(), last_subject: String::new() }
    }

    /// Takes a triple, and returns how many wait in the batch.
    pub(super) fn add(&mut self, quad: &Quad) -> usize {
        let iri = quad.predicate.as_str();
        let predicate = self.predicate(iri);
        let unknown = if predicate.is_some() { "" } else { iri.strip_prefix(ov::NS).unwrap_or_default() };
        if predicate.is_none() && unknown.is_empty() {
            return self.batch.triples.len();
        }
        let text = &mut self.batch.text;
        let subject = match &quad.subject {
            NamedOrBlankNode::NamedNode(node) if node.as_str() == self.last_subject => Subject::Same,
            NamedOrBlankNode::NamedNode(node) => {
                text.push_str(node.as_str());
                self.last_subject.clear();
                self.last_subject.push_str(node.as_str());
                Subject::Named(text.len() as u32)
            }
            NamedOrBlankNode::BlankNode(node) => {
                text.push_str(node.as_str());
                self.last_subject.clear();
                Subject::Blank(text.len() as u32)
            }
        };
        text.push_str(unknown);
        let predicate_end = text.len() as u32;
        let (object, language, value) = match &quad.object {
            Term::NamedNode(node) => (Form::Named, "", node.as_str()),
            Term::BlankNode(node) => (Form::Blank, "", node.as_str()),
            Term::Literal(literal) => {
                (Form::Literal, literal.language().unwrap_or_default(), literal.value())
            }
        };
        text.push_str(language);
        let language_end = text.len() as u32;
        text.push_str(value);
        let end = text.len() as u32;
        self.batch.triples.push(Packed { predicate, subject, predicate_end, language_end, end, object });
        self.batch.triples.len()
    }

    fn predicate(&mut self, iri: &str) -> Option<u8> {
        let guess = self.follower[usize::from(self.last_predicate)];
        let found = if Predicate::ALL[usize::from(guess)].1 == iri { guess } else { *self.known.get(iri)? };
        self.follower[usize::from(self.last_predicate)] = found;
        self.last_predicate = found;
        Some(found)
    }

    /// Hands over what waits. The next triple names its subject anew.
    pub(super) fn take(&mut self) -> Batch {
        self.last_subject.clear();
        let next = Batch {
            text: String::with_capacity(self.batch.text.len()),
            triples: Vec::with_capacity(self.batch.triples.len()),
        };
        std::mem::replace(&mut self.batch, next)
    }
}

/// All triples whose property is known, in the order of the stream.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) texts: Texts,
    /// The last value of each property.
    last_objects: Vec<Option<Object>>,
    kept: Vec<Fact>,
    /// Where each document begins in `facts`.
    documents: Vec<(usize, String)>,
    /// Properties of our namespace that are not known: name, subject.
    pub(super) unknown: Vec<(String, Symbol, usize)>,
    /// Norms that a later document states anew, with the notation that they had.
    replaced: Vec<(Symbol, Symbol)>,
    /// Norms that two documents state otherwise, with the name of the first.
    rivals: Vec<(Symbol, String)>,
    buffer: String,
    /// The anonymous blank nodes of the document, by the name that the parser drew for them.
    anonymous: HashMap<String, Symbol>,
}

impl Facts {
    pub(super) fn new() -> Self {
        Self {
            texts: Texts::default(),
            last_objects: vec![None; Predicate::ALL.len()],
            kept: Vec::new(),
            documents: Vec::new(),
            unknown: Vec::new(),
            replaced: Vec::new(),
            rivals: Vec::new(),
            buffer: String::new(),
            anonymous: HashMap::new(),
        }
    }

    /// Says that what follows stands in this document.
    pub(super) fn begin(&mut self, document: &str) {
        self.documents.push((self.kept.len(), document.to_owned()));
        self.anonymous.clear();
    }

    /// Keeps the triples of a batch.
    pub(super) fn keep(&mut self, batch: &Batch) {
        let mut at = 0;
        let mut part = |end: u32| {
            let text = &batch.text[at..end as usize];
            at = end as usize;
            text
        };
        let mut last = None;
        for packed in &batch.triples {
            let subject = match (packed.subject, last) {
                (Subject::Named(end), _) => self.texts.keep(part(end)),
                (Subject::Blank(end), _) => self.blank(part(end)),
                (Subject::Same, Some(last)) => last,
                (Subject::Same, None) => unreachable!("a batch begins with a subject of its own"),
            };
            last = Some(subject);
            let unknown = part(packed.predicate_end);
            let language = part(packed.language_end);
            let value = part(packed.end);
            let Some(predicate) = packed.predicate else {
                self.unknown.push((unknown.to_owned(), subject, self.kept.len()));
                continue;
            };
            let object = self.object(usize::from(predicate), packed.object, language, value);
            self.kept.push(Fact { subject, predicate: Predicate::ALL[usize::from(predicate)].0, object });
        }
    }

    /// Classes, statuses and the like repeat: the last value of the same property is tried before the table of all.
    fn object(&mut self, predicate: usize, form: Form, language: &str, value: &str) -> Object {
        let kind = match form {
            Form::Blank => return Object { text: self.blank(value), kind: Kind::Node },
            Form::Named => Kind::Node,
            Form::Literal if language.is_empty() => Kind::Literal(None),
            Form::Literal => Kind::Literal(Some(self.texts.keep(language))),
        };
        match self.last_objects[predicate] {
            Some(last) if last.kind == kind && self.texts.get(last.text) == value => last,
            _ => {
                let object = Object { text: self.texts.keep(value), kind };
                self.last_objects[predicate] = Some(object);
                object
            }
        }
    }

    /// Blank nodes of two documents are never the same. Anonymous ones, whose names the parser draws at random, are
    /// numbered as they come, so that the same file gives the same order each time.
    fn blank(&mut self, name: &str) -> Symbol {
        use std::fmt::Write as _;
        let is_drawn = name.len() > 20 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        self.buffer.clear();
        if is_drawn {
            if let Some(known) = self.anonymous.get(name) {
                return *known;
            }
            let (document, number) = (self.documents.len(), self.anonymous.len());
            write!(self.buffer, "_:d{document}.anonymous{number:08}").expect("writing to a string");
            let symbol = self.texts.keep(&self.buffer);
            self.anonymous.insert(name.to_owned(), symbol);
            return symbol;
        }
        write!(self.buffer, "_:d{}.{name}", self.documents.len()).expect("writing to a string");
        self.texts.keep(&self.buffer)
    }

    /// Drops what earlier documents say of a norm that a later one states anew: the later takes its place. Of a shipped norm
    /// the texts in other shipped documents go as well, for they are those of another norm now.
    fn supersede(&mut self) {
        let Some(norm) = self.texts.find(ov::NORM) else { return };
        let document = |place: usize| self.documents.partition_point(|(start, _)| *start <= place);
        let is_shipped = |at: usize| self.documents[at - 1].1.starts_with(SHIPPED);
        let mut stated: HashMap<Symbol, Vec<usize>> = HashMap::new();
        for (place, fact) in self.kept.iter().enumerate() {
            if fact.predicate == Predicate::Type && fact.object.text == norm {
                let documents = stated.entry(fact.subject).or_default();
                if documents.last() != Some(&document(place)) {
                    documents.push(document(place));
                }
            }
        }
        stated.retain(|_, documents| documents.len() > 1);
        if stated.is_empty() {
            return;
        }
        self.rivals = self.rivals(&stated, &document, &is_shipped);
        let is_superseded = |(place, fact): (usize, &Fact)| {
            stated.get(&fact.subject).is_some_and(|documents| {
                let own = document(place);
                documents.last() != Some(&own) && (documents.contains(&own) || is_shipped(own))
            })
        };
        let superseded: Vec<bool> = self.kept.iter().enumerate().map(is_superseded).collect();
        let dropped =
            self.kept.iter().zip(&superseded).filter(|(_, dropped)| **dropped).map(|(fact, _)| fact);
        let notations = dropped.filter(|fact| fact.predicate == Predicate::Notation);
        self.replaced = notations.map(|fact| (fact.subject, fact.object.text)).collect();
        // Where documents begin and unknown properties stand moves with what is dropped before.
        let mut moved = Vec::with_capacity(superseded.len() + 1);
        let mut place = 0;
        for dropped in &superseded {
            moved.push(place);
            place += usize::from(!dropped);
        }
        moved.push(place);
        for (start, _) in &mut self.documents {
            *start = moved[*start];
        }
        for (_, _, place) in &mut self.unknown {
            *place = moved[*place];
        }
        let mut dropped = superseded.iter();
        self.kept.retain(|_| dropped.next() == Some(&false));
    }

    /// Returns the norms that two documents state that are not shipped, and not alike: which is meant nobody knows.
    fn rivals(
        &self,
        stated: &HashMap<Symbol, Vec<usize>>,
        document: &dyn Fn(usize) -> usize,
        is_shipped: &dyn Fn(usize) -> bool,
    ) -> Vec<(Symbol, String)> {
        type Said<'t> = BTreeSet<(Predicate, &'t str, Option<&'t str>)>;
        let mut said: BTreeMap<(Symbol, usize), Said<'_>> = BTreeMap::new();
        for (place, fact) in self.kept.iter().enumerate() {
            let own = document(place);
            if stated.get(&fact.subject).is_some_and(|all| all.contains(&own)) && !is_shipped(own) {
                let language = match fact.object.kind {
                    Kind::Literal(Some(tag)) => Some(self.texts.get(tag)),
                    Kind::Literal(None) | Kind::Node => None,
                };
                let value = (fact.predicate, self.texts.get(fact.object.text), language);
                said.entry((fact.subject, own)).or_default().insert(value);
            }
        }
        let all: Vec<_> = said.into_iter().collect();
        let apart = all.windows(2).filter(|pair| pair[0].0.0 == pair[1].0.0 && pair[0].1 != pair[1].1);
        apart.map(|pair| (pair[0].0.0, self.documents[pair[0].0.1 - 1].1.clone())).collect()
    }

    /// Groups the triples by subject.
    pub(super) fn group(mut self) -> Grouped {
        self.supersede();
        // A counting sort: symbols are numbers from 0, and triples of a subject keep the order of the stream.
        let symbols = self.kept.iter().map(|fact| fact.subject.to_usize() + 1).max().unwrap_or(0);
        let mut starts = vec![0_u32; symbols + 1];
        for fact in &self.kept {
            starts[fact.subject.to_usize() + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut order = vec![0_u32; self.kept.len()];
        for (at, fact) in self.kept.iter().enumerate() {
            let slot = &mut next[fact.subject.to_usize()];
            order[*slot as usize] = at as u32;
            *slot += 1;
        }
        let objects = order.iter().map(|at| {
            let fact = &self.kept[*at as usize];
            (fact.predicate, fact.object)
        });
        Grouped {
            objects: objects.collect(),
            first: order,
            starts,
            texts: self.texts,
            documents: self.documents,
            unknown: self.unknown,
            replaced: self.replaced,
            rivals: self.rivals,
        }
    }
}

/// All triples by subject.
#[derive(Debug)]
pub(super) struct Grouped {
    pub(super) texts: Texts,
    objects: Vec<(Predicate, Object)>,
    /// Place in the stream of each of `objects`.
    first: Vec<u32>,
    starts: Vec<u32>,
    documents: Vec<(usize, String)>,
    pub(super) unknown: Vec<(String, Symbol, usize)>,
    replaced: Vec<(Symbol, Symbol)>,
    rivals: Vec<(Symbol, String)>,
}

impl Grouped {
    /// Returns every subject, in no meaningful order.
    pub(super) fn subjects(&self) -> impl Iterator<Item = Symbol> {
        self.starts
            .windows(2)
            .enumerate()
            .filter(|(_, pair)| pair[0] < pair[1])
            .map(|(at, _)| Symbol::try_from_usize(at).expect("a symbol from the interner"))
    }

    /// Returns the notations under which a norm stood in earlier documents.
    pub(super) fn replaced(&self, norm: Symbol) -> impl Iterator<Item = Symbol> {
        self.replaced.iter().filter(move |(subject, _)| *subject == norm).map(|(_, notation)| *notation)
    }

    /// Returns the other documents that state a norm, and not as the last does.
    pub(super) fn rivals(&self, norm: Symbol) -> impl Iterator<Item = &str> {
        self.rivals.iter().filter(move |(subject, _)| *subject == norm).map(|(_, document)| document.as_str())
    }

    /// Returns what documents say of a subject that do not state its class: property and document.
    pub(super) fn asides(&self, subject: Symbol) -> impl Iterator<Item = (Predicate, &str)> {
        let home = self.document(subject);
        let places = &self.first[self.range(subject)];
        let said = self.of(subject).iter().zip(places);
        said.map(|((predicate, _), place)| (*predicate, self.document_at(*place as usize)))
            .filter(move |(_, document)| *document != home)
    }

    fn range(&self, subject: Symbol) -> std::ops::Range<usize> {
        let at = subject.to_usize();
        match self.starts.get(at..at + 2) {
            Some([start, end]) => *start as usize..*end as usize,
            _ => 0..0,
        }
    }

    /// Returns the triples of a subject.
    pub(super) fn of(&self, subject: Symbol) -> &[(Predicate, Object)] {
        &self.objects[self.range(subject)]
    }

    /// Returns the name of the document that states the class of a subject, or else of that in which it first stands.
    pub(super) fn document(&self, subject: Symbol) -> &str {
        let places = &self.first[self.range(subject)];
        let class = self.of(subject).iter().position(|(predicate, _)| *predicate == Predicate::Type);
        self.document_at(places.get(class.unwrap_or(0)).map_or(0, |place| *place as usize))
    }

    /// Returns the name of the document that a place in the stream is in.
    pub(super) fn document_at(&self, place: usize) -> &str {
        let at = self.documents.partition_point(|(start, _)| *start <= place);
        at.checked_sub(1).map_or("", |at| &self.documents[at].1)
    }

    /// Returns the distinct values of a property, sorted by text.
    pub(super) fn all(&self, subject: Symbol, predicate: Predicate) -> Vec<Object> {
        let mut values: Vec<Object> =
            self.of(subject).iter().filter(|(p, _)| *p == predicate).map(|(_, object)| *object).collect();
        if values.len() > 1 {
            // A node before a literal of the same text, so that which of them is kept does not hang on the stream.
            values.sort_by(|a, b| {
                let texts = self.texts.get(a.text).cmp(self.texts.get(b.text));
                texts.then_with(|| b.is_node().cmp(&a.is_node()))
            });
            values.dedup_by_key(|object| object.text);
        }
        values
    }

    /// Returns the literals of a property as labels.
    pub(super) fn labels(&self, subject: Symbol, predicate: Predicate) -> Vec<Label> {
        let mut labels: Vec<Label> = self
            .of(subject)
            .iter()
            .filter(|(p, _)| *p == predicate)
            .filter_map(|(_, object)| match object.kind {
                Kind::Literal(language) => Some(Label { language, text: object.text }),
                Kind::Node => None,
            })
            .collect();
        if labels.len() > 1 {
            let key = |l: &Label| (l.language.map(|tag| self.texts.get(tag)), self.texts.get(l.text));
            labels.sort_by(|a, b| key(a).cmp(&key(b)));
            labels.dedup();
        }
        labels
    }
}
