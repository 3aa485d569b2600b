"""How answers are laid out for a reader: what stands open, in what order, under which stage."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import ClassVar

from terreau.journal.core import Happening
from terreau.kernel.message import Message
from terreau.kernel.text import Text
from terreau.kernel.truth import Truth
from terreau.rules.cards import Card, LawText
from terreau.rules.dossier import Dossier
from terreau.rules.pack import Authority, Stage
from terreau.rules.types import DOMAINS, FIGURES, Pair, Type, Unit
from terreau.rules.vocabulary import Fact

# Figures that could be as large as one likes: their domain is only a wide fence.
BOUNDLESS = frozenset({Unit.MONEY, Unit.NUMBER, Unit.COUNT})

# What grows on the ground line at each stage, from the first to the last.
BEST = 3
PLANTS = ("seed", "sprout", "stem", "stems", "gauge")


class Standing(Enum):
    """What an answer means to its reader, in the order in which answers are shown."""

    OPEN = "open"
    TO_CONFIRM = "to-confirm"
    WAITING = "waiting"
    CLOSED = "closed"
    ENDED = "ended"


class Origin(Enum):
    """Where an edition comes from: the files of a pack, or the desk where cards are mended."""

    FILES = "files"
    DESK = "desk"


@dataclass(frozen=True, kw_only=True)
class EditionPublished(Happening):
    """All the cards were published as an edition; `changed` names the files that say something new."""

    kind: ClassVar[str] = "measures.edition-published"
    subjects: ClassVar[tuple[str, ...]] = ("edition",)
    edition: int
    digest: str
    origin: str
    changed: list[str]


@dataclass(frozen=True, kw_only=True)
class MeasureAskedFor(Happening):
    """A visitor asked that a measure known by name be answered here too."""

    kind: ClassVar[str] = "measures.measure-asked-for"
    subjects: ClassVar[tuple[str, ...]] = ("project",)
    project: int
    measure: str


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
    def hardness(self) -> tuple[bool, bool, int]:
        """What puts it behind others: hardly anything of it was read, it is a recognition, answers are missing."""
        wanting = [each for each in self.conditions if each.cause not in (None, "untold")]
        unread = self.verified == "not" or 2 * len(wanting) >= len(self.conditions)
        return bool(wanting) and unread, self.card.kind == "accreditation", len(self.missing)

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


@dataclass(frozen=True)
class NearFit:
    """An accreditation of the project's field that refuses it, and what its refusals are about."""

    card: Card
    authority: Authority
    aspects: tuple[str, ...]


@dataclass(frozen=True)
class Competent:
    """An authority that is competent, or may be; `leads` tells whether it takes the lead."""

    says: Text
    truth: Truth
    leads: bool
    law: tuple[Reference, ...]


@dataclass(frozen=True)
class Situation:
    """Where the project stands towards the accreditations, and who is competent for it."""

    kind: str
    inside: tuple[Answer, ...]
    possible: tuple[Answer, ...]
    near: tuple[NearFit, ...]
    protected: tuple[Card, ...]
    windows: tuple[Answer, ...]
    competent: tuple[Competent, ...]

    @property
    def says_something(self) -> bool:
        """Whether enough is told of the project for it to say more than that it is open."""
        return self.kind != "open" or bool(self.near or self.protected)


@dataclass(frozen=True)
class Count:
    """How many answers stand alike."""

    standing: Standing
    number: int


@dataclass(frozen=True)
class StageAnswers:
    """The answers that come first at one stage of a project's life, open ones first."""

    stage: Stage
    plant: str
    answers: tuple[Answer, ...]

    @property
    def tally(self) -> tuple[Count, ...]:
        """How many of them stand alike."""
        return tally(answer.standing for answer in self.answers)


def by_stage(answers: Iterable[Answer], stages: Sequence[Stage]) -> tuple[StageAnswers, ...]:
    """Return the answers under the first stage they serve; a stage without answers is left out."""
    order = list(Standing)
    ranked = sorted(answers, key=lambda answer: order.index(answer.standing))
    grouped = []
    for place, stage in enumerate(stages):
        here = tuple(answer for answer in ranked if answer.card.stages[:1] == (stage.id,))
        if here:
            grouped.append(StageAnswers(stage, PLANTS[min(place, len(PLANTS) - 1)], here))
    return tuple(grouped)


def tally(standings: Iterable[Standing]) -> tuple[Count, ...]:
    """Return how many answers stand alike, in the order of reading; what is not there is left out."""
    counted = Counter(standings)
    return tuple(Count(standing, counted[standing]) for standing in Standing if counted[standing])


@dataclass(frozen=True)
class Answers:
    """What all measures answer to one dossier on one day, under one edition of the rules."""

    dossier: Dossier
    on: date
    edition: str
    told: tuple[Told, ...]
    tally: tuple[Count, ...]
    stages: tuple[StageAnswers, ...]
    situation: Situation

    @property
    def best(self) -> tuple[Answer, ...]:
        """The three to look at first: open, then to confirm, then those that wait for the fewest answers.

        What gives something comes before a recognition, and what was read before what was hardly read.
        A limit that nobody asks for, or a measure whose last known day to ask has passed, is not among them.
        """
        helpful = (Standing.OPEN, Standing.TO_CONFIRM, Standing.WAITING)
        every = (each for group in self.stages for each in group.answers)
        asked = (each for each in every if each.card.asked and not each.too_late(self.on))
        found = [each for each in asked if each.standing in helpful]
        found.sort(key=lambda each: (helpful.index(each.standing), *each.hardness))
        return tuple(found[:BEST])

    @property
    def nearest(self) -> Answer | None:
        """The first of the best that waits for answers of the carrier: what to settle next."""
        return next((each for each in self.best if each.missing), None)

    @property
    def rest(self) -> tuple[StageAnswers, ...]:
        """All the others, under their stages."""
        first = {each.card.id for each in self.best}
        kept = []
        for group in self.stages:
            answers = tuple(each for each in group.answers if each.card.id not in first)
            if answers:
                kept.append(replace(group, answers=answers))
        return tuple(kept)

    def find(self, card: str) -> Answer | None:
        """Return the answer of one card, if it is among them."""
        every = (each for group in self.stages for each in group.answers)
        return next((each for each in every if each.card.id == card), None)

    def only(self, standing: Standing) -> tuple[StageAnswers, ...]:
        """Return the answers of one kind, still under their stages."""
        kept = []
        for group in self.stages:
            answers = tuple(answer for answer in group.answers if answer.standing is standing)
            if answers:
                kept.append(replace(group, answers=answers))
        return tuple(kept)
