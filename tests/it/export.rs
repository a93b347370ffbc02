//! `oversight export`: one selection for all formats, an account of what each loses, whole files or none.

#![expect(clippy::unwrap_used, reason = "a test fails where something is not there")]

use crate::support::bless::hold;
use assert_cmd::Command;
use oversight::export::{FORMATS, Field, Format, Kind, Period, Properties, Selection, View};
use oversight::model::{Trust, World};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const EXLAND: &str = "tests/fixtures/exland";

fn export(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_oversight"));
    command.env_clear().current_dir(env!("CARGO_MANIFEST_DIR")).arg("export").args(arguments);
    command
}

/// The formats that this build can write; the tests are built with all.
fn built() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().copied().filter(|format| format.missing_feature().is_none())
}

/// Exports Exland on a day, and returns what stands on standard output and on standard error.
fn exland(arguments: &[&str]) -> (String, String) {
    let mut all = vec!["--from", EXLAND, "--as-of", "2024-06-01"];
    all.extend(arguments);
    let output = export(&all).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
    (String::from_utf8(output.stdout).unwrap(), said)
}

/// The graph as node-link JSON, which carries every field.
fn records(arguments: &[&str]) -> Value {
    let mut all = vec!["--to", "node-link"];
    all.extend(arguments);
    serde_json::from_str(&exland(&all).0).unwrap()
}

fn texts<'v>(records: &'v Value, list: &str, field: &str) -> BTreeSet<&'v str> {
    records[list].as_array().unwrap().iter().map(|record| record[field].as_str().unwrap()).collect()
}

#[test]
fn formats_do_not_clash() {
    let ids: BTreeSet<&str> = FORMATS.iter().map(|format| format.id).collect();
    assert_eq!(ids.len(), FORMATS.len());
    for format in FORMATS {
        assert_eq!(Format::of_id(format.id).unwrap().name, format.name);
        assert!(!format.extension.contains('.') || format.several, "{}", format.id);
    }
}

/// Puts `text` between the marks of a page.
fn between(page: &str, mark: &str, text: &str) -> String {
    let (before, rest) = page.split_once(&format!("<!-- {mark} -->\n")).unwrap();
    let (_, after) = rest.split_once(&format!("<!-- /{mark} -->")).unwrap();
    format!("{before}<!-- {mark} -->\n{text}<!-- /{mark} -->{after}")
}

#[test]
fn the_page_lists_formats_and_fields() {
    let mut formats = String::from(
        "| `--to` | format | opens in | properties | times | lists |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for format in FORMATS {
        let properties = match format.carries.properties {
            Properties::All => "all".to_owned(),
            Properties::Only { node, edge } => {
                format!("of nodes: {}; of edges: {}", node.join(", "), edge.join(", "))
            }
        };
        let Format { id, name, extension, opens_in, several, carries, .. } = format;
        let files = if *several { "several ." } else { "." };
        let _ = writeln!(
            formats,
            "| `{id}` | {name} ({files}{extension}) | {opens_in} | {properties} | {} | {} |",
            carries.times, carries.lists
        );
    }
    let graph = crate::support::exland::graph();
    let world = World::new(&graph, "2024-06-01".parse().unwrap(), Trust::All);
    let selection = Selection::all(Period::AllTime, "en");
    let view = View::new(&world, &selection, Some(Vec::new()));
    let mut fields = String::from("| of | field | holds | meaning |\n| --- | --- | --- | --- |\n");
    for (of, list) in [("node", view.node_fields()), ("edge", view.edge_fields())] {
        for Field { name, kind, about, .. } in list.iter().filter(|field| !field.is_translation()) {
            let kind = match kind {
                Kind::Text => "text",
                Kind::Word => "word",
                Kind::List => "list",
                Kind::Start => "start",
                Kind::End => "end",
                Kind::Flag => "yes or no",
                Kind::Number => "number",
            };
            let _ = writeln!(fields, "| {of} | `{name}` | {kind} | {about} |");
        }
    }
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/export.md")).unwrap();
    hold("docs/export.md", &between(&between(&page, "formats", &formats), "fields", &fields));
}

#[test]
fn a_selection_narrows_links_and_the_bodies_they_tie() {
    let all = records(&[]);
    let (nodes, edges) = (all["nodes"].as_array().unwrap(), all["edges"].as_array().unwrap());
    assert!(nodes.len() > 10 && edges.len() > 10);
    assert!(edges.iter().all(|edge| edge["counts"] != "no"));
    let ever = records(&["--all-time"]);
    assert!(ever["edges"].as_array().unwrap().iter().any(|edge| edge["counts"] == "no"));
    let by_mechanism = records(&["--mechanism", "hearing", "--mechanism", "appointment"]);
    assert_eq!(
        texts(&by_mechanism, "edges", "mechanism"),
        BTreeSet::from(["appointment", "hearing"]),
        "{by_mechanism}"
    );
    let by_pillar = records(&["--pillar", "legislature"]);
    assert_eq!(texts(&by_pillar, "edges", "pillar"), BTreeSet::from(["legislature"]));
    let id = texts(&by_pillar, "edges", "target").into_iter().next().unwrap();
    let by_body = records(&["--institution", id, "--with-verdicts"]);
    for edge in by_body["edges"].as_array().unwrap() {
        assert!(edge["source"] == id || edge["target"] == id, "{edge}");
    }
    // Every end is there, and nothing else.
    for narrow in [&by_mechanism, &by_pillar, &by_body] {
        let ends: BTreeSet<&str> =
            texts(narrow, "edges", "source").union(&texts(narrow, "edges", "target")).copied().collect();
        assert_eq!(texts(narrow, "nodes", "id"), ends);
    }
    // Verdicts are those of the body asked for; the others are there only as ends.
    for node in by_body["nodes"].as_array().unwrap() {
        assert_eq!(node.get("gaps").is_some(), node["id"] == id, "{node}");
    }
}

#[test]
fn verdicts_are_those_of_gaps() {
    let findings = Command::new(env!("CARGO_BIN_EXE_oversight"))
        .env_clear()
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["gaps", "--from", EXLAND, "--as-of", "2024-06-01", "--format", "json"])
        .output()
        .unwrap();
    let findings: Vec<Value> = serde_json::from_slice(&findings.stdout).unwrap();
    let written = records(&["--with-verdicts"]);
    let mut seen = 0;
    for node in written["nodes"].as_array().unwrap() {
        for (verdict, count, norms) in [
            ("gap", "gaps", "gap_norms"),
            ("partial", "partials", "partial_norms"),
            ("on-paper", "on_papers", "on_paper_norms"),
            ("unknown", "unknowns", "unknown_norms"),
            ("met", "mets", "met_norms"),
        ] {
            let of = |finding: &&Value| finding["institution"] == node["id"] && finding["verdict"] == verdict;
            let expected: Vec<&Value> = findings.iter().filter(of).map(|finding| &finding["norm"]).collect();
            assert_eq!(node[count], expected.len(), "{} {verdict}", node["id"]);
            let listed: Vec<&Value> = node[norms].as_array().into_iter().flatten().collect();
            assert_eq!(listed, expected, "{} {verdict}", node["id"]);
            seen += expected.len();
        }
    }
    assert_eq!(seen, findings.len());
    let evidence: usize = written["edges"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|e| Some(e["evidence_for"].as_array()?.len()))
        .sum();
    assert_eq!(evidence, findings.iter().map(|f| f["evidence"].as_array().unwrap().len()).sum::<usize>());
}

#[test]
fn what_is_lost_is_counted_in_the_summary_and_in_the_report() {
    let folder = tempfile::tempdir().unwrap();
    for format in built() {
        let path = folder.path().join(format.id);
        let (_, said) =
            exland(&["--to", format.id, "--loss", "--with-verdicts", "-o", path.to_str().unwrap()]);
        let report = folder.path().join(format!("{}.loss.json", format.id));
        let report: Value = serde_json::from_str(&fs::read_to_string(report).unwrap()).unwrap();
        assert_eq!(report["format"], format.id);
        let lost = report["lost"].as_array().unwrap();
        assert_eq!(lost.is_empty(), said.contains("nothing is lost"), "{said}");
        for entry in lost {
            assert!(entry["count"].as_u64().unwrap() > 0, "{entry}");
            if matches!(entry["part"].as_str().unwrap(), "record" | "text") {
                let told = format!("{} {}", entry["count"], entry["what"].as_str().unwrap());
                assert!(said.contains(&told), "{said} does not tell {told}");
            }
        }
        for (part, of) in [
            ("property", "other fields"),
            ("time", "fields of time"),
            ("language", "fields in other languages"),
        ] {
            let counts = lost.iter().filter(|entry| entry["part"] == part).map(|entry| &entry["count"]);
            let counts: Vec<u64> = counts.map(|count| count.as_u64().unwrap()).collect();
            if !counts.is_empty() {
                let told = format!("{} values of {} {of}", counts.iter().sum::<u64>(), counts.len());
                assert!(said.contains(&told), "{said} does not tell {told}");
            }
        }
    }
}

#[test]
fn fields_that_are_lost_are_those_that_other_formats_carry() {
    let all = records(&["--all-time", "--with-verdicts"]);
    let folder = tempfile::tempdir().unwrap();
    let mut formats = 0;
    for format in built() {
        let Properties::Only { node, edge } = format.carries.properties else { continue };
        let path = folder.path().join(format.id);
        let to = path.to_str().unwrap();
        exland(&["--all-time", "--with-verdicts", "--to", format.id, "--loss", "-o", to]);
        let report: Value = serde_json::from_slice(&fs::read(format!("{to}.loss.json")).unwrap()).unwrap();
        let told: BTreeMap<String, u64> = report["lost"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| (entry["what"].as_str().unwrap().to_owned(), entry["count"].as_u64().unwrap()))
            .filter(|(what, _)| what.ends_with(" of nodes") || what.ends_with(" of edges"))
            .filter(|(what, _)| !what.starts_with("id of "))
            .collect();
        let mut expected = BTreeMap::new();
        for (list, kept) in [("nodes", node), ("edges", edge)] {
            for record in all[list].as_array().unwrap() {
                for field in record.as_object().unwrap().keys().map(String::as_str) {
                    if !kept.contains(&field) && !["id", "key", "source", "target"].contains(&field) {
                        *expected.entry(format!("{field} of {list}")).or_default() += 1;
                    }
                }
            }
        }
        assert_eq!(told, expected, "{}", format.id);
        formats += 1;
    }
    assert_eq!(formats, 2);
}

#[test]
fn what_cannot_be_written_is_refused() {
    let refused = |arguments: &[&str]| {
        let output = export(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty());
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(refused(&["ua", "--to", "graphm"]).contains("did you mean `graphml`?"));
    assert!(refused(&["ua", "--to", "graphml", "--mechanism", "hearng"]).contains("did you mean `hearing`?"));
    assert!(refused(&["ua", "--to", "graphml", "--pillar", "justise"]).contains("did you mean `justice`?"));
    assert!(refused(&["ua", "--to", "graphml", "--loss"]).contains("`--loss` needs a file"));
    for (format, flag, with) in [
        ("xlsx", "--exact", "`--to csv`"),
        ("jgf", "--edges=links", "`--to node-link`"),
        ("graphml", "--derived", "a syntax of RDF"),
        ("facts", "--institution=ua/sbu", "any form but `--to facts`"),
        ("facts", "--with-verdicts", "any form but `--to facts`"),
    ] {
        let said = refused(&["ua", "--to", format, "-o", "x", flag]);
        let name = flag.split('=').next().unwrap();
        let told = format!("`{name}` would change nothing in `--to {format}`\nhint: it stands with {with}");
        assert!(said.contains(&told), "{said}");
    }
    for format in FORMATS {
        if let Some(feature) = format.missing_feature() {
            assert!(
                refused(&["ua", "--to", format.id, "-o", "x"]).contains(&format!("--features {feature}"))
            );
        }
    }
}

#[test]
fn several_files_go_into_a_folder_or_a_zip() {
    let room = tempfile::tempdir().unwrap();
    let (folder, zip) = (room.path().join("neo4j"), room.path().join("neo4j.zip"));
    let (to_folder, to_zip) = (folder.to_str().unwrap(), zip.to_str().unwrap());
    exland(&["--to", "neo4j", "--all-time", "-o", to_folder]);
    let first = fs::read(folder.join("links.csv")).unwrap();
    // An earlier export is replaced, as a whole.
    exland(&["--to", "neo4j", "-o", to_folder]);
    let second = fs::read(folder.join("links.csv")).unwrap();
    assert!(second.len() < first.len());
    exland(&["--to", "neo4j", "-o", to_zip]);
    let mut archive = zip::ZipArchive::new(fs::File::open(&zip).unwrap()).unwrap();
    for name in ["institutions.csv", "links.csv"] {
        let mut held = Vec::new();
        std::io::Read::read_to_end(&mut archive.by_name(name).unwrap(), &mut held).unwrap();
        assert_eq!(held, fs::read(folder.join(name)).unwrap(), "{name}");
    }
    assert_eq!(archive.len(), 2);
    let bytes = fs::read(&zip).unwrap();
    exland(&["--to", "neo4j", "-o", to_zip]);
    assert_eq!(bytes, fs::read(&zip).unwrap(), "the same export, the same bytes");
    // A link to a folder stays one.
    #[cfg(unix)]
    {
        let link = room.path().join("link");
        std::os::unix::fs::symlink(&folder, &link).unwrap();
        exland(&["--to", "neo4j", "--all-time", "-o", link.to_str().unwrap()]);
        assert!(link.is_symlink());
        assert_eq!(first, fs::read(folder.join("links.csv")).unwrap());
        fs::remove_file(&link).unwrap();
        exland(&["--to", "neo4j", "-o", to_folder]);
    }
    // What is not an export's is never touched.
    fs::write(folder.join("notes.txt"), "mine").unwrap();
    let refused = |arguments: &[&str]| {
        let output = export(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    let said = refused(&["--from", EXLAND, "--to", "neo4j", "-o", to_folder]);
    assert!(said.contains("holds other files") && said.contains("`notes.txt`"), "{said}");
    assert_eq!(fs::read_to_string(folder.join("notes.txt")).unwrap(), "mine");
    assert_eq!(second, fs::read(folder.join("links.csv")).unwrap());
    assert!(refused(&["ua", "--to", "neo4j"]).contains("`neo4j` is several files"));
    let said = refused(&["ua", "--to", "gexf", "-o", "ua.zip"]);
    assert!(said.contains("`gexf` is one file, and no zip\nhint: name it `ua.gexf`"), "{said}");
    assert_eq!(fs::read_dir(room.path()).unwrap().count(), 2, "nothing else is left");
}

#[test]
fn a_file_is_whole_or_not_there() {
    let folder = tempfile::tempdir().unwrap();
    for format in built() {
        for name in [format.id.to_owned(), format!("{}.zip", format.id)] {
            let place = folder.path().join(&name);
            // A disk that is full: the shell allows files of 8 blocks of 1024 bytes, and says so by an error.
            let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" export ua --all-time --to \"$1\" -o \"$2\"";
            let output = std::process::Command::new("bash")
                .args(["-c", script, env!("CARGO_BIN_EXE_oversight"), format.id, place.to_str().unwrap()])
                .current_dir(env!("CARGO_MANIFEST_DIR"))
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(2), "{name}: {said}");
            assert!(said.contains("cannot write to") && !said.contains("panicked"), "{said}");
            let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
            assert!(left.is_empty(), "{name}: {left:?}");
            if !format.several {
                break;
            }
        }
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error_and_a_full_device_is_one() {
    for format in built().filter(|format| !format.several) {
        let run = |to: std::process::Stdio| {
            std::process::Command::new(env!("CARGO_BIN_EXE_oversight"))
                .args(["export", "ua", "--as-of", "2024-06-01", "--to", format.id])
                .current_dir(env!("CARGO_MANIFEST_DIR"))
                .stdout(to)
                .stderr(std::process::Stdio::piped())
                .spawn()
                .unwrap()
        };
        let mut child = run(std::process::Stdio::piped());
        // Long before the first byte.
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), said.as_ref()), (Some(0), ""), "{}", format.id);
        if Path::new("/dev/full").exists() {
            let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
            let output = run(full.into()).wait_with_output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{}: {said}", format.id);
            assert!(said.starts_with("error: cannot write to standard output\ncaused by: "), "{said}");
            assert_eq!(said.lines().count(), 2, "{said}");
        }
    }
}
