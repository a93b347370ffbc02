//! Norms evaluated by the engine of an endpoint, beside the data: who does not meet them there, evidence here.
//!
//! Each norm goes out as the SPARQL of [`crate::gaps::sparql`] and comes back as the bodies that do not meet it. Then the
//! links that bear on the bodies asked for are fetched, and [`crate::gaps::evaluate`] finds their evidence and tells in
//! which way a norm is not met: a finding is given only where both agree whether it is.
//!
//! The engine is not asked for the five verdicts at once: some engines refuse so long a query (Virtuoso 7.2).
//!
//! # Invariants
//! * Findings are those of the evaluator on all data, to the last link and candidate (tests compare the JSON).
//! * Of links, only those are fetched that a finding asked for may hang on: over these bodies and those above them, by
//!   these bodies, over their overseers where they select, all that are proposed, and all of bodies that seem to stand in
//!   proposed ones alone.

mod near;

use crate::gaps::sparql::{Form, query};
use crate::gaps::{Finding, Verdict, World, evaluate};
use crate::http::Site;
use crate::model::{Builder, Day, Graph, Norm, Trust, fetch};
use crate::rdf::{Construct, Document, Quad, RdfError, Source, answer, documents, read};
use crate::store::{Remote, StoreError};
use std::collections::{BTreeMap, BTreeSet};

/// What can go wrong on the way.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PushdownError {
    /// The endpoint does not answer as it should.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Triples cannot be read.
    #[error(transparent)]
    Read(#[from] RdfError),
    /// A link or body without a name that another query could use.
    #[error("the endpoint holds links or bodies without an IRI")]
    Nameless,
    /// The two evaluations do not agree.
    #[error("{norm} and <{institution}>: the engine of the endpoint says {there}, the evaluator here {here}")]
    Disagree {
        /// Id of the norm.
        norm: String,
        /// The body.
        institution: String,
        /// What the engine says.
        there: &'static str,
        /// What the evaluator says; `out of scope` where it has no finding.
        here: &'static str,
    },
}

/// Norms and bodies that do not meet them: id and IRI.
pub type NotMet = BTreeSet<(String, String)>;

/// An endpoint, and what is known here beside it.
pub struct Pushdown {
    site: Site,
    remote: Remote,
    known: Vec<Document>,
    frame: Vec<Quad>,
}

impl Pushdown {
    /// Fetches all of the endpoint but links: bodies, surveys, norms, concepts.
    ///
    /// # Arguments
    /// * `known`: the ontology and norms that are there whatever the endpoint holds.
    ///
    /// # Errors
    /// [`PushdownError::Read`].
    pub fn new(site: Site, known: Vec<Document>, day: Day) -> Result<Self, PushdownError> {
        let remote = Remote::new(site.clone(), known.clone(), day, Vec::new());
        let mut frame = Vec::new();
        for document in documents(&[Source::Endpoint(site.clone(), fetch::frame())])? {
            read(&document, |quad| frame.push(quad))?;
        }
        Ok(Self { site, remote, known, frame })
    }

    /// Returns the graph without links.
    ///
    /// # Errors
    /// [`PushdownError::Read`].
    pub fn frame(&self) -> Result<Graph, PushdownError> {
        self.graph(&[])
    }

    fn graph(&self, more: &[Quad]) -> Result<Graph, PushdownError> {
        let mut builder = Builder::new();
        for document in &self.known {
            builder.begin(&document.name);
            read(document, |quad| builder.add(&quad))?;
        }
        builder.begin(&self.site.address().to_string());
        self.frame.iter().chain(more).for_each(|quad| builder.add(quad));
        Ok(builder.finish())
    }

    /// Has the engine tell who does not meet each norm.
    ///
    /// # Errors
    /// [`PushdownError::Store`], [`PushdownError::Nameless`].
    pub fn not_met(
        &self,
        graph: &Graph,
        norms: &[&Norm],
        day: Day,
        trust: Trust,
    ) -> Result<NotMet, PushdownError> {
        let mut not_met = NotMet::new();
        for norm in norms {
            for row in self.remote.select(&query(graph, norm, day, trust, Form::NotMet))? {
                let institution = row.into_iter().next().filter(|name| !name.starts_with("_:"));
                not_met.insert((norm.id.clone(), institution.ok_or(PushdownError::Nameless)?));
            }
        }
        Ok(not_met)
    }

    /// Returns a graph with the links that findings of `bodies` may hang on.
    ///
    /// # Arguments
    /// * `frame`: the graph without links.
    /// * `bodies`: IRIs.
    ///
    /// # Errors
    /// [`PushdownError::Read`], [`PushdownError::Nameless`].
    pub fn around(
        &self,
        frame: &Graph,
        bodies: &BTreeSet<String>,
        trust: Trust,
    ) -> Result<Graph, PushdownError> {
        let ask = |construct: &Construct| self.triples(construct);
        // About as much would be fetched, in more steps.
        if bodies.len() * 2 > frame.network.node_count() {
            return self.graph(&self.triples(&fetch::links())?);
        }
        let links = near::links(frame, bodies, trust, &ask)?;
        self.graph(&links)
    }

    /// Asks for triples, of which there may be none.
    fn triples(&self, construct: &Construct) -> Result<Vec<Quad>, PushdownError> {
        let mut quads = Vec::new();
        for document in documents(&[Source::Endpoint(self.site.clone(), construct.clone())])? {
            answer(&document, &self.site, construct, |quad| quads.push(quad))?;
        }
        Ok(quads)
    }
}

/// Evaluates the norms for `bodies` in a world from [`Pushdown::around`], and holds them against what the engine says.
///
/// # Returns
/// The findings of these bodies, as [`evaluate`] orders them.
///
/// # Errors
/// [`PushdownError::Disagree`] for the first pair on which the two do not agree.
pub fn findings<'g>(
    world: &World<'g>,
    norms: &[&'g Norm],
    bodies: &BTreeSet<String>,
    not_met: &NotMet,
) -> Result<Vec<Finding<'g>>, PushdownError> {
    let graph = world.graph();
    let mut findings = evaluate(world, norms);
    findings.retain(|finding| bodies.contains(graph.iri(finding.institution)));
    let pair = |f: &Finding<'_>| (f.norm.id.clone(), graph.iri(f.institution).to_owned());
    let mut here: BTreeMap<(String, String), Option<Verdict>> =
        findings.iter().map(|finding| (pair(finding), Some(finding.verdict))).collect();
    for pair in not_met.iter().filter(|(_, body)| bodies.contains(body)) {
        here.entry(pair.clone()).or_insert(None);
    }
    for (pair, verdict) in here {
        let is_there = not_met.contains(&pair);
        if is_there == verdict.is_some_and(|verdict| verdict != Verdict::Met) {
            continue;
        }
        let (norm, institution) = pair;
        let there = if is_there { "not met" } else { "met" };
        let here = verdict.map_or("out of scope", Verdict::slug);
        return Err(PushdownError::Disagree { norm, institution, there, here });
    }
    Ok(findings)
}
