"""The types a fact can have, and how their values are read and written.

Inside the engine a value is a pair (low, high). Figures are whole numbers that carry the digits of their type (`scale`):
money counts cents, a rate counts millionths, a number counts ten-thousandths, a date counts days. A truth is (must, may). A
choice is a pair of words of bits (must, may) with one bit for each value: the same bit twice when it is settled, nothing
and all that is possible when it is not. Whatever the type, a value is settled when low and high are the same.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import Any

from terreau.kernel.day import read_day

Pair = tuple[Any, Any]  # Any: whole numbers, bits, codes or rows; later whole columns of them


class Unit(Enum):
    """What a value counts or names."""

    TRUTH = "truth"
    CHOICE = "choice"
    CHOICES = "choices"
    MONEY = "money"
    RATE = "rate"
    NUMBER = "number"
    COUNT = "count"
    DATE = "date"
    CODE = "code"
    RECORDS = "records"
    TEXT = "text"


FIGURES = {Unit.MONEY, Unit.RATE, Unit.NUMBER, Unit.COUNT, Unit.DATE}
SCALES = {Unit.MONEY: 2, Unit.RATE: 6, Unit.NUMBER: 4}
DOMAINS = {
    Unit.MONEY: (0, 10**12),
    Unit.RATE: (0, 10**6),
    Unit.NUMBER: (0, 10**13),
    Unit.COUNT: (0, 10**9),
    Unit.DATE: (date(1900, 1, 1).toordinal(), date(2100, 12, 31).toordinal()),
}
MOST_VALUES = 64
MOST_DIGITS = 40
MOST_SHOWN = 8
ANY_CODE: Pair = ("", "\uffff")
UNKNOWN: Pair = (False, True)
YES: Pair = (True, True)
NO: Pair = (False, False)


@dataclass(frozen=True)
class Type:
    """A unit with what bounds it: a domain, named values, fields of a record."""

    unit: Unit
    scale: int = 0
    low: int = 0
    high: int = 0
    values: tuple[str, ...] = ()
    currency: str = ""
    version: str = ""
    pattern: str = ""
    like: str = ""  # a code as one would write it
    fields: Mapping[str, "Type"] = field(default_factory=dict, hash=False)
    most: int = 0

    @property
    def unknown(self) -> Pair:
        """The value of which nothing is known."""
        if self.unit is Unit.TRUTH:
            return UNKNOWN
        if self.unit in (Unit.CHOICE, Unit.CHOICES):
            everything = (1 << len(self.values)) - 1
            settled = self.unit is Unit.CHOICE and len(self.values) == 1
            return (everything if settled else 0, everything)
        if self.unit is Unit.CODE:
            return ANY_CODE
        if self.unit is Unit.RECORDS:
            return ((), self.most)
        return (self.low, self.high)

    @property
    def one(self) -> int:
        """How many whole numbers one unit is: 100 cents are 1 euro."""
        return int(10**self.scale)

    def bit(self, value: str) -> int:
        """Return the bit of a named value."""
        return 1 << self.values.index(value)

    def named(self, bits: int) -> list[str]:
        """Return the named values of a word of bits."""
        return [value for place, value in enumerate(self.values) if bits >> place & 1]

    @property
    def family(self) -> Unit:
        """The unit for agreement: a count is a number without decimals."""
        return Unit.NUMBER if self.unit is Unit.COUNT else self.unit


TRUTH = Type(Unit.TRUTH, high=1)


def figure(unit: Unit, scale: int | None = None, currency: str = "") -> Type:
    """Return the type of a figure with its default domain."""
    low, high = DOMAINS[unit]
    return Type(unit, SCALES.get(unit, 0) if scale is None else scale, low, high, currency=currency)


class Unreadable(ValueError):
    """A text that is no value of its type; `example` shows one that is."""

    def __init__(self, text: str, example: str) -> None:
        super().__init__(text)
        self.text = text
        self.example = example


class OutsideDomain(ValueError):
    """A value outside what its fact allows; `low` and `high` are written."""

    def __init__(self, text: str, low: str, high: str) -> None:
        super().__init__(text)
        self.text, self.low, self.high = text, low, high


_DIGITS = re.compile(r"(?P<sign>-?)(?P<whole>\d{1,3}(?:[ _]\d{3})+|\d+)(?:\.(?P<part>\d+))?")
_EXAMPLES = {
    Unit.TRUTH: "yes",
    Unit.MONEY: "1250.50",
    Unit.RATE: "7.5 %",
    Unit.NUMBER: "2.5",
    Unit.COUNT: "3",
    Unit.DATE: "2026-11-24",
}


def whole_number(text: str, scale: int) -> int | None:
    """Return a decimal text as a whole number of its last decimal place, or None when it is none or has more places."""
    match = _DIGITS.fullmatch(text)
    if not match or len(part := match["part"] or "") > scale or len(match["whole"]) > MOST_DIGITS:
        return None
    digits = match["whole"].replace(" ", "").replace("_", "")
    return int(match["sign"] + digits + part.ljust(scale, "0"))


def read_one(text: str, kind: Type) -> int:
    """Return one figure as its whole number. Raises `Unreadable`."""
    value: int | None
    if kind.unit is Unit.DATE:
        value = _read_date(text)
    elif kind.unit is Unit.MONEY:
        amount, _, currency = text.strip().rpartition(" ")
        value = whole_number(amount, kind.scale) if currency == kind.currency else None
    elif kind.unit is Unit.RATE:
        value = whole_number(text[:-1].strip(), kind.scale - 2) if text.endswith("%") else None
    else:
        value = whole_number(text, kind.scale)
    if value is None:
        raise Unreadable(text, example(kind))
    return value


def _read_date(text: str) -> int | None:
    day = read_day(text)
    return day.toordinal() if day else None


def example(kind: Type) -> str:
    """Return a value of the type as one would write it."""
    if kind.unit is Unit.MONEY:
        return f"{_EXAMPLES[Unit.MONEY]} {kind.currency}"
    if kind.unit in (Unit.CHOICE, Unit.CHOICES):
        shown = ", ".join(kind.values[:MOST_SHOWN]) + (
            ", ..." if len(kind.values) > MOST_SHOWN else ""
        )
        return shown if kind.unit is Unit.CHOICE else f"[{shown}]"
    return _EXAMPLES.get(kind.unit, kind.like)


def read_value(text: str, kind: Type) -> Pair:
    """Return a scalar of any type but records as a pair. Raises `Unreadable` or `OutsideDomain`."""
    if kind.unit is Unit.TRUTH:
        if text not in ("yes", "no"):
            raise Unreadable(text, example(kind))
        return YES if text == "yes" else NO
    if kind.unit is Unit.CHOICE:
        return read_choices([text], kind)
    if kind.unit in (Unit.CODE, Unit.TEXT):
        if kind.unit is Unit.CODE and not re.fullmatch(kind.pattern or r"[\w.]+", text):
            raise Unreadable(text, example(kind))
        return (text, text)
    return _read_figure(text, kind)


def _read_figure(text: str, kind: Type) -> Pair:
    low_text, between, high_text = text.partition("..")
    low = read_one(low_text.strip(), kind)
    high = read_one(high_text.strip(), kind) if between else low
    if low > high:
        raise Unreadable(text, f"{high_text.strip()} .. {low_text.strip()}")
    if low < kind.low or high > kind.high:
        raise OutsideDomain(text, write_one(kind.low, kind), write_one(kind.high, kind))
    return (low, high)


def read_choices(texts: list[str], kind: Type) -> Pair:
    """Return a told set of named values as a pair. Raises `Unreadable`."""
    bits = 0
    for text in texts:
        if text not in kind.values:
            raise Unreadable(text, example(kind))
        bits |= kind.bit(text)
    return (bits, bits)


def decimal(value: int, scale: int, places: int = 0) -> str:
    """Return a whole number with its point put back, at least `places` decimals where there are any."""
    whole, part = divmod(abs(value), 10**scale)
    digits = str(part).rjust(scale, "0").rstrip("0") if scale and part else ""
    digits = digits.ljust(places, "0") if digits else ""
    return f"{'-' if value < 0 else ''}{whole}{'.' if digits else ''}{digits}"


def write_one(value: int, kind: Type) -> str:
    """Return one figure as it is written in a dossier."""
    if kind.unit is Unit.DATE:
        return date.fromordinal(value).isoformat()
    if kind.unit is Unit.MONEY:
        return f"{decimal(value, kind.scale, 2)} {kind.currency}"
    if kind.unit is Unit.RATE:
        return f"{decimal(value, kind.scale - 2)} %"
    return decimal(value, kind.scale)


def write(value: Pair, kind: Type) -> Any:
    """Return a value as it would be written in a dossier; None where nothing is known of it.

    A string; a list of strings for what may still be several; for records a mapping with `told` and `rows`.
    """
    low, high = value
    if kind.unit is not Unit.RECORDS and value == kind.unknown:
        return None
    if kind.unit is Unit.TRUTH:
        return "yes" if low else "no"
    if kind.unit is Unit.CHOICE:
        return kind.named(low)[0] if low == high else kind.named(high)
    if kind.unit is Unit.CHOICES:
        return (
            kind.named(low) if low == high else {"must": kind.named(low), "may": kind.named(high)}
        )
    if kind.unit in (Unit.CODE, Unit.TEXT):
        return low
    if kind.unit is Unit.RECORDS:
        return _write_rows(value, kind)
    return write_figure(value, kind)


def write_figure(value: Pair, kind: Type) -> str:
    """Return a figure as it is written, both ends where it is not settled."""
    low, high = value
    if low == high:
        return write_one(low, kind)
    return f"{write_one(low, kind)} .. {write_one(high, kind)}"


def _write_rows(value: Pair, kind: Type) -> Any:
    rows, most = value
    complete = rows == most or most == len(rows)
    if not rows and not complete:
        return None
    return {
        "told": "complete" if complete else "at-least",
        "rows": [_write_row(row, kind) for row in rows],
    }


def _write_row(row: dict[str, Pair], kind: Type) -> dict[str, Any]:
    """Return what is known of a row, by field."""
    fields = {name: write(row[name], of) for name, of in kind.fields.items() if name in row}
    return {name: value for name, value in fields.items() if value is not None}


def with_domain(kind: Type, low: int, high: int) -> Type:
    """Return the type with another domain."""
    return replace(kind, low=low, high=high)
