"""The law of one day: every card of an edition in one graph, with the names its expressions read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from terreau.kernel.message import noop as _
from terreau.rules.cards import Answer, Card, Condition
from terreau.rules.expressions import Builder, ExpressionRefused, Meaning
from terreau.rules.finding import Findings, Place
from terreau.rules.functions import Table
from terreau.rules.graph import Graph, Term
from terreau.rules.pack import Pack
from terreau.rules.parameters import MISSING_LAW, NO_LAW_YET, UNCERTAIN_LAW, Figures
from terreau.rules.reckoning import AmountStep, Reckoning
from terreau.rules.shape import Reading
from terreau.rules.types import TRUTH, UNKNOWN, YES, Type, Unit, figure, with_domain
from terreau.rules.vocabulary import read_type

IN_FORCE = "in-force"


@dataclass(frozen=True)
class Placed:
    """A condition and where its truth stands in the graph; `slot` is None for one without expression."""

    id: str
    card: Card
    condition: Condition | None
    slot: int | None
    cause: str = ""

    @cached_property
    def law(self) -> dict[str, dict[str, Any]]:
        """The references of the condition, with their titles and addresses."""
        return self.card.law_of(self.condition.law) if self.condition else {}


@dataclass(frozen=True)
class Assessed:
    """A card as it is asked on the day: its conditions in order, the place of its status, of its amount."""

    card: Card
    conditions: tuple[Placed, ...]
    status: int
    amount: int | None
    steps: tuple[AmountStep, ...]
    answers: tuple[tuple[Answer, int], ...] = ()
    secondary: bool = False
    assumed: bool = False
    facts: frozenset[str] = frozenset()


@dataclass
class Rulebook:
    """An edition on a day, ready to be asked."""

    pack: Pack
    on: date
    graph: Graph
    assessed: dict[str, Assessed]
    closed: list[Card]
    derived: dict[str, tuple[Card, Term]]
    findings: Findings
    names: dict[int, list[str]] = field(default_factory=dict)
    reads: dict[int, list[str]] = field(default_factory=dict)
    uses: dict[str, list[Any]] = field(default_factory=dict)  # Any: `cells.Use`, which stands above
    alike: dict[int, Any] = field(default_factory=dict)  # Any: `verdicts.ConditionAnswer`, likewise

    def type_of(self, name: str) -> Type:
        """Return the type of a fact or of a derived name."""
        if name in self.derived:
            return self.derived[name][1].type
        return self.pack.vocabulary.facts[name].type

    @cached_property
    def verdicts(self) -> list[Assessed]:
        """The cards a carrier gets an answer on."""
        return [each for each in self.assessed.values() if each.card.gives_verdict]

    @cached_property
    def statuses(self) -> tuple[int, ...]:
        """The places where the statuses of these cards stand."""
        return tuple(dict.fromkeys(each.status for each in self.verdicts))

    @cached_property
    def reckoned(self) -> tuple[int, ...]:
        """The places where the steps of their amounts stand."""
        steps = [step.term.slot for each in self.verdicts for step in each.steps]
        return tuple(dict.fromkeys(steps))

    @cached_property
    def asked(self) -> dict[str, int]:
        """The order in which facts are asked: the order of the pack."""
        return {name: place for place, name in enumerate(self.pack.vocabulary.facts)}


@lru_cache(maxsize=64)
def rulebook(pack_key: "Edition", on: date) -> Rulebook:
    """Return the rulebook of an edition on a day, built once."""
    return build_rulebook(pack_key.pack, on)


class Edition:
    """All the cards as published: a pack and the hash of its canonical form."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.hash = pack.digest

    def on(self, day: date) -> Rulebook:
        """Return the law of a day. Raises `Refused` when a card of the day says nothing the engine can mean."""
        book = rulebook(self, day)
        book.findings.raise_errors()
        return book


def law_on(card: Card, day: date) -> tuple[str, str]:
    """Return whether a card is asked on a day ('open', 'closed', 'before') and the cause if that is not certain."""
    force = card.in_force
    if force.from_unknown and day < card.consulted:
        return "open", UNCERTAIN_LAW
    if force.period.first and day < force.period.first:
        return "before", ""
    if force.until_unknown and day > card.consulted:
        return "open", UNCERTAIN_LAW
    if force.period.last and day > force.period.last:
        return ("open", NO_LAW_YET) if force.after == "expected" else ("closed", "")
    return "open", ""


def build_rulebook(pack: Pack, on: date) -> Rulebook:
    """Return the rulebook of a pack on a day; what is wrong is kept in its findings."""
    return _Maker(pack, on).make()


class _Maker:
    """Builds a rulebook card by card; derived names are built when first read."""

    def __init__(self, pack: Pack, on: date) -> None:
        self.pack = pack
        self.reading = Reading(Findings(), pack.languages)
        self.book = Rulebook(pack, on, Graph(), {}, [], {}, self.reading.findings)
        self.tests: dict[str, tuple[Placed, ...]] = {}
        self.building: list[str] = []
        self.defining = self._defining()

    def _defining(self) -> dict[str, Card]:
        """Return the derived card that stands for each name on the day, else any that defines it."""
        found: dict[str, Card] = {}
        for card in self.pack.cards.values():
            if card.derived:
                name = card.derived.name
                if name not in found or law_on(card, self.book.on)[0] == "open":
                    found[name] = card
        return found

    def make(self) -> Rulebook:
        """Return the rulebook of the day."""
        for card in self.pack.cards.values():
            if card.derived:
                self.derived(card.derived.name)
            elif law_on(card, self.book.on)[0] != "open":
                self.book.closed.append(card)
            else:
                self.book.assessed[card.id] = self._assessed(card)
        return self.book

    def derived(self, name: str) -> Term | None:
        """Return the place of a derived name, building it if need be; None when nobody defines it."""
        if name in self.book.derived:
            return self.book.derived[name][1]
        card = self.defining.get(name)
        if card is None or card.derived is None:
            return None
        if name in self.building:
            self._cycle(card, name)
            return None
        self.building.append(name)
        declared = {"type": card.derived.type, "values": card.derived.values}
        kind = read_type(declared, self.pack.region.currency, self.reading)
        self.book.derived[name] = (card, self._derived_term(card, kind))
        self.building.remove(name)
        return self.book.derived[name][1]

    def _derived_term(self, card: Card, kind: Type) -> Term:
        assert card.derived is not None
        graph = self.book.graph
        term = None
        if law_on(card, self.book.on)[0] == "open":
            term = self.build(card, card.derived.value, card.places.get("value", card.place), kind)
        if term is None:
            term = graph.given(kind.unknown, kind, cause=MISSING_LAW, owner=card.id)
        low, high = graph.untold[term.slot]
        figures = isinstance(low, int) and kind.unit not in (Unit.CHOICE, Unit.CHOICES, Unit.TRUTH)
        term = Term(term.slot, with_domain(term.type, low, high) if figures else kind)
        self.book.names.setdefault(term.slot, []).append(card.derived.name)
        return term

    def _cycle(self, card: Card, name: str) -> None:
        path = [*self.building[self.building.index(name) :], name]
        self.reading.error(
            card.places.get("value", card.place),
            _("'{name}' is derived from itself: {path}."),
            _("Break the circle in one of these cards."),
            name=name,
            path=" -> ".join(path),
        )

    def build(self, card: Card, text: str, place: Place, wanted: Type | None) -> Term | None:
        """Return the place of an expression of a card, or None after an error was kept."""
        scope = CardScope(self, card)
        try:
            return Builder(self.book.graph, scope).build(text, wanted)
        except ExpressionRefused as refused:
            column = place.column + refused.column if place.line else 0
            self.reading.findings.error(
                Place(place.file, place.line, column), refused.what, refused.remedy
            )
            return None

    def _conditions(self, card: Card, shared: bool) -> tuple[Placed, ...]:
        placed = []
        for condition in card.conditions:
            slot = self._condition_slot(card, condition)
            name = f"{card.id}/{condition.id}" if shared else condition.id
            placed.append(Placed(name, card, condition, slot))
        return tuple(placed)

    def _condition_slot(self, card: Card, condition: Condition) -> int | None:
        if condition.when is None:
            return None
        term = self.build(card, condition.when, condition.places["when"], TRUTH)
        if term is None:
            return None
        if condition.kind == "test" and condition.read == "assumed":
            term = self.book.graph.apply("never_no", term, kind=TRUTH)
        return term.slot

    def included(self, name: str, card: Card) -> tuple[Placed, ...]:
        """Return the conditions of a shared test card, built once."""
        if name in self.tests:
            return self.tests[name]
        test = self.pack.cards.get(name)
        if test is None or test.kind != "test":
            self.reading.error(
                card.places.get("includes", card.place),
                _("'{name}' is no test card of this pack."),
                _("Name a card of kind 'test'."),
                name=name,
            )
            return ()
        if name in self.building:
            self._cycle(test, name)
            return ()
        self.building.append(name)
        state, cause = law_on(test, self.book.on)
        placed: tuple[Placed, ...] = ()
        if state == "open":
            inner = tuple(each for other in test.includes for each in self.included(other, test))
            placed = (*inner, *self._in_force(test, cause), *self._conditions(test, shared=True))
        self.building.remove(name)
        self.tests[name] = placed
        return placed

    def _in_force(self, card: Card, cause: str) -> tuple[Placed, ...]:
        if not cause:
            return ()
        term = self.book.graph.given(UNKNOWN, TRUTH, cause=cause, owner=card.id)
        return (Placed(f"{card.id}/{IN_FORCE}", card, None, term.slot, cause),)

    def _assessed(self, card: Card) -> Assessed:
        graph = self.book.graph
        shared = tuple(each for name in card.includes for each in self.included(name, card))
        cause = law_on(card, self.book.on)[1]
        if card.kind == "test":
            own = tuple(each for each in self.included(card.id, card) if each.card is card)
            shared = tuple(each for each in self.included(card.id, card) if each.card is not card)
        else:
            own = (*self._in_force(card, cause), *self._conditions(card, shared=False))
        conditions = (*shared, *own)
        truths = [
            Term(each.slot, TRUTH)
            for each in conditions
            if each.slot is not None and (each.condition is None or each.condition.kind == "test")
        ]
        status = graph.apply("every", *(truths or [graph.given(YES, TRUTH)]), kind=TRUTH)
        steps = self._amount_steps(card)
        reads = [each.condition.read for each in conditions if each.condition]
        reads += [parameter.read for parameter in card.parameters.values()]
        facts = graph.nodes[status.slot].facts
        return Assessed(
            card,
            conditions,
            status.slot,
            steps[-1].term.slot if steps else None,
            steps,
            self._answers(card),
            "secondary" in reads,
            "assumed" in reads,
            facts,
        )

    def _amount_steps(self, card: Card) -> tuple[AmountStep, ...]:
        if card.amount is None:
            return ()
        builder = Builder(self.book.graph, CardScope(self, card))
        return Reckoning(builder, self.build, card, self.pack.region.currency).steps()

    def _answers(self, card: Card) -> tuple[tuple[Answer, int], ...]:
        found = []
        for answer in card.answers:
            term = self.build(card, answer.when, answer.place, TRUTH)
            if term is not None:
                found.append((answer, term.slot))
        return tuple(found)


class CardScope:
    """The names a card can read: its parameters, derived names, facts, the day."""

    def __init__(self, maker: _Maker, card: Card) -> None:
        self.maker = maker
        self.card = card

    def names(self) -> Iterable[str]:
        """Return all of them."""
        return [
            *self.card.parameters,
            *self.maker.defining,
            *self.maker.pack.vocabulary.facts,
            "on",
        ]

    def resolve(self, name: str) -> Meaning | None:
        """Return what a name stands for."""
        book = self.maker.book
        if name == "on":
            return book.graph.given((book.on.toordinal(),) * 2, figure(Unit.DATE))
        if name in self.card.parameters:
            return self._parameter(name)
        if name in self.maker.defining:
            return self.maker.derived(name)
        fact = book.pack.vocabulary.facts.get(name)
        return book.graph.fact(name, fact.type) if fact else None

    def _parameter(self, name: str) -> Meaning | None:
        maker = self.maker
        parameter = self.card.parameters[name]
        keys = [self.resolve(key) for key in parameter.by]
        types = [key.type for key in keys if isinstance(key, Term | Table)]
        if len(types) != len(keys) or any(kind.unit is not Unit.CHOICE for kind in types):
            maker.reading.error(
                parameter.place, _("A key of this table is no choice."), _("Name choices in 'by'.")
            )
            return None
        figures = Figures(
            maker.book.graph, self.card.id, maker.book.on, maker.pack.region.currency, maker.reading
        )
        return figures.meaning(parameter, types)
