"""What an expression of a card means when everything is told, worked out step by step on plain Python values.

It shares no line with the engine: figures are fractions in their own unit (euros, parts of one), days are dates, a choice is
its name, choices are a set of names, records are a list of mappings.
"""

import ast
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne
from typing import Any

ORDER = {ast.Lt: lt, ast.LtE: le, ast.Gt: gt, ast.GtE: ge, ast.Eq: eq, ast.NotEq: ne}
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Situation:
    """All that an expression can read; `ends` holds the first and the last day a field of a row can have."""

    facts: Mapping[str, Any]
    parameters: Mapping[str, Any]
    on: date
    ends: Mapping[str, tuple[date, date]]


def read(text: str, unit: str) -> Any:
    """Return a written value as a plain one."""
    if unit == "truth":
        return text == "yes"
    if unit == "date":
        return date.fromisoformat(text)
    if unit == "money":
        return Fraction(text.removesuffix(" eur"))
    if unit == "rate":
        return Fraction(text.removesuffix(" %")) / 100
    return Fraction(text) if unit in ("number", "count") else text


def value(text: str, situation: Situation) -> Any:
    """Return what an expression gives in a situation in which everything is known."""
    return _Reader(situation, {}).of(_parsed(text))


@lru_cache(maxsize=256)
def _parsed(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


@dataclass(frozen=True)
class _Reader:
    """Reads a tree; `row` is the row in hand when records are gone through, by the name it has there."""

    situation: Situation
    row: Mapping[str, Mapping[str, Any]]

    def of(self, at: ast.AST) -> Any:
        return getattr(self, f"_{type(at).__name__.lower()}")(at)

    def _constant(self, at: ast.Constant) -> Any:
        return at.value if isinstance(at.value, str) else Fraction(str(at.value))

    def _name(self, at: ast.Name) -> Any:
        if at.id == "on":
            return self.situation.on
        facts = self.situation.facts
        return facts[at.id] if at.id in facts else self.situation.parameters[at.id]

    def _attribute(self, at: ast.Attribute) -> Any:
        assert isinstance(at.value, ast.Name)
        return self.row[at.value.id][at.attr]

    def _boolop(self, at: ast.BoolOp) -> bool:
        each = [self.of(operand) for operand in at.values]
        return all(each) if isinstance(at.op, ast.And) else any(each)

    def _unaryop(self, at: ast.UnaryOp) -> Any:
        operand = self.of(at.operand)
        return not operand if isinstance(at.op, ast.Not) else -operand

    def _binop(self, at: ast.BinOp) -> Fraction:
        left, right = self.of(at.left), self.of(at.right)
        if isinstance(at.op, ast.Mult):
            return left * right
        return left + right if isinstance(at.op, ast.Add) else left - right

    def _ifexp(self, at: ast.IfExp) -> Any:
        return self.of(at.body) if self.of(at.test) else self.of(at.orelse)

    def _tuple(self, at: ast.Tuple) -> list[Any]:
        return [self.of(each) for each in at.elts]

    def _compare(self, at: ast.Compare) -> bool:
        sides = [self.of(each) for each in (at.left, *at.comparators)]
        return all(
            _holds(left, operator, right)
            for left, operator, right in zip(sides, at.ops, sides[1:], strict=False)
        )

    def _subscript(self, at: ast.Subscript) -> Any:
        keys = at.slice.elts if isinstance(at.slice, ast.Tuple) else [at.slice]
        return self.of(at.value)[tuple(self.of(key) for key in keys)]

    def _call(self, at: ast.Call) -> Any:
        assert isinstance(at.func, ast.Name)
        if at.args and isinstance(at.args[0], ast.GeneratorExp):
            return self._gathered(at.func.id, at.args[0])
        named = {each.arg: self.of(each.value) for each in at.keywords}
        return CALLS[at.func.id](*[self.of(each) for each in at.args], **named)

    def _gathered(self, how: str, loop: ast.GeneratorExp) -> Any:
        each = loop.generators[0]
        assert isinstance(each.target, ast.Name)
        inside = [_Reader(self.situation, {each.target.id: row}) for row in self.of(each.iter)]
        kept = [reader for reader in inside if all(reader.of(test) for test in each.ifs)]
        if how == "count":
            return Fraction(len(kept))
        found = [reader.of(loop.elt) for reader in kept]
        if how in ("any", "all"):
            return any(found) if how == "any" else all(found)
        if how == "sum":
            return sum(found, Fraction(0))
        if found:
            return min(found) if how == "earliest" else max(found)
        assert isinstance(loop.elt, ast.Attribute)  # an empty list needs the days of a field
        first, last = self.situation.ends[loop.elt.attr]
        return last if how == "earliest" else first


def _holds(left: Any, operator: ast.cmpop, right: Any) -> bool:
    if isinstance(operator, ast.In | ast.NotIn):
        return (left in right) == isinstance(operator, ast.In)
    return bool(ORDER[type(operator)](left, right))


def _ratio(part: Fraction, whole: Fraction, *, else_: Fraction) -> Fraction:
    return part / whole if whole else else_


def _months_before(day: date, months: Fraction) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - int(months), 12)
    if year < 1:
        return date.min
    if year > 9999:
        return date.max
    for last in range(day.day, 0, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError


def _brackets(figure: Fraction, scale: list[tuple[Fraction, Fraction]]) -> Fraction:
    total = Fraction(0)
    for (start, share), (stop, _share) in zip(
        scale, [*scale[1:], (figure, Fraction(0))], strict=True
    ):
        total += max(Fraction(0), min(figure, stop) - start) * share
    return total


CALLS: dict[str, Any] = {
    "min": min,
    "max": max,
    "abs": abs,
    "clip": lambda figure, low, high: min(max(figure, low), high),
    "round_to": lambda figure, step: math.floor(figure / step + HALF) * step,
    "floor_to": lambda figure, step: math.floor(figure / step) * step,
    "ceil_to": lambda figure, step: math.ceil(figure / step) * step,
    "ratio": _ratio,
    "number_of": lambda *truths: Fraction(sum(truths)),
    "brackets": _brackets,
    "months_before": _months_before,
    "years_before": lambda day, years: _months_before(day, 12 * years),
    "days_between": lambda start, end: Fraction((end - start).days),
    "year": lambda day: Fraction(day.year),
    "matches": lambda code, *beginnings: code.startswith(beginnings),
}
