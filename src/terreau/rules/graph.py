"""Expressions as one graph: each distinct step stands once, whatever number of cards write it.

A graph is built for one edition of the cards on one day. What depends on no fact is settled while it is built; the rest is
a list of steps in order. Running it on a dossier is one pass over that list; changing one fact runs only what
hangs on it, and asking for some places runs only what they read.
"""

from collections.abc import Callable, Mapping
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

    @property
    def operator(self) -> str:
        """Its name."""
        ...

    @property
    def key(self) -> Any:  # Any: hashable
        """What tells it apart."""
        ...

    def __call__(self, *operands: Pair) -> Pair:
        """Return the value."""
        ...


Step = tuple[int, Callable[..., Pair], tuple[int, ...]]
OFTEN = 20
PartKey = tuple[frozenset[str] | None, tuple[int, ...], bool]


@dataclass(slots=True)
class Steps:
    """A part of a graph, in order; one that runs often is written out as a straight function."""

    steps: list[Step]
    runs: int = 0
    straight: Callable[[Values], None] | None = None

    def run(self, values: Values) -> None:
        """Bring the values of these steps up to date, in place."""
        if self.straight is not None:
            self.straight(values)
            return
        self.runs += 1
        if self.runs > OFTEN:
            self.straight = _straight(self.steps)
        for slot, operator, operands in self.steps:
            values[slot] = operator(*[values[operand] for operand in operands])


def _straight(steps: list[Step]) -> Callable[[Values], None]:
    """Return a function that makes these calls one after the other: the same operators, without a loop around them."""
    operators = {
        f"step{place}": operator for place, (_slot, operator, _operands) in enumerate(steps)
    }
    lines = [
        f"    v[{slot}] = step{place}({', '.join(f'v[{operand}]' for operand in operands)})"
        for place, (slot, _operator, operands) in enumerate(steps)
    ]
    # Only numbers and our own names are written into this text: no word of a card reaches it.
    text = "\n".join(
        [f"def run(v, {', '.join(f'{name}={name}' for name in operators)}):", *lines, "    return"]
    )
    exec(text, names := dict[str, Any](operators))  # noqa: S102
    straight: Callable[[Values], None] = names["run"]
    return straight


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
    _cones: dict[tuple[int, ...], frozenset[int]] = field(default_factory=dict)
    _parts: dict[PartKey, Steps] = field(default_factory=dict)

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
            self._compute(key, Node(operator, slots, extra, kind, self._facts(slots)), call)
        return Term(self._known[key], kind)

    def call(self, function: "Function", *operands: Term, kind: Type) -> Term:
        """Return the place of a function that is no operator: a table looked up, records gone through."""
        slots = tuple(term.slot for term in operands)
        key = (function.operator, slots, function.key)
        if key not in self._known:
            node = Node(function.operator, slots, function, kind, self._facts(slots))
            self._compute(key, node, function)
        return Term(self._known[key], kind)

    def _facts(self, slots: tuple[int, ...]) -> frozenset[str]:
        return frozenset[str]().union(*(self.nodes[slot].facts for slot in slots))

    def _compute(self, key: tuple[Any, ...], node: Node, call: Callable[..., Pair]) -> None:
        value = call(*[self.untold[slot] for slot in node.operands])
        self._known[key] = self._append(node, call, value)

    def _append(self, node: Node, call: Callable[..., Pair] | None, value: Pair) -> int:
        self.nodes.append(node)
        self.untold.append(value)
        self._calls.append(call)
        return len(self.nodes) - 1

    @cached_property
    def readers(self) -> list[list[int]]:
        """The places that read each place."""
        found: list[list[int]] = [[] for _node in self.nodes]
        for slot, node in enumerate(self.nodes):
            for operand in dict.fromkeys(node.operands):
                found[operand].append(slot)
        return found

    def part(
        self,
        facts: frozenset[str] | None = None,
        roots: tuple[int, ...] = (),
        *,
        constants: bool = False,
    ) -> Steps:
        """Return the steps that hang on any of these facts (on any at all) and that these roots read (or anyone).

        With `constants`, the steps that hang on no fact and are open all the same are among them.
        """
        key = (facts, roots, constants)
        if key not in self._parts:
            below = self.below(*roots)
            self._parts[key] = Steps(
                [
                    (slot, call, node.operands)
                    for slot, (node, call) in enumerate(zip(self.nodes, self._calls, strict=True))
                    if call is not None
                    and (not roots or slot in below)
                    and (
                        bool(node.facts if facts is None else facts & node.facts)
                        or (constants and not self.settled(self.untold, slot))
                    )
                ]
            )
        return self._parts[key]

    def below(self, *roots: int) -> frozenset[int]:
        """Return the places that these roots read, near or far, and the roots themselves."""
        if roots not in self._cones:
            below: set[int] = set()
            stack = list(roots)
            while stack:
                slot = stack.pop()
                if slot not in below:
                    below.add(slot)
                    stack += self.nodes[slot].operands
            self._cones[roots] = frozenset(below)
        return self._cones[roots]

    def run(self, told: Mapping[str, Pair], roots: tuple[int, ...] = ()) -> Values:
        """Return the value of every node for a dossier, or of what these roots read.

        Facts the graph does not know are left aside.
        """
        values = self.untold.copy()
        for name, value in told.items():
            slot = self.facts.get(name)
            if slot is not None:
                values[slot] = value
        self.part(roots=roots).run(values)
        return values

    def changed(
        self, values: Values, changes: Mapping[str, Pair], roots: tuple[int, ...] = ()
    ) -> Values:
        """Return the values with some facts changed, by running only what hangs on them.

        With roots, only what these read is brought up to date.
        """
        after = values.copy()
        for name, value in changes.items():
            after[self.facts[name]] = value
        self.part(frozenset(changes), roots).run(after)
        return after

    def replaced(
        self, values: Values, changes: Mapping[int, Pair], roots: tuple[int, ...] = ()
    ) -> Values:
        """Return the values with some places changed, constants too; with roots, only what these read."""
        after = values.copy()
        for slot, value in changes.items():
            after[slot] = value
        self.part(roots=roots, constants=True).run(after)
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
