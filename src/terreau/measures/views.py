"""The pages of the measures: the examples, and what the texts answer to one of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from terreau.measures import services
from terreau.measures.core import Standing


def examples(request: HttpRequest) -> HttpResponse:
    """List the example dossiers, each with the tally of its answers."""
    listed = services.examples(timezone.localdate())
    return render(request, "measures/examples.html", {"examples": listed})


def example(request: HttpRequest, name: str) -> HttpResponse:
    """Show what the texts answer to one example dossier."""
    try:
        answers = services.assess_example(name, timezone.localdate())
    except services.NoSuchExample as error:
        raise Http404(name) from error
    shown = _shown(request.GET.get("answer", ""))
    stages = answers.only(shown) if shown else answers.stages
    return render(
        request,
        "measures/example.html",
        {"answers": answers, "stages": stages, "shown": shown},
    )


def _shown(value: str) -> Standing | None:
    """Return the kind of answer the reader asked for; anything else shows all."""
    return next((standing for standing in Standing if standing.value == value), None)
