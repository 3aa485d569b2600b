"""Filters that put what the catalogue knows and does not know into words. `{% load completeness %}`."""

from django import template
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from terreau.measures.catalogue.completeness import Completeness, OpenFigure, Share
from terreau.measures.wording import kind_words
from terreau.rules.cards import Card
from terreau.rules.ground import Municipality
from terreau.web.typography import text_words, typeset

register = template.Library()
COLUMN, ROW, GAP = 132, 76, 6
FIRST_LINE, LINE, LETTERS = 22, 18, 14
"""Of a tile of the map: its size and the room around it, where its lines stand, how many letters a line takes."""


@register.filter
def kind_of_card(card: Card) -> str:
    """Return what a card is, in a few words."""
    said = {
        "test": _("shared conditions"),
        "derived": _("reckoned value"),
        "competence": _("who is competent"),
        "duty": _("duty or term"),
        "clause": _("clause in public contracts"),
        "circuit": _("path of a decision"),
        "cost": _("rule on costs"),
        "surplus": _("rule on surplus"),
        "counter": _("form of an authority"),
    }.get(card.kind)
    return capfirst(said or kind_words(card))


@register.filter
def way_words(share: Share) -> str:
    """Return how something was read."""
    return {
        "text": _("Read in the law itself"),
        "secondary": _("Read in another source than the law"),
        "assumed": _("Our reading, not confirmed"),
        "verified": _("Read in full in the official text"),
        "partly": _("Read in part, or in a second source"),
        "not": _("Not verified: ask before you count on it"),
    }[share.way]


@register.filter
def figure_of(figure: OpenFigure) -> str:
    """Return what a figure is called; one without a name is told by its card alone."""
    return text_words(figure.label)[0] if figure.label else _("a figure without a public name")


@register.filter
def missing_title(known: Completeness) -> str:
    """Return how many figures were not found."""
    number = known.figures_missing
    sentence = ngettext(
        "%(number)s figure was not found", "%(number)s figures were not found", number
    )
    return typeset(sentence % {"number": number})


@register.simple_tag
def tile_map(municipalities: tuple[Municipality, ...]) -> dict[str, object]:
    """Return the tiles of the schematic map with their places, in units of the drawing."""
    tiles = [
        {
            "name": text_words(each.name)[0],
            "lines": _lines(text_words(each.name)[0]),
            "postal": each.postal,
            "x": (each.column - 1) * (COLUMN + GAP),
            "y": (each.row - 1) * (ROW + GAP),
        }
        for each in municipalities
    ]
    return {
        "tiles": tiles,
        "width": COLUMN,
        "height": ROW,
        "box": f"0 0 {max((each.column for each in municipalities), default=1) * (COLUMN + GAP)}"
        f" {max((each.row for each in municipalities), default=1) * (ROW + GAP)}",
    }


@register.filter
def tile_line(number: int) -> int:
    """Return where a line of a tile stands."""
    return FIRST_LINE + (number - 1) * LINE


def _lines(name: str) -> list[str]:
    """Return a name on as many lines as it needs in a tile: a long one breaks after a hyphen."""
    lines = [""]
    for part in name.replace("-", "-\0").split("\0"):
        if lines[-1] and len(lines[-1]) + len(part) > LETTERS:
            lines.append("")
        lines[-1] += part
    return lines
