//! A Cypher script that makes or completes the graph; run again, it changes nothing.
//!
//! Rows go in batches, one statement a batch and kind, so that a database takes a million links in minutes.
//!
//! # Source
//! <https://neo4j.com/docs/cypher-manual/current/syntax/>

use super::property_graph::{labels, relationship_types};
use crate::export::escape::{escape_byte, is_plain};
use crate::export::format::{Carries, Format};
use crate::export::out::Out;
use crate::export::record::{Field, Value};
use crate::export::select::View;
use std::collections::BTreeMap;
use std::{io, iter};

pub(in crate::export) const FORMAT: Format = Format {
    id: "cypher",
    name: "Cypher script",
    extension: "cypher",
    opens_in: "Neo4j (cypher-shell < FILE)",
    several: false,
    carries: Carries::fields("dates; beside them text as told", "lists"),
    write,
};

/// How many rows go together.
const BATCH: usize = 1_000;

fn write(view: &View<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let graph = view.graph();
    for (key, text) in view.about() {
        out.raw(&format!("// {key}: {}\n", text.replace(char::is_control, " ")));
    }
    out.raw(
        "CREATE CONSTRAINT oversight_institution IF NOT EXISTS FOR (n:Institution) REQUIRE n.id IS UNIQUE;\n",
    );
    let names = keys(view.node_fields());
    out.records(batches(view.nodes()), "", |out, ids| {
        let mut batch = Batch::default();
        for id in ids {
            let row = batch.row(labels(graph, graph.institution(id).types).join(":"));
            row.extend_from_slice(b"{id:");
            string(row, graph.iri(id));
            view.node(id, |at, content| value(row, &names[at], content));
            row.push(b'}');
        }
        batch.write(out, nodes);
    })?;
    let names = keys(view.edge_fields());
    let types = relationship_types(graph);
    out.records(batches(view.edges()), "", |out, ids| {
        let mut batch = Batch::default();
        for id in ids {
            let (overseer, link, overseen) = graph.link(id);
            let row = batch.row(types[link.mechanism.index()].clone());
            row.extend_from_slice(b"{s:");
            string(row, graph.iri(overseer));
            row.extend_from_slice(b",t:");
            string(row, graph.iri(overseen));
            row.extend_from_slice(b",p:{id:");
            string(row, graph.text(link.iri));
            view.edge(id, |at, content| value(row, &names[at], content));
            row.extend_from_slice(b"}}");
        }
        batch.write(out, edges);
    })
}

fn batches<I: Iterator>(mut ids: I) -> impl Iterator<Item = Vec<I::Item>> {
    iter::from_fn(move || Some(ids.by_ref().take(BATCH).collect()).filter(|batch: &Vec<_>| !batch.is_empty()))
}

fn nodes(kind: &str) -> String {
    format!("AS row MERGE (n:Institution {{id: row.id}}) SET n:{kind} SET n += row;\n")
}

fn edges(kind: &str) -> String {
    format!(
        "AS row MATCH (a:Institution {{id: row.s}}) MATCH (b:Institution {{id: row.t}}) \
         MERGE (a)-[r:{kind} {{id: row.p.id}}]->(b) SET r += row.p;\n"
    )
}

/// The rows of a batch, by kind.
#[derive(Default)]
struct Batch(BTreeMap<String, Vec<u8>>);

impl Batch {
    fn row(&mut self, kind: String) -> &mut Vec<u8> {
        let rows = self.0.entry(kind).or_default();
        if !rows.is_empty() {
            rows.extend_from_slice(b",\n");
        }
        rows
    }

    fn write(self, out: &mut Out<'_>, end: fn(&str) -> String) {
        for (kind, rows) in self.0 {
            out.raw("UNWIND [\n");
            out.bytes(&rows);
            out.raw("\n] ");
            out.raw(&end(&kind));
        }
    }
}

fn keys(fields: &[Field]) -> Vec<String> {
    fields.iter().map(|field| format!(",{}", field.name)).collect()
}

fn value(row: &mut Vec<u8>, name: &str, content: Value<'_>) {
    row.extend_from_slice(name.as_bytes());
    row.push(b':');
    match content {
        Value::Text(text) => string(row, text),
        Value::List(list) => {
            let mut before = b'[';
            list.for_each(|text| {
                row.push(std::mem::replace(&mut before, b','));
                string(row, text);
            });
            row.push(b']');
        }
        Value::Start(date) | Value::End(date) => {
            let is_start = matches!(content, Value::Start(_));
            let day = if is_start { date.first_day() } else { date.first_day_after() };
            row.push(b'\'');
            row.extend_from_slice(date.digits().as_ref());
            row.push(b'\'');
            row.extend_from_slice(name.as_bytes());
            row.extend_from_slice(b"_day:date('");
            row.extend_from_slice(day.digits().as_ref());
            row.extend_from_slice(b"')");
        }
        Value::Flag(flag) => row.extend_from_slice(if flag { b"true" } else { b"false" }),
        Value::Number(number) => row.extend_from_slice(number.to_string().as_bytes()),
    }
}

/// Appends a string. A backslash before `u` ends the string and another begins, for some versions read `\u` before
/// they read strings.
fn string(row: &mut Vec<u8>, text: &str) {
    row.push(b'\'');
    let special = |byte| byte < 0x20 || byte == b'\'' || byte == b'\\' || byte == 0x7f;
    let bytes = text.as_bytes();
    if is_plain(text, special) {
        row.extend_from_slice(bytes);
        row.push(b'\'');
        return;
    }
    let mut from = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if !special(*byte) {
            continue;
        }
        row.extend_from_slice(&bytes[from..at]);
        from = at + 1;
        match byte {
            b'\'' => row.extend_from_slice(b"\\'"),
            b'\\' if bytes.get(from) == Some(&b'u') => row.extend_from_slice(b"\\\\' + '"),
            byte => escape_byte(*byte, row),
        }
    }
    row.extend_from_slice(&bytes[from..]);
    row.push(b'\'');
}
