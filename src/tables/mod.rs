//! The tables of facts: which there are, what stands in each column, and how rows get their names.
//!
//! Import reads these tables, export writes them; what both must agree on stands here and nowhere else.
//!
//! # Invariants
//! * A column is described once: the check on import, the template and `docs/import.md` show the same words.
//! * A name depends on the rows before it only: a row at the end renames nothing.
//!
//! # See also
//! [`facts`] for the columns, [`names`] for the names.

pub mod facts;
pub mod names;

/// What a table must look like. The columns may come in any order.
#[derive(Debug)]
pub struct Schema {
    /// Its name: that of the sheet, and of the file with `.csv` behind it.
    pub name: &'static str,
    /// Its columns, in the order in which they are written.
    pub columns: &'static [Column],
    /// The column in which no value comes twice; without one, no row comes twice.
    pub key: Option<&'static str>,
    /// The beginning of columns for names in other languages: `name_` allows `name_gd`.
    pub by_language: Option<&'static str>,
}

impl Schema {
    /// Name of the file, where the table is one.
    pub fn file(&self) -> String {
        format!("{}.csv", self.name)
    }

    /// Returns the column of this name.
    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Returns the language tag in the name of a column for another language, such as `gd` in `name_gd`.
    ///
    /// Only tags of two or three letters, with or without further parts, are taken: a longer one is a slip.
    pub fn language<'n>(&self, column: &'n str) -> Option<&'n str> {
        let tag = column.strip_prefix(self.by_language?)?;
        let mut parts = tag.split('-');
        let first = parts.next().unwrap_or_default();
        let is_tag = (2..=3).contains(&first.len())
            && first.bytes().all(|byte| byte.is_ascii_lowercase())
            && parts
                .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
        (is_tag && self.column(column).is_none()).then_some(tag)
    }
}

/// A column of a table.
#[derive(Debug)]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// Whether it must be there and filled.
    pub need: Need,
    /// What a cell holds.
    pub holds: Holds,
    /// What it means, in a sentence for the person who fills it in.
    pub meaning: &'static str,
    /// A value that would do; empty where the column is usually left empty.
    pub example: &'static str,
}

/// Whether a column must be there and filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// The column is there and each row has a value.
    Filled,
    /// The column is there, its cells may be empty.
    Free,
    /// The column may be absent.
    Optional,
}

impl Need {
    /// The word in template and documentation.
    pub fn word(self) -> &'static str {
        match self {
            Self::Filled => "must be filled",
            Self::Free => "may be empty",
            Self::Optional => "may be left out",
        }
    }
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Free text.
    Text,
    /// An id in kebab-case, or a name given before.
    Id,
    /// A date known to the year, the month or the day.
    Date,
    /// The id of an institution.
    Institution,
    /// The id of an act.
    Act,
    /// One word of a list.
    Word(WordList),
    /// Words of a list, with `;` between.
    Words(WordList),
    /// Articles or addresses, with `;` between.
    List,
}

impl Holds {
    /// Says whether a number in such a cell would be a date gone wrong.
    pub fn is_date(self) -> bool {
        self == Self::Date
    }
}

/// The lists of words that cells draw on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordList {
    /// Types of institutions.
    Type,
    /// Powers of institutions.
    Power,
    /// Kinds of acts.
    Kind,
    /// Mechanisms of control.
    Mechanism,
    /// Statuses of links.
    Status,
    /// Effects of links.
    Effect,
    /// Limits of links.
    Limit,
    /// `yes` and `no`.
    Answer,
}

impl WordList {
    /// All lists.
    pub const ALL: &[Self] = &[
        Self::Type,
        Self::Power,
        Self::Kind,
        Self::Mechanism,
        Self::Status,
        Self::Effect,
        Self::Limit,
        Self::Answer,
    ];

    /// What one of its words is called.
    pub fn what(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Power => "power",
            Self::Kind => "kind of act",
            Self::Mechanism => "mechanism",
            Self::Status => "status",
            Self::Effect => "effect",
            Self::Limit => "limit",
            Self::Answer => "answer",
        }
    }
}

/// A column of free text without description, for tables that have no template.
pub const fn plain(name: &'static str, need: Need) -> Column {
    Column { name, need, holds: Holds::Text, meaning: "", example: "" }
}

#[cfg(test)]
mod tests {
    use super::facts::INSTITUTIONS;

    #[test]
    fn columns_of_other_languages_are_told_from_slips() {
        for (column, tag) in [
            ("name_gd", Some("gd")),
            ("name_zh-hant", Some("zh-hant")),
            ("name_crs", Some("crs")),
            ("name_en", None),
            ("name_native", None),
            ("name_nativ", None),
            ("name_", None),
            ("name_g", None),
            ("name_GD", None),
            ("name_gd-", None),
            ("title_gd", None),
        ] {
            assert_eq!(INSTITUTIONS.language(column), tag, "{column}");
        }
    }
}
