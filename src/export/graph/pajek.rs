//! Pajek: numbered vertices, whose label is the name with the short id; one arc a link, labelled by its mechanism.
//!
//! # Source
//! <http://mrvar.fdv.uni-lj.si/pajek/>, "Pajek input files"; only what NetworkX and igraph read as well is used.

use crate::export::escape::is_plain;
use crate::export::format::{Carries, Format, Properties};
use crate::export::loss::{Loss, Part};
use crate::export::out::Out;
use crate::export::select::View;
use std::io;

pub(in crate::export) const FORMAT: Format = Format {
    id: "pajek",
    name: "Pajek",
    extension: "net",
    opens_in: "Pajek, NetworkX, igraph",
    several: false,
    carries: Carries {
        properties: Properties::Only { node: &["label"], edge: &["label"] },
        ..Carries::fields("not at all", "not at all")
    },
    write,
};

fn write(view: &View<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let graph = view.graph();
    out.loss.add(Part::Property, "id of edges", view.edge_count());
    out.raw(&format!("*Vertices {}\n", view.node_count()));
    out.records(view.nodes(), "", |out, id| {
        out.number(view.place(id) + 1);
        out.raw(" \"");
        out.escaped(view.name(id), label);
        out.raw(" (");
        out.escaped(graph.short(graph.iri(id)), label);
        out.raw(")\"\n");
    })?;
    out.raw("*Arcs\n");
    let names: Vec<String> = graph
        .vocabulary
        .mechanisms
        .iter()
        .map(|(_, concept)| {
            let name = concept.labels.pick(&graph.texts, &view.selection().language);
            let mut safe = Vec::new();
            label(name.map_or(&concept.slug, |name| graph.text(name)), &mut safe, &mut out.loss);
            format!(" 1 l \"{}\"\n", String::from_utf8_lossy(&safe))
        })
        .collect();
    out.records(view.edges(), "", |out, id| {
        let (overseer, link, overseen) = graph.link(id);
        out.number(view.place(overseer) + 1);
        out.raw(" ");
        out.number(view.place(overseen) + 1);
        out.raw(&names[link.mechanism.index()]);
    })?;
    Ok(())
}

/// Appends what stands between quotes, for which Pajek has no escape: a quote becomes an apostrophe, a backslash a
/// slash, a control character a space.
fn label(text: &str, buffer: &mut Vec<u8>, loss: &mut Loss) {
    // 0xc2 and 0xe2 are the first bytes of U+0080 to U+009F, U+2028 and U+2029.
    let special =
        |byte| byte < 0x20 || byte == b'"' || byte == b'\\' || byte == 0x7f || byte == 0xc2 || byte == 0xe2;
    if is_plain(text, special) {
        buffer.extend_from_slice(text.as_bytes());
        return;
    }
    for character in text.chars() {
        let instead = match character {
            '"' => '\'',
            '\\' => '/',
            character if character.is_control() || matches!(character, '\u{2028}' | '\u{2029}') => ' ',
            character => character,
        };
        if instead != character {
            loss.add(Part::Text, "quotes, backslashes and control characters (now others)", 1);
        }
        buffer.extend_from_slice(instead.encode_utf8(&mut [0; 4]).as_bytes());
    }
}
