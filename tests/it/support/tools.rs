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
    let answers = Command::new(program)
        .arg(version)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
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
