//! A workbook for people (XLSX): a sheet a table, typed, filtered, with links to the sources and verdicts in colour.

use super::carries;
use super::rows::{Table, tables};
use super::workbook::{Book, Column, EXCEL, Limits};
use crate::export::format::Format;
use crate::export::loss::Loss;
use crate::export::out::Out;
use crate::export::record::{Field, Kind, List, Value};
use crate::export::select::View;
use crate::export::style::{fill, item};
use crate::gaps::Verdict;
use std::io;

pub(in crate::export) const FORMAT: Format = Format {
    id: "xlsx",
    name: "workbook",
    extension: "xlsx",
    opens_in: "Excel, LibreOffice, Google Sheets",
    several: false,
    carries: carries("text, joined by `;`"),
    write,
};

/// The fields whose cells open an address.
const LINKED: [&str; 4] = ["homepage", "page", "sources", "same_as"];

fn write(view: &View<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let loss = book(view, &mut *out, EXCEL)?;
    out.loss.merge(loss);
    Ok(())
}

fn book(view: &View<'_>, to: impl io::Write, limits: Limits) -> io::Result<Loss> {
    let fills = Verdict::ALL.iter().map(|verdict| fill(*verdict)).collect();
    let mut book = Book::new(to, limits, fills)?;
    let mut loss = Loss::default();
    let mut text = String::new();
    for table in tables(view) {
        book.table(table.name, columns(&table))?;
        table.rows(|keys, values| {
            book.row()?;
            for (at, key) in keys.iter().enumerate() {
                book.text(at, key);
            }
            let mut at = keys.len();
            for (field, value) in table.fields.iter().zip(values) {
                match *value {
                    None => {}
                    Some(Value::Text(word)) if field.name == "verdict" => {
                        let place = Verdict::ALL.iter().position(|verdict| verdict.slug() == word);
                        book.filled(at, word, place.unwrap_or(0));
                    }
                    Some(Value::Text(text)) => put(&mut book, at, field, text, Some(text)),
                    Some(Value::List(list)) => {
                        let address = join(list, &mut text, &mut loss);
                        put(&mut book, at, field, &text, address);
                    }
                    Some(Value::Start(date)) => {
                        book.text(at, &date.to_string());
                        book.day(at + 1, date.first_day());
                    }
                    Some(Value::End(date)) => {
                        book.text(at, &date.to_string());
                        book.day(at + 1, date.first_day_after());
                    }
                    Some(Value::Flag(flag)) => book.flag(at, flag),
                    Some(Value::Number(number)) => book.number(at, number),
                }
                at += if matches!(field.kind, Kind::Start | Kind::End) { 2 } else { 1 };
            }
            book.end_row();
            Ok(())
        })?;
    }
    loss.merge(book.finish()?);
    Ok(loss)
}

/// Writes a text, with a link where the field has such and the address is one of the web.
fn put<W: io::Write>(book: &mut Book<W>, at: usize, field: &Field, text: &str, address: Option<&str>) {
    match address.filter(|address| LINKED.contains(&field.name.as_ref()) && address.starts_with("http")) {
        Some(address) => book.link(at, text, address),
        None => book.text(at, text),
    }
}

/// Puts the items of a list into `text`, joined; returns the first that may be an address.
fn join<'v>(list: List<'v>, text: &mut String, loss: &mut Loss) -> Option<&'v str> {
    text.clear();
    let mut address = None;
    list.for_each(|one| {
        if !text.is_empty() {
            text.push(';');
        }
        text.push_str(&item(one, loss));
        address = address.or_else(|| one.starts_with("http").then_some(one));
    });
    address
}

fn columns(table: &Table<'_>) -> Vec<Column> {
    let column = |name: &str, width: u32| Column { name: name.to_owned(), width };
    let mut all: Vec<Column> = table.keys.iter().map(|key| column(key, 40)).collect();
    for field in &table.fields {
        let width = match field.kind {
            Kind::Text | Kind::List => 36,
            Kind::Word => 18,
            Kind::Start | Kind::End | Kind::Flag | Kind::Number => 12,
        };
        // The button of the filter stands beside the name.
        let width = width.max(field.name.chars().count() as u32 + 4);
        all.push(column(&field.name, width));
        if matches!(field.kind, Kind::Start | Kind::End) {
            all.push(column(&format!("{}_day", field.name), 12.max(field.name.chars().count() as u32 + 8)));
        }
    }
    all
}
