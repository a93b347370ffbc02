//! `oversight query --draw`: sound in geometry, nothing left out, safe for any label, refused where it is no graph.

#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up has to stop")]

use crate::diagram::HOSTILE;
use crate::support::geometry::{geometry, told_in_text};
use oversight::diagram::scene::Role;
use oversight::diagram::{About, Format, MOST_THINGS, MOST_TIES, Scene, TooMuch, net};
use oversight::model::Trust;
use oversight::rdf::{Source, documents};
use oversight::store::{Guard, Loading, Net, Store, Thing, Tie, shipped_question};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const EXLAND: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/exland");

fn about(language: &str) -> About {
    About { title: "A graph".to_owned(), language: language.to_owned(), ..About::default() }
}

/// Draws and holds to geometry; every resource has a box, every pair a line.
fn sound(graph: &Net) -> Scene {
    let scene = net(graph, &about("en"), "").unwrap();
    geometry(&scene);
    told_in_text(&scene);
    assert_eq!(scene.counts(), (graph.things.len(), graph.ties.len()));
    let svg = scene.to_svg();
    let mut reader = quick_xml::Reader::from_str(&svg);
    reader.config_mut().check_end_names = true;
    while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
    if !graph.things.is_empty() {
        graphviz_rust::parse(&scene.to_dot().unwrap()).unwrap();
    }
    scene
}

fn exland() -> Store {
    let sources = [Source::Shipped("ontology/".into()), Source::Path(EXLAND.into())];
    let loading = Loading::read(&documents(&sources).unwrap()).unwrap();
    Store::new(loading, "2024-06-01".parse().unwrap(), Trust::All).unwrap()
}

fn asked(store: &Store, text: &str, language: &str) -> Net {
    let guard = Guard::default();
    store.net(store.query(text).unwrap(), language, &guard).unwrap()
}

#[test]
fn what_a_query_gives_is_in_the_picture() {
    let store = exland();
    let question = shipped_question("neighbourhood").unwrap().unwrap();
    let given = [("body".to_owned(), "xl/police".to_owned())];
    let results = store.ask(&question, &given, &Guard::default()).unwrap();
    let graph = store.net(results, "en", &Guard::default()).unwrap();
    let text = sound(&graph).to_text();
    for part in ["Police", "xl:police", "overseer", "overseen", "Licensing"] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    for text in [
        "CONSTRUCT { ?b org:subOrganizationOf ?a } { ?b org:subOrganizationOf ?a }",
        "CONSTRUCT { ?o ov:oversees ?b } { ?o ov:oversees ?b }",
        "CONSTRUCT { ?b a ov:Institution ; skos:prefLabel ?n } { ?b a ov:Institution ; skos:prefLabel ?n }",
        "CONSTRUCT { ?t skos:broader ?u } { ?t skos:broader ?u }",
        "DESCRIBE xl:police xl:parliament",
        "CONSTRUCT {} {}",
    ] {
        sound(&asked(&store, text, "en"));
    }
}

#[test]
fn values_stand_in_their_box_and_names_in_the_language_asked_for() {
    let store = exland();
    let text = "CONSTRUCT { xl:defence-ministry a ov:Institution ; <urn:n> 7 ; <urn:l> \"mot\"@fr ; skos:prefLabel ?n ; \
                org:classification type:ministry ; <urn:p> <urn:x>, xl:defence-ministry, [ <urn:n> 8 ] . \
                <urn:x> <urn:q> xl:defence-ministry . type:ministry skos:broader type:government } \
                { xl:defence-ministry skos:prefLabel ?n }";
    let graph = asked(&store, text, "fr");
    let thing = |id: &str| graph.things.iter().position(|thing| thing.id == id).unwrap();
    let ministry = &graph.things[thing("xl:defence-ministry")];
    assert_eq!(ministry.name.as_deref(), Some("Ministère de la Défense"));
    let lines: BTreeSet<&str> = ministry.lines.iter().map(String::as_str).collect();
    assert!(lines.contains("<urn:n>: 7") && lines.contains("<urn:l>: mot"), "{lines:?}");
    assert!(lines.contains("<urn:p>: Ministère de la Défense"), "a tie to itself: {lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("rdf:type: ")), "{lines:?}");
    // A concept of which the graph says more has a box, and so has what a concept leads to.
    let pairs: BTreeSet<(&str, &str)> = graph
        .ties
        .iter()
        .map(|tie| (graph.things[tie.from].id.as_str(), graph.things[tie.to].id.as_str()))
        .collect();
    let expected = [
        ("<urn:x>", "xl:defence-ministry"),
        ("type:ministry", "type:government"),
        ("xl:defence-ministry", "<urn:x>"),
        ("xl:defence-ministry", "_:1"),
        ("xl:defence-ministry", "_:2"),
        ("xl:defence-ministry", "type:ministry"),
    ];
    assert_eq!(pairs, BTreeSet::from(expected));
    // There are two names, so two solutions, and a blank node for each.
    assert_eq!(graph.things[thing("_:1")].lines, ["<urn:n>: 8"]);
    sound(&graph);
    // Blank nodes are numbered, so two runs give the same bytes.
    assert_eq!(graph, asked(&store, text, "fr"));
}

fn thing(at: usize, name: Option<&str>, lines: &[&str]) -> Thing {
    Thing {
        id: format!("<urn:{at}>"),
        name: name.map(ToOwned::to_owned),
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
    }
}

fn ties(pairs: &BTreeSet<(usize, usize)>, properties: &[&str]) -> Vec<Tie> {
    let properties: Vec<String> = properties.iter().map(|name| (*name).to_owned()).collect();
    pairs.iter().map(|(from, to)| Tie { from: *from, to: *to, properties: properties.clone() }).collect()
}

#[test]
fn hostile_texts_are_drawn_and_do_no_harm() {
    let long = "x".repeat(100_000);
    let all: Vec<&str> = HOSTILE.iter().copied().chain([long.as_str()]).collect();
    let things = all.iter().enumerate().map(|(at, text)| thing(at, Some(text), &all)).collect();
    let pairs = (1..all.len()).map(|at| (at - 1, at)).collect();
    let graph = Net { things, ties: ties(&pairs, &all), triples: 1 };
    let scene = sound(&graph);
    let svg = scene.to_svg();
    assert!(!svg.contains("<script") && !svg.contains('\u{202e}'));
    for format in Format::ALL {
        let bytes = scene.write(*format, 40.0);
        assert!(bytes.is_ok_and(|bytes| !bytes.is_empty()), "{format:?}");
    }
}

#[test]
fn a_graph_that_is_too_large_is_refused() {
    let things = |number: usize| (0..number).map(|at| thing(at, None, &[])).collect::<Vec<_>>();
    let draw = |things: Vec<Thing>, pairs: BTreeSet<(usize, usize)>| {
        let ties = ties(&pairs, &["p"]);
        net(&Net { things, ties, triples: 0 }, &about("en"), "")
    };
    let chain = (1..MOST_THINGS).map(|at| (at - 1, at)).collect();
    geometry(&draw(things(MOST_THINGS), chain).unwrap());
    let most: BTreeSet<(usize, usize)> = (0..MOST_THINGS)
        .flat_map(|from| (1..4).map(move |by| (from, (from + by * by) % MOST_THINGS)))
        .collect();
    assert_eq!(most.len(), MOST_TIES);
    geometry(&draw(things(MOST_THINGS), most.clone()).unwrap());
    let error = draw(things(MOST_THINGS + 1), BTreeSet::new()).unwrap_err();
    assert_eq!(error, TooMuch { things: MOST_THINGS + 1, ties: 0 });
    let more = most.into_iter().chain([(0, 50)]).collect();
    assert_eq!(draw(things(MOST_THINGS), more).unwrap_err().ties, MOST_TIES + 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn any_graph_is_sound(
        number in 1_usize..24,
        pairs in prop::collection::btree_set((0_usize..24, 0_usize..24), 0..60),
        lines in prop::collection::vec("\\PC{0,60}", 0..9),
    ) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let things = (0..number).map(|at| thing(at, (at % 2 == 0).then_some("A name of some length that has to go on"), &lines[..at % (lines.len() + 1)])).collect();
        let pairs = pairs.into_iter().filter(|(from, to)| from != to && *from < number && *to < number).collect();
        let graph = Net { things, ties: ties(&pairs, &["ov:oversees"]), triples: 9 };
        let scene = sound(&graph);
        // What leads from one to another and back has a line each way.
        let drawn: BTreeSet<(String, String)> = scene
            .groups()
            .iter()
            .filter_map(|group| match &group.role {
                Role::Edge { from, to, .. } => Some((from.clone(), to.clone())),
                _ => None,
            })
            .collect();
        prop_assert_eq!(drawn.len(), pairs_of(&graph));
        prop_assert_eq!(scene.to_svg(), sound(&graph).to_svg());
    }
}

fn pairs_of(graph: &Net) -> usize {
    graph.ties.iter().map(|tie| (tie.from, tie.to)).collect::<BTreeSet<_>>().len()
}

fn oversight(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_oversight")).args(args).env_clear().output().unwrap()
}

fn draw(file: &Path, args: &[&str]) -> Output {
    let base = ["query", "--from", EXLAND, "--as-of", "2024-06-01", "--draw", file.to_str().unwrap()];
    oversight(&[&base, args].concat())
}

#[test]
fn the_command_draws_in_every_form() {
    let folder = tempfile::tempdir().unwrap();
    for (extension, begin) in
        [("svg", &b"<"[..]), ("png", b"\x89PNG"), ("pdf", b"%PDF"), ("dot", b"digraph"), ("txt", b"")]
    {
        let file = folder.path().join(format!("graph.{extension}"));
        let output = draw(&file, &["neighbourhood", "-p", "body=xl/police", "--lang", "uk"]);
        let message = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && output.stdout.is_empty(), "{message}");
        assert!(message.contains("boxes") && message.contains("edges"), "{message}");
        let bytes = fs::read(&file).unwrap();
        assert!(bytes.starts_with(begin), "{extension}");
        if extension == "txt" {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains("body = xl/police") && text.contains("Ресурсів: "), "{text}");
        }
    }
}

#[test]
fn what_cannot_be_drawn_is_refused_and_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    for (name, args, expected) in [
        ("a.svg", &["superiors", "-p", "body=xl/police"][..], "SELECT gives rows"),
        ("a.svg", &["-e", "ASK {}"], "ASK gives true or false"),
        ("a.svg", &["-e", "CONSTRUCT WHERE { ?s ?p ?o }"], "at most 120 and 360 are drawn"),
        ("a.jpg", &["-e", "CONSTRUCT WHERE { ?s ?p ?o }"], "`jpg` is not a form that pictures are drawn in"),
        ("a.svg", &["-e", "CONSTRUCT WHERE { ?s ?p ?o }", "--format", "turtle"], "cannot be used with"),
        ("a.svg", &["-e", "CONSTRUCT WHERE { ?s ?p ?o }", "--max-rows", "10"], "more than 10 rows"),
    ] {
        let file = folder.path().join(name);
        let output = draw(&file, args);
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(message.contains(expected), "{message}");
        assert!(message.contains("hint: ") || message.contains("--help"), "{message}");
        assert!(!file.exists() && output.stdout.is_empty());
    }
}
