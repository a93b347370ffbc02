//! Holds a text against its limits before a parser sees it: depth, length of one token, XML entities, compression.
//!
//! A text of a few kilobytes can bring a parser down (nesting), and one of a few hundred bytes can fill the memory
//! (entities of XML that stand for each other, a bomb of gzip). So each stretch of text is scanned first, and only
//! what is within the limits is handed on.
//!
//! # Invariants
//! * The limits do not depend on the machine, so what is read here is read everywhere.
//! * Memory does not grow with the text.
//! * N-Triples and N-Quads cannot nest; they are not scanned, for their parser bounds a token by itself.
//!
//! # See also
//! `store::guard` for queries and for time, rows and memory.

use super::scan::{Json, Terse, Xml};
use super::syntax::Syntax;
use oxrdfio::RdfFormat;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How deep brackets, braces and elements may nest.
pub const MAX_DEPTH: usize = 256;

/// How many bytes a literal, an IRI or a tag may have; the parsers of Turtle and JSON have the same limit.
pub const MAX_TOKEN: usize = 16 << 20;

/// How many keys and values a JSON-LD document may have in its contexts.
pub const MAX_CONTEXT: usize = 20_000;

/// How many bytes one entity of XML may stand for, those in it written out.
pub const MAX_ENTITY: usize = 4 << 10;

/// How many bytes all entities of a document may be written out to, beside [`MAX_EXPANSION`] a byte of the text.
pub(super) const FREE_EXPANSION: u64 = 16 << 20;

/// How many bytes entities may be written out to for each byte of the text.
pub(super) const MAX_EXPANSION: u64 = 16;

/// How many bytes a compressed document may give for each byte of its own; text of links gives 10 to 50.
pub const MAX_RATIO: u64 = 250;

/// How many bytes a compressed document may give whatever its own size.
const FREE_RATIO: u64 = 64 << 20;

/// What in a text is beyond its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Excess {
    /// Nesting.
    #[error("nested deeper than {MAX_DEPTH} at line {line}")]
    Depth {
        /// Line, from 1.
        line: u64,
    },
    /// One literal, IRI, comment or tag.
    #[error("a literal, name or tag of more than {} MiB at line {line}", MAX_TOKEN >> 20)]
    Token {
        /// Line of its start or of what follows, from 1.
        line: u64,
    },
    /// One literal or IRI, by the parser's own count.
    #[error("a literal or name of more than {} MiB", MAX_TOKEN >> 20)]
    Buffer,
    /// JSON-LD whose context has very many terms, which parsers follow from one to the next.
    #[error("a context of more than {MAX_CONTEXT} keys and values")]
    Context,
    /// XML entities.
    #[error("XML entities that stand for more than {} KiB each, or for most of the text", MAX_ENTITY >> 10)]
    Entities,
    /// A document type declaration that cannot be checked.
    #[error("a document type declaration of more than 64 KiB")]
    Doctype,
    /// Compression.
    #[error("decompressed it is more than {MAX_RATIO} times as long as the file")]
    Ratio,
}

/// Counts what is taken from the compressed stream.
pub(super) struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R> Counted<R> {
    /// Returns the stream and where its count is kept.
    pub(super) fn new(inner: R) -> (Self, Arc<AtomicU64>) {
        let count = Arc::new(AtomicU64::new(0));
        (Self { inner, count: Arc::clone(&count) }, count)
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.count.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

/// A stream of text that ends with an error where the text goes beyond a limit.
pub(super) struct Guarded<R> {
    pub(super) inner: R,
    scanner: Scanner,
    compressed: Option<Arc<AtomicU64>>,
    plain: u64,
    /// What is beyond its limit; the parser's error may not tell.
    pub(super) excess: Option<Excess>,
}

enum Scanner {
    None,
    Terse(Terse),
    Json(Json),
    Xml(Box<Xml>),
}

impl Scanner {
    fn of(syntax: Syntax) -> Self {
        match syntax.0 {
            RdfFormat::Turtle | RdfFormat::TriG | RdfFormat::N3 => Self::Terse(Terse::default()),
            RdfFormat::JsonLd { .. } => Self::Json(Json::default()),
            RdfFormat::RdfXml => Self::Xml(Box::default()),
            _ => Self::None,
        }
    }

    fn scan(&mut self, text: &[u8]) -> Result<(), Excess> {
        match self {
            Self::None => Ok(()),
            Self::Terse(scanner) => scanner.scan(text),
            Self::Json(scanner) => scanner.scan(text),
            Self::Xml(scanner) => scanner.scan(text),
        }
    }
}

impl<R: Read> Guarded<R> {
    /// Guards `inner`, a text of `syntax`; `compressed` counts the bytes that it is decompressed from.
    pub(super) fn new(inner: R, syntax: Syntax, compressed: Option<Arc<AtomicU64>>) -> Self {
        Self { inner, scanner: Scanner::of(syntax), compressed, plain: 0, excess: None }
    }

    fn check(&mut self, text: &[u8]) -> Result<(), Excess> {
        self.plain += text.len() as u64;
        if let Some(compressed) = &self.compressed
            && self.plain > FREE_RATIO.max(compressed.load(Ordering::Relaxed).saturating_mul(MAX_RATIO))
        {
            return Err(Excess::Ratio);
        }
        self.scanner.scan(text)
    }
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        if let Err(excess) = self.check(&buffer[..length]) {
            self.excess = Some(excess);
            return Err(io::Error::other(excess));
        }
        Ok(length)
    }
}

/// Holds a whole text against the limits of `syntax`.
///
/// # Errors
/// The first [`Excess`].
pub(super) fn check(text: &[u8], syntax: Syntax) -> Result<(), Excess> {
    Scanner::of(syntax).scan(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdfio::JsonLdProfileSet;
    use std::fmt::Write as _;

    fn of(format: RdfFormat, text: &str) -> Result<(), Excess> {
        // Cut anywhere, a text is the same text.
        let whole = check(text.as_bytes(), Syntax(format));
        let mut scanner = Scanner::of(Syntax(format));
        let bytewise = text.as_bytes().chunks(1).try_for_each(|byte| scanner.scan(byte));
        assert_eq!(whole, bytewise, "{text:.200}");
        whole
    }

    const JSON: RdfFormat = RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() };

    #[test]
    fn brackets_count_only_where_they_are_brackets() {
        let many = "[(".repeat(400);
        for text in [
            format!("<urn:s{many}> <urn:p> \"{many}\" , '{many}' , \"\"\"{many}\"\n\"\"{many}\"\"\" ."),
            format!("# {many}\n<urn:s> <urn:p> '''{many}'x''' , \"\" , '' , \"\\\"{many}\" ."),
            format!("ex:a\\( ex:b ex:c{} .", "\\(".repeat(400)),
            "[ ex:p ( 1 2 ) ] .".repeat(1000),
        ] {
            assert_eq!(of(RdfFormat::Turtle, &text), Ok(()), "{text}");
            assert!(of(RdfFormat::Turtle, &format!("{text}{many}")).is_err());
        }
        assert_eq!(of(JSON, &format!("{{\"a\\\"{many}\": [\"{many}\"]}}")), Ok(()));
        assert_eq!(of(JSON, &"[".repeat(MAX_DEPTH)), Ok(()));
        assert_eq!(of(JSON, &format!("\n{}", "[".repeat(MAX_DEPTH + 1))), Err(Excess::Depth { line: 2 }));
    }

    #[test]
    fn elements_count_and_what_looks_like_them_does_not() {
        let many = "<a>".repeat(400);
        for text in [
            format!("<a x=\"{}\"/>", ">".repeat(400)),
            format!("<!-- {many} --><a><![CDATA[{many}]]></a>"),
            format!("<?pi {} ?><a></a>", "<a ".repeat(400)),
            "<a><b/></a>".repeat(1000),
        ] {
            assert_eq!(of(RdfFormat::RdfXml, &text), Ok(()), "{text}");
        }
        assert_eq!(of(RdfFormat::RdfXml, &format!("\n\n{many}")), Err(Excess::Depth { line: 3 }));
    }

    #[test]
    fn entities_may_be_namespaces_but_no_bomb() {
        let head = "<!DOCTYPE rdf:RDF [\n<!ENTITY owl \"http://www.w3.org/2002/07/owl#\">\n";
        assert_eq!(of(RdfFormat::RdfXml, &format!("{head}]><a x=\"&owl;Class\">&owl;&lt;</a>")), Ok(()));
        let mut bomb = format!("{head}<!ENTITY l0 \"0123456789\">");
        for level in 1..=8 {
            let inner = format!("&l{};", level - 1).repeat(10);
            write!(bomb, "<!ENTITY l{level} \"{inner}\">").unwrap();
        }
        bomb.push_str("]><a>&l8;</a>");
        assert!(bomb.len() < 700);
        assert_eq!(of(RdfFormat::RdfXml, &bomb), Err(Excess::Entities));
        // Long, but not by itself too long; used too often.
        let long = format!("<!DOCTYPE a [<!ENTITY e \"{}\">]><a>", "x".repeat(4000));
        assert_eq!(of(RdfFormat::RdfXml, &format!("{long}&e;</a>")), Ok(()));
        assert_eq!(
            of(RdfFormat::RdfXml, &format!("{long}{}", "<b>&e;</b>".repeat(6000))),
            Err(Excess::Entities)
        );
    }

    #[test]
    fn one_token_has_a_limit() {
        let long = "x".repeat(MAX_TOKEN + 2);
        let of = |format, text: String| check(text.as_bytes(), Syntax(format));
        assert_eq!(
            of(RdfFormat::Turtle, format!("<urn:s> <urn:p> \"{long}\" .")),
            Err(Excess::Token { line: 1 })
        );
        assert_eq!(of(JSON, format!("[\"{long}\"]")), Err(Excess::Token { line: 1 }));
        assert_eq!(of(RdfFormat::RdfXml, format!("<a>{long}</a>")), Err(Excess::Token { line: 1 }));
        assert_eq!(of(RdfFormat::RdfXml, format!("<a {long}/>")), Err(Excess::Token { line: 1 }));
    }

    #[test]
    fn compressed_text_may_not_be_much_longer_than_its_file() {
        let (mut counted, count) = Counted::new(&[0_u8; 1000][..]);
        io::copy(&mut counted, &mut io::sink()).unwrap();
        let mut guarded = Guarded::new(io::repeat(b'#'), Syntax(RdfFormat::NTriples), Some(count));
        let error = io::copy(&mut guarded, &mut io::sink()).unwrap_err();
        assert_eq!(guarded.excess, Some(Excess::Ratio));
        assert!(error.to_string().contains("250 times"), "{error}");
    }
}
