"""Holds engines that we did not write beside `oversight`: which (norm, institution) pairs does each name as not met?

The findings of `oversight gaps` are the reference. Against them stand the generated SPARQL on Oxigraph and on a
Virtuoso server (started here, on loopback), the generated SHACL under pySHACL and two faster engines, and the oracle
of `tests/oracle`. Prints how many pairs were compared and how many disagree; exits with 1 on any disagreement.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as Late
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from engines import ENGINES, Engine, Pairs, Virtuoso, run, start

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
ORACLE = HERE.parent / "oracle"
NAMES = [*ENGINES, "virtuoso", "oracle"]
FOUR_DAYS = ["2012-06-01", "2019-01-01", "2023-07-01", "2026-11-23"]


@dataclass
class Case:
    """Data, norms and a day, with what `oversight` makes of them."""

    name: str
    day: str
    data: Path
    folder: Path
    norms: list[Path] = field(default_factory=list)
    prefix: str = ""
    verified_only: bool = False
    bound: Pairs = field(default_factory=set)
    not_met: Pairs = field(default_factory=set)

    def __str__(self) -> str:
        return f"{self.name} on {self.day}{', verified only' if self.verified_only else ''}"

    @property
    def common(self) -> list[object]:
        """Arguments that `oversight` and the oracle share."""
        norms = [part for path in self.norms for part in ("--norms", path)]
        return ["--as-of", self.day, *norms, *(["--verified-only"] if self.verified_only else [])]


def prepare(case: Case, binary: Path) -> None:
    """Asks `oversight` for findings, queries and shapes, and writes the data as N-Triples."""
    import pyoxigraph

    common = [*case.common, "--quiet", *(["--norm", case.prefix] if case.prefix else [])]
    for finding in json.loads(run([binary, "gaps", "--from", case.data, *common, "--format", "json"])):
        pair = (finding["norm"], finding["institution"])
        case.bound.add(pair)
        if finding["verdict"] != "met":
            case.not_met.add(pair)
    (case.folder / "sparql").mkdir(parents=True, exist_ok=True)
    run([binary, "norms", *common, "--to", "sparql", "-o", case.folder / "sparql"])
    run([binary, "norms", *common, "--to", "shacl", "-o", case.folder / "shapes.ttl"])
    store = pyoxigraph.Store()
    files = case.data.rglob("*") if case.data.is_dir() else [case.data]
    for file in sorted(file for file in files if file.suffix in (".ttl", ".nt")):
        store.load(path=str(file))
    store.dump(str(case.folder / "data.nt"), pyoxigraph.RdfFormat.N_TRIPLES, from_graph=pyoxigraph.DefaultGraph())


def oracle(case: Case) -> Pairs:
    """The independent reading of the rules."""
    ontology = ROOT / "ontology" / ("schemes" if case.prefix else "")
    text = run([sys.executable, ORACLE / "oracle.py", "--ontology", ontology, *case.common, case.data])
    return {(f["norm"], f["institution"]) for f in json.loads(text) if f["verdict"] != "met"}


@dataclass
class Tally:
    """What an engine came to over all cases."""

    cases: int = 0
    pairs: int = 0
    not_met: int = 0
    disagreements: int = 0
    otherwise: int = 0
    failed: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    seconds: float = 0.0


def compare(case: Case, name: str, engine: Engine | None, tally: Tally, limit: float) -> None:
    """Asks one engine (the oracle, if none is given) for one case, and counts."""
    begun = time.perf_counter()
    if sys.stderr.isatty():
        print(f"\r\033[K{case}: {name} ...", end="", file=sys.stderr, flush=True)
    try:
        if engine is None:
            found = oracle(case)
        elif limit and name in ENGINES:
            found = within(engine, case.folder, limit)
        else:
            found = engine(case.folder)
    except Late:
        tally.late.append(f"{case} took more than {limit:.0f} s")
        return
    except Exception as error:  # noqa: BLE001 - whatever an engine throws is its answer
        tally.failed.append(f"{case}: {type(error).__name__}: {str(error)[:300]}")
        return
    finally:
        if sys.stderr.isatty():
            print("\r\033[K", end="", file=sys.stderr, flush=True)
    tally.seconds += time.perf_counter() - begun
    tally.cases += 1
    tally.pairs += len(case.bound)
    tally.not_met += len(case.not_met)
    if found != case.not_met and isinstance(engine, Virtuoso):
        # It may answer otherwise with what else it holds: one just started has the last word.
        first, found = found, engine.anew(case.folder)
        tally.otherwise += len((first ^ case.not_met) - (found ^ case.not_met))
    for norm, institution in sorted(found ^ case.not_met):
        tally.disagreements += 1
        if tally.disagreements <= 10:
            whose = name if (norm, institution) in found else "oversight"
            print(f"  {case}: only {whose} says that {norm} is not met by {institution}", flush=True)


def within(engine: Engine, folder: Path, limit: float) -> Pairs:
    """Runs an engine in a process of its own, for as long as allowed."""
    pool = ProcessPoolExecutor(1)
    try:
        return pool.submit(engine, folder).result(timeout=limit)
    finally:
        for process in list((pool._processes or {}).values()):  # noqa: SLF001 - ours, by its id
            process.terminate()
        pool.shutdown(wait=False, cancel_futures=True)


def cases(arguments: argparse.Namespace, folder: Path) -> Iterator[Case]:
    """Given data on given days, then random worlds on their days, every fifth of them without unverified links."""
    for path in arguments.data:
        for day in arguments.day:
            yield Case(path.name, day, path, folder / f"{path.name}-{day}", arguments.norms, arguments.norm)
    for seed in range(arguments.seed, arguments.seed + arguments.worlds):
        world = folder / f"world-{seed}"
        day = run([sys.executable, ORACLE / "worlds.py", "--seed", seed, "--out", world]).strip()
        data, norms = world / "data.nt", [world / "norms.ttl"]
        yield Case(f"world {seed}", day, data, world / "case", norms, "RND", verified_only=seed % 5 == 0)


def report(number: int, bound: int, tallies: dict[str, Tally]) -> None:
    """Prints a table of the counts, then what failed or was late."""
    print(f"{number} cases, {bound} pairs of norm and institution")
    columns = "{:<10}{:>7}{:>9}{:>9}{:>10}{:>8}{:>6}{:>10}".format
    print(columns("engine", "cases", "pairs", "not met", "disagree", "failed", "late", "seconds"))
    for name, tally in tallies.items():
        counts = [tally.cases, tally.pairs, tally.not_met, tally.disagreements, len(tally.failed), len(tally.late)]
        print(columns(name, *counts, f"{tally.seconds:.1f}"))
    for name, tally in tallies.items():
        if tally.otherwise:
            print(f"{name}: {tally.otherwise} pairs disagreed until it was started anew")
        for failure in tally.failed[:5]:
            print(f"{name} failed: {failure}")
        for late in tally.late:
            print(f"{name} was late: {late}")


def main() -> None:
    """Reads the arguments, compares, prints a table, and exits with 1 on any disagreement."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--all", action="store_true", help="every country on four days, and 1,000 random worlds")
    parser.add_argument("--binary", type=Path, default=ROOT / "target/release/oversight", help="the program")
    parser.add_argument("--data", type=Path, action="append", default=[], metavar="FILE|DIR", help="repeatable")
    parser.add_argument("--norms", type=Path, action="append", default=[], metavar="FILE|DIR", help="repeatable")
    parser.add_argument("--norm", default="", metavar="PREFIX", help="only these norms")
    parser.add_argument("--day", action="append", default=[], metavar="YYYY-MM-DD", help="repeatable")
    parser.add_argument("--worlds", type=int, default=0, metavar="N", help="random worlds as well")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="the first random world")
    parser.add_argument(
        "--limit",
        type=float,
        default=300,
        metavar="S",
        help="seconds for an engine and a case (0: none); who is late once sits out the other days of these data",
    )
    parser.add_argument("--engine", action="append", choices=NAMES, help="repeatable; all if not given")
    arguments = parser.parse_args()
    if arguments.all:
        arguments.data += sorted(path for path in (ROOT / "data").iterdir() if (path / "links.ttl").is_file())
        arguments.worlds = arguments.worlds or 1000
    arguments.day = arguments.day or FOUR_DAYS
    wanted = arguments.engine or NAMES

    tallies = {name: Tally() for name in wanted}
    number = bound = 0
    late: set[tuple[str, str]] = set()
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        engines = start([name for name in wanted if name != "oracle"], stack)
        for case in cases(arguments, Path(temporary)):
            prepare(case, arguments.binary)
            number, bound = number + 1, bound + len(case.bound)
            for name, tally in tallies.items():
                if (name, case.name) not in late:
                    before = len(tally.late)
                    compare(case, name, engines.get(name), tally, arguments.limit)
                    if len(tally.late) > before:
                        late.add((name, case.name))
            shutil.rmtree(case.folder)
    report(number, bound, tallies)
    sys.exit(any(tally.disagreements or tally.failed for tally in tallies.values()))


if __name__ == "__main__":
    main()
