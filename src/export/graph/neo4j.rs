//! CSV for `neo4j-admin database import`: typed headers, node labels by type, relationship types by mechanism.
//!
//! # Source
//! <https://neo4j.com/docs/operations-manual/current/import/>, "CSV header format". Defaults hold: comma, quotes
//! doubled, arrays by `;`, no line breaks inside fields.

use super::property_graph::{labels, relationship_types};
use crate::export::escape::is_plain;
use crate::export::format::{Carries, Format};
use crate::export::loss::{Loss, Part};
use crate::export::out::Out;
use crate::export::record::{Field, Kind, Value};
use crate::export::select::View;
use crate::export::style::joined;
use std::io;

pub(in crate::export) const FORMAT: Format = Format {
    id: "neo4j",
    name: "Neo4j admin import",
    extension: "csv",
    opens_in: "neo4j-admin database import",
    several: true,
    carries: Carries::fields("dates; beside them text as told", "arrays"),
    write,
};

fn write(view: &View<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let graph = view.graph();
    out.begin("institutions.csv")?;
    out.raw("id:ID");
    header(out, view.node_fields());
    out.raw(",:LABEL\n");
    out.records(view.nodes(), "", |out, id| {
        out.escaped(graph.iri(id), cell);
        let mut row = Row::new(view.node_fields());
        view.node(id, |at, value| row.value(out, at, value));
        row.end(out);
        out.raw(&labels(graph, graph.institution(id).types).join(";"));
        out.raw("\n");
    })?;
    out.begin("links.csv")?;
    out.raw(":START_ID,:END_ID,id");
    header(out, view.edge_fields());
    out.raw(",:TYPE\n");
    let types = relationship_types(graph);
    out.records(view.edges(), "", |out, id| {
        let (overseer, link, overseen) = graph.link(id);
        out.escaped(graph.iri(overseer), cell);
        out.raw(",");
        out.escaped(graph.iri(overseen), cell);
        out.raw(",");
        out.escaped(graph.text(link.iri), cell);
        let mut row = Row::new(view.edge_fields());
        view.edge(id, |at, value| row.value(out, at, value));
        row.end(out);
        out.raw(&types[link.mechanism.index()]);
        out.raw("\n");
    })?;
    Ok(())
}

/// Appends the columns of the fields, each after a comma. A time has two: as told, and as a date.
fn header(out: &mut Out<'_>, fields: &[Field]) {
    for field in fields {
        let kind = match field.kind {
            Kind::Flag => ":boolean",
            Kind::Number => ":long",
            Kind::List => ":string[]",
            Kind::Text | Kind::Word | Kind::Start | Kind::End => "",
        };
        out.raw(&format!(",{}{kind}", field.name));
        if matches!(field.kind, Kind::Start | Kind::End) {
            out.raw(&format!(",{}_day:date", field.name));
        }
    }
}

/// Where a row is: values come in the order of fields, but not all come, and translations may jump.
struct Row<'f> {
    fields: &'f [Field],
    next: usize,
}

impl<'f> Row<'f> {
    fn new(fields: &'f [Field]) -> Self {
        Self { fields, next: 0 }
    }

    /// Appends the commas up to the cell of a field.
    fn skip_to(&mut self, out: &mut Out<'_>, at: usize) {
        for field in self.fields.get(self.next..at).unwrap_or_default() {
            out.raw(if matches!(field.kind, Kind::Start | Kind::End) { ",," } else { "," });
        }
        self.next = at;
    }

    fn value(&mut self, out: &mut Out<'_>, at: usize, value: Value<'_>) {
        self.skip_to(out, at);
        self.next = at + 1;
        out.raw(",");
        match value {
            Value::Text(text) => out.escaped(text, cell),
            Value::List(list) => {
                out.raw("\"");
                joined(out, list, inside);
                out.raw("\"");
            }
            Value::Start(date) | Value::End(date) => {
                out.date(date);
                out.raw(",");
                out.day(if matches!(value, Value::Start(_)) {
                    date.first_day()
                } else {
                    date.first_day_after()
                });
            }
            Value::Flag(flag) => out.raw(if flag { "true" } else { "false" }),
            Value::Number(number) => out.number(number),
        }
    }

    fn end(&mut self, out: &mut Out<'_>) {
        self.skip_to(out, self.fields.len());
        out.raw(",");
    }
}

/// Appends a cell, in quotes where it needs them.
fn cell(text: &str, buffer: &mut Vec<u8>, loss: &mut Loss) {
    if is_plain(text, |byte| byte < 0x20 || byte == b',' || byte == b'"') {
        buffer.extend_from_slice(text.as_bytes());
    } else {
        buffer.push(b'"');
        inside(text, buffer, loss);
        buffer.push(b'"');
    }
}

/// Appends what stands between quotes.
fn inside(text: &str, buffer: &mut Vec<u8>, loss: &mut Loss) {
    if is_plain(text, |byte| byte < 0x20 || byte == b'"') {
        buffer.extend_from_slice(text.as_bytes());
        return;
    }
    for byte in text.bytes() {
        match byte {
            b'"' => buffer.extend_from_slice(b"\"\""),
            b'\t' => buffer.push(byte),
            0..0x20 => {
                loss.add(Part::Text, "line breaks and control characters (now spaces)", 1);
                buffer.push(b' ');
            }
            byte => buffer.push(byte),
        }
    }
}
