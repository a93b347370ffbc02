//! Findings as JSON, in the form that `docs/finding.schema.json` fixes.

use super::Findings;
use crate::gaps::{Finding, Piece};
use crate::model::{Graph, World};
use crate::vocab::slug;
use serde::Serialize;
use std::io::{self, Write};

/// One finding.
#[derive(Debug, Serialize)]
pub struct FindingRecord<'a> {
    /// Id of the norm.
    pub norm: &'a str,
    /// Id of its document.
    pub document: Option<&'a str>,
    /// `must`, `should` or `may`.
    pub severity: &'static str,
    /// IRI of the body.
    pub institution: &'a str,
    /// `met`, `on-paper`, `partial`, `gap` or `unknown`.
    pub verdict: &'static str,
    /// The day.
    pub as_of: String,
    /// The links shown, by IRI.
    pub evidence: Vec<EvidenceRecord<'a>>,
    /// What is missing.
    pub missing: MissingRecord<'a>,
    /// IRIs of bodies that could fill the gap.
    pub candidates: Vec<&'a str>,
    /// The day of the survey that covers the norm for this body.
    pub surveyed_on: Option<String>,
    /// Whether a link shown is not verified.
    pub rests_on_unverified: bool,
}

/// One link as evidence.
#[derive(Debug, Serialize)]
pub struct EvidenceRecord<'a> {
    /// IRI of the link.
    pub link: &'a str,
    /// IRI of the overseer.
    pub overseer: &'a str,
    /// IRI of the body that the link is over: the body of the finding, or one above it.
    pub overseen: &'a str,
    /// Slug of the mechanism.
    pub mechanism: &'a str,
    /// IRI of the act.
    pub act: Option<&'a str>,
    /// Numbers of the provisions, joined by `; `.
    pub provision: Option<String>,
    /// Slug of the status.
    pub status: &'static str,
    /// Start, in the precision of the source.
    pub from: Option<String>,
    /// End, in the precision of the source.
    pub to: Option<String>,
    /// Whether the link is over a body above.
    pub inherited: bool,
    /// Whether the pages read say so.
    pub verified: bool,
    /// How hard it bites.
    pub effect: Option<&'static str>,
    /// What blunts it.
    pub limits: Vec<&'a str>,
    /// Whether it is too weak for the norm.
    pub weak: bool,
    /// Addresses of the pages read.
    pub source: Vec<&'a str>,
}

/// What is missing.
#[derive(Debug, Serialize)]
pub struct MissingRecord<'a> {
    /// Types or groups of overseers.
    pub overseer_types: Vec<&'a str>,
    /// Mechanisms.
    pub mechanisms: Vec<&'a str>,
    /// Number of overseers.
    pub overseers: u32,
    /// Number of pillars.
    pub pillars: u32,
}

impl<'g> FindingRecord<'g> {
    /// Returns the finding as it is written.
    pub fn new(world: &World<'g>, finding: &Finding<'g>) -> Self {
        let graph = world.graph();
        Self {
            norm: &finding.norm.id,
            document: finding.norm.document.map(|iri| slug(graph.text(iri))),
            severity: finding.norm.severity.slug(),
            institution: graph.iri(finding.institution),
            verdict: finding.verdict.slug(),
            as_of: world.day().to_string(),
            evidence: finding.evidence.iter().map(|piece| EvidenceRecord::new(graph, piece)).collect(),
            missing: MissingRecord::new(graph, finding),
            candidates: finding.candidates.iter().map(|id| graph.iri(*id)).collect(),
            surveyed_on: finding.surveyed.flatten().map(|day| day.to_string()),
            rests_on_unverified: finding.rests_on_unverified(graph),
        }
    }
}

impl<'g> EvidenceRecord<'g> {
    /// Returns the piece of evidence as it is written.
    pub fn new(graph: &'g Graph, piece: &Piece) -> Self {
        let (overseer, link, overseen) = graph.link(piece.link);
        Self {
            link: graph.text(link.iri),
            overseer: graph.iri(overseer),
            overseen: graph.iri(overseen),
            mechanism: graph.vocabulary.mechanisms.slug(link.mechanism),
            act: link.basis.iter().find_map(|basis| basis.act).map(|act| graph.text(act)),
            provision: graph.provisions(link),
            status: link.status.slug(),
            from: link.interval.start.map(|date| date.to_string()),
            to: link.interval.end.map(|date| date.to_string()),
            inherited: piece.inherited,
            verified: link.verified,
            effect: link.effect.map(crate::model::Effect::slug),
            limits: link.limits.iter().map(|limit| graph.vocabulary.limits.slug(limit)).collect(),
            weak: piece.weak,
            source: link.sources.iter().map(|source| graph.text(*source)).collect(),
        }
    }
}

impl<'g> MissingRecord<'g> {
    fn new(graph: &'g Graph, finding: &Finding<'g>) -> Self {
        let vocabulary = &graph.vocabulary;
        let missing = &finding.missing;
        Self {
            overseer_types: missing.overseer_types.iter().map(|id| vocabulary.types.slug(*id)).collect(),
            mechanisms: missing.mechanisms.iter().map(|id| vocabulary.mechanisms.slug(id)).collect(),
            overseers: missing.overseers,
            pillars: missing.pillars,
        }
    }
}

/// Writes the findings as a JSON array, one finding a line.
///
/// # Errors
/// If `out` takes no more.
pub fn findings_json(view: &Findings<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"[")?;
    for (at, finding) in view.findings.iter().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &FindingRecord::new(view.world, finding))?;
    }
    out.write_all(b"\n]\n")
}

/// Writes the findings as JSON Lines.
///
/// # Errors
/// If `out` takes no more.
pub fn findings_jsonl(view: &Findings<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in view.findings {
        serde_json::to_writer(&mut *out, &FindingRecord::new(view.world, finding))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
