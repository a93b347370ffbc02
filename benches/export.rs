//! Writing every graph format of a grown country, beside the writers of NetworkX and igraph on the same graph.
//!
//! `cargo bench --bench export`, after `.ci/tools`; `OVERSIGHT_BENCH_LINKS` sets the size (default: a million links),
//! `OVERSIGHT_BENCH_ALONE=1` leaves the others out. Prints a Markdown table.

mod support;

use oversight::export::{FORMATS, Format, Period, Selection, Sink, View};
use oversight::model::{Trust, World, load};
use oversight::rdf::{Source, documents};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// How often each format is written; the quickest counts.
const ROUNDS: usize = 3;

/// A file, or the files of a folder.
struct Place {
    path: PathBuf,
    file: Option<File>,
}

impl Sink for Place {
    fn begin(&mut self, name: &str) -> io::Result<()> {
        fs::create_dir_all(&self.path)?;
        self.file = Some(File::create(self.path.join(name))?);
        Ok(())
    }
}

impl Write for Place {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_mut().map_or(Ok(bytes.len()), |file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[expect(clippy::disallowed_methods, reason = "a benchmark is set up from outside")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// A line of `/proc/self/status`, in MiB.
fn memory(line: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let number =
        status.lines().find_map(|l| l.strip_prefix(line)?.strip_prefix(':')?.split_whitespace().next());
    number.and_then(|number| number.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

fn size(path: &Path) -> u64 {
    if path.is_dir() {
        let files = fs::read_dir(path).into_iter().flatten().flatten();
        return files.map(|file| size(&file.path())).sum();
    }
    fs::metadata(path).map_or(0, |data| data.len())
}

fn write(format: &Format, view: &View<'_>, path: &Path) -> f64 {
    let start = Instant::now();
    let file = (!format.several).then(|| File::create(path).expect("a writable temporary folder"));
    let mut place = Place { path: path.to_owned(), file };
    format.write(view, &mut place).expect("a writable temporary folder");
    start.elapsed().as_secs_f64()
}

#[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
fn main() {
    let links = variable("OVERSIGHT_BENCH_LINKS").and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("grown.nt");
    fs::write(&path, support::grown_country(links)).expect("a writable temporary folder");
    let sources = [Source::Shipped("ontology/".to_owned()), Source::Path(path.clone())];
    let graph = load(&documents(&sources).expect("the file just written")).expect("valid");
    fs::remove_file(&path).expect("the file just written");
    let world = World::new(&graph, "2026-11-23".parse().expect("a day"), Trust::All);
    let selection = Selection::all(Period::AllTime, "en");
    let start = Instant::now();
    let view = View::new(&world, &selection, None);
    println!(
        "{} nodes, {} edges; graph in memory {:.0} MiB; view made in {:.2} s",
        view.node_count(),
        view.edge_count(),
        memory("VmRSS"),
        start.elapsed().as_secs_f64()
    );
    let mut ours = Vec::new();
    let only = variable("OVERSIGHT_BENCH_FORMATS");
    for format in FORMATS.iter().filter(|format| {
        format.missing_feature().is_none() && only.as_ref().is_none_or(|only| only.contains(format.id))
    }) {
        let path = folder.path().join(format.id);
        // The peak is counted anew from here; where the system does not allow it, the column says nothing.
        let _ = fs::write("/proc/self/clear_refs", "5");
        let before = memory("VmRSS");
        let seconds = (0..ROUNDS).map(|_| write(format, &view, &path)).fold(f64::INFINITY, f64::min);
        let beyond = memory("VmHWM") - before;
        ours.push((format.id, seconds, size(&path), beyond));
        // The others read their graph from node-link JSON.
        if format.id != "node-link" {
            let _ = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        }
        eprintln_row(format.id, seconds);
    }
    let theirs = others(&folder.path().join("node-link"));
    println!("| format | seconds | MB | MiB beyond the graph | NetworkX | times | igraph | times |");
    println!("| --- | --: | --: | --: | --: | --: | --: | --: |");
    for (id, seconds, bytes, beyond) in ours {
        let other = |tool: &str| {
            theirs
                .get(&format!("{tool} {id}"))
                .map_or("|".to_owned(), |other| format!("{other:.1} | {:.0}", other / seconds))
        };
        println!(
            "| {id} | {seconds:.2} | {:.0} | {beyond:.1} | {} | {} |",
            bytes as f64 / 1e6,
            other("networkx"),
            other("igraph")
        );
    }
}

#[expect(clippy::print_stderr, reason = "a benchmark says how far it is")]
fn eprintln_row(id: &str, seconds: f64) {
    eprintln!("{id}: {seconds:.2} s");
}

/// Seconds of the others' writers, by `tool format`.
fn others(node_link: &Path) -> BTreeMap<String, f64> {
    if variable("OVERSIGHT_BENCH_ALONE").is_some() {
        return BTreeMap::new();
    }
    let tools = variable("OVERSIGHT_TOOLS").unwrap_or_else(|| "tests/.tools".to_owned());
    let output = Command::new(Path::new(&tools).join("venv/bin/python"))
        .args(["benches/export.py", node_link.to_str().expect("UTF-8")])
        .stderr(std::process::Stdio::inherit())
        .output()
        .expect("Python with its packages: run .ci/tools");
    serde_json::from_slice(&output.stdout).unwrap_or_default()
}
