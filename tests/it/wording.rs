//! The reader's language: Ukrainian throughout, English sentences around other languages, ids for machines.

#![expect(clippy::unwrap_used, reason = "a test fails where something is not there")]

use assert_cmd::Command;
use std::fs;

const DAY: &str = "2026-11-23";

fn stdout(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_oversight"));
    command.env_clear().current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments);
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// Words of English sentences and tables that a text has.
fn english(text: &str) -> Vec<&str> {
    const WORDS: &[&str] = &[
        "all",
        "and",
        "asks",
        "below",
        "binds",
        "body",
        "breach",
        "by",
        "candidates",
        "controlled",
        "controls",
        "count",
        "counts",
        "evidence",
        "exists",
        "findings",
        "from",
        "gap",
        "independent",
        "is",
        "links",
        "met",
        "missing",
        "must",
        "names",
        "norm",
        "not",
        "of",
        "offends",
        "on",
        "or",
        "over",
        "overseer",
        "overseers",
        "partial",
        "powers",
        "record",
        "refused",
        "selected",
        "severity",
        "should",
        "since",
        "source",
        "survey",
        "that",
        "the",
        "type",
        "under",
        "units",
        "unknown",
        "verdict",
        "verified",
        "weak",
        "with",
    ];
    text.split(|c: char| !c.is_alphanumeric() && !"-/_.".contains(c))
        .filter(|word| WORDS.contains(word))
        .collect()
}

#[test]
fn ukrainian_findings_have_no_english_word() {
    for format in ["table", "markdown"] {
        let text = stdout(&["gaps", "ua", "--lang", "uk", "--as-of", DAY, "--format", format]);
        // Locators of documents are as the documents have them, in square brackets.
        let text: String =
            text.lines().map(|line| line.split("  [").next().unwrap().to_owned() + "\n").collect();
        assert_eq!(english(&text), Vec::<&str>::new(), "{format}");
        for word in ["прогалина", "лише на папері", "обов’язково", "законодавча влада"]
        {
            assert!(text.contains(word), "{format}: {word}");
        }
    }
    let text = stdout(&["gaps", "ua", "--lang", "uk", "--as-of", DAY]);
    for words in
        ["Нагляд станом на 2026-11-23: ", "бракує: суб’єкт контролю", "могли б здійснювати: ua/", "є: "]
    {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn a_body_and_a_derivation_speak_ukrainian_but_for_what_the_data_say_in_english() {
    let text = stdout(&["show", "ua/sbu", "--lang", "uk", "--as-of", DAY]);
    let own: String = text
        .lines()
        .filter(|l| !["  назви", "  керівник", "  примітка"].iter().any(|n| l.starts_with(n)))
        .collect();
    assert_eq!(english(&own), Vec::<&str>::new());
    for words in [
        "  тип          служба державної безпеки (складові сектору безпеки)",
        "повноваження\n  затримання: ",
        "зв’яз",
    ] {
        assert!(text.contains(words), "{words}");
    }
    let text =
        stdout(&["gaps", "ua", "--explain", "LIM-02", "ua/sbu-remand", "--lang", "uk", "--as-of", DAY]);
    let (norm, derivation) = text.split_once("\n\nСлідчий ізолятор").unwrap();
    assert_eq!(english(derivation), Vec::<&str>::new());
    let leads: Vec<&str> = norm.lines().skip(3).map(|line| line.split("  ").next().unwrap()).collect();
    assert!(leads.starts_with(&["джерело", "вагомість", "принципи", "адресати", "має бути"]), "{leads:?}");
}

/// The line of a norm told in plain words that says what it asks for, or forbids.
fn asks(arguments: &[&str]) -> String {
    let text = stdout(&[&["norms"], arguments].concat());
    let told = |line: &&str| {
        ["satisfied by", "forbids", "має бути", "не має бути"].iter().any(|lead| line.starts_with(lead))
    };
    let line = text.lines().find(told).expect("a line that says what is asked for");
    line.split("  ").last().unwrap_or_default().trim().to_owned()
}

#[test]
fn plain_words_say_by_whom_without_a_direction() {
    for (norm, english, ukrainian) in [
        (
            "MIA-19",
            "annual report; overseer: parliament or parliamentary committee",
            "щорічний звіт; суб’єкт контролю: парламент або парламентський комітет",
        ),
        (
            "DIB-10",
            "financial audit; overseer not independent of the body: it is the body itself, is below it, or selected \
             by it alone",
            "фінансовий аудит; суб’єкт контролю залежний від органу: це сам орган, підпорядкований йому або добраний \
             лише ним",
        ),
        (
            "DIB-09",
            "financial audit, internal audit or performance audit; overseers from at least 2 pillars: government \
             audit service, internal audit unit or supreme audit institution",
            "фінансовий аудит, внутрішній аудит або аудит ефективності; суб’єкти контролю щонайменше з 2 стовпів: \
             урядова аудиторська служба, підрозділ внутрішнього аудиту або вищий орган аудиту",
        ),
        ("VEN-03", "competitive selection; any overseer", "конкурсний добір; будь-який суб’єкт контролю"),
    ] {
        assert_eq!(asks(&[norm]).trim_start_matches("satisfied by "), english);
        assert_eq!(asks(&[norm, "--lang", "uk"]), ukrainian);
    }
    let several = asks(&["OGP-02"]);
    assert!(
        several.ends_with("or society; each independent of the body: not below it, nor selected by it alone")
    );
}

#[test]
fn what_a_norm_forbids_is_dependence_of_each_kind() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.ttl");
    let written = stdout(&["norms", "DIB-10", "--to", "turtle"]);
    for (of, english, ukrainian) in [
        ("overseen", "it is the body itself, is below it, or selected by it alone", "добраний лише ним"),
        ("ministry", "is below one of those, or selected by one of them alone", "добраний лише одним із них"),
        (
            "executive",
            "it or a body above it is of the executive",
            "орган над ним належить до виконавчої влади",
        ),
    ] {
        fs::write(&file, written.replace("independentOf \"overseen\"", &format!("independentOf \"{of}\"")))
            .unwrap();
        let own = ["DIB-10", "--norms", file.to_str().unwrap()];
        let told = asks(&own);
        assert!(told.contains("overseer not independent of") && told.contains(english), "{told}");
        let told = asks(&[&own[..], &["--lang", "uk"]].concat());
        assert!(told.contains("суб’єкт контролю залежний від") && told.contains(ukrainian), "{told}");
    }
}

#[test]
fn norms_and_pictures_speak_ukrainian() {
    let text = stdout(&["norms", "--document", "pace-1402-1999", "--lang", "uk"]);
    assert_eq!(english(&text), Vec::<&str>::new());
    assert!(text.starts_with("норма ") && text.contains("служба державної безпеки"), "{text}");
    let text = stdout(&["norms", "MIA-20", "--lang", "uk"]);
    let (duty, place) = ("Парламент або його комітет розглядає", "розд. 20 Budget Control");
    assert!(text.lines().nth(1).unwrap().starts_with(duty) && text.contains(place), "{text}");
    assert!(text.contains("Голосування за бюджет вищого органу враховано."), "{text}");
    let picture =
        ["draw", "gaps", "ua", "--institution", "ua/sbu", "--lang", "uk", "--as-of", DAY, "--format", "dot"];
    let text = stdout(&picture);
    assert!(text.contains("прогалини нагляду") && text.contains("недостатньо: "), "{text}");
    for words in ["weak link", "nothing on record"] {
        assert!(!text.contains(words), "{words}");
    }
}

/// Takes out what is the same in every language: ids, properties and text in backquotes.
fn prose(text: &str) -> String {
    let quoted = text.split('`').step_by(2).collect::<String>();
    quoted.split_whitespace().filter(|word| !word.contains(':')).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_check_in_ukrainian_has_no_english_word() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("faults.ttl");
    let data = r#"
        @prefix id: <https://w3id.org/oversight/id/> .
        @prefix mechanism: <https://w3id.org/oversight/mechanism/> .
        @prefix org: <http://www.w3.org/ns/org#> .
        @prefix ov: <https://w3id.org/oversight/ns#> .
        @prefix schema: <https://schema.org/> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix status: <https://w3id.org/oversight/status/> .
        @prefix type: <https://w3id.org/oversight/type/> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        <https://w3id.org/oversight/id/xl/a> a ov:Institution ; skos:prefLabel "A"@en ; org:classification type:police ;
            schema:foundingDate "2010-13"^^xsd:gYearMonth ; ov:verified "perhaps" ; ov:overzeer id:nobody .
        <https://w3id.org/oversight/id/xl/b> a ov:Institution ; skos:prefLabel "B"@en ; org:classification type:court ;
            schema:foundingDate "2010"^^xsd:gYear ; schema:dissolutionDate "2005"^^xsd:gYear ;
            org:subOrganizationOf <https://w3id.org/oversight/id/xl/b> .
        <https://w3id.org/oversight/id/xl/link/x> a ov:Control ; ov:overseer <https://w3id.org/oversight/id/xl/b> ;
            ov:overseen <https://w3id.org/oversight/id/xl/a> ; ov:mechanism mechanism:audyt ; ov:status status:in-force .
    "#;
    std::fs::write(&file, data).unwrap();
    let run = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_oversight"));
        command.env_clear().current_dir(env!("CARGO_MANIFEST_DIR")).args(["check", "--lang", "uk"]);
        let output = command.arg("--from").arg(&file).args(more).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    for format in ["table", "markdown", "html"] {
        let text = run(&["--format", format]);
        assert!(text.contains("Перевірка") && text.contains("5 помилок"), "{format}: {text}");
        let text = text.split("<h1>").last().unwrap().replace("</body>", "");
        assert_eq!(english(&prose(&text)), Vec::<&str>::new(), "{format}: {text}");
    }
    let rules = stdout(&["check", "--rules", "--lang", "uk"]);
    let titles: Vec<&str> = rules.lines().filter(|line| line.starts_with('#')).collect();
    assert!(titles.len() > 90 && titles.iter().all(|title| !title.is_ascii()), "{titles:?}");
}

#[test]
fn shipped_queries_are_told_in_ukrainian() {
    let list = stdout(&["queries", "--lang", "uk"]);
    assert!(list.contains("Яких органів ніхто не перевіряє аудитом"), "{list}");
    let rows: Vec<&str> = list.lines().skip(1).collect();
    assert!(rows.len() > 40);
    for name in rows.iter().filter_map(|row| row.split(' ').next().filter(|name| !name.is_empty())) {
        let text = stdout(&["queries", name, "--lang", "uk"]);
        let told = text.split("SELECT").next().unwrap().split("CONSTRUCT").next().unwrap();
        // Tags and the names and defaults of parameters are ids.
        let lines = told.lines().filter(|line| !line.starts_with("теги: "));
        let told: Vec<&str> =
            lines.flat_map(|line| line.split("  ").filter(|part| !part.is_ascii())).collect();
        let told = told.join(" ");
        assert_eq!(english(&prose(&told)), Vec::<&str>::new(), "{name}: {told}");
    }
}

#[test]
fn other_languages_have_their_names_in_english_sentences() {
    let text = stdout(&["gaps", "no", "--lang", "nb", "--as-of", DAY]);
    assert!(text.starts_with("Oversight on 2026-11-23: ") && text.contains("missing: an overseer"), "{text}");
    assert!(text.contains("Sivilombudet"), "{text}");
    let tagged = |language| stdout(&["gaps", "ua", "--lang", language, "--as-of", DAY]);
    assert_eq!(tagged("uk-UA"), tagged("uk"));
    assert_eq!(
        stdout(&["norms", "MIA-07", "--lang", "UK-ua"]).lines().nth(3).unwrap().split(' ').next(),
        Some("джерело")
    );
}

#[test]
fn forms_for_machines_keep_ids_in_every_language() {
    for format in ["json", "jsonl", "csv"] {
        let of = |language| stdout(&["gaps", "ua", "--lang", language, "--as-of", DAY, "--format", format]);
        assert_eq!(of("uk"), of("en"), "{format}");
    }
    let of = |language| stdout(&["norms", "--to", "json", "--lang", language]);
    assert_eq!(of("uk"), of("en"));
    let of = |language| {
        stdout(&[
            "gaps",
            "ua",
            "--explain",
            "LIM-02",
            "ua/sbu-remand",
            "--lang",
            language,
            "--format",
            "json",
            "--as-of",
            DAY,
        ])
    };
    assert_eq!(of("uk"), of("en"));
}

#[test]
fn a_label_that_is_shown_can_be_typed() {
    let by_id = stdout(&["norms", "--type", "parliamentary-committee", "--to", "json"]);
    for label in ["Parliamentary committee", "parliamentary committee", "парламентський комітет"]
    {
        assert_eq!(stdout(&["norms", "--type", label, "--to", "json"]), by_id, "{label}");
    }
    let by_id = stdout(&["norms", "--pillar", "independent", "--to", "json"]);
    assert_eq!(stdout(&["norms", "--pillar", "незалежні органи", "--to", "json"]), by_id);
    let by_id = stdout(&["norms", "--principle", "rule-of-law", "--to", "json"]);
    assert_eq!(stdout(&["norms", "--principle", "rule of law", "--to", "json"]), by_id);
}
