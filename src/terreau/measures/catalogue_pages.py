"""The pages of the catalogue: all the measures, and one measure as it stands on a day."""

from dataclasses import dataclass, fields
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from terreau.kernel.day import read_day
from terreau.measures import services
from terreau.measures.catalogue import FIRST_DAY, LAST_DAY
from terreau.measures.services import Filters

LONGEST = 100


@dataclass(frozen=True)
class DayAsked:
    """The day a reader asks for, and what was typed; a day that cannot be read is today's."""

    typed: str
    day: date
    fault: bool


@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """List the measures that are chosen."""
    chosen = {each.name: request.GET.get(each.name, "").strip() for each in fields(Filters)}
    filters = Filters(**{name: text[:LONGEST] for name, text in chosen.items()})
    catalogue = services.catalogue(timezone.localdate(), filters)
    return render(request, "measures/catalogue.html", {"catalogue": catalogue})


@require_safe
def how_complete(request: HttpRequest) -> HttpResponse:
    """Show what the catalogue knows and what it does not know."""
    known = services.how_complete(timezone.localdate())
    return render(request, "measures/completeness.html", {"known": known})


@require_safe
def measure(request: HttpRequest, card: str) -> HttpResponse:
    """Show all that is known of a measure on the day that is asked."""
    asked = _day_asked(request.GET.get("day", "").strip()[:LONGEST], timezone.localdate())
    try:
        page = services.measure(card, asked.day)
    except services.NoSuchMeasure as error:
        raise Http404(card) from error
    context = {"page": page, "asked": asked, "first_day": FIRST_DAY, "last_day": LAST_DAY}
    return render(request, "measures/measure.html", context)


def _day_asked(typed: str, today: date) -> DayAsked:
    day = read_day(typed)
    if day and FIRST_DAY <= day <= LAST_DAY:
        return DayAsked(typed, day, fault=False)
    return DayAsked(typed, today, fault=bool(typed))
