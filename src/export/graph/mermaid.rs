//! Mermaid: a flowchart of names, mechanisms and pillars, for Markdown pages.
//!
//! # Source
//! <https://mermaid.js.org/syntax/flowchart.html>; whatever could mean something there is written as an entity code.

use crate::export::format::{Carries, Format, Properties};
use crate::export::loss::{Loss, Part};
use crate::export::out::Out;
use crate::export::select::View;
use crate::model::{Pillar, Standing};
use crate::palette::colour;
use std::io::{self, Write as _};

pub(in crate::export) const FORMAT: Format = Format {
    id: "mermaid",
    name: "Mermaid flowchart",
    extension: "mmd",
    opens_in: "Mermaid, GitHub, GitLab (which draw at most 500 edges)",
    several: false,
    carries: Carries {
        properties: Properties::Only { node: &["label", "pillar"], edge: &["label", "counts"] },
        ..Carries::fields("not at all", "not at all")
    },
    write,
};

fn write(view: &View<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let graph = view.graph();
    out.loss.add(Part::Property, "id of nodes", view.node_count());
    out.loss.add(Part::Property, "id of edges", view.edge_count());
    out.raw("flowchart LR\n");
    out.records(view.nodes(), "", |out, id| {
        out.raw("  n");
        out.number(view.place(id));
        out.raw("[\"");
        out.escaped(view.name(id), label);
        out.raw("\"]");
        if let Some(pillar) = view.pillar(id) {
            out.raw(":::");
            out.raw(pillar.slug());
        }
        out.raw("\n");
    })?;
    out.records(view.edges(), "", |out, id| {
        let (overseer, link, overseen) = graph.link(id);
        let in_force = view.world().standing(id) == Standing::InForce;
        out.raw("  n");
        out.number(view.place(overseer));
        out.raw(if in_force { " -->|\"" } else { " -.->|\"" });
        out.escaped(view.link_name(link), label);
        out.raw("\"| n");
        out.number(view.place(overseen));
        out.raw("\n");
    })?;
    for pillar in Pillar::ALL {
        out.raw(&format!("  classDef {} stroke:{},stroke-width:2px\n", pillar.slug(), colour(Some(*pillar))));
    }
    Ok(())
}

/// Appends what stands between quotes.
fn label(text: &str, buffer: &mut Vec<u8>, loss: &mut Loss) {
    for character in text.chars() {
        if character.is_control() {
            loss.add(Part::Text, "line breaks and control characters (now spaces)", 1);
            buffer.push(b' ');
        } else if character.is_ascii()
            && !character.is_ascii_alphanumeric()
            && !" ,.()-'/".contains(character)
        {
            // Into a vector, which takes every byte.
            let _ = write!(buffer, "#{};", u32::from(character));
        } else {
            buffer.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
}
