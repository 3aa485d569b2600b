"""A day as it is written: year-month-day, and in no other way."""

import re
from datetime import date

WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_day(text: str) -> date | None:
    """Return the day of a text like 2026-11-24, or None when it is written otherwise or does not exist."""
    try:
        return date.fromisoformat(text) if WRITTEN.fullmatch(text) else None
    except ValueError:
        return None
