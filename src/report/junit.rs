//! Findings as `JUnit` XML, which test dashboards read: a suite a norm, a case an institution.

use super::Findings;
use super::findings::entry;
use super::sarif::sentence;
use super::words::Palette;
use crate::gaps::{Finding, Verdict};
use crate::model::Severity;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

/// Writes the findings: gap, partial and on paper are failures, met passes, unknown is skipped, and so is what is not met
/// of a norm below the bar.
///
/// # Arguments
/// * `bar`: the least severity that counts; `None`: all do.
///
/// # Errors
/// If `out` takes no more.
pub fn findings_junit(
    view: &Findings<'_, '_>,
    bar: Option<Severity>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut suites: Vec<(&str, Vec<&Finding<'_>>)> = Vec::new();
    let mut findings: Vec<&Finding<'_>> = view.findings.iter().collect();
    findings.sort_by(|a, b| a.norm.id.cmp(&b.norm.id));
    for finding in findings {
        match suites.last_mut() {
            Some((id, suite)) if *id == finding.norm.id => suite.push(finding),
            _ => suites.push((&finding.norm.id, vec![finding])),
        }
    }
    let mut writer = Writer::new_with_indent(out, b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let totals = counts(view.findings.iter(), bar);
    writer
        .create_element("testsuites")
        .with_attribute(("name", "oversight"))
        .with_attributes(totals.iter().map(|(name, number)| (*name, number.as_str())))
        .write_inner_content(|writer| {
            suites.iter().try_for_each(|(id, cases)| suite(view, bar, writer, id, cases))
        })?;
    writer.into_inner().write_all(b"\n")
}

fn suite<W: io::Write>(
    view: &Findings<'_, '_>,
    bar: Option<Severity>,
    writer: &mut Writer<W>,
    id: &str,
    cases: &[&Finding<'_>],
) -> io::Result<()> {
    let totals = counts(cases.iter().copied(), bar);
    writer
        .create_element("testsuite")
        .with_attribute(("name", clean(id).as_str()))
        .with_attributes(totals.iter().map(|(name, number)| (*name, number.as_str())))
        .write_inner_content(|writer| {
            cases.iter().try_for_each(|finding| case(view, bar, writer, finding))
        })?;
    Ok(())
}

/// What a finding is on a dashboard.
enum Result {
    Pass,
    Skip,
    Fail,
}

fn result(finding: &Finding<'_>, bar: Option<Severity>) -> Result {
    match finding.verdict {
        Verdict::Met => Result::Pass,
        Verdict::Unknown => Result::Skip,
        _ if bar.is_some_and(|bar| finding.norm.severity > bar) => Result::Skip,
        Verdict::Gap | Verdict::Partial | Verdict::OnPaper => Result::Fail,
    }
}

fn case<W: io::Write>(
    view: &Findings<'_, '_>,
    bar: Option<Severity>,
    writer: &mut Writer<W>,
    finding: &Finding<'_>,
) -> io::Result<()> {
    let graph = view.graph();
    let institution = clean(graph.short(graph.iri(finding.institution)));
    let class = clean(&finding.norm.id);
    let element = writer
        .create_element("testcase")
        .with_attribute(("classname", class.as_str()))
        .with_attribute(("name", institution.as_str()));
    let message = clean(&sentence(view, finding));
    match result(finding, bar) {
        Result::Pass => element.write_empty()?,
        Result::Skip => element.write_inner_content(|writer| {
            writer.create_element("skipped").with_attribute(("message", message.as_str())).write_empty()?;
            Ok(())
        })?,
        Result::Fail => element.write_inner_content(|writer| {
            writer
                .create_element("failure")
                .with_attribute(("type", finding.verdict.slug()))
                .with_attribute(("message", message.as_str()))
                .write_text_content(BytesText::new(&clean_lines(&entry(view, finding, Palette::Plain))))?;
            Ok(())
        })?,
    };
    Ok(())
}

fn counts<'f, 'g: 'f>(
    findings: impl Iterator<Item = &'f Finding<'g>>,
    bar: Option<Severity>,
) -> [(&'static str, String); 3] {
    let (mut tests, mut failures, mut skipped) = (0_usize, 0_usize, 0_usize);
    for finding in findings {
        tests += 1;
        match result(finding, bar) {
            Result::Pass => {}
            Result::Skip => skipped += 1,
            Result::Fail => failures += 1,
        }
    }
    [("tests", tests.to_string()), ("failures", failures.to_string()), ("skipped", skipped.to_string())]
}

fn clean_lines(text: &str) -> String {
    text.lines().map(|line| clean(line) + "\n").collect()
}

/// XML 1.0 has no control characters, not even escaped.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
