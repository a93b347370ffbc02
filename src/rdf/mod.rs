//! Reading and writing RDF: syntaxes, compression, sources, positions of errors.
//!
//! Reading streams: a caller gets each triple as it is parsed, with the document that it stands in.
//!
//! # Invariants
//! * No text is parsed that is nested, long or expanding beyond its limit (`guard.rs`).
//! * Nothing here knows the vocabulary; meaning begins in [`crate::model`].
//! * An error names the document and, for a syntax error, line and column counted from 1.

mod digest;
mod guard;
mod locate;
mod read;
mod remote;
mod scan;
mod shipped;
mod source;
mod syntax;
mod write;

pub use digest::{sha256, sha256_of};
pub use guard::{Excess, MAX_CONTEXT, MAX_DEPTH, MAX_ENTITY, MAX_RATIO, MAX_TOKEN};
pub use locate::locate;
pub use oxrdf::{
    BlankNode, GraphName, Literal, NamedNode, NamedOrBlankNode, NamedOrBlankNodeRef, Quad, Term, TermRef,
    Triple,
};
pub use oxrdfio::{RdfFormat, RdfSerializer};
pub use read::{read, read_bytes};
pub use remote::answer;
pub use shipped::{SHIPPED, ShippedFile};
pub use source::{Construct, Document, Source, documents, file_of, is_web_document};
pub use syntax::{Compression, EXTENSIONS, Syntax, UTF_16};
pub use write::{PrefixError, canonical, turtle};

use crate::http::HttpError;
use std::io;
use std::path::PathBuf;

/// What can go wrong between a source and its triples.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RdfError {
    /// A file or folder that cannot be opened or read.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The path as it was given.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A folder in which no file has the extension of an RDF syntax.
    #[error("no RDF file in the folder `{}`", path.display())]
    NothingInFolder {
        /// The folder as it was given.
        path: PathBuf,
    },
    /// A file whose name does not tell its syntax.
    #[error("`{}` has no extension of an RDF syntax", path.display())]
    UnknownSyntax {
        /// The file as it was given.
        path: PathBuf,
    },
    /// Text that is not of the syntax it is read as.
    #[error("{document}:{}{message}", position(*line, *column))]
    Syntax {
        /// Name of the document.
        document: String,
        /// Line, from 1; 0 where the parser does not tell.
        line: u64,
        /// Column, from 1; 0 where the parser does not tell.
        column: u64,
        /// What is wrong, and what was expected.
        message: String,
        /// The syntax that the first characters look like, if it is another one, or [`UTF_16`].
        looks_like: Option<&'static str>,
    },
    /// A stream that breaks off or cannot be decompressed.
    #[error("`{document}` breaks off or is damaged")]
    Broken {
        /// Name of the document.
        document: String,
        /// What the decompressor or the system says.
        source: io::Error,
    },
    /// An address that does not answer as it should.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// An endpoint that has no record of ours.
    #[error("`{document}` gives no triple of this vocabulary")]
    Nothing {
        /// Name of the endpoint.
        document: String,
    },
    /// An endpoint whose answer cannot be read to its end: engines that fail midway write so into the answer.
    #[error("the answer of `{document}` cannot be read")]
    Answer {
        /// Name of the endpoint.
        document: String,
        /// What the reader says.
        source: Box<RdfError>,
    },
    /// Text that could bring the parser down or fill the memory.
    #[error("`{document}` is beyond a limit")]
    Limit {
        /// Name of the document.
        document: String,
        /// What is beyond its limit.
        #[source]
        excess: Excess,
    },
}

fn position(line: u64, column: u64) -> String {
    if line == 0 { " ".to_owned() } else { format!("{line}:{column}: ") }
}
