"""The time the engine takes to answer a dossier on the whole pack, next to the bounds it is held to.

Each figure is the median over the ten examples of the median of many runs; the slowest example stands beside it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from terreau.rules import (
    Dossier,
    Edition,
    Rulebook,
    Words,
    as_data,
    assess,
    read_dossier,
    read_pack,
)
from terreau.rules.questions import next_question
from terreau.rules.unlocks import unlocks
from terreau.rules.verdicts import Explaining, statuses

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2026, 11, 24)
RUNS = 40
DOSSIER = ROOT / "examples" / "reparation-srl.yaml"
Row = tuple[str, float, float | None, float | None]


def milliseconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median time of some work."""
    work()
    times = []
    for _run in range(runs):
        start = perf_counter()
        work()
        times.append((perf_counter() - start) * 1000)
    return median(times)


def process(region: Path) -> None:
    """Run the command as a whole process, as installed: its modules are compiled once and kept."""
    terreau = Path(sys.executable).with_name("terreau")
    command = [terreau, "assess", DOSSIER, "--format", "json", "--region", region]
    environment = {
        key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"
    }
    subprocess.run(command, check=True, capture_output=True, env=environment)


def first_process(region: Path) -> float:
    """Return the time of a process that must read the files of a pack it has not seen."""
    (region / "measures" / "brusoc.yaml").open("a").write("# not seen before\n")
    start = perf_counter()
    process(region)
    return (perf_counter() - start) * 1000


def over_examples(name: str, works: list[Callable[[], object]], bound: float | None) -> Row:
    """Return a row: the median over the examples, the bound, the slowest."""
    times = [milliseconds(work) for work in works]
    return name, median(times), bound, max(times)


def processes() -> list[Row]:
    """Return the rows of whole processes, on a copy of the pack."""
    with tempfile.TemporaryDirectory() as folder:
        region = shutil.copytree(ROOT / "regions" / "brussels", Path(folder) / "copy")
        process(region)
        again = milliseconds(lambda: process(region), 7)
        first = first_process(region)
    return [
        ("terreau assess, the process", again, 500.0, None),
        ("the same, on a pack not seen yet", first, None, None),
    ]


def main() -> None:
    """Measure and print a table."""
    edition = Edition(read_pack(ROOT / "regions" / "brussels"))
    pack, book = edition.pack, edition.on(DAY)
    dossiers = [read_dossier(path, pack) for path in sorted((ROOT / "examples").glob("*.yaml"))]
    values = [book.graph.run(dossier.told) for dossier in dossiers]
    words = Words(dict.fromkeys(pack.languages, str))
    wholes = [assess(edition, dossier, DAY) for dossier in dossiers]
    rows = [
        over_examples("status", [partial(statuses, book, each) for each in dossiers], 0.3),
        over_examples("explain", [partial(explained, book, each) for each in dossiers], 10.0),
        over_examples(
            "explained as data", [partial(as_data, each, words) for each in wholes], None
        ),
        over_examples(
            "next question", [partial(next_question, book, each) for each in values], 20.0
        ),
        over_examples("unlocks", [partial(unlocks, book, each) for each in values], 50.0),
        *processes(),
    ]
    print(f"{len(book.verdicts)} answers, {len(book.graph.part().steps)} distinct steps")
    print(f"{'question':<36}{'median':>12}{'bound':>12}{'ratio':>8}{'slowest':>12}")
    for name, took, bound, slowest in rows:
        against = f"{bound:>9.1f} ms{took / bound:>8.2f}" if bound else " " * 20
        most = f"{slowest:>9.2f} ms" if slowest else ""
        print(f"{name:<36}{took:>9.2f} ms{against}{most}")


def explained(book: Rulebook, dossier: Dossier) -> object:
    """Return every answer explained."""
    return Explaining(book, dossier).verdicts()


if __name__ == "__main__":
    main()
