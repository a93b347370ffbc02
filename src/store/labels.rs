//! Names beside IRIs.

use super::Store;
use crate::model::in_language;
use crate::vocab::{dcterms, eli, rdfs, skos};
use oxigraph::model::{NamedNodeRef, Term};

/// Properties that name a thing, the best first.
const NAMES: &[&str] = &[skos::PREF_LABEL, eli::TITLE, dcterms::TITLE, rdfs::LABEL, eli::NUMBER];

impl Store {
    /// Returns the name of what has this IRI in `language`, or what [`in_language`] falls back to; nothing where the
    /// data give no name.
    pub fn label(&self, iri: &str, language: &str) -> Option<String> {
        let subject = NamedNodeRef::new(iri).ok()?;
        NAMES.iter().find_map(|property| {
            let property = NamedNodeRef::new_unchecked(property);
            let quads =
                self.oxigraph.quads_for_pattern(Some(subject.into()), Some(property), None, None).flatten();
            let mut names: Vec<(Option<String>, String)> = quads
                .filter_map(|quad| match quad.object {
                    Term::Literal(name) => {
                        Some((name.language().map(str::to_lowercase), name.value().to_owned()))
                    }
                    _ => None,
                })
                .collect();
            names.sort_unstable();
            let tagged = names.iter().map(|(tag, name)| (tag.as_deref(), name));
            in_language(tagged, language).cloned()
        })
    }
}
