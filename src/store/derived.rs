//! Links in force as plain properties, so that `?who ov:audits ua:sbu` works.

use crate::model::{LinkId, Standing, World};
use crate::vocab::{GRAPH_DERIVED, ov};
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term};

/// Returns `overseer ov:oversees overseen` and `overseer <ov:predicate> overseen` for each of `links` that is in force.
pub fn plain_properties(world: &World<'_>, links: impl Iterator<Item = LinkId>) -> Vec<Quad> {
    let graph = world.graph();
    let node = |iri: &str| NamedNode::new_unchecked(iri);
    let name = GraphName::NamedNode(node(GRAPH_DERIVED));
    let oversees = node(ov::OVERSEES);
    let mut quads = Vec::new();
    for id in links.filter(|id| world.standing(*id) == Standing::InForce) {
        let (overseer, link, overseen) = graph.link(id);
        let (overseer, overseen) = (graph.iri(overseer), graph.iri(overseen));
        // A blank node has no name outside its document, so nothing can be said of it here.
        if overseer.starts_with("_:") || overseen.starts_with("_:") {
            continue;
        }
        let predicates = graph.vocabulary.predicates(link.mechanism).iter().map(|p| node(graph.text(*p)));
        for predicate in std::iter::once(oversees.clone()).chain(predicates) {
            quads.push(Quad::new(
                NamedOrBlankNode::NamedNode(node(overseer)),
                predicate,
                Term::NamedNode(node(overseen)),
                name.clone(),
            ));
        }
    }
    quads
}
