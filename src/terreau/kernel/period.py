"""A stretch of days, both ends included; an end that is None is open."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both included."""

    first: date | None = None
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def overlaps(self, other: "Period") -> bool:
        """Whether a day lies in both."""
        begins = max(self.first or date.min, other.first or date.min)
        ends = min(self.last or date.max, other.last or date.max)
        return begins <= ends
