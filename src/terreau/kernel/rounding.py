"""Named roundings of an exact quotient of whole numbers."""

from collections.abc import Callable

Rounding = Callable[[int, int], int]


def half_up(numerator: int, denominator: int) -> int:
    """Return the nearest whole number; a half goes up (towards plus infinity)."""
    return (2 * numerator + denominator) // (2 * denominator)


def down(numerator: int, denominator: int) -> int:
    """Return the greatest whole number that does not pass the quotient."""
    return numerator // denominator


def up(numerator: int, denominator: int) -> int:
    """Return the least whole number that the quotient does not pass."""
    return -(-numerator // denominator)
