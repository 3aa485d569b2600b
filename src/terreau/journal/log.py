"""The log: write what happened, tell those who listen, and erase what a person said."""

import secrets
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import TypeVar

from django.db import connection

from terreau.journal.core import Entry, Happening, commitment
from terreau.journal.models import Event, PersonalWords

H = TypeVar("H", bound=Happening)

_listeners: defaultdict[type[Happening], list[Callable[..., None]]] = defaultdict(list)


class OutsideTransaction(Exception):
    """An event was recorded outside the transaction that does what it tells."""


def listens_to(kind: type[H]) -> Callable[[Callable[[H], None]], Callable[[H], None]]:
    """Have a function told each happening of this kind, within its transaction."""

    def register(listener: Callable[[H], None]) -> Callable[[H], None]:
        _listeners[kind].append(listener)
        return listener

    return register


def stops_listening(kind: type[H], listener: Callable[[H], None]) -> None:
    """Tell this function no more of that kind."""
    _listeners[kind].remove(listener)


def record(happening: Happening, *, words: Mapping[str, str] | None = None) -> Event:
    """Write what happened, with a person's words beside it, and tell those who listen."""
    if not connection.in_atomic_block:
        raise OutsideTransaction(happening.kind)
    salt = secrets.token_hex(32)
    event = Event.objects.create(
        at=happening.at,
        kind=happening.kind,
        subjects=happening.subject_ids(),
        actor=happening.by,
        payload=happening.payload(),
        commitment=commitment(salt, words) if words else "",
    )
    if words:
        PersonalWords.objects.create(event=event, salt=salt, words=dict(words))
    for listener in _listeners[type(happening)]:
        listener(happening)
    return event


def erase_words(event_id: int) -> None:
    """Erase the personal words beside an event; the event and its proof stand."""
    PersonalWords.objects.filter(event_id=event_id).delete()


def words_are_genuine(event_id: int) -> bool:
    """Say whether the words kept beside an event are those it committed to."""
    kept = PersonalWords.objects.select_related("event").get(event_id=event_id)
    return commitment(kept.salt, kept.words) == kept.event.commitment


def history(**subjects: object) -> list[Entry]:
    """Return what happened to these rows, oldest first: `history(project=42)`."""
    about = {f"subjects__{name}": str(row) for name, row in subjects.items()}
    return [event.entry() for event in Event.objects.filter(**about).order_by("id")]
