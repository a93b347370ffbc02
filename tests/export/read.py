"""Reads exports of one graph in all graph formats with their reference readers, and holds them against node-link JSON.

    read.py FOLDER      one file (or folder) a format, named by its id, and FORMAT.loss.json beside each

Prints what was compared as JSON; ends with an error at the first difference. Node-link JSON itself is held against
the data by tests/it/export_readers.rs.
"""

import csv, datetime, itertools, json, pathlib, re, subprocess, sys, warnings
from collections import Counter

import antlr4, igraph, networkx
from antlr4_cypher import CypherLexer, CypherParser
from ndex2.cx2 import RawCX2NetworkFactory
from lxml import etree

csv.field_size_limit(10_000_000)
SCHEMAS = pathlib.Path(__file__).parent / "schemas"
FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
TIMES = {"from": "start", "to": "end", "founded": "start", "dissolved": "end"}


def same(ours, theirs, where):
    if ours != theirs:
        sys.exit(f"{where}\n  expected {ours!r:.600}\n  read     {theirs!r:.600}")


def lost(folder, name, part):
    """How many the report says were changed, of those whose name has `part` in it."""
    report = json.loads((folder / f"{name}.loss.json").read_text())
    return sum(entry["count"] for entry in report["lost"] if part in entry["what"])


def joined(texts):
    return ";".join(text.replace(";", "%3B" if "://" in text else ",") for text in texts)


def flat(record, text=lambda text: text):
    """A record for a format without lists."""
    as_text = lambda value: joined(value) if isinstance(value, list) else value
    return {key: text(v) if isinstance(v := as_text(value), str) else v for key, value in record.items()}


def first_day(date):
    return datetime.date(*(int(part) for part in (date + "-01-01").split("-")[:3]))


def end_day(date):
    """The first day on which something that lasts until `date` no longer holds."""
    if date.count("-") == 2:
        return first_day(date)
    year, month = int(date[:4]), int(date[5:7] or 12)
    return datetime.date(year + month // 12, month % 12 + 1, 1)


def spell(record, start, end):
    start = first_day(record[start]) if start in record else None
    end = end_day(record[end]) - datetime.timedelta(1) if end in record else None
    if start and end and end < start:
        end = start
    return None if start is end is None else (start and str(start), end and str(end))


class Truth:
    def __init__(self, path):
        self.data = json.loads(path.read_text())
        self.nodes = {n["id"]: {k: v for k, v in n.items() if k != "id"} for n in self.data["nodes"]}
        ends = ("source", "target", "key")
        self.edges = {
            e["key"]: (e["source"], e["target"], {k: v for k, v in e.items() if k not in ends})
            for e in self.data["edges"]
        }
        same(len(self.data["nodes"]), len(self.nodes), "ids of nodes are not unique")
        same(len(self.data["edges"]), len(self.edges), "ids of edges are not unique")

    def hold(self, name, nodes, edges, change=lambda record: record):
        """Compares {id: record} and {id: (source, target, record)}."""
        same(set(self.nodes), set(nodes), f"{name}: ids of nodes")
        same(set(self.edges), set(edges), f"{name}: ids of edges")
        for id, record in self.nodes.items():
            self.record(f"{name}: {id}", change(record), nodes[id])
        for id, (source, target, record) in self.edges.items():
            same((source, target), edges[id][:2], f"{name}: ends of {id}")
            self.record(f"{name}: {id}", change(record), edges[id][2])

    def record(self, where, ours, theirs):
        same(set(ours), set(theirs), f"{where}: fields")
        for key, value in ours.items():
            same(value, theirs[key], f"{where}: {key}")


def xml(text):
    return FORBIDDEN.sub("\ufffd", text)


def parsed(path):
    # Texts of 100,000 characters are beyond what the parser takes unasked.
    return etree.parse(path, etree.XMLParser(huge_tree=True)).getroot()


def valid(where, schema, root):
    same([], [] if schema.validate(root) else list(schema.error_log)[:3], where)
    root.set("not-in-the-schema", "")
    same(False, schema.validate(root), f"{where} would notice")
    del root.attrib["not-in-the-schema"]


def graphml(truth, path):
    graph = networkx.read_graphml(path)
    same((True, True), (graph.is_directed(), graph.is_multigraph()), "graphml: directed, with parallel edges")
    iris = {id: record.pop("iri") for id, record in graph.nodes(data=True)}
    nodes = {iris[id]: record for id, record in graph.nodes(data=True)}
    same({"ellipse"}, {record.pop("shape_type") for record in nodes.values()}, "graphml: shapes of yEd")
    edges = {record.pop("iri"): (iris[s], iris[t], record) for s, t, record in graph.edges(data=True)}
    truth.hold("graphml", nodes, edges, lambda record: flat(record, xml))
    # Ids, keys and elements are the schema's to hold; yEd's label is not in it.
    ns, y = "{http://graphml.graphdrawing.org/xmlns}", "{http://www.yworks.com/xml/graphml}"
    root = parsed(path)
    valid("graphml", etree.XMLSchema(etree.parse(SCHEMAS / "graphml/graphml+yed.xsd")), root)
    for kind in "node", "edge":
        key = root.find(f"{ns}key[@for='{kind}'][@attr.name='label']").get("id")
        for element in root.iter(ns + kind):
            labels = [text.text for text in element.iter(f"{y}{kind.capitalize()}Label")]
            same([element.findtext(f"{ns}data[@key='{key}']")], labels, "graphml: Gephi's and yEd's label")
    graph = igraph.Graph.Read_GraphML(str(path))
    present = lambda record: {k: v for k, v in record.items() if k not in ("iri", "id") and v != ""}
    # What is not there is empty, false or not a number in igraph.
    nodes = {v["iri"]: present(v.attributes()) for v in graph.vs}
    edges = {e["iri"]: (graph.vs[e.source]["iri"], graph.vs[e.target]["iri"], present(e.attributes())) for e in graph.es}
    for record in itertools.chain(nodes.values(), (edge[2] for edge in edges.values())):
        for key in [key for key, value in record.items() if value != value]:
            del record[key]
    truth.hold("graphml in igraph", nodes, edges, lambda record: flat(record, xml))
    same(lost_characters(truth, FORBIDDEN, 1), lost(path.parent, "graphml", "XML forbids") - doubled(truth, FORBIDDEN),
         "graphml: characters accounted for")


def texts_of(truth):
    for record in itertools.chain(truth.nodes.values(), (edge[2] for edge in truth.edges.values())):
        for value in record.values():
            yield from [value] if isinstance(value, str) else value if isinstance(value, list) else []


def lost_characters(truth, pattern, times):
    return times * sum(len(pattern.findall(text)) for text in texts_of(truth))


def doubled(truth, pattern):
    """Names stand twice in the XML formats: for their tools, and as a field."""
    return sum(len(pattern.findall(record["label"])) for record in truth.nodes.values())


def gexf(truth, path):
    graph = networkx.read_gexf(path, version="1.3")
    nodes, edges = {}, {}
    for id, record in graph.nodes(data=True):
        same({"r", "g", "b"}, set(record.pop("viz")["color"]) - {"a"}, "gexf: colour")
        same(spell(truth.nodes[id], "founded", "dissolved"), told(record), f"gexf: spell of {id}")
        nodes[id] = record
    for source, target, record in graph.edges(data=True):
        id = record.pop("id")
        record.pop("viz", None)
        same(spell(truth.edges[id][2], "from", "to"), told(record), f"gexf: spell of {id}")
        # NetworkX takes `kind` for nothing.
        record.pop("kind", None)
        edges[id] = (source, target, record)
    truth.hold("gexf", nodes, edges, lambda record: flat(record, xml))
    ns, viz = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}"
    root = parsed(path)
    for counted in itertools.chain(root.iter(f"{ns}nodes"), root.iter(f"{ns}edges")):
        same(int(counted.get("count")), len(counted), "gexf: count")
    valid("gexf: RELAX NG", etree.RelaxNG(etree.parse(SCHEMAS / "gexf/gexf.rng")), root)
    # The published XML schema asks for colours and shapes in GEXF's own namespace, where neither RELAX NG nor Gephi
    # have them. All else it holds as it is.
    for drawn in root.iter(viz + "*"):
        drawn.tag = ns + etree.QName(drawn).localname
    valid("gexf: XML schema", etree.XMLSchema(etree.parse(SCHEMAS / "gexf/gexf.xsd")), root)


def told(record):
    spells = record.pop("spells", None)
    # NetworkX writes an end that is not there as a word.
    return spells and tuple(None if part in (None, "", "None") else part for part in spells[0])


def dot(truth, path):
    out = subprocess.run(["dot", "-Kpatchwork", "-Tdot_json", str(path)], capture_output=True, check=True)
    graph = json.loads(out.stdout)
    control = re.compile("[\0-\x08\x0b-\x1f]")

    def back(text):
        return re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], text)

    def record(found, drop):
        found = {key: back(value) for key, value in found.items() if key not in drop}
        found["label"] = found["label"].replace("&amp;", "&")
        return found

    named = {node["_gvid"]: node["name"] for node in graph["objects"]}
    drop = {"_gvid", "name", "color", "shape", "style", "fillcolor"}
    nodes = {node["name"]: record(node, drop) for node in graph["objects"]}
    drop = {"_gvid", "tail", "color", "style", "id"}
    edges = {edge["id"]: (named[edge["tail"]], named[edge["head"]], record(edge, drop | {"head"})) for edge in graph["edges"]}
    words = {True: "true", False: "false"}

    def change(record):
        flattened = flat(record, lambda text: control.sub("\ufffd", text))
        return {k: words[v] if isinstance(v, bool) else str(v) for k, v in flattened.items()}

    # An edge's own `head` is a node's number in this JSON: only bodies have a title of a head.
    truth.hold("dot", {id: {k: v for k, v in r.items() if v != ""} for id, r in nodes.items()},
               {id: (s, t, {k: v for k, v in r.items() if v != ""}) for id, (s, t, r) in edges.items()}, change)
    same(lost_characters(truth, control, 1), lost(path.parent, "dot", "control characters"), "dot: characters accounted for")


def cytoscape(truth, path):
    data = json.loads(path.read_text())
    graph = networkx.cytoscape_graph(data)
    nodes = {id: {k: v for k, v in r.items() if k not in ("id", "value", "name")} for id, r in graph.nodes(data=True)}
    for id, record in graph.nodes(data=True):
        same(truth.nodes[id]["label"], record["name"], "cytoscape: name")
    edges = {r["id"]: (s, t, {k: v for k, v in r.items() if k not in ("id", "key", "source", "target")})
             for s, t, r in graph.edges(data=True)}
    truth.hold("cytoscape", nodes, edges)


def cx2(truth, path):
    network = RawCX2NetworkFactory().get_cx2network(json.loads(path.read_text()))
    nodes, number = {}, {}
    for id, node in network.get_nodes().items():
        record = dict(node["v"])
        number[id] = record.pop("iri")
        same(truth.nodes[number[id]]["label"], record.pop("name"), "cx2: name")
        nodes[number[id]] = record
    edges = {}
    for edge in network.get_edges().values():
        record = dict(edge["v"])
        edges[record.pop("iri")] = (number[edge["s"]], number[edge["t"]], record)
    truth.hold("cx2", nodes, edges)
    raw = json.loads(path.read_text())
    counts = {entry["name"]: entry["elementCount"] for entry in raw[1]["metaData"]}
    aspects = {next(iter(aspect)): next(iter(aspect.values())) for aspect in raw[2:-1]}
    same({name: len(content) for name, content in aspects.items()}, counts, "cx2: counts in the metadata")
    kinds = {"string": str, "boolean": bool, "long": int, "list_of_string": list}
    for aspect, entries in (("nodes", network.get_nodes()), ("edges", network.get_edges())):
        declared = aspects["attributeDeclarations"][0][aspect]
        for entry in entries.values():
            for key, value in entry["v"].items():
                same(kinds[declared[key]["d"]], type(value), f"cx2: {key} is as declared")


def node_link(truth, path):
    for key, file in (("edges", path), ("links", path.parent / "node-link-links")):
        graph = networkx.node_link_graph(json.loads(file.read_text()), edges=key)
        same("MultiDiGraph", type(graph).__name__, "node-link: kind of graph")
        nodes = dict(graph.nodes(data=True))
        edges = {id: (s, t, record) for s, t, id, record in graph.edges(keys=True, data=True)}
        truth.hold(f"node-link by {key}", nodes, edges)


def jgf(truth, path):
    data = json.loads(path.read_text())
    graph = data["graph"]
    nodes, edges = {}, {}
    for id, node in graph["nodes"].items():
        same(id, node["metadata"].pop("iri"), "jgf: iri")
        same(node["label"], node["metadata"]["label"], "jgf: label")
        nodes[id] = node["metadata"]
    for edge in graph["edges"]:
        same(edge["relation"], edge["metadata"]["mechanism"], "jgf: relation")
        same(edge["id"], edge["metadata"].pop("iri"), "jgf: iri")
        edges[edge["id"]] = (edge["source"], edge["target"], edge["metadata"])
    truth.hold("jgf", nodes, edges)


def short(iri):
    base = "https://w3id.org/oversight/"
    return iri.removeprefix(base + "id/") if iri.startswith(base + "id/") else iri.rsplit("/", 1)[-1] if iri.startswith(base) else iri


def pajek(truth, path):
    control = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029]")
    plain = lambda text: control.sub(" ", text).replace('"', "'").replace("\\", "/")
    names = {id: f"{plain(record['label'])} ({plain(short(id))})" for id, record in truth.nodes.items()}
    arcs = Counter((names[s], names[t], plain(record["label"])) for s, t, record in truth.edges.values())
    graph = networkx.read_pajek(path)
    same(set(names.values()), set(graph), "pajek: vertices")
    same(arcs, Counter((s, t, record["l"]) for s, t, record in graph.edges(data=True)), "pajek: arcs")
    graph = igraph.Graph.Read_Pajek(str(path))
    same(list(names.values()), graph.vs["id" if "id" in graph.vs.attributes() else "name"], "pajek in igraph: vertices")
    read = Counter((names_of(graph, e.source), names_of(graph, e.target), e["label"]) for e in graph.es)
    same(arcs, read, "pajek in igraph: arcs")


def names_of(graph, vertex):
    return graph.vs[vertex]["id" if "id" in graph.vs.attributes() else "name"]


# The header grammar of neo4j-admin database import: `<name>?:<type>?`, with one of each of the reserved ones.
HEADER = re.compile(r"(?:(\w+))?(?::(ID|LABEL|START_ID|END_ID|TYPE|boolean|long|date|string\[\]))?")


def neo4j(truth, path):
    control = re.compile("[\0-\x08\x0a-\x1f]")
    cell = lambda text: control.sub(" ", text)

    def rows(name, reserved):
        raw = (path / name).read_bytes()
        same(1 + raw.count(b"\n") - 1, raw.count(b"\n"), f"neo4j: {name} ends with a line feed")
        with open(path / name, newline="", encoding="utf-8") as file:
            table = list(csv.reader(file, strict=True))
        same(raw.count(b"\n"), len(table), f"neo4j: one line a row in {name}")
        header = [HEADER.fullmatch(column) for column in table[0]]
        same(True, all(header), f"neo4j: header {table[0]}")
        same(Counter(reserved), Counter(h[2] for h in header if h[2] and h[2].isupper()), f"neo4j: header of {name}")
        for row in table[1:]:
            same(len(header), len(row), f"neo4j: cells of {row}")
            record = {}
            for column, text in zip(header, row):
                if text == "" and not column[2] == "ID":
                    continue
                kind = column[2]
                if kind == "boolean":
                    text = {"true": True, "false": False}[text]
                elif kind == "long":
                    text = int(text)
                elif kind == "date":
                    text = datetime.date.fromisoformat(text)
                elif kind in ("string[]", "LABEL"):
                    text = text.split(";")
                record[column[1] or kind] = text
            yield record

    def split(record):
        for name, end in TIMES.items():
            day = record.pop(f"{name}_day", None)
            if name in record:
                same(first_day(record[name]) if end == "start" else end_day(record[name]), day, f"neo4j: {name}_day")
        return record

    camel = lambda slug: "".join(word[:1].upper() + word[1:] for word in re.split(r"[\W_]+", slug))
    nodes, edges = {}, {}
    for record in rows("institutions.csv", ["ID", "LABEL"]):
        id = record.pop("id")
        labels = record.pop("LABEL")
        same(["Institution"] + [camel(type) for type in truth.nodes[id].get("type", [])], labels, "neo4j: labels")
        nodes[id] = split(record)
    for record in rows("links.csv", ["START_ID", "END_ID", "TYPE"]):
        id = record.pop("id")
        same(truth.edges[id][2]["mechanism"].replace("-", "_").upper(), record.pop("TYPE"), "neo4j: type")
        edges[id] = (record.pop("START_ID"), record.pop("END_ID"), split(record))
    commas = lambda values: [cell(v.replace(";", "%3B" if "://" in v else ",")) for v in values]
    change = lambda record: {k: commas(v) if isinstance(v, list) else cell(v) if isinstance(v, str) else v for k, v in record.items()}
    truth.hold("neo4j", nodes, edges, change)


class Literal:
    """Reads the literals of our Cypher: maps, lists, strings with `+`, numbers, booleans, dates."""

    TOKEN = re.compile(r"\s*('(?:[^'\\]|\\.)*'|date\('|[\w]+|[{}\[\]:,+)])", re.S)

    def __init__(self, text):
        self.text, self.at = text, 0

    def next(self):
        match = self.TOKEN.match(self.text, self.at)
        self.at = match.end()
        return match[1]

    def peek(self):
        return self.TOKEN.match(self.text, self.at)[1]

    def value(self):
        token = self.next()
        if token == "{":
            found = {}
            while (key := self.next()) != "}":
                if key == ",":
                    key = self.next()
                same(":", self.next(), "cypher: colon")
                found[key] = self.value()
            return found
        if token == "[":
            found = []
            while self.peek() != "]":
                if self.peek() == ",":
                    self.next()
                found.append(self.value())
            self.next()
            return found
        if token.startswith("'"):
            text = self.string(token)
            while self.TOKEN.match(self.text, self.at) and self.peek() == "+":
                self.next()
                text += self.string(self.next())
            return text
        if token == "date('":
            end = self.text.index("')", self.at)
            day, self.at = self.text[self.at:end], end + 2
            return datetime.date.fromisoformat(day)
        return {"true": True, "false": False}[token] if not token.isdigit() else int(token)

    def string(self, token):
        same(False, re.search(r"(?<!\\)(?:\\\\)*\\\\u", token) is not None, "cypher: a backslash before u")
        escapes = {"n": "\n", "r": "\r", "t": "\t"}
        code = lambda m: chr(int(m[1][1:], 16)) if m[1][0] == "u" else escapes.get(m[1], m[1])
        return re.sub(r"\\(u[0-9a-fA-F]{4}|.)", code, token[1:-1], flags=re.S)


def cypher(truth, path):
    text = path.read_text()
    nodes, edges = {}, {}
    statements = re.findall(r"^UNWIND \[\n.*?\n\] AS row .*?;$", text, re.S | re.M)
    parsed = 0
    camel = lambda slug: "".join(word[:1].upper() + word[1:] for word in re.split(r"[\W_]+", slug))
    for statement in statements:
        rows, end = re.fullmatch(r"UNWIND (\[\n.*\n\]) AS row (.*?);", statement, re.S).groups()
        literal = Literal(rows)
        for row in literal.value():
            if "p" in row:
                record = row["p"]
                id = record.pop("id")
                edges[id] = (row["s"], row["t"], without_days(record))
                type = re.search(r"-\[r:(\w+) ", end)[1]
                same(truth.edges[id][2]["mechanism"].replace("-", "_").upper(), type, "cypher: type")
            else:
                id = row.pop("id")
                labels = re.search(r"SET n:([\w:]+) ", end)[1].split(":")
                same(["Institution"] + [camel(t) for t in truth.nodes[id].get("type", [])], labels, "cypher: labels")
                nodes[id] = without_days(row)
        same(True, rows[literal.at:].strip() == "", "cypher: rest of the rows")
        # The grammar in full, for statements that a slow parser takes in good time.
        if len(statement) < 60_000 and parsed < 12:
            parser = CypherParser(antlr4.CommonTokenStream(CypherLexer(antlr4.InputStream(statement.rstrip(";")))))
            parser.removeErrorListeners()
            parser.script()
            same(0, parser.getNumberOfSyntaxErrors(), f"cypher: syntax of {statement[:400]}")
            parsed += 1
    same(True, parsed > 0, "cypher: nothing was short enough to parse")
    truth.hold("cypher", nodes, edges)


def without_days(record):
    for name, end in TIMES.items():
        day = record.pop(f"{name}_day", None)
        if name in record:
            same(first_day(record[name]) if end == "start" else end_day(record[name]), day, f"cypher: {name}_day")
    return record


READERS = {"graphml": graphml, "gexf": gexf, "dot": dot, "cytoscape": cytoscape, "cx2": cx2, "node-link": node_link,
           "jgf": jgf, "pajek": pajek, "neo4j": neo4j, "cypher": cypher}


def main():
    warnings.simplefilter("ignore")
    folder = pathlib.Path(sys.argv[1])
    truth = Truth(folder / "node-link")
    for name, read in READERS.items():
        read(truth, folder / name)
    print(json.dumps({"nodes": len(truth.nodes), "edges": len(truth.edges), "formats": list(READERS)}))


if __name__ == "__main__":
    main()
