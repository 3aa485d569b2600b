"""How complete an edition is: its cards, how their conditions were read, the figures that are missing, what is overdue."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from terreau.kernel.text import Text
from terreau.measures.catalogue.standing import State, state_on
from terreau.measures.core import is_support
from terreau.rules import Edition, Pack
from terreau.rules.cards import Card, holds
from terreau.rules.ground import Municipality
from terreau.rules.pack import Signature, Uncovered

READ = ("text", "secondary", "assumed")


@dataclass(frozen=True)
class Share:
    """How many of a whole were known one way."""

    way: str
    number: int
    whole: int

    @property
    def percent(self) -> int:
        """The share in whole per cents, rounded half up; nothing of nothing is none."""
        return (200 * self.number + self.whole) // (2 * self.whole) if self.whole else 0


@dataclass(frozen=True)
class OpenFigure:
    """A figure of the law that is not there: it was not found, or two texts are at odds over it."""

    card: Card
    label: Text | None
    word: str


@dataclass(frozen=True)
class Completeness:
    """What an edition holds and what it does not, on a day."""

    on: date
    cards: int
    kinds: tuple[tuple[Card, int], ...]
    measures: int
    in_force: int
    facts: int
    conditions: tuple[Share, ...]
    verified: tuple[Share, ...]
    missing: tuple[tuple[Card, tuple[OpenFigure, ...]], ...]
    uncertain: tuple[tuple[Card, tuple[OpenFigure, ...]], ...]
    overdue: tuple[Card, ...]
    uncovered: tuple[Uncovered, ...]
    signatures: tuple[tuple[str, Signature | None], ...]
    municipalities: tuple[Municipality, ...]

    @property
    def figures_missing(self) -> int:
        """How many figures were not found."""
        return sum(len(figures) for _card, figures in self.missing)


def completeness(edition: Edition, day: date) -> Completeness:
    """Return how complete an edition is on a day; only what is law that day, or will be, is counted as read."""
    pack = edition.pack
    measures = [card for card in pack.cards.values() if card.gives_verdict and is_support(card)]
    alive = [card for card in pack.cards.values() if state_on(card, day) is not State.ENDED]
    counted = Counter(card.kind for card in pack.cards.values())
    first = {card.kind: card for card in reversed([*pack.cards.values()])}
    return Completeness(
        on=day,
        cards=len(pack.cards),
        kinds=tuple((first[kind], number) for kind, number in counted.most_common()),
        measures=len(measures),
        in_force=sum(state_on(card, day) is State.IN_FORCE for card in measures),
        facts=len(pack.vocabulary.facts),
        conditions=_shares((read for card in alive for read in _reads(card)), READ),
        verified=_shares((card.verified for card in alive), ("verified", "partly", "not")),
        missing=_open_figures(alive, day, "missing"),
        uncertain=_open_figures(alive, day, "uncertain"),
        overdue=tuple(card for card in alive if card.review_by < day),
        uncovered=pack.region.not_covered,
        signatures=_signatures(pack),
        municipalities=tuple(pack.municipalities.values()),
    )


def _reads(card: Card) -> Iterator[str]:
    """Yield how each thing the card says was read."""
    yield from (each.read for each in card.conditions)
    yield from (each.read for each in card.answers)


def _shares(found: Iterable[str], ways: Iterable[str]) -> tuple[Share, ...]:
    counted = Counter(found)
    whole = sum(counted.values())
    return tuple(Share(way, counted[way], whole) for way in ways)


def _open_figures(
    cards: Iterable[Card], day: date, word: str
) -> tuple[tuple[Card, tuple[OpenFigure, ...]], ...]:
    """Return the cards with figures that are written so on a day, or will be."""
    found = []
    for card in cards:
        figures = tuple(
            OpenFigure(card, parameter.label, word)
            for parameter in card.parameters.values()
            if holds(parameter.on(max(day, parameter.values[0][0])), word)
        )
        if figures:
            found.append((card, figures))
    return tuple(found)


def _signatures(pack: Pack) -> tuple[tuple[str, Signature | None], ...]:
    signed = pack.region.signatures
    return tuple((language, signed.get(language)) for language in pack.languages)
