//! A workbook (XLSX) written as it goes: rows pass into the archive, so that memory does not grow with them.
//!
//! # Invariants
//! * A text is a text: no cell is a formula, and what XML cannot hold stands as `_xHHHH_`, which Excel shows as the
//!   character.
//! * What a sheet cannot hold is counted: texts are cut, links become text, rows go on in a further sheet.
//!
//! # Source
//! ECMA-376 part 1, 18 (`SpreadsheetML`); the limits are those of Excel,
//! <https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3>.

mod once;
mod parts;
mod text;

use crate::export::loss::{Loss, Part};
use crate::model::Day;
use once::Once;
use parts::{DECLARATION, MAIN, OFFICE, RELATIONS, RELATIONSHIPS, index, styles};
use std::collections::HashMap;
use std::io::{self, Write};
use text::{cut, escape, escaped, letters, push_letters};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

/// What is handed to the archive at once.
const CHUNK: usize = 1 << 16;

/// How much a sheet holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Rows, with the header.
    pub(super) rows: u32,
    /// Columns.
    pub(super) columns: usize,
    /// Links.
    pub(super) links: usize,
    /// Characters of a cell, in UTF-16 units.
    pub(super) text: usize,
    /// Characters of an address.
    pub(super) address: usize,
    /// Bytes of its part, which an archive without extensions can hold.
    pub(super) bytes: u64,
}

/// The limits of Excel.
pub(super) const EXCEL: Limits = Limits {
    rows: 1_048_576,
    columns: 16_384,
    links: 65_530,
    text: 32_767,
    address: 2_079,
    bytes: 0xf000_0000,
};

/// How a cell looks; the numbers are those of [`styles`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Plain = 0,
    Header = 1,
    /// A text that would be a formula were it typed: it stays a text where it is edited.
    Guarded = 2,
    Date = 3,
    Link = 4,
    /// The first of the fills given to [`Book::new`].
    Filled = 5,
}

/// Ground and ink of a cell, as `RRGGBB`.
pub(super) type Fill = [&'static str; 2];

/// A column.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) name: String,
    /// In characters.
    pub(super) width: u32,
}

/// A sheet that is done: its name, the number of its columns, the number of its rows.
type Done = (String, usize, u32);

/// A workbook on its way.
pub(super) struct Book<W: Write> {
    zip: ZipWriter<StreamWriter<Once<W>>>,
    limits: Limits,
    fills: Vec<Fill>,
    done: Vec<Done>,
    name: &'static str,
    columns: Vec<Column>,
    /// How many sheets of this table there are, and whether the last is open.
    part: u32,
    is_open: bool,
    row: u32,
    written: u64,
    buffer: Vec<u8>,
    links: Vec<(u32, usize, u32)>,
    targets: HashMap<String, u32>,
    /// What a sheet could not hold as it is.
    pub(super) loss: Loss,
}

impl<W: Write> Book<W> {
    /// Begins a workbook.
    ///
    /// # Errors
    /// If there is no place left, as in all that follows.
    pub(super) fn new(to: W, limits: Limits, fills: Vec<Fill>) -> io::Result<Self> {
        let mut book = Self {
            zip: ZipWriter::new_stream(Once::new(to)),
            limits,
            fills,
            done: Vec::new(),
            name: "",
            columns: Vec::new(),
            part: 0,
            is_open: false,
            row: 0,
            written: 0,
            buffer: Vec::with_capacity(CHUNK * 2),
            links: Vec::new(),
            targets: HashMap::new(),
            loss: Loss::default(),
        };
        book.file("_rels/.rels", RELATIONSHIPS)?;
        Ok(book)
    }

    /// Begins the sheet of a table.
    pub(super) fn table(&mut self, name: &'static str, mut columns: Vec<Column>) -> io::Result<()> {
        self.end_sheet()?;
        columns.truncate(self.limits.columns);
        (self.name, self.columns, self.part) = (name, columns, 1);
        self.begin_sheet()
    }

    /// Begins a row.
    pub(super) fn row(&mut self) -> io::Result<()> {
        if self.buffer.len() >= CHUNK {
            self.hand_on()?;
        }
        if self.row >= self.limits.rows || self.written >= self.limits.bytes {
            self.end_sheet()?;
            self.part += 1;
            self.begin_sheet()?;
        }
        if self.part > 1 {
            self.loss.add(Part::Record, "rows in a further sheet of their table, for one was full", 1);
        }
        self.begin_row();
        Ok(())
    }

    /// Ends the row.
    pub(super) fn end_row(&mut self) {
        self.raw("</row>");
    }

    /// Writes a text; one that Excel would run, were it typed, is told apart.
    pub(super) fn text(&mut self, column: usize, text: &str) {
        let runs = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
        self.text_as(column, text, if runs { Look::Guarded } else { Look::Plain } as usize);
    }

    /// Writes a text upon the fill of this number.
    pub(super) fn filled(&mut self, column: usize, text: &str, fill: usize) {
        self.text_as(column, text, Look::Filled as usize + fill);
    }

    /// Writes a text that opens an address of the web; where a sheet cannot hold the link, the text.
    pub(super) fn link(&mut self, column: usize, text: &str, address: &str) {
        let target = escaped(address).filter(|target| target.len() <= self.limits.address);
        match target {
            Some(target) if self.links.len() < self.limits.links && column < self.limits.columns => {
                let next = self.targets.len() as u32;
                let target = *self.targets.entry(target).or_insert(next);
                self.links.push((self.row, column, target));
                self.text_as(column, text, Look::Link as usize);
            }
            _ => {
                self.loss.add(Part::Text, "web addresses that are no links (a sheet holds 65,530)", 1);
                self.text(column, text);
            }
        }
    }

    /// Writes a number.
    pub(super) fn number(&mut self, column: usize, number: u64) {
        if self.cell(column, Look::Plain as usize, "") {
            self.raw("<v>");
            self.buffer.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
            self.raw("</v></c>");
        }
    }

    /// Writes yes or no.
    pub(super) fn flag(&mut self, column: usize, flag: bool) {
        if self.cell(column, Look::Plain as usize, "b") {
            self.raw(if flag { "<v>1</v></c>" } else { "<v>0</v></c>" });
        }
    }

    /// Writes a day; as text, where Excel has no such day.
    pub(super) fn day(&mut self, column: usize, day: Day) {
        // Excel counts from the last day but one of 1899, and takes 1900 for a leap year: from March on it is right.
        let number = day.number() + 25_569;
        if !(61..=2_958_465).contains(&number) {
            self.loss.add(Part::Time, "days before March 1900 or after 9999, which are text", 1);
            self.text(column, &day.to_string());
        } else if self.cell(column, Look::Date as usize, "") {
            self.raw("<v>");
            self.buffer.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
            self.raw("</v></c>");
        }
    }

    /// Writes what is left, without which nothing opens it.
    pub(super) fn finish(mut self) -> io::Result<Loss> {
        self.end_sheet()?;
        let index = index(&self.done);
        let styles = styles(&self.fills);
        self.file("xl/styles.xml", &styles)?;
        self.file("xl/workbook.xml", &index.workbook)?;
        self.file("xl/_rels/workbook.xml.rels", &index.relations)?;
        self.file("[Content_Types].xml", &index.types)?;
        self.zip.finish()?;
        Ok(self.loss)
    }

    fn file(&mut self, name: &str, content: &str) -> io::Result<()> {
        self.start(name)?;
        self.zip.write_all(content.as_bytes())
    }

    fn start(&mut self, name: &str) -> io::Result<()> {
        // Without the time of its making.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(3))
            .last_modified_time(zip::DateTime::default());
        self.zip.start_file(name, options).map_err(io::Error::from)
    }

    fn begin_sheet(&mut self) -> io::Result<()> {
        self.start(&format!("xl/worksheets/sheet{}.xml", self.done.len() + 1))?;
        (self.row, self.written, self.is_open) = (0, 0, true);
        self.raw(DECLARATION);
        self.raw(&format!(
            "<worksheet xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheetViews><sheetView workbookViewId=\"0\"{}>\
             <pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>",
            if self.done.is_empty() { " tabSelected=\"1\"" } else { "" }
        ));
        let columns = std::mem::take(&mut self.columns);
        for (at, Column { width, .. }) in columns.iter().enumerate() {
            let at = at + 1;
            self.raw(&format!("<col min=\"{at}\" max=\"{at}\" width=\"{width}\" customWidth=\"1\"/>"));
        }
        self.raw("</cols><sheetData>");
        self.begin_row();
        for (at, Column { name, .. }) in columns.iter().enumerate() {
            self.text_as(at, name, Look::Header as usize);
        }
        self.end_row();
        self.columns = columns;
        Ok(())
    }

    fn end_sheet(&mut self) -> io::Result<()> {
        if !std::mem::take(&mut self.is_open) {
            return Ok(());
        }
        let last = letters(self.columns.len().saturating_sub(1));
        self.raw(&format!("</sheetData><autoFilter ref=\"A1:{last}{}\"/>", self.row));
        let links = std::mem::take(&mut self.links);
        let mut targets: Vec<(String, u32)> = self.targets.drain().collect();
        targets.sort_unstable_by_key(|(_, at)| *at);
        if !links.is_empty() {
            self.raw("<hyperlinks>");
            for (row, column, target) in links {
                let place = format!("{}{row}", letters(column));
                let id = target + 1;
                // What follows `#` stands by itself.
                let fragment = targets[target as usize].0.split_once('#').map(|(_, fragment)| fragment);
                self.raw(&format!("<hyperlink ref=\"{place}\" r:id=\"rId{id}\""));
                if let Some(fragment) = fragment {
                    self.raw(&format!(" location=\"{}\"", fragment.replace('&', "&amp;")));
                }
                self.raw("/>");
                if self.buffer.len() >= CHUNK {
                    self.hand_on()?;
                }
            }
            self.raw("</hyperlinks>");
        }
        self.raw("</worksheet>");
        self.hand_on()?;
        if !targets.is_empty() {
            self.start(&format!("xl/worksheets/_rels/sheet{}.xml.rels", self.done.len() + 1))?;
            self.raw(RELATIONS);
            for (target, at) in targets {
                let target = target.split('#').next().unwrap_or_default().replace('&', "&amp;");
                self.raw(&format!(
                    "<Relationship Id=\"rId{}\" Type=\"{OFFICE}/hyperlink\" Target=\"{target}\" TargetMode=\"External\"/>",
                    at + 1
                ));
                if self.buffer.len() >= CHUNK {
                    self.hand_on()?;
                }
            }
            self.raw("</Relationships>");
            self.hand_on()?;
        }
        let name = if self.part == 1 { self.name.to_owned() } else { format!("{} {}", self.name, self.part) };
        self.done.push((name, self.columns.len(), self.row));
        Ok(())
    }

    fn raw(&mut self, text: &str) {
        self.buffer.extend_from_slice(text.as_bytes());
    }

    fn hand_on(&mut self) -> io::Result<()> {
        self.zip.write_all(&self.buffer)?;
        self.written += self.buffer.len() as u64;
        self.buffer.clear();
        Ok(())
    }

    fn begin_row(&mut self) {
        self.row += 1;
        self.raw("<row r=\"");
        self.buffer.extend_from_slice(itoa::Buffer::new().format(self.row).as_bytes());
        self.raw("\">");
    }

    /// Begins a cell; there is none beyond the last column.
    fn cell(&mut self, column: usize, look: usize, kind: &str) -> bool {
        if column >= self.limits.columns {
            self.loss.add(Part::Property, "values beyond the 16,384 columns of a sheet", 1);
            return false;
        }
        self.raw("<c r=\"");
        push_letters(column, &mut self.buffer);
        self.buffer.extend_from_slice(itoa::Buffer::new().format(self.row).as_bytes());
        if look != Look::Plain as usize {
            self.raw("\" s=\"");
            self.buffer.extend_from_slice(itoa::Buffer::new().format(look).as_bytes());
        }
        if !kind.is_empty() {
            self.raw("\" t=\"");
            self.raw(kind);
        }
        self.raw("\">");
        true
    }

    fn text_as(&mut self, column: usize, text: &str, look: usize) {
        if !self.cell(column, look, "inlineStr") {
            return;
        }
        let kept = cut(text, self.limits.text);
        if kept.len() < text.len() {
            self.loss.add(Part::Text, "texts cut after 32,767 characters, the most that a cell holds", 1);
        }
        let spaced = kept.starts_with([' ', '\t', '\n']) || kept.ends_with([' ', '\t', '\n']);
        self.raw(if spaced { "<is><t xml:space=\"preserve\">" } else { "<is><t>" });
        escape(kept, &mut self.buffer);
        self.raw("</t></is></c>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader, Xlsx};
    use std::io::Cursor;

    const SMALL: Limits = Limits { rows: 3, columns: 3, links: 2, text: 5, address: 30, bytes: u64::MAX };

    fn columns(names: &[&str]) -> Vec<Column> {
        names.iter().map(|name| Column { name: (*name).to_owned(), width: 10 }).collect()
    }

    type Sheet = (String, Vec<Vec<Data>>);

    /// Returns each sheet by name with its rows, and what was lost.
    fn read(limits: Limits, fill: impl FnOnce(&mut Book<&mut Vec<u8>>)) -> (Vec<Sheet>, Loss) {
        let mut bytes = Vec::new();
        let mut book = Book::new(&mut bytes, limits, Vec::new()).expect("a vector takes all");
        fill(&mut book);
        let loss = book.finish().expect("a vector takes all");
        let mut workbook = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
        let sheets = workbook.sheet_names().into_iter().map(|name| {
            let range = workbook.worksheet_range(&name).expect("a sheet");
            let rows = range.rows().map(<[Data]>::to_vec).collect();
            (name, rows)
        });
        (sheets.collect(), loss)
    }

    #[test]
    fn rows_beyond_a_sheet_go_on_in_the_next() {
        let (sheets, loss) = read(SMALL, |book| {
            book.table("t", columns(&["n"])).expect("a vector takes all");
            for number in 0..5 {
                book.row().expect("a vector takes all");
                book.number(0, number);
                book.end_row();
            }
        });
        let head = || vec![Data::String("n".to_owned())];
        let row = |n: f64| vec![Data::Float(n)];
        assert_eq!(
            sheets,
            [
                ("t".to_owned(), vec![head(), row(0.0), row(1.0)]),
                ("t 2".to_owned(), vec![head(), row(2.0), row(3.0)]),
                ("t 3".to_owned(), vec![head(), row(4.0)]),
            ]
        );
        assert!(loss.summary().contains("3 rows in a further sheet"), "{}", loss.summary());
    }

    #[test]
    fn what_a_sheet_cannot_hold_is_counted() {
        let (sheets, loss) = read(SMALL, |book| {
            book.table("t", columns(&["a", "b", "c", "d"])).expect("a vector takes all");
            book.row().expect("a vector takes all");
            // Five units: the face takes two, and is not cut in half.
            book.text(0, "abc👮d");
            book.text(1, "abcd👮");
            book.text(2, "_x41");
            book.text(3, "gone");
            book.end_row();
            book.row().expect("a vector takes all");
            book.link(0, "1", "https://x.example/1");
            book.link(1, "2", "https://x.example/a#b#c d");
            book.link(2, "3", "https://x.example/3");
            book.end_row();
        });
        let text = |text: &str| Data::String(text.to_owned());
        assert_eq!(sheets[0].1[1], [text("abc👮"), text("abcd"), text("_x41")]);
        assert_eq!(sheets[0].1[2], [text("1"), text("2"), text("3")]);
        let said = loss.summary();
        for part in ["2 texts cut", "1 web addresses that are no links", "1 values of 1 other fields"] {
            assert!(said.contains(part), "{said}");
        }
    }
}
