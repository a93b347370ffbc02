//! How wide a text is, and how it breaks into lines.

use super::font;

const ELLIPSIS: char = '…';
/// A space at which no line ends; it is drawn as any other.
pub(super) const NO_BREAK: char = '\u{a0}';
/// What parts of ids end with.
const MARKS: [char; 5] = ['/', '.', '-', '_', ':'];

/// Lines that fit, and whether words had to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrapped {
    /// The lines.
    pub lines: Vec<String>,
    /// Whether words had to go.
    pub cut: bool,
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
    #[must_use]
    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// Returns the same type in another colour.
    #[must_use]
    pub const fn in_colour(self, colour: &'static str) -> Self {
        Self { colour, ..self }
    }

    /// Returns the width of `text` in pixels.
    pub fn width(self, text: &str) -> f64 {
        font::width(text, self.bold) * self.size
    }

    /// Breaks `text` into at most `limit` lines of at most `width` pixels, but not at a no-break space; what is left over gives
    /// way to an ellipsis. Words that are too long for a line are broken, ids behind one of their marks.
    pub fn wrap(self, text: &str, width: f64, limit: usize) -> Wrapped {
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        for word in text.split(|c: char| c.is_whitespace() && c != NO_BREAK).filter(|word| !word.is_empty()) {
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
                    let mark = line.rfind(MARKS).filter(|mark| mark * 2 > line.len());
                    let rest = line.split_off(mark.map_or(line.len(), |mark| mark + 1));
                    lines.push(std::mem::replace(&mut line, rest));
                    line.push(character);
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
        for line in lines.iter_mut().filter(|line| line.contains(NO_BREAK)) {
            *line = line.replace(NO_BREAK, " ");
        }
        Wrapped { lines, cut }
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
    fn an_id_breaks_behind_a_mark() {
        let wrapped = PLAIN.wrap("xl/link/government.licensing.police", 110.0, 9);
        assert_eq!(wrapped.lines, ["xl/link/government.", "licensing.police"]);
    }

    #[test]
    fn some_words_stay_together() {
        let together = format!("one two three:{NO_BREAK}4");
        let width = PLAIN.width("one two three:") + 1.0;
        assert_eq!(PLAIN.wrap("one two three: 4", width, 9).lines, ["one two three:", "4"]);
        assert_eq!(PLAIN.wrap(&together, width, 9).lines, ["one two", "three: 4"]);
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
