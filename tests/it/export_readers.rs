//! What the reference readers of graph formats make of our exports: `tests/export/`, of data that are kind and hostile.

#![expect(clippy::unwrap_used, reason = "a test fails where something is not there")]

use crate::shipped::graph;
use crate::support::tools::{is_there, node, python};
use oversight::export::{Format, Period, Selection, Sink, View};
use oversight::gaps::evaluate;
use oversight::model::{Graph, Norm, Trust, World, load};
use oversight::rdf::{Source, documents};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) fn run(program: &Path, arguments: &[&str]) -> String {
    let root = env!("CARGO_MANIFEST_DIR");
    let output = Command::new(program).args(arguments).current_dir(root).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{} {arguments:?}: {errors:.3000}", program.display());
    String::from_utf8(output.stdout).unwrap()
}

/// A file, or the files of a folder.
pub(crate) struct Place {
    pub(crate) path: PathBuf,
    pub(crate) file: Option<fs::File>,
}

impl Sink for Place {
    fn begin(&mut self, name: &str) -> io::Result<()> {
        fs::create_dir_all(&self.path)?;
        self.file = Some(fs::File::create(self.path.join(name))?);
        Ok(())
    }
}

impl io::Write for Place {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_mut().map_or(Ok(bytes.len()), |file| io::Write::write(file, bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Exports everything on record into `folder` in every graph format, one file a format named by its id.
fn export_all(folder: &Path, graph: &Graph, day: &str) {
    const GRAPH: [&str; 11] = [
        "graphml",
        "gexf",
        "dot",
        "cytoscape",
        "cx2",
        "node-link",
        "jgf",
        "pajek",
        "neo4j",
        "cypher",
        "mermaid",
    ];
    let world = World::new(graph, day.parse().unwrap(), Trust::All);
    let mut selection = Selection::all(Period::AllTime, "en");
    let write = |selection: &Selection, id: &str, name: &str| {
        let norms: Vec<&Norm> = graph.norms.iter().collect();
        let view = View::new(&world, selection, Some(evaluate(&world, &norms)));
        let format = Format::of_id(id).unwrap();
        let path = folder.join(name);
        let file = (!format.several).then(|| fs::File::create(&path).unwrap());
        let loss = format.write(&view, &mut Place { path, file }).unwrap();
        let report = loss.report(format, &view).to_string();
        fs::write(folder.join(format!("{name}.loss.json")), report).unwrap();
    };
    for id in GRAPH {
        write(&selection, id, id);
    }
    selection.edges_key = "links";
    write(&selection, "node-link", "node-link-links");
}

/// Reads what was exported by every reader, and returns the number of nodes.
fn read_all(folder: &Path) -> Option<u64> {
    let python = python()?;
    if !is_there("Graphviz", Path::new("dot"), "-V") {
        return None;
    }
    let read: Value =
        serde_json::from_str(&run(&python, &["tests/export/read.py", folder.to_str().unwrap()])).unwrap();
    if let Some((node, modules)) = node() {
        let arguments = ["tests/export/read.mjs", modules.to_str().unwrap(), folder.to_str().unwrap()];
        let drawn: Value = serde_json::from_str(&run(&node, &arguments)).unwrap();
        assert_eq!([&drawn["nodes"], &drawn["edges"]], [&read["nodes"], &read["edges"]]);
    }
    read["nodes"].as_u64()
}

#[test]
fn readers_find_a_country_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    export_all(folder.path(), &graph(&["data/no/"]), "2026-11-23");
    if let Some(nodes) = read_all(folder.path()) {
        assert!(nodes > 50, "{nodes}");
    }
}

/// Texts that break what is not written with care.
fn hostile() -> Vec<String> {
    let mut texts: Vec<String> = [
        "\"double\" and 'single' quotes",
        "back\\slash, \\n, \\u0041, \\",
        "<script>alert(1)</script><!-- --> ]]> <![CDATA[",
        "&amp; &lt; &#0; %s {0} ${x} `tick` #quot; :::x",
        "משרד הביטחון \u{202e}abc\u{202c}",
        "police 👮\u{200d}♀️ and \u{10ffff}",
        "one\ntwo\r\nthree\rfour\u{2028}five\u{85}six",
        "controls \u{1} \u{8} \u{b} \u{c} \u{1f} \u{7f} \u{9f} \u{fffe} \u{ffff}",
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\ttab first",
        "\rreturn first",
        "a;b|c,d",
        "end",
        "graph",
        "--> x[y](z){w}",
        "// not a comment /* nor this */ ; MATCH (n) DETACH DELETE n;",
        "null",
        " space before and after ",
        "*Arcs",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.push("long ".repeat(20_000));
    texts
}

/// Bodies that are called and described by hostile texts, and a link by each over the next, two in parallel.
pub(crate) fn hostile_data() -> String {
    let escape = |text: &str| {
        text.chars().fold(String::new(), |mut all, c| {
            // Readers take long over escapes, and letters need none.
            let _ = match c {
                'a'..='z' | ' ' => write!(all, "{c}"),
                _ => write!(all, "\\U{:08X}", u32::from(c)),
            };
            all
        })
    };
    let mut data = String::from(
        "@prefix ov: <https://w3id.org/oversight/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
         @prefix org: <http://www.w3.org/ns/org#> . @prefix schema: <https://schema.org/> .\n\
         @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix type: <https://w3id.org/oversight/type/> .\n\
         @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix dcterms: <http://purl.org/dc/terms/> .\n\
         @prefix eli: <http://data.europa.eu/eli/ontology#> . @prefix id: <https://w3id.org/oversight/id/xx/> .\n",
    );
    let texts = hostile();
    for (at, text) in texts.iter().enumerate() {
        let (text, next) = (escape(text), (at + 1) % texts.len());
        let _ = writeln!(
            data,
            "id:b{at} a ov:Institution ; skos:prefLabel \"{text}\"@en , \"{text}\"@ar , \"{text}\"@sr-Latn , \"{text}\" ;\n\
             skos:altLabel \"{text}\" , \"x;{text}\" ; org:classification type:police , type:court ; ov:headTitle \"{text}\"@en ;\n\
             rdfs:comment \"{text}\"@en , \"{text}\"@he ; dcterms:source <https://x.example/a;b,c'd> , <urn:x:y> ;\n\
             schema:foundingDate \"19{:02}\"^^xsd:gYear ; schema:dissolutionDate \"2030-02\"^^xsd:gYearMonth .\n\
             id:act{at} a ov:LegalAct ; eli:title \"{text}\"@en , \"{text}\"@uk .",
            at + 10
        );
        for (link, start, end) in [("a", "2000-01-31", "2001-03-01"), ("b", "2000-01-01", "2000-01-01")] {
            let _ = writeln!(
                data,
                "<https://w3id.org/oversight/id/xx/link/{link}{at}> a ov:Control ; ov:overseer id:b{at} ; ov:overseen id:b{next} ;\n\
                 ov:mechanism <https://w3id.org/oversight/mechanism/hearing> ; ov:legalBasis id:act{at} ;\n\
                 ov:status <https://w3id.org/oversight/status/in-force> ; rdfs:comment \"{text}\"@en , \"{text}\"@fa ;\n\
                 schema:startDate \"{start}\"^^xsd:date ; schema:endDate \"{end}\"^^xsd:date ."
            );
        }
    }
    // A third text in one language, for which there is no field.
    data.push_str("id:b0 ov:headTitle \"second\"@en , \"third\"@en .\n");
    // Ids of strangers, and a body without a name.
    data.push_str(
        "<http://stranger.example/a_x20b?c=(d)&e='f'#g> a ov:Institution ; org:classification type:ngo .\n\
         <http://stranger.example/a_x20_b> a ov:Institution ; org:classification type:ngo ; skos:prefLabel \"x\"@en .\n",
    );
    data
}

#[test]
fn readers_find_hostile_texts_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data.ttl");
    fs::write(&data, hostile_data()).unwrap();
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    let sources = documents(&[Source::Shipped("ontology/".to_owned()), Source::Path(data)]).unwrap();
    export_all(&out, &load(&sources).unwrap(), "2024-06-01");
    // Node-link JSON first: what it holds is what went in.
    let records: Value = serde_json::from_slice(&fs::read(out.join("node-link")).unwrap()).unwrap();
    let nodes = records["nodes"].as_array().unwrap();
    let texts = hostile();
    assert_eq!(nodes.len(), texts.len() + 2);
    assert_eq!(records["edges"].as_array().unwrap().len(), texts.len() * 2);
    for (at, text) in texts.iter().enumerate() {
        let id = format!("https://w3id.org/oversight/id/xx/b{at}");
        let node = nodes.iter().find(|node| node["id"] == id.as_str()).unwrap();
        for field in ["label", "label_ar", "label_sr_latn", "label_plain", "head", "comment", "comment_he"] {
            assert_eq!(node[field], text.as_str(), "{field} of {id}");
        }
        assert_eq!(node["founded"], format!("19{:02}", at + 10));
        assert_eq!(node["dissolved"], "2030-02");
        let mut names = [text.clone(), format!("x;{text}")];
        names.sort();
        assert_eq!(node["other_names"], serde_json::json!(names));
        let link = format!("https://w3id.org/oversight/id/xx/link/a{at}");
        let edge =
            records["edges"].as_array().unwrap().iter().find(|edge| edge["key"] == link.as_str()).unwrap();
        for field in ["comment", "comment_fa", "act_title"] {
            assert_eq!(edge[field], text.as_str(), "{field} of {link}");
        }
    }
    let lost: Value = serde_json::from_slice(&fs::read(out.join("node-link.loss.json")).unwrap()).unwrap();
    let beyond = "texts beyond the second of one language";
    let third = lost["lost"].as_array().unwrap().iter().find(|entry| entry["what"] == beyond).unwrap();
    assert_eq!(third["count"], 1);
    assert!(read_all(&out).is_none_or(|nodes| nodes == texts.len() as u64 + 2));
}
