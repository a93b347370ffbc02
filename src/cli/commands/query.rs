//! `oversight query`: SPARQL over the data.

use crate::cli::data::{check, sources};
use crate::cli::error::{Failure, Outcome};
use crate::cli::options::{FromArgs, OutputArgs};
use crate::cli::ui::Ui;
use crate::report::{Align, table};
use crate::store::{Answer, Loading, ResultFormat, Store, answer, write};
use clap::ValueEnum;
use std::io::{Read as _, stdin};
use std::path::PathBuf;

/// Ask the data in SPARQL: SELECT, ASK, CONSTRUCT, DESCRIBE
///
/// The prefixes of the vocabulary (`ov:`, `type:`, `mechanism:`, `skos:` ...) and one a country (`ua:`) are known
/// without declaring. Each link in force is also there as a plain property: `SELECT ?who { ?who ov:audits ua:sbu }`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A file with the query; `-` for standard input
    #[arg(value_name = "FILE", required_unless_present = "expression", conflicts_with = "expression")]
    file: Option<PathBuf>,
    /// The query itself
    #[arg(short, long, value_name = "TEXT")]
    expression: Option<String>,
    #[command(flatten)]
    from: FromArgs,
    /// The form of the output; a table for rows and Turtle for graphs, if not given
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// Forms of results.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For the terminal
    Table,
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
}

impl Format {
    fn result(self) -> Option<ResultFormat> {
        match self {
            Self::Table => None,
            Self::Json => Some(ResultFormat::Json),
            Self::Xml => Some(ResultFormat::Xml),
            Self::Csv => Some(ResultFormat::Csv),
            Self::Tsv => Some(ResultFormat::Tsv),
            Self::Turtle => Some(ResultFormat::Turtle),
            Self::Ntriples => Some(ResultFormat::NTriples),
        }
    }
}

/// Runs the command.
pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let query = text(args)?;
    let loading = Loading::read(&sources(&[], &args.from)?)?;
    check(&loading.graph, ui)?;
    let day = args.from.day()?;
    let store = Store::new(loading, day, args.from.trust())?;
    let results = store.query(&query)?;
    if let Some(format) = args.format.and_then(Format::result) {
        ui.result(|out| Ok(write(results, format, out)?))?;
        return Ok(Outcome::Done);
    }
    match answer(results)? {
        Answer::Rows(rows) => {
            let header: Vec<(&str, Align)> = rows.columns.iter().map(|c| (c.as_str(), Align::Left)).collect();
            ui.text(&table(&header, &rows.rows, ui.width()))?;
            ui.note(&format!("{} rows", rows.rows.len()));
        }
        Answer::Boolean(answer) => ui.text(&format!("{answer}\n"))?,
        Answer::Turtle(text) => {
            ui.result(|out| out.write_all(&text).map_err(|e| Failure::writing(ui.output(), &e)))?;
        }
    }
    Ok(Outcome::Done)
}

fn text(args: &Args) -> Result<String, Failure> {
    if let Some(text) = &args.expression {
        return Ok(text.clone());
    }
    let path = args.file.as_deref().unwrap_or(std::path::Path::new("-"));
    let read = if path.as_os_str() == "-" {
        let mut text = String::new();
        stdin().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(path)
    };
    read.map_err(|error| {
        Failure::new(format!("cannot read the query `{}`: {error}", path.display()))
            .hint("a query on the command line is given with `-e`")
    })
}
