//! The first page: the title, what stands below it, and the table of contents.

use super::flow::{Flow, LEADING, Mark, Pages, RULE, Role, SIDE, SMALL, WIDTH};
use super::text::{INK, PALE, Style, TextLine};
use crate::report::document::{Block, Heading, Line};

impl Flow<'_> {
    /// The title, what stands below it, and the table of contents.
    pub(super) fn front(&mut self, pages: &Pages) {
        let document = self.document;
        let title = self.node(Role::Title, None);
        self.y += 18.0;
        let style = Style::new(23.0).bold();
        let lines = self.measure.break_line(&Line::new().text(&document.title), &style, WIDTH, false);
        self.lines(title, lines, SIDE, &style, 1.2);
        self.y += 6.0;
        for line in &document.subtitle {
            let node = self.node(Role::Paragraph, None);
            self.text(node, &Line::new().text(line), &Style::new(10.0).in_colour(PALE), SIDE, WIDTH);
        }
        self.y += 8.0;
        self.mark(None, Mark::Rule { x: SIDE, y: self.y, width: WIDTH, weight: 1.6, colour: INK });
        self.y += 24.0;
        let heading = self.node(Role::Paragraph, None);
        self.text(heading, &Line::new().text(&document.contents), &Style::new(14.0).bold(), SIDE, WIDTH);
        self.y += 6.0;
        if !document.contents_note.is_empty() {
            let node = self.node(Role::Paragraph, None);
            let line = Line::new().text(&document.contents_note);
            self.text(node, &line, &Style::new(SMALL).in_colour(PALE), SIDE, WIDTH);
        }
        let contents = self.node(Role::Contents, None);
        let listed = document.blocks.iter().filter_map(|block| match block {
            Block::Heading(heading) if heading.listed => Some(heading),
            _ => None,
        });
        // A table that is a little too long for the page is set smaller.
        let room = self.end() - self.y;
        let tall = |scale: f32| -> f32 {
            let height = |heading| {
                let (_, style, lines) = self.contents_lines(heading, scale);
                lines.len() as f32 * style.size * LEADING + above_contents_line(heading, scale)
            };
            listed.clone().map(height).sum()
        };
        let fits = [1.0, 0.95, 0.9, 0.85].into_iter().find(|scale| tall(*scale) <= room);
        let scale = fits.unwrap_or(1.0);
        for heading in listed {
            self.contents_line(contents, heading, pages.get(&heading.id).copied(), scale);
        }
    }

    /// Where a line of the table of contents begins, its style and its lines.
    fn contents_lines(&self, heading: &Heading, scale: f32) -> (f32, Style, Vec<TextLine>) {
        let mut style = Style::new(scale * if heading.level == 1 { 9.8 } else { 9.0 });
        style.bold = heading.level == 1;
        let x = SIDE + 14.0 * f32::from(heading.level - 1);
        let line = Line::new().inside(&heading.id, &heading.full());
        let lines = self.measure.break_line(&line, &style, SIDE + WIDTH - x - 34.0, false);
        (x, style, lines)
    }

    fn contents_line(&mut self, contents: usize, heading: &Heading, page: Option<usize>, scale: f32) {
        let node = self.node(Role::ContentsItem, Some(contents));
        let (x, style, mut lines) = self.contents_lines(heading, scale);
        self.y += above_contents_line(heading, scale);
        let number = page.map_or(String::new(), |page| page.to_string());
        let wide = self.measure.width(&number, &style);
        for line in &mut lines {
            line.spans.iter_mut().for_each(|span| span.style.colour = INK);
        }
        let height = style.size * LEADING;
        self.need(height * lines.len() as f32);
        let last = lines.last().map_or(0.0, |line| x + line.width);
        self.lines(node, lines, x, &style, LEADING);
        let baseline = self.y - height + style.size * 1.05;
        let end = SIDE + WIDTH - wide;
        if end - 6.0 > last + 6.0 {
            let (x, width) = (last + 6.0, end - 12.0 - last);
            self.mark(None, Mark::Rule { x, y: baseline, width, weight: 0.3, colour: RULE });
        }
        let line = self.measure.break_line(&Line::new().text(&number), &style, 60.0, false).pop();
        if let Some(line) = line {
            self.mark(Some(node), Mark::Text { line, x: end, y: baseline });
        }
    }
}

fn above_contents_line(heading: &Heading, scale: f32) -> f32 {
    if heading.level == 1 { 4.0 * scale } else { 0.0 }
}
