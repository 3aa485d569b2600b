"""From what a person types to a value as a dossier writes it: signs, spaces and commas as people use them."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from terreau.kernel.day import read_day
from terreau.rules.types import Type, Unit

LONGEST = 200
SPACES = re.compile(r"[\s'’_]")
FIGURE = re.compile(r"-?[0-9]+(?:[.,][0-9]+)*")
DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
DAY_IN_WORDS = re.compile(r"(\d{1,2})(?:er|e|\.)? ?([^\W\d]+)\.? ?(\d{4})")
GROUP = 3


class NotRead(ValueError):
    """A text that is no value of its type."""


def as_written(text: str, kind: Type, months: Mapping[str, int]) -> str:
    """Return a typed figure, day, code or text as a dossier writes it. Raises `NotRead`.

    `months` gives the number of each month by its name in the person's language, in lower case.
    """
    if len(text) > LONGEST:  # asked first: to normalise a long text of accents takes its square
        raise NotRead(text[:LONGEST])
    text = unicodedata.normalize("NFKC", text).strip()
    if not text or len(text) > LONGEST:
        raise NotRead(text[:LONGEST])
    if kind.unit is Unit.DATE:
        return _day(text, months)
    if kind.unit is Unit.MONEY:
        bare = re.sub(rf"€|{re.escape(kind.currency)}", "", text, flags=re.IGNORECASE)
        return f"{_figure(bare, kind)} {kind.currency}"
    if kind.unit is Unit.RATE:
        return f"{_figure(text.replace('%', ''), kind)} %"
    if kind.unit in (Unit.NUMBER, Unit.COUNT):
        return _figure(text, kind)
    return re.sub(r"\s", "", text) if kind.unit is Unit.CODE else text


def _figure(text: str, kind: Type) -> str:
    """Return a decimal number with a point.

    Of two signs the last stands before the decimals. One sign before three digits groups thousands, in money and counts.
    """
    bare = SPACES.sub("", text)
    if not FIGURE.fullmatch(bare):
        raise NotRead(text)
    signs = [sign for sign in bare if sign in ".,"]
    if not signs:
        return bare
    whole, sign, part = (
        bare[: bare.rindex(signs[-1])],
        signs[-1],
        bare[bare.rindex(signs[-1]) + 1 :],
    )
    alone = len(signs) == 1 or set(signs) == {sign}
    if alone and (len(signs) > 1 or (len(part) == GROUP and kind.unit in (Unit.MONEY, Unit.COUNT))):
        return _whole(bare, text)
    return f"{_whole(whole, text) if len(signs) > 1 else whole}.{part}"


def _whole(grouped: str, text: str) -> str:
    """Return a whole number without the signs between its thousands."""
    first, *groups = re.split(r"[.,]", grouped)
    if any(len(each) != GROUP for each in groups) or not 1 <= len(first.lstrip("-")) <= GROUP:
        raise NotRead(text)
    return first + "".join(groups)


def _day(text: str, months: Mapping[str, int]) -> str:
    """Return a day as year-month-day; the day stands before the month."""
    if read_day(text):
        return text
    found = DAY_FIRST.fullmatch(text)
    if found:
        day, month, year = map(int, found.groups())
    else:
        in_words = DAY_IN_WORDS.fullmatch(text)
        if in_words is None or in_words[2].lower() not in months:
            raise NotRead(text)
        day, month, year = int(in_words[1]), months[in_words[2].lower()], int(in_words[3])
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise NotRead(text) from None
