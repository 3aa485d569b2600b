"""The answer on each measure: its status, its conditions with what they read, its amount, what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from terreau.kernel.interval import Interval
from terreau.kernel.message import Message
from terreau.kernel.message import noop as _
from terreau.kernel.money import Money
from terreau.kernel.text import Text
from terreau.kernel.truth import Truth
from terreau.rules.cards import Card
from terreau.rules.dossier import Dossier
from terreau.rules.graph import Graph, Values
from terreau.rules.missing import Openness
from terreau.rules.reckoning import AmountStep
from terreau.rules.rulebook import Assessed, Placed, Rulebook
from terreau.rules.types import NO, UNKNOWN, YES, Pair, Type, Unit, write, write_figure

ELIGIBLE, INELIGIBLE, UNDETERMINED, CLOSED = "eligible", "ineligible", "undetermined", "closed"
STATUS = {Truth.YES: ELIGIBLE, Truth.NO: INELIGIBLE, Truth.UNKNOWN: UNDETERMINED}
TRUTHS = {YES: Truth.YES, NO: Truth.NO, UNKNOWN: Truth.UNKNOWN}
SAYS_IN_FORCE = {
    "uncertain-law": _("This rule was in force on the day asked."),
    "no-law-yet": _("The rule that follows the one that ended is published."),
}


class ConditionAnswer(NamedTuple):
    """One condition, answered. `reads` holds what it read, as written; None where nothing is known."""

    id: str
    kind: str
    truth: Truth
    says: Text | Message
    law: Mapping[str, Mapping[str, Any]]
    reads: Mapping[str, Any]
    cause: str | None
    by: str | None = None
    read: str = "text"


class Step(NamedTuple):
    """One step of the reckoning of an amount; its figure as written."""

    id: str
    says: Text | None
    value: Any
    unit: str
    pair: Pair
    type: Type


@dataclass(frozen=True)
class Caution:
    """What the answer rests on that is not read in the law itself, or is due to be read again."""

    kind: str
    says: Message
    law: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


class Verdict(NamedTuple):
    """The answer on one measure."""

    card: Card
    status: str
    amount: Interval[Money] | None
    steps: tuple[Step, ...]
    conditions: tuple[ConditionAnswer, ...]
    then: tuple[ConditionAnswer, ...]
    missing: tuple[str, ...]
    cautions: tuple[Caution, ...]


def statuses(book: Rulebook, dossier: Dossier) -> dict[str, str]:
    """Return the status of every measure, bare: nothing that no status reads is reckoned."""
    values = book.graph.run(dossier.told, book.statuses)
    return {each.card.id: status_of(values, each) for each in book.verdicts}


def status_of(values: Values, assessed: Assessed) -> str:
    """Return the status of one card."""
    must, may = values[assessed.status]
    if must:
        return ELIGIBLE
    return UNDETERMINED if may else INELIGIBLE


class Explaining:
    """Explains the answers of a rulebook on one dossier; what several cards share is told once."""

    def __init__(self, book: Rulebook, dossier: Dossier, values: Values | None = None) -> None:
        self.book = book
        self.graph: Graph = book.graph
        self.told = dossier.told
        self.values = book.graph.run(dossier.told) if values is None else values
        self._open = Openness(book.graph, self.values)
        self._conditions: dict[int, ConditionAnswer] = {}
        self._found: dict[int, tuple[Truth, Mapping[str, Any], str | None]] = {}
        self._written: dict[str, Any] = {}
        self._figures: dict[int, str] = {}

    def verdicts(self, *, everything: bool = False) -> list[Verdict]:
        """Return the answer on each measure, in the order of the pack; closed ones too when asked."""
        found = [self.verdict(each) for each in self.book.verdicts]
        if everything:
            found += [_closed(card) for card in self.book.closed if card.gives_verdict]
        return found

    def verdict(self, assessed: Assessed) -> Verdict:
        """Return the answer on one card."""
        status = status_of(self.values, assessed)
        answers = [self.answer(placed) for placed in assessed.conditions]
        amount = None if status == INELIGIBLE else self._amount(assessed)
        return Verdict(
            assessed.card,
            status,
            amount,
            self._steps(assessed) if amount else (),
            tuple(each for each in answers if each.kind == "test"),
            tuple(each for each in answers if each.kind != "test" and each.truth is not Truth.NO),
            self._missing(assessed, status),
            self._cautions(assessed),
        )

    def _cautions(self, assessed: Assessed) -> tuple[Caution, ...]:
        alike = self.book.alike
        if id(assessed) not in alike:
            alike[id(assessed)] = cautions(assessed, self.book)
        found: tuple[Caution, ...] = alike[id(assessed)]
        return found

    def _missing(self, assessed: Assessed, status: str) -> tuple[str, ...]:
        if status == INELIGIBLE:
            return ()
        first = self._open.why(assessed.status).facts
        facts = dict.fromkeys(first)
        if assessed.amount is not None:
            facts.update(dict.fromkeys(self._open.why(assessed.amount).facts))
        asked = self.book.asked
        return tuple(sorted(facts, key=lambda name: (name not in first, asked[name])))

    def answer(self, placed: Placed) -> ConditionAnswer:
        """Return a condition answered; one that reads nothing that is told is the same for every dossier."""
        found = self._conditions.get(id(placed))
        if found is None:
            alike = self.book.alike if self._reads_nothing(placed.slot) else self._conditions
            found = alike.get(id(placed)) or self._answered(placed)
            alike[id(placed)] = self._conditions[id(placed)] = found
        return found

    def _reads_nothing(self, slot: int | None) -> bool:
        """Whether nothing that is told is read at a place."""
        return slot is None or self.told.keys().isdisjoint(names_read(self.book, slot))

    def _answered(self, placed: Placed) -> ConditionAnswer:
        condition = placed.condition
        if condition is None:
            says = Message(SAYS_IN_FORCE[placed.cause])
            return ConditionAnswer(placed.id, "test", Truth.UNKNOWN, says, {}, {}, placed.cause)
        truth = Truth.UNKNOWN if condition.kind == "discretion" else Truth.YES
        reads: Mapping[str, Any] = {}
        cause = None
        if placed.slot is not None:
            truth, reads, cause = self.looked_up(placed.slot)
        return ConditionAnswer(
            placed.id,
            condition.kind,
            truth,
            condition.says,
            placed.law,
            reads,
            cause,
            condition.by,
            condition.read,
        )

    def looked_up(self, slot: int) -> tuple[Truth, Mapping[str, Any], str | None]:
        """Return the truth at a place, what it reads, and the cause if it is unknown; told once a place."""
        if slot not in self._found:
            truth = TRUTHS[self.values[slot]]
            cause = None if truth is not Truth.UNKNOWN else self.cause(slot)
            self._found[slot] = (truth, self.reads(slot), cause)
        return self._found[slot]

    def cause(self, slot: int) -> str | None:
        """Return why a place is open, or None for one that is settled."""
        return self._open.why(slot).cause

    def also(self, told: Mapping[str, Pair]) -> "Explaining":
        """Return what explains the same dossier with some more told."""
        whole = Dossier({**self.told, **told})
        return Explaining(self.book, whole, self.graph.changed(self.values, told))

    def reads(self, root: int) -> dict[str, Any]:
        """Return what a condition reads: derived names, then facts, as written."""
        names = names_read(self.book, root)
        return {name: self.written(name) for name in names}

    def written(self, name: str) -> Any:
        """Return the value of a fact or a derived name as written; None where nothing is known."""
        if name not in self._written:
            self._written[name] = self._write(name)
        return self._written[name]

    def _write(self, name: str) -> Any:
        if name in self.book.derived:
            term = self.book.derived[name][1]
            return write(self.values[term.slot], term.type)
        kind = self.book.type_of(name)
        return write(self.told[name], kind) if name in self.told else None

    def _amount(self, assessed: Assessed) -> Interval[Money] | None:
        if assessed.amount is None:
            return None
        low, high = self.values[assessed.amount]
        if low != high and self._at_the_edge(assessed.amount):
            return Interval(Money(low), None)
        return Interval(Money(low), Money(high))

    def _at_the_edge(self, slot: int) -> bool:
        """Whether the high end moves when domains are wider: then nothing bounds it."""
        return bool(self._wide[slot][1] != self.values[slot][1])

    @cached_property
    def _wide(self) -> Values:
        return wider(self.book, self.values, self.told)

    def _steps(self, assessed: Assessed) -> tuple[Step, ...]:
        return tuple(self._step(assessed.card, step) for step in assessed.steps)

    def _step(self, card: Card, step: AmountStep) -> Step:
        alike = self.book.alike
        if id(step) not in alike:
            alike[id(step)] = step_words(self.book, card, step)
        slot, kind = step.term.slot, step.term.type
        if slot not in self._figures:
            value = self.values[slot]
            edge = value[0] != value[1] and self._at_the_edge(slot)
            self._figures[slot] = _figure(value, kind, edge=edge)
        figure = self._figures[slot]
        return Step(step.id, alike[id(step)], figure, kind.unit.value, self.values[slot], kind)


def _figure(value: Pair, kind: Type, *, edge: bool) -> str:
    low, high = value
    return f"{write_figure((low, low), kind)} .." if edge else write_figure((low, high), kind)


def step_words(book: Rulebook, card: Card, step: AmountStep) -> Text | None:
    """Return what a step is called: the words of its cost, parameter or derived name."""
    for text in step.names:
        name = text.partition("[")[0].strip()
        if name in book.pack.vocabulary.facts:
            return book.pack.vocabulary.facts[name].label
        if name in card.parameters:
            return card.parameters[name].label
    return None


def names_read(book: Rulebook, root: int) -> list[str]:
    """Return the derived names and then the facts that a place reads; kept, since it never changes."""
    if root not in book.reads:
        derived: dict[str, None] = {}
        facts: dict[str, None] = {}
        stack = [root]
        seen: set[int] = set()
        while stack:
            slot = stack.pop()
            if slot in seen:
                continue
            seen.add(slot)
            derived.update(dict.fromkeys(book.names.get(slot, ())))
            node = book.graph.nodes[slot]
            if node.operator == "fact":
                facts[node.extra] = None
            stack += reversed(node.operands)
        book.reads[root] = [*derived, *facts]
    return book.reads[root]


BOUNDLESS = {Unit.MONEY, Unit.NUMBER, Unit.COUNT}


def wider(book: Rulebook, values: Values, told: Mapping[str, Pair]) -> Values:
    """Return the values if what is not known could be a thousand times larger than its domain allows."""
    graph = book.graph
    changes: dict[int, Pair] = {}
    for name, slot in graph.facts.items():
        kind = graph.nodes[slot].type
        if name not in told and kind.unit in BOUNDLESS:
            changes[slot] = (kind.low, kind.high * 1000)
        elif name not in told and kind.unit is Unit.RECORDS:
            changes[slot] = ((), kind.most * 1000)
    for slot in graph.causes:
        kind = graph.nodes[slot].type
        if kind.unit in BOUNDLESS and values[slot] == kind.unknown:
            changes[slot] = (kind.low, kind.high * 1000)
    return graph.replaced(values, changes, book.reckoned)


def cautions(assessed: Assessed, book: Rulebook) -> tuple[Caution, ...]:
    """Return what the answer rests on that a reader should know."""
    found = []
    card = assessed.card
    if assessed.secondary:
        found.append(
            Caution(
                "secondary", Message(_("Some of this was read in another source than the law."))
            )
        )
    if assessed.assumed:
        found.append(
            Caution(
                "assumed",
                Message(_("Some of this is our reading: it can confirm, it never refuses.")),
            )
        )
    if card.verified == "not":
        found.append(
            Caution(
                "unverified",
                Message(_("These terms were not verified: ask before you count on them.")),
            )
        )
    if card.review_by < book.on:
        blanks = {"day": card.review_by.isoformat()}
        found.append(
            Caution("overdue", Message(_("This card was to be read again by {day}."), blanks))
        )
    return tuple(found)


def _closed(card: Card) -> Verdict:
    return Verdict(card, CLOSED, None, (), (), (), (), ())
