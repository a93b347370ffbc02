//! Findings for the terminal: the counts, then what is not met, body by body, the worst first.

use super::Findings;
use super::table::{Align, printable, table};
use super::words::{Palette, basis, caveats, join, lack, mechanism, period};
use crate::gaps::{Counts, Finding, Selection, Verdict};
use crate::model::{InstitutionId, Severity};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How many candidates and how many links a finding shows; JSON has all.
const SHOWN: usize = 4;

/// Returns the text.
pub fn findings_text(view: &Findings<'_, '_>, title: &str, palette: Palette, width: Option<u16>) -> String {
    let mut text = format!("{}\n\n", palette.bold(&printable(title)));
    text.push_str(&counts(view, width));
    for (body, findings) in worst_first(view) {
        let _ = write!(text, "\n{}", heading(view, body, &findings, palette));
        for finding in findings {
            text.push_str(&entry(view, finding, palette));
        }
    }
    text
}

fn counts(view: &Findings<'_, '_>, width: Option<u16>) -> String {
    let mut header = vec![("", Align::Left)];
    header.extend(Verdict::ALL.iter().rev().map(|verdict| (verdict.slug(), Align::Right)));
    header.push(("all", Align::Right));
    let row = |name: String, counts: &Counts| {
        let cells = Verdict::ALL.iter().rev().map(|verdict| counts.of(*verdict).to_string());
        std::iter::once(name).chain(cells).chain([counts.total().to_string()]).collect::<Vec<_>>()
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (severity, counts) in &view.summary.by_severity {
        rows.push(row(severity.slug().to_owned(), counts));
    }
    for (pillar, counts) in &view.summary.by_pillar {
        let name = pillar.map_or("asks for any overseer".to_owned(), |p| format!("asks for {p}"));
        rows.push(row(name, counts));
    }
    rows.push(row("all findings".to_owned(), &view.summary.all));
    table(&header, &rows, width)
}

/// Groups what is not met by body: most gaps of the gravest severity first.
fn worst_first<'a, 'g>(view: &Findings<'a, 'g>) -> Vec<(InstitutionId, Vec<&'a Finding<'g>>)> {
    let mut bodies: BTreeMap<InstitutionId, Vec<&Finding<'_>>> = BTreeMap::new();
    for finding in view.findings.iter().filter(|finding| finding.verdict != Verdict::Met) {
        bodies.entry(finding.institution).or_default().push(finding);
    }
    let mut bodies: Vec<_> = bodies.into_iter().collect();
    for (_, findings) in &mut bodies {
        findings.sort_by_key(|finding| (finding.verdict, finding.norm.severity));
    }
    let number = |findings: &[&Finding<'_>], verdict, severity: Option<Severity>| {
        let counts =
            |f: &&&Finding<'_>| f.verdict == verdict && severity.is_none_or(|s| f.norm.severity == s);
        std::cmp::Reverse(findings.iter().filter(counts).count())
    };
    bodies.sort_by_key(|(body, findings)| {
        (
            number(findings, Verdict::Gap, Some(Severity::Must)),
            number(findings, Verdict::Gap, None),
            number(findings, Verdict::Partial, None),
            number(findings, Verdict::OnPaper, None),
            *body,
        )
    });
    bodies
}

fn heading(
    view: &Findings<'_, '_>,
    body: InstitutionId,
    findings: &[&Finding<'_>],
    palette: Palette,
) -> String {
    let graph = view.graph();
    let counted: Vec<String> = Verdict::ALL
        .iter()
        .map(|verdict| (findings.iter().filter(|f| f.verdict == *verdict).count(), verdict))
        .filter(|(number, _)| *number > 0)
        .map(|(number, verdict)| format!("{number} {verdict}"))
        .collect();
    let name = printable(graph.name(body, view.language));
    let id = palette.dim(&format!("({})", graph.short(graph.iri(body))));
    format!("{} {id}: {}\n", palette.bold(&name), counted.join(", "))
}

fn entry(view: &Findings<'_, '_>, finding: &Finding<'_>, palette: Palette) -> String {
    let graph = view.graph();
    let norm = finding.norm;
    let title = norm.titles.pick(&graph.texts, view.language).map_or("", |title| graph.text(title));
    let document = norm.document.map_or("", |iri| crate::vocab::slug(graph.text(iri)));
    let locator = norm.locator.map_or(String::new(), |locator| format!(", {}", graph.text(locator)));
    let mut text = format!(
        "  {} {:<6} {}  {}  {}\n",
        palette.verdict(finding.verdict, &format!("{:<8}", finding.verdict.slug())),
        norm.severity.slug(),
        norm.id,
        printable(title),
        palette.dim(&printable(&format!("[{document}{locator}]"))),
    );
    let lead = if norm.polarity == crate::model::Polarity::Forbid { "breach" } else { "missing" };
    let _ = writeln!(text, "           {lead}: {}", lack(graph, finding));
    if !finding.candidates.is_empty() {
        let shown: Vec<&str> =
            finding.candidates.iter().take(SHOWN).map(|id| graph.short(graph.iri(*id))).collect();
        let more = more(finding.candidates.len());
        let _ = writeln!(text, "           could step in: {}{more}", shown.join(", "));
    }
    for piece in finding.evidence.iter().take(SHOWN) {
        let (overseer, link, overseen) = graph.link(piece.link);
        let mut caveats = caveats(graph, link, piece.standing, piece.weak.then_some(norm));
        if piece.inherited {
            caveats.push(format!("over {}", graph.short(graph.iri(overseen))));
        }
        if piece.selection == Selection::NotOnRecord {
            caveats.push("selection not on record".to_owned());
        }
        let caveats = if caveats.is_empty() { String::new() } else { format!(" ({})", caveats.join("; ")) };
        let _ = writeln!(
            text,
            "           there is: {} by {}, {}, {}{}",
            mechanism(graph, link, view.language),
            printable(graph.name(overseer, view.language)),
            printable(&basis(graph, link)),
            period(link),
            caveats
        );
    }
    if finding.evidence.len() > SHOWN {
        let _ = writeln!(text, "           there is:{}", more(finding.evidence.len()));
    }
    if finding.verdict == Verdict::Unknown {
        let mechanisms: Vec<&str> =
            norm.evidence.mechanisms.iter().map(|id| graph.vocabulary.mechanisms.slug(id)).collect();
        let what =
            if mechanisms.is_empty() { "every mechanism".to_owned() } else { join(&mechanisms, "and") };
        let _ = writeln!(text, "           unknown: no survey says that the record of {what} is complete");
    }
    text
}

/// Says how many are left beyond [`SHOWN`].
fn more(number: usize) -> String {
    match number.checked_sub(SHOWN) {
        None | Some(0) => String::new(),
        Some(left) => format!(" and {left} more"),
    }
}
