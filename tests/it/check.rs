//! `oversight check`: each rule finds its planted fault and nothing else, shipped data are silent at level error, and
//! engines that are not ours find the same.
//!
//! `tests/fixtures/checks/sound.ttl` is a country without fault. Beside it, `<rule>.ttl` plants one, `<rule>.csv` has
//! the rows that must come, and `<rule>.profile`, where it is there, the rules that run.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use crate::support::tools::python;
use assert_cmd::Command;
use oversight::rdf::{Document, Source, documents};
use oversight::store::check::{Checks, Issue, Level, Profile};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const SHAPE: &str = "https://w3id.org/oversight/shape/";

fn fixtures() -> PathBuf {
    Path::new(ROOT).join("tests/fixtures/checks")
}

fn named(path: &Path) -> String {
    path.file_stem().unwrap().to_str().unwrap().to_owned()
}

/// Returns the files of the folder with this extension, sorted.
fn with_extension(extension: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(fixtures()).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|e| e == extension)).collect();
    files.sort();
    files
}

/// Returns the files and what of the ontology they need: no norms and no countries, which would only cost time.
fn ontology_and(files: &[PathBuf]) -> Vec<Document> {
    let ontology = ["ontology/oversight.ttl", "ontology/principles.ttl", "ontology/schemes/"];
    let ontology = ontology.map(|path| Source::Shipped(path.to_owned()));
    let files = files.iter().cloned().map(Source::Path);
    documents(&ontology.into_iter().chain(files).collect::<Vec<_>>()).unwrap()
}

fn checked(checks: &Checks, rule: &str) -> Vec<Issue> {
    let folder = fixtures();
    let profile = match fs::read_to_string(folder.join(format!("{rule}.profile"))) {
        Ok(text) => Profile::parse(&text, checks.rules()).unwrap(),
        Err(_) => checks.profile(),
    };
    let documents = ontology_and(&[folder.join("sound.ttl"), folder.join(format!("{rule}.ttl"))]);
    checks.run(&documents, &profile).unwrap()
}

fn rows(issues: &[Issue]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["level", "rule", "subject", "value", "line"]).unwrap();
    for issue in issues {
        let line = issue.line.map_or(String::new(), |line| line.to_string());
        writer.write_record([issue.level.slug(), &issue.rule, &issue.subject, &issue.value, &line]).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

#[test]
fn the_sound_country_has_no_issue() {
    let checks = Checks::new(&[]).unwrap();
    let documents = ontology_and(&[fixtures().join("sound.ttl")]);
    assert_eq!(rows(&checks.run(&documents, &checks.profile()).unwrap()), rows(&[]));
}

#[test]
fn every_rule_has_a_planted_fault_and_every_fixture_a_rule() {
    let checks = Checks::new(&[]).unwrap();
    let rules: BTreeSet<String> = checks.rules().iter().map(|rule| rule.id.clone()).collect();
    let mut planted: BTreeSet<String> = with_extension("ttl").iter().map(|path| named(path)).collect();
    planted.remove("sound");
    let expected: BTreeSet<String> = with_extension("csv").iter().map(|path| named(path)).collect();
    assert_eq!(planted, rules, "a rule without its case, or a case without its rule");
    assert_eq!(expected, rules, "a rule without its expected rows, or rows without their rule");
}

#[test]
fn each_planted_fault_gives_exactly_its_rows() {
    let checks = Checks::new(&[]).unwrap();
    let mut wrong = Vec::new();
    for file in with_extension("csv") {
        let rule = named(&file);
        let expected = fs::read_to_string(&file).unwrap();
        assert!(expected.contains(&format!(",{rule},")), "{rule}.csv has no row of its own rule");
        let actual = rows(&checked(&checks, &rule));
        if actual != expected {
            wrong.push(format!("--- {rule}: expected\n{expected}--- actual\n{actual}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_rule_says_what_to_do() {
    for rule in Checks::new(&[]).unwrap().rules() {
        for language in ["en", "uk"] {
            let (title, description) = (rule.title.pick(language), rule.description.pick(language));
            assert!(description.ends_with('.'), "{}: {description}", rule.id);
            assert!(title.len() > 5 && title != description, "{}", rule.id);
        }
        assert_ne!(rule.title.pick("uk"), rule.title.pick("en"), "{}", rule.id);
        assert_ne!(rule.description.pick("uk"), rule.description.pick("en"), "{}", rule.id);
    }
}

#[test]
fn shipped_data_have_no_error() {
    let checks = Checks::new(&[]).unwrap();
    let shipped = [Source::Shipped("ontology/".to_owned()), Source::Shipped("data/".to_owned())];
    let issues = checks.run(&documents(&shipped).unwrap(), &checks.profile()).unwrap();
    let errors: Vec<&Issue> = issues.iter().filter(|issue| issue.level == Level::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert!(issues.iter().all(|issue| issue.line.is_some()), "each subject has its line");
}

// What engines that are not ours find.

/// The results of shapes as the outside script prints them: level, rule, subject, value.
fn by_shapes(issues: &[Issue]) -> BTreeSet<[String; 4]> {
    let text = fs::read_to_string(Path::new(ROOT).join("ontology/shapes.ttl")).unwrap();
    let is_shape = |rule: &str| text.contains(&format!("\nshape:{rule} a sh:"));
    let rows = issues.iter().filter(|issue| is_shape(&issue.rule));
    rows.map(|issue| {
        [
            issue.level.slug().to_owned(),
            issue.rule.clone(),
            issue.subject.clone(),
            issue.value.replace(['\t', '\n'], " "),
        ]
    })
    .collect()
}

/// Runs the outside engine; none if Python is not installed.
fn outside(engine: &str, files: &[PathBuf]) -> Option<BTreeSet<[String; 4]>> {
    let script = Path::new(ROOT).join("tests/outside/shacl.py");
    let shapes = Path::new(ROOT).join("ontology/shapes.ttl");
    let mut command = std::process::Command::new(python()?);
    let output = command.arg(script).arg(engine).arg(shapes).args(files).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let rows = text.lines().map(|line| {
        let fields: Vec<&str> = line.split('\t').collect();
        let level = match fields[0] {
            "Violation" => "error",
            "Warning" => "warn",
            _ => "info",
        };
        let rule = fields[1].strip_prefix(SHAPE).unwrap_or(fields[1]);
        [level.to_owned(), rule.to_owned(), fields[2].to_owned(), fields[3].to_owned()]
    });
    Some(rows.collect())
}

fn below(folder: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![Path::new(ROOT).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "ttl") && !path.ends_with("ontology/shapes.ttl") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// Both must find the same results, at every level, in the same data.
fn agrees(engine: &str, files: &[PathBuf]) {
    let Some(theirs) = outside(engine, files) else { return };
    let checks = Checks::new(&[]).unwrap();
    let files: Vec<Source> = files.iter().cloned().map(Source::Path).collect();
    let ours = by_shapes(&checks.run(&documents(&files).unwrap(), &checks.profile()).unwrap());
    let missed: Vec<_> = theirs.difference(&ours).collect();
    let more: Vec<_> = ours.difference(&theirs).collect();
    assert!(missed.is_empty() && more.is_empty(), "{engine} alone: {missed:#?}\nours alone: {more:#?}");
}

fn planted() -> Vec<PathBuf> {
    let mut files = below("ontology");
    files.extend(with_extension("ttl"));
    files
}

fn shipped() -> Vec<PathBuf> {
    let mut files = below("ontology");
    files.extend(below("data"));
    files
}

#[test]
fn pyshacl_finds_the_same_planted_faults() {
    agrees("pyshacl", &planted());
}

#[test]
fn pyshacl_finds_the_same_in_shipped_data() {
    agrees("pyshacl", &shipped());
}

#[test]
fn pyshifty_finds_the_same_planted_faults() {
    agrees("pyshifty", &planted());
}

#[test]
fn pyshifty_finds_the_same_in_shipped_data() {
    agrees("pyshifty", &shipped());
}

// The command.

fn oversight(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("oversight").unwrap();
    command.env_clear().current_dir(fixtures()).arg("check").args(args);
    command
}

fn stdout(args: &[&str], code: i32) -> String {
    let output = oversight(args).assert().code(code).get_output().clone();
    String::from_utf8(output.stdout).unwrap()
}

fn stderr(args: &[&str]) -> String {
    let output = oversight(args).assert().code(2).stdout("").get_output().clone();
    String::from_utf8(output.stderr).unwrap()
}

const FAULTY: &[&str] = &["--from", "sound.ttl", "--from", "link-over-itself.ttl"];

fn faulty(more: &[&'static str]) -> Vec<&'static str> {
    FAULTY.iter().chain(more).copied().collect()
}

#[test]
fn the_exit_code_follows_the_level() {
    stdout(FAULTY, 0);
    stdout(&faulty(&["--fail-on", "warn"]), 1);
    stdout(&["--from", "sound.ttl", "--fail-on", "info"], 0);
    stdout(&["--from", "sound.ttl", "--from", "link-status-unclear.ttl"], 1);
}

#[test]
fn the_terminal_shows_place_subject_and_what_to_do() {
    insta::assert_snapshot!(stdout(FAULTY, 0), @r"
    Check: 0 errors, 1 warning, 0 infos

    warn  link-over-itself (1)  Link over itself
      A body's control over itself meets no norm: name the part of it that controls as an institution of its own, or drop the link.
      link-over-itself.ttl:13  xx/link/link-over-itself  xx/police
    ");
}

#[test]
fn every_format_names_the_fault() {
    for format in ["table", "json", "csv", "markdown", "html"] {
        let text = stdout(&faulty(&["--format", format]), 0);
        for part in ["xx/link/link-over-itself", "link-over-itself.ttl", "13"] {
            assert!(text.contains(part), "{format} lacks {part}:\n{text}");
        }
    }
}

#[test]
fn a_profile_chooses_rules_and_sets_levels() {
    let folder = tempfile::tempdir().unwrap();
    let profile = folder.path().join("profile.txt");
    let run = |text: &str, code: i32| {
        fs::write(&profile, text).unwrap();
        let mut command = oversight(FAULTY);
        let output = command.arg("--profile").arg(&profile).assert().code(code).get_output().clone();
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    assert!(run("ERROR\tlink-over-itself\n", 1).0.contains("1 error, 0 warnings"));
    assert!(run("ERROR\tact-never-cited\n", 0).0.contains("0 errors, 0 warnings, 0 infos"));
    let (out, err) = run("ERROR\tlink-over-itsself\n", 2);
    assert_eq!(out, "");
    assert!(err.contains("line 1: there is no rule `link-over-itsself`"), "{err}");
    assert!(err.contains("did you mean `link-over-itself`?"), "{err}");
    assert!(run("ERROR link over itself\n", 2).1.contains("not a level and a rule"));
}

#[test]
fn the_listed_rules_are_a_profile_that_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let profile = folder.path().join("profile.txt");
    let listed = stdout(&["--rules"], 0);
    assert!(listed.contains("# Link stated twice\nWARN\tlink-repeated\n"), "{listed}");
    fs::write(&profile, listed).unwrap();
    let output = oversight(FAULTY).arg("--profile").arg(&profile).assert().code(0).get_output().clone();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), stdout(FAULTY, 0));
}

#[test]
fn shapes_of_ones_own_are_used_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let shapes = folder.path().join("own.ttl");
    let run = |text: &str, code: i32| {
        fs::write(&shapes, text).unwrap();
        let mut command = oversight(&["--from", "sound.ttl", "--format", "csv"]);
        let output = command.arg("--shapes").arg(&shapes).assert().code(code).get_output().clone();
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let head = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ov: <https://w3id.org/oversight/ns#> .
        @prefix ex: <http://example.org/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .\n";
    let own = "ex:HomePage a sh:NodeShape ; sh:targetClass ov:Institution ;
        sh:property [ sh:path foaf:homepage ; sh:minCount 1 ; sh:message \"No home page.\" ] .";
    let (rows, _) = run(&format!("{head}{own}"), 1);
    assert_eq!(rows.matches("\nerror,HomePage,").count(), 3, "{rows}");
    assert!(rows.contains("No home page."), "{rows}");
    assert!(run(head, 2).1.contains("it holds no SHACL shape"));
    assert!(run(&format!("{head}ex:P a sh:PropertyShape ; sh:minCount 1 ."), 2).1.contains("no sh:path"));
}

#[test]
fn what_cannot_be_read_is_an_error_with_a_hint() {
    assert!(stderr(&["--from", "nowhere.ttl"]).contains("cannot read `nowhere.ttl`"));
    assert!(stderr(&["--shapes", "nowhere.ttl"]).contains("cannot read `nowhere.ttl`"));
    assert!(stderr(&["--profile", "nowhere.txt"]).contains("cannot read the profile `nowhere.txt`"));
    assert!(stderr(&["zz"]).contains("shipped are: "));
}
