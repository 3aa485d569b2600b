"""Filters that put an answer into words and shapes. `{% load answers %}`."""

from django import template
from django.utils.translation import ngettext

from terreau.kernel.truth import Truth
from terreau.measures import refusals, wording
from terreau.measures.core import Standing
from terreau.measures.told import told_words

register = template.Library()

SHAPES: dict[Standing | Truth, str] = {
    Standing.OPEN: "yes",
    Standing.TO_CONFIRM: "confirm",
    Standing.WAITING: "unknown",
    Standing.CLOSED: "no",
    Standing.ENDED: "no",
    Truth.YES: "yes",
    Truth.UNKNOWN: "unknown",
    Truth.NO: "no",
}
SENTENCES = (
    wording.headline,
    wording.late_words,
    wording.nearest_words,
    wording.in_a_sentence,
    wording.measures_words,
    wording.count_words,
    wording.standing_note,
    wording.answer_words,
    wording.missing_words,
    refusals.refusal_words,
    refusals.refusal_title,
    refusals.other_refusals,
    refusals.number_of_answers,
    refusals.do_not_fit,
    wording.missing_title,
    wording.more_questions,
    wording.more_facts,
    wording.truth_words,
    wording.cause_words,
    wording.kind_words,
    wording.no_figure,
    wording.no_figure_why,
    wording.amount_lead,
    wording.opening_words,
    wording.reference_words,
    wording.in_force_words,
    wording.consulted_words,
    wording.reading_words,
    wording.read_words,
    wording.rules_on,
    wording.step_words,
    wording.step_figure,
    told_words,
)
for sentence in SENTENCES:
    register.filter(sentence.__name__, sentence)


@register.filter
def shape(answer: Standing | Truth) -> str:
    """Return the name of the icon of an answer: its shape comes before its colour."""
    return SHAPES[answer]


@register.filter
def hue(answer: Standing | Truth) -> str:
    """Return the colour class of an answer."""
    name = SHAPES[answer]
    return "is-yes" if name == "confirm" else f"is-{name}"


@register.filter
def shape_of_reading(verified: str) -> str:
    """Return the icon of how sure we are of a reading."""
    return "yes" if verified == "verified" else "confirm"


@register.filter
def hue_of_reading(verified: str) -> str:
    """Return the colour class of how sure we are of a reading."""
    return "is-yes" if verified == "verified" else "is-unknown"


@register.filter
def is_address(text: object) -> bool:
    """Whether a text of the pack is the address of a page."""
    return isinstance(text, str) and text.startswith(("https://", "http://"))


@register.filter
def days_words(days: str) -> str:
    """Return a term in days."""
    number = int(days)
    return ngettext("%(number)s day", "%(number)s days", number) % {"number": number}
