//! Formats of tables: bodies, links, acts, findings and what the file says of itself, a table each.
//!
//! The libraries of some are dear to build, so they are in builds with a feature; a build without them knows the
//! formats by name.

#[cfg(feature = "columnar")]
mod columnar;
pub(super) mod csv;
mod rows;
#[cfg(feature = "sqlite")]
mod sqlite;
mod workbook;
pub(super) mod xlsx;

use super::format::{Carries, Format, Properties};

#[cfg(not(feature = "columnar"))]
mod columnar {
    //! What stands in the place of the writers.
    pub(super) use super::{absent as arrow, absent as parquet};
}

#[cfg(not(feature = "sqlite"))]
mod sqlite {
    //! What stands in the place of the writer.
    pub(super) use super::absent as write;
}

pub(super) const SQLITE: Format = Format {
    id: "sqlite",
    name: "SQLite database",
    extension: "sqlite",
    opens_in: "SQLite, DB Browser, Python, R, DuckDB",
    several: false,
    carries: carries("tables of their own"),
    write: sqlite::write,
};

pub(super) const PARQUET: Format = Format {
    id: "parquet",
    name: "Parquet tables",
    extension: "parquet",
    opens_in: "pandas, R, DuckDB, Spark",
    several: true,
    carries: carries("lists"),
    write: columnar::parquet,
};

pub(super) const ARROW: Format = Format {
    id: "arrow",
    name: "Arrow IPC tables",
    extension: "arrow",
    opens_in: "pandas (read_feather), R, Polars, DuckDB",
    several: true,
    carries: carries("lists"),
    write: columnar::arrow,
};

/// Formats that take a feature: id, feature, whether this build has it.
pub(super) const FEATURES: &[(&str, &str, bool)] = &[
    ("sqlite", "sqlite", cfg!(feature = "sqlite")),
    ("parquet", "columnar", cfg!(feature = "columnar")),
    ("arrow", "columnar", cfg!(feature = "columnar")),
];

/// What every format of this group carries.
const fn carries(lists: &'static str) -> Carries {
    Carries {
        properties: Properties::All,
        times: "dates; beside them text as told",
        lists,
        acts: true,
        findings: true,
        rest: false,
    }
}

/// Stands for a writer that this build has not; who asks for it is told before.
#[cfg(not(all(feature = "sqlite", feature = "columnar")))]
fn absent(_: &super::View<'_>, _: &mut super::Out<'_>) -> std::io::Result<()> {
    Err(std::io::Error::new(std::io::ErrorKind::Unsupported, "this build has not the feature"))
}
