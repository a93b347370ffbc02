//! Which syntax and which compression a file is in, by its name and its first bytes.

use oxrdfio::{JsonLdProfileSet, RdfFormat};
use std::path::Path;

/// The file extensions of the syntaxes that are read, in the order in which hints list them.
pub const EXTENSIONS: &[(&str, RdfFormat)] = &[
    ("ttl", RdfFormat::Turtle),
    ("nt", RdfFormat::NTriples),
    ("nq", RdfFormat::NQuads),
    ("trig", RdfFormat::TriG),
    ("rdf", RdfFormat::RdfXml),
    ("xml", RdfFormat::RdfXml),
    ("owl", RdfFormat::RdfXml),
    ("jsonld", RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }),
    ("json", RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }),
];

/// How a document is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// Not at all.
    Plain,
    /// gzip, one or more members.
    Gzip,
    /// Zstandard, one or more frames.
    Zstd,
}

impl Compression {
    /// Recognises a compression by the first bytes of a stream, whatever the file is called.
    ///
    /// ```
    /// use oversight::rdf::Compression;
    /// assert_eq!(Compression::of(&[0x1f, 0x8b, 8, 0]), Compression::Gzip);
    /// assert_eq!(Compression::of(b"@prefix"), Compression::Plain);
    /// ```
    pub fn of(start: &[u8]) -> Self {
        match start {
            [0x1f, 0x8b, ..] => Self::Gzip,
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Self::Zstd,
            _ => Self::Plain,
        }
    }
}

/// An RDF syntax as a file name tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Syntax(pub RdfFormat);

impl Syntax {
    /// Returns the syntax that the extension of `path` names, looking below `.gz` and `.zst`.
    ///
    /// ```
    /// use oversight::rdf::{RdfFormat, Syntax};
    /// assert_eq!(Syntax::of_path("links.ttl.gz".as_ref()), Some(Syntax(RdfFormat::Turtle)));
    /// assert_eq!(Syntax::of_path("links.csv".as_ref()), None);
    /// ```
    pub fn of_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        if matches!(extension.as_str(), "gz" | "zst") {
            return Self::of_path(Path::new(path.file_stem()?));
        }
        Self::of_extension(&extension)
    }

    /// Returns whether a text that looks like the syntax called `name` can be read as this one.
    pub(super) fn reads(self, name: &str) -> bool {
        self.0.name() == name || (self.0 == RdfFormat::TriG && name == "Turtle")
    }

    /// Returns the syntax of a bare extension such as `ttl`.
    pub fn of_extension(extension: &str) -> Option<Self> {
        EXTENSIONS.iter().find(|(e, _)| *e == extension).map(|(_, format)| Self(*format))
    }

    /// Guesses the syntax of a stream without a name from its first characters; TriG, which takes Turtle and
    /// N-Triples as well, where nothing speaks for another.
    pub fn of_start(start: &[u8]) -> Self {
        let text = String::from_utf8_lossy(start);
        match looks_like(&text) {
            Some("RDF/XML") => Self(RdfFormat::RdfXml),
            Some("JSON-LD") => Self(RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }),
            Some("N-Quads") => Self(RdfFormat::NQuads),
            _ => Self(RdfFormat::TriG),
        }
    }
}

/// What [`super::RdfError::Syntax`] says of text of two bytes a character.
pub const UTF_16: &str = "UTF-16";

/// Whether bytes begin like text of two bytes a character: with its mark, or with a NUL among the first.
pub(super) fn is_utf_16(start: &[u8]) -> bool {
    start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") || start.contains(&0)
}

/// Names the syntax that a text begins like, where that is plain to see.
pub(super) fn looks_like(start: &str) -> Option<&'static str> {
    let text = start.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with("<?xml") || text.starts_with("<rdf:") || text.starts_with("<!--") {
        return Some("RDF/XML");
    }
    if text.starts_with("<!DOCTYPE html") || text.starts_with("<html") {
        return Some("HTML");
    }
    if text.starts_with('{') && text[1..].trim_start().starts_with('"')
        || text.starts_with('[') && text[1..].trim_start().starts_with('{')
    {
        return Some("JSON-LD");
    }
    if text.starts_with("@prefix") || text.starts_with("PREFIX ") || text.starts_with("@base") {
        return Some("Turtle");
    }
    // Four terms before the full stop of the first statement.
    let line = text.lines().find(|line| !line.is_empty() && !line.starts_with('#'))?;
    let head = line.trim_end().strip_suffix('.')?.trim_end();
    let graph = head.rsplit(' ').next()?;
    let is_quad = head.starts_with('<') && graph.starts_with('<') && graph.ends_with('>') && {
        let before = head[..head.len() - graph.len()].trim_end();
        before.ends_with('"')
            || before.matches('<').count() >= 3
            || before.contains("\"@")
            || before.contains("\"^^")
    };
    is_quad.then_some("N-Quads")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_characters_tell_the_syntax() {
        for (text, expected) in [
            ("<?xml version=\"1.0\"?>", Some("RDF/XML")),
            ("{ \"@id\": \"urn:a\" }", Some("JSON-LD")),
            ("[ {\"@id\": 1} ]", Some("JSON-LD")),
            ("@prefix a: <urn:a> .", Some("Turtle")),
            ("<urn:s> <urn:p> <urn:o> <urn:g> .\n", Some("N-Quads")),
            ("<urn:s> <urn:p> \"x\" <urn:g> .\n", Some("N-Quads")),
            ("<urn:s> <urn:p> <urn:o> .\n", None),
            ("", None),
        ] {
            assert_eq!(looks_like(text), expected, "{text}");
        }
    }
}
