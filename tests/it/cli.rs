//! The binary as a user meets it: what it prints, what it writes, what it says of wrong input, and its exit codes.

#![expect(clippy::unwrap_used, reason = "a test fails where something is not there")]

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::Path;

const EXLAND: &str = "tests/fixtures/exland";

/// The binary in a closed room: no environment, the checkout as working folder.
fn oversight(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_oversight"));
    command.env_clear().current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments);
    command
}

fn stdout(arguments: &[&str]) -> String {
    let output = oversight(arguments).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// Runs what cannot work, and returns what is said; nothing may stand on standard output.
fn refused(arguments: &[&str]) -> String {
    let output = oversight(arguments).output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {errors}");
    assert!(output.stdout.is_empty(), "{arguments:?} printed before it failed");
    errors
}

#[test]
fn findings_of_ukraine_keep_the_schema() {
    let schema: Value =
        serde_json::from_str(&fs::read_to_string("docs/finding.schema.json").unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let text = stdout(&["gaps", "ua", "--as-of", "2026-11-23", "--format", "json"]);
    let findings: Value = serde_json::from_str(&text).unwrap();
    let faults: Vec<String> =
        validator.iter_errors(&findings).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(findings.as_array().unwrap().len() > 1_000);
    // The schema would notice: a finding without its verdict is refused.
    let mut broken = findings;
    broken[0].as_object_mut().unwrap().remove("verdict");
    assert!(!validator.is_valid(&broken));
}

#[test]
fn findings_come_in_one_order_and_in_every_form() {
    let json = stdout(&["gaps", "--from", EXLAND, "--as-of", "2024-06-01", "--format", "json"]);
    let findings: Vec<Value> = serde_json::from_str(&json).unwrap();
    // The one body without a country comes first; the order is by country, norm, institution.
    let key = |f: &Value| {
        let text = |name: &str| f[name].as_str().unwrap().to_owned();
        (!text("institution").ends_with("/xl/monitoring-mission"), text("norm"), text("institution"))
    };
    let keys: Vec<_> = findings.iter().map(key).collect();
    assert!(keys.is_sorted(), "{keys:?}");
    let lines = stdout(&["gaps", "--from", EXLAND, "--as-of", "2024-06-01", "--format", "jsonl"]);
    let parsed: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(parsed, findings);
    let csv = stdout(&["gaps", "--from", EXLAND, "--as-of", "2024-06-01", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), findings.len());
    for (row, finding) in rows.iter().zip(&findings) {
        assert_eq!(&row[0], finding["norm"].as_str().unwrap());
        assert_eq!(&row[4], finding["verdict"].as_str().unwrap());
    }
    let markdown = stdout(&["gaps", "--from", EXLAND, "--as-of", "2024-06-01", "--format", "markdown"]);
    let unmet = findings.iter().filter(|f| f["verdict"] != "met").count();
    let body = markdown.split("| body |").nth(1).unwrap();
    assert_eq!(body.lines().skip(2).filter(|line| line.starts_with('|')).count(), unmet);
}

#[test]
fn the_table_counts_what_json_lists() {
    let json = stdout(&["gaps", "ua", "--as-of", "2026-11-23", "--format", "json"]);
    let findings: Vec<Value> = serde_json::from_str(&json).unwrap();
    let number = |verdict: &str| findings.iter().filter(|f| f["verdict"] == verdict).count();
    let table = stdout(&["gaps", "ua", "--as-of", "2026-11-23"]);
    let line = table.lines().find(|line| line.starts_with("all findings")).unwrap();
    let cells: Vec<usize> = line.split_whitespace().filter_map(|cell| cell.parse().ok()).collect();
    let expected = ["met", "unknown", "on-paper", "partial", "gap"].map(number);
    assert_eq!(cells[..5], expected);
    assert_eq!(cells[5], findings.len());
    // Every norm that is not met for a body stands below it.
    let unmet = findings.iter().filter(|f| f["verdict"] != "met").count();
    let entries = table.lines().filter(|l| {
        ["  gap ", "  partial ", "  on paper ", "  unknown "].iter().any(|verdict| l.starts_with(verdict))
    });
    assert_eq!(entries.count(), unmet);
    assert!(!table.contains('\u{1b}'), "colours where nobody asked for them");
}

#[test]
fn selection_narrows_and_fail_on_is_a_gate() {
    let only = stdout(&["gaps", "ua", "--as-of", "2026-11-23", "--norm", "MIA-07", "--format", "json"]);
    let findings: Vec<Value> = serde_json::from_str(&only).unwrap();
    assert!(!findings.is_empty() && findings.iter().all(|f| f["norm"] == "MIA-07"));
    let prefix = stdout(&["gaps", "ua", "--as-of", "2026-11-23", "--norm", "MIA", "--format", "json"]);
    let findings: Vec<Value> = serde_json::from_str(&prefix).unwrap();
    assert!(findings.iter().all(|f| f["norm"].as_str().unwrap().starts_with("MIA-")));
    let one = [
        "gaps",
        "ua",
        "--as-of",
        "2026-11-23",
        "--institution",
        "ua/sbu",
        "--verdict",
        "gap",
        "--format",
        "json",
    ];
    let findings: Vec<Value> = serde_json::from_str(&stdout(&one)).unwrap();
    assert!(!findings.is_empty());
    assert!(
        findings
            .iter()
            .all(|f| f["institution"].as_str().unwrap().ends_with("/ua/sbu") && f["verdict"] == "gap")
    );
    let gate = |arguments: &[&str]| oversight(arguments).output().unwrap().status.code();
    assert_eq!(gate(&["gaps", "ua", "--as-of", "2026-11-23", "--fail-on", "must"]), Some(1));
    assert_eq!(
        gate(&[
            "gaps",
            "ua",
            "--as-of",
            "2026-11-23",
            "--norm",
            "IPU-01",
            "--verdict",
            "met",
            "--fail-on",
            "may"
        ]),
        Some(0)
    );
}

#[test]
fn wrong_input_is_told_with_what_would_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("broken.ttl"), "@prefix a: <urn:a:> .\na:b a:c a:e ;\n  a:d \"open .\n").unwrap();
    fs::write(path("note.txt"), "no RDF").unwrap();
    fs::write(path("xml.ttl"), "<?xml version=\"1.0\"?><rdf:RDF/>").unwrap();
    fs::create_dir(path("empty")).unwrap();
    let norm = "@prefix ov: <https://w3id.org/oversight/ns#> .\n\
                @prefix type: <https://w3id.org/oversight/type/> .\n\
                @prefix severity: <https://w3id.org/oversight/severity/> .\n\
                <urn:norm:1> a ov:Norm ; ov:appliesTo type:polce ; ov:polarity \"require\" ; ov:severity severity:must .\n";
    fs::write(path("norm.ttl"), norm).unwrap();
    let (broken, note, xml, empty, norm) =
        (path("broken.ttl"), path("note.txt"), path("xml.ttl"), path("empty"), path("norm.ttl"));
    let (absent, deep) = (path("absent.ttl"), path("no/such/gaps.svg"));
    let cases: &[(&[&str], &[&str])] = &[
        (&["gaps", "--from", &absent], &["cannot read", "absent.ttl"]),
        (&["gaps", "--from", &empty], &["no RDF file in the folder", "hint: RDF files end in .ttl"]),
        (&["gaps", "--from", &broken], &["broken.ttl:3:7: "]),
        (&["gaps", "--from", &note], &["no extension of an RDF syntax", ".ttl"]),
        (&["gaps", "--from", &xml], &["xml.ttl:1:", "looks like RDF/XML"]),
        (&["gaps", "uk"], &["no shipped data for `uk`", "shipped are: ca, de"]),
        (&["gaps", "ua", "--norm", "MIA-77"], &["no norm has the id or prefix `MIA-77`", "`MIA-"]),
        (&["gaps", "ua", "--document", "mia-2004"], &["no norm has the document", "`mia-2005`"]),
        (&["gaps", "ua", "--principle", "acountable"], &["no norm has the principle", "`accountable`"]),
        (
            &["gaps", "ua", "--institution", "ua/verkhovna-rad"],
            &["no institution `ua/verkhovna-rad`", "`ua/verkhovna-rada`"],
        ),
        (&["gaps", "ua", "--as-of", "2024-02-30"], &["`--as-of 2024-02-30` is not a day", "2024-06-01"]),
        (&["gaps", "ua", "--as-of", "2024"], &["is not a day of the calendar"]),
        (&["gaps", "ua", "--norms", &norm], &["norm.ttl", "unknown", "`police`"]),
        (&["gaps", "ua", "--from", EXLAND], &["cannot stand beside `--from`"]),
        (&["show", "ua/security-servise"], &["no institution"]),
        (&["query", "-e", "SELECT WHERE"], &["not valid SPARQL", "1:"]),
        (&["query", "-e", "ASK { ?w oc:audits ua:sbu"], &["the prefix `oc:` is not declared", "mean `ov:`"]),
        (&["query", "-e", "# a:b\nASK { ?w ov:audits \"c:d\""], &["not valid SPARQL", "2:"]),
        (
            &["gaps", "ua", "--pushdown"],
            &["there is no endpoint", "such as `--from https://", "leave out the place"],
        ),
        (&["gaps", "--from", "localhost:9/sparql"], &["cannot read", "write `http://localhost:9/sparql`"]),
        (&["draw", "gaps", "ua", "-o", &deep], &["cannot write to", "make the folder above"]),
        (&["draw", "compare", "ua"], &["at least two countries", "ua,no,de"]),
        (&["draw", "compare", "ua,nx"], &["no shipped data for `nx`"]),
        (&["draw", "matrix", "ua", "--columns", "pillar"], &["pillars"]),
        (&["draw", "timeline", "ua", "--since", "0"], &["--since"]),
        (
            &["draw", "matrix", "no", "--format", "mermaid"],
            &["`matrix` has no boxes and edges", "pdf, html or text"],
        ),
        (&["draw", "timeline", "no", "--format", "dot"], &["`timeline` has no boxes and edges"]),
        (&["draw", "gaps", "ua", "--format", "svgg"], &["not a form that pictures", "`svg`"]),
        (&["export", "ua", "--to", "graphm"], &["not a form that the graph", "`graphml`"]),
        (&["import", "facts", &empty, "--country", "ua"], &["needs a folder to write to", "-o"]),
        (&["gaps", "--nonsense"], &["--nonsense"]),
    ];
    for (arguments, expected) in cases {
        let said = refused(arguments);
        for part in *expected {
            assert!(said.contains(part), "{arguments:?}\nexpected {part}\nsaid     {said}");
        }
    }
    assert!(!Path::new(&deep).exists());
}

#[test]
fn an_output_file_is_whole_or_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("made/gaps.json");
    let target_text = target.to_str().unwrap();
    stdout(&["gaps", "ua", "--as-of", "2026-11-23", "--format", "json", "-o", target_text]);
    let before = fs::read_to_string(&target).unwrap();
    assert!(serde_json::from_str::<Value>(&before).is_ok());
    // A query that fails leaves the file as it was, and nothing beside it.
    refused(&["query", "-e", "SELECT ?s { ?s ?p ?o }", "--format", "turtle", "-o", target_text]);
    assert_eq!(fs::read_to_string(&target).unwrap(), before);
    assert_eq!(fs::read_dir(target.parent().unwrap()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn devices_pipes_and_links_stay_what_they_are() {
    use std::os::unix::fs::{FileTypeExt as _, symlink};
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    assert!(std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
    let reader = std::thread::spawn({
        let pipe = at("pipe");
        move || std::fs::read_to_string(pipe).unwrap()
    });
    for format in
        [&["gaps", "no", "--norm", "MIA-07", "--format", "json"][..], &["export", "no", "--to", "ntriples"]]
    {
        std::fs::write(at("file"), "old").unwrap();
        let _ = std::fs::remove_file(at("link"));
        symlink("file", at("link")).unwrap();
        stdout(&[format, &["-o", at("link").to_str().unwrap()]].concat());
        assert!(at("link").is_symlink() && std::fs::read(at("file")).unwrap().len() > 100);
    }
    stdout(&["norms", "MIA-07", "-o", at("pipe").to_str().unwrap()]);
    assert!(at("pipe").symlink_metadata().unwrap().file_type().is_fifo());
    assert!(reader.join().unwrap().starts_with("MIA-07"));
}

#[test]
fn an_empty_table_is_not_written_over_a_full_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("facts.xlsx");
    let template = ["import", "--template", path.to_str().unwrap()];
    stdout(&template);
    let message = refused(&template);
    assert!(message.contains("is there already, and may be filled in"), "{message}");
}

#[test]
fn files_of_ones_own_are_checked_as_they_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.ttl");
    let text = "@prefix ov: <https://w3id.org/oversight/ns#> .\n<https://w3id.org/oversight/id/xx/a> a ov:Instituion .\n";
    fs::write(&path, text).unwrap();
    let output = oversight(&["check", path.to_str().unwrap(), "--format", "json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let issue = &found["issues"][0];
    assert_eq!((issue["rule"].as_str(), issue["line"].as_u64()), (Some("value-unknown"), Some(2)));
    assert!(issue["message"].as_str().unwrap().contains("nearest: `ov:Institution`"), "{issue}");
    assert!(issue["advice"].as_str().unwrap().contains("To do:"), "{issue}");
    assert!(refused(&["gaps", path.to_str().unwrap()]).contains("read it with `--from"));
    assert!(refused(&["check", "ua", path.to_str().unwrap()]).contains("cannot stand beside `--from`"));
    assert!(refused(&["check", "ua", "--as-of", "2026-13-01"]).contains("is not a day of the calendar"));
    assert!(refused(&["query", "-e", " # nothing\n"]).contains("the query is empty"));
}

#[test]
fn standard_input_is_a_source() {
    let mut text = String::new();
    for name in
        ["about.ttl", "acts.ttl", "institutions.ttl", "links.ttl", "powers.ttl", "surveys.ttl", "norms.ttl"]
    {
        text.push_str(&fs::read_to_string(Path::new(EXLAND).join(name)).unwrap());
        text.push('\n');
    }
    let piped = oversight(&["gaps", "--from", "-", "--as-of", "2024-06-01", "--format", "json"])
        .write_stdin(text)
        .output()
        .unwrap();
    let from_files = stdout(&["gaps", "--from", EXLAND, "--as-of", "2024-06-01", "--format", "json"]);
    assert_eq!(String::from_utf8(piped.stdout).unwrap(), from_files);
}

#[test]
fn problems_are_warnings_unless_quiet() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("odd.ttl");
    let odd = "@prefix ov: <https://w3id.org/oversight/ns#> .\n<urn:l> a ov:Control ; ov:oversee <urn:x> .\n";
    fs::write(&path, odd).unwrap();
    let path = path.to_str().unwrap();
    let loud = oversight(&["gaps", "--from", path]).output().unwrap();
    let said = String::from_utf8(loud.stderr).unwrap();
    assert_eq!(loud.status.code(), Some(0));
    assert!(said.contains("odd.ttl: <urn:l> has no `ov:overseer`; left out"), "{said}");
    assert!(said.contains("uses `ov:oversee`") && said.contains("nearest"), "{said}");
    let quiet = oversight(&["gaps", "--from", path, "--quiet"]).output().unwrap();
    assert!(quiet.stderr.is_empty());
}

#[test]
fn show_finds_a_body_by_id_acronym_and_name() {
    let by_id = stdout(&["show", "ua/sbu", "--as-of", "2026-11-23"]);
    assert_eq!(by_id, stdout(&["show", "ua/SBU", "--as-of", "2026-11-23"]));
    for id in ["ua/security-service", "ua/СБУ", "СБУ", "ua/служба-безпеки-україни"]
    {
        assert_eq!(by_id, stdout(&["show", id, "--as-of", "2026-11-23"]), "{id}");
    }
    for part in [
        "Служба безпеки України",
        "domestic security service (security providers)",
        "law-sbu-1992 art. 26",
        "legislature",
        "acts cited",
        "law-sbu-1992: Law on the Security Service of Ukraine (2229-XII)",
        "findings (",
        "; breach: holds the power of detention, which the norm forbids",
        "; missing: an overseer: supreme audit institution, by access to information",
    ] {
        assert!(by_id.contains(part), "{part}");
    }
    let json: Value =
        serde_json::from_str(&stdout(&["show", "ua/sbu", "--as-of", "2026-11-23", "--format", "json"]))
            .unwrap();
    assert_eq!(json["acronym"], "SBU");
    let counting =
        json["controlled_by"].as_array().unwrap().iter().filter(|link| link["counts"] != "no").count();
    assert!(by_id.contains(&format!("controlled by ({counting} links")));
    let acts: Vec<&str> =
        json["acts"].as_array().unwrap().iter().filter_map(|act| act["act"].as_str()).collect();
    let links = json["controlled_by"].as_array().unwrap().iter().filter(|link| link["counts"] != "no");
    let cited: Vec<&str> = links.filter_map(|link| link["act"].as_str()).collect();
    assert!(!cited.is_empty() && cited.iter().all(|act| acts.contains(act)), "{cited:?}\n{acts:?}");
}

#[test]
fn show_finds_a_body_by_a_type_that_it_alone_has_or_is_named_by() {
    // Two bodies are of the type; the name of one begins with it.
    let found = stdout(&["show", "ua/foreign-intelligence", "--as-of", "2026-11-23"]);
    assert_eq!(found, stdout(&["show", "ua/szr", "--as-of", "2026-11-23"]));
    assert!(stdout(&["show", "ua/supreme-audit-institution"]).starts_with("Accounting Chamber"));
    let several = oversight(&["show", "ua/police"]).output().unwrap();
    let said = String::from_utf8(several.stderr).unwrap();
    assert_eq!(several.status.code(), Some(2));
    assert!(said.contains("`ua/police` could be several institutions"), "{said}");
    let named = said.lines().last().unwrap();
    assert!(named.contains("name one of: ua/") && named.contains(" more"), "{said}");
    assert_eq!(named.matches("ua/").count(), 5, "{said}");
}

#[test]
fn another_name_in_some_language_is_no_acronym() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("xl.ttl");
    let text = "@prefix ov: <https://w3id.org/oversight/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
        <https://w3id.org/oversight/id/xl/guard> a ov:Institution ; skos:prefLabel \"Guard\"@en ; skos:altLabel \"Garde\"@fr .\n";
    fs::write(&path, text).unwrap();
    let show = ["show", "xl/guard", "--from", path.to_str().unwrap()];
    assert!(stdout(&show).contains("  names        Guard · Garde\n") && !stdout(&show).contains("acronym"));
    fs::write(&path, text.replace("\"Garde\"@fr", "\"Garde\"@fr , \"GRD\"")).unwrap();
    assert!(
        stdout(&show).contains("  names        Guard · Garde\n  acronym      GRD\n"),
        "{}",
        stdout(&show)
    );
}

#[test]
fn a_gap_picture_stands_beside_the_findings() {
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("gaps.svg");
    let arguments = ["gaps", "ua", "--as-of", "2026-11-23", "--draw", picture.to_str().unwrap()];
    let table = stdout(&arguments);
    assert!(table.starts_with("Oversight on 2026-11-23"));
    let svg = fs::read_to_string(&picture).unwrap();
    assert!(svg.starts_with("<svg") && svg.contains("Ukraine: oversight gaps"));
    let drawn = stdout(&["draw", "gaps", "ua", "--as-of", "2026-11-23"]);
    assert_eq!(svg, drawn, "the same picture by either way");
}

#[test]
fn a_timeline_tells_every_change_as_data() {
    let arguments = |format| ["timeline", "ge", "--as-of", "2026-11-23", "--format", format];
    let changes: serde_json::Value = serde_json::from_str(&stdout(&arguments("json"))).unwrap();
    let changes = changes.as_array().unwrap();
    assert!(changes.len() > 50);
    for change in changes {
        assert_ne!(change["from"], change["to"]);
        assert!(!change["causes"].as_array().unwrap().is_empty(), "{change}");
    }
    let csv = stdout(&arguments("csv"));
    assert_eq!(csv.lines().count(), changes.len() + 1);
    assert!(csv.starts_with("day,norm,institution,from,to,causes,acts\n"));
    // The last line of the table is the last year's, and its changes add up.
    let table = stdout(&arguments("table"));
    let counted: usize =
        table.lines().skip(1).filter_map(|line| line.split_whitespace().last()?.parse::<usize>().ok()).sum();
    assert_eq!(counted, changes.len());
}
