"""Cards bound to a day: their expressions put into one graph, their names given a meaning."""

from collections.abc import Iterable
from datetime import date

from terreau.kernel.message import noop as _
from terreau.rules import source
from terreau.rules.cards import Answer, Caps, Card, Condition, Figure
from terreau.rules.expressions import AlreadyTold, Builder, ExpressionRefused, Meaning
from terreau.rules.finding import Findings, Place
from terreau.rules.functions import Table
from terreau.rules.graph import Graph, Term
from terreau.rules.pack import Pack
from terreau.rules.parameters import MISSING_LAW, Figures
from terreau.rules.reckoning import AmountStep, Reckoning
from terreau.rules.rulebook import (
    IN_FORCE,
    Assessed,
    Placed,
    PlacedAnswer,
    PlacedCaps,
    PlacedFigure,
    Rulebook,
    law_on,
)
from terreau.rules.shape import Reading
from terreau.rules.source import place_of
from terreau.rules.types import TRUTH, UNKNOWN, YES, Type, Unit, figure, with_domain
from terreau.rules.vocabulary import read_type


def line_fact(records: str, name: str) -> str:
    """Return the name under which the graph knows a field of the cost line that is ruled."""
    return f"{records}[].{name}"


def build_rulebook(pack: Pack, on: date) -> Rulebook:
    """Return the rulebook of a pack on a day; what is wrong is kept in its findings."""
    return _Maker(pack, on).make(pack.cards.values())


def build_for(pack: Pack, on: date, card: Card) -> Rulebook:
    """Return the rulebook of one card on a day, with what it reads of others and no more."""
    return _Maker(pack, on).make([card])


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
                if name not in found or self._certainty(card) > self._certainty(found[name]):
                    found[name] = card
        return found

    def _certainty(self, card: Card) -> int:
        """Return how surely a card is law on the day: 2 in force, 1 perhaps, 0 not."""
        state, cause = law_on(card, self.book.on)
        return 0 if state != "open" else 1 if cause else 2

    def make(self, cards: Iterable[Card]) -> Rulebook:
        """Return the rulebook of these cards on the day."""
        for card in cards:
            if card.derived:
                self.derived(card.derived.name)
            elif law_on(card, self.book.on)[0] != "open":
                self.book.closed.append(card)
            else:
                self.book.assessed[card.id] = self._assessed(card)
        return self.book

    def derived(self, name: str) -> Term | None:
        """Return the place of a derived name, building it if need be; None when it is derived from itself."""
        if name in self.book.derived:
            return self.book.derived[name][1]
        card = self.defining[name]
        assert card.derived is not None  # it defines the name
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
        state, cause = law_on(card, self.book.on)
        if state == "open":
            term = self.build(card, card.derived.value, card.places.get("value", card.place), kind)
        if term is None or cause:
            term = graph.given(kind.unknown, kind, cause=cause or MISSING_LAW, owner=card.id)
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
        except AlreadyTold:
            return None
        except ExpressionRefused as refused:
            if place_of(text).file:
                place = source.spot(text, place_of(text), refused.offset(text))
            self.reading.findings.error(place, refused.what, refused.remedy)
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
                _place(card, "includes", name),
                _("'{name}' is no test card of this pack."),
                _("Name a card of kind 'test'."),
                name=name,
            )
            return ()
        if name in self.building:
            path = [*self.building[self.building.index(name) :], name]
            self.reading.error(
                card.places.get("includes", card.place),
                _("'{name}' includes itself: {path}."),
                _("Break the circle in one of these cards."),
                name=name,
                path=" -> ".join(path),
            )
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
        # A test that another test includes too stands once in an answer.
        shared = tuple(
            dict.fromkeys(each for name in card.includes for each in self.included(name, card))
        )
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
            self._answers(card, cause),
            self._figures(card, cause),
            self._caps(card, cause),
            "secondary" in reads,
            "assumed" in reads,
            facts,
        )

    def _amount_steps(self, card: Card) -> tuple[AmountStep, ...]:
        if card.amount is None:
            return ()
        builder = Builder(self.book.graph, CardScope(self, card))
        return Reckoning(builder, self.build, card, self.pack.region.currency).steps()

    def _answers(self, card: Card, cause: str) -> tuple[PlacedAnswer, ...]:
        found = []
        for answer in card.answers:
            term = self._said(card, answer, TRUTH, cause)
            leads = self._part(card, answer, "leads", TRUTH)
            due = self._part(card, answer, "due", figure(Unit.DATE))
            within = self._part(card, answer, "within", figure(Unit.COUNT))
            if term is not None:
                lead = leads.slot if leads else None
                found.append(PlacedAnswer(answer, term.slot, lead, due, within))
        return tuple(found)

    def _part(self, card: Card, answer: Answer, key: str, kind: Type) -> Term | None:
        text = getattr(answer, key)
        return self.build(card, text, answer.places[key], kind) if text else None

    def _said(self, card: Card, said: Answer | Figure, kind: Type, cause: str) -> Term | None:
        """Return the place of what a card says: open while the card may not be in force, never no on an assumption."""
        term = self.build(card, *said.expression, kind)
        graph = self.book.graph
        if term is None:
            return None
        if kind.unit is not Unit.TRUTH:
            return graph.given(kind.unknown, kind, cause=cause, owner=card.id) if cause else term
        if cause:
            doubt = graph.given(UNKNOWN, TRUTH, cause=cause, owner=card.id)
            term = graph.apply("every", term, doubt, kind=TRUTH)
        return graph.apply("never_no", term, kind=TRUTH) if said.read == "assumed" else term

    def _figures(self, card: Card, cause: str) -> tuple[PlacedFigure, ...]:
        figures = card.surplus.figures.values() if card.surplus else ()
        placed = [self._figure(card, each, self._surplus_type(each.key), cause) for each in figures]
        return tuple(each for each in placed if each is not None)

    def _surplus_type(self, key: str) -> Type:
        if key in ("carry_over", "profit"):
            return TRUTH
        currency = self.pack.region.currency
        return figure(Unit.MONEY, currency=currency) if key == "base" else figure(Unit.RATE)

    def _figure(
        self, card: Card, said: Figure | None, kind: Type, cause: str
    ) -> PlacedFigure | None:
        if said is None:
            return None
        term = self._said(card, said, kind, cause)
        return PlacedFigure(said, term) if term is not None else None

    def _caps(self, card: Card, cause: str) -> PlacedCaps | None:
        caps = card.caps
        if caps is None:
            return None
        self._check_lines(card, caps)
        money = figure(Unit.MONEY, currency=self.pack.region.currency)
        category = {
            key: self._figure(card, each, money, cause) for key, each in caps.category.items()
        }
        return PlacedCaps(
            self._figure(card, caps.line, money, cause),
            {key: each for key, each in category.items() if each is not None},
            self._figure(card, caps.cross_funding, money, cause),
            self._figure(card, caps.overall, money, cause),
        )

    def _check_lines(self, card: Card, caps: Caps) -> None:
        """Keep an error unless the lines are records with an amount and, for caps by category, a category."""
        fact = self.pack.vocabulary.facts.get(caps.lines)
        fields = fact.type.fields if fact else {}
        amount, category = fields.get("amount"), fields.get("category")
        if amount is None or amount.unit is not Unit.MONEY:
            self.reading.error(
                card.places["lines"],
                _("'{name}' is no list of cost lines."),
                _("Name records with a field 'amount' in money."),
                name=caps.lines,
            )
        elif caps.category and not (category and set(caps.category) <= set(category.values)):
            self.reading.error(
                card.places["caps"],
                _("A cap names a category that the lines do not have."),
                _("Use the values of their field 'category'."),
            )


class CardScope:
    """The names a card can read: its parameters, derived names, facts, the day."""

    def __init__(self, maker: _Maker, card: Card) -> None:
        self.maker = maker
        self.card = card

    def names(self) -> Iterable[str]:
        """Return all of them."""
        caps = self.card.caps
        lines = self.maker.pack.vocabulary.facts.get(caps.lines) if caps else None
        return [
            *(f"line.{name}" for name in (lines.type.fields if lines else ())),
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
            return _found(self._parameter(name))
        if name in self.maker.defining:
            return _found(self.maker.derived(name))
        if name.startswith("line.") and self.card.caps:
            return self._field(self.card.caps.lines, name.removeprefix("line."))
        fact = book.pack.vocabulary.facts.get(name)
        return book.graph.fact(name, fact.type) if fact else None

    def _field(self, records: str, name: str) -> Meaning | None:
        """Return a field of the line that is ruled: a fact of its own, told line by line."""
        fact = self.maker.pack.vocabulary.facts.get(records)
        kind = fact.type.fields.get(name) if fact else None
        return self.maker.book.graph.fact(line_fact(records, name), kind) if kind else None

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


def _place(card: Card, key: str, name: str) -> Place:
    """Return where a name stands under a key of a card, or where the key does."""
    return place_of(name) if place_of(name).file else card.places.get(key, card.place)


def _found(meaning: Meaning | None) -> Meaning:
    """Return what a declared name stands for. Raises `AlreadyTold` when its declaration was refused."""
    if meaning is None:
        raise AlreadyTold
    return meaning
