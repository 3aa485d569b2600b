"""The journal: what was recorded stays, is told, and gives away no one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import ClassVar
from uuid import UUID

import pytest
from django.db import transaction

from terreau.journal import services as journal
from terreau.journal.core import Happening
from terreau.journal.models import PersonalWords

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
ACTOR = UUID("00000000-0000-4000-8000-000000000001")


@dataclass(frozen=True, kw_only=True)
class DoorOpened(Happening):
    """A door was opened."""

    kind: ClassVar[str] = "test.door-opened"
    subjects: ClassVar[tuple[str, ...]] = ("door",)
    door: int
    on: date


OPENED = DoorOpened(at=NOW, by=ACTOR, door=7, on=date(2026, 11, 24))


class DoorJammed(Exception):
    """The door did not open after all."""


@transaction.atomic
def open_in_vain() -> None:
    """Record an opening, then fail."""
    journal.record(OPENED)
    raise DoorJammed


@pytest.fixture
def heard() -> Iterator[list[DoorOpened]]:
    """Return what a listener hears of doors."""
    told: list[DoorOpened] = []
    journal.listens_to(DoorOpened)(told.append)
    yield told
    journal.stops_listening(DoorOpened, told.append)


@pytest.mark.django_db
def test_what_happened_is_kept_as_it_was_told():
    journal.record(OPENED)

    (entry,) = journal.history(door=7)

    assert (entry.kind, entry.at, entry.actor) == ("test.door-opened", NOW, ACTOR)
    assert entry.subjects == {"door": "7"}
    assert entry.payload == {"on": "2026-11-24"}


@pytest.mark.django_db
def test_the_log_spells_an_event_as_it_comes_back_from_the_database():
    event = journal.record(OPENED, words={"remark": "Entrez"})
    before = event.entry().leaf()

    event.refresh_from_db()

    assert event.entry().leaf() == before


@pytest.mark.django_db
def test_listeners_hear_it_in_the_same_transaction(heard):
    journal.record(OPENED)

    assert heard == [OPENED]


@pytest.mark.django_db(transaction=True)
def test_what_fails_leaves_no_event():
    with pytest.raises(DoorJammed):
        open_in_vain()

    assert journal.history(door=7) == []


@pytest.mark.django_db(transaction=True)
def test_an_event_is_recorded_only_with_what_it_tells():
    with pytest.raises(journal.OutsideTransaction):
        journal.record(OPENED)


@pytest.mark.django_db
def test_erasing_what_a_person_said_leaves_the_event_and_its_proof():
    event = journal.record(OPENED, words={"remark": "Mme Diallo a ouvert"})
    assert journal.words_are_genuine(event.pk)
    leaf = event.entry().leaf()

    journal.erase_words(event.pk)

    (entry,) = journal.history(door=7)
    assert entry.leaf() == leaf
    assert not PersonalWords.objects.exists()


@pytest.mark.django_db
def test_words_that_were_changed_are_found_out():
    event = journal.record(OPENED, words={"remark": "yes"})

    PersonalWords.objects.update(words={"remark": "no"})

    assert not journal.words_are_genuine(event.pk)
