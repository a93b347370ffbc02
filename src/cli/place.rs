//! Where exports go: standard output, a file, a folder or a zip; whole or not at all.

use super::error::Failure;
use super::ui::{Ui, temporary_folder, whole_file};
use crate::export::{Format, Loss, Sink, Stream, View, Zip};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a view to where output goes, and returns what was lost on the way.
pub(super) fn write(format: &Format, view: &View<'_>, ui: &Ui) -> Result<Loss, Failure> {
    match ui.output() {
        None if format.several => Err(Failure::new(format!("`{}` is several files", format.id))
            .hint("name a folder or a zip with `-o`, such as `-o tables` or `-o tables.zip`")),
        None => {
            let mut out = Stream(io::stdout());
            format.write(view, &mut out).map_err(|error| Failure::writing(None, &error))
        }
        Some(path) => {
            match (format.several, path.extension().is_some_and(|end| end.eq_ignore_ascii_case("zip"))) {
                (false, false) => file(format, view, path),
                (false, true) => {
                    let name = path.with_extension(format.extension);
                    Err(Failure::new(format!("`{}` is one file, and no zip", format.id))
                        .hint(format!("name it `{}`", name.display())))
                }
                (true, true) => zip(format, view, path),
                (true, false) => folder(format, view, path),
            }
        }
    }
}

fn file(format: &Format, view: &View<'_>, path: &Path) -> Result<Loss, Failure> {
    whole_file(path, |file| {
        format.write(view, &mut Stream(file)).map_err(|error| Failure::writing(Some(path), &error))
    })
}

fn zip(format: &Format, view: &View<'_>, path: &Path) -> Result<Loss, Failure> {
    let failed = |error: io::Error| Failure::writing(Some(path), &error);
    whole_file(path, |file| {
        let mut zip = Zip::new(file);
        let loss = format.write(view, &mut zip).map_err(failed)?;
        zip.finish().map_err(failed)?;
        Ok(loss)
    })
}

/// Makes the folder beside its place and renames it. One that is there is replaced where it holds nothing but files
/// of the same names, such as those of an earlier export.
fn folder(format: &Format, view: &View<'_>, path: &Path) -> Result<Loss, Failure> {
    let failed = |error: io::Error| Failure::writing(Some(path), &error);
    if path.exists() && !path.is_dir() {
        return Err(Failure::new(format!("`{}` is a file, and the export is several", path.display()))
            .hint("name a folder, or a file that ends in .zip"));
    }
    // A link to a folder stays one.
    let path = &if path.is_symlink() { fs::canonicalize(path).map_err(failed)? } else { path.to_owned() };
    let new = temporary_folder(path)?;
    let mut sink = Folder { into: new.path().to_owned(), file: None, names: BTreeSet::new() };
    let loss = format.write(view, &mut sink).map_err(failed)?;
    drop(sink.file);
    if path.is_dir() {
        for entry in fs::read_dir(path).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            if !entry.path().is_file() || !sink.names.iter().any(|name| entry.file_name() == name.as_str()) {
                let other = entry.file_name();
                return Err(Failure::new(format!("the folder `{}` holds other files", path.display()))
                    .cause(format!("`{}` is none of this export's", other.to_string_lossy()))
                    .hint("name a new folder, or one with an earlier export"));
            }
        }
        let old = temporary_folder(path)?;
        fs::rename(path, old.path().join("old")).map_err(failed)?;
        if let Err(error) = fs::rename(new.path(), path) {
            fs::rename(old.path().join("old"), path).map_err(failed)?;
            return Err(failed(error));
        }
    } else {
        fs::rename(new.path(), path).map_err(failed)?;
    }
    // It has moved: there is nothing left to clean up.
    let _ = new.keep();
    Ok(loss)
}

struct Folder {
    into: PathBuf,
    file: Option<File>,
    names: BTreeSet<String>,
}

impl Sink for Folder {
    fn begin(&mut self, name: &str) -> io::Result<()> {
        self.file = Some(File::create_new(self.into.join(name))?);
        self.names.insert(name.to_owned());
        Ok(())
    }
}

impl Write for Folder {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.file {
            Some(file) => file.write(bytes),
            None => Ok(bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
