//! Node-link JSON, as NetworkX reads and D3 draws it: `id` of nodes; `source`, `target`, `key` of edges are IRIs.
//!
//! # Source
//! <https://networkx.org/documentation/stable/reference/readwrite/json_graph.html>

use super::json;
use crate::export::format::{Carries, Format};
use crate::export::out::Out;
use crate::export::select::View;
use std::io;

pub(in crate::export) const FORMAT: Format = Format {
    id: "node-link",
    name: "node-link JSON",
    extension: "json",
    opens_in: "NetworkX, D3",
    several: false,
    carries: Carries::fields("text, in the precision of the source", "arrays"),
    write,
};

fn write(view: &View<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let graph = view.graph();
    out.raw("{\"directed\":true,\"multigraph\":true,\"graph\":{");
    json::about(view, out);
    out.raw("},\n\"nodes\":[");
    json::nodes(view, out, |out, id| json::member(out, "{\"id\":", graph.iri(id)), "}")?;
    out.raw("],\n\"");
    out.raw(view.selection().edges_key);
    out.raw("\":[");
    let edge = |out: &mut Out<'_>, _, id| {
        let (overseer, link, overseen) = graph.link(id);
        json::member(out, "{\"source\":", graph.iri(overseer));
        json::member(out, ",\"target\":", graph.iri(overseen));
        json::member(out, ",\"key\":", graph.text(link.iri));
    };
    json::edges(view, out, edge, "}")?;
    out.raw("]}\n");
    Ok(())
}
