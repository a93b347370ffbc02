//! From places and sources to the graph, and from ids to what they mean.

use super::error::Failure;
use super::options::{FromArgs, NormArgs, SelectionArgs};
use super::sites::{allowed, is_address, named};
use super::ui::Ui;
use crate::gaps::Verdict;
use crate::http::{Address, Site};
use crate::model::{
    Concept, Fault, Graph, InstitutionId, Lookup, MechanismId, Norm, Pillar, Severity, TypeId, expand, fetch,
    load, load_telling, nearest,
};
use crate::rdf::{Document, SHIPPED, Source, Term, documents, file_of, is_web_document, locate, read};
use crate::vocab::{ov, rdf, scheme, slug};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

/// Returns the documents that the arguments stand for: the ontology, then data, then norms.
pub(super) fn sources(places: &[String], from: &FromArgs) -> Result<Vec<Document>, Failure> {
    let mut sources = vec![Source::Shipped("ontology/".to_owned())];
    if from.from.is_empty() {
        if places.is_empty() {
            sources.push(Source::Shipped("data/".to_owned()));
        }
        for place in places {
            sources.push(Source::Shipped(format!("data/{}/", shipped_place(place)?)));
        }
    } else {
        no_places_beside_from(places)?;
        let addresses: Vec<&str> = from.from.iter().map(String::as_str).filter(|s| is_address(s)).collect();
        let mut sites = named(&addresses, from.fetch_timeout())?.into_iter();
        for source in &from.from {
            sources.push(match source.as_str() {
                "-" => Source::Stdin,
                address if is_address(address) => sites.next().map_or(Source::Stdin, of_site),
                path => Source::Path(PathBuf::from(path)),
            });
        }
    }
    sources.extend(from.norms.iter().cloned().map(Source::Path));
    Ok(documents(&sources)?)
}

/// Refuses places where `--from` is given.
pub(super) fn no_places_beside_from(places: &[String]) -> Result<(), Failure> {
    if places.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("`{}` cannot stand beside `--from`", places.join(" ")))
        .hint("places are shipped data; `--from` reads other data instead"))
}

fn of_site(site: Site) -> Source {
    if is_web_document(site.address()) { Source::Web(site) } else { Source::Endpoint(site, fetch::records()) }
}

/// Returns the endpoint that `--from` names, if it names one and nothing else is read.
pub(super) fn only_endpoint(from: &FromArgs, whole: Option<Duration>) -> Result<Option<Site>, Failure> {
    let is_endpoint = |source: &&String| is_address(source) && !named_document(source);
    if !from.from.iter().any(|source| is_endpoint(&source)) {
        return Ok(None);
    }
    let [source] = from.from.as_slice() else {
        return Err(Failure::new("an endpoint cannot stand beside other sources here")
            .hint("it answers by itself, and does not see them; ask one after the other"));
    };
    Ok(named(&[source], whole)?.into_iter().next())
}

/// Returns the documents that a query may name in `FROM`.
pub(super) fn allowed_documents(named: &[String], whole: Option<Duration>) -> Result<Vec<Document>, Failure> {
    let mut sources = Vec::new();
    for source in named {
        sources.push(if let Some(path) = file_of(source) {
            Source::Path(path)
        } else if is_address(source) {
            let site = allowed(std::slice::from_ref(source), whole)?.into_iter().next();
            site.map_or(Source::Stdin, Source::Web)
        } else {
            Source::Path(PathBuf::from(source))
        });
    }
    Ok(documents(&sources)?)
}

fn named_document(source: &str) -> bool {
    Address::parse(source).is_ok_and(|address| is_web_document(&address))
}

fn shipped_place(place: &str) -> Result<&'static str, Failure> {
    let codes =
        SHIPPED.iter().filter_map(|file| file.path.strip_prefix("data/")?.split_once('/').map(|(c, _)| c));
    let mut codes: Vec<&'static str> = codes.collect();
    codes.dedup();
    if let Some(code) = codes.iter().find(|code| code.eq_ignore_ascii_case(place)) {
        return Ok(code);
    }
    if PathBuf::from(place).exists() {
        return Err(Failure::new(format!("`{place}` is no place of the shipped data, but a file or folder"))
            .hint(format!("read it with `--from {place}`")));
    }
    let hint = nearest(place, codes.iter().copied());
    Err(Failure::new(format!("no shipped data for `{place}`"))
        .nearest(hint)
        .hint(format!("shipped are: {}; other data are read with `--from`", codes.join(", "))))
}

/// Reads the documents, prints what is wrong in them, and fails where a norm cannot be evaluated.
pub(super) fn graph(documents: &[Document], ui: &Ui) -> Result<Graph, Failure> {
    let mut progress = ui.progress("triples read");
    let graph = load_telling(documents, |taken| progress.tell(taken));
    drop(progress);
    let graph = graph?;
    check(&graph, documents, ui)?;
    Ok(graph)
}

/// Prints what is wrong in the data, and fails where a norm cannot be evaluated.
pub(super) fn check(graph: &Graph, documents: &[Document], ui: &Ui) -> Result<(), Failure> {
    if let Some(failure) = unreadable_norms(graph, documents) {
        return Err(failure.hint("no verdict is given while a norm cannot be read"));
    }
    ui.problems(&graph.problems);
    Ok(())
}

/// Warns of what counts as data though it stands among norms.
pub(super) fn warn_of_facts_among(norms: &[PathBuf], ui: &Ui) -> Result<(), Failure> {
    for document in documents(&norms.iter().cloned().map(Source::Path).collect::<Vec<_>>())? {
        let mut facts = 0_usize;
        read(&document, |quad| {
            let is_fact =
                |class: &str| [ov::CONTROL, ov::INSTITUTION, ov::POWER_GRANT, ov::SURVEY].contains(&class);
            let is_typed = quad.predicate.as_str() == rdf::TYPE;
            facts += usize::from(
                is_typed && matches!(&quad.object, Term::NamedNode(class) if is_fact(class.as_str())),
            );
        })?;
        if facts > 0 {
            let name = &document.name;
            ui.warning(&format!("{name}: given with `--norms`, it states links, bodies or surveys ({facts}): they count as data"));
        }
    }
    Ok(())
}

/// Returns why norms cannot be evaluated, each fault with file and line; nothing where all can.
pub(super) fn unreadable_norms(graph: &Graph, documents: &[Document]) -> Option<Failure> {
    let faults = graph.problems.iter().filter(|problem| matches!(problem.fault, Fault::Norm(_)));
    let told = faults.map(|problem| {
        let document = documents.iter().find(|document| document.name == problem.document);
        let subjects = BTreeSet::from([problem.subject.as_str()]);
        let lines = document.and_then(|document| locate(document, &subjects).ok()).unwrap_or_default();
        let line = lines.get(&problem.subject).map_or(String::new(), |line| format!(":{line}"));
        format!("{}{line}: <{}> {}", problem.document, problem.subject, problem.fault)
    });
    let told: Vec<String> = told.collect();
    match &told[..] {
        [] => None,
        [fault] => Some(Failure::new(fault)),
        faults => {
            let whole = Failure::new(format!("{} faults in norms", faults.len()));
            Some(faults.iter().fold(whole, Failure::cause))
        }
    }
}

/// Returns the graph of the shipped ontology alone, for its words.
pub(super) fn shipped_vocabulary() -> Result<Graph, Failure> {
    Ok(load(&documents(&[Source::Shipped("ontology/".to_owned())])?)?)
}

/// Returns the institution that a user names.
pub(super) fn institution(graph: &Graph, id: &str) -> Result<InstitutionId, Failure> {
    match graph.lookup(id) {
        Lookup::Found(found) => Ok(found),
        Lookup::Ambiguous(ids) => Err(Failure::new(format!("`{id}` could be several institutions"))
            .hint(format!("name one of: {}", first_few(&ids)))),
        Lookup::Unknown(nearest) => {
            Err(Failure::new(format!("no institution `{id}` in the data")).nearest(nearest.as_deref()))
        }
    }
}

/// Returns the first few ids, and how many more there are.
fn first_few(ids: &[String]) -> String {
    const FEW: usize = 5;
    let more = ids.len().saturating_sub(FEW);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("{}{more}", ids[..ids.len().min(FEW)].join(", "))
}

/// Returns the type or group of institutions that a user names.
pub(super) fn institution_type(graph: &Graph, id: &str) -> Result<TypeId, Failure> {
    let types = &graph.vocabulary.types;
    types
        .find_slug(slug(id))
        .or_else(|| types.iter().find(|(_, c)| is_called(graph, c, id)).map(|(t, _)| t))
        .ok_or_else(|| {
            let hint = nearest(id, types.iter().map(|(_, concept)| concept.slug.as_str()));
            Failure::new(format!("no type of institution is called `{id}`")).nearest(hint)
        })
}

/// Returns the mechanism that a user names.
pub(super) fn mechanism(graph: &Graph, id: &str) -> Result<MechanismId, Failure> {
    let mechanisms = &graph.vocabulary.mechanisms;
    mechanisms.find_slug(slug(id)).ok_or_else(|| {
        let hint = nearest(id, mechanisms.iter().map(|(_, concept)| concept.slug.as_str()));
        Failure::new(format!("no mechanism is called `{id}`")).nearest(hint)
    })
}

/// Returns the pillar that a user names.
pub(super) fn pillar(graph: &Graph, id: &str) -> Result<Pillar, Failure> {
    let mut labelled = graph.words.iter().filter(|word| graph.text(word.iri).starts_with(scheme::PILLAR));
    let by_label = || Pillar::of_slug(&labelled.find(|word| is_called(graph, word, id))?.slug);
    Pillar::of_slug(slug(id)).or_else(by_label).ok_or_else(|| {
        let slugs = Pillar::ALL.iter().map(|pillar| pillar.slug());
        Failure::new(format!("no pillar is called `{id}`"))
            .nearest(nearest(id, slugs.clone()))
            .hint(format!("pillars are: {}", slugs.collect::<Vec<_>>().join(", ")))
    })
}

/// Says whether a label of the concept, in any language, is what a user names it by: what is shown can be typed.
fn is_called(graph: &Graph, concept: &Concept, name: &str) -> bool {
    concept.labels.iter().any(|label| graph.text(label.text).to_lowercase() == name.to_lowercase())
}

/// What the selection flags ask for.
#[derive(Debug)]
pub(super) struct Selection<'g> {
    /// The norms, by id.
    pub(super) norms: Vec<&'g Norm>,
    institutions: Vec<InstitutionId>,
    verdicts: Vec<Verdict>,
}

impl<'g> Selection<'g> {
    /// Resolves the flags against what is loaded; an id that nothing has is an error that names the nearest.
    pub(super) fn new(graph: &'g Graph, args: &SelectionArgs) -> Result<Self, Failure> {
        let norms = norms(graph, &args.norms)?;
        let institutions =
            args.institution.iter().map(|id| institution(graph, id)).collect::<Result<Vec<_>, _>>()?;
        let verdicts = args.verdict.iter().map(|v| (*v).into()).collect();
        Ok(Self { norms, institutions, verdicts })
    }

    /// Returns whether the body is asked for.
    pub(super) fn takes_institution(&self, id: InstitutionId) -> bool {
        self.institutions.is_empty() || self.institutions.contains(&id)
    }

    /// Returns whether the verdict is asked for.
    pub(super) fn takes_verdict(&self, verdict: Verdict) -> bool {
        self.verdicts.is_empty() || self.verdicts.contains(&verdict)
    }

    /// The institutions that are named, in the order given.
    pub(super) fn institutions(&self) -> &[InstitutionId] {
        &self.institutions
    }
}

/// Returns the norms that the flags ask for, by id; an id that nothing has is an error that names the nearest.
pub(super) fn norms<'g>(graph: &'g Graph, args: &NormArgs) -> Result<Vec<&'g Norm>, Failure> {
    for id in &args.norm {
        if !graph.norms.iter().any(|norm| norm.goes_by(id)) {
            let hint = nearest(id, graph.norms.iter().map(|norm| norm.id.as_str()));
            return Err(Failure::new(format!("no norm has the id or prefix `{id}`")).nearest(hint));
        }
    }
    let documents = known(graph, &args.document, "document", scheme::DOCUMENT, |norm| {
        norm.document.into_iter().collect()
    })?;
    let principle = |name: &String| {
        let called = graph.principles.iter().find(|principle| is_called(graph, principle, name));
        called.map_or_else(|| name.clone(), |principle| principle.slug.clone())
    };
    let principles: Vec<String> = args.principle.iter().map(principle).collect();
    let principles =
        known(graph, &principles, "principle", scheme::PRINCIPLE, |norm| norm.principles.clone())?;
    let severities: Vec<Severity> = args.severity.iter().map(|s| (*s).into()).collect();
    Ok(graph
        .norms
        .iter()
        .filter(|norm| args.norm.is_empty() || args.norm.iter().any(|id| norm.goes_by(id)))
        .filter(|norm| {
            let document = norm.document.map(|iri| graph.text(iri));
            documents.is_empty() || documents.iter().any(|d| Some(d.as_str()) == document)
        })
        .filter(|norm| {
            let mut served = norm.principles.iter().map(|iri| graph.text(*iri));
            principles.is_empty() || served.any(|iri| principles.iter().any(|p| p == iri))
        })
        .filter(|norm| severities.is_empty() || severities.contains(&norm.severity))
        .collect())
}

/// Expands ids to IRIs and checks that some norm has each.
fn known(
    graph: &Graph,
    ids: &[String],
    what: &str,
    namespace: &str,
    of: impl Fn(&Norm) -> Vec<crate::model::Symbol>,
) -> Result<Vec<String>, Failure> {
    let mut all: Vec<&str> = graph.norms.iter().flat_map(&of).map(|symbol| graph.text(symbol)).collect();
    all.sort_unstable();
    all.dedup();
    ids.iter()
        .map(|id| {
            let iri = expand(id, namespace);
            // One's own document may have an IRI of any kind; what is shown of it can be typed.
            let shown = || all.iter().find(|iri| slug(iri) == id);
            if let Some(iri) = all.iter().find(|known| **known == iri).or_else(shown) {
                return Ok((*iri).to_owned());
            }
            let hint = nearest(id, all.iter().map(|iri| slug(iri)));
            Err(Failure::new(format!("no norm has the {what} `{id}`")).nearest(hint))
        })
        .collect()
}
