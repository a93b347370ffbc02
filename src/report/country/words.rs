//! The fixed words of a country report in English and Ukrainian: numbers, dates, lists, verdicts.

use crate::gaps::Verdict;
use crate::model::{Date, Day, Independence, Severity};
use crate::wording::Tongue;

/// The language of a report's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Words {
    /// English; also where names are in a language that has no words here.
    English,
    /// Ukrainian.
    Ukrainian,
}

impl Words {
    /// Returns the words for a language tag.
    pub(super) fn of(tag: &str) -> Self {
        match Tongue::of(tag) {
            Tongue::English => Self::English,
            Tongue::Ukrainian => Self::Ukrainian,
        }
    }

    /// Returns the words that all of the program share.
    pub(super) fn tongue(self) -> Tongue {
        self.say(Tongue::English, Tongue::Ukrainian)
    }

    /// Returns the words that fit.
    pub(super) fn say<T>(self, english: T, ukrainian: T) -> T {
        match self {
            Self::English => english,
            Self::Ukrainian => ukrainian,
        }
    }

    /// Returns a number and the form of a noun that goes with it: in English two forms, in Ukrainian three, for
    /// 1, 21 ...; 2 to 4, 22 to 24 ...; and all others.
    pub(super) fn count(self, number: usize, english: [&str; 2], ukrainian: [&str; 3]) -> String {
        format!("{}\u{a0}{}", self.number(number), self.form(number, english, ukrainian))
    }

    /// Returns the form of a noun that goes with a number, as [`Words::count`] has it.
    pub(super) fn form<'a>(self, number: usize, english: [&'a str; 2], ukrainian: [&'a str; 3]) -> &'a str {
        match self {
            Self::English => english[usize::from(number != 1)],
            Self::Ukrainian => ukrainian[plural(number)],
        }
    }

    /// Returns a number with its thousands set apart.
    pub(super) fn number(self, number: usize) -> String {
        let digits = number.to_string();
        let mut text = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) && digits.len() > 3 {
                text.push(self.say(',', '\u{a0}'));
            }
            text.push(digit);
        }
        text
    }

    /// Returns a share of a whole as a percentage with one decimal.
    pub(super) fn share(self, part: usize, whole: usize) -> String {
        // Thousandths, rounded, by whole numbers: the same on every machine.
        let thousandths = if whole == 0 { 0 } else { (part * 2000 + whole) / (2 * whole) };
        let (whole, tenth) = (thousandths / 10, thousandths % 10);
        self.say(format!("{whole}.{tenth}\u{a0}%"), format!("{whole},{tenth}\u{a0}%"))
    }

    /// Returns a day as prose has it: `26 November 2026`.
    pub(super) fn day(self, day: Day) -> String {
        self.date(&day.to_string())
    }

    /// Returns a date known to the day, month or year (`2026-11-26`, `2026-11`, `2026`) as prose has it.
    pub(super) fn date(self, iso: &str) -> String {
        self.tongue().date(iso)
    }

    /// `since 26 November 2026`.
    pub(super) fn since(self, date: Date) -> String {
        format!("{} {}", self.say("since", "з"), self.tongue().date_bound(&date.to_string()))
    }

    /// `until 26 November 2026`.
    pub(super) fn until(self, date: Date) -> String {
        format!("{} {}", self.say("until", "до"), self.tongue().date_bound(&date.to_string()))
    }

    /// Joins alternatives: `a, b or c`.
    pub(super) fn or(self, names: &[String]) -> String {
        join(names, self.say(" or ", " чи "))
    }

    /// Joins what goes together: `a, b and c`.
    pub(super) fn and(self, names: &[String]) -> String {
        join(names, self.say(" and ", " і "))
    }

    /// Names some, and counts the rest, whose noun is given in the forms of [`Words::count`].
    pub(super) fn some(
        self,
        names: &[String],
        most: usize,
        english: [&str; 2],
        ukrainian: [&str; 3],
    ) -> String {
        if names.len() <= most + 1 {
            return self.and(names);
        }
        let rest = self.count(names.len() - most, english, ukrainian);
        format!("{}{}{rest}", names[..most].join(", "), self.say(" and ", " і ще "))
    }

    /// The word for a verdict, as everywhere else in the program.
    pub(super) fn verdict(self, verdict: Verdict) -> &'static str {
        self.tongue().verdict(verdict)
    }

    /// Returns how many findings have a verdict: `12 met`, `5 gaps`.
    pub(super) fn verdicts(self, verdict: Verdict, count: usize) -> String {
        let word = self.verdict(verdict);
        let end = if verdict == Verdict::Gap && count != 1 { "s" } else { "" };
        self.say(
            format!("{}\u{a0}{word}{end}", self.number(count)),
            format!("{word}\u{a0}–\u{a0}{}", self.number(count)),
        )
    }

    /// What a verdict means, in a sentence.
    pub(super) fn meaning(self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Gap => self.say(
                "The record of the controls in question is stated to be complete, and none answers to the norm; or \
                 what the norm rules out is in force.",
                "Облік відповідних видів контролю визнано повним, але жоден зв’язок не відповідає нормі; або діє те, \
                 що норма виключає.",
            ),
            Verdict::Partial => self.say(
                "There is control of the kind asked for, but not enough: too few overseers, not every kind of control, \
                 or controls that are weaker than the norm wants.",
                "Контроль потрібного виду є, але його недостатньо: замало суб’єктів, бракує видів контролю або він \
                 слабший, ніж вимагає норма.",
            ),
            Verdict::OnPaper => self.say(
                "The law provides for enough, but part of it does not work today: a body was never set up, or its work \
                 is suspended.",
                "Закон передбачає достатній контроль, але частина його нині не діє: орган не створено або роботу \
                 зупинено.",
            ),
            Verdict::Unknown => self.say(
                "Nothing is on record, and nobody states that the record is complete. This says nothing of the country.",
                "В обліку нічого немає, і ніхто не стверджує, що він повний. Про саму країну це нічого не говорить.",
            ),
            Verdict::Met => self.say(
                "Controls in force satisfy the norm; or what it rules out is not there.",
                "Чинний контроль задовольняє норму; або того, що вона виключає, немає.",
            ),
        }
    }

    /// The word for how much a norm matters.
    pub(super) fn severity(self, severity: Severity) -> &'static str {
        match severity {
            Severity::Must => self.say("must", "обов’язково"),
            Severity::Should => self.say("should", "рекомендовано"),
            Severity::May => self.say("may", "бажано"),
        }
    }

    /// Of whom an overseer has to be independent, after the kind of overseer.
    pub(super) fn independent(self, of: Independence) -> &'static str {
        match of {
            Independence::Overseen => self.say("that is independent of it", "незалежний від цього органу"),
            Independence::Ministry => self.say(
                "that is independent of it and its ministry",
                "незалежний від цього органу та його міністерства",
            ),
            Independence::Executive => {
                self.say("that is independent of the executive", "незалежний від виконавчої влади")
            }
        }
    }
}

/// The place of the Ukrainian form: 0 for 1, 21, 31 ...; 1 for 2 to 4, 22 to 24 ...; 2 for all others.
fn plural(number: usize) -> usize {
    match (number % 10, number % 100) {
        (_, 11..=14) => 2,
        (1, _) => 0,
        (2..=4, _) => 1,
        _ => 2,
    }
}

fn join(names: &[String], last: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., tail] => format!("{}{last}{tail}", head.join(", ")),
    }
}

/// Lowers the first letter of a name, unless it is all capitals.
pub(super) fn lower(name: &str) -> String {
    let mut characters = name.chars();
    match (characters.next(), characters.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain([second]).chain(characters).collect()
        }
        _ => name.to_owned(),
    }
}

/// Raises the first letter.
pub(super) fn upper(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use super::Words::{English, Ukrainian};
    use super::*;

    #[test]
    fn nouns_follow_their_numbers() {
        let bodies =
            |n| Ukrainian.count(n, ["body", "bodies"], ["орган", "органи", "органів"]).replace('\u{a0}', " ");
        for (number, words) in [
            (0, "0 органів"),
            (1, "1 орган"),
            (2, "2 органи"),
            (4, "4 органи"),
            (5, "5 органів"),
            (11, "11 органів"),
            (12, "12 органів"),
            (14, "14 органів"),
            (21, "21 орган"),
            (22, "22 органи"),
            (101, "101 орган"),
            (111, "111 органів"),
            (1065, "1 065 органів"),
        ] {
            assert_eq!(bodies(number), words);
        }
        assert_eq!(English.count(1, ["body", "bodies"], [""; 3]), "1\u{a0}body");
        assert_eq!(English.count(1065, ["body", "bodies"], [""; 3]), "1,065\u{a0}bodies");
    }

    #[test]
    fn shares_are_rounded() {
        assert_eq!(English.share(961, 1065), "90.2\u{a0}%");
        assert_eq!(Ukrainian.share(1, 1), "100,0\u{a0}%");
        assert_eq!(English.share(0, 0), "0.0\u{a0}%");
    }

    #[test]
    fn long_lists_are_counted() {
        let names: Vec<String> = ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec();
        let more = |most| English.some(&names, most, ["more", "more"], [""; 3]);
        assert_eq!(more(4), "a, b, c, d and e");
        assert_eq!(more(3), "a, b, c and 2\u{a0}more");
        assert_eq!(lower("UN body") + &lower("Court"), "UN bodycourt");
    }
}
