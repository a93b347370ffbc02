//! What the reference readers make of our exports, graphs and tables: `tests/export/`, of data that are kind and hostile.

#![expect(clippy::unwrap_used, reason = "a test fails where something is not there")]

use crate::shipped::graph;
use crate::support::tools::{is_there, node, python, run};
use oversight::export::{FORMATS, Format, Period, Selection, Sink, View};
use oversight::gaps::evaluate;
use oversight::model::{Graph, Norm, Trust, World, load};
use oversight::rdf::{Source, documents};
use oversight::report::FindingRecord;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A file, or the files of a folder.
struct Place {
    path: PathBuf,
    file: Option<fs::File>,
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

/// Exports everything on record into `folder`: a file or folder a format, called by its id, with its loss report beside
/// it; and `truth.json`, acts and findings as they went in.
fn export_all(folder: &Path, graph: &Graph, day: &str) {
    let world = World::new(graph, day.parse().unwrap(), Trust::All);
    let norms: Vec<&Norm> = graph.norms.iter().collect();
    let write = |name: &str, format: &Format, ask: fn(&mut Selection)| {
        let mut selection = Selection::all(Period::AllTime, "en");
        ask(&mut selection);
        let view = View::new(&world, &selection, Some(evaluate(&world, &norms)));
        let path = folder.join(name);
        let file = (!format.several).then(|| fs::File::create(&path).unwrap());
        let loss = format.write(&view, &mut Place { path, file }).unwrap();
        fs::write(folder.join(format!("{name}.loss.json")), loss.report(format, &view).to_string()).unwrap();
    };
    for format in FORMATS.iter().filter(|format| !format.is_rdf() && format.missing_feature().is_none()) {
        write(format.id, format, |_| ());
    }
    write("node-link-links", Format::of_id("node-link").unwrap(), |asked| asked.edges_key = "links");
    write("csv-exact", Format::of_id("csv").unwrap(), |asked| asked.exact = true);
    let findings = evaluate(&world, &norms);
    let findings: Vec<FindingRecord> = findings.iter().map(|f| FindingRecord::new(&world, f)).collect();
    let acts: Vec<Value> = graph
        .acts
        .iter()
        .map(|act| {
            let title = act.titles.pick(&graph.texts, "en").map(|text| graph.text(text));
            json!({"id": graph.text(act.iri), "title": title, "adopted": act.adopted.map(|date| date.to_string())})
        })
        .collect();
    fs::write(folder.join("truth.json"), json!({"findings": findings, "acts": acts}).to_string()).unwrap();
}

fn json_of(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// Has every file read by its readers, and returns what they say of graphs and of tables.
fn read_all(folder: &Path) -> Option<[Value; 2]> {
    let schema = json_of(Path::new("tests/export/schemas/json-graph-schema_v2.json"));
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut jgf = json_of(&folder.join("jgf"));
    let faults: Vec<String> =
        validator.iter_errors(&jgf).map(|fault| format!("{}: {fault:.300}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:?}");
    jgf["graph"]["edges"][0]["source"] = json!(1);
    assert!(!validator.is_valid(&jgf), "the schema would notice");

    let python = python()?;
    if !is_there("Graphviz", Path::new("dot"), "-V") {
        return None;
    }
    let at = folder.to_str().unwrap();
    let by = |program: &Path, arguments: &[&str]| serde_json::from_str(&run(program, arguments)).unwrap();
    let graphs: Value = by(&python, &["tests/export/read.py", at]);
    if let Some((node, modules)) = node() {
        let drawn: Value = by(&node, &["tests/export/read.mjs", modules.to_str().unwrap(), at]);
        assert_eq!([&drawn["nodes"], &drawn["edges"]], [&graphs["nodes"], &graphs["edges"]]);
    }
    Some([graphs, by(&python, &["tests/export/read_tables.py", at])])
}

#[test]
fn readers_find_a_country_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    export_all(folder.path(), &graph(&["data/no/"]), "2026-11-23");
    if let Some([graphs, tables]) = read_all(folder.path()) {
        assert!(graphs["nodes"].as_u64().unwrap() > 50, "{graphs}");
        assert_eq!(graphs["nodes"], tables["nodes"]);
        assert!(tables["findings"].as_u64().unwrap() > 50, "{tables}");
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
    let records = json_of(&out.join("node-link"));
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
    let lost = json_of(&out.join("node-link.loss.json"));
    let beyond = "texts beyond the second of one language";
    let third = lost["lost"].as_array().unwrap().iter().find(|entry| entry["what"] == beyond).unwrap();
    assert_eq!(third["count"], 1);
    // No cell of the form for spreadsheets runs as a formula.
    for table in ["nodes", "edges", "acts"] {
        let text = fs::read_to_string(out.join(format!("csv/{table}.csv"))).unwrap();
        let text = text.strip_prefix('\u{feff}').unwrap();
        for row in csv::Reader::from_reader(text.as_bytes()).records() {
            for cell in &row.unwrap() {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
            }
        }
    }
    if let Some([graphs, tables]) = read_all(&out) {
        assert_eq!(graphs["nodes"], texts.len() + 2);
        assert_eq!(graphs["nodes"], tables["nodes"]);
        assert!(tables["guarded"].as_u64().unwrap() > 50, "{tables}");
    }
}
