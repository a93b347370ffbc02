//! Findings, bodies and query results as text: JSON, tables for the terminal, Markdown, CSV; and the country report,
//! a printed document in several forms.
//!
//! # Invariants
//! * Serialization stands here, on views of its own, so that no format freezes the model.
//! * Everything is written in the order in which it comes; nothing is computed here but wording.
//! * What people read is in their language, by [`crate::wording`]; what machines read has ids and English keys.

mod body;
mod changes;
mod check;
pub mod country;
pub mod document;
mod explain;
mod findings;
mod junit;
mod markdown;
mod norm;
mod record;
mod rows;
mod sarif;
mod table;
mod words;

pub use body::{body_json, body_text};
pub use changes::{ActRecord, CauseRecord, ChangeRecord, changes_csv, changes_json, changes_text};
pub use check::{Issues, issues_csv, issues_html, issues_json, issues_markdown, issues_text};
pub use explain::{explanation_json, explanation_text};
pub use findings::findings_text;
pub use junit::findings_junit;
pub use markdown::{findings_csv, findings_markdown};
pub use norm::{binds, norm_text, norms_json, norms_text};
pub use record::{EvidenceRecord, FindingRecord, MissingRecord, findings_json, findings_jsonl};
pub use rows::{RowCell, rows_html, rows_markdown};
pub use sarif::{Places, findings_sarif};
pub use table::{Align, table};
pub use words::Palette;

use crate::gaps::{Finding, Summary};
use crate::model::{Graph, World};
use crate::wording::Wording;

/// What a text about findings is made from.
#[derive(Debug, Clone, Copy)]
pub struct Findings<'a, 'g> {
    /// The graph on its day.
    pub world: &'a World<'g>,
    /// The findings that are shown, in the order of [`crate::gaps::evaluate`].
    pub findings: &'a [Finding<'g>],
    /// The counts; of these findings.
    pub summary: &'a Summary,
    /// The language of names and sentences.
    pub language: &'a str,
}

impl<'a, 'g> Findings<'a, 'g> {
    fn graph(&self) -> &'g Graph {
        self.world.graph()
    }

    fn wording(&self) -> Wording<'g, 'a> {
        Wording::new(self.graph(), self.language)
    }
}
