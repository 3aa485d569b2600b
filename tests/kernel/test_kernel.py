"""The few ideas everything else is said with, held to arithmetic that one can do by hand."""

from datetime import date
from fractions import Fraction

import pytest

from terreau.kernel.money import Money
from terreau.kernel.period import Period
from terreau.kernel.rate import Rate
from terreau.kernel.rounding import down, half_up, up

# money


def test_what_is_asked_less_what_is_given_is_what_is_left_to_pay():
    asked, given = Money(1_000_00), Money(900_50)

    left = asked - given

    assert left == Money(99_50)
    assert given + left == asked


def test_what_is_owed_stands_below_zero_in_the_books():
    owed = -Money(12_34)

    assert (owed, str(owed)) == (Money(-12_34), "-12.34")
    assert Money(12_34) + owed == Money(0)


def test_three_instalments_of_one_third_lack_a_cent_of_the_whole():
    whole, instalment = Money(100_00), Money(33_33)

    assert whole - instalment * 3 == Money(1)


def test_nothing_is_the_only_sum_that_counts_as_none():
    assert [bool(Money(cents)) for cents in (-1, 0, 1)] == [True, False, True]


def test_the_larger_sum_comes_last():
    assert sorted([Money(2), Money(-3), Money(1)]) == [Money(-3), Money(1), Money(2)]


# rates


def test_a_share_is_rounded_once_to_whole_cents():
    # 7.5 % of 10.10 is 0.7575, of 10.20 it is 0.765
    share = Rate.percent("7.5")

    assert share == Rate(Fraction(3, 40))
    assert [share.of(Money(10_10), how) for how in (down, half_up, up)] == [
        Money(75),
        Money(76),
        Money(76),
    ]
    assert [share.of(Money(10_20), how) for how in (down, half_up, up)] == [
        Money(76),
        Money(77),
        Money(77),
    ]


def test_a_share_without_odd_cents_is_the_same_however_it_is_rounded():
    tenth = Rate.percent(10)

    assert [tenth.of(Money(100_000_00), how) for how in (down, half_up, up)] == [
        Money(10_000_00)
    ] * 3


def test_a_share_of_a_debt_is_rounded_on_the_same_side():
    # 10 % of -0.05 is half a cent below zero
    tenth = Rate.percent(10)

    assert [tenth.of(Money(-5), how) for how in (down, half_up, up)] == [
        Money(-1),
        Money(0),
        Money(0),
    ]


def test_the_rates_of_thirds_make_a_whole_to_the_last_digit():
    third = Rate(Fraction(1, 3))

    assert third.of(Money(300_00), half_up) == Money(100_00)
    assert Rate.percent("33.3") < third < Rate.percent("33.4")


# roundings


@pytest.mark.parametrize(
    ("numerator", "denominator", "lower", "nearest", "upper"),
    [
        (5, 2, 2, 3, 3),  # 2.5
        (-5, 2, -3, -2, -2),  # -2.5: its half goes up too, towards zero
        (7, 3, 2, 2, 3),  # 2.33...
        (8, 3, 2, 3, 3),  # 2.66...
        (-7, 3, -3, -2, -2),
        (-8, 3, -3, -3, -2),
        (6, 3, 2, 2, 2),
        (0, 9, 0, 0, 0),
        (10**30 + 1, 2, 5 * 10**29, 5 * 10**29 + 1, 5 * 10**29 + 1),  # no figure is too long
    ],
)
def test_a_quotient_is_rounded_to_the_side_that_the_law_names(
    numerator, denominator, lower, nearest, upper
):
    found = [how(numerator, denominator) for how in (down, half_up, up)]

    assert found == [lower, nearest, upper]


# periods


@pytest.mark.parametrize(
    ("period", "days"),
    [
        (Period(date(2026, 1, 1), date(2026, 1, 31)), ["2026-01-01", "2026-01-31"]),
        (Period(date(2026, 1, 1)), ["2026-01-01", "2026-01-31", "2026-02-01"]),
        (Period(last=date(2026, 1, 31)), ["2025-12-31", "2026-01-01", "2026-01-31"]),
        (Period(), ["2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01"]),
    ],
    ids=["a month", "from a day on", "up to a day", "always"],
)
def test_both_ends_of_a_period_belong_to_it(period, days):
    around = ["2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01"]

    assert [day for day in around if date.fromisoformat(day) in period] == days
