//! What is wrong in data, and exactly what is said of it: each fault of a record, each error of a source, in each
//! syntax; and that a syntax or a compression by itself changes nothing.
//!
//! Messages are compared whole: they are what a user has to go by.
#![expect(clippy::unwrap_used, reason = "a test that cannot write its file fails")]

use crate::support::dump;
use crate::support::exland::{PREFIXES, fixture, quads, schemes};
use oversight::model::{Fault, Graph, NormFault, load};
use oversight::rdf::{EXTENSIONS, Quad, RdfError, RdfFormat, RdfSerializer, Source, documents};
use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use tempfile::TempDir;

// Faults of records.

/// Two bodies without fault, for links to hold on to.
const BODIES: &str = "
xl:police a ov:Institution ; org:classification type:police .
xl:parliament a ov:Institution ; org:classification type:parliament .
";

/// Turtle with faults, and what is said of it: subject below `https://w3id.org/oversight/`, then the message.
struct Case(&'static str, &'static [&'static str]);

const CASES: &[Case] = &[
    // Missing.
    Case("link:x a ov:Control .", &["?"]),
    Case("xl:g a ov:PowerGrant . xl:s a ov:Survey .", &["?"]),
    // Unknown.
    Case(
        "link:x a ov:Control ; ov:overseer xl:parlament ; ov:overseen <urn:nobody> ; ov:mechanism mechanism:hearng ;
            ov:status status:inforce .",
        &["?"],
    ),
    Case(
        "link:x a ov:Control ; ov:overseer xl:parliament ; ov:overseen xl:police ; ov:mechanism <urn:hearing> ;
            ov:status status:in-force ; ov:effect effect:binds ; ov:limit limit:secret, limit:secrecy .",
        &["?"],
    ),
    Case("link:x a ov:Control ; ov:overseer xl:parliament ; ov:overseen xl:police ; ov:mechanism \"hearing\" ; ov:status \"in-force\" .", &["?"]),
    Case("xl:x a ov:Institution ; org:classification type:polise ; org:subOrganizationOf xl:polise ; ov:power power:fly .", &["?"]),
    Case("xl:g a ov:PowerGrant ; ov:holder xl:polic ; ov:power power:arest .", &["?"]),
    Case("xl:s a ov:Survey ; ov:covers id:xl ; ov:mechanism mechanism:audit .", &["?"]),
    // Unreadable.
    Case(
        "link:x a ov:Control ; ov:overseer xl:parliament ; ov:overseen xl:police ; ov:mechanism mechanism:hearing ;
            ov:status status:in-force ; schema:startDate \"24.08.1991\" ; schema:endDate \"2023-02-29\"^^xsd:date ; ov:verified \"yes\" .",
        &["?"],
    ),
    Case("xl:x a ov:Institution ; schema:foundingDate \"long ago\"@en . xl:s a ov:Survey ; ov:covers id:xl ; ov:surveyedOn \"2024-13\" .", &["?"]),
    Case("xl:x a ov:LegalAct ; eli:date_document \"n.d.\" ; eli:first_date_entry_in_force \"\" ; eli:date_no_longer_in_force \"0000\" .", &["?"]),
    // Reversed.
    Case(
        "link:x a ov:Control ; ov:overseer xl:parliament ; ov:overseen xl:police ; ov:mechanism mechanism:hearing ;
            ov:status status:in-force ; schema:startDate \"2020-05\" ; schema:endDate \"2019\" .",
        &["?"],
    ),
    Case("xl:x a ov:Institution ; schema:foundingDate \"2020-05-02\" ; schema:dissolutionDate \"2020-05-01\" .", &["?"]),
    // Several.
    Case(
        "link:x a ov:Control ; ov:overseer xl:police, xl:parliament ; ov:overseen xl:police ; ov:mechanism mechanism:hearing ;
            ov:status status:repealed, status:in-force ; schema:startDate \"2021\", \"2020\", \"2020\"^^xsd:gYear ; ov:effect effect:binding, effect:advisory .",
        &["?"],
    ),
    // Cycles.
    Case("xl:a a ov:Institution ; org:subOrganizationOf xl:c . xl:b a ov:Institution ; org:subOrganizationOf xl:a . xl:c a ov:Institution ; org:subOrganizationOf xl:b .", &["?"]),
    Case("xl:a a ov:Institution ; org:subOrganizationOf xl:a .", &["?"]),
    // Unknown properties; plain properties of mechanisms are known.
    Case("xl:police ov:powr power:arrest ; ov:zzz 1 ; ov:audits xl:parliament ; ov:oversees xl:parliament .", &["?"]),
    // Records without a class.
    Case("link:x ov:overseen xl:police . xl:x org:classification type:police . norm:x ov:appliesTo type:police . xl:s ov:covers id:xl .", &["?"]),
    Case("link:x a ov:Controll ; ov:overseer xl:police .", &["?"]),
    // Norms.
    Case("norm:x a ov:Norm .", &["?"]),
    Case(
        "norm:x a ov:Norm ; ov:appliesTo type:polise, type:police ; ov:wherePower power:arest ; ov:whereParentOf type:armed-force ;
            ov:whereOversees <urn:x> ; ov:overseerType type:parliment ; ov:mechanismAnyOf mechanism:hearng ; ov:independentOf \"ministries\" ;
            ov:leastEffect effect:bindng ; ov:excludesLimit limit:secret ; ov:polarity \"demand\" ; ov:severity severity:must-not .",
        &["?"],
    ),
    Case(
        "norm:x a ov:Norm ; ov:appliesTo type:police ; ov:polarity \"require\" ; ov:severity severity:must ; ov:atLeast 0 ; ov:atLeastPillars \"two\" .",
        &["?"],
    ),
    Case(
        "norm:x a ov:Norm ; ov:appliesTo type:police ; ov:polarity \"require\", \"forbid\" ; ov:severity severity:must, severity:may ;
            ov:atLeast 1, 2 ; ov:independentOf \"overseen\", \"executive\" ; ov:leastEffect effect:binding, effect:advisory .",
        &["?"],
    ),
    Case("norm:x a ov:Norm ; skos:notation \"A\", \"B\" ; ov:appliesTo type:police ; ov:polarity \"require\" ; ov:severity severity:must ; ov:allMechanisms \"maybe\" ; ov:atLeast 1.5 .", &["?"]),
];

/// Loads Turtle from a file, under the shipped schemes and beside the two bodies.
fn graph_of(turtle: &str) -> Graph {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("bad.ttl");
    std::fs::write(&path, format!("{PREFIXES}{BODIES}{turtle}")).unwrap();
    let mut all = schemes();
    all.extend(documents(&[Source::Path(path)]).unwrap());
    load(&all).unwrap()
}

/// The problems of some Turtle, each as a user sees it but for the folder and the base of IRIs of ours.
fn told(turtle: &str) -> Vec<String> {
    let graph = graph_of(turtle);
    let problems = graph.problems.iter();
    problems
        .map(|problem| {
            assert!(problem.document.ends_with("bad.ttl"), "{problem}");
            let message = problem.to_string();
            let (_, rest) = message.split_once("bad.ttl: <").unwrap();
            rest.replacen("https://w3id.org/oversight/", "", 1).replacen('>', ":", 1)
        })
        .collect()
}

#[test]
fn each_fault_of_a_record_is_told() {
    let mut differences = String::new();
    for Case(turtle, expected) in CASES {
        let found = told(turtle);
        if found != *expected {
            writeln!(differences, "{turtle}\nexpected {expected:#?}\nfound    {found:#?}\n").unwrap();
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

/// Norms come first, for their faults are an error and all others only a warning.
fn kind(fault: &Fault) -> &'static str {
    match fault {
        Fault::Norm(NormFault::Unknown { .. }) => "norm unknown",
        Fault::Norm(NormFault::Missing { .. }) => "norm missing",
        Fault::Norm(NormFault::Number { .. }) => "norm number",
        Fault::Norm(NormFault::Several { .. }) => "norm several",
        Fault::Missing { .. } => "missing",
        Fault::Unknown { .. } => "unknown",
        Fault::Unreadable { .. } => "unreadable",
        Fault::Reversed { .. } => "reversed",
        Fault::Several { .. } => "several",
        Fault::Cycle { .. } => "cycle",
        Fault::UnknownProperty { .. } => "unknown property",
        Fault::Untyped { .. } => "untyped",
        Fault::TooMany { .. } => "too many",
        _ => panic!("a kind of fault that no case below provokes: add one, {fault:?}"),
    }
}

#[test]
fn each_kind_of_fault_has_a_case() {
    let mut kinds: BTreeSet<&str> = BTreeSet::new();
    for Case(turtle, _) in CASES {
        kinds.extend(graph_of(turtle).problems.iter().map(|problem| kind(&problem.fault)));
    }
    // "too many" has a test of its own.
    let all = [
        "cycle", "missing", "norm missing", "norm number", "norm several", "norm unknown", "reversed", "several",
        "unknown", "unknown property", "unreadable", "untyped",
    ];
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), all);
}

#[test]
fn a_scheme_holds_no_more_than_it_can() {
    let mut turtle = String::new();
    // The shipped scheme of limits has eight; 121 more are one too many. "zzz" sorts last.
    for number in 0..120 {
        writeln!(turtle, "limit:l{number:03} a skos:Concept .").unwrap();
    }
    turtle += "limit:zzz a skos:Concept .";
    let graph = graph_of(&turtle);
    assert_eq!(graph.vocabulary.limits.len(), 128);
    assert_eq!(
        told(&turtle),
        ["limit/zzz: is one concept more than the 128 that a scheme can hold; left out"]
    );
    assert_eq!(graph.problems.iter().map(|p| kind(&p.fault)).collect::<Vec<_>>(), ["too many"]);
}

#[test]
fn a_faulty_record_leaves_the_others_alone() {
    let graph = graph_of(
        r#"link:good a ov:Control ; ov:overseer xl:parliament ; ov:overseen xl:police ; ov:mechanism mechanism:hearing ;
            ov:status status:in-force ; ov:effect effect:strong .
        link:bad a ov:Control ; ov:overseer xl:parliament ; ov:overseen xl:police ; ov:mechanism mechanism:hearing ;
            ov:status status:in-force ; schema:startDate "soon" ."#,
    );
    // A value that is ignored leaves its link; a start that cannot be read does not, for an open one would say too much.
    let links: Vec<&str> = graph.network.edge_weights().map(|link| graph.text(link.iri)).collect();
    assert_eq!(links, ["https://w3id.org/oversight/id/xl/link/good"]);
    assert_eq!(graph.network.node_count(), 2);
    assert_eq!(graph.problems.len(), 2);
}

// Errors of sources.

/// A folder for one test; messages name it `DIR`.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.path().join(name), bytes).unwrap();
    }

    fn load(&self, name: &str) -> Result<Graph, RdfError> {
        load(&documents(&[Source::Path(self.path().join(name))])?)
    }

    /// The error, its causes, and the syntax that the text looks like.
    fn error(&self, name: &str) -> String {
        let error = match self.load(name) {
            Ok(graph) => return format!("no error, {} bodies", graph.network.node_count()),
            Err(error) => error,
        };
        let mut text = error.to_string().replace(self.path().to_str().unwrap(), "DIR");
        let mut cause = error.source();
        while let Some(error) = cause {
            write!(text, " | {error}").unwrap();
            cause = error.source();
        }
        if let RdfError::Syntax { looks_like: Some(syntax), .. } = error {
            write!(text, " (looks like {syntax})").unwrap();
        }
        text
    }
}

#[test]
fn a_path_without_rdf_is_told() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    std::fs::create_dir(folder.path().join("csv")).unwrap();
    for name in ["csv/links.csv", "links.csv", "links", "links.gz", "links.csv.zst"] {
        folder.write(name, b"a,b");
    }
    for (name, expected) in [
        ("none.ttl", "?"),
    ] {
        assert_eq!(folder.error(name), expected);
    }
}

/// Text that breaks, by file name.
const BROKEN: &[(&str, &str, &str)] = &[
    ("a.ttl", "@prefix xl: <urn:x:> .\nxl:a xl:b xl:c ;;\n  xl:d .\n", "?"),
    ("b.ttl", "xl:a xl:b xl:c .\n", "?"),
    ("c.ttl", "@prefix xl: <urn:x:> .\nxl:a xl:b \"open .\n", "?"),
    ("d.ttl", "@prefix xl: <urn:x:> .\nxl:a xl:b xl:c", "?"),
    ("e.ttl", "<a b> <urn:p> <urn:o> .", "?"),
    ("f.ttl", "<urn:s> <urn:p> \"x\"^^ .", "?"),
    ("a.nt", "<urn:s> <urn:p> <urn:o> .\n<urn:s> <urn:p> .\n", "?"),
    ("b.nt", "<urn:s> <urn:p> <urn:o> <urn:g> .\n", "?"),
    ("c.nt", "@prefix xl: <urn:x:> .\n", "?"),
    ("a.nq", "<urn:s> <urn:p> <urn:o> <urn:g> .\n<urn:s> <urn:p> <urn:o> <urn:g> <urn:h> .\n", "?"),
    ("a.trig", "@prefix xl: <urn:x:> .\nxl:g { xl:a xl:b xl:c .\n", "?"),
    ("b.trig", "@prefix xl: <urn:x:> .\nxl:g { xl:a xl:b } }\n", "?"),
    ("a.rdf", "<?xml version=\"1.0\"?>\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n<rdf:Description rdf:about=\"urn:s\">\n</rdf:RDF>\n", "?"),
    ("b.rdf", "<rdf:RDF>\n</rdf:RDF>\n", "?"),
    ("c.rdf", "<?xml version=\"1.0\"?>\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n", "?"),
    ("d.xml", "@prefix xl: <urn:x:> .\nxl:a xl:b xl:c .\n", "?"),
    ("e.owl", "<html><body>Not found</body></html>", "?"),
    ("a.jsonld", "{\n  \"@id\": \"urn:s\",\n  \"urn:p\": \n}\n", "?"),
    ("b.jsonld", "{ \"@id\": \"urn:s\", \"urn:p\": \"x\"", "?"),
    ("c.json", "@prefix xl: <urn:x:> .\n", "?"),
    ("d.json", "{ \"@context\": \"https://schema.org/\", \"@id\": \"urn:s\", \"name\": \"x\" }", "?"),
    ("e.json", "[1, 2]", "?"),
    ("rdfxml.ttl", "<?xml version=\"1.0\"?>\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"/>\n", "?"),
    ("json.ttl", "{ \"@id\": \"urn:s\", \"urn:p\": \"x\" }", "?"),
    ("html.ttl", "<!DOCTYPE html>\n<html></html>", "?"),
    ("html2.ttl", "<html lang=\"en\"></html>", "?"),
    ("html.nt", "<!doctype html>\n<html></html>", "?"),
    ("quads.ttl", "<urn:s> <urn:p> <urn:o> <urn:g> .\n", "?"),
    ("trig.ttl", "@prefix xl: <urn:x:> .\nxl:g { xl:a xl:b xl:c . }\n", "?"),
    ("turtle.nq", "PREFIX xl: <urn:x:>\nxl:a xl:b xl:c .\n", "?"),
    ("csv.ttl", "overseer,overseen,mechanism\nparliament,police,hearing\n", "?"),
    ("empty.ttl", "", "?"),
    ("empty.nt", "", "?"),
    ("empty.nq", "", "?"),
    ("empty.trig", "", "?"),
    ("empty.rdf", "", "?"),
    ("empty.jsonld", "", "?"),
];

#[test]
fn broken_text_is_told_with_its_place() {
    let mut differences = String::new();
    for (name, text, expected) in BROKEN {
        let folder = Folder::new();
        folder.write(name, text.as_bytes());
        let found = folder.error(name);
        if found != *expected {
            writeln!(differences, "{name}: {text:?}\nexpected {expected}\nfound    {found}\n").unwrap();
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

/// How bytes are packed.
const PACKINGS: [&str; 3] = ["", ".gz", ".zst"];

fn packed(bytes: &[u8], packing: &str) -> Vec<u8> {
    match packing {
        ".gz" => {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        }
        ".zst" => zstd::encode_all(bytes, 1).unwrap(),
        _ => bytes.to_vec(),
    }
}

fn serialized(format: RdfFormat, quads: &[Quad]) -> Vec<u8> {
    let mut writer = RdfSerializer::from_format(format).for_writer(Vec::new());
    for quad in quads {
        writer.serialize_quad(quad).unwrap();
    }
    writer.finish().unwrap()
}

#[test]
fn a_stream_that_breaks_off_is_told_in_every_syntax() {
    let folder = Folder::new();
    let exland = quads(&fixture());
    let mut differences = String::new();
    for (extension, format) in EXTENSIONS {
        let text = serialized(*format, &exland);
        for packing in [".gz", ".zst"] {
            let whole = packed(&text, packing);
            let name = format!("data.{extension}{packing}");
            let cause = match packing {
                ".gz" => "?",
                _ => "?",
            };
            // In the middle, and just before the end, where every triple has been read already.
            for length in [whole.len() / 2, whole.len() - 1] {
                folder.write(&name, &whole[..length]);
                let (expected, found) = (format!("`DIR/{name}` breaks off or is damaged | {cause}"), folder.error(&name));
                if found != expected {
                    writeln!(differences, "{length} bytes\n  expected {expected}\n  found    {found}").unwrap();
                }
            }
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

#[test]
fn every_syntax_and_packing_gives_the_same_graph() {
    let folder = Folder::new();
    let exland = quads(&fixture());
    let with_schemes = |source: Source| {
        let mut all = schemes();
        all.extend(documents(&[source]).unwrap());
        dump::graph(&load(&all).unwrap(), true)
    };
    let expected = with_schemes(Source::Path(crate::support::exland::folder()));
    assert!(!expected.contains("problem"));
    for (extension, format) in EXTENSIONS {
        let text = serialized(*format, &exland);
        for packing in PACKINGS {
            let name = format!("data.{extension}{packing}");
            folder.write(&name, &packed(&text, packing));
            let found = with_schemes(Source::Path(folder.path().join(&name)));
            let difference = expected.lines().zip(found.lines()).find(|(a, b)| a != b);
            assert_eq!(difference, None, "{name}");
            assert_eq!(expected.len(), found.len(), "{name}");
        }
    }
}

#[test]
fn packing_is_told_by_the_bytes_not_the_name() {
    let folder = Folder::new();
    let text = format!("{PREFIXES}{BODIES}");
    folder.write("plain.ttl.gz", text.as_bytes());
    folder.write("packed.ttl", &packed(text.as_bytes(), ".gz"));
    folder.write("other.ttl.gz", &packed(text.as_bytes(), ".zst"));
    let marked = format!("\u{feff}{text}");
    folder.write("marked.ttl", marked.as_bytes());
    let twice = [packed(text.as_bytes(), ".gz"), packed(b"xl:third a ov:Institution .", ".gz")].concat();
    folder.write("members.ttl.gz", &twice);
    for (name, bodies) in [
        ("plain.ttl.gz", 2), ("packed.ttl", 2), ("other.ttl.gz", 2), ("marked.ttl", 2), ("members.ttl.gz", 3),
    ] {
        assert_eq!(folder.load(name).unwrap().network.node_count(), bodies, "{name}");
    }
}
