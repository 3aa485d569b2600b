"""Who may act for whom."""

from datetime import date

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from terreau.actors.models import Authority, Carrier, User


def carriers_of(user: User, *, on: date) -> QuerySet[Carrier]:
    """Return the carriers for whom a user acts on that day."""
    return Carrier.objects.filter(_acts(user, on)).distinct()


def carrier_to_act_for(user: User, pk: int, *, on: date) -> Carrier:
    """Return a carrier for whom the user acts on that day, or answer that there is none."""
    return get_object_or_404(carriers_of(user, on=on), pk=pk)


def authority_to_act_for(user: User, pk: str, *, on: date) -> Authority:
    """Return an authority for which the user acts on that day, or answer that there is none."""
    return get_object_or_404(Authority.objects.filter(_acts(user, on)).distinct(), pk=pk)


def _acts(user: User, on: date) -> Q:
    still = Q(memberships__until__isnull=True) | Q(memberships__until__gt=on)
    return Q(memberships__user=user, memberships__since__lte=on) & still
