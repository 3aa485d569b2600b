"""A rate is an exact fraction: ten percent is one tenth, not 0.1."""

from dataclasses import dataclass
from fractions import Fraction

from terreau.kernel.money import Money
from terreau.kernel.rounding import Rounding


@dataclass(frozen=True, order=True, slots=True)
class Rate:
    """An exact fraction of something."""

    fraction: Fraction

    @classmethod
    def percent(cls, hundredths: int | str) -> "Rate":
        """Return the rate of so many hundredths: `Rate.percent("7.5")`."""
        return cls(Fraction(hundredths) / 100)

    def of(self, money: Money, rounding: Rounding) -> Money:
        """Return this part of the money, rounded once to whole cents."""
        exact = self.fraction * money.cents
        return Money(rounding(exact.numerator, exact.denominator))
