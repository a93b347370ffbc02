//! What other programs make of our output: Graphviz, `NetworkX`, Chromium, the independent reading of the rules.
//!
//! Each is installed by `.ci/test`; where one is missing, its test says so and passes, unless `OVERSIGHT_ALL_TOOLS` is
//! set, as it is there.

#![expect(clippy::unwrap_used, reason = "a test fails where something is not there")]

use crate::support::tools::{is_there, python};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn run(program: &Path, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(root()).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{} {arguments:?}: {errors}", program.display());
    String::from_utf8(output.stdout).unwrap()
}

fn oversight(arguments: &[&str]) -> String {
    run(Path::new(env!("CARGO_BIN_EXE_oversight")), arguments)
}

#[test]
fn graphviz_lays_out_our_dot() {
    if !is_there("Graphviz", Path::new("dot"), "-V") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let texts = |svg: &str| {
        let words = svg.split("<text ").skip(1).filter_map(|part| part.split(['>', '<']).nth(1));
        words.map(str::to_owned).collect::<Vec<_>>()
    };
    for (view, place, legend) in [
        ("map", "ua", &["Control by", "Legislature", "on paper only", "9 or more"][..]),
        ("gaps", "ua", &["Control in force, by pillar", "control on paper only", "control missing"]),
        ("gaps", "no", &["Control in force, by pillar", "control missing"]),
        ("body", "ua/sbu", &["on paper only"]),
        ("chain", "ua/sbu", &["broken: on paper only"]),
    ] {
        let file = folder.path().join("picture.dot");
        let path = file.to_str().unwrap();
        oversight(&["draw", view, place, "--as-of", "2026-11-23", "-o", path]);
        let svg = run(Path::new("dot"), &["-Tsvg", path]);
        let edges = fs::read_to_string(&file).unwrap().matches(" -> ").count();
        assert!(edges > 3);
        assert_eq!(svg.matches("class=\"edge\"").count(), edges, "{view} {place}");
        // Title, day, legend and source stand above the graph.
        let drawn = oversight(&["draw", view, place, "--as-of", "2026-11-23", "--format", "svg"]);
        let title = drawn.split("<title id=\"title\">").nth(1).unwrap().split('<').next().unwrap();
        let texts = texts(&svg);
        let around = ["As the law stood on 23 November 2026", "Source: oversight, data/"];
        for words in legend.iter().chain(&around).chain([&title]) {
            assert!(texts.iter().any(|text| text.starts_with(words)), "{view} {place}: {words}");
        }
    }
}

#[test]
fn networkx_reads_our_graphml() {
    let Some(python) = python() else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ua.graphml");
    let path = file.to_str().unwrap();
    oversight(&["export", "ua", "--to", "graphml", "--as-of", "2026-11-23", "-o", path]);
    let script = "import json, sys, networkx\n\
        g = networkx.read_graphml(sys.argv[1])\n\
        sbu = 'ua:sbu'\n\
        print(json.dumps({'directed': g.is_directed(), 'parallel': g.is_multigraph(), 'nodes': g.number_of_nodes(),\n\
          'edges': g.number_of_edges(), 'sbu': g.nodes[sbu],\n\
          'over': sorted(d['mechanism'] for _, _, d in g.in_edges(sbu, data=True))}))";
    let read: Value = serde_json::from_str(&run(&python, &["-c", script, path])).unwrap();
    let shown: Value =
        serde_json::from_str(&oversight(&["show", "ua/sbu", "--as-of", "2026-11-23", "--format", "json"]))
            .unwrap();
    let mut over: Vec<&str> = shown["controlled_by"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|link| link["counts"] != "no")
        .map(|link| link["mechanism"].as_str().unwrap())
        .collect();
    over.sort_unstable();
    assert_eq!(read["over"], serde_json::json!(over));
    assert_eq!(read["directed"], true);
    assert_eq!(read["parallel"], true);
    assert_eq!(read["sbu"]["iri"], "https://w3id.org/oversight/id/ua/sbu");
    assert_eq!(read["sbu"]["label"], "Security Service of Ukraine");
    assert_eq!(read["sbu"]["verified"], true);
    let text = fs::read_to_string(&file).unwrap();
    assert_eq!(read["nodes"], text.matches("<node ").count());
    assert_eq!(read["edges"], text.matches("<edge ").count());
}

#[test]
fn chromium_finds_every_word_of_the_picture_on_the_page_and_apart() {
    let chromium = Path::new("chromium");
    if !is_there("Chromium", chromium, "--version") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    // Measured by the browser, with the browser's fonts: no text leaves the page, no two texts lie on each other.
    let script = "const page = document.querySelector('svg').getBoundingClientRect();\
        const boxes = [...document.querySelectorAll('svg text')].map(t => [t.getBoundingClientRect(), t.textContent])\
          .filter(([b]) => b.width > 0);\
        const faults = [];\
        boxes.forEach(([a, s], i) => {\
          if (a.left < page.left || a.right > page.right || a.top < page.top || a.bottom > page.bottom) faults.push('off: ' + s);\
          boxes.slice(i + 1).forEach(([b, t]) => {\
            const w = Math.min(a.right, b.right) - Math.max(a.left, b.left), h = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);\
            if (w > 2 && h > 4) faults.push('over: ' + s + ' / ' + t); }); });\
        document.title = 'done';\
        document.body.textContent = 'RESULT ' + boxes.length + ' ' + JSON.stringify(faults);";
    for (place, language) in [("ua", "en"), ("ua", "uk"), ("no", "en")] {
        let svg = oversight(&["draw", "gaps", place, "--lang", language, "--as-of", "2026-11-23"]);
        let page = folder.path().join("page.html");
        let html = format!(
            "<!doctype html><meta charset=utf-8><body style='margin:0'>{svg}<script>{script}</script>"
        );
        fs::write(&page, html).unwrap();
        let profile = format!("--user-data-dir={}", folder.path().join("profile").display());
        let address = format!("file://{}", page.display());
        let dom = run(
            chromium,
            &[
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                &profile,
                "--window-size=1600,3000",
                "--dump-dom",
                &address,
            ],
        );
        let result = dom.split("RESULT ").nth(1).unwrap_or_else(|| panic!("no result in {dom:.400}"));
        let (count, faults) = result.split_once(' ').unwrap();
        assert!(count.parse::<usize>().unwrap() > 50, "{place} {language}: {count} texts");
        assert!(faults.starts_with("[]"), "{place} {language}: {faults:.2000}");
    }
}

/// Compares all findings, field by field, with those of `tests/oracle/oracle.py`.
fn agree(python: &Path, ours: &str, theirs: &[&str]) -> usize {
    let mut arguments = vec!["tests/oracle/oracle.py"];
    arguments.extend(theirs);
    let theirs: Vec<Value> = serde_json::from_str(&run(python, &arguments)).unwrap();
    let mut ours: Vec<Value> = serde_json::from_str(ours).unwrap();
    assert_eq!(ours.len(), theirs.len(), "{arguments:?}");
    for (our, their) in ours.iter_mut().zip(&theirs) {
        for (piece, other) in
            our["evidence"].as_array_mut().unwrap().iter_mut().zip(their["evidence"].as_array().unwrap())
        {
            // The order of provisions is ours: natural order of their numbers.
            let sorted = |provision: &Value| {
                let mut numbers: Vec<&str> = provision.as_str().unwrap_or_default().split("; ").collect();
                numbers.sort_unstable();
                numbers.join("; ")
            };
            if sorted(&piece["provision"]) == sorted(&other["provision"]) {
                piece["provision"] = other["provision"].clone();
            }
        }
        assert_eq!(our, their, "{arguments:?}");
    }
    theirs.len()
}

#[test]
fn an_independent_reading_of_the_rules_agrees() {
    let Some(python) = python() else { return };
    let mut compared = 0;
    for day in ["2026-11-23", "2019-01-01"] {
        let ours = oversight(&["gaps", "ua", "--as-of", day, "--format", "json"]);
        compared += agree(&python, &ours, &["--ontology", "ontology", "--as-of", day, "data/ua"]);
    }
    assert!(compared > 1_500);
    let folder = tempfile::tempdir().unwrap();
    for seed in 0..40 {
        let world = folder.path().join(seed.to_string());
        let out = world.to_str().unwrap();
        let day = run(&python, &["tests/oracle/worlds.py", "--seed", &seed.to_string(), "--out", out]);
        let (data, norms) = (format!("{out}/data.nt"), format!("{out}/norms.ttl"));
        let mut ours = vec![
            "gaps",
            "--from",
            &data,
            "--norms",
            &norms,
            "--norm",
            "RND",
            "--as-of",
            day.trim(),
            "--format",
            "json",
        ];
        let mut theirs = vec!["--ontology", "ontology/schemes", "--norms", &norms, "--as-of", day.trim()];
        if seed % 5 == 0 {
            ours.push("--verified-only");
            theirs.push("--verified-only");
        }
        theirs.push(&data);
        compared += agree(&python, &oversight(&ours), &theirs);
    }
    eprintln!("{compared} findings agree");
}
