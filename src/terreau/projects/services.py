"""Start a project, tell and withdraw its facts, and ask what holds on a day."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from terreau.actors.services import Carrier
from terreau.journal import services as journal
from terreau.projects.core import (
    FactTold,
    FactWithdrawn,
    NothingTold,
    ProjectForgotten,
    ProjectStarted,
    Telling,
    Told,
    as_told,
    read_token,
    span_beside,
    token_hash,
)
from terreau.projects.models import Fact, Project

__all__ = [
    "Fact",
    "NothingTold",
    "Project",
    "Telling",
    "Visit",
    "expiring",
    "facts_on",
    "forget",
    "forget_expired",
    "last_told",
    "read_token",
    "skip",
    "start",
    "start_visit",
    "tell",
    "withdraw",
    "write_to",
]


MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Visit:
    """A visitor's project and its token, which is shown once and never kept."""

    project: Project
    token: str


@transaction.atomic
def start(
    title: dict[str, str], *, language: str, owner: Carrier, by: UUID, at: datetime
) -> Project:
    """Start a project of this carrier, whose words are first in this language."""
    project = Project.objects.create(owner=owner, language=language, title=title, started_at=at)
    _record_start(project, by=by)
    return project


@transaction.atomic
def start_visit(*, language: str, lasts: timedelta, at: datetime) -> Visit:
    """Start a project without owner, which only the bearer of the token reaches."""
    token = secrets.token_urlsafe(32)
    project = Project.objects.create(
        token_hash=token_hash(token),
        read_hash=token_hash(read_token(token)),
        language=language,
        started_at=at,
        expires_at=at + lasts,
    )
    _record_start(project, by=None)
    return Visit(project=project, token=token)


@transaction.atomic
def tell(project: Project, facts: Mapping[str, object], telling: Telling) -> None:
    """Tell what is so from a day on; what held before is kept as history."""
    locked = Project.objects.select_for_update().get(pk=project.pk)
    locked.skipped = [name for name in locked.skipped if name not in facts]
    locked.save(update_fields=["skipped"])
    held = facts_on(project, telling.on)
    for fact, value in facts.items():
        if held.get(fact) == as_told(value):
            continue
        row = Fact(project=project, fact=fact, value=as_told(value), source=telling.source)
        _place(row, telling)
        journal.record(
            FactTold(
                at=telling.at,
                by=telling.by,
                project=project.pk,
                fact=fact,
                source=telling.source,
                day=telling.on,
            )
        )


@transaction.atomic
def skip(project: Project, facts: Iterable[str]) -> None:
    """Ask these facts last from now on."""
    project = Project.objects.select_for_update().get(pk=project.pk)
    project.skipped = list(dict.fromkeys([*project.skipped, *facts]))
    project.save(update_fields=["skipped"])


@transaction.atomic
def write_to(project: Project, contact: str, *, mail: UUID) -> None:
    """Keep the address to which its link and its last day are told, and which mail went; an empty one is forgotten."""
    locked = Project.objects.select_for_update().get(pk=project.pk)
    locked.contact = contact
    locked.mails = [*locked.mails, str(mail)]
    locked.save(update_fields=["contact", "mails"])


def expiring(*, within: timedelta, at: datetime) -> list[Project]:
    """Return the visitors' projects with an address whose last day comes within this time."""
    soon = Project.objects.filter(
        owner__isnull=True, expires_at__gt=at, expires_at__lte=at + within
    )
    return list(soon.exclude(contact="").order_by("expires_at", "pk"))


@transaction.atomic
def forget(project: Project, *, at: datetime, expired: bool = False) -> None:
    """Delete a visitor's project with all that was told and mailed; what stays is that there was one."""
    for mail in project.mails:
        journal.erase_mail(UUID(mail))
    journal.record(ProjectForgotten(at=at, by=None, project=project.pk, expired=expired))
    Project.objects.filter(pk=project.pk, owner__isnull=True).delete()


def forget_expired(*, at: datetime) -> int:
    """Delete visitors' projects whose last day has come, some hundreds at a time; return how many."""
    expired = Project.objects.filter(owner__isnull=True, expires_at__lte=at).order_by("pk")
    some = list(expired[:MOST_AT_ONCE])
    for project in some:
        forget(project, at=at, expired=True)
    return len(some)


@transaction.atomic
def withdraw(
    project: Project, fact: str, *, by: UUID | None = None, on: date, at: datetime
) -> None:
    """Take a fact back: it is unknown from this day."""
    Project.objects.select_for_update().get(pk=project.pk)
    rows = Fact.objects.filter(project=project, fact=fact)
    ended = rows.filter(since__gte=on).of_any_day().update(until=F("since"))
    ended += rows.holding_on(on).update(until=on)
    if ended:
        journal.record(FactWithdrawn(at=at, by=by, project=project.pk, fact=fact, day=on))


def facts_on(project: Project, day: date) -> dict[str, Told]:
    """Return what is known of the project on this day, by the ids of its facts."""
    held = Fact.objects.filter(project=project).holding_on(day).order_by("fact")
    return dict(held.values_list("fact", "value"))


def last_told(project: Project) -> str | None:
    """Return the fact that was told last and still holds, or None."""
    held = Fact.objects.filter(project=project, until__isnull=True)
    return held.order_by("-told_at", "-pk").values_list("fact", flat=True).first()


def _record_start(project: Project, *, by: UUID | None) -> None:
    journal.record(
        ProjectStarted(
            at=project.started_at,
            by=by,
            project=project.pk,
            expires_at=project.expires_at,
        )
    )


def _place(row: Fact, telling: Telling) -> None:
    """Keep the row with its days, and take them from the row that held them."""
    rows = Fact.objects.filter(project=row.project, fact=row.fact).of_any_day()
    span = span_beside([other.span() for other in rows], telling.on)
    rows.holding_on(telling.on).update(until=telling.on)
    row.since, row.until, row.told_at = span.since, span.until, telling.at
    row.save(force_insert=True)
