//! The rules that shapes cannot say: shipped SPARQL queries, with a head as ROBOT's `report` has it.
//!
//! The head is the comment lines `# title:`, `# level:` and `# description:`, one each; `# title@uk:` and
//! `# description@uk:` say the same in Ukrainian. The columns are a contract: `?subject` (an IRI or blank node), `?value`
//! (may be unbound), and if the query has more to say, `?message`, and `?message_uk` in Ukrainian.

use super::super::{Store, StoreError};
use super::{CheckError, Fault, Level, Rule};
use crate::model::Tagged;
use crate::rdf::SHIPPED;
use oxigraph::model::Term;
use oxigraph::sparql::{QueryResults, QuerySolution};

/// The folder of the queries; a file's name is the id of its rule.
const FOLDER: &str = "queries/checks/";

/// A rule as a query.
#[derive(Debug)]
pub(super) struct Query {
    pub(super) rule: Rule,
    path: &'static str,
    text: &'static str,
}

/// Returns the shipped rules, by id.
pub(super) fn shipped() -> Result<Vec<Query>, CheckError> {
    let files = SHIPPED.iter().filter_map(|file| {
        let id = file.path.strip_prefix(FOLDER)?.strip_suffix(".rq")?;
        Some((id, file))
    });
    files
        .map(|(id, file)| {
            let text = std::str::from_utf8(file.bytes).map_err(|_| bad(file.path, "is not UTF-8"))?;
            Ok(Query { rule: head(id, file.path, text)?, path: file.path, text })
        })
        .collect()
}

fn bad(path: &str, problem: impl Into<String>) -> CheckError {
    CheckError::Rule { path: path.to_owned(), problem: problem.into() }
}

fn head(id: &str, path: &str, text: &str) -> Result<Rule, CheckError> {
    let part = |name: &str| {
        let mut lines = text.lines().map_while(|line| line.strip_prefix("# "));
        let found = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        found.map(str::trim).ok_or_else(|| bad(path, format!("has no `# {name}:` in its head")))
    };
    let both = |name: &str| {
        let ukrainian = part(&format!("{name}@uk")).unwrap_or_default();
        Ok::<_, CheckError>(Tagged::english(part(name)?).with("uk", ukrainian))
    };
    let level = part("level")?;
    Ok(Rule {
        id: id.to_owned(),
        level: Level::of(level).ok_or_else(|| bad(path, format!("has the unknown level `{level}`")))?,
        title: both("title")?,
        description: both("description")?,
    })
}

impl Query {
    /// Runs the rule over the union of all named graphs.
    pub(super) fn run(&self, store: &Store) -> Result<Vec<Fault>, CheckError> {
        let QueryResults::Solutions(rows) = store.query(self.text)? else {
            return Err(bad(self.path, "is no SELECT"));
        };
        let columns: Vec<&str> = rows.variables().iter().map(oxigraph::sparql::Variable::as_str).collect();
        if !matches!(
            columns[..],
            ["subject", "value"]
                | ["subject", "value", "message"]
                | ["subject", "value", "message", "message_uk"]
        ) {
            let columns = columns.join(" ?");
            let problem = format!("has the columns ?{columns}, not ?subject ?value ?message ?message_uk");
            return Err(bad(self.path, problem));
        }
        let mut faults = Vec::new();
        for row in rows {
            let row = row.map_err(StoreError::from)?;
            let message = cell(&row, "message");
            faults.push(Fault {
                rule: self.rule.id.clone(),
                subject: cell(&row, "subject"),
                value: cell(&row, "value"),
                message: if message.is_empty() {
                    self.rule.title.clone()
                } else {
                    Tagged::english(message).with("uk", cell(&row, "message_uk"))
                },
                properties: Vec::new(),
                document: None,
            });
        }
        Ok(faults)
    }
}

fn cell(row: &QuerySolution, column: &str) -> String {
    row.get(column).map_or(String::new(), plain)
}

/// Returns an IRI without brackets, a literal without quotes, a blank node as `_:name`.
pub(super) fn plain(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::BlankNode(node) => node.to_string(),
        Term::Literal(literal) => literal.value().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_rule_has_a_head_that_says_what_to_do() {
        let shipped = shipped().unwrap();
        assert!(shipped.len() > 8);
        for query in shipped {
            assert!(query.rule.description.pick("en").contains("To do: "), "{}", query.path);
            assert!(query.rule.description.pick("uk").contains("Що зробити: "), "{}", query.path);
            assert_ne!(query.rule.title.pick("uk"), query.rule.title.pick("en"), "{}", query.path);
        }
    }

    #[test]
    fn a_head_that_lacks_a_line_is_refused() {
        let error = head("x", "queries/checks/x.rq", "# title: T\n# level: warn\nSELECT").unwrap_err();
        assert_eq!(error.to_string(), "the rule `queries/checks/x.rq` has no `# description:` in its head");
        let error = head("x", "x.rq", "# title: T\n# level: bad\n# description: D").unwrap_err();
        assert_eq!(error.to_string(), "the rule `x.rq` has the unknown level `bad`");
    }
}
