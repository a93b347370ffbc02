//! Turtle that a person likes to read and a diff likes to show: one block a subject, a blank line between.

use super::{Quad, RdfFormat, RdfSerializer, Triple};
use oxrdf::Dataset;
use oxrdf::dataset::{CanonicalizationAlgorithm, CanonicalizationHashAlgorithm};
use std::io;

/// A prefix whose IRI is none.
#[derive(Debug, thiserror::Error)]
#[error("the prefix `{prefix}:` stands for `{iri}`, which is no IRI")]
pub struct PrefixError {
    prefix: String,
    iri: String,
}

/// Writes `triples`, grouped by subject as they come, under `header` lines and `prefixes`.
///
/// Neither sorts nor drops: the caller's order is the file's order.
///
/// # Errors
/// [`PrefixError`] for a prefix that is no IRI.
pub fn turtle(header: &str, prefixes: &[(&str, &str)], triples: &[Triple]) -> Result<String, PrefixError> {
    let mut serializer = RdfSerializer::from_format(RdfFormat::Turtle);
    for (prefix, iri) in prefixes {
        serializer = serializer
            .with_prefix(*prefix, *iri)
            .map_err(|_| PrefixError { prefix: (*prefix).to_owned(), iri: (*iri).to_owned() })?;
    }
    let flat = serialize(serializer, triples).expect("a vector takes every byte, and Turtle is UTF-8");
    let mut text = String::with_capacity(flat.len() + flat.len() / 50 + header.len());
    for line in header.lines() {
        text.push_str("# ");
        text.push_str(line);
        text.push('\n');
    }
    // The serializer escapes line breaks in literals, so a line that is not indented begins a subject.
    let (mut declarations, blocks): (Vec<&str>, Vec<&str>) =
        flat.lines().partition(|line| line.starts_with("@prefix"));
    declarations.sort_unstable();
    for line in declarations {
        text.push_str(line);
        text.push('\n');
    }
    for line in blocks {
        match line.strip_prefix('\t') {
            Some(_) => text.push_str("    "),
            None => text.push('\n'),
        }
        text.push_str(line.trim_start_matches('\t'));
        text.push('\n');
    }
    Ok(text)
}

/// Returns the lines of the canonical N-Quads of a data set: RDFC-1.0 with SHA-256.
///
/// # Source
/// <https://www.w3.org/TR/rdf-canon/>
pub fn canonical(quads: impl IntoIterator<Item = Quad>) -> Vec<String> {
    let mut dataset: Dataset = quads.into_iter().collect();
    let hash_algorithm = CanonicalizationHashAlgorithm::Sha256;
    dataset.canonicalize(CanonicalizationAlgorithm::Rdfc10 { hash_algorithm });
    let mut lines: Vec<String> = dataset.iter().map(|quad| format!("{quad} .")).collect();
    // By code point, which the order of bytes in UTF-8 is.
    lines.sort_unstable();
    lines
}

fn serialize(serializer: RdfSerializer, triples: &[Triple]) -> io::Result<String> {
    let mut writer = serializer.for_writer(Vec::new());
    for triple in triples {
        writer.serialize_triple(triple)?;
    }
    String::from_utf8(writer.finish()?).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdf::{Literal, NamedNode};

    #[test]
    fn blocks_are_parted_and_line_breaks_in_literals_stay_escaped() {
        let node = |iri: &str| NamedNode::new(iri).unwrap();
        let triples = [
            Triple::new(node("urn:x:a"), node("urn:x:p"), node("urn:x:b")),
            Triple::new(node("urn:x:a"), node("urn:x:q"), Literal::new_simple_literal("one\ntwo")),
            Triple::new(node("urn:x:b"), node("urn:x:p"), node("urn:x:a")),
        ];
        let text = turtle("made by a test", &[("x", "urn:x:")], &triples).unwrap();
        assert_eq!(
            text,
            "# made by a test\n@prefix x: <urn:x:> .\n\nx:a x:p x:b ;\n    x:q \"one\\ntwo\" .\n\nx:b x:p x:a .\n"
        );
        assert!(turtle("", &[("x", "no iri")], &triples).is_err());
    }
}
