"""What a cap leaves of each cost line: nothing is lost to the cent, and nothing unknown is left out."""

from hypothesis import given
from hypothesis import strategies as st

from terreau.rules.rulings import spread

cents = st.integers(0, 500)
pairs = st.tuples(cents, cents).map(lambda ends: tuple(sorted(ends)))


def settled(amounts):
    return [(amount, amount) for amount in amounts]


@given(st.lists(cents, max_size=6), cents, st.booleans())
def test_a_cap_is_used_up_to_the_cent_and_never_passed(amounts, cap, in_order):
    left = spread(settled(amounts), (cap, cap), in_order=in_order)

    assert sum(low for low, _high in left) == min(cap, sum(amounts))
    assert all(
        0 <= low == high <= amount for (low, high), amount in zip(left, amounts, strict=True)
    )


def test_in_order_the_first_lines_are_served_first():
    assert spread(settled([70, 50, 10]), (100, 100), in_order=True) == settled([70, 30, 0])


def test_pro_rata_the_odd_cent_goes_to_the_largest_remainder():
    # 100 over 1:1:1 is 33 1/3 each: the odd cent goes to the first; over 5:3:1 the remainders are 5/9, 3/9 and 1/9.
    assert spread(settled([50, 50, 50]), (100, 100), in_order=False) == settled([34, 33, 33])
    assert spread(settled([500, 300, 100]), (100, 100), in_order=False) == settled([56, 33, 11])


def test_a_cap_below_zero_leaves_nothing():
    assert spread(settled([5, 6]), (-9, -9), in_order=True) == settled([0, 0])


@given(st.lists(pairs, min_size=1, max_size=5), pairs, st.booleans(), st.data())
def test_what_is_left_contains_every_completion(amounts, cap, in_order, data):
    left = spread(amounts, cap, in_order=in_order)

    told = [data.draw(st.integers(low, high)) for low, high in amounts]
    known = data.draw(st.integers(*cap))
    for (low, high), (exact, _same) in zip(
        left, spread(settled(told), (known, known), in_order=in_order), strict=True
    ):
        assert low <= exact <= high
