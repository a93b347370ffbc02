//! Limits on a query: its text before it is parsed, and time, rows and memory while it is answered.
//!
//! The text is scanned first, for a query of nested braces or of a hundred thousand operators makes parser and
//! optimiser recurse until the stack ends. What passes is parsed and evaluated on a thread whose stack holds it, while
//! the caller's thread watches clock and memory.
//!
//! *Memory* is the resident memory of the whole process as the system tells it, looked at every few milliseconds:
//! the loaded data count, and what is taken between two looks may go beyond the ceiling. Where the system does not
//! tell (other than Linux), only rows and time limit a query.
//!
//! # Invariants
//! * An answer is whole, or there is none: what was found when a limit was reached is thrown away. This also holds
//!   where the engine takes its cancelling for the end of an inner pattern.
//! * A limit holds although the engine does not look at its token (in a long sort, say): the watching thread returns,
//!   and the work is left to end by itself at its next look.

use super::StoreError;
use oxigraph::sparql::CancellationToken;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

/// How deep braces, brackets and parentheses of a query may nest.
pub const MAX_NESTING: usize = 128;

/// How many words, operators and braces a query may have, beside the rows of `VALUES`.
pub const MAX_WORDS: usize = 20_000;

/// How many bytes one literal or IRI of a query may have.
const MAX_TOKEN: usize = 16 << 20;

/// The stack for parsing and evaluating. It is address space: only what is used is taken.
const STACK: usize = 1 << 30;

/// How often clock and memory are looked at.
const LOOK: Duration = Duration::from_millis(4);

/// What a query may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Time until the answer is whole.
    pub time: Option<Duration>,
    /// Rows of a SELECT, triples of a CONSTRUCT or DESCRIBE.
    pub rows: Option<usize>,
    /// Bytes of the answer.
    pub bytes: Option<u64>,
    /// Bytes of resident memory of the process.
    pub memory: Option<u64>,
}

impl Limits {
    /// No limits but those on the text.
    pub const NONE: Self = Self { time: None, rows: None, bytes: None, memory: None };
}

/// A limit that was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Limit {
    /// Nesting of the query's text.
    #[error("the query is nested deeper than {MAX_NESTING} at line {line}")]
    Nesting {
        /// Line, from 1.
        line: usize,
    },
    /// Length of the query's text.
    #[error("the query has more than {MAX_WORDS} words and operators beside the rows of VALUES")]
    Words,
    /// One literal or IRI of the query.
    #[error("a literal or IRI of the query has more than {} MiB", MAX_TOKEN >> 20)]
    Token,
    /// Time.
    #[error("the query was not answered within {} s", .0.as_secs_f64())]
    Time(Duration),
    /// Rows.
    #[error("the answer has more than {0} rows")]
    Rows(usize),
    /// Length.
    #[error("the answer has more than {0} bytes")]
    Bytes(u64),
    /// Memory.
    #[error("the query took more than {} MiB of memory", .0 >> 20)]
    Memory(u64),
}

/// What the work on a query is told of its limits.
#[derive(Clone)]
pub struct Guard {
    pub(super) token: CancellationToken,
    pub(super) rows: Option<usize>,
    pub(super) bytes: Option<u64>,
}

/// A guard that nothing stops.
impl Default for Guard {
    fn default() -> Self {
        Self { token: CancellationToken::new(), rows: None, bytes: None }
    }
}

impl Guard {
    /// Fails where an answer of `rows` rows is too long.
    pub(super) fn check_rows(&self, rows: usize) -> Result<(), StoreError> {
        match self.rows {
            Some(most) if rows > most => Err(Limit::Rows(most).into()),
            _ => Ok(()),
        }
    }

    /// Fails where an answer of `bytes` bytes is too long.
    pub(super) fn check_bytes(&self, bytes: u64) -> Result<(), StoreError> {
        match self.bytes {
            Some(most) if bytes > most => Err(Limit::Bytes(most).into()),
            _ => Ok(()),
        }
    }
}

/// Does `work` on a thread with a large stack and returns what it gives, or the limit that it reached first.
///
/// # Errors
/// Those of `work`; [`StoreError::Limit`]; [`StoreError::Write`] where the system gives no thread.
pub fn guarded<T, E>(
    limits: Limits,
    work: impl FnOnce(&Guard) -> Result<T, E> + Send + 'static,
) -> Result<T, E>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    let start = Instant::now();
    let guard = Guard { token: CancellationToken::new(), rows: limits.rows, bytes: limits.bytes };
    let token = guard.token.clone();
    let (sender, receiver) = sync_channel(1);
    let worker = thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || drop(sender.send(work(&guard))))
        .map_err(|error| E::from(StoreError::Write(error)))?;
    let stop = |limit: Limit| {
        token.cancel();
        Err(E::from(limit.into()))
    };
    loop {
        let received = receiver.recv_timeout(LOOK);
        // Looked at before the answer is taken: one that was cut short looks like any other.
        if let Some(most) = limits.time.filter(|most| start.elapsed() > *most) {
            return stop(Limit::Time(most));
        }
        if let Some(most) = limits.memory
            && resident_memory().is_some_and(|taken| taken > most)
        {
            return stop(Limit::Memory(most));
        }
        match received {
            Ok(result) => return result,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => match worker.join() {
                Err(panic) => std::panic::resume_unwind(panic),
                Ok(()) => unreachable!("the worker sends before it ends"),
            },
        }
    }
}

/// Returns the resident memory of this process in bytes, where the system tells.
pub fn resident_memory() -> Option<u64> {
    // In kB whatever the size of a page; `statm` counts pages, whose size only unsafe code could ask for.
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes << 10)
}

/// Holds the text of a query against the limits that parsing needs.
///
/// # Errors
/// [`Limit::Nesting`], [`Limit::Words`], [`Limit::Token`].
pub(super) fn check_query(text: &str) -> Result<(), Limit> {
    let bytes = text.as_bytes();
    let (mut at, mut line, mut depth, mut words) = (0, 1, 0_usize, 0_usize);
    // The depth at which the rows of a VALUES end, while in one.
    let mut values = None;
    let mut values_begins = false;
    while let Some(&byte) = bytes.get(at) {
        let rest = &bytes[at..];
        let mut counts = values.is_none();
        let length = match byte {
            b'\n' => {
                line += 1;
                counts = false;
                1
            }
            b' ' | b'\t' | b'\r' => {
                counts = false;
                1
            }
            b'#' => {
                counts = false;
                rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len())
            }
            b'"' | b'\'' => {
                let string = string(rest);
                line += rest[..string].split(|b| *b == b'\n').count() - 1;
                string
            }
            b'<' => iri(rest),
            b'(' | b'[' | b'{' => {
                depth += 1;
                if depth > MAX_NESTING {
                    return Err(Limit::Nesting { line });
                }
                if byte == b'{' && std::mem::take(&mut values_begins) {
                    values = Some(depth);
                }
                1
            }
            b')' | b']' | b'}' => {
                if values == Some(depth) {
                    values = None;
                }
                depth = depth.saturating_sub(1);
                counts = false;
                1
            }
            _ => {
                let word = word(rest);
                // `VALUES ?x {` and `VALUES (?x ?y) {`: between the word and the brace stand variables alone.
                values_begins = rest[..word].eq_ignore_ascii_case(b"VALUES")
                    || values_begins && matches!(byte, b'?' | b'$');
                word
            }
        };
        if length > MAX_TOKEN {
            return Err(Limit::Token);
        }
        words += usize::from(counts);
        if words > MAX_WORDS {
            return Err(Limit::Words);
        }
        at += length;
    }
    Ok(())
}

/// The length of the string literal that `text` begins with; all of it where it does not end.
fn string(text: &[u8]) -> usize {
    let quote = text[0];
    let long = text.starts_with(&[quote; 3]);
    let mut at = if long { 3 } else { 1 };
    while let Some(&byte) = text.get(at) {
        match byte {
            b'\\' => at += 2,
            // A string that is not long ends with its line: the parser refuses it there.
            b'\n' if !long => return at,
            _ if byte == quote && !long => return at + 1,
            _ if byte == quote && text[at..].starts_with(&[quote; 3]) => return at + 3,
            _ => at += 1,
        }
    }
    text.len()
}

/// The length of the IRI that `text` begins with, or of the operator `<`.
fn iri(text: &[u8]) -> usize {
    let end = text[1..].iter().position(|b| *b <= b' ' || b"<>\"{}|^`\\".contains(b));
    match end {
        Some(end) if text[end + 1] == b'>' => end + 2,
        _ => 1,
    }
}

/// The length of the name, number, variable or operator that `text` begins with.
fn word(text: &[u8]) -> usize {
    let mut at = 0;
    let mut is_name = text[0] == b'@';
    while let Some(&byte) = text.get(at) {
        match byte {
            // What a local name escapes is no bracket.
            b'\\' => at += 2,
            _ if byte.is_ascii_alphanumeric() || byte >= 0x80 || b"_:.%?$@".contains(&byte) => {
                is_name |= byte == b':';
                at += 1;
            }
            // Within a name or a language tag a hyphen is a letter; elsewhere it subtracts.
            b'-' if is_name => at += 1,
            _ => break,
        }
    }
    at.clamp(1, text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_count_only_where_they_are_brackets() {
        let many = "{[(".repeat(100);
        for text in [
            format!(
                "SELECT * {{ ?s <urn:p> \"{many}\", '{many}', '''{many}\n'' {many}''', \"\\\"{many}\" }}"
            ),
            format!("# {many}\nASK {{ ?a ex:b{} ?c }}", "\\(".repeat(200)),
            format!("ASK {{ FILTER(?a < 1 && ?b > 2) <urn:{}> ?p ?o }}", "x".repeat(1000)),
            "ASK { { ?s ?p ( 1 [ ] ) } }".repeat(100),
        ] {
            assert_eq!(check_query(&text), Ok(()), "{text}");
            assert!(check_query(&format!("{text}{many}")).is_err(), "{text}");
        }
        assert_eq!(check_query(&format!("ASK\n{}", "{".repeat(129))), Err(Limit::Nesting { line: 2 }));
        // `<` before a space is no IRI, so what follows counts.
        assert!(check_query(&format!("ASK {{ FILTER(1 < {}", "(".repeat(200))).is_err());
    }

    #[test]
    fn words_have_a_limit_but_rows_of_values_are_data() {
        let rows = "(ua:a-b \"x\" 1)\n".repeat(50_000);
        assert_eq!(check_query(&format!("SELECT * {{ VALUES (?a ?b ?c) {{ {rows} }} ?a ?b ?c }}")), Ok(()));
        for text in ["|| ?a ", "; ?p ?o ", "{} UNION ", "/ex:p", "+1", "!", "-?a-1"] {
            assert_eq!(check_query(&text.repeat(20_001)), Err(Limit::Words), "{text}");
        }
        let long = format!("ASK {{ ?s ?p \"{}\" }}", "x".repeat(MAX_TOKEN + 1));
        assert_eq!(check_query(&long), Err(Limit::Token));
        assert_eq!(check_query("ASK { ?s ?p \"\\"), Ok(()), "what is not SPARQL is the parser's to refuse");
    }

    #[test]
    fn work_that_ends_gives_its_result_and_work_that_does_not_gives_the_limit() {
        assert_eq!(guarded(Limits::NONE, |_| Ok::<_, StoreError>(7)).unwrap(), 7);
        let limits = Limits { time: Some(Duration::from_millis(20)), ..Limits::NONE };
        // It looks at nothing, and yet the caller gets its answer.
        let stubborn = guarded(limits, |_| {
            thread::sleep(Duration::from_secs(3));
            Ok::<_, StoreError>(())
        });
        assert!(matches!(stubborn, Err(StoreError::Limit(Limit::Time(_)))));
        if resident_memory().is_some() {
            let limits = Limits { memory: Some(1 << 20), ..Limits::NONE };
            let hungry = guarded(limits, |guard| {
                while !guard.token.is_cancelled() {
                    thread::yield_now();
                }
                Ok::<_, StoreError>(())
            });
            assert!(matches!(hungry, Err(StoreError::Limit(Limit::Memory(_)))));
        }
    }
}
