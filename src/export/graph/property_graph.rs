//! Names of labels and relationship types in property graphs.

use crate::model::{Graph, TypeSet};

/// Returns the labels of a body: `Institution`, and its types, such as `DomesticSecurityService`.
pub(super) fn labels(graph: &Graph, types: TypeSet) -> Vec<String> {
    let types = types.iter().map(|id| camel(graph.vocabulary.types.slug(id)));
    std::iter::once("Institution".to_owned()).chain(types.filter(|name| !name.is_empty())).collect()
}

/// Returns the relationship type of each mechanism, such as `FINANCIAL_AUDIT`.
pub(super) fn relationship_types(graph: &Graph) -> Vec<String> {
    graph.vocabulary.mechanisms.iter().map(|(_, concept)| snake(&concept.slug)).collect()
}

/// Slugs are the ends of IRIs, in which anything may stand: only letters, digits and `_` are kept.
fn camel(slug: &str) -> String {
    let words = slug.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let name: String = words
        .flat_map(|word| {
            let mut letters = word.chars();
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters)
        })
        .collect();
    if name.starts_with(|c: char| c.is_numeric()) { format!("T{name}") } else { name }
}

fn snake(slug: &str) -> String {
    let name: String = slug.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    let name = name.to_uppercase();
    if name.is_empty() || name.starts_with(|c: char| c.is_numeric()) { format!("M_{name}") } else { name }
}
