//! Draws pages that are laid out, with their tags, links and outline.

use super::flow::{Laid, Mark, PAGE, Page, Role, SIDE, WIDTH};
use super::text::{Colour, Measure, PALE, Style, TextLine};
use super::{Fonts, PdfError};
use crate::gaps::Verdict;
use crate::report::document::{Block, Document, Line, Target};
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target as Leads};
use krilla::color::rgb;
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, TableHeaderScope, Tag,
    TagGroup, TagKind, TagTree,
};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla_svg::{SurfaceExt as _, SvgSettings};
use resvg::usvg::{Options, Tree, fontdb};
use std::num::NonZeroU16;
use std::sync::Arc;

/// The colour of the word for a verdict.
pub(super) fn ink(verdict: Verdict) -> Colour {
    match verdict {
        Verdict::Gap | Verdict::Partial => [0xb0, 0x0e, 0x1b],
        Verdict::OnPaper => [0x7a, 0x4b, 0x00],
        Verdict::Unknown => [0x5f, 0x5f, 0x5f],
        Verdict::Met => [0x00, 0x69, 0x4b],
    }
}

/// The ground of a cell with a verdict.
pub(super) fn ground(verdict: Verdict) -> Colour {
    match verdict {
        Verdict::Gap => [0xfb, 0xe3, 0xe4],
        Verdict::Partial => [0xfd, 0xf0, 0xf0],
        Verdict::OnPaper => [0xfb, 0xf3, 0xe2],
        Verdict::Unknown => [0xef, 0xef, 0xef],
        Verdict::Met => [0xea, 0xf5, 0xf0],
    }
}

/// A link on a page: where it is, where it leads, the part that it belongs to.
type Link = (Rect, Target, Option<usize>);

struct Drawing<'d> {
    laid: &'d Laid,
    measure: &'d Measure,
    fonts: [Font; 2],
    pictures: Vec<Tree>,
    /// The content of each part, in the order of drawing.
    content: Vec<Vec<Identifier>>,
}

/// Writes the file.
pub(super) fn write(
    document: &Document,
    laid: &Laid,
    measure: &Measure,
    fonts: Fonts,
) -> Result<Vec<u8>, PdfError> {
    let font = |bytes: &'static [u8]| Font::new(bytes.to_vec().into(), 0).ok_or(PdfError::Font);
    let mut drawing = Drawing {
        laid,
        measure,
        fonts: [font(fonts.regular)?, font(fonts.bold)?],
        pictures: pictures(document, fonts)?,
        content: laid.nodes.iter().map(|_| Vec::new()).collect(),
    };
    let mut pdf = krilla::Document::new();
    for (at, page) in laid.pages.iter().enumerate() {
        drawing.page(&mut pdf, page, at, &document.footer);
    }
    pdf.set_outline(outline(document, laid));
    pdf.set_metadata(
        Metadata::new()
            .title(document.title.clone())
            .description(document.subtitle.join(" "))
            .language(document.language.clone()),
    );
    pdf.set_tag_tree(tags(laid, drawing.content, &document.language));
    pdf.finish().map_err(|error| PdfError::Write(format!("{error:?}")))
}

fn pictures(document: &Document, fonts: Fonts) -> Result<Vec<Tree>, PdfError> {
    let mut known = fontdb::Database::new();
    for bytes in [fonts.regular, fonts.bold] {
        known.load_font_data(bytes.to_vec());
    }
    let family = known.faces().next().and_then(|face| face.families.first()).map(|(name, _)| name.clone());
    let family = family.unwrap_or_default();
    known.set_sans_serif_family(family.clone());
    let options = Options { fontdb: Arc::new(known), font_family: family, ..Options::default() };
    let figures = document.blocks.iter().filter_map(|block| match block {
        Block::Figure(figure) => Some(figure),
        _ => None,
    });
    figures
        .map(|figure| {
            Tree::from_str(&figure.svg, &options)
                .map_err(|source| PdfError::Picture { name: figure.name.clone(), source })
        })
        .collect()
}

impl Drawing<'_> {
    fn page(&mut self, pdf: &mut krilla::Document, page: &Page, at: usize, footer: &str) {
        let [width, height] = page.size;
        let settings = PageSettings::from_wh(width, height).unwrap_or_default();
        let mut sheet = pdf.start_page_with(settings);
        let mut surface = sheet.surface();
        let mut links: Vec<Link> = Vec::new();
        let mut marks = page.marks.iter().peekable();
        while let Some((node, mark)) = marks.next() {
            let id = surface.start_tagged(match node {
                Some(_) if matches!(mark, Mark::Picture { .. }) => ContentTag::Other,
                Some(_) => ContentTag::Span(SpanTag::empty()),
                None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
            });
            self.mark(&mut surface, mark, *node, &mut links);
            // What stands together belongs together.
            while let Some((_, mark)) =
                marks.next_if(|(next, mark)| next == node && !matches!(mark, Mark::Picture { .. }))
            {
                self.mark(&mut surface, mark, *node, &mut links);
            }
            surface.end_tagged();
            if let Some(node) = node {
                self.content[*node].push(id);
            }
        }
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)));
        self.footer(&mut surface, page, at, footer);
        surface.end_tagged();
        surface.finish();
        for (area, target, node) in links {
            let Some(leads) = self.leads(&target) else { continue };
            let annotation = Annotation::new_link(LinkAnnotation::new(area, leads), None);
            match node {
                Some(node) => {
                    let id = sheet.add_tagged_annotation(annotation);
                    self.content[node].push(id);
                }
                None => sheet.add_annotation(annotation),
            }
        }
        sheet.finish();
    }

    fn leads(&self, target: &Target) -> Option<Leads> {
        match target {
            Target::Inside(id) => {
                let (page, y) = self.laid.anchors.get(id)?;
                let point = Point::from_xy(SIDE, (y - 8.0).max(0.0));
                Some(Leads::Destination(XyzDestination::new(*page, point).into()))
            }
            Target::Web(address) => Some(Leads::Action(Action::Link(LinkAction::new(address.clone())))),
        }
    }

    fn footer(&self, surface: &mut Surface<'_>, page: &Page, at: usize, footer: &str) {
        let style = Style::new(7.5).in_colour(PALE);
        let y = page.size[1] - 30.0;
        let side = if page.size == PAGE { SIDE } else { 40.0 };
        let width = if page.size == PAGE { WIDTH } else { page.size[0] - 2.0 * side };
        let left = self.measure.break_line(&Line::new().text(footer), &style, width - 60.0, false);
        let number = self.measure.break_line(&Line::new().text(&(at + 1).to_string()), &style, 60.0, false);
        for (line, from_right) in
            left.first().map(|l| (l, false)).into_iter().chain(number.first().map(|l| (l, true)))
        {
            let x = if from_right { side + width - line.width } else { side };
            self.text(surface, line, x, y);
        }
    }

    fn mark(&self, surface: &mut Surface<'_>, mark: &Mark, node: Option<usize>, links: &mut Vec<Link>) {
        match mark {
            Mark::Text { line, x, y } => {
                self.text(surface, line, *x, *y);
                for span in &line.spans {
                    let size = span.style.size;
                    let area = Rect::from_xywh(x + span.x, y - size, span.width.max(0.1), size * 1.3);
                    if let (Some(target), Some(area)) = (&span.style.link, area) {
                        links.push((area, target.clone(), node));
                    }
                }
            }
            Mark::Rule { x, y, width, weight, colour } => {
                fill(surface, *x, y - weight / 2.0, *width, *weight, *colour);
            }
            Mark::Fill { x, y, width, height, colour } => fill(surface, *x, *y, *width, *height, *colour),
            Mark::Picture { number, x, y, width, height } => {
                let (Some(tree), Some(size)) = (self.pictures.get(*number), Size::from_wh(*width, *height))
                else {
                    return;
                };
                surface.push_transform(&Transform::from_translate(*x, *y));
                surface.draw_svg(tree, size, SvgSettings::default());
                surface.pop();
            }
        }
    }

    fn text(&self, surface: &mut Surface<'_>, line: &TextLine, x: f32, y: f32) {
        for span in &line.spans {
            let bold = span.style.bold;
            let glyphs: Vec<KrillaGlyph> = span
                .text
                .char_indices()
                .map(|(at, character)| {
                    let (glyph, advance) = self.measure.glyph(character, bold);
                    KrillaGlyph {
                        glyph_id: GlyphId::new(u32::from(glyph)),
                        text_range: at..at + character.len_utf8(),
                        x_advance: advance,
                        x_offset: 0.0,
                        y_offset: 0.0,
                        y_advance: 0.0,
                        location: None,
                    }
                })
                .collect();
            surface.set_fill(Some(paint(span.style.colour)));
            surface.set_stroke(None);
            let start = Point::from_xy(x + span.x, y);
            let font = self.fonts[usize::from(bold)].clone();
            surface.draw_glyphs(start, &glyphs, font, &span.text, span.style.size, false);
        }
    }
}

fn paint([red, green, blue]: Colour) -> Fill {
    Fill { paint: rgb::Color::new(red, green, blue).into(), ..Fill::default() }
}

fn fill(surface: &mut Surface<'_>, x: f32, y: f32, width: f32, height: f32, colour: Colour) {
    let mut path = PathBuilder::new();
    if let Some(area) = Rect::from_xywh(x, y, width, height) {
        path.push_rect(area);
    }
    if let Some(path) = path.finish() {
        surface.set_fill(Some(paint(colour)));
        surface.set_stroke(None);
        surface.draw_path(&path);
    }
}

/// All headings, level below level.
fn outline(document: &Document, laid: &Laid) -> Outline {
    let mut outline = Outline::new();
    let mut open: Vec<(u8, OutlineNode)> = Vec::new();
    let mut close = |open: &mut Vec<(u8, OutlineNode)>, level: u8| {
        while open.last().is_some_and(|(of, _)| *of >= level) {
            let Some((_, node)) = open.pop() else { break };
            match open.last_mut() {
                Some((_, above)) => above.push_child(node),
                None => outline.push_child(node),
            }
        }
    };
    for block in &document.blocks {
        let Block::Heading(heading) = block else { continue };
        let Some((page, y)) = laid.anchors.get(&heading.id) else { continue };
        close(&mut open, heading.level);
        let place = XyzDestination::new(*page, Point::from_xy(SIDE, (y - 8.0).max(0.0)));
        open.push((heading.level, OutlineNode::new(heading.full(), place).with_open(heading.level < 2)));
    }
    close(&mut open, 0);
    outline
}

/// The parts in reading order, each with its content.
fn tags(laid: &Laid, content: Vec<Vec<Identifier>>, language: &str) -> TagTree {
    let mut groups: Vec<Option<TagGroup>> = laid
        .nodes
        .iter()
        .zip(content)
        .map(|(node, content)| {
            let mut group = TagGroup::new(kind(&node.role));
            for id in content {
                group.push(id);
            }
            Some(group)
        })
        .collect();
    // Children come after their parents, so going backwards each is whole before it is handed up.
    let mut whole: Vec<Vec<Node>> = laid.nodes.iter().map(|_| Vec::new()).collect();
    let mut top: Vec<Node> = Vec::new();
    for at in (0..laid.nodes.len()).rev() {
        let Some(mut group) = groups[at].take() else { continue };
        let mut children = std::mem::take(&mut whole[at]);
        children.reverse();
        group.children.extend(children);
        // A part without content is none, but a cell keeps its place in the row.
        let keeps = matches!(laid.nodes[at].role, Role::Cell | Role::RowHead | Role::Head);
        if group.children.is_empty() && !keeps {
            continue;
        }
        match laid.nodes[at].parent {
            Some(parent) => whole[parent].push(group.into()),
            None => top.push(group.into()),
        }
    }
    top.reverse();
    TagTree::from(top).with_lang(Some(language.to_owned()))
}

fn kind(role: &Role) -> TagKind {
    let level = |level: u8| NonZeroU16::new(u16::from(level)).unwrap_or(NonZeroU16::MIN);
    match role {
        Role::Title => Tag::Hn(level(1), None).into(),
        Role::Heading(of, text) => Tag::Hn(level(of + 1), Some(text.clone())).into(),
        Role::Paragraph => Tag::P.into(),
        Role::Contents => Tag::TOC.into(),
        Role::ContentsItem => Tag::TOCI.into(),
        Role::List => Tag::L(ListNumbering::Disc).into(),
        Role::OrderedList => Tag::L(ListNumbering::Decimal).into(),
        Role::Item => Tag::LI.into(),
        Role::Label => Tag::Lbl.into(),
        Role::Body => Tag::LBody.into(),
        Role::Table => Tag::Table.into(),
        Role::Row => Tag::TR.into(),
        Role::Head => Tag::TH(TableHeaderScope::Column).into(),
        Role::RowHead => Tag::TH(TableHeaderScope::Row).into(),
        Role::Cell => Tag::TD.into(),
        Role::Figure(alt) => Tag::Figure(Some(alt.clone())).into(),
        Role::Caption => Tag::Caption.into(),
    }
}
