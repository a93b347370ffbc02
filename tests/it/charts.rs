//! Matrix, timeline and comparison: true to their findings, sound in geometry, safe for any label.

#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up has to stop")]

use crate::diagram::{HOSTILE, well_formed};
use crate::support::exland;
use crate::support::made_up::country;
use oversight::change::timeline;
use oversight::diagram::compare::{CompareView, Rows, compared};
use oversight::diagram::matrix::{Columns, Key, MatrixView, folded, matrix};
use oversight::diagram::scene::{A3, Item, Rect, Role, Scene};
use oversight::diagram::timeline::{TimelineView, milestones, strips};
use oversight::diagram::{About, compare, matrix as matrix_view, timeline as timeline_view};
use oversight::gaps::{Finding, Trust, Verdict, World, evaluate};
use oversight::model::{Graph, Norm, Pillar, Standing, Symbol, load};
use oversight::rdf::{Source, documents};
use std::collections::{BTreeMap, BTreeSet};

fn shipped(places: &[&str]) -> Graph {
    let data = places.iter().map(|place| Source::Shipped(format!("data/{place}/")));
    let sources: Vec<Source> = [Source::Shipped("ontology/".to_owned())].into_iter().chain(data).collect();
    load(&documents(&sources).unwrap()).unwrap()
}

fn about(title: &str, language: &str) -> About {
    About {
        title: title.to_owned(),
        version: Some("2026.1".to_owned()),
        source: "Source: made up".to_owned(),
        language: language.to_owned(),
    }
}

fn world(graph: &Graph) -> World<'_> {
    World::new(graph, "2026-11-26".parse().unwrap(), Trust::All)
}

/// The countries that bodies of a graph belong to, in order.
fn countries(graph: &Graph) -> Vec<Symbol> {
    let mut countries: Vec<Symbol> = graph.institutions().filter_map(|(_, body)| body.country).collect();
    countries.sort_unstable_by_key(|iri| graph.text(*iri));
    countries.dedup();
    countries
}

/// Draws every chart of a graph, in every sort of column and row.
fn all(graph: &Graph, norms: &[&Norm], about: &About, expand: bool) -> Vec<Scene> {
    let world = world(graph);
    let findings = evaluate(&world, norms);
    let mut scenes: Vec<Scene> = Columns::ALL
        .iter()
        .map(|columns| matrix_view::draw(&world, &findings, about, MatrixView { columns: *columns, expand }))
        .collect();
    let line = timeline(&world, norms, None);
    scenes.push(timeline_view::draw(&world, &line, about, TimelineView { expand }));
    scenes.extend(Rows::ALL.iter().map(|rows| {
        let view = CompareView { countries: countries(graph), rows: *rows, trust: Trust::All };
        compare::draw(&world, &findings, norms, about, &view)
    }));
    scenes
}

/// What is drawn, with all groups taken apart.
fn flat<'s>(items: &'s [Item], found: &mut Vec<&'s Item>) {
    for item in items {
        match item {
            Item::Group(group) => flat(&group.items, found),
            other => found.push(other),
        }
    }
}

/// No text lies on another or on a glyph beside it, everything is on the page, what is in a cell stays in it.
fn geometry(scene: &Scene) {
    let page = Rect::new(0.0, 0.0, scene.width, scene.height);
    let mut items = Vec::new();
    flat(&scene.items, &mut items);
    for item in &items {
        assert!(page.holds(&item.bounds(), 0.5), "{}: {item:?} is off the page", scene.view);
    }
    let mut texts: Vec<(Rect, &str)> = items
        .iter()
        .filter_map(|item| match item {
            Item::Text(text) => Some((text.bounds().grown(-0.6), text.content.as_str())),
            _ => None,
        })
        .collect();
    texts.sort_by(|a, b| a.0.y.total_cmp(&b.0.y));
    for (at, (rect, content)) in texts.iter().enumerate() {
        for (other, beside) in texts[at + 1..].iter().take_while(|(other, _)| other.y < rect.bottom()) {
            assert!(!rect.overlaps(other), "{}: `{content}` lies on `{beside}`", scene.view);
        }
    }
    let mut cells: Vec<Rect> = Vec::new();
    for group in scene.groups() {
        if let [Item::Rect { rect, radius, .. }, rest @ ..] = group.items.as_slice()
            && group.role == Role::Value
            && radius.to_bits() == 2.0_f64.to_bits()
        {
            cells.push(*rect);
            for item in rest {
                assert!(rect.holds(&item.bounds(), 0.7), "{}: {item:?} is outside its cell", scene.view);
            }
        }
    }
    cells.sort_by(|a, b| a.y.total_cmp(&b.y));
    for (at, rect) in cells.iter().enumerate() {
        for other in cells[at + 1..].iter().take_while(|other| other.y < rect.bottom()) {
            assert!(!rect.overlaps(other), "{}: {rect:?} lies on {other:?}", scene.view);
        }
    }
}

/// Every text that is cut is whole in the label or the details of its group.
fn whole(scene: &Scene) {
    for group in scene.groups() {
        for item in &group.items {
            if let Item::Text(text) = item
                && let Some(begin) = text.content.strip_suffix('…').map(str::trim).filter(|b| !b.is_empty())
            {
                let told =
                    group.label.contains(begin) || group.details.iter().any(|line| line.contains(begin));
                assert!(told, "{}: `{}` is told nowhere", scene.view, text.content);
            }
        }
    }
}

#[test]
fn charts_of_countries_are_sound() {
    for places in [&["ua", "no", "de"][..], &["ge"]] {
        let graph = shipped(places);
        let norms: Vec<&Norm> = graph.norms.iter().collect();
        for language in ["en", "uk"] {
            for scene in all(&graph, &norms, &about("A country", language), false) {
                geometry(&scene);
                whole(&scene);
            }
        }
    }
}

#[test]
fn charts_that_are_expanded_are_sound() {
    let graph = shipped(&["ua"]);
    let norms: Vec<&Norm> = graph.norms.iter().collect();
    for scene in all(&graph, &norms, &about("A country", "en"), true) {
        geometry(&scene);
        whole(&scene);
    }
}

#[test]
fn all_of_ukraine_is_read_on_a_sheet_of_a3() {
    let graph = shipped(&["ua"]);
    let norms: Vec<&Norm> = graph.norms.iter().collect();
    let world = world(&graph);
    let findings = evaluate(&world, &norms);
    let line = timeline(&world, &norms, None);
    for language in ["en", "uk"] {
        let about = about("Ukraine", language);
        for scene in [
            matrix_view::draw(&world, &findings, &about, MatrixView::default()),
            timeline_view::draw(&world, &line, &about, TimelineView::default()),
        ] {
            // Upright it is hardly reduced.
            let scale = (A3.1 / scene.width).min(A3.0 / scene.height);
            assert!(scale > 0.94, "{language} {}: {} by {}", scene.view, scene.width, scene.height);
        }
    }
}

#[test]
fn exland_tells_the_same_in_text() {
    let graph = exland::graph();
    let norms = exland::norms(&graph);
    for scene in all(&graph, &norms, &about("Exland", "en"), false) {
        geometry(&scene);
    }
    let world = world(&graph);
    let findings = evaluate(&world, &norms);
    let about = about("Exland", "en");
    let drawn = matrix_view::draw(&world, &findings, &about, MatrixView::default());
    insta::assert_snapshot!("exland_matrix", drawn.to_text());
    let line = timeline(&world, &norms, None);
    let drawn = timeline_view::draw(&world, &line, &about, TimelineView::default());
    insta::assert_snapshot!("exland_timeline", drawn.to_text());
    let view = CompareView { countries: countries(&graph), rows: Rows::Norms, trust: Trust::All };
    let drawn = compare::draw(&world, &findings, &norms, &about, &view);
    insta::assert_snapshot!("exland_compare", drawn.to_text());
}

#[test]
fn a_matrix_counts_every_finding_once_a_row_and_shows_the_worst() {
    for graph in [exland::graph(), shipped(&["no"])] {
        let world = world(&graph);
        let norms: Vec<&Norm> = graph.norms.iter().collect();
        let findings = evaluate(&world, &norms);
        for columns in Columns::ALL {
            let matrix = matrix(&world, &findings, *columns);
            let counted: usize = matrix.rows.iter().map(|row| row.counts.total()).sum();
            assert_eq!(counted, findings.len());
            for row in &matrix.rows {
                let mine: BTreeSet<usize> =
                    (0..findings.len()).filter(|at| findings[*at].institution == row.id).collect();
                let placed: BTreeSet<usize> =
                    row.cells.iter().flat_map(|cell| cell.findings.iter().copied()).collect();
                assert_eq!(placed, mine, "every finding stands under a column");
                for cell in &row.cells {
                    let worst = cell.findings.iter().map(|at| findings[*at].verdict).min();
                    assert_eq!(cell.worst(), worst);
                }
            }
            let places: Vec<_> = matrix.rows.iter().map(|row| row.family).collect();
            let mut families = places.clone();
            families.dedup();
            let different: BTreeSet<_> = places.iter().collect();
            assert_eq!(families.len(), different.len(), "families stand together");
        }
    }
}

#[test]
fn a_pillar_has_the_findings_that_it_meets_or_could() {
    let graph = exland::graph();
    let world = world(&graph);
    let norms: Vec<&Norm> = graph.norms.iter().collect();
    let findings = evaluate(&world, &norms);
    let matrix = matrix(&world, &findings, Columns::Pillars);
    for row in &matrix.rows {
        for (key, cell) in matrix.columns.iter().zip(&row.cells) {
            let Key::Pillar(pillar) = key else { continue };
            let types = graph.vocabulary.pillar_types(*pillar);
            for at in &cell.findings {
                let finding = &findings[*at];
                assert!(
                    finding.norm.evidence.overseers.all.meets(types),
                    "{} names no {pillar}",
                    finding.norm.id
                );
                if finding.verdict == Verdict::Met && !finding.evidence.is_empty() {
                    let meets = |link| graph.institution(graph.link(link).0).types.meets(types);
                    assert!(finding.links().any(meets), "{} is not met by {pillar}", finding.norm.id);
                }
            }
            // The links, counted anew: in force, over the body or reaching down, not its own.
            let above = |link| {
                let (_, weight, overseen) = graph.link(link);
                world.ancestors(row.id).contains(&overseen)
                    && graph.vocabulary.reaches_below(weight.mechanism, graph.institution(overseen).types)
            };
            let links: BTreeSet<_> = graph
                .network
                .edge_indices()
                .filter(|link| world.standing(*link) == Standing::InForce)
                .filter(|link| graph.link(*link).2 == row.id || above(*link))
                .filter(|link| graph.link(*link).0 != row.id)
                .filter(|link| graph.institution(graph.link(*link).0).types.meets(types))
                .collect();
            assert_eq!(cell.links, links);
        }
    }
    assert!(matrix.columns.contains(&Key::Pillar(Pillar::Legislature)));
}

#[test]
fn folding_loses_no_body_and_no_verdict() {
    let graph = shipped(&["ua"]);
    let world = world(&graph);
    let norms: Vec<&Norm> = graph.norms.iter().collect();
    let findings = evaluate(&world, &norms);
    for columns in Columns::ALL {
        let matrix = matrix(&world, &findings, *columns);
        let bands = folded(&graph, &matrix.rows, false);
        assert!(bands.len() < matrix.rows.len());
        let bodies: BTreeSet<_> = bands.iter().flat_map(|band| band.rows.iter().map(|row| row.id)).collect();
        assert_eq!(bodies.len(), matrix.rows.len());
        for band in &bands {
            for column in 0..matrix.columns.len() {
                let each: BTreeSet<_> = band.rows.iter().map(|row| row.cells[column].worst()).collect();
                assert!(each.contains(&band.worst(column)) || band.worst(column).is_none());
                assert!(each.len() == 1, "bodies that share a row are alike");
            }
        }
        assert_eq!(folded(&graph, &matrix.rows, true).len(), matrix.rows.len());
    }
}

#[test]
fn a_large_country_is_folded_by_type() {
    let graph = country(3, 400, |at| format!("Body number {at}"));
    let scenes = all(&graph, &graph.norms.iter().collect::<Vec<_>>(), &about("Large", "en"), false);
    for scene in &scenes {
        geometry(scene);
        assert!(scene.height < 4000.0, "{}: {}", scene.view, scene.height);
    }
}

#[test]
fn strips_end_as_the_findings_are() {
    let graph = exland::graph();
    let world = world(&graph);
    let norms: Vec<&Norm> = graph.norms.iter().collect();
    let findings = evaluate(&world, &norms);
    let line = timeline(&world, &norms, None);
    let mut worst: BTreeMap<_, Verdict> = BTreeMap::new();
    for Finding { institution, verdict, .. } in &findings {
        let known = worst.entry(*institution).or_insert(*verdict);
        *known = (*known).min(*verdict);
    }
    let strips = strips(&graph, &line, true);
    for strip in &strips {
        let [body] = strip.bodies[..] else { panic!("a strip of its own") };
        assert_eq!(strip.turns.last().unwrap().1, worst.get(&body).copied());
        let mine = findings.iter().filter(|finding| finding.institution == body).count();
        assert_eq!(strip.counts.total(), mine);
        let changed: usize = strip.changes.iter().filter(|change| change.institution == body).count();
        assert_eq!(changed, strip.changes.len());
    }
    assert_eq!(strips.iter().map(|strip| strip.changes.len()).sum::<usize>(), line.changes.len());
}

#[test]
fn marked_days_are_those_with_most_changes() {
    let graph = shipped(&["no"]);
    let world = world(&graph);
    let norms: Vec<&Norm> = graph.norms.iter().collect();
    let line = timeline(&world, &norms, None);
    let every = milestones(&graph, &line, usize::MAX);
    let few = milestones(&graph, &line, 5);
    assert!(few.windows(2).all(|two| two[0].day < two[1].day));
    let weight = |m: &oversight::diagram::timeline::Milestone| m.turned.0 + m.turned.1;
    let least = few.iter().map(weight).min().unwrap();
    let left = every.iter().filter(|m| few.iter().all(|shown| shown.day != m.day));
    assert!(left.map(weight).all(|other| other <= least));
    for milestone in &every {
        assert_eq!(milestone.moves.values().sum::<usize>(), weight(milestone));
        assert!(
            !milestone.acts.is_empty() && milestone.acts.iter().all(|(_, count)| *count <= weight(milestone))
        );
    }
}

#[test]
fn a_comparison_tells_nobody_in_scope_from_a_gap() {
    let graph = shipped(&["no", "de"]);
    let world = world(&graph);
    let norms: Vec<&Norm> = graph.norms.iter().collect();
    let findings = evaluate(&world, &norms);
    let countries = countries(&graph);
    let comparison = compared(&world, Trust::All, &findings, &norms, &countries, Rows::Norms);
    assert_eq!(comparison.lines.len(), norms.len(), "every norm has a row");
    for (column, country) in comparison.countries.iter().enumerate() {
        let mut total = 0;
        for line in &comparison.lines {
            let norm = line.norm.unwrap();
            let (counts, places) = &line.cells[column];
            let mine = findings.iter().filter(|finding| {
                finding.norm.id == norm.id
                    && graph.institution(finding.institution).country == Some(country.iri)
            });
            assert_eq!(counts.total(), mine.count());
            assert_eq!(counts.worst().is_none(), places.is_empty());
            total += counts.total();
        }
        assert_eq!(total, country.counts.total());
        assert!(country.verified > 0 && country.verified < country.links.len() && country.surveyed > 0);
    }
    let absent =
        comparison.lines.iter().flat_map(|line| &line.cells).filter(|(counts, _)| counts.total() == 0);
    assert!(absent.count() > 0);
    let by_document = compared(&world, Trust::All, &findings, &norms, &countries, Rows::Documents);
    assert_eq!(by_document.lines.iter().map(|line| line.norms).sum::<usize>(), norms.len());
}

#[test]
fn hostile_labels_stay_labels() {
    let long = "щ ".repeat(250);
    for hostile in HOSTILE.iter().copied().chain([long.as_str()]) {
        let graph = country(2, 34, |_| hostile.to_owned());
        for scene in all(&graph, &graph.norms.iter().collect::<Vec<_>>(), &about(hostile, "en"), false) {
            geometry(&scene);
            let svg = scene.to_svg();
            well_formed(&svg);
            assert_eq!(svg.matches("<svg").count(), 1);
        }
    }
}

#[test]
fn a_country_without_findings_gives_empty_charts() {
    let graph = country(1, 0, |at| format!("Body number {at}"));
    for scene in all(&graph, &[], &about("Nobody", "en"), false) {
        geometry(&scene);
        well_formed(&scene.to_svg());
    }
}

#[test]
fn the_same_findings_give_the_same_bytes() {
    let written = || {
        let graph = shipped(&["no"]);
        let norms: Vec<&Norm> = graph.norms.iter().collect();
        let scenes = all(&graph, &norms, &about("Norway", "en"), false);
        scenes.iter().map(|scene| scene.to_svg() + &scene.to_text()).collect::<Vec<_>>()
    };
    assert_eq!(written(), written());
}
