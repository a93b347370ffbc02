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
    let node = |out: &mut Out<'_>, id| {
        json::member(out, "{\"data\":{\"id\":", graph.iri(id));
        json::member(out, ",\"value\":", graph.iri(id));
        json::member(out, ",\"name\":", view.name(id));
    };
    json::nodes(view, out, node, "}}")?;
    out.raw("],\n\"edges\":[");
    let edge = |out: &mut Out<'_>, _, id| {
        let (overseer, link, overseen) = graph.link(id);
        json::member(out, "{\"data\":{\"id\":", graph.text(link.iri));
        json::member(out, ",\"key\":", graph.text(link.iri));
        json::member(out, ",\"source\":", graph.iri(overseer));
        json::member(out, ",\"target\":", graph.iri(overseen));
    };
    json::edges(view, out, edge, "}}")?;
    out.raw("]\n},\n\"style\":[\n{\"selector\":\"node\",\"style\":{\"label\":\"data(label)\"}},\n");
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
