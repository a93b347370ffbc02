//! Concept schemes as closed lists for one graph: types, mechanisms, powers, limits; sets of them as bits.

use super::text::{Labels, Symbol};
use std::marker::PhantomData;

/// How many concepts a scheme can hold: the width of `Set`.
pub const CAPACITY: usize = 128;

/// A concept of the scheme `K`, by its place in the scheme.
#[derive(Debug)]
pub struct Id<K>(pub(super) u8, PhantomData<K>);

/// Concepts of the scheme `K`, one bit each.
#[derive(Debug)]
pub struct Set<K>(u128, PhantomData<K>);

macro_rules! by_hand {
    ($type:ident) => {
        // Derives would ask the same of `K`, which is only a name.
        impl<K> Clone for $type<K> {
            fn clone(&self) -> Self {
                *self
            }
        }
        impl<K> Copy for $type<K> {}
        impl<K> PartialEq for $type<K> {
            fn eq(&self, other: &Self) -> bool {
                self.0 == other.0
            }
        }
        impl<K> Eq for $type<K> {}
    };
}
by_hand!(Id);
by_hand!(Set);

impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

impl<K> Id<K> {
    pub(super) fn new(index: usize) -> Self {
        Self(u8::try_from(index).expect("a scheme holds at most CAPACITY concepts"), PhantomData)
    }

    /// The concept's place in its scheme, which is in the order of IRIs.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl<K> Default for Set<K> {
    fn default() -> Self {
        Self(0, PhantomData)
    }
}

impl<K> Set<K> {
    /// Returns whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns how many concepts are in it.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Returns whether `id` is in it.
    pub fn contains(self, id: Id<K>) -> bool {
        self.0 >> id.0 & 1 == 1
    }

    /// Returns whether it shares a concept with `other`.
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Puts `id` in.
    pub fn insert(&mut self, id: Id<K>) {
        self.0 |= 1 << id.0;
    }

    /// Returns the concepts that are in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0, PhantomData)
    }

    /// Returns the concepts that are in either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0, PhantomData)
    }

    /// Returns the concepts that are in this one alone.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0, PhantomData)
    }

    /// Iterates in the order of the scheme.
    pub fn iter(self) -> impl Iterator<Item = Id<K>> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let next = (left != 0).then(|| left.trailing_zeros())?;
            left &= left - 1;
            Some(Id(next as u8, PhantomData))
        })
    }
}

impl<K> FromIterator<Id<K>> for Set<K> {
    fn from_iter<I: IntoIterator<Item = Id<K>>>(ids: I) -> Self {
        let mut set = Self::default();
        for id in ids {
            set.insert(id);
        }
        set
    }
}

/// One concept, as the ontology defines it.
#[derive(Clone, Debug)]
pub struct Concept {
    /// Its IRI.
    pub iri: Symbol,
    /// The readable end of its IRI, which is its id on the command line and in JSON.
    pub slug: String,
    /// Its names.
    pub labels: Labels,
    /// Its definition, by language.
    pub definition: Labels,
}

/// The concepts of one scheme, in the order of their IRIs.
#[derive(Clone, Debug)]
pub struct Scheme<K> {
    concepts: Vec<Concept>,
    kind: PhantomData<K>,
}

impl<K> Scheme<K> {
    /// Takes concepts that are sorted by IRI, without doubles, at most [`CAPACITY`].
    pub(super) fn new(concepts: Vec<Concept>) -> Self {
        debug_assert!(concepts.len() <= CAPACITY);
        Self { concepts, kind: PhantomData }
    }

    /// Returns the concept.
    pub fn get(&self, id: Id<K>) -> &Concept {
        &self.concepts[id.index()]
    }

    /// Returns the id on the command line and in JSON.
    pub fn slug(&self, id: Id<K>) -> &str {
        &self.get(id).slug
    }

    /// Finds a concept by the symbol of its IRI.
    pub fn find(&self, iri: Symbol) -> Option<Id<K>> {
        // Schemes are short, and symbols are compared as numbers.
        self.concepts.iter().position(|c| c.iri == iri).map(Id::new)
    }

    /// Finds a concept by its slug.
    pub fn find_slug(&self, slug: &str) -> Option<Id<K>> {
        self.concepts.iter().position(|c| c.slug == slug).map(Id::new)
    }

    /// Returns the set of the concepts that have one of these slugs.
    pub fn set(&self, slugs: &[&str]) -> Set<K> {
        slugs.iter().filter_map(|slug| self.find_slug(slug)).collect()
    }

    /// Returns all concepts with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (Id<K>, &Concept)> {
        self.concepts.iter().enumerate().map(|(i, c)| (Id::new(i), c))
    }

    /// Returns the set of all concepts.
    pub fn all(&self) -> Set<K> {
        (0..self.concepts.len()).map(Id::new).collect()
    }

    /// Returns the number of concepts.
    pub fn len(&self) -> usize {
        self.concepts.len()
    }

    /// Returns whether the scheme has no concept, as when no ontology was loaded.
    pub fn is_empty(&self) -> bool {
        self.concepts.is_empty()
    }
}

/// Marks the scheme of institution types.
#[derive(Debug, Clone, Copy)]
pub struct TypeKind;
/// Marks the scheme of mechanisms.
#[derive(Debug, Clone, Copy)]
pub struct MechanismKind;
/// Marks the scheme of powers.
#[derive(Debug, Clone, Copy)]
pub struct PowerKind;
/// Marks the scheme of limits.
#[derive(Debug, Clone, Copy)]
pub struct LimitKind;

/// A type of institution, or a group of types.
pub type TypeId = Id<TypeKind>;
/// Types of institutions.
pub type TypeSet = Set<TypeKind>;
/// A mechanism of control.
pub type MechanismId = Id<MechanismKind>;
/// Mechanisms of control.
pub type MechanismSet = Set<MechanismKind>;
/// A power of an institution.
pub type PowerId = Id<PowerKind>;
/// Powers of an institution.
pub type PowerSet = Set<PowerKind>;
/// A limit of a link.
pub type LimitId = Id<LimitKind>;
/// Limits of a link.
pub type LimitSet = Set<LimitKind>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_sets() {
        let of = |ids: &[usize]| ids.iter().map(|i| Id::<TypeKind>::new(*i)).collect::<Set<TypeKind>>();
        let set = of(&[3, 127, 0]);
        assert_eq!(set.iter().map(Id::index).collect::<Vec<_>>(), [0, 3, 127]);
        assert_eq!(set.len(), 3);
        assert!(set.contains(Id::new(127)) && !set.contains(Id::new(1)));
        assert!(set.meets(of(&[3, 4])) && !set.meets(of(&[4])) && !set.meets(Set::default()));
        assert_eq!(set.without(of(&[0, 5])), of(&[3, 127]));
        assert_eq!(set.and(of(&[0, 5])), of(&[0]));
        assert_eq!(of(&[1]).or(of(&[2])), of(&[1, 2]));
    }
}
