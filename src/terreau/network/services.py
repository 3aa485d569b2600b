"""The public face of the network: its plea, as the region pack tells it."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from terreau.measures import services as measures
from terreau.network.core import Count, Demand, Group, Plea, State, read_plea
from terreau.rules import source
from terreau.rules.finding import Findings, Refused
from terreau.rules.shape import Reading

__all__ = ["Count", "Demand", "Group", "NoPlea", "Plea", "Refused", "State", "plea", "plea_of"]

FILE = "plea.yaml"


class NoPlea(Exception):
    """The region pack holds no plea."""


def plea(today: date) -> Plea:
    """Return the plea of the region, with the figures of the day. Raises `NoPlea`, or `Refused`."""
    file = settings.REGION / FILE
    if not file.is_file():
        raise NoPlea(file)
    return _read(file, settings.TERRITORY.languages).counting(
        {"measures": measures.open_measures(today)}
    )


def plea_of(file: Path, languages: tuple[str, ...]) -> Plea:
    """Return the plea of a file, its figures still blank. Raises `Refused` with all that is wrong in it."""
    findings = Findings()
    read = read_plea(source.read(file), Reading(findings, languages))
    if read is None:
        raise Refused(findings.errors)
    return read


# The file changes with the program: it is read once.
_read = lru_cache(maxsize=1)(plea_of)
