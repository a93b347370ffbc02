//! Where triples come from: files, folders, standard input, shipped data, the web.

use super::syntax::Syntax;
use super::{RdfError, SHIPPED, ShippedFile};
use crate::http::{Address, Site};
use crate::vocab;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A place to read from, as a user names it.
#[derive(Clone, Debug)]
pub enum Source {
    /// A file, or a folder whose RDF files are all read.
    Path(PathBuf),
    /// Standard input.
    Stdin,
    /// Shipped files whose path begins with this, such as `data/ua/`.
    Shipped(String),
    /// A file on the web; the end of its path tells its syntax, see [`is_web_document`].
    Web(Site),
    /// A SPARQL endpoint, and what it is asked.
    Endpoint(Site, Construct),
}

/// A query for triples.
#[derive(Clone, Debug)]
pub struct Construct {
    /// A CONSTRUCT or DESCRIBE.
    pub text: String,
    /// A SELECT of one number: of how many different triples the answer must have. Some engines cut an answer and do
    /// not say so.
    pub count: Option<String>,
}

/// One stream of RDF: a file, standard input, a shipped file, a file on the web, the answer of an endpoint.
#[derive(Clone, Debug)]
pub struct Document {
    /// Name for messages: the path as given, `<stdin>`, the shipped path, or the address as it is shown.
    pub name: String,
    /// IRI of the named graph that its triples go to in a store.
    pub graph: String,
    pub(super) place: Place,
}

#[derive(Clone, Debug)]
pub(super) enum Place {
    File(PathBuf, Syntax),
    Stdin,
    Shipped(&'static ShippedFile),
    Web(Site, Syntax),
    Endpoint(Site, Arc<Construct>),
}

/// Returns whether the path of an address ends like the name of an RDF file, so that it is one; every other address is
/// an endpoint's.
///
/// ```
/// use oversight::{http::Address, rdf::is_web_document};
/// assert!(is_web_document(&Address::parse("https://host.example/data/links.ttl.gz")?));
/// assert!(!is_web_document(&Address::parse("https://host.example/sparql")?));
/// # Ok::<(), oversight::http::HttpError>(())
/// ```
pub fn is_web_document(address: &Address) -> bool {
    Syntax::of_path(Path::new(address.path())).is_some()
}

impl Document {
    /// Returns whether it is read over the network.
    pub fn is_remote(&self) -> bool {
        matches!(self.place, Place::Web(..) | Place::Endpoint(..))
    }

    /// Returns whether an IRI is a name of it: of its graph, of its file, of its address.
    pub fn is_called(&self, iri: &str) -> bool {
        self.graph == iri
            || match &self.place {
                Place::File(path, _) => file_of(iri).is_some_and(|named| is_same_file(&named, path)),
                Place::Web(site, _) => {
                    Address::parse(iri).is_ok_and(|named| site.address().is_same_target(&named))
                }
                Place::Stdin | Place::Shipped(_) | Place::Endpoint(..) => false,
            }
    }
}

/// Returns the documents that `sources` stand for, in the order given, folders and shipped paths sorted.
///
/// # Errors
/// [`RdfError::Read`] for a path that does not exist, [`RdfError::NothingInFolder`] for a folder without RDF,
/// [`RdfError::UnknownSyntax`] for a file whose extension is none of [`super::EXTENSIONS`].
pub fn documents(sources: &[Source]) -> Result<Vec<Document>, RdfError> {
    let mut documents = Vec::new();
    for source in sources {
        match source {
            Source::Stdin => documents.push(Document {
                name: "<stdin>".to_owned(),
                graph: format!("{}stdin", vocab::GRAPH),
                place: Place::Stdin,
            }),
            Source::Shipped(prefix) => {
                documents.extend(SHIPPED.iter().filter(|f| is_turtle_below(f, prefix)).map(|file| {
                    Document {
                        name: file.path.to_owned(),
                        graph: format!("{}{}", vocab::GRAPH, file.path),
                        place: Place::Shipped(file),
                    }
                }));
            }
            Source::Path(path) => from_path(path, &mut documents)?,
            Source::Web(site) => {
                let address = site.address();
                let path = Path::new(address.path());
                let syntax = Syntax::of_path(path)
                    .ok_or_else(|| RdfError::UnknownSyntax { path: PathBuf::from(address.to_string()) })?;
                documents.push(Document {
                    name: address.to_string(),
                    graph: address.iri(),
                    place: Place::Web(site.clone(), syntax),
                });
            }
            Source::Endpoint(site, construct) => documents.push(Document {
                name: site.address().to_string(),
                graph: site.address().iri(),
                place: Place::Endpoint(site.clone(), Arc::new(construct.clone())),
            }),
        }
    }
    Ok(documents)
}

fn is_turtle_below(file: &ShippedFile, prefix: &str) -> bool {
    file.path.starts_with(prefix) && Path::new(file.path).extension().is_some_and(|e| e == "ttl")
}

fn from_path(path: &Path, documents: &mut Vec<Document>) -> Result<(), RdfError> {
    let metadata = fs::metadata(path).map_err(|source| unreadable(path, source))?;
    if !metadata.is_dir() {
        documents.push(file_document(path)?);
        return Ok(());
    }
    let before = documents.len();
    below_folder(path, documents)?;
    if documents.len() == before {
        return Err(RdfError::NothingInFolder { path: path.to_owned() });
    }
    Ok(())
}

fn below_folder(folder: &Path, documents: &mut Vec<Document>) -> Result<(), RdfError> {
    let entries = fs::read_dir(folder).map_err(|source| unreadable(folder, source))?;
    let mut paths = entries
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|source| unreadable(folder, source))?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            below_folder(&path, documents)?;
        } else if Syntax::of_path(&path).is_some() {
            documents.push(file_document(&path)?);
        }
    }
    Ok(())
}

fn file_document(path: &Path) -> Result<Document, RdfError> {
    let syntax = Syntax::of_path(path).ok_or_else(|| RdfError::UnknownSyntax { path: path.to_owned() })?;
    let absolute = fs::canonicalize(path).map_err(|source| unreadable(path, source))?;
    Ok(Document {
        name: path.display().to_string(),
        graph: file_iri(&absolute),
        place: Place::File(path.to_owned(), syntax),
    })
}

/// A `file:` IRI; every byte outside the unreserved characters is percent-encoded, so any name gives a valid one.
fn file_iri(absolute: &Path) -> String {
    let mut iri = String::from("file://");
    for byte in absolute.to_string_lossy().bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            iri.push(char::from(byte));
        } else {
            let _ = write!(iri, "%{byte:02X}");
        }
    }
    iri
}

/// Returns the path that a `file:` IRI of this machine names.
///
/// ```
/// use oversight::rdf::file_of;
/// assert_eq!(file_of("file:///data/a%20b.ttl").as_deref(), Some("/data/a b.ttl".as_ref()));
/// assert_eq!(file_of("file://elsewhere/data/a.ttl"), None);
/// ```
pub fn file_of(iri: &str) -> Option<PathBuf> {
    let (scheme, path) = iri.split_once(':')?;
    let path = path.strip_prefix("//localhost").or_else(|| path.strip_prefix("//")).unwrap_or(path);
    let is_file = scheme.eq_ignore_ascii_case("file") && path.starts_with('/');
    is_file.then(|| PathBuf::from(crate::http::decoded(path)))
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

fn unreadable(path: &Path, source: std::io::Error) -> RdfError {
    RdfError::Read { path: path.to_owned(), source }
}
