"""Tags and filters of the kit: words, money, dates, icons, plants, languages. `{% load kit %}`."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Protocol

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from terreau.kernel.message import Message
from terreau.kernel.money import Money
from terreau.kernel.rate import Rate
from terreau.kernel.text import Text
from terreau.web import typography
from terreau.web.desks import MenuLink, menu_links
from terreau.web.languages import LanguageLink, language_links

register = template.Library()

ICONS_USED = "terreau.web.icons"


class Span(Protocol):
    """Anything with two ends in whole cents; `high` is None where nothing bounds it."""

    @property
    def low(self) -> int:
        """The low end."""
        ...

    @property
    def high(self) -> int | None:
        """The high end."""
        ...


@register.filter
def words(text: Text | Message | str) -> str:
    """Return a text of the pack in the reader's language, plain: for attributes and sentences."""
    return typography.text_words(text)[0]


@register.simple_tag(name="words")
def words_marked(text: Text | Message | str) -> str:
    """Return a text of the pack; one that lacks the reader's language says which it is in."""
    sentence, language = typography.text_words(text)
    if language == get_language():
        return sentence
    return format_html('<span lang="{}">{}</span>', language, sentence)


@register.filter
def money(amount: Money | int) -> str:
    """Return an amount, given as money or in whole cents, with its currency."""
    return typography.money_words(amount.cents if isinstance(amount, Money) else amount)


@register.filter
def interval(span: Span) -> str:
    """Return an interval of money in words."""
    return typography.interval_words(span.low, span.high)


@register.filter
def number(value: int | Fraction) -> str:
    """Return a number as the language writes it."""
    return typography.number_words(value)


@register.filter
def rate(value: Rate | Fraction) -> str:
    """Return a rate in hundredths."""
    return typography.rate_words(value.fraction if isinstance(value, Rate) else value)


@register.filter
def day(value: date) -> str:
    """Return a day in full."""
    return typography.day_words(value)


@register.filter
def counted(value: int) -> str:
    """Return a small number in words."""
    return typography.counted(value)


@register.simple_tag(takes_context=True)
def icon(context: Context, name: str, classes: str = "") -> SafeString:
    """Draw an icon, always beside a word, and note it for the page's sprite."""
    _icons_used(context).add(name)
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="#i-{}"/></svg>',
        f"icon {classes}".strip(),
        name,
    )


@register.simple_tag(takes_context=True)
def sprite(context: Context) -> SafeString:
    """Return the drawings of the icons used so far; stands last in the page."""
    names = sorted(_icons_used(context))
    return mark_safe("".join(render_to_string(f"web/icons/{name}.svg").strip() for name in names))  # noqa: S308 our own drawings


@register.simple_tag
def plant(name: str) -> SafeString:
    """Draw a plant; it grows on the ground line and nowhere else."""
    return mark_safe(render_to_string(f"web/plants/{name}.svg"))  # noqa: S308 our own drawings


@register.simple_tag(takes_context=True)
def languages(context: Context) -> Sequence[LanguageLink]:
    """Return the languages of the menu, each leading to the same page."""
    return language_links(context.get("request"))


@register.simple_tag(takes_context=True)
def menu(context: Context) -> list[MenuLink]:
    """Return the entries of the menu; the one whose pages we are on is current."""
    request = context.get("request")
    return menu_links(getattr(request, "path", ""))


def _icons_used(context: Context) -> set[str]:
    # The root of a rendering is the one place that included templates and blocks share.
    # Any: Django declares what it keeps there as text, and it keeps anything.
    root: Any = context.render_context.dicts[0]
    used: set[str] = root.setdefault(ICONS_USED, set())
    return used
