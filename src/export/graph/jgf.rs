//! JSON Graph Format, version 2: fields stand in `metadata`, the mechanism is the `relation`.
//!
//! # Source
//! <https://jsongraphformat.info>, `json-graph-schema_v2.json`

use super::json;
use crate::export::format::{Carries, Format};
use crate::export::out::Out;
use crate::export::select::View;
use std::io;

pub(in crate::export) const FORMAT: Format = Format {
    id: "jgf",
    name: "JSON Graph Format 2",
    extension: "json",
    opens_in: "readers of JSON Graph Format",
    several: false,
    carries: Carries::fields("text, in the precision of the source", "arrays"),
    write,
};

fn write(view: &View<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let graph = view.graph();
    out.raw("{\"graph\":{\"id\":\"oversight\",\"type\":\"oversight\",\"directed\":true,\"metadata\":{");
    json::about(view, out);
    out.raw("},\n\"nodes\":{");
    let members = json::members(view.node_fields());
    out.raw("\n");
    out.records(
        || view.nodes(),
        ",\n",
        |out, id| {
            json::string(out, graph.iri(id));
            out.raw(":{\"label\":");
            json::string(out, view.name(id));
            out.raw(",\"metadata\":{\"iri\":");
            json::string(out, graph.iri(id));
            json::node(view, out, &members, id);
            out.raw("}}");
        },
    )?;
    out.raw("\n},\n\"edges\":[");
    let members = json::members(view.edge_fields());
    out.raw("\n");
    out.records(
        || view.edges(),
        ",\n",
        |out, id| {
            let (overseer, link, overseen) = graph.link(id);
            out.raw("{\"id\":");
            json::string(out, graph.text(link.iri));
            out.raw(",\"source\":");
            json::string(out, graph.iri(overseer));
            out.raw(",\"target\":");
            json::string(out, graph.iri(overseen));
            out.raw(",\"relation\":");
            json::string(out, graph.vocabulary.mechanisms.slug(link.mechanism));
            out.raw(",\"label\":");
            json::string(out, view.link_name(link));
            out.raw(",\"metadata\":{\"iri\":");
            json::string(out, graph.text(link.iri));
            json::edge(view, out, &members, id);
            out.raw("}}");
        },
    )?;
    out.raw("\n]}}\n");
    Ok(())
}
