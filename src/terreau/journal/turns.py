"""Periodic work: what comes due, done once a period however many workers there are."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from terreau.journal.core import Every
from terreau.journal.models import Turn

logger = logging.getLogger(__name__)

Work = Callable[[datetime], None]


class NameTaken(Exception):
    """Other periodic work has this name."""


@dataclass(frozen=True)
class Due:
    """Periodic work and how often it comes due."""

    every: Every
    work: Work


_dues: dict[str, Due] = {}


def comes_due(name: str, *, every: Every) -> Callable[[Work], Work]:
    """Have a function called with the time once in each period, within a transaction.

    It must be quick, for others wait while it writes: what is slow, it enqueues.
    """
    if name in _dues:
        raise NameTaken(name)

    def register(work: Work) -> Work:
        _dues[name] = Due(every, work)
        return work

    return register


def comes_due_no_more(name: str) -> None:
    """Forget this periodic work."""
    del _dues[name]


def do_what_is_due(*, at: datetime) -> int:
    """Do all that is due and was not done yet in its period, and return how many were done.

    What fails is told in the log and left undone, so that the next minute tries it again.
    """
    return sum([_done(name, due, at) for name, due in list(_dues.items())])


def _done(name: str, due: Due, at: datetime) -> bool:
    period = due.every.period(timezone.localtime(at))
    if Turn.objects.filter(name=name, period=period).exists():
        return False
    try:
        with transaction.atomic():
            taken = _taken(name, period, at)
            if taken:
                due.work(at)
    except Exception:
        logger.exception("%s of %s failed and is tried again.", name, period)
        return False
    return taken


def _taken(name: str, period: str, at: datetime) -> bool:
    """Take the turn; another worker that takes it meanwhile has us wait for how it ends."""
    try:
        with transaction.atomic():
            Turn.objects.create(name=name, period=period, taken_at=at)
    except IntegrityError:
        return False
    return True
