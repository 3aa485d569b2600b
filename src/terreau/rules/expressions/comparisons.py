"""Comparisons: figures, choices, sets, ratios."""

import ast

from terreau.kernel.message import noop as _
from terreau.rules.expressions.language import (
    Part,
    refuse,
)
from terreau.rules.expressions.terms import Terms
from terreau.rules.graph import Term
from terreau.rules.types import TRUTH, Type, Unit


class Comparisons(Terms):
    """Puts comparisons into a graph."""

    # comparisons

    def _compare(self, at: ast.Compare, wanted: Type | None) -> Term:
        sides = [at.left, *at.comparators]
        truths = [
            self._comparison(left, operator, right)
            for left, operator, right in zip(sides, at.ops, sides[1:], strict=False)
        ]
        return truths[0] if len(truths) == 1 else self.graph.apply("every", *truths, kind=TRUTH)

    def _comparison(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> Term:
        if isinstance(operator, ast.In | ast.NotIn):
            truth = self._membership(left, right)
        elif isinstance(operator, ast.Eq | ast.NotEq):
            truth = self._equality(left, right)
        elif isinstance(operator, ast.Lt | ast.LtE):
            return self._order(left, right, strict=isinstance(operator, ast.Lt))
        elif isinstance(operator, ast.Gt | ast.GtE):
            return self._order(right, left, strict=isinstance(operator, ast.Gt))
        else:
            raise refuse(left, _("'is' compares nothing here."), _("Write == or !=."))
        negated = isinstance(operator, ast.NotIn | ast.NotEq)
        return self.graph.apply("opposite", truth, kind=TRUTH) if negated else truth

    def _membership(self, left: ast.expr, right: ast.expr) -> Term:
        if isinstance(right, ast.Tuple | ast.List | ast.Set):
            choice = self._of_unit(left, Unit.CHOICE)
            bits = 0
            for value in right.elts:
                bits |= self._bit(value, self._string(value), choice.type)
            return self.graph.apply("among", choice, kind=TRUTH, extra=bits)
        choices = self._of_unit(right, Unit.CHOICES)
        bit = self._bit(left, self._string(left), choices.type)
        return self.graph.apply("holds", choices, kind=TRUTH, extra=bit)

    def _of_unit(self, at: ast.expr, unit: Unit) -> Term:
        term = self.term(at)
        if term.type.unit is not unit:
            raise refuse(
                at,
                _("This is a {unit}, a {wanted} is asked here."),
                _("Use a fact of that type."),
                unit=term.type.unit.value,
                wanted=unit.value,
            )
        return term

    def _string(self, at: ast.expr) -> str:
        if isinstance(at, ast.Constant) and isinstance(at.value, str):
            return at.value
        raise refuse(at, _("A value of a choice is asked here."), _("Write it between quotes."))

    def _equality(self, left: ast.expr, right: ast.expr) -> Term:
        for one, other in ((left, right), (right, left)):
            if isinstance(other, ast.Constant) and isinstance(other.value, str):
                choice = self._of_unit(one, Unit.CHOICE)
                bit = self._bit(other, other.value, choice.type)
                return self.graph.apply("among", choice, kind=TRUTH, extra=bit)
        first, second = self.meaning(left), self.meaning(right)
        if isinstance(first, Part) or isinstance(second, Part):
            both = (self._order(left, right, strict=False), self._order(right, left, strict=False))
            return self.graph.apply("every", *both, kind=TRUTH)
        if first.type.unit is Unit.CHOICE and first.type.values == second.type.values:
            return self.graph.apply("same_choice", first, second, kind=TRUTH)
        first, second = self.aligned(left, first, second)
        return self.graph.apply("same", first, second, kind=TRUTH)

    def _order(self, left: ast.expr, right: ast.expr, *, strict: bool) -> Term:
        low, high = self.meaning(left), self.meaning(right)
        if isinstance(low, Part) and isinstance(high, Part):
            raise refuse(left, _("Two ratios are not compared."), _("Compare each with a rate."))
        if isinstance(low, Part):
            return self._part_order(left, "part_below", low, self._plain(high), strict)
        if isinstance(high, Part):
            return self._part_order(right, "part_above", high, self._plain(low), strict)
        low, high = self.aligned(left, low, high)
        return self.graph.apply("below" if strict else "at_most", low, high, kind=TRUTH)

    def _plain(self, found: Term | Part) -> Term:
        assert isinstance(found, Term)  # the other side is the ratio
        return found

    def _part_order(
        self, at: ast.expr, operator: str, ratio: Part, limit: Term, strict: bool
    ) -> Term:
        limit, otherwise = self.aligned(at, limit, ratio.otherwise)
        part = self.scaled(ratio.part, limit.type.one)
        return self.graph.apply(
            operator, part, ratio.whole, limit, otherwise, kind=TRUTH, extra=strict
        )
