//! What an overseer does by a mechanism, as the predicate of a sentence.

use super::words::{Words, lower};
use crate::model::{Graph, MechanismId, MechanismSet};

/// Mechanisms of the shipped ontology: what an overseer does to a body that is `it`, and in Ukrainian what it does not do to it.
/// A mechanism that users add is named by its label.
const PHRASES: &[(&str, &str, &str)] = &[
    ("annual-report", "receives its annual report", "не отримує щорічного звіту органу"),
    ("appointment", "appoints its head or members", "не призначає керівника чи членів органу"),
    (
        "asset-declaration",
        "receives its officers’ asset declarations",
        "не отримує майнових декларацій посадовців органу",
    ),
    ("budget-approval", "approves its budget", "не затверджує бюджету органу"),
    (
        "budget-execution-control",
        "follows the execution of its budget",
        "не контролює виконання бюджету органу",
    ),
    ("budget-preparation", "prepares its budget", "не складає бюджету органу"),
    ("civic-monitoring", "watches it on behalf of society", "не здійснює громадського контролю за органом"),
    ("command", "commands it", "не командує органом"),
    (
        "competitive-selection",
        "selects its head or members by competition",
        "не проводить конкурсного добору керівника чи членів органу",
    ),
    ("complaint-handling", "handles complaints about it", "не розглядає скарг на орган"),
    (
        "consent-to-appointment",
        "consents to the appointment of its head or members",
        "не дає згоди на призначення керівника чи членів органу",
    ),
    ("coordination", "coordinates its work", "не координує роботи органу"),
    (
        "criminal-investigation",
        "investigates crimes of its staff",
        "не розслідує злочинів працівників органу",
    ),
    ("deployment-authorisation", "authorises the use of forces", "не дає дозволу на застосування військ"),
    ("detention-monitoring", "visits its places of detention", "не перевіряє місць несвободи органу"),
    (
        "disciplinary",
        "disciplines its staff",
        "не здійснює дисциплінарних проваджень щодо працівників органу",
    ),
    ("dismissal", "dismisses its head or members", "не звільняє керівника чи членів органу"),
    ("election", "elects its head or members", "не обирає керівника чи членів органу"),
    ("external-evaluation", "evaluates it from outside", "не оцінює роботи органу ззовні"),
    ("financial-audit", "audits its accounts", "не проводить фінансового аудиту органу"),
    ("hearing", "hears it", "не заслуховує органу"),
    (
        "human-rights-monitoring",
        "monitors human rights in its work",
        "не здійснює моніторингу прав людини в роботі органу",
    ),
    ("information-access", "has access to its information", "не має доступу до інформації органу"),
    ("inquiry", "inquires into it", "не проводить спеціальних розслідувань щодо органу"),
    ("inspection", "inspects it", "не інспектує органу"),
    (
        "integrity-policy",
        "looks after its integrity policy",
        "не відповідає за політику доброчесності органу",
    ),
    ("internal-audit", "audits it internally", "не проводить внутрішнього аудиту в органі"),
    (
        "internal-investigation",
        "investigates misconduct of its staff",
        "не проводить службових розслідувань в органі",
    ),
    ("interpellation", "puts questions to it", "не надсилає органу депутатських запитів"),
    ("judicial-review", "reviews the lawfulness of its acts", "не перевіряє законності рішень і дій органу"),
    ("legislation", "legislates on it", "не визначає законом засад діяльності органу"),
    ("licensing", "licenses it", "не ліцензує діяльності органу"),
    ("no-confidence", "may vote no confidence in it", "не може висловити органу недовіру"),
    ("nomination", "nominates its head or members", "не подає кандидатур керівника чи членів органу"),
    ("operation-authorisation", "authorises its operations", "не дає дозволу на окремі операції органу"),
    ("performance-audit", "audits its performance", "не проводить аудиту ефективності органу"),
    ("policy-direction", "directs its policy", "не визначає політики органу"),
    (
        "pre-trial-supervision",
        "supervises its criminal investigations",
        "не здійснює процесуального керівництва розслідуваннями органу",
    ),
    ("procurement-control", "controls its procurement", "не контролює закупівель органу"),
    ("prosecution", "prosecutes crimes of its staff", "не підтримує обвинувачення проти працівників органу"),
    ("public-consultation", "is consulted by it", "не бере участі в консультаціях органу з громадськістю"),
    ("standard-setting", "sets standards for it", "не встановлює стандартів для органу"),
    ("surveillance-authorisation", "authorises its surveillance", "не дає дозволу на негласні заходи органу"),
];

/// Mechanisms named in a sentence before the rest is counted.
const MOST: usize = 5;

/// Names a mechanism by its label, in lower case.
pub(super) fn noun(graph: &Graph, mechanism: MechanismId, language: &str) -> String {
    let concept = graph.vocabulary.mechanisms.get(mechanism);
    lower(
        concept.labels.pick(&graph.texts, language).map_or(concept.slug.as_str(), |label| graph.text(label)),
    )
}

/// What nobody does, as the predicate after `no overseer`: `audits its accounts or inspects it`.
pub(super) fn predicate(graph: &Graph, mechanisms: MechanismSet, words: Words, language: &str) -> String {
    if mechanisms.is_empty() {
        return words.say("has any control over it", "не здійснює жодного контролю над органом").to_owned();
    }
    let phrase = |id: MechanismId| {
        let slug = graph.vocabulary.mechanisms.slug(id);
        if let Ok(at) = PHRASES.binary_search_by_key(&slug, |(known, ..)| known) {
            return words.say(PHRASES[at].1, PHRASES[at].2).to_owned();
        }
        let label = noun(graph, id, language);
        words.say(format!("exercises {label} over it"), format!("не здійснює контролю «{label}»"))
    };
    let mut phrases: Vec<String> = Vec::new();
    let mut heads: Vec<String> = Vec::new();
    for mechanism in mechanisms.iter() {
        let phrase = phrase(mechanism);
        let suffix = words.say(" its head or members", " керівника чи членів органу");
        if let Some(verb) = phrase.strip_suffix(suffix) {
            heads.push(verb.to_owned());
        } else {
            phrases.push(phrase);
        }
    }
    if !heads.is_empty() {
        let verbs = words.say(words.or(&heads), words.and(&heads));
        let object = words.say("its head or members", "керівника чи членів органу");
        phrases.insert(0, format!("{verbs} {object}"));
    }
    if phrases.len() > MOST + 1 {
        let rest = phrases.len() - MOST;
        phrases.truncate(MOST);
        phrases.push(words.say(
            format!("controls it in {rest} other ways"),
            format!("не здійснює ще {rest}\u{a0}видів контролю"),
        ));
    }
    words.say(words.or(&phrases), words.and(&phrases))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_in_order_and_whole() {
        assert!(PHRASES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (slug, english, ukrainian) in PHRASES {
            assert!(!english.is_empty() && ukrainian.starts_with("не "), "{slug}");
        }
    }
}
