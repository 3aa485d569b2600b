"""Who reaches which project."""

from datetime import date, datetime

from django.shortcuts import get_object_or_404

from terreau.actors import access as actors
from terreau.actors.services import User
from terreau.projects.core import token_hash
from terreau.projects.models import Project


def project_of_visitor(token: str, *, at: datetime) -> Project:
    """Return the project behind a token until it expires, or answer that there is none."""
    visits = Project.objects.filter(owner__isnull=True, expires_at__gt=at)
    return get_object_or_404(visits, token_hash=token_hash(token))


def project_of_reader(token: str, *, at: datetime) -> Project:
    """Return the project that a token lets one read until it expires, or answer that there is none."""
    visits = Project.objects.filter(owner__isnull=True, expires_at__gt=at)
    return get_object_or_404(visits, read_hash=token_hash(token))


def project_of_carrier(user: User, pk: int, *, on: date) -> Project:
    """Return a project of a carrier for whom the user acts, or answer that there is none."""
    carriers = actors.carriers_of(user, on=on)
    return get_object_or_404(Project.objects.filter(owner__in=carriers), pk=pk)
