"""What a reader is shown, and in what order."""

from fractions import Fraction
from types import SimpleNamespace

import pytest

from terreau.kernel.truth import Truth
from terreau.measures.core import (
    Answer,
    Count,
    Figure,
    Reason,
    Span,
    Standing,
    Told,
    by_stage,
    tally,
)
from terreau.rules.pack import Stage
from terreau.rules.types import Unit, figure

MONEY = figure(Unit.MONEY)
STAGES = (Stage("first", {"en": "First"}), Stage("second", {"en": "Second"}))


def answer(standing=Standing.OPEN, stage="first", **given):
    """Return an answer of which only what is given matters."""
    empty = dict.fromkeys(("steps", "discretions", "duties", "missing", "openings", "cautions"), ())
    card = SimpleNamespace(stages=(stage,), law={}, asked=True)
    base = {"card": card, "authority": "us", "standing": standing, "verified": "verified"}
    return Answer(**{**base, **empty, "amount": None, "conditions": (), **given})


def reason(truth, *told):
    """Return a condition that came out so."""
    return Reason({"en": truth.value}, truth, (), told, None, "text")


def test_what_does_not_occur_is_not_counted():
    counted = tally([Standing.CLOSED, Standing.OPEN, Standing.CLOSED])

    assert counted == (Count(Standing.OPEN, 1), Count(Standing.CLOSED, 2))


def test_open_answers_come_first_and_empty_stages_not_at_all():
    closed, opened = answer(Standing.CLOSED, "second"), answer(Standing.OPEN, "second")

    (group,) = by_stage([closed, opened], STAGES)

    assert (group.stage.id, group.plant) == ("second", "sprout")
    assert group.answers == (opened, closed)


def test_what_stops_the_reader_is_told_before_what_is_met():
    met, stops, unknown = reason(Truth.YES), reason(Truth.NO), reason(Truth.UNKNOWN)

    told = answer(conditions=(met, unknown, stops))

    assert told.reasons == (stops, unknown, met)
    assert told.refusals == (stops,)


def test_a_fact_that_is_not_told_is_shown_while_the_condition_is_open():
    known = Told({}, MONEY, {}, (100, 100))
    untold = Told({}, MONEY, {}, MONEY.unknown)

    assert reason(Truth.UNKNOWN, known, untold).shown == (known, untold)
    assert reason(Truth.YES, known, untold).shown == (known,)


@pytest.mark.parametrize(
    ("span", "says"),
    [(None, False), (Span(0, None), False), (Span(0, 500), True), (Span(500, None), True)],
)
def test_an_amount_of_anything_from_nothing_up_is_no_figure(span, says):
    assert answer(amount=span).has_figure is says


def test_what_nobody_asks_for_shows_no_figure():
    card = SimpleNamespace(stages=(), law={}, asked=False)

    assert not answer(card=card, amount=Span(500, 500)).has_figure


@pytest.mark.parametrize(
    ("unit", "low", "high", "unbounded"),
    [
        (Unit.MONEY, 500, MONEY.high, True),
        (Unit.MONEY, 500, MONEY.high // 2 + 500, True),
        (Unit.MONEY, 500, 900, False),
        (Unit.MONEY, MONEY.high, MONEY.high, False),
        (Unit.RATE, 200_000, 800_000, False),
    ],
)
def test_a_figure_near_the_edge_of_its_domain_has_no_upper_end(unit, low, high, unbounded):
    assert Told({}, figure(unit), {}, (low, high)).unbounded is unbounded


@pytest.mark.parametrize(
    ("unit", "low", "high", "nothing"),
    [
        (Unit.RATE, 0, 1, True),
        (Unit.RATE, 0, Fraction(1, 2), False),
        (Unit.MONEY, 0, None, True),
        (Unit.MONEY, 0, 0, False),
        (Unit.COUNT, 2, None, False),
    ],
)
def test_a_figure_that_could_be_anything_says_nothing(unit, low, high, nothing):
    assert Figure(unit, Fraction(low), high).says_nothing is nothing


def test_an_open_answer_names_its_authority_when_that_decides():
    decides = SimpleNamespace(by="us")

    assert answer(discretions=(decides,)).names_authority
    assert not answer(discretions=(SimpleNamespace(by="others"),)).names_authority
    assert not answer().names_authority
    assert answer(Standing.TO_CONFIRM).names_authority


def test_a_single_figure_that_is_the_amount_is_not_told_twice():
    def steps(*names):
        return tuple(SimpleNamespace(id=name) for name in names)

    assert answer(steps=steps("value", "amount")).reckoning == ()
    assert len(answer(steps=steps("cost", "intensity", "amount")).reckoning) == 2


def test_the_texts_of_an_answer_are_those_of_its_card():
    card = SimpleNamespace(stages=(), law={"ord": "the ordinance"})

    assert answer(card=card).texts == ("the ordinance",)
