//! Values and records as JSON, for the formats that are JSON.

use crate::export::escape::json;
use crate::export::out::Out;
use crate::export::record::{Field, Value};
use crate::export::select::View;
use crate::model::{InstitutionId, LinkId};
use std::io;

/// Appends a string.
fn string(out: &mut Out<'_>, text: &str) {
    out.escaped(text, |text, buffer, _| json(text, buffer));
}

/// Appends a value: lists as arrays, dates as strings in the precision of the source.
fn value(out: &mut Out<'_>, value: Value<'_>) {
    match value {
        Value::Text(text) => string(out, text),
        Value::List(list) => {
            let mut before = "[";
            list.for_each(|text| {
                out.raw(std::mem::replace(&mut before, ","));
                string(out, text);
            });
            out.raw("]");
        }
        Value::Start(date) | Value::End(date) => {
            out.raw("\"");
            out.date(date);
            out.raw("\"");
        }
        Value::Flag(flag) => out.raw(if flag { "true" } else { "false" }),
        Value::Number(number) => out.number(number),
    }
}

/// Appends the nodes, one a line.
///
/// # Arguments
/// * `begin`: what stands before the properties of a node, each of which begins with a comma.
/// * `end`: what stands behind them.
pub(super) fn nodes(
    view: &View<'_>,
    out: &mut Out<'_>,
    begin: impl Fn(&mut Out<'_>, InstitutionId) + Sync,
    end: &str,
) -> io::Result<()> {
    let members = members(view.node_fields());
    let record = |out: &mut Out<'_>, id| {
        begin(out, id);
        view.node(id, |at, content| {
            out.raw(&members[at]);
            value(out, content);
        });
        out.raw(end);
    };
    out.raw("\n");
    out.records(view.nodes(), ",\n", record)?;
    out.raw("\n");
    Ok(())
}

/// Appends the edges, as [`nodes`] appends nodes; `begin` gets the number of the edge too, from 0.
pub(super) fn edges(
    view: &View<'_>,
    out: &mut Out<'_>,
    begin: impl Fn(&mut Out<'_>, usize, LinkId) + Sync,
    end: &str,
) -> io::Result<()> {
    let members = members(view.edge_fields());
    let record = |out: &mut Out<'_>, (number, id)| {
        begin(out, number, id);
        view.edge(id, |at, content| {
            out.raw(&members[at]);
            value(out, content);
        });
        out.raw(end);
    };
    out.raw("\n");
    out.records(view.edges().enumerate(), ",\n", record)?;
    out.raw("\n");
    Ok(())
}

/// Appends what begins with `lead`, which is JSON, and ends with a string.
pub(super) fn member(out: &mut Out<'_>, lead: &str, text: &str) {
    out.raw(lead);
    string(out, text);
}

/// The beginnings of members, `,"name":`, one a field.
fn members(fields: &[Field]) -> Vec<String> {
    let member = |field: &Field| {
        let mut text = b",".to_vec();
        json(&field.name, &mut text);
        text.push(b':');
        String::from_utf8_lossy(&text).into_owned()
    };
    fields.iter().map(member).collect()
}

/// Appends what the file says of itself, as the members of an object.
pub(super) fn about(view: &View<'_>, out: &mut Out<'_>) {
    let mut before = "";
    for (key, text) in view.about() {
        member(out, std::mem::replace(&mut before, ","), key);
        member(out, ":", &text);
    }
}
