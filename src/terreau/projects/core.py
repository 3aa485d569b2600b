"""What a told fact is, which days it holds, and what happens to a project."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, TypeAlias
from uuid import UUID

from terreau.journal.core import Happening

# A fact is kept as it is written: every scalar is text, and the vocabulary reads it.
Records: TypeAlias = dict[str, str | list[dict[str, str]]]
Told: TypeAlias = str | list[str] | list[dict[str, str]] | Records


class NothingTold(Exception):
    """What was given tells no fact: to take a fact back is to withdraw it."""


@dataclass(frozen=True)
class Span:
    """The days on which a fact holds: from its first day until the day it no longer holds."""

    since: date
    until: date | None = None


@dataclass(frozen=True)
class Telling:
    """Who told facts, when, from where, and the day from which they hold."""

    on: date
    at: datetime
    by: UUID | None = None
    source: str = "told"


def span_beside(others: Iterable[Span], since: date) -> Span:
    """Return the span of what is told from this day, until what already holds later takes over."""
    later = [other.since for other in others if other.since > since]
    return Span(since, min(later, default=None))


def as_told(value: object) -> Told:
    """Return the value if it is text, a list of texts or a list of records of text."""
    match value:
        case str() if value.strip():
            return value
        case list() if all(isinstance(each, str) for each in value):
            return value
        case list() if all(_is_record(each) for each in value):
            return value
        case {"told": str() as told, "rows": list() as rows, **others} if not others and all(
            _is_record(each) for each in rows
        ):
            return {"told": told, "rows": rows}
    message = f"A fact is told as text, texts or records of text, not as {value!r}."
    raise NothingTold(message)


def token_hash(token: str) -> str:
    """Return what is kept of a visitor's token, from which the token cannot be found."""
    return hashlib.sha256(token.encode()).hexdigest()


def read_token(token: str) -> str:
    """Return the token that lets another only read: from it the visitor's own cannot be found."""
    return hmac.new(token.encode(), b"read", hashlib.sha256).hexdigest()


def _is_record(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(part, str) for pair in value.items() for part in pair
    )


@dataclass(frozen=True, kw_only=True)
class ProjectStarted(Happening):
    """A project began, with an owner or behind a visitor's token."""

    kind: ClassVar[str] = "projects.project-started"
    subjects: ClassVar[tuple[str, ...]] = ("project",)
    project: int
    expires_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class FactTold(Happening):
    """A fact of a project was told; its value stays with the project."""

    kind: ClassVar[str] = "projects.fact-told"
    subjects: ClassVar[tuple[str, ...]] = ("project",)
    project: int
    fact: str
    source: str
    day: date


@dataclass(frozen=True, kw_only=True)
class FactWithdrawn(Happening):
    """A fact of a project was taken back, and is unknown from that day."""

    kind: ClassVar[str] = "projects.fact-withdrawn"
    subjects: ClassVar[tuple[str, ...]] = ("project",)
    project: int
    fact: str
    day: date


@dataclass(frozen=True, kw_only=True)
class ProjectForgotten(Happening):
    """A visitor's project was deleted with all its facts: by its owner, or because its last day came."""

    kind: ClassVar[str] = "projects.project-forgotten"
    subjects: ClassVar[tuple[str, ...]] = ("project",)
    project: int
    expired: bool
