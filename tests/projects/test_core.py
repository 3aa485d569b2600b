"""Days of facts: whatever the order of telling, a day has one value."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from terreau.projects.core import Span, span_beside, token_hash

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 1, 1))


@given(st.lists(DAYS), DAYS)
def test_a_new_fact_holds_until_the_next_one_begins(starts, since):
    span = span_beside([Span(start) for start in starts], since)

    assert span.since == since
    assert span.until == min((start for start in starts if start > since), default=None)


def test_a_fact_told_last_of_all_still_holds():
    today = date(2026, 11, 24)

    assert span_beside([Span(today - timedelta(days=1))], today) == Span(today)


def test_a_token_is_kept_as_a_hash():
    assert token_hash("abc") == ("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
