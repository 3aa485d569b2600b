"""The laws that answers keep while something is unknown: Kleene's for truths, those of intervals for figures."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terreau.rules.operators import OneDossier
from tests.rules.dossiers import dossiers, names_in
from tests.rules.generator import expressions
from tests.rules.world import built, pairs

SMALL_TRUTH = expressions("truth", depth=1)


def tries(count):
    return settings(max_examples=count, deadline=None)


# Kleene's logic

LAWS = {
    "De Morgan, and": ("not ({a} and {b})", "(not {a}) or (not {b})"),
    "De Morgan, or": ("not ({a} or {b})", "(not {a}) and (not {b})"),
    "double negation": ("not (not {a})", "{a}"),
    "absorption, and": ("{a} and ({a} or {b})", "{a}"),
    "absorption, or": ("{a} or ({a} and {b})", "{a}"),
    "commutativity, and": ("{a} and {b}", "{b} and {a}"),
    "commutativity, or": ("{a} or {b}", "{b} or {a}"),
    "associativity, and": ("({a} and {b}) and {c}", "{a} and ({b} and {c})"),
    "associativity, or": ("({a} or {b}) or {c}", "{a} or ({b} or {c})"),
    "distributivity, and": ("{a} and ({b} or {c})", "({a} and {b}) or ({a} and {c})"),
    "distributivity, or": ("{a} or ({b} and {c})", "({a} or {b}) and ({a} or {c})"),
    "idempotence": ("{a} and {a}", "{a} or {a}"),
    "all or none of three": ("number_of({a}, {b}, {c}) >= 1", "{a} or {b} or {c}"),
    "a chain": ("(c1 <= c2) and (c2 < n1)", "c1 <= c2 < n1"),
}


@pytest.mark.parametrize("law", LAWS, ids=str)
@tries(25)
@given(SMALL_TRUTH, SMALL_TRUTH, SMALL_TRUTH, st.data())
def test_the_laws_of_kleene_hold(law, a, b, c, data):
    left, right = (side.format(a=a, b=b, c=c) for side in LAWS[law])
    graph, terms = built(left, right)
    values = graph.run(pairs(data.draw(dossiers(names_in(left, right)))))

    assert values[terms[0].slot] == values[terms[1].slot]


def test_a_truth_that_is_open_stays_open_only_where_it_matters():
    yes, no, unknown = (True, True), (False, False), (False, True)
    lend = OneDossier()
    for one, other in product((yes, no, unknown), repeat=2):
        both = [(a and b) for a in ends(one) for b in ends(other)]
        either = [(a or b) for a in ends(one) for b in ends(other)]
        assert lend.every(one, other) == (min(both), max(both))
        assert lend.either(one, other) == (min(either), max(either))


def ends(pair):
    return range(int(pair[0]), int(pair[1]) + 1)


# intervals


INTERVAL = st.tuples(st.integers(-5, 5), st.integers(-5, 5)).map(lambda each: tuple(sorted(each)))
LEND = OneDossier()
FROM_TWO = {
    "plus": lambda a, b: a + b,
    "minus": lambda a, b: a - b,
    "times": lambda a, b: a * b,
    "minimum": min,
    "maximum": max,
    "below": lambda a, b: a < b,
    "at_most": lambda a, b: a <= b,
    "same": lambda a, b: a == b,
}


@pytest.mark.parametrize("name", FROM_TWO)
@tries(60)
@given(INTERVAL, INTERVAL)
def test_an_operator_gives_exactly_the_ends_of_what_can_come_out(name, left, right):
    results = [FROM_TWO[name](a, b) for a in ends(left) for b in ends(right)]

    assert getattr(LEND, name)(left, right) == (min(results), max(results))


@tries(100)
@given(INTERVAL, INTERVAL, INTERVAL)
def test_a_hull_is_the_least_interval_around_both(one, other, third):
    hull = LEND.hull(one, other)

    assert hull == LEND.hull(other, one)
    assert LEND.hull(hull, third) == LEND.hull(one, LEND.hull(other, third))
    assert LEND.hull(one, one) == one
    assert hull == LEND.where((False, True), one, other)
    assert {*hull} <= {*one, *other}
    assert all(hull[0] <= end <= hull[1] for end in (*one, *other))
