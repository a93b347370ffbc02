//! Writes a picture that is laid out as SVG.
//!
//! # Invariants
//! * Every text and attribute goes through the XML writer, which escapes it; nothing runs, nothing is fetched.
//! * Numbers have at most one decimal, so that the bytes are the same on every machine.

use super::block::{Block, Rect, Text};
use super::layout::{Curve, Layout};
use super::style::{self, Line};
use super::{EdgeKind, Picture, Side};
use crate::gaps::Verdict;
use quick_xml::Writer;
use quick_xml::events::BytesText;
use std::io;

type Xml = Writer<Vec<u8>>;

/// Returns `picture` as an SVG document.
pub(super) fn write(picture: &Picture) -> String {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    document(&mut xml, picture, &picture.layout()).expect("memory takes every byte");
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    String::from_utf8(bytes).expect("what was written is UTF-8")
}

fn document(xml: &mut Xml, picture: &Picture, layout: &Layout) -> io::Result<()> {
    let (width, height) = (number(layout.width), number(layout.height));
    let attributes = [
        ("xmlns", "http://www.w3.org/2000/svg"),
        ("width", &width),
        ("height", &height),
        ("viewBox", &format!("0 0 {width} {height}")),
        ("role", "img"),
        ("aria-labelledby", "title desc"),
        ("xml:lang", &picture.language),
        ("font-family", style::FONTS),
    ];
    xml.create_element("svg").with_attributes(attributes).write_inner_content(|xml| {
        let head = [("title", &picture.title), ("desc", &picture.description)];
        for (name, content) in head {
            xml.create_element(name)
                .with_attribute(("id", name))
                .write_text_content(BytesText::new(content))?;
        }
        xml.create_element("defs").write_inner_content(|xml| arrow_heads(xml, picture))?;
        let page = [("width", width.as_str()), ("height", &height), ("fill", style::PAPER)];
        xml.create_element("rect").with_attributes(page).write_empty()?;
        layout.surroundings.iter().try_for_each(|block| contents(xml, block))?;
        for (kind, x, y) in &layout.samples {
            legend_line(xml, *kind, *x, *y)?;
        }
        frames(xml, picture, layout)?;
        edges(xml, picture, layout)?;
        for (node, card) in picture.nodes.iter().zip(&layout.cards) {
            let (line, ground) = style::node(node.kind, picture.groups[node.group].pillar);
            group(xml, &node.tooltip, |xml| box_of(xml, card, line, ground))?;
        }
        layout.key.iter().try_for_each(|block| contents(xml, block))
    })?;
    Ok(())
}

/// A group whose tooltip tells all of it.
fn group(xml: &mut Xml, tooltip: &str, inner: impl FnOnce(&mut Xml) -> io::Result<()>) -> io::Result<()> {
    xml.create_element("g").write_inner_content(|xml| {
        xml.create_element("title").write_text_content(BytesText::new(tooltip))?;
        inner(xml)
    })?;
    Ok(())
}

fn frames(xml: &mut Xml, picture: &Picture, layout: &Layout) -> io::Result<()> {
    for (group, frame) in picture.groups.iter().zip(&layout.frames) {
        let rect = frame.rect;
        let x = if group.side == Side::Left { rect.x } else { rect.right() - 4.0 };
        let bar = Rect { x, width: 4.0, ..rect };
        rectangle(xml, rect, &[("fill", style::ground(group.pillar))])?;
        rectangle(xml, bar, &[("fill", style::colour(group.pillar))])?;
        texts(xml, &frame.texts)?;
    }
    Ok(())
}

fn rectangle(xml: &mut Xml, rect: Rect, attributes: &[(&str, &str)]) -> io::Result<()> {
    let [x, y, width, height] = [rect.x, rect.y, rect.width, rect.height].map(number);
    let place = [("x", x.as_str()), ("y", &y), ("width", &width), ("height", &height)];
    let attributes = place.into_iter().chain(attributes.iter().copied());
    xml.create_element("rect").with_attributes(attributes).write_empty()?;
    Ok(())
}

fn edges(xml: &mut Xml, picture: &Picture, layout: &Layout) -> io::Result<()> {
    for (edge, curve) in picture.edges.iter().zip(&layout.curves) {
        group(xml, &edge.tooltip, |xml| {
            let shape = path(*curve);
            let line = style::edge(edge.kind);
            if !matches!(edge.kind, EdgeKind::InForce(_)) {
                // A halo keeps what matters apart from what it crosses.
                let halo = Line { colour: style::PAPER, dash: "", width: line.width + 2.0, opacity: 0.85 };
                stroke(xml, &shape, halo, None)?;
            }
            stroke(xml, &shape, line, Some(edge.kind))?;
            if edge.kind == EdgeKind::Forbidden {
                let x = number(f64::midpoint(curve.from.0, curve.to.0) - 6.0);
                let y = number(f64::midpoint(curve.from.1, curve.to.1) - 6.0);
                stroke(xml, &format!("M{x} {y}l12 12m0 -12l-12 12"), Line { width: 2.4, ..line }, None)?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// A curve that leaves and arrives level, so that it stays between its ends.
fn path(curve: Curve) -> String {
    let ((x1, y1), (x2, y2)) = (curve.from, curve.to);
    let bend = (x2 - x1) * 0.5;
    let [x1, left, right, x2] = [x1, x1 + bend, x2 - bend, x2].map(number);
    let [y1, y2] = [y1, y2].map(number);
    format!("M{x1} {y1}C{left} {y1} {right} {y2} {x2} {y2}")
}

fn stroke(xml: &mut Xml, shape: &str, line: Line, head: Option<EdgeKind>) -> io::Result<()> {
    let width = number(line.width);
    // Each pattern begins elsewhere, else the breaks of neighbours would line up.
    let offset = (shape.bytes().map(usize::from).sum::<usize>() % 17).to_string();
    let opacity = format!("{:.2}", line.opacity);
    let mut attributes =
        vec![("d", shape), ("fill", "none"), ("stroke", line.colour), ("stroke-width", &width)];
    if !line.dash.is_empty() {
        attributes.push(("stroke-dasharray", line.dash));
        attributes.push(("stroke-dashoffset", &offset));
    }
    if line.opacity < 1.0 {
        attributes.push(("stroke-opacity", &opacity));
    }
    let marker = head.map(|kind| format!("url(#{})", head_id(kind)));
    if let Some(marker) = &marker {
        attributes.push(("marker-end", marker));
    }
    xml.create_element("path").with_attributes(attributes).write_empty()?;
    Ok(())
}

fn head_id(kind: EdgeKind) -> String {
    match kind {
        EdgeKind::InForce(Some(pillar)) => format!("head-{pillar}"),
        EdgeKind::InForce(None) => "head-none".to_owned(),
        EdgeKind::OnPaper => "head-on-paper".to_owned(),
        EdgeKind::NotEnough => "head-not-enough".to_owned(),
        EdgeKind::Missing => "head-missing".to_owned(),
        EdgeKind::Forbidden => "head-forbidden".to_owned(),
    }
}

/// One arrow head for each kind of edge in the picture; the tip is where the edge ends.
fn arrow_heads(xml: &mut Xml, picture: &Picture) -> io::Result<()> {
    let kinds: std::collections::BTreeSet<EdgeKind> = picture.edges.iter().map(|edge| edge.kind).collect();
    for kind in kinds {
        let length = number(if matches!(kind, EdgeKind::InForce(_)) { 5.0 } else { 8.0 });
        let id = head_id(kind);
        let attributes = [
            ("id", id.as_str()),
            ("viewBox", "0 0 10 6"),
            ("refX", "10"),
            ("refY", "3"),
            ("markerWidth", &length),
            ("markerHeight", &length),
            ("markerUnits", "userSpaceOnUse"),
            ("orient", "auto"),
        ];
        xml.create_element("marker").with_attributes(attributes).write_inner_content(|xml| {
            let head = [("d", "M0 0 10 3 0 6Z"), ("fill", style::edge(kind).colour)];
            xml.create_element("path").with_attributes(head).write_empty()?;
            Ok(())
        })?;
    }
    Ok(())
}

fn legend_line(xml: &mut Xml, kind: EdgeKind, x: f64, y: f64) -> io::Result<()> {
    let line = style::edge(kind);
    let shape = format!("M{} {}h26", number(x), number(y + 5.5));
    stroke(xml, &shape, Line { width: line.width.max(1.4), opacity: 1.0, ..line }, Some(kind))
}

fn box_of(xml: &mut Xml, card: &Block, line: Line, ground: &str) -> io::Result<()> {
    let width = number(line.width);
    let mut attributes =
        vec![("rx", "3"), ("fill", ground), ("stroke", line.colour), ("stroke-width", &width)];
    if !line.dash.is_empty() {
        attributes.push(("stroke-dasharray", line.dash));
    }
    rectangle(xml, card.rect, &attributes)?;
    if let Some((x, y, value)) = card.number {
        let [cx, cy, text_y] = [x, y, y + 3.2].map(number);
        let disc = [("cx", cx.as_str()), ("cy", &cy), ("r", "8"), ("fill", style::INK)];
        xml.create_element("circle").with_attributes(disc).write_empty()?;
        let attributes = [
            ("x", cx.as_str()),
            ("y", &text_y),
            ("font-size", "9"),
            ("font-weight", "bold"),
            ("fill", style::PAPER),
            ("text-anchor", "middle"),
        ];
        let value = value.to_string();
        xml.create_element("text").with_attributes(attributes).write_text_content(BytesText::new(&value))?;
    }
    contents(xml, card)
}

fn contents(xml: &mut Xml, block: &Block) -> io::Result<()> {
    texts(xml, &block.texts)?;
    let mut glyphs = block.glyphs.iter();
    glyphs.try_for_each(|(verdict, x, y)| glyph(xml, *verdict, *x, *y))
}

fn texts(xml: &mut Xml, texts: &[Text]) -> io::Result<()> {
    for text in texts {
        let [x, y, size] = [text.x, text.y, text.kind.size].map(number);
        let mut attributes =
            vec![("x", x.as_str()), ("y", &y), ("font-size", &size), ("fill", text.kind.colour)];
        if text.kind.bold {
            attributes.push(("font-weight", "bold"));
        }
        attributes.push(("unicode-bidi", "isolate"));
        xml.create_element("text")
            .with_attributes(attributes)
            .write_text_content(BytesText::new(&text.content))?;
    }
    Ok(())
}

fn glyph(xml: &mut Xml, verdict: Verdict, x: f64, y: f64) -> io::Result<()> {
    let glyph = style::glyph(verdict);
    let place = format!("translate({} {})", number(x), number(y));
    xml.create_element("g").with_attribute(("transform", place.as_str())).write_inner_content(|xml| {
        let fill = if glyph.filled { glyph.colour } else { style::PAPER };
        let disc = [("cx", "5"), ("cy", "5"), ("r", "4"), ("fill", fill), ("stroke", glyph.colour)];
        xml.create_element("circle").with_attributes(disc).write_empty()?;
        let mark = if glyph.filled { style::PAPER } else { glyph.colour };
        let (fill, stroke) = if glyph.solid { (mark, "none") } else { ("none", mark) };
        let strokes = [("d", glyph.mark), ("fill", fill), ("stroke", stroke), ("stroke-width", "1.2")];
        xml.create_element("path").with_attributes(strokes).write_empty()?;
        Ok(())
    })?;
    Ok(())
}

/// A number with at most one decimal.
fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    let short = text.strip_suffix(".0").unwrap_or(&text);
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        assert_eq!(number(12.0), "12");
        assert_eq!(number(0.04), "0");
        assert_eq!(number(-0.04), "0");
        assert_eq!(number(-1.25), "-1.2");
    }
}
