"""The time of Terreau's engine next to Publicodes and OpenFisca: the same rules and dossiers, in the same run.

The rules are a slice of the pack: the European size class, the common conditions of 2018, aid for training and for
recruitment. The peers' own are written by hand in `peers/`; their figures are read in the cards. No time is printed
before every peer has given the statuses and the cents that Terreau gives.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine import milliseconds
from peers.matter import DOSSIER, MEASURES, REGION, SLICE, Failed, Matter, read, read_matter
from peers.peer import Peer, Skipped
from peers.to_openfisca import openfisca
from peers.to_publicodes import publicodes

from terreau.rules import Dossier, Edition, Rulebook, source
from terreau.rules.canonical import CARD_FOLDERS
from terreau.rules.types import Pair
from terreau.rules.verdicts import INELIGIBLE, Explaining, status_of

RUNS, PROCESSES, TOGETHER = 200, 3, 10_000
NOTES = """\
'peer/Terreau' is how many times as long the peer takes: below 1, the peer is faster.
Peers read the facts each time they are asked, so one time of theirs stands in two rows; Publicodes keeps the tree of its
reasons each time too, and OpenFisca is explained by its trace. Only Terreau names the article and what is missing.
The whole process of Terreau also finds the next question and what would help; Publicodes is handed rules read before.
OpenFisca reckons whole columns, Terreau one dossier after the other: its time for one stands in the last row.
Every fact is told: OpenFisca has no unknown, Publicodes has none for figures, so their rules write low and high apart.
Lists are counted for both, and for Publicodes, which has no calendar, the limits of days are reckoned."""

Answers = dict[str, tuple[str, Pair]]
Row = tuple[str, float, float]


def answered(book: Rulebook, dossier: Dossier) -> Answers:
    """Return the status and the amount of each measure, bare: nothing is explained."""
    amounts = tuple(each.amount for each in book.verdicts if each.amount is not None)
    values = book.graph.run(dossier.told, (*book.statuses, *amounts))
    return {
        MEASURES[each.card.id]: (status_of(values, each), values[each.amount or 0])
        for each in book.verdicts
    }


def process(region: Path) -> None:
    """Run Terreau as a whole process, as installed: its modules are compiled once and kept."""
    terreau = Path(sys.executable).with_name("terreau")
    command: list[str | Path] = [terreau, "assess", DOSSIER, "--format", "json", "--region", region]
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, check=True, capture_output=True, env=kept)


def process_time() -> float:
    """Return the time of the whole process on a pack of the slice alone that it has seen before."""
    with tempfile.TemporaryDirectory() as folder:
        region = shutil.copytree(REGION, Path(folder) / "slice")
        for kind in CARD_FOLDERS:
            for card in (region / kind).glob("*.yaml"):
                if card.stem not in SLICE:
                    card.unlink()
        return milliseconds(lambda: process(region), PROCESSES)


def own_times(book: Rulebook, dossier: Dossier) -> dict[str, float]:
    """Return the times of Terreau on a dossier."""
    tree: Any = source.read(DOSSIER)  # Any: `read_dossier` has read its shape before
    facts = tree["facts"]
    return {
        "told": milliseconds(lambda: answered(book, dossier), RUNS),
        "read": milliseconds(lambda: answered(book, Dossier(read(facts, book.pack))), RUNS),
        "explained": milliseconds(lambda: Explaining(book, dossier).verdicts(), RUNS),
        "process": process_time(),
    }


def compare(peer: Peer, answers: list[dict[str, Any]], expected: dict[str, Answers]) -> None:
    """Hold every answer of a peer against Terreau's. Raises `Failed` with the first that differs."""
    for theirs, (name, ours) in zip(answers, expected.items(), strict=True):
        found = {goal.replace(" ", "_"): value for goal, value in theirs.items()}
        for measure, (status, ends) in ours.items():
            wanted: list[Any] = [status]
            got = [found[f"{measure}_status"]]
            if status != INELIGIBLE:  # what is refused has no amount
                wanted += ends
                got += [round(found[f"{measure}_{end}"] * 100) for end in ("low", "high")]
            if got != wanted:
                raise Failed(f"{peer.name} differs on '{name}', {measure}: {got}, not {wanted}.")


def peer_times(peer: Peer, expected: dict[str, Answers]) -> dict[str, float]:
    """Return the times of a peer, once its answers are compared. Raises `Failed`."""
    said = peer.ask()
    for complaint in said["complaints"]:
        raise Failed(f"{peer.name} complains: {complaint}")
    compare(peer, said["answers"], expected)
    first = peer.asked["dossiers"][:1]
    whole = milliseconds(lambda: peer.ask(runs=0, dossiers=first), PROCESSES)
    return {**said["times"], "process": whole}


def rows(own: dict[str, float], peer: dict[str, float]) -> list[Row]:
    """Return what is compared: a question, our time, the peer's."""
    found = [
        ("facts read, statuses and amounts", own["read"], peer["one"]),
        ("facts read before", own["told"], peer["one"]),
        ("explained", own["explained"], peer.get("traced", peer["one"])),
        ("the whole process", own["process"], peer["process"]),
    ]
    if "many" in peer:
        found.append((f"each of {TOGETHER:,} at once", own["told"], peer["many"] / TOGETHER))
    return found


def engines(matter: Matter) -> list[Peer]:
    """Return the peers that can be had; say of each other one why not."""
    makers: dict[str, Callable[[], Peer]] = {
        "Publicodes": lambda: publicodes(matter, RUNS),
        "OpenFisca": lambda: openfisca(matter, RUNS, TOGETHER),
    }
    found = []
    for name, make in makers.items():
        try:
            found.append(make())
        except Skipped as error:
            print(f"{name} is skipped: {error}")
    return found


def main() -> None:
    """Compare, measure and print a table."""
    matter = read_matter()
    books = {name: Edition(pack).on(matter.on) for name, pack in matter.packs.items()}
    expected = {name: answered(books[law], each) for name, (law, each) in matter.dossiers.items()}
    times = {peer.name: peer_times(peer, expected) for peer in engines(matter)}
    if not times:
        return
    own = own_times(next(iter(books.values())), matter.first)
    print(f"{len(expected)} dossiers, {len(MEASURES)} measures: the same statuses and cents")
    for name, theirs in times.items():
        print(f"{name:<36}{'Terreau':>13}{'peer':>13}{'peer/Terreau':>14}")
        for question, ours, other in rows(own, theirs):
            print(f"{question:<36}{ours:>10.4f} ms{other:>10.4f} ms{other / ours:>14.2f}")
    print(NOTES)


if __name__ == "__main__":
    try:
        main()
    except Failed as failure:
        sys.exit(str(failure))
