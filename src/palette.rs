//! The colours of pillars, the same in pictures and in exports.
//!
//! # Invariants
//! * Any two are told apart with normal sight, with any kind of colour-blindness, and in grey print; each differs from
//!   the red of what is missing and the grey of what is on paper too (`tests/it/palette.rs` simulates and measures).

use crate::model::Pillar;

/// The shades of a pillar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shades {
    /// Lines, outlines and glyphs.
    pub strong: &'static str,
    /// Text: as the strong one, darker where that is too pale to read.
    pub ink: &'static str,
    /// Lines that stand back: 36 parts of it in 100 of white.
    pub pale: &'static str,
    /// The ground of a frame: 7 parts in 100.
    pub ground: &'static str,
}

/// Returns the shades of a pillar; of bodies of none: nearly black.
pub fn shades(pillar: Option<Pillar>) -> Shades {
    let shades = |strong, ink, pale, ground| Shades { strong, ink, pale, ground };
    match pillar {
        Some(Pillar::Executive) => shades("#004e94", "#004e94", "#a3bfd8", "#edf3f8"),
        Some(Pillar::Legislature) => shades("#308754", "#2c7c4d", "#b4d4c1", "#f1f7f3"),
        Some(Pillar::Justice) => shades("#661054", "#661054", "#c8a9c1", "#f4eef3"),
        Some(Pillar::Independent) => shades("#91558a", "#91558a", "#d7c2d5", "#f7f3f7"),
        Some(Pillar::Internal) => shades("#719ad2", "#54729b", "#ccdbef", "#f5f8fc"),
        Some(Pillar::Society) => shades("#ef8f16", "#a3610f", "#f9d7ab", "#fef7ef"),
        Some(Pillar::International) => shades("#001e78", "#001e78", "#a3aece", "#edeff6"),
        Some(Pillar::Provider) => shades("#5a5a5a", "#5a5a5a", "#c4c4c4", "#f3f3f3"),
        None => shades("#1f1f1f", "#1f1f1f", "#aeaeae", "#efefef"),
    }
}

/// Returns the colour of a pillar; of bodies of none: nearly black.
pub fn colour(pillar: Option<Pillar>) -> &'static str {
    shades(pillar).strong
}
