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
        let mut parts = iso.split('-');
        let year = parts.next().unwrap_or_default();
        let mut number = || parts.next().and_then(|part| part.parse::<usize>().ok());
        let (month, day) = (number().filter(|m| (1..=12).contains(m)), number());
        match (self, month, day) {
            (_, None, _) => year.to_owned(),
            (Self::English, Some(month), None) => format!("{} {year}", ENGLISH[month - 1]),
            (Self::English, Some(month), Some(day)) => format!("{day}\u{a0}{} {year}", ENGLISH[month - 1]),
            (Self::Ukrainian, Some(month), None) => format!("{} {year}", MONTH[month - 1]),
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
    fn dates_are_as_exact_as_they_are_known() {
        assert_eq!(English.date("2025-09-18"), "18\u{a0}September 2025");
        assert_eq!(Ukrainian.date("2025-09-18"), "18\u{a0}вересня 2025");
        assert_eq!(Ukrainian.date("2025-09"), "вересень 2025");
        assert_eq!(English.date("1628"), "1628");
    }
}
