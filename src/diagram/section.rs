//! Sections of a chart: bodies that belong together, providers by family, others by pillar.

use super::sector::Family;
use super::words::{Phrase, Words};
use crate::model::{Graph, InstitutionId, Pillar};

/// What sort of body it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// A provider of a family.
    Provider(Family),
    /// Everybody else, by pillar.
    Pillar(Pillar),
    /// Bodies of no pillar.
    Other,
}

impl Section {
    /// Returns the section of a body: by the first of its types that has a family, or by its first pillar.
    pub fn of(graph: &Graph, id: InstitutionId) -> Self {
        let vocabulary = &graph.vocabulary;
        let types = graph.institution(id).types;
        let family = types.iter().find_map(|kind| Family::of_type(vocabulary.types.slug(kind)));
        match (family, vocabulary.pillar(types)) {
            (Some(family), _) => Self::Provider(family),
            (None, Some(Pillar::Provider)) => Self::Provider(Family::Support),
            (None, Some(pillar)) => Self::Pillar(pillar),
            (None, None) => Self::Other,
        }
    }

    /// Returns its name.
    pub(super) fn name(self, words: Words<'_>) -> String {
        match self {
            Self::Provider(family) => words.say(family.phrase()).to_owned(),
            Self::Pillar(pillar) => words.pillar(Some(pillar)),
            Self::Other => words.say(Phrase::OtherPillar).to_owned(),
        }
    }
}
