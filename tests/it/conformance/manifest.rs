//! Reads test manifests.

use oversight::rdf::{Document, Source, documents, read};
use oxrdf::vocab::rdf;
use oxrdf::{Graph, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, TermRef, Triple};
use std::path::{Path, PathBuf};

pub(super) const MF: &str = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
const QT: &str = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#";
const RDFT: &str = "http://www.w3.org/ns/rdftest#";

/// One test. Paths are of files.
#[derive(Debug, Default)]
pub(super) struct Test {
    pub(super) manifest: PathBuf,
    pub(super) name: String,
    /// IRI of the kind.
    pub(super) kind: String,
    /// The file to read, or the query.
    pub(super) action: Option<PathBuf>,
    pub(super) result: Option<PathBuf>,
    pub(super) data: Vec<PathBuf>,
    pub(super) graphs: Vec<PathBuf>,
    pub(super) is_lax: bool,
}

impl Test {
    /// The manifest from the top of the suites, and the name.
    pub(super) fn id(&self, folder: &Path) -> String {
        let manifest = self.manifest.strip_prefix(folder).unwrap_or(&self.manifest).parent().unwrap();
        format!("{} {}", manifest.display(), self.name)
    }
}

/// One file as a document.
pub(super) fn document(path: &Path) -> Document {
    documents(&[Source::Path(path.to_owned())]).unwrap().remove(0)
}

/// All triples of a file.
pub(super) fn triples(path: &Path) -> Graph {
    let mut graph = Graph::new();
    read(&document(path), |quad| {
        graph.insert(&Triple::from(quad));
    })
    .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    graph
}

fn path(term: TermRef<'_>) -> Option<PathBuf> {
    let TermRef::NamedNode(node) = term else { return None };
    Some(PathBuf::from(node.as_str().strip_prefix("file://")?.replace("%20", " ")))
}

pub(super) fn list<'g>(graph: &'g Graph, mut head: TermRef<'g>) -> Vec<TermRef<'g>> {
    let mut items = Vec::new();
    while let Some(node) = subject(head) {
        let Some(item) = graph.object_for_subject_predicate(node, rdf::FIRST) else { break };
        items.push(item);
        head = graph.object_for_subject_predicate(node, rdf::REST).unwrap();
    }
    items
}

pub(super) fn subject(term: TermRef<'_>) -> Option<NamedOrBlankNodeRef<'_>> {
    match term {
        TermRef::NamedNode(node) => Some(node.into()),
        TermRef::BlankNode(node) => Some(node.into()),
        TermRef::Literal(_) => None,
    }
}

/// The tests of a manifest and of those that it includes.
pub(super) fn tests(manifest: &Path) -> Vec<Test> {
    let graph = triples(manifest);
    let iri = |namespace: &str, name: &str| NamedNode::new_unchecked(format!("{namespace}{name}"));
    let mut tests = Vec::new();
    for head in graph.triples_for_predicate(&iri(MF, "include")) {
        for included in list(&graph, head.object) {
            tests.extend(self::tests(&path(included).unwrap()));
        }
    }
    for head in graph.triples_for_predicate(&iri(MF, "entries")) {
        for entry in list(&graph, head.object) {
            let node = subject(entry).unwrap();
            let one = |node: NamedOrBlankNodeRef<'_>, property: NamedNodeRef<'_>| {
                graph.object_for_subject_predicate(node, property).map(oxrdf::Term::from)
            };
            let all = |node: NamedOrBlankNodeRef<'_>, property: &NamedNode| {
                graph.objects_for_subject_predicate(node, property).filter_map(path).collect::<Vec<_>>()
            };
            let mut test = Test { manifest: manifest.to_owned(), ..Test::default() };
            if one(node, iri(RDFT, "approval").as_ref())
                .is_some_and(|a| a.to_string().ends_with("#Rejected>"))
            {
                continue;
            }
            test.kind = match one(node, rdf::TYPE) {
                Some(oxrdf::Term::NamedNode(kind)) => kind.into_string(),
                _ => continue,
            };
            test.name = match one(node, iri(MF, "name").as_ref()) {
                Some(oxrdf::Term::Literal(name)) => name.value().to_owned(),
                _ => continue,
            };
            if let TermRef::NamedNode(own) = entry {
                // Names are not unique in some manifests; the ends of IRIs are.
                own.as_str().rsplit(['#', '/']).next().unwrap().clone_into(&mut test.name);
            }
            let lax = iri(MF, "resultCardinality");
            test.is_lax = one(node, lax.as_ref()).is_some();
            let action = graph.object_for_subject_predicate(node, &iri(MF, "action"));
            if let Some(action) = action.and_then(subject) {
                test.action = path(action.into()).or_else(|| all(action, &iri(QT, "query")).pop());
                test.data = all(action, &iri(QT, "data"));
                test.graphs = all(action, &iri(QT, "graphData"));
            }
            test.result = all(node, &iri(MF, "result")).pop();
            tests.push(test);
        }
    }
    tests
}
