//! Tables to a folder as CSV, or to a file as a workbook.

use super::error::Failure;
use super::ui::Ui;
use crate::export::{Sheet, workbook};
use std::error::Error;
use std::io;
use std::path::Path;

/// Says whether a path is meant as a workbook: by its extension.
pub(super) fn is_workbook(target: &Path) -> bool {
    target.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"))
}

/// Writes tables: to a workbook, or into a folder as one CSV file each.
pub(super) fn write_tables(sheets: &[Sheet], target: &Path, ui: &Ui) -> Result<(), Failure> {
    let cannot = |error: &dyn Error| Failure::of(error).hint("nothing was written");
    if is_workbook(target) {
        let bytes = workbook(sheets).map_err(|error| cannot(&error))?;
        return write(&bytes, target, ui);
    }
    if target.is_file() {
        return Err(Failure::new(format!("`{}` is a file, and no workbook", target.display()))
            .hint("name a folder for CSV, or a file that ends in .xlsx"));
    }
    let files = sheets.iter().map(|sheet| Ok((target.join(format!("{}.csv", sheet.name)), sheet.csv()?)));
    let files = files.collect::<Result<Vec<_>, _>>().map_err(|error: io::Error| cannot(&error))?;
    for (path, bytes) in files {
        write(&bytes, &path, ui)?;
    }
    Ok(())
}

fn write(bytes: &[u8], path: &Path, ui: &Ui) -> Result<(), Failure> {
    ui.file(path, |out| out.write_all(bytes).map_err(|error| Failure::writing(Some(path), &error)))
}
