"""The least change of a figure that makes a failing condition possible.

A comparison of what grows or falls with the figure turns at one point; that point is found by halving. Where every
comparison below a condition turns so, its turning points are all there is to try. Where one leans no way that is known,
a small domain is gone through whole; of a large one can only be said that a different figure may do.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from terreau.rules.graph import Graph, Node, Values
from terreau.rules.types import Pair

UP, DOWN, STILL, MIXED = 1, -1, 0, None
Lean = int | None
SMALL = 64
COMPARED = {"below", "at_most", "same", "part_below", "part_above"}

# How an operator leans on each of its operands; one sign stands for all. What is not here leans no way that is known.
LEANS: dict[str, tuple[Lean, ...]] = {
    "every": (UP,),
    "either": (UP,),
    "how_many": (UP,),
    "never_no": (UP,),
    "opposite": (DOWN,),
    "below": (DOWN, UP),
    "at_most": (DOWN, UP),
    "plus": (UP, UP),
    "minus": (UP, DOWN),
    "negative": (DOWN,),
    "times_from_zero": (UP, UP),
    "minimum": (UP,),
    "maximum": (UP,),
    "rounded_down": (UP,),
    "rounded_up": (UP,),
    "rounded_half_up": (UP,),
    "brackets": (UP,),
    "months_before": (UP, DOWN),
    "year_of": (UP,),
    "part_below": (DOWN, MIXED, UP, DOWN),
    "part_above": (UP, MIXED, DOWN, UP),
    "where": (MIXED, UP, UP),
}


class Leaning:
    """How the places of one graph lean on its facts: 1 where they grow, -1 where they fall, 0 still, None neither."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._known: dict[tuple[int, str], Lean] = {}

    def of(self, slot: int, fact: str) -> Lean:
        """Return how a place leans on a fact."""
        key = (slot, fact)
        if key not in self._known:
            self._known[key] = self._lean(self.graph.nodes[slot], fact)
        return self._known[key]

    def _lean(self, node: Node, fact: str) -> Lean:
        if fact not in node.facts:
            return STILL
        if node.operator == "fact":
            return UP
        signs = LEANS.get(node.operator, (MIXED,))
        if node.operator == "scaled":
            signs = (UP if node.extra > 0 else DOWN,)
        if len(signs) == 1:
            signs *= len(node.operands)
        leans = [self.of(operand, fact) for operand in node.operands]
        return _together(zip(signs, leans, strict=True))


def _together(pairs: Iterable[tuple[Lean, Lean]]) -> Lean:
    """Return the one way all moving operands push, or None."""
    pushes = {
        None if sign is None or lean is None else sign * lean
        for sign, lean in pairs
        if lean != STILL
    }
    return pushes.pop() if len(pushes) == 1 else MIXED


Changed = Mapping[str, Pair]
Relevant = frozenset[tuple[str, Pair]]


@dataclass
class Turns:
    """The turning points found in one search: a comparison turns alike under all changes that it does not read."""

    leaning: Leaning
    points: dict[tuple[int, str, Relevant], list[int]] = field(default_factory=dict)

    def relevant(self, slot: int, changed: Changed) -> Relevant:
        """Return the changes that a place reads."""
        facts = self.leaning.graph.nodes[slot].facts
        return frozenset(each for each in changed.items() if each[0] in facts)


class Nearest:
    """Finds the nearest figure of a fact that makes a failing condition possible, some facts being changed already."""

    def __init__(
        self, turns: Turns, values: Values, changed: Changed, slot: int, fact: str
    ) -> None:
        self.turns, self.leaning, self.graph = turns, turns.leaning, turns.leaning.graph
        self.values, self.changed, self.slot, self.fact = values, changed, slot, fact
        self.kind = self.graph.nodes[self.graph.facts[fact]].type
        self.low, self.high = values[self.graph.facts[fact]]

    def found(self) -> list[Pair]:
        """Return the nearest figures, one on each side; the far end where it can only help beside others; none at all.

        The whole domain is returned where nothing better is known: 'a different one'.
        """
        way = self.leaning.of(self.slot, self.fact)
        if way is not MIXED:
            turn = self._turn(way, lambda values: bool(values[self.slot][1]), self.slot)
            return self._end(way) if turn is None else [(turn, turn)]
        if self.kind.high - self.kind.low < SMALL:
            return self._first(range(self.kind.low, self.kind.high + 1))
        compared = [
            slot
            for slot in self.graph.below(self.slot)
            if self.graph.nodes[slot].operator in COMPARED
            and self.fact in self.graph.nodes[slot].facts
        ]
        points = self._first(each for slot in compared for each in self._points(slot))
        known = all(self._way(slot) is not MIXED for slot in compared)
        return points if points or known else [self.kind.unknown]

    def _end(self, way: int) -> list[Pair]:
        end = self.kind.high if way == UP else self.kind.low
        return [] if way == STILL or end in (self.low, self.high) else [(end, end)]

    def _first(self, figures: Iterable[int]) -> list[Pair]:
        """Return the nearest figure that helps, above and below what is told."""
        every = set(figures)
        above = sorted(each for each in every if each > self.high)
        below = sorted((each for each in every if each < self.low), reverse=True)
        found = (next(filter(self._helps, side), None) for side in (above, below))
        return [(each, each) for each in found if each is not None]

    def _helps(self, figure: int) -> bool:
        return bool(self._after(figure, self.slot)[self.slot][1])

    def _after(self, figure: int, root: int) -> Values:
        return self.graph.changed(self.values, {self.fact: (figure, figure)}, (root,))

    def _way(self, slot: int) -> Lean:
        """Return how a comparison leans; of an equality, how its left side moves against its right."""
        node = self.graph.nodes[slot]
        if node.operator != "same":
            return self.leaning.of(slot, self.fact)
        left, right = (self.leaning.of(operand, self.fact) for operand in node.operands)
        return _together(((UP, left), (DOWN, right)))

    def _points(self, slot: int) -> list[int]:
        key = (slot, self.fact, self.turns.relevant(slot, self.changed))
        if key not in self.turns.points:
            self.turns.points[key] = list(self._turns(slot))
        return self.turns.points[key]

    def _turns(self, slot: int) -> Iterator[int]:
        """Yield the nearest figures, on either side, from which a comparison comes out otherwise."""
        way = self._way(slot)
        if way is MIXED or way == STILL:
            return
        for holds in self._otherwise(slot):
            for each_way in (UP, DOWN):
                point = self._turn(each_way, holds, slot)
                if point is not None:
                    yield point

    def _otherwise(self, slot: int) -> list[Callable[[Values], bool]]:
        """Return what tells whether a comparison has turned, one for each way it can turn."""
        if self.graph.nodes[slot].operator != "same":
            return [lambda values: bool(values[slot][1]), lambda values: not values[slot][0]]
        left, right = self.graph.nodes[slot].operands
        return [
            lambda values: bool(values[left][1] >= values[right][0]),
            lambda values: bool(values[left][0] <= values[right][1]),
            lambda values: bool(values[left][0] > values[right][1]),
            lambda values: bool(values[left][1] < values[right][0]),
        ]

    def _turn(self, way: int, holds: Callable[[Values], bool], root: int) -> int | None:
        """Return the first figure on one side from which something holds that does not hold now, by halving."""
        near, far = (self.high, self.kind.high) if way == UP else (self.low, self.kind.low)
        if way == STILL or near == far or holds(self.values):
            return None
        if not holds(self._after(far, root)):
            return None
        while abs(far - near) > 1:
            middle = (near + far) // 2
            if holds(self._after(middle, root)):
                far = middle
            else:
                near = middle
        return far
