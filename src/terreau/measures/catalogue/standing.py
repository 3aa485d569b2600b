"""How a measure stands on a day: whether it is law, whether one may ask for it, what it gives at most."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from terreau.measures.core import Span
from terreau.rules import Dossier, Edition
from terreau.rules.cards import Card
from terreau.rules.parameters import NO_LAW_YET
from terreau.rules.rulebook import law_on
from terreau.rules.types import DOMAINS, Unit
from terreau.rules.verdicts import Explaining

# The days of which the law can be asked.
FIRST_DAY, LAST_DAY = (date.fromordinal(day) for day in DOMAINS[Unit.DATE])


class State(Enum):
    """Whether a measure is law on a day, in the order in which measures are shown."""

    IN_FORCE = "in-force"
    UNCERTAIN = "uncertain"
    EXPECTED = "expected"
    NOT_YET = "not-yet"
    ENDED = "ended"


class Asking(Enum):
    """Whether one may ask for a measure on a day, as far as its card says."""

    UNSAID = "unsaid"
    AHEAD = "ahead"
    OPEN = "open"
    PAST = "past"


@dataclass(frozen=True)
class Gift:
    """What a measure gives to someone of whom nothing is told yet.

    `span` is None where no money is given; `hangs` tells that the amount hangs on figures of the carrier.
    """

    span: Span | None
    hangs: bool

    @property
    def has_figure(self) -> bool:
        """Whether the amount says anything."""
        return self.span is not None and self.span.says_something


def state_on(card: Card, day: date) -> State:
    """Return whether a card is law on a day."""
    stands, cause = law_on(card, day)
    if stands == "closed":
        return State.ENDED
    if stands == "before":
        return State.NOT_YET
    if cause == NO_LAW_YET:
        return State.EXPECTED
    return State.UNCERTAIN if cause else State.IN_FORCE


def asking_on(card: Card, day: date) -> Asking:
    """Return whether the window to ask is open on a day."""
    opens, closes = card.apply.get("opens"), card.apply.get("closes")
    if closes and day > closes:
        return Asking.PAST
    if opens and day < opens:
        return Asking.AHEAD
    return Asking.OPEN if opens and closes else Asking.UNSAID


def day_to_read(card: Card, day: date) -> date:
    """Return the day whose law is read: its last when a card has ended, its first before it begins."""
    period = card.in_force.period
    state = state_on(card, day)
    if state is State.ENDED and period.last:
        return period.last
    return period.first if state is State.NOT_YET and period.first else day


def nothing_told(edition: Edition, day: date) -> Explaining:
    """Return what explains the law of a day to someone of whom nothing is told."""
    return Explaining(edition.on(day), Dossier({}))


def gift_of(card: Card, explaining: Explaining) -> Gift:
    """Return what a card that is law gives to someone of whom nothing is told."""
    assessed = explaining.book.assessed[card.id]
    amount = explaining.verdict(assessed).amount
    hangs = assessed.amount is not None and bool(explaining.graph.nodes[assessed.amount].facts)
    if amount is None:
        return Gift(None, hangs)
    return Gift(Span(amount.low.cents, None if amount.high is None else amount.high.cents), hangs)
