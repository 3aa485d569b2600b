"""One answer of a measure, and all that a reader may ask of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from terreau.kernel.message import Message
from terreau.kernel.text import Text
from terreau.kernel.truth import Truth
from terreau.rules.cards import Card, LawText
from terreau.rules.pack import Authority
from terreau.rules.types import DOMAINS, FIGURES, Pair, Type, Unit
from terreau.rules.vocabulary import Fact

# Figures that could be as large as one likes: their domain is only a wide fence.
BOUNDLESS = frozenset({Unit.MONEY, Unit.NUMBER, Unit.COUNT})


class Standing(Enum):
    """What an answer means to its reader, in the order in which answers are shown."""

    OPEN = "open"
    TO_CONFIRM = "to-confirm"
    WAITING = "waiting"
    CLOSED = "closed"
    ENDED = "ended"


@dataclass(frozen=True)
class Reference:
    """An article of a text, and where the text can be read."""

    title: Text
    article: str
    url: str


@dataclass(frozen=True)
class Told:
    """What is told of one fact; nothing told is everything still possible."""

    label: Text
    type: Type
    values: Mapping[str, Text]
    value: Pair

    @property
    def known(self) -> bool:
        """Whether anything is told of the fact."""
        if self.type.unit in FIGURES and self.unbounded and self.value[0] <= self.type.low:
            return False
        return bool(self.value != self.type.unknown)

    @property
    def unbounded(self) -> bool:
        """Whether nothing bounds a figure above: its high end is the edge of its domain.

        What is reckoned from such a figure lies near an edge of its own, which says as little.
        """
        low, high = self.value
        edge = min(self.type.high, DOMAINS[self.type.unit][1])
        reckoned = self.type.unit in BOUNDLESS and high * 2 >= edge
        return bool(low != high and (high >= edge or reckoned))


@dataclass(frozen=True)
class Reason:
    """One condition of a measure, held against the dossier."""

    says: Text | Message
    truth: Truth
    law: tuple[Reference, ...]
    told: tuple[Told, ...]
    cause: str | None
    read: str

    @property
    def shown(self) -> tuple[Told, ...]:
        """What it was read from; what is not told matters only while the answer is open."""
        if not self.truth.settled:
            return self.told
        return tuple(told for told in self.told if told.known)


@dataclass(frozen=True)
class Afterwards:
    """What follows once the conditions are met: a decision that someone takes, or a duty."""

    says: Text | Message
    by: Authority
    law: tuple[Reference, ...]
    certain: bool


@dataclass(frozen=True)
class Caution:
    """What an answer rests on that is not sure: a second hand, an assumption, a review overdue."""

    says: Text | Message
    law: tuple[Reference, ...]


@dataclass(frozen=True)
class Span:
    """An amount in whole cents, from `low` to `high`; nothing bounds it where `high` is None."""

    low: int
    high: int | None

    @property
    def says_something(self) -> bool:
        """Whether the amount is more than 'anything from nothing up'."""
        return self.low > 0 or self.high is not None


@dataclass(frozen=True)
class Figure:
    """A figure, or the interval in which it lies: cents for money, days for dates, else as it is."""

    unit: Unit
    low: Fraction
    high: Fraction | None

    @property
    def says_nothing(self) -> bool:
        """Whether it could be anything: from nothing up, or a rate from nothing to all."""
        if self.low > 0:
            return False
        return self.high is None or (self.unit is Unit.RATE and self.high >= 1)


@dataclass(frozen=True)
class Step:
    """One line of how an amount was reckoned."""

    id: str
    says: Text | None
    figure: Figure


@dataclass(frozen=True)
class Change:
    """One fact that the carrier can change: what it would be, or as well be, and what it is."""

    to: tuple[Told, ...]
    instead_of: Told | None


@dataclass(frozen=True)
class Opening:
    """Changes that together remove the refusal; `fully` tells an open door from one still ajar."""

    changes: tuple[Change, ...]
    fully: bool
    closes: tuple[Text, ...]


@dataclass(frozen=True)
class Answer:
    """What one measure answers, with all that a reader may ask of it."""

    card: Card
    authority: Authority
    standing: Standing
    verified: str
    amount: Span | None
    steps: tuple[Step, ...]
    conditions: tuple[Reason, ...]
    discretions: tuple[Afterwards, ...]
    duties: tuple[Afterwards, ...]
    missing: tuple[Fact, ...]
    openings: tuple[Opening, ...]
    cautions: tuple[Caution, ...]

    def too_late(self, on: date) -> bool:
        """Whether the last day to ask that is known has passed."""
        closes = self.card.apply.get("closes")
        return isinstance(closes, date) and closes < on

    @property
    def reckoning(self) -> tuple[Step, ...]:
        """The steps worth showing: not the amount itself, nor a single figure that is the amount."""
        before = self.steps[:-1]
        return () if [step.id for step in before] == ["value"] else before

    @property
    def texts(self) -> tuple[LawText, ...]:
        """The texts the measure rests on."""
        return tuple(self.card.law.values())

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The conditions, what stops first, then what is open, then what is met."""
        order = (Truth.NO, Truth.UNKNOWN, Truth.YES)
        return tuple(sorted(self.conditions, key=lambda reason: order.index(reason.truth)))

    @property
    def refusals(self) -> tuple[Reason, ...]:
        """The conditions that are not met."""
        return tuple(reason for reason in self.conditions if reason.truth is Truth.NO)

    @property
    def hardness(self) -> tuple[bool, bool, bool, int]:
        """What puts it behind others: unread, a recognition, settled by no answer of the reader, short of answers."""
        wanting = [each for each in self.conditions if each.cause not in (None, "untold")]
        unread = self.verified == "not" or 2 * len(wanting) >= len(self.conditions)
        return (
            bool(wanting) and unread,
            self.card.kind == "accreditation",
            bool(wanting),
            len(self.missing),
        )

    @property
    def decider(self) -> Authority | None:
        """Who still decides once the conditions are met, where somebody does."""
        return self.discretions[0].by if self.discretions else None

    @property
    def names_authority(self) -> bool:
        """Whether the words of the answer already name the authority."""
        if self.standing is Standing.TO_CONFIRM:
            return True
        return self.standing is Standing.OPEN and self.decider == self.authority

    @property
    def has_figure(self) -> bool:
        """Whether the amount says anything."""
        return self.card.asked and self.amount is not None and self.amount.says_something
