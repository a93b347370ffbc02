//! DOT: every field as an attribute, labels and colours for Graphviz. Streamed: the writer of the pictures holds a
//! whole graph in memory.
//!
//! # Source
//! <https://graphviz.org/doc/info/lang.html>; texts are `escString`s, so `\\` is a backslash and `\n` a line feed.

use crate::export::escape::is_plain;
use crate::export::format::{Carries, Format};
use crate::export::loss::{Loss, Part};
use crate::export::out::Out;
use crate::export::record::{Field, Value};
use crate::export::select::View;
use crate::export::style::told;
use crate::model::Standing;
use crate::palette::colour;
use std::io;

pub(in crate::export) const FORMAT: Format = Format {
    id: "dot",
    name: "DOT",
    extension: "dot",
    opens_in: "Graphviz",
    several: false,
    carries: Carries::fields("text, in the precision of the source", "text, joined by `;`"),
    write,
};

fn write(view: &View<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let graph = view.graph();
    out.raw("digraph oversight {\n");
    for (key, text) in view.about() {
        out.raw(&format!("  {key}=\""));
        out.escaped(&text, quoted);
        out.raw("\";\n");
    }
    out.raw("  rankdir=LR;\n  node [shape=box, style=\"rounded,filled\", fillcolor=white];\n");
    let names = attributes(view.node_fields());
    out.records(view.nodes(), "", |out, id| {
        out.raw("  \"");
        out.escaped(graph.iri(id), quoted);
        out.raw("\" [color=\"");
        out.raw(colour(view.pillar(id)));
        out.raw("\"");
        view.node(id, |at, value| attribute(out, &names[at], value));
        out.raw("];\n");
    })?;
    let names = attributes(view.edge_fields());
    out.records(view.edges(), "", |out, id| {
        let (overseer, link, overseen) = graph.link(id);
        out.raw("  \"");
        out.escaped(graph.iri(overseer), quoted);
        out.raw("\" -> \"");
        out.escaped(graph.iri(overseen), quoted);
        out.raw("\" [id=\"");
        out.escaped(graph.text(link.iri), quoted);
        out.raw("\", color=\"");
        out.raw(colour(view.pillar(overseer)));
        out.raw("\"");
        if view.world().standing(id) != Standing::InForce {
            out.raw(", style=dashed");
        }
        view.edge(id, |at, value| attribute(out, &names[at], value));
        out.raw("];\n");
    })?;
    out.raw("}\n");
    Ok(())
}

/// The beginnings of attributes. All names are identifiers of DOT; none but `label` and `comment` has a meaning there.
fn attributes(fields: &[Field]) -> Vec<String> {
    fields.iter().map(|field| format!(", {}=\"", field.name)).collect()
}

fn attribute(out: &mut Out<'_>, name: &str, value: Value<'_>) {
    out.raw(name);
    match value {
        Value::Text(text) if name == ", label=\"" => out.escaped(text, label),
        value => told(out, value, quoted),
    }
    out.raw("\"");
}

/// The longest text that goes between two quotes, in bytes; Graphviz gives up at 16,384.
const PIECE: usize = 8_000;

/// Appends what stands between quotes; a long text in pieces, joined by `+`.
fn quoted(text: &str, buffer: &mut Vec<u8>, loss: &mut Loss) {
    let special = |byte| byte < 0x20 || byte == b'"' || byte == b'\\';
    if text.len() <= PIECE && is_plain(text, special) {
        buffer.extend_from_slice(text.as_bytes());
        return;
    }
    let mut begun = buffer.len();
    for character in text.chars() {
        if buffer.len() - begun >= PIECE {
            buffer.extend_from_slice(b"\" + \"");
            begun = buffer.len();
        }
        match character {
            '"' => buffer.extend_from_slice(b"\\\""),
            '\\' => buffer.extend_from_slice(b"\\\\"),
            '\n' => buffer.extend_from_slice(b"\\n"),
            '\t' => buffer.push(b'\t'),
            '\0'..='\x1f' => {
                loss.add(Part::Text, "control characters (now U+FFFD)", 1);
                buffer.extend_from_slice("\u{fffd}".as_bytes());
            }
            _ => buffer.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

/// Appends a label, in which Graphviz reads `&amp;` and the like.
fn label(text: &str, buffer: &mut Vec<u8>, loss: &mut Loss) {
    if text.contains('&') {
        quoted(&text.replace('&', "&amp;"), buffer, loss);
    } else {
        quoted(text, buffer, loss);
    }
}
