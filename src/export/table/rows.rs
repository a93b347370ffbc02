//! The tables that every format of this group writes, with the same columns.
//!
//! # Invariants
//! * A time takes two columns: as told, and `NAME_day`, the first day of a start, the first day after an end.
//! * The first columns are keys: the IRI in `id`; of edges also `source` and `target`.

use crate::export::out::Out;
use crate::export::record::{Field, Value, finding_fields};
use crate::export::select::View;
use crate::model::{InstitutionId, LinkId};
use std::io;

/// A table.
#[derive(Debug)]
pub(super) struct Table<'v> {
    /// Its name.
    pub(super) name: &'static str,
    /// Names of the columns that are keys, before those of the fields.
    pub(super) keys: &'static [&'static str],
    /// The fields.
    pub(super) fields: Vec<Field>,
    view: &'v View<'v>,
}

/// Returns the tables of a view; the one of findings is there where verdicts were asked for.
pub(super) fn tables<'v>(view: &'v View<'v>) -> Vec<Table<'v>> {
    let table = |name, keys, fields| Table { name, keys, fields, view };
    let mut tables = vec![
        table("nodes", &["id"][..], view.node_fields().to_vec()),
        table("edges", &["id", "source", "target"], view.edge_fields().to_vec()),
        table("acts", &["id"], view.act_fields().to_vec()),
    ];
    if view.findings().is_some() {
        tables.push(table("findings", &[], finding_fields()));
    }
    tables.push(table("about", &["key", "value"], Vec::new()));
    tables
}

/// A row: keys, and for each field its value.
struct Row<'v> {
    keys: [&'v str; 3],
    values: Vec<Option<Value<'v>>>,
}

impl<'v> Table<'v> {
    /// Calls `each` with every row.
    ///
    /// # Errors
    /// Those of `each`.
    pub(super) fn rows(
        &self,
        mut each: impl FnMut(&[&str], &[Option<Value<'_>>]) -> io::Result<()>,
    ) -> io::Result<()> {
        let view = self.view;
        let mut row = self.row();
        let mut tell = |row: &mut Row<'v>| {
            each(&row.keys[..self.keys.len()], &row.values)?;
            row.values.fill(None);
            Ok(())
        };
        match self.name {
            "nodes" => view.nodes().try_for_each(|id| tell(self.node(&mut row, id))),
            "edges" => view.edges().try_for_each(|id| tell(self.edge(&mut row, id))),
            "acts" => view.acts().try_for_each(|act| {
                row.keys[0] = view.graph().text(act.iri);
                view.act(act, |at, value| row.values[at] = Some(value));
                tell(&mut row)
            }),
            "findings" => view.findings().unwrap_or_default().iter().try_for_each(|finding| {
                view.finding(finding, |at, value| row.values[at] = Some(value));
                tell(&mut row)
            }),
            _ => view.about().iter().try_for_each(|(key, value)| each(&[key, value], &[])),
        }
    }

    /// Appends a record for every row; several threads make them, where rows are many.
    ///
    /// # Errors
    /// If the sink takes no more.
    pub(super) fn records(
        &self,
        out: &mut Out<'_>,
        record: impl Fn(&mut Out<'_>, &[&str], &[Option<Value<'_>>]) + Sync,
    ) -> io::Result<()> {
        let tell = |out: &mut Out<'_>, row: &Row<'_>| record(out, &row.keys[..self.keys.len()], &row.values);
        match self.name {
            "nodes" => {
                out.records(self.view.nodes(), "", |out, id| tell(out, self.node(&mut self.row(), id)))
            }
            "edges" => {
                out.records(self.view.edges(), "", |out, id| tell(out, self.edge(&mut self.row(), id)))
            }
            _ => self.rows(|keys, values| {
                record(out, keys, values);
                out.pause()
            }),
        }
    }

    fn row(&self) -> Row<'v> {
        Row { keys: [""; 3], values: vec![None; self.fields.len()] }
    }

    fn node<'r>(&self, row: &'r mut Row<'v>, id: InstitutionId) -> &'r mut Row<'v> {
        row.keys[0] = self.view.graph().iri(id);
        self.view.node(id, |at, value| row.values[at] = Some(value));
        row
    }

    fn edge<'r>(&self, row: &'r mut Row<'v>, id: LinkId) -> &'r mut Row<'v> {
        let graph = self.view.graph();
        let (overseer, link, overseen) = graph.link(id);
        row.keys = [graph.text(link.iri), graph.iri(overseer), graph.iri(overseen)];
        self.view.edge(id, |at, value| row.values[at] = Some(value));
        row
    }
}
