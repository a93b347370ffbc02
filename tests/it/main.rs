//! Integration tests, one binary. A test that fits no module below begins a new one.

/// What several modules need.
mod support;

/// Absence, rewritten: the same answers.
mod absence;
/// The evaluator and the SPARQL that norms are written as, side by side.
mod agreement;
/// What is meant to bring the program down.
mod attacks;
/// What is wrong in data, and what is said of it.
mod bad_data;
/// The shipped questions: decorators, rows on Exland, page.
mod catalogue;
/// Matrix, timeline and comparison.
mod charts;
/// `oversight check`: planted faults, shipped data, engines that are not ours.
mod check;
/// The binary as a user meets it.
mod cli;
/// The W3C suites, through our own reading, guarding and rewriting.
mod conformance;
/// Pictures: true to their findings, sound in geometry, safe for any label.
mod diagram;
/// `--from URL`: engines that are not ours, and servers that behave badly.
mod endpoints;
/// `draw --engine`: Graphviz places, we draw.
mod engine;
/// The made-up country, and its findings worked out by hand.
mod exland;
/// Exports: selection, losses, whole files.
mod export;
/// Exports as RDF, as its readers find them.
mod export_rdf;
/// Exports, graphs and tables, as the readers of other programs find them.
mod export_readers;
/// The gallery of pictures in the docs.
mod gallery;
/// Hostile labels through every picture.
mod hostile;
/// `oversight import`: tables into Turtle, and back cell by cell.
mod import;
/// Graphs that queries give, drawn.
mod net;
/// Norms: users' own, profiles, derivations, the forms that gates read.
mod norms;
/// What other programs make of our output.
mod outside;
/// Data of others into Turtle.
mod outside_sources;
/// Pages of pictures, driven in a browser.
mod page;
/// Pages and counts that are generated from the shipped data.
mod pages;
/// The colours of pictures, as people with colour-blindness and grey printers see them.
mod palette;
/// What holds whatever comes in.
mod properties;
/// `oversight query` and `oversight queries`, as typed.
mod query;
/// Country reports in every form.
mod report;
/// Facts in spreadsheets: in, out, and what is said of bad ones.
mod sheets;
/// Rules that the shipped ontology and data keep.
mod shipped;
/// House rules as programs.
mod tidy;
/// Verdicts through time.
mod timeline;
/// The shipped files as plain triples, for tests that look past the model.
mod triples;
/// The views `map`, `body` and `chain`: geometry, truth, every form.
mod views;
/// The language that people are spoken to in.
mod wording;
