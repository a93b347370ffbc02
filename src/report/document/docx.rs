//! A document for word processors: Office Open XML with styles, headings, a table of contents, tables whose heads repeat,
//! pictures with alternative text, bookmarks and links.
//!
//! Written by hand over `zip`, which spreadsheets need anyway: docx-rs knows no alternative text, and numbers its parts
//! by a counter of the process, so that the bytes differ from run to run.

use super::{Block, Cell, Document, Entry, Figure, Heading, Line, Piece, Row, Table, Target};
use crate::gaps::Verdict;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Width of the text in twentieths of a point: A4 less margins.
const WIDTH: usize = 9638;
/// English Metric Units in a twentieth of a point.
const EMU: f64 = 635.0;
/// The greatest height of a picture, in twentieths of a point.
const MOST_HEIGHT: f64 = 11_700.0;

/// Returns the file.
///
/// # Errors
/// If the archive cannot be written, which in memory means that it grows beyond what the format holds.
pub fn docx(document: &Document) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new(document);
    writer.body();
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // A fixed time, so that the same document has the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut parts: Vec<(String, Vec<u8>)> = vec![
        ("[Content_Types].xml".to_owned(), include_bytes!("docx/types.xml").to_vec()),
        ("_rels/.rels".to_owned(), include_bytes!("docx/rels.xml").to_vec()),
        ("docProps/core.xml".to_owned(), writer.core().into_bytes()),
        ("docProps/app.xml".to_owned(), include_bytes!("docx/app.xml").to_vec()),
        ("word/document.xml".to_owned(), writer.document_xml().into_bytes()),
        ("word/_rels/document.xml.rels".to_owned(), writer.relations().into_bytes()),
        ("word/styles.xml".to_owned(), writer.styles().into_bytes()),
        ("word/numbering.xml".to_owned(), writer.numbering().into_bytes()),
        ("word/settings.xml".to_owned(), include_bytes!("docx/settings.xml").to_vec()),
        ("word/footer1.xml".to_owned(), writer.footer().into_bytes()),
    ];
    for (at, picture) in writer.pictures.iter().enumerate() {
        parts.push((format!("word/media/figure{}.png", at + 1), picture.clone()));
    }
    for (name, bytes) in parts {
        archive.start_file(name, options).map_err(io::Error::other)?;
        archive.write_all(&bytes)?;
    }
    Ok(archive.finish().map_err(io::Error::other)?.into_inner())
}

/// What is collected on the way through the document.
struct Writer<'d> {
    document: &'d Document,
    body: String,
    /// The number of each heading and entry, by id: bookmarks have short names.
    bookmarks: BTreeMap<&'d str, usize>,
    /// Addresses, in the order of their first link.
    links: Vec<String>,
    pictures: Vec<Vec<u8>>,
    /// How many numbered lists there are.
    lists: usize,
    numbers: [usize; 2],
}

const OPEN: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

impl<'d> Writer<'d> {
    fn new(document: &'d Document) -> Self {
        let mut bookmarks = BTreeMap::new();
        for block in &document.blocks {
            let ids: Vec<&str> = match block {
                Block::Heading(heading) => vec![&heading.id],
                Block::Entries(entries) => entries.iter().map(|entry| entry.id.as_str()).collect(),
                _ => Vec::new(),
            };
            for id in ids {
                let next = bookmarks.len() + 1;
                bookmarks.entry(id).or_insert(next);
            }
        }
        Self {
            document,
            body: String::new(),
            bookmarks,
            links: Vec::new(),
            pictures: Vec::new(),
            lists: 0,
            numbers: [0; 2],
        }
    }

    fn body(&mut self) {
        let document = self.document;
        self.paragraph("Title", &Line::new().text(&document.title));
        for line in &document.subtitle {
            self.paragraph("Subtitle", &Line::new().text(line));
        }
        self.contents();
        for block in &document.blocks {
            self.block(block);
        }
    }

    /// A field that word processors fill anew; until then it shows the headings as links.
    fn contents(&mut self) {
        let document = self.document;
        self.paragraph("TOCHeading", &Line::new().text(&document.contents));
        if !document.contents_note.is_empty() {
            self.paragraph("Small", &Line::new().text(&document.contents_note));
        }
        let listed: Vec<&Heading> = document
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Heading(heading) if heading.listed => Some(heading),
                _ => None,
            })
            .collect();
        for (at, heading) in listed.iter().enumerate() {
            let _ = write!(self.body, "<w:p><w:pPr><w:pStyle w:val=\"TOC{}\"/></w:pPr>", heading.level);
            if at == 0 {
                self.body.push_str(
                    "<w:r><w:fldChar w:fldCharType=\"begin\" w:dirty=\"true\"/></w:r>\
                     <w:r><w:instrText xml:space=\"preserve\"> TOC \\o \"1-2\" \\h \\z \\u </w:instrText></w:r>\
                     <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>",
                );
            }
            let link = Line::new().inside(&heading.id, &heading.full());
            let runs = self.runs(&link, false);
            self.body.push_str(&runs);
            if at + 1 == listed.len() {
                self.body.push_str("<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>");
            }
            self.body.push_str("</w:p>");
        }
    }

    fn block(&mut self, block: &'d Block) {
        match block {
            Block::Heading(heading) => {
                let style = format!("Heading{}", heading.level);
                let runs = self.runs(&Line::new().text(&heading.full()), false);
                let inner = self.marked(&heading.id, &runs);
                self.raw(&style, "", &inner);
            }
            Block::Paragraph(line) => self.linked("BodyText", "", line),
            Block::Small(line) => self.linked("Small", "", line),
            Block::Bullets(lines) => {
                for line in lines {
                    self.linked("ListBullet", "", line);
                }
            }
            Block::Numbers(lines) => {
                self.lists += 1;
                let number = self.lists + 1;
                let properties =
                    format!("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{number}\"/></w:numPr>");
                for line in lines {
                    self.linked("ListNumber", &properties, line);
                }
            }
            Block::Terms(terms) => {
                for (name, line) in terms {
                    let name = self.runs(&Line::new().strong(&format!("{name}: ")), false);
                    let runs = self.runs(line, false);
                    self.raw("Term", "", &format!("{name}{runs}"));
                }
            }
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::Entries(entries) => entries.iter().for_each(|entry| self.entry(entry)),
        }
    }

    fn entry(&mut self, entry: &'d Entry) {
        let mark = if entry.mark.is_empty() {
            String::new()
        } else {
            format!("{}<w:r><w:tab/></w:r>", run(&entry.mark, "<w:b/>"))
        };
        let style = if entry.mark.is_empty() { "Source" } else { "Entry" };
        let runs = self.runs(&entry.line, false);
        let inner = self.marked(&entry.id, &format!("{mark}{runs}"));
        self.raw(style, "", &inner);
    }

    /// Puts a bookmark around what links lead to.
    fn marked(&self, id: &str, inner: &str) -> String {
        let Some(number) = self.bookmarks.get(id) else { return inner.to_owned() };
        format!(
            "<w:bookmarkStart w:id=\"{number}\" w:name=\"b{number}\"/>{inner}<w:bookmarkEnd w:id=\"{number}\"/>"
        )
    }

    /// Adds a paragraph of plain text.
    fn paragraph(&mut self, style: &str, line: &Line) {
        let runs: String = line.0.iter().map(|piece| run(piece.plain(), "")).collect();
        self.raw(style, "", &runs);
    }

    fn linked(&mut self, style: &str, properties: &str, line: &'d Line) {
        let runs = self.runs(line, false);
        self.raw(style, properties, &runs);
    }

    fn raw(&mut self, style: &str, properties: &str, inner: &str) {
        let _ =
            write!(self.body, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}</w:pPr>{inner}</w:p>");
    }

    /// Writes pieces as runs; addresses of links become relations.
    fn runs(&mut self, line: &Line, bold: bool) -> String {
        let mut text = String::new();
        let b = if bold { "<w:b/>" } else { "" };
        for piece in &line.0 {
            match piece {
                Piece::Text(words) => text.push_str(&run(words, b)),
                Piece::Strong(words) => text.push_str(&run(words, "<w:b/>")),
                Piece::Code(words) => text.push_str(&run(words, "<w:rStyle w:val=\"Code\"/>")),
                Piece::Verdict(verdict, words) => {
                    let colour = format!("<w:b/><w:color w:val=\"{}\"/>", ink(*verdict));
                    text.push_str(&run(words, &colour));
                }
                Piece::Link(Target::Inside(id), words) => match self.bookmarks.get(id.as_str()) {
                    Some(number) => {
                        let inner = run(words, "<w:rStyle w:val=\"Hyperlink\"/>");
                        let _ = write!(
                            text,
                            "<w:hyperlink w:anchor=\"b{number}\" w:history=\"1\">{inner}</w:hyperlink>"
                        );
                    }
                    None => text.push_str(&run(words, b)),
                },
                Piece::Link(Target::Web(address), words) => {
                    let number = self.link(address);
                    let inner = run(words, "<w:rStyle w:val=\"Hyperlink\"/>");
                    let _ = write!(
                        text,
                        "<w:hyperlink r:id=\"link{number}\" w:history=\"1\">{inner}</w:hyperlink>"
                    );
                }
            }
        }
        text
    }

    fn link(&mut self, address: &str) -> usize {
        if let Some(at) = self.links.iter().position(|known| *known == address) {
            return at + 1;
        }
        self.links.push(address.to_owned());
        self.links.len()
    }

    fn table(&mut self, table: &'d Table) {
        if !table.quiet {
            self.numbers[0] += 1;
            let caption = format!("{} {}. {}", self.document.captions[0], self.numbers[0], table.caption);
            self.paragraph("Caption", &Line::new().text(&caption));
        }
        let shares: usize = table.columns.iter().map(|column| usize::from(column.share)).sum();
        let widths: Vec<usize> =
            table.columns.iter().map(|column| WIDTH * usize::from(column.share) / shares.max(1)).collect();
        let grid: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
        // Many columns are set small and close.
        let wide = table.columns.len() >= 8;
        let style = if wide { "CellSmall" } else { "Cell" };
        let beside = if wide { 20 } else { 57 };
        let _ = write!(
            self.body,
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"Report\"/><w:tblW w:w=\"{WIDTH}\" w:type=\"dxa\"/>\
             <w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"{beside}\" w:type=\"dxa\"/>\
             <w:right w:w=\"{beside}\" w:type=\"dxa\"/></w:tblCellMar><w:tblLook w:val=\"0420\" w:firstRow=\"1\" w:noVBand=\"1\"/>\
             <w:tblCaption w:val=\"{}\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>",
            escape(&table.caption)
        );
        self.body.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (column, width) in table.columns.iter().zip(&widths) {
            let head = run(&column.head, "<w:b/>");
            cell(&mut self.body, style, *width, "", aligned(column.numeric), &head);
        }
        self.body.push_str("</w:tr>");
        for row in &table.rows {
            self.body.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            match row {
                Row::Group(name) => {
                    let properties = format!(
                        "<w:gridSpan w:val=\"{}\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F1F1F1\"/>",
                        table.columns.len()
                    );
                    let inner = run(name, "<w:b/>");
                    cell(&mut self.body, style, WIDTH, &properties, "<w:keepNext/>", &inner);
                }
                Row::Cells(cells) => {
                    for (at, width) in widths.iter().enumerate() {
                        let empty = Cell::default();
                        let one = cells.get(at).unwrap_or(&empty);
                        let shade = one.tone.map_or(String::new(), |verdict| {
                            format!(
                                "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{}\"/>",
                                ground(verdict)
                            )
                        });
                        let runs = self.runs(&one.line, false);
                        let numeric = table.columns.get(at).is_some_and(|column| column.numeric);
                        cell(&mut self.body, style, *width, &shade, aligned(numeric), &runs);
                    }
                }
            }
            self.body.push_str("</w:tr>");
        }
        self.body.push_str("</w:tbl>");
        self.raw("AfterTable", "", "");
    }

    fn figure(&mut self, figure: &'d Figure) {
        self.numbers[1] += 1;
        let caption = format!("{} {}. {}", self.document.captions[1], self.numbers[1], figure.caption);
        if !figure.png.is_empty() {
            self.pictures.push(figure.png.clone());
            let [width, height] = figure.size;
            let scale = (WIDTH as f64 / width).min(MOST_HEIGHT / height) * EMU;
            let number = self.pictures.len();
            let _ = write!(
                self.body,
                "<w:p><w:pPr><w:pStyle w:val=\"Figure\"/></w:pPr><w:r><w:drawing>\
                 <wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{cx}\" cy=\"{cy}\"/>\
                 <wp:docPr id=\"{number}\" name=\"{name}\" descr=\"{alt}\"/>\
                 <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>\
                 <pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"{name}\" descr=\"{alt}\"/><pic:cNvPicPr/></pic:nvPicPr>\
                 <pic:blipFill><a:blip r:embed=\"figure{number}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
                 <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{cx}\" cy=\"{cy}\"/></a:xfrm>\
                 <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>\
                 </wp:inline></w:drawing></w:r></w:p>",
                cx = (width * scale).round(),
                cy = (height * scale).round(),
                name = escape(&figure.name),
                alt = escape(&figure.description),
            );
        }
        // It belongs to the picture above it, not to what follows.
        self.raw("Caption", "<w:keepNext w:val=\"0\"/>", &run(&caption, ""));
    }

    // The parts.

    fn document_xml(&self) -> String {
        format!(
            "{OPEN}<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
             xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
             xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
             xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
             xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>{}<w:sectPr>\
             <w:footerReference w:type=\"default\" r:id=\"footer\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
             <w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1247\" w:left=\"1134\" w:header=\"567\" \
             w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
            self.body
        )
    }

    fn relations(&self) -> String {
        const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let mut text = format!(
            "{OPEN}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        );
        for (id, kind, target) in [
            ("styles", "styles", "styles.xml"),
            ("numbering", "numbering", "numbering.xml"),
            ("settings", "settings", "settings.xml"),
            ("footer", "footer", "footer1.xml"),
        ] {
            let _ = write!(text, "<Relationship Id=\"{id}\" Type=\"{KIND}/{kind}\" Target=\"{target}\"/>");
        }
        for number in 1..=self.pictures.len() {
            let _ = write!(
                text,
                "<Relationship Id=\"figure{number}\" Type=\"{KIND}/image\" Target=\"media/figure{number}.png\"/>"
            );
        }
        for (at, address) in self.links.iter().enumerate() {
            let _ = write!(
                text,
                "<Relationship Id=\"link{}\" Type=\"{KIND}/hyperlink\" Target=\"{}\" TargetMode=\"External\"/>",
                at + 1,
                escape(address)
            );
        }
        text.push_str("</Relationships>");
        text
    }

    fn styles(&self) -> String {
        let tag = if self.document.language == "uk" { "uk-UA" } else { "en-GB" };
        include_str!("docx/styles.xml").replace("LANGUAGE", tag)
    }

    /// One numbering for bullets, and one for each numbered list, so that each begins at 1.
    fn numbering(&self) -> String {
        let mut text = include_str!("docx/numbering.xml").trim_end().to_owned();
        for list in 0..self.lists {
            let _ = write!(
                text,
                "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\">\
                 <w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>",
                list + 2
            );
        }
        text.push_str("</w:numbering>");
        text
    }

    fn core(&self) -> String {
        format!(
            "{OPEN}<cp:coreProperties \
             xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:description>{}</dc:description>\
             <dc:language>{}</dc:language></cp:coreProperties>",
            escape(&self.document.title),
            escape(&self.document.subtitle.join(" ")),
            escape(&self.document.language),
        )
    }

    fn footer(&self) -> String {
        format!(
            "{OPEN}<w:ftr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:p><w:pPr>\
             <w:pStyle w:val=\"Footer\"/></w:pPr>{}<w:r><w:tab/></w:r><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
             <w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r>\
             <w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p></w:ftr>",
            run(&self.document.footer, "")
        )
    }
}

fn cell(body: &mut String, style: &str, width: usize, properties: &str, of_text: &str, inner: &str) {
    let _ = write!(
        body,
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{properties}</w:tcPr>\
         <w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{of_text}</w:pPr>{inner}</w:p></w:tc>"
    );
}

fn aligned(numeric: bool) -> &'static str {
    if numeric { "<w:jc w:val=\"right\"/>" } else { "" }
}

fn run(text: &str, properties: &str) -> String {
    let properties =
        if properties.is_empty() { String::new() } else { format!("<w:rPr>{properties}</w:rPr>") };
    format!("<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text))
}

fn ink(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Gap | Verdict::Partial => "B00E1B",
        Verdict::OnPaper => "7A4B00",
        Verdict::Unknown => "5F5F5F",
        Verdict::Met => "00694B",
    }
}

fn ground(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Gap => "FBE3E4",
        Verdict::Partial => "FDF0F0",
        Verdict::OnPaper => "FBF3E2",
        Verdict::Unknown => "EFEFEF",
        Verdict::Met => "EAF5F0",
    }
}

fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            character => safe.push(character),
        }
    }
    safe
}
