"""The history of a measure: what stood before it, what changed in it, what follows it, the newest first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from terreau.measures.catalogue.figures import WHOLE, Keys, KnownBy, ListedFigure, Row, Value
from terreau.measures.catalogue.standing import State, state_on
from terreau.rules.cards import Card
from terreau.rules.pack import Pack

LAW = (State.IN_FORCE, State.UNCERTAIN)


class Kind(Enum):
    """What an entry of a history tells."""

    EXPECTED = "expected"
    MEASURE = "measure"
    FIGURES = "figures"


@dataclass(frozen=True)
class Change:
    """One value that changed: under which keys, what it was and what it became; None where nothing was said."""

    figure: ListedFigure
    keys: Keys
    before: Value | None
    after: Value


@dataclass(frozen=True)
class Entry:
    """One entry: a measure from its first to its last day, figures from a day on, or a text that is expected."""

    kind: Kind
    card: Card
    first: date | None
    last: date | None
    changes: tuple[Change, ...] = ()
    here: bool = False
    now: bool = False
    ahead: bool = False


def history_of(
    card: Card, pack: Pack, parts: Iterable[tuple[Card, Sequence[ListedFigure]]], day: date
) -> tuple[Entry, ...]:
    """Return the history of a measure as it is told on a day, what is expected first.

    `parts` are the cards that its page is made of, with their figures.
    """
    chain = [*_before(card, pack), card, *_after(card, pack)]
    entries = [*_measures(chain, card), *_changes(card, parts)]
    entries.sort(key=lambda each: (each.first or date.min, each.kind is Kind.FIGURES), reverse=True)
    expected = list(_expected(chain[-1]))
    return tuple(_marked([*expected, *entries], day))


def standing_in(card: Card, pack: Pack, day: date) -> Card | None:
    """Return the measure of the same history that is law on a day, where this one is not."""
    if state_on(card, day) in LAW:
        return None
    chain = [*_before(card, pack), *_after(card, pack)]
    return next((each for each in reversed(chain) if state_on(each, day) in LAW), None)


def _before(card: Card, pack: Pack, seen: frozenset[str] = frozenset()) -> Iterator[Card]:
    """Yield the measures that this one followed, the oldest first."""
    seen |= {card.id}
    for each in pack.cards.values():
        if each.in_force.after == card.id and each.id not in seen:
            yield from _before(each, pack, seen)
            yield each


def _after(card: Card, pack: Pack) -> Iterator[Card]:
    """Yield the measures that follow this one, the next first."""
    seen = {card.id}
    after = pack.cards.get(card.in_force.after)
    while after is not None and after.id not in seen:
        yield after
        seen.add(after.id)
        after = pack.cards.get(after.in_force.after)


def _measures(chain: Iterable[Card], card: Card) -> Iterator[Entry]:
    for each in chain:
        period = each.in_force.period
        yield Entry(Kind.MEASURE, each, period.first, period.last, here=each is card)


def _expected(last: Card) -> Iterator[Entry]:
    """Yield the text that is expected after the last measure of a chain, from the day after it."""
    if last.in_force.after == "expected":
        end = last.in_force.period.last
        yield Entry(Kind.EXPECTED, last, end and end + timedelta(days=1), None)


def _changes(card: Card, parts: Iterable[tuple[Card, Sequence[ListedFigure]]]) -> Iterator[Entry]:
    """Yield what changed in the figures of a measure after its first day, day by day."""
    period = card.in_force.period
    by_day: dict[date, list[Change]] = {}
    for source, figures in parts:
        for since, change in (each for figure in figures for each in _changes_of(figure)):
            # A first value is the beginning of its own card, or the day on which we read it.
            first = change.before is None and (source is not card or period.first is None)
            begun = period.first is None or since > period.first
            if begun and not first and since in period:
                by_day.setdefault(since, []).append(change)
    for since, changes in by_day.items():
        yield Entry(Kind.FIGURES, card, since, None, tuple(changes), here=True)


def _changes_of(figure: ListedFigure) -> Iterator[tuple[date, Change]]:
    before: dict[KnownBy, Row] = {}
    for dated in figure.values:
        after = {row.known_by: row for row in dated.rows}
        # What is written once stands for every key of the table that was or will be there.
        for name in before if before and set(after) == {WHOLE} else after:
            was, becomes = before.get(name, before.get(WHOLE)), after.get(name, after.get(WHOLE))
            if becomes and (was is None or was.value != becomes.value):
                keys = (after.get(name) or before[name]).keys
                yield dated.since, Change(figure, keys, was.value if was else None, becomes.value)
        before = after


def _marked(entries: Sequence[Entry], day: date) -> Iterator[Entry]:
    """Yield the entries, telling which holds on the day and which are still ahead."""
    found = False
    for each in entries:
        ahead = each.kind is Kind.EXPECTED or bool(each.first and each.first > day)
        now = not ahead and not found and state_on(each.card, day) in LAW
        found = found or now
        yield replace(each, now=now, ahead=ahead)
