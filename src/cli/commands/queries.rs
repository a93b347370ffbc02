//! `oversight queries`: the questions that come with the program.

use crate::cli::error::{Failure, Outcome};
use crate::cli::options::{OutputArgs, lower_case};
use crate::cli::ui::Ui;
use crate::report::{Align, table};
use crate::store::{Parameter, Question, catalogue, nearest_question, shipped_question};
use crate::wording::{Tongue, phrases};
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
    /// Language of titles and descriptions, such as `uk`; JSON has them in English
    #[arg(long, value_name = "TAG", default_value = "en", value_parser = lower_case)]
    lang: String,
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
            Format::Table => ui.text(&one(&question, &args.lang))?,
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
            let header = [phrases::QUERY_NAME, phrases::QUESTION, phrases::PARAMETERS]
                .map(|word| (Tongue::of(&args.lang).say(word), Align::Left));
            let rows: Vec<Vec<String>> = questions
                .iter()
                .map(|question| {
                    let parameters: Vec<String> = question.parameters.iter().map(brief).collect();
                    vec![
                        question.id.clone(),
                        question.summary.pick(&args.lang).to_owned(),
                        parameters.join(" "),
                    ]
                })
                .collect();
            ui.text(&table(&header, &rows, ui.width()))?;
            let count =
                if rows.len() == 1 { "1 query".to_owned() } else { format!("{} queries", rows.len()) };
            ui.note(&format!("{count}; a parameter in brackets may be left out"));
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

fn one(question: &Question, language: &str) -> String {
    let tongue = Tongue::of(language);
    let mut text = format!(
        "{}\n\n{}\n\n{}\n",
        question.summary.pick(language),
        question.description.pick(language),
        tongue.fill(phrases::TAGS, &[&question.tags.join(", ")])
    );
    if !question.parameters.is_empty() {
        let [parameter, takes, absent] =
            [phrases::PARAMETER, phrases::TAKES, phrases::IF_LEFT_OUT].map(|word| tongue.say(word));
        let header = [parameter, takes, absent, ""].map(|word| (word, Align::Left));
        let rows: Vec<Vec<String>> = question
            .parameters
            .iter()
            .map(|parameter| {
                let absent = match &parameter.default {
                    Some(default) => default.clone(),
                    None if parameter.required => tongue.say(phrases::MUST_BE_GIVEN).to_owned(),
                    None => tongue.say(phrases::ANY_VALUE).to_owned(),
                };
                let (name, takes) = (parameter.name.clone(), tongue.takes(parameter.kind).to_owned());
                vec![name, takes, absent, parameter.description.pick(language).to_owned()]
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
            "description": parameter.description.pick("en"),
        })
    };
    json!({
        "id": question.id,
        "summary": question.summary.pick("en"),
        "description": question.description.pick("en"),
        "tags": question.tags,
        "parameters": question.parameters.iter().map(parameter).collect::<Vec<_>>(),
        "query": question.sparql(),
    })
}
