//! The gap picture: true to its findings, sound in geometry, safe for any label.

#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up has to stop")]

use crate::support::exland;
use crate::support::geometry::{geometry, told_in_text};
use crate::support::made_up::country;
use oversight::diagram::scene::A3;
use oversight::diagram::{EdgeKind, GapView, Node, NodeKind, Picture, Side, gaps};
use oversight::gaps::{Finding, Trust, Verdict, World, evaluate};
use oversight::model::{Graph, Norm, Polarity, Standing, load};
use oversight::rdf::{Source, documents};
use proptest::prelude::*;
use std::collections::BTreeSet;

pub(crate) const HOSTILE: [&str; 10] = [
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

fn view(title: &str) -> GapView {
    GapView {
        title: title.to_owned(),
        version: Some("2026.1".to_owned()),
        source: "Source: made up".to_owned(),
        language: "en".to_owned(),
        selection: None,
        expand: false,
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
            let title = |iri| graph.document(iri).unwrap().titles.pick(&graph.texts, "en").unwrap();
            assert_eq!(
                entry.document.as_deref().map(|text| text.split(" (").next().unwrap()),
                finding.norm.document.map(|iri| graph.text(title(iri)).split(" (").next().unwrap()),
                "{}",
                entry.id
            );
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

pub(crate) fn well_formed(svg: &str) {
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
        geometry(&picture.scene());
        told_in_text(&picture.scene());
    });
}

#[test]
fn exland_is_drawn_true_to_its_findings() {
    let graph = exland::graph();
    draw_norms(&graph, &exland::norms(&graph), &view("Exland"), |world, findings, picture| {
        truth(world, findings, picture);
        edges_are_counted(world, findings, picture);
        geometry(&picture.scene());
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
            let scene = picture.scene();
            geometry(&scene);
            well_formed(&scene.to_svg());
            graphviz_rust::parse(&scene.to_dot().unwrap()).unwrap();
            // On a sheet of A3, upright, it is hardly reduced.
            let scale = (A3.1 / scene.width).min(A3.0 / scene.height);
            assert!(scale > 0.87, "{language}: {} by {}", scene.width, scene.height);
        });
    }
}

#[test]
fn many_overseers_share_a_box_of_their_type() {
    let graph = country(7, 30, |at| format!("Body number {at}"));
    let expanded = GapView { expand: true, ..view("A country") };
    draw(&graph, &expanded, |_, _, picture| {
        assert!(picture.nodes.iter().all(|node| !node.label.starts_with("Court (")));
        geometry(&picture.scene());
    });
    draw(&graph, &view("A country"), |_, _, picture| {
        let labels: Vec<&str> = picture.nodes.iter().map(|node| node.label.as_str()).collect();
        assert!(labels.iter().any(|label| label.starts_with("Court (")), "{labels:?}");
        let bodies = picture.nodes.iter().filter(|node| node.kind == NodeKind::Body).count();
        assert_eq!(bodies, oversight::diagram::MOST_BODIES);
        assert!(picture.subtitle[1].contains("14 of 30 bodies"), "{:?}", picture.subtitle);
        assert!(picture.notes.iter().any(|note| note.starts_with("Not shown")));
        geometry(&picture.scene());
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
        geometry(&picture.scene());
    });
}

#[test]
fn a_country_without_findings_gives_an_empty_picture() {
    let graph = country(1, 0, |at| format!("Body number {at}"));
    draw(&graph, &view("Nobody"), |_, findings, picture| {
        assert!(findings.is_empty());
        geometry(&picture.scene());
        well_formed(&picture.scene().to_svg());
        graphviz_rust::parse(&picture.scene().to_dot().unwrap()).unwrap();
    });
}

#[test]
fn hostile_labels_stay_labels() {
    for (at, hostile) in HOSTILE.iter().enumerate() {
        let graph = country(2, 5, |_| (*hostile).to_owned());
        draw(&graph, &view(hostile), |_, _, picture| {
            geometry(&picture.scene());
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
            geometry(&picture.scene());
            let svg = picture.scene().to_svg();
            assert!(svg.contains("…</text>"), "nothing is cut");
            well_formed(&svg);
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
            geometry(&picture.scene());
            well_formed(&picture.scene().to_svg());
            graphviz_rust::parse(&picture.scene().to_dot().unwrap()).unwrap();
        });
    }
}
