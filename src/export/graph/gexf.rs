//! GEXF 1.3: attributes, colours by pillar, and time as spells of nodes and edges.
//!
//! A spell takes in both its days, so it ends on the last day on which a link holds.
//!
//! # Source
//! <https://gexf.net/schema.html>, the schema of version 1.3

use crate::export::escape::xml;
use crate::export::format::{Carries, Format};
use crate::export::loss::Part;
use crate::export::out::Out;
use crate::export::record::{Kind, Value};
use crate::export::select::View;
use crate::export::style::told;
use crate::model::{Date, Interval, Pillar, Standing};
use crate::palette::colour;
use std::io;

pub(in crate::export) const FORMAT: Format = Format {
    id: "gexf",
    name: "GEXF 1.3",
    extension: "gexf",
    opens_in: "Gephi, Sigma, Gephi Lite, NetworkX",
    several: false,
    carries: Carries::fields("spells, in days; beside them text as told", "text, joined by `;`"),
    write,
};

const HEAD: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
    "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" version=\"1.3\">\n",
);

fn write(view: &View<'_>, out: &mut Out<'_>) -> io::Result<()> {
    out.raw(HEAD);
    out.raw("<meta><creator>oversight</creator><description>");
    let about: Vec<String> = view.about().into_iter().map(|(key, text)| format!("{key}: {text}")).collect();
    out.escaped(&about.join("; "), xml);
    out.raw("</description></meta>\n<graph mode=\"dynamic\" defaultedgetype=\"directed\" idtype=\"string\" ");
    out.raw("timeformat=\"date\" timerepresentation=\"interval\">\n");
    for (class, fields) in [("node", view.node_fields()), ("edge", view.edge_fields())] {
        out.raw(&format!("<attributes class=\"{class}\" mode=\"static\">\n"));
        for (at, field) in fields.iter().enumerate() {
            let kind = match field.kind {
                Kind::Flag => "boolean",
                Kind::Number => "long",
                Kind::Text | Kind::Word | Kind::List | Kind::Start | Kind::End => "string",
            };
            out.raw(&format!("<attribute id=\"{at}\" title=\"{}\" type=\"{kind}\"/>\n", field.name));
        }
        out.raw("</attributes>\n");
    }
    nodes(view, out)?;
    edges(view, out)?;
    out.raw("</graph>\n</gexf>\n");
    Ok(())
}

fn nodes(view: &View<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let graph = view.graph();
    out.raw(&format!("<nodes count=\"{}\">\n", view.node_count()));
    let keys = keys(view.node_fields().len());
    out.records(view.nodes(), "", |out, id| {
        out.raw("<node id=\"");
        out.escaped(graph.iri(id), xml);
        out.raw("\" label=\"");
        out.escaped(view.name(id), xml);
        out.raw("\"><attvalues>");
        view.node(id, |at, value| data(out, &keys[at], value));
        out.raw("</attvalues>");
        spells(out, graph.institution(id).life);
        out.raw(&paint(view.pillar(id)));
        out.raw("</node>\n");
    })?;
    out.raw("</nodes>\n");
    Ok(())
}

fn edges(view: &View<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let graph = view.graph();
    out.raw(&format!("<edges count=\"{}\">\n", view.edge_count()));
    let keys = keys(view.edge_fields().len());
    let paints: Vec<String> = Pillar::ALL.iter().copied().map(Some).chain([None]).map(paint).collect();
    out.records(view.edges(), "", |out, id| {
        let (overseer, link, overseen) = graph.link(id);
        out.raw("<edge id=\"");
        out.escaped(graph.text(link.iri), xml);
        out.raw("\" source=\"");
        out.escaped(graph.iri(overseer), xml);
        out.raw("\" target=\"");
        out.escaped(graph.iri(overseen), xml);
        out.raw("\" label=\"");
        out.escaped(view.link_name(link), xml);
        // Gephi keeps edges beside each other where they are of different kinds.
        out.raw("\" kind=\"");
        out.escaped(graph.vocabulary.mechanisms.slug(link.mechanism), xml);
        out.raw("\"><attvalues>");
        view.edge(id, |at, value| data(out, &keys[at], value));
        out.raw("</attvalues>");
        spells(out, link.interval);
        let pillar = view.pillar(overseer).map_or(Pillar::ALL.len(), |pillar| pillar as usize);
        out.raw(&paints[pillar]);
        if view.world().standing(id) != Standing::InForce {
            out.raw("<viz:shape value=\"dashed\"/>");
        }
        out.raw("</edge>\n");
    })?;
    out.raw("</edges>\n");
    Ok(())
}

/// The time as one spell; none where both ends are open, which means always.
fn spells(out: &mut Out<'_>, time: Interval) {
    let start = time.start.map(Date::first_day);
    let mut end = time.end.map(|end| end.first_day_after().previous());
    if start.is_none() && end.is_none() {
        return;
    }
    if start.is_some() && end.is_some() && end < start {
        out.loss.add(Part::Time, "spells without a day (now their first)", 1);
        end = start;
    }
    out.raw("<spells><spell");
    for (name, day) in [(" start=\"", start), (" end=\"", end)] {
        if let Some(day) = day {
            out.raw(name);
            out.day(day);
            out.raw("\"");
        }
    }
    out.raw("/></spells>");
}

fn paint(pillar: Option<Pillar>) -> String {
    let part = |at: usize| u8::from_str_radix(&colour(pillar)[at..at + 2], 16).unwrap_or(0);
    format!("<viz:color r=\"{}\" g=\"{}\" b=\"{}\"/>", part(1), part(3), part(5))
}

fn keys(count: usize) -> Vec<String> {
    (0..count).map(|at| format!("<attvalue for=\"{at}\" value=\"")).collect()
}

fn data(out: &mut Out<'_>, key: &str, value: Value<'_>) {
    out.raw(key);
    told(out, value, xml);
    out.raw("\"/>");
}
