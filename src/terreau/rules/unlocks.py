"""What would open the door: the smallest sets of changes within the carrier's power that remove a refusal."""

from collections.abc import Iterator
from dataclasses import dataclass

from terreau.rules.cells import alternatives, effect
from terreau.rules.graph import Values
from terreau.rules.rulebook import Assessed, Rulebook
from terreau.rules.types import Pair, Unit
from terreau.rules.verdicts import ELIGIBLE, INELIGIBLE, status_of

MOST_CHANGES = 3
HARDNESS = {"yes": 1, "hard": 3}
Changes = tuple[tuple[str, Pair], ...]


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
    """Return the minimal sets of at most three changes that remove a refusal, the most useful first."""
    search = _Search(book, values)
    found: dict[frozenset[tuple[str, Pair]], Changes] = {}
    for assessed in book.verdicts:
        if status_of(values, assessed) == INELIGIBLE:
            for changes in search.minimal(assessed):
                found.setdefault(frozenset(changes), changes)
    made = [search.unlock(changes) for changes in found.values()]
    return sorted(
        made,
        key=lambda each: (-len(each.opens) - len(each.may_open), each.hardness, len(each.changes)),
    )


class _Search:
    def __init__(self, book: Rulebook, values: Values) -> None:
        self.book, self.values = book, values
        self.graph = book.graph
        facts = book.pack.vocabulary.facts
        self.hardness = {
            name: HARDNESS[facts[name].changeable]
            for name, slot in book.graph.facts.items()
            if name in facts
            and facts[name].changeable in HARDNESS
            and values[slot] != book.graph.untold[slot]
        }
        self.same: dict[tuple[str, Pair], tuple[Pair, ...]] = {}
        self._minimal: dict[int, list[Changes]] = {}

    def minimal(self, assessed: Assessed) -> list[Changes]:
        """Return the minimal sets for one card, small sets first; cards with the same conditions share them."""
        if assessed.status not in self._minimal:
            self._minimal[assessed.status] = self._search(assessed)
        return self._minimal[assessed.status]

    def _search(self, assessed: Assessed) -> list[Changes]:
        found: list[Changes] = []
        level: list[tuple[Changes, Values]] = [((), self.values)]
        seen: set[frozenset[tuple[str, Pair]]] = set()
        for _size in range(MOST_CHANGES):
            after_level: list[tuple[Changes, Values]] = []
            for changes, values in level:
                for longer, after in self._longer(assessed, changes, values):
                    key = frozenset(longer)
                    if key in seen or any(set(each) <= key for each in found):
                        continue
                    seen.add(key)
                    if after[assessed.status][1]:
                        found.append(longer)
                    else:
                        after_level.append((longer, after))
            level = after_level
        return [each for each in found if not any(set(less) < set(each) for less in found)]

    def _longer(
        self, assessed: Assessed, changes: Changes, values: Values
    ) -> Iterator[tuple[Changes, Values]]:
        """Yield each set with one change more, taken from the failing condition with the fewest facts."""
        changed = {name for name, _value in changes}
        failing = [
            self.graph.nodes[placed.slot].facts & self.hardness.keys() - changed
            for placed in assessed.conditions
            if placed.slot is not None and self._fails(placed.condition, values[placed.slot])
        ]
        if not failing or not (fewest := min(failing, key=len)):
            return
        for name in sorted(fewest):
            for value in self.others(name, values):
                after = self.graph.changed(values, {name: value}, (assessed.status,))
                yield (*changes, (name, value)), after

    @staticmethod
    def _fails(condition: object, truth: Pair) -> bool:
        return not truth[1] and getattr(condition, "kind", "test") == "test"

    def others(self, name: str, values: Values) -> list[Pair]:
        """Return the other values of a fact that differ in what they do; those alike are kept in `same`."""
        found = alternatives(self.book, values, name)
        kind = self.graph.nodes[self.graph.facts[name]].type
        if kind.unit is not Unit.CHOICE:
            return found
        groups: dict[object, list[Pair]] = {}
        for value in found:
            does = effect(self.book, values, name, value)
            groups.setdefault(value if does is None else does, []).append(value)
        for first, *rest in groups.values():
            self.same[name, first] = tuple(rest)
        return [group[0] for group in groups.values()]

    def unlock(self, changes: Changes) -> Unlock:
        """Return what a set of changes does to every measure."""
        after = self.graph.changed(self.values, dict(changes), self.book.statuses)
        opens: list[str] = []
        may_open: list[str] = []
        closes: list[str] = []
        for assessed in self.book.verdicts:
            was, becomes = status_of(self.values, assessed), status_of(after, assessed)
            if was == INELIGIBLE and becomes != INELIGIBLE:
                (opens if becomes == ELIGIBLE else may_open).append(assessed.card.id)
            elif was != INELIGIBLE and becomes == INELIGIBLE:
                closes.append(assessed.card.id)
        return Unlock(
            changes,
            tuple(self.same.get(change, ()) for change in changes),
            tuple(opens),
            tuple(may_open),
            tuple(closes),
            sum(self.hardness[name] for name, _value in changes),
        )
