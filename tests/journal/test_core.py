"""How an event is spelled, for good: these bytes may never change."""

import hashlib
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terreau.journal.core import Entry, commitment, plain

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ENTRY = Entry(
    id=1,
    at=NOON,
    kind="projects.fact-told",
    subjects={"project": "42"},
    actor=UUID("00000000-0000-4000-8000-000000000001"),
    payload={"fact": "project.domain", "day": "2026-11-24"},
    commitment="",
)


def test_an_event_has_one_spelling():
    assert ENTRY.canonical().decode() == (
        '{"actor":"00000000-0000-4000-8000-000000000001",'
        '"at":"2026-11-24T12:00:00.000000+00:00","commitment":"","id":1,'
        '"kind":"projects.fact-told",'
        '"payload":{"day":"2026-11-24","fact":"project.domain"},"subjects":{"project":"42"}}'
    )


def test_a_leaf_is_hashed_apart_from_a_node():
    assert ENTRY.leaf() == hashlib.sha256(b"\x00" + ENTRY.canonical()).hexdigest()


def test_the_time_of_an_event_is_spelled_in_one_zone():
    elsewhere = NOON.astimezone(timezone(timedelta(hours=5)))

    assert plain(elsewhere) == plain(NOON)


@given(st.dictionaries(st.text(), st.text()), st.text())
def test_a_commitment_holds_for_its_words_and_salt_alone(words, salt):
    assert commitment(salt, words) == commitment(salt, dict(reversed(words.items())))
    assert commitment(salt, words) != commitment(salt + "x", words)
    assert commitment(salt, words) != commitment(salt, {**words, "more": str(words)})


def test_lists_and_mappings_are_spelled_part_by_part():
    assert plain({"days": (NOON.date(), None)}) == {"days": ["2026-11-24", None]}


def test_an_event_holds_no_fraction():
    with pytest.raises(TypeError, match="float"):
        plain(0.1)
