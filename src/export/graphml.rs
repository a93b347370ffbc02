//! GraphML 1.0: bodies as nodes, links as directed edges, typed keys for both.
//!
//! # Source
//! <http://graphml.graphdrawing.org/specification.html>; Gephi shows the node key `label`, and the edge key `label`.

use super::{Period, institutions, links};
use crate::model::{Effect, World};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io::{self, Write};

/// Id, element that bears it, GraphML type.
const KEYS: &[(&str, &str, &str)] = &[
    ("label", "node", "string"),
    ("type", "node", "string"),
    ("pillar", "node", "string"),
    ("country", "node", "string"),
    ("acronym", "node", "string"),
    ("founded", "node", "string"),
    ("dissolved", "node", "string"),
    ("exists", "node", "boolean"),
    ("verified", "node", "boolean"),
    ("mechanism", "edge", "string"),
    ("status", "edge", "string"),
    ("counts", "edge", "string"),
    ("act", "edge", "string"),
    ("provision", "edge", "string"),
    ("from", "edge", "string"),
    ("to", "edge", "string"),
    ("effect", "edge", "string"),
    ("limits", "edge", "string"),
    ("linkPillar", "edge", "string"),
    ("linkVerified", "edge", "boolean"),
    ("edgeLabel", "edge", "string"),
];

/// Writes the graph.
pub(super) fn write(
    world: &World<'_>,
    period: Period,
    language: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut xml = Xml(Writer::new_with_indent(out, b' ', 1));
    xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = BytesStart::new("graphml").with_attributes([
        ("xmlns", "http://graphml.graphdrawing.org/xmlns"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        (
            "xsi:schemaLocation",
            "http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd",
        ),
    ]);
    xml.event(Event::Start(root))?;
    for (id, element, kind) in KEYS {
        let name = match *id {
            "linkPillar" => "pillar",
            "linkVerified" => "verified",
            "edgeLabel" => "label",
            own => own,
        };
        let key = BytesStart::new("key").with_attributes([
            ("id", *id),
            ("for", *element),
            ("attr.name", name),
            ("attr.type", *kind),
        ]);
        xml.event(Event::Empty(key))?;
    }
    let graph = BytesStart::new("graph").with_attributes([("id", "oversight"), ("edgedefault", "directed")]);
    xml.event(Event::Start(graph))?;
    nodes(&mut xml, world, period, language)?;
    edges(&mut xml, world, period, language)?;
    xml.event(Event::End(BytesEnd::new("graph")))?;
    xml.event(Event::End(BytesEnd::new("graphml")))?;
    xml.0.into_inner().write_all(b"\n")
}

fn nodes(xml: &mut Xml<'_>, world: &World<'_>, period: Period, language: &str) -> io::Result<()> {
    let graph = world.graph();
    for id in institutions(world, period) {
        let body = graph.institution(id);
        let iri = clean(graph.iri(id));
        xml.event(Event::Start(BytesStart::new("node").with_attributes([("id", iri.as_str())])))?;
        xml.data("label", graph.name(id, language))?;
        let types: Vec<&str> = body.types.iter().map(|t| graph.vocabulary.types.slug(t)).collect();
        xml.data("type", &types.join(";"))?;
        xml.data("pillar", graph.vocabulary.pillar(body.types).map_or("", crate::model::Pillar::slug))?;
        xml.data("country", body.country.map_or("", |c| graph.text(c)))?;
        xml.data("acronym", body.acronym.map_or("", |a| graph.text(a)))?;
        xml.data("founded", &body.life.start.map_or(String::new(), |d| d.to_string()))?;
        xml.data("dissolved", &body.life.end.map_or(String::new(), |d| d.to_string()))?;
        xml.data("exists", truth(world.exists(id)))?;
        xml.data("verified", truth(body.verified))?;
        xml.event(Event::End(BytesEnd::new("node")))?;
    }
    Ok(())
}

fn edges(xml: &mut Xml<'_>, world: &World<'_>, period: Period, language: &str) -> io::Result<()> {
    let graph = world.graph();
    for id in links(world, period) {
        let (overseer, link, overseen) = graph.link(id);
        let [iri, source, target] =
            [graph.text(link.iri), graph.iri(overseer), graph.iri(overseen)].map(clean);
        let ends = [("id", iri.as_str()), ("source", source.as_str()), ("target", target.as_str())];
        xml.event(Event::Start(BytesStart::new("edge").with_attributes(ends)))?;
        let mechanism = graph.vocabulary.mechanisms.get(link.mechanism);
        xml.data("mechanism", &mechanism.slug)?;
        xml.data("status", link.status.slug())?;
        xml.data("counts", world.standing(id).slug())?;
        xml.data("act", link.basis.iter().find_map(|b| b.act).map_or("", |act| graph.text(act)))?;
        xml.data("provision", &graph.provisions(link).unwrap_or_default())?;
        xml.data("from", &link.interval.start.map_or(String::new(), |d| d.to_string()))?;
        xml.data("to", &link.interval.end.map_or(String::new(), |d| d.to_string()))?;
        xml.data("effect", link.effect.map_or("", Effect::slug))?;
        let limits: Vec<&str> = link.limits.iter().map(|l| graph.vocabulary.limits.slug(l)).collect();
        xml.data("limits", &limits.join(";"))?;
        let types = graph.institution(overseer).types;
        xml.data("linkPillar", graph.vocabulary.pillar(types).map_or("", crate::model::Pillar::slug))?;
        xml.data("linkVerified", truth(link.verified))?;
        let label = mechanism.labels.pick(&graph.texts, language);
        xml.data("edgeLabel", label.map_or(mechanism.slug.as_str(), |label| graph.text(label)))?;
        xml.event(Event::End(BytesEnd::new("edge")))?;
    }
    Ok(())
}

fn truth(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

/// Replaces the characters that XML 1.0 cannot hold even when escaped.
fn clean(text: &str) -> String {
    let forbidden = |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    text.replace(forbidden, "\u{fffd}")
}

struct Xml<'w>(Writer<&'w mut dyn Write>);

impl Xml<'_> {
    fn event(&mut self, event: Event<'_>) -> io::Result<()> {
        self.0.write_event(event)
    }

    /// Writes a value; what is not on record is not written.
    fn data(&mut self, key: &str, value: &str) -> io::Result<()> {
        if value.is_empty() {
            return Ok(());
        }
        self.event(Event::Start(BytesStart::new("data").with_attributes([("key", key)])))?;
        self.event(Event::Text(BytesText::new(&clean(value))))?;
        self.event(Event::End(BytesEnd::new("data")))
    }
}
