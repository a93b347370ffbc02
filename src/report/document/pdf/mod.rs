//! A document as a tagged PDF on A4: outline, links, repeated table heads, vector pictures, the program's own fonts.
//!
//! The layout is ours (`text.rs` breaks lines, `flow.rs` fills pages, `table.rs` sets tables), krilla writes the file
//! (`draw.rs`). `docs/architecture.md` tells why not Typst.
//!
//! # Invariants
//! * No font of the machine is read. A character that the fonts lack is a box.
//! * Same document and fonts: same bytes; there is no time in the file.
//! * Content is tagged in reading order; what stands at the foot of pages is an artifact.

mod draw;
mod flow;
mod front;
mod table;
mod text;

use super::Document;

/// The fonts that a PDF is set in, as TrueType.
#[derive(Clone, Copy, Debug)]
pub struct Fonts {
    /// For text.
    pub regular: &'static [u8],
    /// For what is set apart.
    pub bold: &'static [u8],
}

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PdfError {
    /// A font that is none.
    #[error("a font cannot be read")]
    Font,
    /// A picture that is no SVG.
    #[error("the picture `{name}` cannot be read")]
    Picture {
        /// The picture.
        name: String,
        /// What the reader says.
        source: resvg::usvg::Error,
    },
    /// What the writer refuses.
    #[error("the PDF cannot be written: {0}")]
    Write(String),
}

/// Returns the file.
///
/// # Errors
/// [`PdfError`].
pub fn pdf(document: &Document, fonts: Fonts) -> Result<Vec<u8>, PdfError> {
    let measure = text::Measure::new(fonts, &document.language).ok_or(PdfError::Font)?;
    // The table of contents tells pages, which are known only once all is laid out; its own length does not change.
    let first = flow::flow(document, &measure, &flow::Pages::default());
    let laid = flow::flow(document, &measure, &first.pages());
    draw::write(document, &laid, &measure, fonts)
}
