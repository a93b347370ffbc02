//! Short ids for IRIs of ours, both ways, with the nearest for one that is unknown.

use super::{Graph, Institution, InstitutionId, TypeSet, nearest};
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
    /// Finds an institution as a user names it: by short id (`ua/sbu`) or IRI, else by acronym or another name
    /// (`ua/SBU`) or by its name in any language as a slug, with or without a trailing "of ..."
    /// (`ua/security-service`), else by the initials of such a name (the last word may stay out), else by a type
    /// that its name begins with, or that it alone has, of the bodies of the country that are not dissolved
    /// (`ua/foreign-intelligence`).
    pub fn lookup(&self, id: &str) -> Lookup<InstitutionId> {
        if let Some(found) = self.find(&expand(id, vocab::ID)) {
            return Lookup::Found(found);
        }
        let country_and_name = id.split_once('/').filter(|_| !id.contains(':'));
        let country = country_and_name.map(|(country, _)| expand(country, vocab::ID));
        let name = country_and_name.map_or(id, |(_, name)| name).to_lowercase();
        let of_type = self.vocabulary.types.find_slug(&name);
        let types = of_type.map_or_else(TypeSet::default, |of| self.vocabulary.expand(&[of]));
        let is_of_type = |body: &Institution| body.life.end.is_none() && body.types.meets(types);
        let led = format!("{name}-");
        let ways: [&dyn Fn(&Institution) -> bool; 4] = [
            &|body| self.goes_by(body, &name),
            &|body| self.names(body).any(|label| has_initials(label, &name)),
            &|body| is_of_type(body) && self.names(body).any(|label| slugify(label).starts_with(&led)),
            &is_of_type,
        ];
        for is_it in ways {
            let mut found: Vec<InstitutionId> = self
                .institutions()
                .filter(|(_, body)| {
                    country.is_none() || body.country.map(|c| self.text(c)) == country.as_deref()
                })
                .filter(|(_, body)| is_it(body))
                .map(|(at, _)| at)
                .collect();
            match found.len() {
                0 => {}
                1 => return Lookup::Found(found.remove(0)),
                _ => {
                    let ids = found.into_iter().map(|at| short(self.iri(at)).to_owned());
                    return Lookup::Ambiguous(ids.collect());
                }
            }
        }
        let ids = self.network.node_indices().map(|at| short(self.iri(at)));
        Lookup::Unknown(nearest(id, ids).map(str::to_owned))
    }

    fn names<'g>(&'g self, body: &'g Institution) -> impl Iterator<Item = &'g str> {
        body.labels.iter().map(|label| self.text(label.text))
    }

    fn goes_by(&self, body: &Institution, name: &str) -> bool {
        body.other_names.iter().any(|other| self.text(other.text).to_lowercase() == name)
            || self
                .names(body)
                .map(slugify)
                .any(|label| label == name || label.split_once("-of-").is_some_and(|(head, _)| head == name))
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

/// Whether the first letters of the words of more than two letters are these, three or more, in lower case; the
/// last word, often that of the country, may stay out.
fn has_initials(label: &str, letters: &str) -> bool {
    let words = label.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 2);
    let first: String = words.filter_map(|word| word.chars().next()).flat_map(char::to_lowercase).collect();
    let rest = first.strip_prefix(letters).filter(|_| letters.chars().count() > 2);
    rest.is_some_and(|rest| rest.chars().count() < 2)
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
    fn initials_are_those_of_the_long_words() {
        assert!(has_initials("Служба безпеки України", "сбу"));
        assert!(has_initials("Рада національної безпеки і оборони України", "рнбо"));
        assert!(!has_initials("Рада національної безпеки і оборони України", "рнб"));
        assert!(!has_initials("Служба безпеки України", "сб"));
    }

    #[test]
    fn short_ids() {
        assert_eq!(short("https://w3id.org/oversight/id/xx/act/law-1"), "xx/act/law-1");
        assert_eq!(short("https://w3id.org/oversight/norm/MIA-07"), "MIA-07");
        assert_eq!(short("urn:x:y"), "urn:x:y");
    }
}
