//! `oversight queries`: the questions that come with the program.

use crate::cli::error::{Failure, Outcome};
use crate::cli::options::OutputArgs;
use crate::cli::ui::Ui;
use crate::report::{Align, table};
use crate::store::{Parameter, Question, catalogue, nearest_question, shipped_question};
use clap::ValueEnum;
use serde_json::{Value, json};

/// List the questions that come with the program, or show one: what it asks, what it takes, its text
///
/// `oversight query NAME --param name=value` answers one.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The query to show
    name: Option<String>,
    /// Only queries with this tag; repeatable, any of them
    #[arg(long, value_name = "TAG", conflicts_with = "name")]
    tag: Vec<String>,
    /// The form of the output
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// Forms of the list.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For the terminal
    Table,
    /// JSON: an array, or an object for one query
    Json,
}

/// Runs the command.
pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    if let Some(name) = &args.name {
        let question = shipped_question(name)?.ok_or_else(|| {
            Failure::new(format!("no shipped query `{name}`"))
                .nearest(nearest_question(name))
                .hint("`oversight queries` lists them")
        })?;
        match args.format {
            Format::Table => ui.text(&one(&question))?,
            Format::Json => ui.text(&format!("{:#}\n", record(&question)))?,
        }
        return Ok(Outcome::Done);
    }
    let mut questions = catalogue()?;
    for tag in &args.tag {
        if !questions.iter().any(|question| question.tags.contains(tag)) {
            let tags = questions.iter().flat_map(|question| question.tags.iter().map(String::as_str));
            let hint = crate::model::nearest(tag, tags);
            return Err(Failure::new(format!("no shipped query has the tag `{tag}`")).nearest(hint));
        }
    }
    questions
        .retain(|question| args.tag.is_empty() || question.tags.iter().any(|tag| args.tag.contains(tag)));
    match args.format {
        Format::Table => {
            let header = [("name", Align::Left), ("question", Align::Left), ("parameters", Align::Left)];
            let rows: Vec<Vec<String>> = questions
                .iter()
                .map(|question| {
                    let parameters: Vec<String> = question.parameters.iter().map(brief).collect();
                    vec![question.id.clone(), question.summary.clone(), parameters.join(" ")]
                })
                .collect();
            ui.text(&table(&header, &rows, ui.width()))?;
            ui.note(&format!("{} queries; a parameter in brackets may be left out", rows.len()));
        }
        Format::Json => {
            let records: Vec<Value> = questions.iter().map(record).collect();
            ui.text(&format!("{:#}\n", Value::from(records)))?;
        }
    }
    Ok(Outcome::Done)
}

fn brief(parameter: &Parameter) -> String {
    if parameter.required { parameter.name.clone() } else { format!("[{}]", parameter.name) }
}

fn one(question: &Question) -> String {
    let mut text =
        format!("{}\n\n{}\n\ntags: {}\n", question.summary, question.description, question.tags.join(", "));
    if !question.parameters.is_empty() {
        let header = [
            ("parameter", Align::Left),
            ("takes", Align::Left),
            ("if left out", Align::Left),
            ("", Align::Left),
        ];
        let rows: Vec<Vec<String>> = question
            .parameters
            .iter()
            .map(|parameter| {
                let absent = match &parameter.default {
                    Some(default) => default.clone(),
                    None if parameter.required => "must be given".to_owned(),
                    None => "any".to_owned(),
                };
                let (name, takes) = (parameter.name.clone(), parameter.kind.takes().to_owned());
                vec![name, takes, absent, parameter.description.clone()]
            })
            .collect();
        text.push('\n');
        text.push_str(&table(&header, &rows, None));
    }
    text.push('\n');
    text.push_str(&question.sparql());
    text
}

fn record(question: &Question) -> Value {
    let parameter = |parameter: &Parameter| {
        json!({
            "name": parameter.name,
            "type": parameter.kind.slug(),
            "required": parameter.required,
            "default": parameter.default,
            "description": parameter.description,
        })
    };
    json!({
        "id": question.id,
        "summary": question.summary,
        "description": question.description,
        "tags": question.tags,
        "parameters": question.parameters.iter().map(parameter).collect::<Vec<_>>(),
        "query": question.sparql(),
    })
}
