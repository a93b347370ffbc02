//! Cytoscape.js JSON: elements with `id`, `source`, `target` and all fields as data, and a style by pillar.
//!
//! NetworkX asks for `value` of nodes and `key` of edges beside their `id`.
//!
//! # Source
//! <https://js.cytoscape.org/#notation/elements-json>; Cytoscape for the desktop shows `name`.

use super::json;
use crate::export::format::{Carries, Format};
use crate::export::out::Out;
use crate::export::select::View;
use crate::model::Pillar;
use crate::palette::colour;
use std::io;

pub(in crate::export) const FORMAT: Format = Format {
    id: "cytoscape",
    name: "Cytoscape.js JSON",
    extension: "cyjs",
    opens_in: "Cytoscape.js, Cytoscape, NetworkX",
    several: false,
    carries: Carries::fields("text, in the precision of the source", "arrays"),
    write,
};

fn write(view: &View<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let graph = view.graph();
    out.raw(
        "{\"format_version\":\"1.0\",\"directed\":true,\"multigraph\":true,\"data\":{\"name\":\"oversight\",",
    );
    json::about(view, out);
    out.raw("},\n\"elements\":{\n\"nodes\":[");
    let members = json::members(view.node_fields());
    out.raw("\n");
    out.records(
        || view.nodes(),
        ",\n",
        |out, id| {
            out.raw("{\"data\":{\"id\":");
            json::string(out, graph.iri(id));
            out.raw(",\"value\":");
            json::string(out, graph.iri(id));
            out.raw(",\"name\":");
            json::string(out, view.name(id));
            json::node(view, out, &members, id);
            out.raw("}}");
        },
    )?;
    out.raw("\n],\n\"edges\":[");
    let members = json::members(view.edge_fields());
    out.raw("\n");
    out.records(
        || view.edges(),
        ",\n",
        |out, id| {
            let (overseer, link, overseen) = graph.link(id);
            out.raw("{\"data\":{\"id\":");
            json::string(out, graph.text(link.iri));
            out.raw(",\"key\":");
            json::string(out, graph.text(link.iri));
            out.raw(",\"source\":");
            json::string(out, graph.iri(overseer));
            out.raw(",\"target\":");
            json::string(out, graph.iri(overseen));
            json::edge(view, out, &members, id);
            out.raw("}}");
        },
    )?;
    out.raw("\n]\n},\n\"style\":[\n{\"selector\":\"node\",\"style\":{\"label\":\"data(label)\"}},\n");
    out.raw("{\"selector\":\"edge\",\"style\":{\"label\":\"data(label)\",\"curve-style\":\"bezier\",");
    out.raw("\"target-arrow-shape\":\"triangle\",\"font-size\":8}}");
    for pillar in Pillar::ALL {
        let (word, colour) = (pillar.slug(), colour(Some(*pillar)));
        for (element, key) in
            [("node", "background-color"), ("edge", "line-color"), ("edge", "target-arrow-color")]
        {
            out.raw(&format!(
                ",\n{{\"selector\":\"{element}[pillar = '{word}']\",\"style\":{{\"{key}\":\"{colour}\"}}}}"
            ));
        }
    }
    out.raw("\n]}\n");
    Ok(())
}
