//! Triples over the network: a file on the web, and what an endpoint answers to a CONSTRUCT.

use super::read::stream;
use super::source::{Construct, Document};
use super::syntax::Syntax;
use super::{Quad, RdfError};
use crate::http::{Body, HttpError, Site};
use oxrdfio::RdfFormat;
use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read};

/// What an endpoint is asked for: lines before blocks, for lines need no memory on either side.
const ANSWERS: &str = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5";

/// What a file may be, for servers that look at it.
const FILES: &str = "text/turtle, application/n-triples, application/n-quads, application/trig, \
                     application/rdf+xml, application/ld+json, */*;q=0.5";

/// What is wanted, for messages.
const TRIPLES: &str = "N-Triples, Turtle or RDF/XML";

/// Gets a file; a page of HTML is none.
pub(super) fn get(site: &Site) -> Result<Body, RdfError> {
    let response = site.get(FILES)?;
    if response.media_type.ends_with("html") {
        return Err(site.other_form(response, "an RDF file").into());
    }
    if !response.framed {
        return Err(HttpError::Endless { address: site.address().to_string() }.into());
    }
    Ok(response.body)
}

/// Hands each triple of the endpoint's answer to `each`.
///
/// # Errors
/// As [`super::read()`]; [`RdfError::Nothing`] where there is none.
pub(super) fn feed(
    document: &Document,
    site: &Site,
    construct: &Construct,
    each: &mut impl FnMut(Quad),
) -> Result<(), RdfError> {
    if answer(document, site, construct, each)? == 0 {
        return Err(RdfError::Nothing { document: document.name.clone() });
    }
    Ok(())
}

/// Asks `site` a CONSTRUCT or DESCRIBE and hands each triple to `each`, as it comes.
///
/// # Returns
/// How many different triples came, where they are counted; else how many.
///
/// # Errors
/// [`RdfError::Http`], also where fewer came than there are, [`RdfError::Answer`]. Triples before the error have been
/// handed over by then.
pub fn answer(
    document: &Document,
    site: &Site,
    construct: &Construct,
    mut each: impl FnMut(Quad),
) -> Result<u64, RdfError> {
    let response = site.query(&construct.text, ANSWERS)?;
    let Some(syntax) = syntax(&response.media_type) else {
        return Err(site.other_form(response, TRIPLES).into());
    };
    // Lines that end too early are lines all the same; an element that is left open is not.
    if !response.framed && syntax.0 != RdfFormat::RdfXml {
        return Err(HttpError::Endless { address: site.address().to_string() }.into());
    }
    let mut came = 0;
    // An engine may give a triple twice. Of each a number is kept, not the triple.
    let mut different = HashSet::new();
    let hasher = RandomState::new();
    let read = stream(document, Some(syntax), response.body, &mut |quad| {
        came += 1;
        if construct.count.is_some() {
            different.insert(hasher.hash_one(&quad));
        }
        each(quad);
    });
    read.map_err(|error| match error {
        RdfError::Http(_) => error,
        other => RdfError::Answer { document: document.name.clone(), source: Box::new(other) },
    })?;
    let Some(count) = &construct.count else { return Ok(came) };
    let (came, all) = (different.len() as u64, number(site, count)?);
    if came < all {
        let why = format!("{came} of {all} triples");
        return Err(HttpError::Part { address: site.address().to_string(), why }.into());
    }
    Ok(came)
}

/// Asks for one number.
fn number(site: &Site, query: &str) -> Result<u64, RdfError> {
    let mut response = site.query(query, "text/csv")?;
    if response.media_type != "text/csv" {
        return Err(site.other_form(response, "SPARQL results in CSV").into());
    }
    let mut text = String::new();
    let broken = |source| RdfError::Broken { document: site.address().to_string(), source };
    response
        .body
        .by_ref()
        .take(1024)
        .read_to_string(&mut text)
        .map_err(|error| HttpError::of_io(error).map_or_else(broken, RdfError::from))?;
    // A head, and a row of one column.
    let row = text.lines().nth(1).unwrap_or_default().trim().trim_matches('"');
    row.parse()
        .map_err(|_| broken(io::Error::new(io::ErrorKind::InvalidData, "no number where one was asked for")))
}

/// Returns the syntax of a media type, with the names that older engines use.
fn syntax(media_type: &str) -> Option<Syntax> {
    Some(Syntax(match media_type {
        "application/n-triples" | "text/ntriples" | "text/plain" => RdfFormat::NTriples,
        "text/turtle" | "application/x-turtle" | "application/turtle" | "text/rdf+n3" => RdfFormat::Turtle,
        "application/rdf+xml" | "application/xml" | "text/xml" => RdfFormat::RdfXml,
        _ => return None,
    }))
}
