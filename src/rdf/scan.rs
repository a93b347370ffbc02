//! Scanners that follow a text byte by byte, just closely enough to know how deep it nests and how long a token is.
//!
//! They take a text in any pieces. What is not of the syntax is no concern of theirs: the parser refuses it, and stops
//! where it does.

use super::guard::{Excess, FREE_EXPANSION, MAX_CONTEXT, MAX_DEPTH, MAX_ENTITY, MAX_EXPANSION, MAX_TOKEN};
use std::collections::HashMap;

/// How deep, and where.
struct Position {
    depth: usize,
    line: u64,
    token: usize,
}

impl Default for Position {
    fn default() -> Self {
        Self { depth: 0, line: 1, token: 0 }
    }
}

impl Position {
    fn open(&mut self) -> Result<(), Excess> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(Excess::Depth { line: self.line }) } else { Ok(()) }
    }

    fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// Counts `length` more bytes of the token that the text is in.
    fn grow(&mut self, length: usize) -> Result<(), Excess> {
        self.token += length;
        if self.token > MAX_TOKEN { Err(Excess::Token { line: self.line }) } else { Ok(()) }
    }
}

/// Splits `text` before the first byte that `stops`.
fn until(text: &[u8], stops: impl Fn(u8) -> bool) -> (&[u8], &[u8]) {
    text.split_at(text.iter().position(|byte| stops(*byte)).unwrap_or(text.len()))
}

fn lines(text: &[u8]) -> u64 {
    text.split(|byte| *byte == b'\n').count() as u64 - 1
}

/// Turtle and TriG.
#[derive(Default)]
pub(super) struct Terse {
    at: Position,
    state: TerseState,
}

#[derive(Clone, Copy, Default)]
enum TerseState {
    #[default]
    Between,
    /// After a backslash outside of strings.
    Escape,
    Comment,
    Iri,
    /// After one quote, or two.
    Quote(u8),
    Quotes(u8),
    /// In a string.
    Short(u8),
    ShortEscape(u8),
    /// In a string between three quotes, after this many that could end it.
    Long(u8, u8),
    LongEscape(u8),
}

impl Terse {
    pub(super) fn scan(&mut self, mut text: &[u8]) -> Result<(), Excess> {
        use TerseState as S;
        while let Some(byte) = text.first().copied() {
            let mut taken = 1;
            self.state = match self.state {
                S::Between => {
                    let (plain, _) = until(text, |b| {
                        matches!(
                            b,
                            b'\\'
                                | b'#'
                                | b'<'
                                | b'"'
                                | b'\''
                                | b'['
                                | b'('
                                | b'{'
                                | b']'
                                | b')'
                                | b'}'
                                | b'\n'
                        )
                    });
                    if !plain.is_empty() {
                        text = &text[plain.len()..];
                        continue;
                    }
                    match byte {
                        b'\\' => S::Escape,
                        b'#' => S::Comment,
                        b'<' => self.begin(S::Iri),
                        b'"' | b'\'' => self.begin(S::Quote(byte)),
                        b'[' | b'(' | b'{' => {
                            self.at.open()?;
                            S::Between
                        }
                        b'\n' => {
                            self.at.line += 1;
                            S::Between
                        }
                        _ => {
                            self.at.close();
                            S::Between
                        }
                    }
                }
                S::Escape => S::Between,
                S::Comment => {
                    let (comment, rest) = until(text, |b| b == b'\n');
                    taken = comment.len();
                    if rest.is_empty() { S::Comment } else { S::Between }
                }
                S::Iri => {
                    let (iri, rest) = until(text, |b| b == b'>');
                    self.at.grow(iri.len())?;
                    taken = (iri.len() + 1).min(text.len());
                    if rest.is_empty() { S::Iri } else { S::Between }
                }
                S::Quote(quote) if byte == quote => S::Quotes(quote),
                S::Quotes(quote) if byte == quote => S::Long(quote, 0),
                S::Quote(quote) => {
                    taken = 0;
                    S::Short(quote)
                }
                S::Quotes(_) => {
                    taken = 0;
                    S::Between
                }
                S::Short(quote) => {
                    let (string, rest) = until(text, |b| b == quote || b == b'\\');
                    self.at.grow(string.len() + 1)?;
                    self.at.line += lines(string);
                    taken = (string.len() + 1).min(text.len());
                    match rest.first() {
                        None => S::Short(quote),
                        Some(b'\\') => S::ShortEscape(quote),
                        Some(_) => S::Between,
                    }
                }
                S::ShortEscape(quote) => S::Short(quote),
                S::Long(quote, 2) if byte == quote => S::Between,
                S::Long(quote, count) if byte == quote => S::Long(quote, count + 1),
                S::Long(quote, _) => {
                    let (string, rest) = until(text, |b| b == quote || b == b'\\');
                    self.at.grow(string.len() + 1)?;
                    self.at.line += lines(string);
                    taken = string.len();
                    if rest.first() == Some(&b'\\') {
                        taken += 1;
                        S::LongEscape(quote)
                    } else {
                        S::Long(quote, 0)
                    }
                }
                S::LongEscape(quote) => S::Long(quote, 0),
            };
            text = &text[taken..];
        }
        Ok(())
    }

    fn begin(&mut self, state: TerseState) -> TerseState {
        self.at.token = 0;
        state
    }
}

/// JSON-LD.
#[derive(Default)]
pub(super) struct Json {
    at: Position,
    in_string: bool,
    escaped: bool,
    /// How the last string begins, and whether it is written with escapes.
    last: (Vec<u8>, bool),
    /// The depth outside of the context that the text is in.
    context: Option<usize>,
    terms: usize,
}

impl Json {
    pub(super) fn scan(&mut self, mut text: &[u8]) -> Result<(), Excess> {
        while let Some(byte) = text.first().copied() {
            let mut taken = 1;
            if self.escaped {
                self.escaped = false;
            } else if self.in_string {
                let (string, rest) = until(text, |b| b == b'"' || b == b'\\');
                self.at.grow(string.len() + 1)?;
                let room = (CONTEXT.len() + 1).saturating_sub(self.last.0.len());
                self.last.0.extend_from_slice(&string[..string.len().min(room)]);
                taken = (string.len() + 1).min(text.len());
                self.escaped = rest.first() == Some(&b'\\');
                self.last.1 |= self.escaped;
                self.in_string = rest.first() != Some(&b'"');
            } else {
                match byte {
                    b'"' => {
                        self.in_string = true;
                        self.at.token = 0;
                        self.last.0.clear();
                        self.last.1 = false;
                        self.terms += usize::from(self.context.is_some());
                        if self.terms > MAX_CONTEXT {
                            return Err(Excess::Context);
                        }
                    }
                    // A key that is written with escapes may be any.
                    b':' if self.context.is_none() && (self.last.0 == CONTEXT || self.last.1) => {
                        self.context = Some(self.at.depth);
                    }
                    b'[' | b'{' => self.at.open()?,
                    b']' | b'}' => {
                        self.at.close();
                        self.context = self.context.filter(|outside| self.at.depth > *outside);
                    }
                    b',' => self.context = self.context.filter(|outside| self.at.depth > *outside),
                    b'\n' => self.at.line += 1,
                    _ => {}
                }
            }
            text = &text[taken..];
        }
        Ok(())
    }
}

/// The key whose value is a context.
const CONTEXT: &[u8] = b"@context";

/// How long a document type declaration may be.
const MAX_DOCTYPE: usize = 64 << 10;

/// How long a name of an entity may be.
const MAX_NAME: usize = 256;

/// RDF/XML.
#[derive(Default)]
pub(super) struct Xml {
    at: Position,
    state: XmlState,
    doctype: Vec<u8>,
    entities: HashMap<Vec<u8>, usize>,
    /// The name of the entity that the text is in.
    reference: Option<Vec<u8>>,
    expanded: u64,
    seen: u64,
}

#[derive(Clone, Copy, Default)]
enum XmlState {
    #[default]
    Text,
    /// After `<`.
    Open,
    /// After `<!` and this many bytes of what tells a comment or CDATA.
    Bang(u8),
    /// In a comment, CDATA, or an instruction, after this many bytes of its end.
    Comment(u8),
    Cdata(u8),
    Instruction(bool),
    /// In a document type declaration, within its brackets or not.
    Doctype(bool),
    /// In a tag that opens: after a slash or not, and in which quotes.
    Tag(bool, Option<u8>),
    Close,
}

impl Xml {
    pub(super) fn scan(&mut self, text: &[u8]) -> Result<(), Excess> {
        for byte in text {
            self.byte(*byte)?;
        }
        Ok(())
    }

    fn byte(&mut self, byte: u8) -> Result<(), Excess> {
        use XmlState as S;
        self.seen += 1;
        self.at.grow(1)?;
        if byte == b'\n' {
            self.at.line += 1;
        }
        self.state = match (self.state, byte) {
            (S::Text, b'<') => self.next(S::Open),
            (S::Open, b'!') => S::Bang(0),
            (S::Open, b'?') => S::Instruction(false),
            (S::Open, b'/') => S::Close,
            (S::Open, _) => {
                self.at.open()?;
                S::Tag(false, None)
            }
            (S::Bang(0), b'-') => S::Bang(1),
            (S::Bang(1), b'-') => S::Comment(0),
            (S::Bang(0), b'[') => S::Cdata(0),
            (S::Bang(_), _) => {
                self.doctype.clear();
                S::Doctype(false)
            }
            (S::Comment(2) | S::Cdata(2) | S::Instruction(true), b'>') => self.next(S::Text),
            (S::Comment(count), b'-') => S::Comment((count + 1).min(2)),
            (S::Comment(_), _) => S::Comment(0),
            (S::Cdata(count), b']') => S::Cdata((count + 1).min(2)),
            (S::Cdata(_), _) => S::Cdata(0),
            (S::Instruction(_), _) => S::Instruction(byte == b'?'),
            (S::Doctype(inside), _) => {
                self.doctype.push(byte);
                if self.doctype.len() > MAX_DOCTYPE {
                    return Err(Excess::Doctype);
                }
                match byte {
                    b'[' => S::Doctype(true),
                    b']' => S::Doctype(false),
                    b'>' => {
                        // At once, for the parser may see the declaration's end where this scanner does not.
                        self.declare()?;
                        if inside { S::Doctype(true) } else { self.next(S::Text) }
                    }
                    _ => S::Doctype(inside),
                }
            }
            (S::Tag(slash, None), b'>') => {
                if slash {
                    self.at.close();
                }
                self.next(S::Text)
            }
            (S::Tag(_, None), b'"' | b'\'') => S::Tag(false, Some(byte)),
            (S::Tag(_, Some(quote)), _) if byte == quote => S::Tag(false, None),
            (S::Tag(_, None), _) => S::Tag(byte == b'/', None),
            (S::Tag(_, quote), _) => {
                self.refer(byte)?;
                S::Tag(false, quote)
            }
            (S::Close, b'>') => {
                self.at.close();
                self.next(S::Text)
            }
            (S::Text, _) => {
                self.refer(byte)?;
                S::Text
            }
            (state @ S::Close, _) => state,
        };
        Ok(())
    }

    fn next(&mut self, state: XmlState) -> XmlState {
        self.at.token = 0;
        self.reference = None;
        state
    }

    /// Follows `&name;` in text and attributes, and counts what it stands for.
    fn refer(&mut self, byte: u8) -> Result<(), Excess> {
        if byte == b'&' {
            self.reference = Some(Vec::new());
        } else if byte == b';' {
            let length = self.reference.take().and_then(|name| self.entities.get(&name));
            if let Some(length) = length {
                self.expanded += *length as u64;
                self.at.grow(*length)?;
            }
        } else if let Some(name) = &mut self.reference {
            if name.len() < MAX_NAME {
                name.push(byte);
            } else {
                self.reference = None;
            }
        }
        if self.expanded > FREE_EXPANSION + MAX_EXPANSION * self.seen {
            return Err(Excess::Entities);
        }
        Ok(())
    }

    /// Computes how long the last declared entity is, written out, without writing it.
    fn declare(&mut self) -> Result<(), Excess> {
        const KEYWORD: &[u8] = b"!ENTITY";
        let Some(at) = self.doctype.windows(KEYWORD.len()).rposition(|window| window == KEYWORD) else {
            return Ok(());
        };
        let text = String::from_utf8_lossy(&self.doctype[at + KEYWORD.len()..]);
        let declaration = text.trim_start().trim_start_matches('%').trim_start();
        let Some((name, rest)) = declaration.split_once(|c: char| c.is_ascii_whitespace()) else {
            return Ok(());
        };
        let rest = rest.trim_start();
        let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else { return Ok(()) };
        let value = rest[1..].split(quote).next().unwrap_or_default();
        let mut length = value.len();
        for reference in value.split('&').skip(1) {
            let inner = reference.split_once(';').and_then(|(name, _)| self.entities.get(name.as_bytes()));
            length += inner.copied().unwrap_or(0);
        }
        if length > MAX_ENTITY {
            return Err(Excess::Entities);
        }
        self.entities.insert(name.as_bytes().to_vec(), length);
        Ok(())
    }
}
