//! Findings for the terminal: the counts, then what is not met, body by body, the worst first.

use super::Findings;
use super::table::{Align, printable, table};
use super::words::{Palette, basis, caveats, period, told_lack, verdict_and_severity};
use crate::gaps::{Counts, Finding, Selection, Verdict};
use crate::model::{InstitutionId, Pillar, Severity};
use crate::wording::phrases;
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
    let w = view.wording();
    let mut header = vec![("", Align::Left)];
    header.extend(Verdict::ALL.iter().rev().map(|verdict| (w.verdict(*verdict), Align::Right)));
    header.push((w.say(phrases::ALL), Align::Right));
    let row = |name: String, counts: &Counts| {
        let cells = Verdict::ALL.iter().rev().map(|verdict| counts.of(*verdict).to_string());
        std::iter::once(name).chain(cells).chain([counts.total().to_string()]).collect::<Vec<_>>()
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (severity, counts) in &view.summary.by_severity {
        rows.push(row(w.severity(*severity), counts));
    }
    for (pillar, counts) in &view.summary.by_pillar {
        rows.push(row(asks_for(view, *pillar), counts));
    }
    rows.push(row(w.say(phrases::ALL_FINDINGS).to_owned(), &view.summary.all));
    table(&header, &rows, width)
}

/// Names a row of the counts by pillar.
pub(super) fn asks_for(view: &Findings<'_, '_>, pillar: Option<Pillar>) -> String {
    let w = view.wording();
    match pillar {
        Some(pillar) => w.fill(phrases::ASKS_FOR, &[&w.pillar(pillar)]),
        None => w.say(phrases::ASKS_FOR_ANY).to_owned(),
    }
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
    let (graph, w) = (view.graph(), view.wording());
    let counted: Vec<String> = Verdict::ALL
        .iter()
        .map(|verdict| (findings.iter().filter(|f| f.verdict == *verdict).count(), verdict))
        .filter(|(number, _)| *number > 0)
        .map(|(number, verdict)| w.fill(phrases::NUMBER_OF_VERDICT, &[&number, &w.verdict(*verdict)]))
        .collect();
    let name = printable(w.name(body));
    let id = palette.dim(&format!("({})", graph.short(graph.iri(body))));
    format!("{} {id}: {}\n", palette.bold(&name), counted.join(", "))
}

/// Tells one finding: the norm, what is missing, who could step in, what there is.
pub(super) fn entry(view: &Findings<'_, '_>, finding: &Finding<'_>, palette: Palette) -> String {
    let (graph, w) = (view.graph(), view.wording());
    let norm = finding.norm;
    let document = norm.document.map_or("", |iri| crate::vocab::slug(graph.text(iri)));
    let locator = norm.locator.map_or(String::new(), |locator| format!(", {}", w.place(graph.text(locator))));
    let mut text = format!(
        "  {} {}  {}  {}\n",
        verdict_and_severity(finding, w, palette),
        norm.id,
        printable(w.pick(&norm.titles)),
        palette.dim(&printable(&format!("[{document}{locator}]"))),
    );
    let mut line = |words: &str| {
        let _ = writeln!(text, "           {words}");
    };
    line(&told_lack(graph, finding, w));
    let more = |number: usize| match number.checked_sub(SHOWN) {
        None | Some(0) => String::new(),
        Some(left) => w.fill(phrases::AND_MORE, &[&left]),
    };
    if !finding.candidates.is_empty() {
        let shown: Vec<&str> =
            finding.candidates.iter().take(SHOWN).map(|id| graph.short(graph.iri(*id))).collect();
        let shown = format!("{}{}", shown.join(", "), more(finding.candidates.len()));
        line(&w.fill(phrases::COULD_STEP_IN, &[&shown]));
    }
    for piece in finding.evidence.iter().take(SHOWN) {
        let (overseer, link, overseen) = graph.link(piece.link);
        let mut caveats = caveats(graph, link, piece.standing, piece.weak.then_some(norm), w);
        if piece.inherited {
            caveats.push(w.fill(phrases::OVER, &[&graph.short(graph.iri(overseen))]));
        }
        if piece.selection == Selection::NotOnRecord {
            caveats.push(w.say(phrases::SELECTION_NOT_ON_RECORD).to_owned());
        }
        let caveats = if caveats.is_empty() { String::new() } else { format!(" ({})", caveats.join("; ")) };
        let link = format!(
            "{}, {}, {}{caveats}",
            w.fill(phrases::LINK_BY, &[&w.mechanism(link), &w.name(overseer)]),
            basis(graph, link, w),
            period(link.interval, w, phrases::START_UNKNOWN),
        );
        line(&w.fill(phrases::THERE_IS, &[&printable(&link)]));
    }
    if finding.evidence.len() > SHOWN {
        line(&w.fill(phrases::THERE_IS_MORE, &[&more(finding.evidence.len())]));
    }
    if finding.verdict == Verdict::Unknown {
        let mechanisms = w.terms(&graph.vocabulary.mechanisms, norm.evidence.mechanisms.iter());
        let every = w.say(phrases::EVERY_MECHANISM).to_owned();
        let what = if mechanisms.is_empty() { every } else { w.all_of(&mechanisms) };
        line(&w.fill(phrases::NO_SURVEY_OF, &[&what]));
    }
    text
}
