//! Answers that need the graph as a whole; one file a question.
//!
//! # Invariants
//! * An answer names bodies and links; it words nothing and draws nothing.
//! * Same world, same answer: ties are decided by the order of IRIs.

mod chain;

pub use chain::{Chain, Rung, Tie, chain};
