"""Filters of the question page: how a fact is asked, and the words around it. `{% load asking %}`."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from terreau.measures.forms import not_read
from terreau.measures.services import Asked
from terreau.rules.types import FIGURES, Unit
from terreau.rules.vocabulary import Fact

register = template.Library()

KINDS = {
    Unit.TRUTH: "choice",
    Unit.CHOICE: "choice",
    Unit.CHOICES: "several",
    Unit.DATE: "date",
    Unit.RECORDS: "rows",
    **dict.fromkeys(FIGURES - {Unit.DATE}, "figure"),
}


@register.filter
def asked_as(fact: Fact) -> str:
    """Return how a fact is asked: choice, several, date, rows, figure or text."""
    return KINDS.get(fact.type.unit, "text")


@register.filter
def sign(fact: Fact) -> str:
    """Return the sign that stands after a figure."""
    if fact.type.unit is Unit.RATE:
        return "%"
    return fact.type.currency.upper()


@register.filter
def how_to_write(fact: Fact) -> str:
    """Return how to write the answer."""
    return not_read(fact.type)


@register.filter
def place_words(asked: Asked, enough: int) -> str:
    """Return which question this is, as long as there are not enough answers."""
    if asked.told or asked.number > enough:
        return ""
    return _("Question %(number)s of %(enough)s.") % {"number": asked.number, "enough": enough}


@register.filter
def questions_left(number: int) -> str:
    """Return how many questions of a measure are left."""
    sentence = ngettext("%(number)s question left", "%(number)s questions left", number)
    return sentence % {"number": number}


@register.filter
def touches_words(number: int) -> str:
    """Return how many measures hang on the answer."""
    return ngettext(
        "One measure hangs on your answer.", "%(number)s measures hang on your answer.", number
    ) % {"number": number}


@register.filter
def uncovered_words(number: int) -> str:
    """Return how many measures are known by name alone."""
    return ngettext(
        "One measure that we know by name, and do not answer yet",
        "%(number)s measures that we know by name, and do not answer yet",
        number,
    ) % {"number": number}
