//! Norms: users' own, profiles, derivations, and the forms that gates read.
#![expect(clippy::unwrap_used, reason = "a fixture that cannot be read fails the test")]

use crate::support::exland;
use assert_cmd::Command;
use oversight::gaps::{Explanation, Profile, Trust, Verdict, World, evaluate, explain};
use oversight::model::{Graph, Norm, Polarity, Severity};
use std::fs;
use std::path::PathBuf;

const DAY: &str = "2024-06-01";
const PREFIXES: &str = "@prefix ov: <https://w3id.org/oversight/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix norm: <https://w3id.org/oversight/norm/> .
@prefix type: <https://w3id.org/oversight/type/> .
@prefix mechanism: <https://w3id.org/oversight/mechanism/> .
@prefix severity: <https://w3id.org/oversight/severity/> .
";

/// Runs the program; returns exit code, output and messages.
fn oversight(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("oversight").unwrap().args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn written(text: &str, name: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    (folder, path)
}

#[test]
fn a_norm_stated_anew_takes_the_place_of_the_shipped_one() {
    let own = format!(
        "{PREFIXES}norm:MIA-07 a ov:Norm ; skos:notation \"MIA-07\" ; ov:severity severity:may ; \
         ov:polarity \"require\" ; ov:appliesTo type:police ; ov:mechanismAnyOf mechanism:hearing ."
    );
    let (_folder, path) = written(&own, "own.ttl");
    let (code, text, errors) =
        oversight(&["norms", "MIA-07", "--norms", path.to_str().unwrap(), "--to", "json"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    let norms: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(norms[0]["applies_to"], serde_json::json!(["police"]));
    assert_eq!(norms[0]["mechanisms"], serde_json::json!(["hearing"]));
    assert_eq!(norms[0]["severity"], "may");
    assert_eq!(norms[0]["independent_of"], serde_json::Value::Null);
    assert_eq!(norms.as_array().unwrap().len(), 1);
}

#[test]
fn bad_norms_are_refused_with_every_fault_at_once() {
    let bad = format!(
        "{PREFIXES}norm:B-1 a ov:Norm ; ov:severity severity:must ; ov:polarity \"require\" ; \
         ov:mechanismAnyOf mechanism:hearng ; ov:atLeast 0 ; ov:independentOf \"overseen\" , \"executive\" ."
    );
    let (_folder, path) = written(&bad, "bad.ttl");
    let (code, text, errors) = oversight(&["norms", "check", path.to_str().unwrap(), "ua"]);
    assert_eq!((code, text.as_str()), (2, ""));
    for said in [
        "bad.ttl:7: <https://w3id.org/oversight/norm/B-1>",
        "nearest: `hearing`",
        "hint: Use mechanisms of the scheme",
        "it has no `ov:appliesTo`",
        "`ov:atLeast` is `0`",
        "2 values of `ov:independentOf`",
    ] {
        assert!(errors.contains(said), "{said} is not in\n{errors}");
    }
    let (code, text, _) = oversight(&["gaps", "ua", "--norms", path.to_str().unwrap()]);
    assert_eq!((code, text.as_str()), (2, ""), "no verdict while a norm cannot be read");
}

#[test]
fn slips_of_who_copies_a_norm_are_refused() {
    let own = |iri: &str, id: &str, property: &str| {
        format!(
            "{PREFIXES}norm:{iri} a ov:Norm ; skos:notation \"{id}\" ; ov:severity severity:must ; \
             ov:polarity \"require\" ; ov:appliesTo type:police ; {property} mechanism:hearing ."
        )
    };
    for (text, said) in [
        (own("MIA-07", "OUR-01", "ov:mechanismAnyOf"), "it has the IRI of `MIA-07`: give it one of its own"),
        (
            own("OUR-01", "OUR-01", "ov:mechanismAny"),
            "`ov:mechanismAny`, which the vocabulary does not have (nearest: `ov:mechanismAnyOf`)",
        ),
        (own("OUR-01", "OUR 01", "ov:mechanismAnyOf"), "may hold letters, digits, `.`, `_` and `-` only"),
    ] {
        let (_folder, path) = written(&text, "own.ttl");
        for command in [vec!["norms", "check"], vec!["gaps", "ua", "--quiet", "--norms"]] {
            let arguments: Vec<&str> = command.into_iter().chain([path.to_str().unwrap()]).collect();
            let (code, text, errors) = oversight(&arguments);
            assert_eq!((code, text.as_str()), (2, ""), "{arguments:?}");
            assert!(errors.contains(said), "{said} is not in\n{errors}");
        }
    }
    let among = format!("{PREFIXES}<https://w3id.org/oversight/id/ua/link/own> a ov:Control .");
    let (_folder, path) = written(&among, "own.ttl");
    let (_, _, errors) = oversight(&["gaps", "ua", "--norm", "MIA-07", "--norms", path.to_str().unwrap()]);
    assert!(errors.contains("given with `--norms`, it states links, bodies or surveys (1)"), "{errors}");
}

#[test]
fn a_norm_can_be_written_out_changed_and_read_again() {
    let (code, text, _) = oversight(&["norms", "MIA-07", "MIA-20", "--to", "turtle"]);
    assert_eq!(code, 0);
    let changed = text.replace("norm:MIA-", "norm:OUR-").replace("\"MIA-", "\"OUR-");
    let (_folder, path) = written(&changed, "own.ttl");
    let (code, json, _) =
        oversight(&["norms", "--norm", "OUR", "--norms", path.to_str().unwrap(), "--to", "json"]);
    assert_eq!(code, 0);
    let read = |json: &str| -> Vec<serde_json::Value> {
        let mut norms: Vec<serde_json::Value> = serde_json::from_str(json).unwrap();
        for norm in &mut norms {
            for key in ["norm", "iri", "same", "near"] {
                norm.as_object_mut().unwrap().remove(key);
            }
        }
        norms
    };
    let shipped = oversight(&["norms", "MIA-07", "MIA-20", "--to", "json"]).1;
    assert_eq!(read(&json), read(&shipped));
    assert!(read(&json)[0]["document_page"].as_str().unwrap().starts_with("https://"));
}

#[test]
fn what_a_profile_switches_off_is_told() {
    let (_folder, path) = written("MIA-20 off\n", "profile.txt");
    let gaps =
        |more: &[&str]| oversight(&[&["gaps", "ua", "--profile", path.to_str().unwrap()], more].concat());
    let (code, text, errors) = gaps(&["--norm", "MIA-20"]);
    assert_eq!((code, text.as_str()), (2, ""));
    assert!(errors.contains("switches off `MIA-20`"), "{errors}");
    assert_eq!(gaps(&["--explain", "MIA-20", "ua/sbu"]).0, 2);
    let (code, text, _) = gaps(&["--norm", "MIA-20", "MIA-07", "--format", "json"]);
    assert!(code == 0 && text.contains("MIA-07") && !text.contains("MIA-20"));
    let (_folder, path) = written("* off\n", "profile.txt");
    let (code, _, errors) =
        oversight(&["gaps", "ua", "--fail-on", "may", "--profile", path.to_str().unwrap()]);
    assert!(code == 2 && errors.contains("switches off every norm"), "{errors}");
    let (code, _, errors) = oversight(&["gaps", "no", "--norm", "MIA-07", "--institution", "no/storting"]);
    assert!(code == 0 && errors.contains("no norm binds a body here"), "{errors}");
}

#[test]
fn check_tells_whom_a_norm_binds() {
    let own = format!(
        "{PREFIXES}norm:OWN-1 a ov:Norm ; ov:severity severity:must ; ov:polarity \"require\" ; \
         ov:appliesTo type:foreign-intelligence ; ov:mechanismAnyOf mechanism:hearing ."
    );
    let (_folder, path) = written(&own, "own.ttl");
    let (code, text, errors) = oversight(&["norms", "check", path.to_str().unwrap(), "ua"]);
    assert_eq!(code, 0);
    assert!(text.contains(" of the data on ") && text.contains("ua/szr"), "{text}");
    assert!(errors.contains("own.ttl:7: norm-document-unclear: Name the one declared"), "{errors}");
}

/// A norm is one norm: not what two documents, two blocks or a stray triple make of it together.
#[test]
fn a_norm_is_stated_once_and_as_a_whole() {
    let own = |mechanism: &str, texts: &str| {
        format!(
            "{PREFIXES}norm:OWN-1 a ov:Norm ; skos:notation \"OWN-1\" ; ov:severity severity:must ; \
             ov:polarity \"require\" ; ov:appliesTo type:police ; ov:mechanismAnyOf mechanism:{mechanism} {texts} ."
        )
    };
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let hearing = file("hearing.ttl", &own("hearing", ""));
    let again = file("again.ttl", &own("hearing", ""));
    let inquiry = file("inquiry.ttl", &own("inquiry", ""));
    let stray =
        file("stray.ttl", &format!("{PREFIXES}norm:MIA-22 ov:overseerType type:ombuds-institution ."));
    let two = file("two.ttl", &own("hearing", "; skos:prefLabel \"One.\"@en , \"Another.\"@en"));
    let named = file("named.ttl", &own("hearing", "; skos:notation \"OWN-2\""));
    let text = file("text.ttl", &format!("{PREFIXES}norm:MIA-22 skos:prefLabel \"Une norme.\"@fr ."));
    let refused = |files: &[&String], said: &str| {
        let norms = files.iter().flat_map(|file| ["--norms", file.as_str()]);
        let (code, out, errors) =
            oversight(&["gaps", "ua", "--quiet"].into_iter().chain(norms).collect::<Vec<_>>());
        assert_eq!((code, out.as_str()), (2, ""), "{files:?}");
        assert!(errors.contains(said), "{said} is not in\n{errors}");
    };
    refused(&[&hearing, &inquiry], "hearing.ttl` states it, too, and otherwise");
    refused(
        &[&stray],
        "stray.ttl:7: <https://w3id.org/oversight/norm/MIA-22> cannot be evaluated: its `ov:overseerType`",
    );
    refused(&[&two], "several values of `skos:prefLabel` in one language");
    refused(&[&named], "2 values of `skos:notation`");
    for sound in [vec![&hearing, &again], vec![&text]] {
        let norms = sound.iter().flat_map(|file| ["--norms", file.as_str()]);
        let (code, _, errors) =
            oversight(&["gaps", "ua", "--quiet"].into_iter().chain(norms).collect::<Vec<_>>());
        assert_eq!((code, errors.as_str()), (0, ""), "{sound:?}");
    }
    let (_, told, _) = oversight(&["norms", "check", &hearing, "ua"]);
    assert!(!told.contains("takes the place"), "{told}");
    let copy = file("copy.ttl", &oversight(&["norms", "MIA-07", "--to", "turtle"]).1);
    let (code, told, _) = oversight(&["norms", "check", &copy, "ua"]);
    assert!(code == 0 && told.contains("takes the place of the shipped norm of this IRI"), "{told}");
}

#[test]
fn what_is_not_shown_counts_for_the_gate() {
    let gate = |more: &[&str]| {
        let all = [&["gaps", "ua", "--as-of", "2026-11-23", "--fail-on", "must", "--verdict", "met"], more]
            .concat();
        oversight(&all).0
    };
    assert_eq!(gate(&[]), 1);
    assert_eq!(gate(&["--format", "sarif"]), 1);
    assert_eq!(gate(&["--norm", "MIA-07"]), 0);
}

#[test]
fn an_id_that_another_norm_goes_by_is_refused() {
    let own = format!(
        "{PREFIXES}norm:OWN-1 a ov:Norm ; skos:notation \"MIA-07\" ; ov:severity severity:must ; \
         ov:polarity \"require\" ; ov:appliesTo type:police ."
    );
    let (_folder, path) = written(&own, "own.ttl");
    for command in [vec!["norms", "check"], vec!["gaps", "ua", "--norms"]] {
        let arguments: Vec<&str> = command.into_iter().chain([path.to_str().unwrap()]).collect();
        let (code, text, errors) = oversight(&arguments);
        assert_eq!((code, text.as_str()), (2, ""), "{arguments:?}");
        assert!(errors.contains("has the `skos:notation` `MIA-07`, and so has <"), "{errors}");
    }
}

#[test]
fn many_queries_go_to_a_folder_and_not_into_one_stream() {
    let (code, text, errors) = oversight(&["norms", "MIA", "--to", "sparql"]);
    assert_eq!((code, text.as_str()), (2, ""));
    assert!(errors.contains("name a folder with `-o`"), "{errors}");
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("queries");
    let (code, _, _) = oversight(&["norms", "MIA", "--to", "sparql", "-o", out.to_str().unwrap()]);
    assert_eq!(code, 0);
    let norms = oversight(&["norms", "MIA", "--to", "json"]).1;
    let norms: Vec<serde_json::Value> = serde_json::from_str(&norms).unwrap();
    assert_eq!(fs::read_dir(&out).unwrap().count(), norms.len());
    let query = fs::read_to_string(out.join("MIA-07.rq")).unwrap();
    assert!(query.starts_with("# MIA-07: ") && query.contains("# Source: Making Intelligence Accountable"));
}

#[test]
fn profiles_set_levels_and_later_lines_win() {
    let mut norms: Vec<Norm> = exland::graph().norms;
    let profile: Profile = "* off\nMIA should # all of it\nMIA-07 must\n".parse().unwrap();
    profile.apply(&mut norms).unwrap();
    assert!(norms.len() > 5 && norms.iter().all(|norm| norm.id.starts_with("MIA-")));
    for norm in &norms {
        let expected = if norm.id == "MIA-07" { Severity::Must } else { Severity::Should };
        assert_eq!(norm.severity, expected, "{}", norm.id);
    }
    let (_folder, path) = written("MIO off\n", "profile.txt");
    let (code, _, errors) = oversight(&["gaps", "ua", "--profile", path.to_str().unwrap()]);
    assert_eq!(code, 2);
    assert!(errors.contains("line 1: no norm has the id or prefix `MIO`"), "{errors}");
    let marked: Profile = "\u{feff}MIA off\n".parse().unwrap();
    marked.apply(&mut norms).unwrap();
    assert!(norms.is_empty(), "a byte order mark is no part of an id");
    for bad in ["MIA", "MIA must should", "MIA perhaps"] {
        assert!(bad.parse::<Profile>().is_err(), "{bad}");
    }
}

#[test]
fn forms_for_gates_tell_the_same_findings() {
    let arguments = |format| ["gaps", "ua", "--as-of", "2026-11-23", "--norm", "MIA", "--format", format];
    let findings: Vec<serde_json::Value> = serde_json::from_str(&oversight(&arguments("json")).1).unwrap();
    let of = |verdicts: &[&str]| {
        findings.iter().filter(|f| verdicts.contains(&f["verdict"].as_str().unwrap())).count()
    };
    let failing = of(&["gap", "partial", "on-paper"]);
    assert!(failing > 0 && of(&["met"]) > 0);

    let sarif: serde_json::Value = serde_json::from_str(&oversight(&arguments("sarif")).1).unwrap();
    let run = &sarif["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), failing, "a forge shows as an alert whatever stands in it");
    let bodies = std::fs::read_to_string("data/ua/institutions.ttl").unwrap();
    let lines: Vec<&str> = bodies.lines().collect();
    for result in results {
        assert_eq!(result["kind"], "fail");
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "data/ua/institutions.ttl");
        let line = lines[usize::try_from(place["region"]["startLine"].as_u64().unwrap()).unwrap() - 1];
        let local = result["properties"]["institution"].as_str().unwrap().rsplit('/').next().unwrap();
        assert!(line.starts_with(&format!("ua:{local} a ")), "{line}");
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    }

    let junit = oversight(&arguments("junit")).1;
    assert_eq!(junit.matches("<testcase ").count(), findings.len());
    assert_eq!(junit.matches("<failure ").count(), failing);
    assert_eq!(junit.matches("<skipped ").count(), of(&["unknown"]));
    assert_eq!(junit.matches("           missing: ").count(), failing, "what is missing is told");
    let at_must = [&arguments("junit")[..], &["--fail-on", "must"]].concat();
    let of_must = |f: &&serde_json::Value| {
        f["severity"] == "must" && f["verdict"] != "met" && f["verdict"] != "unknown"
    };
    assert_eq!(oversight(&at_must).1.matches("<failure ").count(), findings.iter().filter(of_must).count());
    let met = [&arguments("sarif")[..], &["--verdict", "met"]].concat();
    let sarif: serde_json::Value = serde_json::from_str(&oversight(&met).1).unwrap();
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), of(&["met"]));
    let mut reader = quick_xml::Reader::from_str(&junit);
    while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
}

/// Explains every norm for every body and compares with the evaluator.
fn explained(graph: &Graph, day: &str, trust: Trust) -> usize {
    let world = World::new(graph, day.parse().unwrap(), trust);
    let norms: Vec<&Norm> = graph.norms.iter().collect();
    let findings = evaluate(&world, &norms);
    let mut bound = 0;
    for norm in &norms {
        for (id, _) in graph.institutions() {
            let Explanation { finding, links, .. } = explain(&world, norm, id);
            let expected = findings.iter().find(|f| f.norm.id == norm.id && f.institution == id);
            assert_eq!(finding.as_ref().map(|f| f.verdict), expected.map(|f| f.verdict));
            let Some(expected) = expected else { continue };
            bound += 1;
            let admitted: Vec<_> = links.iter().filter_map(|link| link.outcome.ok()).collect();
            assert!(expected.evidence.iter().all(|piece| admitted.contains(piece)));
            let all_are_shown = expected.verdict == Verdict::Partial || norm.polarity == Polarity::Forbid;
            if all_are_shown {
                assert_eq!(admitted.len(), expected.evidence.len(), "{} {}", norm.id, graph.iri(id));
            }
            if expected.verdict == Verdict::Unknown || expected.verdict == Verdict::Gap {
                assert_eq!(admitted.len(), expected.evidence.len());
            }
        }
    }
    bound
}

#[test]
fn a_derivation_comes_to_the_verdict_of_the_evaluator() {
    let graph = exland::graph();
    assert!(explained(&graph, DAY, Trust::All) > 100);
    assert!(explained(&graph, DAY, Trust::VerifiedOnly) > 100);
}

#[test]
fn a_derivation_names_rule_and_count() {
    let explain = |format| {
        oversight(&[
            "gaps",
            "ua",
            "--as-of",
            "2026-11-23",
            "--explain",
            "MIA-07",
            "ua/szr",
            "--format",
            format,
        ])
    };
    let (code, text, _) = explain("table");
    assert_eq!(code, 0);
    for said in [
        "bound: it is of the type foreign intelligence service, holds the power of covert surveillance",
        "refused:",
        "is over",
        "by tenure",
        "independent of the overseen: selected by ua/",
        "overseers in force",
        "needed: 1",
        "surveyed:",
        "verdict: met",
    ] {
        assert!(text.contains(said), "{said} is not in\n{text}");
    }
    let json: serde_json::Value = serde_json::from_str(&explain("json").1).unwrap();
    assert_eq!(json["finding"]["verdict"], "met");
    assert!(json["links"].as_array().unwrap().iter().any(|link| link["admitted"] == false));
    assert_eq!(json["scope"]["powers"], serde_json::json!(["covert-surveillance"]));
    let counted = json["counts"]["in_force"]["overseers"].as_array().unwrap().len();
    assert!(text.contains(&format!("count: {counted} overseers in force")), "{text}");
    assert_eq!(explain("csv").0, 2);
}
