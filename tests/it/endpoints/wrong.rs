//! An engine that answers wrongly where norms are pushed down: no verdict is given on which the evaluator does not agree.

use super::stub::{LINES, ROWS, Step, Stub, good};
use oversight::model::Trust;
use oversight::rdf::{Source, documents};
use oversight::store::{Guard, Loading, ResultFormat, Store, write};
use std::process::{Command, Output};

const DAY: &str = "2024-06-01";

/// Rows of one column with this IRI alone, or none.
fn only(iri: Option<&str>) -> String {
    let row = iri.map(|iri| format!("{{\"x\":{{\"type\":\"uri\",\"value\":\"{iri}\"}}}}"));
    format!("{{\"head\":{{\"vars\":[\"x\"]}},\"results\":{{\"bindings\":[{}]}}}}", row.unwrap_or_default())
}

/// An engine that holds Exland and answers truly, but for what `lie` gives instead of the rows of a norm.
fn engine(lie: Option<String>) -> Stub {
    let sources =
        [Source::Shipped("ontology/schemes/".into()), Source::Path(crate::support::exland::folder())];
    let loading = Loading::read(&documents(&sources).unwrap()).unwrap();
    let store = Store::new(loading, DAY.parse().unwrap(), Trust::All).unwrap();
    Stub::new(move |_, request| {
        let (head, form) = request.split_once("\r\n\r\n").unwrap();
        let query = decoded(form.strip_prefix("query=").unwrap());
        let (format, media_type) = match query.contains("CONSTRUCT") {
            true => (ResultFormat::NTriples, LINES),
            false if head.contains("text/csv") => (ResultFormat::Csv, "text/csv"),
            false => (ResultFormat::Json, ROWS),
        };
        let mut body = Vec::new();
        write(store.query(&query).unwrap(), format, &Guard::default(), &mut body).unwrap();
        match &lie {
            Some(rows) if media_type == ROWS => vec![Step::Send(good(ROWS, rows))],
            _ => vec![Step::Send(good(media_type, body))],
        }
    })
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            other => other,
        });
    }
    String::from_utf8(bytes).unwrap()
}

fn gaps(from: &str, more: &[&str]) -> Output {
    let args = ["gaps", "--from", from, "--as-of", DAY, "--format", "json", "--institution", "xl/police"];
    let args = [&args[..], more].concat();
    Command::new(env!("CARGO_BIN_EXE_oversight")).args(args).env_clear().output().unwrap()
}

#[test]
fn a_wrong_answer_to_a_norm_is_noticed() {
    let folder = crate::support::exland::folder();
    let police = "https://w3id.org/oversight/id/xl/police";
    let pushed =
        |lie: Option<String>, norm: &str| gaps(&engine(lie).at("/sparql"), &["--pushdown", "--norm", norm]);
    for norm in ["XL-24", "XL-01"] {
        let (there, here) = (pushed(None, norm), gaps(folder.to_str().unwrap(), &["--norm", norm]));
        let message = String::from_utf8_lossy(&there.stderr);
        assert!(there.status.success(), "{message}");
        assert_eq!(String::from_utf8(there.stdout).unwrap(), String::from_utf8(here.stdout).unwrap());
    }
    for (norm, lie, said) in [
        ("XL-24", only(None), "the engine of the endpoint says met, the evaluator here gap"),
        ("XL-01", only(Some(police)), "the engine of the endpoint says not met, the evaluator here met"),
        (
            "XL-06",
            only(Some(police)),
            "the engine of the endpoint says not met, the evaluator here out of scope",
        ),
    ] {
        let output = pushed(Some(lie), norm);
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{norm}: {message}");
        assert!(output.stdout.is_empty(), "{norm}");
        assert!(message.contains(&format!("{norm} and <{police}>: {said}")), "{message}");
        assert!(message.contains("hint: no verdict is given"), "{message}");
    }
    // A row that the engine loses is noticed, too, where only what is not met is asked for.
    let lost =
        gaps(&engine(Some(only(None))).at("/sparql"), &["--pushdown", "--norm", "XL-24", "--verdict", "gap"]);
    assert_eq!((lost.status.code(), lost.stdout.is_empty()), (Some(2), true));
}

#[test]
fn places_do_not_stand_beside_an_endpoint() {
    let output = gaps("http://127.0.0.1:9/sparql", &["--pushdown", "no"]);
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(message.contains("`no` cannot stand beside `--from`"), "{message}");
}
