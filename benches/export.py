"""Times the writers of NetworkX and igraph on the graph of a node-link JSON file; `cargo bench --bench export` runs it.

    export.py NODE_LINK

Prints {"tool format": seconds} as JSON. Both hold all fields of nodes and edges; lists are joined by `;` beforehand,
for neither writes lists to XML. Each writer runs once: they take minutes. Seconds are those of the processor, so that
a busy machine or a slow disk does not count against them.
"""

import gc, json, os, sys, tempfile, time

import igraph, networkx


def records(path):
    """Nodes and edges, line by line: the file is larger than what Python's reader would make of it at once."""
    with open(path, encoding="utf-8") as file:
        kind = None
        for line in file:
            if line.startswith('"nodes":['):
                kind = "node"
            elif line.startswith(('"edges":[', '"links":[')):
                kind = "edge"
            elif line.startswith("{") and kind:
                record = json.loads(line.rstrip().rstrip(","))
                yield kind, {
                    sys.intern(k): sys.intern(";".join(v)) if isinstance(v, list) else sys.intern(v) if isinstance(v, str) else v
                    for k, v in record.items()
                }


def main():
    path, folder = sys.argv[1], tempfile.mkdtemp(dir=os.path.dirname(sys.argv[1]))
    times = {}

    def measure(name, write):
        out = os.path.join(folder, "out")
        gc.collect()
        gc.disable()
        start = time.process_time()
        write(out)
        times[name] = time.process_time() - start
        gc.enable()
        print(f"{name}: {times[name]:.2f} s, {os.path.getsize(out) / 1e6:.0f} MB", file=sys.stderr)
        os.remove(out)

    def dump(data, out):
        with open(out, "w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False)

    nodes, edges = [], []
    for kind, record in records(path):
        (nodes if kind == "node" else edges).append(record)
    place = {record["id"]: at for at, record in enumerate(nodes)}
    columns = lambda rows: {key: [row.get(key, "") for row in rows] for key in sorted({key for row in rows for key in row})}
    ends = [(place[edge["source"]], place[edge["target"]]) for edge in edges]
    attributes = columns(edges)
    for key in ("source", "target"):
        del attributes[key]
    attributes["id"] = attributes.pop("key")
    graph = igraph.Graph(n=len(nodes), edges=ends, directed=True, vertex_attrs=columns(nodes), edge_attrs=attributes)
    measure("igraph graphml", graph.write_graphml)
    measure("igraph dot", graph.write_dot)
    bare = igraph.Graph(n=len(nodes), edges=ends, directed=True)
    bare.vs["id"] = [f"{node['label']} ({node['id']})" for node in nodes]
    bare.es["label"] = attributes["label"]
    measure("igraph pajek", bare.write_pajek)
    del graph, bare, attributes, ends

    graph = networkx.MultiDiGraph()
    graph.add_nodes_from((node.pop("id"), node) for node in nodes)
    graph.add_edges_from((edge.pop("source"), edge.pop("target"), edge.pop("key"), edge) for edge in edges)
    del nodes, edges
    measure("networkx graphml", lambda out: networkx.write_graphml(graph, out))
    measure("networkx node-link", lambda out: dump(networkx.node_link_data(graph, edges="edges"), out))
    measure("networkx cytoscape", lambda out: dump(networkx.cytoscape_data(graph), out))
    # Pajek takes strings only, and NetworkX writes all of them.
    bare = networkx.MultiDiGraph()
    bare.add_nodes_from(graph)
    bare.add_edges_from((s, t, k, {"l": data["label"]}) for s, t, k, data in graph.edges(keys=True, data=True))
    measure("networkx pajek", lambda out: networkx.write_pajek(bare, out))
    del bare
    measure("networkx gexf", lambda out: networkx.write_gexf(graph, out))
    json.dump(times, sys.stdout)


main()
