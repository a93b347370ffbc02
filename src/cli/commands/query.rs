//! `oversight query`: SPARQL over the data.

use super::draw::{draw_scene, format_of, source_of};
use crate::cli::data::{allowed_documents, check, only_endpoint, sources};
use crate::cli::error::{Failure, Outcome};
use crate::cli::options::{FromArgs, LimitArgs, OutputArgs};
use crate::cli::sites::allowed;
use crate::cli::ui::Ui;
use crate::diagram::words::Phrase;
use crate::diagram::{About, Scene};
use crate::http::Site;
use crate::rdf::{Source, documents};
use crate::report::{Align, RowCell, rows_html, rows_markdown, table};
use crate::store::{
    Answer, Cell, Guard, Loading, Net, QueryResults, Question, Remote, ResultFormat, Rows, Store, StoreError,
    Stranger, guarded, nearest_question, shipped_question, write,
};
use crate::wording::{Tongue, phrases};
use clap::ValueEnum;
use std::io::{Read as _, stdin};
use std::path::{Path, PathBuf};

/// Ask the data in SPARQL: SELECT, ASK, CONSTRUCT, DESCRIBE
///
/// The prefixes of the vocabulary (`ov:`, `type:`, `mechanism:`, `skos:` ...) and one a country (`ua:`) are known
/// without declaring. Each link in force is also there as a plain property: `SELECT ?who { ?who ov:audits ua:sbu }`.
/// `oversight queries` lists the questions that come with the program; a file may declare parameters as they do.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A file with the query, `-` for standard input, or the name of a shipped query where there is no such file
    #[arg(value_name = "FILE|NAME", required_unless_present = "expression", conflicts_with = "expression")]
    query: Option<String>,
    /// The query itself
    #[arg(short, long, value_name = "TEXT")]
    expression: Option<String>,
    /// A value for a parameter of the query; repeatable
    #[arg(short, long = "param", value_name = "NAME=VALUE", value_parser = name_and_value)]
    params: Vec<(String, String)>,
    /// Show names beside IRIs, in tables, Markdown and HTML
    #[arg(long)]
    labels: bool,
    /// Draw the graph of a CONSTRUCT or DESCRIBE into this file instead: `.svg`, `.png`, `.pdf`, `.dot` or `.txt`
    ///
    /// Resources are boxes with their values in them, properties the lines between; 120 boxes at most.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["format", "labels", "explain", "output"])]
    draw: Option<PathBuf>,
    /// Let the query ask this endpoint by `SERVICE`; repeatable
    ///
    /// It is reached at a public address, unless the URL names the machine by number or as `localhost`.
    #[arg(long, value_name = "URL")]
    allow_service: Vec<String>,
    /// Let the query read this file or document on the web by `FROM` and `FROM NAMED`; repeatable
    ///
    /// It is read where the query names it: a file by its `file:` IRI, whole. Addresses are reached as `SERVICE` reaches them.
    #[arg(long, value_name = "FILE|URL")]
    allow_from: Vec<String>,
    #[command(flatten)]
    from: FromArgs,
    /// The form of the output; a table for rows and Turtle for graphs, if not given
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Say how it is going to be answered instead: what was rewritten, and the engine's plan
    #[arg(long, conflicts_with_all = ["format", "labels"])]
    explain: bool,
    #[command(flatten)]
    limits: LimitArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// Forms of results.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For the terminal
    Table,
    /// A Markdown table
    Markdown,
    /// An HTML page
    Html,
    /// SPARQL Query Results JSON
    Json,
    /// SPARQL Query Results XML
    Xml,
    /// Comma-separated values
    Csv,
    /// Tab-separated values
    Tsv,
    /// Turtle
    Turtle,
    /// N-Triples
    Ntriples,
    /// N-Quads
    Nquads,
    /// TriG
    Trig,
    /// RDF/XML
    Rdfxml,
    /// JSON-LD
    Jsonld,
}

impl Format {
    fn result(self) -> Option<ResultFormat> {
        match self {
            Self::Table | Self::Markdown | Self::Html => None,
            Self::Json => Some(ResultFormat::Json),
            Self::Xml => Some(ResultFormat::Xml),
            Self::Csv => Some(ResultFormat::Csv),
            Self::Tsv => Some(ResultFormat::Tsv),
            Self::Turtle => Some(ResultFormat::Turtle),
            Self::Ntriples => Some(ResultFormat::NTriples),
            Self::Nquads => Some(ResultFormat::NQuads),
            Self::Trig => Some(ResultFormat::TriG),
            Self::Rdfxml => Some(ResultFormat::RdfXml),
            Self::Jsonld => Some(ResultFormat::JsonLd),
        }
    }
}

fn name_and_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("write it as `name=value`".to_owned()),
    }
}

/// Runs the command.
///
/// The answer is made whole before any of it is written, so that a limit leaves nothing half written.
pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let question = question(args)?;
    // A form that is not known is told before any data are read.
    if let Some(path) = &args.draw {
        format_of(path)?;
    }
    let (day, trust, limits) = (args.from.day()?, args.from.trust(), args.limits.limits());
    let endpoint = only_endpoint(&args.from, limits.time)?;
    let services = allowed(&args.allow_service, limits.time)?;
    if let Some(site) = endpoint {
        return elsewhere(args, ui, &question, site, services);
    }
    let documents = sources(&[], &args.from)?;
    let allowed = allowed_documents(&args.allow_from, limits.time)?;
    let (params, format, printer) = (args.params.clone(), args.format, ui.clone());
    let (explain, drawn, lang) = (args.explain, args.draw.is_some(), args.from.lang.clone());
    let labels = args.labels;
    let heading = Heading::of(&question, &args.from.lang);
    let asked = question.clone();
    let found = guarded(limits, move |guard| {
        let loading = Loading::read(&documents)?;
        check(&loading.graph, &documents, &printer)?;
        let store = Store::new(loading, day, trust)?.allowing(services, allowed);
        if explain {
            return Ok(Found::Text(store.explain(&question, &params)?.to_string().into_bytes(), None));
        }
        for Stranger { word, nearest } in store.strangers(&question, &params)? {
            let nearest = nearest.map_or(String::new(), |nearest| format!("; nearest: `{nearest}`"));
            printer.warning(&format!("`{word}` stands in no triple{nearest}"));
        }
        let results = store.ask(&question, &params, guard)?;
        if drawn {
            return Ok(Found::Net(store.net(results, &lang, guard)?));
        }
        let people = |results| store.answer(results, labels.then_some(lang.as_str()), guard);
        written(results, format, &heading, guard, &printer, people)
    })?;
    print(args, ui, &found, &asked)
}

/// Has the query answered by an endpoint.
fn elsewhere(
    args: &Args,
    ui: &Ui,
    question: &Question,
    site: Site,
    services: Vec<Site>,
) -> Result<Outcome, Failure> {
    if args.explain {
        return Err(Failure::new("how an endpoint answers is not known here")
            .hint("`--explain` tells it of data that are read with `--from`"));
    }
    if !args.allow_from.is_empty() {
        return Err(Failure::new("`--allow-from` cannot stand with an endpoint")
            .hint("it is the endpoint that reads what FROM names there"));
    }
    if args.from.verified_only || !args.from.norms.is_empty() {
        return Err(Failure::new("`--verified-only` and `--norms` cannot stand with an endpoint")
            .hint("the endpoint answers from what it holds, and knows nothing of them"));
    }
    let ontology = documents(&[Source::Shipped("ontology/".to_owned())])?;
    let remote = Remote::new(site, ontology, args.from.day()?, services);
    let (params, format, printer) = (args.params.clone(), args.format, ui.clone());
    let heading = Heading::of(question, &args.from.lang);
    let (asked, labels, drawn, lang) =
        (question.clone(), args.labels, args.draw.is_some(), args.from.lang.clone());
    let found = guarded(args.limits.limits(), move |guard| {
        let results = remote.ask(&asked, &params, guard)?;
        if drawn {
            return Ok(Found::Net(remote.net(results, &lang, guard)?));
        }
        let people = |results| remote.answer(results, labels.then_some(lang.as_str()), guard);
        written(results, format, &heading, guard, &printer, people)
    })?;
    print(args, ui, &found, question)
}

/// What stands above an answer on a page.
struct Heading {
    title: String,
    tongue: Tongue,
}

impl Heading {
    fn of(question: &Question, language: &str) -> Self {
        let tongue = Tongue::of(language);
        let title = match question.summary.pick(language) {
            "" => tongue.say(phrases::QUERY),
            summary => summary,
        };
        Self { title: title.to_owned(), tongue }
    }
}

/// An answer.
enum Found {
    /// As it is written, and the number of its rows, of those for people.
    Text(Vec<u8>, Option<usize>),
    /// As it is drawn.
    Net(Net),
}

/// Writes results in a form for programs, or, with `people`, in one for people.
fn written<'r>(
    results: QueryResults<'r>,
    format: Option<Format>,
    heading: &Heading,
    guard: &Guard,
    ui: &Ui,
    people: impl FnOnce(QueryResults<'r>) -> Result<Answer, StoreError>,
) -> Result<Found, Failure> {
    if let Some(format) = format.and_then(Format::result) {
        let mut text = Vec::new();
        write(results, format, guard, &mut text)?;
        return Ok(Found::Text(text, None));
    }
    match people(results)? {
        Answer::Rows(rows) => {
            let text = shown(&rows, format, heading, ui);
            Ok(Found::Text(text.into_bytes(), Some(rows.rows.len())))
        }
        Answer::Boolean(_) if matches!(format, Some(Format::Markdown | Format::Html)) => {
            Err(Failure::new("ASK gives true or false, which is no table")
                .hint("use `--format json`, `xml`, `csv` or `tsv`, or none"))
        }
        Answer::Boolean(answer) => Ok(Found::Text(format!("{answer}\n").into_bytes(), None)),
        Answer::Turtle(_) if matches!(format, Some(Format::Markdown | Format::Html)) => {
            Err(Failure::new("CONSTRUCT and DESCRIBE give a graph, which is no table")
                .hint("use `--format turtle`, `ntriples`, `nquads`, `trig`, `rdfxml` or `jsonld`"))
        }
        Answer::Turtle(text) => Ok(Found::Text(text, None)),
    }
}

fn print(args: &Args, ui: &Ui, found: &Found, question: &Question) -> Result<Outcome, Failure> {
    match (found, &args.draw) {
        (Found::Text(text, rows), _) => {
            ui.result(|out| out.write_all(text).map_err(|e| Failure::writing(ui.output(), &e)))?;
            if let Some(count) = rows {
                ui.note(&format!("{count} {}", if *count == 1 { "row" } else { "rows" }));
            }
        }
        (Found::Net(net), Some(path)) => {
            draw_scene(&picture(net, args, question)?, format_of(path)?, path, ui)?;
        }
        (Found::Net(_), None) => {}
    }
    Ok(Outcome::Done)
}

/// Draws a graph, under the question and the values that it was given.
fn picture(net: &Net, args: &Args, question: &Question) -> Result<Scene, Failure> {
    let title = match question.summary.pick(&args.from.lang) {
        "" => Phrase::NetTitle.in_language(&args.from.lang),
        summary => summary,
    };
    let about = About {
        title: title.to_owned(),
        version: None,
        source: source_of("data", &args.from),
        language: args.from.lang.clone(),
    };
    let given: Vec<String> = args.params.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    crate::diagram::net(net, &about, &given.join(" · ")).map_err(|error| {
        Failure::new(error.to_string()).hint(
            "narrow the query, or take the graph as Turtle (without `--draw`) to a program for large graphs",
        )
    })
}

fn shown(rows: &Rows, format: Option<Format>, heading: &Heading, ui: &Ui) -> String {
    let cells =
        || rows.rows.iter().map(|row| row.iter().map(row_cell).collect()).collect::<Vec<Vec<RowCell<'_>>>>();
    match format {
        Some(Format::Markdown) => rows_markdown(&rows.columns, &cells()),
        Some(Format::Html) => rows_html(&heading.title, heading.tongue, &rows.columns, &cells()),
        _ => {
            let header: Vec<(&str, Align)> = rows.columns.iter().map(|c| (c.as_str(), Align::Left)).collect();
            let text = |row: &Vec<Cell>| row.iter().map(ToString::to_string).collect();
            table(&header, &rows.rows.iter().map(text).collect::<Vec<_>>(), ui.width())
        }
    }
}

fn row_cell(cell: &Cell) -> RowCell<'_> {
    RowCell { text: &cell.text, iri: cell.iri.as_deref(), label: cell.label.as_deref() }
}

fn question(args: &Args) -> Result<Question, Failure> {
    if let Some(text) = &args.expression {
        return Ok(Question::parse("the query", text)?);
    }
    let name = args.query.as_deref().unwrap_or("-");
    let unreadable = |error: std::io::Error| {
        Failure::new(format!("cannot read the query `{name}`: {error}"))
            .hint("a query on the command line is given with `-e`")
    };
    if name == "-" {
        let mut text = String::new();
        stdin().read_to_string(&mut text).map_err(unreadable)?;
        return Ok(Question::parse("the query", &text)?);
    }
    let path = Path::new(name);
    if path.is_dir() || !path.exists() {
        if let Some(question) = shipped_question(name)? {
            return Ok(question);
        }
        if is_name(name) {
            return Err(Failure::new(format!("no file and no shipped query `{name}`"))
                .nearest(nearest_question(name))
                .hint("`oversight queries` lists them; a query on the command line is given with `-e`"));
        }
    }
    let text = std::fs::read_to_string(name).map_err(unreadable)?;
    let id = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or(name);
    Ok(Question::parse(id, &text)?)
}

/// Returns whether this looks like the name of a shipped query, not like a path.
fn is_name(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}
