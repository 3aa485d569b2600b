"""Figures, money, dates and sentences as each language prints them.

Two spaces hold: the narrow one (U+202F) in thousands and before `; ? !`, the wide one (U+00A0)
before `: € %`, inside « » and between a day and its month. Money comes in whole cents.
"""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext, pgettext

from terreau.kernel.message import Message
from terreau.kernel.text import Text

WIDE = "\N{NO-BREAK SPACE}"
NARROW = "\N{NARROW NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
CENTS = 100
LAST_NUMBER_IN_WORDS = 12


def typeset(sentence: str) -> str:
    """Return the sentence with printed apostrophes, and with spaces that hold where they must."""
    sentence = re.sub(r"(?<=\w)'(?=\w)", "’", sentence)
    sentence = re.sub(r" ([;?!])", NARROW + r"\1", sentence)
    sentence = re.sub(r" ([:€%»])", WIDE + r"\1", sentence)
    sentence = sentence.replace("« ", "«" + WIDE)
    return re.sub(r"\b(\d{1,3}) (?=\d{3}\b)", r"\1" + NARROW, sentence)


def number_words(number: int | Fraction, places: int = 4) -> str:
    """Return a number with the signs of the language, never a needless zero."""
    exact = Fraction(number)
    shown = Decimal(round(exact * 10**places)).scaleb(-places)
    return _grouped(f"{shown:f}".rstrip("0").rstrip(".") if places else f"{shown:f}")


def money_words(cents: int) -> str:
    """Return an amount with its currency, where the language puts it."""
    return _with_currency(pgettext("money", "€%(amount)s"), amount=cents)


def interval_words(low: int, high: int | None) -> str:
    """Return an interval of money in words: one amount, from, up to, or between two."""
    if high is None:
        return _with_currency(pgettext("money", "€%(low)s or more"), low=low)
    if low == high:
        return money_words(low)
    if low == 0:
        return _with_currency(pgettext("money", "up to €%(high)s"), high=high)
    return _with_currency(pgettext("money", "€%(low)s to €%(high)s"), low=low, high=high)


def rate_words(fraction: Fraction) -> str:
    """Return a rate in hundredths, with the sign where the language puts it."""
    return typeset(pgettext("rate", "%(percent)s%%") % {"percent": number_words(fraction * 100)})


def day_words(day: date) -> str:
    """Return a day in full: the first of a month is spoken as the language speaks it."""
    number = pgettext("first day of a month", "1") if day.day == 1 else str(day.day)
    return f"{number}{WIDE}{date_format(day, 'F Y')}"


def counted(number: int) -> str:
    """Return a small number in words and a large one in figures, for the start of a sentence."""
    if number > LAST_NUMBER_IN_WORDS:
        return number_words(number)
    return _small_numbers()[number]


def text_words(text: Text | Message | str) -> tuple[str, str]:
    """Return words in the reader's language, or in the text's own first one, and which that is."""
    here = (get_language() or "").split("-")[0]
    if isinstance(text, str):
        return typeset(text), here
    if isinstance(text, Message):
        return typeset(text.words(gettext)), here
    language = here if here in text else next(iter(text), here)
    return typeset(text.get(language, "")), language


def _with_currency(pattern: str, **cents: int) -> str:
    return typeset(pattern % {name: _figure(amount) for name, amount in cents.items()})


def _figure(cents: int) -> str:
    whole, rest = divmod(abs(cents), CENTS)
    figure = _grouped(f"{whole}.{rest:02d}" if rest else f"{whole}")
    return f"{MINUS}{figure}" if cents < 0 else figure


def _grouped(digits: str) -> str:
    # Django parts French thousands with the wide space; print wants the narrow one.
    return number_format(digits, force_grouping=True).replace(WIDE, NARROW)


def _small_numbers() -> tuple[str, ...]:
    return (
        gettext("none"),
        gettext("one"),
        gettext("two"),
        gettext("three"),
        gettext("four"),
        gettext("five"),
        gettext("six"),
        gettext("seven"),
        gettext("eight"),
        gettext("nine"),
        gettext("ten"),
        gettext("eleven"),
        gettext("twelve"),
    )
