//! `oversight import`: spreadsheets of facts and norms into RDF.

use crate::cli::data::shipped_vocabulary;
use crate::cli::error::{Failure, Outcome};
use crate::cli::options::OutputArgs;
use crate::cli::tables::write_tables;
use crate::cli::ui::Ui;
use crate::export::template;
use crate::import::{Country, Imported, Words, facts, norms, sfm, wikidata};
use crate::model::{Graph, Pillar};
use crate::vocab::{ID, scheme, slug};
use clap::Subcommand;
use std::path::{Path, PathBuf};

/// Turn tables of facts or norms, or data of others, into RDF
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, arg_required_else_help = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: Option<What>,
    /// Write empty tables for a country desk to fill in: a workbook (`facts.xlsx`) with drop-down lists, or a folder
    /// of CSV files; `columns` explains each column, `words` lists what may be written
    #[arg(long, value_name = "FILE.xlsx|FOLDER")]
    template: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Turn a country's tables (institutions, acts, links, powers, surveys; CSV or XLSX) into Turtle
    ///
    /// Every row is accounted for: a bad id, date, word or column stops the import with file, row, column, value and
    /// the nearest allowed value, and nothing is written. `about.ttl`, which people edit, is only written where none
    /// is there.
    Facts {
        /// The folder with the tables, or the workbook
        #[arg(value_name = "FOLDER|FILE.xlsx")]
        tables: PathBuf,
        /// The country's code, such as `ua`
        #[arg(long, value_name = "CODE")]
        country: String,
        /// Language tag of the native names; the country's main language, if not given
        #[arg(long, value_name = "TAG")]
        language: Option<String>,
    },
    /// Turn research tables of Security Force Monitor (units and their parents; CSV or TSV) into `sfm.ttl`
    ///
    /// Nothing of it counts as checked. What does not fit is told; `docs/import.md` has the mapping.
    Sfm {
        /// The table of units, such as the download "Parentage" of `WhoWasInCommand`
        #[arg(value_name = "FILE")]
        table: PathBuf,
        /// The country's code, such as `ua`; units of others are left out
        #[arg(long, value_name = "CODE")]
        country: String,
        /// The table of sources, to turn their ids into addresses
        #[arg(long, value_name = "FILE")]
        sources: Option<PathBuf>,
        /// Language tag of the names; none, if not given, for the tables do not tell it
        #[arg(long, value_name = "TAG")]
        language: Option<String>,
    },
    /// Turn results of a SPARQL query to Wikidata (institutions; JSON) into `wikidata.ttl`
    ///
    /// Nothing of it counts as checked. What does not fit is told; `docs/import.md` has the query and the mapping.
    Wikidata {
        /// The results, as `application/sparql-results+json`
        #[arg(value_name = "FILE")]
        results: PathBuf,
        /// The country's code, such as `ua`
        #[arg(long, value_name = "CODE")]
        country: String,
    },
    /// Turn the tables of norms, guidance documents and principles (CSV) into Turtle
    Norms {
        /// The folder with the tables
        dir: PathBuf,
    },
}

/// Runs the command.
pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    if let Some(target) = &args.template {
        let holds_something = |folder: &Path| folder.read_dir().is_ok_and(|mut all| all.next().is_some());
        if target.exists() && (!target.is_dir() || holds_something(target)) {
            return Err(Failure::new(format!(
                "`{}` is there already, and may be filled in",
                target.display()
            ))
            .hint("name a new file or folder for the empty tables"));
        }
        write_tables(&template(&shipped_vocabulary()?), target, ui)?;
        ui.wrote(target, "empty tables");
        return Ok(Outcome::Done);
    }
    let Some(what) = &args.what else {
        return Err(Failure::new("nothing to import is named").hint("see `oversight import --help`"));
    };
    let Some(target) = ui.output() else {
        return Err(Failure::new("an import needs a folder to write to")
            .hint("name it with `-o`, such as `-o data/xx`"));
    };
    let graph = shipped_vocabulary()?;
    let words = words(&graph);
    let imported = match what {
        What::Facts { tables, country, language } => {
            facts(tables, &named_country(&graph, country, language.as_deref())?, &words)?
        }
        What::Norms { dir } => norms(dir, &words)?,
        What::Sfm { table, country, sources, language } => {
            let tag = language.as_deref();
            let country = named_country(&graph, country, Some(tag.unwrap_or("en")))?;
            sfm(table, sources.as_deref(), &country, tag)?
        }
        What::Wikidata { results, country } => {
            wikidata(results, &named_country(&graph, country, Some("en"))?, &words)?
        }
    };
    write(&imported, target, ui)?;
    for told in &imported.told {
        ui.note(&format!("note: {told}"));
    }
    let counts: Vec<String> = imported.counts.iter().map(|(table, rows)| format!("{rows} {table}")).collect();
    ui.note(&format!("imported {} into {}", counts.join(", "), target.display()));
    Ok(Outcome::Done)
}

fn write(imported: &Imported, target: &Path, ui: &Ui) -> Result<(), Failure> {
    for (name, text) in &imported.files {
        let path = target.join(name);
        // People edit this one: title, licence, known limits.
        if name == "about.ttl" && path.exists() {
            continue;
        }
        ui.file(&path, |out| {
            out.write_all(text.as_bytes()).map_err(|error| Failure::writing(Some(&path), &error))
        })?;
    }
    Ok(())
}

fn named_country(graph: &Graph, code: &str, language: Option<&str>) -> Result<Country, Failure> {
    let iri = format!("{ID}{code}");
    let known = graph.countries.iter().find(|country| graph.text(country.iri) == iri);
    let own = known.and_then(|country| country.language).map(|tag| graph.text(tag));
    let Some(language) = language.or(own) else {
        return Err(Failure::new(format!("the language of the country `{code}` is not known"))
            .hint("codes are those of ISO 3166-1 in lower case; name another's language with `--language`"));
    };
    let name = known.and_then(|country| country.labels.pick(&graph.texts, "en")).map(|name| graph.text(name));
    Ok(Country {
        code: code.to_owned(),
        language: language.to_owned(),
        name_en: name.unwrap_or(code).to_owned(),
    })
}

/// Returns the words that tables may use: those of the shipped ontology.
fn words(graph: &Graph) -> Words {
    let vocabulary = &graph.vocabulary;
    let of_words = |namespace: &str| {
        let words = graph.words.iter().filter(|word| graph.text(word.iri).starts_with(namespace));
        words.map(|word| word.slug.clone()).collect()
    };
    Words {
        types: vocabulary.types.iter().map(|(_, concept)| concept.slug.clone()).collect(),
        groups: Pillar::ALL.iter().map(|pillar| pillar.slug().to_owned()).collect(),
        mechanisms: vocabulary.mechanisms.iter().map(|(_, concept)| concept.slug.clone()).collect(),
        powers: vocabulary.powers.iter().map(|(_, concept)| concept.slug.clone()).collect(),
        limits: vocabulary.limits.iter().map(|(_, concept)| concept.slug.clone()).collect(),
        statuses: of_words(scheme::STATUS),
        effects: of_words(scheme::EFFECT),
        severities: of_words(scheme::SEVERITY),
        principles: graph.principles.iter().map(|principle| principle.slug.clone()).collect(),
        documents: graph.documents.iter().map(|document| slug(graph.text(document.iri)).to_owned()).collect(),
    }
}
