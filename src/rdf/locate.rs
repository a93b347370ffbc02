//! Where subjects stand in the text of a document, for reports that point at a line.
//!
//! Parsers tell the position of an error, not of a triple. So the text is scanned once more, only where there is
//! something to report: no triples are made, only the first token of each statement is looked at.

use super::read::text;
use super::source::{Document, Place};
use super::syntax::Syntax;
use super::{RdfError, RdfFormat};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Returns the line, from 1, on which each of `subjects` (IRIs) first begins a statement of `document`.
///
/// Turtle, TriG, N-Triples and N-Quads are scanned; a subject of another syntax, of standard input or the web, or written
/// as a relative IRI is not found.
///
/// # Errors
/// [`RdfError::Read`] and [`RdfError::Broken`] where the document cannot be read again.
pub fn locate(document: &Document, subjects: &BTreeSet<&str>) -> Result<BTreeMap<String, u64>, RdfError> {
    let scanned = match &document.place {
        Place::Shipped(_) => true,
        Place::File(_, Syntax(format)) => {
            matches!(format, RdfFormat::Turtle | RdfFormat::TriG | RdfFormat::NTriples | RdfFormat::NQuads)
        }
        Place::Stdin | Place::Web(..) | Place::Endpoint(..) => false,
    };
    if !scanned || subjects.is_empty() {
        return Ok(BTreeMap::new());
    }
    Ok(Scanner::new(&text(document)?).find(subjects))
}

/// What stands where a subject may stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expect {
    /// The subject of the next statement.
    Subject,
    /// The prefix of a declaration, then its IRI.
    Prefix,
    /// The rest of a statement.
    Rest,
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    line: u64,
    prefixes: HashMap<&'t str, &'t str>,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, at: 0, line: 1, prefixes: HashMap::new() }
    }

    fn find(mut self, subjects: &BTreeSet<&str>) -> BTreeMap<String, u64> {
        let mut found = BTreeMap::new();
        let mut expect = Expect::Subject;
        let mut prefix = None;
        let mut depth = 0_usize;
        while let Some(byte) = self.text.as_bytes().get(self.at).copied() {
            match byte {
                b'\n' => {
                    self.line += 1;
                    self.at += 1;
                }
                b'#' => self.at += self.rest().find('\n').unwrap_or(self.rest().len()),
                b'<' => {
                    let iri = self.take_to('>');
                    match (expect, prefix.take()) {
                        (Expect::Prefix, Some(name)) => {
                            self.prefixes.insert(name, iri);
                            expect = Expect::Subject;
                        }
                        (Expect::Subject, _) => {
                            note(&mut found, subjects, iri, self.line);
                            expect = Expect::Rest;
                        }
                        _ => {}
                    }
                }
                b'"' | b'\'' => self.skip_string(byte),
                b'[' | b'(' => {
                    depth += 1;
                    expect = Expect::Rest;
                    self.at += 1;
                }
                b']' | b')' => {
                    depth = depth.saturating_sub(1);
                    self.at += 1;
                }
                // The braces of TriG: statements begin inside, and again after them.
                b'{' | b'}' => {
                    expect = Expect::Subject;
                    self.at += 1;
                }
                b'.' => {
                    if depth == 0 {
                        expect = Expect::Subject;
                    }
                    self.at += 1;
                }
                b';' | b',' | b'^' => self.at += 1,
                _ if byte.is_ascii_whitespace() => self.at += 1,
                _ => {
                    let word = self.take_word();
                    match expect {
                        Expect::Prefix => prefix = word.strip_suffix(':').or(prefix),
                        Expect::Subject => {
                            expect = match word.trim_start_matches('@').to_ascii_lowercase().as_str() {
                                "prefix" => Expect::Prefix,
                                "base" | "graph" => Expect::Rest,
                                _ => {
                                    if let Some(iri) = self.expand(word) {
                                        note(&mut found, subjects, &iri, self.line);
                                    }
                                    Expect::Rest
                                }
                            };
                        }
                        Expect::Rest => {}
                    }
                }
            }
        }
        found
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Takes what is inside the opening character here and `close`.
    fn take_to(&mut self, close: char) -> &'t str {
        let inside = &self.rest()[1..];
        let length = inside.find(close).unwrap_or(inside.len());
        self.at = (self.at + length + 2).min(self.text.len());
        &inside[..length]
    }

    /// Takes a name or keyword. A dot inside belongs to it, a dot at its end ends the statement.
    fn take_word(&mut self) -> &'t str {
        let rest = self.rest();
        let ends = |c: char| {
            c.is_whitespace()
                || matches!(c, '<' | '"' | '\'' | '{' | '}' | '[' | ']' | '(' | ')' | ',' | ';' | '#' | '^')
        };
        let mut escaped = false;
        let length = rest.find(|c| {
            let end = ends(c) && !escaped;
            escaped = c == '\\' && !escaped;
            end
        });
        let word = &rest[..length.unwrap_or(rest.len())];
        let word = word.strip_suffix('.').unwrap_or(word);
        // Whatever this is, it must move on.
        self.at += word.len().max(rest.chars().next().map_or(1, char::len_utf8));
        word
    }

    fn skip_string(&mut self, quote: u8) {
        let bytes = self.text.as_bytes();
        let long = bytes[self.at..].starts_with(&[quote; 3]);
        let close = if long { 3 } else { 1 };
        self.at += close;
        while let Some(byte) = bytes.get(self.at).copied() {
            if byte == b'\\' {
                self.at += 2;
            } else if bytes[self.at..].starts_with(&[quote; 3][..close]) {
                self.at += close;
                break;
            } else {
                self.line += u64::from(byte == b'\n');
                self.at += 1;
            }
        }
        // A backslash may have led into the middle of a character.
        while !self.text.is_char_boundary(self.at.min(self.text.len())) {
            self.at += 1;
        }
        self.at = self.at.min(self.text.len());
    }

    fn expand(&self, name: &str) -> Option<String> {
        let (prefix, local) = name.split_once(':')?;
        Some(format!("{}{}", self.prefixes.get(prefix)?, local.replace('\\', "")))
    }
}

fn note(found: &mut BTreeMap<String, u64>, subjects: &BTreeSet<&str>, iri: &str, line: u64) {
    if subjects.contains(iri) && !found.contains_key(iri) {
        found.insert(iri.to_owned(), line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(String, u64)> {
        let all: BTreeSet<&str> =
            ["http://x/a", "http://x/b", "http://x/c", "http://x/d.e", "http://x/f,g"].into();
        Scanner::new(text).find(&all).into_iter().collect()
    }

    fn expected(pairs: &[(&str, u64)]) -> Vec<(String, u64)> {
        pairs.iter().map(|(iri, line)| (format!("http://x/{iri}"), *line)).collect()
    }

    #[test]
    fn subjects_of_turtle_are_found_and_objects_are_not() {
        let text = "@prefix x: <http://x/> . # x:c\nPREFIX y: <http://y/>\nx:a y:p x:b ,\n  \"x:c .\\\"\n\" ;\n  y:q \"\"\"\nx:b y:p 1 .\n\"\"\"@en .\n\nx:b y:p 1.5 . x:d.e y:p [ y:q x:c ] , ( x:c ) .\n<http://x/c>\n  y:p 'é' .\nx:f\\,g y:p x:a.";
        let found = lines(text);
        assert_eq!(found, expected(&[("a", 3), ("b", 10), ("c", 11), ("d.e", 10), ("f,g", 13)]));
    }

    #[test]
    fn subjects_of_n_triples_and_trig_are_found() {
        let text =
            "<http://x/a> <http://x/p> <http://x/b> .\n<http://x/b> <http://x/p> \"<http://x/c> .\" .\n";
        assert_eq!(lines(text), expected(&[("a", 1), ("b", 2)]));
        let text = "@prefix x: <http://x/> .\nGRAPH x:g {\n x:a x:p x:b }\nx:h { x:b x:p x:c .\nx:c x:p 1 }";
        assert_eq!(lines(text), expected(&[("a", 3), ("b", 4), ("c", 5)]));
    }

    #[test]
    fn damaged_text_ends_the_scan_quietly() {
        for text in
            ["<http://x/a", "x:a \"\\é", "\"\"\"\\", "@prefix x: <", "[ ( \u{1F600} ' ", "\\", "@", "é\\"]
        {
            lines(text);
        }
    }
}
