//! Formats of tables: bodies, links, acts, findings and what the file says of itself, a table each.

pub(super) mod csv;
mod rows;
mod workbook;
pub(super) mod xlsx;
