"""Where a project stands towards the accreditations: inside one, outside their fields, or between several.

The answers that a text gives to 'outside' and 'between' are read off the tests of the accreditations, each of which
says what it is about. A project is *between* where an accreditation of its field refuses it only for the language,
the place or the separation that it asks for (a shared, mobile or two-language project); it is *outside* where none
has its field, or where those that have it refuse what the carrier is or whom it serves.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from terreau.kernel.truth import Truth
from terreau.rules.cards import Card
from terreau.rules.graph import Values
from terreau.rules.rulebook import Assessed, Placed, Rulebook
from terreau.rules.types import NO, UNKNOWN
from terreau.rules.verdicts import INELIGIBLE, TRUTHS, names_read, status_of

INSIDE, OUTSIDE, BETWEEN, OPEN = "inside", "outside", "between", "open"
FIELD = "field"
BETWEEN_ASPECTS = frozenset({"language", "place", "separation"})
MISSION = "mission"


@dataclass(frozen=True)
class NearMiss:
    """An accreditation whose field is the project's and that refuses it; what its refusals are about."""

    card: Card
    aspects: tuple[str, ...]

    @property
    def falls_between(self) -> bool:
        """Whether only a duty to stand apart, in one place or in one language, refuses the project."""
        return bool(self.aspects) and BETWEEN_ASPECTS.issuperset(self.aspects)


@dataclass(frozen=True)
class Position:
    """Where a project stands; `open` while an accreditation may still have its field, or where none has one.

    `inside` are the accreditations whose tests are all met, `possible` those that wait for a fact or for a law, `near`
    those of the field that refuse it. `protected` are those of the field that nobody may do without. `windows` are the
    measures by which the law lets something new be tried, that do not refuse.
    """

    kind: str
    inside: tuple[Card, ...]
    possible: tuple[Card, ...]
    near: tuple[NearMiss, ...]
    protected: tuple[Card, ...]
    windows: tuple[Card, ...]


def position(book: Rulebook, values: Values) -> Position:
    """Return where the project of a dossier stands on the law of the day."""
    inside, possible, protected = [], [], []
    near: list[NearMiss] = []
    fields = 0
    for assessed in book.verdicts:
        tests = _of_a_field(book, assessed)
        field = _all(values, tests)
        fields += bool(tests)
        if not tests or field is Truth.NO:
            continue
        status = TRUTHS[values[assessed.status]]
        if status is Truth.YES:
            inside.append(assessed.card)
        elif status is Truth.UNKNOWN:
            possible.append(assessed.card)
        elif field is Truth.YES:
            near.append(NearMiss(assessed.card, _refusing(values, assessed)))
        if field is Truth.YES and assessed.card.protects == MISSION:
            protected.append(assessed.card)
    return Position(
        _kind(inside, possible, near) if fields else OPEN,
        tuple(inside),
        tuple(possible),
        tuple(near),
        tuple(protected),
        tuple(
            each.card
            for each in book.verdicts
            if each.card.window and status_of(values, each) != INELIGIBLE
        ),
    )


def _kind(inside: Sequence[Card], possible: Sequence[Card], near: Sequence[NearMiss]) -> str:
    if inside:
        return INSIDE
    if possible:
        return OPEN
    return BETWEEN if any(each.falls_between for each in near) else OUTSIDE


def _of_a_field(book: Rulebook, assessed: Assessed) -> list[Placed]:
    """Return the tests of an accreditation's field, where it has one: some test of it reads what the project does."""
    if assessed.card.kind != "accreditation":
        return []
    tests = [each for each in assessed.conditions if _aspect(each) == FIELD]
    facts = book.pack.vocabulary.facts
    read = {name for each in tests if each.slot is not None for name in names_read(book, each.slot)}
    about = {facts[name].about for name in read if name in facts}
    return tests if "project" in about else []


def _all(values: Values, tests: Sequence[Placed]) -> Truth:
    """Return whether all tests are met."""
    found = {values[each.slot] for each in tests if each.slot is not None}
    if NO in found:
        return Truth.NO
    return Truth.UNKNOWN if UNKNOWN in found else Truth.YES


def _refusing(values: Values, assessed: Assessed) -> tuple[str, ...]:
    """Return what the refusing tests are about, each once."""
    refusing = [
        _aspect(each)
        for each in assessed.conditions
        if each.slot is not None and _aspect(each) and values[each.slot] == NO
    ]
    return tuple(dict.fromkeys(refusing))


def _aspect(placed: Placed) -> str:
    return placed.condition.aspect if placed.condition else ""
