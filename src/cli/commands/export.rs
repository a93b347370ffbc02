//! `oversight export`: the graph for other tools.

use crate::cli::data::{graph, institution, mechanism, pillar, sources};
use crate::cli::error::{Failure, Outcome};
use crate::cli::options::{DataArgs, OutputArgs};
use crate::cli::place;
use crate::cli::tables::{is_workbook, write_tables};
use crate::cli::ui::Ui;
use crate::export::facts::facts;
use crate::export::{FORMATS, Format, Loss, Period, Selection, View, explanations};
use crate::gaps::{World, evaluate};
use crate::model::{Graph, Norm, Trust, nearest};
use std::path::PathBuf;

/// Write the graph in a form that other tools open
///
/// Bodies that exist and links that count on the day, in force or on paper; with `--all-time` everything on record.
/// What the form cannot carry is counted and told on standard error; with `--loss` it stands in FILE.loss.json too.
#[derive(Debug, clap::Args)]
#[command(after_long_help = listing())]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(crate) struct Args {
    #[command(flatten)]
    data: DataArgs,
    /// The form of the output: `graphml`, `gexf`, ... (all are listed below); or `facts`, one country's tables as
    /// `import facts` reads them, with all that is on record: to a folder as CSV, to a file as XLSX
    #[arg(long = "to", value_name = "FORMAT")]
    format: String,
    /// Everything on record, not only what counts on the day
    #[arg(long)]
    all_time: bool,
    /// Only links over or by this institution (`ua/sbu`), and the bodies that they tie; repeatable
    #[arg(long, value_name = "ID")]
    institution: Vec<String>,
    /// Only links by this mechanism (`hearing`), and the bodies that they tie; repeatable
    #[arg(long, value_name = "ID")]
    mechanism: Vec<String>,
    /// Only links whose overseer is of this pillar (`legislature`), and the bodies that they tie; repeatable
    #[arg(long, value_name = "ID")]
    pillar: Vec<String>,
    /// Hold the bodies against the norms, and write the verdicts as well
    #[arg(long)]
    with_verdicts: bool,
    /// What `node-link` calls its edges: `edges`, which NetworkX reads; or `links`, for its versions before 3.4 and D3
    #[arg(long, value_name = "KEY", value_parser = ["edges", "links"])]
    edges: Option<String>,
    /// `csv` for machines: no byte order mark, no `'` before cells that a spreadsheet takes for a formula, lists as JSON
    #[arg(long)]
    exact: bool,
    /// RDF with the links in force as plain properties as well, in the graph `.../graph/derived`
    #[arg(long)]
    derived: bool,
    /// RDF in the canonical form of RDFC-1.0, of which two can be compared line by line: `nquads`, `ntriples`
    #[arg(long)]
    canonical: bool,
    /// Write what could not be carried into FILE.loss.json, beside the FILE of `-o`
    #[arg(long)]
    loss: bool,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// The form that is several tables.
const FACTS: &str = "facts";

/// The forms, for the help.
fn listing() -> String {
    let rows =
        FORMATS.iter().map(|format| format!("  {:<10} {} ({})", format.id, format.name, format.opens_in));
    let rows: Vec<String> =
        rows.chain([format!("  {FACTS:<10} fact tables (oversight import facts)")]).collect();
    format!("Forms:\n{}", rows.join("\n"))
}

impl Args {
    /// Refuses a flag that would change nothing in the form asked for; none is that of the fact tables.
    fn refuse_idle(&self, format: Option<&Format>) -> Result<(), Failure> {
        let is = |id: &str| self.format == id;
        let graph = format.is_some();
        let any = "any form but `--to facts`";
        let flags = [
            ("--exact", self.exact, is("csv"), "`--to csv`"),
            ("--edges", self.edges.is_some(), is("node-link"), "`--to node-link`"),
            (
                "--derived",
                self.derived,
                format.is_some_and(Format::is_rdf),
                "a syntax of RDF, such as `--to trig`",
            ),
            (
                "--canonical",
                self.canonical,
                format.is_some_and(Format::has_canonical_form),
                "`--to nquads` or `--to ntriples`",
            ),
            ("--institution", !self.institution.is_empty(), graph, any),
            ("--mechanism", !self.mechanism.is_empty(), graph, any),
            ("--pillar", !self.pillar.is_empty(), graph, any),
            ("--with-verdicts", self.with_verdicts, graph, any),
            ("--loss", self.loss, graph, any),
        ];
        match flags.into_iter().find(|(_, is_given, is_heard, _)| *is_given && !is_heard) {
            None => Ok(()),
            Some((flag, _, _, with)) => {
                Err(Failure::new(format!("`{flag}` would change nothing in `--to {}`", self.format))
                    .hint(format!("it stands with {with}")))
            }
        }
    }
}

/// Runs the command.
pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    if args.format == FACTS {
        args.refuse_idle(None)?;
        return tables(args, ui);
    }
    let Some(format) = Format::of_id(&args.format) else {
        let ids = FORMATS.iter().map(|format| format.id).chain([FACTS]);
        let all: Vec<&str> = ids.clone().collect();
        return Err(Failure::new(format!("`{}` is not a form that the graph is written in", args.format))
            .nearest(nearest(&args.format, ids))
            .hint(format!("`--to` takes {}", all.join(", "))));
    };
    if let Some(feature) = format.missing_feature() {
        return Err(Failure::new(format!("this build of oversight cannot write `{}`", format.id))
            .hint(format!("`cargo install --path . --features {feature}` makes one that can")));
    }
    args.refuse_idle(Some(format))?;
    let report = match (args.loss, ui.output()) {
        (false, _) => None,
        (true, Some(path)) => {
            let mut name = path.as_os_str().to_owned();
            name.push(".loss.json");
            Some(PathBuf::from(name))
        }
        (true, None) => {
            return Err(Failure::new("`--loss` needs a file to stand beside").hint("name it with `-o`"));
        }
    };
    let from = &args.data.from;
    let documents = sources(&args.data.places, from)?;
    if format.is_rdf() && documents.iter().any(|document| document.name == "<stdin>") {
        return Err(Failure::new(
            "RDF is written from documents that can be read twice; standard input cannot",
        )
        .hint("save it in a file, and name that with `--from`"));
    }
    let graph = graph(&documents, ui)?;
    let mut selection = selection(args, &graph)?;
    selection.documents = documents;
    let world = World::new(&graph, from.day()?, from.trust());
    let findings = args.with_verdicts.then(|| {
        let norms: Vec<&Norm> = graph.norms.iter().collect();
        evaluate(&world, &norms)
    });
    let view = View::new(&world, &selection, findings);
    let lost = place::write(format, &view, ui)?;
    if let Some(path) = report {
        let text = format!("{:#}\n", lost.report(format, &view));
        ui.file(&path, |out| {
            out.write_all(text.as_bytes()).map_err(|error| Failure::writing(Some(&path), &error))
        })?;
    }
    tell(&view, &lost, ui);
    Ok(Outcome::Done)
}

fn selection(args: &Args, graph: &Graph) -> Result<Selection, Failure> {
    let period = if args.all_time { Period::AllTime } else { Period::Day };
    let mut selection = Selection::all(period, &args.data.from.lang);
    if args.edges.as_deref() == Some("links") {
        selection.edges_key = "links";
    }
    selection.exact = args.exact;
    selection.derived = args.derived;
    selection.canonical = args.canonical;
    for id in &args.institution {
        selection.institutions.push(institution(graph, id)?);
    }
    for id in &args.mechanism {
        selection.mechanisms.insert(mechanism(graph, id)?);
    }
    for id in &args.pillar {
        selection.pillars.push(pillar(graph, id)?);
    }
    Ok(selection)
}

fn tell(view: &View<'_>, lost: &Loss, ui: &Ui) {
    let written = format!("{} nodes, {} edges", view.node_count(), view.edge_count());
    match ui.output() {
        Some(path) => ui.wrote(path, &format!("{written}; {}", lost.summary())),
        None => ui.note(&format!("{written}; {}", lost.summary())),
    }
}

/// Writes one country's tables.
fn tables(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let Some(target) = ui.output() else {
        return Err(Failure::new("tables need a folder or a workbook to write to")
            .hint("name it with `-o`, such as `-o tables` for CSV or `-o tables.xlsx`"));
    };
    let from = &args.data.from;
    if from.trust() == Trust::VerifiedOnly {
        return Err(Failure::new("`--verified-only` cannot stand with `--to facts`")
            .hint("the column `checked` says what is verified"));
    }
    let graph = graph(&sources(&args.data.places, from)?, ui)?;
    let codes = graph.codes();
    let [code] = codes.as_slice() else {
        return Err(Failure::new(match codes.len() {
            0 => "there is no country to make tables of".to_owned(),
            n => format!("tables hold one country, and there are {n}: {}", codes.join(", ")),
        })
        .hint(
            "name one, such as `oversight export xx --to facts -o tables`; with `--from`, only its files",
        ));
    };
    let made = facts(&graph, code);
    for lost in &made.lost {
        ui.note(&format!("warning: no table holds {lost}"));
    }
    let counts: Vec<String> =
        made.sheets.iter().map(|sheet| format!("{} {}", sheet.rows.len(), sheet.name)).collect();
    let mut sheets = made.sheets;
    if is_workbook(target) {
        sheets.extend(explanations(&graph));
    }
    write_tables(&sheets, target, ui)?;
    ui.wrote(target, &counts.join(", "));
    Ok(Outcome::Done)
}
