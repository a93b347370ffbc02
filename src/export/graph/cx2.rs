//! CX2, the exchange format of Cytoscape and `NDEx`: declared attributes, numbered nodes, colours by pillar.
//!
//! # Source
//! <https://cytoscape.org/cx/cx2/specification/cytoscape-exchange-format-specification-(version-2)/>

use super::json;
use crate::export::format::{Carries, Format};
use crate::export::out::Out;
use crate::export::record::{Field, Kind};
use crate::export::select::View;
use crate::model::Pillar;
use crate::palette::colour;
use std::io;

pub(in crate::export) const FORMAT: Format = Format {
    id: "cx2",
    name: "CX2",
    extension: "cx2",
    opens_in: "Cytoscape, NDEx",
    several: false,
    carries: Carries::fields("text, in the precision of the source", "lists"),
    write,
};

fn write(view: &View<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let graph = view.graph();
    let (nodes, edges) = (view.node_count(), view.edge_count());
    out.raw("[{\"CXVersion\":\"2.0\",\"hasFragments\":false},\n{\"metaData\":[");
    for (name, count) in
        [("attributeDeclarations", 1), ("networkAttributes", 1), ("nodes", nodes), ("edges", edges)]
    {
        out.raw(&format!("{{\"name\":\"{name}\",\"elementCount\":{count}}},"));
    }
    out.raw("{\"name\":\"visualProperties\",\"elementCount\":1}]},\n{\"attributeDeclarations\":[{");
    out.raw("\"networkAttributes\":{\"name\":{\"d\":\"string\"}");
    for (key, _) in view.about() {
        out.raw(&format!(",\"{key}\":{{\"d\":\"string\"}}"));
    }
    out.raw("},\n\"nodes\":{\"iri\":{\"d\":\"string\"},\"name\":{\"d\":\"string\"}");
    declare(out, view.node_fields());
    out.raw("},\n\"edges\":{\"iri\":{\"d\":\"string\"}");
    declare(out, view.edge_fields());
    out.raw("}}]},\n{\"networkAttributes\":[{\"name\":\"oversight\",");
    json::about(view, out);
    out.raw("}]},\n{\"nodes\":[");
    let node = |out: &mut Out<'_>, id| {
        out.raw("{\"id\":");
        out.number(view.place(id));
        json::member(out, ",\"v\":{\"iri\":", graph.iri(id));
        json::member(out, ",\"name\":", view.name(id));
    };
    json::nodes(view, out, node, "}}")?;
    out.raw("]},\n{\"edges\":[");
    let edge = |out: &mut Out<'_>, number: usize, id| {
        let (overseer, link, overseen) = graph.link(id);
        out.raw("{\"id\":");
        out.number(number);
        out.raw(",\"s\":");
        out.number(view.place(overseer));
        out.raw(",\"t\":");
        out.number(view.place(overseen));
        json::member(out, ",\"v\":{\"iri\":", graph.text(link.iri));
    };
    json::edges(view, out, edge, "}}")?;
    out.raw("]},\n{\"visualProperties\":[{\"default\":{\"network\":{},\"node\":{},\"edge\":{}},\n\"nodeMapping\":{");
    out.raw("\"NODE_LABEL\":{\"type\":\"PASSTHROUGH\",\"definition\":{\"attribute\":\"name\",\"type\":\"string\"}},");
    by_pillar(out, "NODE_BACKGROUND_COLOR");
    out.raw("},\n\"edgeMapping\":{");
    out.raw("\"EDGE_LABEL\":{\"type\":\"PASSTHROUGH\",\"definition\":{\"attribute\":\"label\",\"type\":\"string\"}},");
    by_pillar(out, "EDGE_LINE_COLOR");
    out.raw("}}]},\n{\"status\":[{\"success\":true}]}]\n");
    Ok(())
}

fn declare(out: &mut Out<'_>, fields: &[Field]) {
    for field in fields {
        let kind = match field.kind {
            Kind::Flag => "boolean",
            Kind::Number => "long",
            Kind::List => "list_of_string",
            Kind::Text | Kind::Word | Kind::Start | Kind::End => "string",
        };
        out.raw(&format!(",\"{}\":{{\"d\":\"{kind}\"}}", field.name));
    }
}

fn by_pillar(out: &mut Out<'_>, property: &str) {
    out.raw(&format!(
        "\"{property}\":{{\"type\":\"DISCRETE\",\"definition\":{{\"attribute\":\"pillar\",\"type\":\"string\",\"map\":["
    ));
    let row =
        |pillar: &Pillar| format!("{{\"v\":\"{}\",\"vp\":\"{}\"}}", pillar.slug(), colour(Some(*pillar)));
    out.raw(&Pillar::ALL.iter().map(row).collect::<Vec<_>>().join(","));
    out.raw("]}}");
}
