//! Rows that are drawn as one: bodies whose cells all have the same verdicts, or, where there are still too many, all
//! bodies of a type.

use super::cells::Row;
use crate::diagram::section::Section;
use crate::gaps::{Counts, Verdict};
use crate::model::{Graph, TypeId};
use std::collections::BTreeMap;

/// Up to this many bodies are drawn one by one.
const WHOLE: usize = 30;
/// With more lines than this, all bodies of a type are drawn as one.
const MOST: usize = 64;

/// Why several rows are one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// A single row.
    One,
    /// Their verdicts are the same in every column.
    Alike,
    /// They are of a type; each cell has the worst verdict of any.
    Type(TypeId),
}

/// A line of the picture: one row or several.
#[derive(Clone, Debug)]
pub struct Band<'m> {
    /// The rows, at least one.
    pub rows: Vec<&'m Row>,
    /// Why they are together.
    pub fold: Fold,
}

impl Band<'_> {
    /// The family of all of them.
    pub fn family(&self) -> Section {
        self.rows[0].family
    }

    /// The worst verdict in a column.
    pub fn worst(&self, column: usize) -> Option<Verdict> {
        self.rows.iter().filter_map(|row| row.cells[column].worst()).min()
    }

    /// The number of links in a column, or from the least to the most; empty for none.
    pub fn links(&self, column: usize) -> String {
        let numbers = || self.rows.iter().map(|row| row.cells[column].links.len());
        match (numbers().min().unwrap_or(0), numbers().max().unwrap_or(0)) {
            (_, 0) => String::new(),
            (least, most) if least == most => most.to_string(),
            (least, most) => format!("{least}–{most}"),
        }
    }

    /// All findings of all of them.
    pub fn counts(&self) -> Counts {
        let mut all = Counts::default();
        self.rows.iter().for_each(|row| all.add_all(&row.counts));
        all
    }
}

/// Folds rows, which come family by family, unless there are few or `expand`.
pub fn folded<'m>(graph: &Graph, rows: &'m [Row], expand: bool) -> Vec<Band<'m>> {
    if expand || rows.len() <= WHOLE {
        return rows.iter().map(|row| Band { rows: vec![row], fold: Fold::One }).collect();
    }
    let verdicts = |row: &Row| row.cells.iter().map(super::cells::Cell::worst).collect::<Vec<_>>();
    let alike = gathered(rows, |row| (row.family, verdicts(row)), |_| Fold::Alike);
    if alike.len() <= MOST {
        return alike;
    }
    let kind = |row: &Row| graph.institution(row.id).types.iter().next();
    gathered(rows, |row| (row.family, kind(row)), |row| kind(row).map_or(Fold::Alike, Fold::Type))
}

/// Puts rows with the same key together, where the first of them stands.
fn gathered<'m, K: Ord>(
    rows: &'m [Row],
    key: impl Fn(&Row) -> K,
    fold: impl Fn(&Row) -> Fold,
) -> Vec<Band<'m>> {
    let mut bands: Vec<Band<'m>> = Vec::new();
    let mut places: BTreeMap<K, usize> = BTreeMap::new();
    for row in rows {
        if let Some(at) = places.get(&key(row)) {
            bands[*at].rows.push(row);
            bands[*at].fold = fold(row);
        } else {
            places.insert(key(row), bands.len());
            bands.push(Band { rows: vec![row], fold: Fold::One });
        }
    }
    bands
}
