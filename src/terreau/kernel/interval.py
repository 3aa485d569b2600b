"""Everything between two ends, both included: what is known of a figure that is not known."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Bound = TypeVar("Bound")


@dataclass(frozen=True, slots=True)
class Interval(Generic[Bound]):
    """From `low` to `high`, both included; `high` is None where nothing bounds it."""

    low: Bound
    high: Bound | None

    @property
    def settled(self) -> bool:
        """Whether only one value is left."""
        return self.low == self.high
