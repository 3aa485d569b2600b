"""The time the engine takes on sixty answers for one dossier, next to the bounds it is held to.

The measures of the pack are copied until there are sixty. Copies share the steps of the first, as cards that include the
same conditions do; the number of distinct steps is printed, so that the figures can be read for what they are.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

from terreau.rules import Edition, Pack, Words, as_data, assess, read_dossier, read_pack
from terreau.rules.questions import next_question
from terreau.rules.unlocks import unlocks
from terreau.rules.verdicts import Explaining, statuses

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2026, 11, 24)
ANSWERS, RUNS = 60, 100
DOSSIER = ROOT / "examples" / "reparation-srl.yaml"


def multiplied(pack: Pack) -> Pack:
    """Return the pack with its measures of the day copied until there are enough."""
    assessed = [each.card for each in Edition(pack).on(DAY).verdicts]
    cards = dict(pack.cards)
    for copy in range(1, -(-ANSWERS // len(assessed))):
        for card in assessed:
            if copy * len(assessed) + len(cards) - len(pack.cards) < ANSWERS * 2:
                cards[f"{card.id}-{copy}"] = replace(card, id=f"{card.id}-{copy}")
    return replace(pack, cards=cards)


def milliseconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median time of some work."""
    work()
    times = []
    for _run in range(runs):
        start = perf_counter()
        work()
        times.append((perf_counter() - start) * 1000)
    return median(times)


def copied(folder: Path) -> Path:
    """Return a copy of the pack's folder with its measures of the day copied until there are enough."""
    region = shutil.copytree(ROOT / "regions" / "brussels", folder / "sixty")
    cards = [each.card for each in Edition(read_pack(region)).on(DAY).verdicts]
    for copy in range(1, ANSWERS // len(cards)):
        for card in cards:
            text = card.place.file.read_text(encoding="utf-8")
            name = f"{card.id}-{copy}"
            text = text.replace(f"id: {card.id}\n", f"id: {name}\n", 1)
            card.place.file.with_name(f"{name}.yaml").write_text(text, encoding="utf-8")
    return region


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


def main() -> None:
    """Measure and print a table."""
    pack = multiplied(read_pack(ROOT / "regions" / "brussels"))
    edition = Edition(pack)
    book = edition.on(DAY)
    dossier = read_dossier(DOSSIER, pack)
    values = book.graph.run(dossier.told)
    words = Words(dict.fromkeys(pack.languages, str))
    whole = assess(edition, dossier, DAY)
    with tempfile.TemporaryDirectory() as folder:
        region = copied(Path(folder))
        process(region)
        processes = [
            ("terreau assess, the process", milliseconds(lambda: process(region), 7), 500.0),
            ("the same, on a pack not seen yet", first_process(region), None),
        ]
    rows = [
        ("status", milliseconds(lambda: statuses(book, dossier)), 0.3),
        ("explain", milliseconds(lambda: Explaining(book, dossier).verdicts()), 5.0),
        ("explained as data", milliseconds(lambda: as_data(whole, words)), None),
        ("that data as JSON text", milliseconds(lambda: json.dumps(as_data(whole, words))), None),
        ("next question", milliseconds(lambda: next_question(book, values)), 20.0),
        ("unlocks", milliseconds(lambda: unlocks(book, values), 20), 50.0),
        *processes,
    ]
    print(f"{len(book.verdicts)} answers, {len(book.graph.part().steps)} distinct steps")
    print(f"{'question':<36}{'median':>12}{'bound':>12}{'ratio':>8}")
    for name, took, bound in rows:
        against = f"{bound:>9.1f} ms{took / bound:>8.2f}" if bound else ""
        print(f"{name:<36}{took:>9.2f} ms{against}")


if __name__ == "__main__":
    main()
