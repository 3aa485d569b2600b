"""The ruling on each cost line: accepted, capped, refused or undetermined, and for how much.

A line passes its tests in the order period, payer, category, proof, price; then come its own cap, the cap of its category,
what other funds leave of it, and the cap of all lines together. Each step only lowers what is accepted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from terreau.kernel.interval import Interval
from terreau.kernel.money import Money
from terreau.kernel.truth import Truth
from terreau.rules.answered import Given, given
from terreau.rules.binding import line_fact
from terreau.rules.card_shape import COST_PARTS
from terreau.rules.rulebook import Assessed, PlacedFigure
from terreau.rules.types import Pair, Type
from terreau.rules.verdicts import ConditionAnswer, Explaining

ACCEPTED, CAPPED, REFUSED, UNSURE = "accepted", "capped", "refused", "undetermined"
NOTHING: Pair = (0, 0)


@dataclass(frozen=True)
class Lowered:
    """A cap that lowered a line: which one, what it is, what it left."""

    part: str
    cap: Given
    left: Interval[Money]


@dataclass(frozen=True)
class Ruling:
    """What is accepted of one line, by its place in the list, with the tests and the caps behind it."""

    line: int
    status: str
    asked: Interval[Money]
    accepted: Interval[Money]
    tests: tuple[ConditionAnswer, ...]
    lowered: tuple[Lowered, ...]


def rule_lines(explaining: Explaining, card: str) -> tuple[Ruling, ...]:
    """Return the rulings of a cost card on the lines that are told; none where none is told.

    Raises `KeyError` for a card that is not asked that day.
    """
    assessed = explaining.book.assessed[card]
    caps = assessed.card.caps
    assert caps is not None  # the card is a cost card
    rows, _most = explaining.told.get(caps.lines, ((), 0))
    return _Lines(explaining, assessed, caps.lines, rows).rulings()


class _Line:
    """One line on its way through the tests and the caps."""

    def __init__(self, explaining: Explaining, assessed: Assessed, row: dict[str, Pair]) -> None:
        self.explaining = explaining
        order = {part: place for place, part in enumerate(COST_PARTS)}
        tests = sorted(
            assessed.conditions,
            key=lambda placed: order[placed.condition.part] if placed.condition else -1,
        )
        self.tests = tuple(explaining.answer(placed) for placed in tests)
        self.asked: Pair = row["amount"]
        self.category: Pair | None = row.get("category")
        self.lowered: list[Lowered] = []
        truths = {each.truth for each in self.tests}
        self.refused = Truth.NO in truths
        self.open = Truth.UNKNOWN in truths and not self.refused
        low, high = self.asked
        self.left: Pair = NOTHING if self.refused else (0 if self.open else low, high)

    def lower(self, part: str, cap: Given, left: Pair) -> None:
        """Bring what is accepted down to what a cap leaves."""
        if left != self.left:
            self.left = left
            self.lowered.append(Lowered(part, cap, _money(left)))

    def status(self) -> str:
        """Return what became of the line."""
        if self.refused:
            return REFUSED
        if self.open or self.left[0] != self.left[1] or self.asked[0] != self.asked[1]:
            return UNSURE
        return ACCEPTED if self.left == self.asked else CAPPED


class _Lines:
    """The lines of one dossier under one cost card."""

    def __init__(
        self,
        explaining: Explaining,
        assessed: Assessed,
        records: str,
        rows: Sequence[dict[str, Pair]],
    ) -> None:
        self.explaining, self.assessed = explaining, assessed
        facts = explaining.book.graph.facts
        self.lines = []
        for row in rows:
            told = {line_fact(records, name): value for name, value in row.items()}
            known = {name: value for name, value in told.items() if name in facts}
            self.lines.append(_Line(explaining.also(known), assessed, row))
        self.kind: Type = explaining.book.pack.vocabulary.facts[records].type

    def rulings(self) -> tuple[Ruling, ...]:
        """Return the ruling on each line, in their order."""
        placed = self.assessed.caps
        assert placed is not None  # a cost card has them, be they empty
        self._each("line_cap", placed.line)
        for name, cap in placed.category.items():
            self._together("category_cap", cap, self.kind.fields["category"].bit(name))
        self._each("cross_funding", placed.cross_funding)
        self._together("overall_cap", placed.overall)
        return tuple(
            Ruling(
                place,
                line.status(),
                _money(line.asked),
                _money(line.left),
                line.tests,
                tuple(line.lowered),
            )
            for place, line in enumerate(self.lines)
        )

    def _each(self, part: str, placed: PlacedFigure | None) -> None:
        """Lower each line to its own cap."""
        if placed is None:
            return
        for line in self.lines:
            cap = given(line.explaining, self.assessed.card.law_of, placed)
            left = (
                min(line.left[0], max(0, cap.value[0])),
                min(line.left[1], max(0, cap.value[1])),
            )
            line.lower(part, cap, left)

    def _together(self, part: str, placed: PlacedFigure | None, bit: int | None = None) -> None:
        """Lower the lines (of a category) that pass a cap together."""
        caps = self.assessed.card.caps
        assert caps is not None  # the card is a cost card
        if placed is None:
            return
        cap = given(self.explaining, self.assessed.card.law_of, placed)
        lines = [line for line in self.lines if bit is None or _may_be(line, bit)]
        sure = [bit is None or line.category == (bit, bit) for line in lines]
        amounts = [
            line.left if certain else (0, line.left[1])
            for line, certain in zip(lines, sure, strict=True)
        ]
        left = spread(amounts, cap.value, in_order=caps.spread == "in_order")
        for line, certain, after in zip(lines, sure, left, strict=True):
            line.lower(part, cap, after if certain else (min(after[0], line.left[0]), line.left[1]))


def _may_be(line: _Line, bit: int) -> bool:
    return line.category is not None and bool(line.category[1] & bit)


def _money(pair: Pair) -> Interval[Money]:
    return Interval(Money(pair[0]), Money(pair[1]))


def spread(amounts: Sequence[Pair], cap: Pair, *, in_order: bool) -> list[Pair]:
    """Return what a cap leaves of each amount (pairs of cents, none below zero), containing every completion.

    In order, the first lines are served first. Pro rata, all give way alike, and the odd cents go to the largest remainders
    (method of Hamilton), the first line first among equals.
    """
    low_cap, high_cap = max(0, cap[0]), max(0, cap[1])
    if not in_order and low_cap == high_cap and all(low == high for low, high in amounts):
        return [(cents, cents) for cents in _by_remainder([low for low, _ in amounts], low_cap)]
    left = []
    for place, (low, high) in enumerate(amounts):
        others = amounts[:place] if in_order else [*amounts[:place], *amounts[place + 1 :]]
        least, most = sum(each[0] for each in others), sum(each[1] for each in others)
        if in_order:
            left.append((max(0, min(low, low_cap - most)), max(0, min(high, high_cap - least))))
        else:
            up = -(-high_cap * high // max(1, high + least))
            down = low_cap * low // max(1, low + most)
            left.append(
                (
                    low if low + most <= low_cap else down,
                    high if high + least <= high_cap else min(high, up),
                )
            )
    return left


def _by_remainder(amounts: Sequence[int], cap: int) -> list[int]:
    total = sum(amounts)
    if total <= cap:
        return list(amounts)
    shares = [divmod(cap * amount, total) for amount in amounts]
    odd = cap - sum(whole for whole, _rest in shares)
    largest = sorted(range(len(shares)), key=lambda place: -shares[place][1])[:odd]
    return [whole + (place in largest) for place, (whole, _rest) in enumerate(shares)]
