//! Findings as `JUnit` XML, which test dashboards read: a suite a norm, a case an institution.

use super::Findings;
use super::sarif::sentence;
use crate::gaps::{Finding, Verdict};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

/// Writes the findings: gap, partial and on paper are failures, unknown is skipped, met passes.
///
/// # Errors
/// If `out` takes no more.
pub fn findings_junit(view: &Findings<'_, '_>, out: &mut dyn io::Write) -> io::Result<()> {
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
    let totals = counts(view.findings.iter());
    writer
        .create_element("testsuites")
        .with_attribute(("name", "oversight"))
        .with_attributes(totals.iter().map(|(name, number)| (*name, number.as_str())))
        .write_inner_content(|writer| {
            suites.iter().try_for_each(|(id, cases)| suite(view, writer, id, cases))
        })?;
    writer.into_inner().write_all(b"\n")
}

fn suite<W: io::Write>(
    view: &Findings<'_, '_>,
    writer: &mut Writer<W>,
    id: &str,
    cases: &[&Finding<'_>],
) -> io::Result<()> {
    let totals = counts(cases.iter().copied());
    writer
        .create_element("testsuite")
        .with_attribute(("name", clean(id).as_str()))
        .with_attributes(totals.iter().map(|(name, number)| (*name, number.as_str())))
        .write_inner_content(|writer| cases.iter().try_for_each(|finding| case(view, writer, finding)))?;
    Ok(())
}

fn case<W: io::Write>(
    view: &Findings<'_, '_>,
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
    match finding.verdict {
        Verdict::Met => element.write_empty()?,
        Verdict::Unknown => element.write_inner_content(|writer| {
            writer.create_element("skipped").with_attribute(("message", message.as_str())).write_empty()?;
            Ok(())
        })?,
        Verdict::Gap | Verdict::Partial | Verdict::OnPaper => element.write_inner_content(|writer| {
            writer
                .create_element("failure")
                .with_attribute(("type", finding.verdict.slug()))
                .with_attribute(("message", message.as_str()))
                .write_text_content(BytesText::new(finding.norm.severity.slug()))?;
            Ok(())
        })?,
    };
    Ok(())
}

fn counts<'f, 'g: 'f>(findings: impl Iterator<Item = &'f Finding<'g>>) -> [(&'static str, String); 3] {
    let (mut tests, mut failures, mut skipped) = (0_usize, 0_usize, 0_usize);
    for finding in findings {
        tests += 1;
        match finding.verdict {
            Verdict::Met => {}
            Verdict::Unknown => skipped += 1,
            Verdict::Gap | Verdict::Partial | Verdict::OnPaper => failures += 1,
        }
    }
    [("tests", tests.to_string()), ("failures", failures.to_string()), ("skipped", skipped.to_string())]
}

/// XML 1.0 has no control characters, not even escaped.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
