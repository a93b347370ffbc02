//! A made-up country of any size.
#![expect(clippy::unwrap_used, reason = "a country that cannot be made fails the test")]

use oversight::model::{Builder, Graph};
use oversight::rdf::{Document, Source, Syntax, documents, read, read_bytes};
use std::fmt::Write as _;

const OVERSEERS: [&str; 9] = [
    "head-of-state",
    "ministry",
    "parliament",
    "parliamentary-committee",
    "court",
    "ombuds-institution",
    "inspectorate",
    "ngo",
    "treaty-body",
];

/// A made-up country: `overseers` of each type, `bodies` of three types, links of every standing, six norms.
pub(crate) fn country(overseers: usize, bodies: usize, name: impl Fn(usize) -> String) -> Graph {
    let quoted = |text: &str| {
        let escaped =
            text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\r', "\\r");
        format!("\"{escaped}\"")
    };
    let mut turtle = String::from(
        "@prefix ov: <https://w3id.org/oversight/ns#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix org: <http://www.w3.org/ns/org#> .
        @prefix t: <https://w3id.org/oversight/type/> .
        @prefix m: <https://w3id.org/oversight/mechanism/> .
        @prefix p: <https://w3id.org/oversight/power/> .
        @prefix l: <https://w3id.org/oversight/limit/> .
        @prefix s: <https://w3id.org/oversight/status/> .
        @prefix n: <https://w3id.org/oversight/norm/> .
        @prefix sev: <https://w3id.org/oversight/severity/> .
        @prefix x: <https://w3id.org/oversight/id/xx/> .
        <https://w3id.org/oversight/id/xx> a ov:Country .
        x:survey a ov:Survey ; ov:covers <https://w3id.org/oversight/id/xx> ;
          ov:mechanism m:hearing, m:inquiry, m:financial-audit, m:command, m:inspection .\n",
    );
    let mut at = 0;
    let mut body = |turtle: &mut String, id: String, kind: &str| {
        let label = quoted(&name(at));
        at += 1;
        let country = "ov:jurisdiction <https://w3id.org/oversight/id/xx>";
        writeln!(
            turtle,
            "x:{id} a ov:Institution ; skos:prefLabel {label}@en ; org:classification t:{kind} ; {country} ."
        )
        .unwrap();
    };
    for kind in OVERSEERS {
        for number in 0..overseers {
            body(&mut turtle, format!("{kind}-{number}"), kind);
        }
    }
    for number in 0..bodies {
        let kind = ["police", "armed-forces", "foreign-intelligence"][number % 3];
        body(&mut turtle, format!("body-{number}"), kind);
        writeln!(turtle, "x:body-{number} ov:power p:arrest .").unwrap();
        for (turn, kind) in OVERSEERS.iter().enumerate() {
            let overseer = (number + turn) % overseers;
            let mechanism = ["hearing", "inquiry", "financial-audit", "command", "human-rights-monitoring"]
                [(number + turn) % 5];
            let status = if (number + turn) % 4 == 0 { "not-operational" } else { "in-force" };
            let limit = if (number + turn) % 3 == 0 { "; ov:limit l:secrecy" } else { "" };
            writeln!(
                turtle,
                "x:link-{number}-{turn} a ov:Control ; ov:overseer x:{kind}-{overseer} ; ov:overseen x:body-{number} ;
                 ov:mechanism m:{mechanism} ; ov:status s:{status} ; ov:verified true {limit} ."
            )
            .unwrap();
        }
    }
    let norms = [
        (
            "N-1",
            "require",
            "ov:overseerType t:legislature ; ov:mechanismAnyOf m:hearing, m:inquiry ; ov:excludesLimit l:secrecy",
        ),
        (
            "N-2",
            "require",
            "ov:overseerType t:supreme-audit-institution ; ov:mechanismAnyOf m:financial-audit",
        ),
        ("N-3", "forbid", "ov:overseerType t:executive ; ov:mechanismAnyOf m:command"),
        ("N-4", "forbid", "ov:wherePower p:arrest"),
        (
            "N-5",
            "require",
            "ov:mechanismAnyOf m:inspection, m:hearing ; ov:atLeast 2 ; ov:independentOf \"executive\"",
        ),
        (
            "N-6",
            "require",
            "ov:overseerType t:ngo, t:treaty-body, t:court ; ov:mechanismAnyOf m:human-rights-monitoring",
        ),
    ];
    for (id, polarity, evidence) in norms {
        let title = quoted(&name(at + id.len()));
        writeln!(
            turtle,
            "n:{id} a ov:Norm ; skos:notation \"{id}\" ; skos:prefLabel {title}@en ; ov:severity sev:must ;
             ov:appliesTo t:provider ; ov:polarity \"{polarity}\" ; {evidence} ."
        )
        .unwrap();
    }
    let mut builder = Builder::new();
    let ontology: Vec<Document> = documents(&[Source::Shipped("ontology/".into())]).unwrap();
    for document in ontology.iter().filter(|document| !document.name.contains("/norms/")) {
        builder.begin(&document.name);
        read(document, |quad| builder.add(&quad)).unwrap();
    }
    builder.begin("country");
    read_bytes(&ontology[0], Syntax::of_path("x.ttl".as_ref()).unwrap(), turtle.as_bytes(), |quad| {
        builder.add(&quad);
    })
    .unwrap();
    builder.finish()
}
