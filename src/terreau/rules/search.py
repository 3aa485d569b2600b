"""The smallest sets of changes that remove the refusal of one card, found by trying, condition by condition."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from terreau.rules.cells import alternatives, effect
from terreau.rules.graph import Values
from terreau.rules.nearest import Nearest, Turns
from terreau.rules.rulebook import Assessed, Rulebook
from terreau.rules.types import FIGURES, Pair, Type, Unit

MOST_CHANGES = 3
MOST_STEPS = 5
AGAIN = FIGURES | {Unit.CHOICES}
Changes = tuple[tuple[str, Pair], ...]


@dataclass
class Ground:
    """What the searches of all cards share: the facts that may be changed, and what was found out about them."""

    book: Rulebook
    values: Values
    changeable: Set[str]
    turns: Turns = field(init=False)
    points: dict[object, list[Pair]] = field(default_factory=dict)
    alike: dict[tuple[str, Pair], tuple[Pair, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.turns = Turns(self.book.leaning)

    def type_of(self, name: str) -> Type:
        """Return the type of a fact."""
        return self.book.graph.nodes[self.book.graph.facts[name]].type


class _State(NamedTuple):
    """Some changes, and the values they make."""

    changed: Mapping[str, Pair]
    values: Values

    @property
    def key(self) -> frozenset[tuple[str, Pair]]:
        return frozenset(self.changed.items())


class Search:
    """Looks for the sets of changes that leave one card without a refusal."""

    def __init__(self, ground: Ground, assessed: Assessed) -> None:
        self.ground, self.graph = ground, ground.book.graph
        self.assessed, self.root = assessed, assessed.status
        self.tests = [
            placed.slot
            for placed in assessed.conditions
            if placed.slot is not None
            and (placed.condition is None or placed.condition.kind == "test")
        ]

    def minimal(self) -> list[Changes]:
        """Return the sets of which no change is idle and none goes farther than it must, small sets first."""
        found: list[Changes] = []
        level = [_State({}, self.ground.values)]
        seen: set[frozenset[tuple[str, Pair]]] = set()
        for _step in range(MOST_STEPS):
            later: list[_State] = []
            for state in (each for before in level for each in self._further(before)):
                if state.key in seen or any(self._holds(state.changed, each) for each in found):
                    continue
                seen.add(state.key)
                if state.values[self.root][1]:
                    found.append(self._without_idle(tuple(state.changed.items())))
                else:
                    later.append(state)
            level = later
        return self._least(found)

    def _further(self, state: _State) -> Iterator[_State]:
        """Yield each state one step further, taken from the failing condition with the fewest facts.

        A step changes one fact more, or changes a figure or a set again where that is all that is left.
        """
        failing = [slot for slot in self.tests if not state.values[slot][1]]
        fewest = min((self._open_to(slot, state.changed) for slot in failing), key=len, default=())
        for name in sorted(fewest):
            told = self.ground.values[self.graph.facts[name]]
            for value in self._towards(name, failing, state):
                if value != told:
                    after = self.graph.changed(state.values, {name: value}, (self.root,))
                    yield _State({**state.changed, name: value}, after)

    def _open_to(self, slot: int, changed: Mapping[str, Pair]) -> Set[str]:
        """Return the facts that may still be changed for a condition."""
        facts = self.graph.nodes[slot].facts & self.ground.changeable
        fresh = facts - changed.keys() if len(changed) < MOST_CHANGES else None
        return fresh or {
            name for name in facts & changed.keys() if self.ground.type_of(name).unit in AGAIN
        }

    def _towards(self, name: str, failing: list[int], state: _State) -> list[Pair]:
        """Return the values of a fact worth trying for conditions that fail, the nearest to what is told first."""
        now = state.values[self.graph.facts[name]]
        if self.ground.type_of(name).unit not in FIGURES:
            return self._others(name, state.values)
        found = dict.fromkeys(alternatives(self.ground.book, state.values, name, self.root))
        for slot in failing:
            found.update(dict.fromkeys(self._nearest(name, slot, state)))
        return sorted(found, key=lambda value: _distance(value, now))

    def _nearest(self, name: str, slot: int, state: _State) -> list[Pair]:
        """Return the nearest figures for a condition, looked for once for all changes that it does not read."""
        ground = self.ground
        key = (name, slot, ground.turns.relevant(slot, state.changed))
        if key not in ground.points:
            nearest = Nearest(ground.turns, state.values, state.changed, slot, name)
            ground.points[key] = nearest.found()
        return ground.points[key]

    def _others(self, name: str, values: Values) -> list[Pair]:
        """Return the other values of a fact that do something to the card.

        Of values of a choice that do the same everywhere, one is tried, and stands for those kept as `alike`.
        """
        book = self.ground.book
        idle = effect(book, values, name, values[self.graph.facts[name]], self.root)
        found = [
            value
            for value in alternatives(book, values, name, self.root)
            if idle is None or effect(book, values, name, value, self.root) != idle
        ]
        if self.ground.type_of(name).unit is not Unit.CHOICE:
            return found
        groups: dict[object, list[Pair]] = {}
        for value in found:
            does = effect(book, values, name, value)
            groups.setdefault(value if does is None else does, []).append(value)
        for first, *rest in groups.values():
            self.ground.alike[name, first] = tuple(rest)
        return [group[0] for group in groups.values()]

    def _without_idle(self, changes: Changes) -> Changes:
        """Return the changes without those that the refusal does not hang on."""
        for change in changes:
            fewer = tuple(each for each in changes if each != change)
            after = self.graph.changed(self.ground.values, dict(fewer), (self.root,))
            if fewer and after[self.root][1]:
                return self._without_idle(fewer)
        return changes

    def _least(self, found: list[Changes]) -> list[Changes]:
        """Return the sets that hold no other; of two that hold each other, the first."""
        return [
            each
            for place, each in enumerate(found)
            if not any(
                self._holds(dict(each), less)
                and (other < place or not self._holds(dict(less), each))
                for other, less in enumerate(found)
                if other != place
            )
        ]

    def _holds(self, tried: Mapping[str, Pair], found: Changes) -> bool:
        """Whether changes hold all of a set, or go farther the same way where that one stopped."""
        return all(
            name in tried and (tried[name] == value or self._beyond(name, tried[name], value))
            for name, value in found
        )

    def _beyond(self, name: str, value: Pair, stop: Pair) -> bool:
        if self.ground.type_of(name).unit not in FIGURES or stop[0] != stop[1]:
            return False
        low, high = self.ground.values[self.graph.facts[name]]
        return bool(value[0] >= stop[0] > high or value[1] <= stop[1] < low)


def _distance(value: Pair, now: Pair) -> int:
    """Return how far a figure is from what is told; a figure that is not named is farthest."""
    if value[0] != value[1]:
        return int(value[1] - value[0]) * 2
    return int(max(value[0] - now[1], now[0] - value[1]))
