//! Labels that would break what is not written with care, through every view and every form of picture.

#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up has to stop")]

use crate::diagram::{HOSTILE, well_formed};
use crate::page::drive;
use crate::support::exland::{PREFIXES, schemes};
use crate::support::pictures::{about, every_view};
use crate::support::tools::{is_there, node, run};
use oversight::diagram::scene::{Role, Scene};
use oversight::diagram::{Format, WriteError};
use oversight::model::{Builder, Graph, Norm};
use oversight::rdf::{Document, Syntax, read, read_bytes};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Every hostile text, the long ones among them.
fn texts() -> Vec<String> {
    let more = [
        "%%{init: {\"theme\":\"dark\"}}%%",
        "1. a list",
        "- another",
        "`**bold**` #quot; &quot; ;end",
        "end",
        "<img src=x onerror=window.hacked=1>",
        "\" onmouseover=\"window.hacked=1",
        "</script><script>window.hacked=1</script>",
        "</svg></style></title></textarea><script>window.hacked=1</script>",
        "\u{2028}two\u{2029}lines",
        "{{constructor.constructor('alert(1)')()}}",
        "graph",
    ];
    let long = ["x".repeat(500), "щ ".repeat(250), "💂".repeat(500)];
    HOSTILE.iter().chain(&more).map(|text| (*text).to_owned()).chain(long).collect()
}

fn quoted(text: &str) -> String {
    let escape = |c: char| match c {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
        c => c.to_string(),
    };
    format!("\"{}\"", text.chars().map(escape).collect::<String>())
}

/// A country in which every text is hostile: names, acronyms, heads, acts, numbers, remarks, addresses, norms.
fn country(texts: &[String]) -> Graph {
    let mut turtle = format!(
        "{PREFIXES}
         @prefix foaf: <http://xmlns.com/foaf/0.1/> .
         @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
         <https://w3id.org/oversight/id/xl> a ov:Country ; skos:prefLabel {} .\n",
        quoted(&texts[2])
    );
    let kinds = ["police", "armed-forces", "foreign-intelligence", "border-service"];
    let overseers = ["parliament", "court", "ombuds-institution", "ministry", "ngo", "head-of-state"];
    let addresses = [
        "<javascript:alert(1)>",
        "\"javascript:alert(document.domain)\"",
        "\"data:text/html,<script>alert(1)</script>\"",
        "\"https://host.example/\\\"onclick=alert(1)\"",
        "<https://host.example/page>",
    ];
    for (at, text) in texts.iter().enumerate() {
        let (label, page) = (quoted(text), addresses[at % addresses.len()]);
        let body = |kind: &str, id: &str| {
            format!(
                "xl:{id} a ov:Institution ; skos:prefLabel {label}@en ; skos:altLabel {label} ; ov:headTitle {label}@en ;
                 org:classification type:{kind} ; ov:jurisdiction id:xl ; foaf:homepage {page} .\n"
            )
        };
        turtle.push_str(&body(kinds[at % kinds.len()], &format!("b{at}")));
        turtle.push_str(&body(overseers[at % overseers.len()], &format!("o{at}")));
        let mechanism = ["hearing", "inquiry", "financial-audit", "appointment"][at % 4];
        let status = if at % 3 == 0 { "not-operational" } else { "in-force" };
        for (turn, end) in [(0, at), (1, 0)] {
            let _ = writeln!(
                turtle,
                "link:l{at}-{turn} a ov:Control ; ov:overseer xl:o{at} ; ov:overseen xl:b{end} ;
                 ov:mechanism mechanism:{mechanism} ; ov:status status:{status} ; schema:startDate \"{}\"^^xsd:gYear ;
                 rdfs:comment {label}@en ; dcterms:source {page} ; ov:legalBasis xl:p{at} .",
                1990 + at
            );
        }
        let _ = writeln!(
            turtle,
            "xl:p{at} a eli:LegalResourceSubdivision ; eli:is_part_of xl:a{at} ; eli:number {label} .
             xl:a{at} a eli:LegalResource ; eli:title {label}@en .
             norm:H-{at} a ov:Norm ; skos:notation {} ; skos:prefLabel {label}@en ; ov:severity severity:must ;
              ov:appliesTo type:provider ; ov:polarity \"require\" ; ov:overseerType type:{} ;
              ov:mechanismAnyOf mechanism:{mechanism} .",
            quoted(&format!("H-{at}")),
            ["court", "legislature", "ngo"][at % 3]
        );
    }
    let mut builder = Builder::new();
    let ontology: Vec<Document> = schemes();
    for document in &ontology {
        builder.begin(&document.name);
        read(document, |quad| builder.add(&quad)).unwrap();
    }
    builder.begin("hostile");
    read_bytes(&ontology[0], Syntax::of_path("x.ttl".as_ref()).unwrap(), turtle.as_bytes(), |quad| {
        builder.add(&quad);
    })
    .unwrap();
    builder.finish()
}

fn scenes() -> Vec<Scene> {
    let texts = texts();
    let graph = country(&texts);
    assert_eq!(graph.institutions().count(), 2 * texts.len());
    let norms: Vec<&Norm> = graph.norms.iter().collect();
    assert_eq!(norms.len(), texts.len());
    let of = graph.find("https://w3id.org/oversight/id/xl/b0").unwrap();
    let title: String = texts.concat().chars().take(700).collect();
    every_view(&graph, &norms, of, &about(&title, "en"), "2026-11-26".parse().unwrap())
}

/// What a flowchart of the picture has to hold: labels of boxes and ends of lines, in order of frames.
fn flowchart(scene: &Scene) -> Value {
    let groups = scene.groups();
    let mut frames: Vec<Option<&str>> = vec![None];
    let mut boxes: Vec<(usize, usize, &str, &str)> = Vec::new();
    for group in &groups {
        match &group.role {
            Role::Frame { id } => frames.push(Some(id)),
            Role::Node { id, frame, .. } => {
                let frame = frames.iter().position(|known| *known == frame.as_deref()).unwrap();
                boxes.push((frame, boxes.len(), id, group.name()));
            }
            _ => {}
        }
    }
    boxes.sort_unstable();
    let place: BTreeMap<&str, usize> = boxes.iter().enumerate().map(|(at, of)| (of.2, at)).collect();
    let ends = groups.iter().filter_map(|group| match &group.role {
        Role::Edge { from, to, .. } => Some([place[from.as_str()], place[to.as_str()]]),
        _ => None,
    });
    let mut used: Vec<usize> = boxes.iter().map(|of| of.0).filter(|frame| *frame > 0).collect();
    used.dedup();
    json!({
        "nodes": boxes.iter().map(|of| of.3).collect::<Vec<_>>(),
        "edges": ends.collect::<Vec<_>>(),
        "frames": used.len(),
    })
}

#[test]
fn every_view_is_written_in_every_form() {
    let folder = tempfile::tempdir().unwrap();
    let has_dot = is_there("Graphviz", Path::new("dot"), "-V");
    let mut expect = Vec::new();
    for scene in scenes() {
        let name = |extension: &str| format!("{}.{extension}", scene.view);
        let file = |extension: &str| folder.path().join(name(extension));
        let is_graph = scene.counts().0 > 0;
        for format in Format::ALL {
            let written = scene.write(*format, 40.0);
            if !is_graph && matches!(format, Format::Dot | Format::Mermaid) {
                let error = written.unwrap_err();
                assert!(matches!(error, WriteError::NoGraph { .. }));
                assert!(error.to_string().contains(scene.view), "{error}");
                continue;
            }
            let bytes = written.unwrap();
            match format {
                Format::Png => assert!(bytes.starts_with(b"\x89PNG") && bytes.ends_with(b"IEND\xaeB`\x82")),
                Format::Pdf => {
                    assert!(bytes.starts_with(b"%PDF") && bytes.trim_ascii_end().ends_with(b"%%EOF"));
                }
                Format::Svg => {
                    well_formed(std::str::from_utf8(&bytes).unwrap());
                    fs::write(file("svg"), &bytes).unwrap();
                    expect.push(json!({"file": name("svg")}));
                }
                Format::Mermaid => {
                    fs::write(file("mmd"), &bytes).unwrap();
                    let mut entry = flowchart(&scene);
                    entry["file"] = json!(name("mmd"));
                    expect.push(entry);
                }
                Format::Dot if has_dot => {
                    fs::write(file("dot"), &bytes).unwrap();
                    let (from, to) = (file("dot"), file("dot.svg"));
                    let arguments = ["-Tsvg", "-o", to.to_str().unwrap(), from.to_str().unwrap()];
                    run(Path::new("dot"), &arguments);
                    let drawn = fs::read_to_string(&to).unwrap();
                    assert_eq!(drawn.matches("class=\"node\"").count(), scene.counts().0);
                    assert!(drawn.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
                    expect.push(json!({"file": name("dot.svg")}));
                }
                Format::Dot => {}
                Format::Text => {
                    let text = String::from_utf8(bytes).unwrap();
                    assert!(!text.contains(['\u{202e}', '\u{1}', '\r']), "{}", scene.view);
                }
                Format::Html => {
                    let html = String::from_utf8(bytes).unwrap();
                    assert_eq!(html.matches("</script").count(), 2, "{}", scene.view);
                    assert_eq!(html.matches("<script").count(), 2, "{}", scene.view);
                    assert!(!html.contains("href=\"javascript") && !html.contains("href=\"data:"));
                    fs::write(file("html"), html).unwrap();
                }
            }
        }
    }
    fs::write(folder.path().join("expect.json"), json!(expect).to_string()).unwrap();
    if let Some((node, modules)) = node() {
        let arguments = ["tests/page/parse.mjs", modules.to_str().unwrap(), folder.path().to_str().unwrap()];
        let done: Value = serde_json::from_str(&run(&node, &arguments)).unwrap();
        assert_eq!(done["read"], expect.len());
    }
    if let Some(done) = drive(folder.path(), "hostile") {
        assert_eq!(done["pages"], 7);
    }
}
