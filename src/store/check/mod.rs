//! Checks of the data: shapes, rules, and what the reader could not read, as one sorted list of issues.
//!
//! *Shapes* say what a sound record looks like (SHACL core, `ontology/shapes.ttl`), *rules* say what shapes cannot
//! (SPARQL, `queries/checks/<id>.rq`), the *reader* is [`crate::model::Builder`]. Each fault has a rule with an id, a
//! level and what to do; a [`Profile`] chooses rules and sets levels, as that of ROBOT's `report` does.
//!
//! # Invariants
//! * Same documents, shapes and profile: same issues, same order. Nothing here looks at the day.
//! * One fault of one value of one subject is one issue, however many constraints it breaks; what a shape tells
//!   of a property at level error, the reader does not tell again.

mod profile;
mod reader;
mod rules;
mod shapes;

pub use profile::{Profile, ProfileError};

use super::{Loading, Store, StoreError};
use crate::model::{Day, Tagged};
use crate::rdf::{Document, NamedNode, NamedOrBlankNode, Quad, RdfError, Source, documents, locate};
use crate::vocab::{schema, schema_http};
use rules::Query;
use shapes::Shapes;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

/// How bad an issue is; the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The record cannot be used as it stands.
    Error,
    /// It can be used, but less can be concluded from it.
    Warn,
    /// Worth knowing.
    Info,
}

impl Level {
    /// All levels, the worst first.
    pub const ALL: &'static [Self] = &[Self::Error, Self::Warn, Self::Info];

    /// Returns the word for it, in lower case.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
        }
    }

    /// Returns the level of a word, in either case.
    ///
    /// ```
    /// use oversight::store::check::Level;
    /// assert_eq!(Level::of("WARN"), Some(Level::Warn));
    /// assert_eq!(Level::of("fatal"), None);
    /// ```
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|level| level.slug().eq_ignore_ascii_case(word))
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

/// One kind of fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its id, which names the fault.
    pub id: String,
    /// Its level, where no profile sets another.
    pub level: Level,
    /// The fault in a few words.
    pub title: Tagged,
    /// What is wrong, and what to do.
    pub description: Tagged,
}

/// One fault found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Issue {
    /// How bad.
    pub level: Level,
    /// Id of the [`Rule`].
    pub rule: String,
    /// IRI of the subject, or a blank node as `_:name`.
    pub subject: String,
    /// The value that is at fault: an IRI or the text of a literal; empty where none is.
    pub value: String,
    /// What is wrong with this one.
    pub message: Tagged,
    /// The document in which the subject first stands.
    pub document: String,
    /// The line, from 1, on which it stands there, where the syntax lets it be found.
    pub line: Option<u64>,
}

/// Why a check could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CheckError {
    /// The data cannot be read, stored or queried.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A shape that cannot be read.
    #[error("the shapes of `{document}` cannot be used: {problem}")]
    Shapes {
        /// The document that the shapes are from.
        document: String,
        /// What is wrong with them.
        problem: String,
    },
    /// A rule without a head, or with other columns than it must have.
    #[error("the rule `{path}` {problem}")]
    Rule {
        /// The file of the rule.
        path: String,
        /// What is wrong with it.
        problem: String,
    },
}

impl From<RdfError> for CheckError {
    fn from(error: RdfError) -> Self {
        Self::Store(error.into())
    }
}

/// Where the shapes stand that are shipped.
const SHAPES: &str = "ontology/shapes.ttl";

/// All shapes and rules, ready to run.
#[derive(Debug)]
pub struct Checks {
    shapes: Shapes,
    queries: Vec<Query>,
    rules: Vec<Rule>,
}

impl Checks {
    /// Reads the shipped shapes and rules, and shapes of the user's own.
    ///
    /// # Errors
    /// [`CheckError::Shapes`] for a document that holds no shape or a malformed one, [`CheckError::Store`] for one
    /// that cannot be read.
    pub fn new(own: &[Document]) -> Result<Self, CheckError> {
        let shipped = documents(&[Source::Shipped(SHAPES.to_owned())])?;
        let shapes = Shapes::read(&shipped, own)?;
        let queries = rules::shipped()?;
        let mut rules = shapes.rules();
        rules.extend(queries.iter().map(|query| query.rule.clone()));
        rules.extend(reader::rules());
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        rules.dedup_by(|a, b| a.id == b.id);
        Ok(Self { shapes, queries, rules })
    }

    /// Returns all rules, by id.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Returns the profile of all rules at their own levels.
    pub fn profile(&self) -> Profile {
        Profile::of(self.rules.iter().map(|rule| (rule.id.clone(), rule.level)))
    }

    /// Checks `documents`, the ontology among them, by the rules of `profile`.
    ///
    /// # Returns
    /// The issues, by level, rule, subject and value.
    ///
    /// # Errors
    /// [`CheckError::Store`] where a document cannot be read.
    pub fn run(&self, documents: &[Document], profile: &Profile) -> Result<Vec<Issue>, CheckError> {
        let loading = Loading::read(documents)?;
        let mut faults = self.shapes.validate(&loading.quads)?;
        faults.retain(|fault| profile.level(&fault.rule).is_some());
        let told = Told::of(&faults, profile);
        faults.extend(reader::faults(&loading.graph.problems).filter(|fault| !told.has(fault)));
        let places = Places::of(&loading, documents);
        let modern = modern_dates(&loading.quads);
        // Rules take no parameters, so none can ask for the day.
        let day = Day::new(1, 1, 1).expect("a day of the calendar");
        let store = Store::of(loading, day, modern)?;
        for query in &self.queries {
            if profile.level(&query.rule.id).is_some() {
                faults.extend(query.run(&store)?);
            }
        }
        let mut issues: Vec<Issue> = faults
            .into_iter()
            .filter_map(|fault| Some((profile.level(&fault.rule)?, fault)))
            .map(|(level, fault)| Issue {
                level,
                document: fault.document.unwrap_or_else(|| places.document(&fault.subject).to_owned()),
                rule: fault.rule,
                subject: fault.subject,
                value: fault.value,
                message: fault.message,
                line: None,
            })
            .collect();
        issues.sort();
        issues.dedup_by(|a, b| {
            (&a.rule, &a.subject, &a.value, &a.message) == (&b.rule, &b.subject, &b.value, &b.message)
        });
        add_lines(&mut issues, documents)?;
        Ok(issues)
    }
}

/// A fault on its way to an [`Issue`].
#[derive(Clone, Debug)]
struct Fault {
    rule: String,
    subject: String,
    value: String,
    message: Tagged,
    /// Short names of the properties that it is about.
    properties: Vec<String>,
    /// The document, where the finder knows it.
    document: Option<String>,
}

/// Returns the dates that stand in the http form of schema.org in the https form, which alone the rules look at.
fn modern_dates(quads: &[Quad]) -> Vec<Quad> {
    let old = quads.iter().filter_map(|quad| {
        let name = quad.predicate.as_str().strip_prefix(schema_http::NS)?;
        let predicate = NamedNode::new(format!("{}{name}", schema::NS)).ok()?;
        Some(Quad { predicate, ..quad.clone() })
    });
    old.collect()
}

/// What shapes tell at level error: subject and property.
struct Told(BTreeSet<(String, String)>);

impl Told {
    fn of(faults: &[Fault], profile: &Profile) -> Self {
        let told = faults.iter().filter(|fault| profile.level(&fault.rule) == Some(Level::Error));
        Self(told.flat_map(|f| f.properties.iter().map(|p| (f.subject.clone(), p.clone()))).collect())
    }

    fn has(&self, fault: &Fault) -> bool {
        fault.properties.iter().any(|p| self.0.contains(&(fault.subject.clone(), p.clone())))
    }
}

/// In which document each subject first stands.
struct Places<'d> {
    first: HashMap<String, usize>,
    documents: &'d [Document],
}

impl<'d> Places<'d> {
    fn of(loading: &Loading, documents: &'d [Document]) -> Self {
        let mut first = HashMap::new();
        for (at, start) in loading.starts.iter().enumerate() {
            let end = loading.starts.get(at + 1).copied().unwrap_or(loading.quads.len());
            let mut last = None;
            for quad in &loading.quads[*start..end] {
                if last != Some(&quad.subject) {
                    first.entry(subject(quad)).or_insert(at);
                    last = Some(&quad.subject);
                }
            }
        }
        Self { first, documents }
    }

    fn document(&self, subject: &str) -> &'d str {
        self.first.get(subject).map_or("", |at| &self.documents[*at].name)
    }
}

fn subject(quad: &Quad) -> String {
    match &quad.subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(node) => node.to_string(),
    }
}

fn add_lines(issues: &mut [Issue], documents: &[Document]) -> Result<(), CheckError> {
    let mut wanted: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for issue in issues.iter() {
        wanted.entry(&issue.document).or_default().insert(&issue.subject);
    }
    let mut lines = HashMap::new();
    for document in documents {
        if let Some(subjects) = wanted.get(document.name.as_str()) {
            for (subject, line) in locate(document, subjects)? {
                lines.entry((document.name.clone(), subject)).or_insert(line);
            }
        }
    }
    for issue in issues {
        issue.line = lines.get(&(issue.document.clone(), issue.subject.clone())).copied();
    }
    Ok(())
}
