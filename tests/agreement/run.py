"""Holds engines that we did not write beside `oversight`: which (norm, institution) pairs does each name as not met?

The findings of `oversight gaps` are the reference. Against them stand the generated SPARQL on Oxigraph and on a
Virtuoso server (started here, on loopback), the generated SHACL under pySHACL and two faster engines, and the oracle
of `tests/oracle`. Prints how many pairs were compared and how many disagree; exits with 1 on any disagreement.
"""

from __future__ import annotations

import argparse
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as Late
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
ORACLE = HERE.parent / "oracle"
SHAPE = "https://w3id.org/oversight/shape/"

Pairs = set[tuple[str, str]]


@dataclass
class Case:
    """Data, norms and a day, with what `oversight` makes of them."""

    name: str
    day: str
    data: list[Path]
    norms: list[Path]
    prefixes: list[str]
    folder: Path
    bound: set[tuple[str, str]] = field(default_factory=set)
    not_met: Pairs = field(default_factory=set)

    @property
    def triples(self) -> Path:
        """All data as one N-Triples file."""
        return self.folder / "data.nt"

    @property
    def shapes(self) -> Path:
        """The norms as SHACL."""
        return self.folder / "shapes.ttl"

    def queries(self) -> Iterator[tuple[str, str]]:
        """The norms as SPARQL."""
        for file in sorted((self.folder / "sparql").glob("*.rq")):
            yield file.stem, file.read_text(encoding="utf-8")


def prepare(case: Case, binary: Path) -> None:
    """Asks `oversight` for findings, queries and shapes, and writes the data as N-Triples."""
    import pyoxigraph

    common = ["--as-of", case.day, "--quiet"]
    for norms in case.norms:
        common += ["--norms", str(norms)]
    for prefix in case.prefixes:
        common += ["--norm", prefix]
    data = [part for path in case.data for part in ("--from", str(path))]
    findings = run([binary, "gaps", *data, *common, "--format", "json"])
    for finding in json.loads(findings):
        pair = (finding["norm"], finding["institution"])
        case.bound.add(pair)
        if finding["verdict"] != "met":
            case.not_met.add(pair)
    (case.folder / "sparql").mkdir(parents=True, exist_ok=True)
    run([binary, "norms", *common, "--to", "sparql", "-o", case.folder / "sparql"])
    run([binary, "norms", *common, "--to", "shacl", "-o", case.shapes])
    store = pyoxigraph.Store()
    for path in case.data:
        files = sorted(file for file in path.rglob("*") if file.suffix in (".ttl", ".nt")) if path.is_dir() else [path]
        for file in files:
            store.load(path=str(file))
    store.dump(str(case.triples), pyoxigraph.RdfFormat.N_TRIPLES, from_graph=pyoxigraph.DefaultGraph())


def run(command: list[object]) -> str:
    """The output of a program that must not fail."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stderr}")
    return done.stdout


# -- engines ------------------------------------------------------------------------------------------------------------


def oxigraph(case: Case) -> Pairs:
    """The generated SPARQL on Oxigraph."""
    import pyoxigraph

    store = pyoxigraph.Store()
    store.bulk_load(path=str(case.triples))
    return {
        (norm, solution["institution"].value) for norm, query in case.queries() for solution in store.query(query)
    }


def pyshacl(case: Case) -> Pairs:
    """The generated SHACL under pySHACL, without inference and advanced features."""
    import pyshacl as engine

    return of_rdflib(case, engine)


def turbo(case: Case) -> Pairs:
    """The generated SHACL under pyshacl-turbo."""
    import pyshacl_turbo as engine

    return of_rdflib(case, engine)


def of_rdflib(case: Case, engine: object) -> Pairs:
    """The pairs in a report of an engine with pySHACL's interface."""
    import rdflib

    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    data = rdflib.Graph().parse(case.triples, format="nt")
    shapes = rdflib.Graph().parse(case.shapes, format="turtle")
    _, report, text = engine.validate(data, shacl_graph=shapes, inference=None, advanced=False)
    if not isinstance(report, rdflib.Graph):
        raise RuntimeError(text)
    results = report.subjects(rdflib.RDF.type, sh.ValidationResult)
    return {pair(report.value(result, sh.sourceShape), report.value(result, sh.focusNode)) for result in results}


def shacl(case: Case) -> Pairs:
    """The generated SHACL under the package `shacl`."""
    import shacl as engine

    report = engine.validate(str(case.triples), str(case.shapes))
    return {pair(result.source_shape, result.focus_node) for result in report.results}


def pair(shape: object, focus: object) -> tuple[str, str]:
    """Norm and institution of a result."""
    return str(shape).strip("<>").removeprefix(SHAPE), str(focus).strip("<>")


def oracle(case: Case) -> Pairs:
    """The independent reading of the rules."""
    ontology = ROOT / "ontology" / ("schemes" if case.prefixes else "")
    norms = [part for path in case.norms for part in ("--norms", path)]
    text = run([sys.executable, ORACLE / "oracle.py", "--ontology", ontology, *norms, "--as-of", case.day, *case.data])
    return {(f["norm"], f["institution"]) for f in json.loads(text) if f["verdict"] != "met"}


class Virtuoso:
    """A Virtuoso server of our own, on loopback, in a folder that goes away."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
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
            + f"[Parameters]\nServerPort = 127.0.0.1:{self.sql}\nNumberOfBuffers = 20000\nDirsAllowed = /\n"
            + f"[HTTPServer]\nServerPort = 127.0.0.1:{self.http}\n[SPARQL]\nResultSetMaxRows = 1000000\n",
            encoding="utf-8",
        )
        self.server = subprocess.Popen(
            ["virtuoso-t", "+configfile", str(config), "+foreground"],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(120):
            time.sleep(0.5)
            try:
                self.ask("ASK {}", "urn:none")
            except (urllib.error.URLError, ConnectionError):
                continue
            return
        raise RuntimeError("Virtuoso did not start")

    def close(self) -> None:
        """Ends the server that this object started."""
        self.server.terminate()
        self.server.wait(timeout=60)

    def ask(self, query: str, graph: str) -> dict:
        """The answer to a query over one graph."""
        form = {"query": query, "default-graph-uri": graph, "format": "application/sparql-results+json"}
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.http}/sparql", urllib.parse.urlencode(form).encode(), method="POST"
        )
        with urllib.request.urlopen(request, timeout=600) as answer:
            return json.load(answer)

    def __call__(self, case: Case) -> Pairs:
        """The generated SPARQL on Virtuoso."""
        graph = f"urn:case:{urllib.parse.quote(case.name, safe='')}:{case.day}"
        load = self.folder / "load.sql"
        load.write_text(
            f"SPARQL CLEAR GRAPH <{graph}>;\n"
            f"DB.DBA.TTLP_MT(file_to_string_output('{case.triples}'), '', '{graph}');\n",
            encoding="utf-8",
        )
        run(["isql-vt", f"127.0.0.1:{self.sql}", "dba", "dba", load])
        found: Pairs = set()
        for norm, query in case.queries():
            try:
                answer = self.ask(query, graph)
            except urllib.error.HTTPError as error:
                raise RuntimeError(f"{norm}: {error.read().decode()[:300]}") from error
            found |= {(norm, row["institution"]["value"]) for row in answer["results"]["bindings"]}
        run(["isql-vt", f"127.0.0.1:{self.sql}", "dba", "dba", f"exec=SPARQL CLEAR GRAPH <{graph}>;"])
        return found


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# -- comparison -----------------------------------------------------------------------------------------------------------


@dataclass
class Tally:
    """What an engine came to over all cases."""

    pairs: int = 0
    not_met: int = 0
    disagreements: int = 0
    failed: list[str] = field(default_factory=list)
    seconds: float = 0.0


def compare(case: Case, name: str, engine: Callable[[Case], Pairs], tally: Tally, limit: float) -> None:
    """Asks one engine for one case, and counts."""
    begun = time.perf_counter()
    try:
        found = within(engine, case, limit) if limit else engine(case)
    except Late:
        tally.failed.append(f"{case.name} on {case.day}: not done in {limit:.0f} s")
        return
    except Exception as error:  # noqa: BLE001 - whatever an engine throws is its answer
        tally.failed.append(f"{case.name} on {case.day}: {type(error).__name__}: {str(error)[:300]}")
        return
    tally.seconds += time.perf_counter() - begun
    tally.pairs += len(case.bound)
    tally.not_met += len(case.not_met)
    for norm, institution in sorted(found ^ case.not_met):
        tally.disagreements += 1
        if tally.disagreements <= 10:
            whose = name if (norm, institution) in found else "oversight"
            print(f"  {case.name} on {case.day}: only {whose} says that {norm} is not met by {institution}", flush=True)


def within(engine: Callable[[Case], Pairs], case: Case, limit: float) -> Pairs:
    """Runs an engine in a process of its own, for as long as allowed."""
    pool = ProcessPoolExecutor(1)
    try:
        return pool.submit(engine, case).result(timeout=limit)
    finally:
        for process in list((pool._processes or {}).values()):  # noqa: SLF001 - ours, by its id
            process.terminate()
        pool.shutdown(wait=False, cancel_futures=True)


ENGINES = {"oxigraph": oxigraph, "pyshacl": pyshacl, "turbo": turbo, "shacl": shacl, "oracle": oracle}


def cases(arguments: argparse.Namespace, folder: Path) -> Iterator[Case]:
    """Given data on given days, then random worlds on their days."""
    for path in arguments.data:
        for day in arguments.day:
            name = path.name
            yield Case(name, day, [path], arguments.norms, arguments.norm, folder / f"{name}-{day}")
    for seed in range(arguments.seed, arguments.seed + arguments.worlds):
        world = folder / f"world-{seed}"
        day = run([sys.executable, ORACLE / "worlds.py", "--seed", seed, "--out", world]).strip()
        yield Case(f"world {seed}", day, [world / "data.nt"], [world / "norms.ttl"], ["RND"], world / "case")


@contextmanager
def virtuoso(wanted: bool, folder: Path) -> Iterator[Virtuoso | None]:
    """A server while it is needed, if it is wanted."""
    if not wanted:
        yield None
        return
    home = folder / "virtuoso"
    home.mkdir()
    server = Virtuoso(home)
    try:
        yield server
    finally:
        server.close()


def main() -> None:
    """Reads the arguments, compares, prints a table, and exits with 1 on any disagreement."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--binary", type=Path, default=ROOT / "target/release/oversight", help="the program")
    parser.add_argument("--data", type=Path, action="append", default=[], metavar="FILE|DIR", help="repeatable")
    parser.add_argument("--norms", type=Path, action="append", default=[], metavar="FILE|DIR", help="repeatable")
    parser.add_argument("--norm", action="append", default=[], metavar="PREFIX", help="only these norms; repeatable")
    parser.add_argument("--day", action="append", default=[], metavar="YYYY-MM-DD", help="repeatable")
    parser.add_argument("--worlds", type=int, default=0, metavar="N", help="random worlds as well")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="the first random world")
    parser.add_argument("--limit", type=float, default=0, metavar="S", help="seconds for an engine and a case; 0: none")
    parser.add_argument(
        "--engine", action="append", choices=[*ENGINES, "virtuoso"], help="repeatable; all but virtuoso if not given"
    )
    arguments = parser.parse_args()
    wanted = arguments.engine or list(ENGINES)
    if "virtuoso" in wanted and not shutil.which("virtuoso-t"):
        parser.error("virtuoso-t is not installed (Debian: virtuoso-opensource)")
    if arguments.data and not arguments.day:
        parser.error("--data needs a --day")

    tallies = {name: Tally() for name in wanted}
    number = bound = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with virtuoso("virtuoso" in wanted, folder) as server:
            for case in cases(arguments, folder):
                prepare(case, arguments.binary)
                number, bound = number + 1, bound + len(case.bound)
                for name in wanted:
                    engine = server if name == "virtuoso" else ENGINES[name]
                    limit = 0 if name == "virtuoso" else arguments.limit
                    compare(case, name, engine, tallies[name], limit)
                shutil.rmtree(case.folder)
    print(f"{number} cases, {bound} pairs of norm and institution")
    print(f"{'engine':<10}{'pairs':>9}{'not met':>9}{'disagree':>10}{'failed':>8}{'seconds':>10}")
    for name, tally in tallies.items():
        print(
            f"{name:<10}{tally.pairs:>9}{tally.not_met:>9}{tally.disagreements:>10}{len(tally.failed):>8}"
            f"{tally.seconds:>10.1f}"
        )
    for name, tally in tallies.items():
        for failure in tally.failed[:5]:
            print(f"{name} failed: {failure}")
    sys.exit(any(tally.disagreements or tally.failed for tally in tallies.values()))


if __name__ == "__main__":
    main()
