//! Findings as SARIF 2.1.0, which code forges show beside a change.

use super::Findings;
use super::words::lack;
use crate::gaps::{Finding, Verdict};
use crate::model::{Labels, Norm, Polarity, Severity};
use crate::wording::phrases;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Where an institution is described: a path relative to the working folder, or a URI, and a line from 1.
pub type Places = BTreeMap<String, (String, u64)>;

/// Returns one run: a rule a norm, a result a finding. What is not met is of kind `fail` at the level of the norm's
/// severity, unknown is `open`, met is `pass`.
///
/// # Arguments
/// * `places`: by IRI of the institution, where a forge is to show a result; one that is not there has its name alone.
///
/// # Source
/// OASIS SARIF 2.1.0, sections 3.27 (result) and 3.49 (reportingDescriptor).
pub fn findings_sarif(view: &Findings<'_, '_>, places: &Places) -> Value {
    let graph = view.graph();
    let mut norms: Vec<&Norm> = view.findings.iter().map(|finding| finding.norm).collect();
    norms.sort_by(|a, b| a.id.cmp(&b.id));
    norms.dedup_by(|a, b| a.id == b.id);
    let text = |labels: &Labels| view.wording().pick(labels);
    let rules: Vec<Value> = norms
        .iter()
        .map(|norm| {
            let page = norm.document.and_then(|iri| graph.document(iri)).and_then(|document| document.page);
            let mut rule = json!({
                "id": norm.id,
                "shortDescription": { "text": text(&norm.titles) },
                "fullDescription": { "text": text(&norm.duty) },
                "defaultConfiguration": { "level": level(norm.severity) },
                "properties": {
                    "document": norm.document.map(|iri| crate::vocab::slug(graph.text(iri))),
                    "locator": norm.locator.map(|locator| graph.text(locator)),
                },
            });
            if let Some(page) = page {
                rule["helpUri"] = json!(graph.text(page));
            }
            rule
        })
        .collect();
    let results: Vec<Value> =
        view.findings.iter().map(|finding| result(view, finding, &norms, places)).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "properties": { "as_of": view.world.day().to_string() },
            "results": results,
        }],
    })
}

fn result(view: &Findings<'_, '_>, finding: &Finding<'_>, norms: &[&Norm], places: &Places) -> Value {
    let graph = view.graph();
    let norm = finding.norm;
    let iri = graph.iri(finding.institution);
    let (kind, level) = match finding.verdict {
        Verdict::Met => ("pass", "none"),
        Verdict::Unknown => ("open", "none"),
        Verdict::Gap | Verdict::Partial | Verdict::OnPaper => ("fail", level(norm.severity)),
    };
    let mut location = json!({
        "logicalLocations": [{
            "name": view.wording().name(finding.institution),
            "fullyQualifiedName": graph.short(iri),
        }],
    });
    if let Some((file, line)) = places.get(iri) {
        location["physicalLocation"] =
            json!({ "artifactLocation": { "uri": file }, "region": { "startLine": line } });
    }
    json!({
        "ruleId": norm.id,
        "ruleIndex": norms.binary_search_by(|other| other.id.cmp(&norm.id)).unwrap_or_default(),
        "kind": kind,
        "level": level,
        "message": { "text": sentence(view, finding) },
        "locations": [location],
        "partialFingerprints": { "normAndInstitution/v1": format!("{} {}", norm.id, graph.short(iri)) },
        "properties": { "verdict": finding.verdict.slug(), "institution": iri },
    })
}

/// Says in a sentence what a finding comes to.
pub(super) fn sentence(view: &Findings<'_, '_>, finding: &Finding<'_>) -> String {
    let w = view.wording();
    let norm = finding.norm;
    let lack = || lack(view.graph(), finding, w);
    let why = match finding.verdict {
        Verdict::Met => String::new(),
        Verdict::Unknown => format!("; {}", w.say(phrases::NO_SURVEY)),
        _ if norm.polarity == Polarity::Forbid => format!("; {}", lack()),
        _ => format!("; {}", w.fill(phrases::MISSING, &[&lack()])),
    };
    let (name, title, verdict) =
        (w.name(finding.institution), w.pick(&norm.titles), w.verdict(finding.verdict));
    w.fill(phrases::FINDING_IS, &[&name, &norm.id, &title, &verdict, &view.world.day()]) + &why
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Must => "error",
        Severity::Should => "warning",
        Severity::May => "note",
    }
}
