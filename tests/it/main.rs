//! Integration tests, one binary. A test that fits no module below begins a new one.

<<<<<<< HEAD
/// `oversight import`: tables into Turtle, and back cell by cell.
mod import;
=======
// What several modules need.
mod support;

// The made-up country, and its findings worked out by hand.
mod exland;

// What holds whatever comes in.
mod properties;

// What is wrong in data, and what is said of it.
mod bad_data;
>>>>>>> d2f5e747a79203e11c96c7d0c9d21fc9cded0953
