"""Expressions as one graph: each distinct step stands once, whatever number of cards write it.

A graph is built for one edition of the cards on one day. What depends on no fact is settled while it is built; the rest is
a list of steps in order. Running it on a dossier is one pass over that list; changing one fact runs only what
hangs on it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from terreau.rules.operators import OneDossier
from terreau.rules.types import Pair, Type

OPERATORS = OneDossier()
Values = list[Pair]


@dataclass(frozen=True, slots=True)
class Node:
    """One step: an operator, the slots of its operands, and what else it needs."""

    operator: str
    operands: tuple[int, ...]
    extra: Any  # a hashable constant of the operator: bits, a factor, a table
    type: Type
    facts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Term:
    """A place in the graph and the type of what stands there."""

    slot: int
    type: Type


class Function(Protocol):
    """A step of its own kind: named, told apart by `key`, called with the values of its operands."""

    operator: str
    key: Any  # hashable

    def __call__(self, *operands: Pair) -> Pair:
        """Return the value."""
        ...


Step = tuple[int, Callable[..., Pair], tuple[int, ...]]


@dataclass(slots=True)
class Steps:
    """The part of a graph that hangs on some facts, in order."""

    steps: list[Step]

    def run(self, values: Values) -> None:
        """Bring the values of these steps up to date, in place."""
        for slot, operator, operands in self.steps:
            values[slot] = operator(*[values[operand] for operand in operands])


@dataclass
class Graph:
    """The nodes, and the value of each when nothing is told."""

    nodes: list[Node] = field(default_factory=list)
    untold: Values = field(default_factory=list)
    causes: dict[int, str] = field(default_factory=dict)
    facts: dict[str, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    _known: dict[tuple[Any, ...], int] = field(default_factory=dict)
    _calls: list[Callable[..., Pair] | None] = field(default_factory=list)
    _parts: dict[frozenset[str], Steps] = field(default_factory=dict)

    def fact(self, name: str, kind: Type) -> Term:
        """Return the place of a fact."""
        if name not in self.facts:
            self.facts[name] = self._append(
                Node("fact", (), name, kind, frozenset({name})), None, kind.unknown
            )
        return Term(self.facts[name], kind)

    def given(self, value: Pair, kind: Type, *, cause: str = "", owner: str = "") -> Term:
        """Return the place of a constant; one that is not settled has a cause and an owner to tell it by."""
        key = ("given", value, kind, cause, owner)
        if key not in self._known:
            self._known[key] = self._append(
                Node("given", (), owner, kind, frozenset()), None, value
            )
            if cause:
                self.causes[self._known[key]] = cause
        return Term(self._known[key], kind)

    def apply(self, operator: str, *operands: Term, kind: Type, extra: Any = None) -> Term:
        """Return the place of an operator over its operands, added once."""
        slots = tuple(term.slot for term in operands)
        key = (operator, slots, extra, kind.unit, kind.scale)
        if key not in self._known:
            call = getattr(OPERATORS, operator)
            if extra is not None:
                call = _holding(call, extra, len(slots))
            self._compute(key, operator, slots, extra, kind, call)
        return Term(self._known[key], kind)

    def call(self, function: "Function", *operands: Term, kind: Type) -> Term:
        """Return the place of a function that is no operator: a table looked up, records gone through."""
        slots = tuple(term.slot for term in operands)
        key = (function.operator, slots, function.key)
        if key not in self._known:
            self._compute(key, function.operator, slots, function, kind, function)
        return Term(self._known[key], kind)

    def _compute(
        self,
        key: tuple[Any, ...],
        operator: str,
        slots: tuple[int, ...],
        extra: Any,
        kind: Type,
        call: Callable[..., Pair],
    ) -> None:
        facts = frozenset[str]().union(*(self.nodes[slot].facts for slot in slots))
        value = call(*[self.untold[slot] for slot in slots])
        self._known[key] = self._append(Node(operator, slots, extra, kind, facts), call, value)

    def _append(self, node: Node, call: Callable[..., Pair] | None, value: Pair) -> int:
        self.nodes.append(node)
        self.untold.append(value)
        self._calls.append(call)
        return len(self.nodes) - 1

    @cached_property
    def everything(self) -> Steps:
        """All that hangs on any fact."""
        return Steps(self._steps(lambda node: bool(node.facts)))

    def hanging_on(self, facts: Iterable[str]) -> Steps:
        """Return what hangs on any of these facts."""
        key = frozenset(facts)
        if key not in self._parts:
            self._parts[key] = Steps(self._steps(lambda node: not key.isdisjoint(node.facts)))
        return self._parts[key]

    def _steps(self, wanted: Callable[[Node], bool]) -> list[Step]:
        return [
            (slot, call, node.operands)
            for slot, (node, call) in enumerate(zip(self.nodes, self._calls, strict=True))
            if call is not None and wanted(node)
        ]

    def run(self, told: Mapping[str, Pair]) -> Values:
        """Return the value of every node for a dossier; facts the graph does not know are left aside."""
        values = self.untold.copy()
        for name, value in told.items():
            slot = self.facts.get(name)
            if slot is not None:
                values[slot] = value
        self.everything.run(values)
        return values

    def changed(self, values: Values, changes: Mapping[str, Pair]) -> Values:
        """Return the values with some facts changed, by running only what hangs on them."""
        after = values.copy()
        for name, value in changes.items():
            after[self.facts[name]] = value
        self.hanging_on(changes).run(after)
        return after

    def replaced(self, values: Values, changes: Mapping[int, Pair]) -> Values:
        """Return the values with some places changed, constants too: everything above them is run again."""
        after = values.copy()
        changed = set(changes)
        for slot, (node, call) in enumerate(zip(self.nodes, self._calls, strict=True)):
            if slot in changes:
                after[slot] = changes[slot]
            elif call is not None and not changed.isdisjoint(node.operands):
                after[slot] = call(*[after[operand] for operand in node.operands])
                changed.add(slot)
        return after

    def settled(self, values: Values, slot: int) -> bool:
        """Whether only one value is left at a place."""
        low, high = values[slot]
        return bool(low == high)

    def again(self, values: Values, slot: int, operand: int, value: Pair) -> Pair:
        """Return what a node would be if one of its operands had another value."""
        call = self._calls[slot]
        assert call is not None  # only operators have operands
        return call(
            *[value if place == operand else values[place] for place in self.nodes[slot].operands]
        )


def _holding(call: Callable[..., Pair], extra: Any, operands: int) -> Callable[..., Pair]:
    """Return the operator with its constant filled in."""
    if operands == 1:
        return lambda operand: call(operand, extra)
    return lambda *every: call(*every, extra)
