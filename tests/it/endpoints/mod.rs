//! `--from URL`: servers that are not ours answer as the memory store does, and one of ours behaves badly.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

/// Endpoints that fail, and what is said of it.
mod faults;
/// The servers that the tests start.
mod servers;
/// A server of ours that answers as it is told.
mod stub;

/// The shipped questions and norms on other engines.
mod engines;
/// An engine that answers wrongly.
mod wrong;
