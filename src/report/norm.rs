//! Norms for people: a list, and one norm in plain words.

use super::table::{Align, printable, table};
use super::words::Palette;
use crate::gaps::{Kinship, kin};
use crate::model::{Effect, Graph, Id, Independence, Norm, Polarity, Scheme, Symbol, Types};
use crate::vocab::slug;
use crate::wording::Wording;
use crate::wording::phrases::{self, Phrase};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Returns the norms as a table: id, severity, document, whom it binds, title.
pub fn norms_text(graph: &Graph, norms: &[&Norm], language: &str, width: Option<u16>) -> String {
    let w = Wording::new(graph, language);
    let header = [phrases::NORM, phrases::SEVERITY, phrases::DOCUMENT, phrases::BINDS, phrases::DUTY]
        .map(|name| (w.say(name), Align::Left));
    let rows: Vec<Vec<String>> = norms
        .iter()
        .map(|norm| {
            vec![
                norm.id.clone(),
                w.severity(norm.severity),
                document(graph, norm).to_owned(),
                w.terms(&graph.vocabulary.types, norm.scope.types.named.iter().copied()).join(", "),
                w.pick(&norm.titles).to_owned(),
            ]
        })
        .collect();
    table(&header, &rows, width)
}

/// Returns one norm in plain words: what it says and where, whom it binds, what satisfies it, what makes evidence
/// weak, and which norms say the same.
pub fn norm_text(graph: &Graph, norm: &Norm, language: &str, palette: Palette) -> String {
    let w = Wording::new(graph, language);
    let title = format!("{}  {}", norm.id, w.pick(&norm.titles));
    let mut text = format!("{}\n", palette.bold(printable(&title).trim_end()));
    if let Some(duty) = Some(w.pick(&norm.duty)).filter(|duty| !duty.is_empty()) {
        let _ = writeln!(text, "{}", printable(duty));
    }
    text.push('\n');
    let mut say = |name: Phrase, words: &str| {
        if !words.is_empty() {
            let _ = writeln!(text, "{} {}", palette.dim(&format!("{:<13}", w.say(name))), printable(words));
        }
    };
    say(phrases::SOURCE, &source(graph, norm, w));
    say(phrases::SEVERITY, &w.severity(norm.severity));
    say(phrases::PRINCIPLES, &principles(graph, norm, w));
    say(phrases::BINDS, &bound(graph, norm, w));
    let requires = norm.polarity == Polarity::Require;
    say(if requires { phrases::SATISFIED_BY } else { phrases::FORBIDS }, &asks(graph, norm, w));
    say(phrases::COUNTS_TOO, if norm.forbids_power() { "" } else { w.say(phrases::LINK_ABOVE) });
    say(phrases::WEAK_IS, &weak(graph, norm, w));
    say(phrases::NOTE, w.pick(&norm.note));
    if !norm.verified {
        say(phrases::CHECKED, w.say(phrases::LOCATOR_NOT_CHECKED));
    }
    for (kinship, lead) in [(Kinship::Same, phrases::SAYS_THE_SAME), (Kinship::Near, phrases::NEAR_TO_IT)] {
        let kin: Vec<String> = kin(graph, norm)
            .into_iter()
            .filter(|(k, _)| *k == kinship)
            .map(|(_, other)| format!("{} ({})", other.id, document(graph, other)))
            .collect();
        say(lead, &kin.join(", "));
    }
    text
}

/// Returns norms as JSON: each with its scope and evidence by slug, its kin, and its texts in English.
pub fn norms_json(graph: &Graph, norms: &[&Norm]) -> Value {
    norms.iter().map(|norm| norm_json(graph, norm)).collect()
}

fn norm_json(graph: &Graph, norm: &Norm) -> Value {
    let (vocabulary, w) = (&graph.vocabulary, Wording::new(graph, "en"));
    let types = |types: &Types| slugs(&vocabulary.types, types.named.iter().copied());
    let kin = |kinship| -> Vec<String> {
        let all = kin(graph, norm).into_iter();
        all.filter(|(k, _)| *k == kinship).map(|(_, other)| other.id.clone()).collect()
    };
    let evidence = &norm.evidence;
    let declared = norm.document.and_then(|iri| graph.document(iri));
    json!({
        "norm": norm.id,
        "iri": graph.text(norm.iri),
        "title": w.pick(&norm.titles),
        "duty": w.pick(&norm.duty),
        "document": norm.document.map(|iri| slug(graph.text(iri))),
        "document_title": declared.map(|document| w.pick(&document.titles)),
        "document_page": declared.and_then(|document| document.page).map(|page| graph.text(page)),
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
        "note": w.pick(&norm.note),
        "verified": norm.verified,
        "same": kin(Kinship::Same),
        "near": kin(Kinship::Near),
    })
}

/// Says whom a norm binds: `police or gendarmerie, where it holds the power of arrest`.
pub fn binds(graph: &Graph, norm: &Norm, language: &str) -> String {
    bound(graph, norm, Wording::new(graph, language))
}

fn bound(graph: &Graph, norm: &Norm, w: Wording<'_, '_>) -> String {
    let scope = &norm.scope;
    let types = |types: &Types| w.any_of(&w.terms(&graph.vocabulary.types, types.named.iter().copied()));
    let mut text = types(&scope.types);
    if !scope.where_power.is_empty() && !norm.forbids_power() {
        text.push_str(&w.fill(phrases::WHERE_POWER, &[&powers(graph, norm, w)]));
    }
    if !scope.where_parent_of.named.is_empty() {
        text.push_str(&w.fill(phrases::WHERE_PARENT_OF, &[&types(&scope.where_parent_of)]));
    }
    if !scope.where_oversees.named.is_empty() {
        text.push_str(&w.fill(phrases::WHERE_OVERSEES, &[&types(&scope.where_oversees)]));
    }
    text
}

fn powers(graph: &Graph, norm: &Norm, w: Wording<'_, '_>) -> String {
    w.any_of(&w.terms(&graph.vocabulary.powers, norm.scope.where_power.iter()))
}

fn asks(graph: &Graph, norm: &Norm, w: Wording<'_, '_>) -> String {
    let vocabulary = &graph.vocabulary;
    if norm.forbids_power() {
        return w.fill(phrases::THE_POWER_OF, &[&powers(graph, norm, w)]);
    }
    let asked = &norm.evidence;
    let mechanisms = w.terms(&vocabulary.mechanisms, asked.mechanisms.iter());
    let what = match (mechanisms.is_empty(), asked.all_mechanisms) {
        (true, _) => w.say(phrases::ANY_CONTROL).to_owned(),
        (false, true) => w.all_of(&mechanisms),
        (false, false) => w.any_of(&mechanisms),
    };
    format!(
        "{what}; {}",
        by_whom(norm, &w.terms(&vocabulary.types, asked.overseers.named.iter().copied()), w)
    )
}

/// Says whose control is asked for. A report is made to its overseer and an audit by it, so no preposition stands here.
fn by_whom(norm: &Norm, types: &[String], w: Wording<'_, '_>) -> String {
    let asked = &norm.evidence;
    let requires = norm.polarity == Polarity::Require;
    let number = Some(asked.at_least).filter(|number| requires && *number > 1);
    let pillars = Some(asked.at_least_pillars).filter(|pillars| requires && *pillars > 1);
    let several = number.map(|number| w.fill(phrases::SEVERAL_OVERSEERS, &[&number]));
    let several = match (several, pillars) {
        (Some(several), Some(pillars)) => Some(w.fill(phrases::OF_PILLARS, &[&several, &pillars])),
        (None, Some(pillars)) => Some(w.fill(phrases::OVERSEERS_OF_PILLARS, &[&pillars])),
        (several, None) => several,
    };
    let tie = asked.independent_of.map(|of| {
        w.say(match (of, requires) {
            (Independence::Overseen, true) => phrases::FREE_OF_BODY,
            (Independence::Ministry, true) => phrases::FREE_OF_MINISTRY,
            (Independence::Executive, true) => phrases::FREE_OF_EXECUTIVE,
            (Independence::Overseen, false) => phrases::TIED_TO_BODY,
            (Independence::Ministry, false) => phrases::TIED_TO_MINISTRY,
            (Independence::Executive, false) => phrases::TIED_TO_EXECUTIVE,
        })
    });
    let one = if types.is_empty() && tie.is_none() { phrases::ANY_OVERSEER } else { phrases::ONE_OVERSEER };
    let each = several.is_some();
    let mut text = several.unwrap_or_else(|| w.say(one).to_owned());
    if !types.is_empty() {
        let _ = write!(text, ": {}", w.any_of(types));
    }
    if let Some(tie) = tie {
        text.push_str(match (types.is_empty(), each) {
            (false, _) => "; ",
            (true, true) => ", ",
            (true, false) => " ",
        });
        text.push_str(&if each { w.fill(phrases::EACH, &[&tie]) } else { tie.to_owned() });
    }
    text
}

fn weak(graph: &Graph, norm: &Norm, w: Wording<'_, '_>) -> String {
    if norm.polarity == Polarity::Forbid {
        return String::new();
    }
    let asked = &norm.evidence;
    let effect = asked.least_effect.map(|least| w.fill(phrases::EFFECT_BELOW, &[&w.effect(least)]));
    let limits = (!asked.excludes_limits.is_empty()).then(|| {
        let limits = w.any_of(&w.terms(&graph.vocabulary.limits, asked.excludes_limits.iter()));
        w.fill(phrases::WITH_LIMIT, &[&limits])
    });
    let either = effect.into_iter().chain(limits).collect::<Vec<_>>();
    either.join(&format!(", {} ", w.say(phrases::OR)))
}

fn principles(graph: &Graph, norm: &Norm, w: Wording<'_, '_>) -> String {
    let name = |iri: &Symbol| match graph.principles.iter().find(|principle| principle.iri == *iri) {
        Some(principle) => w.concept(principle),
        None => slug(graph.text(*iri)).to_owned(),
    };
    norm.principles.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn source(graph: &Graph, norm: &Norm, w: Wording<'_, '_>) -> String {
    let found = norm.document.and_then(|iri| graph.document(iri));
    let mut parts: Vec<String> = Vec::new();
    parts.extend(found.map(|document| w.pick(&document.titles).to_owned()));
    parts.extend(norm.locator.map(|locator| w.place(graph.text(locator))));
    parts.extend(found.and_then(|document| document.page).map(|page| graph.text(page).to_owned()));
    if parts.is_empty() { document(graph, norm).to_owned() } else { parts.join(", ") }
}

fn document<'g>(graph: &'g Graph, norm: &Norm) -> &'g str {
    norm.document.map_or("", |iri| slug(graph.text(iri)))
}

/// Returns the slugs of concepts.
pub(super) fn slugs<K>(scheme: &Scheme<K>, ids: impl Iterator<Item = Id<K>>) -> Vec<&str> {
    ids.map(|id| scheme.slug(id)).collect()
}
