"""What a dossier tells, in words: a figure is never larger than it is."""

from django.utils.translation import override

from terreau.measures.core import Told
from terreau.measures.told import told_words
from terreau.rules.types import Type, Unit, figure


def test_a_derived_amount_with_more_decimals_is_shown_in_its_own_size():
    label = {"en": "Small aid received"}
    in_cents = Told(label, figure(Unit.MONEY, currency="eur"), {}, (2_000_000, 2_000_000))
    finer = Told(
        label, Type(Unit.MONEY, scale=8, high=10**18), {}, (20_000 * 10**8, 20_000 * 10**8)
    )

    with override("en"):
        assert told_words(in_cents) == told_words(finer) == "€20,000"
