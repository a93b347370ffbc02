//! Pages of pictures: true on every day, safe for any label, driven in Chromium by `tests/page/drive.mjs`.

#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up has to stop")]

use crate::support::exland;
use crate::support::pictures::{about, every_view, shipped};
use crate::support::tools::{is_there, node, run};
use oversight::diagram::scene::{Role, Scene};
use oversight::diagram::{Expand, body, map};
use oversight::gaps::{Trust, Verdict, World, evaluate};
use oversight::model::{Day, Graph, InstitutionId, LinkId, Norm, Standing};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process;

const DAY: &str = "2026-11-26";

fn on(graph: &Graph) -> World<'_> {
    World::new(graph, DAY.parse().unwrap(), Trust::All)
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// Every day on which something begins or ends, and the day before it.
fn days(graph: &Graph) -> BTreeSet<Day> {
    let world = on(graph);
    let links = graph.network.edge_indices().filter_map(|link| world.period(link)).map(|(period, _)| period);
    let lives = graph.institutions().filter_map(|(id, _)| world.life(id));
    let ends = links.chain(lives).flat_map(|period| [period.since, period.until]).flatten();
    ends.flat_map(|day| [day, day.previous()]).collect()
}

#[test]
fn a_period_says_what_the_days_say() {
    for graph in [shipped("ua"), shipped("no"), exland::graph()] {
        let world = on(&graph);
        let ever = world.ever();
        assert!(ever.is_ever() && !world.is_ever());
        let (mut counted, mut lived) = (BTreeSet::new(), BTreeSet::new());
        for day in days(&graph).into_iter().chain([day(DAY)]) {
            let then = world.at(day);
            for link in graph.network.edge_indices() {
                let told = world.period(link).filter(|(period, _)| period.contains(day));
                let standing = told.map_or(Standing::Out, |(_, standing)| standing);
                assert_eq!(then.standing(link), standing, "{} on {day}", graph.text(graph.network[link].iri));
                if standing != Standing::Out {
                    counted.insert(link);
                }
            }
            for (id, _) in graph.institutions() {
                assert_eq!(then.exists(id), world.life(id).is_some_and(|life| life.contains(day)));
                if then.exists(id) {
                    lived.insert(id);
                }
            }
        }
        for link in graph.network.edge_indices() {
            assert_eq!(ever.standing(link) != Standing::Out, counted.contains(&link));
        }
        assert!(graph.institutions().all(|(id, _)| ever.exists(id) || !lived.contains(&id)));
    }
}

/// The bodies that each box stands for, by the id of the box.
fn members(scene: &Scene) -> BTreeMap<String, Vec<String>> {
    let member = |group: &oversight::diagram::scene::Group| match &group.role {
        Role::Node { id, .. } => {
            let bodies = group.facts.iter().filter_map(|fact| fact.also.first().cloned());
            Some((id.clone(), bodies.collect()))
        }
        _ => None,
    };
    scene.groups().into_iter().filter_map(member).collect()
}

fn find(graph: &Graph, id: &str) -> InstitutionId {
    graph.find(&format!("https://w3id.org/oversight/id/{id}")).unwrap()
}

/// How many boxes of a picture stand for a body that exists on a day.
fn boxes_on(graph: &Graph, scene: &Scene, then: &World<'_>) -> usize {
    let is_there = |bodies: &&Vec<String>| bodies.iter().any(|id| then.exists(find(graph, id)));
    members(scene).values().filter(is_there).count()
}

/// Lines, boxes, links in force and on paper of a map on a day, from the graph on that day alone.
fn map_on(graph: &Graph, scene: &Scene, day: Day) -> [usize; 4] {
    let then = on(graph).at(day);
    let boxes: BTreeMap<String, String> = members(scene)
        .into_iter()
        .flat_map(|(of, bodies)| bodies.into_iter().map(move |body| (body, of.clone())))
        .collect();
    let mut lines = BTreeSet::new();
    let mut counts = [0, 0];
    for link in graph.network.edge_indices().filter(|link| then.standing(*link) != Standing::Out) {
        let (overseer, _, overseen) = graph.link(link);
        let [from, to] = [overseer, overseen].map(|id| &boxes[graph.short(graph.iri(id))]);
        if from != to {
            lines.insert((from, to));
            counts[usize::from(then.standing(link) == Standing::OnPaper)] += 1;
        }
    }
    [lines.len(), boxes_on(graph, scene, &then), counts[0], counts[1]]
}

/// The same of the picture of a body; its lines are left to what the page draws.
fn body_on(graph: &Graph, scene: &Scene, id: InstitutionId, day: Day) -> Value {
    let then = on(graph).at(day);
    let links: BTreeSet<_> = graph.links_over(id).into_iter().chain(graph.links_by(id)).collect();
    let is_own = |link: &&LinkId| graph.link(**link).0 == graph.link(**link).2;
    let count = |wanted| {
        links.iter().filter(|link| !is_own(link)).filter(|link| then.standing(**link) == wanted).count()
    };
    json!([null, boxes_on(graph, scene, &then), count(Standing::InForce), count(Standing::OnPaper)])
}

fn counts_on(graph: &Graph, norms: &[&Norm], day: Day) -> Vec<usize> {
    let findings = evaluate(&on(graph).at(day), norms);
    let count = |verdict: &Verdict| findings.iter().filter(|finding| finding.verdict == *verdict).count();
    Verdict::ALL.iter().map(count).filter(|count| *count > 0).collect()
}

/// Chromium and what drives it, where they are installed.
pub(crate) fn drive(folder: &Path, task: &str) -> Option<Value> {
    let (node, modules) = node()?;
    if !is_there("Chromium", Path::new("chromium"), "--version") {
        return None;
    }
    let arguments = ["tests/page/drive.mjs", modules.to_str().unwrap(), folder.to_str().unwrap(), task];
    Some(serde_json::from_str(&run(&node, &arguments)).unwrap())
}

#[test]
fn a_reader_finds_hovers_filters_and_goes_through_time() {
    let folder = tempfile::tempdir().unwrap();
    let graph = exland::graph();
    let (world, norms) = (on(&graph), exland::norms(&graph));
    let ever = world.ever();
    let police = find(&graph, "xl/police");
    let scenes = every_view(&graph, &norms, police, &about("Exland", "en"), day(DAY));
    let mut all = Vec::new();
    for scene in &scenes {
        fs::write(folder.path().join(format!("{}.html", scene.view)), scene.to_html()).unwrap();
        all.push(format!("{}.html", scene.view));
    }
    let expand = Expand::of(["all"]).unwrap();
    let drawn = map(&ever, &about("Exland", "en"), &expand);
    fs::write(folder.path().join("map.html"), drawn.to_html()).unwrap();
    let of_police = body(&ever, &about("Police", "en"), police, &Expand::default());
    let some: Vec<Day> = days(&graph).into_iter().step_by(3).chain([day(DAY)]).collect();
    let on_days = |tell: &dyn Fn(Day) -> Value| {
        some.iter().map(|day| (day.to_string(), tell(*day))).collect::<serde_json::Map<_, _>>()
    };
    let lines = graph.links_over(police).into_iter().filter(|link| world.standing(*link) != Standing::Out);
    let lines: Vec<String> = lines.map(|link| graph.name(graph.link(link).0, "en").to_owned()).collect();
    assert!(lines.len() > 3 && some.len() > 8);
    let expect = json!({
        "day": DAY,
        "all": all,
        "search": {"name": "Police", "id": "xl/police", "also": "xl/police", "links": lines},
        "map.html": on_days(&|day| json!(map_on(&graph, &drawn, day))),
        "body.html": on_days(&|day| body_on(&graph, &of_police, police, day)),
        "timeline": {
            "2010-01-01": counts_on(&graph, &norms, day("2010-01-01")),
            "2021-06-15": counts_on(&graph, &norms, day("2021-06-15")),
            DAY: counts_on(&graph, &norms, day(DAY)),
        },
    });
    fs::write(folder.path().join("expect.json"), expect.to_string()).unwrap();
    if let Some(done) = drive(folder.path(), "read") {
        assert_eq!(done["pages"], 7);
    }
}

#[test]
fn a_page_on_its_day_says_what_the_picture_says() {
    for place in ["ua", "no"] {
        let graph = shipped(place);
        let world = on(&graph);
        let (page, picture) = (
            map(&world.ever(), &about("A", "en"), &Expand::default()),
            map(&world, &about("A", "en"), &Expand::default()),
        );
        assert_eq!(page.subtitle, picture.subtitle);
        let html = page.to_html();
        let drawn = html.matches(" class=\"edge\"").count();
        assert_eq!(drawn, picture.counts().1, "lines that are not there on the day are out of sight");
        assert_eq!(html.matches(" class=\"edge gone\"").count(), page.counts().1 - drawn);
        // Boxes say the same, word for word.
        let labels = |scene: &Scene| {
            let nodes = scene.groups().into_iter().filter(|group| matches!(group.role, Role::Node { .. }));
            nodes.map(|group| group.label.clone()).collect::<BTreeSet<_>>()
        };
        assert!(labels(&page).is_superset(&labels(&picture)), "{place}");
    }
}

#[test]
fn a_page_holds_all_links_and_is_of_a_size_to_send() {
    let graph = shipped("ua");
    let world = on(&graph);
    let scene = map(&world.ever(), &about("Ukraine", "uk"), &Expand::default());
    let html = scene.to_html();
    assert_eq!(html, scene.to_html());
    assert!(html.len() < 2_500_000, "{} bytes", html.len());
    let facts: usize = scene
        .groups()
        .iter()
        .filter(|group| matches!(group.role, Role::Edge { .. }))
        .map(|g| g.facts.len())
        .sum();
    let ever = world.ever();
    let counts = graph.network.edge_indices().filter(|link| ever.standing(*link) != Standing::Out).count();
    assert!(facts <= counts && facts * 10 > counts * 9, "{facts} of {counts}");
    // Nothing but addresses of the web that a reader may follow leads out of the page.
    for part in html.split("href=\"").skip(1) {
        assert!(part.starts_with("https://") || part.starts_with("http://") || part.starts_with("#facts\""));
    }
    for bad in [" src=", "@import", "url(", "srcset", "<link", "<iframe", "<object", "<img"] {
        assert!(!html.contains(bad), "{bad}");
    }
}

#[test]
fn every_view_is_drawn_as_a_page_by_name_or_by_extension() {
    let folder = tempfile::tempdir().unwrap();
    let from = ["--from", "tests/fixtures/exland", "--as-of", DAY];
    for view in [
        &["map"][..],
        &["gaps"],
        &["body", "xl/police"],
        &["chain", "xl/police"],
        &["matrix"],
        &["timeline"],
        &["timeline", "--lang", "uk"],
    ] {
        let file = folder.path().join("page.html");
        let program = Path::new(env!("CARGO_BIN_EXE_oversight"));
        let draw = |more: &[&str]| run(program, &[&["draw"], view, &from, more].concat());
        let printed = draw(&["--format", "html"]);
        draw(&["-o", file.to_str().unwrap()]);
        assert_eq!(printed, fs::read_to_string(&file).unwrap(), "{view:?}");
        assert!(printed.starts_with("<!DOCTYPE html>\n") && printed.ends_with("</html>\n"));
        let has_slider = printed.contains("id=\"range\"");
        assert_eq!(has_slider, ["map", "body", "timeline"].contains(&view[0]), "{view:?}");
    }
}

#[test]
fn a_page_is_said_to_have_what_its_picture_has() {
    let folder = tempfile::tempdir().unwrap();
    let said = |name: &str| {
        let file = folder.path().join(name);
        let mut command = process::Command::new(env!("CARGO_BIN_EXE_oversight"));
        let output = command.args(["draw", "map", "ua", "--as-of", DAY, "-o"]).arg(&file).output().unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        text.trim().split_once('(').unwrap().1.trim_end_matches(')').to_owned()
    };
    let (picture, page) = (said("map.svg"), said("map.html"));
    let (on_its_day, ever) = page.split_once("; on all days ").unwrap();
    assert_eq!(on_its_day, picture);
    assert_ne!(ever, picture);
}

#[test]
fn a_page_is_in_the_language_of_its_picture() {
    let graph = shipped("ua");
    let scene = map(&on(&graph).ever(), &about("Україна", "uk"), &Expand::default());
    let html = scene.to_html();
    assert!(html.contains("<html lang=\"uk\">"));
    for word in ["Пошук за назвою", "Механізми", "Види контролю", "Увесь рисунок", "з 20"]
    {
        assert!(html.contains(word), "{word}");
    }
    for word in ["Search by", "Mechanisms", "since 2"] {
        assert!(!html.contains(word), "{word}");
    }
}
