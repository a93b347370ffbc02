"""Reads exports of one data set in all syntaxes of RDF, and holds them against the Turtle files that it was made of.

    read_rdf.py FOLDER SOURCE      a file a syntax, named by its id; SOURCE is the folder of the data

Readers are RDFLib's and PyLD's, which share no code with ours. Prints what was compared as JSON.
"""

import functools, json, logging, pathlib, re, sys

import rdflib
from pyld import jsonld

from read import FORBIDDEN, same

rdflib.NORMALIZE_LITERALS = False
logging.disable()
PARSERS = {"turtle": "turtle", "trig": "trig", "ntriples": "nt", "nquads": "nquads", "rdfxml": "xml"}
NQUADS = {"algorithm": "URDNA2015", "format": "application/n-quads"}


def flat(dataset):
    """All triples, of whatever graph."""
    graph = rdflib.Graph()
    for subject, predicate, object, *_ in dataset.quads() if isinstance(dataset, rdflib.Dataset) else dataset:
        graph.add((subject, predicate, object))
    return graph


def xml(graph):
    """What XML makes of texts."""
    changed = rdflib.Graph()
    for subject, predicate, object in graph:
        if isinstance(object, rdflib.Literal):
            text = FORBIDDEN.sub("\ufffd", str(object))
            object = rdflib.Literal(text, lang=object.language, datatype=object.datatype)
        changed.add((subject, predicate, object))
    return changed


def agree(name, ours, theirs):
    same(len(ours), len(theirs), f"{name}: number of triples")
    ours_named, theirs_named = named(ours), named(theirs)
    same(sorted(ours_named - theirs_named), sorted(theirs_named - ours_named), f"{name}: triples")
    same(blank(ours), blank(theirs), f"{name}: triples with blank nodes")


@functools.cache
def named(graph):
    """The triples without blank nodes."""
    return {triple for triple in graph if not any(isinstance(part, rdflib.BNode) for part in triple)}


@functools.cache
def blank(graph):
    """The triples with blank nodes, in canonical form."""
    rest = rdflib.Graph()
    for triple in graph:
        if any(isinstance(part, rdflib.BNode) for part in triple):
            rest.add(triple)
    text = rest.serialize(format="nt", encoding="utf-8").decode()
    return jsonld.normalize(text, {**NQUADS, "inputFormat": "application/n-quads"})


def bare(text):
    text = re.sub("[\0-\x09\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029]", "?", text)
    return re.sub(r"\\(\\|u00..|[tbf])", lambda escape: escape[0] if escape[1] == "\\" else "?", text)


def main(folder, source):
    truth, documents = rdflib.Graph(), 0
    for file in sorted(source.glob("**/*.ttl")):
        document = rdflib.Graph().parse(file, format="turtle")
        documents += len(document) > 0
        truth += document
    graphs = {}
    for name, parser in PARSERS.items():
        dataset = rdflib.Dataset() if name in ("trig", "nquads") else rdflib.Graph()
        dataset.parse(folder / name, format=parser)
        agree(name, xml(truth) if name == "rdfxml" else truth, flat(dataset))
        if isinstance(dataset, rdflib.Dataset):
            graphs[name] = {str(graph.identifier) for graph in dataset.graphs() if len(graph)}
            same(documents, len(graphs[name]), f"{name}: a graph a document")
    # PyLD reads no remote context: all that is needed stands in the file.
    text = jsonld.to_rdf(json.loads((folder / "json-ld").read_text()), {"format": "application/n-quads"})
    dataset = rdflib.Dataset()
    dataset.parse(data=text, format="nquads")
    agree("json-ld", truth, flat(dataset))
    same(graphs["nquads"], {str(graph.identifier) for graph in dataset.graphs() if len(graph)}, "json-ld: graphs")
    # Two implementations of RDFC-1.0: the labels are the same. PyLD takes more for ends of lines than there are, and
    # leaves control characters bare, so these are made one.
    for name, canonical in (("nquads", "canonical"), ("ntriples", "canonical-triples")):
        theirs = jsonld.normalize(bare((folder / name).read_text()), {**NQUADS, "inputFormat": "application/n-quads"})
        ours = (folder / canonical).read_text()
        # PyLD unescapes `\\\\n` wrongly, so only lines with labels are compared; triples are held above.
        labelled = lambda text: sorted(line for line in bare(text).split("\n") if "_:c14n" in line)
        same(labelled(theirs), labelled(ours), f"{name}: canonical form")
        lines = ours.rstrip("\n").split("\n")
        same(sorted(lines, key=str.encode), lines, f"{name}: lines are sorted")
    print(json.dumps({"triples": len(truth), "graphs": len(graphs["nquads"])}))


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
