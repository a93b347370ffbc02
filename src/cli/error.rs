//! Every error of the library as the user reads it: what failed, why, and what to do.

use crate::http::HttpError;
use crate::import::ImportError;
use crate::pushdown::PushdownError;
use crate::rdf::{EXTENSIONS, RdfError, UTF_16};
use crate::store::check::{CheckError, ProfileError};
use crate::store::{DRAWN, DecoratorError, Limit, ParameterError, StoreError};
use std::error::Error;
use std::io;
use std::path::Path;

/// How a command ends that could work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It did what it was asked for.
    Done,
    /// There are findings at or above `--fail-on`.
    Findings,
}

/// Why a command could not work.
#[derive(Debug)]
pub(super) struct Failure {
    message: String,
    causes: Vec<String>,
    hints: Vec<String>,
    closed_pipe: bool,
}

impl Failure {
    /// Returns a failure with this message: lower case, no full stop, names in backticks.
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), causes: Vec::new(), hints: Vec::new(), closed_pipe: false }
    }

    /// Adds what to do about it.
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds another reason.
    pub(super) fn cause(mut self, cause: impl Into<String>) -> Self {
        self.causes.push(cause.into());
        self
    }

    /// Adds the hint that names the nearest, if there is one.
    pub(super) fn nearest(self, nearest: Option<&str>) -> Self {
        match nearest {
            Some(nearest) => self.hint(format!("did you mean `{nearest}`?")),
            None => self,
        }
    }

    /// Puts what failed as a whole before what failed in it, which becomes the first cause.
    pub(super) fn within(mut self, message: &str) -> Self {
        self.causes.insert(0, std::mem::replace(&mut self.message, message.to_owned()));
        self
    }

    /// Returns the failure of an error that says all by itself.
    pub(super) fn of(error: &dyn Error) -> Self {
        let mut failure = Self::new(error.to_string());
        let mut cause = error.source();
        while let Some(error) = cause {
            failure.causes.push(error.to_string());
            cause = error.source();
        }
        failure
    }

    /// Returns the failure to write somewhere.
    pub(super) fn writing(path: Option<&Path>, error: &io::Error) -> Self {
        let to = path.map_or("standard output".to_owned(), |path| format!("`{}`", path.display()));
        Self {
            causes: vec![error.to_string()],
            closed_pipe: error.kind() == io::ErrorKind::BrokenPipe,
            ..Self::new(format!("cannot write to {to}"))
        }
    }

    /// Returns whether nobody reads the output any more, which is no error.
    pub(super) fn is_closed_pipe(&self) -> bool {
        self.closed_pipe
    }

    /// What failed.
    pub(super) fn message(&self) -> &str {
        &self.message
    }

    /// Why, the nearest cause first.
    pub(super) fn causes(&self) -> &[String] {
        &self.causes
    }

    /// What to do.
    pub(super) fn hints(&self) -> &[String] {
        &self.hints
    }
}

impl From<HttpError> for Failure {
    fn from(error: HttpError) -> Self {
        let failure = Self::of(&error);
        let hint = match &error {
            HttpError::Address { .. } => "write it whole, such as `https://host.example/sparql`",
            HttpError::Host { .. } | HttpError::Connect { .. } => {
                "is the address right, and is there a connection? proxies are not used"
            }
            HttpError::Tls { .. } => {
                "the variable `SSL_CERT_FILE` names other certificates to believe, as a file in PEM"
            }
            HttpError::Private { .. } => {
                "a query must not reach into your own network by a name; allow the address by its number if it should"
            }
            HttpError::Timeout { .. } => {
                "nothing of it was used; `--timeout` (query) and `--fetch-timeout` set how long it may take"
            }
            HttpError::Redirect { .. } => "name the address that it leads to, if you trust it",
            HttpError::Status { status: 401 | 403 | 407, .. } => {
                "set `OVERSIGHT_ENDPOINT_USER` and `OVERSIGHT_ENDPOINT_PASSWORD`, or `OVERSIGHT_ENDPOINT_TOKEN`, or \
                 write the login into `~/.netrc`"
            }
            HttpError::Status { status: 404 | 405 | 410, .. } => {
                "is this the address of the endpoint itself? it often ends in `/sparql` or `/query`"
            }
            HttpError::Status { status: 429 | 503, .. } => {
                "it is busy, and was asked several times; try later"
            }
            HttpError::Busy { .. } => "it is busy, and asks for more time than is waited for; try later",
            HttpError::Status { status: 400, .. } => {
                "the endpoint does not take the query; nothing of it was used"
            }
            HttpError::Status { .. } => "it is the endpoint that fails; nothing of it was used",
            HttpError::Form { .. } => {
                "is this the address of a SPARQL 1.1 endpoint? it often ends in `/sparql` or `/query`; a file is \
                 known by an ending such as `.ttl`"
            }
            HttpError::Part { .. } => {
                "nothing of it was used: what is not there would look as if it were missing in law; ask for less, or \
                 have the endpoint's limit raised"
            }
            HttpError::Endless { .. } => {
                "nothing of it was used, for a part would look like the whole; have it answer in HTTP/1.1"
            }
            HttpError::Large { .. } | HttpError::Ratio { .. } => {
                "nothing of it was used; what people write stays far below, so it may be meant to harm"
            }
            HttpError::Broken { .. } => "nothing of it was used; try again",
            HttpError::Clear { .. } => "use `https`",
            HttpError::Unsendable { .. } => "look for line breaks in it",
            HttpError::Roots => "the variable `SSL_CERT_FILE` names it; it must be in PEM",
        };
        failure.hint(hint)
    }
}

impl From<RdfError> for Failure {
    fn from(error: RdfError) -> Self {
        let failure = Self::of(&error);
        match error {
            RdfError::Http(error) => error.into(),
            RdfError::Read { path, .. } if names_a_port(&path) => {
                failure.hint(format!("for an endpoint write `http://{}`", path.display()))
            }
            RdfError::Nothing { .. } => failure.hint(
                "are the data in its default graph? name another with `?default-graph-uri=IRI` behind the address; \
                 Oxigraph's server takes all graphs together with `?union-default-graph`",
            ),
            RdfError::Answer { .. } => {
                failure.hint("nothing of it was used; an engine that fails midway says so where it stopped")
            }
            RdfError::NothingInFolder { .. } | RdfError::UnknownSyntax { .. } => failure.hint(extensions()),
            RdfError::Syntax { looks_like: Some(UTF_16), .. } => {
                failure.hint("the text looks like UTF-16; save the file as UTF-8")
            }
            RdfError::Syntax { looks_like: Some(syntax), .. } => failure
                .hint(format!("the text looks like {syntax}; the extension decides how a file is read")),
            RdfError::Limit { .. } => failure.hint(
                "nothing of it was used; what people write stays far below, so the file may be meant to harm",
            ),
            RdfError::Broken { .. } => failure.hint("nothing of it was used; check that the file is whole"),
            _ => failure,
        }
    }
}

/// Whether a path begins like an address without its scheme: `localhost:7878/query`.
fn names_a_port(path: &Path) -> bool {
    let text = path.to_string_lossy();
    let machine = text.split('/').next().unwrap_or_default();
    machine.split_once(':').is_some_and(|(host, port)| {
        host.contains(|c: char| c.is_ascii_alphanumeric())
            && host.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-')
            && port.parse::<u16>().is_ok()
    })
}

fn extensions() -> String {
    let names: Vec<String> = EXTENSIONS.iter().map(|(extension, _)| format!(".{extension}")).collect();
    format!("RDF files end in {}, each also with .gz or .zst", names.join(", "))
}

/// What need not be declared in a query.
const KNOWN_PREFIXES: &str =
    "the prefixes of the vocabulary and of each country (`ua:`) are known without declaring";

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Read(error) => error.into(),
            StoreError::Http(error) => error.into(),
            StoreError::Results { .. } => Self::of(&error)
                .hint("nothing of it was used; an engine that fails midway says so where it stopped"),
            StoreError::Write(error) => Self::writing(None, &error),
            StoreError::Format { format: DRAWN, .. } => Self::of(&error).hint(
                "what can be drawn is the graph of a CONSTRUCT or DESCRIBE; leave `--draw` out for a table",
            ),
            StoreError::Format { form, .. } if form == "SELECT" || form == "ASK" => Self::of(&error)
                .hint("use `--format table`, `json`, `xml`, `csv`, `tsv`, `markdown` or `html`"),
            StoreError::Format { .. } => Self::of(&error)
                .hint("use `--format turtle`, `ntriples`, `nquads`, `trig`, `rdfxml` or `jsonld`"),
            StoreError::Parameter(error) => error.into(),
            StoreError::Decorators(error) => error.into(),
            StoreError::Limit(limit) => {
                let failure = Self::of(&error);
                match limit {
                    Limit::Time(_) => {
                        failure.hint("nothing is shown of what was found; `--timeout` sets the limit")
                    }
                    Limit::Rows(_) => {
                        failure.hint("nothing is shown of it; ask for fewer with LIMIT, or set `--max-rows`")
                    }
                    Limit::Bytes(_) => {
                        failure.hint("nothing is shown of it; ask for less, or set `--max-bytes`")
                    }
                    Limit::Memory(_) => {
                        failure.hint("nothing is shown of what was found; `--max-memory` sets the limit")
                    }
                    _ => failure
                        .hint("no query that people write is so deep or long; long lists belong into VALUES"),
                }
            }
            StoreError::Service { .. } => Self::of(&error)
                .hint("a query reaches nothing but what is loaded; allow it with `--allow-service URL`"),
            StoreError::Outside { .. } => Self::of(&error).hint(
                "a query reads nothing but what is loaded; allow it with `--allow-from FILE|URL`, or load it with `--from`",
            ),
            StoreError::Regex { .. } => Self::of(&error).hint(
                "expressions are matched in time proportional to the text, so without back-references and look-around; \
                 long repetitions can be told by STRLEN",
            ),
            StoreError::Empty => Self::of(&error)
                .hint("give one with `-e`, as a file, on standard input, or name one of `oversight queries`"),
            StoreError::Update => Self::of(&error).hint(
                "ask with SELECT, ASK, CONSTRUCT or DESCRIBE; LOAD is never run: read data with `--from`, or name them in \
                 FROM and allow it with `--allow-from`",
            ),
            StoreError::Prefix { ref nearest, .. } => {
                let nearest = nearest.as_ref().map(|nearest| format!("{nearest}:"));
                Self::of(&error)
                    .nearest(nearest.as_deref())
                    .hint(format!("{KNOWN_PREFIXES}; declare others with PREFIX"))
            }
            StoreError::Syntax(_) => Self::of(&error).hint(KNOWN_PREFIXES),
            _ => Self::of(&error),
        }
    }
}

impl From<PushdownError> for Failure {
    fn from(error: PushdownError) -> Self {
        match error {
            PushdownError::Store(error) => error.into(),
            PushdownError::Read(error) => error.into(),
            PushdownError::Nameless => {
                Self::of(&error).hint("leave out `--pushdown`: then all is fetched at once and evaluated here")
            }
            _ => Self::of(&error).hint(
                "no verdict is given; have the data changed just now? without `--pushdown` all is evaluated here",
            ),
        }
    }
}

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        let failure = Self::of(&error);
        match error {
            ImportError::Faults { .. } => failure.hint("nothing was written"),
            ImportError::Nothing { .. } => failure.hint("nothing was written; is `--country` the right one?"),
            ImportError::Workbook { .. } => failure.hint(
                "name a folder with CSV tables, or a workbook in XLSX; save .xls and .ods as XLSX first",
            ),
            ImportError::Swells { .. } => failure.hint(
                "tables of facts are far smaller: copy their sheets into a workbook from `oversight import --template`, \
                 or save them as CSV",
            ),
            ImportError::Results { .. } => {
                failure.hint("`docs/import.md` has the query; ask for `application/sparql-results+json`")
            }
            _ => failure,
        }
    }
}

impl From<ParameterError> for Failure {
    fn from(error: ParameterError) -> Self {
        let failure = Self::of(&error);
        match error {
            ParameterError::Unknown { nearest, known, question, .. } => {
                let failure = failure.nearest(nearest.as_deref());
                if known.is_empty() {
                    failure.hint("it has none; a query says what it takes in lines that begin with `#+`")
                } else {
                    failure.hint(format!("`{question}` takes: {}", known.join(", ")))
                }
            }
            ParameterError::Missing { names, takes, .. } => {
                let name = names.first().map_or("name", String::as_str);
                failure.hint(format!("give it with `--param {name}=...`: {takes}"))
            }
            ParameterError::Value { nearest, .. } => failure.nearest(nearest.as_deref()),
            _ => failure,
        }
    }
}

impl From<DecoratorError> for Failure {
    fn from(error: DecoratorError) -> Self {
        Self::of(&error).hint("lines that begin with `#+` are YAML: summary, description, tags, parameters")
    }
}

impl From<CheckError> for Failure {
    fn from(error: CheckError) -> Self {
        match error {
            CheckError::Store(error) => error.into(),
            CheckError::Shapes { .. } => {
                Self::of(&error).hint("shapes are read as SHACL core, in any RDF syntax")
            }
            _ => Self::of(&error),
        }
    }
}

impl From<ProfileError> for Failure {
    fn from(error: ProfileError) -> Self {
        let failure = Self::of(&error);
        match &error {
            ProfileError::Rule { nearest, .. } => {
                failure.nearest(nearest.as_deref()).hint("`oversight check --rules` lists all rules")
            }
            _ => failure.hint("write `ERROR`, `WARN` or `INFO`, a tab, and the id of a rule"),
        }
    }
}
