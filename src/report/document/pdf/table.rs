//! Sets tables: columns by their shares, heads repeated on each page, rows that are too tall continued on the next.

use super::flow::{Flow, LEADING, Mark, RULE, Role, SIDE, WIDTH};
use super::text::{INK, Style, TextLine};
use crate::report::document::{Cell, Line, Row, Table};

/// A table of so many columns is set smaller and tighter.
const WIDE: usize = 8;
/// Space behind a number, which stands against the next column.
const BEHIND_NUMBER: f32 = 8.0;
/// A row taller than this goes on on the next page.
const MOST_ROW: f32 = 150.0;

impl Flow<'_> {
    /// Sets a table.
    pub(super) fn table(&mut self, table: &Table, caption: Option<&str>) {
        let size = if table.columns.len() >= WIDE { 7.0 } else { 8.0 };
        let style = Style::new(size);
        let shares: f32 = table.columns.iter().map(|column| f32::from(column.share)).sum();
        let widths: Vec<f32> =
            table.columns.iter().map(|column| WIDTH * f32::from(column.share) / shares.max(1.0)).collect();
        let node = self.node(Role::Table, None);
        self.need(90.0);
        if let Some(caption) = caption {
            self.caption(Some(node), caption);
        }
        self.head(table, &widths, &style, Some(node));
        let height = size * LEADING;
        for (at, row) in table.rows.iter().enumerate() {
            match row {
                Row::Group(name) => {
                    let next = height * 3.0 + 4.0 * inside(&style)[1];
                    if self.need(height + 2.0 * inside(&style)[1] + next) {
                        self.head(table, &widths, &style, None);
                    }
                    let row = self.node(Role::Row, Some(node));
                    let cell = self.node(Role::RowHead, Some(row));
                    let tall = height + 2.0 * inside(&style)[1];
                    let (x, y) = (SIDE, self.y);
                    self.mark(None, Mark::Fill { x, y, width: WIDTH, height: tall, colour: [0xf1; 3] });
                    let bold = style.clone().bold();
                    let line = Line::new().text(name);
                    let lines = self.measure.break_line(&line, &bold, WIDTH - 2.0 * inside(&style)[0], false);
                    if let Some(line) = lines.into_iter().next() {
                        let y = self.y + inside(&style)[1] + size * 1.05;
                        self.mark(Some(cell), Mark::Text { line, x: SIDE + inside(&style)[0], y });
                    }
                    self.y += tall;
                }
                Row::Cells(cells) => {
                    let last = at + 1 == table.rows.len();
                    self.row(table, cells, &widths, &style, node, last);
                }
            }
        }
        self.y += 9.0;
    }

    /// Sets the heads of the columns; a repeated one belongs to no part of the document.
    fn head(&mut self, table: &Table, widths: &[f32], style: &Style, node: Option<usize>) {
        let bold = style.clone().bold();
        let cells: Vec<Vec<TextLine>> = table
            .columns
            .iter()
            .zip(widths)
            .map(|(column, width)| {
                let line = Line::new().text(&column.head);
                self.measure.break_line(&line, &bold, width - 2.0 * inside(style)[0], true)
            })
            .collect();
        let count = cells.iter().map(Vec::len).max().unwrap_or(0);
        let row = node.map(|node| self.node(Role::Row, Some(node)));
        let tall = count as f32 * style.size * LEADING + 2.0 * inside(style)[1];
        let mut x = SIDE;
        for ((lines, width), column) in cells.into_iter().zip(widths).zip(&table.columns) {
            let cell = row.map(|row| self.node(Role::Head, Some(row)));
            let above = (count - lines.len()) as f32 * style.size * LEADING;
            self.cell_lines(cell, lines, x, above, *width, style, column.numeric);
            x += width;
        }
        self.y += tall;
        self.mark(None, Mark::Rule { x: SIDE, y: self.y, width: WIDTH, weight: 0.9, colour: INK });
    }

    fn row(&mut self, table: &Table, cells: &[Cell], widths: &[f32], style: &Style, node: usize, last: bool) {
        let height = style.size * LEADING;
        let empty = Cell::default();
        let shown: Vec<&Cell> = (0..widths.len()).map(|at| cells.get(at).unwrap_or(&empty)).collect();
        let mut columns: Vec<std::vec::IntoIter<TextLine>> = shown
            .iter()
            .zip(widths)
            .map(|(cell, width)| {
                let lines = self.measure.break_line(&cell.line, style, width - 2.0 * inside(style)[0], true);
                lines.into_iter()
            })
            .collect();
        let mut left = columns.iter().map(ExactSizeIterator::len).max().unwrap_or(0).max(1);
        let tall = left as f32 * height + 2.0 * inside(style)[1];
        let breaks = if tall <= MOST_ROW { self.need(tall) } else { self.need(6.0 * height) };
        if breaks {
            self.head(table, widths, style, None);
        }
        let row = self.node(Role::Row, Some(node));
        let parts: Vec<usize> = (0..widths.len())
            .map(|at| self.node(if at == 0 { Role::RowHead } else { Role::Cell }, Some(row)))
            .collect();
        while left > 0 {
            let room = self.end() - self.y - 2.0 * inside(style)[1];
            // At least one line, so that the loop comes to an end.
            let now = (1..=left).take_while(|lines| *lines as f32 * height <= room).last().unwrap_or(1);
            let tall = now as f32 * height + 2.0 * inside(style)[1];
            let mut x = SIDE;
            for (at, width) in widths.iter().enumerate() {
                if let Some(tone) = shown[at].tone {
                    let (y, colour) = (self.y, super::draw::ground(tone));
                    self.mark(None, Mark::Fill { x, y, width: *width, height: tall, colour });
                }
                let lines: Vec<TextLine> = columns[at].by_ref().take(now).collect();
                let numeric = table.columns[at].numeric;
                self.cell_lines(Some(parts[at]), lines, x, 0.0, *width, style, numeric);
                x += width;
            }
            self.y += tall;
            left -= now;
            if left > 0 {
                self.page();
                self.head(table, widths, style, None);
            }
        }
        let weight = if last { 0.6 } else { 0.35 };
        self.mark(None, Mark::Rule { x: SIDE, y: self.y, width: WIDTH, weight, colour: RULE });
    }

    #[expect(clippy::too_many_arguments, reason = "a cell is where it stands, what it says and how")]
    fn cell_lines(
        &mut self,
        node: Option<usize>,
        lines: Vec<TextLine>,
        x: f32,
        above: f32,
        width: f32,
        style: &Style,
        numeric: bool,
    ) {
        for (at, line) in lines.into_iter().enumerate() {
            let y = self.y + inside(style)[1] + above + at as f32 * style.size * LEADING + style.size * 1.05;
            let x = if numeric { x + width - BEHIND_NUMBER - line.width } else { x + inside(style)[0] };
            self.mark(node, Mark::Text { line, x, y });
        }
    }
}

/// Space inside a cell, beside and above its text.
fn inside(style: &Style) -> [f32; 2] {
    if style.size < 8.0 { [1.6, 1.6] } else { [3.2, 2.4] }
}
