"""The steps that are more than an operator: a table looked up by choices, brackets, records gone through."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from terreau.rules.graph import Graph, Values
from terreau.rules.operators import OneDossier
from terreau.rules.types import Pair, Type, Unit

OPERATORS = OneDossier()
Keys = tuple[str, ...]


class Table:
    """A parameter that hangs on choices: one value for each combination of keys."""

    operator = "lookup"

    def __init__(
        self,
        owner: tuple[str, str],
        kind: Type,
        keys: list[Type],
        entries: dict[Keys, Pair],
        causes: dict[Keys, str],
    ) -> None:
        self.key = owner
        self.type = kind
        self.keys = keys
        self.causes = causes
        self.entries = entries
        self.lacks = bool(causes)
        self._found: dict[tuple[int, ...], Pair] = {}

    def __call__(self, *keys: Pair) -> Pair:
        """Return everything between the values of the combinations still possible."""
        possible = tuple(key[1] for key in keys)
        if possible not in self._found:
            values = [self.entries[combination] for combination in self._combinations(possible)]
            found = values[0]
            for value in values[1:]:
                found = OPERATORS.hull(found, value)
            self._found[possible] = found
        return self._found[possible]

    def causes_of(self, keys: list[Pair]) -> set[str]:
        """Return why a value is not known, for the combinations still possible."""
        possible = tuple(key[1] for key in keys)
        return {self.causes[each] for each in self._combinations(possible) if each in self.causes}

    def _combinations(self, possible: tuple[int, ...]) -> Iterator[Keys]:
        return product(*(kind.named(bits) for kind, bits in zip(self.keys, possible, strict=True)))


class Brackets:
    """A marginal scale: each slice of the figure at its own rate."""

    operator = "brackets"

    def __init__(
        self, owner: tuple[str, str], slices: list[tuple[int, Pair]], cause: str = ""
    ) -> None:
        self.owner = owner
        self.key = (owner, tuple(slices))
        self.cause = cause
        self.lacks = bool(cause)
        self.slices = slices

    def finer(self, factor: int) -> "Brackets":
        """Return the same scale for a figure with more decimals: `factor` is a power of ten."""
        return Brackets(
            self.owner, [(start * factor, rate) for start, rate in self.slices], self.cause
        )

    def __call__(self, *operands: Pair) -> Pair:
        """Return the sum over the slices; rates are never below zero, so the ends give the ends."""
        low, high = operands[0]
        return self._at(low, 0), self._at(high, 1)

    def causes_of(self, _operands: list[Pair]) -> set[str]:
        """Return why the scale is not known, if it is not."""
        return {self.cause} if self.cause else set()

    def _at(self, figure: int, end: int) -> int:
        total = 0
        for place, (start, rate) in enumerate(self.slices):
            last = place + 1 == len(self.slices)
            stop = figure if last else min(figure, self.slices[place + 1][0])
            total += int(rate[end]) * max(0, stop - start)
        return total


@dataclass(frozen=True, eq=False)
class Gathered:
    """Records gone through: sum, count, any, all, earliest or latest of what each row gives."""

    operator: str
    row: Graph
    given: tuple[str, ...]
    test: int | None
    gives: int | None

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it apart: what is asked of a row, with every figure and table in it."""
        steps = tuple(
            (node.operator, node.operands, getattr(node.extra, "key", node.extra), node.type, value)
            for node, value in zip(self.row.nodes, self.row.untold, strict=True)
        )
        return steps, self.test, self.gives

    def __call__(self, *operands: Pair) -> Pair:
        """Return the result over told rows and over those that may still be told."""
        (rows, most), *others = operands
        told = dict(zip(self.given, others, strict=True))
        gathered = [self._row(self.row.run({**told, **row})) for row in rows]
        left = most - len(rows) if isinstance(most, int) else 0
        if left > 0:
            (_, may), value = self._row(self.row.run(told))
            if self.operator in ("sum", "count"):
                value = (left * min(0, value[0]), left * max(0, value[1]))
            gathered.append(((False, may), value))
        result: Pair = getattr(self, f"_{self.operator}")(gathered)
        return result

    @cached_property
    def may_lack_law(self) -> bool:
        """Whether a row can be open for want of a figure of the law."""
        tables = [node.extra for node in self.row.nodes if isinstance(node.extra, Table | Brackets)]
        return bool(self.row.causes) or any(each.lacks for each in tables)

    def told_rows(self, operands: list[Pair]) -> list[Values]:
        """Return the values of each told row."""
        (rows, _most), *others = operands
        told = dict(zip(self.given, others, strict=True))
        return [self.row.run({**told, **row}) for row in rows]

    def _row(self, values: Values) -> tuple[Pair, Pair]:
        test = (True, True) if self.test is None else values[self.test]
        return test, (1, 1) if self.gives is None else values[self.gives]

    def _sum(self, rows: list[tuple[Pair, Pair]]) -> Pair:
        low = high = 0
        for (must, may), (least, most) in rows:
            if must:
                low, high = low + least, high + most
            elif may:
                low, high = low + min(0, least), high + max(0, most)
        return low, high

    _count = _sum

    def _any(self, rows: list[tuple[Pair, Pair]]) -> Pair:
        return (
            any(test[0] and value[0] for test, value in rows),
            any(test[1] and value[1] for test, value in rows),
        )

    def _all(self, rows: list[tuple[Pair, Pair]]) -> Pair:
        return (
            all(not test[1] or value[0] for test, value in rows),
            all(not test[0] or value[1] for test, value in rows),
        )

    def _edge(self) -> tuple[int, int]:
        assert self.gives is not None  # the builder gives earliest and latest a date
        kind = self.row.nodes[self.gives].type
        return kind.low, kind.high

    def _earliest(self, rows: list[tuple[Pair, Pair]]) -> Pair:
        sure, maybe, edge = self._days(rows, self._edge()[1])
        return min(low for low, _high in (*sure, *maybe, *edge)), min(
            high for _low, high in (*sure, *edge)
        )

    def _latest(self, rows: list[tuple[Pair, Pair]]) -> Pair:
        sure, maybe, edge = self._days(rows, self._edge()[0])
        return max(low for low, _high in (*sure, *edge)), max(
            high for _low, high in (*sure, *maybe, *edge)
        )

    def _days(
        self, rows: list[tuple[Pair, Pair]], edge: int
    ) -> tuple[list[Pair], list[Pair], list[Pair]]:
        """Return the days of the rows that count, of those that may, and what stands where none counts for sure."""
        sure = [day for (must, _may), day in rows if must]
        maybe = [day for (must, may), day in rows if may and not must]
        return sure, maybe, [] if sure else [(edge, edge)]


def gathered_unit(how: str, value: Type | None) -> Type:
    """Return the type of what is gathered."""
    if how == "count" or value is None:
        return Type(Unit.COUNT)
    return Type(Unit.TRUTH, high=1) if how in ("any", "all") else value
