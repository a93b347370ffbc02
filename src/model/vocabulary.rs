//! The concept schemes of one graph and what the verdict rules need to know of them.

use super::scheme::{
    LimitKind, MechanismId, MechanismKind, MechanismSet, PowerKind, Scheme, TypeId, TypeKind, TypeSet,
};
use super::text::Symbol;
use super::words::Pillar;
use crate::vocab::concept;

/// Types, mechanisms, powers and limits, as the ontology that was loaded defines them.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// Institution types and their groups.
    pub types: Scheme<TypeKind>,
    /// Mechanisms of control.
    pub mechanisms: Scheme<MechanismKind>,
    /// Powers.
    pub powers: Scheme<PowerKind>,
    /// Limits.
    pub limits: Scheme<LimitKind>,
    /// For each type, itself and everything narrower.
    pub(super) below: Vec<TypeSet>,
    /// The types of each pillar, its group among them.
    pub(super) pillars: [TypeSet; Pillar::ALL.len()],
    /// The plain properties of each mechanism.
    pub(super) predicates: Vec<Vec<Symbol>>,
    /// Mechanisms that reach the bodies below the one controlled.
    pub extends_down: MechanismSet,
    /// Mechanisms that do so even from the cabinet.
    pub extends_through_cabinet: MechanismSet,
    /// Head of state, head of government, government.
    pub cabinet: TypeSet,
    /// Courts and judicial commissioners.
    pub tenured: TypeSet,
    /// Mechanisms by which a body is selected.
    pub selection: MechanismSet,
}

impl Vocabulary {
    pub(super) fn new(
        types: Scheme<TypeKind>,
        mechanisms: Scheme<MechanismKind>,
        powers: Scheme<PowerKind>,
        limits: Scheme<LimitKind>,
        broader: &[Vec<TypeId>],
    ) -> Self {
        let mut below: Vec<TypeSet> = types.iter().map(|(id, _)| std::iter::once(id).collect()).collect();
        // Widen until nothing changes; schemes are two levels deep, a cycle only ends the same way.
        loop {
            let mut changed = false;
            for (narrow, wider) in broader.iter().enumerate() {
                for wide in wider {
                    let wider = below[wide.index()].or(below[narrow]);
                    changed |= wider != below[wide.index()];
                    below[wide.index()] = wider;
                }
            }
            if !changed {
                break;
            }
        }
        let mut pillars = [TypeSet::default(); Pillar::ALL.len()];
        for pillar in Pillar::ALL {
            if let Some(group) = types.find_slug(pillar.slug()) {
                pillars[*pillar as usize] = below[group.index()];
            }
        }
        Self {
            cabinet: types.set(concept::CABINET),
            tenured: types.set(concept::TENURED),
            selection: mechanisms.set(concept::SELECTION),
            predicates: vec![Vec::new(); mechanisms.len()],
            extends_down: MechanismSet::default(),
            extends_through_cabinet: MechanismSet::default(),
            types,
            mechanisms,
            powers,
            limits,
            below,
            pillars,
        }
    }

    /// Returns every type that `named` means: a group takes all its types.
    pub fn expand(&self, named: &[TypeId]) -> TypeSet {
        named.iter().fold(TypeSet::default(), |all, id| all.or(self.below[id.index()]))
    }

    /// Returns the types of a pillar.
    pub fn pillar_types(&self, pillar: Pillar) -> TypeSet {
        self.pillars[pillar as usize]
    }

    /// Returns the pillar of a body with these types; the first, where they are of several.
    pub fn pillar(&self, types: TypeSet) -> Option<Pillar> {
        self.pillars_of(types).next()
    }

    /// Returns every pillar that these types are of.
    pub fn pillars_of(&self, types: TypeSet) -> impl Iterator<Item = Pillar> {
        Pillar::ALL.iter().copied().filter(move |pillar| types.meets(self.pillar_types(*pillar)))
    }

    /// Returns whether a control by `mechanism` over a body of these types reaches the bodies below it.
    pub fn reaches_below(&self, mechanism: MechanismId, types: TypeSet) -> bool {
        self.extends_down.contains(mechanism)
            && (!types.meets(self.cabinet) || self.extends_through_cabinet.contains(mechanism))
    }

    /// Returns the plain properties that stand for `mechanism`, such as `ov:audits`.
    pub fn predicates(&self, mechanism: MechanismId) -> &[Symbol] {
        &self.predicates[mechanism.index()]
    }
}
