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

use crate::export::escape::is_plain;
use crate::export::loss::{Loss, Part};
use crate::model::Day;
use std::collections::HashMap;
use std::io::{self, Write};
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
    zip: ZipWriter<StreamWriter<W>>,
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
            zip: ZipWriter::new_stream(to),
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
        let mut types = String::from(CONTENT_TYPES);
        let mut sheets = String::new();
        let mut names = String::new();
        let mut relations = String::from(RELATIONS);
        for (at, (name, columns, rows)) in self.done.iter().enumerate() {
            let id = at + 1;
            types.push_str(&format!(
                "<Override PartName=\"/xl/worksheets/sheet{id}.xml\" ContentType=\"{SHEET_TYPE}\"/>"
            ));
            sheets.push_str(&format!("<sheet name=\"{name}\" sheetId=\"{id}\" r:id=\"rId{id}\"/>"));
            names.push_str(&format!(
                "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{at}\" hidden=\"1\">'{name}'!$A$1:${}${rows}</definedName>",
                letters(columns.saturating_sub(1))
            ));
            relations.push_str(&format!(
                "<Relationship Id=\"rId{id}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{id}.xml\"/>"
            ));
        }
        relations.push_str(&format!(
            "<Relationship Id=\"rId{}\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/></Relationships>",
            self.done.len() + 1
        ));
        types.push_str("</Types>");
        let workbook = format!(
            "{DECLARATION}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><bookViews><workbookView/></bookViews>\
             <sheets>{sheets}</sheets><definedNames>{names}</definedNames></workbook>"
        );
        let styles = styles(&self.fills);
        self.file("xl/styles.xml", &styles)?;
        self.file("xl/workbook.xml", &workbook)?;
        self.file("xl/_rels/workbook.xml.rels", &relations)?;
        self.file("[Content_Types].xml", &types)?;
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
            self.raw(DECLARATION);
            self.raw(RELATIONS_ROOT);
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

/// Returns as much of a text as this many UTF-16 units hold, in whole characters.
fn cut(text: &str, units: usize) -> &str {
    // No character has fewer bytes than units.
    if text.len() <= units {
        return text;
    }
    let mut left = units;
    let end = text.char_indices().find(|(_, c)| match left.checked_sub(c.len_utf16()) {
        Some(rest) => {
            left = rest;
            false
        }
        None => true,
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// Appends the name of a column, from `A`.
fn push_letters(column: usize, buffer: &mut Vec<u8>) {
    if column >= 26 {
        push_letters(column / 26 - 1, buffer);
    }
    buffer.push(b'A' + (column % 26) as u8);
}

fn letters(column: usize) -> String {
    let mut name = Vec::new();
    push_letters(column, &mut name);
    String::from_utf8_lossy(&name).into_owned()
}

/// Appends a text as an `ST_Xstring`: what XML cannot hold is `_xHHHH_`, and what looks so is kept apart by `_x005F_`.
fn escape(text: &str, buffer: &mut Vec<u8>) {
    let special =
        |byte| byte < 0x20 || byte == b'&' || byte == b'<' || byte == b'>' || byte == b'_' || byte == 0xef;
    if is_plain(text, special) {
        buffer.extend_from_slice(text.as_bytes());
        return;
    }
    let bytes = text.as_bytes();
    let mut from = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let (instead, length): (&[u8], usize) = match byte {
            b'&' => (b"&amp;", 1),
            b'<' => (b"&lt;", 1),
            b'>' => (b"&gt;", 1),
            b'_' if looks_escaped(&bytes[at..]) => (b"_x005F_", 1),
            b'\t' | b'\n' => continue,
            0..0x20 => {
                let digits = b"0123456789ABCDEF";
                buffer.extend_from_slice(&bytes[from..at]);
                buffer.extend_from_slice(&[
                    b'_',
                    b'x',
                    b'0',
                    b'0',
                    digits[usize::from(byte >> 4)],
                    digits[usize::from(byte & 15)],
                    b'_',
                ]);
                from = at + 1;
                continue;
            }
            0xef if bytes[at..].starts_with("\u{fffe}".as_bytes()) => (b"_xFFFE_", 3),
            0xef if bytes[at..].starts_with("\u{ffff}".as_bytes()) => (b"_xFFFF_", 3),
            _ => continue,
        };
        buffer.extend_from_slice(&bytes[from..at]);
        buffer.extend_from_slice(instead);
        from = at + length;
    }
    buffer.extend_from_slice(&bytes[from..]);
}

fn looks_escaped(bytes: &[u8]) -> bool {
    matches!(bytes, [b'_', b'x', a, b, c, d, b'_', ..] if [a, b, c, d].iter().all(|digit| digit.is_ascii_hexdigit()))
}

/// Returns an address as a relationship may hold it, if it is one of the web: ASCII, with all else percent-encoded.
fn escaped(address: &str) -> Option<String> {
    let scheme = address.split_once("://").map(|(scheme, _)| scheme)?;
    let rest = &address[scheme.len() + 3..];
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    if !is_web || rest.is_empty() || rest.starts_with(['/', '?', '#', ':']) {
        return None;
    }
    let mut kept = String::with_capacity(address.len());
    let bytes = address.as_bytes();
    let mut has_fragment = false;
    for (at, byte) in bytes.iter().enumerate() {
        let stands = match byte {
            b'%' => bytes.get(at + 1..at + 3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit)),
            b'#' => !std::mem::replace(&mut has_fragment, true),
            byte => byte.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=".contains(byte),
        };
        if stands {
            kept.push(char::from(*byte));
        } else {
            kept.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(kept)
}

/// Returns the styles: those of [`Look`], then the fills.
fn styles(fills: &[Fill]) -> String {
    let mut fonts = String::new();
    let mut grounds = String::new();
    let mut cells = String::new();
    for (at, [ground, ink]) in fills.iter().enumerate() {
        let (font, fill) = (at + 3, at + 3);
        fonts.push_str(&format!(
            "<font><sz val=\"11\"/><color rgb=\"FF{ink}\"/><name val=\"Calibri\"/></font>"
        ));
        grounds.push_str(&format!(
            "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF{ground}\"/><bgColor indexed=\"64\"/></patternFill></fill>"
        ));
        cells.push_str(&format!(
            "<xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"0\" xfId=\"0\" applyFont=\"1\" applyFill=\"1\"/>"
        ));
    }
    format!(
        "{DECLARATION}<styleSheet xmlns=\"{MAIN}\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>\
         <fonts count=\"{}\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>\
         <font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font>\
         <font><u/><sz val=\"11\"/><color rgb=\"FF0563C1\"/><name val=\"Calibri\"/></font>{fonts}</fonts>\
         <fills count=\"{}\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>\
         <fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE8EEF4\"/><bgColor indexed=\"64\"/></patternFill></fill>{grounds}</fills>\
         <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
         <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
         <cellXfs count=\"{}\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
         <xf numFmtId=\"0\" fontId=\"1\" fillId=\"2\" borderId=\"0\" xfId=\"0\" applyFont=\"1\" applyFill=\"1\"/>\
         <xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" quotePrefix=\"1\" applyNumberFormat=\"1\"/>\
         <xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>\
         <xf numFmtId=\"0\" fontId=\"2\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>{cells}</cellXfs>\
         <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>",
        fills.len() + 3,
        fills.len() + 3,
        fills.len() + 5,
    )
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SHEET_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
const RELATIONS_ROOT: &str =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
const RELATIONS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
);
const RELATIONSHIPS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" ",
    "Target=\"xl/workbook.xml\"/></Relationships>"
);
const CONTENT_TYPES: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">",
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>",
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>",
    "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>",
    "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>"
);

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

    #[test]
    fn addresses_stand_as_relationships_take_them() {
        assert_eq!(
            escaped("https://x.example/ж?q=1&r=%41%#a#b").as_deref(),
            Some("https://x.example/%D0%B6?q=1&r=%41%25#a%23b")
        );
        for other in ["urn:x:y", "ftp://x.example/", "https://", "javascript://x", "http:///x", "file:///x"] {
            assert_eq!(escaped(other), None, "{other}");
        }
    }

    #[test]
    fn columns_have_letters() {
        for (at, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(letters(at), name);
        }
    }
}
