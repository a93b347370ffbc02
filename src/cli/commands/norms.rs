//! `oversight norms`: the norms as a list, one in plain words, and any of them as SPARQL and as SHACL.

use crate::cli::data::{
    graph, institution_type, norms, pillar, shipped_vocabulary, sources, unreadable_norms,
};
use crate::cli::error::{Failure, Outcome};
use crate::cli::options::{DataArgs, FromArgs, NormArgs, OutputArgs};
use crate::cli::ui::Ui;
use crate::gaps::shacl::shapes;
use crate::gaps::sparql::{Form, query};
use crate::gaps::{World, evaluate};
use crate::model::{Graph, Norm, load};
use crate::rdf::{Document, NamedOrBlankNode, Quad, Source, Triple, documents, read, turtle};
use crate::report::{norm_text, norms_json, norms_text};
use crate::store::check::{Checks, Issue, Level};
use crate::vocab::PREFIXES;
use crate::wording::{Tongue, phrases};
use clap::ValueEnum;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// List norms, explain one in plain words, write them as SPARQL or SHACL
///
/// `oversight norms` lists, `oversight norms MIA-07` explains. `--to sparql` writes each norm as a query of the
/// institutions that do not meet it, `--to shacl` as a shape: both stand alone and need the data only, so that anybody
/// can repeat a finding with another engine.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    check: Option<Command>,
    /// The norm to explain, or norms to list by id or by how their ids begin up to a hyphen (`MIA-07`, `MIA`)
    #[arg(value_name = "ID|PREFIX")]
    ids: Vec<String>,
    #[command(flatten)]
    norms: NormArgs,
    /// Only norms that bind this type or group of institutions (`police`); repeatable
    #[arg(long = "type", value_name = "TYPE")]
    types: Vec<String>,
    /// Only norms that ask for overseers of this pillar (`legislature`); repeatable
    #[arg(long, value_name = "PILLAR")]
    pillar: Vec<String>,
    /// The form of the output
    #[arg(long, alias = "format", value_name = "FORMAT", default_value = "table")]
    to: Format,
    /// With `--to sparql`: ask for every institution bound, with its verdict; with `--to shacl`: give each result its verdict
    #[arg(long)]
    verdicts: bool,
    #[command(flatten)]
    from: FromArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Check(CheckArgs),
}

/// Check norms of your own before you use them: what is wrong in them, and whom they bind in the data
#[derive(Debug, clap::Args)]
struct CheckArgs {
    /// An RDF file or folder with norms, such as one copied from `ontology/norms/`
    #[arg(value_name = "FILE|DIR")]
    file: PathBuf,
    #[command(flatten)]
    data: DataArgs,
}

/// Forms of norms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For the terminal: a list, or one norm in plain words
    Table,
    /// A JSON array
    Json,
    /// SHACL shapes in Turtle, one file
    Shacl,
    /// SPARQL 1.1; of several norms one file each in the folder `-o`
    Sparql,
    /// As they are stated, to copy and change
    Turtle,
}

/// Runs the command.
pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    if let Some(Command::Check(own)) = &args.check {
        return check(own, ui);
    }
    let (from, language) = (&args.from, &args.from.lang);
    let day = from.day()?;
    let documents = sources(&[], from)?;
    let graph = graph(&documents, ui)?;
    let chosen = selected(args, &graph)?;
    if args.verdicts && !matches!(args.to, Format::Sparql | Format::Shacl) {
        return Err(Failure::new("`--verdicts` is for queries and shapes")
            .hint("ask for them with `--to sparql` or `--to shacl`"));
    }
    let form = if args.verdicts { Form::Verdicts } else { Form::NotMet };
    match args.to {
        Format::Turtle => ui.text(&stated(&graph, &chosen, &documents)?)?,
        Format::Table => match (&args.ids[..], &chosen[..]) {
            ([_], [norm]) => ui.text(&norm_text(&graph, norm, language, ui.palette()))?,
            _ => ui.text(&norms_text(&graph, &chosen, language, ui.width()))?,
        },
        Format::Json => ui.text(&format!("{:#}\n", norms_json(&graph, &chosen)))?,
        Format::Shacl => ui.text(&shapes(&graph, &chosen, day, from.trust(), form))?,
        Format::Sparql => {
            let text = |norm: &Norm| query(&graph, norm, day, from.trust(), form);
            match (&chosen[..], ui.output()) {
                ([norm], output) if !output.is_some_and(Path::is_dir) => ui.text(&text(norm))?,
                (_, Some(file)) if file.extension().is_some_and(|end| end.eq_ignore_ascii_case("rq")) => {
                    return Err(Failure::new(format!("{} queries do not fit into one file", chosen.len()))
                        .hint("name a folder with `-o`, or one norm"));
                }
                (_, Some(folder)) => {
                    let files = chosen.iter().map(|norm| (format!("{}.rq", file_name(&norm.id)), text(norm)));
                    ui.folder(folder, files)?;
                }
                (_, None) => {
                    return Err(Failure::new(format!("{} queries do not fit into one output", chosen.len()))
                        .hint("name a folder with `-o`, or one norm"));
                }
            }
        }
    }
    Ok(Outcome::Done)
}

/// Returns norms in Turtle as they are stated, by the last document that states each.
fn stated(graph: &Graph, norms: &[&Norm], documents: &[Document]) -> Result<String, Failure> {
    let mut stated: BTreeMap<&str, Vec<Quad>> =
        norms.iter().map(|n| (graph.text(n.iri), Vec::new())).collect();
    for document in documents {
        let mut here: BTreeMap<String, Vec<Quad>> = BTreeMap::new();
        read(document, |quad| {
            if let NamedOrBlankNode::NamedNode(subject) = &quad.subject
                && stated.contains_key(subject.as_str())
            {
                here.entry(subject.as_str().to_owned()).or_default().push(quad);
            }
        })?;
        for (norm, quads) in here {
            if let Some(old) = stated.get_mut(norm.as_str()) {
                *old = quads;
            }
        }
    }
    let triples: Vec<Triple> = stated.into_values().flatten().map(Into::into).collect();
    let text: String = triples.iter().map(|triple| triple.to_string() + " ").collect();
    let used: Vec<(&str, &str)> = PREFIXES.iter().copied().filter(|(_, iri)| text.contains(iri)).collect();
    turtle(
        "Norms as they are stated; copy, and give each an IRI and a `skos:notation` of its own.",
        &used,
        &triples,
    )
    .map_err(|error| Failure::of(&error))
}

/// The rule by which `oversight check` tells what the reader says of a norm.
const UNREADABLE: &str = "norm-unreadable";

/// How many bodies are named before the rest is only counted.
const NAMED: usize = 20;

fn check(args: &CheckArgs, ui: &Ui) -> Result<Outcome, Failure> {
    let from = &args.data.from;
    let day = from.day()?;
    let own_documents = documents(&[Source::Path(args.file.clone())])?;
    // The norms that are shipped stay out: one's own may have the IRI of one of them.
    let words = ["schemes/", "documents.ttl", "principles.ttl"];
    let words = words.map(|part| Source::Shipped(format!("ontology/{part}")));
    let mut read = documents(&words)?;
    read.extend(own_documents.iter().cloned());
    let alone = load(&read)?;
    let advice = advice(&read, &own_documents)?;
    if let Some(failure) = unreadable_norms(&alone, &read) {
        // What the reader says is told already, in words that name the nearest.
        let more = advice.into_iter().filter(|issue| issue.level == Level::Error && issue.rule != UNREADABLE);
        let failure = more.fold(failure, |failure, issue| failure.hint(issue.message.pick("en")));
        return Err(failure.hint("no verdict is given while a norm cannot be read"));
    }
    if alone.norms.is_empty() {
        return Err(Failure::new(format!("no norm in `{}`", args.file.display()))
            .hint("a norm is a subject of the class `ov:Norm`; `oversight norms MIA-07 --to turtle` writes one to copy"));
    }
    ui.issues(&advice);
    let mut all = sources(&args.data.places, from)?;
    all.extend(own_documents);
    let graph = graph(&all, ui)?;
    let world = World::new(&graph, day, from.trust());
    let shipped = shipped_vocabulary()?;
    let tongue = Tongue::of(&from.lang);
    let mut text = String::new();
    for own in &alone.norms {
        let Some(norm) = graph.norms.iter().find(|norm| graph.text(norm.iri) == alone.text(own.iri)) else {
            continue;
        };
        text.push_str(&norm_text(&graph, norm, &from.lang, ui.palette()));
        if shipped.norms.iter().any(|norm| shipped.text(norm.iri) == alone.text(own.iri)) {
            let _ = writeln!(text, "{}", tongue.say(phrases::REPLACES_SHIPPED));
        }
        let bound: Vec<&str> = evaluate(&world, &[norm])
            .iter()
            .map(|finding| graph.short(graph.iri(finding.institution)))
            .collect();
        let more = bound.len().saturating_sub(NAMED);
        let more = if more == 0 { String::new() } else { tongue.fill(phrases::AND_MORE, &[&more]) };
        let binds = match bound.len() {
            0 => tongue.fill(phrases::BINDS_NONE, &[&day]),
            number => {
                let named = format!("{}{more}", bound[..number.min(NAMED)].join(", "));
                tongue.fill(phrases::BINDS_BODIES, &[&tongue.count(phrases::BODIES, number), &day, &named])
            }
        };
        let _ = write!(text, "{binds}\n\n");
    }
    ui.text(&text)?;
    Ok(Outcome::Done)
}

/// What the shapes and rules of `oversight check` say of one's own norms.
fn advice(read: &[Document], own: &[Document]) -> Result<Vec<Issue>, Failure> {
    let checks = Checks::new(&[])?;
    let mut issues = checks.run(read, &checks.profile())?;
    issues.retain(|issue| own.iter().any(|document| document.name == issue.document));
    Ok(issues)
}

fn selected<'g>(args: &Args, graph: &'g Graph) -> Result<Vec<&'g Norm>, Failure> {
    let mut asked = args.norms.clone();
    asked.norm.extend(args.ids.iter().cloned());
    let types = args.types.iter().map(|id| institution_type(graph, id)).collect::<Result<Vec<_>, _>>()?;
    let types = graph.vocabulary.expand(&types);
    let pillars = args.pillar.iter().map(|id| pillar(graph, id)).collect::<Result<Vec<_>, _>>()?;
    let mut chosen = norms(graph, &asked)?;
    chosen.retain(|norm| {
        let of_pillar = |pillar| norm.evidence.overseers.all.meets(graph.vocabulary.pillar_types(pillar));
        (types.is_empty() || norm.scope.types.all.meets(types))
            && (pillars.is_empty() || pillars.iter().copied().any(of_pillar))
    });
    if chosen.is_empty() {
        return Err(Failure::new("no norm is all of that").hint("leave out one of the filters"));
    }
    Ok(chosen)
}

/// A notation may hold any character; a file name had better not.
fn file_name(id: &str) -> String {
    id.chars().map(|c| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '_' }).collect()
}
