"""How long does `oversight` take from a file to verdicts, and how long do SHACL engines on the same file and norms?

The world is made of random ones of `tests/oracle/worlds.py` side by side, each a country of its own; the norms are all
that are shipped, or those of a prefix. Every engine runs in a process of its own, once, one after the other; what it takes to start Python
and to import the engine is not counted. Prints CPU and wall seconds, and whether the pairs of norm and institution not
met are those of `oversight gaps`.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path

from engines import ENGINES, Engine, Pairs, pair, run

ROOT = Path(__file__).resolve().parent.parent.parent
ID = "https://w3id.org/oversight/id/"
DAY = "2024-06-15"


def shacl_rust(case: Path) -> Pairs:
    """The generated SHACL under the package `shacl-rust`."""
    import shacl_rust as engine

    report = engine.validate_file(str(case / "data.nt"), str(case / "shapes.ttl"))
    return {pair(result["source_shape"], result["focus_node"]) for result in report["results"]}


MODULES = {"shacl": "shacl", "shacl-rust": "shacl_rust", "turbo": "pyshacl_turbo", "pyshacl": "pyshacl"}
ALL: dict[str, Engine] = {**ENGINES, "shacl-rust": shacl_rust}


def grow(file: Path, triples: int) -> int:
    """Writes random worlds side by side, until there are so many triples; returns how many."""
    sys.path.insert(0, str(ROOT / "tests" / "oracle"))
    from worlds import SIZES, World

    written = seed = 0
    with file.open("w", encoding="utf-8") as out:
        while written < triples:
            world = World(seed, SIZES["medium"])
            for triple in sorted(set(world.triples)):
                for code in ("xa", "xb"):
                    triple = triple.replace(f"<{ID}{code}", f"<{ID}{code}{seed:03}")  # noqa: PLW2901
                out.write(triple + "\n")
                written += 1
            seed += 1
    return written


def seconds(who: int) -> float:
    """CPU seconds of this process (or of its children that have ended), on all cores."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def timed(name: str, case: Path, answer: multiprocessing.Queue) -> None:
    """Asks an engine, and sends wall and CPU seconds with what it found; runs in a process of its own."""
    try:
        __import__(MODULES[name])
        cpu, wall = seconds(resource.RUSAGE_SELF), time.perf_counter()
        found = ALL[name](case)
        answer.put((time.perf_counter() - wall, seconds(resource.RUSAGE_SELF) - cpu, found))
    except BaseException as error:  # noqa: BLE001 - whatever an engine throws is its answer
        answer.put(f"{type(error).__name__}: {str(error)[:200]}")


def ask(name: str, case: Path, limit: float) -> tuple[float, float, Pairs] | str | float:
    """Runs an engine for as long as allowed; one that is given up has used so many CPU seconds."""
    answer: multiprocessing.Queue = multiprocessing.Queue()
    before = seconds(resource.RUSAGE_CHILDREN)
    process = multiprocessing.Process(target=timed, args=(name, case, answer))
    process.start()
    end = time.monotonic() + limit
    try:
        while time.monotonic() < end:
            if not answer.empty():
                return answer.get()
            if not process.is_alive() and answer.empty():
                return f"ended with {process.exitcode}"
            time.sleep(0.05)
    finally:
        process.kill()
        process.join()
    return seconds(resource.RUSAGE_CHILDREN) - before


def main() -> None:
    """Reads the arguments, grows the world, times everybody, prints a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--binary", type=Path, default=ROOT / "target/release/oversight", help="the program")
    parser.add_argument("--triples", type=int, default=340_000, metavar="N")
    parser.add_argument("--limit", type=float, default=600, metavar="S", help="seconds for an engine")
    parser.add_argument("--engine", action="append", choices=sorted(MODULES), help="repeatable; all if not given")
    parser.add_argument("--norm", default="", metavar="PREFIX", help="only these norms")
    arguments = parser.parse_args()
    some = ["--norm", arguments.norm] if arguments.norm else []

    with tempfile.TemporaryDirectory() as temporary:
        case = Path(temporary)
        data = case / "data.nt"
        number = grow(data, arguments.triples)
        run([arguments.binary, "norms", *some, "--as-of", DAY, "--to", "shacl", "-o", case / "shapes.ttl"])
        shapes = (case / "shapes.ttl").read_text(encoding="utf-8").count("a sh:PropertyShape")
        cpu, wall = seconds(resource.RUSAGE_CHILDREN), time.perf_counter()
        text = run([arguments.binary, "gaps", *some, "--from", data, "--as-of", DAY, "--quiet", "--format", "json"])
        ours = time.perf_counter() - wall, seconds(resource.RUSAGE_CHILDREN) - cpu
        findings = json.loads(text)
        expected = {(f["norm"], f["institution"]) for f in findings if f["verdict"] != "met"}
        print(f"{number} triples, {shapes} norms, {len(findings)} findings, {len(expected)} not met, on {DAY}")
        columns = "{:<12}{:>10}{:>10}{:>10}  {}".format
        print(columns("", "wall s", "CPU s", "times", "answer"))
        print(columns("oversight", f"{ours[0]:.2f}", f"{ours[1]:.2f}", "1.0", "with evidence, written as JSON"))
        for name in arguments.engine or MODULES:
            answer = ask(name, case, arguments.limit)
            if isinstance(answer, float):
                wall, times = f"> {arguments.limit:.0f}", f"> {answer / ours[1]:.0f}"
                print(columns(name, wall, f"> {answer:.0f}", times, "given up"), flush=True)
                continue
            if isinstance(answer, str):
                print(columns(name, "", "", "", answer), flush=True)
                continue
            wall, cpu, found = answer
            verdict = "the same" if found == expected else f"{len(found ^ expected)} pairs differ"
            print(columns(name, f"{wall:.2f}", f"{cpu:.2f}", f"{cpu / ours[1]:.1f}", verdict), flush=True)


if __name__ == "__main__":
    main()
