//! The only printer: results to standard output or a file, messages to standard error.

use super::error::Failure;
use super::options::{ColorArg, OutputArgs};
use crate::model::Problem;
use crate::report::Palette;
use crate::store::check::Issue;
use anstream::ColorChoice;
use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How many warnings are printed before the rest is only counted.
const WARNINGS: usize = 100;

/// Where output goes and how it looks.
#[derive(Clone, Debug)]
pub(super) struct Ui {
    output: Option<PathBuf>,
    quiet: bool,
    color: ColorArg,
}

impl Ui {
    pub(super) fn new(args: &OutputArgs) -> Self {
        Self { output: args.output.clone(), quiet: args.quiet, color: args.color }
    }

    /// Returns the palette for results: colours only on a terminal, or where they are asked for.
    pub(super) fn palette(&self) -> Palette {
        let to_terminal =
            self.output.is_none() && anstream::AutoStream::choice(&io::stdout()) != ColorChoice::Never;
        match self.color {
            ColorArg::Always => Palette::Colour,
            ColorArg::Auto if to_terminal => Palette::Colour,
            ColorArg::Auto | ColorArg::Never => Palette::Plain,
        }
    }

    /// Returns the width that tables are wrapped to: the terminal's, or none.
    pub(super) fn width(&self) -> Option<u16> {
        (self.output.is_none() && io::stdout().is_terminal()).then(|| {
            let columns = terminal_columns();
            columns.clamp(60, 400)
        })
    }

    /// Returns the file that output goes to.
    pub(super) fn output(&self) -> Option<&Path> {
        self.output.as_deref()
    }

    /// Writes the result: to the file of `-o`, whole or not at all, or to standard output.
    pub(super) fn result(
        &self,
        write: impl FnOnce(&mut dyn Write) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        if let Some(path) = &self.output {
            self.file(path, write)
        } else {
            let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
            write(&mut out)?;
            out.flush().map_err(|error| Failure::writing(None, &error))
        }
    }

    /// Writes text as the result.
    pub(super) fn text(&self, text: &str) -> Result<(), Failure> {
        self.result(|out| out.write_all(text.as_bytes()).map_err(|e| Failure::writing(self.output(), &e)))
    }

    /// Writes a file whole or not at all: beside its place first, then by one rename. The last folder of the path
    /// is made if it is not there.
    #[expect(clippy::unused_self, reason = "there is one printer, and it is asked by name")]
    pub(super) fn file(
        &self,
        path: &Path,
        write: impl FnOnce(&mut dyn Write) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        whole_file(path, |file| {
            let mut out = BufWriter::with_capacity(1 << 16, file);
            write(&mut out)?;
            out.flush().map_err(|error| Failure::writing(Some(path), &error))
        })
    }

    /// Writes files into a folder, which is made if it is not there, each whole or not at all.
    pub(super) fn folder(
        &self,
        folder: &Path,
        files: impl Iterator<Item = (String, String)>,
    ) -> Result<(), Failure> {
        let mut number = 0;
        for (name, text) in files {
            let path = folder.join(name);
            self.file(&path, |out| {
                out.write_all(text.as_bytes()).map_err(|e| Failure::writing(Some(&path), &e))
            })?;
            number += 1;
        }
        self.wrote(folder, &format!("{number} files"));
        Ok(())
    }

    /// Says on standard error what was written where.
    pub(super) fn wrote(&self, path: &Path, what: &str) {
        self.note(&format!("wrote {} ({what})", path.display()));
    }

    /// Says something on standard error, unless `--quiet`.
    pub(super) fn note(&self, text: &str) {
        if !self.quiet {
            say(text);
        }
    }

    /// Warns on standard error, unless `--quiet`.
    pub(super) fn warning(&self, text: &str) {
        self.note(&format!("warning: {text}"));
    }

    /// Returns a counter that is shown on a terminal while work takes long.
    pub(super) fn progress(&self, what: &'static str) -> Progress {
        let shown = !self.quiet && io::stderr().is_terminal();
        Progress { what, next: shown.then(|| Instant::now() + PATIENCE), drawn: false }
    }

    /// Prints problems in the data as warnings, unless `--quiet`.
    pub(super) fn problems(&self, problems: &[Problem]) {
        if self.quiet {
            return;
        }
        for problem in problems.iter().take(WARNINGS) {
            say(&format!("warning: {problem}"));
        }
        if let Some(more) = problems.len().checked_sub(WARNINGS).filter(|more| *more > 0) {
            say(&format!("warning: and {more} more problems in the data"));
        }
    }

    /// Prints what a check found, with file and line.
    pub(super) fn issues(&self, issues: &[Issue]) {
        if self.quiet {
            return;
        }
        for issue in issues {
            let line = issue.line.map_or(String::new(), |line| format!(":{line}"));
            say(&format!("warning: {}{line}: {}: {}", issue.document, issue.rule, issue.message.pick("en")));
        }
    }

    /// Prints why the command could not work.
    #[expect(clippy::unused_self, reason = "there is one printer, and it is asked by name")]
    pub(super) fn failure(&self, failure: &Failure) {
        say(&format!("error: {}", failure.message()));
        for cause in failure.causes() {
            say(&format!("caused by: {cause}"));
        }
        for hint in failure.hints() {
            say(&format!("hint: {hint}"));
        }
    }
}

/// How long work may take before its progress is shown, and how long between two lines.
const PATIENCE: Duration = Duration::from_millis(500);

/// A line that counts, on a terminal only; it is gone when the work is done.
#[derive(Debug)]
pub(super) struct Progress {
    what: &'static str,
    /// When it is drawn next; never, where nobody looks.
    next: Option<Instant>,
    drawn: bool,
}

impl Progress {
    /// Tells how far the work is.
    pub(super) fn tell(&mut self, count: usize) {
        if self.next.is_some_and(|next| Instant::now() >= next) {
            let _ = write!(io::stderr(), "\r{count} {}", self.what);
            self.drawn = true;
            self.next = Some(Instant::now() + PATIENCE);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.drawn {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}

/// Has a file written whole or not at all: beside its place first, then by one rename. Behind a symbolic link the file is
/// meant that it leads to; a device or a pipe takes what comes, for nothing may be put in its place.
pub(super) fn whole_file<T>(
    path: &Path,
    write: impl FnOnce(&mut fs::File) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let failed = |error: io::Error| Failure::writing(Some(path), &error);
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if fs::metadata(&place).is_ok_and(|kind| !kind.is_file() && !kind.is_dir()) {
        let mut file = fs::File::options().write(true).open(&place).map_err(failed)?;
        return write(&mut file);
    }
    let mut file = temporary_file(&place)?;
    let done = write(file.as_file_mut())?;
    file.persist(&place).map_err(|error| failed(error.error))?;
    Ok(done)
}

/// Makes a file beside `path`, to be renamed to it.
fn temporary_file(path: &Path) -> Result<tempfile::NamedTempFile, Failure> {
    if path.is_dir() {
        return Err(Failure::new(format!("cannot write to `{}`, which is a folder", path.display())));
    }
    let folder = folder_of(path)?;
    temporary(0o666).tempfile_in(folder).map_err(|error| Failure::writing(Some(path), &error))
}

/// Makes a folder beside `path`, to be renamed to it.
pub(super) fn temporary_folder(path: &Path) -> Result<tempfile::TempDir, Failure> {
    let folder = folder_of(path)?;
    temporary(0o777).tempdir_in(folder).map_err(|error| Failure::writing(Some(path), &error))
}

fn temporary(mode: u32) -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".oversight-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = mode;
    builder
}

/// Returns the folder that `path` is to stand in, which is made if it alone is not there.
fn folder_of(path: &Path) -> Result<&Path, Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    make_last_folder(folder).map_err(|error| {
        Failure::writing(Some(path), &error)
            .hint(format!("make the folder above `{}` first", folder.display()))
    })?;
    Ok(folder)
}

fn make_last_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir(folder)
}

/// A message that nobody reads is lost, and that is all right.
fn say(text: &str) {
    let safe: String = text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
    let _ = writeln!(anstream::stderr(), "{safe}");
}

fn terminal_columns() -> u16 {
    #[expect(clippy::disallowed_methods, reason = "cli resolves the environment")]
    let columns = std::env::var("COLUMNS");
    let told = columns.ok().and_then(|columns| columns.parse().ok());
    told.or_else(|| terminal_size::terminal_size().map(|(width, _)| width.0)).unwrap_or(110)
}
