"""An expression of a card becomes a part of the graph: parsed by Python's `ast`, typed, nothing else let through."""

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Protocol

from terreau.kernel.message import Message
from terreau.kernel.message import noop as _
from terreau.rules.functions import Brackets, Gathered, Table, gathered_unit
from terreau.rules.graph import Graph, Term
from terreau.rules.types import FIGURES, TRUTH, Type, Unit, figure

LONGEST = 2000
COUNT = figure(Unit.COUNT)
DATE = figure(Unit.DATE)


class ExpressionRefused(Exception):
    """An expression that says nothing the engine can mean; `column` counts from 0 in its text."""

    def __init__(self, column: int, what: Message, remedy: Message) -> None:
        super().__init__(str(what))
        self.column, self.what, self.remedy = column, what, remedy


@dataclass(frozen=True)
class Part:
    """A ratio: never computed, only compared or multiplied under a rounding."""

    part: Term
    whole: Term
    otherwise: Term


Meaning = Term | Table | Brackets


class Scope(Protocol):
    """Where names get their meaning."""

    def resolve(self, name: str) -> Meaning | None:
        """Return what a dotted name stands for."""
        ...

    def names(self) -> Iterable[str]:
        """Return all names, for the nearest one."""
        ...


def parse(text: str) -> ast.expr:
    """Return the syntax tree of an expression. Raises `ExpressionRefused`."""
    if len(text) > LONGEST:
        raise ExpressionRefused(
            0,
            Message(_("The expression is too long.")),
            Message(_("Split it into several conditions.")),
        )
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        column = (getattr(error, "offset", 0) or 1) - 1
        raise ExpressionRefused(
            column,
            Message(_("This is no expression.")),
            Message(_("Check the brackets and the operators.")),
        ) from None


def _refuse(at: ast.AST, what: str, remedy: str, **blanks: object) -> ExpressionRefused:
    column = getattr(at, "col_offset", 0)
    return ExpressionRefused(column, Message(what, blanks), Message(remedy, blanks))


def dotted(at: ast.AST) -> str | None:
    """Return the dotted name of a tree, or None when it is something else."""
    if isinstance(at, ast.Name):
        return at.id
    if isinstance(at, ast.Attribute):
        before = dotted(at.value)
        return f"{before}.{at.attr}" if before else None
    return None


class Builder:
    """Puts expressions into a graph."""

    def __init__(self, graph: Graph, scope: Scope) -> None:
        self.graph = graph
        self.scope = scope

    def build(self, text: str, wanted: Type | None = None) -> Term:
        """Return the place of an expression; `wanted` is the type it must have. Raises `ExpressionRefused`."""
        tree = parse(text)
        try:
            term = self.term(tree, wanted)
        except RecursionError:
            raise _refuse(
                tree,
                _("The expression is nested too deep."),
                _("Split it into several conditions."),
            ) from None
        if term.type.unit is Unit.RECORDS:
            raise _refuse(
                tree, _("Records are no answer."), _("Count them, or add one of their fields.")
            )
        if wanted and (term.type.family, term.type.values) != (wanted.family, wanted.values):
            raise _refuse(
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
            raise _refuse(
                at,
                _("A ratio is only compared, or multiplied by money inside a rounding."),
                _("Write round_to(amount * ratio(...), unit), or compare it."),
            )
        return found

    def meaning(self, at: ast.expr, wanted: Type | None = None) -> Term | Part:
        """Return what a tree stands for."""
        build = getattr(self, f"_{type(at).__name__.lower()}", None)
        if build is None:
            raise _refuse(
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
            raise _refuse(
                at,
                _("'{name}' is a table: it needs its key."),
                _("Write {name}[key], or brackets(x, {name})."),
                name=name,
            )
        if found.type.unit is Unit.TEXT:
            raise _refuse(
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
            return _refuse(
                at,
                _("Nobody knows '{name}'."),
                _("Did you mean '{near}'?"),
                name=name,
                near=near[0],
            )
        return _refuse(
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
        raise _refuse(
            at,
            _("A literal is a whole or a decimal number, or a value beside its choice."),
            _("Money, rates and dates are parameters: they have a day and an article."),
        )

    def _decimal(self, at: ast.Constant) -> Term:
        whole, _point, part = repr(at.value).partition(".")
        if not (whole.isdigit() and part.isdigit()):
            raise _refuse(
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
            raise _refuse(
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
            raise _refuse(
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
            term = self.figure(at.operand)
            return self.graph.apply("negative", term, kind=term.type)
        raise _refuse(at, _("This sign is not part of the language of cards."), _("Remove it."))

    def _ifexp(self, at: ast.IfExp, wanted: Type | None) -> Term:
        condition = self.truth(at.test)
        left, right = self.term(at.body, wanted), self.term(at.orelse, wanted)
        if left.type.unit is Unit.CHOICE or left.type.unit is Unit.CHOICES:
            if left.type.values != right.type.values or left.type.unit is not right.type.unit:
                raise self._disagree(at, left, right)
            operator = "where_choice" if left.type.unit is Unit.CHOICE else "where_choices"
            return self.graph.apply(operator, condition, left, right, kind=left.type)
        if left.type.unit is Unit.TRUTH and right.type.unit is Unit.TRUTH:
            return self.graph.apply("where", condition, left, right, kind=TRUTH)
        left, right = self.aligned(at, left, right)
        return self.graph.apply("where", condition, left, right, kind=left.type)

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
            raise _refuse(left, _("'is' compares nothing here."), _("Write == or !=."))
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
            raise _refuse(
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
        raise _refuse(at, _("A value of a choice is asked here."), _("Write it between quotes."))

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
            raise _refuse(left, _("Two ratios are not compared."), _("Compare each with a rate."))
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

    # arithmetic

    def _binop(self, at: ast.BinOp, wanted: Type | None) -> Term:
        if isinstance(at.op, ast.Mult):
            return self._times(at)
        if isinstance(at.op, ast.Add | ast.Sub):
            left, right = self.aligned(at, self.figure(at.left), self.figure(at.right))
            if left.type.unit is Unit.DATE:
                raise _refuse(
                    at,
                    _("Dates are not added."),
                    _("Use years_before, months_before or days_between."),
                )
            operator = "plus" if isinstance(at.op, ast.Add) else "minus"
            return self.graph.apply(operator, left, right, kind=left.type)
        raise _refuse(
            at,
            _("There is no such operator in the language of cards."),
            _("For a division, compare ratio(a, b, else_=...)."),
        )

    def _times(self, at: ast.BinOp) -> Term:
        left, right = self.figure(at.left), self.figure(at.right)
        kind = _product(left.type, right.type)
        if kind is None:
            raise _refuse(
                at,
                _("A {left} is not multiplied by a {right}."),
                _("Multiply money by a rate or by a number."),
                left=left.type.unit.value,
                right=right.type.unit.value,
            )
        positive = self.graph.untold[left.slot][0] >= 0 and self.graph.untold[right.slot][0] >= 0
        return self.graph.apply("times_from_zero" if positive else "times", left, right, kind=kind)

    def figure(self, at: ast.expr) -> Term:
        """Return the place of a tree that is money, a rate, a number, a count or a date."""
        term = self.term(at)
        if term.type.unit not in FIGURES:
            raise _refuse(
                at,
                _("This is a {unit}: it cannot be reckoned with."),
                _("Use a figure."),
                unit=term.type.unit.value,
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
        return _refuse(
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

    # calls and tables

    def _call(self, at: ast.Call, wanted: Type | None) -> Term | Part:
        name = at.func.id if isinstance(at.func, ast.Name) else ""
        build: Callable[[ast.Call], Term | Part] | None = getattr(self, f"_call_{name}", None)
        if build is None:
            near = get_close_matches(name, CALLS, n=1, cutoff=0.5)
            raise _refuse(
                at,
                _("There is no '{name}' in the language of cards."),
                _("Did you mean '{near}'?") if near else _("See the table of expressions."),
                name=name or ast.unparse(at.func),
                near=near[0] if near else "",
            )
        if at.keywords and name != "ratio":
            raise _refuse(
                at, _("'{name}' takes no named values."), _("Write them in order."), name=name
            )
        return build(at)

    def _arguments(self, at: ast.Call, least: int, most: int | None = None) -> list[ast.expr]:
        count = len(at.args)
        if count < least or (most is not None and count > most):
            raise _refuse(
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
        term = self.figure(self._arguments(at, 1, 1)[0])
        if term.type.unit is Unit.DATE:
            raise _refuse(at, _("A date has no sign."), _("Use days_between."))
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
        step = self.figure(unit)
        low, high = self.graph.untold[step.slot]
        if self.graph.nodes[step.slot].facts or low != high or low <= 0:
            raise _refuse(
                unit,
                _("The unit of a rounding must be known and above zero."),
                _("Use a parameter with one figure, or a whole number."),
            )
        if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Mult):
            for ratio, money in ((value.left, value.right), (value.right, value.left)):
                if isinstance(ratio, ast.Call) and dotted(ratio.func) == "ratio":
                    return self._share(
                        at, operator, self._call_ratio(ratio), self.figure(money), step
                    )
        term = self.figure(value)
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
        if self.graph.untold[ratio.whole.slot][0] < 0:
            raise _refuse(
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
            raise _refuse(
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
            raise _refuse(
                second,
                _("The second value must be a parameter of type brackets."),
                _("Declare one."),
            )
        rate = figure(Unit.RATE)
        kind = replace(value.type, scale=value.type.scale + rate.scale)
        return self.graph.call(found, value, kind=kind)

    def _subscript(self, at: ast.Subscript, wanted: Type | None) -> Term:
        name = dotted(at.value)
        table = self.scope.resolve(name) if name else None
        if name and table is None:
            raise self._unknown_name(at, name)
        if not isinstance(table, Table):
            raise _refuse(at, _("Only a parameter with 'by' has keys."), _("Remove the brackets."))
        keys = at.slice.elts if isinstance(at.slice, ast.Tuple) else [at.slice]
        if len(keys) != len(table.keys):
            raise _refuse(
                at,
                _("This table has {wanted} keys, {count} stand here."),
                _("Give each key, in the order of 'by'."),
                wanted=len(table.keys),
                count=len(keys),
            )
        terms = [self.term(key, kind) for key, kind in zip(keys, table.keys, strict=True)]
        for key, term, kind in zip(keys, terms, table.keys, strict=True):
            if (term.type.unit, term.type.values) != (kind.unit, kind.values):
                raise _refuse(
                    key, _("This is not the key of the table."), _("Give the choice named in 'by'.")
                )
        return self.graph.call(table, *terms, kind=table.type)

    # records

    def _gathered(self, at: ast.Call, how: str) -> Term:
        (each,) = self._arguments(at, 1, 1)
        loop = each.generators[0] if isinstance(each, ast.GeneratorExp) else None
        if loop is None or not isinstance(each, ast.GeneratorExp) or len(each.generators) != 1:
            raise _refuse(
                at,
                _("This goes through one list of records."),
                _("Write {how}(r.f for r in records if test)."),
                how=how,
            )
        records = self._of_unit(loop.iter, Unit.RECORDS)
        if not isinstance(loop.target, ast.Name) or loop.is_async:
            raise _refuse(
                loop.target, _("A row needs one plain name."), _("Write 'for r in records'.")
            )
        if len(loop.ifs) > 1:
            raise _refuse(
                loop.ifs[1],
                _("Records are gone through with one test."),
                _("Join the tests with 'and'."),
            )
        row = _RowBuilder(self, loop.target.id, records.type)
        test = row.truth(loop.ifs[0]) if loop.ifs else None
        gives = None if how == "count" else row.gives(each.elt, how)
        text = f"{ast.unparse(each)}/{records.slot}"
        gathered = Gathered(
            how,
            text,
            row.graph,
            list(row.given),
            test.slot if test else None,
            gives.slot if gives else None,
        )
        kind = gathered_unit(how, gives.type if gives else None)
        return self.graph.call(gathered, records, *row.given.values(), kind=kind)

    def _call_sum(self, at: ast.Call) -> Term:
        return self._gathered(at, "sum")

    def _call_count(self, at: ast.Call) -> Term:
        return self._gathered(at, "count")

    def _call_any(self, at: ast.Call) -> Term:
        return self._gathered(at, "any")

    def _call_all(self, at: ast.Call) -> Term:
        return self._gathered(at, "all")

    def _call_earliest(self, at: ast.Call) -> Term:
        return self._gathered(at, "earliest")

    def _call_latest(self, at: ast.Call) -> Term:
        return self._gathered(at, "latest")


CALLS = [name.removeprefix("_call_") for name in vars(Builder) if name.startswith("_call_")]


class _RowBuilder(Builder):
    """Builds what is asked of one row; what does not name the row is built outside, once."""

    def __init__(self, outer: Builder, row: str, records: Type) -> None:
        super().__init__(Graph(), outer.scope)
        self.outer = outer
        self.row = row
        self.records = records
        self.given: dict[str, Term] = {}

    def gives(self, at: ast.expr, how: str) -> Term:
        """Return the place of what a row gives."""
        if how in ("any", "all"):
            return self.truth(at)
        if how == "sum":
            term = self.figure(at)
            if term.type.unit is Unit.DATE:
                raise _refuse(at, _("Dates are not added."), _("Use earliest or latest."))
            return term
        return self._of_unit(at, Unit.DATE)

    def meaning(self, at: ast.expr, wanted: Type | None = None) -> Term | Part:
        """Return what a tree stands for in this row."""
        if isinstance(at, ast.GeneratorExp) or (
            isinstance(at, ast.Call) and any(isinstance(each, ast.GeneratorExp) for each in at.args)
        ):
            raise _refuse(
                at, _("Records are not gone through inside records."), _("Use two conditions.")
            )
        if isinstance(at, ast.Constant):
            return super().meaning(at, wanted)
        if not self._names_row(at):
            return self._imported(self.outer.term(at, wanted))
        return super().meaning(at, wanted)

    def _names_row(self, at: ast.expr) -> bool:
        return any(
            isinstance(each, ast.Name) and each.id == self.row for each in ast.walk(at)
        ) or any(
            isinstance(each, ast.Call) and dotted(each.func) == "ratio" for each in ast.walk(at)
        )

    def _imported(self, term: Term) -> Term:
        if not self.outer.graph.nodes[term.slot].facts and self.outer.graph.settled(
            self.outer.graph.untold, term.slot
        ):
            return self.graph.given(self.outer.graph.untold[term.slot], term.type)
        name = f"@{term.slot}"
        low, high = self.outer.graph.untold[term.slot]
        kind = replace(term.type, low=low, high=high) if term.type.unit in FIGURES else term.type
        self.given[name] = term
        return Term(self.graph.fact(name, kind).slot, term.type)

    def _name(self, at: ast.expr, wanted: Type | None) -> Term:
        name = dotted(at) or ""
        row, _dot, field = name.partition(".")
        if row != self.row:
            return super()._name(at, wanted)
        if field not in self.records.fields:
            near = get_close_matches(field, list(self.records.fields), n=1, cutoff=0)
            raise _refuse(
                at,
                _("A row of these records has no '{field}'."),
                _("Did you mean '{near}'?"),
                field=field or self.row,
                near=near[0] if near else "",
            )
        return self.graph.fact(field, self.records.fields[field])

    _attribute = _name


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
