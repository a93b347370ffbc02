"""Engines that we did not write: which (norm, institution) pairs does each name as not met?

A case is a folder with `data.nt`, `shapes.ttl` (the norms as SHACL) and `sparql/<id>.rq` (the norms as SPARQL).

usage: engines.py ENGINE..

Reads folders, one a line, and answers each with a line of JSON: for each engine a sorted list of pairs, or a text that
says why there is none. Ends with its input. `tests/it/agreement.rs` talks to it so; `run.py` takes it as a module.
"""

from __future__ import annotations

import json
import logging
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

SHAPE = "https://w3id.org/oversight/shape/"

Pairs = set[tuple[str, str]]
Engine = Callable[[Path], Pairs]


def queries(case: Path) -> Iterator[tuple[str, str]]:
    """The norms of a case as SPARQL."""
    for file in sorted((case / "sparql").glob("*.rq")):
        yield file.stem, file.read_text(encoding="utf-8")


def run(command: list[object]) -> str:
    """The output of a program that must not fail."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}\n{done.stderr}")
    return done.stdout


def oxigraph(case: Path) -> Pairs:
    """The generated SPARQL on Oxigraph."""
    import pyoxigraph

    store = pyoxigraph.Store()
    store.bulk_load(path=str(case / "data.nt"))
    return {
        (norm, solution["institution"].value) for norm, query in queries(case) for solution in store.query(query)
    }


def pyshacl(case: Path) -> Pairs:
    """The generated SHACL under pySHACL, without inference and advanced features."""
    import pyshacl as engine

    return of_rdflib(case, engine)


def turbo(case: Path) -> Pairs:
    """The generated SHACL under pyshacl-turbo."""
    import pyshacl_turbo as engine

    return of_rdflib(case, engine)


def of_rdflib(case: Path, engine: object) -> Pairs:
    """The pairs in a report of an engine with pySHACL's interface."""
    import rdflib

    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    data = rdflib.Graph().parse(case / "data.nt", format="nt")
    shapes = rdflib.Graph().parse(case / "shapes.ttl", format="turtle")
    _, report, text = engine.validate(data, shacl_graph=shapes, inference=None, advanced=False)
    if not isinstance(report, rdflib.Graph):
        raise RuntimeError(text)
    results = report.subjects(rdflib.RDF.type, sh.ValidationResult)
    return {pair(report.value(result, sh.sourceShape), report.value(result, sh.focusNode)) for result in results}


def shacl(case: Path) -> Pairs:
    """The generated SHACL under the package `shacl`."""
    import shacl as engine

    report = engine.validate(str(case / "data.nt"), str(case / "shapes.ttl"))
    return {pair(result.source_shape, result.focus_node) for result in report.results}


def pair(shape: object, focus: object) -> tuple[str, str]:
    """Norm and institution of a result."""
    return str(shape).strip("<>").removeprefix(SHAPE), str(focus).strip("<>")


class Virtuoso:
    """The generated SPARQL on a Virtuoso server of our own, on loopback, in a folder that goes away."""

    def __init__(self) -> None:
        self.cases = 0
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = folder = Path(self.temporary.name)
        self.sql, self.http = free_port(), free_port()
        config = folder / "virtuoso.ini"
        file = "{} = {}/virtuoso.{}\n".format
        config.write_text(
            "[Database]\n"
            + "".join(
                file(name, folder, end)
                for name, end in [
                    ("DatabaseFile", "db"),
                    ("ErrorLogFile", "log"),
                    ("LockFile", "lck"),
                    ("TransactionFile", "trx"),
                    ("xa_persistent_file", "pxa"),
                ]
            )
            + "[TempDatabase]\n"
            + file("DatabaseFile", folder, "temp.db")
            + file("TransactionFile", folder, "temp.trx")
            + f"[Parameters]\nServerPort = 127.0.0.1:{self.sql}\nNumberOfBuffers = 20000\n"
            # The plans of large queries want more than the 400 MB that are given by themselves.
            + "MaxMemPoolSize = 2000000000\n"
            + f"DirsAllowed = {tempfile.gettempdir()}\n"
            + f"[HTTPServer]\nServerPort = 127.0.0.1:{self.http}\n[SPARQL]\nResultSetMaxRows = 1000000\n",
            encoding="utf-8",
        )
        self.server = subprocess.Popen(
            ["virtuoso-t", "+configfile", str(config), "+foreground"],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + 300
        while time.monotonic() < end and self.server.poll() is None:
            time.sleep(0.5)
            try:
                self.ask("ASK {}", "urn:none")
            except (urllib.error.URLError, ConnectionError):
                continue
            return
        self.__exit__()
        raise RuntimeError("Virtuoso did not start")

    def __enter__(self) -> Virtuoso:
        return self

    def __exit__(self, *_: object) -> None:
        """Ends the server that this object started."""
        self.server.terminate()
        self.server.wait(timeout=60)
        self.temporary.cleanup()

    def ask(self, query: str, graph: str) -> dict:
        """The answer to a query over one graph."""
        form = {"query": query, "default-graph-uri": graph, "format": "application/sparql-results+json"}
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.http}/sparql", urllib.parse.urlencode(form).encode(), method="POST"
        )
        with urllib.request.urlopen(request, timeout=600) as answer:
            return json.load(answer)

    def sql_file(self, statements: str) -> None:
        """Runs statements as the administrator."""
        file = self.folder / "statements.sql"
        file.write_text(statements, encoding="utf-8")
        run(["isql-vt", f"127.0.0.1:{self.sql}", "dba", "dba", file])

    def __call__(self, case: Path) -> Pairs:
        try:
            return self.pairs(case)
        except RuntimeError as error:
            # Its planner fails now and then on what a server just started answers.
            if "Internal error" not in str(error):
                raise
        return self.anew(case)

    def anew(self, case: Path) -> Pairs:
        """What a server just started answers."""
        self.__exit__()
        self.__init__()
        return self.pairs(case)

    def pairs(self, case: Path) -> Pairs:
        """What the server answers."""
        # Virtuoso keeps the plan of a text, and in it which IRIs it did not know then: a graph of its own for each case
        # makes each text a new one.
        self.cases += 1
        graph = f"urn:case:{self.cases}"
        self.sql_file(
            f"DB.DBA.TTLP_MT(file_to_string_output('{case / 'data.nt'}'), '', '{graph}');\n"
        )
        found: Pairs = set()
        for norm, query in queries(case):
            try:
                answer = self.ask(query, graph)
            except urllib.error.HTTPError as error:
                raise RuntimeError(f"{norm}: {error.read().decode()[:300]}") from error
            found |= {(norm, row["institution"]["value"]) for row in answer["results"]["bindings"]}
        self.sql_file(f"SPARQL CLEAR GRAPH <{graph}>;\n")
        return found


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


ENGINES: dict[str, Engine] = {"oxigraph": oxigraph, "pyshacl": pyshacl, "turbo": turbo, "shacl": shacl}


def start(names: list[str], stack: ExitStack) -> dict[str, Engine]:
    """The engines of these names; a server lives as long as the stack."""
    if "virtuoso" in names and not shutil.which("virtuoso-t"):
        raise RuntimeError("virtuoso-t is not installed (Debian: virtuoso-opensource-7-bin)")
    # Who ends this process ends the server, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    return {name: stack.enter_context(Virtuoso()) if name == "virtuoso" else ENGINES[name] for name in names}


def main() -> None:
    """Answers a line of JSON for each folder on the input."""
    warnings.filterwarnings("ignore")
    logging.disable(logging.CRITICAL)
    with ExitStack() as stack:
        engines = start(sys.argv[1:], stack)
        print("ready", flush=True)
        for line in sys.stdin:
            answers: dict[str, object] = {}
            for name, engine in engines.items():
                try:
                    answers[name] = sorted(engine(Path(line.rstrip("\n"))))
                except Exception as error:  # noqa: BLE001 - whatever an engine throws is its answer
                    answers[name] = f"{type(error).__name__}: {str(error)[:500]}"
            print(json.dumps(answers), flush=True)


if __name__ == "__main__":
    main()
