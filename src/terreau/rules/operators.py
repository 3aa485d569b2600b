"""What each operator does to pairs (low, high): written once, for one dossier and later for whole columns.

A carrier lends `least`, `greatest` and `choose`; everything else is the arithmetic both share. Each operator returns
a pair that contains the result of every completion of its operands. Truths are (must, may) and use `&`, `|` and `^`,
which mean the same on one bool and on a column of them.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import Any

from terreau.rules.types import Pair

Share = tuple[
    str, tuple[int, int, int], int
]  # which rounding, how it rounds, what one is in the rate of `otherwise`


def moved_back(day: int, months: int) -> int:
    """Return the day so many months before (after, when negative), inside the calendar."""
    start = date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 - months, 12)
    if year < date.min.year:
        return date.min.toordinal()
    if year > date.max.year:
        return date.max.toordinal()
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1])).toordinal()


class Operators:
    """The operators, over the carrier that a subclass lends."""

    least: Callable[..., Any]
    greatest: Callable[..., Any]
    choose: Callable[..., Any]

    # truths

    @staticmethod
    def every(*truths: Pair) -> Pair:
        """All hold."""
        must, may = truths[0]
        for low, high in truths[1:]:
            must = must & low
            may = may & high
        return must, may

    @staticmethod
    def either(*truths: Pair) -> Pair:
        """At least one holds."""
        must, may = truths[0]
        for low, high in truths[1:]:
            must = must | low
            may = may | high
        return must, may

    @staticmethod
    def opposite(truth: Pair) -> Pair:
        """It does not hold."""
        return True ^ truth[1], True ^ truth[0]

    @staticmethod
    def never_no(truth: Pair) -> Pair:
        """An assumed reading may confirm, and never refuse."""
        return truth[0], truth[1] | True

    @staticmethod
    def how_many(*truths: Pair) -> Pair:
        """How many hold."""
        return sum(low + 0 for low, _ in truths), sum(high + 0 for _, high in truths)

    # comparisons of figures

    @staticmethod
    def below(left: Pair, right: Pair) -> Pair:
        """Left < right."""
        return left[1] < right[0], left[0] < right[1]

    @staticmethod
    def at_most(left: Pair, right: Pair) -> Pair:
        """Left <= right."""
        return left[1] <= right[0], left[0] <= right[1]

    @staticmethod
    def same(left: Pair, right: Pair) -> Pair:
        """Left == right, for figures."""
        must = (left[0] >= right[1]) & (left[1] <= right[0])
        return must, (left[0] <= right[1]) & (right[0] <= left[1])

    # choices and codes

    @staticmethod
    def among(choice: Pair, bits: int) -> Pair:
        """The choice is one of the values of these bits."""
        return (choice[1] & ~bits) == 0, (choice[1] & bits) != 0

    @staticmethod
    def holds(choices: Pair, bit: int) -> Pair:
        """The set holds the value of this bit."""
        return (choices[0] & bit) != 0, (choices[1] & bit) != 0

    @staticmethod
    def same_choice(left: Pair, right: Pair) -> Pair:
        """Two choices name the same value."""
        return (left[0] == right[0]) & (left[0] != 0), (left[1] & right[1]) != 0

    @staticmethod
    def matches(code: Pair, prefixes: tuple[str, ...]) -> Pair:
        """The code begins with one of these; an unknown code may."""
        low, high = code
        if low == high:
            begins = low.startswith(prefixes)
            return begins, begins
        return False, True

    # arithmetic

    @staticmethod
    def plus(left: Pair, right: Pair) -> Pair:
        """Left + right."""
        return left[0] + right[0], left[1] + right[1]

    @staticmethod
    def minus(left: Pair, right: Pair) -> Pair:
        """Left - right."""
        return left[0] - right[1], left[1] - right[0]

    @staticmethod
    def negative(value: Pair) -> Pair:
        """The opposite figure."""
        return -value[1], -value[0]

    @staticmethod
    def scaled(value: Pair, factor: int) -> Pair:
        """The same figure with more decimals."""
        return value[0] * factor, value[1] * factor

    @staticmethod
    def times_from_zero(left: Pair, right: Pair) -> Pair:
        """Left x right where neither is ever below zero."""
        return left[0] * right[0], left[1] * right[1]

    def times(self, left: Pair, right: Pair) -> Pair:
        """Left x right."""
        corners = [low * high for low in left for high in right]
        return self.least(*corners), self.greatest(*corners)

    def minimum(self, *values: Pair) -> Pair:
        """The least."""
        return self.least(*(low for low, _ in values)), self.least(*(high for _, high in values))

    def maximum(self, *values: Pair) -> Pair:
        """The greatest."""
        return self.greatest(*(low for low, _ in values)), self.greatest(
            *(high for _, high in values)
        )

    def size(self, value: Pair) -> Pair:
        """The figure without its sign."""
        low, high = value
        straddles = (low < 0) & (high > 0)
        nearest = self.least(abs(low), abs(high))
        return self.choose(straddles, 0, nearest), self.greatest(abs(low), abs(high))

    # roundings to a multiple of a step: how = (factor, divisor, step), the factor and the divisor bring the decimals in line

    @staticmethod
    def rounded_down(value: Pair, how: tuple[int, int, int]) -> Pair:
        """The multiple of the step below."""
        factor, divisor, step = how
        return value[0] * factor // divisor * step, value[1] * factor // divisor * step

    @staticmethod
    def rounded_up(value: Pair, how: tuple[int, int, int]) -> Pair:
        """The multiple of the step above."""
        factor, divisor, step = how
        return -(-value[0] * factor // divisor) * step, -(-value[1] * factor // divisor) * step

    @staticmethod
    def rounded_half_up(value: Pair, how: tuple[int, int, int]) -> Pair:
        """The nearest multiple of the step; a half goes up."""
        factor, divisor, step = how
        low, high = (2 * end * factor + divisor for end in value)
        return low // (2 * divisor) * step, high // (2 * divisor) * step

    # days

    @staticmethod
    def months_before(day: Pair, months: Pair) -> Pair:
        """So many months before; a day the month does not have becomes its last."""
        return moved_back(day[0], months[1]), moved_back(day[1], months[0])

    @staticmethod
    def year_of(day: Pair) -> Pair:
        """The calendar year."""
        return date.fromordinal(day[0]).year, date.fromordinal(day[1]).year

    # a part of a whole: left / right is never computed, only compared, so it stays exact

    def part_below(
        self, part: Pair, whole: Pair, limit: Pair, otherwise: Pair, strict: bool
    ) -> Pair:
        """Part / whole < limit (or <= when not strict), with `otherwise` in its place where the whole is zero."""
        compare = self.below if strict else self.at_most
        above = compare(part, self.times(self._above(whole), limit))
        under = compare(self.times(self._under(whole), limit), part)
        return self._by_whole(whole, above, under, compare(otherwise, limit))

    def part_above(
        self, part: Pair, whole: Pair, limit: Pair, otherwise: Pair, strict: bool
    ) -> Pair:
        """Part / whole > limit (or >= when not strict), as `part_below`."""
        compare = self.below if strict else self.at_most
        above = compare(self.times(self._above(whole), limit), part)
        under = compare(part, self.times(self._under(whole), limit))
        return self._by_whole(whole, above, under, compare(limit, otherwise))

    def _above(self, whole: Pair) -> Pair:
        return self.greatest(whole[0], 1), self.greatest(whole[1], 1)

    def _under(self, whole: Pair) -> Pair:
        return self.least(whole[0], -1), self.least(whole[1], -1)

    @staticmethod
    def _by_whole(whole: Pair, above: Pair, under: Pair, zero: Pair) -> Pair:
        """The truths of the three cases, as far as the whole may be above, under or zero."""
        low, high = whole
        cases = ((high > 0, above), (low < 0, under), ((low <= 0) & (high >= 0), zero))
        must, may = True, False
        for applies, (certain, possible) in cases:
            must = must & ((True ^ applies) | certain)
            may = may | (applies & possible)
        return must, may

    def share(self, money: Pair, part: Pair, whole: Pair, otherwise: Pair, how: Share) -> Pair:
        """Money x part / whole, rounded once; the whole is never below zero."""
        name, (factor, divisor, step), one = how
        rounded = getattr(self, name)
        low, high = self.times(money, part)
        near, far = self._above(whole)
        least = rounded((low, low), (factor, divisor * self.choose(low < 0, near, far), step))[0]
        most = rounded((high, high), (factor, divisor * self.choose(high > 0, near, far), step))[1]
        none = rounded(self.times(money, otherwise), (factor, divisor * one, step))
        both = self.hull((least, most), none)
        return (
            self.choose(whole[0] > 0, least, self.choose(whole[1] > 0, both[0], none[0])),
            self.choose(whole[0] > 0, most, self.choose(whole[1] > 0, both[1], none[1])),
        )

    # cases

    def hull(self, left: Pair, right: Pair) -> Pair:
        """Everything from one to the other, for figures and truths."""
        return self.least(left[0], right[0]), self.greatest(left[1], right[1])

    def where(self, condition: Pair, left: Pair, right: Pair) -> Pair:
        """Left where the condition holds, right where it does not, both where it may (figures and truths)."""
        must, may = condition
        low, high = self.hull(left, right)
        return (
            self.choose(must, left[0], self.choose(may, low, right[0])),
            self.choose(must, left[1], self.choose(may, high, right[1])),
        )

    def where_choice(self, condition: Pair, left: Pair, right: Pair) -> Pair:
        """As `where`, for choices: both sets of values where the condition may hold."""
        must, may = condition
        both = left[1] | right[1]
        bits = self.choose(must, left[1], self.choose(may, both, right[1]))
        return self.choose((bits & (bits - 1)) == 0, bits, 0), bits

    def where_choices(self, condition: Pair, left: Pair, right: Pair) -> Pair:
        """As `where`, for sets: what both hold must be there, what one may hold may be."""
        must, may = condition
        return (
            self.choose(must, left[0], self.choose(may, left[0] & right[0], right[0])),
            self.choose(must, left[1], self.choose(may, left[1] | right[1], right[1])),
        )


class OneDossier(Operators):
    """The carrier is one number."""

    least = staticmethod(min)
    greatest = staticmethod(max)

    @staticmethod
    def choose(condition: bool, left: Any, right: Any) -> Any:
        """Left when the condition holds, else right."""
        return left if condition else right
