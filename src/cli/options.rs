//! Options that commands share, as they are typed and as the library takes them.

use super::clock;
use super::error::Failure;
use crate::gaps::{Trust, Verdict};
use crate::model::{Day, Severity};
use crate::store::Limits;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::time::Duration;

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
#[derive(Clone, Debug, Args)]
pub(super) struct FromArgs {
    /// Read this file, folder, `-` (standard input) or URL instead of the shipped data; repeatable
    ///
    /// Turtle, N-Triples, N-Quads, TriG, RDF/XML and JSON-LD by extension, plain or compressed with gzip or zstd.
    /// A URL that ends like such a file is read as one, any other is a SPARQL 1.1 endpoint.
    /// The shipped ontology and norms are always there; norms in the data add to them.
    #[arg(long, value_name = "SOURCE")]
    pub(super) from: Vec<String>,
    /// Give up on a URL of `--from` that is not read in full after this time; `none` for no limit
    #[arg(long, value_name = "TIME", default_value = "10min", value_parser = time)]
    fetch_timeout: Limited<Duration>,
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
    /// Language for people, such as `uk`: names where the data have them, sentences in English or Ukrainian
    ///
    /// A name that is missing in it is shown in English, or in what there is. JSON, CSV and other forms for machines
    /// keep ids and English keys; messages and help are English.
    #[arg(long, value_name = "TAG", default_value = "en", value_parser = lower_case)]
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

    /// Returns how long a source may take that is read over the network.
    pub(super) fn fetch_timeout(&self) -> Option<Duration> {
        self.fetch_timeout.0
    }

    /// Returns which links are believed.
    pub(super) fn trust(&self) -> Trust {
        if self.verified_only { Trust::VerifiedOnly } else { Trust::All }
    }
}

/// Language tags in the data are in lower case.
#[expect(clippy::unnecessary_wraps, reason = "the form that clap asks for")]
pub(super) fn lower_case(tag: &str) -> Result<String, std::convert::Infallible> {
    Ok(tag.to_lowercase())
}

/// What a query may take.
#[derive(Debug, Args)]
pub(super) struct LimitArgs {
    /// Give up after this time (`90`, `500ms`, `5min`); `none` for no limit
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = time)]
    timeout: Limited<Duration>,
    /// Give up where the answer has more rows or triples; `none` for no limit
    #[arg(long, value_name = "N", default_value = "1000000", value_parser = count)]
    max_rows: Limited<usize>,
    /// Give up where the answer is longer (`64MiB`); `none` for no limit
    #[arg(long, value_name = "SIZE", default_value = "1GiB", value_parser = size)]
    max_bytes: Limited<u64>,
    /// Give up where the process takes more memory (`512MiB`, `8GiB`); `none` for no limit
    ///
    /// The loaded data count. Where the system does not tell (other than Linux) this has no effect.
    #[arg(long, value_name = "SIZE", default_value = "4GiB", value_parser = size)]
    max_memory: Limited<u64>,
}

impl LimitArgs {
    /// Returns the limits.
    pub(super) fn limits(&self) -> Limits {
        Limits {
            time: self.timeout.0,
            rows: self.max_rows.0,
            bytes: self.max_bytes.0,
            memory: self.max_memory.0,
        }
    }
}

/// A limit as typed; clap takes a bare `Option` for an argument that need not be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Limited<T>(Option<T>);

/// Splits `5min` into 5 and `min`.
fn quantity(text: &str) -> Option<(u64, &str)> {
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    Some((number.parse().ok()?, unit.trim()))
}

fn time(text: &str) -> Result<Limited<Duration>, String> {
    if text == "none" {
        return Ok(Limited(None));
    }
    let milliseconds = quantity(text).and_then(|(number, unit)| {
        let factor = match unit {
            "ms" => 1,
            "" | "s" => 1000,
            "min" => 60_000,
            "h" => 3_600_000,
            _ => return None,
        };
        number.checked_mul(factor)
    });
    match milliseconds {
        Some(milliseconds) => Ok(Limited(Some(Duration::from_millis(milliseconds)))),
        None => Err("write it as seconds, or with `ms`, `s`, `min` or `h`; or `none`".to_owned()),
    }
}

fn count(text: &str) -> Result<Limited<usize>, String> {
    if text == "none" {
        return Ok(Limited(None));
    }
    text.parse().map(|count| Limited(Some(count))).map_err(|_| "write a whole number, or `none`".to_owned())
}

fn size(text: &str) -> Result<Limited<u64>, String> {
    if text == "none" {
        return Ok(Limited(None));
    }
    let bytes = quantity(text).and_then(|(number, unit)| {
        let factor = match unit {
            "MiB" => 1 << 20,
            "GiB" => 1 << 30,
            "MB" => 1_000_000,
            "GB" => 1_000_000_000,
            _ => return None,
        };
        number.checked_mul(factor)
    });
    match bytes {
        Some(bytes) => Ok(Limited(Some(bytes))),
        None => Err("write it with `MiB`, `GiB`, `MB` or `GB`; or `none`".to_owned()),
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
    /// Only norms with this id, or whose ids begin so up to a hyphen (`MIA-07`, `MIA`); repeatable
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
#[derive(Clone, Debug, Default, Args)]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_as_typed() {
        assert_eq!(time("90"), Ok(Limited(Some(Duration::from_secs(90)))));
        assert_eq!(time("500ms"), Ok(Limited(Some(Duration::from_millis(500)))));
        assert_eq!(time("5min"), Ok(Limited(Some(Duration::from_mins(5)))));
        assert_eq!(size("2GiB"), Ok(Limited(Some(2 << 30))));
        assert_eq!(count("10"), Ok(Limited(Some(10))));
        assert_eq!(
            (time("none"), size("none"), count("none")),
            (Ok(Limited(None)), Ok(Limited(None)), Ok(Limited(None)))
        );
        for wrong in ["", "x", "5 days", "-1", "99999999999999999999", "9999999999999999999h"] {
            assert!(time(wrong).is_err() && size(wrong).is_err(), "{wrong}");
        }
        assert!(size("512").is_err() && count("1.5").is_err());
    }
}
