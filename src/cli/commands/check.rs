//! `oversight check`: what is wrong in the data, and what to do.

use crate::cli::data::sources;
use crate::cli::error::{Failure, Outcome};
use crate::cli::options::{DataArgs, OutputArgs};
use crate::cli::ui::Ui;
use crate::rdf::{Source, documents};
use crate::report::{Issues, issues_csv, issues_html, issues_json, issues_markdown, issues_text};
use crate::store::check::{Checks, Level, Profile};
use crate::wording::{Tongue, phrases};
use clap::ValueEnum;
use std::path::{Path, PathBuf};

/// Check data: shapes (SHACL), rules (SPARQL), and what cannot be read
///
/// Prints each fault with its rule, subject, value, file and line, the worst first, and what to do. Levels are error
/// (the record cannot be used as it stands), warn (less can be concluded from it) and info (worth knowing).
///
/// A PLACE that has a dot or a slash is a file or folder of one's own, as after `--from`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    data: DataArgs,
    /// Validate by the SHACL shapes of this file or folder as well; repeatable
    #[arg(long, value_name = "FILE|DIR")]
    shapes: Vec<PathBuf>,
    /// Run only the rules of this file, at its levels: lines of `LEVEL<TAB>rule`
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// List all rules with their levels, as a profile to begin with, and check nothing
    #[arg(long)]
    rules: bool,
    /// Exit with 1 if there is a fault of this or a worse level
    #[arg(long, value_name = "LEVEL", default_value = "error")]
    fail_on: LevelArg,
    /// The form of the output
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// A level as typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum LevelArg {
    /// The record cannot be used as it stands
    Error,
    /// Less can be concluded from it
    Warn,
    /// Worth knowing
    Info,
}

impl From<LevelArg> for Level {
    fn from(level: LevelArg) -> Self {
        match level {
            LevelArg::Error => Self::Error,
            LevelArg::Warn => Self::Warn,
            LevelArg::Info => Self::Info,
        }
    }
}

/// Forms of issues.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For the terminal
    Table,
    /// A JSON object: counts by level, and all issues
    Json,
    /// Comma-separated values
    Csv,
    /// Markdown tables
    Markdown,
    /// An HTML page that stands alone
    Html,
}

/// Runs the command.
pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let own: Vec<Source> = args.shapes.iter().cloned().map(Source::Path).collect();
    let checks = Checks::new(&documents(&own)?)?;
    if args.rules {
        ui.text(&Profile::text(checks.rules(), &args.data.from.lang))?;
        return Ok(Outcome::Done);
    }
    let profile = match &args.profile {
        None => checks.profile(),
        Some(path) => profile(path, &checks)?,
    };
    args.data.from.day()?;
    let (files, places): (Vec<String>, Vec<String>) = args
        .data
        .places
        .iter()
        .cloned()
        .partition(|place| place.contains(['.', '/', std::path::MAIN_SEPARATOR]));
    let mut from = args.data.from.clone();
    from.from.extend(files);
    let issues = checks.run(&sources(&places, &from)?, &profile)?;
    let language = args.data.from.lang.as_str();
    let view = Issues { issues: &issues, rules: checks.rules(), language };
    let title = Tongue::of(language).say(phrases::CHECK);
    let written = |e: std::io::Error| Failure::writing(ui.output(), &e);
    match args.format {
        Format::Table => ui.text(&issues_text(&view, title, ui.palette()))?,
        Format::Json => ui.result(|out| issues_json(&view, out).map_err(written))?,
        Format::Csv => ui.result(|out| issues_csv(&view, out).map_err(written))?,
        Format::Markdown => ui.text(&issues_markdown(&view, title))?,
        Format::Html => ui.text(&issues_html(&view, title))?,
    }
    let fail_on = Level::from(args.fail_on);
    let fails = issues.iter().any(|issue| issue.level <= fail_on);
    Ok(if fails { Outcome::Findings } else { Outcome::Done })
}

fn profile(path: &Path, checks: &Checks) -> Result<Profile, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::new(format!("cannot read the profile `{}`: {error}", path.display())))?;
    Profile::parse(&text, checks.rules()).map_err(|error| {
        let failure = Failure::from(error);
        failure.within(&format!("the profile `{}` cannot be used", path.display()))
    })
}
