//! The columns of the fact tables of one country.

use super::WordList::{Answer, Effect, Kind, Limit, Mechanism, Power, Status, Type};
use super::{Column, Holds, Need, Schema};

/// The kinds of legal acts.
pub const KINDS: &[&str] = &["constitution", "law", "code", "decree", "resolution", "regulation", "treaty"];
/// The answers to a question.
pub const ANSWERS: &[&str] = &["yes", "no"];
/// The word for the country itself in `scope`.
pub const WHOLE_COUNTRY: &str = "country";
/// The word for all mechanisms in `mechanisms`.
pub const ALL_MECHANISMS: &str = "all";

const fn filled(name: &'static str, holds: Holds, example: &'static str, meaning: &'static str) -> Column {
    Column { name, need: Need::Filled, holds, meaning, example }
}

const fn free(name: &'static str, holds: Holds, example: &'static str, meaning: &'static str) -> Column {
    Column { name, need: Need::Free, holds, meaning, example }
}

const fn optional(name: &'static str, holds: Holds, example: &'static str, meaning: &'static str) -> Column {
    Column { name, need: Need::Optional, holds, meaning, example }
}

const SOURCE: &str = "Address of the page that was read, `;` between several";
const OTHER_BASIS: &str = "Only where it rests on several acts: what `act` and `article` do not name, as `legal_basis` of institutions";
const CHECKED: &str = "`yes`: the page read says so; `no`: from general knowledge";
const NAME: &str =
    "Only where the name in the IRI is not the one that the row would get: the name. Export writes it";

/// The bodies.
pub const INSTITUTIONS: Schema = Schema {
    name: "institutions",
    key: Some("id"),
    by_language: Some("name_"),
    columns: &[
        filled(
            "id",
            Holds::Id,
            "security-service",
            "Lower-case letters, digits, hyphens; unique; never changed later",
        ),
        filled("name_en", Holds::Text, "Security Service", "Official name in English"),
        free("name_native", Holds::Text, "", "Official name in the country's own language (`--language`)"),
        free("acronym", Holds::Text, "SecServ", "Acronym"),
        filled("type", Holds::Word(Type), "domestic-security-service", "What kind of body it is"),
        free("parent", Holds::Institution, "", "Id of the body that it belongs to or is subordinate to"),
        free("head", Holds::Text, "Director", "Title of its head, in English"),
        free("established", Holds::Date, "1992-03-25", "Since when: YYYY, YYYY-MM or YYYY-MM-DD, as text"),
        free("dissolved", Holds::Date, "", "Until when; a day is the first on which it no longer exists"),
        free(
            "legal_basis",
            Holds::List,
            "law-service-1992 art. 1",
            "Founding provision: act id, space, article; `;` between several",
        ),
        free("powers", Holds::Words(Power), "arrest;interception", "Its powers, `;` between"),
        free("wikidata", Holds::Text, "", "Number in Wikidata, such as `Q42`, only where a source shows it"),
        free("website", Holds::Text, "https://service.example", "Address of its site"),
        free("note", Holds::Text, "", "One short line in English"),
        free("source", Holds::List, "https://law.example/service", SOURCE),
        filled("checked", Holds::Word(Answer), "yes", CHECKED),
        optional("head_uk", Holds::Text, "", "Title of its head, in Ukrainian"),
        optional("note_uk", Holds::Text, "", "The note in Ukrainian"),
    ],
};

/// The legal acts.
pub const ACTS: Schema = Schema {
    name: "acts",
    key: Some("id"),
    by_language: Some("title_"),
    columns: &[
        filled(
            "id",
            Holds::Id,
            "law-service-1992",
            "Lower-case letters, digits, hyphens; unique; never changed later",
        ),
        filled("title_en", Holds::Text, "Law on the Security Service", "Title in English"),
        free("title_native", Holds::Text, "", "Official title in the country's own language (`--language`)"),
        free("number", Holds::Text, "2229-XII", "Official number"),
        filled("kind", Holds::Word(Kind), "law", "What kind of act it is"),
        free(
            "adopted",
            Holds::Date,
            "1992-03-25",
            "When it was adopted: YYYY, YYYY-MM or YYYY-MM-DD, as text",
        ),
        free("in_force", Holds::Date, "1992-04-01", "Since when it is in force"),
        free("repealed", Holds::Date, "", "Since when it is no longer in force"),
        free("url", Holds::Text, "https://law.example/2229", "Official address"),
        free("source", Holds::List, "https://law.example/2229", SOURCE),
        filled("checked", Holds::Word(Answer), "yes", CHECKED),
    ],
};

/// The control links.
pub const LINKS: Schema = Schema {
    name: "links",
    key: None,
    by_language: None,
    columns: &[
        filled("overseer", Holds::Institution, "security-service", "Id of the body that controls"),
        filled("overseen", Holds::Institution, "security-service", "Id of the body that is controlled"),
        filled("mechanism", Holds::Word(Mechanism), "internal-audit", "How it controls"),
        free("act", Holds::Act, "law-service-1992", "Id of the act that creates the link"),
        free("article", Holds::List, "art. 24(3);art. 25", "Articles or sections of that act, `;` between"),
        free("from", Holds::Date, "1992-04-01", "Since when in law: YYYY, YYYY-MM or YYYY-MM-DD, as text"),
        free("to", Holds::Date, "", "Until when in law; a day is the first on which it no longer holds"),
        filled("status", Holds::Word(Status), "in-force", "What has become of it"),
        optional(
            "effect",
            Holds::Word(Effect),
            "binding",
            "How hard it bites, by the provision; empty: not assessed",
        ),
        optional(
            "limits",
            Holds::Words(Limit),
            "secrecy",
            "What blunts it, `;` between; empty: nothing found, or not assessed",
        ),
        free("note", Holds::Text, "", "Own words in English: what the provision gives, what limits it"),
        free("source", Holds::List, "https://law.example/2229", SOURCE),
        filled("checked", Holds::Word(Answer), "yes", CHECKED),
        optional("other_basis", Holds::List, "", OTHER_BASIS),
        optional("id", Holds::Id, "", NAME),
    ],
};

/// The provisions behind powers.
pub const POWERS: Schema = Schema {
    name: "powers",
    key: None,
    by_language: None,
    columns: &[
        filled("institution", Holds::Institution, "security-service", "Id of the body that has the power"),
        filled("power", Holds::Word(Power), "arrest", "A power that the body also has in its own row"),
        filled("act", Holds::Act, "law-service-1992", "Id of the act that gives it"),
        free("article", Holds::List, "art. 26", "Articles or sections of that act, `;` between"),
        free("note", Holds::Text, "", "On what conditions, in English"),
        optional("other_basis", Holds::List, "", OTHER_BASIS),
        optional("id", Holds::Id, "", NAME),
    ],
};

/// The statements of completeness.
pub const SURVEYS: Schema = Schema {
    name: "surveys",
    key: None,
    by_language: None,
    columns: &[
        filled("scope", Holds::Text, "country", "`country`, or the id of an institution"),
        filled(
            "mechanisms",
            Holds::Words(Mechanism),
            "all",
            "`all`, or the mechanisms that were worked through, `;` between",
        ),
        filled(
            "surveyed_on",
            Holds::Date,
            "2026-11-23",
            "When: YYYY-MM-DD, as text; YYYY-MM or YYYY where no more is known",
        ),
        free("note", Holds::Text, "", "What was read, in English"),
        optional("note_uk", Holds::Text, "", "The note in Ukrainian"),
        optional("id", Holds::Id, "", NAME),
    ],
};

/// Articles whose name in the IRI is not the one that they would get.
pub const PROVISIONS: Schema = Schema {
    name: "provisions",
    key: Some("id"),
    by_language: None,
    columns: &[
        filled("id", Holds::Id, "", "Name of the provision in the IRI"),
        filled("act", Holds::Act, "", "Id of the act"),
        filled("article", Holds::Text, "", "The article, as in the other tables"),
    ],
};

/// All tables of facts, in the order of the workbook. Powers and provisions may be absent.
pub const TABLES: &[&Schema] = &[&INSTITUTIONS, &ACTS, &LINKS, &POWERS, &SURVEYS, &PROVISIONS];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_column_is_described_and_stands_once() {
        for table in TABLES {
            let names: BTreeSet<_> = table.columns.iter().map(|column| column.name).collect();
            assert_eq!(names.len(), table.columns.len(), "{}", table.name);
            for column in table.columns {
                assert!(!column.meaning.is_empty(), "{} {}", table.name, column.name);
                assert!(!column.meaning.ends_with('.'), "{} {}", table.name, column.name);
            }
            assert!(table.key.is_none_or(|key| table.column(key).is_some()));
        }
    }
}
