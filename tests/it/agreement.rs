//! Several ways, one answer: the evaluator, and engines that we did not write, on the SPARQL and SHACL that norms are
//! written as.
//!
//! Exland has one of everything, Ukraine is real, and small random worlds find what neither has: proptest shrinks a
//! disagreement to a few triples. Oxigraph runs in this process; SHACL engines and a Virtuoso server run in one of their
//! own. `tests/agreement/run.py` does the same at large.
#![expect(clippy::unwrap_used, reason = "a fixture that cannot be read fails the test")]

use crate::support::engines::{Engines, Pairs};
use crate::support::exland::{self, quads};
use crate::support::tools::python;
use crate::support::worlds::{ON, Small, small};
use oversight::gaps::shacl::shapes;
use oversight::gaps::sparql::{Form, query};
use oversight::gaps::{Trust, Verdict, World, evaluate};
use oversight::model::{Day, Graph, Norm};
use oversight::rdf::{Document, RdfFormat, RdfSerializer, Source, documents};
use oversight::store::{Guard, Loading, ResultFormat, Store, write};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Institution and verdict, by norm.
type Verdicts = BTreeMap<String, BTreeSet<(String, String)>>;

/// Norms and the words that they use, data to hold against them, and how.
struct Case {
    norms: Vec<Document>,
    data: Vec<Document>,
    day: Day,
    trust: Trust,
    /// Ids of the norms to ask for; all if empty.
    only: &'static [&'static str],
}

impl Case {
    fn new(norms: Source, data: Source, day: &str, trust: Trust) -> Self {
        let (norms, data) = (documents(&[norms]).unwrap(), documents(&[data]).unwrap());
        Self { norms, data, day: day.parse().unwrap(), trust, only: &[] }
    }

    fn chosen<'g>(&self, graph: &'g Graph) -> Vec<&'g Norm> {
        let norms = graph.norms.iter();
        norms.filter(|norm| self.only.is_empty() || self.only.contains(&norm.id.as_str())).collect()
    }

    fn exland() -> Vec<Self> {
        let case = |day, trust| {
            Self::new(Source::Shipped("ontology/schemes/".into()), Source::Path(exland::folder()), day, trust)
        };
        vec![
            case("2024-06-01", Trust::All),
            case("2024-06-01", Trust::VerifiedOnly),
            case("2019-12-31", Trust::All),
            case("2020-01-01", Trust::All),
        ]
    }

    fn ukraine() -> Self {
        let (norms, data) = (Source::Shipped("ontology/".into()), Source::Shipped("data/ua/".into()));
        Self::new(norms, data, "2026-11-23", Trust::All)
    }

    fn random(world: &Small, verified_only: bool, folder: &Path) -> Self {
        let path = folder.join("world.ttl");
        fs::write(&path, world.turtle()).unwrap();
        let trust = if verified_only { Trust::VerifiedOnly } else { Trust::All };
        Self::new(Source::Shipped("ontology/schemes/".into()), Source::Path(path), ON, trust)
    }

    fn documents(&self) -> Vec<Document> {
        self.norms.iter().chain(&self.data).cloned().collect()
    }

    fn verdicts(&self, graph: &Graph) -> Verdicts {
        let norms = self.chosen(graph);
        let mut verdicts = Verdicts::new();
        for finding in evaluate(&World::new(graph, self.day, self.trust), &norms) {
            let pair = (graph.iri(finding.institution).to_owned(), finding.verdict.slug().to_owned());
            verdicts.entry(finding.norm.id.clone()).or_default().insert(pair);
        }
        verdicts
    }

    /// Compares both forms of the queries of all norms, on Oxigraph, with the evaluator; returns how many pairs of norm
    /// and institution were compared.
    fn agrees_with_oxigraph(&self) -> Result<usize, String> {
        let loading = Loading::read(&self.documents()).unwrap();
        let expected = self.verdicts(&loading.graph);
        let queries: Vec<(String, [String; 2])> = self
            .chosen(&loading.graph)
            .into_iter()
            .map(|norm| {
                let text = |form| query(&loading.graph, norm, self.day, self.trust, form);
                (norm.id.clone(), [text(Form::NotMet), text(Form::Verdicts)])
            })
            .collect();
        let store = Store::new(loading, self.day, self.trust).unwrap();
        let mut pairs = 0;
        let nothing = BTreeSet::new();
        for (id, [not_met, verdicts]) in &queries {
            let expected = expected.get(id).unwrap_or(&nothing);
            pairs += expected.len();
            let given: BTreeSet<(String, String)> =
                rows(&store, verdicts).into_iter().map(|mut row| (row.remove(0), row.remove(0))).collect();
            if given != *expected {
                return Err(format!(
                    "{id} on {}\n{}\n{verdicts}",
                    self.day,
                    apart("SPARQL", &given, expected)
                ));
            }
            let given: BTreeSet<String> =
                rows(&store, not_met).into_iter().map(|mut row| row.remove(0)).collect();
            let unmet = expected.iter().filter(|(_, verdict)| verdict != Verdict::Met.slug());
            let unmet: BTreeSet<String> = unmet.map(|(institution, _)| institution.clone()).collect();
            if given != unmet {
                return Err(format!("{id} on {}\n{}\n{not_met}", self.day, apart("SPARQL", &given, &unmet)));
            }
        }
        Ok(pairs)
    }

    /// Compares what each engine names as not met, on the data alone, with the evaluator; returns how many pairs of
    /// norm and institution are not met.
    fn agrees_with(&self, engines: &mut Engines) -> Result<usize, String> {
        let graph = Loading::read(&self.documents()).unwrap().graph;
        let mut expected = Pairs::new();
        for (norm, bodies) in self.verdicts(&graph) {
            let unmet = bodies.into_iter().filter(|(_, verdict)| verdict != Verdict::Met.slug());
            expected.extend(unmet.map(|(institution, _)| (norm.clone(), institution)));
        }
        let folder = tempfile::tempdir().unwrap();
        self.write(&graph, folder.path());
        for (name, given) in engines.ask(folder.path()) {
            match given {
                Err(failure) => return Err(format!("{name} on {}: {failure}", self.day)),
                Ok(given) if given != expected => {
                    return Err(format!("{name} on {}\n{}", self.day, apart(&name, &given, &expected)));
                }
                Ok(_) => {}
            }
        }
        Ok(expected.len())
    }

    /// Writes data, shapes and queries as `tests/agreement/engines.py` reads them.
    fn write(&self, graph: &Graph, folder: &Path) {
        let mut triples = RdfSerializer::from_format(RdfFormat::NTriples).for_writer(Vec::new());
        for quad in quads(&self.data) {
            let triple: oversight::rdf::Triple = quad.into();
            triples.serialize_triple(&triple).unwrap();
        }
        fs::write(folder.join("data.nt"), triples.finish().unwrap()).unwrap();
        let norms = self.chosen(graph);
        fs::write(folder.join("shapes.ttl"), shapes(graph, &norms, self.day, self.trust, Form::NotMet))
            .unwrap();
        let queries = folder.join("sparql");
        fs::create_dir(&queries).unwrap();
        for norm in norms {
            let text = query(graph, norm, self.day, self.trust, Form::NotMet);
            fs::write(queries.join(format!("{}.rq", norm.id)), text).unwrap();
        }
    }
}

fn apart<T: Ord + std::fmt::Debug>(name: &str, given: &BTreeSet<T>, expected: &BTreeSet<T>) -> String {
    let alone = |a: &BTreeSet<T>, b: &BTreeSet<T>| format!("{:?}", a.difference(b).collect::<Vec<_>>());
    format!("evaluator alone: {}\n{name} alone: {}", alone(expected, given), alone(given, expected))
}

fn rows(store: &Store, query: &str) -> Vec<Vec<String>> {
    let mut csv = Vec::new();
    write(store.query(query).unwrap(), ResultFormat::Csv, &Guard::default(), &mut csv).unwrap();
    let mut reader = csv::Reader::from_reader(&csv[..]);
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn exland_on_the_days_of_its_bounds() {
    for case in Case::exland() {
        let pairs = case.agrees_with_oxigraph().unwrap_or_else(|error| panic!("{error}"));
        assert!(pairs > 0, "nobody was in scope on {}", case.day);
    }
}

#[test]
fn ukraine_with_shipped_norms() {
    let case = Case { only: FEW_OF_UKRAINE, ..Case::ukraine() };
    let pairs = case.agrees_with_oxigraph().unwrap_or_else(|error| panic!("{error}"));
    assert!(pairs > 16, "only {pairs} pairs of norm and institution");
}

/// Compares cases, in all of which together so many pairs at least are not met.
fn agree(engines: &mut Engines, cases: &[Case], least: usize) {
    let mut pairs = 0;
    for case in cases {
        pairs += case.agrees_with(engines).unwrap_or_else(|error| panic!("{error}"));
    }
    assert!(pairs >= least, "only {pairs} pairs of norm and institution are not met");
}

#[test]
fn exland_on_engines_that_we_did_not_write() {
    let Some(mut engines) = Engines::start(&["shacl", "turbo"]) else { return };
    agree(&mut engines, &Case::exland(), 100);
}

#[test]
fn ukraine_on_an_engine_that_we_did_not_write() {
    let Some(mut engines) = Engines::start(&["shacl"]) else { return };
    agree(&mut engines, &[Case { only: FEW_OF_UKRAINE, ..Case::ukraine() }], 10);
}

#[test]
fn exland_and_ukraine_on_virtuoso() {
    let Some(mut engines) = Engines::start(&["virtuoso"]) else { return };
    agree(&mut engines, &Case::exland()[..1], 40);
    agree(&mut engines, &[Case { only: FEW_OF_UKRAINE, ..Case::ukraine() }], 10);
}

/// Norms that Ukraine does not meet everywhere: all together take minutes, here and in SHACL engines.
const FEW_OF_UKRAINE: &[&str] = &["IPU-08", "MIA-04", "MIA-12"];

/// One norm of each kind of scope and of evidence, for pySHACL takes a second for each.
const FEW: &[&str] =
    &["XL-01", "XL-04", "XL-07", "XL-09", "XL-22", "XL-25", "XL-29", "XL-40", "XL-47", "XL-48"];

#[test]
fn exland_on_pyshacl() {
    let Some(mut engines) = Engines::start(&["pyshacl"]) else { return };
    let case = Case::exland().swap_remove(0);
    agree(&mut engines, &[Case { only: FEW, ..case }], 5);
}

/// As a stranger does it: our file, our data, the command of pySHACL, nothing else. Each result has our verdict.
#[test]
fn pyshacl_by_its_command_names_our_gaps() {
    let Some(python) = python() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (shapes, data) = (folder.path().join("shapes.ttl"), folder.path().join("data.ttl"));
    let exland = exland::folder();
    let norms = exland.join("norms.ttl");
    let select =
        ["--norms", norms.to_str().unwrap(), "--as-of", "2024-06-01", "--norm", "XL-04", "XL-40", "XL-48"];
    let ours = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_oversight"));
        let output = command.args(args).args(select).env_clear().output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    ours(&["norms", "--to", "shacl", "--verdicts", "-o", shapes.to_str().unwrap()]);
    let findings = ours(&["gaps", "--from", exland.to_str().unwrap(), "--quiet", "--format", "json"]);
    let findings: Vec<serde_json::Value> = serde_json::from_slice(&findings).unwrap();
    let expected: BTreeSet<[String; 3]> = findings
        .iter()
        .filter(|finding| finding["verdict"] != Verdict::Met.slug())
        .map(|finding| {
            let text = |key: &str| finding[key].as_str().unwrap();
            let shape = format!("<https://w3id.org/oversight/shape/{}>", text("norm"));
            [shape, text("institution").to_owned(), format!("Literal(\"{}\")", text("verdict"))]
        })
        .collect();
    let verdicts: BTreeSet<&String> = expected.iter().map(|[_, _, verdict]| verdict).collect();
    assert!(expected.len() > 2 && verdicts.len() > 1, "{expected:?}");
    let parts = ["institutions.ttl", "links.ttl", "powers.ttl", "surveys.ttl"];
    let text: String = parts.iter().map(|part| fs::read_to_string(exland.join(part)).unwrap()).collect();
    fs::write(&data, text).unwrap();

    let output =
        Command::new(python.with_file_name("pyshacl")).arg("-s").args([&shapes, &data]).output().unwrap();
    let report = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{report}");
    let after = |line: &str, name: &str| line.trim().strip_prefix(name).map(str::to_owned);
    let named = |name: &str| report.lines().filter_map(|line| after(line, name)).collect::<Vec<_>>();
    // pySHACL writes IRIs with the prefixes of the data.
    let bodies = named("Focus Node: ")
        .into_iter()
        .map(|node| node.replace("xl:", "https://w3id.org/oversight/id/xl/"));
    let results = named("Source Shape: ").into_iter().zip(bodies).zip(named("Value Node: "));
    let given: BTreeSet<[String; 3]> = results.map(|((shape, body), value)| [shape, body, value]).collect();
    assert_eq!(given, expected, "{report}");
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        max_shrink_iters: 400,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::default()
    })]

    #[test]
    fn random_worlds(world in small(), verified_only in any::<bool>()) {
        let folder = tempfile::tempdir().unwrap();
        if let Err(error) = Case::random(&world, verified_only, folder.path()).agrees_with_oxigraph() {
            return Err(TestCaseError::fail(format!("{error}\n{}", world.turtle())));
        }
    }
}

/// Holds random worlds against engines, and shrinks what they disagree on.
fn on_random_worlds(names: &[&str], cases: u32, seed: u64) {
    let Some(engines) = Engines::start(names) else { return };
    let engines = RefCell::new(engines);
    let config = ProptestConfig {
        cases,
        max_shrink_iters: 400,
        max_global_rejects: cases / 8,
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let outcome = proptest::test_runner::TestRunner::new(config).run(
        &(small(), any::<bool>()),
        |(world, verified_only)| {
            let folder = tempfile::tempdir().unwrap();
            let case = Case::random(&world, verified_only, folder.path());
            let Err(error) = case.agrees_with(&mut engines.borrow_mut()) else { return Ok(()) };
            // Virtuoso may answer otherwise, or find no plan, with what else it holds: one just started has the last word.
            engines.replace(Engines::start(names).unwrap());
            match case.agrees_with(&mut engines.borrow_mut()) {
                Ok(_) => Err(TestCaseError::reject(error)),
                Err(again) if again.contains("Internal error") => Err(TestCaseError::reject(again)),
                Err(again) => Err(TestCaseError::fail(format!("{again}\n{}", world.turtle()))),
            }
        },
    );
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn random_worlds_on_engines_that_we_did_not_write() {
    on_random_worlds(&["shacl", "turbo"], 24, 2);
}

#[test]
fn random_worlds_on_virtuoso() {
    on_random_worlds(&["virtuoso"], 16, 3);
}

/// An overseer without a type has no pillar; Virtuoso computes the pillar of what is not there, too.
#[test]
fn an_overseer_without_a_type_has_no_pillar_on_any_engine() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.ttl");
    fs::write(&path, UNTYPED).unwrap();
    let case = Case::new(Source::Shipped("ontology/schemes/".into()), Source::Path(path), ON, Trust::All);
    assert_eq!(case.agrees_with_oxigraph(), Ok(1));
    let Some(mut engines) = Engines::start(&["shacl", "virtuoso"]) else { return };
    agree(&mut engines, &[case], 1);
}

const UNTYPED: &str = r#"
@prefix id: <https://w3id.org/oversight/id/xa/> .
@prefix mechanism: <https://w3id.org/oversight/mechanism/> .
@prefix norm: <https://w3id.org/oversight/norm/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix ov: <https://w3id.org/oversight/ns#> .
@prefix severity: <https://w3id.org/oversight/severity/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix status: <https://w3id.org/oversight/status/> .
@prefix type: <https://w3id.org/oversight/type/> .

norm:OUR-1 a ov:Norm ; skos:notation "OUR-1" ; ov:severity severity:must ; ov:polarity "require" ;
    ov:appliesTo type:ministry ; ov:mechanismAnyOf mechanism:inspection ; ov:independentOf "executive" .
id:ministry a ov:Institution ; org:classification type:ministry .
id:overseer a ov:Institution .
id:link a ov:Control ; ov:overseer id:overseer ; ov:overseen id:ministry ;
    ov:mechanism mechanism:inspection ; ov:status status:in-force .
"#;
