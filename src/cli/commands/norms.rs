//! `oversight norms`: the norms, as a list, in plain words, as SPARQL and as SHACL.

use crate::cli::data::{Selection, graph, sources};
use crate::cli::error::{Failure, Outcome};
use crate::cli::options::{FromArgs, OutputArgs, SelectionArgs};
use crate::cli::ui::Ui;
use crate::gaps::sparql::{Form, query};

/// List norms
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    selection: SelectionArgs,
    #[command(flatten)]
    from: FromArgs,
    #[arg(long)]
    verdicts: bool,
    #[arg(long)]
    dir: std::path::PathBuf,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let graph = graph(&sources(&[], &args.from)?, ui)?;
    let selection = Selection::new(&graph, &args.selection)?;
    let day = args.from.day()?;
    let form = if args.verdicts { Form::Verdicts } else { Form::NotMet };
    ui.file(&args.dir.join("shapes.ttl"), |out| {
        out.write_all(crate::gaps::shacl::shapes(&graph, &selection.norms, day, args.from.trust()).as_bytes())
            .map_err(|e| Failure::writing(None, &e))
    })?;
    for norm in &selection.norms {
        let text = query(&graph, norm, day, args.from.trust(), form);
        ui.file(&args.dir.join(format!("{}.rq", norm.id)), |out| {
            out.write_all(text.as_bytes()).map_err(|e| Failure::writing(None, &e))
        })?;
    }
    Ok(Outcome::Done)
}
