//! How a query is going to be answered: what was rewritten, and the engine's plan.

use super::{Absence, Guard, Store, StoreError};
use serde_json::Value;
use spargebra::Query;
use std::fmt::{self, Write as _};

/// What becomes of a query before it is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Each FILTER EXISTS and NOT EXISTS, outermost first.
    pub absences: Vec<Absence>,
    /// The engine's operators, one a line, each below what takes its solutions.
    pub operators: String,
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for absence in &self.absences {
            writeln!(f, "{absence}")?;
        }
        f.write_str(&self.operators)
    }
}

/// Asks the engine for its plan. A SELECT is planned without being answered, so every form is planned as one.
pub(super) fn plan(store: &Store, query: Query, absences: Vec<Absence>) -> Result<Plan, StoreError> {
    let (Query::Select { dataset, pattern, base_iri }
    | Query::Construct { dataset, pattern, base_iri, .. }
    | Query::Describe { dataset, pattern, base_iri }
    | Query::Ask { dataset, pattern, base_iri }) = query;
    let select = Query::Select { dataset, pattern, base_iri };
    let (results, explanation) = store.prepare(select, &Guard::default())?.explain();
    results?;
    let mut json = Vec::new();
    explanation.write_in_json(&mut json)?;
    let json: Value = serde_json::from_slice(&json).map_err(std::io::Error::from)?;
    let mut operators = String::new();
    write_operator(&json["plan"], 0, &mut operators);
    Ok(Plan { absences, operators })
}

fn write_operator(operator: &Value, depth: usize, out: &mut String) {
    if let Some(name) = operator["name"].as_str() {
        let _ = writeln!(out, "{:indent$}{name}", "", indent = 2 * depth);
    }
    for child in operator["children"].as_array().into_iter().flatten() {
        write_operator(child, depth + 1, out);
    }
}
