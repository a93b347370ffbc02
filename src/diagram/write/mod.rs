//! Writes a scene in the forms that people use.

mod dot;
mod html;
mod mermaid;
mod plain;
mod png;
mod raster;
mod svg;

pub use raster::{PIXELS, WriteError};

use super::scene::Scene;

/// The forms of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Scalable Vector Graphics.
    Svg,
    /// Portable Network Graphics.
    Png,
    /// Portable Document Format.
    Pdf,
    /// A page that people can move, zoom, search and filter.
    Html,
    /// DOT, for Graphviz.
    Dot,
    /// A flowchart of Mermaid, for pages in Markdown.
    Mermaid,
    /// The same facts as text.
    Text,
}

impl Format {
    /// All of them.
    pub const ALL: &[Self] =
        &[Self::Svg, Self::Png, Self::Pdf, Self::Html, Self::Dot, Self::Mermaid, Self::Text];

    /// The name on the command line.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Pdf => "pdf",
            Self::Html => "html",
            Self::Dot => "dot",
            Self::Mermaid => "mermaid",
            Self::Text => "text",
        }
    }

    /// Finds the form with this name or file extension.
    pub fn of(word: &str) -> Option<Self> {
        let word = word.to_ascii_lowercase();
        match word.as_str() {
            "txt" => Some(Self::Text),
            "gv" => Some(Self::Dot),
            "mmd" => Some(Self::Mermaid),
            "htm" => Some(Self::Html),
            _ => Self::ALL.iter().copied().find(|format| format.slug() == word),
        }
    }
}

impl Scene {
    /// Returns the picture in a form.
    ///
    /// # Arguments
    /// * `dpi`: pixels an inch, for forms that are made of pixels.
    ///
    /// # Errors
    /// [`WriteError`], where the picture has too many pixels, or is no graph and the form is for graphs.
    pub fn write(&self, format: Format, dpi: f64) -> Result<Vec<u8>, WriteError> {
        match format {
            Format::Svg => Ok(self.to_svg().into_bytes()),
            Format::Png => self.to_png(dpi),
            Format::Pdf => self.to_pdf(),
            Format::Html => Ok(self.to_html().into_bytes()),
            Format::Dot => self.to_dot().map(String::into_bytes),
            Format::Mermaid => self.to_mermaid().map(String::into_bytes),
            Format::Text => Ok(self.to_text().into_bytes()),
        }
    }

    /// Returns the picture as an SVG document: texts are texts, groups have tooltips and say what they stand for.
    pub fn to_svg(&self) -> String {
        svg::write(self, svg::For::Viewers)
    }

    /// Returns the picture as a PNG file.
    ///
    /// # Errors
    /// [`WriteError::TooLarge`].
    pub fn to_png(&self, dpi: f64) -> Result<Vec<u8>, WriteError> {
        raster::png(self, dpi)
    }

    /// Returns the picture as a PDF file of one page, as large as the picture, with its text as text.
    ///
    /// # Errors
    /// [`WriteError::Pdf`].
    pub fn to_pdf(&self) -> Result<Vec<u8>, WriteError> {
        raster::pdf(self)
    }

    /// Returns the picture as a page of HTML that needs nothing beside it.
    pub fn to_html(&self) -> String {
        html::write(self)
    }

    /// Returns the boxes and edges as a DOT document.
    ///
    /// # Errors
    /// [`WriteError::NoGraph`], where the picture has none.
    pub fn to_dot(&self) -> Result<String, WriteError> {
        dot::write(self)
    }

    /// Returns the boxes and edges as a Mermaid flowchart.
    ///
    /// # Errors
    /// [`WriteError::NoGraph`], where the picture has none.
    pub fn to_mermaid(&self) -> Result<String, WriteError> {
        mermaid::write(self)
    }

    /// Returns all that the picture says as text.
    pub fn to_text(&self) -> String {
        plain::write(self)
    }
}

/// Returns text as it can stand in markup, within elements and within quotes.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_found_by_name_and_extension() {
        for format in Format::ALL {
            assert_eq!(Format::of(&format.slug().to_uppercase()), Some(*format));
        }
        assert_eq!(
            (Format::of("txt"), Format::of("gv"), Format::of("jpg")),
            (Some(Format::Text), Some(Format::Dot), None)
        );
    }
}
