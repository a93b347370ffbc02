//! Fills pages with the blocks of a document, from top to bottom.

use super::text::{Colour, INK, Measure, PALE, Style, TextLine};
use crate::report::document::{Block, Document, Entry, Figure, Heading, Line};
use std::collections::BTreeMap;

/// A4, in points.
pub(super) const PAGE: [f32; 2] = [595.28, 841.89];
/// A3, for pictures that would be too small to read on A4.
const LARGE_PAGE: [f32; 2] = [841.89, 1190.55];
/// Space beside the text.
pub(super) const SIDE: f32 = 54.0;
/// Space above the text.
pub(super) const TOP: f32 = 52.0;
/// Space below the text.
pub(super) const BOTTOM: f32 = 58.0;
/// Width of the text.
pub(super) const WIDTH: f32 = PAGE[0] - 2.0 * SIDE;
/// Size of text.
const BODY: f32 = 9.5;
pub(super) const SMALL: f32 = 8.2;
/// Height of a line, in parts of the size.
pub(super) const LEADING: f32 = 1.36;
/// A picture is set on a larger page where it would shrink below this part of its size.
const LEAST_SCALE: f32 = 0.45;
/// A chapter that takes no more than this part of its last page is followed by the next one on that page.
const MOST_TAIL: f32 = 0.4;
pub(super) const RULE: Colour = [0xc8, 0xc8, 0xc8];

/// The page of each heading, by id, counted from 1.
pub(super) type Pages = BTreeMap<String, usize>;

/// Something on a page.
pub(super) enum Mark {
    /// Text, with its baseline.
    Text { line: TextLine, x: f32, y: f32 },
    /// A horizontal line.
    Rule { x: f32, y: f32, width: f32, weight: f32, colour: Colour },
    /// A filled rectangle.
    Fill { x: f32, y: f32, width: f32, height: f32, colour: Colour },
    /// A picture, by its number in the document.
    Picture { number: usize, x: f32, y: f32, width: f32, height: f32 },
}

/// What a part of the document is, for those who do not see it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Role {
    Title,
    Heading(u8, String),
    Paragraph,
    Contents,
    ContentsItem,
    List,
    OrderedList,
    Item,
    Label,
    Body,
    Table,
    Row,
    Head,
    RowHead,
    Cell,
    Figure(String),
    Caption,
}

/// A part of the document in reading order.
pub(super) struct Node {
    pub(super) role: Role,
    pub(super) parent: Option<usize>,
}

/// A page.
pub(super) struct Page {
    pub(super) size: [f32; 2],
    /// What stands on it, with the part that it belongs to; nothing: decoration.
    pub(super) marks: Vec<(Option<usize>, Mark)>,
}

/// A document on pages.
pub(super) struct Laid {
    pub(super) pages: Vec<Page>,
    pub(super) nodes: Vec<Node>,
    /// Page, from 0, and height of each heading and entry.
    pub(super) anchors: BTreeMap<String, (usize, f32)>,
}

impl Laid {
    pub(super) fn pages(&self) -> Pages {
        self.anchors.iter().map(|(id, (page, _))| (id.clone(), page + 1)).collect()
    }
}

/// A document on its way to pages.
pub(super) struct Flow<'d> {
    pub(super) document: &'d Document,
    pub(super) measure: &'d Measure,
    pub(super) laid: Laid,
    /// Where the next thing goes, from the top of the page.
    pub(super) y: f32,
    /// The page, from 0, on which this chapter began; nothing before the first.
    chapter: Option<usize>,
    tables: usize,
    figures: usize,
}

/// Lays a document out.
///
/// # Arguments
/// * `pages`: the pages of headings, as far as they are known.
pub(super) fn flow(document: &Document, measure: &Measure, pages: &Pages) -> Laid {
    let laid = Laid { pages: Vec::new(), nodes: Vec::new(), anchors: BTreeMap::new() };
    let mut flow = Flow { document, measure, laid, y: 0.0, chapter: None, tables: 0, figures: 0 };
    flow.page();
    flow.front(pages);
    for (at, block) in document.blocks.iter().enumerate() {
        flow.block(block, &document.blocks[at + 1..]);
    }
    flow.laid
}

impl Flow<'_> {
    /// Begins a page.
    pub(super) fn page(&mut self) {
        self.laid.pages.push(Page { size: PAGE, marks: Vec::new() });
        self.y = TOP;
    }

    /// Where the page ends.
    pub(super) fn end(&self) -> f32 {
        self.laid.pages.last().map_or(PAGE[1], |page| page.size[1]) - BOTTOM
    }

    /// Begins a page where `height` does not fit on this one.
    pub(super) fn need(&mut self, height: f32) -> bool {
        let breaks = self.y + height > self.end() && self.y > TOP;
        if breaks {
            self.page();
        }
        breaks
    }

    pub(super) fn mark(&mut self, node: Option<usize>, mark: Mark) {
        if let Some(page) = self.laid.pages.last_mut() {
            page.marks.push((node, mark));
        }
    }

    pub(super) fn node(&mut self, role: Role, parent: Option<usize>) -> usize {
        self.laid.nodes.push(Node { role, parent });
        self.laid.nodes.len() - 1
    }

    fn anchor(&mut self, id: &str) {
        let place = (self.laid.pages.len() - 1, self.y);
        self.laid.anchors.entry(id.to_owned()).or_insert(place);
    }

    fn block(&mut self, block: &Block, rest: &[Block]) {
        let next = rest.first();
        match block {
            Block::Heading(heading) => self.heading(heading, rest),
            Block::Paragraph(line) => {
                let node = self.node(Role::Paragraph, None);
                let style = Style::new(BODY);
                let lines = self.measure.break_line(line, &style, WIDTH, true);
                // What leads to a list, or has more to it in small type, stands with its beginning.
                let leads = matches!(
                    next,
                    Some(Block::Bullets(_) | Block::Numbers(_) | Block::Terms(_) | Block::Small(_))
                );
                if lines.len() < 4 && leads {
                    self.need((lines.len() + 3) as f32 * BODY * LEADING);
                }
                self.lines(node, lines, SIDE, &style, LEADING);
                self.y += 5.0;
            }
            Block::Small(line) => {
                let node = self.node(Role::Paragraph, None);
                self.text(node, line, &Style::new(SMALL).in_colour(PALE), SIDE, WIDTH);
                self.y += 4.0;
            }
            Block::Bullets(lines) => self.list(lines, None),
            Block::Numbers(lines) => self.list(lines, Some(1)),
            Block::Terms(terms) => {
                for (name, line) in terms {
                    self.labelled(None, name, line, 112.0, 8.8);
                }
                self.y += 4.0;
            }
            Block::Table(table) => {
                let caption = (!table.quiet).then(|| {
                    self.tables += 1;
                    format!("{} {}. {}", self.document.captions[0], self.tables, table.caption)
                });
                self.table(table, caption.as_deref());
            }
            Block::Figure(figure) => self.figure(figure),
            Block::Entries(entries) => {
                let list = self.node(Role::List, None);
                for entry in entries {
                    self.entry(list, entry);
                }
                self.y += 4.0;
            }
        }
    }

    /// Goes to a page for a large picture, where this one is none already, or `anew` is wanted.
    fn large_page(&mut self, anew: bool) {
        let is_used = |page: &Page| !page.marks.is_empty() && (anew || page.size != LARGE_PAGE);
        if self.laid.pages.last().is_some_and(is_used) {
            self.page();
        }
        if let Some(page) = self.laid.pages.last_mut() {
            page.size = LARGE_PAGE;
        }
    }

    /// Whether the chapter before began on an earlier page and takes little of this one: then the next one follows it.
    fn ends_in_short_tail(&self) -> bool {
        let began_earlier = self.chapter.is_some_and(|page| page + 1 < self.laid.pages.len());
        began_earlier && self.y > TOP && self.y < TOP + MOST_TAIL * (self.end() - TOP)
    }

    fn heading(&mut self, heading: &Heading, rest: &[Block]) {
        let (size, before, after) = match heading.level {
            1 => (17.0, 0.0, 8.0),
            2 => (13.0, 14.0, 5.0),
            _ => (10.8, 12.0, 3.0),
        };
        let style = Style::new(size).bold();
        let lines = self.measure.break_line(&Line::new().text(&heading.full()), &style, WIDTH, false);
        let height = lines.len() as f32 * size * 1.25;
        // A heading never stands alone at the foot of a page, nor two of them: a short paragraph wants six lines, a table more.
        let beside = if matches!(rest.first(), Some(Block::Heading(_))) { 130.0 } else { 96.0 };
        if leads_to_large_picture(rest) {
            self.large_page(heading.level == 1);
        } else if heading.level == 1 {
            if self.ends_in_short_tail() {
                self.y += 30.0;
            } else if self.laid.pages.last().is_some_and(|page| !page.marks.is_empty()) {
                self.page();
            }
        } else if !self.need(before + height + after + beside) {
            self.y += before;
        }
        if heading.level == 1 {
            self.chapter = Some(self.laid.pages.len() - 1);
        }
        self.anchor(&heading.id);
        let node = self.node(Role::Heading(heading.level, heading.full()), None);
        self.lines(node, lines, SIDE, &style, 1.25);
        if heading.level == 1 {
            self.y += 3.0;
            self.mark(None, Mark::Rule { x: SIDE, y: self.y, width: WIDTH, weight: 0.8, colour: INK });
        }
        self.y += after;
    }

    fn list(&mut self, lines: &[Line], from: Option<usize>) {
        let list = self.node(if from.is_some() { Role::OrderedList } else { Role::List }, None);
        let size = if from.is_some() { BODY - 0.3 } else { 9.0 };
        for (at, line) in lines.iter().enumerate() {
            let (mark, indent) = match from {
                Some(from) => (format!("{}.", from + at), 18.0),
                None => ("•".to_owned(), 11.0),
            };
            self.labelled(Some(list), &mark, line, indent, size);
            self.y += 1.5;
        }
        self.y += 4.0;
    }

    /// Sets a line beside a label.
    fn labelled(&mut self, list: Option<usize>, label: &str, line: &Line, indent: f32, size: f32) {
        let list = list.unwrap_or_else(|| self.node(Role::List, None));
        let item = self.node(Role::Item, Some(list));
        let style = Style::new(size);
        let lines = self.measure.break_line(line, &style, WIDTH - indent, true);
        let height = size * LEADING;
        self.need(height * lines.len().min(3) as f32);
        let mark = self.node(Role::Label, Some(item));
        let bold = if indent > 20.0 { style.clone().bold() } else { style.clone() };
        let start = self.y;
        let label = self.measure.break_line(&Line::new().text(label), &bold, (indent - 4.0).max(9.0), false);
        let page = self.laid.pages.len();
        self.lines(mark, label, SIDE, &bold, LEADING);
        let below = self.y;
        if self.laid.pages.len() == page {
            self.y = start;
        }
        let body = self.node(Role::Body, Some(item));
        self.lines(body, lines, SIDE + indent, &style, LEADING);
        if self.laid.pages.len() == page {
            self.y = self.y.max(below);
        }
        self.y += 1.5;
    }

    fn entry(&mut self, list: usize, entry: &Entry) {
        let style = Style::new(8.4);
        let indent = if entry.mark.is_empty() { 12.0 } else { 46.0 };
        let lines = self.measure.break_line(&entry.line, &style, WIDTH - indent, true);
        let height = style.size * LEADING;
        self.need(height * lines.len().min(4) as f32);
        self.anchor(&entry.id);
        let item = self.node(Role::Item, Some(list));
        if !entry.mark.is_empty() {
            let mark = self.node(Role::Label, Some(item));
            let bold = style.clone().bold();
            let shown = self.measure.break_line(&Line::new().text(&entry.mark), &bold, indent - 4.0, false);
            if let Some(line) = shown.into_iter().next() {
                self.mark(Some(mark), Mark::Text { line, x: SIDE, y: self.y + style.size * 1.05 });
            }
        }
        let body = self.node(Role::Body, Some(item));
        self.lines(body, lines, SIDE + indent, &style, LEADING);
        self.y += 2.5;
    }

    pub(super) fn caption(&mut self, parent: Option<usize>, text: &str) {
        let node = self.node(Role::Caption, parent);
        self.text(node, &Line::new().text(text), &Style::new(9.0).bold(), SIDE, WIDTH);
        self.y += 2.0;
    }

    fn figure(&mut self, figure: &Figure) {
        let number = self.figures;
        self.figures += 1;
        let caption = format!("{} {}. {}", self.document.captions[1], self.figures, figure.caption);
        let [width, height] = figure.size.map(|side| side.max(1.0) as f32);
        let large = is_large(figure);
        let page = if large { LARGE_PAGE } else { PAGE };
        let side = if large { 40.0 } else { SIDE };
        let wide = (page[0] - 2.0 * side) / width;
        let scale = if large {
            self.large_page(false);
            wide.min((self.end() - self.y - 24.0) / height)
        } else {
            let scale = wide.min((page[1] - TOP - BOTTOM - 24.0) / height);
            self.need(height * scale + 24.0);
            scale
        };
        let node = self.node(Role::Figure(figure.description.clone()), None);
        self.caption(None, &caption);
        let (width, height) = (width * scale, height * scale);
        let x = (page[0] - width) / 2.0;
        self.mark(Some(node), Mark::Picture { number, x, y: self.y, width, height });
        self.y += height + 10.0;
        if large {
            self.page();
        }
    }

    /// Sets a line as a paragraph.
    pub(super) fn text(&mut self, node: usize, line: &Line, style: &Style, x: f32, width: f32) {
        let lines = self.measure.break_line(line, style, width, true);
        self.lines(node, lines, x, style, LEADING);
    }

    /// Sets lines below each other, across pages where it must be; no line stands alone on a page.
    pub(super) fn lines(&mut self, node: usize, lines: Vec<TextLine>, x: f32, style: &Style, leading: f32) {
        let height = style.size * leading;
        let count = lines.len();
        for (at, line) in lines.into_iter().enumerate() {
            let together = match (count, at) {
                // Of three lines two would leave one alone.
                (2 | 3, 0) => count,
                (4.., 0) => 2,
                (4.., at) if at == count - 2 => 2,
                _ => 1,
            };
            self.need(height * together as f32);
            let y = self.y + style.size * (leading - LEADING + 1.05);
            self.mark(Some(node), Mark::Text { line, x, y });
            self.y += height;
        }
    }
}

/// Returns whether a picture has a larger page.
fn is_large(figure: &Figure) -> bool {
    WIDTH / (figure.size[0].max(1.0) as f32) < LEAST_SCALE
}

/// Returns whether headings and paragraphs lead to a picture with a larger page: then they stand there with it.
fn leads_to_large_picture(blocks: &[Block]) -> bool {
    let leads = |block: &&Block| matches!(block, Block::Heading(_) | Block::Paragraph(_));
    matches!(blocks.iter().find(|block| !leads(block)), Some(Block::Figure(figure)) if is_large(figure))
}
