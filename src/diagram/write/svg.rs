//! Writes a scene as SVG.
//!
//! # Invariants
//! * Every text and attribute goes through the XML writer, which escapes it; nothing runs, nothing is fetched.
//! * Numbers have at most one decimal, so that the bytes are the same on every machine.

use super::super::font::{FAMILY, FONTS, has};
use super::super::page::{GROUND, TEXT};
use super::super::scene::{Anchor, Group, Item, Path, Role, Scene, Step, Text};
use super::super::style::{GREY, Glyph, Line, PAPER};
use quick_xml::Writer;
use quick_xml::events::BytesText;
use std::cell::Cell;
use std::io;

/// How far marks may reach out of their bounds: outlines, arrow heads, the tails of letters.
const NEAR: f64 = 8.0;

type Xml = Writer<Vec<u8>>;
type Attributes<'a> = Vec<(&'a str, String)>;

/// Who reads the document.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum For<'p> {
    /// Browsers and editors with fonts of their own: each text whose letters we have tells how long it is, so that it
    /// fits in any font.
    Viewers,
    /// Our own writers of PNG and PDF, which have our fonts: what reaches between an upper and a lower height.
    Drawing(f64, f64),
    /// Our own page, which has its words elsewhere and knows groups by their numbers; with the number of the next one.
    Page(&'p Cell<usize>),
}

/// Returns `scene` as an SVG document.
pub(super) fn write(scene: &Scene, reader: For<'_>) -> String {
    let mut xml = Writer::new(Vec::with_capacity(1 << 16));
    document(&mut xml, scene, reader).expect("memory takes every byte");
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    String::from_utf8(bytes).expect("what was written is UTF-8")
}

fn document(xml: &mut Xml, scene: &Scene, reader: For<'_>) -> io::Result<()> {
    let (width, height) = (number(scene.width), number(scene.height));
    let is_page = matches!(reader, For::Page(_));
    // A page has the title above its picture.
    let head = if is_page { scene.head } else { 0.0 };
    let is_drawn = |item: &&Item| match reader {
        For::Drawing(upper, lower) => {
            let area = item.bounds();
            area.bottom() + NEAR > upper && area.y - NEAR < lower
        }
        _ => matches!(item, Item::Group(_)) || item.bounds().bottom() > head,
    };
    let attributes = [
        ("xmlns", "http://www.w3.org/2000/svg"),
        ("width", &width),
        ("height", &height),
        ("viewBox", &format!("0 {} {width} {}", number(head), number(scene.height - head))),
        ("role", "graphics-document document"),
        if is_page { ("aria-label", &scene.title) } else { ("aria-labelledby", "title desc") },
        ("xml:lang", &scene.language),
        ("lang", &scene.language),
        ("font-family", if matches!(reader, For::Drawing(..)) { FAMILY } else { FONTS }),
        ("fill", TEXT),
    ];
    xml.create_element("svg").with_attributes(attributes).write_inner_content(|xml| {
        // On a page a title would be a tooltip over all of it.
        let told = [("title", &scene.title), ("desc", &scene.description)];
        for (name, content) in told.into_iter().filter(|_| !is_page) {
            xml.create_element(name)
                .with_attribute(("id", name))
                .write_text_content(BytesText::new(content))?;
        }
        let page = [("width", width.as_str()), ("height", &height), ("fill", GROUND)];
        xml.create_element("rect").with_attributes(page).write_empty()?;
        scene.items.iter().filter(is_drawn).try_for_each(|item| match (item, reader) {
            (Item::Group(group), For::Page(next)) => write_numbered(xml, group, scene, next),
            _ => write_item(xml, item, reader),
        })
    })?;
    Ok(())
}

fn write_item(xml: &mut Xml, item: &Item, reader: For<'_>) -> io::Result<()> {
    match item {
        Item::Rect { rect, radius, fill, line } => {
            let mut attributes: Attributes<'_> = vec![
                ("x", number(rect.x)),
                ("y", number(rect.y)),
                ("width", number(rect.width)),
                ("height", number(rect.height)),
            ];
            if *radius > 0.0 {
                attributes.push(("rx", number(*radius)));
            }
            attributes.push(("fill", fill.unwrap_or("none").to_owned()));
            stroke(&mut attributes, *line, 0);
            empty(xml, "rect", &attributes)
        }
        Item::Path { path, fill, line } => {
            let d = steps(path);
            let offset = d.bytes().map(usize::from).sum::<usize>() % 17;
            let mut attributes: Attributes<'_> = vec![("d", d), ("fill", fill.unwrap_or("none").to_owned())];
            stroke(&mut attributes, *line, offset);
            empty(xml, "path", &attributes)
        }
        Item::Text(text) => write_text(xml, text, reader),
        Item::Glyph { glyph, x, y, size } => write_glyph(xml, *glyph, *x, *y, *size),
        Item::Group(group) => write_group(xml, group, reader),
    }
}

/// Adds what a line needs; `offset` lets each pattern begin elsewhere, else the breaks of neighbours would line up.
fn stroke(attributes: &mut Attributes<'_>, line: Option<Line>, offset: usize) {
    let Some(line) = line else { return };
    attributes.push(("stroke", line.colour.to_owned()));
    attributes.push(("stroke-width", number(line.width)));
    if !line.dash.is_empty() {
        attributes.push(("stroke-dasharray", line.dash.to_owned()));
        if offset > 0 {
            attributes.push(("stroke-dashoffset", offset.to_string()));
        }
    }
    if line.opacity < 1.0 {
        attributes.push(("stroke-opacity", format!("{:.2}", line.opacity)));
    }
}

fn write_text(xml: &mut Xml, text: &Text, reader: For<'_>) -> io::Result<()> {
    let mut attributes: Attributes<'_> =
        vec![("x", number(text.x)), ("y", number(text.y)), ("font-size", number(text.kind.size))];
    if text.kind.colour != TEXT {
        attributes.push(("fill", text.kind.colour.to_owned()));
    }
    if text.kind.bold {
        attributes.push(("font-weight", "bold".to_owned()));
    }
    match text.anchor {
        Anchor::Start => {}
        Anchor::Middle => attributes.push(("text-anchor", "middle".to_owned())),
        Anchor::End => attributes.push(("text-anchor", "end".to_owned())),
    }
    if text.turn != 0.0 {
        let turn = format!("rotate({} {} {})", number(text.turn), number(text.x), number(text.y));
        attributes.push(("transform", turn));
    }
    if !matches!(reader, For::Drawing(..)) {
        // Of letters that our fonts lack the width is a guess, and would pull them apart.
        if text.content.chars().nth(2).is_some() && has(&text.content, text.kind.bold) {
            attributes.push(("textLength", number(text.kind.width(&text.content))));
            attributes.push(("lengthAdjust", "spacingAndGlyphs".to_owned()));
        }
        if text.content.chars().any(is_from_the_right) {
            attributes.push(("unicode-bidi", "isolate".to_owned()));
        }
    }
    let attributes = attributes.iter().map(|(name, value)| (*name, value.as_str()));
    xml.create_element("text")
        .with_attributes(attributes)
        .write_text_content(BytesText::new(&text.content))?;
    Ok(())
}

/// Whether a letter is of a script that runs from the right.
fn is_from_the_right(letter: char) -> bool {
    matches!(u32::from(letter), 0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff | 0x1_0800..=0x1_0fff | 0x1_e800..=0x1_efff)
}

fn write_glyph(xml: &mut Xml, glyph: Glyph, x: f64, y: f64, size: f64) -> io::Result<()> {
    let scale = size / 10.0;
    let mut place = format!("translate({} {})", number(x), number(y));
    if (scale - 1.0).abs() > 1e-6 {
        place.push_str(&format!(" scale({})", decimals(scale, 3)));
    }
    xml.create_element("g").with_attribute(("transform", place.as_str())).write_inner_content(|xml| {
        let fill = if glyph.filled { glyph.colour } else { PAPER };
        let outline =
            [("d", glyph.outline), ("fill", fill), ("stroke", glyph.colour), ("stroke-linejoin", "round")];
        xml.create_element("path").with_attributes(outline).write_empty()?;
        if !glyph.mark.is_empty() {
            let mark = if glyph.filled { PAPER } else { glyph.colour };
            let (fill, stroke) = if glyph.solid { (mark, "none") } else { ("none", mark) };
            let strokes = [("d", glyph.mark), ("fill", fill), ("stroke", stroke), ("stroke-width", "1.1")];
            xml.create_element("path").with_attributes(strokes).write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

/// A group of our page: by its number, with what is not there on the day of the picture out of sight.
fn write_numbered(xml: &mut Xml, group: &Group, scene: &Scene, next: &Cell<usize>) -> io::Result<()> {
    let id = format!("g{}", next.replace(next.get() + 1));
    let is_gone = !scene.is_there(group);
    let mut attributes: Attributes<'_> = Vec::new();
    if !group.name().is_empty() {
        let class = match &group.role {
            Role::Frame { .. } => "frame",
            Role::Node { .. } if is_gone => "node away",
            Role::Node { .. } => "node",
            Role::Edge { .. } if is_gone => "edge gone",
            Role::Edge { .. } => "edge",
            Role::Value => "value",
            Role::Key => "key",
            Role::Part => "part",
        };
        attributes.extend([("id", id), ("class", class.to_owned())]);
        match &group.role {
            Role::Node { .. } | Role::Value => attributes.extend([
                ("tabindex", "-1".to_owned()),
                ("role", "button".to_owned()),
                ("aria-label", group.name().to_owned()),
            ]),
            Role::Edge { line, .. } if line.colour == GREY => {
                attributes.push(("data-drawn", "paper".to_owned()));
            }
            Role::Part => attributes.push(("aria-label", group.label.clone())),
            _ => {}
        }
    }
    let attributes = attributes.iter().map(|(name, value)| (*name, value.as_str()));
    xml.create_element("g").with_attributes(attributes).write_inner_content(|xml| {
        group.items.iter().try_for_each(|item| match item {
            Item::Group(group) => write_numbered(xml, group, scene, next),
            _ => write_item(xml, item, For::Page(next)),
        })
    })?;
    Ok(())
}

fn write_group(xml: &mut Xml, group: &Group, reader: For<'_>) -> io::Result<()> {
    let mut attributes: Attributes<'_> = Vec::new();
    if reader == For::Viewers {
        let (class, ids): (&str, Attributes<'_>) = match &group.role {
            Role::Frame { id } => ("frame", vec![("data-id", id.clone())]),
            Role::Node { id, frame, .. } => {
                let frame = frame.iter().map(|frame| ("data-frame", frame.clone()));
                ("node", [("data-id", id.clone())].into_iter().chain(frame).collect())
            }
            Role::Edge { from, to, .. } => {
                ("edge", vec![("data-from", from.clone()), ("data-to", to.clone())])
            }
            Role::Value => ("value", vec![]),
            Role::Key => ("key", vec![]),
            Role::Part => ("part", vec![]),
        };
        attributes.push(("class", class.to_owned()));
        attributes.extend(ids);
        let data = &group.data;
        let known = [
            ("data-pillar", data.pillar.map(|pillar| pillar.slug().to_owned())),
            ("data-mechanisms", (!data.mechanisms.is_empty()).then(|| data.mechanisms.join(" "))),
            ("data-verdict", data.verdict.map(|verdict| verdict.slug().to_owned())),
            ("data-since", data.since.map(|day| day.to_string())),
            ("data-until", data.until.map(|day| day.to_string())),
        ];
        attributes.extend(known.into_iter().filter_map(|(name, value)| Some((name, value?))));
        if !group.label.is_empty() && !matches!(group.role, Role::Part) {
            attributes.push(("role", "graphics-symbol img".to_owned()));
        }
    }
    let attributes = attributes.iter().map(|(name, value)| (*name, value.as_str()));
    xml.create_element("g").with_attributes(attributes).write_inner_content(|xml| {
        if reader == For::Viewers && !group.label.is_empty() {
            xml.create_element("title").write_text_content(BytesText::new(&group.tooltip()))?;
        }
        group.items.iter().try_for_each(|item| write_item(xml, item, reader))
    })?;
    Ok(())
}

fn empty(xml: &mut Xml, name: &str, attributes: &Attributes<'_>) -> io::Result<()> {
    let attributes = attributes.iter().map(|(name, value)| (*name, value.as_str()));
    xml.create_element(name).with_attributes(attributes).write_empty()?;
    Ok(())
}

fn steps(path: &Path) -> String {
    let mut d = String::new();
    let pair = |(x, y): (f64, f64)| format!("{} {}", number(x), number(y));
    for step in &path.0 {
        match step {
            Step::Move(x, y) => d.push_str(&format!("M{}", pair((*x, *y)))),
            Step::Line(x, y) => d.push_str(&format!("L{}", pair((*x, *y)))),
            Step::Curve(a, b, c) => d.push_str(&format!("C{} {} {}", pair(*a), pair(*b), pair(*c))),
            Step::Close => d.push('Z'),
        }
    }
    d
}

/// A number with at most one decimal.
fn number(value: f64) -> String {
    decimals(value, 1)
}

fn decimals(value: f64, most: usize) -> String {
    let text = format!("{value:.most$}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::super::style::NAME;
    use super::*;

    #[test]
    fn only_texts_that_can_be_measured_tell_their_length() {
        for (content, is_told) in [
            ("Parliament", true),
            ("Верховна Рада", true),
            ("OK", false),
            ("مجلس النواب", false),
            ("Police 🚓", false),
        ] {
            let text = Text::new(NAME, 0.0, 0.0, content);
            let mut xml = Writer::new(Vec::new());
            write_text(&mut xml, &text, For::Viewers).unwrap();
            let svg = String::from_utf8(xml.into_inner()).unwrap();
            assert_eq!(svg.contains("textLength"), is_told, "{svg}");
            assert!(svg.contains(content));
        }
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!(number(12.0), "12");
        assert_eq!(number(100.04), "100");
        assert_eq!(number(0.04), "0");
        assert_eq!(number(-0.04), "0");
        assert_eq!(number(-1.25), "-1.2");
        assert_eq!(decimals(0.125, 3), "0.125");
    }
}
