//! Engines that we did not write, in a Python process that answers case after case: `tests/agreement/engines.py`.
#![expect(clippy::unwrap_used, reason = "a process that does not answer fails the test")]

use super::tools::{is_installed, python};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Norm and institution, not met.
pub(crate) type Pairs = BTreeSet<(String, String)>;

/// The running engines; they end with this value.
pub(crate) struct Engines {
    process: Child,
    cases: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Engines {
    /// Starts the engines of these names; none where what they need is not installed.
    pub(crate) fn start(names: &[&str]) -> Option<Self> {
        let python = python()?;
        if names.contains(&"virtuoso") && !is_installed("Virtuoso", "virtuoso-t") {
            return None;
        }
        let mut process = Command::new(python)
            .arg("tests/agreement/engines.py")
            .args(names)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let cases = process.stdin.take();
        let mut answers = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        answers.read_line(&mut line).unwrap();
        assert_eq!(line.trim(), "ready", "the engines did not start");
        Some(Self { process, cases, answers })
    }

    /// Asks every engine for the case in a folder (`data.nt`, `shapes.ttl`, `sparql/`).
    pub(crate) fn ask(&mut self, case: &Path) -> BTreeMap<String, Result<Pairs, String>> {
        writeln!(self.cases.as_mut().unwrap(), "{}", case.display()).unwrap();
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        let answers: BTreeMap<String, serde_json::Value> = serde_json::from_str(&line).unwrap();
        let read = |answer: serde_json::Value| match answer {
            serde_json::Value::String(failure) => Err(failure),
            pairs => Ok(serde_json::from_value(pairs).unwrap()),
        };
        answers.into_iter().map(|(name, answer)| (name, read(answer))).collect()
    }
}

impl Drop for Engines {
    /// Ends the input, upon which the process ends its server and itself.
    fn drop(&mut self) {
        drop(self.cases.take());
        let _ = self.process.wait();
    }
}
