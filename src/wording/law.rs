//! Dates, and places in acts, as prose has them.

use super::Tongue;
use crate::model::Day;

/// What stands before the number of a place in an act, in English, as data have it, and in Ukrainian.
const PLACES: [(&str, &str); 7] = [
    ("art.", "ст."),
    ("para.", "п."),
    ("sect.", "розд."),
    ("section", "розд."),
    ("part", "ч."),
    ("sch.", "дод."),
    ("annex", "дод."),
];
/// What is named, and may be numbered without a space.
const NAMED: [(&str, &str); 2] =
    [("final provisions", "прикінцеві положення"), ("transitional provisions", "перехідні положення")];

/// Words that lead to a place in a guidance document; what is a title of the document itself stays as it is there.
const IN_DOCUMENTS: [(&str, &str); 34] = [
    ("and", "і"),
    ("art.", "ст."),
    ("authorisation", "надання дозволу"),
    ("box", "вставка"),
    ("ch.", "розд."),
    ("citing", "з посиланням на"),
    ("composition and guarantees of independence", "склад і гарантії незалежності"),
    ("Doc.", "док."),
    ("evaluation", "оцінювання"),
    ("executive summary", "резюме"),
    ("general parameters", "загальні параметри"),
    ("good practices", "добрі практики"),
    ("guidebook part", "частина-посібник"),
    ("guidelines appended", "додані настанови"),
    ("introduction", "вступ"),
    ("main text", "основний текст"),
    ("objective", "мета"),
    ("para.", "п."),
    ("paras", "пп."),
    ("part two", "частина друга"),
    ("practice", "практика"),
    ("preface", "передмова"),
    ("principle", "принцип"),
    ("process description", "опис процесу"),
    ("recommendations", "рекомендації"),
    ("report", "доповідь"),
    ("rule", "правило"),
    ("rules", "правила"),
    ("section", "розд."),
    ("sections", "розд."),
    ("summary", "резюме"),
    ("tool", "засіб"),
    ("transparency", "прозорість"),
    ("whole", "увесь документ"),
];

const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const OF_MONTH: [&str; 12] = [
    "січня",
    "лютого",
    "березня",
    "квітня",
    "травня",
    "червня",
    "липня",
    "серпня",
    "вересня",
    "жовтня",
    "листопада",
    "грудня",
];
const MONTH: [&str; 12] = [
    "січень",
    "лютий",
    "березень",
    "квітень",
    "травень",
    "червень",
    "липень",
    "серпень",
    "вересень",
    "жовтень",
    "листопад",
    "грудень",
];

impl Tongue {
    /// Returns a day as prose has it: `26 November 2026`.
    pub fn day(self, day: Day) -> String {
        self.date(&day.to_string())
    }

    /// Returns a date known to the day, month or year (`2026-11-26`, `2026-11`, `2026`) as prose has it.
    pub fn date(self, iso: &str) -> String {
        self.dated(iso, &MONTH)
    }

    /// Returns such a date as it stands behind `since` or `until`: `з березня 2023`.
    pub fn date_bound(self, iso: &str) -> String {
        self.dated(iso, &OF_MONTH)
    }

    fn dated(self, iso: &str, months: &[&str; 12]) -> String {
        let mut parts = iso.split('-');
        let year = parts.next().unwrap_or_default();
        let mut number = || parts.next().and_then(|part| part.parse::<usize>().ok());
        let (month, day) = (number().filter(|m| (1..=12).contains(m)), number());
        match (self, month, day) {
            (_, None, _) => year.to_owned(),
            (Self::English, Some(month), None) => format!("{} {year}", ENGLISH[month - 1]),
            (Self::English, Some(month), Some(day)) => format!("{day}\u{a0}{} {year}", ENGLISH[month - 1]),
            (Self::Ukrainian, Some(month), None) => format!("{} {year}", months[month - 1]),
            (Self::Ukrainian, Some(month), Some(day)) => format!("{day}\u{a0}{} {year}", OF_MONTH[month - 1]),
        }
    }

    /// Returns a place in an act, `art. 85(1)(22)`, as lawyers write it in the language: `ст. 85(1)(22)`.
    pub fn provision(self, number: &str) -> String {
        let (lead, rest) = parts(number);
        [self.lead(lead), self.led(rest)]
            .iter()
            .filter(|part| !part.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join("\u{a0}")
    }

    /// Returns a place in a guidance document, `ch. 20 Budget Control`, with the words that lead to it in the language.
    /// From a title or a bracket on it stays as it is.
    pub fn place(self, locator: &str) -> String {
        if self == Self::English {
            return locator.to_owned();
        }
        let words: Vec<&str> = locator.split(' ').collect();
        let mut told: Vec<String> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            // The longest that is known; a comma behind it is kept.
            let known = (1..=words.len() - at).rev().find_map(|count| {
                let phrase = words[at..at + count].join(" ");
                let bare = phrase.trim_end_matches([',', ';']);
                let (_, own) = IN_DOCUMENTS.iter().find(|(english, _)| *english == bare)?;
                Some((count, format!("{own}{}", &phrase[bare.len()..])))
            });
            let word = words[at];
            let is_title = word.starts_with('(')
                || word.starts_with(char::is_uppercase)
                    && word.chars().nth(1).is_some_and(char::is_lowercase);
            match known {
                Some((count, own)) => {
                    told.push(own);
                    at += count;
                }
                None if is_title => break,
                None => {
                    told.push(word.to_owned());
                    at += 1;
                }
            }
        }
        told.extend(words[at..].iter().map(|word| (*word).to_owned()));
        told.join(" ")
    }

    /// Joins places in an act; the word that leads them stands once: `art. 5(1), 5(2)`.
    pub fn provisions(self, numbers: &[&str]) -> String {
        let mut text = String::new();
        let mut before = "";
        for number in numbers {
            let (lead, rest) = parts(number);
            if !text.is_empty() {
                text.push_str(", ");
            }
            if lead == before && !lead.is_empty() {
                text.push_str(&self.led(rest));
            } else {
                text.push_str(&self.provision(number));
            }
            before = lead;
        }
        text
    }

    fn lead(self, lead: &str) -> String {
        let known = PLACES.iter().chain(&NAMED).find(|(english, _)| english.eq_ignore_ascii_case(lead));
        match (self, known) {
            (Self::Ukrainian, Some((_, own))) => (*own).to_owned(),
            _ => lead.to_owned(),
        }
    }

    /// What follows the leading word; there may be another such word in it.
    fn led(self, rest: &str) -> String {
        rest.split(' ').map(|word| self.lead(word)).collect::<Vec<_>>().join(" ")
    }
}

/// Parts a place in an act into the word that leads and the rest.
fn parts(number: &str) -> (&str, &str) {
    let named =
        NAMED.iter().find_map(|(lead, _)| Some((number.get(..lead.len())?, number.strip_prefix(lead)?)));
    named.or_else(|| number.split_once(' ')).unwrap_or(("", number))
}

#[cfg(test)]
mod tests {
    use super::Tongue::{English, Ukrainian};

    #[test]
    fn places_in_acts_are_called_as_lawyers_call_them() {
        assert_eq!(English.provision("art. 85(1)(22)"), "art.\u{a0}85(1)(22)");
        assert_eq!(Ukrainian.provision("art. 85(1)(22)"), "ст.\u{a0}85(1)(22)");
        assert_eq!(Ukrainian.provision("Section II para. 3"), "розд.\u{a0}II п. 3");
        assert_eq!(Ukrainian.provision("final provisions(3)"), "прикінцеві положення\u{a0}(3)");
        assert_eq!(Ukrainian.provision("§ 17 a"), "§\u{a0}17 a");
        assert_eq!(English.provision("final provisions"), "final provisions");
        let several = ["art. 5(1)", "art. 5(2)", "§ 3", "art. 7"];
        assert_eq!(English.provisions(&several), "art.\u{a0}5(1), 5(2), §\u{a0}3, art.\u{a0}7");
    }

    #[test]
    fn places_in_documents_are_led_to_in_the_language() {
        assert_eq!(English.place("ch. 20 Budget Control"), "ch. 20 Budget Control");
        let own = [
            ("ch. 20 Budget Control", "розд. 20 Budget Control"),
            ("report Doc. 8301, summary", "доповідь док. 8301, резюме"),
            ("executive summary; ch. V.B", "резюме; розд. V.B"),
            ("ch. V (accountability and summary)", "розд. V (accountability and summary)"),
            ("introduction and ch. V", "вступ і розд. V"),
            ("PAP-DIB objective 1", "PAP-DIB мета 1"),
            ("Q17A-B", "Q17A-B"),
            ("", ""),
        ];
        for (locator, place) in own {
            assert_eq!(Ukrainian.place(locator), place);
        }
    }

    #[test]
    fn dates_are_as_exact_as_they_are_known() {
        assert_eq!(English.date("2025-09-18"), "18\u{a0}September 2025");
        assert_eq!(Ukrainian.date("2025-09-18"), "18\u{a0}вересня 2025");
        assert_eq!(Ukrainian.date("2025-09"), "вересень 2025");
        assert_eq!(Ukrainian.date_bound("2025-09"), "вересня 2025");
        assert_eq!(English.date("1628"), "1628");
    }
}
