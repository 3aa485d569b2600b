"""Filters that say where a project stands towards the accreditations. `{% load situation %}`."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from terreau.measures.core import NearFit, Situation
from terreau.web.typography import text_words, typeset

register = template.Library()


@register.filter
def situation_title(situation: Situation) -> str:
    """Return in one sentence where the project stands."""
    if situation.kind == "inside":
        names = ", ".join(text_words(each.card.name)[0] for each in situation.inside)
        said = ngettext(
            "The project fits a recognition: %(names)s.",
            "The project fits several recognitions: %(names)s.",
            len(situation.inside),
        )
        return typeset(said % {"names": names})
    return typeset(
        {
            "outside": _("The project is outside the field of the recognitions that we know."),
            "between": _("The project falls between the recognitions that we know."),
        }.get(
            situation.kind,
            _("A recognition may still fit the project: it depends on a few answers."),
        )
    )


@register.filter
def aspects_words(near: NearFit) -> str:
    """Return what an accreditation refuses the project for."""
    said = {
        "field": _("its field"),
        "form": _("the legal form"),
        "language": _("the language in which you are organised"),
        "audience": _("the people you serve"),
        "seniority": _("how long you exist"),
        "place": _("the places where you work"),
        "separation": _("the staff or accounts you share"),
        "object": _("how the service is set up"),
    }
    return ", ".join(said[each] for each in near.aspects) or _("another condition")
