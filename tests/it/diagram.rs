//! The gap picture: true to its findings, sound in geometry, safe for any label.

#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up has to stop")]

use crate::support::exland;
use oversight::diagram::{Block, EdgeKind, GapView, Layout, Node, NodeKind, Picture, Rect, Side, gaps};
use oversight::gaps::{Finding, Trust, Verdict, World, evaluate};
use oversight::model::{Builder, Graph, Norm, Polarity, Standing, load};
use oversight::rdf::{Document, Source, Syntax, documents, read, read_bytes};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fmt::Write as _;

const HOSTILE: [&str; 10] = [
    r#"a "quoted" name"#,
    r"back\slash \N \G \l and a last \",
    "<script>alert(1)</script>",
    "]]> &amp; <![CDATA[ & <!-- -->",
    "ردهة \u{202e}من اليمين",
    "👮🏽‍♀️ family 👨‍👩‍👧‍👦 emoji",
    "line\nbreak\r\n\ttab\u{1}\u{7f}",
    "javascript:alert(1)",
    "",
    "-->{}[];->--digraph",
];

const OVERSEERS: [&str; 9] = [
    "head-of-state",
    "ministry",
    "parliament",
    "parliamentary-committee",
    "court",
    "ombuds-institution",
    "inspectorate",
    "ngo",
    "treaty-body",
];

/// A made-up country: `overseers` of each type, `bodies` of three types, links of every standing, six norms.
fn country(overseers: usize, bodies: usize, name: impl Fn(usize) -> String) -> Graph {
    let quoted = |text: &str| {
        let escaped =
            text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\r', "\\r");
        format!("\"{escaped}\"")
    };
    let mut turtle = String::from(
        "@prefix ov: <https://w3id.org/oversight/ns#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix org: <http://www.w3.org/ns/org#> .
        @prefix t: <https://w3id.org/oversight/type/> .
        @prefix m: <https://w3id.org/oversight/mechanism/> .
        @prefix p: <https://w3id.org/oversight/power/> .
        @prefix l: <https://w3id.org/oversight/limit/> .
        @prefix s: <https://w3id.org/oversight/status/> .
        @prefix n: <https://w3id.org/oversight/norm/> .
        @prefix sev: <https://w3id.org/oversight/severity/> .
        @prefix x: <https://w3id.org/oversight/id/xx/> .
        <https://w3id.org/oversight/id/xx> a ov:Country .
        x:survey a ov:Survey ; ov:covers <https://w3id.org/oversight/id/xx> ;
          ov:mechanism m:hearing, m:inquiry, m:financial-audit, m:command, m:inspection .\n",
    );
    let mut at = 0;
    let mut body = |turtle: &mut String, id: String, kind: &str| {
        let label = quoted(&name(at));
        at += 1;
        let country = "ov:jurisdiction <https://w3id.org/oversight/id/xx>";
        writeln!(
            turtle,
            "x:{id} a ov:Institution ; skos:prefLabel {label}@en ; org:classification t:{kind} ; {country} ."
        )
        .unwrap();
    };
    for kind in OVERSEERS {
        for number in 0..overseers {
            body(&mut turtle, format!("{kind}-{number}"), kind);
        }
    }
    for number in 0..bodies {
        let kind = ["police", "armed-forces", "foreign-intelligence"][number % 3];
        body(&mut turtle, format!("body-{number}"), kind);
        writeln!(turtle, "x:body-{number} ov:power p:arrest .").unwrap();
        for (turn, kind) in OVERSEERS.iter().enumerate() {
            let overseer = (number + turn) % overseers;
            let mechanism = ["hearing", "inquiry", "financial-audit", "command", "human-rights-monitoring"]
                [(number + turn) % 5];
            let status = if (number + turn) % 4 == 0 { "not-operational" } else { "in-force" };
            let limit = if (number + turn) % 3 == 0 { "; ov:limit l:secrecy" } else { "" };
            writeln!(
                turtle,
                "x:link-{number}-{turn} a ov:Control ; ov:overseer x:{kind}-{overseer} ; ov:overseen x:body-{number} ;
                 ov:mechanism m:{mechanism} ; ov:status s:{status} ; ov:verified true {limit} ."
            )
            .unwrap();
        }
    }
    let norms = [
        (
            "N-1",
            "require",
            "ov:overseerType t:legislature ; ov:mechanismAnyOf m:hearing, m:inquiry ; ov:excludesLimit l:secrecy",
        ),
        (
            "N-2",
            "require",
            "ov:overseerType t:supreme-audit-institution ; ov:mechanismAnyOf m:financial-audit",
        ),
        ("N-3", "forbid", "ov:overseerType t:executive ; ov:mechanismAnyOf m:command"),
        ("N-4", "forbid", "ov:wherePower p:arrest"),
        (
            "N-5",
            "require",
            "ov:mechanismAnyOf m:inspection, m:hearing ; ov:atLeast 2 ; ov:independentOf \"executive\"",
        ),
        (
            "N-6",
            "require",
            "ov:overseerType t:ngo, t:treaty-body, t:court ; ov:mechanismAnyOf m:human-rights-monitoring",
        ),
    ];
    for (id, polarity, evidence) in norms {
        let title = quoted(&name(at + id.len()));
        writeln!(
            turtle,
            "n:{id} a ov:Norm ; skos:notation \"{id}\" ; skos:prefLabel {title}@en ; ov:severity sev:must ;
             ov:appliesTo t:provider ; ov:polarity \"{polarity}\" ; {evidence} ."
        )
        .unwrap();
    }
    let mut builder = Builder::new();
    let ontology: Vec<Document> = documents(&[Source::Shipped("ontology/".into())]).unwrap();
    for document in ontology.iter().filter(|document| !document.name.contains("/norms/")) {
        builder.begin(&document.name);
        read(document, |quad| builder.add(&quad)).unwrap();
    }
    builder.begin("country");
    read_bytes(&ontology[0], Syntax::of_path("x.ttl".as_ref()).unwrap(), turtle.as_bytes(), |quad| {
        builder.add(&quad);
    })
    .unwrap();
    builder.finish()
}

fn view(title: &str) -> GapView {
    GapView {
        title: title.to_owned(),
        version: Some("2026.1".to_owned()),
        source: "Source: made up".to_owned(),
        language: "en".to_owned(),
        selection: None,
    }
}

/// Draws the country and hands the picture on with its findings.
fn draw(graph: &Graph, view: &GapView, check: impl FnOnce(&World<'_>, &[Finding<'_>], &Picture)) {
    draw_norms(graph, &graph.norms.iter().collect::<Vec<_>>(), view, check);
}

fn draw_norms(
    graph: &Graph,
    norms: &[&Norm],
    view: &GapView,
    check: impl FnOnce(&World<'_>, &[Finding<'_>], &Picture),
) {
    let world = World::new(graph, "2026-01-01".parse().unwrap(), Trust::All);
    let findings = evaluate(&world, norms);
    check(&world, &findings, &gaps(&world, &findings, view));
}

fn overlap(a: Rect, b: Rect) -> bool {
    a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom()
}

fn apart(blocks: &[Block]) {
    for (at, block) in blocks.iter().enumerate() {
        for other in &blocks[at + 1..] {
            assert!(!overlap(block.rect, other.rect), "{:?} lies on {:?}", block.rect, other.rect);
        }
    }
}

fn holds_its_texts(block: &Block) {
    for text in &block.texts {
        assert!(
            text.x >= block.rect.x && text.x + text.kind.width(&text.content) <= block.rect.right() + 0.01,
            "{text:?}"
        );
        assert!(text.y - text.kind.size >= block.rect.y - 0.01 && text.y <= block.rect.bottom(), "{text:?}");
    }
    for (at, text) in block.texts.iter().enumerate() {
        for other in &block.texts[at + 1..] {
            let same_line = (text.y - other.y).abs() < text.kind.size.min(other.kind.size);
            let beside = text.x + text.kind.width(&text.content) <= other.x
                || other.x + other.kind.width(&other.content) <= text.x;
            assert!(!same_line || beside, "{text:?} lies on {other:?}");
        }
    }
}

fn geometry(picture: &Picture) {
    let layout: Layout = picture.layout();
    apart(&layout.cards);
    apart(&layout.frames);
    apart(&layout.key);
    let blocks = || layout.cards.iter().chain(&layout.frames).chain(&layout.key).chain(&layout.surroundings);
    for block in blocks() {
        holds_its_texts(block);
        assert!(block.rect.x >= 0.0 && block.rect.right() <= layout.width, "{:?}", block.rect);
        assert!(block.rect.y >= 0.0 && block.rect.bottom() <= layout.height, "{:?}", block.rect);
    }
    for (node, card) in picture.nodes.iter().zip(&layout.cards) {
        let frame = layout.frames[node.group].rect;
        assert!(card.rect.y >= frame.y && card.rect.bottom() <= frame.bottom(), "{}", node.label);
        assert!(card.rect.x >= frame.x && card.rect.right() <= frame.right(), "{}", node.label);
        // A label that is cut is whole in the tooltip.
        assert!(node.tooltip.starts_with(&node.label));
    }
    let mut ports = BTreeSet::new();
    for (edge, curve) in picture.edges.iter().zip(&layout.curves) {
        let (from, to) = (layout.cards[edge.from].rect, layout.cards[edge.to].rect);
        assert!(
            (curve.from.0 - from.right()).abs() < 0.01 && (from.y..from.bottom()).contains(&curve.from.1)
        );
        assert!((curve.to.0 - to.x).abs() < 0.01 && (to.y..to.bottom()).contains(&curve.to.1));
        assert!(curve.from.0 < curve.to.0);
        assert!(ports.insert((edge.to, curve.to.1.to_bits())), "two edges end at one point");
        assert!(ports.insert((edge.from, curve.from.1.to_bits())), "two edges begin at one point");
    }
}

/// Every finding shown is in its box and, where it is not met, in the key; every edge stands for something.
fn truth(world: &World<'_>, findings: &[Finding<'_>], picture: &Picture) {
    let graph = world.graph();
    let bodies: Vec<_> = picture.nodes.iter().filter(|node| node.kind == NodeKind::Body).collect();
    for body in &bodies {
        let number = body.number.unwrap();
        let mine = |f: &&Finding<'_>| {
            graph.name(f.institution, "en").split_whitespace().eq(body.label.split_whitespace())
        };
        for finding in findings.iter().filter(mine) {
            let row = body.rows.iter().find(|row| row.verdict == finding.verdict).unwrap();
            match finding.verdict {
                Verdict::Met => continue,
                Verdict::Unknown => {
                    let in_key = picture.key.iter().flat_map(|entry| &entry.lines).any(|line| {
                        line.verdict == Verdict::Unknown
                            && line.bodies[0].0 == number
                            && line.text.split(", ").any(|id| id == finding.norm.id)
                    });
                    assert!(in_key, "{} unknown for {number}", finding.norm.id);
                    continue;
                }
                Verdict::Gap | Verdict::Partial | Verdict::OnPaper => {}
            }
            assert!(row.ids.contains(&finding.norm.id));
            let entry = picture.key.iter().find(|entry| entry.id == finding.norm.id).unwrap();
            let in_key = |line: &oversight::diagram::KeyLine| {
                line.verdict == finding.verdict
                    && line.bodies.iter().any(|(at, _)| *at == number)
                    && !line.text.is_empty()
            };
            assert!(entry.lines.iter().any(in_key), "{} for {number}", finding.norm.id);
        }
    }
}

/// Every edge stands for what findings say, where no overseers share a box.
fn edges_are_counted(world: &World<'_>, findings: &[Finding<'_>], picture: &Picture) {
    let graph = world.graph();
    let is_body = |node: &&Node| node.kind == NodeKind::Body;
    let bodies: Vec<&Node> = picture.nodes.iter().filter(is_body).collect();
    // Counted by hand from the findings: pairs of a body and a place that lacks something, and offending pairs.
    let count = |kind: fn(EdgeKind) -> bool| picture.edges.iter().filter(|edge| kind(edge.kind)).count();
    let shown =
        || findings.iter().filter(|f| bodies.iter().any(|b| b.label == graph.name(f.institution, "en")));
    let lacking = |verdict| {
        let such = shown().filter(|f| f.verdict == verdict && f.norm.polarity == Polarity::Require);
        such.map(|f| {
            (f.institution, f.missing.overseer_types.clone(), f.missing.mechanisms.iter().collect::<Vec<_>>())
        })
        .collect::<BTreeSet<_>>()
        .len()
    };
    assert_eq!(count(|kind| kind == EdgeKind::Missing), lacking(Verdict::Gap));
    assert_eq!(count(|kind| kind == EdgeKind::NotEnough), lacking(Verdict::Partial));
    let pieces = shown().flat_map(|f| f.evidence.iter().map(move |piece| (f, piece)));
    let (forbidden, others): (Vec<_>, Vec<_>) =
        pieces.partition(|(f, _)| f.norm.polarity == Polarity::Forbid);
    let pairs = |of: &[(&Finding<'_>, &oversight::gaps::Piece)]| {
        of.iter().map(|(f, piece)| (graph.link(piece.link).0, f.institution)).collect::<BTreeSet<_>>().len()
    };
    let (in_force, idle): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|(_, p)| p.standing == Standing::InForce);
    assert_eq!(count(|kind| kind == EdgeKind::Forbidden), pairs(&forbidden));
    assert_eq!(count(|kind| matches!(kind, EdgeKind::InForce(_))), pairs(&in_force));
    assert_eq!(count(|kind| kind == EdgeKind::OnPaper), pairs(&idle));
}

fn well_formed(svg: &str) {
    let mut reader = quick_xml::Reader::from_str(svg);
    reader.config_mut().check_end_names = true;
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => {
                assert_ne!(tag.local_name().as_ref(), "script");
                for attribute in tag.attributes() {
                    let attribute = attribute.unwrap();
                    assert!(
                        !attribute.key.as_ref().starts_with("on")
                            && !attribute.key.as_ref().ends_with("href")
                    );
                }
            }
            _ => {}
        }
    }
    assert!(!svg.chars().any(|c| c.is_control() && c != '\n'));
}

#[test]
fn a_picture_is_true_to_its_findings() {
    let graph = country(1, 4, |at| format!("Body number {at}"));
    draw(&graph, &view("A country"), |world, findings, picture| {
        for verdict in Verdict::ALL {
            assert!(findings.iter().any(|f| f.verdict == *verdict), "no {verdict} to draw");
        }
        truth(world, findings, picture);
        edges_are_counted(world, findings, picture);
        geometry(picture);
    });
}

#[test]
fn exland_is_drawn_true_to_its_findings() {
    let graph = exland::graph();
    draw_norms(&graph, &exland::norms(&graph), &view("Exland"), |world, findings, picture| {
        truth(world, findings, picture);
        edges_are_counted(world, findings, picture);
        geometry(picture);
    });
}

#[test]
fn ukraine_is_drawn_true_to_its_findings() {
    let sources = ["ontology/", "data/ua/"].map(|prefix| Source::Shipped(prefix.to_owned()));
    let graph = load(&documents(&sources).unwrap()).unwrap();
    for language in ["en", "uk"] {
        let view = GapView { language: language.to_owned(), ..view("Ukraine") };
        draw(&graph, &view, |world, findings, picture| {
            if language == "en" {
                truth(world, findings, picture);
            }
            geometry(picture);
            well_formed(&picture.scene().to_svg());
            graphviz_rust::parse(&picture.scene().to_dot().unwrap()).unwrap();
        });
    }
}

#[test]
fn many_overseers_share_a_box_of_their_type() {
    let graph = country(7, 30, |at| format!("Body number {at}"));
    draw(&graph, &view("A country"), |_, _, picture| {
        let labels: Vec<&str> = picture.nodes.iter().map(|node| node.label.as_str()).collect();
        assert!(labels.iter().any(|label| label.starts_with("Court (")), "{labels:?}");
        let bodies = picture.nodes.iter().filter(|node| node.kind == NodeKind::Body).count();
        assert_eq!(bodies, oversight::diagram::MOST_BODIES);
        assert!(picture.subtitle[0].contains("14 of 30 bodies"), "{:?}", picture.subtitle);
        assert!(picture.notes.iter().any(|note| note.starts_with("Not shown")));
        geometry(picture);
    });
}

#[test]
fn a_selection_is_shown_whole_and_numbered_from_top_to_bottom() {
    let graph = country(2, 30, |at| format!("Body number {at}"));
    let chosen = (0..20).map(|n| graph.find(&format!("https://w3id.org/oversight/id/xx/body-{n}")).unwrap());
    let view = GapView { selection: Some(chosen.collect()), ..view("A country") };
    draw(&graph, &view, |_, _, picture| {
        let right = |node: &&Node| picture.groups[node.group].side == Side::Right;
        let numbers: Vec<_> = picture.nodes.iter().filter(right).map(|node| node.number.unwrap()).collect();
        assert_eq!(numbers, (1..=20).collect::<Vec<_>>());
        geometry(picture);
    });
}

#[test]
fn a_country_without_findings_gives_an_empty_picture() {
    let graph = country(1, 0, |at| format!("Body number {at}"));
    draw(&graph, &view("Nobody"), |_, findings, picture| {
        assert!(findings.is_empty());
        geometry(picture);
        well_formed(&picture.scene().to_svg());
        graphviz_rust::parse(&picture.scene().to_dot().unwrap()).unwrap();
    });
}

#[test]
fn hostile_labels_stay_labels() {
    for (at, hostile) in HOSTILE.iter().enumerate() {
        let graph = country(2, 5, |_| (*hostile).to_owned());
        draw(&graph, &view(hostile), |_, _, picture| {
            geometry(picture);
            let svg = picture.scene().to_svg();
            well_formed(&svg);
            assert_eq!(svg.matches("<svg").count(), 1, "label {at}");
            graphviz_rust::parse(&picture.scene().to_dot().unwrap()).unwrap();
        });
    }
}

#[test]
fn labels_of_500_letters_are_cut_and_whole_in_the_tooltip() {
    for long in ["x".repeat(500), "щ ".repeat(250), "💂".repeat(500)] {
        let graph = country(2, 5, |_| long.clone());
        draw(&graph, &view(&long), |_, _, picture| {
            geometry(picture);
            let layout = picture.layout();
            assert!(
                layout.cards.iter().any(|card| card.texts.iter().any(|text| text.content.ends_with('…')))
            );
            well_formed(&picture.scene().to_svg());
        });
    }
}

#[test]
fn the_same_findings_give_the_same_bytes() {
    let written = || {
        let graph = country(3, 9, |at| format!("Body number {at}"));
        let mut written = String::new();
        draw(&graph, &view("A country"), |_, _, picture| {
            written = picture.scene().to_svg() + &picture.scene().to_dot().unwrap();
        });
        written
    };
    assert_eq!(written(), written());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_label_can_be_drawn(names in prop::collection::vec("\\PC{0,60}|[\"\\\\<>&\\n]{0,12}", 1..8), bodies in 1_usize..6) {
        let graph = country(1, bodies, |at| names[at % names.len()].clone());
        draw(&graph, &view(&names[0]), |_, _, picture| {
            geometry(picture);
            well_formed(&picture.scene().to_svg());
            graphviz_rust::parse(&picture.scene().to_dot().unwrap()).unwrap();
        });
    }
}
