//! Builds the graph from a stream of triples in one pass, whatever their order.
//!
//! Triples whose property is known are kept in compact form as they come; when the stream ends they are grouped
//! by subject and read class by class, schemes first. Reading is over then: nothing is looked up in a store.

mod about;
mod classes;
mod institutions;
mod law;
mod norms;
mod schemes;

use super::Graph;
use super::facts::{Batch, Facts, Grouped, Packer, Predicate};
use super::problem::{Fault, NormFault, Outcome, Problem, nearest};
use super::records::Record;
use super::text::Symbol;
use super::vocabulary::Vocabulary;
use crate::rdf::Quad;
use crate::vocab::{ov, slug};
use classes::Classes;
use schemes::Schemes;

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
    pub(in crate::model) fn add_batch(&mut self, batch: &Batch) {
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
        reader.unknown_properties(&classes);
        reader.untyped(&classes.untyped);
        reader.unknown_classes(&classes.unknown);
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

/// How many triples travel together: few enough to stay in the cache, many enough to pay for the way.
pub(in crate::model) const BATCH: usize = 512;

/// Reads records of what has been grouped.
struct Reader<'a> {
    facts: &'a Grouped,
    vocabulary: &'a Vocabulary,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Reader<'a> {
    fn record(&self, subject: Symbol) -> Record<'a> {
        Record::new(self.facts, subject)
    }

    /// Reads each subject as a record, and notes what is wrong with it.
    fn each<T>(&mut self, subjects: &[Symbol], read: impl Fn(&mut Record<'a>) -> T) -> Vec<T> {
        let mut all = Vec::with_capacity(subjects.len());
        for subject in subjects {
            let mut record = self.record(*subject);
            all.push(read(&mut record));
            record.finish(self.problems);
        }
        all
    }

    /// Notes subjects that look like a record but have no class, for nothing reads them.
    fn untyped(&mut self, subjects: &[(Symbol, Predicate, &'static str)]) {
        for (subject, predicate, class) in subjects {
            let mut record = self.record(*subject);
            record.fault(Fault::Untyped { property: predicate.short(), class });
            record.finish(self.problems);
        }
    }

    /// Notes classes of our namespace that the vocabulary does not have: what is of one is not read.
    fn unknown_classes(&mut self, subjects: &[(Symbol, Symbol)]) {
        for (subject, class) in subjects {
            let mut record = self.record(*subject);
            let classes =
                ov::ALL.iter().map(|iri| slug(iri)).filter(|name| name.starts_with(char::is_uppercase));
            let name = slug(record.text(*class)).to_owned();
            record.fault(Fault::Unknown {
                property: "rdf:type",
                nearest: nearest(&name, classes).map(|name| format!("ov:{name}")),
                value: format!("ov:{name}"),
                outcome: Outcome::LeftOut,
            });
            record.finish(self.problems);
        }
    }

    /// Notes properties of our namespace that are neither in the vocabulary nor plain properties of a mechanism. On a norm
    /// one is an error: misspelt, it would be a test less.
    fn unknown_properties(&mut self, classes: &Classes) {
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
                fault: if classes.norms.contains(subject) {
                    Fault::Norm(NormFault::Property { name: name.clone(), nearest })
                } else {
                    Fault::UnknownProperty { name: name.clone(), nearest }
                },
            });
        }
    }
}
