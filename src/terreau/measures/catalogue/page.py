"""The page of a measure: all that its card says on a day, with the tests and the reckonings it shares."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from terreau.kernel.message import Message
from terreau.kernel.text import Text
from terreau.kernel.truth import Truth
from terreau.measures.catalogue.figures import (
    ROLES,
    ListedFigure,
    figures_of,
    references,
    used,
)
from terreau.measures.catalogue.history import Entry, history_of, standing_in
from terreau.measures.catalogue.perimeter import Perimeter, perimeter_of
from terreau.measures.catalogue.standing import (
    Asking,
    Gift,
    State,
    asking_on,
    day_to_read,
    gift_of,
    nothing_told,
    state_on,
)
from terreau.measures.catalogue.worked import WorkedCase, worked_cases
from terreau.measures.core import Afterwards, Reference
from terreau.rules import Edition
from terreau.rules.cards import Card, LawText
from terreau.rules.pack import Authority, Pack
from terreau.rules.parameters import MISSING_LAW
from terreau.rules.rulebook import Assessed, Placed
from terreau.rules.verdicts import Explaining, names_read


class NoSuchMeasure(Exception):
    """No measure has this name."""


class Role(Enum):
    """Why a card stands on the page of a measure."""

    OWN = "own"
    SHARED = "shared"
    RECKONED = "reckoned"


@dataclass(frozen=True)
class ReadCondition:
    """A condition as we read it, where it stands, how we know it, and why no text settles it if none does."""

    says: Text | Message
    law: tuple[Reference, ...]
    read: str
    cause: str


@dataclass(frozen=True)
class Part:
    """What one card brings to the page: the measure's own, one that shares tests, or one that reckons."""

    card: Card
    role: Role
    conditions: tuple[ReadCondition, ...]
    figures: tuple[ListedFigure, ...]


@dataclass(frozen=True)
class Together:
    """How a measure goes with other aid: what it counts for, what it does not go with."""

    counts_towards: tuple[Text, ...]
    excludes: tuple[Text, ...]
    same_cost: bool
    note: Text | None


@dataclass(frozen=True)
class MeasurePage:
    """All there is to read of a measure on a day; `read_on` is the day whose law is shown."""

    card: Card
    authority: Authority
    on: date
    read_on: date
    edition: str
    state: State
    asking: Asking
    gift: Gift
    stages: tuple[Text, ...]
    parts: tuple[Part, ...]
    discretions: tuple[Afterwards, ...]
    duties: tuple[Afterwards, ...]
    perimeter: Perimeter | None
    history: tuple[Entry, ...]
    standing_in: Card | None
    cases: tuple[WorkedCase, ...]
    together: Together

    @property
    def testing(self) -> tuple[Part, ...]:
        """The cards whose conditions must be met, the measure's own first."""
        return tuple(part for part in self.parts if part.role is not Role.RECKONED)

    @property
    def counting(self) -> tuple[Part, ...]:
        """The cards that have figures."""
        return tuple(part for part in self.parts if part.figures)

    @property
    def brief(self) -> tuple[ListedFigure, ...]:
        """One figure for each thing the amount is made of, one that is known before one that is not."""
        found: dict[str, ListedFigure] = {}
        for figure in sorted(self.parts[0].figures, key=lambda each: each.missing):
            if figure.roles:
                found.setdefault(figure.roles[0], figure)
        return tuple(found[role] for role in ROLES if role in found)

    @property
    def sources(self) -> tuple[LawText, ...]:
        """The texts that the page rests on, each once, with all the articles that count."""
        found: dict[tuple[str, ...], LawText] = {}
        for text in (each for part in self.parts for each in part.card.law.values()):
            known_by = (text.url, *text.title.values())
            articles = (*found[known_by].articles,) if known_by in found else ()
            found[known_by] = replace(text, articles=tuple(dict.fromkeys(articles + text.articles)))
        return tuple(found.values())

    @property
    def over(self) -> bool:
        """Whether nobody can ask for it any more."""
        return self.state in (State.ENDED, State.EXPECTED)

    @property
    def unsettled(self) -> int:
        """How many figures the texts do not give, or not in full."""
        return sum(not figure.settled for part in self.parts for figure in part.figures)

    @property
    def differing(self) -> int:
        """How many worked cases come out otherwise than expected."""
        return sum(not case.agrees for case in self.cases)


def measure_page(edition: Edition, name: str, day: date) -> MeasurePage:
    """Return the page of a measure as it stands on a day. Raises `NoSuchMeasure`.

    Of a measure that is no law on the day, the law of its last or its first day is read.
    """
    card = edition.pack.cards.get(name)
    if card is None or not card.gives_verdict:
        raise NoSuchMeasure(name)
    return _page(edition, card, day)


def _page(edition: Edition, card: Card, day: date) -> MeasurePage:
    pack = edition.pack
    read_on = day_to_read(card, day)
    explaining = nothing_told(edition, read_on)
    assessed = explaining.book.assessed[card.id]
    parts = tuple(_parts(assessed, explaining, pack, read_on))
    then = tuple(_then(assessed, explaining, pack))
    stages = pack.region.stages
    return MeasurePage(
        card=card,
        authority=pack.authorities[card.authority],
        on=day,
        read_on=read_on,
        edition=edition.hash,
        state=state_on(card, day),
        asking=asking_on(card, day),
        gift=gift_of(card, explaining),
        stages=tuple(stages[each].name for each in card.stages),
        parts=parts,
        discretions=tuple(each for kind, each in then if kind == "discretion"),
        duties=tuple(each for kind, each in then if kind == "duty"),
        perimeter=perimeter_of(card, explaining, pack),
        history=history_of(card, pack, [(part.card, part.figures) for part in parts], day),
        standing_in=standing_in(card, pack, day),
        cases=worked_cases(card, edition),
        together=_together(card, pack),
    )


def _parts(assessed: Assessed, explaining: Explaining, pack: Pack, day: date) -> Iterator[Part]:
    """Yield the measure itself, then the tests it includes, then what they read that is reckoned."""
    card = assessed.card
    sharing = {placed.card.id: placed.card for placed in assessed.conditions}
    sharing.pop(card.id, None)
    for each in (card, *sharing.values()):
        figures = figures_of(each, pack, day)
        placed = (one for one in assessed.conditions if one.card.id == each.id)
        conditions = tuple(_conditions(placed, explaining, figures))
        yield Part(each, Role.OWN if each is card else Role.SHARED, conditions, figures)
    for each in _reckoning(assessed, explaining):
        yield Part(each, Role.RECKONED, (), figures_of(each, pack, day))


def _conditions(
    placed: Iterable[Placed], explaining: Explaining, figures: Sequence[ListedFigure]
) -> Iterator[ReadCondition]:
    causes = {each.id: _cause(each) for each in figures}
    for each in placed:
        condition = each.condition
        if condition is None:
            yield ReadCondition(explaining.answer(each).says, (), "", each.cause)
        elif condition.kind == "test":
            found = (causes[name] for name in sorted(used([condition.when]) & causes.keys()))
            cause = next(filter(None, found), "")
            law = references(each.card, condition.law)
            yield ReadCondition(condition.says, law, condition.read, cause)


def _cause(figure: ListedFigure) -> str:
    """Return why a figure is not known on the day, if it is not."""
    if not figure.missing:
        return ""
    rows = figure.current.rows if figure.current else ()
    return next((row.value.cause for row in rows), MISSING_LAW)


def _reckoning(assessed: Assessed, explaining: Explaining) -> tuple[Card, ...]:
    """Return the derived cards that the conditions or the amount read."""
    slots = [placed.slot for placed in assessed.conditions]
    book = explaining.book
    names: Mapping[str, None] = {
        name: None
        for slot in (*slots, assessed.amount)
        if slot is not None
        for name in names_read(book, slot)
        if name in book.derived
    }
    return tuple(book.derived[name][0] for name in names)


def _then(
    assessed: Assessed, explaining: Explaining, pack: Pack
) -> Iterator[tuple[str, Afterwards]]:
    """Yield what follows once the conditions are met, but for what concerns nobody."""
    for placed in assessed.conditions:
        answer = explaining.answer(placed)
        if answer.kind == "test" or answer.truth is Truth.NO or placed.condition is None:
            continue
        by = pack.authorities[answer.by or placed.card.authority]
        law = references(placed.card, placed.condition.law)
        certain = answer.kind == "discretion" or answer.truth.settled
        yield answer.kind, Afterwards(answer.says, by, law, certain)


def _together(card: Card, pack: Pack) -> Together:
    counts, excludes = (card.cumulation.get(key, ()) for key in ("counts_towards", "excludes"))
    return Together(
        tuple(pack.cards[each].name for each in counts),
        tuple(pack.cards[each].name for each in excludes if each in pack.cards),
        "same-cost" in excludes,
        card.cumulation.get("note"),
    )
