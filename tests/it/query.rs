//! `oversight query` and `oversight queries`, as typed.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use oversight::model::Trust;
use oversight::rdf::{Source, documents as documents_of};
use oversight::store::{Answer, Guard, Loading, Store};
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

const EXLAND: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/exland");

fn oversight(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_oversight")).args(args).env_clear().output().unwrap()
}

/// Runs `oversight query` on Exland and returns what it prints.
fn query(args: &[&str]) -> String {
    let all = [&["query", "--quiet", "--from", EXLAND, "--as-of", "2024-06-01"], args].concat();
    let output = oversight(&all);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Runs `oversight` and returns the message with which it fails, and that nothing else is printed.
fn refused(args: &[&str]) -> String {
    let output = oversight(args);
    assert_eq!(output.status.code(), Some(2), "{args:?}");
    assert!(output.stdout.is_empty(), "{args:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_shipped_query_is_answered_by_name_with_names_beside_iris() {
    let text = query(&["superiors", "--param", "body=xl/land-command", "--labels"]);
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    assert_eq!(
        lines,
        [
            "step  superior                                   type",
            "1     xl:armed-forces (Armed Forces)             type:armed-forces (Armed forces)",
            "2     xl:defence-ministry (Ministry of Defence)  type:ministry (Ministry)",
            "3     xl:government (Government)                 type:government (Government)",
        ]
    );
}

#[test]
fn names_are_in_the_language_asked_for() {
    let text = query(&["superiors", "--param", "body=xl/land-command", "--labels", "--lang", "fr"]);
    assert!(text.contains("xl:defence-ministry (Ministère de la Défense)"), "{text}");
}

#[test]
fn rows_as_markdown_and_html() {
    let asked = ["where-to-complain", "-p", "body=xl/land-command", "--labels", "--format"];
    let markdown = query(&[&asked[..], &["markdown"]].concat());
    assert_eq!(
        markdown,
        "| overseer | over | effect | limit | comment |\n|---|---|---|---|---|\n\
         | xl:ombudsman (Ombudsman) | xl:armed-forces (Armed Forces) | effect:advisory (Advisory) |  |  |\n"
    );
    let html = query(&[&asked[..], &["html"]].concat());
    assert!(
        html.starts_with("<!DOCTYPE html>\n") && html.contains("<h1>Where to complain about a body</h1>")
    );
    let cell = "<td><a href=\"https://w3id.org/oversight/id/xl/ombudsman\" title=\"xl:ombudsman\">Ombudsman</a></td>";
    assert!(html.contains(cell), "{html}");
}

#[test]
fn a_file_declares_parameters_as_shipped_queries_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hearers.rq");
    let text = "#+ parameters:\n#+   - {name: body, type: institution}\nSELECT ?who { ?who ov:hears ?body }";
    fs::write(&file, text).unwrap();
    let file = file.to_str().unwrap();
    assert_eq!(
        query(&[file, "-p", "body=xl/MoD", "--format", "csv"]),
        "who\r\nhttps://w3id.org/oversight/id/xl/defence-committee\r\n"
    );
    let message = refused(&["query", file, "--from", EXLAND]);
    assert!(message.contains("error: `hearers` needs the parameter `body`"), "{message}");
    fs::write(file, format!("\u{feff}{text}")).unwrap();
    assert!(query(&[file, "-p", "body=xl/MoD", "--format", "csv"]).ends_with("/defence-committee\r\n"));
}

#[test]
fn a_graph_comes_in_every_syntax_and_declares_only_the_prefixes_in_use() {
    let turtle = query(&[
        "-e",
        "CONSTRUCT { ?b a ov:Institution ; skos:prefLabel ?n } { ?b ov:power power:arrest ; skos:prefLabel ?n }",
    ]);
    assert_eq!(
        turtle,
        "@prefix ov: <https://w3id.org/oversight/ns#> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
         @prefix xl: <https://w3id.org/oversight/id/xl/> .\n\nxl:police a ov:Institution ;\n    skos:prefLabel \"Police\"@en .\n"
    );
    let construct = "CONSTRUCT { ?b ov:power ?p } { ?b ov:power ?p . ?b a ov:Institution }";
    for format in ["turtle", "ntriples", "nquads", "trig", "rdfxml", "jsonld"] {
        let text = query(&["-e", construct, "--format", format]);
        let syntax = match format {
            "turtle" => oxrdfio::RdfFormat::Turtle,
            "ntriples" => oxrdfio::RdfFormat::NTriples,
            "nquads" => oxrdfio::RdfFormat::NQuads,
            "trig" => oxrdfio::RdfFormat::TriG,
            "rdfxml" => oxrdfio::RdfFormat::RdfXml,
            _ => oxrdfio::RdfFormat::JsonLd { profile: oxrdfio::JsonLdProfileSet::empty() },
        };
        let read = oxrdfio::RdfParser::from_format(syntax).for_slice(text.as_bytes());
        assert_eq!(read.map(Result::unwrap).count(), 10, "{format}:\n{text}");
    }
}

#[test]
fn what_cannot_be_answered_is_said_with_what_to_do() {
    for (args, expected) in [
        (
            &["query", "superior"][..],
            &["no file and no shipped query `superior`", "did you mean `superiors`?"][..],
        ),
        (&["query", "no/such.rq"], &["cannot read the query `no/such.rq`"]),
        (&["query", "superiors", "-p", "body"], &["name=value"]),
        (&["query", "superiors", "-p", "bdy=xl/police"], &["has no parameter `bdy`", "did you mean `body`?"]),
        (&["query", "superiors"], &["needs the parameter `body`", "--param body=...", "an institution"]),
        (
            &["query", "holders-of-mechanism", "-p", "mechanism=hearng"],
            &["`hearng` is nothing that the parameter `mechanism` takes", "did you mean `hearing`?"],
        ),
        (&["query", "-e", "SELECT * {}", "-p", "x=1"], &["`the query` has no parameter `x`", "`#+`"]),
        (&["query", "-e", "#+ tags: 7: x\nSELECT * {}"], &["line 1", "YAML"]),
        (
            &[
                "query",
                "-e",
                "#+ parameters:\n#+   - {name: x, type: string, default: a}\nSELECT * { ?s ?x ?o }",
            ],
            &["only an IRI can stand"],
        ),
        (&["query", "-e", "CONSTRUCT WHERE { ?s ?p ?o }", "--format", "html"], &["no table", "turtle"]),
        (&["query", "-e", "SELECT * {}", "--format", "trig"], &["SELECT gives rows", "markdown"]),
        (&["queries", "superior"], &["no shipped query `superior`", "did you mean `superiors`?"]),
        (
            &["queries", "--tag", "detentio"],
            &["no shipped query has the tag `detentio`", "did you mean `detention`?"],
        ),
    ] {
        let message = refused(args);
        for part in expected {
            assert!(message.contains(part), "{args:?}: {message}");
        }
    }
}

#[test]
fn the_list_of_shipped_queries_and_one_of_them() {
    let output = oversight(&["queries", "--tag", "detention", "--format", "json"]);
    let list: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let ids: Vec<&str> = list.as_array().unwrap().iter().map(|q| q["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["detention-and-monitors", "detention-visits"]);
    let one = String::from_utf8(oversight(&["queries", "superiors"]).stdout).unwrap();
    assert!(one.starts_with("The chain of superiors of a body\n\nThe bodies above"), "{one}");
    assert!(
        one.contains("\nbody       an institution, such as `ua/sbu`  must be given  The body.\n"),
        "{one}"
    );
    assert!(one.contains("\nSELECT ?step ?superior ?type WHERE {\n") && !one.contains("#+"), "{one}");
}

#[test]
fn words_that_stand_in_no_triple_are_named() {
    let said = |text: &str| {
        let output = oversight(&["query", "--from", EXLAND, "-e", text]);
        assert!(output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    let slips = said(
        "SELECT ?l { ?l ov:oversee/skos:prefLabl ?x ; ov:mechanism ?m . FILTER(?m = mechanism:hering) }",
    );
    for slip in
        ["`ov:oversee` stands in no triple; nearest: `ov:overseen`", "`skos:prefLabl`", "`mechanism:hering`"]
    {
        assert!(slips.contains(slip), "{slips}");
    }
    // What derived properties may say, datatypes, graphs, and words of strangers are no slips.
    let sound = "PREFIX own: <https://example.org/> SELECT * { GRAPH ?g { ?a ov:audits ?b } ?b own:word ?c . \
                 FILTER(DATATYPE(?c) = xsd:date || ?g = <https://w3id.org/oversight/graph/none>) }";
    assert_eq!(said(sound), "0 rows\n");
}

#[test]
fn a_query_is_explained_without_being_answered() {
    let text = "SELECT ?b { ?b a ov:Institution FILTER NOT EXISTS { ?o ov:oversees ?b . ?o org:classification type:court } \
                FILTER EXISTS { ?b ov:power ?p } }";
    let said = query(&["-e", text, "--explain"]);
    assert!(
        said.starts_with("anti-join on ?b: NOT EXISTS { ?o <https://w3id.org/oversight/ns#oversees> ?b ."),
        "{said}"
    );
    assert!(
        said.contains(
            "\nkept, for it is looked up at once: EXISTS { ?b <https://w3id.org/oversight/ns#power> ?p"
        ),
        "{said}"
    );
    assert!(
        said.contains("\nProject") && said.contains("AntiJoin(HashBuildRightProbeLeft, keys = ?b)"),
        "{said}"
    );
}

#[test]
fn a_blank_node_of_one_document_is_not_that_of_another_with_the_same_label() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let (first, second) =
        ("_:b <urn:p> \"first\" . _:b <urn:q> _:c .", "_:b <urn:p> \"second\" . _:c <urn:p> 1 .");
    let ask = |text: &str, sources: &[&PathBuf]| {
        // As the library does it, and as it is typed.
        let documents: Vec<Source> = sources.iter().map(|path| Source::Path((*path).clone())).collect();
        let loading = Loading::read(&documents_of(&documents).unwrap()).unwrap();
        let store = Store::new(loading, "2024-06-01".parse().unwrap(), Trust::All).unwrap();
        let guard = Guard::default();
        let found = store.answer(store.query(text).unwrap(), None, &guard).unwrap();
        let Answer::Rows(rows) = found else { panic!("{found:?}") };
        let args: Vec<&str> = sources.iter().flat_map(|path| ["--from", path.to_str().unwrap()]).collect();
        let output = oversight(&[&["query", "--quiet", "--format", "csv", "-e", text], &args[..]].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let typed = String::from_utf8(output.stdout).unwrap();
        let values: Vec<String> = rows.rows.iter().map(|row| row[0].text.clone()).collect();
        assert_eq!(typed.split("\r\n").skip(1).filter(|line| !line.is_empty()).collect::<Vec<_>>(), values);
        values
    };
    let both = "SELECT ?v { ?s <urn:p> ?v ; <urn:p> ?w FILTER(STR(?v) != STR(?w)) }";
    let count = "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s <urn:p> ?v }";
    let walk = "SELECT ?v { ?s <urn:q>/<urn:p> ?v }";
    let (a, b) = (file("a.ttl", first), file("b.ttl", second));
    for sources in [[&a, &b], [&b, &a]] {
        assert_eq!(ask(both, &sources), [""; 0], "two documents share a node");
        assert_eq!(ask(walk, &sources), [""; 0], "a link leads from one document into the other");
        assert_eq!(ask(count, &sources), ["3"]);
    }
    // In one document they are one.
    let one = file("one.ttl", &format!("{first}\n{second}"));
    assert_eq!(ask(both, &[&one]).len(), 2);
    assert_eq!((ask(walk, &[&one]), ask(count, &[&one])), (vec!["1".to_owned()], vec!["2".to_owned()]));
    // The same text twice, as two files, and the ones that the parser makes itself.
    let (c, d) =
        (file("c.nt", "_:b <urn:p> \"c\" ."), file("d.ttl", "[] <urn:p> \"d\" . [] <urn:p> \"e\" ."));
    assert_eq!(ask(count, &[&a, &c, &d]), ["4"]);
    assert_eq!(ask(both, &[&a, &c, &d]), [""; 0]);
}

#[test]
fn a_file_is_read_where_from_names_it_and_it_is_allowed() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let data = file("data.ttl", "<urn:s> <urn:p> 1 .");
    let (more, other) =
        (file("more of it.ttl", "<urn:s> <urn:p> 2 ."), file("other.ttl", "<urn:s> <urn:p> 3 ."));
    let iri = format!("file://{}", more.replace(' ', "%20"));
    let ask = |clauses: &str, pattern: &str, allowed: &[&str]| {
        let text = format!("SELECT ?v {clauses} {{ {pattern} }} ORDER BY ?v");
        let mut args = vec!["query", "-q", "--from", &data, "--format", "csv", "-e", &text];
        args.extend(allowed.iter().flat_map(|name| ["--allow-from", name]));
        oversight(&args)
    };
    let values = |output: Output| {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().split("\r\n").skip(1).collect::<String>()
    };
    let from = format!("FROM <{iri}>");
    let plain = "<urn:s> <urn:p> ?v";
    for name in [more.as_str(), &iri] {
        assert_eq!(values(ask(&from, plain, &[name])), "2");
    }
    let both = format!("{from} FROM <file://{data}>");
    assert_eq!(values(ask(&both, plain, &[&more])), "12");
    let named = format!("FROM NAMED <{iri}>");
    assert_eq!(values(ask(&named, &format!("GRAPH <{iri}> {{ {plain} }}"), &[&more, &other])), "2");
    // Allowed is not loaded: it is read where the query names it.
    assert_eq!(values(ask("", plain, &[&more])), "1");
    for allowed in [&[][..], &[other.as_str()]] {
        let output = ask(&from, plain, allowed);
        let message = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(2) && output.stdout.is_empty(), "{message}");
        assert!(message.contains(&format!("reads <{iri}>, which is not loaded")), "{message}");
        assert!(message.contains("hint: ") && message.contains("--allow-from"), "{message}");
    }
}

#[test]
fn what_stands_in_two_documents_is_there_once() {
    let folder = tempfile::tempdir().unwrap();
    let triple = "<urn:s> <urn:p> 1 .";
    let paths = ["a.ttl", "b.ttl"].map(|name| {
        let path = folder.path().join(name);
        fs::write(&path, triple).unwrap();
        path.to_str().unwrap().to_owned()
    });
    let ask = |text: &str| {
        let output = oversight(&[
            "query", "-q", "--from", &paths[0], "--from", &paths[1], "--format", "csv", "-e", text,
        ]);
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(ask("SELECT (COUNT(*) AS ?n) { <urn:s> ?p ?o }"), "n\r\n1\r\n");
    assert_eq!(ask("SELECT (SUM(?o) AS ?n) { ?s <urn:p> ?o }"), "n\r\n1\r\n");
    // So it does where both are named, and so it is read once where one of them is named twice.
    let [a, b] = paths.each_ref().map(|path| format!("FROM <file://{path}>"));
    for from in [format!("{a} {b}"), format!("{a} {a}")] {
        assert_eq!(
            ask(&format!("SELECT (SUM(?o) AS ?n) {from} {{ ?s <urn:p> ?o }}")),
            "n\r\n1\r\n",
            "{from}"
        );
    }
    // In its own graph it stands in both.
    assert_eq!(ask("SELECT (COUNT(?g) AS ?n) { GRAPH ?g { <urn:s> ?p ?o } }"), "n\r\n2\r\n");
}
