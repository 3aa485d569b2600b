"""Figures, money and dates read as each language prints them."""

from datetime import date
from fractions import Fraction

import pytest
from django.utils.translation import override

from terreau.web.typography import (
    counted,
    day_words,
    interval_words,
    money_words,
    number_words,
    rate_words,
    text_words,
    typeset,
)

NARROW, WIDE = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fr", f"25{NARROW}000{WIDE}€"), ("nl", "25.000 euro"), ("en", "€25,000")],
)
def test_money_stands_as_the_language_writes_it(language, expected):
    with override(language):
        assert money_words(25_000_00) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fr", f"14{NARROW}500,50{WIDE}€"), ("nl", "14.500,50 euro"), ("en", "€14,500.50")],
)
def test_cents_are_written_when_there_are_any(language, expected):
    with override(language):
        assert money_words(14_500_50) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (10_000_00, 25_000_00, f"10{NARROW}000 à 25{NARROW}000{WIDE}€"),
        (0, 15_000_00, f"jusqu’à 15{NARROW}000{WIDE}€"),
        (15_000_00, None, f"15{NARROW}000{WIDE}€ ou plus"),
        (15_000_00, 15_000_00, f"15{NARROW}000{WIDE}€"),
        (0, 0, f"0{WIDE}€"),
    ],
)
def test_an_interval_is_said_in_words(low, high, expected):
    with override("fr"):
        assert interval_words(low, high) == expected


def test_a_debt_has_its_sign_before_it():
    with override("nl"):
        assert money_words(-500_00) == "−500 euro"


@pytest.mark.parametrize(
    ("language", "expected"), [("fr", f"7,5{WIDE}%"), ("nl", f"7,5{WIDE}%"), ("en", "7.5%")]
)
def test_a_rate_is_said_in_hundredths(language, expected):
    with override(language):
        assert rate_words(Fraction(75, 1000)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, "0"), (1000, f"1{NARROW}000"), (Fraction(9, 2), "4,5"), (Fraction(1, 3), "0,3333")],
)
def test_a_number_has_no_needless_zero(value, expected):
    with override("fr"):
        assert number_words(value) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", f"1er{WIDE}janvier 2030"),
        ("nl", f"1{WIDE}januari 2030"),
        ("en", f"1{WIDE}January 2030"),
    ],
)
def test_the_first_of_a_month_is_said_as_the_language_says_it(language, expected):
    with override(language):
        assert day_words(date(2030, 1, 1)) == expected


def test_spaces_hold_before_signs_and_in_thousands():
    said = typeset("l'aide : « 25 000 € » ; et 7 % ?")

    assert said == (
        f"l’aide{WIDE}: «{WIDE}25{NARROW}000{WIDE}€{WIDE}»{NARROW}; et 7{WIDE}%{NARROW}?"
    )


@pytest.mark.parametrize(("number", "expected"), [(1, "één"), (12, "twaalf"), (13, "13")])
def test_a_small_number_is_a_word(number, expected):
    with override("nl"):
        assert counted(number) == expected


def test_a_text_comes_in_the_language_of_the_reader():
    with override("nl"):
        assert text_words({"fr": "aide", "nl": "steun"}) == ("steun", "nl")


def test_a_text_without_that_language_comes_in_its_own_first():
    with override("nl"):
        assert text_words({"de": "Hilfe", "fr": "aide"}) == ("Hilfe", "de")
