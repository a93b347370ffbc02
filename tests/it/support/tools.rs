//! Programs that are not ours: each is installed by `.ci/test`; where one is missing, its test says so and passes, unless
//! `OVERSIGHT_ALL_TOOLS` is set, as it is there.

#![expect(clippy::print_stderr, reason = "a test that skips says so")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

#[expect(clippy::disallowed_methods, reason = "tests are set up from outside")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Returns whether to go on with a tool; a missing one is a failure only where all are promised.
pub(crate) fn is_there(name: &str, program: &Path, version: &str) -> bool {
    let status = Command::new(program).arg(version).stdout(Stdio::null()).stderr(Stdio::null()).status();
    noted(name, status.is_ok_and(|status| status.success()))
}

/// As [`is_there`], for a program that has no argument by which it only says its version.
pub(crate) fn is_installed(name: &str, program: &str) -> bool {
    noted(name, Command::new(program).arg("-?").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok())
}

fn noted(name: &str, answers: bool) -> bool {
    if !answers {
        assert!(variable("OVERSIGHT_ALL_TOOLS").is_none(), "{name} is missing: run .ci/test");
        eprintln!("skipped: {name} is not installed (.ci/test installs it)");
    }
    answers
}

/// The folder that `.ci/tools` installs into.
fn tools() -> PathBuf {
    variable("OVERSIGHT_TOOLS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/.tools"), PathBuf::from)
}

/// The Python with the packages of `tests/requirements.txt`.
pub(crate) fn python() -> Option<PathBuf> {
    let python = tools().join("venv/bin/python");
    is_there("Python with its packages", &python, "--version").then_some(python)
}

/// Node.js, and the folder with the packages of `tests/export/package.json`.
pub(crate) fn node() -> Option<(PathBuf, PathBuf)> {
    let modules = tools().join("node_modules");
    if !modules.is_dir() {
        assert!(variable("OVERSIGHT_ALL_TOOLS").is_none(), "packages of npm are missing: run .ci/test");
        eprintln!("skipped: packages of npm are not installed (.ci/test installs them)");
        return None;
    }
    is_there("Node.js", Path::new("node"), "--version").then(|| (PathBuf::from("node"), modules))
}

/// Runs a program in the root of the project, and returns what it writes; it has to end well.
pub(crate) fn run(program: &Path, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output();
    let output = output.unwrap_or_else(|error| panic!("{}: {error}", program.display()));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{} {arguments:?}: {errors:.3000}", program.display());
    String::from_utf8_lossy(&output.stdout).into_owned()
}
