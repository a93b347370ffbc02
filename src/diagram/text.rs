//! How wide a text is, at most, and how it breaks into lines.
//!
//! Widths are those of the first and widest of the fonts that a picture asks for, so that a text fits in any of
//! them. No font is read: a picture is the same on every machine.

/// Advance widths of U+0020 to U+007E, in hundredths of the type size, rounded up.
const ASCII: [u8; 95] = [
    32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
    34, 34, 84, 84, 84, 54, 100, 69, 69, 70, 77, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79, 61, 79, 70, 64,
    62, 74, 69, 99, 69, 62, 69, 40, 34, 40, 84, 50, 50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98,
    64, 62, 64, 64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84,
];
const BOLD: f64 = 1.18;
const ELLIPSIS: char = '…';

/// Lines that fit, and whether words had to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrapped {
    pub(super) lines: Vec<String>,
    pub(super) cut: bool,
}

/// Type: size in pixels, weight and colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Type {
    /// The size in pixels.
    pub size: f64,
    /// Whether it is bold.
    pub bold: bool,
    /// Its colour.
    pub colour: &'static str,
}

impl Type {
    /// The height of a line.
    pub fn leading(self) -> f64 {
        self.size * 1.25
    }

    /// Returns the same type, bold.
    pub(super) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// Returns the same type in another colour.
    pub(super) fn in_colour(self, colour: &'static str) -> Self {
        Self { colour, ..self }
    }

    /// Returns the width that `text` has at most, in pixels.
    pub fn width(self, text: &str) -> f64 {
        let hundredths: u32 = text.chars().map(hundredths).sum();
        f64::from(hundredths) / 100.0 * self.size * if self.bold { BOLD } else { 1.0 }
    }

    /// Breaks `text` into at most `limit` lines of at most `width` pixels; what is left over gives way to an
    /// ellipsis. Words that are too long for a line are broken.
    pub(super) fn wrap(self, text: &str, width: f64, limit: usize) -> Wrapped {
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        for word in text.split_whitespace() {
            let joined = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.width(&joined) <= width {
                line = joined;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for character in word.chars() {
                line.push(character);
                if self.width(&line) > width && line.chars().count() > 1 {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, character.to_string()));
                }
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        let cut = lines.len() > limit;
        if cut {
            lines.truncate(limit);
            if let Some(last) = lines.last_mut() {
                last.push(ELLIPSIS);
                while self.width(last) > width && last.chars().count() > 1 {
                    last.pop();
                    last.pop();
                    last.truncate(last.trim_end().len());
                    last.push(ELLIPSIS);
                }
            }
        }
        Wrapped { lines, cut }
    }
}

fn hundredths(character: char) -> u32 {
    match u32::from(character) {
        code @ 0x20..=0x7e => u32::from(ASCII[code as usize - 0x20]),
        0xa0 | 0x2018..=0x201a => 35,
        0xab..=0xbb | 0x2010..=0x2013 | 0x201c..=0x201e => 70,
        0xc0..=0x24f => 80,
        0x300..=0x36f | 0x200b..=0x200f | 0xfe00..=0xfe0f => 0,
        0x370..=0x3ff => 90,
        0x400..=0x52f => cyrillic(character),
        0x10d0..=0x10ff => georgian(character),
        0x530..=0x58f | 0x1c90..=0x1cbf => 98,
        0x590..=0x5ff => 73,
        0x600..=0x6ff => 122,
        // Other scripts, symbols and emoji: a full em and a third.
        _ => 134,
    }
}

fn cyrillic(character: char) -> u32 {
    match character {
        'і' | 'ї' | 'ј' | 'І' | 'Ї' => 30,
        'ж' | 'ш' | 'щ' | 'ы' | 'ю' | 'ф' | 'љ' | 'њ' => 95,
        'Д' | 'М' | 'О' | 'Ф' | 'Ц' | 'Ы' => 90,
        'Ж' | 'Ш' | 'Щ' | 'Ю' => 110,
        'а'..='я' | 'є' | 'ґ' => 70,
        'А'..='Я' | 'Є' | 'Ґ' => 78,
        _ => 118,
    }
}

fn georgian(character: char) -> u32 {
    match character {
        'ლ' => 107,
        'ო' | 'ღ' | 'რ' | 'თ' | 'დ' | 'ფ' | 'ჶ' => 86,
        _ => 68,
    }
}

/// Returns the text on one line and without characters that XML forbids or that turn the direction of what follows.
pub(super) fn clean(text: &str) -> String {
    let is_kept = |c: &char| {
        !c.is_control()
            && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
    };
    let mut clean = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !clean.is_empty() {
            clean.push(' ');
        }
        clean.extend(word.chars().filter(is_kept));
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Type = Type { size: 10.0, bold: false, colour: "#000" };

    #[test]
    fn bold_is_wider_and_marks_have_no_width() {
        assert!(Type { bold: true, ..PLAIN }.width("Рада") > PLAIN.width("Рада"));
        assert!((PLAIN.width("e\u{301}") - PLAIN.width("e")).abs() < 1e-9);
    }

    #[test]
    fn every_line_fits() {
        for text in
            ["one two three four five six seven", "Donaudampfschifffahrtsgesellschaft", "ыыыыыы щщщщщщщщ"]
        {
            for limit in [1, 2, 9] {
                let wrapped = PLAIN.wrap(text, 70.0, limit);
                assert!(wrapped.lines.len() <= limit);
                assert!(wrapped.lines.iter().all(|line| PLAIN.width(line) <= 70.0), "{wrapped:?}");
                assert_eq!(wrapped.cut, wrapped.lines.concat().contains('…'));
            }
        }
    }

    #[test]
    fn an_empty_text_has_no_line() {
        assert_eq!(PLAIN.wrap("  ", 70.0, 2), Wrapped { lines: vec![], cut: false });
    }

    #[test]
    fn forbidden_characters_go() {
        assert_eq!(clean(" a\u{0}b\r\n\u{202e}c\u{7f} "), "ab c");
    }
}
