//! Builds the graph from a stream of triples in one pass, whatever their order.
//!
//! Triples whose property is known are kept in compact form as they come; when the stream ends they are grouped
//! by subject and read class by class, schemes first. Reading is over then: nothing is looked up in a store.

use super::facts::{Batch, Facts, Grouped, Packer, Predicate};
use super::institution::{Institution, InstitutionId};
use super::law::{Act, PowerGrant};
use super::link::{Basis, Link};
use super::norm::{Evidence, GuidanceDocument, Norm, Scope, Types};
use super::problem::{Fault, NormFault, Outcome, Problem, nearest};
use super::records::Record;
use super::scheme::{CAPACITY, Concept, Scheme, TypeId};
use super::survey::{Country, Dataset, Survey};
use super::text::Symbol;
use super::vocabulary::Vocabulary;
use super::words::{Effect, Independence, Polarity, Severity, Status};
use super::{Graph, Labels};
use crate::rdf::Quad;
use crate::vocab::{dcat, ov, scheme, skos, slug};
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

/// Takes triples and gives a [`Graph`].
///
/// ```
/// use oversight::model::Builder;
/// use oversight::rdf::{NamedNode, Quad, Literal, NamedOrBlankNode};
/// let graph = Builder::new().finish();
/// assert_eq!(graph.network.node_count(), 0);
/// ```
#[derive(Debug)]
pub struct Builder {
    facts: Facts,
    packer: Packer,
}

impl Default for Builder {
    fn default() -> Self {
        Self::new()
    }
}

impl Builder {
    /// Returns an empty builder.
    pub fn new() -> Self {
        Self { facts: Facts::new(), packer: Packer::new() }
    }

    /// Says that what follows stands in `document`, which messages name.
    pub fn begin(&mut self, document: &str) {
        self.flush();
        self.facts.begin(document);
    }

    /// Takes one triple; its named graph does not matter.
    pub fn add(&mut self, quad: &Quad) {
        if self.packer.add(quad) >= BATCH {
            self.flush();
        }
    }

    /// Takes triples that another thread has packed.
    pub(super) fn add_batch(&mut self, batch: &Batch) {
        self.facts.keep(batch);
    }

    fn flush(&mut self) {
        let batch = self.packer.take();
        self.facts.keep(&batch);
    }

    /// Reads all records and returns the graph, with the problems found.
    pub fn finish(mut self) -> Graph {
        self.flush();
        let facts = self.facts.group();
        let mut problems = Vec::new();
        let classes = Classes::of(&facts);
        let schemes = Schemes::read(&facts, &classes, &mut problems);
        let mut reader = Reader { facts: &facts, vocabulary: &schemes.vocabulary, problems: &mut problems };
        let (mut network, by_iri) = reader.institutions(&classes.institutions);
        let bases = reader.provisions(&classes);
        reader.institution_details(&mut network, &by_iri, &bases);
        reader.links(&classes.links, &mut network, &by_iri, &bases);
        let grants = reader.grants(&classes.grants, &by_iri, &bases);
        let surveys = reader.surveys(&classes, &by_iri);
        let acts = reader.acts(&classes.acts);
        let mut norms = reader.norms(&classes.norms);
        norms
            .sort_by(|a, b| a.id.cmp(&b.id).then_with(|| facts.texts.get(a.iri).cmp(facts.texts.get(b.iri))));
        let documents = reader.documents(&classes.documents);
        let countries = reader.countries(&classes.countries);
        let datasets = reader.datasets(&classes.datasets);
        reader.cycles(&network);
        reader.unknown_properties();
        reader.untyped(&classes.untyped);
        problems.sort();
        problems.dedup();
        Graph {
            vocabulary: schemes.vocabulary,
            network,
            acts,
            grants,
            surveys,
            countries,
            datasets,
            documents,
            principles: schemes.principles,
            words: schemes.words,
            norms,
            problems,
            by_iri,
            texts: facts.texts,
        }
    }
}

/// The subjects of each class, by IRI.
#[derive(Default)]
struct Classes {
    institutions: Vec<Symbol>,
    links: Vec<Symbol>,
    provisions: Vec<Symbol>,
    acts: Vec<Symbol>,
    grants: Vec<Symbol>,
    surveys: Vec<Symbol>,
    norms: Vec<Symbol>,
    documents: Vec<Symbol>,
    countries: Vec<Symbol>,
    datasets: Vec<Symbol>,
    concepts: Vec<Symbol>,
    /// Subjects that look like links or bodies, but are not typed so.
    untyped: Vec<(Symbol, Predicate, &'static str)>,
}

impl Classes {
    fn of(facts: &Grouped) -> Self {
        let class = |iri: &str| facts.texts.find(iri);
        let [institution, link, provision, act, grant, survey, norm, document, country, dataset, concept] = [
            ov::INSTITUTION,
            ov::CONTROL,
            ov::PROVISION,
            ov::LEGAL_ACT,
            ov::POWER_GRANT,
            ov::SURVEY,
            ov::NORM,
            ov::GUIDANCE_DOCUMENT,
            ov::COUNTRY,
            dcat::DATASET,
            skos::CONCEPT,
        ]
        .map(class);
        let mut classes = Self::default();
        for subject in facts.subjects() {
            let mut typed = false;
            for (predicate, object) in facts.of(subject) {
                if *predicate != Predicate::Type {
                    continue;
                }
                let class = Some(object.text);
                let list = match class {
                    _ if class == institution => &mut classes.institutions,
                    _ if class == link => &mut classes.links,
                    _ if class == provision => &mut classes.provisions,
                    _ if class == act => &mut classes.acts,
                    _ if class == grant => &mut classes.grants,
                    _ if class == survey => &mut classes.surveys,
                    _ if class == norm => &mut classes.norms,
                    _ if class == document => &mut classes.documents,
                    _ if class == country => &mut classes.countries,
                    _ if class == dataset => &mut classes.datasets,
                    _ if class == concept => &mut classes.concepts,
                    _ => continue,
                };
                list.push(subject);
                typed = true;
            }
            if !typed {
                let telling = facts.of(subject).iter().filter_map(|(predicate, _)| match predicate {
                    Predicate::Overseer | Predicate::Overseen => Some((*predicate, "ov:Control")),
                    Predicate::Classification => Some((*predicate, "ov:Institution")),
                    Predicate::AppliesTo => Some((*predicate, "ov:Norm")),
                    Predicate::Covers => Some((*predicate, "ov:Survey")),
                    _ => None,
                });
                classes.untyped.extend(
                    telling
                        .min_by_key(|(predicate, _)| *predicate)
                        .map(|(predicate, class)| (subject, predicate, class)),
                );
            }
        }
        for list in [
            &mut classes.institutions,
            &mut classes.links,
            &mut classes.provisions,
            &mut classes.acts,
            &mut classes.grants,
            &mut classes.surveys,
            &mut classes.norms,
            &mut classes.documents,
            &mut classes.countries,
            &mut classes.datasets,
            &mut classes.concepts,
        ] {
            // Sorted beside their texts, which are far apart in memory; runs that are in order already stay runs.
            let mut by_iri: Vec<(&str, Symbol)> = list.iter().map(|s| (facts.texts.get(*s), *s)).collect();
            by_iri.sort_by_key(|(iri, _)| *iri);
            *list = by_iri.into_iter().map(|(_, subject)| subject).collect();
            list.dedup();
        }
        classes
    }
}

struct Schemes {
    vocabulary: Vocabulary,
    principles: Vec<Concept>,
    words: Vec<Concept>,
}

impl Schemes {
    fn read(facts: &Grouped, classes: &Classes, problems: &mut Vec<Problem>) -> Self {
        let mut by_scheme: BTreeMap<&str, Vec<Concept>> = BTreeMap::new();
        for subject in &classes.concepts {
            let iri = facts.texts.get(*subject);
            let Some(namespace) = scheme_of(facts, *subject) else {
                continue;
            };
            by_scheme.entry(namespace).or_default().push(Concept {
                iri: *subject,
                slug: slug(iri).to_owned(),
                labels: Labels(facts.labels(*subject, Predicate::PrefLabel)),
                definition: Labels(facts.labels(*subject, Predicate::Definition)),
            });
        }
        let mut take = |namespace: &str| by_scheme.remove(namespace).unwrap_or_default();
        let types = bounded(facts, take(scheme::TYPE), problems);
        let mechanisms = bounded(facts, take(scheme::MECHANISM), problems);
        let powers = bounded(facts, take(scheme::POWER), problems);
        let limits = bounded(facts, take(scheme::LIMIT), problems);
        let principles = take(scheme::PRINCIPLE);
        let broader: Vec<Vec<TypeId>> = types
            .iter()
            .map(|(_, concept)| {
                facts.all(concept.iri, Predicate::Broader).iter().filter_map(|o| types.find(o.text)).collect()
            })
            .collect();
        let mut vocabulary = Vocabulary::new(types, mechanisms, powers, limits, &broader);
        let mechanisms: Vec<_> =
            vocabulary.mechanisms.iter().map(|(id, concept)| (id, concept.iri)).collect();
        for (id, iri) in mechanisms {
            let mut record = Record::new(facts, iri);
            vocabulary.predicates[id.index()] = record.nodes(Predicate::PlainProperty);
            if record.flag(Predicate::ExtendsDown) {
                vocabulary.extends_down.insert(id);
            }
            if record.flag(Predicate::ExtendsThroughCabinet) {
                vocabulary.extends_through_cabinet.insert(id);
            }
            record.finish(problems);
        }
        Self { vocabulary, principles, words: by_scheme.into_values().flatten().collect() }
    }
}

/// Returns the namespace of the scheme that a concept is in: by its own IRI, or by `skos:inScheme`.
fn scheme_of(facts: &Grouped, concept: Symbol) -> Option<&'static str> {
    const SCHEMES: &[&str] = &[
        scheme::TYPE,
        scheme::MECHANISM,
        scheme::POWER,
        scheme::STATUS,
        scheme::EFFECT,
        scheme::LIMIT,
        scheme::PRINCIPLE,
        scheme::SEVERITY,
        "https://w3id.org/oversight/pillar/",
    ];
    let iri = facts.texts.get(concept);
    let own = SCHEMES.iter().find(|namespace| iri.starts_with(**namespace));
    own.copied().or_else(|| {
        let schemes = facts.all(concept, Predicate::InScheme);
        SCHEMES.iter().copied().find(|namespace| {
            schemes.iter().any(|s| facts.texts.get(s.text) == namespace.trim_end_matches('/'))
        })
    })
}

fn bounded<K>(facts: &Grouped, mut concepts: Vec<Concept>, problems: &mut Vec<Problem>) -> Scheme<K> {
    for concept in concepts.drain(CAPACITY.min(concepts.len())..) {
        let mut record = Record::new(facts, concept.iri);
        record.fault(Fault::TooMany { capacity: CAPACITY });
        record.finish(problems);
    }
    Scheme::new(concepts)
}

/// How many triples travel together: few enough to stay in the cache, many enough to pay for the way.
pub(super) const BATCH: usize = 512;

/// Up to how many institutions a hint is looked for; beyond, a file full of faults would take too long.
const SMALL: usize = 5_000;

type Network = petgraph::Graph<Institution, Link>;
type Bases = HashMap<Symbol, Basis>;
type ByIri = HashMap<Symbol, InstitutionId>;

struct Reader<'a> {
    facts: &'a Grouped,
    vocabulary: &'a Vocabulary,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Reader<'a> {
    fn record(&self, subject: Symbol) -> Record<'a> {
        Record::new(self.facts, subject)
    }

    /// Makes a node for each institution, with all that needs no other institution.
    fn institutions(&mut self, subjects: &[Symbol]) -> (Network, ByIri) {
        let mut network = Network::with_capacity(subjects.len(), 0);
        let mut by_iri = HashMap::with_capacity(subjects.len());
        for subject in subjects {
            let mut record = self.record(*subject);
            let life = record.interval(Predicate::Founded, Predicate::Dissolved, Outcome::Ignored);
            let other_names = record.labels(Predicate::AltLabel);
            let acronym = other_names.iter().find(|label| label.language.is_none()).map(|label| label.text);
            let id = network.add_node(Institution {
                iri: Some(*subject),
                labels: record.labels(Predicate::PrefLabel),
                acronym,
                other_names,
                types: record.concepts(Predicate::Classification, &self.vocabulary.types),
                parents: Vec::new(),
                country: record.one_text(Predicate::Jurisdiction),
                head: record.labels(Predicate::HeadTitle),
                life: life.unwrap_or_default(),
                founded_by: Vec::new(),
                powers: record.concepts(Predicate::Power, &self.vocabulary.powers),
                homepage: record.one_text(Predicate::Homepage),
                same_as: record.nodes(Predicate::ExactMatch),
                comment: record.labels(Predicate::Comment),
                sources: record.nodes(Predicate::Source),
                verified: record.flag(Predicate::Verified),
            });
            record.finish(self.problems);
            by_iri.insert(*subject, id);
        }
        (network, by_iri)
    }

    /// Fills in parents and founding provisions.
    fn institution_details(&mut self, network: &mut Network, by_iri: &ByIri, bases: &Bases) {
        for id in network.node_indices() {
            let Some(subject) = network[id].iri else { continue };
            let mut record = self.record(subject);
            for parent in record.all(Predicate::Parent) {
                match by_iri.get(&parent.text) {
                    Some(parent) => network[id].parents.push(*parent),
                    None => {
                        unknown_end(&mut record, Predicate::Parent, parent.text, by_iri, Outcome::Ignored);
                    }
                }
            }
            network[id].founded_by = basis(&mut record, Predicate::FoundedBy, bases);
            record.finish(self.problems);
        }
    }

    fn links(&mut self, subjects: &[Symbol], network: &mut Network, by_iri: &ByIri, bases: &Bases) {
        network.reserve_edges(subjects.len());
        for subject in subjects {
            let mut record = self.record(*subject);
            if let Some((overseer, overseen, link)) = self.link(&mut record, by_iri, bases) {
                network.add_edge(overseer, overseen, link);
            }
            record.finish(self.problems);
        }
    }

    fn link(
        &self,
        record: &mut Record<'_>,
        by_iri: &ByIri,
        bases: &Bases,
    ) -> Option<(InstitutionId, InstitutionId, Link)> {
        // Everything is read before anything is given up, so that all faults of a link are told at once.
        let overseer = end(record, Predicate::Overseer, by_iri);
        let overseen = end(record, Predicate::Overseen, by_iri);
        let mechanism = record.concept(Predicate::Mechanism, &self.vocabulary.mechanisms);
        let status = if let Some(value) = record.one_text(Predicate::Status) {
            word(record, value, Predicate::Status, Status::ALL, Status::slug, Outcome::LeftOut)
        } else {
            record.fault(Fault::Missing { property: Predicate::Status.short() });
            None
        };
        let interval = record.interval(Predicate::Start, Predicate::End, Outcome::LeftOut);
        let effect = record
            .one_text(Predicate::Effect)
            .and_then(|e| word(record, e, Predicate::Effect, Effect::ALL, Effect::slug, Outcome::Ignored));
        let limits = record.concepts(Predicate::Limit, &self.vocabulary.limits);
        let verified = record.flag(Predicate::Verified);
        let link = Link {
            iri: record.subject,
            mechanism: mechanism?,
            status: status?,
            interval: interval.ok()?,
            basis: basis(record, Predicate::LegalBasis, bases),
            effect,
            limits,
            comment: record.labels(Predicate::Comment),
            sources: record.nodes(Predicate::Source),
            verified,
        };
        Some((overseer?, overseen?, link))
    }

    /// Returns what each provision and act stands for as a legal basis.
    fn provisions(&mut self, classes: &Classes) -> Bases {
        let mut bases: Bases = classes
            .acts
            .iter()
            .map(|act| (*act, Basis { iri: *act, act: Some(*act), number: None }))
            .collect();
        for subject in &classes.provisions {
            let mut record = self.record(*subject);
            let act = record.one_text(Predicate::PartOf);
            let number = record.one_text(Predicate::Number);
            record.finish(self.problems);
            bases.insert(*subject, Basis { iri: *subject, act, number });
        }
        bases
    }

    fn acts(&mut self, subjects: &[Symbol]) -> Vec<Act> {
        let mut acts = Vec::with_capacity(subjects.len());
        for subject in subjects {
            let mut record = self.record(*subject);
            acts.push(Act {
                iri: *subject,
                titles: record.labels(Predicate::ActTitle),
                other_titles: record.labels(Predicate::AltLabel),
                number: record.one_text(Predicate::LocalId),
                kind: record.one_text(Predicate::DocumentType),
                adopted: record.date(Predicate::Adopted, Outcome::Ignored).unwrap_or_default(),
                in_force: record.date(Predicate::EntryInForce, Outcome::Ignored).unwrap_or_default(),
                repealed: record.date(Predicate::NoLongerInForce, Outcome::Ignored).unwrap_or_default(),
                page: record.one_text(Predicate::Page),
                sources: record.nodes(Predicate::Source),
                verified: record.flag(Predicate::Verified),
            });
            record.finish(self.problems);
        }
        acts
    }

    fn grants(&mut self, subjects: &[Symbol], by_iri: &ByIri, bases: &Bases) -> Vec<PowerGrant> {
        let mut grants = Vec::with_capacity(subjects.len());
        for subject in subjects {
            let mut record = self.record(*subject);
            let holder = end(&mut record, Predicate::Holder, by_iri);
            let power = record.concept(Predicate::Power, &self.vocabulary.powers);
            if let (Some(holder), Some(power)) = (holder, power) {
                grants.push(PowerGrant {
                    iri: *subject,
                    holder,
                    power,
                    basis: basis(&mut record, Predicate::LegalBasis, bases),
                    comment: record.labels(Predicate::Comment),
                });
            }
            record.finish(self.problems);
        }
        grants
    }

    fn surveys(&mut self, classes: &Classes, by_iri: &ByIri) -> Vec<Survey> {
        let mut surveys = Vec::with_capacity(classes.surveys.len());
        let mut countries: Vec<Symbol> = classes
            .institutions
            .iter()
            .flat_map(|body| {
                self.facts.all(*body, Predicate::Jurisdiction).into_iter().map(|country| country.text)
            })
            .chain(classes.countries.iter().copied())
            .collect();
        countries.sort_unstable();
        countries.dedup();
        for subject in &classes.surveys {
            let mut record = self.record(*subject);
            let covers: Vec<Symbol> = record.all(Predicate::Covers).iter().map(|o| o.text).collect();
            if covers.is_empty() {
                record.fault(Fault::Missing { property: Predicate::Covers.short() });
            }
            for covered in &covers {
                if !by_iri.contains_key(covered) && countries.binary_search(covered).is_err() {
                    unknown_end(&mut record, Predicate::Covers, *covered, by_iri, Outcome::Ignored);
                }
            }
            let named = !record.all(Predicate::Mechanism).is_empty();
            let mechanisms = if named {
                record.concepts(Predicate::Mechanism, &self.vocabulary.mechanisms)
            } else {
                self.vocabulary.mechanisms.all()
            };
            surveys.push(Survey {
                iri: *subject,
                covers,
                mechanisms,
                on: record.date(Predicate::SurveyedOn, Outcome::Ignored).unwrap_or_default(),
                comment: record.labels(Predicate::Comment),
            });
            record.finish(self.problems);
        }
        surveys
    }

    fn norms(&mut self, subjects: &[Symbol]) -> Vec<Norm> {
        let mut norms: Vec<Norm> = Vec::with_capacity(subjects.len());
        let mut ids: HashMap<String, Symbol> = HashMap::with_capacity(subjects.len());
        for subject in subjects {
            let mut record = self.record(*subject);
            let norm = self.norm(&mut record);
            if let Some(other) = ids.insert(norm.id.clone(), *subject) {
                let other = record.text(other).to_owned();
                record.norm_fault(NormFault::Notation { id: norm.id.clone(), other });
            }
            norms.push(norm);
            record.finish(self.problems);
        }
        norms
    }

    fn norm(&self, record: &mut Record<'_>) -> Norm {
        let vocabulary = self.vocabulary;
        let types = |record: &mut Record<'_>, predicate| {
            let named = record.norm_concepts(predicate, &vocabulary.types);
            Types { all: vocabulary.expand(&named), named }
        };
        let scope = Scope {
            types: types(record, Predicate::AppliesTo),
            where_power: record
                .norm_concepts(Predicate::WherePower, &vocabulary.powers)
                .into_iter()
                .collect(),
            where_parent_of: types(record, Predicate::WhereParentOf),
            where_oversees: types(record, Predicate::WhereOversees),
        };
        if record.all(Predicate::AppliesTo).is_empty() {
            record.norm_fault(NormFault::Missing { property: Predicate::AppliesTo.short() });
        }
        let mechanisms = record.norm_concepts(Predicate::MechanismAnyOf, &vocabulary.mechanisms);
        let limits = record.norm_concepts(Predicate::ExcludesLimit, &vocabulary.limits);
        let evidence = Evidence {
            overseers: types(record, Predicate::OverseerType),
            mechanisms: mechanisms.into_iter().collect(),
            all_mechanisms: record.norm_flag(Predicate::AllMechanisms),
            at_least: record.norm_number(Predicate::AtLeast),
            at_least_pillars: record.norm_number(Predicate::AtLeastPillars),
            independent_of: norm_word(
                record,
                Predicate::IndependentOf,
                Independence::ALL,
                Independence::slug,
            ),
            least_effect: norm_word(record, Predicate::LeastEffect, Effect::ALL, Effect::slug),
            excludes_limits: limits.into_iter().collect(),
        };
        for required in [Predicate::Polarity, Predicate::Severity] {
            if record.all(required).is_empty() {
                record.norm_fault(NormFault::Missing { property: required.short() });
            }
        }
        let polarity = norm_word(record, Predicate::Polarity, Polarity::ALL, Polarity::slug);
        let severity = norm_word(record, Predicate::Severity, Severity::ALL, Severity::slug);
        let id = match record.one_text(Predicate::Notation) {
            Some(notation) => record.text(notation),
            None => slug(record.text(record.subject)),
        };
        Norm {
            iri: record.subject,
            id: id.to_owned(),
            titles: record.labels(Predicate::PrefLabel),
            duty: record.labels(Predicate::Comment),
            document: record.one_text(Predicate::Source),
            locator: record.one_text(Predicate::Locator),
            severity: severity.unwrap_or(Severity::Must),
            principles: record.nodes(Predicate::Principle),
            polarity: polarity.unwrap_or(Polarity::Require),
            scope,
            evidence,
            note: record.labels(Predicate::EditorialNote),
            verified: record.flag(Predicate::Verified),
        }
    }

    fn documents(&mut self, subjects: &[Symbol]) -> Vec<GuidanceDocument> {
        let mut documents = Vec::with_capacity(subjects.len());
        for subject in subjects {
            let mut record = self.record(*subject);
            documents.push(GuidanceDocument {
                iri: *subject,
                titles: record.labels(Predicate::DcTitle),
                publisher: record.one_text(Predicate::Publisher),
                issued: record.one_text(Predicate::Issued),
                page: record.one_text(Predicate::Page),
            });
            record.finish(self.problems);
        }
        documents
    }

    fn countries(&mut self, subjects: &[Symbol]) -> Vec<Country> {
        let mut countries = Vec::with_capacity(subjects.len());
        for subject in subjects {
            let mut record = self.record(*subject);
            countries.push(Country {
                iri: *subject,
                labels: record.labels(Predicate::PrefLabel),
                language: record.one_text(Predicate::Language),
            });
            record.finish(self.problems);
        }
        countries
    }

    fn datasets(&mut self, subjects: &[Symbol]) -> Vec<Dataset> {
        let mut datasets = Vec::with_capacity(subjects.len());
        for subject in subjects {
            let mut record = self.record(*subject);
            datasets.push(Dataset {
                iri: *subject,
                titles: record.labels(Predicate::DcTitle),
                version: record.one_text(Predicate::Version),
                country: record.one_text(Predicate::Spatial),
                notes: record.labels(Predicate::EditorialNote),
            });
            record.finish(self.problems);
        }
        datasets
    }

    /// Notes each group of bodies that are below each other, once, at its first member.
    fn cycles(&mut self, network: &Network) {
        let mut below = petgraph::Graph::<(), ()>::with_capacity(network.node_count(), network.node_count());
        for _ in network.node_indices() {
            below.add_node(());
        }
        for id in network.node_indices() {
            for parent in &network[id].parents {
                below.add_edge(id, *parent, ());
            }
        }
        for mut members in petgraph::algo::tarjan_scc(&below) {
            members.sort_unstable();
            let is_cycle = members.len() > 1 || network[members[0]].parents.contains(&members[0]);
            if let (true, Some(first)) = (is_cycle, network[members[0]].iri) {
                let mut record = self.record(first);
                let iris = members.iter().filter_map(|id| network[*id].iri);
                let members = iris.map(|iri| record.text(iri).to_owned()).collect();
                record.fault(Fault::Cycle { members });
                record.finish(self.problems);
            }
        }
    }

    /// Notes subjects that look like a record but have no class, for nothing reads them.
    fn untyped(&mut self, subjects: &[(Symbol, Predicate, &'static str)]) {
        for (subject, predicate, class) in subjects {
            let mut record = self.record(*subject);
            record.fault(Fault::Untyped { property: predicate.short(), class });
            record.finish(self.problems);
        }
    }

    /// Notes properties of our namespace that are neither in the vocabulary nor plain properties of a mechanism.
    fn unknown_properties(&mut self) {
        let plain = self.vocabulary.predicates.iter().flatten().map(|iri| slug(self.facts.texts.get(*iri)));
        let plain: Vec<&str> = plain.chain([slug(ov::OVERSEES), slug(ov::IN_REFERENCE_LIBRARY)]).collect();
        for (name, subject, place) in &self.facts.unknown {
            if plain.contains(&name.as_str()) {
                continue;
            }
            let known =
                ov::ALL.iter().map(|iri| slug(iri)).filter(|name| name.starts_with(char::is_lowercase));
            let nearest = nearest(name, known.chain(plain.iter().copied())).map(str::to_owned);
            self.problems.push(Problem {
                document: self.facts.document_at(*place).to_owned(),
                subject: self.facts.texts.get(*subject).to_owned(),
                fault: Fault::UnknownProperty { name: name.clone(), nearest },
            });
        }
    }
}

fn word<W: Copy>(
    record: &mut Record<'_>,
    value: Symbol,
    predicate: Predicate,
    all: &[W],
    of: fn(W) -> &'static str,
    outcome: Outcome,
) -> Option<W> {
    let slugs: Vec<&'static str> = all.iter().map(|w| of(*w)).collect();
    record.word(value, predicate, |text| all.iter().copied().find(|w| of(*w) == text), &slugs, outcome)
}

fn norm_word<W: Copy>(
    record: &mut Record<'_>,
    predicate: Predicate,
    all: &[W],
    of: fn(W) -> &'static str,
) -> Option<W> {
    let slugs: Vec<&'static str> = all.iter().map(|w| of(*w)).collect();
    record.norm_word(predicate, |text| all.iter().copied().find(|w| of(*w) == text), &slugs)
}

/// Reads the end of a link, or the holder of a power.
fn end(record: &mut Record<'_>, predicate: Predicate, by_iri: &ByIri) -> Option<InstitutionId> {
    let Some(value) = record.one_text(predicate) else {
        record.fault(Fault::Missing { property: predicate.short() });
        return None;
    };
    let found = by_iri.get(&value).copied();
    if found.is_none() {
        unknown_end(record, predicate, value, by_iri, Outcome::LeftOut);
    }
    found
}

fn unknown_end(
    record: &mut Record<'_>,
    predicate: Predicate,
    value: Symbol,
    by_iri: &ByIri,
    outcome: Outcome,
) {
    let value = record.text(value).to_owned();
    let nearest = if by_iri.len() > SMALL {
        None
    } else {
        let mut iris: Vec<&str> = by_iri.keys().map(|iri| record.text(*iri)).collect();
        iris.sort_unstable();
        nearest(&value, iris).map(str::to_owned)
    };
    record.fault(Fault::Unknown { property: predicate.short(), value, nearest, outcome });
}

/// Reads the provisions behind something, in natural order of act and number.
fn basis(record: &mut Record<'_>, predicate: Predicate, bases: &Bases) -> Vec<Basis> {
    let mut found: Vec<Basis> = Vec::new();
    for object in record.all(predicate) {
        // What is described nowhere still is a basis: its IRI is taken as the act.
        let undescribed = Basis { iri: object.text, act: Some(object.text), number: None };
        found.push(bases.get(&object.text).copied().unwrap_or(undescribed));
    }
    if found.len() > 1 {
        let text = |symbol: Option<Symbol>| symbol.map_or("", |s| record.text(s));
        found.sort_by(|a, b| {
            text(a.act).cmp(text(b.act)).then_with(|| natural(text(a.number), text(b.number)))
        });
    }
    found
}

/// Orders `art. 9` before `art. 10`: runs of digits compare as numbers.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        let (digits_a, digits_b) = (leading_digits(a), leading_digits(b));
        if !digits_a.is_empty() && !digits_b.is_empty() {
            let (x, y) = (digits_a.trim_start_matches('0'), digits_b.trim_start_matches('0'));
            match x.len().cmp(&y.len()).then_with(|| x.cmp(y)) {
                Ordering::Equal => (a, b) = (&a[digits_a.len()..], &b[digits_b.len()..]),
                other => return other,
            }
            continue;
        }
        match (a.chars().next(), b.chars().next()) {
            (Some(x), Some(y)) if x == y => (a, b) = (&a[x.len_utf8()..], &b[y.len_utf8()..]),
            (x, y) => return x.cmp(&y),
        }
    }
}

fn leading_digits(text: &str) -> &str {
    &text[..text.bytes().take_while(u8::is_ascii_digit).count()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_provisions_sort_as_a_lawyer_counts() {
        let mut numbers = ["art. 10", "art. 9(12)", "art. 9(2)", "art. 9", "art. 9-1", "§ 3"];
        numbers.sort_by(|a, b| natural(a, b));
        assert_eq!(numbers, ["art. 9", "art. 9(2)", "art. 9(12)", "art. 9-1", "art. 10", "§ 3"]);
    }
}
