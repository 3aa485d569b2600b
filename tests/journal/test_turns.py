"""Periodic work: once a period, whoever does it, and again when it failed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError
from django_tasks_db.models import DBTaskResult

from terreau.journal import services as journal
from terreau.journal import turns
from terreau.journal.core import Every, Letter
from terreau.journal.due import forget_old_turns
from terreau.journal.models import Turn

NOW = datetime(2026, 11, 24, 9, 30, 12, tzinfo=UTC)


@pytest.fixture
def calls(monkeypatch) -> Iterator[list[datetime]]:
    """Return the times at which the only periodic work there is was done."""
    monkeypatch.setattr(turns, "_dues", {})
    done: list[datetime] = []
    journal.comes_due("test.sweep", every=Every.DAY)(done.append)
    yield done
    journal.comes_due_no_more("test.sweep")


@pytest.mark.parametrize(
    ("every", "period"),
    [
        (Every.MINUTE, "2026-10-25T00:30Z"),
        (Every.HOUR, "2026-10-25T00Z"),
        (Every.DAY, "2026-10-25"),
    ],
)
def test_a_period_has_one_name(every, period):
    at = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Paris"))

    assert every.period(at) == period


def test_the_hour_that_comes_twice_is_two_periods():
    first = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Paris"))

    assert Every.HOUR.period(first) != Every.HOUR.period(first.replace(fold=1))


def test_what_is_due_is_done_once_a_period(db, calls):
    again, tomorrow = NOW + timedelta(hours=1), NOW + timedelta(days=1)

    done = [journal.do_what_is_due(at=at) for at in (NOW, again, tomorrow)]

    assert done == [1, 0, 1]
    assert calls == [NOW, tomorrow]
    assert [str(turn) for turn in Turn.objects.order_by("pk")] == [
        "test.sweep 2026-11-24",
        "test.sweep 2026-11-25",
    ]


def test_a_day_is_a_day_of_the_region(db, calls, settings):
    settings.TIME_ZONE = "Europe/Paris"

    journal.do_what_is_due(at=datetime(2026, 11, 24, 23, 30, tzinfo=UTC))

    assert Turn.objects.get().period == "2026-11-25"


def test_a_turn_that_another_took_meanwhile_is_left_to_it(db, calls, monkeypatch):
    Turn.objects.create(name="test.sweep", period="2026-11-24", taken_at=NOW)
    monkeypatch.setattr(Turn.objects.all().__class__, "exists", lambda _self: False)

    assert journal.do_what_is_due(at=NOW) == 0
    assert calls == []


@pytest.mark.django_db(transaction=True)
def test_what_fails_is_told_undone_and_tried_again_and_stops_nothing_else(calls, caplog):
    def fail_at_first(at: datetime) -> None:
        Turn.objects.create(name="test.written-in-vain", period="x", taken_at=at)
        if at == NOW:
            raise ZeroDivisionError

    journal.comes_due("test.a-failing-one", every=Every.DAY)(fail_at_first)

    assert journal.do_what_is_due(at=NOW) == 1
    assert "test.a-failing-one of 2026-11-24 failed" in caplog.text
    assert [turn.name for turn in Turn.objects.all()] == ["test.sweep"]
    assert journal.do_what_is_due(at=NOW + timedelta(minutes=1)) == 1


def test_a_name_is_given_once(calls):
    with pytest.raises(journal.NameTaken):
        journal.comes_due("test.sweep", every=Every.HOUR)


def test_the_database_keeps_a_turn_to_one(db):
    Turn.objects.create(name="test.sweep", period="2026-11-24", taken_at=NOW)

    with pytest.raises(IntegrityError):
        Turn.objects.create(name="test.sweep", period="2026-11-24", taken_at=NOW)


def test_turns_and_tasks_of_long_ago_are_forgotten(db):
    letter = Letter(name="test", to="a@example.org", subject="x", body="y", language="fr")
    journal.post(letter, at=NOW)
    journal.post(letter, at=NOW)
    old, waiting = DBTaskResult.objects.all()
    DBTaskResult.objects.filter(pk=old.pk).update(
        status="SUCCESSFUL", finished_at=datetime(2020, 1, 1, tzinfo=UTC)
    )
    Turn.objects.create(name="test", period="old", taken_at=NOW - timedelta(days=31))
    Turn.objects.create(name="test", period="young", taken_at=NOW - timedelta(days=29))

    forget_old_turns(NOW)

    assert list(DBTaskResult.objects.all()) == [waiting]
    assert Turn.objects.get().period == "young"
