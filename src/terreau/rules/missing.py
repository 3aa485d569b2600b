"""Why something is not settled: the facts that could settle it, and the causes that are no fact.

One walk from an unsettled root into each unsettled child. `min` and `max` drop a child that cannot move them; a settled test
drops the branch not taken; every other operator passes on to all. So no fact that can change the answer is left out.
"""

from dataclasses import dataclass, field
from typing import Any

from terreau.rules.functions import Brackets, Table
from terreau.rules.graph import Graph, Values
from terreau.rules.parameters import UNCERTAIN_LAW

UNTOLD = "untold"
BRANCHES = {"where", "where_choice", "where_choices"}


@dataclass(slots=True)
class Why:
    """What keeps something open: facts in the order met, and causes."""

    facts: dict[str, None] = field(default_factory=dict)
    causes: set[str] = field(default_factory=set)

    @property
    def cause(self) -> str | None:
        """The one cause to tell: a fact before the law, since one can tell a fact."""
        if self.facts:
            return UNTOLD
        return min(self.causes) if self.causes else None


def why_open(graph: Graph, values: Values, *roots: int) -> Why:
    """Return why these places are not settled."""
    walk = _Walk(graph, values)
    for root in roots:
        walk.go(root)
    return walk.why


class _Walk:
    def __init__(self, graph: Graph, values: Values) -> None:
        self.graph, self.values = graph, values
        self.why = Why()
        self.seen: set[int] = set()

    def go(self, slot: int) -> None:
        if slot in self.seen or self.graph.settled(self.values, slot):
            return
        self.seen.add(slot)
        node = self.graph.nodes[slot]
        if node.operator == "fact":
            self.why.facts[node.extra] = None
        elif node.operator == "given":
            self.why.causes.add(self.graph.causes.get(slot, ""))
        else:
            self._operator(slot, node.operator, node.operands, node.extra)

    def _operator(self, slot: int, operator: str, operands: tuple[int, ...], extra: Any) -> None:
        if operator == "never_no" and self.graph.settled(self.values, operands[0]):
            self.why.causes.add(UNCERTAIN_LAW)
        if isinstance(extra, Table | Brackets):
            self.why.causes |= extra.causes_of([self.values[each] for each in operands])
        if operator in BRANCHES and self.graph.settled(self.values, operands[0]):
            condition, left, right = operands
            operands = (left if self.values[condition][0] else right,)
        for operand in operands:
            if operator in ("minimum", "maximum") and self._moves_nothing(slot, operand):
                continue
            self.go(operand)

    def _moves_nothing(self, slot: int, operand: int) -> bool:
        low, high = self.values[operand]
        return all(
            self.graph.again(self.values, slot, operand, (end, end)) == self.values[slot]
            for end in (low, high)
        )
