"""Validates RDF by SHACL engines that are not ours, and prints what each finds.

usage: shacl.py ENGINE SHAPES FILE..

ENGINE is `pyshacl` or `pyshifty`, each a package of that name on PyPI. All files are one data graph. Prints, sorted and
without doubles, one line a result of a named shape: severity, IRI of the shape, focus node, value, parted by tabs; a
blank node is `_`, and a value that is the focus node itself is left out.
"""

import sys
import warnings


def term(node):
    """Returns a node as text: an IRI or the text of a literal, `_` for a blank node."""
    from rdflib import BNode

    if node is None:
        return ""
    return "_" if isinstance(node, BNode) else str(node)


def results(report):
    """Yields (severity, shape, focus, value) of each result of the report."""
    from rdflib import RDF, Namespace

    sh = Namespace("http://www.w3.org/ns/shacl#")
    for root in report.subjects(RDF.type, sh.ValidationReport):
        for result in report.objects(root, sh.result):
            focus = term(report.value(result, sh.focusNode))
            value = term(report.value(result, sh.value))
            severity = term(report.value(result, sh.resultSeverity)).rsplit("#")[-1]
            yield severity, term(report.value(result, sh.sourceShape)), focus, "" if value == focus else value


def main():
    engine, shapes_file, *files = sys.argv[1:]
    import rdflib

    warnings.filterwarnings("ignore")
    rdflib.NORMALIZE_LITERALS = False
    data, shapes = rdflib.Graph(), rdflib.Graph()
    for file in files:
        data.parse(file, format="turtle")
    shapes.parse(shapes_file, format="turtle")
    if engine == "pyshacl":
        import pyshacl

        _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
    else:
        import shifty

        _, report, _ = shifty.validate(data, shacl_graph=shapes)
    for row in sorted(set(results(report))):
        print("\t".join(field.replace("\t", " ").replace("\n", " ") for field in row))


if __name__ == "__main__":
    main()
