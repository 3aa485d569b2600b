"""Arithmetic, calls and tables."""

import ast
from collections.abc import Callable
from dataclasses import replace
from difflib import get_close_matches

from terreau.kernel.message import noop as _
from terreau.rules.expressions.comparisons import Comparisons
from terreau.rules.expressions.language import (
    COUNT,
    DATE,
    Part,
    dotted,
    refuse,
)
from terreau.rules.functions import Brackets, Table
from terreau.rules.graph import Term
from terreau.rules.types import TRUTH, Type, Unit, figure


class Calls(Comparisons):
    """Puts arithmetic, calls and tables into a graph."""

    # arithmetic

    def _binop(self, at: ast.BinOp, wanted: Type | None) -> Term:
        if isinstance(at.op, ast.Mult):
            return self._times(at)
        if isinstance(at.op, ast.Add | ast.Sub):
            left, right = self.aligned(at, self.figure(at.left), self.figure(at.right))
            if left.type.unit is Unit.DATE:
                raise refuse(
                    at,
                    _("Dates are not added."),
                    _("Use years_before, months_before or days_between."),
                )
            operator = "plus" if isinstance(at.op, ast.Add) else "minus"
            return self.graph.apply(operator, left, right, kind=left.type)
        raise refuse(
            at,
            _("There is no such operator in the language of cards."),
            _("For a division, compare ratio(a, b, else_=...)."),
        )

    def _times(self, at: ast.BinOp) -> Term:
        left, right = self.figure(at.left), self.figure(at.right)
        kind = _product(left.type, right.type)
        if kind is None:
            raise refuse(
                at,
                _("A {left} is not multiplied by a {right}."),
                _("Multiply money by a rate or by a number."),
                left=left.type.unit.value,
                right=right.type.unit.value,
            )
        positive = self.graph.untold[left.slot][0] >= 0 and self.graph.untold[right.slot][0] >= 0
        return self.graph.apply("times_from_zero" if positive else "times", left, right, kind=kind)

    # calls and tables

    def _call(self, at: ast.Call, wanted: Type | None) -> Term | Part:
        name = at.func.id if isinstance(at.func, ast.Name) else ""
        build: Callable[[ast.Call], Term | Part] | None = getattr(self, f"_call_{name}", None)
        if build is None:
            near = get_close_matches(name, _calls(self), n=1, cutoff=0.5)
            raise refuse(
                at,
                _("There is no '{name}' in the language of cards."),
                _("Did you mean '{near}'?") if near else _("See the table of expressions."),
                name=name or ast.unparse(at.func),
                near=near[0] if near else "",
            )
        if at.keywords and name != "ratio":
            raise refuse(
                at, _("'{name}' takes no named values."), _("Write them in order."), name=name
            )
        return build(at)

    def _arguments(self, at: ast.Call, least: int, most: int | None = None) -> list[ast.expr]:
        count = len(at.args)
        if count < least or (most is not None and count > most):
            raise refuse(
                at,
                _("This takes {least} values, {count} stand here."),
                _("See the table of expressions."),
                least=least if most == least else f"{least}+",
                count=count,
            )
        return at.args

    def _extreme(self, at: ast.Call, operator: str) -> Term:
        terms = self.aligned(at, *(self.figure(each) for each in self._arguments(at, 2)))
        return self.graph.apply(operator, *terms, kind=terms[0].type)

    def _call_min(self, at: ast.Call) -> Term:
        return self._extreme(at, "minimum")

    def _call_max(self, at: ast.Call) -> Term:
        return self._extreme(at, "maximum")

    def _call_abs(self, at: ast.Call) -> Term:
        term = self.dateless(self._arguments(at, 1, 1)[0])
        return self.graph.apply("size", term, kind=term.type)

    def _call_clip(self, at: ast.Call) -> Term:
        value, low, high = self.aligned(
            at, *(self.figure(each) for each in self._arguments(at, 3, 3))
        )
        raised = self.graph.apply("maximum", value, low, kind=value.type)
        return self.graph.apply("minimum", raised, high, kind=value.type)

    def _call_number_of(self, at: ast.Call) -> Term:
        truths = [self.truth(each) for each in self._arguments(at, 1)]
        return self.graph.apply("how_many", *truths, kind=COUNT)

    def _rounded(self, at: ast.Call, operator: str) -> Term:
        value, unit = self._arguments(at, 2, 2)
        step = self.dateless(unit)
        low, high = self.graph.untold[step.slot]
        if self.graph.nodes[step.slot].facts or (low == high and low <= 0):
            raise refuse(
                unit,
                _("The unit of a rounding must be known and above zero."),
                _("Use a parameter with one figure, or a whole number."),
            )
        if (
            low != high
        ):  # the law gives no unit on this day, so nothing can be said of what it rounds
            owner = self.graph.nodes[step.slot].extra or ""
            cause = self.graph.causes.get(step.slot, "")
            return self.graph.given(step.type.unknown, step.type, cause=cause, owner=owner)
        if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Mult):
            for ratio, money in ((value.left, value.right), (value.right, value.left)):
                if isinstance(ratio, ast.Call) and dotted(ratio.func) == "ratio":
                    return self._share(
                        at, operator, self._call_ratio(ratio), self.figure(money), step
                    )
        term = self.dateless(value)
        if term.type.family is not step.type.family:
            raise self._disagree(at, term, step)
        how = self._how(term.type, step)
        return self.graph.apply(operator, term, kind=step.type, extra=how)

    def _how(self, kind: Type, step: Term) -> tuple[int, int, int]:
        unit = self.graph.untold[step.slot][0]
        more, less = max(0, step.type.scale - kind.scale), max(0, kind.scale - step.type.scale)
        return int(10**more), int(unit * 10**less), int(unit)

    def _share(self, at: ast.Call, operator: str, ratio: Part, money: Term, step: Term) -> Term:
        if money.type.family is not step.type.family or money.type.unit is Unit.DATE:
            raise self._disagree(at, money, step)
        if ratio.otherwise.type.unit in (Unit.MONEY, Unit.DATE):
            raise refuse(
                at,
                _("What stands for a ratio is a rate or a number."),
                _("Write a number or a rate after else_=."),
            )
        if self.graph.untold[ratio.whole.slot][0] < 0:
            raise refuse(
                at,
                _("The second value of a ratio that multiplies may not be below zero."),
                _("Use max(0, ...) around it."),
            )
        how = (operator, self._how(money.type, step), ratio.otherwise.type.one)
        operands = (money, ratio.part, ratio.whole, ratio.otherwise)
        return self.graph.apply("share", *operands, kind=step.type, extra=how)

    def _call_round_to(self, at: ast.Call) -> Term:
        return self._rounded(at, "rounded_half_up")

    def _call_floor_to(self, at: ast.Call) -> Term:
        return self._rounded(at, "rounded_down")

    def _call_ceil_to(self, at: ast.Call) -> Term:
        return self._rounded(at, "rounded_up")

    def _call_ratio(self, at: ast.Call) -> Part:
        first, second = self._arguments(at, 2, 2)
        if [keyword.arg for keyword in at.keywords] != ["else_"]:
            raise refuse(
                at,
                _("A ratio must say what stands when its second value is zero."),
                _("Write ratio(a, b, else_=x)."),
            )
        part, whole = self.aligned(at, self.figure(first), self.figure(second))
        return Part(part, whole, self.figure(at.keywords[0].value))

    def _call_years_before(self, at: ast.Call) -> Term:
        return self._before(at, 12)

    def _call_months_before(self, at: ast.Call) -> Term:
        return self._before(at, 1)

    def _before(self, at: ast.Call, months: int) -> Term:
        first, second = self._arguments(at, 2, 2)
        day, number = self._of_unit(first, Unit.DATE), self._of_unit(second, Unit.COUNT)
        if months != 1:
            number = self.graph.apply("scaled", number, kind=COUNT, extra=months)
        return self.graph.apply("months_before", day, number, kind=DATE)

    def _call_days_between(self, at: ast.Call) -> Term:
        first, second = self._arguments(at, 2, 2)
        start, end = self._of_unit(first, Unit.DATE), self._of_unit(second, Unit.DATE)
        return self.graph.apply("minus", end, start, kind=COUNT)

    def _call_year(self, at: ast.Call) -> Term:
        day = self._of_unit(self._arguments(at, 1, 1)[0], Unit.DATE)
        return self.graph.apply("year_of", day, kind=COUNT)

    def _call_matches(self, at: ast.Call) -> Term:
        first, *others = self._arguments(at, 2)
        code = self._of_unit(first, Unit.CODE)
        prefixes = tuple(self._string(each) for each in others)
        return self.graph.apply("matches", code, kind=TRUTH, extra=prefixes)

    def _call_brackets(self, at: ast.Call) -> Term:
        first, second = self._arguments(at, 2, 2)
        value = self._of_unit(first, Unit.MONEY)
        name = dotted(second)
        found = self.scope.resolve(name) if name else None
        if not isinstance(found, Brackets):
            raise refuse(
                second,
                _("The second value must be a parameter of type brackets."),
                _("Declare one."),
            )
        scale = value.type.scale
        kind = replace(value.type, scale=scale + figure(Unit.RATE).scale)
        finer = found.finer(10 ** (scale - figure(Unit.MONEY).scale))
        return self.graph.call(finer, value, kind=kind)

    def _subscript(self, at: ast.Subscript, wanted: Type | None) -> Term:
        name = dotted(at.value)
        table = self.scope.resolve(name) if name else None
        if name and table is None:
            raise self._unknown_name(at, name)
        if not isinstance(table, Table):
            raise refuse(at, _("Only a parameter with 'by' has keys."), _("Remove the brackets."))
        keys = at.slice.elts if isinstance(at.slice, ast.Tuple) else [at.slice]
        if len(keys) != len(table.keys):
            raise refuse(
                at,
                _("This table has {wanted} keys, {count} stand here."),
                _("Give each key, in the order of 'by'."),
                wanted=len(table.keys),
                count=len(keys),
            )
        terms = [self.term(key, kind) for key, kind in zip(keys, table.keys, strict=True)]
        for key, term, kind in zip(keys, terms, table.keys, strict=True):
            if (term.type.unit, term.type.values) != (kind.unit, kind.values):
                raise refuse(
                    key, _("This is not the key of the table."), _("Give the choice named in 'by'.")
                )
        return self.graph.call(table, *terms, kind=table.type)


def _product(left: Type, right: Type) -> Type | None:
    """Return the type of a product, or None when there is none."""
    units = {left.unit, right.unit}
    if Unit.DATE in units or (left.unit is right.unit is Unit.MONEY):
        return None
    ranks = (Unit.MONEY, Unit.NUMBER, Unit.COUNT, Unit.RATE)
    unit = next(each for each in ranks if each in units)
    if unit is Unit.COUNT and Unit.RATE in units:
        unit = Unit.NUMBER
    scale = left.scale + right.scale
    return figure(unit, scale, left.currency or right.currency)


def _calls(builder: "Calls") -> list[str]:
    """Return the names that can be called."""
    return [name.removeprefix("_call_") for name in dir(builder) if name.startswith("_call_")]
