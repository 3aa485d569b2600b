"""The figures of a card: what each is for, its value on each day, and what no text gives."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from terreau.kernel.text import Text
from terreau.measures.core import Figure, Reference
from terreau.rules.cards import Card, Law, Parameter
from terreau.rules.pack import Pack
from terreau.rules.parameters import MISSING_LAW, UNREAD, value_type
from terreau.rules.types import Type, Unit, read_value

# Where an amount uses a figure, in the order in which a reader meets them.
ROLES = ("value", "intensity", "adds", "ceiling", "floor")
Keys = tuple[Text, ...]
KnownBy = tuple[tuple[str, ...], Figure | None]
# How a value without keys is known.
WHOLE: KnownBy = ((), None)


@dataclass(frozen=True)
class Value:
    """One value of the law: a figure, a yes or no, or why it is not known."""

    figure: Figure | None = None
    truth: bool | None = None
    cause: str = ""


@dataclass(frozen=True)
class Row:
    """One value of a table, under its keys; of a scale, `above` is the figure from which it holds."""

    ids: tuple[str, ...]
    keys: Keys
    value: Value
    above: Figure | None = None

    @property
    def known_by(self) -> KnownBy:
        """What tells it apart from the other rows of its table."""
        return self.ids, self.above


@dataclass(frozen=True)
class Dated:
    """What was written from a day on: one row, or those of a table or a scale."""

    since: date
    rows: tuple[Row, ...]

    @property
    def missing(self) -> bool:
        """Whether no row says anything."""
        return all(row.value.cause for row in self.rows)


@dataclass(frozen=True)
class ListedFigure:
    """A figure of a card: what it is called or serves for, where it stands, and its values by day.

    `whole` tells that its first role is all its own; otherwise that is reckoned from several.
    """

    id: str
    label: Text | None
    roles: tuple[str, ...]
    whole: bool
    conditions: tuple[Text, ...]
    law: tuple[Reference, ...]
    read: str
    values: tuple[Dated, ...]
    current: Dated | None

    @property
    def others(self) -> tuple[Dated, ...]:
        """What was or will be written on other days, the newest first."""
        return tuple(dated for dated in reversed(self.values) if dated != self.current)

    @property
    def settled(self) -> bool:
        """Whether the texts give all of it on the day."""
        return self.current is not None and not any(row.value.cause for row in self.current.rows)

    @property
    def missing(self) -> bool:
        """Whether no text gives it on the day."""
        return self.current is None or self.current.missing


def figures_of(card: Card, pack: Pack, day: date) -> tuple[ListedFigure, ...]:
    """Return the figures of a card with their values on a day, those of the amount first."""
    found = [_figure(card, parameter, pack, day) for parameter in card.parameters.values()]
    return tuple(sorted(found, key=lambda each: not each.roles))


def references(card: Card, law: Law) -> tuple[Reference, ...]:
    """Return where something stands, as a reader finds it."""
    found = card.law_of(law).values()
    return tuple(Reference(each["title"], each["article"], each["url"]) for each in found)


def used(expressions: Iterable[str | None]) -> frozenset[str]:
    """Return the plain names that expressions read."""
    trees = (ast.parse(f"({text})", mode="eval") for text in expressions if text)
    return frozenset(
        node.id for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Name)
    )


def _figure(card: Card, parameter: Parameter, pack: Pack, day: date) -> ListedFigure:
    keys = [_key_words(name, pack) for name in parameter.by]
    currency = pack.region.currency
    values = tuple(
        Dated(since, tuple(_rows(written, parameter, keys, currency)))
        for since, written in parameter.values
    )
    roles = dict(_roles(card, parameter.name))
    return ListedFigure(
        parameter.name,
        parameter.label,
        tuple(roles),
        next(iter(roles.values()), False),
        tuple(each.says for each in card.conditions if parameter.name in used([each.when])),
        references(card, parameter.law),
        parameter.read,
        values,
        next((dated for dated in reversed(values) if dated.since <= day), None),
    )


def _roles(card: Card, name: str) -> Iterator[tuple[str, bool]]:
    """Yield what a figure does to the amount, and whether it does it alone."""
    for role in ROLES if card.amount else ():
        written = getattr(card.amount, role)
        expressions = written if role == "adds" else (written,)
        if name in used(expressions):
            yield role, any(re.fullmatch(rf"{name}(\[.*\])?", each or "") for each in expressions)


def _key_words(name: str, pack: Pack) -> Mapping[str, Text]:
    """Return the words of the values of a fact or of a derived name."""
    if name in pack.vocabulary.facts:
        return pack.vocabulary.facts[name].values
    derived = (card.derived for card in pack.cards.values() if card.derived)
    return next((each.values for each in derived if each.name == name), {})


def _rows(
    written: Any,  # as the card has it: a text, a table of tables, or a list of brackets
    parameter: Parameter,
    keys: Sequence[Mapping[str, Text]],
    currency: str,
) -> Iterator[Row]:
    if parameter.type == "brackets":
        yield from _brackets(written, currency)
        return
    kind = value_type(parameter.type, currency)
    for ids, each in _flat(written, len(keys)):
        words = tuple(of[name] for of, name in zip(keys, ids, strict=False))
        yield Row(ids, words, _value(each, kind))


def _flat(written: Any, depth: int) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield each value of a table with its keys; what is written once for many stays one."""
    if not depth or not isinstance(written, Mapping):
        yield (), written
        return
    for key, below in written.items():
        for rest, value in _flat(below, depth - 1):
            yield (key, *rest), value


def _brackets(written: Any, currency: str) -> Iterator[Row]:
    if not isinstance(written, list):
        yield Row((), (), Value(cause=UNREAD.get(str(written), MISSING_LAW)))
        return
    for each in written:
        above = _value(each["from"], value_type("money", currency)).figure
        yield Row((), (), _value(each["rate"], value_type("rate", currency)), above)


def _value(written: str, kind: Type) -> Value:
    if written in UNREAD:
        return Value(cause=UNREAD[written])
    low, high = read_value(written, kind)
    if kind.unit is Unit.TRUTH:
        return Value(truth=bool(low))
    one = 1 if kind.unit is Unit.MONEY else kind.one
    figure = Figure(kind.unit, Fraction(low, one), Fraction(high, one))
    return Value(cause=MISSING_LAW) if figure.says_nothing else Value(figure)
