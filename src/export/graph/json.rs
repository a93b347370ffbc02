//! Values as JSON, for the formats that are JSON.

use crate::export::escape::json;
use crate::export::out::Out;
use crate::export::record::{Field, Value};
use crate::export::select::View;
use crate::model::{InstitutionId, LinkId};

/// Appends a string.
pub(super) fn string(out: &mut Out<'_>, text: &str) {
    out.escaped(text, |text, buffer, _| json(text, buffer));
}

/// Appends a value: lists as arrays, dates as strings in the precision of the source.
pub(super) fn value(out: &mut Out<'_>, value: Value<'_>) {
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

/// The beginnings of members, `,"name":`, one a field.
pub(super) fn members(fields: &[Field]) -> Vec<String> {
    let member = |field: &Field| {
        let mut text = b",".to_vec();
        json(&field.name, &mut text);
        text.push(b':');
        String::from_utf8_lossy(&text).into_owned()
    };
    fields.iter().map(member).collect()
}

/// Appends the properties of a node, each after a comma.
pub(super) fn node(view: &View<'_>, out: &mut Out<'_>, members: &[String], id: InstitutionId) {
    view.node(id, |at, content| {
        out.raw(&members[at]);
        value(out, content);
    });
}

/// Appends the properties of an edge, each after a comma.
pub(super) fn edge(view: &View<'_>, out: &mut Out<'_>, members: &[String], id: LinkId) {
    view.edge(id, |at, content| {
        out.raw(&members[at]);
        value(out, content);
    });
}

/// Appends what the file says of itself, as the members of an object.
pub(super) fn about(view: &View<'_>, out: &mut Out<'_>) {
    let mut before = "";
    for (key, text) in view.about() {
        out.raw(std::mem::replace(&mut before, ","));
        string(out, key);
        out.raw(":");
        string(out, &text);
    }
}
