//! Options that commands share, as they are typed and as the library takes them.

use super::clock;
use super::error::Failure;
use crate::gaps::{Trust, Verdict};
use crate::model::{Day, Severity};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Which data to work on.
#[derive(Debug, Args)]
pub(super) struct DataArgs {
    /// Countries of the shipped data, by code (`ua`); all, if none is given
    #[arg(value_name = "PLACE")]
    pub(super) places: Vec<String>,
    #[command(flatten)]
    pub(super) from: FromArgs,
}

/// Data other than the shipped, and what is believed of them.
#[derive(Debug, Args)]
pub(super) struct FromArgs {
    /// Read this file, folder or `-` (standard input) instead of the shipped data; repeatable
    ///
    /// Turtle, N-Triples, N-Quads, TriG, RDF/XML and JSON-LD by extension, plain or compressed with gzip or zstd.
    /// The shipped ontology and norms are always there; norms in the data add to them.
    #[arg(long, value_name = "SOURCE")]
    pub(super) from: Vec<String>,
    /// Read norms from this RDF file or folder as well; repeatable
    ///
    /// A norm with the IRI of a shipped one takes its place.
    #[arg(long, value_name = "FILE|DIR")]
    pub(super) norms: Vec<PathBuf>,
    /// The legal day, `YYYY-MM-DD`; today, if not given
    #[arg(long, value_name = "DATE")]
    pub(super) as_of: Option<String>,
    /// Leave out links that are not verified, as if they were not on record
    #[arg(long)]
    pub(super) verified_only: bool,
    /// Language of names, such as `uk`; English, or what there is, where a name is missing
    #[arg(long, value_name = "TAG", default_value = "en")]
    pub(super) lang: String,
}

impl FromArgs {
    /// Returns the legal day.
    pub(super) fn day(&self) -> Result<Day, Failure> {
        match &self.as_of {
            None => Ok(clock::today()),
            Some(text) => text.parse().map_err(|_| {
                Failure::new(format!("`--as-of {text}` is not a day of the calendar"))
                    .hint("write it as year, month and day: `--as-of 2024-06-01`")
            }),
        }
    }

    /// Returns which links are believed.
    pub(super) fn trust(&self) -> Trust {
        if self.verified_only { Trust::VerifiedOnly } else { Trust::All }
    }
}

/// Where output goes and how it looks.
#[derive(Debug, Args)]
pub(super) struct OutputArgs {
    /// Write to this file instead of standard output; whole or not at all
    #[arg(short, long, value_name = "FILE", global = true)]
    pub(super) output: Option<PathBuf>,
    /// Print no warnings and no progress
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
    /// When to colour
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub(super) color: ColorArg,
}

/// When to colour.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ColorArg {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Which norms.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct NormArgs {
    /// Only norms with this id or id prefix (`MIA-07`, `MIA`); repeatable
    #[arg(long, value_name = "ID|PREFIX", num_args = 1..)]
    pub(super) norm: Vec<String>,
    /// Only norms of this guidance document (`mia-2005`); repeatable
    #[arg(long, value_name = "ID")]
    pub(super) document: Vec<String>,
    /// Only norms that serve this principle (`accountable`); repeatable
    #[arg(long, value_name = "ID")]
    pub(super) principle: Vec<String>,
    /// Only norms of this severity; repeatable
    #[arg(long, value_name = "S")]
    pub(super) severity: Vec<SeverityArg>,
}

/// Which findings to show.
#[derive(Debug, Default, Args)]
pub(super) struct SelectionArgs {
    #[command(flatten)]
    pub(super) norms: NormArgs,
    /// Only this institution (`ua/sbu`); repeatable
    #[arg(long, value_name = "ID")]
    pub(super) institution: Vec<String>,
    /// Only findings with this verdict; repeatable
    #[arg(long, value_name = "V", num_args = 1..)]
    pub(super) verdict: Vec<VerdictArg>,
}

/// A verdict as typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum VerdictArg {
    /// The norm is met
    Met,
    /// The law has it, but it does not work
    OnPaper,
    /// There is evidence, but not enough
    Partial,
    /// Nothing answers to the norm though the record is complete, or what it forbids is there
    Gap,
    /// Nothing is on record, and no survey says that the record is complete
    Unknown,
}

impl From<VerdictArg> for Verdict {
    fn from(verdict: VerdictArg) -> Self {
        match verdict {
            VerdictArg::Met => Self::Met,
            VerdictArg::OnPaper => Self::OnPaper,
            VerdictArg::Partial => Self::Partial,
            VerdictArg::Gap => Self::Gap,
            VerdictArg::Unknown => Self::Unknown,
        }
    }
}

/// A severity as typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum SeverityArg {
    /// A duty
    Must,
    /// A strong recommendation
    Should,
    /// A suggestion
    May,
}

impl From<SeverityArg> for Severity {
    fn from(severity: SeverityArg) -> Self {
        match severity {
            SeverityArg::Must => Self::Must,
            SeverityArg::Should => Self::Should,
            SeverityArg::May => Self::May,
        }
    }
}
