"""Money in whole cents: never a float, never a half cent."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """An amount in whole cents of the pack's currency."""

    cents: int

    def __add__(self, other: "Money") -> "Money":
        return Money(self.cents + other.cents)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.cents - other.cents)

    def __neg__(self) -> "Money":
        return Money(-self.cents)

    def __mul__(self, times: int) -> "Money":
        return Money(self.cents * times)

    def __bool__(self) -> bool:
        return self.cents != 0

    def __str__(self) -> str:
        """Return the decimal form, two places, as in the JSON answers: `1234.50`."""
        whole, cents = divmod(abs(self.cents), 100)
        return f"{'-' if self.cents < 0 else ''}{whole}.{cents:02d}"
