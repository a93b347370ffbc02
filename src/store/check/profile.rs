//! Which rules run, and at which level: a file of lines `LEVEL<TAB>rule`, as ROBOT's `report` reads it.

use super::{Level, Rule};
use crate::model::nearest;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Rules and their levels; a rule that is not in it does not run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile(BTreeMap<String, Level>);

/// A line of a profile that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProfileError {
    /// A line that is not a level and a rule.
    #[error("line {line} is `{text}`, not a level and a rule")]
    Line {
        /// The line, from 1.
        line: usize,
        /// What it says.
        text: String,
    },
    /// A word that is no level.
    #[error("line {line}: `{word}` is no level")]
    Level {
        /// The line, from 1.
        line: usize,
        /// The word.
        word: String,
    },
    /// A rule that there is not.
    #[error("line {line}: there is no rule `{rule}`")]
    Rule {
        /// The line, from 1.
        line: usize,
        /// The rule.
        rule: String,
        /// The rule that is spelled most like it.
        nearest: Option<String>,
    },
}

impl Profile {
    pub(super) fn of(levels: impl Iterator<Item = (String, Level)>) -> Self {
        Self(levels.collect())
    }

    /// Reads a profile; empty lines and lines that begin with `#` are passed over, the last line of a rule holds.
    ///
    /// # Errors
    /// [`ProfileError`], at the first line that cannot be used.
    ///
    /// ```
    /// use oversight::store::check::{Checks, Level, Profile};
    /// let checks = Checks::new(&[]).expect("the shipped shapes are sound");
    /// let profile = Profile::parse("ERROR\tbody-without-link\n", checks.rules()).expect("a rule of ours");
    /// assert_eq!(profile.level("body-without-link"), Some(Level::Error));
    /// assert_eq!(profile.level("act-never-cited"), None);
    /// ```
    pub fn parse(text: &str, rules: &[Rule]) -> Result<Self, ProfileError> {
        let mut levels = BTreeMap::new();
        for (line, text) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let text = text.trim();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            let mut words = text.split_whitespace();
            let (Some(word), Some(rule), None) = (words.next(), words.next(), words.next()) else {
                return Err(ProfileError::Line { line, text: text.to_owned() });
            };
            let level = Level::of(word).ok_or_else(|| ProfileError::Level { line, word: word.to_owned() })?;
            if !rules.iter().any(|known| known.id == rule) {
                let nearest = nearest(rule, rules.iter().map(|known| known.id.as_str())).map(str::to_owned);
                return Err(ProfileError::Rule { line, rule: rule.to_owned(), nearest });
            }
            levels.insert(rule.to_owned(), level);
        }
        Ok(Self(levels))
    }

    /// Returns the level of a rule, none if it is not to run.
    pub fn level(&self, rule: &str) -> Option<Level> {
        self.0.get(rule).copied()
    }

    /// Returns the profile of `rules` at their own levels as a file, the title of each rule in `language` above its line.
    pub fn text(rules: &[Rule], language: &str) -> String {
        let mut text = String::new();
        for rule in rules {
            let level = rule.level.slug().to_uppercase();
            let _ = writeln!(text, "# {}\n{level}\t{}", rule.title.pick(language), rule.id);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Tagged;

    fn rules() -> Vec<Rule> {
        ["act-never-cited", "link-repeated"]
            .map(|id| Rule {
                id: id.to_owned(),
                level: Level::Warn,
                title: Tagged::english("T"),
                description: Tagged::default(),
            })
            .to_vec()
    }

    #[test]
    fn what_is_written_is_read_back() {
        let profile = Profile::parse(&Profile::text(&rules(), "en"), &rules()).unwrap();
        assert_eq!(profile, Profile::of(rules().into_iter().map(|rule| (rule.id, rule.level))));
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = |text: &str| Profile::parse(text, &rules()).unwrap_err().to_string();
        assert_eq!(error("\n# x\nWARN"), "line 3 is `WARN`, not a level and a rule");
        assert_eq!(error("FATAL\tlink-repeated"), "line 1: `FATAL` is no level");
        assert_eq!(error("info link-repeted"), "line 1: there is no rule `link-repeted`");
        let Err(ProfileError::Rule { nearest, .. }) = Profile::parse("info link-repeted", &rules()) else {
            panic!("a rule that is not there")
        };
        assert_eq!(nearest.as_deref(), Some("link-repeated"));
    }
}
