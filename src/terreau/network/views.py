"""The pages of the network."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from terreau.network import services


def plea(request: HttpRequest) -> HttpResponse:
    """Show what the network asks, and what is done for it today."""
    try:
        told = services.plea(timezone.localdate())
    except services.NoPlea as error:
        raise Http404 from error
    return render(request, "network/plea.html", {"plea": told})
