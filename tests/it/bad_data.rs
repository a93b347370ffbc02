//! What is wrong in data, and exactly what is said of it: each fault of a record, each error of a source, in each
//! syntax; and that a syntax or a compression by itself changes nothing.
//!
//! Messages are compared whole: they are what a user has to go by.
#![expect(clippy::unwrap_used, reason = "a test that cannot write its file fails")]

use crate::support::dump;
use crate::support::exland::{PREFIXES, fixture, quads, schemes};
use oversight::model::{Fault, Graph, NormFault, load};
use oversight::rdf::{EXTENSIONS, Quad, RdfError, RdfFormat, RdfSerializer, Source, UTF_16, documents};
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
    Case(
        "link:x a ov:Control .",
        &[
            "id/xl/link/x: has no `ov:mechanism`; left out",
            "id/xl/link/x: has no `ov:overseen`; left out",
            "id/xl/link/x: has no `ov:overseer`; left out",
            "id/xl/link/x: has no `ov:status`; left out",
        ],
    ),
    Case(
        "xl:g a ov:PowerGrant . xl:s a ov:Survey .",
        &[
            "id/xl/g: has no `ov:holder`; left out",
            "id/xl/g: has no `ov:power`; left out",
            "id/xl/s: has no `ov:covers`; left out",
        ],
    ),
    // Unknown.
    Case(
        "link:x a ov:Control ; ov:overseer xl:parlament ; ov:overseen <urn:nobody> ;
            ov:mechanism mechanism:hearng ; ov:status status:inforce .",
        &[
            "id/xl/link/x: its `ov:mechanism` `https://w3id.org/oversight/mechanism/hearng` is not on record (nearest: `hearing`); left out",
            "id/xl/link/x: its `ov:overseen` `urn:nobody` is not on record; left out",
            "id/xl/link/x: its `ov:overseer` `https://w3id.org/oversight/id/xl/parlament` is not on record (nearest: `https://w3id.org/oversight/id/xl/parliament`); left out",
            "id/xl/link/x: its `ov:status` `https://w3id.org/oversight/status/inforce` is not on record (nearest: `in-force`); left out",
        ],
    ),
    Case(
        r#"link:x a ov:Control ; ov:overseer xl:parliament ; ov:overseen xl:police ;
            ov:mechanism mechanism:hearing ; ov:status status:in-force ; ov:effect effect:binds ;
            ov:limit limit:secret, limit:secrecy ; ov:verified "yes" ."#,
        &[
            "id/xl/link/x: its `ov:effect` `https://w3id.org/oversight/effect/binds` is not on record (nearest: `binding`); ignored",
            "id/xl/link/x: its `ov:limit` `https://w3id.org/oversight/limit/secret` is not on record (nearest: `secrecy`); ignored",
            "id/xl/link/x: its `ov:verified` `yes` is not true or false; ignored",
        ],
    ),
    Case(
        "link:x a ov:Control ; ov:overseer xl:parliament ; ov:overseen xl:police ;
            ov:mechanism <urn:hearing> ; ov:status status:in-force .",
        &["id/xl/link/x: its `ov:mechanism` `urn:hearing` is not on record; left out"],
    ),
    Case(
        r#"link:x a ov:Control ; ov:overseer xl:parliament ; ov:overseen xl:police ; ov:mechanism "hearing" ;
            ov:status "in-force" ."#,
        &[
            "id/xl/link/x: its `ov:mechanism` `hearing` is not on record (nearest: `https://w3id.org/oversight/mechanism/hearing`); left out",
        ],
    ),
    Case(
        "xl:x a ov:Institution ; org:classification type:polise ; org:subOrganizationOf xl:polise ;
            ov:power power:fly .",
        &[
            "id/xl/x: its `org:classification` `https://w3id.org/oversight/type/polise` is not on record (nearest: `police`); ignored",
            "id/xl/x: its `org:subOrganizationOf` `https://w3id.org/oversight/id/xl/polise` is not on record (nearest: `https://w3id.org/oversight/id/xl/police`); ignored",
            "id/xl/x: its `ov:power` `https://w3id.org/oversight/power/fly` is not on record; ignored",
        ],
    ),
    Case(
        "xl:g a ov:PowerGrant ; ov:holder xl:polic ; ov:power power:arest .",
        &[
            "id/xl/g: its `ov:holder` `https://w3id.org/oversight/id/xl/polic` is not on record (nearest: `https://w3id.org/oversight/id/xl/police`); left out",
            "id/xl/g: its `ov:power` `https://w3id.org/oversight/power/arest` is not on record (nearest: `arrest`); left out",
        ],
    ),
    Case(
        "id:xl a ov:Country . xl:s a ov:Survey ; ov:covers id:xl ; ov:mechanism mechanism:audit .",
        &[
            "id/xl/s: its `ov:mechanism` `https://w3id.org/oversight/mechanism/audit` is not on record; ignored",
        ],
    ),
    // Unreadable.
    Case(
        r#"link:x a ov:Control ; ov:overseer xl:parliament ; ov:overseen xl:police ;
            ov:mechanism mechanism:hearing ; ov:status status:in-force ; schema:startDate "24.08.1991" ;
            schema:endDate "2023-02-29"^^xsd:date ."#,
        &[
            "id/xl/link/x: its `schema:endDate` `2023-02-29` is not a date of the calendar (YYYY, YYYY-MM or YYYY-MM-DD); left out",
            "id/xl/link/x: its `schema:startDate` `24.08.1991` is not a date of the calendar (YYYY, YYYY-MM or YYYY-MM-DD); left out",
        ],
    ),
    Case(
        r#"xl:x a ov:Institution ; schema:foundingDate "long ago"@en . id:xl a ov:Country . xl:s a ov:Survey ; ov:covers id:xl ;
            ov:surveyedOn "2024-13" ."#,
        &[
            "id/xl/s: its `ov:surveyedOn` `2024-13` is not a date of the calendar (YYYY, YYYY-MM or YYYY-MM-DD); ignored",
            "id/xl/x: its `schema:foundingDate` `long ago` is not a date of the calendar (YYYY, YYYY-MM or YYYY-MM-DD); ignored",
        ],
    ),
    Case(
        r#"xl:x a ov:LegalAct ; eli:date_document "n.d." ; eli:first_date_entry_in_force "" ;
            eli:date_no_longer_in_force "0000" ."#,
        &[
            "id/xl/x: its `eli:date_document` `n.d.` is not a date of the calendar (YYYY, YYYY-MM or YYYY-MM-DD); ignored",
            "id/xl/x: its `eli:date_no_longer_in_force` `0000` is not a date of the calendar (YYYY, YYYY-MM or YYYY-MM-DD); ignored",
            "id/xl/x: its `eli:first_date_entry_in_force` `` is not a date of the calendar (YYYY, YYYY-MM or YYYY-MM-DD); ignored",
        ],
    ),
    // Reversed.
    Case(
        r#"link:x a ov:Control ; ov:overseer xl:parliament ; ov:overseen xl:police ;
            ov:mechanism mechanism:hearing ; ov:status status:in-force ; schema:startDate "2020-05" ;
            schema:endDate "2019" ."#,
        &["id/xl/link/x: ends on 2019, before it starts on 2020-05: no day lies between"],
    ),
    Case(
        r#"xl:x a ov:Institution ; schema:foundingDate "2020-05-02" ; schema:dissolutionDate "2020-05-01" ."#,
        &["id/xl/x: ends on 2020-05-01, before it starts on 2020-05-02: no day lies between"],
    ),
    // Several.
    Case(
        r#"link:x a ov:Control ; ov:overseer xl:police, xl:parliament ; ov:overseen xl:police ;
            ov:mechanism mechanism:hearing ; ov:status status:repealed, status:in-force ;
            schema:startDate "2021", "2020", "2020"^^xsd:gYear ; ov:effect effect:binding, effect:advisory ."#,
        &[
            "id/xl/link/x: has 2 values of `ov:effect`; `https://w3id.org/oversight/effect/advisory` is used",
            "id/xl/link/x: has 2 values of `ov:overseer`; `https://w3id.org/oversight/id/xl/parliament` is used",
            "id/xl/link/x: has 2 values of `ov:status`; `https://w3id.org/oversight/status/in-force` is used",
            "id/xl/link/x: has 2 values of `schema:startDate`; `2020` is used",
        ],
    ),
    // Cycles.
    Case(
        "xl:a a ov:Institution ; org:subOrganizationOf xl:c . xl:b a ov:Institution ;
            org:subOrganizationOf xl:a . xl:c a ov:Institution ; org:subOrganizationOf xl:b .",
        &[
            "id/xl/a: is below itself, by way of https://w3id.org/oversight/id/xl/a, https://w3id.org/oversight/id/xl/b, https://w3id.org/oversight/id/xl/c",
        ],
    ),
    Case(
        "xl:a a ov:Institution ; org:subOrganizationOf xl:a .",
        &["id/xl/a: is below itself, by way of https://w3id.org/oversight/id/xl/a"],
    ),
    // Unknown properties; plain properties of mechanisms are known.
    Case(
        "xl:police ov:powr power:arrest ; ov:zzz 1 ; ov:audits xl:parliament ; ov:oversees xl:parliament .",
        &[
            "id/xl/police: uses `ov:powr`, which the vocabulary does not have (nearest: `ov:power`); ignored",
            "id/xl/police: uses `ov:zzz`, which the vocabulary does not have; ignored",
        ],
    ),
    // Records without a class.
    Case(
        "link:x ov:overseen xl:police . xl:x org:classification type:police .
            norm:x ov:appliesTo type:police . xl:s ov:covers id:xl .",
        &[
            "id/xl/link/x: has `ov:overseen` but is not typed as `ov:Control`; left out",
            "id/xl/s: has `ov:covers` but is not typed as `ov:Survey`; left out",
            "id/xl/x: has `org:classification` but is not typed as `ov:Institution`; left out",
            "norm/x: has `ov:appliesTo` but is not typed as `ov:Norm`; left out",
        ],
    ),
    Case(
        "link:x ov:overseer xl:police .",
        &["id/xl/link/x: has `ov:overseer` but is not typed as `ov:Control`; left out"],
    ),
    Case(
        "link:x a ov:Controll ; ov:overseer xl:police .",
        &["id/xl/link/x: its `rdf:type` `ov:Controll` is not on record (nearest: `ov:Control`); left out"],
    ),
    // Norms.
    Case(
        "norm:x a ov:Norm .",
        &[
            "norm/x: cannot be evaluated: it has no `ov:appliesTo`",
            "norm/x: cannot be evaluated: it has no `ov:polarity`",
            "norm/x: cannot be evaluated: it has no `ov:severity`",
        ],
    ),
    Case(
        r#"norm:x a ov:Norm ; ov:appliesTo type:polise, type:police ; ov:wherePower power:arest ;
            ov:whereParentOf type:armed-force ; ov:whereOversees <urn:x> ; ov:overseerType type:parliment ;
            ov:mechanismAnyOf mechanism:hearng ; ov:independentOf "ministries" ; ov:leastEffect effect:bindng ;
            ov:excludesLimit limit:secret ; ov:polarity "demand" ; ov:severity severity:must-not ."#,
        &[
            "norm/x: cannot be evaluated: `ov:appliesTo` names the unknown `https://w3id.org/oversight/type/polise` (nearest: `police`)",
            "norm/x: cannot be evaluated: `ov:excludesLimit` names the unknown `https://w3id.org/oversight/limit/secret` (nearest: `secrecy`)",
            "norm/x: cannot be evaluated: `ov:independentOf` names the unknown `ministries` (nearest: `ministry`)",
            "norm/x: cannot be evaluated: `ov:leastEffect` names the unknown `https://w3id.org/oversight/effect/bindng` (nearest: `binding`)",
            "norm/x: cannot be evaluated: `ov:mechanismAnyOf` names the unknown `https://w3id.org/oversight/mechanism/hearng` (nearest: `hearing`)",
            "norm/x: cannot be evaluated: `ov:overseerType` names the unknown `https://w3id.org/oversight/type/parliment` (nearest: `parliament`)",
            "norm/x: cannot be evaluated: `ov:polarity` names the unknown `demand`",
            "norm/x: cannot be evaluated: `ov:severity` names the unknown `https://w3id.org/oversight/severity/must-not` (nearest: `must`)",
            "norm/x: cannot be evaluated: `ov:whereOversees` names the unknown `urn:x`",
            "norm/x: cannot be evaluated: `ov:whereParentOf` names the unknown `https://w3id.org/oversight/type/armed-force` (nearest: `armed-forces`)",
            "norm/x: cannot be evaluated: `ov:wherePower` names the unknown `https://w3id.org/oversight/power/arest` (nearest: `arrest`)",
        ],
    ),
    Case(
        r#"norm:x a ov:Norm ; ov:appliesTo type:police ; ov:polarity "require" ; ov:severity severity:must ;
            ov:atLeast 0 ; ov:atLeastPillars "two" ."#,
        &[
            "norm/x: cannot be evaluated: `ov:atLeast` is `0`, but must be a whole number from 1",
            "norm/x: cannot be evaluated: `ov:atLeastPillars` is `two`, but must be a whole number from 1",
        ],
    ),
    Case(
        r#"norm:x a ov:Norm ; ov:appliesTo type:police ; ov:polarity "require", "forbid" ;
            ov:severity severity:must, severity:may ; ov:atLeast 1, 2 ;
            ov:independentOf "overseen", "executive" ; ov:leastEffect effect:binding, effect:advisory ."#,
        &[
            "norm/x: cannot be evaluated: it has 2 values of `ov:atLeast`, but may have one",
            "norm/x: cannot be evaluated: it has 2 values of `ov:independentOf`, but may have one",
            "norm/x: cannot be evaluated: it has 2 values of `ov:leastEffect`, but may have one",
            "norm/x: cannot be evaluated: it has 2 values of `ov:polarity`, but may have one",
            "norm/x: cannot be evaluated: it has 2 values of `ov:severity`, but may have one",
        ],
    ),
    Case(
        r#"norm:x a ov:Norm ; skos:notation "A", "B" ; ov:appliesTo type:police ; ov:polarity "require" ;
            ov:severity severity:must ; ov:allMechanisms "maybe" ; ov:atLeast 1.5 ."#,
        &[
            "norm/x: cannot be evaluated: `ov:allMechanisms` names the unknown `maybe`",
            "norm/x: cannot be evaluated: `ov:atLeast` is `1.5`, but must be a whole number from 1",
            "norm/x: cannot be evaluated: it has 2 values of `skos:notation`, but may have one",
        ],
    ),
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

#[test]
fn all_faults_of_a_link_are_told_at_once() {
    let found = told(
        r#"link:x a ov:Control ; ov:overseer xl:parliament ; ov:overseen xl:police ; ov:mechanism mechanism:hearng ;
            ov:status status:in-force ; ov:limit limit:secret ; ov:verified "yes" ."#,
    );
    assert_eq!(found.len(), 3, "{found:#?}");
}

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
        "cycle",
        "missing",
        "norm missing",
        "norm number",
        "norm several",
        "norm unknown",
        "reversed",
        "several",
        "unknown",
        "unknown property",
        "unreadable",
        "untyped",
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

    /// The error and its causes.
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
        ("none.ttl", "cannot read `DIR/none.ttl` | No such file or directory (os error 2)"),
        ("none", "cannot read `DIR/none` | No such file or directory (os error 2)"),
        ("none.csv", "cannot read `DIR/none.csv` | No such file or directory (os error 2)"),
        ("empty", "no RDF file in the folder `DIR/empty`"),
        ("csv", "no RDF file in the folder `DIR/csv`"),
        ("links.csv", "`DIR/links.csv` has no extension of an RDF syntax"),
        ("links", "`DIR/links` has no extension of an RDF syntax"),
        ("links.gz", "`DIR/links.gz` has no extension of an RDF syntax"),
        ("links.csv.zst", "`DIR/links.csv.zst` has no extension of an RDF syntax"),
    ] {
        assert_eq!(folder.error(name), expected);
    }
}

/// Text that breaks, by file name.
const BROKEN: &[(&str, &str, &str)] = &[
    (
        "a.ttl",
        "@prefix xl: <urn:x:> .\nxl:a xl:b xl:c ;;\n  xl:d .\n",
        "DIR/a.ttl:3:8: . is not a valid RDF object",
    ),
    ("b.ttl", "xl:a xl:b xl:c .\n", "DIR/b.ttl:1:1: The prefix xl: has not been declared"),
    ("d.ttl", "@prefix xl: <urn:x:> .\nxl:a xl:b xl:c", "DIR/d.ttl:2:15: Unexpected end"),
    // Columns count characters, not bytes.
    (
        "g.ttl",
        "@prefix xl: <urn:x:> .\nxl:a xl:b \"éé€\" xl:c .\n",
        "DIR/g.ttl:2:17: A dot is expected at the end of statements",
    ),
    ("e.ttl", "<a b> <urn:p> <urn:o> .", "DIR/e.ttl:1:1: Invalid IRI code point ' '"),
    ("f.ttl", "<urn:s> <urn:p> \"x\"^^ .", "DIR/f.ttl:1:23: Expecting a datatype IRI after ^^, found ."),
    (
        "a.nt",
        "<urn:s> <urn:p> <urn:o> .\n<urn:s> <urn:p> .\n",
        "DIR/a.nt:2:17: The object of a triple must be an IRI, a blank node or a literal",
    ),
    ("b.nt", "<urn:s> <urn:p> <urn:o> <urn:g> .\n", "DIR/b.nt:1:25: Quads must be followed by a dot"),
    (
        "c.nt",
        "@prefix xl: <urn:x:> .\n",
        "DIR/c.nt:1:1: The subject of a triple must be an IRI or a blank node",
    ),
    (
        "a.nq",
        "<urn:s> <urn:p> <urn:o> <urn:g> .\n<urn:s> <urn:p> <urn:o> <urn:g> <urn:h> .\n",
        "DIR/a.nq:2:33: Quads must be followed by a dot",
    ),
    ("a.trig", "@prefix xl: <urn:x:> .\nxl:g { xl:a xl:b xl:c .\n", "DIR/a.trig:3:1: Unexpected end"),
    (
        "b.trig",
        "@prefix xl: <urn:x:> .\nxl:g { xl:a xl:b } }\n",
        "DIR/b.trig:2:18: } is not a valid RDF object",
    ),
    (
        "a.rdf",
        "<?xml version=\"1.0\"?>\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n<rdf:Description rdf:about=\"urn:s\">\n</rdf:RDF>\n",
        "DIR/a.rdf: ill-formed document: expected `</rdf:Description>`, but `</rdf:RDF>` was found",
    ),
    ("b.rdf", "<rdf:RDF>\n</rdf:RDF>\n", "DIR/b.rdf: Unknown prefix rdf:"),
    (
        "d.xml",
        "@prefix xl: <urn:x:> .\nxl:a xl:b xl:c .\n",
        "DIR/d.xml: Unexpected text event: '@prefix xl: '",
    ),
    ("e.owl", "<html><body>Not found</body></html>", "DIR/e.owl: XML namespaces are required in RDF/XML"),
    (
        "a.jsonld",
        "{\n  \"@id\": \"urn:s\",\n  \"urn:p\": \n}\n",
        "DIR/a.jsonld:4:1: Unexpected closing curly bracket, no array to close",
    ),
    (
        "b.jsonld",
        "{ \"@id\": \"urn:s\", \"urn:p\": \"x\"",
        "DIR/b.jsonld:1:31: Object values must be followed by a comma to add a new value or a curly bracket to end the object",
    ),
    ("c.json", "@prefix xl: <urn:x:> .\n", "DIR/c.json:1:1: Unexpected char: '@'"),
    (
        "d.json",
        "{ \"@context\": \"https://schema.org/\", \"@id\": \"urn:s\", \"name\": \"x\" }",
        "DIR/d.json: its context is remote, and is not fetched; expand the JSON-LD first",
    ),
    (
        "rdfxml.ttl",
        "<?xml version=\"1.0\"?>\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"/>\n",
        "DIR/rdfxml.ttl:1:1: Invalid IRI code point ' '",
    ),
    (
        "json.ttl",
        "{ \"@id\": \"urn:s\", \"urn:p\": \"x\" }",
        "DIR/json.ttl:1:1: { is not a valid subject or graph name",
    ),
    ("html.ttl", "<!DOCTYPE html>\n<html></html>", "DIR/html.ttl:1:1: Invalid IRI code point ' '"),
    ("html2.ttl", "<html lang=\"en\"></html>", "DIR/html2.ttl:1:1: Invalid IRI code point ' '"),
    ("html.nt", "<!doctype html>\n<html></html>", "DIR/html.nt:1:1: Invalid IRI code point ' '"),
    (
        "quads.ttl",
        "<urn:s> <urn:p> <urn:o> <urn:g> .\n",
        "DIR/quads.ttl:1:25: A dot is expected at the end of statements",
    ),
    (
        "trig.ttl",
        "@prefix xl: <urn:x:> .\nxl:g { xl:a xl:b xl:c . }\n",
        "DIR/trig.ttl:2:6: { is not a valid predicate",
    ),
    (
        "turtle.nq",
        "PREFIX xl: <urn:x:>\nxl:a xl:b xl:c .\n",
        "DIR/turtle.nq:1:1: The subject of a triple must be an IRI or a blank node",
    ),
    (
        "csv.ttl",
        "overseer,overseen,mechanism\nparliament,police,hearing\n",
        "DIR/csv.ttl:1:1: overseer is not a valid subject or graph name",
    ),
    ("empty.jsonld", "", "DIR/empty.jsonld:1:1: Unexpected end of file, a value was expected"),
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

#[test]
fn a_place_that_spans_lines_is_told_once() {
    let folder = Folder::new();
    folder.write("a.ttl", b"@prefix xl: <urn:x:> .\nxl:a xl:b \"open .\n");
    assert_eq!(folder.error("a.ttl"), "DIR/a.ttl:2:11: Unexpected end of file");
}

#[test]
fn empty_files_hold_nothing() {
    for (extension, _) in EXTENSIONS.iter().filter(|(extension, _)| !extension.starts_with("json")) {
        let folder = Folder::new();
        folder.write(&format!("empty.{extension}"), b"");
        assert_eq!(folder.error(&format!("empty.{extension}")), "no error, 0 bodies");
    }
    let folder = Folder::new();
    folder.write("empty.json", b"");
    assert_eq!(
        folder.error("empty.json"),
        "DIR/empty.json:1:1: Unexpected end of file, a value was expected"
    );
}

/// The syntax that a hint may name, by file name and text.
fn looks_like(name: &str, text: &[u8]) -> Option<&'static str> {
    let folder = Folder::new();
    folder.write(name, text);
    match folder.load(name) {
        Err(RdfError::Syntax { looks_like, .. }) => looks_like,
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn a_wrong_extension_is_seen_by_the_text() {
    let turtle = "@prefix xl: <urn:x:> .\nxl:a xl:b xl:c .\n";
    let xml = "<?xml version=\"1.0\"?>\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"/>";
    let json = "{ \"@id\": \"urn:s\", \"urn:p\": \"x\" }";
    let quads = "<urn:s> <urn:p> <urn:o> <urn:g> .\n";
    let html = "<!DOCTYPE html>\n<html></html>";
    for (text, expected, extensions) in [
        (turtle, "Turtle", &["nt", "nq", "rdf", "xml", "owl", "jsonld", "json"][..]),
        (xml, "RDF/XML", &["ttl", "nt", "nq", "trig", "jsonld", "json"]),
        (json, "JSON-LD", &["ttl", "nt", "nq", "rdf", "xml", "owl"]),
        (quads, "N-Quads", &["ttl", "nt", "trig", "rdf", "json"]),
        (html, "HTML", &["ttl", "nt", "nq", "trig", "json"]),
    ] {
        for extension in extensions {
            let name = format!("data.{extension}");
            assert_eq!(looks_like(&name, text.as_bytes()), Some(expected), "{name}: {text}");
        }
    }
    assert_eq!(looks_like("data.ttl", b"overseer,overseen\n"), None);
}

#[test]
fn a_right_extension_gives_no_hint() {
    for (name, text) in [
        ("data.ttl", "@prefix xl: <urn:x:> .\nxl:a xl:b .\n"),
        ("data.trig", "@prefix xl: <urn:x:> .\nxl:a xl:b .\n"),
        ("data.nq", "<urn:s> <urn:p> <urn:o> <urn:g> .\n<urn:s> .\n"),
        ("data.rdf", "<?xml version=\"1.0\"?>\n<rdf:RDF></rdf>"),
        ("data.json", "{ \"@id\": \"urn:s\", \"urn:p\": }"),
    ] {
        assert_eq!(looks_like(name, text.as_bytes()), None, "{name}");
    }
}

#[test]
fn plain_text_that_breaks_off_is_told() {
    let exland = quads(&fixture());
    for (extension, format) in EXTENSIONS {
        let text = serialized(*format, &exland);
        let mut lengths = vec![text.len() / 2];
        if matches!(format, RdfFormat::RdfXml) {
            // Before the end tag of the root, which is on a line of its own.
            lengths.push(text.iter().rposition(|byte| *byte == b'<').unwrap());
        }
        for length in lengths {
            let folder = Folder::new();
            let name = format!("data.{extension}");
            folder.write(&name, &text[..length]);
            let found = folder.error(&name);
            assert!(!found.starts_with("no error"), "{length} of {} bytes of {name}: {found}", text.len());
        }
    }
}

#[test]
fn bytes_that_are_no_text_are_told() {
    let mut found = Vec::new();
    for (extension, _) in EXTENSIONS {
        let folder = Folder::new();
        let name = format!("latin1.{extension}");
        let bytes: &[u8] = match *extension {
            "rdf" | "xml" | "owl" => {
                b"<?xml version=\"1.0\"?><r:RDF xmlns:r=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><r:Description r:about=\"urn:s\"><p xmlns=\"urn:\">caf\xe9</p></r:Description></r:RDF>"
            }
            "jsonld" | "json" => b"{ \"@id\": \"urn:s\", \"urn:p\": \"caf\xe9\" }",
            _ => b"<urn:s> <urn:p> \"caf\xe9\" .\n",
        };
        folder.write(&name, bytes);
        found.push(folder.error(&name));
    }
    let place = |extension: &str| match extension {
        "rdf" | "xml" | "owl" => " cannot decode input using UTF-8",
        "jsonld" | "json" => "1:32: Invalid UTF-8",
        _ => "1:21: Invalid UTF-8",
    };
    let expected: Vec<String> = EXTENSIONS
        .iter()
        .map(|(extension, _)| {
            let cause = "incomplete utf-8 byte sequence from index 3";
            format!("DIR/latin1.{extension}:{}: {cause}", place(extension))
        })
        .collect();
    assert_eq!(found, expected);
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
            // In the middle, and just before the end, where every triple has been read already.
            for length in [whole.len() / 2, whole.len() - 1] {
                let cause = match packing {
                    ".zst" => "incomplete frame",
                    _ if length == whole.len() - 1 => "unexpected end of file",
                    _ => "incomplete deflate stream",
                };
                folder.write(&name, &whole[..length]);
                let (expected, found) =
                    (format!("`DIR/{name}` breaks off or is damaged | {cause}"), folder.error(&name));
                if found != expected {
                    writeln!(differences, "{length} bytes\n  expected {expected}\n  found    {found}")
                        .unwrap();
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
fn text_of_two_bytes_a_character_is_told_as_such() {
    let folder = Folder::new();
    let text = format!("{PREFIXES}{BODIES}");
    for (name, mark, bytes) in [
        ("little", "\u{feff}", u16::to_le_bytes as fn(u16) -> [u8; 2]),
        ("big", "\u{feff}", u16::to_be_bytes),
        ("bare", "", u16::to_le_bytes),
    ] {
        let wide: Vec<u8> = format!("{mark}{text}").encode_utf16().flat_map(bytes).collect();
        for end in ["ttl", "nt", "jsonld", "rdf"] {
            let name = format!("{name}.{end}");
            folder.write(&name, &wide);
            match folder.load(&name) {
                Err(RdfError::Syntax { looks_like, .. }) => assert_eq!(looks_like, Some(UTF_16), "{name}"),
                other => panic!("{name}: {other:?}"),
            }
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
        ("plain.ttl.gz", 2),
        ("packed.ttl", 2),
        ("other.ttl.gz", 2),
        ("marked.ttl", 2),
        ("members.ttl.gz", 3),
    ] {
        assert_eq!(folder.load(name).unwrap().network.node_count(), bodies, "{name}");
    }
}
