//! The reader's language: Ukrainian throughout, English sentences around other languages, ids for machines.

#![expect(clippy::unwrap_used, reason = "a test fails where something is not there")]

use assert_cmd::Command;

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
    assert!(leads.starts_with(&["джерело", "вагомість", "принципи", "зобов’язує", "має бути"]), "{leads:?}");
}

#[test]
fn norms_and_pictures_speak_ukrainian() {
    let text = stdout(&["norms", "--document", "pace-1402-1999", "--lang", "uk"]);
    assert_eq!(english(&text), Vec::<&str>::new());
    assert!(text.starts_with("норма ") && text.contains("служба державної безпеки"), "{text}");
    let picture =
        ["draw", "gaps", "ua", "--institution", "ua/sbu", "--lang", "uk", "--as-of", DAY, "--format", "dot"];
    let text = stdout(&picture);
    assert!(text.contains("прогалини нагляду") && text.contains("недостатньо: "), "{text}");
    for words in ["weak link", "nothing on record"] {
        assert!(!text.contains(words), "{words}");
    }
}

#[test]
fn other_languages_have_their_names_in_english_sentences() {
    let text = stdout(&["gaps", "no", "--lang", "nb", "--as-of", DAY]);
    assert!(text.starts_with("Oversight on 2026-11-23: ") && text.contains("missing: an overseer"), "{text}");
    assert!(text.contains("Sivilombudet"), "{text}");
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
