//! What the reader of the data could not read, as faults of rules.

use super::{Fault, Level, Rule};
use crate::model::{self, NormFault, Problem};

/// The rules of the reader: id, level, title, what to do.
const RULES: &[(&str, Level, &str, &str)] = &[
    (
        "dates-reversed",
        Level::Error,
        "Ends before it starts",
        "The end lies before the start, so the record never counts. To do: correct one of the two.",
    ),
    (
        "norm-unreadable",
        Level::Error,
        "Norm that cannot be evaluated",
        "No verdict is given while a norm cannot be read. To do: correct the property that is named.",
    ),
    (
        "parents-circular",
        Level::Error,
        "Institutions below each other",
        "Following org:subOrganizationOf leads back to the start. To do: take out the parent that is wrong.",
    ),
    (
        "property-missing",
        Level::Error,
        "Record without a property that it needs",
        "The record was left out. To do: add the property that is named.",
    ),
    (
        "property-repeated",
        Level::Warn,
        "Several values where one is allowed",
        "The first value in order is used. To do: keep the one that is right, or split the record.",
    ),
    (
        "property-unknown",
        Level::Warn,
        "Property that the vocabulary does not have",
        "The property was ignored. To do: correct its name, or use a namespace of your own.",
    ),
    (
        "record-untyped",
        Level::Error,
        "Record without its class",
        "The record was left out. To do: add the class that is named (rdf:type).",
    ),
    (
        "scheme-too-large",
        Level::Error,
        "More concepts than a scheme can hold",
        "The concept was left out. To do: take concepts out that nothing uses.",
    ),
    (
        "value-unknown",
        Level::Error,
        "Value that is not on record",
        "Nothing is declared by that name. To do: correct it (the nearest is named), or declare it.",
    ),
    (
        "value-unreadable",
        Level::Error,
        "Value that cannot be read",
        "The value is of another kind than the property takes. To do: write it as the message says.",
    ),
];

pub(super) fn rules() -> impl Iterator<Item = Rule> {
    RULES.iter().map(|(id, level, title, description)| Rule {
        id: (*id).to_owned(),
        level: *level,
        title: (*title).to_owned(),
        description: (*description).to_owned(),
    })
}

pub(super) fn faults(problems: &[Problem]) -> impl Iterator<Item = Fault> {
    problems.iter().map(|problem| {
        let (rule, properties, value) = told(&problem.fault);
        Fault {
            rule: rule.to_owned(),
            subject: problem.subject.clone(),
            value,
            message: problem.fault.to_string(),
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
                NormFault::Missing { property } | NormFault::Several { property, .. } => {
                    (property, String::new())
                }
                NormFault::Notation { id, .. } => (&"skos:notation", id.clone()),
            };
            ("norm-unreadable", Some(property), value)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_stand_in_order_and_say_what_to_do() {
        assert!(RULES.is_sorted_by_key(|rule| rule.0));
        assert!(RULES.iter().all(|rule| rule.3.contains("To do: ")));
    }
}
