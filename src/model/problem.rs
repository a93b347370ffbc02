//! What is wrong in the data: values, not errors, for work goes on.

use std::fmt;

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The document in which the subject first stands.
    pub document: String,
    /// IRI of the subject.
    pub subject: String,
    /// What is wrong, and what became of it.
    pub fault: Fault,
}

/// The ways in which data can be wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// A property that the record cannot do without.
    #[error("has no `{property}`; left out")]
    Missing {
        /// Short name of the property.
        property: &'static str,
    },
    /// A value that names nothing on record.
    #[error("its `{property}` `{value}` is not on record{}; {outcome}", nearest.as_ref().map(|n| format!(" (nearest: `{n}`)")).unwrap_or_default())]
    Unknown {
        /// Short name of the property.
        property: &'static str,
        /// The value as it stands.
        value: String,
        /// The value on record that is spelled most like it.
        nearest: Option<String>,
        /// What became of the record or the value.
        outcome: Outcome,
    },
    /// A value that cannot be read.
    #[error("its `{property}` `{value}` is not {expected}; {outcome}")]
    Unreadable {
        /// Short name of the property.
        property: &'static str,
        /// The value as it stands.
        value: String,
        /// What it should be.
        expected: Expected,
        /// What became of the record or the value.
        outcome: Outcome,
    },
    /// An end that lies before the start.
    #[error("ends on {end}, before it starts on {start}: no day lies between")]
    Reversed {
        /// The start.
        start: String,
        /// The end.
        end: String,
    },
    /// Several values where one is allowed.
    #[error("has {count} values of `{property}`; `{kept}` is used")]
    Several {
        /// Short name of the property.
        property: &'static str,
        /// How many.
        count: usize,
        /// The one that is used: the first in order.
        kept: String,
    },
    /// Bodies that are each below the other.
    #[error("is below itself, by way of {}", members.join(", "))]
    Cycle {
        /// The members, by IRI.
        members: Vec<String>,
    },
    /// A property in our namespace that the vocabulary does not have.
    #[error("uses `ov:{name}`, which the vocabulary does not have{}; ignored", nearest.as_ref().map(|n| format!(" (nearest: `ov:{n}`)")).unwrap_or_default())]
    UnknownProperty {
        /// Its local name.
        name: String,
        /// The local name spelled most like it.
        nearest: Option<String>,
    },
    /// Something that looks like a record of a class, but is not typed as one.
    #[error("has `{property}` but is not typed as `{class}`; left out")]
    Untyped {
        /// Short name of the property.
        property: &'static str,
        /// Short name of the class.
        class: &'static str,
    },
    /// More concepts than a scheme can hold.
    #[error("is one concept more than the {capacity} that a scheme can hold; left out")]
    TooMany {
        /// How many a scheme can hold.
        capacity: usize,
    },
    /// A norm that cannot be evaluated as it stands. Verdicts need every norm, so this one is an error.
    #[error("cannot be evaluated: {0}")]
    Norm(NormFault),
}

/// Why a norm cannot be evaluated.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[non_exhaustive]
pub enum NormFault {
    /// A word that no scheme has.
    #[error("`{property}` names the unknown `{value}`{}", nearest.as_ref().map(|n| format!(" (nearest: `{n}`)")).unwrap_or_default())]
    Unknown {
        /// Short name of the property.
        property: &'static str,
        /// The value as it stands.
        value: String,
        /// The nearest that there is.
        nearest: Option<String>,
    },
    /// A property that a norm cannot do without.
    #[error("it has no `{property}`")]
    Missing {
        /// Short name of the property.
        property: &'static str,
    },
    /// A number that is none, or too small.
    #[error("`{property}` is `{value}`, but must be a whole number from 1")]
    Number {
        /// Short name of the property.
        property: &'static str,
        /// The value as it stands.
        value: String,
    },
    /// More than one value.
    #[error("it has {count} values of `{property}`, but may have one")]
    Several {
        /// Short name of the property.
        property: &'static str,
        /// How many.
        count: usize,
    },
    /// An id that another norm goes by.
    #[error("it has the `skos:notation` `{id}`, and so has <{other}>")]
    Notation {
        /// The id.
        id: String,
        /// IRI of the other norm.
        other: String,
    },
    /// An id that could not be named in a profile or a selection.
    #[error("its `skos:notation` is {id:?}, but may hold letters, digits, `.`, `_` and `-` only")]
    Id {
        /// The id.
        id: String,
    },
    /// The IRI of a norm that another document states under another id.
    #[error(
        "it has the IRI of `{other}`: give it one of its own, or keep that notation to take the place of the other"
    )]
    Replaced {
        /// The id of the norm that it would take the place of.
        other: String,
    },
    /// Another document states the norm as well, and not alike.
    #[error("`{document}` states it, too, and otherwise: which is meant?")]
    Rival {
        /// The name of the other document.
        document: String,
    },
    /// A property that stands in another document than the norm.
    #[error(
        "its `{property}` stands here, but the norm in `{home}`: it stands in one document as a whole, but for its texts"
    )]
    Aside {
        /// Short name of the property.
        property: &'static str,
        /// The name of the document that states the norm.
        home: String,
    },
    /// Several titles or duties in one language.
    #[error("it has several values of `{property}` in one language: are there two norms with this IRI?")]
    Texts {
        /// Short name of the property.
        property: &'static str,
    },
    /// A property in our namespace that the vocabulary does not have: what was meant would play no part.
    #[error("it has `ov:{name}`, which the vocabulary does not have{}", nearest.as_ref().map(|n| format!(" (nearest: `ov:{n}`)")).unwrap_or_default())]
    Property {
        /// Its local name.
        name: String,
        /// The local name spelled most like it.
        nearest: Option<String>,
    },
}

/// What a value should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expected {
    /// True or false.
    Flag,
    /// A day, a month or a year.
    Date,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Flag => "true or false",
            Self::Date => "a date of the calendar (YYYY, YYYY-MM or YYYY-MM-DD)",
        })
    }
}

/// What became of a record or a value that could not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The whole record is not used.
    LeftOut,
    /// The record is used without the value.
    Ignored,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LeftOut => "left out",
            Self::Ignored => "ignored",
        })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: <{}> {}", self.document, self.subject, self.fault)
    }
}

/// Returns the candidate spelled most like `text`, if it is near enough to be meant.
///
/// ```
/// use oversight::model::nearest;
/// assert_eq!(nearest("hearng", ["hearing", "inquiry"]), Some("hearing"));
/// assert_eq!(nearest("xyz", ["hearing", "inquiry"]), None);
/// ```
pub fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let text = text.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&text, &candidate.to_lowercase()), candidate))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}
