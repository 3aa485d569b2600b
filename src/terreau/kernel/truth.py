"""Yes, no, or not known: the three answers a condition can have."""

from enum import Enum


class Truth(Enum):
    """An answer of Kleene's three-valued logic (S. C. Kleene, 1952, section 64)."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @classmethod
    def between(cls, must: bool, may: bool) -> "Truth":
        """Return the truth of something that certainly holds (`must`) or possibly holds (`may`)."""
        if must:
            return cls.YES
        return cls.UNKNOWN if may else cls.NO

    @property
    def settled(self) -> bool:
        """Whether it is a yes or a no."""
        return self is not Truth.UNKNOWN
