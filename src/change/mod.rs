//! What changes from one day to another.
//!
//! # Invariants
//! * Whatever is told of a day is what [`crate::gaps::evaluate`] says of that day.
//! * A change always has a cause on record: a link or a body that begins or ends.

mod diff;
mod timeline;

pub use diff::{Difference, Reason, Shift, diff};
pub use timeline::{Act, ActKind, Cause, Change, End, Stretch, Timeline, acts, timeline};
