//! Country reports: every form says the same, opens in readers that are not ours, and keeps its bytes.

#![expect(clippy::unwrap_used, reason = "a test fails where something is not there")]

use crate::shipped;
use crate::support::exland;
use crate::support::tools::python;
use assert_cmd::Command;
use oversight::change::{Shift, diff};
use oversight::diagram::matrix::{Columns, matrix};
use oversight::gaps::{Trust, World, evaluate};
use oversight::model::Standing;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const EXLAND: &str = "tests/fixtures/exland";
const FORMS: [&str; 4] = ["html", "md", "docx", "pdf"];

fn oversight(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_oversight"));
    command.env_clear().current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments);
    command
}

/// Writes a report in every form and returns the files.
fn reports(folder: &Path, arguments: &[&str]) -> Vec<PathBuf> {
    let write = |form: &&str| {
        let file = folder.join(format!("report.{form}"));
        let mut all = vec!["report"];
        all.extend_from_slice(arguments);
        all.extend(["--quiet", "-o", file.to_str().unwrap()]);
        oversight(&all).assert().success();
        file
    };
    FORMS.iter().map(write).collect()
}

/// The chapter of the overview has both pictures, in every form, with captions that begin with `word`.
fn pictured(files: &[PathBuf], word: &str) {
    let page = fs::read_to_string(&files[0]).unwrap();
    let figures: Vec<&str> = page.split("<figure>").skip(1).collect();
    assert_eq!(figures.len(), 2);
    for (at, figure) in figures.iter().enumerate() {
        assert!(figure.trim_start().starts_with("<svg") && figure.contains(&format!("f{}-title", at + 1)));
        assert!(figure.contains(&format!("<figcaption>{word} {}. ", at + 1)), "{word} {}", at + 1);
    }
    // A cell of the matrix says what it holds; a line of the gap diagram leads from an overseer.
    assert!(figures[0].matches(" × ").count() > 20);
    let markdown = fs::read_to_string(&files[1]).unwrap();
    for name in ["matrix", "gaps"] {
        let file = format!("report-{name}.svg");
        assert!(markdown.contains(&format!("](<{file}>)")), "{file}");
        let picture = fs::read_to_string(files[1].with_file_name(&file)).unwrap();
        assert!(!picture.contains("in force: <") && !picture.contains("чинне: <"), "{file}");
        assert!(picture.contains("<svg") && picture.trim_end().ends_with("</svg>"), "{file}");
    }
    assert!(markdown.contains(&format!("**{word} 2. ")));
}

/// The HTML of a report on the day of the shipped data.
fn written(arguments: &[&str]) -> String {
    let output = oversight(&["report", "--as-of", "2026-11-23"]).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().replace('\u{a0}', " ")
}

/// Holds the forms against each other by readers that are not ours; returns what they counted.
fn held(files: &[PathBuf]) -> Option<Value> {
    let python = python()?;
    let output = std::process::Command::new(python)
        .arg("tests/outside/report.py")
        .args(files)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn every_form_says_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let exland = ["--from", EXLAND, "--as-of", "2024-06-01", "--since", "2019-01-01"];
    let files = reports(folder.path(), &exland);
    pictured(&files, "Figure");
    if let Some(counted) = held(&files) {
        assert!(counted["pieces"].as_u64().unwrap() > 500, "{counted}");
        assert!(counted["pdf_links"].as_u64().unwrap() > 50, "{counted}");
        assert_eq!(counted["pdf_language"], "en");
        assert_eq!(counted["pdf_tagged"], true);
        assert_eq!(counted["pdf_summary_pages"], 1);
        assert_eq!(counted["docx_alternatives"].as_array().unwrap().len(), 2, "{counted}");
    }
    let norway = ["no", "--as-of", "2026-11-23", "--lang", "uk"];
    let files = reports(folder.path(), &norway);
    pictured(&files, "Рисунок");
    if let Some(counted) = held(&files) {
        assert!(counted["headings"].as_u64().unwrap() > 60, "{counted}");
        assert_eq!(counted["pdf_language"], "uk");
        assert_eq!(counted["pdf_summary_pages"], 1);
    }
}

/// As many headings, rows, items and so on; what is sorted by name stands in another order. Only the Ukrainian one has
/// to say what stands in other languages.
#[test]
fn both_languages_say_the_same() {
    let shape = |country: &str, language: &str| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.md");
        let arguments =
            ["report", country, "--as-of", "2026-11-23", "--since", "2020-01-01", "--lang", language];
        let output = oversight(&arguments).arg("-o").arg(&path).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let page = fs::read_to_string(&path).unwrap();
        let mut lines: BTreeMap<String, usize> = BTreeMap::new();
        for line in page.lines().filter(|line| !line.contains("яких дані не мають")) {
            *lines.entry(line.chars().take_while(|c| "#|-<> ".contains(*c)).collect()).or_default() += 1;
        }
        lines
    };
    for country in ["no", "ua"] {
        let (english, ukrainian) = (shape(country, "en"), shape(country, "uk"));
        assert!(english.values().sum::<usize>() > 1_500 && english.len() > 5, "{english:?}");
        assert_eq!(english, ukrainian, "{country}");
    }
}

#[test]
fn a_report_keeps_its_bytes() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let [one, other] =
        folders.each_ref().map(|folder| reports(folder.path(), &["--from", EXLAND, "--as-of", "2024-06-01"]));
    for (one, other) in one.iter().zip(&other) {
        assert!(fs::read(one).unwrap() == fs::read(other).unwrap(), "{} differs", one.display());
    }
}

#[test]
fn a_ukrainian_bibliography_has_the_ukrainian_alphabet() {
    const ALPHABET: &str = " 0123456789абвгґдеєжзиіїйклмнопрстуфхцчшщьюя";
    let arguments = ["report", "ua", "--as-of", "2026-11-23", "--lang", "uk"];
    let page = String::from_utf8(oversight(&arguments).output().unwrap().stdout).unwrap();
    let entries = page.split("<li id=\"act-").skip(1);
    let titles: Vec<&str> = entries.map(|e| e.split_once("<strong>").unwrap().1).collect();
    let titles: Vec<&str> = titles.iter().map(|title| title.split_once("</strong>").unwrap().0).collect();
    // Letters alone; a hyphen stands where a space does. Titles with other letters are left out.
    let letters = |title: &&str| {
        let spaced = title.to_lowercase().replace(['-', '–', '/'], " ");
        let kept = spaced.chars().filter(|c| c.is_alphanumeric() || *c == ' ');
        let places: Option<Vec<usize>> =
            kept.map(|c| ALPHABET.chars().position(|known| known == c)).collect();
        places
    };
    let placed: Vec<(Vec<usize>, &str)> = titles.iter().filter_map(|t| Some((letters(t)?, *t))).collect();
    assert!(placed.len() > 50, "{}", placed.len());
    for pair in placed.windows(2) {
        assert!(pair[0].0 <= pair[1].0, "{} stands before {}", pair[0].1, pair[1].1);
    }
    // By code point it would be the last but one.
    let european = titles.iter().position(|title| title.starts_with("Європейська конвенція")).unwrap();
    assert!(titles[european..].iter().any(|title| title.starts_with("Закон")), "{titles:?}");
}

#[test]
fn every_finding_that_is_not_met_is_told() {
    let findings = oversight(&["gaps", "--from", EXLAND, "--as-of", "2024-06-01", "--format", "json"]);
    let output = { findings }.output().unwrap();
    let findings: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    let page = oversight(&["report", "--from", EXLAND, "--as-of", "2024-06-01"]).output().unwrap();
    let page = String::from_utf8(page.stdout).unwrap();
    let mut told = 0;
    for finding in
        findings.iter().filter(|f| ["gap", "partial", "on-paper"].contains(&f["verdict"].as_str().unwrap()))
    {
        let (norm, body) = (finding["norm"].as_str().unwrap(), finding["institution"].as_str().unwrap());
        let short = body.rsplit_once("/id/").unwrap().1.replace('/', "-2f");
        let section = page.split_once(&format!("<h4 id=\"body-{short}\">")).unwrap().1;
        let section = section.split("<h4").next().unwrap();
        let bullets = section.split_once("<ul>").unwrap().1.split_once("</ul>").unwrap().0;
        assert!(bullets.contains(&format!(">{norm}</a>")), "{norm} of {short} is not told");
        told += 1;
    }
    assert!(told > 20, "{told}");
}

/// Where all is met too: the article is what a reader looks up.
#[test]
fn every_control_over_a_body_is_told_with_its_article() {
    let graph = shipped::graph(&["data/no/"]);
    let world = World::new(&graph, "2026-11-23".parse().unwrap(), Trust::All);
    let page = written(&["no"]);
    let (mut told, mut whole) = (0, 0);
    for (id, _) in graph.institutions() {
        let short = graph.iri(id).rsplit_once("/id/").unwrap().1.replace('/', "-2f");
        let Some((_, section)) = page.split_once(&format!("<h4 id=\"body-{short}\">")) else { continue };
        let section = section.split("<h4").next().unwrap().split("<h3").next().unwrap();
        let Some((_, table)) = section.split_once("<table") else { continue };
        let table = table.split("</table>").next().unwrap();
        for link in world.over(id) {
            for number in graph.network[*link].basis.iter().filter_map(|basis| basis.number) {
                let number = graph.text(number).rsplit(' ').next().unwrap();
                let number = number.replace('&', "&amp;");
                assert!(table.contains(&number), "{number} is not told of {short}: {table}");
                told += 1;
                whole += usize::from(section.contains("all met") || section.contains("which is met"));
            }
        }
    }
    assert!(told > 50 && whole > 5, "{told}, {whole}");
}

/// Verdicts of the cells that have one, row by row.
#[test]
fn the_table_and_the_picture_have_the_same_verdicts() {
    for country in ["no", "pl"] {
        let graph = shipped::graph(&[&format!("data/{country}/")]);
        let world = World::new(&graph, "2026-11-23".parse().unwrap(), Trust::All);
        let norms: Vec<_> = graph.norms.iter().collect();
        let rows = matrix(&world, &evaluate(&world, &norms), Columns::Pillars).rows;
        let page = written(&[country]);
        let table = page.split_once("id=\"open\"").unwrap().1.split_once("</table>").unwrap().0;
        let mut held = 0;
        for row in rows {
            let short = graph.iri(row.id).rsplit_once("/id/").unwrap().1.replace('/', "-2f");
            let Some((_, told)) = table.split_once(&format!("href=\"#body-{short}\"")) else { continue };
            let told = told.split("</tr>").next().unwrap();
            let verdicts: Vec<&str> = told.split("<span class=\"v ").skip(1).collect();
            let verdicts: Vec<&str> = verdicts.iter().map(|rest| rest.split('"').next().unwrap()).collect();
            let drawn: Vec<&str> = row.cells.iter().filter_map(|c| Some(c.worst()?.slug())).collect();
            assert_eq!(verdicts, drawn, "{short}");
            held += drawn.len();
        }
        assert!(held > 80, "{country}: {held}");
    }
}

#[test]
fn places_that_nobody_checked_are_marked_wherever_they_are_cited() {
    let graph = shipped::graph(&["data/no/"]);
    for (language, mark) in [("en", ", not checked)"), ("uk", ", не перевірено)")] {
        let page = written(&["no", "--lang", language]);
        let (mut marked, mut bare) = (0, 0);
        for norm in &graph.norms {
            let id = norm.id.to_lowercase();
            // Its entry in the chapter on documents, and each finding that is told.
            let marks = [format!("id=\"norm-{id}\""), format!("href=\"#norm-{id}\"")];
            let [entries, findings] = marks.each_ref().map(|mark| page.split(mark.as_str()).skip(1));
            let is_told = |rest: &&str| {
                rest.split_once("/a>, ")
                    .is_some_and(|(before, after)| !before.contains(['/', ' ']) && !after.starts_with('<'))
            };
            let findings = findings.filter(is_told);
            for cited in entries.chain(findings) {
                let cited: String = cited.chars().take(700).collect();
                let place = cited.split(").").next().unwrap().to_owned() + ").";
                assert_eq!(place.contains(mark), !norm.verified, "{}: {place}", norm.id);
                *(if norm.verified { &mut bare } else { &mut marked }) += 1;
            }
        }
        assert!(marked > 80 && bare > 60, "{marked}, {bare}");
    }
}

#[test]
fn sentences_fit_their_numbers() {
    let page = written(&["no", "--norm", "VEN-03"]);
    let first = page.split("id=\"reading\"").next().unwrap();
    assert!(first.contains("Held against 1 norm only: VEN-03"), "{first}");
    for wrong in ["%) are met", "1 are ", "1 is gaps", "0 norms", "in groups:</p>\n<p", "record bind a"] {
        assert!(!page.contains(wrong), "{wrong}");
    }
    let ukrainian = written(&["no", "--norm", "VEN-03", "--severity", "must", "--lang", "uk"]);
    assert!(ukrainian.contains("Зіставлено лише з частиною норм (1): VEN-03, must"));
    assert!(!written(&["no"]).contains("norms only"));
    let verified = written(&["no", "--verified-only"]);
    assert!(verified.contains("(100.0 %)") && !verified.contains("The others rest"));
}

#[test]
fn what_is_unknown_says_why_and_where_surveys_stand() {
    for arguments in [&["no"][..], &["no", "--since", "2015-01-01"], &["de", "--lang", "uk"]] {
        let page = written(arguments);
        let heading = page.split_once("<h3 id=\"surveys\">").unwrap().1;
        let number: String = heading.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        let links: Vec<&str> = page.split("href=\"#surveys\">").skip(1).collect();
        let cited = links.iter().filter(|rest| rest.starts_with(&format!("{number}</a>"))).count();
        assert!(cited > 5, "{arguments:?}: {number}");
    }
}

/// From unknown, or to it, is neither better nor worse.
#[test]
fn a_change_of_what_is_known_stands_apart() {
    let page = written(&["no", "--since", "2015-01-01"]);
    let chapter = page.split_once("<h2 id=\"changes\">").unwrap().1.split("<h2").next().unwrap();
    let mut apart = 0;
    for section in chapter.split("<h3 id=\"").skip(1) {
        let unknown = section.matches("<span class=\"v unknown\">").count();
        if section.starts_with("changes-known") {
            apart = unknown;
        } else {
            assert_eq!(unknown, 0, "{section}");
        }
    }
    assert!(apart > 0);
    // A control over a body above says over which.
    assert!(chapter.contains("over Government (Council of State)"));
    // What the norm rules out has the remark that the data make.
    let told = page.matches("Remark: No direction in ordinary times").count();
    assert!(told > 0);
}

#[test]
fn hostile_names_harm_no_form() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("hostile.ttl");
    let name = r"<script>alert(1)</script> ]]> | ` * _ \\ {{x}} =cmd() \u202Egnp \uFFFE 漢字 😀 საქართველო";
    let long = "Ж".repeat(100_000);
    fs::write(
        &data,
        format!(
            "@prefix ov: <https://w3id.org/oversight/ns#> . @prefix id: <https://w3id.org/oversight/id/> .\n\
             @prefix type: <https://w3id.org/oversight/type/> . @prefix org: <http://www.w3.org/ns/org#> .\n\
             @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xl: <{EX}> .\n\
             @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix dcterms: <http://purl.org/dc/terms/> .\n\
             @prefix mechanism: <https://w3id.org/oversight/mechanism/> . @prefix status: <https://w3id.org/oversight/status/> .\n\
             xl:a a ov:Institution ; skos:prefLabel \"{name}\"@en ; org:classification type:police ;\n\
               ov:jurisdiction id:xl ; rdfs:comment \"{comment}\"@en ; dcterms:source <javascript:alert(1)> , <https://x/?a=1&b=(2)%3E> .\n\
             xl:b a ov:Institution ; skos:prefLabel \"{long}\"@en ; org:classification type:ministry ; ov:jurisdiction id:xl ;\n\
               ov:headTitle \"{long}\"@en ; rdfs:comment \"{long}\"@en .\n\
             xl:l a ov:Control ; ov:overseer xl:b ; ov:overseen xl:a ; ov:mechanism mechanism:command ; ov:status status:in-force .\n",
            EX = "https://w3id.org/oversight/id/xl/",
            comment = "& < > \\\" ' ".repeat(10_000),
        ),
    )
    .unwrap();
    let files = reports(folder.path(), &["--from", data.to_str().unwrap(), "--as-of", "2024-06-01"]);
    let page = fs::read_to_string(&files[0]).unwrap();
    assert!(!page.contains("<script") && !page.contains("href=\"javascript:") && !page.contains('\u{202e}'));
    let markdown = fs::read_to_string(&files[1]).unwrap();
    assert!(!markdown.contains("<script") && !markdown.contains("](<javascript:"));
    // A name that nobody can read is cut.
    assert!(markdown.contains(&format!("{}…", "Ж".repeat(300))) && !markdown.contains(&"Ж".repeat(600)));
    held(&files);
}

#[test]
fn a_report_that_cannot_be_made_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.pdf");
    let path = file.to_str().unwrap();
    let refused = |arguments: &[&str]| {
        let output = oversight(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(refused(&["report"]).contains("PLACE"));
    assert!(refused(&["report", "no", "-o", "report.odt"]).contains("`odt` is not a form"));
    let late = ["report", "no", "--as-of", "2024-06-01", "--since", "2024-06-01", "-o", path];
    assert!(refused(&late).contains("not before the legal day"));
    let empty = tempfile::tempdir().unwrap();
    let data = empty.path().join("empty.ttl");
    fs::write(&data, "").unwrap();
    let nobody = ["report", "--from", data.to_str().unwrap(), "-o", path];
    assert!(refused(&nobody).contains("no norm binds"));
    assert!(refused(&["report", "no", "-o", "/proc/report.pdf"]).contains("cannot write"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    // A full disk, as the printer of a page sees it.
    if Path::new("/dev/full").exists() {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let status = std::process::Command::new(env!("CARGO_BIN_EXE_oversight"))
            .args(["report", "no", "--quiet"])
            .stdout(full)
            .status()
            .unwrap();
        assert_eq!(status.code(), Some(2));
    }
}

#[test]
fn changes_are_the_findings_that_differ() {
    let graph = exland::graph();
    let norms: Vec<_> = graph.norms.iter().collect();
    let world = |day: &str| World::new(&graph, day.parse().unwrap(), Trust::All);
    let mut caused = 0;
    for (before, after) in
        [("2001-01-01", "2010-06-01"), ("2010-06-01", "2024-06-01"), ("2024-06-01", "2024-06-02")]
    {
        let worlds = [world(before), world(after)];
        let verdicts = worlds.each_ref().map(|world| {
            let findings = evaluate(world, &norms);
            let pairs = findings.iter().map(|f| ((f.norm.id.clone(), f.institution), f.verdict));
            pairs.collect::<BTreeMap<_, _>>()
        });
        let mut pairs: Vec<_> = verdicts[0].keys().chain(verdicts[1].keys()).collect();
        pairs.sort();
        pairs.dedup();
        pairs.retain(|pair| verdicts[0].get(pair) != verdicts[1].get(pair));
        let changes = diff(&worlds[0], &worlds[1], &norms);
        let told: Vec<_> =
            changes.iter().map(|change| (change.norm.id.clone(), change.institution)).collect();
        assert_eq!(told.iter().collect::<Vec<_>>(), pairs, "{before} to {after}");
        for change in &changes {
            let pair = (change.norm.id.clone(), change.institution);
            assert_eq!(change.before, verdicts[0].get(&pair).copied());
            assert_eq!(change.after, verdicts[1].get(&pair).copied());
            for cause in &change.causes {
                let standing = worlds.each_ref().map(|world| world.standing(cause.link));
                match cause.shift {
                    Shift::Began => assert_ne!(standing[1], Standing::Out),
                    Shift::Ended => assert_ne!(standing[0], Standing::Out),
                    Shift::Enlivened => assert_eq!(standing, [Standing::OnPaper, Standing::InForce]),
                    Shift::Idled => assert_eq!(standing, [Standing::InForce, Standing::OnPaper]),
                    Shift::Independence => assert_ne!(standing[1], Standing::Out),
                }
                caused += 1;
            }
        }
    }
    assert!(caused > 50, "{caused}");
}
