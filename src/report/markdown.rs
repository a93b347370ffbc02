//! Findings as Markdown and as CSV.

use super::Findings;
use super::findings::asks_for;
use super::record::FindingRecord;
use super::words::{basis, lack};
use crate::gaps::Verdict;
use crate::wording::phrases;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Returns the counts and what is not met, as Markdown tables.
pub fn findings_markdown(view: &Findings<'_, '_>, title: &str) -> String {
    let (graph, w) = (view.graph(), view.wording());
    let mut text = format!("# {}\n\n| {} |", cell(title), w.say(phrases::FINDINGS));
    for verdict in Verdict::ALL.iter().rev() {
        let _ = write!(text, " {} |", w.verdict(*verdict));
    }
    let _ = write!(text, " {} |\n|---|", w.say(phrases::ALL));
    text.push_str(&"--:|".repeat(Verdict::ALL.len() + 1));
    let mut row = |name: &str, counts: &crate::gaps::Counts| {
        let _ = write!(text, "\n| {name} |");
        for verdict in Verdict::ALL.iter().rev() {
            let _ = write!(text, " {} |", counts.of(*verdict));
        }
        let _ = write!(text, " {} |", counts.total());
    };
    for (severity, counts) in &view.summary.by_severity {
        row(&w.severity(*severity), counts);
    }
    for (pillar, counts) in &view.summary.by_pillar {
        row(&asks_for(view, *pillar), counts);
    }
    row(w.say(phrases::ALL), &view.summary.all);
    text.push_str("\n\n|");
    for name in [
        phrases::BODY,
        phrases::NORM,
        phrases::SEVERITY,
        phrases::VERDICT,
        phrases::WHAT_IS_MISSING,
        phrases::EVIDENCE,
        phrases::CANDIDATES,
    ] {
        let _ = write!(text, " {} |", w.say(name));
    }
    text.push_str("\n|---|---|---|---|---|---|---|\n");
    for finding in view.findings.iter().filter(|finding| finding.verdict != Verdict::Met) {
        let evidence: Vec<String> = finding
            .evidence
            .iter()
            .map(|piece| {
                let (overseer, link, _) = graph.link(piece.link);
                format!(
                    "{}: {}, {}{}",
                    w.name(overseer),
                    w.mechanism(link),
                    basis(graph, link, w),
                    if piece.weak { w.say(phrases::WEAK_MARK) } else { "" }
                )
            })
            .collect();
        let candidates: Vec<&str> = finding.candidates.iter().map(|id| w.name(*id)).collect();
        let _ = writeln!(
            text,
            "| {} | {} {} | {} | {} | {} | {} | {} |",
            cell(w.name(finding.institution)),
            cell(&finding.norm.id),
            cell(w.pick(&finding.norm.titles)),
            w.severity(finding.norm.severity),
            w.verdict(finding.verdict),
            cell(&lack(graph, finding, w)),
            cell(&evidence.join("; ")),
            cell(&candidates.join("; ")),
        );
    }
    text
}

/// Makes a text safe inside a Markdown table: no cell, line or tag ends in it.
pub(super) fn cell(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' => {
                safe.push('\\');
                safe.push(character);
            }
            '<' => safe.push_str("&lt;"),
            '&' => safe.push_str("&amp;"),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

/// Writes one row a finding; lists inside a cell are joined by `;`.
///
/// # Errors
/// If `out` takes no more.
pub fn findings_csv(view: &Findings<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record([
        "norm",
        "document",
        "severity",
        "institution",
        "verdict",
        "as_of",
        "evidence",
        "missing_overseer_types",
        "missing_mechanisms",
        "missing_overseers",
        "missing_pillars",
        "candidates",
        "surveyed_on",
        "rests_on_unverified",
    ])?;
    for finding in view.findings {
        let record = FindingRecord::new(view.world, finding);
        let evidence: Vec<&str> = record.evidence.iter().map(|e| e.link).collect();
        writer.write_record([
            record.norm,
            record.document.unwrap_or_default(),
            record.severity,
            record.institution,
            record.verdict,
            &record.as_of,
            &evidence.join(";"),
            &record.missing.overseer_types.join(";"),
            &record.missing.mechanisms.join(";"),
            &record.missing.overseers.to_string(),
            &record.missing.pillars.to_string(),
            &record.candidates.join(";"),
            record.surveyed_on.as_deref().unwrap_or_default(),
            if record.rests_on_unverified { "true" } else { "false" },
        ])?;
    }
    writer.flush()
}
