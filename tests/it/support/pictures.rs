//! Every view of a graph, as a page draws it.
#![expect(clippy::unwrap_used, reason = "a country that cannot be read fails the test")]

use oversight::change::timeline;
use oversight::diagram::compare::{CompareView, Rows};
use oversight::diagram::matrix::{Columns, MatrixView};
use oversight::diagram::timeline::TimelineView;
use oversight::diagram::{
    About, Expand, GapView, Scene, body, chain, compare, gaps, map, matrix, timeline as timeline_view,
};
use oversight::gaps::{Trust, World, evaluate};
use oversight::model::{Day, Graph, InstitutionId, Norm, Symbol, load};
use oversight::rdf::{Source, documents};

/// A shipped country under the shipped ontology.
pub(crate) fn shipped(place: &str) -> Graph {
    let sources = ["ontology/".to_owned(), format!("data/{place}/")].map(Source::Shipped);
    load(&documents(&sources).unwrap()).unwrap()
}

/// What stands around a picture.
pub(crate) fn about(title: &str, language: &str) -> About {
    About {
        title: title.to_owned(),
        version: Some("2026.1".to_owned()),
        source: format!("Source: {title}"),
        language: language.to_owned(),
    }
}

/// Draws map, body, chain, gaps, matrix, timeline and comparison; those that have to do with time with all days.
pub(crate) fn every_view(
    graph: &Graph,
    norms: &[&Norm],
    of: InstitutionId,
    about: &About,
    day: Day,
) -> Vec<Scene> {
    let world = World::new(graph, day, Trust::All);
    let ever = world.ever();
    let findings = evaluate(&world, norms);
    let gap_view = GapView {
        title: about.title.clone(),
        version: about.version.clone(),
        source: about.source.clone(),
        language: about.language.clone(),
        selection: None,
        expand: false,
    };
    let mut countries: Vec<Symbol> = graph.institutions().filter_map(|(_, body)| body.country).collect();
    countries.sort_unstable_by_key(|iri| graph.text(*iri));
    countries.dedup();
    let compared = CompareView { countries, rows: Rows::Documents, trust: Trust::All };
    let matrix_of = MatrixView { columns: Columns::Pillars, expand: false };
    let line = timeline(&world, norms, None);
    vec![
        map(&ever, about, &Expand::default()),
        body(&ever, about, of, &Expand::default()),
        chain(&world, about, of),
        gaps(&world, &findings, &gap_view).scene(),
        matrix::draw(&world, &findings, about, matrix_of),
        timeline_view::draw(&world, &line, about, TimelineView { expand: false }),
        compare::draw(&world, &findings, norms, about, &compared),
    ]
}
