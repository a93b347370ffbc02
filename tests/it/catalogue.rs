//! The shipped questions: decorators that can be read, kept rows on Exland, something to say on shipped data, the page.
//!
//! `tests/questions/<id>.csv` (or `<id>.<case>.csv`) holds the rows that a question gives on Exland. Lines `# name=value`
//! above the header give parameters, `# day=...` the legal day. `<id>.data.ttl` is read beside Exland; a question
//! that gives a graph has `<id>.ttl` instead of rows.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use crate::support::bless;
use oversight::model::Trust;
use oversight::rdf::{Source, documents, read};
use oversight::store::{Answer, Guard, Loading, Question, Store, catalogue};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const EXLAND: &str = "tests/fixtures/exland";
const CASES: &str = "tests/questions";
const DAY: &str = "2024-06-01";

/// What a question that must be given something is given on shipped data.
const GIVEN: &[(&str, &[(&str, &str)])] = &[
    ("binding-controls", &[("body", "ua/sbu")]),
    ("bodies-without", &[("mechanism", "detention-monitoring")]),
    ("changes-in-a-year", &[("year", "2018")]),
    ("controllers", &[("body", "ua/sbu")]),
    ("founded-or-dissolved", &[("year", "2015")]),
    ("holders-of-mechanism", &[("mechanism", "hearing")]),
    ("neighbourhood", &[("body", "ua/sbu")]),
    ("norms-for-type", &[("type", "domestic-security-service")]),
    ("rests-on-act", &[("act", "law-national-security-2018")]),
    ("subordinates", &[("of", "ua/president")]),
    ("superiors", &[("body", "ua/np-patrol-police")]),
    ("where-to-complain", &[("body", "ua/national-police")]),
];

/// Questions that find nothing in the shipped data, and why.
const EMPTY: &[(&str, &str)] = &[(
    "on-repealed-acts",
    "a fault of data, of which the shipped have none: every link in force has a living act",
)];

/// The lines by which a question says on which day something holds; they are the same in all (docs/queries.md).
const CONVENTION: &[&str] = &[
    "MINUS { ?link schema:startDate ?start FILTER (STR(?start) > STR(?asOf)) }",
    r#"MINUS { ?link schema:endDate ?end FILTER (SUBSTR(CONCAT(STR(?end), "~"), 1, 10) <= STR(?asOf)) }"#,
    "MINUS { ?link ov:overseer|ov:overseen ?party . ?party schema:foundingDate ?founded FILTER (STR(?founded) > STR(?asOf)) }",
    r#"MINUS { ?link ov:overseer|ov:overseen ?party . ?party schema:dissolutionDate ?dissolved FILTER (SUBSTR(CONCAT(STR(?dissolved), "~"), 1, 10) <= STR(?asOf)) }"#,
    "MINUS { ?body schema:foundingDate ?founded FILTER (STR(?founded) > STR(?asOf)) }",
    r#"MINUS { ?body schema:dissolutionDate ?dissolved FILTER (SUBSTR(CONCAT(STR(?dissolved), "~"), 1, 10) <= STR(?asOf)) }"#,
];

fn path(below_root: &str) -> PathBuf {
    Path::new(ROOT).join(below_root)
}

fn store(sources: &[Source], day: &str) -> Store {
    Store::new(Loading::read(&documents(sources).unwrap()).unwrap(), day.parse().unwrap(), Trust::All)
        .unwrap()
}

/// Exland under the shipped schemes, without the shipped norms, so that its rows do not change with them.
fn exland(extra: Option<PathBuf>, day: &str) -> Store {
    let mut sources = vec![Source::Shipped("ontology/schemes/".into()), Source::Path(path(EXLAND))];
    sources.extend(extra.map(Source::Path));
    store(&sources, day)
}

/// What a question is given on shipped data.
pub(crate) fn given(id: &str) -> Vec<(String, String)> {
    pairs(GIVEN.iter().find(|(of, _)| *of == id).map_or(&[], |(_, given)| given))
}

fn pairs(given: &[(&str, &str)]) -> Vec<(String, String)> {
    given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Returns the rows as CSV with short names, or the graph as Turtle.
fn text(store: &Store, question: &Question, given: &[(String, String)]) -> String {
    let results = store
        .ask(question, given, &Guard::default())
        .unwrap_or_else(|error| panic!("{}: {error}", question.id));
    match store.answer(results, None, &Guard::default()).unwrap() {
        Answer::Rows(rows) => {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(&rows.columns).unwrap();
            for row in &rows.rows {
                writer.write_record(row.iter().map(|cell| cell.text.as_str())).unwrap();
            }
            String::from_utf8(writer.into_inner().unwrap()).unwrap()
        }
        Answer::Turtle(text) => String::from_utf8(text).unwrap(),
        Answer::Boolean(answer) => format!("{answer}\n"),
    }
}

/// A kept file: its path from the root, the question's id, the lines `# name=value`, what is expected.
struct Case {
    path: String,
    question: String,
    day: String,
    given: Vec<(String, String)>,
    head: String,
    expected: String,
}

fn cases() -> Vec<Case> {
    let mut names: Vec<String> = fs::read_dir(path(CASES))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.ends_with(".data.ttl"))
        .collect();
    names.sort_unstable();
    names
        .into_iter()
        .map(|name| {
            let path = format!("{CASES}/{name}");
            let whole = fs::read_to_string(self::path(&path)).unwrap();
            let (mut day, mut given, mut head) = (DAY.to_owned(), Vec::new(), String::new());
            for line in whole.lines().take_while(|line| line.starts_with("# ")) {
                let (name, value) = line[2..].split_once('=').unwrap();
                head += line;
                head += "\n";
                match name {
                    "day" => value.clone_into(&mut day),
                    _ => given.push((name.to_owned(), value.to_owned())),
                }
            }
            let expected = whole[head.len()..].to_owned();
            Case { question: name.split('.').next().unwrap().to_owned(), path, day, given, head, expected }
        })
        .collect()
}

#[test]
fn every_shipped_query_says_what_it_asks_and_takes() {
    let questions = catalogue().unwrap();
    assert!(questions.len() >= 30);
    for question in &questions {
        let id = &question.id;
        for language in ["en", "uk"] {
            let summary = question.summary.pick(language);
            assert!(!summary.is_empty() && !summary.ends_with('.'), "{id}: summary in {language}");
            assert!(question.description.pick(language).ends_with('.'), "{id}: description in {language}");
        }
        assert_ne!(question.summary.pick("uk"), question.summary.pick("en"), "{id}");
        assert_ne!(question.description.pick("uk"), question.description.pick("en"), "{id}");
        assert!(!question.tags.is_empty(), "{id}: tags");
        for parameter in &question.parameters {
            let (english, ukrainian) = (parameter.description.pick("en"), parameter.description.pick("uk"));
            assert!(english.ends_with('.'), "{id}: {} has no description", parameter.name);
            assert!(ukrainian.ends_with('.') && ukrainian != english, "{id}: {}", parameter.name);
        }
        assert!(question.text.contains("ORDER BY") || question.text.contains("CONSTRUCT"), "{id}: no order");
    }
    let mut summaries: Vec<&str> = questions.iter().map(|question| question.summary.pick("en")).collect();
    summaries.sort_unstable();
    summaries.dedup();
    assert_eq!(summaries.len(), questions.len(), "two questions have the same summary");
}

#[test]
fn the_legal_day_is_asked_for_in_the_same_words_everywhere() {
    // The two that ask when something ended say so in a filter of their own.
    let own = ["lost-controls", "on-repealed-acts"];
    for question in catalogue().unwrap().iter().filter(|question| !own.contains(&question.id.as_str())) {
        for line in question.sparql().lines().map(str::trim).filter(|line| !line.starts_with('#')) {
            assert!(!line.contains("asOf") || CONVENTION.contains(&line), "{}: {line}", question.id);
        }
    }
}

#[test]
fn every_question_gives_the_kept_rows_on_exland() {
    let questions = catalogue().unwrap();
    let mut kept = cases();
    for question in &questions {
        if kept.iter().all(|case| case.question != question.id) {
            assert!(bless::is_blessing(), "no case `{CASES}/{}.csv`", question.id);
            let extension = if question.text.contains("CONSTRUCT") { "ttl" } else { "csv" };
            kept.push(Case {
                path: format!("{CASES}/{}.{extension}", question.id),
                question: question.id.clone(),
                day: DAY.to_owned(),
                given: Vec::new(),
                head: String::new(),
                expected: String::new(),
            });
        }
    }
    let mut wrong = Vec::new();
    for case in &kept {
        let question = questions
            .iter()
            .find(|question| question.id == case.question)
            .unwrap_or_else(|| panic!("{} is of no question", case.path));
        let extra = path(&format!("{CASES}/{}.data.ttl", case.question));
        let store = exland(extra.exists().then_some(extra), &case.day);
        let found = text(&store, question, &case.given);
        // Rows once kept are changed by hand alone: blessing writes what is not there yet.
        if bless::is_blessing() && case.expected.is_empty() {
            bless::hold(&case.path, &format!("{}{found}", case.head));
        } else if found != case.expected {
            wrong.push(format!("{}\nkept:\n{}found:\n{found}", case.path, case.expected));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_order_of_rows_is_total() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("reversed.nt");
    let all = [Source::Shipped("ontology/schemes/".into()), Source::Path(path(EXLAND))];
    let mut lines = Vec::new();
    for document in documents(&all).unwrap() {
        read(&document, |quad| lines.push(format!("{} {} {} .", quad.subject, quad.predicate, quad.object)))
            .unwrap();
    }
    lines.reverse();
    fs::write(&file, lines.join("\n")).unwrap();
    let (forward, backward) = (exland(None, DAY), store(&[Source::Path(file)], DAY));
    let cases = cases();
    for question in catalogue().unwrap() {
        let case = cases.iter().find(|case| case.question == question.id).unwrap();
        assert_eq!(
            text(&forward, &question, &case.given),
            text(&backward, &question, &case.given),
            "{}",
            question.id
        );
    }
}

#[test]
fn rows_without_order_come_the_same_from_load_to_load() {
    let question =
        Question::parse("x", "SELECT ?o (COUNT(*) AS ?n) { ?l ov:overseer ?o ; ?p ?v } GROUP BY ?o").unwrap();
    let once = text(&exland(None, DAY), &question, &[]);
    assert_eq!(once, text(&exland(None, DAY), &question, &[]));
}

#[test]
fn every_question_has_something_to_say_on_shipped_data() {
    let store =
        store(&[Source::Shipped("ontology/".into()), Source::Shipped("data/ua/".into())], "2026-11-26");
    for question in catalogue().unwrap() {
        let lines = text(&store, &question, &given(&question.id)).lines().count();
        let reason = EMPTY.iter().find(|(id, _)| *id == question.id);
        assert_eq!(lines < 2, reason.is_some(), "{}: {lines} lines", question.id);
    }
}

#[test]
fn values_are_typed_and_what_is_wrong_with_them_is_named() {
    let store = exland(None, DAY);
    let ask = |declared: &str, given: &[(&str, &str)]| {
        let decorators = format!("#+ parameters:\n#+   - {{name: v, {declared}}}\n");
        let question = Question::parse("q", &format!("{decorators}SELECT ?v {{ }}")).unwrap();
        match store.ask(&question, &pairs(given), &Guard::default()) {
            Ok(results) => match store.answer(results, None, &Guard::default()).unwrap() {
                Answer::Rows(rows) => Ok(rows.rows[0][0].iri.clone().unwrap_or(rows.rows[0][0].text.clone())),
                _ => panic!("a SELECT"),
            },
            Err(error) => Err(format!("{error:?}")),
        }
    };
    let base = "https://w3id.org/oversight/";
    for (declared, value, expected) in [
        ("type: date", "2024-02-29", "2024-02-29"),
        ("type: date", "today", DAY),
        ("type: year", "0999", "0999"),
        ("type: integer", "+7", "7"),
        ("type: boolean", "true", "true"),
        ("type: string", "a=b \" }", "a=b \" }"),
        ("type: iri", "urn:x:y", "urn:x:y"),
        ("type: iri", "xl/police", &format!("{base}id/xl/police")),
        ("type: country", "xl", &format!("{base}id/xl")),
        ("type: institution", "xl/MoD", &format!("{base}id/xl/defence-ministry")),
        ("type: institution", "xl:police", &format!("{base}id/xl/police")),
        ("type: act", "law-police-2000", &format!("{base}id/xl/act/law-police-2000")),
        ("type: act", "xl/act/constitution", &format!("{base}id/xl/act/constitution")),
        ("type: norm", "XL-01", &format!("{base}norm/XL-01")),
        ("type: document", "exland-guide", &format!("{base}document/exland-guide")),
        ("type: type", "provider", &format!("{base}type/provider")),
        ("type: mechanism", "mechanism:hearing", &format!("{base}mechanism/hearing")),
        ("type: power", "https://w3id.org/oversight/power/arrest", &format!("{base}power/arrest")),
        ("type: limit", "secrecy", &format!("{base}limit/secrecy")),
    ] {
        assert_eq!(ask(declared, &[("v", value)]).as_deref(), Ok(expected), "{declared}: {value}");
    }
    for (declared, given, expected) in [
        ("type: date", &[][..], r#"Missing { question: "q", names: ["v"]"#),
        ("type: date", &[("w", "1")], r#"Unknown { question: "q", name: "w""#),
        ("type: date", &[("v", "2024-01-01"), ("v", "2024-01-01")], "Twice"),
        ("type: date", &[("v", "2023-02-29")], "Value"),
        ("type: date", &[("v", "2023")], "Value"),
        ("type: year", &[("v", "23")], "Value"),
        ("type: year", &[("v", "0000")], "Value"),
        ("type: integer", &[("v", "1.5")], "Value"),
        ("type: boolean", &[("v", "yes")], "Value"),
        ("type: iri", &[("v", "urn:x y")], "Value"),
        ("type: institution", &[("v", "xl/polise")], r#"nearest: Some("xl/police")"#),
        ("type: country", &[("v", "xx")], "Value"),
        ("type: act", &[("v", "law-polce-2000")], r#"nearest: Some("law-police-2000")"#),
        ("type: mechanism", &[("v", "hearng")], r#"nearest: Some("hearing")"#),
        ("type: limit", &[("v", "mechanism:hearing")], "Value"),
    ] {
        let error = ask(declared, given).unwrap_err();
        assert!(error.contains(expected), "{declared} {given:?}: {error}");
    }
    // Left open, it is any value; given, it narrows.
    let open = Question::parse(
        "q",
        "#+ parameters:\n#+   - {name: power, type: power, required: false}\nSELECT ?body { ?body ov:power ?power ; a ov:Institution }",
    )
    .unwrap();
    assert_eq!(text(&store, &open, &[]).lines().count(), 11);
    assert_eq!(text(&store, &open, &pairs(&[("power", "arrest")])).lines().count(), 2);
}

#[test]
fn the_page_of_the_catalogue_is_up_to_date() {
    bless::hold("docs/queries.md", &page());
}

fn page() -> String {
    let mut text = HEAD.to_owned();
    let questions = catalogue().unwrap();
    text.push_str("| name | question | tags |\n|---|---|---|\n");
    for question in &questions {
        let _ = writeln!(
            text,
            "| [`{0}`](#{0}) | {1} | {2} |",
            question.id,
            question.summary.pick("en"),
            question.tags.join(", ")
        );
    }
    for question in &questions {
        let (summary, description) = (question.summary.pick("en"), question.description.pick("en"));
        let _ = write!(text, "\n### {}\n\n**{summary}.** {description}\n", question.id);
        if !question.parameters.is_empty() {
            text.push_str("\n| parameter | takes | if left out | |\n|---|---|---|---|\n");
            for parameter in &question.parameters {
                let absent = match &parameter.default {
                    Some(default) => format!("`{default}`"),
                    None if parameter.required => "must be given".to_owned(),
                    None => "any".to_owned(),
                };
                let _ = writeln!(
                    text,
                    "| `{}` | {} | {absent} | {} |",
                    parameter.name,
                    parameter.kind.takes(),
                    parameter.description.pick("en")
                );
            }
        }
        let _ = write!(text, "\n```console\n$ oversight query {}", question.id);
        for (name, value) in given(&question.id) {
            let _ = write!(text, " --param {name}={value}");
        }
        let _ = write!(text, "\n```\n\n```sparql\n{}```\n", question.sparql());
    }
    text
}

const HEAD: &str = r#"# Questions that come with the program

<!-- Written by tests/it/catalogue.rs from queries/catalogue/; do not edit. OVERSIGHT_BLESS=1 cargo test writes it anew. -->

`oversight queries` lists them, `oversight queries NAME` shows one, `oversight query NAME --param name=value` answers it.
Each is a file `queries/catalogue/<name>.rq`: SPARQL 1.1 under decorators in the manner of [grlc](https://grlc.io)
(`#+` and YAML: summary, description, tags, parameters; `summary@uk` and `description@uk` for `--lang uk`). A file of your own may declare parameters in the same way:

```sparql
#+ summary: Who hears a body
#+ parameters:
#+   - name: body
#+     type: institution
#+     description: The body.
SELECT ?who { ?who ov:hears ?body } ORDER BY ?who
```

## How they are written

- **A parameter is a variable.** Its value is put into the parsed query as an RDF term and never becomes text of the query.
  A parameter that may be left out and has no default leaves its variable open: any value. The query must not assign the
  variable itself (`BIND`, `AS`, `VALUES`).
- **Ids** are accepted short (`ua/sbu`, `hearing`, `law-national-security-2018`), with a prefix (`ua:sbu`) and as IRIs.
- **A slip of the pen** gives no rows, so a word of a known vocabulary (`ov:oversee`, `ua:sub`) that stands in no triple, asserted or
  derived, is named on standard error, with the nearest that does. An endpoint is not asked for that.
- **Only what is stated.** The questions look at the links themselves, not at the plain properties (`ov:audits` ...) that
  loading adds for the day of `--as-of`; so they give the same rows on any SPARQL 1.1 engine that holds the data.
- **The legal day** is the parameter `asOf`: the day of `--as-of`, which is today if it is not given. A start known to the
  year or month counts from its first day, an end known to the year or month until its last; an end known to the day is the
  first day on which the thing no longer holds. All three precisions are compared as text, cut to the day or filled up:

  ```sparql
  MINUS { ?link schema:startDate ?start FILTER (STR(?start) > STR(?asOf)) }
  MINUS { ?link schema:endDate ?end FILTER (SUBSTR(CONCAT(STR(?end), "~"), 1, 10) <= STR(?asOf)) }
  ```

  `"2018"` sorts before every day of 2018, so a start in `2018` is over by its first day; `"2018~"` sorts after every day of
  2018, for `~` comes after `-`, so an end in `2018` is not reached before 2019; of an end known to the day the first ten
  characters are the day itself. Dates with a time zone are not foreseen.
- **In force** is a link with the status `in-force`, or `repealed` with an end, that has begun and not ended, and both ends of
  which exist on the day. **On paper** is the same for `not-operational` and `suspended`. A body **exists** if it is founded,
  not dissolved, and does not stand in proposed links alone.
- **Reaches down**: where a question says so, a link over a body counts for those below it if its mechanism extends down, and from a
  head of state, head of government or government only if it extends through the cabinet.
- **Absence** is said with `MINUS`, over a subquery of its own where there is more than one pattern: engines evaluate that once,
  and `NOT EXISTS` once a row. Absence in the record is absence in law only where a survey says so (`surveys`).
- **For engines that are particular**: a path of any length stands in a subquery with `DISTINCT` where another stands beside it, what
  may be unbound in `COALESCE`, and no variable of a subquery under `MINUS` stands outside of it by chance. SPARQL asks for none of
  this, but Virtuoso 7.2 loses conditions otherwise.
- **Rows have a total order**, so two runs can be compared line by line.

## A graph as a picture

`--draw FILE` draws what a CONSTRUCT or DESCRIBE gives, as `.svg`, `.png`, `.pdf`, `.html`, `.dot`, `.mmd` or `.txt`:

```console
$ oversight query neighbourhood --param body=no/police-security-service --draw pst.svg
```

Resources are boxes, with their names where the answer or the data have them (`--lang`), and properties the lines between.
Literals, classes, countries and concepts of which the answer says no more stand in the box that has them; what is cut there is
whole in the tooltip and in `.txt`. More than 120 resources or 360 joined pairs are refused, and so are rows.

## Absence in queries of your own

`FILTER NOT EXISTS` with more than one pattern, or with a path, takes Oxigraph a walk for each row before it. Where it is
provably the same, the program asks it once instead, as an anti-join (`FILTER EXISTS`: a semi-join); all else is left as
written. `--explain` says what became of each, and why one was kept, with the engine's plan:

```console
$ oversight query --explain -e 'SELECT ?b { ?b a ov:Institution FILTER NOT EXISTS { ?o ov:oversees ?b . ?o org:classification type:court } }'
```

It is kept where the variables in common may be unbound on a side, where a variable from before is used in a filter,
`BIND`, `OPTIONAL`, `MINUS` or subquery within, and in a few cases in which Oxigraph's answer hangs on the order in which it
joins (paths with `|`, `!` or `?` elsewhere in the query); `MINUS` over a subquery then does what you want. It is also kept where each
pattern is looked up at once, and where the patterns alone would have too many solutions. The obligations stand in
`src/store/rewrite/mod.rs`; `tests/it/absence.rs` holds random queries against the engine without rewriting.

Measured on 2026-11-26 on a machine of 2 cores, on a generated country of 20,000 bodies, 5,000 overseers and 60,000 links, beside
Oxigraph 0.5.13 by itself in the same run (`cargo bench --bench absence`; `OVERSIGHT_BENCH=30` for the size), from the text to the last
row. Oxigraph was given up after 6 s, at the greater size after 15:

| form | oversight | Oxigraph | 30 times: oversight | Oxigraph |
|---|---:|---:|---:|---:|
| OPTIONAL, COUNT, HAVING | 0.110 s | 0.116 s | 5.8 s | 5.8 s |
| MINUS | 0.048 s | 0.048 s | 3.4 s | 3.4 s |
| NOT EXISTS, one pattern | 0.045 s | 0.047 s | 2.4 s | 2.0 s |
| NOT EXISTS, two patterns | 0.035 s | 3.196 s | 1.8 s | > 15 s |
| NOT EXISTS, oversees/partOf* | 0.106 s | > 6 s | 7.9 s | > 15 s |
| NOT EXISTS, partOf* then oversees | 0.127 s | > 6 s | 8.5 s | > 15 s |
| NOT EXISTS in NOT EXISTS | 0.086 s | 2.963 s | 5.4 s | > 15 s |
| EXISTS in NOT EXISTS | 0.057 s | 0.405 s | 4.6 s | > 15 s |

Thirty times the size is some eleven million triples (loaded in 68 s).

### The questions beside Oxigraph alone

The questions themselves, on the shipped countries, as the program answers them (values looked up, limits, reading, rewriting,
evaluation, all rows) and as Oxigraph answers the same text by itself, in turns in the same run, the least of 41
(`cargo bench --bench catalogue`, 2026-11-26). A difference of a few hundredths is noise: which question has it changes from run to run.

| question | rows | oversight | Oxigraph | ratio |
|---|---:|---:|---:|---:|
| `acts-by-links` | 351 | 44.02 ms | 44.13 ms | 1.00 |
| `appointed-but-not-dismissible` | 212 | 17.64 ms | 17.28 ms | 1.02 |
| `appoints-and-dismisses` | 774 | 14.09 ms | 13.94 ms | 1.01 |
| `binding-controls` | 195 | 5.87 ms | 5.80 ms | 1.01 |
| `blunted-controls` | 242 | 9.88 ms | 9.97 ms | 0.99 |
| `bodies-without` | 85 | 27.69 ms | 27.63 ms | 1.00 |
| `changes-in-a-year` | 452 | 33.75 ms | 33.90 ms | 1.00 |
| `civil-society` | 377 | 14.08 ms | 14.10 ms | 1.00 |
| `clearance-by-overseen` | 6 | 28.27 ms | 27.89 ms | 1.01 |
| `committee-remits` | 548 | 11.81 ms | 12.42 ms | 0.95 |
| `controllers` | 156 | 10.95 ms | 10.89 ms | 1.01 |
| `detention-and-monitors` | 163 | 155.34 ms | 154.86 ms | 1.00 |
| `detention-visits` | 204 | 6.90 ms | 6.73 ms | 1.03 |
| `effect-by-mechanism` | 43 | 28.05 ms | 28.59 ms | 0.98 |
| `founded-or-dissolved` | 38 | 2.94 ms | 2.95 ms | 1.00 |
| `holders-of-mechanism` | 182 | 6.52 ms | 6.55 ms | 0.99 |
| `inside-only` | 3 | 171.49 ms | 174.55 ms | 0.98 |
| `international-oversight` | 200 | 10.06 ms | 9.98 ms | 1.01 |
| `links-by-pillar` | 8 | 34.81 ms | 34.38 ms | 1.01 |
| `lost-controls` | 46 | 31.11 ms | 32.97 ms | 0.94 |
| `mutual-control` | 137 | 39.82 ms | 39.75 ms | 1.00 |
| `neighbourhood` | 1026 | 13.09 ms | 13.34 ms | 0.98 |
| `norms-by-document` | 338 | 2.24 ms | 2.23 ms | 1.00 |
| `norms-for-type` | 130 | 0.91 ms | 0.89 ms | 1.01 |
| `on-repealed-acts` | 0 | 14.80 ms | 15.06 ms | 0.98 |
| `only-on-paper` | 107 | 28.01 ms | 27.83 ms | 1.01 |
| `overseers-by-reach` | 603 | 31.54 ms | 31.79 ms | 0.99 |
| `pillars-by-body` | 200 | 37.05 ms | 37.29 ms | 0.99 |
| `powers-and-provisions` | 714 | 18.04 ms | 18.38 ms | 0.98 |
| `powers-without-provision` | 598 | 16.26 ms | 16.19 ms | 1.00 |
| `proposed-controls` | 40 | 0.30 ms | 0.30 ms | 1.02 |
| `purse-strings` | 1262 | 175.51 ms | 175.29 ms | 1.00 |
| `rests-on-act` | 334 | 2.34 ms | 2.31 ms | 1.01 |
| `selected-by-the-overseen` | 8 | 68.91 ms | 68.84 ms | 1.00 |
| `sources` | 1033 | 29.20 ms | 29.26 ms | 1.00 |
| `subordinates` | 23 | 17.75 ms | 17.36 ms | 1.02 |
| `superiors` | 3 | 0.28 ms | 0.28 ms | 0.99 |
| `surveillance-authorisation` | 251 | 158.50 ms | 159.64 ms | 0.99 |
| `surveys` | 307 | 1.38 ms | 1.39 ms | 1.00 |
| `unaudited-bodies` | 8 | 161.87 ms | 163.10 ms | 0.99 |
| `unverified-links` | 780 | 9.48 ms | 9.59 ms | 0.99 |
| `where-to-complain` | 11 | 12.42 ms | 12.43 ms | 1.00 |
| `without-any-control` | 275 | 31.02 ms | 30.90 ms | 1.00 |
| `without-parliament` | 5 | 171.96 ms | 172.63 ms | 1.00 |
| all | | 1707.9 ms | 1715.6 ms | 1.00 |

## The questions

"#;
