//! Results of a SPARQL query to Wikidata (SPARQL 1.1 Query Results JSON): institutions.
//!
//! # Source
//! <https://www.w3.org/TR/sparql11-results-json/>; precisions of dates:
//! <https://www.mediawiki.org/wiki/Wikibase/DataModel/JSON>.

use super::super::facts::Space;
use super::super::terms::{Triples, english, iri, plain, tagged};
use super::super::{Country, ImportError, Imported, Words};
use super::{Told, address, concept, known_date};
use crate::rdf::{Literal, NamedNode};
use crate::vocab::{self, concept::CABINET, dcterms, foaf, org, ov, rdfs, schema, scheme, skos};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The variables that are mapped.
const VARIABLES: &[&str] = &[
    "item",
    "label",
    "altLabel",
    "description",
    "inception",
    "inceptionPrecision",
    "dissolved",
    "dissolvedPrecision",
    "parent",
    "type",
    "typeLabel",
    "website",
    "identifier",
];
/// Where a person reads of an item.
const PAGE: &str = "https://www.wikidata.org/wiki/";

#[derive(Deserialize)]
struct Answer {
    head: Head,
    results: Results,
}

#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    vars: Vec<String>,
}

#[derive(Deserialize)]
struct Results {
    bindings: Vec<BTreeMap<String, Value>>,
}

#[derive(Clone, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct Value {
    value: String,
    #[serde(rename = "xml:lang", default)]
    language: String,
}

/// What the rows say of one item; the same item stands in several.
#[derive(Default)]
struct Item {
    labels: BTreeMap<String, BTreeSet<String>>,
    other_labels: BTreeSet<(String, String)>,
    descriptions: BTreeSet<(String, String)>,
    inceptions: BTreeSet<(String, String)>,
    dissolutions: BTreeSet<(String, String)>,
    parents: BTreeSet<String>,
    types: BTreeMap<String, String>,
    websites: BTreeSet<String>,
    identifiers: BTreeSet<String>,
}

/// Makes `wikidata.ttl` from the results at `path`.
///
/// # Arguments
/// * `path`: JSON with the variable `item`, and any of `label`, `altLabel`, `description`, `inception`,
///   `inceptionPrecision`, `dissolved`, `dissolvedPrecision`, `parent`, `type`, `typeLabel`, `website`, `identifier`.
/// * `words`: the types; one is taken where the English name of an item's type is its name.
///
/// # Errors
/// [`ImportError::Read`] for a file that cannot be read, [`ImportError::Results`] for one that is no such JSON or
/// lacks `item`, [`ImportError::Code`] for a country that cannot name its data.
pub fn wikidata(path: &Path, country: &Country, words: &Words) -> Result<Imported, ImportError> {
    let space = Space::new(country)?;
    let bytes = fs::read(path).map_err(|source| ImportError::Read { path: path.to_owned(), source })?;
    let answer: Answer = serde_json::from_slice(&bytes)
        .map_err(|source| ImportError::Results { path: path.to_owned(), source: Some(source) })?;
    if !answer.head.vars.iter().any(|variable| variable == "item") {
        return Err(ImportError::Results { path: path.to_owned(), source: None });
    }
    let mut told = Told::default();
    for variable in answer.head.vars.iter().filter(|variable| !VARIABLES.contains(&variable.as_str())) {
        told.say(format!("the variable `{variable}` is not mapped"));
    }
    let rows = answer.results.bindings.len();
    let items = gather(answer.results.bindings, &mut told);
    if items.is_empty() {
        return Err(ImportError::Nothing {
            path: path.to_owned(),
            country: country.code.clone(),
            told: told.finish(),
        });
    }
    let mut out = Triples::default();
    for (id, item) in &items {
        write(id, item, &items, &space, words, &mut told, &mut out);
    }
    let header = format!(
        "Institutions of {} as Wikidata has them (CC0). Written by `oversight import wikidata`; nothing is verified.",
        country.name_en
    );
    Ok(Imported {
        files: vec![("wikidata.ttl".to_owned(), out.write(&header, space.prefixes())?)],
        counts: vec![("rows", rows), ("institutions", items.len())],
        told: told.finish(),
    })
}

fn gather(rows: Vec<BTreeMap<String, Value>>, told: &mut Told) -> BTreeMap<String, Item> {
    let mut items: BTreeMap<String, Item> = BTreeMap::new();
    for (number, row) in rows.into_iter().enumerate() {
        let value = |variable: &str| row.get(variable).map_or("", |value| value.value.as_str());
        let Some(id) = item_id(value("item")) else {
            told.say(format!(
                "result {}: `{}` is no item of Wikidata; the row is left out",
                number + 1,
                value("item")
            ));
            continue;
        };
        let item = items.entry(id.to_owned()).or_default();
        let pair = |variable: &str| row.get(variable).map(|v| (v.language.to_lowercase(), v.value.clone()));
        if let Some((language, label)) = pair("label") {
            item.labels.entry(language).or_default().insert(label);
        }
        item.other_labels.extend(pair("altLabel"));
        item.descriptions.extend(pair("description"));
        let dated = |variable: &str, precision: &str| {
            (!value(variable).is_empty()).then(|| (value(variable).to_owned(), value(precision).to_owned()))
        };
        item.inceptions.extend(dated("inception", "inceptionPrecision"));
        item.dissolutions.extend(dated("dissolved", "dissolvedPrecision"));
        let text = |variable: &str| Some(value(variable).to_owned()).filter(|text| !text.is_empty());
        item.parents.extend(text("parent"));
        if let Some(kind) = text("type") {
            item.types.insert(kind, value("typeLabel").to_owned());
        }
        item.websites.extend(text("website"));
        item.identifiers.extend(text("identifier"));
    }
    items
}

fn write(
    id: &str,
    item: &Item,
    items: &BTreeMap<String, Item>,
    space: &Space,
    words: &Words,
    told: &mut Told,
    out: &mut Triples,
) {
    let mut names: Vec<Literal> = Vec::new();
    let mut others: Vec<Literal> = Vec::new();
    let text = |language: &str, text: &str| match language {
        "" => plain(text),
        language => tagged(text, language),
    };
    for (language, labels) in &item.labels {
        // The label service gives the id where there is no label.
        let labels: Vec<&String> = labels.iter().filter(|label| *label != id).collect();
        names.extend(labels.first().and_then(|label| text(language, label)));
        others.extend(labels.iter().skip(1).filter_map(|label| text(language, label)));
    }
    if names.is_empty() {
        told.count("items without a label", id);
    }
    others.extend(item.other_labels.iter().filter_map(|(language, label)| text(language, label)));
    let mut parents = Vec::new();
    for parent in &item.parents {
        match item_id(parent).filter(|parent| items.contains_key(*parent)) {
            Some(parent) => parents.push(space.top(&local(parent))),
            None => told.say(format!(
                "{id}: its parent `{}` is not among the items, and is left out",
                vocab::slug(parent)
            )),
        }
    }
    let (comments, foreign): (Vec<_>, Vec<_>) =
        item.descriptions.iter().partition(|(language, _)| language == "en");
    for (language, description) in foreign {
        told.count(format!("descriptions in `{language}`, left out"), description);
    }
    let mut websites = Vec::new();
    for website in &item.websites {
        match address(website) {
            Some(address) if websites.is_empty() => websites.push(address),
            Some(_) => told.say(format!("{id}: another website, `{website}`, is left out")),
            None => told.say(format!("{id}: the website `{website}` is no address, and is left out")),
        }
    }
    let founded = one_date(id, "inception", &item.inceptions, told);
    let dissolved = one_date(id, "dissolution", &item.dissolutions, told);
    let kind = type_of(id, item, words, told);
    out.subject(space.top(&local(id)), ov::INSTITUTION)
        .each(skos::PREF_LABEL, names)
        .each(skos::ALT_LABEL, others)
        .each(org::CLASSIFICATION, concept(scheme::TYPE, kind.as_deref()))
        .each(org::SUB_ORGANIZATION_OF, parents)
        .each(ov::JURISDICTION, [space.country.clone()])
        .each(schema::FOUNDING_DATE, founded)
        .each(schema::DISSOLUTION_DATE, dissolved)
        .each(foaf::HOMEPAGE, websites)
        .each(skos::EXACT_MATCH, [iri(vocab::WIKIDATA, id)])
        .each(dcterms::IDENTIFIER, item.identifiers.iter().filter_map(|identifier| plain(identifier)))
        .each(rdfs::COMMENT, comments.into_iter().filter_map(|(_, description)| english(description)))
        .each(dcterms::SOURCE, [NamedNode::new_unchecked(format!("{PAGE}{id}"))])
        .flag(ov::VERIFIED, false);
}

/// Local name of an item among our institutions.
fn local(id: &str) -> String {
    format!("wikidata-{}", id.to_ascii_lowercase())
}

/// The id of an item, such as `Q42`, from its IRI.
fn item_id(iri: &str) -> Option<&str> {
    let id =
        iri.strip_prefix(vocab::WIKIDATA).or_else(|| iri.strip_prefix("https://www.wikidata.org/entity/"))?;
    let number = id.strip_prefix('Q')?;
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(id)
}

/// The one date that the rows tell, cut to its precision.
fn one_date(id: &str, what: &str, dates: &BTreeSet<(String, String)>, told: &mut Told) -> Option<Literal> {
    let mut known: BTreeSet<String> = BTreeSet::new();
    for (date, precision) in dates {
        let day = date.trim_start_matches('+').split('T').next().unwrap_or_default();
        let cut = match precision.as_str() {
            "9" => day.get(..4),
            "10" => day.get(..7),
            // Wikidata writes a year as its first of January.
            "" if day.ends_with("-01-01") => {
                told.count("first of January without a precision, read as the year", id);
                day.get(..4)
            }
            "11" | "" => day.get(..10),
            _ => None,
        };
        match cut.and_then(known_date) {
            Some(date) => {
                known.insert(date.value().to_owned());
            }
            None => told.say(format!("{id}: the {what} `{date}` is not known to the year, and is left out")),
        }
    }
    // A date is no other date than the more precise one of which it is the beginning.
    let finest: Vec<&String> = known
        .iter()
        .filter(|date| !known.iter().any(|other| other != *date && other.starts_with(*date)))
        .collect();
    match finest.as_slice() {
        [date] => known_date(date),
        [] => None,
        several => {
            let several: Vec<&str> = several.iter().map(|date| date.as_str()).collect();
            told.say(format!("{id}: several dates of {what}, {}, are left out", several.join(" and ")));
            None
        }
    }
}

/// The type whose name is the English name of a type of the item, if there is one such; types of the cabinet, to
/// which verdicts give a meaning of their own, are left to people.
fn type_of(id: &str, item: &Item, words: &Words, told: &mut Told) -> Option<String> {
    let slug = |label: &String| label.to_lowercase().replace(' ', "-");
    let certain = |slug: &String| {
        words.types.contains(slug) && !words.groups.contains(slug) && !CABINET.contains(&slug.as_str())
    };
    let found: BTreeSet<String> = item.types.values().map(slug).filter(certain).collect();
    if found.len() == 1 {
        return found.into_iter().next();
    }
    let labels: Vec<&str> = item.types.values().map(String::as_str).collect();
    told.say(format!(
        "{id}: no certain type ({}), so it has none",
        if labels.is_empty() { "none is given".to_owned() } else { labels.join(", ") }
    ));
    None
}
