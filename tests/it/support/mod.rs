//! Helpers that several test modules share; a helper of one module stays in it.

pub(crate) mod bless;
pub(crate) mod dump;
pub(crate) mod engines;
pub(crate) mod exland;
pub(crate) mod geometry;
pub(crate) mod made_up;
pub(crate) mod pictures;
pub(crate) mod tools;
pub(crate) mod worlds;
