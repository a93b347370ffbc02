//! SHA-256 of documents, so that others can tell whether they read the same.

use super::RdfError;
use super::source::{Document, Place};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::fs::File;
use std::io::Read as _;

/// Returns the SHA-256 of a document's bytes as they lie in the file, in hexadecimal; nothing for standard input,
/// which can be read only once, and for what is read over the network, where another reading may give something else.
///
/// # Errors
/// [`RdfError::Read`] where the file cannot be read.
pub fn sha256(document: &Document) -> Result<Option<String>, RdfError> {
    let mut hash = Sha256::new();
    match &document.place {
        Place::Stdin | Place::Web(..) | Place::Endpoint(..) => return Ok(None),
        Place::Shipped(file) => hash.update(file.bytes),
        Place::File(path, _) => {
            let unreadable = |source| RdfError::Read { path: path.clone(), source };
            let mut file = File::open(path).map_err(unreadable)?;
            let mut buffer = vec![0; 1 << 16];
            loop {
                match file.read(&mut buffer).map_err(unreadable)? {
                    0 => break,
                    taken => hash.update(&buffer[..taken]),
                }
            }
        }
    }
    Ok(Some(hexadecimal(&hash.finalize())))
}

/// Returns the SHA-256 of a text, in hexadecimal.
///
/// ```
/// use oversight::rdf::sha256_of;
/// assert!(sha256_of("").starts_with("e3b0c44298fc1c14"));
/// ```
pub fn sha256_of(text: &str) -> String {
    hexadecimal(&Sha256::digest(text.as_bytes()))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
