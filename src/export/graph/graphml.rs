//! GraphML 1.0: typed keys for nodes and edges; labels and colours for yEd as well.
//!
//! # Source
//! <http://graphml.graphdrawing.org/specification.html>; Gephi shows the keys named `label`, yEd what stands in
//! elements of its own namespace.

use crate::export::escape::xml;
use crate::export::format::{Carries, Format};
use crate::export::loss::Loss;
use crate::export::out::Out;
use crate::export::record::{Kind, Value};
use crate::export::select::View;
use crate::export::style::told;
use crate::model::Standing;
use crate::palette::colour;
use std::io;

pub(in crate::export) const FORMAT: Format = Format {
    id: "graphml",
    name: "GraphML",
    extension: "graphml",
    opens_in: "Gephi, yEd, Cytoscape, NetworkX, igraph",
    several: false,
    carries: Carries::fields("text, in the precision of the source", "text, joined by `;`"),
    write,
};

const HEAD: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
    "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" xmlns:y=\"http://www.yworks.com/xml/graphml\" ",
    "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"",
    "http://graphml.graphdrawing.org/xmlns http://www.yworks.com/xml/schema/graphml/1.1/ygraphml.xsd\">\n",
    "<key id=\"ni\" for=\"node\" attr.name=\"iri\" attr.type=\"string\"/>\n",
    "<key id=\"ei\" for=\"edge\" attr.name=\"iri\" attr.type=\"string\"/>\n",
    "<key id=\"ny\" for=\"node\" yfiles.type=\"nodegraphics\"/>\n",
    "<key id=\"ey\" for=\"edge\" yfiles.type=\"edgegraphics\"/>\n",
);

fn write(view: &View<'_>, out: &mut Out<'_>) -> io::Result<()> {
    out.raw(HEAD);
    for (prefix, element, fields) in [("n", "node", view.node_fields()), ("e", "edge", view.edge_fields())] {
        for (at, field) in fields.iter().enumerate() {
            let kind = match field.kind {
                Kind::Flag => "boolean",
                Kind::Number => "long",
                Kind::Text | Kind::Word | Kind::List | Kind::Start | Kind::End => "string",
            };
            out.raw(&format!(
                "<key id=\"{prefix}{at}\" for=\"{element}\" attr.name=\"{}\" attr.type=\"{kind}\"/>\n",
                field.name
            ));
        }
    }
    let about = view.about();
    for (key, _) in &about {
        out.raw(&format!("<key id=\"{key}\" for=\"graph\" attr.name=\"{key}\" attr.type=\"string\"/>\n"));
    }
    out.raw("<graph id=\"oversight\" edgedefault=\"directed\">\n");
    for (key, value) in &about {
        out.raw(&format!("<data key=\"{key}\">"));
        out.escaped(value, xml);
        out.raw("</data>\n");
    }
    nodes(view, out)?;
    edges(view, out)?;
    out.raw("</graph>\n</graphml>\n");
    Ok(())
}

fn nodes(view: &View<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let graph = view.graph();
    let keys = keys('n', view.node_fields().len());
    out.records(view.nodes(), "", |out, id| {
        out.raw("<node id=\"");
        token(out, graph.short(graph.iri(id)));
        out.raw("\"><data key=\"ni\">");
        out.escaped(graph.iri(id), xml);
        out.raw("</data>");
        view.node(id, |at, value| data(out, &keys[at], value));
        out.raw("<data key=\"ny\"><y:ShapeNode><y:Fill color=\"");
        out.raw(colour(view.pillar(id)));
        out.raw("\" transparent=\"false\"/><y:NodeLabel>");
        out.escaped(view.name(id), xml);
        out.raw("</y:NodeLabel><y:Shape type=\"ellipse\"/></y:ShapeNode></data></node>\n");
    })?;
    Ok(())
}

fn edges(view: &View<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let graph = view.graph();
    let keys = keys('e', view.edge_fields().len());
    let labels: Vec<String> =
        graph.vocabulary.mechanisms.iter().map(|(id, _)| safe(view.mechanism_name(id))).collect();
    out.records(view.edges(), "", |out, id| {
        let (overseer, link, overseen) = graph.link(id);
        let iri = graph.text(link.iri);
        out.raw("<edge id=\"");
        token(out, graph.short(iri));
        out.raw("\" source=\"");
        token(out, graph.short(graph.iri(overseer)));
        out.raw("\" target=\"");
        token(out, graph.short(graph.iri(overseen)));
        out.raw("\"><data key=\"ei\">");
        out.escaped(iri, xml);
        out.raw("</data>");
        view.edge(id, |at, value| data(out, &keys[at], value));
        out.raw("<data key=\"ey\"><y:PolyLineEdge><y:LineStyle color=\"");
        out.raw(colour(view.pillar(overseer)));
        let in_force = view.world().standing(id) == Standing::InForce;
        out.raw(if in_force { "\" type=\"line\"" } else { "\" type=\"dashed\"" });
        out.raw(" width=\"1.0\"/><y:Arrows source=\"none\" target=\"standard\"/><y:EdgeLabel>");
        out.raw(&labels[link.mechanism.index()]);
        out.raw("</y:EdgeLabel></y:PolyLineEdge></data></edge>\n");
    })?;
    Ok(())
}

/// Returns a label for yEd; what it loses is counted with the field.
fn safe(label: &str) -> String {
    let mut safe = Vec::new();
    xml(label, &mut safe, &mut Loss::default());
    String::from_utf8_lossy(&safe).into_owned()
}

/// Appends an id as the schema asks for it (`NMTOKEN`): a short id with `:` for `/`, and `_x2F_` for what may not stand
/// in it; no two ids become one.
fn token(out: &mut Out<'_>, id: &str) {
    out.escaped(id, |id, buffer, _| {
        let bytes = id.as_bytes();
        let mut from = 0;
        for (at, byte) in bytes.iter().enumerate() {
            let stands = match byte {
                b'_' => bytes.get(at + 1) != Some(&b'x'),
                byte => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'),
            };
            if stands {
                continue;
            }
            buffer.extend_from_slice(&bytes[from..at]);
            from = at + 1;
            if *byte == b'/' {
                buffer.push(b':');
            } else {
                buffer.extend_from_slice(format!("_x{byte:02X}_").as_bytes());
            }
        }
        buffer.extend_from_slice(&bytes[from..]);
    });
}

/// The beginnings of `data` elements.
fn keys(prefix: char, count: usize) -> Vec<String> {
    (0..count).map(|at| format!("<data key=\"{prefix}{at}\">")).collect()
}

fn data(out: &mut Out<'_>, key: &str, value: Value<'_>) {
    out.raw(key);
    told(out, value, xml);
    out.raw("</data>");
}
