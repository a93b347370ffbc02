//! The skeleton of a security sector: which body stands where, and which stand together in one box.
//!
//! # Invariants
//! * Every body that exists has one place, which follows from its types and those of the bodies above it.
//! * Bodies that share a box are of one pillar or family; a box tells how many they are, and its details who.

use super::words::{Phrase, Words, filled};
use crate::gaps::World;
use crate::model::{InstitutionId, Pillar, TypeId};
use crate::vocab::concept;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Kinds of providers that work alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Armed forces.
    Military,
    /// Police and order.
    Police,
    /// Border and customs.
    Border,
    /// Intelligence and security.
    Intelligence,
    /// Prisons.
    Prisons,
    /// Private security and industry.
    Private,
    /// Training, logistics, procurement and what is none of the others.
    Support,
}

impl Family {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::Military,
        Self::Police,
        Self::Border,
        Self::Intelligence,
        Self::Prisons,
        Self::Private,
        Self::Support,
    ];

    /// The name on the command line.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Military => "military",
            Self::Police => "police",
            Self::Border => "border",
            Self::Intelligence => "intelligence",
            Self::Prisons => "prisons",
            Self::Private => "private",
            Self::Support => "support",
        }
    }

    pub(super) fn phrase(self) -> Phrase {
        match self {
            Self::Military => Phrase::Military,
            Self::Police => Phrase::Police,
            Self::Border => Phrase::Border,
            Self::Intelligence => Phrase::Intelligence,
            Self::Prisons => Phrase::Prisons,
            Self::Private => Phrase::Private,
            Self::Support => Phrase::Support,
        }
    }

    /// Returns the family of a type of providers; nothing for types that serve several families.
    pub(super) fn of_type(slug: &str) -> Option<Self> {
        Some(match slug {
            "armed-forces" | "military-service" | "military-command" | "territorial-defence" => {
                Self::Military
            }
            "police"
            | "gendarmerie"
            | "protective-service"
            | "investigation-bureau"
            | "anti-corruption-bureau"
            | "emergency-service" => Self::Police,
            "border-service" | "customs-service" | "coast-guard" | "migration-service" => Self::Border,
            "domestic-security-service"
            | "foreign-intelligence"
            | "military-intelligence"
            | "signals-intelligence"
            | "criminal-intelligence"
            | "financial-intelligence"
            | "cyber-agency" => Self::Intelligence,
            "penitentiary-service" => Self::Prisons,
            "private-security-regulated" | "defence-industry" => Self::Private,
            _ => return None,
        })
    }
}

/// Where a body stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// With the overseers outside the executive.
    Overseer(Option<Pillar>),
    /// Head of state, government and their councils.
    Head,
    /// Ministries and the rest of the executive.
    Ministry,
    /// With the providers.
    Provider(Family),
}

impl Place {
    /// The pillar that gives it its colour.
    pub(super) fn pillar(self) -> Option<Pillar> {
        match self {
            Self::Overseer(pillar) => pillar,
            Self::Head | Self::Ministry => Some(Pillar::Executive),
            Self::Provider(_) => Some(Pillar::Provider),
        }
    }

    /// The id of its frame.
    pub(super) fn id(self) -> String {
        match self {
            Self::Overseer(pillar) => format!("pillar:{}", pillar.map_or("none", Pillar::slug)),
            Self::Head => "executive:head".to_owned(),
            Self::Ministry => "executive:ministries".to_owned(),
            Self::Provider(family) => format!("family:{}", family.slug()),
        }
    }

    /// The heading of its frame.
    pub(super) fn label(self, words: Words<'_>) -> String {
        match self {
            Self::Overseer(pillar) => words.pillar(pillar),
            Self::Head => words.say(Phrase::Head).to_owned(),
            Self::Ministry => words.say(Phrase::Ministries).to_owned(),
            Self::Provider(family) => words.say(family.phrase()).to_owned(),
        }
    }
}

/// Which bodies get a box of their own though there are many.
#[derive(Clone, Debug, Default)]
pub struct Expand {
    all: bool,
    slugs: BTreeSet<String>,
}

impl Expand {
    /// Reads names of families and pillars, or `all`.
    ///
    /// # Errors
    /// The first word that is none.
    pub fn of<'w>(words: impl IntoIterator<Item = &'w str>) -> Result<Self, &'w str> {
        let mut expand = Self::default();
        for word in words {
            match word {
                "all" => expand.all = true,
                _ if Self::words().any(|known| known == word) => {
                    expand.slugs.insert(word.to_owned());
                }
                _ => return Err(word),
            }
        }
        Ok(expand)
    }

    /// The words that can be given.
    pub fn words() -> impl Iterator<Item = &'static str> + Clone {
        let pillars = Pillar::ALL.iter().map(|pillar| pillar.slug()).filter(|slug| *slug != "provider");
        ["all"].into_iter().chain(Family::ALL.iter().map(|family| family.slug())).chain(pillars)
    }

    fn takes(&self, place: Place) -> bool {
        let slug = match place {
            Place::Provider(family) => family.slug(),
            _ => place.pillar().map_or("", Pillar::slug),
        };
        self.all || self.slugs.contains(slug)
    }
}

/// Up to how many providers at the top each have a box of their own.
const MOST_PROVIDERS: usize = 14;
/// The most boxes of a frame of overseers, of the head of the executive, and of ministries.
const MOST_BOXES: usize = 4;
const MOST_HEADS: usize = 5;
const MOST_MINISTRIES: usize = 7;
/// How many bodies a box names below its own name.
const NAMED: usize = 5;

/// A box: one body, or several.
#[derive(Clone, Debug)]
pub(super) struct Cluster {
    pub(super) id: String,
    pub(super) place: Place,
    pub(super) label: String,
    /// What stands below the label: how many, and some names.
    pub(super) below: String,
    pub(super) members: Vec<InstitutionId>,
    /// Those of them that the picture of its day alone would show.
    pub(super) today: Vec<InstitutionId>,
}

/// Who stands where.
#[derive(Debug, Default)]
pub(super) struct Sector {
    pub(super) clusters: Vec<Cluster>,
    /// The box of each body, by its number.
    of: BTreeMap<InstitutionId, usize>,
    /// The bodies that the picture of its day alone would show.
    today: BTreeSet<InstitutionId>,
}

impl Sector {
    /// Places all bodies that exist.
    ///
    /// # Arguments
    /// * `degree`: how many links each body has; overseers without any are left out.
    pub(super) fn new(words: Words<'_>, degree: &BTreeMap<InstitutionId, usize>, expand: &Expand) -> Self {
        Self::of_bodies(words, degree, expand, |id, place| {
            degree.contains_key(&id) || matches!(place, Place::Provider(_))
        })
    }

    /// Places the bodies that have links, and no other.
    pub(super) fn linked(words: Words<'_>, degree: &BTreeMap<InstitutionId, usize>, expand: &Expand) -> Self {
        Self::of_bodies(words, degree, expand, |id, _| degree.contains_key(&id))
    }

    fn of_bodies(
        words: Words<'_>,
        degree: &BTreeMap<InstitutionId, usize>,
        expand: &Expand,
        takes: impl Fn(InstitutionId, Place) -> bool,
    ) -> Self {
        let world = words.world;
        let mut by_place: BTreeMap<Place, Vec<InstitutionId>> = BTreeMap::new();
        for (id, _) in world.graph().institutions().filter(|(id, _)| world.exists(*id)) {
            let place = place(world, id);
            if takes(id, place) {
                by_place.entry(place).or_default().push(id);
            }
        }
        let tops = by_place.iter().filter(|(place, _)| matches!(place, Place::Provider(_)));
        let tops = tops.flat_map(|(place, members)| under(words, *place, members).into_keys());
        let tops = tops.filter(|top| words.exists_today(*top)).count();
        let mut sector = Self::default();
        for (place, members) in &by_place {
            let has_links = |id: &InstitutionId| degree.get(id).is_some_and(|links| *links > 0);
            let is_shown = |id: &&InstitutionId| {
                words.exists_today(**id) && (has_links(id) || matches!(place, Place::Provider(_)))
            };
            sector.today.extend(members.iter().filter(is_shown));
        }
        for (place, members) in by_place {
            let few = tops <= MOST_PROVIDERS || expand.takes(place);
            match place {
                Place::Provider(_) if few => {
                    for (top, members) in under(words, place, &members) {
                        sector.add(words, place, top, members);
                    }
                }
                Place::Provider(_) => {
                    sector.add_many(words, place, String::new(), place.id(), members, degree);
                }
                _ if expand.takes(place) => {
                    for id in members {
                        sector.add(words, place, id, vec![id]);
                    }
                }
                Place::Ministry => sector.by_type(words, place, members, degree, MOST_MINISTRIES),
                Place::Head => sector.by_type(words, place, members, degree, MOST_HEADS),
                Place::Overseer(_) => sector.by_type(words, place, members, degree, MOST_BOXES),
            }
        }
        sector
    }

    /// Returns the box of a body.
    pub(super) fn of(&self, id: InstitutionId) -> Option<usize> {
        self.of.get(&id).copied()
    }

    fn add(&mut self, words: Words<'_>, place: Place, top: InstitutionId, members: Vec<InstitutionId>) {
        let graph = words.graph();
        let today = self.of_today(&members);
        let below = match today.len().max(1) {
            0 | 1 => String::new(),
            more => filled(words.say(Phrase::UnitsBelow), &[&words.bodies(more - 1)]),
        };
        let id = graph.short(graph.iri(top)).to_owned();
        self.push(Cluster { id, place, label: words.name(top), below, members, today });
    }

    fn add_many(
        &mut self,
        words: Words<'_>,
        place: Place,
        label: String,
        id: String,
        mut members: Vec<InstitutionId>,
        degree: &BTreeMap<InstitutionId, usize>,
    ) {
        members.sort_by_key(|id| (Reverse(degree.get(id).copied().unwrap_or(0)), *id));
        // A frame of one box has room for whole names.
        let name =
            |id: &InstitutionId| if label.is_empty() { words.name(*id) } else { words.short_name(*id) };
        let today = self.of_today(&members);
        let named = if today.is_empty() { &members } else { &today };
        let mut names: Vec<String> = named.iter().take(NAMED).map(name).collect();
        if named.len() > NAMED {
            names.push("…".to_owned());
        }
        let number = words.bodies(named.len());
        let (label, below) = match label.as_str() {
            // The frame has told what they are.
            "" => (number, names.join(", ")),
            _ => (label, format!("{number}: {}", names.join(", "))),
        };
        self.push(Cluster { id, place, label, below, members, today });
    }

    fn of_today(&self, members: &[InstitutionId]) -> Vec<InstitutionId> {
        members.iter().copied().filter(|id| self.today.contains(id)).collect()
    }

    fn push(&mut self, cluster: Cluster) {
        let at = self.clusters.len();
        self.of.extend(cluster.members.iter().map(|id| (*id, at)));
        self.clusters.push(cluster);
    }

    /// One box a body, as long as they are few; else one a type, and the least linked types together.
    fn by_type(
        &mut self,
        words: Words<'_>,
        place: Place,
        members: Vec<InstitutionId>,
        degree: &BTreeMap<InstitutionId, usize>,
        most: usize,
    ) {
        let graph = words.graph();
        let links = |members: &[InstitutionId]| -> usize {
            members.iter().map(|id| degree.get(id).copied().unwrap_or(0)).sum()
        };
        let mut by_type: BTreeMap<Option<TypeId>, Vec<InstitutionId>> = BTreeMap::new();
        for id in members {
            by_type.entry(graph.institution(id).types.iter().next()).or_default().push(id);
        }
        let here = |members: &[InstitutionId]| members.iter().filter(|id| self.today.contains(id)).count();
        let (mut groups, mut gone): (Vec<_>, Vec<_>) =
            by_type.into_iter().partition(|(_, members)| here(members) > 0);
        if groups.is_empty() {
            groups.append(&mut gone);
        }
        groups.sort_by_key(|(of, members)| (Reverse(links(members)), *of));
        let rest = if groups.len() > most { groups.split_off(most - 1) } else { Vec::new() };
        let rest: Vec<InstitutionId> =
            rest.into_iter().chain(gone).flat_map(|(_, members)| members).collect();
        // What room is left goes to the smallest groups, whose bodies then have a box each.
        let mut room = most.saturating_sub(groups.len() + usize::from(!rest.is_empty()));
        let mut small: Vec<usize> = (0..groups.len()).collect();
        small.sort_by_key(|at| (groups[*at].1.len(), *at));
        let mut apart = BTreeSet::new();
        for at in small {
            let more = here(&groups[at].1).max(1) - 1;
            if more <= room {
                room -= more;
                apart.insert(at);
            }
        }
        for (at, (of, members)) in groups.into_iter().enumerate() {
            match of {
                Some(of) if !apart.contains(&at) => {
                    let id = format!("{}:{}", place.id(), graph.vocabulary.types.get(of).slug);
                    self.add_many(words, place, words.type_name(of), id, members, degree);
                }
                _ => members.into_iter().for_each(|id| self.add(words, place, id, vec![id])),
            }
        }
        match rest[..] {
            [] => {}
            [one] => self.add(words, place, one, vec![one]),
            _ => {
                let id = format!("{}:rest", place.id());
                self.add_many(words, place, words.say(Phrase::Rest).to_owned(), id, rest, degree);
            }
        }
    }
}

/// The bodies of a frame of providers, each under the topmost body of the same frame that it is below of.
fn under(
    words: Words<'_>,
    at: Place,
    members: &[InstitutionId],
) -> BTreeMap<InstitutionId, Vec<InstitutionId>> {
    let world = words.world;
    let mut tops: BTreeMap<InstitutionId, Vec<InstitutionId>> = BTreeMap::new();
    for id in members {
        // Where bodies of all days are drawn, one of today is not put below one that is gone.
        let is_of_its_time = |above| words.exists_today(above) || !words.exists_today(*id);
        let is_here = |above: &&InstitutionId| {
            world.exists(**above) && place(world, **above) == at && is_of_its_time(**above)
        };
        let top = world.ancestors(*id).iter().rfind(is_here).unwrap_or(id);
        tops.entry(*top).or_default().push(*id);
    }
    tops
}

/// Returns where a body stands.
pub(super) fn place(world: &World<'_>, id: InstitutionId) -> Place {
    let graph = world.graph();
    let vocabulary = &graph.vocabulary;
    let types = graph.institution(id).types;
    match vocabulary.pillar(types) {
        Some(Pillar::Executive) => {
            let heads =
                vocabulary.types.set(concept::CABINET).or(vocabulary.types.set(&["security-council"]));
            if types.meets(heads) { Place::Head } else { Place::Ministry }
        }
        Some(Pillar::Provider) => {
            let family = |id: InstitutionId| {
                graph.institution(id).types.iter().find_map(|of| Family::of_type(vocabulary.types.slug(of)))
            };
            let above = || world.ancestors(id).iter().find_map(|above| family(*above));
            Place::Provider(family(id).or_else(above).unwrap_or(Family::Support))
        }
        pillar => Place::Overseer(pillar),
    }
}
