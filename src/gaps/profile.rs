//! A profile: which norms count, and how severe each is, for users whose view differs from the catalogue's.

use crate::model::{Norm, Severity, nearest};

/// A profile as it was read: one line a norm or a prefix of norms, later lines win.
///
/// ```
/// use oversight::gaps::Profile;
/// let profile: Profile = "# ours\n* off\nMIA should\nMIA-07 must\n".parse().unwrap();
/// assert_eq!(profile.lines(), 3);
/// assert!("MIA perhaps".parse::<Profile>().is_err());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Profile(Vec<Line>);

#[derive(Clone, Debug)]
struct Line {
    number: usize,
    id: String,
    /// The severity that the norms get; `None`: they are off.
    severity: Option<Severity>,
}

/// What is wrong in a profile.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProfileError {
    /// A line that is not two words.
    #[error("line {line}: `{text}` is not a norm and a level")]
    Shape {
        /// Number of the line, from 1.
        line: usize,
        /// The line.
        text: String,
    },
    /// A level that is none.
    #[error("line {line}: `{level}` is no level; levels are must, should, may and off")]
    Level {
        /// Number of the line, from 1.
        line: usize,
        /// The word.
        level: String,
    },
    /// An id or prefix that no norm has.
    #[error("line {line}: no norm has the id or prefix `{id}`{}", nearest.as_ref().map(|n| format!(" (nearest: `{n}`)")).unwrap_or_default())]
    Unknown {
        /// Number of the line, from 1.
        line: usize,
        /// The id.
        id: String,
        /// The id that is spelled most like it.
        nearest: Option<String>,
    },
}

impl std::str::FromStr for Profile {
    type Err = ProfileError;

    /// Reads lines `ID|PREFIX level` or `* level`, parted by blanks; what follows `#` is a remark. A byte order mark
    /// is none.
    fn from_str(text: &str) -> Result<Self, ProfileError> {
        let mut lines = Vec::new();
        for (at, raw) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let number = at + 1;
            let line = raw.split('#').next().unwrap_or_default();
            let words: Vec<&str> = line.split_whitespace().collect();
            let [id, level] = words[..] else {
                if words.is_empty() {
                    continue;
                }
                return Err(ProfileError::Shape { line: number, text: raw.trim().to_owned() });
            };
            let severity = match (level, Severity::of_slug(level)) {
                ("off", _) => None,
                (_, Some(severity)) => Some(severity),
                _ => return Err(ProfileError::Level { line: number, level: level.to_owned() }),
            };
            lines.push(Line { number, id: id.to_owned(), severity });
        }
        Ok(Self(lines))
    }
}

impl Profile {
    /// Returns how many lines say something.
    pub fn lines(&self) -> usize {
        self.0.len()
    }

    /// Sets severities and drops the norms that are off. Norms that no line names stay as they are.
    ///
    /// # Errors
    /// [`ProfileError::Unknown`]; the norms are as they were then.
    pub fn apply(&self, norms: &mut Vec<Norm>) -> Result<(), ProfileError> {
        for line in &self.0 {
            if line.id != "*" && !norms.iter().any(|norm| norm.goes_by(&line.id)) {
                let nearest = nearest(&line.id, norms.iter().map(|norm| norm.id.as_str())).map(str::to_owned);
                return Err(ProfileError::Unknown { line: line.number, id: line.id.clone(), nearest });
            }
        }
        norms.retain_mut(|norm| {
            let last = self.0.iter().rev().find(|line| line.id == "*" || norm.goes_by(&line.id));
            match last {
                None => true,
                Some(Line { severity: Some(severity), .. }) => {
                    norm.severity = *severity;
                    true
                }
                Some(_) => false,
            }
        });
        Ok(())
    }
}
