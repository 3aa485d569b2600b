"""Names, literals and logic, with the decimals of figures brought in line."""

import ast
from dataclasses import replace
from difflib import get_close_matches

from terreau.kernel.message import noop as _
from terreau.rules.expressions.language import (
    COUNT,
    ExpressionRefused,
    Part,
    Scope,
    dotted,
    parse,
    refuse,
)
from terreau.rules.graph import Graph, Term
from terreau.rules.types import FIGURES, TRUTH, Type, Unit, figure


class Terms:
    """Puts names, literals and logic into a graph."""

    def __init__(self, graph: Graph, scope: Scope) -> None:
        self.graph = graph
        self.scope = scope

    def build(self, text: str, wanted: Type | None = None) -> Term:
        """Return the place of an expression; `wanted` is the type it must have. Raises `ExpressionRefused`."""
        tree = parse(text)
        try:
            term = self.term(tree, wanted)
        except RecursionError:
            raise refuse(
                tree,
                _("The expression is nested too deep."),
                _("Split it into several conditions."),
            ) from None
        if term.type.unit is Unit.RECORDS:
            raise refuse(
                tree, _("Records are no answer."), _("Count them, or add one of their fields.")
            )
        if wanted and (term.type.family, term.type.values) != (wanted.family, wanted.values):
            raise refuse(
                tree,
                _("This gives a {unit}, a {wanted} is asked here."),
                _("Write an expression of that type."),
                unit=term.type.unit.value,
                wanted=wanted.unit.value,
            )
        return term

    def term(self, at: ast.expr, wanted: Type | None = None) -> Term:
        """Return the place of a tree that stands for one value."""
        found = self.meaning(at, wanted)
        if isinstance(found, Part):
            raise refuse(
                at,
                _("A ratio is only compared, or multiplied by money inside a rounding."),
                _("Write round_to(amount * ratio(...), unit), or compare it."),
            )
        return found

    def meaning(self, at: ast.expr, wanted: Type | None = None) -> Term | Part:
        """Return what a tree stands for."""
        build = getattr(self, f"_{type(at).__name__.lower()}", None)
        if build is None:
            raise refuse(
                at,
                _("This is not part of the language of cards."),
                _("See the table of expressions."),
            )
        result: Term | Part = build(at, wanted)
        return result

    # names and literals

    def _name(self, at: ast.expr, wanted: Type | None) -> Term:
        name = dotted(at)
        found = self.scope.resolve(name) if name else None
        if found is None:
            raise self._unknown_name(at, name or ast.unparse(at))
        if not isinstance(found, Term):
            raise refuse(
                at,
                _("'{name}' is a table: it needs its key."),
                _("Write {name}[key], or brackets(x, {name})."),
                name=name,
            )
        if found.type.unit is Unit.TEXT:
            raise refuse(
                at,
                _("'{name}' is a text: no rule reads it."),
                _("Ask for a fact with a type."),
                name=name,
            )
        return found

    _attribute = _name

    def _unknown_name(self, at: ast.AST, name: str) -> ExpressionRefused:
        near = get_close_matches(name, list(self.scope.names()), n=1, cutoff=0.5)
        if near:
            return refuse(
                at,
                _("Nobody knows '{name}'."),
                _("Did you mean '{near}'?"),
                name=name,
                near=near[0],
            )
        return refuse(
            at,
            _("Nobody knows '{name}'."),
            _("Declare it in the vocabulary or among the parameters."),
            name=name,
        )

    def _constant(self, at: ast.Constant, wanted: Type | None) -> Term:
        value = at.value
        if isinstance(value, str) and wanted and wanted.unit is Unit.CHOICE:
            return self._named(at, value, wanted)
        if type(value) is int:
            return self.graph.given((value, value), COUNT)
        if type(value) is float:
            return self._decimal(at)
        raise refuse(
            at,
            _("A literal is a whole or a decimal number, or a value beside its choice."),
            _("Money, rates and dates are parameters: they have a day and an article."),
        )

    def _decimal(self, at: ast.Constant) -> Term:
        whole, _point, part = repr(at.value).partition(".")
        if not (whole.isdigit() and part.isdigit()):
            raise refuse(
                at, _("This number is too long."), _("Write it with at most four decimals.")
            )
        part = part.rstrip("0")
        number = int(whole + part)
        return self.graph.given((number, number), figure(Unit.NUMBER, len(part)))

    def _named(self, at: ast.AST, value: str, kind: Type) -> Term:
        bit = self._bit(at, value, kind)
        return self.graph.given((bit, bit), kind)

    def _bit(self, at: ast.AST, value: str, kind: Type) -> int:
        if value not in kind.values:
            near = get_close_matches(value, kind.values, n=1, cutoff=0)
            raise refuse(
                at,
                _("'{value}' is none of the values of this choice."),
                _("Did you mean '{near}'?"),
                value=value,
                near=near[0] if near else "",
            )
        return kind.bit(value)

    # logic

    def _boolop(self, at: ast.BoolOp, wanted: Type | None) -> Term:
        operator = "every" if isinstance(at.op, ast.And) else "either"
        return self.graph.apply(operator, *(self.truth(each) for each in at.values), kind=TRUTH)

    def truth(self, at: ast.expr) -> Term:
        """Return the place of a tree that is a yes, a no or unknown."""
        term = self.term(at)
        if term.type.unit is not Unit.TRUTH:
            raise refuse(
                at,
                _("This is a {unit}, not a yes or a no."),
                _("Compare it with something."),
                unit=term.type.unit.value,
            )
        return term

    def _unaryop(self, at: ast.UnaryOp, wanted: Type | None) -> Term:
        if isinstance(at.op, ast.Not):
            return self.graph.apply("opposite", self.truth(at.operand), kind=TRUTH)
        if isinstance(at.op, ast.USub):
            term = self.dateless(at.operand)
            return self.graph.apply("negative", term, kind=term.type)
        raise refuse(at, _("This sign is not part of the language of cards."), _("Remove it."))

    def _ifexp(self, at: ast.IfExp, wanted: Type | None) -> Term:
        condition = self.truth(at.test)
        left, right = self.term(at.body, wanted), self.term(at.orelse, wanted)
        if left.type.unit is Unit.CHOICE or left.type.unit is Unit.CHOICES:
            if left.type.values != right.type.values or left.type.unit is not right.type.unit:
                raise refuse(
                    at,
                    _("The two branches give values of two different choices."),
                    _("Give both values of one choice."),
                )
            operator = "where_choice" if left.type.unit is Unit.CHOICE else "where_choices"
            return self.graph.apply(operator, condition, left, right, kind=left.type)
        if left.type.unit is Unit.TRUTH and right.type.unit is Unit.TRUTH:
            return self.graph.apply("where", condition, left, right, kind=TRUTH)
        left, right = self.aligned(at, left, right)
        return self.graph.apply("where", condition, left, right, kind=left.type)

    def figure(self, at: ast.expr) -> Term:
        """Return the place of a tree that is money, a rate, a number, a count or a date."""
        term = self.term(at)
        if term.type.unit not in FIGURES:
            raise refuse(
                at,
                _("This is a {unit}: it cannot be reckoned with."),
                _("Use a figure."),
                unit=term.type.unit.value,
            )
        return term

    def dateless(self, at: ast.expr) -> Term:
        """Return the place of a figure that is no date."""
        term = self.figure(at)
        if term.type.unit is Unit.DATE:
            raise refuse(
                at,
                _("A date has no sign and is not rounded."),
                _("Use days_between or months_before."),
            )
        return term

    def aligned(self, at: ast.AST, *terms: Term) -> list[Term]:
        """Return figures with the same unit and decimals. A plain 0 takes the unit of the others."""
        model = next((term for term in terms if not self._plain_zero(term)), terms[0])
        terms = tuple(self._zero_as(term, model.type) for term in terms)
        for term in terms:
            if term.type.family is not model.type.family or term.type.unit not in FIGURES:
                raise self._disagree(at, model, term)
        units = {term.type.unit for term in terms}
        unit = Unit.NUMBER if len(units) > 1 else model.type.unit
        scale = max(term.type.scale for term in terms)
        scaled = [self.scaled(term, 10 ** (scale - term.type.scale)) for term in terms]
        return [Term(term.slot, replace(term.type, unit=unit)) for term in scaled]

    def _disagree(self, at: ast.AST, left: Term, right: Term) -> ExpressionRefused:
        if left.type.unit is right.type.unit and left.type.unit not in FIGURES:
            return refuse(
                at,
                _("Two of these are not compared: {unit}."),
                _("Use 'and', 'or', 'not', or compare a figure."),
                unit=left.type.unit.value,
            )
        written = any(
            self.graph.nodes[each.slot].operator == "given" and each.type.unit is Unit.COUNT
            for each in (left, right)
        )
        if written and Unit.COUNT in {left.type.unit, right.type.unit}:
            return refuse(
                at,
                _("A {left} and a {right} do not go together."),
                _("Money, rates and dates are parameters: they have a day and an article."),
                left=left.type.unit.value,
                right=right.type.unit.value,
            )
        return refuse(
            at,
            _("A {left} and a {right} do not go together."),
            _("Both sides must have the same unit."),
            left=left.type.unit.value,
            right=right.type.unit.value,
        )

    def _plain_zero(self, term: Term) -> bool:
        given = self.graph.nodes[term.slot].operator == "given"
        return given and term.type.unit is Unit.COUNT and self.graph.untold[term.slot] == (0, 0)

    def _zero_as(self, term: Term, kind: Type) -> Term:
        if self._plain_zero(term) and kind.unit in (Unit.MONEY, Unit.RATE):
            return self.graph.given((0, 0), kind)
        return term

    def scaled(self, term: Term, factor: int) -> Term:
        """Return the figure with more decimals: `factor` is a power of ten."""
        if factor == 1:
            return term
        kind = replace(term.type, scale=term.type.scale + len(str(factor)) - 1)
        return self.graph.apply("scaled", term, kind=kind, extra=factor)
