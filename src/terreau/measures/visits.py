"""A visitor's dossier: what is told, what to ask next, and what the measures answer to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from terreau.journal import services as journal
from terreau.kernel.text import Text
from terreau.measures.core import (
    HOPEFUL,
    Answer,
    Answers,
    Count,
    MeasureAskedFor,
    Standing,
    Told,
    is_support,
    tally,
)
from terreau.measures.editions import current_edition
from terreau.measures.reading import lay_out, standing_of_status, told_of
from terreau.projects import services as projects
from terreau.projects.core import Told as Written
from terreau.projects.services import Project, Telling
from terreau.rules import Dossier, Edition, Findings, assess
from terreau.rules.cards import Card
from terreau.rules.dossier import read_fact, read_facts
from terreau.rules.finding import Place
from terreau.rules.pack import Uncovered, Way
from terreau.rules.questions import next_question
from terreau.rules.shape import Reading
from terreau.rules.types import Pair
from terreau.rules.verdicts import Explaining, statuses
from terreau.rules.vocabulary import Fact, Screen


@dataclass(frozen=True)
class Asked:
    """A question: the facts asked together, what was told of them, and how many open measures hang on them.

    `towards` is the measure that is being asked about, with how many of its facts are `left`.
    """

    screen: Screen
    facts: tuple[Fact, ...]
    told: Mapping[str, Written]
    touches: int
    number: int
    last: str | None
    towards: Card | None = None
    left: int = 0


@dataclass(frozen=True)
class Beginning:
    """A way to begin: its answers, and those that are better than as one is now."""

    name: Text
    says: Text
    answers: Answers
    better: tuple[Answer, ...]


@dataclass(frozen=True)
class SoFar:
    """What is told until now, and how many answers stand alike."""

    facts: tuple[tuple[Fact, Told], ...]
    tally: tuple[Count, ...]


@dataclass(frozen=True)
class Visited:
    """A visitor's dossier on a day: the answers, what is told of each fact, and whether anything is left to ask."""

    answers: Answers
    facts: tuple[tuple[Fact, Told], ...]
    more: int

    @property
    def tally(self) -> tuple[Count, ...]:
        """How many answers stand alike."""
        return self.answers.tally


def dossier_of(project: Project, on: date, cards: Edition) -> Dossier:
    """Return the frozen picture of a project; what the vocabulary of today cannot read is left out."""
    facts = cards.pack.vocabulary.facts
    told: dict[str, Pair] = {}
    for name, value in projects.facts_on(project, on).items():
        reading = Reading(Findings(), cards.pack.languages)
        pair = read_fact(value, Place(), facts[name], reading) if name in facts else None
        if pair is not None:
            told[name] = pair
    return Dossier(told, project.title, None, on)


def ask(project: Project, on: date) -> Asked | None:
    """Return the question that settles most now, or None when nothing more can be settled."""
    cards = current_edition()
    book = cards.on(on)
    dossier = dossier_of(project, on, cards)
    # What is told in part stays open, and is not asked at once again.
    asked = {*project.skipped, *dossier.told}
    question = next_question(book, book.graph.run(dossier.told, book.statuses), asked)
    if question is None:
        return None
    return _asked(cards, project, on, question.facts, question.touches)


def ask_about(project: Project, on: date, name: str) -> Asked | None:
    """Return the question about one fact, to change what was told; None when there is no such fact."""
    cards = current_edition()
    if name not in cards.pack.vocabulary.facts:
        return None
    book = cards.on(on)
    touches = sum(name in each.facts for each in book.verdicts)
    return _asked(cards, project, on, (name,), touches)


def ask_towards(project: Project, on: date, card: str) -> Asked | None:
    """Return the next question that one measure waits for; None when it waits for none, or there is no such measure."""
    cards = current_edition()
    book = cards.on(on)
    assessed = next((each for each in book.verdicts if each.card.id == card), None)
    if assessed is None:
        return None
    dossier = dossier_of(project, on, cards)
    missing = Explaining(book, dossier).verdict(assessed).missing
    left = [name for name in missing if name not in {*project.skipped, *dossier.told}]
    if not left:
        return None
    return replace(_asked(cards, project, on, left[:1], 0), towards=assessed.card, left=len(left))


def measure_asked(card: str, on: date) -> Card | None:
    """Return a measure that is answered on a day, by its name; None when there is none."""
    book = current_edition().on(on)
    return next((each.card for each in book.verdicts if each.card.id == card), None)


def standings(project: Project, on: date) -> Mapping[str, Standing]:
    """Return how each measure that one can ask for stands: statuses alone, nothing explained."""
    cards = current_edition()
    book = cards.on(on)
    found = statuses(book, dossier_of(project, on, cards))
    support = (each.card for each in book.verdicts if is_support(each.card))
    return {card.id: standing_of_status(found[card.id], card) for card in support}


def closed_since(before: Mapping[str, Standing], project: Project, on: date) -> tuple[Card, ...]:
    """Return the measures that stood open or could still open before, and are closed now."""
    cards = current_edition().pack.cards
    now = standings(project, on)
    return tuple(
        cards[name]
        for name, standing in now.items()
        if standing not in HOPEFUL and before.get(name) in HOPEFUL
    )


def beginnings(project: Project, on: date) -> tuple[Beginning, ...]:
    """Return the ways to begin side by side, for a group that does not yet exist in law; none for others."""
    cards = current_edition()
    found = cards.pack.region.beginnings
    dossier = dossier_of(project, on, cards)
    if found is None or not dossier.told:
        return ()
    now = _read(found.when, cards)
    if any(dossier.told.get(name) != value for name, value in now.items()):
        return ()
    today = {each.card.id: each.standing for each in _answers(cards, dossier, on).support}
    return tuple(_beginning(way, cards, dossier, today) for way in found.ways)


def _beginning(
    way: Way, cards: Edition, dossier: Dossier, today: Mapping[str, Standing]
) -> Beginning:
    facts = cards.pack.vocabulary.facts
    kept = {
        name: value
        for name, value in dossier.told.items()
        if not way.host or facts[name].about != "applicant"
    }
    on = dossier.on or date.min
    answers = _answers(cards, Dossier({**kept, **_read(way.given, cards)}, on=on), on)
    order = list(Standing)
    better = [
        each
        for each in answers.support
        if order.index(each.standing) < order.index(today[each.card.id])
    ]
    return Beginning(way.name, way.says, answers, tuple(better))


def _answers(cards: Edition, dossier: Dossier, on: date) -> Answers:
    return lay_out(assess(cards, dossier, on), dossier)


def _read(tree: Mapping[str, Any], cards: Edition) -> dict[str, Pair]:
    """Return facts of the pack, which its check has read before."""
    return read_facts(tree, Place(), cards.pack, Reading(Findings(), cards.pack.languages))


def uncovered() -> tuple[Uncovered, ...]:
    """Return the measures known by name that no card answers yet."""
    return current_edition().pack.region.not_covered


@transaction.atomic
def ask_for(project: Project, measure: str, *, at: datetime) -> Uncovered | None:
    """Note that a visitor asks for a measure that no card answers yet; None when there is no such measure."""
    found = next((each for each in uncovered() if each.id == measure), None)
    asked = [
        each.payload["measure"]
        for each in journal.history(project=project.pk)
        if each.kind == MeasureAskedFor.kind
    ]
    if found is not None and measure not in asked:
        journal.record(MeasureAskedFor(at=at, by=None, project=project.pk, measure=measure))
    return found


def asked_again(project: Project, on: date, names: Sequence[str]) -> Asked | None:
    """Return the question that a form was about, or None when it names no fact that there is."""
    cards = current_edition()
    known = [name for name in names if name in cards.pack.vocabulary.facts]
    return _asked(cards, project, on, known, 0) if known else None


def tell(
    project: Project, told: Mapping[str, Written], unknown: Sequence[str], *, at: datetime
) -> None:
    """Keep what is told, take back what is no longer known, and ask that last from now on."""
    day = timezone.localdate(at)
    if told:
        projects.tell(project, told, Telling(on=day, at=at))
    held = projects.facts_on(project, day)
    for name in unknown:
        if name in held:
            projects.withdraw(project, name, on=day, at=at)
    if unknown:
        projects.skip(project, unknown)


def _asked(cards: Edition, project: Project, on: date, names: Sequence[str], touches: int) -> Asked:
    vocabulary = cards.pack.vocabulary
    facts = tuple(vocabulary.facts[name] for name in names)
    told = projects.facts_on(project, on)
    return Asked(
        vocabulary.screens[facts[0].screen],
        facts,
        {name: told[name] for name in names if name in told},
        touches,
        len({*told, *project.skipped}) + 1,
        projects.last_told(project),
    )


def so_far(project: Project, on: date) -> SoFar:
    """Return what is told until now and where it leads: statuses alone, nothing explained."""
    cards = current_edition()
    told = told_of(cards.pack, dossier_of(project, on, cards))
    return SoFar(told, tally(standings(project, on).values()))


def visited(project: Project, on: date) -> Visited:
    """Return a visitor's dossier with everything that is answered to it."""
    cards = current_edition()
    dossier = dossier_of(project, on, cards)
    assessment = assess(cards, dossier, on)
    answers = lay_out(assessment, dossier)
    more = {fact.id for each in answers.support for fact in each.missing}
    return Visited(answers, told_of(cards.pack, dossier), len(more))
