//! Exland: what its norms come to, worked out by hand from the rules of a verdict, against the program.
//!
//! `tests/fixtures/exland/findings.csv` has a row for every norm and body in scope on 2024-06-01. A norm that has
//! a row on another day is compared in full on that day too. Its columns:
//!
//! * `evidence`: the links shown, by local name.
//! * `missing`: `overseer_types|mechanisms|overseers|pillars`; empty where nothing is missing. Only evidence in force
//!   that is not weak fills anything. Overseers and pillars are the norm's numbers less the distinct ones there are;
//!   if any of these is missing, so are the named types of which nobody is there, and all mechanisms named. Where all
//!   mechanisms are asked for, those that are not there are missing.
//! * `candidates`: other bodies of the same country that exist, are of a missing type (or, if none is missing, of any
//!   that the norm names) and have no link of the norm's mechanisms over the body, direct or inherited, that counts.
//! * `why`: the rule, in a few words.
//!
//! The second half holds the fixture to having one of everything, so that it cannot rot.
#![expect(clippy::unwrap_used, reason = "a fixture that cannot be read fails the test")]

use crate::support::exland::{NORMS, folder, graph, norms};
use oversight::gaps::{Finding, Selection, Trust, Verdict, World, evaluate};
use oversight::model::{
    Date, Day, Effect, Graph, Independence, InstitutionId, Norm, Pillar, Polarity, Severity, Status,
};
use oversight::vocab::slug;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The day on which every norm has rows.
const DAY: &str = "2024-06-01";

/// Norm, institution, day.
type Key = (String, String, String);
/// The cells `verdict`, `evidence`, `missing`, `candidates`.
type Cells = [String; 4];

/// The rows worked out by hand.
fn by_hand() -> BTreeMap<Key, Cells> {
    let mut reader = csv::Reader::from_path(folder().join("findings.csv")).unwrap();
    let header: Vec<&str> =
        "norm,institution,as_of,verdict,evidence,missing,candidates,why".split(',').collect();
    assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), header);
    let mut rows = BTreeMap::new();
    for record in reader.records() {
        let record = record.unwrap();
        let cell = |at: usize| record[at].to_owned();
        assert!(!record[7].is_empty(), "a row without its reason: {record:?}");
        let before = rows.insert((cell(0), cell(1), cell(2)), [cell(3), cell(4), cell(5), cell(6)]);
        assert!(before.is_none(), "two rows for one finding: {record:?}");
    }
    rows
}

/// The rows that the program gives for the same norms and days.
fn by_program(graph: &Graph, by_hand: &BTreeMap<Key, Cells>) -> BTreeMap<Key, Cells> {
    let mut wanted: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (norm, _, day) in by_hand.keys() {
        wanted.entry(day).or_default().insert(norm);
    }
    let mut rows = BTreeMap::new();
    for (day, ids) in wanted {
        let world = World::new(graph, day.parse().unwrap(), Trust::All);
        let norms: Vec<&Norm> =
            norms(graph).into_iter().filter(|norm| day == DAY || ids.contains(norm.id.as_str())).collect();
        for finding in evaluate(&world, &norms) {
            let key = (finding.norm.id.clone(), local(graph, finding.institution).to_owned(), day.to_owned());
            let before = rows.insert(key, cells(graph, &finding));
            assert!(before.is_none(), "two findings for one norm, body and day");
        }
    }
    rows
}

fn local(graph: &Graph, id: InstitutionId) -> &str {
    slug(graph.iri(id))
}

fn cells(graph: &Graph, finding: &Finding<'_>) -> Cells {
    let missing = &finding.missing;
    let types = missing.overseer_types.iter().map(|id| graph.vocabulary.types.slug(*id));
    let mechanisms = missing.mechanisms.iter().map(|id| graph.vocabulary.mechanisms.slug(id));
    let evidence = finding.links().map(|id| slug(graph.text(graph.link(id).1.iri)));
    let missing =
        format!("{}|{}|{}|{}", joined(types), joined(mechanisms), missing.overseers, missing.pillars);
    [
        finding.verdict.to_string(),
        joined(evidence),
        // Nothing missing is an empty cell.
        if missing == "||0|0" { String::new() } else { missing },
        joined(finding.candidates.iter().map(|id| local(graph, *id))),
    ]
}

fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut words: Vec<&str> = words.collect();
    words.sort_unstable();
    words.join(" ")
}

#[test]
fn findings_are_those_worked_out_by_hand() {
    let graph = graph();
    let by_hand = by_hand();
    let by_program = by_program(&graph, &by_hand);
    let mut differences = Vec::new();
    for key in by_hand.keys().chain(by_program.keys()).collect::<BTreeSet<_>>() {
        let (hand, program) = (by_hand.get(key), by_program.get(key));
        if hand == program {
            continue;
        }
        let (norm, institution, day) = key;
        let mut difference = format!("{norm} {institution} {day}");
        for (at, column) in ["verdict", "evidence", "missing", "candidates"].iter().enumerate() {
            let cell =
                |row: Option<&Cells>| row.map_or("(no row)".to_owned(), |cells| format!("`{}`", cells[at]));
            let (hand, program) = (cell(hand), cell(program));
            if hand != program {
                write!(difference, "\n    {column:10} by hand    {hand}\n    {:10} by program {program}", "")
                    .unwrap();
            }
        }
        differences.push(difference);
    }
    assert!(
        differences.is_empty(),
        "{} of {} findings differ:\n{}",
        differences.len(),
        by_hand.len(),
        differences.join("\n")
    );
}

#[test]
fn every_norm_has_findings_by_hand() {
    let graph = graph();
    let by_hand = by_hand();
    let on_the_day: BTreeSet<&str> =
        by_hand.keys().filter(|(_, _, day)| day == DAY).map(|(norm, _, _)| norm.as_str()).collect();
    let all: BTreeSet<&str> = norms(&graph).iter().map(|norm| norm.id.as_str()).collect();
    assert_eq!(all, on_the_day);
}

#[test]
fn evidence_tells_how_it_counts() {
    let graph = graph();
    let world = World::new(&graph, DAY.parse().unwrap(), Trust::All);
    let of = |id: &str| {
        let findings = evaluate(&world, &[graph.norm(id).unwrap()]);
        (findings[0].evidence.clone(), findings[0].rests_on_unverified(&graph))
    };
    let (inherited, _) = of("XL-07");
    assert!(inherited.iter().all(|piece| piece.inherited && !piece.weak));
    let (weak, _) = of("XL-26");
    assert!(weak.iter().all(|piece| piece.weak && !piece.inherited));
    // The ombudsman: independence is asked, nobody is on record as selecting it, and its link is not verified.
    let (unselected, unverified) = of("XL-19");
    assert_eq!(unselected[0].selection, Selection::NotOnRecord);
    assert!(unverified);
    // A court: not asked. The audit office: asked, and on record.
    assert_eq!(of("XL-12").0[0].selection, Selection::NotAsked);
    assert_eq!(of("XL-14").0[0].selection, Selection::OnRecord);
    // Independence not asked at all.
    assert_eq!(of("XL-01").0[0].selection, Selection::NotAsked);
    assert!(!of("XL-01").1);
}

#[test]
fn without_unverified_links_their_evidence_is_gone() {
    let graph = graph();
    let verdict = |trust, id: &str| {
        let world = World::new(&graph, DAY.parse().unwrap(), trust);
        evaluate(&world, &[graph.norm(id).unwrap()])[0].verdict
    };
    assert_eq!(verdict(Trust::All, "XL-19"), Verdict::Met);
    assert_eq!(verdict(Trust::VerifiedOnly, "XL-19"), Verdict::Unknown);
    assert_eq!(verdict(Trust::VerifiedOnly, "XL-07"), Verdict::Met);
}

#[test]
fn a_finding_tells_how_fresh_the_record_is() {
    let graph = graph();
    let world = World::new(&graph, DAY.parse().unwrap(), Trust::All);
    let surveyed = |id: &str, body: &str| {
        let findings = evaluate(&world, &[graph.norm(id).unwrap()]);
        let finding = findings.iter().find(|finding| local(&graph, finding.institution) == body).unwrap();
        finding.surveyed.map(|on| on.map(|on| on.to_string()).unwrap_or_default())
    };
    // By the country; by the body; by both, where the older part counts; by the body for all; not at all.
    assert_eq!(surveyed("XL-04", "police").as_deref(), Some("2024-05-01"));
    assert_eq!(surveyed("XL-20", "police").as_deref(), Some("2023"));
    assert_eq!(surveyed("XL-36", "police").as_deref(), Some("2023"));
    assert_eq!(surveyed("XL-37", "land-command").as_deref(), Some("2024-04"));
    assert_eq!(surveyed("XL-37", "police"), None);
    assert_eq!(surveyed("XL-48", "monitoring-mission"), None);
}

#[test]
fn nothing_in_the_fixture_is_a_problem() {
    let graph = graph();
    let problems: Vec<String> = graph
        .problems
        .iter()
        .filter(|problem| problem.document.contains("exland"))
        .map(ToString::to_string)
        .collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Compares what occurs with what should, by name.
#[track_caller]
fn all_occur<'a>(what: &str, all: impl IntoIterator<Item = &'a str>, occurring: &BTreeSet<&str>) {
    let absent: Vec<&str> = all.into_iter().filter(|word| !occurring.contains(word)).collect();
    assert!(absent.is_empty(), "no {what} in Exland: {absent:?}");
}

/// `""`, `year`, `month` or `day`.
fn precision(date: Option<Date>) -> &'static str {
    match date.map(|date| date.to_string().len()) {
        None => "",
        Some(4) => "year",
        Some(7) => "month",
        Some(_) => "day",
    }
}

#[test]
fn every_word_of_a_link_occurs() {
    let graph = graph();
    let vocabulary = &graph.vocabulary;
    let links: Vec<_> = graph.network.edge_weights().collect();
    all_occur(
        "mechanism",
        vocabulary.mechanisms.iter().map(|(_, concept)| concept.slug.as_str()),
        &links.iter().map(|link| vocabulary.mechanisms.slug(link.mechanism)).collect(),
    );
    all_occur(
        "status",
        Status::ALL.iter().map(|status| status.slug()),
        &links.iter().map(|link| link.status.slug()).collect(),
    );
    all_occur(
        "effect",
        Effect::ALL.iter().map(|effect| effect.slug()).chain(["none"]),
        &links.iter().map(|link| link.effect.map_or("none", Effect::slug)).collect(),
    );
    all_occur(
        "limit",
        vocabulary.limits.iter().map(|(_, concept)| concept.slug.as_str()),
        &links.iter().flat_map(|link| link.limits.iter()).map(|id| vocabulary.limits.slug(id)).collect(),
    );
    for (what, dates) in [
        ("start", links.iter().map(|link| link.interval.start).collect::<Vec<_>>()),
        ("end", links.iter().map(|link| link.interval.end).collect()),
    ] {
        all_occur(
            &format!("precision of a link's {what}"),
            ["", "year", "month", "day"],
            &dates.into_iter().map(precision).collect(),
        );
    }
    let verified: BTreeSet<bool> = links.iter().map(|link| link.verified).collect();
    assert_eq!(verified.len(), 2, "links that are verified and links that are not");
    assert!(links.iter().any(|link| link.basis.len() > 2), "no link of several provisions");
    let numbers: Vec<&str> = links
        .iter()
        .find(|link| link.basis.len() > 2)
        .unwrap()
        .basis
        .iter()
        .filter_map(|basis| basis.number.map(|number| graph.text(number)))
        .collect();
    assert_eq!(numbers, ["art. 90(2)", "art. 90(10)", "art. 15"], "act by act, and as a lawyer counts");
    assert!(
        graph.network.edge_indices().any(|id| graph.link(id).0 == graph.link(id).2),
        "no link of a body over itself"
    );
}

#[test]
fn every_kind_of_body_occurs() {
    let graph = graph();
    let bodies: Vec<_> = graph.institutions().map(|(_, body)| body).collect();
    all_occur(
        "group",
        Pillar::ALL.iter().map(|pillar| pillar.slug()),
        &bodies.iter().filter_map(|body| graph.vocabulary.pillar(body.types)).map(Pillar::slug).collect(),
    );
    all_occur(
        "precision of a founding",
        ["", "year", "month", "day"],
        &bodies.iter().map(|body| precision(body.life.start)).collect(),
    );
    let days: [Day; 2] = ["2015-03-15", DAY].map(|day| day.parse().unwrap());
    let worlds = days.map(|day| World::new(&graph, day, Trust::All));
    let exists = |id: &str| {
        let id = graph.find(&format!("https://w3id.org/oversight/id/xl/{id}")).unwrap();
        [worlds[0].exists(id), worlds[1].exists(id)]
    };
    assert_eq!(exists("police"), [true, true]);
    assert_eq!(exists("intelligence-commission"), [true, false], "dissolved in between");
    assert_eq!(exists("data-authority"), [false, false], "only proposed");
    for (id, body) in graph.institutions() {
        let tags: Vec<&str> =
            body.labels.iter().filter_map(|label| label.language.map(|tag| graph.text(tag))).collect();
        assert!(tags.contains(&"en"), "{} has no English name", graph.iri(id));
    }
    assert_eq!(
        graph.name(graph.find("https://w3id.org/oversight/id/xl/defence-ministry").unwrap(), "fr"),
        "Ministère de la Défense"
    );
}

#[test]
fn every_word_of_a_norm_occurs() {
    let graph = graph();
    let norms = norms(&graph);
    let words: BTreeSet<String> = norms
        .iter()
        .filter_map(|norm| norm.evidence.independent_of.map(|of| format!("{} {of}", norm.polarity)))
        .collect();
    for polarity in Polarity::ALL {
        for of in Independence::ALL {
            let wanted = format!("{polarity} {of}");
            assert!(words.contains(&wanted), "no norm of Exland is `{wanted}`");
        }
    }
    all_occur(
        "severity",
        Severity::ALL.iter().map(|severity| severity.slug()),
        &norms.iter().map(|norm| norm.severity.slug()).collect(),
    );
    let any = |holds: fn(&Norm) -> bool| norms.iter().any(|norm| holds(norm));
    assert!(any(Norm::forbids_power));
    assert!(any(|norm| norm.polarity == Polarity::Forbid
        && !norm.scope.where_power.is_empty()
        && !norm.forbids_power()));
    assert!(any(|norm| !norm.scope.where_parent_of.named.is_empty()));
    assert!(any(|norm| !norm.scope.where_oversees.named.is_empty()));
    assert!(any(|norm| norm.evidence.mechanisms.is_empty()));
    assert!(any(|norm| norm.evidence.overseers.named.is_empty()));
    assert!(any(|norm| norm.evidence.all_mechanisms));
    assert!(any(|norm| norm.evidence.at_least > 1));
    assert!(any(|norm| norm.evidence.at_least_pillars > 1));
    assert!(any(|norm| norm.evidence.least_effect.is_some()));
    assert!(any(|norm| !norm.evidence.excludes_limits.is_empty()));
}

#[test]
fn every_verdict_occurs() {
    let graph = graph();
    let verdicts: BTreeSet<(Polarity, String)> = by_hand()
        .iter()
        .map(|((norm, ..), cells)| {
            assert!(norm.starts_with(NORMS));
            (graph.norm(norm).unwrap().polarity, cells[0].clone())
        })
        .collect();
    for verdict in Verdict::ALL {
        assert!(
            verdicts.contains(&(Polarity::Require, verdict.to_string())),
            "require never comes to {verdict}"
        );
    }
    for verdict in [Verdict::Met, Verdict::Gap, Verdict::Unknown] {
        assert!(
            verdicts.contains(&(Polarity::Forbid, verdict.to_string())),
            "forbid never comes to {verdict}"
        );
    }
}
