"""What would open the door: the smallest sets of changes within the carrier's power that remove a refusal."""

from dataclasses import dataclass

from terreau.rules.graph import Values
from terreau.rules.rulebook import Rulebook
from terreau.rules.search import Changes, Ground, Search
from terreau.rules.types import Pair
from terreau.rules.verdicts import ELIGIBLE, INELIGIBLE, status_of

HARDNESS = {"yes": 1, "hard": 3}


@dataclass(frozen=True)
class Unlock:
    """Changes made together: what they open, what they leave open without a refusal, what they close."""

    changes: Changes
    also: tuple[tuple[Pair, ...], ...]  # for each change, the other values that do the same
    opens: tuple[str, ...]
    may_open: tuple[str, ...]
    closes: tuple[str, ...]
    hardness: int


def unlocks(book: Rulebook, values: Values) -> list[Unlock]:
    """Return the minimal sets of at most three changes that remove a refusal, the most useful first.

    A change is to a fact that is told and that the carrier can change. A figure is changed as little as it takes; where no
    least change is known, its new value is its whole domain: a different one. Where a condition reads one figure twice and
    leans both ways on it, a set of two or three may be missed: each fact is tried at its nearest figures on either side.
    """
    ground = Ground(book, values, _hardness(book, values).keys())
    searched: dict[int, list[Changes]] = {}
    for assessed in book.verdicts:
        if status_of(values, assessed) == INELIGIBLE and assessed.status not in searched:
            searched[assessed.status] = Search(ground, assessed).minimal()
    found = {frozenset(changes): changes for sets in searched.values() for changes in sets}
    made = [_unlock(ground, changes) for changes in found.values()]
    return sorted(
        made,
        key=lambda each: (-len(each.opens) - len(each.may_open), each.hardness, len(each.changes)),
    )


def _hardness(book: Rulebook, values: Values) -> dict[str, int]:
    """Return how hard it is to change each fact that is told and can be changed."""
    facts = book.pack.vocabulary.facts
    return {
        name: HARDNESS[facts[name].changeable]
        for name, slot in book.graph.facts.items()
        if name in facts
        and facts[name].changeable in HARDNESS
        and values[slot] != book.graph.untold[slot]
    }


def _unlock(ground: Ground, changes: Changes) -> Unlock:
    """Return what a set of changes does to every measure."""
    book = ground.book
    after = book.graph.changed(ground.values, dict(changes), book.statuses)
    opens: list[str] = []
    may_open: list[str] = []
    closes: list[str] = []
    for assessed in book.verdicts:
        was, becomes = status_of(ground.values, assessed), status_of(after, assessed)
        if was == INELIGIBLE and becomes != INELIGIBLE:
            (opens if becomes == ELIGIBLE else may_open).append(assessed.card.id)
        elif was != INELIGIBLE and becomes == INELIGIBLE:
            closes.append(assessed.card.id)
    facts = book.pack.vocabulary.facts
    return Unlock(
        changes,
        tuple(ground.alike.get(change, ()) for change in changes),
        tuple(opens),
        tuple(may_open),
        tuple(closes),
        sum(HARDNESS[facts[name].changeable] for name, _value in changes),
    )
