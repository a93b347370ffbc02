//! `oversight report`: a country report that can be printed and signed.

use super::charts::matrix_scene;
use super::draw::gap_scene;
use crate::change::diff;
use crate::cli::data::{Selection, graph, norms, sources};
use crate::cli::error::{Failure, Outcome};
use crate::cli::options::{FromArgs, NormArgs, OutputArgs, SelectionArgs};
use crate::cli::ui::Ui;
use crate::diagram::matrix::MatrixView;
use crate::diagram::{FONT_FILES, Format as PictureFormat, Scene};
use crate::gaps::{Finding, World, evaluate};
use crate::model::{Day, nearest};
use crate::rdf::{Document, sha256, sha256_of};
use crate::report::country::{CountryReport, Pictures, Provenance, country};
use crate::report::document::{self, Figure, Fonts};
use std::path::Path;

/// Write a country report: what is met, on paper and missing, body by body, with articles and sources
///
/// A summary, the matrix, the gap diagram, a section for each body, the findings by guidance document and by principle,
/// method and limits, sources, and what it takes to make the report again. The form is told by the extension of `-o`,
/// or by `--format`; all forms say the same. Pictures of Markdown are written into files beside it.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The country of the shipped data, by code (`ua`)
    #[arg(value_name = "PLACE", required_unless_present = "from", conflicts_with = "from")]
    place: Option<String>,
    #[command(flatten)]
    from: FromArgs,
    #[command(flatten)]
    norms: NormArgs,
    /// Tell what changed in the law since this day
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// The form of the report: `html`, `md`, `docx` or `pdf`
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// The forms of a report.
const FORMATS: [&str; 4] = ["html", "md", "docx", "pdf"];

/// Pixels an inch of pictures in word processors' documents, where they shrink to the width of the page.
const PICTURE_DPI: f64 = 160.0;

/// Runs the command.
pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let from = &args.from;
    let format = format(args.format.as_deref(), ui.output())?;
    let day = from.day()?;
    let since = since(args.since.as_deref(), day)?;
    let places: Vec<String> = args.place.iter().cloned().collect();
    let documents = sources(&places, from)?;
    let provenance = provenance(args, &documents, day, format)?;
    let graph = graph(&documents, ui)?;
    let chosen = norms(&graph, &args.norms)?;
    let world = World::new(&graph, day, from.trust());
    let findings = evaluate(&world, &chosen);
    if findings.is_empty() {
        return Err(Failure::new(format!("no norm binds a body of these data on {day}"))
            .hint("`oversight gaps` tells what there is; `--as-of` sets the day"));
    }
    let changes = since.map(|since| (since, diff(&World::new(&graph, since, from.trust()), &world, &chosen)));
    let report = country(&CountryReport {
        world: &world,
        findings: &findings,
        language: &from.lang,
        pictures: pictures(&world, &findings, from, format)?,
        since: changes.as_ref().map(|(since, changes)| (*since, changes.as_slice())),
        provenance,
    });
    match format {
        "html" => ui.text(&document::html(&report))?,
        "docx" => {
            let bytes = document::docx(&report).map_err(|error| Failure::writing(ui.output(), &error))?;
            ui.result(|out| out.write_all(&bytes).map_err(|error| Failure::writing(ui.output(), &error)))?;
        }
        "pdf" => {
            let fonts = Fonts { regular: FONT_FILES[0], bold: FONT_FILES[1] };
            let bytes = document::pdf(&report, fonts).map_err(|error| Failure::of(&error))?;
            ui.result(|out| out.write_all(&bytes).map_err(|error| Failure::writing(ui.output(), &error)))?;
        }
        _ => markdown(&report, ui)?,
    }
    if let Some(path) = ui.output() {
        let sections = report.blocks.iter().filter(|b| matches!(b, document::Block::Heading(_))).count();
        ui.wrote(path, &format!("{} findings in {sections} sections", findings.len()));
    }
    Ok(Outcome::Done)
}

/// Writes Markdown, and its pictures beside it.
fn markdown(report: &document::Document, ui: &Ui) -> Result<(), Failure> {
    let stem = ui.output().and_then(Path::file_stem).map(|stem| stem.to_string_lossy().into_owned());
    let file = |name: &str| match &stem {
        Some(stem) => format!("{stem}-{name}.svg"),
        None => format!("{name}.svg"),
    };
    if let Some(path) = ui.output() {
        for block in &report.blocks {
            if let document::Block::Figure(figure) = block {
                let path = path.with_file_name(file(&figure.name));
                ui.file(&path, |out| {
                    out.write_all(figure.svg.as_bytes())
                        .map_err(|error| Failure::writing(Some(&path), &error))
                })?;
            }
        }
    }
    ui.text(&document::markdown(report, file))
}

/// Draws the matrix and the gap diagram of the findings.
fn pictures(
    world: &World<'_>,
    findings: &[Finding<'_>],
    from: &FromArgs,
    format: &str,
) -> Result<Pictures, Failure> {
    let selection = Selection::new(world.graph(), &SelectionArgs::default())?;
    Ok(Pictures {
        matrix: figure("matrix", &matrix_scene(world, findings, from, MatrixView::default()), format)?,
        gaps: figure("gaps", &gap_scene(world, findings, &selection, from, false), format)?,
    })
}

/// Returns a picture as a form of the report takes it.
fn figure(name: &str, scene: &Scene, format: &str) -> Result<Figure, Failure> {
    let written = |form| scene.write(form, PICTURE_DPI).map_err(|error| Failure::new(error.to_string()));
    Ok(Figure {
        name: name.to_owned(),
        caption: scene.title.clone(),
        description: scene.description.clone(),
        svg: String::from_utf8_lossy(&written(PictureFormat::Svg)?).into_owned(),
        png: if format == "docx" { written(PictureFormat::Png)? } else { Vec::new() },
        size: [scene.width, scene.height],
    })
}

/// Returns the earlier day of `--since`.
fn since(text: Option<&str>, day: Day) -> Result<Option<Day>, Failure> {
    let Some(text) = text else { return Ok(None) };
    let since: Day = text.parse().map_err(|_| {
        Failure::new(format!("`--since {text}` is not a day of the calendar"))
            .hint("write it as year, month and day: `--since 2020-01-01`")
    })?;
    if since >= day {
        return Err(Failure::new(format!("`--since {since}` is not before the legal day {day}"))
            .hint("`--as-of` sets the legal day; it is today, if not given"));
    }
    Ok(Some(since))
}

/// Returns the form that is asked for, or that the file's extension tells; HTML where neither does.
fn format(asked: Option<&str>, path: Option<&Path>) -> Result<&'static str, Failure> {
    let extension = path.and_then(Path::extension).and_then(|extension| extension.to_str());
    let Some(word) = asked.or(extension) else { return Ok(FORMATS[0]) };
    let word = match word.to_ascii_lowercase().as_str() {
        "htm" | "xhtml" => "html".to_owned(),
        "markdown" => "md".to_owned(),
        word => word.to_owned(),
    };
    FORMATS.iter().find(|format| **format == word).copied().ok_or_else(|| {
        Failure::new(format!("`{word}` is not a form that reports are written in"))
            .nearest(nearest(&word, FORMATS))
            .hint(format!("reports are written as {}", FORMATS.join(", ")))
    })
}

/// Returns how the report comes to be: the program, the command, the digests of what is read.
fn provenance(args: &Args, documents: &[Document], day: Day, format: &str) -> Result<Provenance, Failure> {
    let mut inputs = Vec::with_capacity(documents.len());
    for document in documents {
        let hash = sha256(document)?.unwrap_or_else(|| "-".to_owned());
        inputs.push((document.name.clone(), hash));
    }
    let lines: String = inputs.iter().map(|(name, hash)| format!("{hash}  {name}\n")).collect();
    Ok(Provenance {
        program: format!("oversight {}", env!("CARGO_PKG_VERSION")),
        command: command("report", args, day, &format!("-o report.{format}")),
        table: command("gaps", args, day, "--format csv"),
        trust: args.from.trust(),
        inputs,
        digest: sha256_of(&lines),
        norms: [&args.norms.norm, &args.norms.document, &args.norms.principle]
            .into_iter()
            .flatten()
            .cloned()
            .chain(args.norms.severity.iter().map(|one| crate::model::Severity::from(*one).slug().to_owned()))
            .collect(),
    })
}

/// Returns the command that does the same on any other day.
fn command(verb: &str, args: &Args, day: Day, form: &str) -> String {
    let from = &args.from;
    let mut words = vec!["oversight".to_owned(), verb.to_owned()];
    words.extend(args.place.clone());
    let mut add = |flag: &str, value: &str| words.extend([flag.to_owned(), quoted(value)]);
    for source in &from.from {
        add("--from", source);
    }
    for path in &from.norms {
        add("--norms", &path.display().to_string());
    }
    for (flag, values) in [
        ("--norm", &args.norms.norm),
        ("--document", &args.norms.document),
        ("--principle", &args.norms.principle),
    ] {
        for value in values {
            add(flag, value);
        }
    }
    for severity in &args.norms.severity {
        add("--severity", crate::model::Severity::from(*severity).slug());
    }
    add("--as-of", &day.to_string());
    add("--lang", &from.lang);
    if let Some(since) = args.since.as_ref().filter(|_| verb == "report") {
        add("--since", since);
    }
    if from.verified_only {
        words.push("--verified-only".to_owned());
    }
    words.push(form.to_owned());
    words.join(" ")
}

/// Quotes a word for a shell where that is needed.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:,=+@%".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
