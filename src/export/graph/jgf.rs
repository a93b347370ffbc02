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
    let node = |out: &mut Out<'_>, id| {
        json::member(out, "", graph.iri(id));
        json::member(out, ":{\"label\":", view.name(id));
        json::member(out, ",\"metadata\":{\"iri\":", graph.iri(id));
    };
    json::nodes(view, out, node, "}}")?;
    out.raw("},\n\"edges\":[");
    let edge = |out: &mut Out<'_>, _, id| {
        let (overseer, link, overseen) = graph.link(id);
        json::member(out, "{\"id\":", graph.text(link.iri));
        json::member(out, ",\"source\":", graph.iri(overseer));
        json::member(out, ",\"target\":", graph.iri(overseen));
        json::member(out, ",\"relation\":", graph.vocabulary.mechanisms.slug(link.mechanism));
        json::member(out, ",\"label\":", view.link_name(link));
        json::member(out, ",\"metadata\":{\"iri\":", graph.text(link.iri));
    };
    json::edges(view, out, edge, "}}")?;
    out.raw("]}}\n");
    Ok(())
}
