"""Records gone through, and with them the whole language."""

import ast
from dataclasses import replace
from difflib import get_close_matches

from terreau.kernel.message import noop as _
from terreau.rules.expressions.calls import Calls
from terreau.rules.expressions.language import (
    Part,
    dotted,
    refuse,
)
from terreau.rules.functions import Gathered, gathered_unit
from terreau.rules.graph import Graph, Term
from terreau.rules.types import FIGURES, Type, Unit


class Builder(Calls):
    """Puts expressions into a graph."""

    # records

    def _gathered(self, at: ast.Call, how: str) -> Term:
        (each,) = self._arguments(at, 1, 1)
        loop = each.generators[0] if isinstance(each, ast.GeneratorExp) else None
        if loop is None or not isinstance(each, ast.GeneratorExp) or len(each.generators) != 1:
            raise refuse(
                at,
                _("This goes through one list of records."),
                _("Write {how}(r.f for r in records if test)."),
                how=how,
            )
        records = self._of_unit(loop.iter, Unit.RECORDS)
        if not isinstance(loop.target, ast.Name) or loop.is_async:
            raise refuse(
                loop.target, _("A row needs one plain name."), _("Write 'for r in records'.")
            )
        if len(loop.ifs) > 1:
            raise refuse(
                loop.ifs[1],
                _("Records are gone through with one test."),
                _("Join the tests with 'and'."),
            )
        row = _RowBuilder(self, loop.target.id, records.type)
        test = row.truth(loop.ifs[0]) if loop.ifs else None
        if how == "count":
            row.only_row(each.elt)
        gives = None if how == "count" else row.gives(each.elt, how)
        gathered = Gathered(
            how,
            row.graph,
            tuple(row.given),
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


class _RowBuilder(Builder):
    """Builds what is asked of one row; what does not name the row is built outside, once."""

    def __init__(self, outer: Builder, row: str, records: Type) -> None:
        super().__init__(Graph(), outer.scope)
        self.outer = outer
        self.row = row
        self.records = records
        self.given: dict[str, Term] = {}

    def only_row(self, at: ast.expr) -> None:
        """Refuse to count anything but rows: what is to be counted of them is a test."""
        if dotted(at) != self.row:
            raise refuse(
                at,
                _("Rows are counted, not what stands in them."),
                _("Write count({row} for {row} in records if test)."),
                row=self.row,
            )

    def gives(self, at: ast.expr, how: str) -> Term:
        """Return the place of what a row gives."""
        if how in ("any", "all"):
            return self.truth(at)
        if how == "sum":
            term = self.figure(at)
            if term.type.unit is Unit.DATE:
                raise refuse(at, _("Dates are not added."), _("Use earliest or latest."))
            return term
        return self._of_unit(at, Unit.DATE)

    def meaning(self, at: ast.expr, wanted: Type | None = None) -> Term | Part:
        """Return what a tree stands for in this row."""
        if isinstance(at, ast.GeneratorExp) or (
            isinstance(at, ast.Call) and any(isinstance(each, ast.GeneratorExp) for each in at.args)
        ):
            raise refuse(
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
            raise refuse(
                at,
                _("A row of these records has no '{field}'."),
                _("Did you mean '{near}'?"),
                field=field or self.row,
                near=near[0] if near else "",
            )
        return self.graph.fact(field, self.records.fields[field])

    _attribute = _name
