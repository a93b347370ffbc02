//! The streaming reader: from a document to its triples.

use super::guard::{Counted, Excess, Guarded, check};
use super::source::{Document, Place};
use super::syntax::{Compression, Syntax, UTF_16, is_utf_16, looks_like};
use super::{Quad, RdfError};
use crate::http::HttpError;
use oxrdfio::{RdfFormat, RdfParseError, RdfParser};
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::mpsc::sync_channel;
use std::thread;

/// How many bytes of a stream are looked at to tell compression and syntax.
const START: usize = 1024;

/// Parses `document` and hands each quad to `each`, in the order of the text.
///
/// Memory does not grow with the document. IRIs that are relative are resolved against the document's own IRI.
///
/// # Errors
/// [`RdfError::Read`] where the file cannot be opened, [`RdfError::Syntax`] with line and column for text that
/// is not of its syntax, [`RdfError::Broken`] for a stream that ends too early, [`RdfError::Limit`] for text that could
/// bring the parser down, [`RdfError::Http`], [`RdfError::Nothing`], [`RdfError::Answer`]. Triples before the error have
/// been handed over by then; a caller drops them.
pub fn read(document: &Document, mut each: impl FnMut(Quad)) -> Result<(), RdfError> {
    match &document.place {
        Place::Shipped(file) => slice(document, Syntax(RdfFormat::Turtle), file.bytes, each),
        Place::File(path, syntax) => {
            let file = File::open(path).map_err(|source| RdfError::Read { path: path.clone(), source })?;
            stream(document, Some(*syntax), file, &mut each)
        }
        Place::Stdin => stream(document, None, io::stdin(), &mut each),
        Place::Web(site, syntax) => {
            let body = super::remote::get(site)?;
            stream(document, Some(*syntax), body, &mut each)
        }
        Place::Endpoint(site, construct) => super::remote::feed(document, site, construct, &mut each),
    }
}

/// Returns the text of a document that can be read twice; what is no UTF-8 in it is replaced.
///
/// # Errors
/// [`RdfError::Read`] and [`RdfError::Broken`], as [`read`].
pub(super) fn text(document: &Document) -> Result<String, RdfError> {
    let broken = |source| RdfError::Broken { document: document.name.clone(), source };
    let mut bytes = Vec::new();
    match &document.place {
        Place::Shipped(file) => return Ok(String::from_utf8_lossy(file.bytes).into_owned()),
        Place::Stdin | Place::Web(..) | Place::Endpoint(..) => {}
        Place::File(path, _) => {
            let file = File::open(path).map_err(|source| RdfError::Read { path: path.clone(), source })?;
            plain(file).and_then(|(mut plain, _)| plain.read_to_end(&mut bytes)).map_err(broken)?;
        }
    }
    Ok(String::from_utf8_lossy(&skip_mark(bytes)).into_owned())
}

/// Parses bytes in memory as `syntax` and hands each quad to `each`.
///
/// # Errors
/// As [`read`].
pub fn read_bytes(
    document: &Document,
    syntax: Syntax,
    bytes: &[u8],
    each: impl FnMut(Quad),
) -> Result<(), RdfError> {
    check(bytes, syntax).map_err(|excess| RdfError::Limit { document: document.name.clone(), excess })?;
    slice(document, syntax, bytes, each)
}

fn slice(
    document: &Document,
    syntax: Syntax,
    bytes: &[u8],
    mut each: impl FnMut(Quad),
) -> Result<(), RdfError> {
    for quad in parser(document, syntax).for_slice(bytes) {
        let quad = quad.map_err(|error| {
            explain(document, syntax, RdfParseError::Syntax(error), &bytes[..bytes.len().min(START)])
        })?;
        each(quad);
    }
    Ok(())
}

pub(super) fn stream(
    document: &Document,
    syntax: Option<Syntax>,
    raw: impl Read + Send,
    each: &mut impl FnMut(Quad),
) -> Result<(), RdfError> {
    let (plain, compressed) = plain(raw).map_err(|source| broken(document, source))?;
    parse(document, syntax, plain, compressed, each)
}

/// A stream without its compression, and for one that has any how many bytes were taken from the compressed one.
type Plain<'r> = (Box<dyn Read + Send + 'r>, Option<Arc<AtomicU64>>);

/// Returns the stream without its compression, which its first bytes tell.
fn plain<'r>(mut raw: impl Read + Send + 'r) -> io::Result<Plain<'r>> {
    let head = take_start(&mut raw)?;
    let compression = Compression::of(&head);
    let (raw, compressed) = Counted::new(Cursor::new(head).chain(raw));
    let whole = BufReader::with_capacity(1 << 16, raw);
    Ok(match compression {
        Compression::Plain => (Box::new(whole), None),
        Compression::Gzip => (Box::new(flate2::bufread::MultiGzDecoder::new(whole)), Some(compressed)),
        Compression::Zstd => (Box::new(zstd::Decoder::with_buffer(whole)?), Some(compressed)),
    })
}

fn parse(
    document: &Document,
    syntax: Option<Syntax>,
    mut plain: impl Read + Send,
    compressed: Option<Arc<AtomicU64>>,
    each: &mut impl FnMut(Quad),
) -> Result<(), RdfError> {
    let broken = |source| broken(document, source);
    let head = take_start(&mut plain).map_err(broken)?;
    let syntax = syntax.unwrap_or_else(|| Syntax::of_start(&head));
    let start = head.clone();
    let text = Tail { inner: Cursor::new(skip_mark(head)).chain(plain), last: Vec::new() };
    let mut text = Guarded::new(text, syntax, compressed);
    let read = |text: &mut Guarded<_>, each: &mut dyn FnMut(Quad)| {
        for quad in parser(document, syntax).for_reader(&mut *text) {
            match quad {
                Ok(quad) => each(quad),
                Err(error) => {
                    return Err(match text.excess {
                        Some(excess) => RdfError::Limit { document: document.name.clone(), excess },
                        None => explain(document, syntax, error, &start),
                    });
                }
            }
        }
        Ok(())
    };
    if matches!(syntax.0, RdfFormat::JsonLd { .. }) {
        on_large_stack(|each| read(&mut text, each), each).map_err(broken)??;
    } else {
        read(&mut text, each)?;
    }
    let root = (syntax.0 == RdfFormat::RdfXml).then(|| open_root(&start, &text.inner.last)).flatten();
    match root {
        Some(root) => Err(broken(io::Error::new(
            io::ErrorKind::UnexpectedEof,
            format!("the element `{root}` is not closed"),
        ))),
        None => Ok(()),
    }
}

/// Reads on a thread of its own, and hands over here what it reads: the terms of a JSON-LD context are followed by
/// recursion, up to [`super::MAX_CONTEXT`] deep.
fn on_large_stack(
    read: impl FnOnce(&mut dyn FnMut(Quad)) -> Result<(), RdfError> + Send,
    each: &mut impl FnMut(Quad),
) -> io::Result<Result<(), RdfError>> {
    const STACK: usize = 256 << 20;
    let (sender, receiver) = sync_channel(1024);
    thread::scope(|scope| {
        // The receiver takes everything until this end hangs up, so a send does not fail.
        let reading = thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, move || read(&mut |quad| drop(sender.send(quad))))?;
        receiver.into_iter().for_each(each);
        Ok(reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
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

/// Returns the error of a stream that breaks off; what another machine did wrong says all by itself.
fn broken(document: &Document, source: io::Error) -> RdfError {
    match HttpError::of_io(source) {
        Ok(error) => error.into(),
        Err(source) => RdfError::Broken { document: document.name.clone(), source },
    }
}

fn explain(at: &Document, syntax: Syntax, error: RdfParseError, start: &[u8]) -> RdfError {
    let document = at.name.clone();
    match error {
        RdfParseError::Io(source) if source.to_string().starts_with("Reached the buffer maximal size") => {
            RdfError::Limit { document, excess: Excess::Buffer }
        }
        RdfParseError::Io(source) => broken(at, source),
        RdfParseError::Syntax(error) => {
            let place = error.location();
            let text = error.to_string();
            RdfError::Syntax {
                document,
                line: place.as_ref().map_or(0, |at| at.start.line + 1),
                column: place.as_ref().map_or(0, |at| at.start.column + 1),
                message: in_our_words(without_position(&text)),
                looks_like: if is_utf_16(start) {
                    Some(UTF_16)
                } else {
                    looks_like(&String::from_utf8_lossy(start)).filter(|name| !syntax.reads(name))
                },
            }
        }
    }
}

/// Cuts the parser's own "Parser error at line 1 between columns 2 and 3: " or "Parser error between line 1 column 2
/// and line 3 column 4: ", which the caller says better.
fn without_position(message: &str) -> &str {
    match message
        .strip_prefix("Parser error ")
        .filter(|rest| rest.starts_with("at line ") || rest.starts_with("between line "))
        .and_then(|rest| rest.split_once(": "))
    {
        Some((_, rest)) => rest,
        None => message,
    }
}

/// Says for a user what the parser says for a programmer.
fn in_our_words(message: &str) -> String {
    if message.contains("LoadDocumentCallback") {
        "its context is remote, and is not fetched; expand the JSON-LD first".to_owned()
    } else {
        message.to_owned()
    }
}

/// A stream that keeps its last bytes, for a syntax whose parser does not say that the text breaks off.
struct Tail<R> {
    inner: R,
    last: Vec<u8>,
}

impl<R: Read> Read for Tail<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        if length >= START {
            self.last.clear();
        }
        self.last.extend_from_slice(&buffer[length.saturating_sub(START)..length]);
        let excess = self.last.len().saturating_sub(START);
        self.last.drain(..excess);
        Ok(length)
    }
}

/// Returns the name of the root element of XML that is left open at the end of the text.
fn open_root(start: &[u8], last: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(start);
    let mut rest = &*start;
    let root = loop {
        rest = &rest[rest.find('<')? + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = &comment[comment.find("-->")? + 3..];
        } else if !rest.starts_with(['?', '!']) {
            break &rest[..rest.find(|c: char| c.is_whitespace() || "/>".contains(c))?];
        }
    };
    let last = String::from_utf8_lossy(last);
    let closes = last.rfind(&format!("</{root}")).is_some_and(|at| {
        let after = last[at + 2 + root.len()..].trim_start();
        after.strip_prefix('>').is_some_and(|rest| {
            let rest = rest.trim();
            rest.is_empty() || rest.starts_with("<!--") || rest.starts_with("<?")
        })
    });
    let is_empty = rest.find('>').is_some_and(|at| rest[..at].ends_with('/'));
    (!closes && !is_empty).then(|| root.to_owned())
}
