//! One file a command: its arguments, whose doc comments are the help, and what it does.

mod charts;
pub(super) mod check;
pub(super) mod draw;
pub(super) mod export;
pub(super) mod gaps;
pub(super) mod import;
pub(super) mod norms;
pub(super) mod queries;
pub(super) mod query;
pub(super) mod report;
pub(super) mod show;
pub(super) mod timeline;
