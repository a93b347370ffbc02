//! What is meant to bring the program down: each ends with a message, exit 2, and the memory below its ceiling.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What the child may take. Reading the shipped ontology alone takes 40 MiB in a debug build.
const CEILING: u64 = 400 << 20;

/// How a run ended.
struct Ended {
    code: Option<i32>,
    stdout: String,
    message: String,
    /// The most resident memory that the system has seen, in bytes; 0 where it does not tell.
    peak: u64,
}

/// Runs `oversight` with files for its output, so that nothing waits on a pipe, and watches its memory.
fn run(folder: &Path, args: &[&str]) -> Ended {
    let (out, err) = (folder.join("out"), folder.join("err"));
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_oversight"))
        .args(args)
        .env_clear()
        .stdin(Stdio::null())
        .stdout(fs::File::create(&out).unwrap())
        .stderr(fs::File::create(&err).unwrap())
        .spawn()
        .unwrap();
    let mut peak = 0;
    let status = loop {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let most =
            most.and_then(|line| line.trim().strip_suffix(" kB")).and_then(|kb| kb.parse::<u64>().ok());
        peak = most.map_or(peak, |kb| kb << 10);
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if start.elapsed() > Duration::from_mins(2) {
            // It would go on taking memory from all the other tests.
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("it does not end: {args:.200?}");
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    Ended {
        code: status.code(),
        stdout: fs::read_to_string(out).unwrap(),
        message: fs::read_to_string(err).unwrap(),
        peak,
    }
}

/// Runs and holds the end against what it must be: exit 2, nothing printed, a message with `expected` in it.
fn refused(folder: &Path, args: &[&str], expected: &str) {
    let ended = run(folder, args);
    assert_eq!(ended.code, Some(2), "{args:.200?}: {:.2000}", ended.message);
    assert_eq!(ended.stdout, "", "{args:.200?}");
    assert!(ended.message.contains(expected), "{args:.200?}: {:.2000}", ended.message);
    assert!(ended.message.contains("hint: "), "{args:.200?}: {:.2000}", ended.message);
    assert!(ended.peak < CEILING, "{args:.200?} took {} MiB", ended.peak >> 20);
}

struct Room(tempfile::TempDir);

impl Room {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    fn refuses_query(&self, text: &str, limits: &[&str], expected: &str) {
        let file = self.file("attack.rq", text);
        let data = self.file("data.ttl", "");
        let args = ["query", file.to_str().unwrap(), "--from", data.to_str().unwrap()];
        refused(self.0.path(), &[&args, limits].concat(), expected);
    }

    fn refuses_data(&self, name: &str, bytes: impl AsRef<[u8]>, expected: &str) {
        let file = self.file(name, bytes);
        let file = file.to_str().unwrap();
        refused(self.0.path(), &["gaps", "--from", file], expected);
        refused(self.0.path(), &["query", "-e", "ASK {}", "--from", file], expected);
    }
}

/// A megabyte of `text`.
fn megabyte(text: &str) -> String {
    text.repeat((1 << 20) / text.len())
}

#[test]
fn queries_that_nest() {
    let room = Room::new();
    for open in ["{", "(", "[", "{{(", "\n("] {
        for head in ["", "SELECT * ", "ASK { ", "SELECT * { ?s ?p ?o FILTER(", "SELECT * { ?s ("] {
            room.refuses_query(&format!("{head}{}", megabyte(open)), &[], "nested deeper than 128");
        }
    }
    // What used to abort: 1.7 KB.
    let braces = format!("SELECT * {}{}", "{".repeat(850), "}".repeat(850));
    room.refuses_query(&braces, &[], "nested deeper than 128");
    room.refuses_query(&format!("#+ tags: {}\nASK {{}}", megabyte("[")), &[], "");
}

#[test]
fn queries_as_deep_and_long_as_may_be_are_answered() {
    let room = Room::new();
    let data = room.file("data.ttl", "<urn:s> <urn:p> 1 .");
    for text in [
        format!("ASK {}{}", "{".repeat(128), "}".repeat(128)),
        format!("ASK {{ FILTER {}1{} }}", "(".repeat(127), ")".repeat(127)),
        format!("ASK {{ ?s {}<urn:p>{} ?o }}", "(".repeat(127), ")".repeat(127)),
        format!("ASK {{ FILTER(1 {}) }}", "|| 1 ".repeat(6_600)),
        format!("ASK {{ FILTER(1 {}) }}", "+ 1 ".repeat(9_990)),
        format!("ASK {{ {} {{}} }}", "{} UNION ".repeat(9_900)),
        format!("ASK {{ {} }}", "OPTIONAL {} ".repeat(9_900)),
        format!("ASK {{ ?s <urn:p> 1 {} }}", "; <urn:p> 1 ".repeat(150)),
        format!("ASK {{ VALUES ?x {{ {} }} ?s ?p ?x }}", "1 ".repeat(100_000)),
    ] {
        let file = room.file("long.rq", &text);
        let args = ["query", file.to_str().unwrap(), "--from", data.to_str().unwrap(), "-q"];
        let ended = run(room.0.path(), &args);
        assert_eq!(ended.code, Some(0), "{text:.100}: {:.1000}", ended.message);
        assert_eq!(ended.stdout, "true\n", "{text:.100}");
    }
}

#[test]
fn queries_that_chain() {
    let room = Room::new();
    for (head, link) in [
        ("ASK { FILTER(1", " || 1"),
        ("ASK { FILTER(1", " + 1"),
        ("ASK { ?s <urn:p>", "/<urn:p>"),
        ("ASK { ?s ?p ?o", "; ?p ?o"),
        ("ASK { {}", " UNION {}"),
        ("ASK { ", "OPTIONAL {} "),
        ("ASK { FILTER(", "!"),
        ("ASK { ?s ", "^"),
    ] {
        room.refuses_query(&format!("{head}{}", megabyte(link)), &[], "more than 20000 words");
    }
    room.refuses_query(&format!("ASK {{ ?s ?p \"{}\" }}", "x".repeat(100 << 20)), &[], "more than 16 MiB");
}

#[test]
fn queries_that_reach_out() {
    let room = Room::new();
    for (text, expected) in [
        ("SELECT * { SERVICE <http://127.0.0.1/sparql> { ?s ?p ?o } }", "SERVICE <http://127.0.0.1/sparql>"),
        ("SELECT * { SERVICE SILENT ?x { ?s ?p ?o } }", "SERVICE ?x"),
        ("ASK { FILTER NOT EXISTS { { SERVICE <urn:x> {} } UNION {} } }", "SERVICE <urn:x>"),
        ("SELECT (SUM(EXISTS { SERVICE <urn:x> {} }) AS ?n) {}", "SERVICE <urn:x>"),
        (
            "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
            "reads <file:///etc/passwd>, which is not loaded",
        ),
        (
            "ASK FROM <http://127.0.0.1/a.ttl> { ?s ?p ?o }",
            "reads <http://127.0.0.1/a.ttl>, which is not loaded",
        ),
        ("DESCRIBE <urn:s> FROM NAMED <HTTPS://host.invalid/> { }", "which is not loaded"),
        ("SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g {} }", "which is not loaded"),
        ("LOAD <http://127.0.0.1/>", "this is an update"),
        ("LOAD <file:///etc/passwd> INTO GRAPH <urn:g>", "this is an update"),
        ("DELETE WHERE { ?s ?p ?o }", "this is an update"),
    ] {
        room.refuses_query(text, &[], expected);
    }
}

#[test]
fn queries_that_take_time_or_memory() {
    let room = Room::new();
    let mut cycle = String::new();
    for at in 0..4_000 {
        writeln!(cycle, "<urn:n{at}> <urn:next> <urn:n{}> .", (at + 1) % 4_000).unwrap();
    }
    let data = room.file("cycle.nt", cycle);
    let doubled = |times: usize| -> String {
        (1..=times).fold("BIND(\"0123456789\" AS ?x0) ".to_owned(), |text, at| {
            format!("{text}BIND(CONCAT(?x{0}, ?x{0}) AS ?x{at}) ", at - 1)
        })
    };
    // One limit at a time, so that it does not hang on the machine which is met first: what is to meet the limit of
    // time takes hardly any memory, and what is to meet that of memory takes it fast.
    let soon: &[&str] = &["--timeout", "1s", "--max-memory", "none"];
    let small: &[&str] =
        &["--timeout", "none", "--max-memory", "200MiB", "--max-rows", "none", "--max-bytes", "none"];
    let short: &[&str] = &["--timeout", "none", "--max-rows", "none", "--max-bytes", "1MiB"];
    let few: &[&str] = &["--timeout", "none", "--max-rows", "5000"];
    let (time, memory, rows) =
        ("not answered within 1 s", "more than 200 MiB of memory", "more than 5000 rows");
    let bytes = "more than 1048576 bytes";
    let wide = format!("SELECT * {{ ?a ?p ?b . ?c ?q ?d {} }}", doubled(10));
    for (text, limits, expected) in [
        // A cross product: counted, listed, of long rows, sorted.
        ("SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }", soon, time),
        ("SELECT * { ?a ?p ?b . ?c ?q ?d }", few, rows),
        ("CONSTRUCT { ?a ?p ?d } { ?a ?p ?b . ?c ?q ?d }", few, rows),
        (&wide, small, memory),
        (&wide, short, bytes),
        ("SELECT * { ?a ?p ?b . ?c ?q ?d }", short, bytes),
        ("SELECT DISTINCT ?a ?d { ?a ?p ?b . ?c ?q ?d } ORDER BY ?d", small, memory),
        // A path over a cycle: 16 million pairs, and 64 billion triples of nodes walked one by one.
        ("SELECT * { ?a <urn:next>* ?b }", small, memory),
        (
            "SELECT (COUNT(*) AS ?n) { <urn:n0> <urn:next>+ ?b . ?b <urn:next>+ ?c . ?c <urn:next>+ ?d }",
            soon,
            time,
        ),
        (&format!("SELECT (STRLEN(?x40) AS ?n) {{ {} }}", doubled(40)), small, memory),
    ] {
        let args = ["query", "-e", text, "--from", data.to_str().unwrap()];
        refused(room.0.path(), &[&args, limits].concat(), expected);
        // Nor is a file left, whole or not.
        let out = room.0.path().join("answer.csv");
        let to_file = ["-o", out.to_str().unwrap(), "--format", "csv"];
        if text.starts_with("SELECT *") {
            refused(room.0.path(), &[&args, limits, &to_file].concat(), expected);
            assert!(!out.exists());
        }
    }
}

#[test]
fn a_regex_that_cannot_be_matched_without_backtracking_is_refused() {
    let room = Room::new();
    for (filter, expected) in [
        (r#"REGEX(?o, "^(a+)+\\1$")"#, "`^(a+)+\\1$` cannot be matched: backreferences are not supported"),
        (r#"REGEX(?o, "(?=a)b", "i")"#, "look-around"),
        (r#"REGEX(?o, "((a{99}){99}){99}")"#, "more than 1000 kB"),
        (r#"REPLACE(?o, "(a)(?<!b)", "x") = """#, "look-around"),
        (r#"NOT EXISTS { ?o ?p ?q FILTER(REGEX(?q, "(")) }"#, "unclosed group"),
    ] {
        room.refuses_query(&format!("SELECT * {{ ?s ?p ?o FILTER({filter}) }}"), &[], expected);
    }
}

#[test]
fn a_regex_that_backtracks_elsewhere_is_answered() {
    // The engine's regular expressions take time in proportion to the text, so there is nothing to refuse.
    let room = Room::new();
    let data = room.file("data.nt", format!("<urn:s> <urn:p> \"{}!\" .", "a".repeat(100_000)));
    let text = "SELECT * { <urn:s> ?p ?o FILTER(REGEX(?o, \"^(a+)+$\") || REGEX(?o, \"(a|a)*b\")) }";
    let ended =
        run(room.0.path(), &["query", "-e", text, "--from", data.to_str().unwrap(), "--timeout", "20s"]);
    assert_eq!(ended.code, Some(0), "{}", ended.message);
    assert!(
        ended.message.contains("0 rows") && ended.peak < CEILING,
        "{} {}",
        ended.message,
        ended.peak >> 20
    );
}

#[test]
fn data_that_nest() {
    let room = Room::new();
    for (name, head, open) in [
        ("a.ttl", "<urn:s> <urn:p> ", "["),
        ("a.ttl", "<urn:s> <urn:p> ", "("),
        ("a.ttl", "<urn:s> <urn:p> ", "[ <urn:p> "),
        ("a.trig", "<urn:s> <urn:p> ", "( "),
        ("a.trig", "", "{"),
        ("a.jsonld", "", "["),
        ("a.jsonld", "", "{\"@graph\":["),
        ("a.jsonld", "{\"@context\":", "{\"a\":{\"@context\":"),
        ("a.rdf", "<?xml version=\"1.0\"?>", "<a xmlns=\"urn:a:\">"),
    ] {
        room.refuses_data(name, format!("{head}{}", megabyte(open)), "nested deeper than 256 at line 1");
    }
}

#[test]
fn data_that_expand() {
    let room = Room::new();
    let mut bomb = "<?xml version=\"1.0\"?><!DOCTYPE b [<!ENTITY l0 \"0123456789\">".to_owned();
    for level in 1..=8 {
        let inner = format!("&l{};", level - 1).repeat(10);
        write!(bomb, "<!ENTITY l{level} \"{inner}\">").unwrap();
    }
    bomb.push_str("]><b>&l8;</b>");
    assert!(bomb.len() < 710, "{}", bomb.len());
    room.refuses_data("a.rdf", &bomb, "XML entities");
    // What a scanner that follows quotes would not see: a comment with an apostrophe.
    room.refuses_data("a.rdf", bomb.replace("b [", "b [<!-- it's -->"), "XML entities");

    let mut zeros = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let line = " ".repeat(1 << 20);
    for _ in 0..1_000 {
        zeros.write_all(line.as_bytes()).unwrap();
    }
    let bomb = zeros.finish().unwrap();
    assert!(bomb.len() < 2 << 20);
    room.refuses_data("a.ttl.gz", &bomb, "more than 250 times as long as the file");
    room.refuses_data("a.nt.gz", &bomb, "more than 250 times as long as the file");
}

#[test]
fn data_with_one_token_too_long() {
    let room = Room::new();
    let long = "x".repeat(100 << 20);
    for (name, before, after) in [
        ("a.ttl", "<urn:s> <urn:p> \"", "\" ."),
        ("a.nt", "<urn:s> <urn:p> \"", "\" ."),
        ("a.jsonld", "{\"@id\":\"urn:s\",\"urn:p\":\"", "\"}"),
        ("a.rdf", "<?xml version=\"1.0\"?><a xmlns=\"urn:a:\">", "</a>"),
    ] {
        room.refuses_data(name, format!("{before}{long}{after}"), "more than 16 MiB");
    }
}

#[test]
fn contexts_of_json_ld_are_neither_fetched_nor_followed_without_end() {
    let room = Room::new();
    let expected = "its context is remote";
    let remote = "{\"@context\": \"http://127.0.0.1:1/context\", \"@id\": \"urn:s\"}";
    let file = room.file("remote.jsonld", remote);
    let ended = run(room.0.path(), &["gaps", "--from", file.to_str().unwrap()]);
    assert!(ended.code == Some(2) && ended.message.contains(expected), "{}", ended.message);
    // Each term is defined by the next: flat to look at, deep to resolve.
    let chain = |terms: usize| {
        let mut text = "{\"@\\u0063ontext\": {".to_owned();
        for at in 0..terms {
            writeln!(text, "\"t{at}\": {{\"@id\": \"t{}:x\"}},", at + 1).unwrap();
        }
        write!(text, "\"t{terms}\": \"urn:x:\"}}, \"@id\": \"urn:s\", \"t0\": 1}}").unwrap();
        text
    };
    room.refuses_data("chain.jsonld", chain(100_000), "a context of more than");
    // As long as may be.
    let file = room.file("chain.jsonld", chain(6_000));
    let ended =
        run(room.0.path(), &["query", "-e", "ASK { <urn:s> ?p 1 }", "--from", file.to_str().unwrap()]);
    assert_eq!((ended.code, &*ended.stdout), (Some(0), "true\n"), "{}", ended.message);
}
