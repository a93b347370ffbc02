//! CSV (RFC 4180), one file a table: for spreadsheets, or with `exact` for machines.
//!
//! Spreadsheets take a text for Windows' own code page where it has no byte order mark, and run a cell that begins with
//! one of `= + - @`, a tab or a return as a formula: both are guarded against, and the guards are counted.

use super::carries;
use super::rows::{Table, tables};
use crate::export::escape::{is_plain, json};
use crate::export::format::Format;
use crate::export::loss::{Loss, Part};
use crate::export::out::Out;
use crate::export::record::{Kind, List, Value};
use crate::export::select::View;
use crate::export::style::joined;
use std::io;

pub(in crate::export) const FORMAT: Format = Format {
    id: "csv",
    name: "CSV tables",
    extension: "csv",
    opens_in: "Excel, LibreOffice, R, pandas; for programs with --exact",
    several: true,
    carries: carries("text, joined by `;`; JSON with `--exact`"),
    write,
};

fn write(view: &View<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let exact = view.selection().exact;
    let text = if exact { plain } else { guarded };
    for table in tables(view) {
        out.begin(&format!("{}.csv", table.name))?;
        if !exact {
            out.raw("\u{feff}");
        }
        header(&table, out);
        table.records(out, |out, keys, values| {
            let mut first = true;
            for key in keys {
                comma(out, &mut first);
                out.escaped(key, text);
            }
            for (field, value) in table.fields.iter().zip(values) {
                comma(out, &mut first);
                match *value {
                    None if matches!(field.kind, Kind::Start | Kind::End) => out.raw(","),
                    None => {}
                    Some(Value::Text(value)) => out.escaped(value, text),
                    Some(Value::List(list)) if exact => {
                        out.raw("\"");
                        out.escaped(&String::from_utf8_lossy(&array(list)), inside);
                        out.raw("\"");
                    }
                    Some(Value::List(list)) => {
                        let first = list.to_vec().first().copied().unwrap_or_default();
                        out.raw("\"");
                        out.escaped(first, guard);
                        joined(out, list, inside);
                        out.raw("\"");
                    }
                    Some(Value::Start(date)) => {
                        out.date(date);
                        out.raw(",");
                        out.day(date.first_day());
                    }
                    Some(Value::End(date)) => {
                        out.date(date);
                        out.raw(",");
                        out.day(date.first_day_after());
                    }
                    Some(Value::Flag(flag)) => out.raw(if flag { "true" } else { "false" }),
                    Some(Value::Number(number)) => out.number(number),
                }
            }
            out.raw("\n");
        })?;
    }
    Ok(())
}

fn header(table: &Table<'_>, out: &mut Out<'_>) {
    let mut first = true;
    for key in table.keys {
        comma(out, &mut first);
        out.raw(key);
    }
    for field in &table.fields {
        comma(out, &mut first);
        out.escaped(&field.name, plain);
        if matches!(field.kind, Kind::Start | Kind::End) {
            out.raw(&format!(",{}_day", field.name));
        }
    }
    out.raw("\n");
}

fn comma(out: &mut Out<'_>, first: &mut bool) {
    if !std::mem::take(first) {
        out.raw(",");
    }
}

/// Returns a list as a JSON array.
fn array(list: List<'_>) -> Vec<u8> {
    let mut items = vec![b'['];
    list.for_each(|item| {
        if items.len() > 1 {
            items.push(b',');
        }
        json(item, &mut items);
    });
    items.push(b']');
    items
}

/// Appends a cell as it is, in quotes where it needs them.
fn plain(text: &str, buffer: &mut Vec<u8>, loss: &mut Loss) {
    if is_plain(text, |byte| byte < 0x20 || byte == b',' || byte == b'"') && text.trim() == text {
        buffer.extend_from_slice(text.as_bytes());
    } else {
        buffer.push(b'"');
        inside(text, buffer, loss);
        buffer.push(b'"');
    }
}

/// Appends a cell that no spreadsheet runs.
fn guarded(text: &str, buffer: &mut Vec<u8>, loss: &mut Loss) {
    if text.starts_with(FORMULA) {
        buffer.push(b'"');
        guard(text, buffer, loss);
        inside(text, buffer, loss);
        buffer.push(b'"');
    } else {
        plain(text, buffer, loss);
    }
}

const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Appends what must stand before a cell that begins with this text.
fn guard(text: &str, buffer: &mut Vec<u8>, loss: &mut Loss) {
    if text.starts_with(FORMULA) {
        loss.add(Part::Text, "cells that spreadsheets take for formulas (now after a `'`)", 1);
        buffer.push(b'\'');
    }
}

/// Appends what stands between quotes.
fn inside(text: &str, buffer: &mut Vec<u8>, _: &mut Loss) {
    for (at, part) in text.split('"').enumerate() {
        if at > 0 {
            buffer.extend_from_slice(b"\"\"");
        }
        buffer.extend_from_slice(part.as_bytes());
    }
}
