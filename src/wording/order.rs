//! The order of names in lists for people: by the alphabet of the reader's language, not by code point.

use super::Tongue;

/// The Ukrainian alphabet, with the letters that only other Cyrillic alphabets have beside those they are nearest to.
const CYRILLIC: &str = "абвгґдђѓеєёжзѕиіїйјклљмнњопрстћќуўфхцчџшщъыьэюя";

/// Latin letters that are sorted as others.
const LATIN: [(&str, &str); 17] = [
    ("àáâãäåāăą", "a"),
    ("æ", "ae"),
    ("çćĉċč", "c"),
    ("ďđð", "d"),
    ("èéêëēĕėęěə", "e"),
    ("ĝğġģ", "g"),
    ("ìíîïĩīĭįı", "i"),
    ("ķ", "k"),
    ("ĺļľŀł", "l"),
    ("ñńņňŋ", "n"),
    ("òóôõöøōŏő", "o"),
    ("ŕŗř", "r"),
    ("śŝşšș", "s"),
    ("ţťŧț", "t"),
    ("ùúûüũūŭůűų", "u"),
    ("ýÿŷ", "y"),
    ("źżž", "z"),
];

/// A space or a hyphen.
const SPACE: u32 = 1;

/// What a name is sorted by: first its letters, then the name itself, so that names that differ are never equal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Order(Vec<u32>, String);

impl Tongue {
    /// Returns what a name is sorted by.
    ///
    /// Letters have the order of the language's alphabet, whatever their case: in Ukrainian Ґ stands after Г, Є after Е,
    /// Ї after І, and Cyrillic before Latin; in English Latin stands first, with accents of no account. A space or a
    /// hyphen stands before everything, digits before letters; quotation marks, apostrophes and the like do not count.
    pub fn order(self, name: &str) -> Order {
        let mut letters = Vec::with_capacity(name.len());
        for letter in name.chars().flat_map(char::to_lowercase) {
            self.weigh(letter, &mut letters);
        }
        if letters.last() == Some(&SPACE) {
            letters.pop();
        }
        Order(letters, name.to_owned())
    }

    fn weigh(self, letter: char, letters: &mut Vec<u32>) {
        let [latin, cyrillic] = match self {
            Self::English => [100, 200],
            Self::Ukrainian => [200, 100],
        };
        let place = |letter| CYRILLIC.chars().position(|known| known == letter);
        if letter.is_whitespace() || "-‐‑–—/".contains(letter) {
            if letters.last().is_some_and(|last| *last != SPACE) {
                letters.push(SPACE);
            }
        } else if let Some(digit) = letter.to_digit(10) {
            letters.push(SPACE + 1 + digit);
        } else if letter.is_ascii_lowercase() {
            letters.push(latin + u32::from(letter) - u32::from('a'));
        } else if let Some(at) = place(letter) {
            letters.push(cyrillic + at as u32);
        } else if let Some((_, base)) = LATIN.iter().find(|(accented, _)| accented.contains(letter)) {
            base.chars().for_each(|base| self.weigh(base, letters));
        } else if letter.is_alphabetic() {
            letters.push(1000 + u32::from(letter));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(tongue: Tongue, mut names: Vec<&str>) -> Vec<&str> {
        names.sort_by_key(|name| tongue.order(name));
        names
    }

    #[test]
    fn ukrainian_letters_stand_as_in_the_alphabet() {
        let alphabet = "а б в г ґ д е є ж з и і ї й к л м н о п р с т у ф х ц ч ш щ ь ю я";
        let letters: Vec<&str> = alphabet.split(' ').collect();
        assert_eq!(letters.len(), 33);
        let mut turned = letters.clone();
        turned.reverse();
        assert_eq!(sorted(Tongue::Ukrainian, turned.clone()), letters);
        let capitals: Vec<String> = turned.iter().map(|letter| letter.to_uppercase()).collect();
        let capitals = sorted(Tongue::Ukrainian, capitals.iter().map(String::as_str).collect()).concat();
        assert_eq!(capitals.to_lowercase(), letters.concat());
        // By code point Є, І and Ї would stand before А, and Ґ after Я.
        let names =
            vec!["Ясла", "Ґанок", "Івано-Франківськ", "Їжак", "Єдність", "Господар", "Дунай", "Енергія"];
        let right = ["Господар", "Ґанок", "Дунай", "Енергія", "Єдність", "Івано-Франківськ", "Їжак", "Ясла"];
        assert_eq!(sorted(Tongue::Ukrainian, names), right);
    }

    #[test]
    fn words_stand_before_longer_ones_and_marks_do_not_count() {
        let right = ["Рада", "Рада 2", "Рада безпеки", "«Рада» Європи", "Раданс", "СБУ", "Суд", "NATO"];
        let mut turned = right.to_vec();
        turned.reverse();
        assert_eq!(sorted(Tongue::Ukrainian, turned), right);
        let right = ["2nd unit", "abc", "Øst", "Påtale", "Politi", "Zoll", "Рада"];
        let mut turned = right.to_vec();
        turned.reverse();
        assert_eq!(sorted(Tongue::English, turned), right);
        // An apostrophe is no letter: between `зв’яз` and `звуз` decides `я` or `у`.
        assert_eq!(sorted(Tongue::Ukrainian, vec!["зв’язок", "звук"]), ["звук", "зв’язок"]);
        assert!(Tongue::English.order("a b") < Tongue::English.order("ab"));
        assert!(Tongue::English.order("A") != Tongue::English.order("a"));
    }
}
