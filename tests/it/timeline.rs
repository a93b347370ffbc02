//! Verdicts through time: what the days say one by one, and an act behind each change.

use crate::support::exland;
use oversight::change::{Cause, End, Timeline, acts, timeline};
use oversight::gaps::{Trust, Verdict, World, evaluate};
use oversight::model::{Day, Graph, InstitutionId, load};
use oversight::rdf::{Source, documents};
use std::collections::{BTreeMap, BTreeSet};

fn shipped(place: &str) -> Graph {
    let sources = ["ontology/".to_owned(), format!("data/{place}/")].map(Source::Shipped);
    load(&documents(&sources).expect("shipped")).expect("shipped data can be read")
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// The verdict of each norm and body on a day, as the timeline has it.
fn on(line: &Timeline<'_>, day: Day) -> BTreeMap<(String, InstitutionId), Verdict> {
    let mut verdicts = BTreeMap::new();
    for ((norm, id), run) in &line.runs {
        let holds = run.iter().filter(|s| s.from <= day && s.until.is_none_or(|until| day < until));
        for stretch in holds {
            let before = verdicts.insert((line.norms[*norm].id.clone(), *id), stretch.verdict);
            assert_eq!(before, None, "two verdicts on {day}");
        }
    }
    verdicts
}

/// Compares with a fresh evaluation on every `step`th day on which something changes, the day before it, and the last.
fn agrees(graph: &Graph, last: &str, trust: Trust, step: usize) {
    let world = World::new(graph, day(last), trust);
    let norms: Vec<_> = graph.norms.iter().collect();
    let line = timeline(&world, &norms, None);
    let days: BTreeSet<Day> = line.changes.iter().map(|change| change.day).collect();
    let chosen = days.iter().step_by(step).copied().chain([line.first, line.last]);
    for day in chosen.collect::<BTreeSet<_>>() {
        let fresh = evaluate(&World::new(graph, day, trust), &norms);
        let fresh: BTreeMap<_, _> =
            fresh.iter().map(|f| ((f.norm.id.clone(), f.institution), f.verdict)).collect();
        assert_eq!(on(&line, day), fresh, "on {day}");
    }
    for change in &line.changes {
        let what = format!("{} {} {}", change.day, change.norm.id, graph.iri(change.institution));
        assert_ne!(change.from, change.to, "{what}");
        assert!(!change.causes.is_empty(), "no cause of {what}");
        for cause in &change.causes {
            let (interval, end) = match cause {
                Cause::Link(id, end) => (graph.network[*id].interval, *end),
                Cause::Body(id, end) => (graph.institution(*id).life, *end),
            };
            let bound = match end {
                End::Begins => interval.start.map(oversight::model::Date::first_day),
                End::Ends => interval.end.map(oversight::model::Date::first_day_after),
            };
            assert_eq!(bound, Some(change.day), "{what}");
        }
    }
}

#[test]
fn every_day_of_exland_is_as_evaluated_that_day() {
    let graph = exland::graph();
    for trust in [Trust::All, Trust::VerifiedOnly] {
        agrees(&graph, "2026-01-01", trust, 1);
    }
}

#[test]
fn days_of_shipped_countries_are_as_evaluated_those_days() {
    agrees(&shipped("no"), "2026-11-26", Trust::All, 7);
    agrees(&shipped("ua"), "2026-11-26", Trust::All, 29);
}

#[test]
fn a_timeline_begins_with_the_first_link_or_where_it_is_told_to() {
    let graph = exland::graph();
    let world = World::new(&graph, day("2020-06-01"), Trust::All);
    let norms = exland::norms(&graph);
    let line = timeline(&world, &norms, None);
    assert_eq!((line.first, line.last), (day("1995-01-01"), day("2020-06-01")));
    let late = timeline(&world, &norms, Some(2015));
    assert_eq!(late.first, day("2015-01-01"));
    assert_eq!(on(&line, day("2018-01-01")), on(&late, day("2018-01-01")));
    assert!(late.changes.iter().all(|change| change.day > late.first));
    let beyond = timeline(&world, &norms, Some(2050));
    assert_eq!((beyond.first, beyond.changes.len()), (world.day(), 0));
}

#[test]
fn an_act_comes_changes_or_goes() {
    let graph = exland::graph();
    let world = World::new(&graph, day("2026-01-01"), Trust::All);
    let line = timeline(&world, &exland::norms(&graph), None);
    let short = |iri: &str| graph.short(iri).to_owned();
    let word = |verdict: Option<Verdict>| verdict.map_or("not bound", Verdict::slug);
    let lines = line.changes.iter().map(|change| {
        let cause = |cause: &Cause| {
            let (what, end) = match cause {
                Cause::Link(id, end) => (short(graph.text(graph.network[*id].iri)), end),
                Cause::Body(id, end) => (short(graph.iri(*id)), end),
            };
            let acts = acts(&graph, *cause).into_iter();
            let acts = acts.map(|act| format!("{} of {}", act.kind.slug(), short(graph.text(act.iri))));
            format!("    {what} {end:?}: {}\n", acts.collect::<Vec<_>>().join(", "))
        };
        let body = short(graph.iri(change.institution));
        let (from, to) = (word(change.from), word(change.to));
        let causes: String = change.causes.iter().map(cause).collect();
        format!("{} {} {body}: {from} -> {to}\n{causes}", change.day, change.norm.id)
    });
    insta::assert_snapshot!(lines.collect::<String>());
}
