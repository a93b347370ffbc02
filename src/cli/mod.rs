//! The command line: arguments in, values of the library in between, text out.
//!
//! Each command is a file in `commands/` with its arguments, whose doc comments are the help. `options.rs` resolves
//! what commands share, `error.rs` alone knows every error, `ui.rs` alone prints, `clock.rs` alone reads the clock, `sites.rs`
//! alone reads credentials.
//!
//! # Invariants
//! * Exit codes: 0 done, 1 findings at or above `--fail-on`, 2 could not work. A closed pipe is 0.
//! * An output file is written whole or not at all.

mod clock;
mod commands;
mod data;
mod error;
mod graphviz;
mod options;
mod place;
mod sites;
mod tables;
mod ui;

use clap::{CommandFactory, Parser, Subcommand};
use error::{Failure, Outcome};
use std::process::ExitCode;
use ui::Ui;

/// Who oversees the security sector, under which article of which law, and what is missing
///
/// `oversight` holds a country's armed forces, police, border, intelligence and prison services against published
/// norms of democratic governance: which norm is met, by which link, under which article, on which day, and which is
/// not. Silence in the data is reported as unknown, never as absence.
#[derive(Debug, Parser)]
#[command(name = "oversight", version, propagate_version = true, max_term_width = 110)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Gaps(commands::gaps::Args),
    Show(commands::show::Args),
    Timeline(commands::timeline::Args),
    Query(commands::query::Args),
    Queries(commands::queries::Args),
    Check(commands::check::Args),
    Draw(commands::draw::Args),
    Export(commands::export::Args),
    Import(commands::import::Args),
    Norms(commands::norms::Args),
    Report(commands::report::Args),
}

/// Runs the command line of this process and returns its exit code.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no errors; clap knows where each goes.
            let code = if error.use_stderr() { 2 } else { 0 };
            return match error.print() {
                Ok(()) => ExitCode::from(code),
                Err(_) => ExitCode::from(if code == 0 { 0 } else { 2 }),
            };
        }
    };
    let (ui, result) = dispatch(cli);
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            ui.failure(&failure);
            ExitCode::from(2)
        }
    }
}

fn dispatch(cli: Cli) -> (Ui, Result<Outcome, Failure>) {
    macro_rules! run {
        ($module:ident, $args:expr) => {{
            let args = $args;
            let ui = Ui::new(&args.output);
            let result = commands::$module::run(&args, &ui);
            (ui, result)
        }};
    }
    match cli.command {
        Command::Gaps(args) => run!(gaps, args),
        Command::Show(args) => run!(show, args),
        Command::Timeline(args) => run!(timeline, args),
        Command::Query(args) => run!(query, args),
        Command::Queries(args) => run!(queries, args),
        Command::Check(args) => run!(check, args),
        Command::Draw(args) => run!(draw, args),
        Command::Export(args) => run!(export, args),
        Command::Import(args) => run!(import, args),
        Command::Norms(args) => run!(norms, args),
        Command::Report(args) => run!(report, args),
    }
}

/// Returns the command line as clap knows it, for the reference page.
pub fn definition() -> clap::Command {
    Cli::command()
}
