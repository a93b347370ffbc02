//! A database (SQLite): the tables with keys that refer to one another, a list in a table of its own, all of it indexed.
//!
//! # Invariants
//! * `PRAGMA foreign_key_check` finds nothing: a key refers only to what is always written. The act of a link, the
//!   parent of a body, the evidence of a finding may lie outside a selection, so they are indexed and no keys.

use super::rows::{Table, tables};
use crate::export::loss::Part;
use crate::export::out::Out;
use crate::export::record::{Field, Kind, Value};
use crate::export::select::View;
use rusqlite::{Connection, Error, Statement};
use std::fs::File;
use std::io;

/// A little below 2,000, the most that the library takes.
const COLUMNS: usize = 1_990;

pub(super) fn write(view: &View<'_>, out: &mut Out<'_>) -> io::Result<()> {
    // SQLite writes to a path; the file is handed on when it is whole.
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("export.sqlite");
    let database = Connection::open(&path).map_err(told)?;
    // Nobody else sees the file before it is done, and it is thrown away where it fails.
    run(
        &database,
        "PRAGMA foreign_keys = OFF; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32768; BEGIN",
    )?;
    let mut indexes = Vec::new();
    for table in tables(view) {
        fill(&database, &table, &mut indexes, out)?;
    }
    for index in indexes {
        run(&database, &index)?;
    }
    run(&database, CONTROL)?;
    run(&database, "COMMIT")?;
    database.close().map_err(|(_, error)| told(error))?;
    io::copy(&mut File::open(&path)?, out)?;
    Ok(())
}

/// Links with the names of both ends, to begin with.
const CONTROL: &str = "CREATE VIEW control AS SELECT overseer.label AS overseer, edges.label AS mechanism, \
     overseen.label AS overseen, edges.status, edges.counts, edges.act_title, edges.\"from\", edges.\"to\", edges.id \
     FROM edges JOIN nodes AS overseer ON overseer.id = edges.source JOIN nodes AS overseen ON overseen.id = edges.target";

fn told(error: Error) -> io::Error {
    io::Error::other(error)
}

fn run(database: &Connection, script: &str) -> io::Result<()> {
    database.execute_batch(script).map_err(told)
}

/// Makes a table and those of its lists, and fills them; `indexes` gets what makes their indexes.
fn fill(
    database: &Connection,
    table: &Table<'_>,
    indexes: &mut Vec<String>,
    out: &mut Out<'_>,
) -> io::Result<()> {
    let name = table.name;
    let columns = columns(table);
    run(database, &format!("CREATE TABLE {name} ({}) WITHOUT ROWID", columns.join(", ")))?;
    let mut lists: Vec<Option<Statement<'_>>> = Vec::new();
    for field in &table.fields {
        let of = &field.name;
        let indexed = match field.kind {
            Kind::List => {
                let list = quoted(&format!("{name}_{of}"));
                let kind = if name == "findings" { "INTEGER" } else { "TEXT" };
                run(
                    database,
                    &format!(
                        "CREATE TABLE {list} (id {kind} NOT NULL REFERENCES {name} (id), position INTEGER NOT NULL, \
                         value TEXT NOT NULL, PRIMARY KEY (id, position)) WITHOUT ROWID"
                    ),
                )?;
                indexes.push(format!(
                    "CREATE INDEX {} ON {list} (value)",
                    quoted(&format!("{name}_{of}_value"))
                ));
                let insert = database.prepare(&format!("INSERT INTO {list} VALUES (?, ?, ?)"));
                lists.push(Some(insert.map_err(told)?));
                continue;
            }
            Kind::Word => true,
            _ => of == "institution",
        };
        lists.push(None);
        if indexed {
            indexes.push(format!(
                "CREATE INDEX {} ON {name} ({})",
                quoted(&format!("{name}_by_{of}")),
                quoted(of)
            ));
        }
    }
    if name == "edges" {
        indexes.push("CREATE INDEX edges_by_source ON edges (source, target)".to_owned());
        indexes.push("CREATE INDEX edges_by_target ON edges (target)".to_owned());
    }
    let places = vec!["?"; columns.len()].join(", ");
    let mut insert = database.prepare(&format!("INSERT INTO {name} VALUES ({places})")).map_err(told)?;
    let mut number = 0_i64;
    table.rows(|keys, values| {
        number += 1;
        let lost = row(&mut insert, &mut lists, table, (number, keys), values).map_err(told)?;
        out.loss.add(Part::Property, "values beyond the columns that SQLite takes", lost);
        Ok(())
    })
}

/// Writes a row and its lists, and returns how many values had no column.
fn row(
    insert: &mut Statement<'_>,
    lists: &mut [Option<Statement<'_>>],
    table: &Table<'_>,
    (number, keys): (i64, &[&str]),
    values: &[Option<Value<'_>>],
) -> Result<usize, Error> {
    insert.clear_bindings();
    let mut at = 0;
    let mut lost = 0;
    let mut next = || {
        at += 1;
        at
    };
    if keys.is_empty() {
        insert.raw_bind_parameter(next(), number)?;
    }
    for key in keys {
        insert.raw_bind_parameter(next(), *key)?;
    }
    for ((field, value), list) in table.fields.iter().zip(values).zip(lists) {
        if let Some(list) = list {
            let Some(Value::List(items)) = value else { continue };
            for (position, item) in (1_i64..).zip(items.to_vec()) {
                match keys.first() {
                    Some(key) => list.raw_bind_parameter(1, *key)?,
                    None => list.raw_bind_parameter(1, number)?,
                }
                list.raw_bind_parameter(2, position)?;
                list.raw_bind_parameter(3, item)?;
                list.raw_execute()?;
            }
            continue;
        }
        let at = next();
        let day = matches!(field.kind, Kind::Start | Kind::End).then(&mut next);
        if at > COLUMNS {
            lost += usize::from(value.is_some());
            continue;
        }
        match *value {
            None | Some(Value::List(_)) => {}
            Some(Value::Text(text)) => insert.raw_bind_parameter(at, text)?,
            Some(Value::Flag(flag)) => insert.raw_bind_parameter(at, flag)?,
            Some(Value::Number(number)) => insert.raw_bind_parameter(at, number.cast_signed())?,
            Some(Value::Start(date) | Value::End(date)) => {
                insert.raw_bind_parameter(at, date.to_string())?;
                let first = if field.kind == Kind::Start { date.first_day() } else { date.first_day_after() };
                if let Some(day) = day {
                    insert.raw_bind_parameter(day, first.to_string())?;
                }
            }
        }
    }
    insert.raw_execute()?;
    Ok(lost)
}

/// The columns of a table, each with its type and what it refers to.
fn columns(table: &Table<'_>) -> Vec<String> {
    let mut columns = Vec::new();
    match table.keys {
        [] => columns.push("id INTEGER PRIMARY KEY".to_owned()),
        [first, others @ ..] => {
            columns.push(format!("{first} TEXT PRIMARY KEY"));
            let refers = if table.name == "edges" { " REFERENCES nodes (id)" } else { "" };
            columns.extend(others.iter().map(|key| format!("{key} TEXT NOT NULL{refers}")));
        }
    }
    for Field { name, kind, .. } in &table.fields {
        let column = quoted(name);
        match kind {
            Kind::List => {}
            Kind::Flag => columns.push(format!("{column} BOOLEAN")),
            Kind::Number => columns.push(format!("{column} INTEGER")),
            Kind::Start | Kind::End => {
                columns.push(format!("{column} TEXT"));
                columns.push(format!("{} DATE", quoted(&format!("{name}_day"))));
            }
            Kind::Text | Kind::Word if name == "institution" => {
                columns.push(format!("{column} TEXT NOT NULL REFERENCES nodes (id)"));
            }
            Kind::Text | Kind::Word => columns.push(format!("{column} TEXT")),
        }
    }
    columns.truncate(COLUMNS);
    columns
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
