//! Draws a scene as PNG and PDF, with the fonts in the binary.
//!
//! Both are drawn from our own SVG, by the same library, so the three look alike.

use super::super::font::{FAMILY, database};
use super::super::scene::Scene;
use super::svg::{For, write};
use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt as _, SvgSettings};
use resvg::usvg::{Options, Tree};

/// The most pixels that a picture may have: A0 at 300 an inch.
pub const PIXELS: f64 = 140e6;
/// Pixels of a scene an inch, and an inch in points and metres.
const INCH: f64 = 96.0;
const POINTS: f64 = 72.0;
const METRES: f64 = 0.0254;

/// Why a picture could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// More pixels than memory should hold.
    #[error("the picture would be {width:.0} by {height:.0} pixels")]
    TooLarge {
        /// Pixels from left to right.
        width: f64,
        /// Pixels from top to bottom.
        height: f64,
    },
    /// The form is for boxes and edges, and the view has none.
    #[error("the view `{view}` has no boxes and edges")]
    NoGraph {
        /// The name of the view.
        view: &'static str,
    },
    /// Our own SVG could not be read back.
    #[error("cannot draw the picture")]
    Draw(#[from] Box<resvg::usvg::Error>),
    /// The PNG writer failed.
    #[error("cannot write the picture as PNG: {0}")]
    Png(String),
    /// The PDF writer failed.
    #[error("cannot write the picture as PDF: {0}")]
    Pdf(String),
}

/// Reads what is between two heights of the picture as a drawing.
pub(super) fn tree(scene: &Scene, upper: f64, lower: f64) -> Result<Tree, WriteError> {
    let options = Options {
        font_family: FAMILY.to_owned(),
        fontdb: database(),
        languages: vec![scene.language.clone()],
        ..Options::default()
    };
    Ok(Tree::from_str(&write(scene, For::Drawing(upper, lower)), &options).map_err(Box::new)?)
}

#[expect(clippy::cast_sign_loss, reason = "sizes and resolutions are above nothing")]
pub(super) fn whole(number: f64) -> u32 {
    number.round() as u32
}

/// Returns the picture as PNG with `dpi` pixels an inch, which the file tells.
pub(super) fn png(scene: &Scene, dpi: f64) -> Result<Vec<u8>, WriteError> {
    let scale = dpi / INCH;
    let (width, height) = ((scene.width * scale).ceil(), (scene.height * scale).ceil());
    let fits = width >= 1.0 && height >= 1.0 && width * height <= PIXELS;
    if !fits {
        return Err(WriteError::TooLarge { width, height });
    }
    super::png::write(scene, (whole(width), whole(height)), scale, whole(dpi / METRES))
}

/// Returns the picture as a PDF file of one page.
pub(super) fn pdf(scene: &Scene) -> Result<Vec<u8>, WriteError> {
    let failed = |error: &dyn std::fmt::Debug| WriteError::Pdf(format!("{error:?}"));
    let tree = tree(scene, f64::NEG_INFINITY, f64::INFINITY)?;
    let points = |pixels: f64| (pixels * POINTS / INCH) as f32;
    let (width, height) = (points(scene.width), points(scene.height));
    let size = Size::from_wh(width, height).ok_or_else(|| failed(&(width, height)))?;
    let settings = PageSettings::from_wh(width, height).ok_or_else(|| failed(&(width, height)))?;
    let mut document = krilla::Document::new();
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    surface.draw_svg(&tree, size, SvgSettings::default()).ok_or_else(|| failed(&"the drawing is empty"))?;
    surface.finish();
    page.finish();
    let metadata = Metadata::new()
        .title(scene.title.clone())
        .description(scene.description.clone())
        .language(scene.language.clone())
        .creator(concat!("oversight ", env!("CARGO_PKG_VERSION")).to_owned());
    document.set_metadata(metadata);
    document.finish().map_err(|error| failed(&error))
}
