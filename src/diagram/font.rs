//! The fonts in the binary, and how wide their letters are.
//!
//! # Invariants
//! * No font of the machine is read: a picture is the same everywhere. The fonts have no kerning, so a text is as
//!   wide as the sum of its letters (`assets/fonts/README.md`).

use std::sync::{Arc, OnceLock};
use ttf_parser::Face;

/// Fonts for viewers of SVG: ours first, then those that are about as wide. A text has its length written beside it,
/// so that it fits in any of them.
pub const FONTS: &str = "Noto Sans, Open Sans, Segoe UI, Helvetica Neue, Arial, sans-serif";
/// The family that PNG and PDF are drawn with.
pub(super) const FAMILY: &str = "Noto Sans";
/// The regular and the bold font, as TrueType.
pub const FILES: [&[u8]; 2] = [
    include_bytes!("../../assets/fonts/NotoSans-Regular-subset.ttf"),
    include_bytes!("../../assets/fonts/NotoSans-Bold-subset.ttf"),
];
/// Width of a character that the fonts lack, in parts of the type size: a full em and a third is enough for emoji.
const ABSENT: f64 = 1.34;

/// Letters up to this one have their widths in a table.
const TABLE: usize = 0x530;

struct Widths {
    face: Face<'static>,
    em: f64,
    table: Vec<Option<f32>>,
}

fn widths(bold: bool) -> &'static Widths {
    static WIDTHS: [OnceLock<Widths>; 2] = [const { OnceLock::new() }; 2];
    let at = usize::from(bold);
    WIDTHS[at].get_or_init(|| {
        let face = Face::parse(FILES[at], 0).expect("the font in the binary is sound");
        let em = f64::from(face.units_per_em());
        let mut widths = Widths { face, em, table: Vec::new() };
        let all = (0..TABLE as u32).map(|code| char::from_u32(code).and_then(|c| widths.measure(c)));
        widths.table = all.map(|width| width.map(|width| width as f32)).collect();
        widths
    })
}

impl Widths {
    /// The width of a character in parts of the type size; nothing, where the font lacks it.
    fn measure(&self, character: char) -> Option<f64> {
        match u32::from(character) {
            // Marks that stand on other letters, joiners, variants: no width of their own.
            0x300..=0x36f | 0x200b..=0x200f | 0xfe00..=0xfe0f => return Some(0.0),
            _ => {}
        }
        let advance = self.face.glyph_index(character).and_then(|glyph| self.face.glyph_hor_advance(glyph));
        advance.map(|advance| f64::from(advance) / self.em)
    }

    fn of(&self, character: char) -> Option<f64> {
        match self.table.get(character as usize) {
            Some(width) => width.map(f64::from),
            None => self.measure(character),
        }
    }
}

/// Returns the width of `text` in parts of the type size; a guess, and rather too much, where the font lacks a letter.
pub(super) fn width(text: &str, bold: bool) -> f64 {
    let widths = widths(bold);
    text.chars().map(|c| widths.of(c).unwrap_or(ABSENT)).sum()
}

/// Returns whether the font has every letter of `text`, so that its width is known.
pub(super) fn has(text: &str, bold: bool) -> bool {
    let widths = widths(bold);
    text.chars().all(|c| widths.of(c).is_some())
}

/// Returns a database of the two fonts, for those that draw.
pub(super) fn database() -> Arc<resvg::usvg::fontdb::Database> {
    static DATABASE: OnceLock<Arc<resvg::usvg::fontdb::Database>> = OnceLock::new();
    let make = || {
        let mut database = resvg::usvg::fontdb::Database::new();
        for file in FILES {
            database.load_font_data(file.to_vec());
        }
        Arc::new(database)
    };
    Arc::clone(DATABASE.get_or_init(make))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_languages_of_the_data_have_their_letters() {
        let letters =
            "abc АБВГҐДЕЄЖЗИІЇЙ їєґ ქართული ĄĆĘŁŃÓŚŹŻ ąćęłńóśźż ÆØÅ æøå äöüß éèçœ «»„“”’–—…·→←↔✓✕№₴€";
        for bold in [false, true] {
            for letter in letters.chars() {
                assert!(widths(bold).face.glyph_index(letter).is_some(), "{letter} bold {bold}");
            }
        }
        assert!(FILES.iter().map(|file| file.len()).sum::<usize>() < 400_000);
    }

    #[test]
    fn letters_of_other_scripts_are_not_there() {
        for (text, is_there) in [
            ("Рада (1)", true),
            ("e\u{301}", true),
            ("مجلس", false),
            ("כנסת", false),
            ("Police 🚓", false),
            ("国", false),
        ] {
            assert_eq!(has(text, false), is_there, "{text}");
        }
    }

    #[test]
    fn bold_is_wider_and_marks_have_no_width() {
        assert!(width("Рада", true) > width("Рада", false));
        assert!((width("e\u{301}", false) - width("e", false)).abs() < 1e-9);
    }
}
