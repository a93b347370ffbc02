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
    let members = json::members(view.node_fields());
    out.raw("\n");
    out.records(
        || view.nodes(),
        ",\n",
        |out, id| {
            out.raw("{\"id\":");
            json::string(out, graph.iri(id));
            json::node(view, out, &members, id);
            out.raw("}");
        },
    )?;
    out.raw("\n],\n\"");
    out.raw(view.selection().edges_key);
    out.raw("\":[");
    let members = json::members(view.edge_fields());
    out.raw("\n");
    out.records(
        || view.edges(),
        ",\n",
        |out, id| {
            let (overseer, link, overseen) = graph.link(id);
            out.raw("{\"source\":");
            json::string(out, graph.iri(overseer));
            out.raw(",\"target\":");
            json::string(out, graph.iri(overseen));
            out.raw(",\"key\":");
            json::string(out, graph.text(link.iri));
            json::edge(view, out, &members, id);
            out.raw("}");
        },
    )?;
    out.raw("\n]}\n");
    Ok(())
}
