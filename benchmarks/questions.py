"""How many questions lead to answers: each example dossier is told question by question, as a visitor would.

A question is a page: one fact, or the few of one screen that are asked together. A fact that the example does not tell
is answered *I do not know*, and counts as a question too. Beside it, the same walk with every fact of equal effort and
no answer more likely than another: the order before anything was tuned.

Run it with `python -m benchmarks.questions`.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median

from terreau.rules import Dossier, Edition, read_dossier, read_pack
from terreau.rules.pack import Pack
from terreau.rules.questions import next_question
from terreau.rules.rulebook import Rulebook
from terreau.rules.verdicts import UNDETERMINED, statuses

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2026, 11, 24)
FIRST_PAGES = 5
PART = 0.8


def flat(pack: Pack) -> Pack:
    """Return the pack with nothing tuned: each fact as hard as any other, each answer as likely."""
    facts = {
        name: replace(fact, effort=1, weights={}) for name, fact in pack.vocabulary.facts.items()
    }
    return replace(pack, vocabulary=replace(pack.vocabulary, facts=facts))


def settled_by_question(book: Rulebook, dossier: Dossier) -> Iterator[int]:
    """Yield how many answers are settled after each question, until nothing is left to ask."""
    told = Dossier({}, on=DAY)
    asked: set[str] = set()
    while True:
        question = next_question(book, book.graph.run(told.told, book.statuses), asked)
        if question is None or set(question.facts) <= asked:
            return
        known = {name: dossier.told[name] for name in question.facts if name in dossier.told}
        asked |= set(question.facts)
        told = Dossier({**told.told, **known}, on=DAY)
        yield sum(status != UNDETERMINED for status in statuses(book, told).values())


def walked(book: Rulebook, dossier: Dossier) -> tuple[int, int, int, int]:
    """Return the questions to the first answer, the answers after five, the questions to 80 %, and how many in all."""
    settled = list(settled_by_question(book, dossier))
    wanted = PART * len(book.verdicts)
    first = next(place for place, number in enumerate(settled, 1) if number)
    most = next((place for place, number in enumerate(settled, 1) if number >= wanted), 0)
    return first, settled[min(FIRST_PAGES, len(settled)) - 1], most, len(settled)


def main() -> None:
    """Print the walk of each example, as the pack is and with nothing tuned."""
    pack = read_pack(ROOT / "regions" / "brussels")
    books = {"tuned": Edition(pack).on(DAY), "flat": Edition(flat(pack)).on(DAY)}
    number = len(books["tuned"].verdicts)
    print(f"{number} answers on {DAY}; the wanted part is {PART:.0%}.")
    print("For each: first answer after / settled after five / 80 % after / questions in all.")
    found: dict[str, list[int]] = {name: [] for name in books}
    for path in sorted((ROOT / "examples").glob("*.yaml")):
        dossier = read_dossier(path, pack)
        line = [f"{path.stem:24}"]
        for name, book in books.items():
            first, five, most, every = walked(book, dossier)
            found[name] += [most] if most else []
            line.append(f"{name}: {first:2} / {five:3} / {most or 'never':>5} / {every:3}")
        print("  ".join(line))
    for name, counts in found.items():
        print(
            f"{name}: {len(counts)} examples reach 80 %,"
            f" after {median(counts):.1f} questions at the median, {max(counts)} at most"
        )


if __name__ == "__main__":
    main()
