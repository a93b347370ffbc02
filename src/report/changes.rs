//! Changes of verdicts through time as JSON, CSV and a table for the terminal.

use super::table::{Align, table};
use crate::change::{Cause, Change, End, Timeline, acts};
use crate::gaps::Verdict;
use crate::model::{Graph, World};
use crate::wording::Wording;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// One change.
#[derive(Debug, Serialize)]
pub struct ChangeRecord<'a> {
    /// The first day on which it is so.
    pub day: String,
    /// Id of the norm.
    pub norm: &'a str,
    /// IRI of the body.
    pub institution: &'a str,
    /// The verdict until then; null where the norm did not bind the body.
    pub from: Option<&'static str>,
    /// The verdict from then on; null where the norm no longer binds the body.
    pub to: Option<&'static str>,
    /// What begins or ends on that day and brings it about.
    pub causes: Vec<CauseRecord<'a>>,
    /// The acts behind that.
    pub acts: Vec<ActRecord<'a>>,
}

/// A link or a body that begins or ends.
#[derive(Debug, Serialize)]
pub struct CauseRecord<'a> {
    /// IRI of the link, where it is one.
    pub link: Option<&'a str>,
    /// IRI of the body, where it is one.
    pub institution: Option<&'a str>,
    /// `begins` or `ends`.
    pub end: &'static str,
}

/// An act behind a change.
#[derive(Debug, Serialize)]
pub struct ActRecord<'a> {
    /// Its IRI.
    pub act: &'a str,
    /// `entry`, `amendment`, `successor` or `repeal`.
    pub what: &'static str,
}

impl<'a> ChangeRecord<'a> {
    /// Makes the record of a change.
    pub fn new(graph: &'a Graph, change: &Change<'a>) -> Self {
        let cause = |cause: &Cause| {
            let end = |end: End| if end == End::Begins { "begins" } else { "ends" };
            match cause {
                Cause::Link(id, at) => CauseRecord {
                    link: Some(graph.text(graph.network[*id].iri)),
                    institution: None,
                    end: end(*at),
                },
                Cause::Body(id, at) => {
                    CauseRecord { link: None, institution: Some(graph.iri(*id)), end: end(*at) }
                }
            }
        };
        let behind = change.causes.iter().flat_map(|cause| acts(graph, *cause));
        let behind: BTreeMap<&str, &'static str> =
            behind.map(|act| (graph.text(act.iri), act.kind.slug())).collect();
        Self {
            day: change.day.to_string(),
            norm: &change.norm.id,
            institution: graph.iri(change.institution),
            from: change.from.map(Verdict::slug),
            to: change.to.map(Verdict::slug),
            causes: change.causes.iter().map(cause).collect(),
            acts: behind.into_iter().map(|(act, what)| ActRecord { act, what }).collect(),
        }
    }
}

/// Writes every change as a JSON array.
///
/// # Errors
/// Those of `out`.
pub fn changes_json(graph: &Graph, line: &Timeline<'_>, out: &mut dyn Write) -> io::Result<()> {
    let records: Vec<ChangeRecord<'_>> =
        line.changes.iter().map(|change| ChangeRecord::new(graph, change)).collect();
    serde_json::to_writer_pretty(&mut *out, &records)?;
    out.write_all(b"\n")
}

/// Writes every change as CSV, ids in short form.
///
/// # Errors
/// Those of `out`.
pub fn changes_csv(graph: &Graph, line: &Timeline<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record(["day", "norm", "institution", "from", "to", "causes", "acts"])?;
    for change in &line.changes {
        let record = ChangeRecord::new(graph, change);
        let cause = |cause: &CauseRecord<'_>| {
            format!("{} {}", graph.short(cause.link.or(cause.institution).unwrap_or_default()), cause.end)
        };
        let act = |act: &ActRecord<'_>| format!("{} {}", graph.short(act.act), act.what);
        rows.write_record([
            record.day.as_str(),
            record.norm,
            graph.short(record.institution),
            record.from.unwrap_or_default(),
            record.to.unwrap_or_default(),
            &record.causes.iter().map(cause).collect::<Vec<_>>().join("; "),
            &record.acts.iter().map(act).collect::<Vec<_>>().join("; "),
        ])?;
    }
    rows.flush()
}

/// Returns how many findings of each verdict there were at the end of each year in which that changed, and how many
/// changes the year brought.
pub fn changes_text(world: &World<'_>, line: &Timeline<'_>, language: &str, width: Option<u16>) -> String {
    let wording = Wording::new(world.graph(), language);
    let mut years: BTreeMap<i32, (crate::gaps::Counts, usize)> = BTreeMap::new();
    for (day, counts) in line.counts(line.runs.values()) {
        years.entry(day.year()).or_default().0 = counts;
    }
    for change in &line.changes {
        years.entry(change.day.year()).or_default().1 += 1;
    }
    let mut header = vec![("", Align::Left)];
    header.extend(Verdict::ALL.iter().map(|verdict| (wording.verdict(*verdict), Align::Right)));
    header.extend([("Σ", Align::Right), ("±", Align::Right)]);
    let rows: Vec<Vec<String>> = years
        .into_iter()
        .map(|(year, (counts, changes))| {
            let numbers = Verdict::ALL.iter().map(|verdict| counts.of(*verdict));
            let numbers = numbers.chain([counts.total(), changes]);
            [year.to_string()].into_iter().chain(numbers.map(|number| number.to_string())).collect()
        })
        .collect();
    table(&header, &rows, width)
}
