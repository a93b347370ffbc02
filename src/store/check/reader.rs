//! What the reader of the data could not read, as faults of rules.

use super::{Fault, Level, Rule};
use crate::model::{self, Expected, NormFault, Outcome, Problem, Tagged};

/// The rules of the reader: id, level, title and what to do in English, then in Ukrainian.
const RULES: &[(&str, Level, [&str; 2], [&str; 2])] = &[
    (
        "dates-reversed",
        Level::Error,
        [
            "Ends before it starts",
            "The end lies before the start, so the record never counts. To do: correct one of the two.",
        ],
        [
            "Завершується раніше, ніж починається",
            "Завершення передує початку, тож запис ніколи не враховується. Що зробити: виправити одну з дат.",
        ],
    ),
    (
        "norm-unreadable",
        Level::Error,
        [
            "Norm that cannot be evaluated",
            "No verdict is given while a norm cannot be read. To do: correct the property that is named.",
        ],
        [
            "Норма, яку не можна оцінити",
            "Доки норму не можна прочитати, висновків не буде. Що зробити: виправити названу властивість.",
        ],
    ),
    (
        "parents-circular",
        Level::Error,
        [
            "Institutions below each other",
            "Following org:subOrganizationOf leads back to the start. To do: take out the parent that is wrong.",
        ],
        [
            "Інституції, підпорядковані одна одній",
            "Шлях за org:subOrganizationOf повертає до початку. Що зробити: вилучити хибний вищий орган.",
        ],
    ),
    (
        "property-missing",
        Level::Error,
        [
            "Record without a property that it needs",
            "The record was left out. To do: add the property that is named.",
        ],
        ["Запис без потрібної властивості", "Запис пропущено. Що зробити: додати названу властивість."],
    ),
    (
        "property-repeated",
        Level::Warn,
        [
            "Several values where one is allowed",
            "The first value in order is used. To do: keep the one that is right, or split the record.",
        ],
        [
            "Кілька значень там, де дозволено одне",
            "Використано перше за порядком. Що зробити: залишити правильне або розділити запис.",
        ],
    ),
    (
        "property-unknown",
        Level::Warn,
        [
            "Property that the vocabulary does not have",
            "The property was ignored. To do: correct its name, or use a namespace of your own.",
        ],
        [
            "Властивість, якої немає у словнику",
            "Властивість пропущено. Що зробити: виправити її назву або використати власний простір назв.",
        ],
    ),
    (
        "record-untyped",
        Level::Error,
        [
            "Record without its class",
            "The record was left out. To do: add the class that is named (rdf:type).",
        ],
        ["Запис без класу", "Запис пропущено. Що зробити: додати названий клас (rdf:type)."],
    ),
    (
        "scheme-too-large",
        Level::Error,
        [
            "More concepts than a scheme can hold",
            "The concept was left out. To do: take concepts out that nothing uses.",
        ],
        [
            "Більше понять, ніж вміщує схема",
            "Поняття пропущено. Що зробити: вилучити поняття, яких ніщо не використовує.",
        ],
    ),
    (
        "value-unknown",
        Level::Error,
        [
            "Value that is not on record",
            "Nothing is declared by that name. To do: correct it (the nearest is named), or declare it.",
        ],
        [
            "Значення, якого немає в записі",
            "Під цією назвою нічого не описано. Що зробити: виправити його (названо найближче) або описати.",
        ],
    ),
    (
        "value-unreadable",
        Level::Error,
        [
            "Value that cannot be read",
            "The value is of another kind than the property takes. To do: write it as the message says.",
        ],
        [
            "Значення, яке не можна прочитати",
            "Значення іншого виду, ніж приймає властивість. Що зробити: записати його так, як сказано в повідомленні.",
        ],
    ),
];

pub(super) fn rules() -> impl Iterator<Item = Rule> {
    RULES.iter().map(|(id, level, english, ukrainian)| Rule {
        id: (*id).to_owned(),
        level: *level,
        title: Tagged::english(english[0]).with("uk", ukrainian[0]),
        description: Tagged::english(english[1]).with("uk", ukrainian[1]),
    })
}

pub(super) fn faults(problems: &[Problem]) -> impl Iterator<Item = Fault> {
    problems.iter().map(|problem| {
        let (rule, properties, value) = told(&problem.fault);
        Fault {
            rule: rule.to_owned(),
            subject: problem.subject.clone(),
            value,
            message: Tagged::english(problem.fault.to_string()).with("uk", ukrainian(&problem.fault)),
            properties: properties.into_iter().map(str::to_owned).collect(),
            document: Some(problem.document.clone()),
        }
    })
}

/// Returns the rule, the property and the value of a fault.
fn told(fault: &model::Fault) -> (&'static str, Option<&str>, String) {
    use model::Fault as F;
    match fault {
        F::Missing { property } => ("property-missing", Some(property), String::new()),
        F::Unknown { property, value, .. } => ("value-unknown", Some(property), value.clone()),
        F::Unreadable { property, value, .. } => ("value-unreadable", Some(property), value.clone()),
        F::Reversed { end, .. } => ("dates-reversed", None, end.clone()),
        F::Several { property, kept, .. } => ("property-repeated", Some(property), kept.clone()),
        F::Cycle { members } => ("parents-circular", None, members.join(" ")),
        F::UnknownProperty { name, .. } => ("property-unknown", None, format!("ov:{name}")),
        F::Untyped { .. } => ("record-untyped", None, String::new()),
        F::TooMany { .. } => ("scheme-too-large", None, String::new()),
        F::Norm(norm) => {
            let (property, value) = match norm {
                NormFault::Unknown { property, value, .. } | NormFault::Number { property, value } => {
                    (property, value.clone())
                }
                NormFault::Missing { property }
                | NormFault::Several { property, .. }
                | NormFault::Texts { property } => (property, String::new()),
                NormFault::Aside { property, home } => (property, home.clone()),
                NormFault::Rival { document } => (&"rdf:type", document.clone()),
                NormFault::Notation { id, .. } | NormFault::Id { id } => (&"skos:notation", id.clone()),
                NormFault::Replaced { other } => (&"skos:notation", other.clone()),
                NormFault::Property { name, .. } => {
                    return ("norm-unreadable", None, format!("ov:{name}"));
                }
            };
            ("norm-unreadable", Some(property), value)
        }
    }
}

/// Returns what the fault's own text says in English.
fn ukrainian(fault: &model::Fault) -> String {
    use model::Fault as F;
    let or_nearest = |nearest: &Option<String>, prefix: &str| {
        nearest.as_ref().map_or(String::new(), |nearest| format!(" (найближче: `{prefix}{nearest}`)"))
    };
    let became = |outcome: Outcome| match outcome {
        Outcome::LeftOut => "запис пропущено",
        Outcome::Ignored => "значення пропущено",
    };
    match fault {
        F::Missing { property } => format!("не має `{property}`; запис пропущено"),
        F::Unknown { property, value, nearest, outcome } => {
            let (nearest, became) = (or_nearest(nearest, ""), became(*outcome));
            format!("`{property}`: `{value}` немає в записі{nearest}; {became}")
        }
        F::Unreadable { property, value, expected, outcome } => {
            let expected = match expected {
                Expected::Flag => "true чи false",
                Expected::Date => "дата календаря (РРРР, РРРР-ММ або РРРР-ММ-ДД)",
            };
            format!("`{property}`: `{value}` не є тим, що потрібно: {expected}; {}", became(*outcome))
        }
        F::Reversed { start, end } => {
            format!("завершується {end}, раніше, ніж починається {start}: між ними немає жодного дня")
        }
        F::Several { property, count, kept } => {
            format!("кілька значень `{property}` ({count}); використано `{kept}`")
        }
        F::Cycle { members } => format!("підпорядковується самому собі через {}", members.join(", ")),
        F::UnknownProperty { name, nearest } => {
            format!("вживає `ov:{name}`, якого немає у словнику{}; пропущено", or_nearest(nearest, "ov:"))
        }
        F::Untyped { property, class } => format!("має `{property}`, але не клас `{class}`; запис пропущено"),
        F::TooMany { capacity } => {
            format!("на одне поняття більше, ніж вміщує схема ({capacity}); пропущено")
        }
        F::Norm(norm) => {
            let norm = match norm {
                NormFault::Unknown { property, value, nearest } => {
                    format!("`{property}` називає невідоме `{value}`{}", or_nearest(nearest, ""))
                }
                NormFault::Missing { property } => format!("немає `{property}`"),
                NormFault::Number { property, value } => {
                    format!("`{property}` — це `{value}`, а має бути ціле число, не менше за 1")
                }
                NormFault::Several { property, count } => {
                    format!("кілька значень `{property}` ({count}), а може бути одне")
                }
                NormFault::Rival { document } => {
                    format!("її подає і `{document}`, але інакше: котра з них дійсна?")
                }
                NormFault::Aside { property, home } => {
                    format!(
                        "`{property}` стоїть тут, а норма – у `{home}`: вона стоїть в одному документі вся, крім текстів"
                    )
                }
                NormFault::Texts { property } => {
                    format!("кілька значень `{property}` однією мовою: чи не дві це норми з одним IRI?")
                }
                NormFault::Notation { id, other } => {
                    format!("має `skos:notation` `{id}`, як і <{other}>")
                }
                NormFault::Id { id } => {
                    format!("`skos:notation` — це {id:?}, а може містити лише літери, цифри, `.`, `_` і `-`")
                }
                NormFault::Replaced { other } => {
                    format!(
                        "має IRI норми `{other}`: надайте їй власний або збережіть позначення, щоб замінити ту норму"
                    )
                }
                NormFault::Property { name, nearest } => {
                    format!("має `ov:{name}`, якого немає у словнику{}", or_nearest(nearest, "ov:"))
                }
            };
            format!("норму не можна оцінити: {norm}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_stand_in_order_and_say_what_to_do() {
        assert!(RULES.is_sorted_by_key(|rule| rule.0));
        assert!(RULES.iter().all(|rule| rule.2[1].contains("To do: ") && rule.3[1].contains("Що зробити: ")));
    }
}
