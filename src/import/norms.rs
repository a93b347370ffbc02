//! The tables of norms, guidance documents and principles.

use super::fault::{Faults, Problem};
use super::row::{Known, Row};
use super::table::{Source, Table};
use super::terms::{self, Triples, date, english, iri};
use super::{ImportError, Imported, Words};
use crate::rdf::Literal;
use crate::tables::names::is_kebab_case;
use crate::tables::{Need, Schema, plain};
use crate::vocab::{dcterms, foaf, ov, rdfs, scheme, skos};
use std::collections::BTreeMap;
use std::path::Path;

const NORMS: Schema = Schema {
    name: "norms",
    key: Some("id"),
    by_language: None,
    columns: &[
        plain("id", Need::Filled),
        plain("document", Need::Filled),
        plain("locator", Need::Filled),
        plain("title", Need::Filled),
        plain("statement", Need::Filled),
        plain("applies_to", Need::Filled),
        plain("all_mechanisms", Need::Filled),
        plain("at_least", Need::Filled),
        plain("at_least_pillars", Need::Filled),
        plain("polarity", Need::Filled),
        plain("severity", Need::Filled),
        plain("principles", Need::Filled),
        plain("checked", Need::Filled),
        plain("where_power", Need::Free),
        plain("where_parent_of", Need::Free),
        plain("where_oversees", Need::Free),
        plain("overseer_types", Need::Free),
        plain("mechanisms", Need::Free),
        plain("independent_of", Need::Free),
        plain("least_effect", Need::Free),
        plain("excludes_limits", Need::Free),
        plain("note", Need::Free),
        plain("source", Need::Free),
    ],
};
const DOCUMENTS: Schema = Schema {
    name: "documents",
    key: Some("id"),
    by_language: None,
    columns: &[
        plain("id", Need::Filled),
        plain("title", Need::Filled),
        plain("in_seed", Need::Filled),
        plain("checked", Need::Filled),
        plain("publisher", Need::Free),
        plain("year", Need::Free),
        plain("identifier", Need::Free),
        plain("url", Need::Free),
        plain("summary", Need::Free),
        plain("source", Need::Free),
    ],
};
const PRINCIPLES: Schema = Schema {
    name: "principles",
    key: Some("id"),
    by_language: None,
    columns: &[
        plain("id", Need::Filled),
        plain("label", Need::Filled),
        plain("definition", Need::Filled),
        plain("source", Need::Free),
    ],
};

const POLARITIES: &[&str] = &["require", "forbid"];
const INDEPENDENCES: &[&str] = &["overseen", "ministry", "executive"];

/// Makes the Turtle files of the norms from `norms.csv`, `documents.csv` and `principles.csv` in `folder`.
///
/// # Returns
/// `norms/<document>.ttl` for each document that has norms, in the order of the documents, then
/// `documents.ttl`. The principles are only checked: each must be among `words`.
///
/// # Errors
/// [`ImportError::Faults`] with all that is wrong in the tables, [`ImportError::Read`] for a table that is not
/// there.
pub fn norms(folder: &Path, words: &Words) -> Result<Imported, ImportError> {
    let faults = Faults::default();
    let mut source = Source::Folder(folder);
    let documents = source.table(&DOCUMENTS, &faults)?;
    let principles = source.table(&PRINCIPLES, &faults)?;
    let norms = source.table(&NORMS, &faults)?;
    faults.stop()?;

    let documents_out = write_documents(&documents, &faults);
    let known = Vocabulary::new(words, &documents);
    for row in principles.rows(&faults) {
        row.word("id", &known.principles);
        row.addresses("source");
    }
    let mut by_document: BTreeMap<&str, Triples> = BTreeMap::new();
    for row in norms.rows(&faults) {
        known.norm(&row, by_document.entry(row.cell("document")).or_default());
    }
    faults.stop()?;

    let mut files = Vec::new();
    let mut titles: Vec<(&str, &str)> = documents.column("id").zip(documents.column("title")).collect();
    titles.extend(words.documents.iter().map(|id| (id.as_str(), id.as_str())));
    for (id, title) in titles {
        let Some(triples) = by_document.remove(id) else {
            continue;
        };
        let header =
            format!("Norms of {title}. Written by `oversight import norms`; pages read stand at each norm.");
        files.push((format!("norms/{id}.ttl"), triples.write(&header, &[])?));
    }
    let header =
        "Guidance documents. Written by `oversight import norms`; pages read stand at each document.";
    files.push(("documents.ttl".to_owned(), documents_out.write(header, &[])?));
    let counts =
        vec![("norms", norms.len()), ("documents", documents.len()), ("principles", principles.len())];
    Ok(Imported { files, counts, told: Vec::new() })
}

fn write_documents(table: &Table, faults: &Faults) -> Triples {
    let mut out = Triples::default();
    for row in table.rows(faults) {
        out.subject(iri(scheme::DOCUMENT, row.id("id")), ov::GUIDANCE_DOCUMENT)
            .each(dcterms::TITLE, english(row.cell("title")))
            .each(dcterms::PUBLISHER, terms::plain(row.cell("publisher")))
            .each(dcterms::ISSUED, row.date("year").map(date))
            .each(dcterms::IDENTIFIER, terms::plain(row.cell("identifier")))
            .each(foaf::PAGE, row.address("url"))
            .flag(ov::IN_REFERENCE_LIBRARY, row.yes("in_seed"))
            .each(dcterms::ABSTRACT, english(row.cell("summary")))
            .each(rdfs::SEE_ALSO, row.addresses("source"))
            .flag(ov::VERIFIED, row.yes("checked"));
    }
    out
}

/// The words that a norm may use.
struct Vocabulary<'w> {
    documents: Known<'w>,
    types: Known<'w>,
    powers: Known<'w>,
    mechanisms: Known<'w>,
    independences: Known<'w>,
    effects: Known<'w>,
    limits: Known<'w>,
    polarities: Known<'w>,
    severities: Known<'w>,
    principles: Known<'w>,
}

impl<'w> Vocabulary<'w> {
    fn new(words: &'w Words, documents: &'w Table) -> Self {
        let documents = documents.column("id").chain(words.documents.iter().map(String::as_str));
        Self {
            documents: Known::new("document", documents),
            types: Known::of("type", &words.types),
            powers: Known::of("power", &words.powers),
            mechanisms: Known::of("mechanism", &words.mechanisms),
            independences: Known::new("independence", INDEPENDENCES.iter().copied()),
            effects: Known::of("effect", &words.effects),
            limits: Known::of("limit", &words.limits),
            polarities: Known::new("polarity", POLARITIES.iter().copied()),
            severities: Known::of("severity", &words.severities),
            principles: Known::of("principle", &words.principles),
        }
    }

    fn norm(&self, row: &Row, out: &mut Triples) {
        let id = row.cell("id");
        // Norms keep the capitals by which their documents are cited.
        if !id.is_empty() && !is_kebab_case(&id.to_ascii_lowercase()) {
            row.fault("id", id, Problem::NotKebabCase);
        }
        let types = |column| row.words(column, &self.types);
        out.subject(iri(scheme::NORM, id), ov::NORM)
            .each(skos::NOTATION, terms::plain(id))
            .each(skos::PREF_LABEL, english(row.cell("title")))
            .each(rdfs::COMMENT, english(row.cell("statement")))
            .concepts(dcterms::SOURCE, scheme::DOCUMENT, row.word("document", &self.documents))
            .each(ov::LOCATOR, terms::plain(row.cell("locator")))
            .concepts(ov::SEVERITY, scheme::SEVERITY, row.word("severity", &self.severities))
            .concepts(ov::PRINCIPLE, scheme::PRINCIPLE, row.words("principles", &self.principles))
            .each(ov::POLARITY, row.word("polarity", &self.polarities).and_then(terms::plain))
            .concepts(ov::APPLIES_TO, scheme::TYPE, types("applies_to"))
            .concepts(ov::WHERE_POWER, scheme::POWER, row.words("where_power", &self.powers))
            .concepts(ov::WHERE_PARENT_OF, scheme::TYPE, types("where_parent_of"))
            .concepts(ov::WHERE_OVERSEES, scheme::TYPE, types("where_oversees"))
            .concepts(ov::OVERSEER_TYPE, scheme::TYPE, types("overseer_types"))
            .concepts(ov::MECHANISM_ANY_OF, scheme::MECHANISM, row.words("mechanisms", &self.mechanisms))
            .flag(ov::ALL_MECHANISMS, row.yes("all_mechanisms"))
            .each(ov::AT_LEAST, [Literal::from(row.number("at_least"))])
            .each(ov::AT_LEAST_PILLARS, [Literal::from(row.number("at_least_pillars"))])
            .each(ov::INDEPENDENT_OF, row.word("independent_of", &self.independences).and_then(terms::plain))
            .concepts(ov::LEAST_EFFECT, scheme::EFFECT, row.word("least_effect", &self.effects))
            .concepts(ov::EXCLUDES_LIMIT, scheme::LIMIT, row.words("excludes_limits", &self.limits))
            .each(skos::EDITORIAL_NOTE, english(row.cell("note")))
            .each(rdfs::SEE_ALSO, row.addresses("source"))
            .flag(ov::VERIFIED, row.yes("checked"));
    }
}
