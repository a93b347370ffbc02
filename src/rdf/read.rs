//! The streaming reader: from a document to its triples.

use super::source::{Document, Place};
use super::syntax::{Compression, Syntax, looks_like};
use super::{Quad, RdfError};
use oxrdfio::{RdfParseError, RdfParser};
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};

/// How many bytes of a stream are looked at to tell compression and syntax.
const START: usize = 1024;

/// Parses `document` and hands each quad to `each`, in the order of the text.
///
/// Memory does not grow with the document. IRIs that are relative are resolved against the document's own IRI.
///
/// # Errors
/// [`RdfError::Read`] where the file cannot be opened, [`RdfError::Syntax`] with line and column for text that
/// is not of its syntax, [`RdfError::Broken`] for a stream that ends too early. Triples before the error have
/// been handed over by then; a caller drops them.
pub fn read(document: &Document, mut each: impl FnMut(Quad)) -> Result<(), RdfError> {
    match &document.place {
        Place::Shipped(file) => read_bytes(document, Syntax(oxrdfio::RdfFormat::Turtle), file.bytes, each),
        Place::File(path, syntax) => {
            let file = File::open(path).map_err(|source| RdfError::Read { path: path.clone(), source })?;
            stream(document, Some(*syntax), file, &mut each)
        }
        Place::Stdin => stream(document, None, io::stdin().lock(), &mut each),
    }
}

/// Parses bytes in memory as `syntax` and hands each quad to `each`.
///
/// # Errors
/// As [`read`].
pub fn read_bytes(
    document: &Document,
    syntax: Syntax,
    bytes: &[u8],
    mut each: impl FnMut(Quad),
) -> Result<(), RdfError> {
    for quad in parser(document, syntax).for_slice(bytes) {
        let quad = quad.map_err(|error| {
            explain(document, RdfParseError::Syntax(error), &bytes[..bytes.len().min(START)])
        })?;
        each(quad);
    }
    Ok(())
}

fn stream(
    document: &Document,
    syntax: Option<Syntax>,
    mut raw: impl Read,
    each: &mut impl FnMut(Quad),
) -> Result<(), RdfError> {
    let broken = |source| RdfError::Broken { document: document.name.clone(), source };
    let head = take_start(&mut raw).map_err(broken)?;
    let compression = Compression::of(&head);
    let whole = BufReader::with_capacity(1 << 16, Cursor::new(head).chain(raw));
    match compression {
        Compression::Plain => parse(document, syntax, whole, each),
        Compression::Gzip => parse(document, syntax, flate2::bufread::MultiGzDecoder::new(whole), each),
        Compression::Zstd => {
            parse(document, syntax, zstd::Decoder::with_buffer(whole).map_err(broken)?, each)
        }
    }
}

fn parse(
    document: &Document,
    syntax: Option<Syntax>,
    mut plain: impl Read,
    each: &mut impl FnMut(Quad),
) -> Result<(), RdfError> {
    let head = take_start(&mut plain)
        .map_err(|source| RdfError::Broken { document: document.name.clone(), source })?;
    let syntax = syntax.unwrap_or_else(|| Syntax::of_start(&head));
    let start = head.clone();
    let text = Cursor::new(skip_mark(head)).chain(plain);
    for quad in parser(document, syntax).for_reader(text) {
        each(quad.map_err(|error| explain(document, error, &start))?);
    }
    Ok(())
}

/// Drops a byte order mark, which spreadsheets and editors on Windows leave and no RDF syntax knows.
fn skip_mark(mut head: Vec<u8>) -> Vec<u8> {
    if head.starts_with("\u{feff}".as_bytes()) {
        head.drain(..3);
    }
    head
}

fn parser(document: &Document, syntax: Syntax) -> RdfParser {
    let parser = RdfParser::from_format(syntax.0);
    match parser.clone().with_base_iri(document.graph.as_str()) {
        Ok(with_base) => with_base,
        Err(_) => parser,
    }
}

/// Reads up to [`START`] bytes, fewer only where the stream ends.
fn take_start(reader: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut start = Vec::with_capacity(START);
    reader.take(START as u64).read_to_end(&mut start)?;
    Ok(start)
}

fn explain(document: &Document, error: RdfParseError, start: &[u8]) -> RdfError {
    let document = document.name.clone();
    match error {
        RdfParseError::Io(source) => RdfError::Broken { document, source },
        RdfParseError::Syntax(error) => {
            let at = error.location();
            let text = error.to_string();
            RdfError::Syntax {
                document,
                line: at.as_ref().map_or(0, |at| at.start.line + 1),
                column: at.as_ref().map_or(0, |at| at.start.column + 1),
                message: without_position(&text).to_owned(),
                looks_like: looks_like(&String::from_utf8_lossy(start)),
            }
        }
    }
}

/// Cuts the parser's own "Parser error at line 1 between columns 2 and 3: ", which the caller says better.
fn without_position(message: &str) -> &str {
    match message.strip_prefix("Parser error at line ").and_then(|rest| rest.split_once(": ")) {
        Some((_, rest)) => rest,
        None => message,
    }
}
