//! Short ids for IRIs of ours, both ways, with the nearest for one that is unknown.

use super::{Graph, InstitutionId, nearest};
use crate::vocab;

/// Returns the short form of an IRI of ours, `ua/security-service` or `MIA-07`; other IRIs stay whole.
pub fn short(iri: &str) -> &str {
    const BASE: &str = "https://w3id.org/oversight/";
    match iri.strip_prefix(vocab::ID) {
        Some(rest) => rest,
        None if iri.starts_with(BASE) => vocab::slug(iri),
        None => iri,
    }
}

/// Returns the IRI that a short id stands for in `namespace`; an IRI is returned as it is.
///
/// ```
/// use oversight::{model::expand, vocab};
/// assert_eq!(expand("ua/sbu", vocab::ID), "https://w3id.org/oversight/id/ua/sbu");
/// assert_eq!(expand("urn:x", vocab::ID), "urn:x");
/// ```
pub fn expand(id: &str, namespace: &str) -> String {
    if id.contains(':') { id.to_owned() } else { format!("{namespace}{id}") }
}

/// What a lookup by id gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup<T> {
    /// The one that was meant.
    Found(T),
    /// Several that could be meant, by short id.
    Ambiguous(Vec<String>),
    /// None, and the id on record that is spelled most like it.
    Unknown(Option<String>),
}

impl Graph {
    /// Finds an institution as a user names it: by short id (`ua/sbu`), IRI, acronym (`ua/SBU`), or by its
    /// English name as a slug, with or without a trailing "of ..." (`ua/security-service`).
    pub fn lookup(&self, id: &str) -> Lookup<InstitutionId> {
        if let Some(found) = self.find(&expand(id, vocab::ID)) {
            return Lookup::Found(found);
        }
        let country_and_name = id.split_once('/').filter(|_| !id.contains(':'));
        let country = country_and_name.map(|(country, _)| expand(country, vocab::ID));
        let name = country_and_name.map_or(id, |(_, name)| name);
        let mut found: Vec<InstitutionId> = self
            .institutions()
            .filter(|(_, body)| country.is_none() || body.country.map(|c| self.text(c)) == country.as_deref())
            .filter(|(at, _)| self.goes_by(*at, name))
            .map(|(at, _)| at)
            .collect();
        match found.len() {
            0 => {
                let ids = self.network.node_indices().map(|at| short(self.iri(at)));
                Lookup::Unknown(nearest(id, ids).map(str::to_owned))
            }
            1 => Lookup::Found(found.remove(0)),
            _ => Lookup::Ambiguous(found.into_iter().map(|at| short(self.iri(at)).to_owned()).collect()),
        }
    }

    fn goes_by(&self, id: InstitutionId, name: &str) -> bool {
        let body = self.institution(id);
        if body.acronym.is_some_and(|acronym| self.text(acronym).eq_ignore_ascii_case(name)) {
            return true;
        }
        let label = slugify(self.name(id, "en"));
        label == name || label.split_once("-of-").is_some_and(|(head, _)| head == name)
    }
}

/// Lower case, and a hyphen for every run of other characters.
fn slugify(label: &str) -> String {
    let mut slug = String::with_capacity(label.len());
    for character in label.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_become_slugs() {
        assert_eq!(slugify("Security Service of Ukraine"), "security-service-of-ukraine");
        assert_eq!(slugify("  The King (in Council) "), "the-king-in-council");
    }

    #[test]
    fn short_ids() {
        assert_eq!(short("https://w3id.org/oversight/id/xx/act/law-1"), "xx/act/law-1");
        assert_eq!(short("https://w3id.org/oversight/norm/MIA-07"), "MIA-07");
        assert_eq!(short("urn:x:y"), "urn:x:y");
    }
}
