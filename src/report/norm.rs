//! Norms for people: a list, and one norm in plain words.

use super::table::{Align, printable, table};
use super::words::{Palette, join};
use crate::gaps::{Kinship, kin};
use crate::model::{Concept, Effect, Graph, Id, Independence, Labels, Norm, Polarity, Scheme, Types};
use crate::vocab::slug;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Returns the norms as a table: id, severity, document, whom it binds, title.
pub fn norms_text(graph: &Graph, norms: &[&Norm], language: &str, width: Option<u16>) -> String {
    let left = |name| (name, Align::Left);
    let header =
        [left("norm"), left("severity"), left("document"), left("binds"), left("duty in a few words")];
    let rows: Vec<Vec<String>> = norms
        .iter()
        .map(|norm| {
            vec![
                norm.id.clone(),
                norm.severity.slug().to_owned(),
                document(graph, norm).to_owned(),
                slugs(&graph.vocabulary.types, norm.scope.types.named.iter().copied()).join(", "),
                pick(graph, &norm.titles, language).to_owned(),
            ]
        })
        .collect();
    table(&header, &rows, width)
}

/// Returns one norm in plain words: what it says and where, whom it binds, what satisfies it, what makes evidence
/// weak, and which norms say the same.
pub fn norm_text(graph: &Graph, norm: &Norm, language: &str, palette: Palette) -> String {
    let title = format!("{}  {}", norm.id, pick(graph, &norm.titles, language));
    let mut text = format!("{}\n", palette.bold(printable(&title).trim_end()));
    if let Some(duty) = Some(pick(graph, &norm.duty, language)).filter(|duty| !duty.is_empty()) {
        let _ = writeln!(text, "{}", printable(duty));
    }
    text.push('\n');
    let mut say = |name: &str, words: &str| {
        if !words.is_empty() {
            let _ = writeln!(text, "{} {}", palette.dim(&format!("{name:<13}")), printable(words));
        }
    };
    say("source", &source(graph, norm, language));
    say("severity", norm.severity.slug());
    let principles: Vec<&str> = norm.principles.iter().map(|iri| slug(graph.text(*iri))).collect();
    say("principles", &principles.join(", "));
    say("binds", &binds(graph, norm, language));
    say(
        if norm.polarity == Polarity::Require { "satisfied by" } else { "forbids" },
        &asks(graph, norm, language),
    );
    say("counts too", &counts_too(norm));
    say("weak is", &weak(graph, norm, language));
    say("note", pick(graph, &norm.note, language));
    if !norm.verified {
        say("checked", "no: the locator was not checked against the document");
    }
    for (kinship, lead) in [(Kinship::Same, "says the same"), (Kinship::Near, "near to it")] {
        let kin: Vec<String> = kin(graph, norm)
            .into_iter()
            .filter(|(k, _)| *k == kinship)
            .map(|(_, other)| format!("{} ({})", other.id, document(graph, other)))
            .collect();
        say(lead, &kin.join(", "));
    }
    text
}

/// Returns norms as JSON: each with its scope and evidence by slug, and its kin.
pub fn norms_json(graph: &Graph, norms: &[&Norm], language: &str) -> Value {
    norms.iter().map(|norm| norm_json(graph, norm, language)).collect()
}

fn norm_json(graph: &Graph, norm: &Norm, language: &str) -> Value {
    let vocabulary = &graph.vocabulary;
    let types = |types: &Types| slugs(&vocabulary.types, types.named.iter().copied());
    let kin = |kinship| -> Vec<String> {
        let all = kin(graph, norm).into_iter();
        all.filter(|(k, _)| *k == kinship).map(|(_, other)| other.id.clone()).collect()
    };
    let evidence = &norm.evidence;
    json!({
        "norm": norm.id,
        "iri": graph.text(norm.iri),
        "title": pick(graph, &norm.titles, language),
        "duty": pick(graph, &norm.duty, language),
        "document": norm.document.map(|iri| slug(graph.text(iri))),
        "locator": norm.locator.map(|locator| graph.text(locator)),
        "severity": norm.severity.slug(),
        "principles": norm.principles.iter().map(|iri| slug(graph.text(*iri))).collect::<Vec<_>>(),
        "polarity": norm.polarity.slug(),
        "applies_to": types(&norm.scope.types),
        "where_power": slugs(&vocabulary.powers, norm.scope.where_power.iter()),
        "where_parent_of": types(&norm.scope.where_parent_of),
        "where_oversees": types(&norm.scope.where_oversees),
        "overseer_types": types(&evidence.overseers),
        "mechanisms": slugs(&vocabulary.mechanisms, evidence.mechanisms.iter()),
        "all_mechanisms": evidence.all_mechanisms,
        "at_least": evidence.at_least,
        "at_least_pillars": evidence.at_least_pillars,
        "independent_of": evidence.independent_of.map(Independence::slug),
        "least_effect": evidence.least_effect.map(Effect::slug),
        "excludes_limits": slugs(&vocabulary.limits, evidence.excludes_limits.iter()),
        "verified": norm.verified,
        "same": kin(Kinship::Same),
        "near": kin(Kinship::Near),
    })
}

/// Says whom a norm binds: `Police or Gendarmerie that holds the power of Arrest`.
pub fn binds(graph: &Graph, norm: &Norm, language: &str) -> String {
    let scope = &norm.scope;
    let types =
        |types: &Types| names(graph, &graph.vocabulary.types, types.named.iter().copied(), language, "or");
    let mut text = types(&scope.types);
    if !scope.where_power.is_empty() && !norm.forbids_power() {
        let powers = names(graph, &graph.vocabulary.powers, scope.where_power.iter(), language, "or");
        let _ = write!(text, ", where it holds the power of {powers}");
    }
    if !scope.where_parent_of.named.is_empty() {
        let _ =
            write!(text, ", where directly below it is a body of the type {}", types(&scope.where_parent_of));
    }
    if !scope.where_oversees.named.is_empty() {
        let _ = write!(text, ", where it oversees a body of the type {}", types(&scope.where_oversees));
    }
    text
}

fn asks(graph: &Graph, norm: &Norm, language: &str) -> String {
    let vocabulary = &graph.vocabulary;
    if norm.forbids_power() {
        return format!(
            "the power of {}",
            names(graph, &vocabulary.powers, norm.scope.where_power.iter(), language, "or")
        );
    }
    let asked = &norm.evidence;
    let last = if asked.all_mechanisms { "and" } else { "or" };
    let mut text = if asked.mechanisms.is_empty() {
        "any control".to_owned()
    } else {
        names(graph, &vocabulary.mechanisms, asked.mechanisms.iter(), language, last)
    };
    if norm.polarity == Polarity::Require {
        let _ = match asked.at_least {
            1 => write!(text, " by an overseer"),
            number => write!(text, " by at least {number} different overseers"),
        };
        if asked.at_least_pillars > 1 {
            let _ = write!(text, " from {} different pillars", asked.at_least_pillars);
        }
    } else {
        text.push_str(" by an overseer");
    }
    if !asked.overseers.named.is_empty() {
        let types = names(graph, &vocabulary.types, asked.overseers.named.iter().copied(), language, "or");
        let _ = write!(text, " of the type {types}");
    }
    if let Some(of) = asked.independent_of {
        let is = if norm.polarity == Polarity::Require { "is" } else { "is not" };
        let whom = match of {
            Independence::Overseen => "independent of the body: not below it, nor selected by it alone",
            Independence::Ministry => {
                "independent of the ministry: none of the bodies above it up to the first of the executive, nor below \
                 the body or those, nor selected by one of them alone"
            }
            Independence::Executive => {
                "independent of the executive: neither it nor a body above it is of the executive or a provider, nor is \
                 it selected by such alone"
            }
        };
        let _ = write!(text, "; the overseer {is} {whom}");
    }
    text
}

fn counts_too(norm: &Norm) -> String {
    if norm.forbids_power() {
        return String::new();
    }
    "a link over a body above, where its mechanism reaches down".to_owned()
}

fn weak(graph: &Graph, norm: &Norm, language: &str) -> String {
    if norm.polarity == Polarity::Forbid {
        return String::new();
    }
    let asked = &norm.evidence;
    let effect =
        asked.least_effect.map(|least| format!("a link whose effect is on record and below {least}"));
    let limits = (!asked.excludes_limits.is_empty()).then(|| {
        let limits = names(graph, &graph.vocabulary.limits, asked.excludes_limits.iter(), language, "or");
        format!("a link with the limit {limits}")
    });
    effect.into_iter().chain(limits).collect::<Vec<_>>().join(", or ")
}

fn source(graph: &Graph, norm: &Norm, language: &str) -> String {
    let found = norm.document.and_then(|iri| graph.document(iri));
    let mut parts: Vec<String> = Vec::new();
    parts.extend(found.map(|document| pick(graph, &document.titles, language).to_owned()));
    parts.extend(norm.locator.map(|locator| graph.text(locator).to_owned()));
    parts.extend(found.and_then(|document| document.page).map(|page| graph.text(page).to_owned()));
    if parts.is_empty() { document(graph, norm).to_owned() } else { parts.join(", ") }
}

fn document<'g>(graph: &'g Graph, norm: &Norm) -> &'g str {
    norm.document.map_or("", |iri| slug(graph.text(iri)))
}

fn pick<'g>(graph: &'g Graph, labels: &Labels, language: &str) -> &'g str {
    labels.pick(&graph.texts, language).map_or("", |text| graph.text(text))
}

/// Returns the slugs of concepts.
pub(super) fn slugs<K>(scheme: &Scheme<K>, ids: impl Iterator<Item = Id<K>>) -> Vec<&str> {
    ids.map(|id| scheme.slug(id)).collect()
}

/// Names concepts in the language, in lower case, joined as a sentence does.
pub(super) fn names<K>(
    graph: &Graph,
    scheme: &Scheme<K>,
    ids: impl Iterator<Item = Id<K>>,
    language: &str,
    last: &str,
) -> String {
    let name = |concept: &Concept| match concept.labels.pick(&graph.texts, language) {
        Some(label) => graph.text(label).to_lowercase(),
        None => concept.slug.clone(),
    };
    let names: Vec<String> = ids.map(|id| name(scheme.get(id))).collect();
    join(&names.iter().map(String::as_str).collect::<Vec<_>>(), last)
}
