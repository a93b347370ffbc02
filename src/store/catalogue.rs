//! The questions that the binary carries: `queries/catalogue/<id>.rq`.

use super::question::{DecoratorError, Question};
use crate::model::nearest;
use crate::rdf::SHIPPED;

/// Where they stand among the shipped files.
const FOLDER: &str = "queries/catalogue/";

/// Returns the shipped questions, by id.
///
/// # Errors
/// [`DecoratorError`] of the first that cannot be read; a test reads them all, so a release has none.
pub fn catalogue() -> Result<Vec<Question>, DecoratorError> {
    shipped().map(|(id, text)| Question::parse(id, text)).collect()
}

/// Returns the shipped question with this id.
///
/// # Errors
/// [`DecoratorError`] if it cannot be read.
pub fn shipped_question(id: &str) -> Result<Option<Question>, DecoratorError> {
    shipped().find(|(shipped, _)| *shipped == id).map(|(id, text)| Question::parse(id, text)).transpose()
}

/// Returns the id of the shipped question that is spelled most like `id`.
pub fn nearest_question(id: &str) -> Option<&'static str> {
    nearest(id, shipped().map(|(id, _)| id))
}

fn shipped() -> impl Iterator<Item = (&'static str, &'static str)> {
    SHIPPED.iter().filter_map(|file| {
        let id = file.path.strip_prefix(FOLDER)?.strip_suffix(".rq")?;
        // Not UTF-8: an empty text, which no engine takes for a query.
        Some((id, std::str::from_utf8(file.bytes).unwrap_or_default()))
    })
}
