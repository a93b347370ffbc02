//! Integration tests, one binary. A test that fits no module below begins a new one.

/// `oversight import`: tables into Turtle, and back cell by cell.
mod import;
