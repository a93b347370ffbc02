//! The same data in the memory store and in a server: the same answers to every shipped question.

use super::servers::{self, DEFAULT, Server};
use crate::catalogue::given;
use oversight::http::{Address, Client, Settings, Site};
use oversight::model::Trust;
use oversight::rdf::{Source, documents};
use oversight::store::{Answer, Guard, Loading, Question, Remote, ResultFormat, Store, catalogue, write};
use std::fs;
use std::path::Path;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Data in a server, and the store that answers from the same.
struct Pair {
    store: Store,
    remote: Remote,
    address: String,
}

impl Pair {
    /// Loads what the store holds, derived properties included, into a graph of the server.
    fn new(server: &Server, sources: &[Source], day: &str, graph: &str) -> Self {
        let day = day.parse().unwrap();
        let loading = Loading::read(&documents(sources).unwrap()).unwrap();
        let store = Store::new(loading, day, Trust::All).unwrap();
        let file = tempfile::NamedTempFile::new().unwrap();
        let all = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }").unwrap();
        write(all, ResultFormat::NTriples, &Guard::default(), &mut &file).unwrap();
        let address = server.load(file.path(), graph);
        let client = Client::new(Settings::default()).unwrap();
        let site = Site::new(Address::parse(&address).unwrap(), client, None).unwrap();
        let ontology = documents(&[Source::Shipped("ontology/".into())]).unwrap();
        Self { store, remote: Remote::new(site, ontology, day, Vec::new()), address }
    }

    /// Compares the answers to a question as multisets of rows, or as graphs.
    fn compare(&self, question: &Question, given: &[(String, String)]) -> Result<(), String> {
        let guard = Guard::default();
        let failed = |error: &dyn std::error::Error| {
            let mut text = format!("{}: {error}", question.id);
            let mut cause = error.source();
            while let Some(error) = cause {
                text += &format!("\n  {error}");
                cause = error.source();
            }
            text
        };
        let here = self.store.ask(question, given, &guard).map_err(|error| failed(&error))?;
        let here = sorted(self.store.answer(here, None, &guard).map_err(|error| failed(&error))?);
        let there = self.remote.ask(question, given, &guard).map_err(|error| failed(&error))?;
        let there = sorted(self.remote.answer(there, None, &guard).map_err(|error| failed(&error))?);
        if here == there {
            return Ok(());
        }
        let only = |a: &[String], b: &[String]| {
            a.iter().filter(|row| !b.contains(row)).take(3).cloned().collect::<Vec<_>>().join("\n    ")
        };
        Err(format!(
            "{}: {} rows here, {} there\n  only here:\n    {}\n  only there:\n    {}",
            question.id,
            here.len(),
            there.len(),
            only(&here, &there),
            only(&there, &here)
        ))
    }
}

fn sorted(answer: Answer) -> Vec<String> {
    let mut lines: Vec<String> = match answer {
        Answer::Rows(rows) => {
            let mut lines: Vec<String> = rows
                .rows
                .iter()
                .map(|row| row.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" | "))
                .collect();
            lines.push(format!("columns {}", rows.columns.join(" | ")));
            lines
        }
        Answer::Boolean(answer) => vec![answer.to_string()],
        Answer::Turtle(text) => String::from_utf8(text).unwrap().lines().map(str::to_owned).collect(),
    };
    lines.sort_unstable();
    lines
}

/// The lines `# name=value` of the kept cases of a question.
fn cases(id: &str) -> Vec<Vec<(String, String)>> {
    let mut cases = Vec::new();
    let mut names: Vec<_> =
        fs::read_dir(Path::new(ROOT).join("tests/questions")).unwrap().map(|e| e.unwrap().path()).collect();
    names.sort();
    for path in names {
        let name = path.file_name().unwrap().to_str().unwrap();
        if name.split('.').next() != Some(id) || name.ends_with(".data.ttl") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let lines = text.lines().take_while(|line| line.starts_with("# "));
        let pairs = lines.filter_map(|line| line[2..].split_once('='));
        cases.push(
            pairs.filter(|(name, _)| *name != "day").map(|(n, v)| (n.to_owned(), v.to_owned())).collect(),
        );
    }
    cases
}

fn exland(extra: Option<&Path>) -> Vec<Source> {
    let mut sources =
        vec![Source::Shipped("ontology/schemes/".into()), Source::Path(crate::support::exland::folder())];
    sources.extend(extra.map(|path| Source::Path(path.to_owned())));
    sources
}

/// Compares the answers to every kept case of every question on Exland, and to every question on Ukraine.
fn answers_alike(server: &Server) {
    let plain = Pair::new(server, &exland(None), "2024-06-01", "urn:exland");
    let mut faults = Vec::new();
    let mut asked = 0;
    for question in catalogue().unwrap() {
        let extra = Path::new(ROOT).join(format!("tests/questions/{}.data.ttl", question.id));
        let own = extra.exists().then(|| {
            let graph = format!("urn:exland:{}", question.id);
            Pair::new(server, &exland(Some(&extra)), "2024-06-01", &graph)
        });
        for case in cases(&question.id) {
            asked += 1;
            faults.extend(own.as_ref().unwrap_or(&plain).compare(&question, &case).err());
        }
    }
    assert!(asked > 40, "only {asked} questions were asked");
    let sources = [Source::Shipped("ontology/".into()), Source::Shipped("data/ua/".into())];
    let ukraine = Pair::new(server, &sources, "2026-11-23", "urn:ukraine");
    for question in catalogue().unwrap() {
        faults.extend(ukraine.compare(&question, &given(&question.id)).err());
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Runs the program, which must not fail, and returns what it prints.
fn printed(args: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_oversight")).args(args).env_clear().output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// The findings on an endpoint, evaluated here and there, are those on the same files.
fn finds_alike(address: &str, local: &[&str], norms: &[&str], day: &str, some: &[&[&str]]) {
    let common = ["gaps", "--quiet", "--as-of", day, "--format", "json"];
    let files = |more: &[&str]| printed(&[&common[..], local, more].concat());
    let there = |more: &[&str]| printed(&[&common[..], &["--from", address], norms, more].concat());
    let all = files(&[]);
    assert!(all.len() > 1000);
    let same = |what: &str, found: &[u8], expected: &[u8]| {
        let line =
            found.split(|b| *b == b'\n').zip(expected.split(|b| *b == b'\n')).position(|(a, b)| a != b);
        assert!(
            found == expected,
            "{what} on {address}: {} bytes, not {}, line {line:?}",
            found.len(),
            expected.len()
        );
    };
    same("streamed", &there(&[]), &all);
    same("pushed down", &there(&["--pushdown"]), &all);
    for more in some {
        same(&format!("{more:?}"), &there(&[more, &["--pushdown"][..]].concat()), &files(more));
    }
}

/// Compares findings on Exland and on Ukraine, each in a graph of a server.
fn findings_are_alike([first, second]: [(&Server, &str); 2]) {
    let exland = exland(None);
    let pair = Pair::new(first.0, &exland, "2024-06-01", first.1);
    let folder = crate::support::exland::folder();
    let local = ["--from", folder.to_str().unwrap()];
    let ids: Vec<String> = crate::support::exland::norms(&crate::support::exland::graph())
        .iter()
        .map(|norm| norm.id.clone())
        .collect();
    let norms: Vec<&str> = ["--norm"].into_iter().chain(ids.iter().map(String::as_str)).collect();
    for day in ["2024-06-01", "2019-12-31"] {
        let some: &[&[&str]] = &[
            &["--institution", "xl/police"],
            &["--institution", "xl/armed-forces"],
            &["--verdict", "gap", "partial"],
            &["--verified-only", "--institution", "xl/land-command"],
        ];
        finds_alike(&pair.address, &[&local[..], &norms].concat(), &norms, day, some);
    }
    let sources = [Source::Shipped("ontology/".into()), Source::Shipped("data/ua/".into())];
    let pair = Pair::new(second.0, &sources, "2026-11-23", second.1);
    finds_alike(&pair.address, &["ua"], &[], "2026-11-23", &[&["--institution", "ua/sbu", "--norm", "MIA"]]);
}

#[test]
fn oxigraphs_server_answers_as_the_memory_store_does() {
    if let Some(server) = servers::oxigraph() {
        answers_alike(&server);
        let others = [servers::oxigraph().unwrap(), servers::oxigraph().unwrap()];
        findings_are_alike([(&others[0], DEFAULT), (&others[1], DEFAULT)]);
    }
}

#[test]
fn virtuoso_answers_as_the_memory_store_does() {
    if let Some(server) = servers::virtuoso(1_000_000) {
        answers_alike(&server);
        findings_are_alike([(&server, "urn:findings:exland"), (&server, "urn:findings:ua")]);
    }
}

#[test]
fn an_answer_that_virtuoso_cuts_is_no_answer() {
    let Some(server) = servers::virtuoso(100) else { return };
    let pair = Pair::new(&server, &exland(None), "2024-06-01", "urn:cut");
    for args in [
        &["gaps", "--from", &pair.address][..],
        &["query", "--from", &pair.address, "-e", "SELECT ?s { ?s ?p ?o }"],
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_oversight")).args(args).env_clear().output().unwrap();
        let message = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(2) && output.stdout.is_empty(), "{message}");
        assert!(message.contains("a part of the answer only"), "{message}");
    }
}
