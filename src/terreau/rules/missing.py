"""Why something is not settled: the facts that could settle it, and the causes that are no fact.

One walk from an unsettled root into each unsettled child. `min` and `max` drop a child that cannot move them; a settled test
drops the branch not taken; every other operator passes on to all. So no fact that can change the answer is left out.
"""

from typing import NamedTuple

from terreau.rules.functions import Brackets, Gathered, Table
from terreau.rules.graph import Graph, Values
from terreau.rules.parameters import UNCERTAIN_LAW

UNTOLD = "untold"
BRANCHES = {"where", "where_choice", "where_choices"}
WITH_LAW = (Table, Brackets)
NO_CAUSES: frozenset[str] = frozenset()


class Why(NamedTuple):
    """What keeps something open: facts in the order met, and causes."""

    facts: tuple[str, ...] = ()
    causes: frozenset[str] = NO_CAUSES

    @property
    def cause(self) -> str | None:
        """The one cause to tell: a fact before the law, since one can tell a fact."""
        if self.facts:
            return UNTOLD
        return min(self.causes) if self.causes else None


SETTLED = Why()


def why_open(graph: Graph, values: Values, *roots: int) -> Why:
    """Return why these places are not settled."""
    walk = Openness(graph, values)
    return _together([walk.why(root) for root in roots])


def _together(whys: list[Why]) -> Why:
    """Return all of them as one, in order."""
    if len(whys) <= 1:
        return whys[0] if whys else SETTLED
    facts = tuple(dict.fromkeys(name for why in whys for name in why.facts))
    return Why(facts, NO_CAUSES.union(*[why.causes for why in whys]))


class Openness:
    """Tells why the places of one graph with these values are open; each place is walked once."""

    def __init__(self, graph: Graph, values: Values) -> None:
        self.graph, self.values = graph, values
        self._known: dict[int, Why] = {}

    def why(self, slot: int) -> Why:
        """Return why a place is open; nothing for one that is settled."""
        low, high = self.values[slot]
        if low == high:
            return SETTLED
        found = self._known.get(slot)
        if found is None:
            found = self._known[slot] = self._walk(slot)
        return found

    def _walk(self, slot: int) -> Why:
        node = self.graph.nodes[slot]
        if node.operator == "fact":
            return Why((node.extra,))
        if node.operator == "given":
            return Why(causes=frozenset({self.graph.causes.get(slot, "")}))
        operands = node.operands
        whys = []
        if node.operator == "never_no" and self.graph.settled(self.values, operands[0]):
            whys.append(Why(causes=frozenset({UNCERTAIN_LAW})))
        if isinstance(node.extra, WITH_LAW):
            causes = node.extra.causes_of([self.values[each] for each in operands])
            whys.append(Why(causes=frozenset(causes)))
        elif isinstance(node.extra, Gathered) and node.extra.may_lack_law:
            whys.append(self._in_rows(node.extra, operands))
        if node.operator in BRANCHES and self.graph.settled(self.values, operands[0]):
            condition, left, right = operands
            operands = (left if self.values[condition][0] else right,)
        elif node.operator in ("minimum", "maximum"):
            operands = tuple(each for each in operands if self._moves(slot, each))
        values = self.values
        whys += [self.why(each) for each in operands if values[each][0] != values[each][1]]
        return _together(whys)

    def _in_rows(self, gathered: Gathered, operands: tuple[int, ...]) -> Why:
        """Return the causes that lie in the rows; an unknown field is told by the records themselves."""
        roots = [slot for slot in (gathered.test, gathered.gives) if slot is not None]
        rows = gathered.told_rows([self.values[each] for each in operands])
        found = [why_open(gathered.row, values, *roots) for values in rows]
        return Why(causes=NO_CAUSES.union(*[why.causes for why in found]))

    def _moves(self, slot: int, operand: int) -> bool:
        """Whether an operand of a least or a greatest can still move it."""
        return any(
            self.graph.again(self.values, slot, operand, (end, end)) != self.values[slot]
            for end in self.values[operand]
        )
