"""All the answers to one dossier, laid out for a reader: what comes first, and under which stage."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from terreau.kernel.text import Text
from terreau.kernel.truth import Truth
from terreau.measures.core.answer import Answer, Reason, Reference, Standing, Told
from terreau.rules.cards import Card
from terreau.rules.dossier import Dossier
from terreau.rules.pack import Authority, Stage

BEST = 3
LEGAL_FORM = "legal_form"
HOPEFUL = (Standing.OPEN, Standing.TO_CONFIRM, Standing.WAITING)
# What grows on the ground line at each stage, from the first to the last.
PLANTS = ("seed", "sprout", "stem", "stems", "gauge")


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


@dataclass(frozen=True)
class Refusal:
    """A condition that is not met, and the answers that stop there first; without one, no text applies any more."""

    reason: Reason | None
    answers: tuple[Answer, ...]

    @property
    def law(self) -> tuple[Reference, ...]:
        """Where the condition stands, if it stands in the same texts for all of them."""
        grounds = [answer.refusals[0].law for answer in self.answers if answer.refusals]
        return grounds[0] if grounds and all(each == grounds[0] for each in grounds) else ()


def by_reason(answers: Iterable[Answer]) -> tuple[Refusal, ...]:
    """Return refused answers under the first condition that is not met, the one that stops most of them first."""
    reasons: dict[str, Reason | None] = {}
    grouped = defaultdict(list)
    for answer in answers:
        reason = answer.refusals[0] if answer.refusals else None
        says = str(reason.says) if reason else ""
        reasons.setdefault(says, reason)
        grouped[says].append(answer)
    most_first = sorted(grouped, key=lambda says: (reasons[says] is None, -len(grouped[says])))
    return tuple(Refusal(reasons[says], tuple(grouped[says])) for says in most_first)


def is_support(card: Card) -> bool:
    """Whether a card is about something that one can ask for: neither a legal form nor a limit on what others give."""
    return card.asked and card.kind != LEGAL_FORM


def ranked(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Return answers in the order of reading, open ones first."""
    order = list(Standing)
    return tuple(sorted(answers, key=lambda answer: order.index(answer.standing)))


def by_stage(answers: Iterable[Answer], stages: Sequence[Stage]) -> tuple[StageAnswers, ...]:
    """Return the answers under the first stage they serve; a stage without answers is left out."""
    in_order = ranked(answers)
    grouped = []
    for place, stage in enumerate(stages):
        here = tuple(answer for answer in in_order if answer.card.stages[:1] == (stage.id,))
        if here:
            grouped.append(StageAnswers(stage, PLANTS[min(place, len(PLANTS) - 1)], here))
    return tuple(grouped)


def tally(standings: Iterable[Standing]) -> tuple[Count, ...]:
    """Return how many answers stand alike, in the order of reading; what is not there is left out."""
    counted = Counter(standings)
    return tuple(Count(standing, counted[standing]) for standing in Standing if counted[standing])


@dataclass(frozen=True)
class Answers:
    """What all cards answer to one dossier on one day, under one edition of the rules.

    `stages` holds what one can ask for, `forms` the legal forms one could choose, `limits` the European and other
    rules within which an authority may help: nobody asks for them, so they are counted nowhere.
    """

    dossier: Dossier
    on: date
    edition: str
    told: tuple[Told, ...]
    stages: tuple[StageAnswers, ...]
    forms: tuple[Answer, ...]
    limits: tuple[Answer, ...]
    situation: Situation

    @property
    def support(self) -> Iterator[Answer]:
        """What one can ask for, stage by stage."""
        return (each for group in self.stages for each in group.answers)

    @property
    def tally(self) -> tuple[Count, ...]:
        """How many answers on support stand alike."""
        return tally(each.standing for each in self.support)

    @property
    def best(self) -> tuple[Answer, ...]:
        """The three to look at first: open, then to confirm, then those that wait for the fewest answers.

        What gives something comes before a recognition, and what was read before what was hardly read.
        A measure whose last known day to ask has passed is not among them.
        """
        in_time = (each for each in self.support if not each.too_late(self.on))
        found = [each for each in in_time if each.standing in HOPEFUL]
        found.sort(key=lambda each: (HOPEFUL.index(each.standing), *each.hardness))
        return tuple(found[:BEST])

    @property
    def nearest(self) -> Answer | None:
        """The first of the best that waits for answers of the carrier: what to settle next."""
        return next((each for each in self.best if each.missing), None)

    @property
    def rest(self) -> tuple[StageAnswers, ...]:
        """The others that stand open or may still open, under their stages."""
        first = {each.card.id for each in self.best}
        return self._under_stages(
            lambda each: each.standing in HOPEFUL and each.card.id not in first
        )

    @property
    def refused(self) -> tuple[Refusal, ...]:
        """What does not fit, under the condition that stops it."""
        return by_reason(each for each in self.support if each.standing not in HOPEFUL)

    @property
    def possible_forms(self) -> tuple[Answer, ...]:
        """The legal forms that the carrier could choose, or may."""
        return tuple(each for each in self.forms if each.standing in HOPEFUL)

    @property
    def near_limits(self) -> tuple[Answer, ...]:
        """The limits within which an authority may help this project, or might."""
        return tuple(each for each in self.limits if each.standing in HOPEFUL)

    def find(self, card: str) -> Answer | None:
        """Return the answer of one card, if it is among them."""
        every = (*self.support, *self.forms, *self.limits)
        return next((each for each in every if each.card.id == card), None)

    def only(self, standing: Standing) -> tuple[StageAnswers, ...]:
        """Return the answers of one kind, still under their stages."""
        return self._under_stages(lambda each: each.standing is standing)

    def _under_stages(self, wanted: Callable[[Answer], bool]) -> tuple[StageAnswers, ...]:
        kept = []
        for group in self.stages:
            answers = tuple(each for each in group.answers if wanted(each))
            if answers:
                kept.append(replace(group, answers=answers))
        return tuple(kept)
