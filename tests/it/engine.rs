//! Pictures laid out by Graphviz: whole, in order, safe for any label, and a clear word where there is none.

#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up has to stop")]

use crate::diagram::{HOSTILE, well_formed};
use crate::support::exland;
use crate::support::made_up::country;
use crate::support::tools::is_there;
use assert_cmd::Command;
use oversight::diagram::engine::{Engine, laid_out, request};
use oversight::diagram::scene::{Group, Item, Path, Rect, Role, Scene};
use oversight::diagram::{About, Expand, GapView, body, chain, gaps, map};
use oversight::gaps::{Trust, World, evaluate};
use oversight::model::Graph;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{self, Stdio};

fn graphviz() -> bool {
    is_there("Graphviz", std::path::Path::new("dot"), "-V")
}

/// What Graphviz says.
fn asked(engine: Engine, request: &str) -> String {
    let mut dot = process::Command::new("dot")
        .args([&format!("-K{}", engine.slug()), "-Tjson0"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    dot.stdin.take().unwrap().write_all(request.as_bytes()).unwrap();
    String::from_utf8(dot.wait_with_output().unwrap().stdout).unwrap()
}

fn about(title: &str) -> About {
    About { title: title.to_owned(), source: "Source: made up".to_owned(), ..About::default() }
}

/// Every view that is a graph.
fn scenes(graph: &Graph, title: &str) -> Vec<Scene> {
    let world = World::new(graph, "2026-01-01".parse().unwrap(), Trust::All);
    let findings = evaluate(&world, &graph.norms.iter().collect::<Vec<_>>());
    let view =
        GapView { title: title.to_owned(), source: "Source: made up".to_owned(), ..GapView::default() };
    let one = graph.institutions().map(|(id, _)| id).max_by_key(|id| graph.links_over(*id).len()).unwrap();
    vec![
        map(&world, &about(title), &Expand::default()),
        gaps(&world, &findings, &view).scene(),
        body(&world, &about(title), one, &Expand::default()),
        chain(&world, &about(title), one),
    ]
}

fn outline(group: &Group) -> Rect {
    let rect = group.items.iter().find_map(|item| match item {
        Item::Rect { rect, .. } => Some(*rect),
        _ => None,
    });
    rect.unwrap()
}

fn line(group: &Group) -> &Path {
    let line = group.items.iter().find_map(|item| match item {
        Item::Path { path, fill: None, .. } => Some(path),
        _ => None,
    });
    line.unwrap()
}

/// Boxes are apart, on the page, and hold what is in them; lines lead from box to box; nothing is lost.
fn sound(before: &Scene, after: &Scene) {
    let page = Rect::new(0.0, 0.0, after.width, after.height);
    let mut boxes: BTreeMap<&str, Rect> = BTreeMap::new();
    for group in after.groups() {
        if let Role::Node { id, .. } = &group.role {
            let rect = outline(group);
            assert!(page.holds(&rect, 1.0), "{}: {rect:?} is off the page", group.label);
            for item in &group.items {
                assert!(rect.holds(&item.bounds(), 1.0), "{item:?} sticks out of {}", group.label);
            }
            for (other, place) in &boxes {
                assert!(!rect.grown(-0.5).overlaps(place), "{id} and {other} overlap");
            }
            boxes.insert(id, rect);
        }
    }
    for group in after.groups() {
        if let Role::Edge { from, to, .. } = &group.role {
            let path = line(group);
            for (id, (x, y)) in [(from, path.begin()), (to, path.end())] {
                let rect = boxes[id.as_str()].grown(5.0);
                assert!(
                    rect.holds(&Rect::new(x, y, 0.0, 0.0), 0.0),
                    "{} misses {id}: {x} {y} {rect:?}",
                    group.label
                );
            }
        }
    }
    let told = |scene: &Scene| {
        let mut lines: Vec<String> = scene.to_text().lines().map(str::to_owned).collect();
        lines.retain(|line| !line.starts_with("##"));
        lines.sort_unstable();
        lines
    };
    let lost: Vec<String> = told(before).into_iter().filter(|line| !told(after).contains(line)).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    assert_eq!(before.counts(), after.counts());
}

#[test]
fn every_engine_lays_every_graph_out() {
    if !graphviz() {
        return;
    }
    for scene in scenes(&exland::graph(), "Exland") {
        for engine in Engine::ALL {
            let answer = asked(*engine, &request(&scene, *engine).unwrap());
            let placed = laid_out(&scene, *engine, &answer).unwrap();
            sound(&scene, &placed);
            let again = laid_out(&scene, *engine, &answer).unwrap();
            assert_eq!(placed.to_svg(), again.to_svg(), "the same twice");
        }
    }
}

#[test]
fn no_label_reaches_graphviz() {
    for hostile in HOSTILE {
        let graph = country(2, 5, |_| hostile.to_owned());
        for (scene, plain) in
            scenes(&graph, hostile).iter().zip(scenes(&country(2, 5, |_| "x".to_owned()), "x"))
        {
            let request = |scene: &Scene| request(scene, Engine::Dot).unwrap();
            // Boxes may be wider or higher; beside numbers both ask the same.
            let bare = |text: String| text.replace(|c: char| c.is_ascii_digit() || c == '.', "");
            let (asks, plainly) = (bare(request(scene)), bare(request(&plain)));
            assert!(asks.is_ascii());
            if scene.view == "map" {
                assert_eq!(asks, plainly, "{hostile}");
            }
            if !hostile.is_empty() {
                assert!(!request(scene).contains(hostile), "{hostile}");
            }
        }
    }
    if graphviz() {
        for hostile in HOSTILE {
            for scene in scenes(&country(2, 5, |_| hostile.to_owned()), hostile) {
                let placed = laid_out(
                    &scene,
                    Engine::Dot,
                    &asked(Engine::Dot, &request(&scene, Engine::Dot).unwrap()),
                );
                well_formed(&placed.unwrap().to_svg());
            }
        }
    }
}

fn oversight(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_oversight"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).arg("draw").args(arguments);
    command.args(["--as-of", "2024-06-01"]);
    command
}

fn refused(command: &mut Command, says: &[&str]) {
    let output = command.output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert!(output.stdout.is_empty());
    for words in says {
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn who_has_no_graphviz_is_told_so() {
    let exland = "tests/fixtures/exland";
    let mut command = oversight(&["map", "--from", exland, "--engine", "neato"]);
    refused(command.env("PATH", ""), &["needs Graphviz", "apt install graphviz", "leave `--engine` out"]);
    // Without an engine nothing is needed.
    oversight(&["map", "--from", exland]).env("PATH", "").assert().success();
}

#[test]
fn what_no_engine_can_place_is_refused() {
    let exland = "tests/fixtures/exland";
    for view in ["matrix", "timeline"] {
        refused(
            &mut oversight(&[view, "--from", exland, "--engine", "dot"]),
            &[view, "no boxes", "leave `--engine` out"],
        );
    }
    refused(
        &mut oversight(&["map", "--from", exland, "--engine", "dot", "--format", "dot"]),
        &["DOT has no places"],
    );
    refused(&mut oversight(&["map", "--from", exland, "--engine", "neat"]), &["did you mean `neato`?"]);
}

#[test]
fn the_command_lays_out_with_graphviz() {
    if !graphviz() {
        return;
    }
    let output = oversight(&["gaps", "--from", "tests/fixtures/exland", "--engine", "fdp"]).output().unwrap();
    let svg = String::from_utf8(output.stdout).unwrap();
    well_formed(&svg);
    // Title, legend and key are those of the picture.
    for words in
        ["Exland: oversight gaps", "Control in force, by pillar", "Key to the norms not met", "Source: tests"]
    {
        assert!(svg.contains(words), "{words}");
    }
}
