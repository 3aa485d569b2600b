"""What a dossier tells of one fact, in the words of the vocabulary."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from terreau.measures.core import Figure, Told
from terreau.rules.types import FIGURES, Unit
from terreau.web.typography import (
    day_words,
    interval_words,
    number_words,
    rate_words,
    text_words,
)

CENTS = 100


def told_words(told: Told) -> str:
    """Return what is told of a fact in words; what is not told says so."""
    if not told.known:
        return _("not known yet")
    if told.type.unit in FIGURES:
        return figure_words(_figure(told))
    return _WORDS.get(told.type.unit, _as_written)(told)


def figure_words(figure: Figure) -> str:
    """Return a figure, or the interval in which it lies."""
    low, high = figure.low, figure.high
    if figure.says_nothing:
        return _("not known yet")
    if figure.unit is Unit.MONEY:
        return interval_words(round(low), None if high is None else round(high))
    if low == high:
        return _one(low, figure.unit)
    if high is None:
        return _("%(low)s or more") % {"low": _one(low, figure.unit)}
    return _("%(low)s to %(high)s") % {
        "low": _one(low, figure.unit),
        "high": _one(high, figure.unit),
    }


def _figure(told: Told) -> Figure:
    """Return the figure of a fact."""
    low, high = told.value
    # Money is shown from whole cents; a derived amount carries more decimals than these.
    one = Fraction(told.type.one, CENTS) if told.type.unit is Unit.MONEY else told.type.one
    return Figure(
        told.type.unit, Fraction(low) / one, None if told.unbounded else Fraction(high) / one
    )


def _one(value: Fraction, unit: Unit) -> str:
    if unit is Unit.RATE:
        return rate_words(value)
    if unit is Unit.DATE:
        return day_words(date.fromordinal(int(value)))
    return number_words(value)


def _truth(told: Told) -> str:
    return _("yes") if told.value[0] else _("no")


def _choice(told: Told) -> str:
    """Return the value chosen, or those still possible."""
    return _(" or ").join(_names(told, told.value[1]))


def _choices(told: Told) -> str:
    """Return the values told; a set of which more may be true says so."""
    must, may = told.value
    names = ", ".join(_names(told, must)) or _("none of these")
    return names if must == may else _("%(names)s, and perhaps others") % {"names": names}


def _records(told: Told) -> str:
    rows, most = told.value
    number = len(rows)
    if not number:
        return _("none")
    sentence = ngettext("%(number)s line", "%(number)s lines", number) % {"number": number}
    complete = most in (rows, number)
    return sentence if complete else _("at least %(lines)s") % {"lines": sentence}


def _as_written(told: Told) -> str:
    return str(told.value[0])


def _names(told: Told, bits: int) -> list[str]:
    return [
        text_words(told.values[value])[0] if value in told.values else value
        for value in told.type.named(bits)
    ]


_WORDS: dict[Unit, Callable[[Told], str]] = {
    Unit.TRUTH: _truth,
    Unit.CHOICE: _choice,
    Unit.CHOICES: _choices,
    Unit.RECORDS: _records,
}
