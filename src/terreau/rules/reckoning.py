"""The steps by which a card reckons its amount, as places in the graph."""

import ast
from collections.abc import Callable
from dataclasses import dataclass

from terreau.rules.cards import Amount, Card
from terreau.rules.expressions import Builder
from terreau.rules.finding import Place
from terreau.rules.graph import Graph, Term
from terreau.rules.source import place_of
from terreau.rules.types import TRUTH, Type, Unit, figure

Build = Callable[[Card, str, Place, Type | None], Term | None]

ROUNDINGS = {
    "cents half up": ("rounded_half_up", 1),
    "cents down": ("rounded_down", 1),
    "units down": ("rounded_down", 100),
}


@dataclass(frozen=True)
class AmountStep:
    """One step of the reckoning of an amount, with the parameters it reads."""

    id: str
    term: Term
    names: tuple[str, ...] = ()


class Reckoning:
    """Builds the steps of an amount."""

    def __init__(self, builder: Builder, build: Build, card: Card, currency: str) -> None:
        self.builder, self.build, self.card = builder, build, card
        assert card.amount is not None
        self.amount: Amount = card.amount
        self.graph: Graph = builder.graph
        self.money = figure(Unit.MONEY, currency=currency)
        self.rate = figure(Unit.RATE)

    def steps(self) -> tuple[AmountStep, ...]:
        """Return the steps; none when one of them could not be built."""
        steps: list[AmountStep | None]
        value = self.amount.value
        steps = (
            self._shaped() if value is None else [self._step("value", "value", value, self.money)]
        )
        if any(step is None for step in steps):
            return ()
        built = [step for step in steps if step is not None]
        return (*built, *self._bounded(built[-1].term))

    def _step(self, name: str, key: str, text: str, kind: Type) -> AmountStep | None:
        place = self.amount.places.get(key, self.amount.place)
        return self._placed(name, text, place, kind)

    def _placed(self, name: str, text: str, place: Place, kind: Type) -> AmountStep | None:
        term = self.build(self.card, text, place, kind)
        return AmountStep(name, term, (text,)) if term else None

    def _shaped(self) -> list[AmountStep | None]:
        costs = [
            self._placed("cost", f"costs.{each}", place_of(each), self.money)
            for each in self.amount.base
        ]
        rates = [self._step("intensity", "intensity", self.amount.intensity or "", self.rate)]
        rates += [self._step("add", "adds", text, self.rate) for text in self.amount.adds]
        if None in costs or None in rates:
            return [None]
        base = self._sum([step.term for step in costs if step])
        rate = self._sum([step.term for step in rates if step])
        kind = figure(Unit.MONEY, base.type.scale + rate.type.scale, base.type.currency)
        above = all(self.graph.untold[each.slot][0] >= 0 for each in (base, rate))
        product = self.graph.apply("times_from_zero" if above else "times", base, rate, kind=kind)
        extra = [AmountStep("rate", rate)] if len(rates) > 1 else []
        total = [AmountStep("base", base)] if len(costs) > 1 else []
        return [*costs, *total, *rates, *extra, AmountStep("reckoned", product)]

    def _sum(self, terms: list[Term]) -> Term:
        total = terms[0]
        for term in terms[1:]:
            left, right = self.builder.aligned(ast.Constant(0), total, term)
            total = self.graph.apply("plus", left, right, kind=left.type)
        return total

    def _bounded(self, term: Term) -> list[AmountStep]:
        """Return the ceiling, the rounding and the floor, in that order."""
        steps = []
        if self.amount.ceiling is not None:
            ceiling = self._step("ceiling", "ceiling", self.amount.ceiling, self.money)
            if ceiling:
                left, right = self.builder.aligned(ast.Constant(0), term, ceiling.term)
                term = self.graph.apply("minimum", left, right, kind=left.type)
                steps.append(ceiling)
        term = self._rounded(term)
        if self.amount.floor is not None:
            floor = self._step("floor", "floor", self.amount.floor, self.money)
            if floor:
                left, right = self.builder.aligned(ast.Constant(0), floor.term, term)
                reached = self.graph.apply("at_most", left, right, kind=TRUTH)
                none = self.graph.given((0, 0), term.type)
                term = self.graph.apply("where", reached, term, none, kind=term.type)
                steps.append(floor)
        return [*steps, AmountStep("amount", term)]

    def _rounded(self, term: Term) -> Term:
        operator, step = ROUNDINGS[self.amount.rounding]
        how = (1, step * 10 ** (term.type.scale - 2), step)
        return self.graph.apply(operator, term, kind=self.money, extra=how)
