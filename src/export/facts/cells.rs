//! Rows under construction, and how they are laid out in the columns of their table.

use crate::export::Sheet;
use crate::model::Date;
use crate::tables::{Need, Schema};
use std::collections::{BTreeMap, BTreeSet};

/// The cells of a row, by column.
pub(super) type Cells = BTreeMap<String, String>;

pub(super) fn cells<const N: usize>(cells: [(&str, &str); N]) -> Cells {
    cells.into_iter().map(|(column, cell)| (column.to_owned(), cell.to_owned())).collect()
}

pub(super) fn date(column: &str, date: Option<Date>, cells: &mut Cells) {
    cells.extend(date.map(|date| (column.to_owned(), date.to_string())));
}

pub(super) fn cell<'c>(cells: &'c Cells, column: &str) -> &'c str {
    cells.get(column).map_or("", String::as_str)
}

pub(super) fn bring_names(rows: &mut [Cells], actual: &[&str], differs: &[bool]) {
    for ((row, name), differs) in rows.iter_mut().zip(actual).zip(differs) {
        if *differs {
            row.insert("id".to_owned(), (*name).to_owned());
        }
    }
}

/// Lays out rows in the columns of their table. Optional columns are there where a row fills them, those of other
/// languages follow the native name.
pub(super) fn sheet(table: &Schema, rows: &[Cells]) -> Sheet {
    let used: BTreeSet<&str> = rows
        .iter()
        .flat_map(|row| row.iter().filter(|(_, cell)| !cell.is_empty()))
        .map(|(column, _)| column.as_str())
        .collect();
    let mut columns: Vec<&str> = Vec::new();
    for column in table.columns {
        if column.need != Need::Optional || used.contains(column.name) {
            columns.push(column.name);
        }
        if column.name.ends_with("_native") {
            columns.extend(used.iter().filter(|column| table.language(column).is_some()));
        }
    }
    Sheet {
        name: table.name,
        header: columns.iter().map(|&column| column.to_owned()).collect(),
        rows: rows
            .iter()
            .map(|row| columns.iter().map(|column| cell(row, column).to_owned()).collect())
            .collect(),
    }
}
