//! The word that a misspelt one was probably meant to be.

/// How alike two words must be, from 0 to 1, for one to be offered in place of the other.
const ALIKE: f64 = 0.75;

/// Returns the word `among` those given that is most like `word`, if any is like it; the first of equals.
pub(super) fn nearest<'a>(word: &str, among: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let mut best = (ALIKE, None);
    for other in among {
        let alike = strsim::jaro_winkler(&word, &other.to_lowercase());
        if alike > best.0 {
            best = (alike, Some(other));
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_find_their_word_and_strangers_none() {
        let words = ["appointment", "consent-to-appointment", "hearing", "inquiry"];
        assert_eq!(nearest("hearng", words), Some("hearing"));
        assert_eq!(nearest("Inquiry ", words), Some("inquiry"));
        assert_eq!(nearest("zzz", words), None);
        assert_eq!(nearest("hearing", []), None);
    }
}
