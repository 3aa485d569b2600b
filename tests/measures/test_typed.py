"""What people type, and what it means: signs, spaces and commas as they use them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terreau.measures.typed import NotRead, as_written
from terreau.rules.types import Type, Unit, figure, read_value

MONTHS = {"novembre": 11, "nov": 11, "maart": 3}
MONEY = figure(Unit.MONEY, currency="eur")
NUMBER, RATE, COUNT, DAY = map(figure, (Unit.NUMBER, Unit.RATE, Unit.COUNT, Unit.DATE))


@pytest.mark.parametrize(
    ("text", "kind", "written"),
    [
        ("1 250,50 €", MONEY, "1250.50 eur"),
        ("€ 1.250,50", MONEY, "1250.50 eur"),
        ("1,250.50", MONEY, "1250.50 eur"),
        ("1.250", MONEY, "1250 eur"),
        ("1250.5 EUR", MONEY, "1250.5 eur"),
        ("1.250.000", MONEY, "1250000 eur"),
        ("1\u202f250", MONEY, "1250 eur"),
        ("12’500", MONEY, "12500 eur"),
        ("-5", MONEY, "-5 eur"),
        ("2,5", NUMBER, "2.5"),
        ("1.250", NUMBER, "1.250"),
        ("7,5 %", RATE, "7.5 %"),
        ("1 200", COUNT, "1200"),
        ("24/11/2026", DAY, "2026-11-24"),
        ("24.11.2026", DAY, "2026-11-24"),
        ("2026-11-24", DAY, "2026-11-24"),
        ("24 novembre 2026", DAY, "2026-11-24"),
        ("1er nov. 2026", DAY, "2026-11-01"),
        ("3 MAART 2026", DAY, "2026-03-03"),
        ("87 . 301", Type(Unit.CODE), "87.301"),
    ],
)
def test_what_is_typed_is_read_as_it_is_meant(text, kind, written):
    assert as_written(text, kind, MONTHS) == written


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("abc", MONEY),
        ("1,2,3", MONEY),
        ("12.34.567,8", MONEY),
        ("1,25,000", MONEY),
        ("😀", COUNT),
        ("١٢", NUMBER),
        ("31/02/2026", DAY),
        ("11/24/2026", DAY),
        ("24 brumaire 2026", DAY),
        ("tomorrow", DAY),
        ("9" * 10_000, MONEY),
        ("", COUNT),
    ],
)
def test_what_means_nothing_is_not_guessed(text, kind):
    with pytest.raises(NotRead):
        as_written(text, kind, MONTHS)


@given(st.integers(0, 10**11))
def test_an_amount_is_read_back_however_its_thousands_are_parted(cents):
    whole, part = divmod(cents, 100)
    for thousands, decimals in ((" ", ","), (".", ","), (",", "."), ("\u202f", ",")):
        typed = f"{whole:,}".replace(",", thousands) + f"{decimals}{part:02}"

        assert read_value(as_written(typed, MONEY, MONTHS), MONEY) == (cents, cents)
