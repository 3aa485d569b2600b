"""What a parameter means on a day: one figure, a table, brackets, and why a figure is not known."""

from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from terreau.kernel.message import noop as _
from terreau.rules.cards import Parameter
from terreau.rules.expressions import Meaning
from terreau.rules.finding import Place
from terreau.rules.functions import Brackets, Table
from terreau.rules.graph import Graph
from terreau.rules.shape import Reading
from terreau.rules.source import place_of
from terreau.rules.types import (
    OutsideDomain,
    Pair,
    Type,
    Unit,
    Unreadable,
    example,
    figure,
    read_value,
)

MISSING_LAW, UNCERTAIN_LAW, NO_LAW_YET = "missing-law", "uncertain-law", "no-law-yet"
UNREAD = {"missing": MISSING_LAW, "uncertain": UNCERTAIN_LAW}


@dataclass(frozen=True)
class Figures:
    """Reads the parameters of one card on one day."""

    graph: Graph
    card: str
    day: date
    currency: str
    reading: Reading

    def meaning(self, parameter: Parameter, keys: list[Type]) -> Meaning | None:
        """Return what the parameter stands for, or None after an error was kept; `keys` are the types of `by`."""
        written = parameter.on(self.day)
        if parameter.type == "brackets":
            return self._brackets(parameter, written)
        kind = value_type(parameter.type, self.currency)
        owner = f"{self.card}:{parameter.name}"
        if keys:
            return self._table(parameter, written, kind, keys)
        pair, cause = self._value(written, kind, parameter.place)
        return (
            None
            if pair is None
            else self.graph.given(pair, kind, cause=cause, owner=owner if cause else "")
        )

    def _value(self, written: Any, kind: Type, place: Place) -> tuple[Pair | None, str]:
        """Return a written value as a pair and why it is not settled; before the first date nothing is written."""
        if written is None:
            return kind.unknown, MISSING_LAW
        if not isinstance(written, str):
            self._error(place_of(written), kind)
            return None, ""
        if written in UNREAD:
            return kind.unknown, UNREAD[written]
        try:
            pair = read_value(written, kind)
        except (Unreadable, OutsideDomain):
            self._error(place_of(written), kind)
            return None, ""
        return pair, "" if pair[0] == pair[1] else MISSING_LAW

    def _error(self, place: Place, kind: Type) -> None:
        self.reading.error(
            place,
            _("This is no {unit}."),
            _("Write it like '{like}', or 'missing', 'uncertain', 'LOW .. HIGH'."),
            unit=kind.unit.value,
            like=example(kind),
        )

    def _table(
        self, parameter: Parameter, written: Any, kind: Type, keys: list[Type]
    ) -> Table | None:
        self._check_keys(written, keys)
        entries: dict[tuple[str, ...], Pair] = {}
        causes: dict[tuple[str, ...], str] = {}
        for combination in product(*(key.values for key in keys)):
            found, place = _entry(written, combination, parameter.place)
            if found is None and written is not None:
                self.reading.error(
                    place,
                    _("The table has no value for '{key}'."),
                    _("Write it, or 'missing'."),
                    key=", ".join(combination),
                )
                return None
            pair, cause = self._value(found, kind, place)
            if pair is None:
                return None
            entries[combination] = pair
            if cause:
                causes[combination] = cause
        return Table((self.card, parameter.name), kind, keys, entries, causes)

    def _check_keys(self, written: Any, keys: list[Type]) -> None:
        """Keep an error for each key of a table that its choice does not have."""
        if not isinstance(written, dict) or not keys:
            return
        for key, below in written.items():
            if key not in keys[0].values:
                self.reading.error(
                    place_of(key),
                    _("'{key}' is no key of this table."),
                    _("The keys are: {keys}."),
                    key=key,
                    keys=", ".join(keys[0].values),
                )
            self._check_keys(below, keys[1:])

    def _brackets(self, parameter: Parameter, written: Any) -> Brackets | None:
        money = figure(Unit.MONEY, currency=self.currency)
        rate = figure(Unit.RATE)
        if written is None or (isinstance(written, str) and written in UNREAD):
            cause = MISSING_LAW if written is None else UNREAD[written]
            return Brackets((self.card, parameter.name), [(0, rate.unknown)], cause)
        slices: list[tuple[int, Pair]] = []
        cause = open_start = ""
        for each in written if isinstance(written, list) else []:
            if not isinstance(each, dict) or set(each) != {"from", "rate"}:
                self._no_brackets(place_of(each))
                return None
            start, unread = self._value(each["from"], money, place_of(each))
            share, why = self._value(each["rate"], rate, place_of(each))
            cause = cause or why
            open_start = open_start or unread
            if start is None or share is None:
                return None
            slices.append((start[0], share))
        if not slices or slices != sorted(slices, key=lambda each: each[0]):
            self._no_brackets(parameter.place)
            return None
        if open_start:  # where a slice begins is not known, so no rate is known anywhere
            return Brackets((self.card, parameter.name), [(0, rate.unknown)], open_start)
        return Brackets((self.card, parameter.name), slices, cause)

    def _no_brackets(self, place: Place) -> None:
        self.reading.error(
            place,
            _("Brackets are a list of {{from, rate}}, lowest first."),
            _("Write [{{from: ..., rate: ...}}, ...]."),
        )


def value_type(name: str, currency: str) -> Type:
    """Return the type of a parameter's values."""
    unit = Unit(name)
    if unit is Unit.TRUTH:
        return Type(unit, high=1)
    return figure(unit, currency=currency if unit is Unit.MONEY else "")


def _entry(written: Any, combination: tuple[str, ...], place: Place) -> tuple[Any, Place]:
    """Return what stands in a nested table for a combination of keys, and where."""
    for key in combination:
        if isinstance(written, str):  # one value for all that is below
            break
        if not isinstance(written, dict):
            return None, place
        place = getattr(written, "place", place)
        written = written.get(key)
    return written, place
