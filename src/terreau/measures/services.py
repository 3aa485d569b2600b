"""The public face of the measures: what they answer to a dossier, laid out for a reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings

from terreau.measures.core import Answers, Count, tally
from terreau.measures.reading import lay_out, standing_of
from terreau.rules import Dossier, Edition, assess, read_dossier, read_pack

__all__ = ["Answers", "Example", "NoSuchExample", "assess_example", "examples"]


class NoSuchExample(Exception):
    """No example dossier has this name."""


@dataclass(frozen=True)
class Example:
    """An example dossier, with the tally of its answers."""

    name: str
    dossier: Dossier
    tally: tuple[Count, ...]


def examples(today: date) -> tuple[Example, ...]:
    """Return the example dossiers in the order of their names, each with the tally of its answers."""
    return tuple(
        Example(name, dossier, _tally(name, dossier.on or today))
        for name, dossier in _dossiers().items()
    )


def assess_example(name: str, today: date) -> Answers:
    """Return what the measures answer to an example, on its own day or else on this one."""
    dossier = _dossiers().get(name)
    if dossier is None:
        raise NoSuchExample(name)
    return lay_out(assess(_edition(), dossier, dossier.on or today), dossier)


# The pack and the examples are files that change with the program: they are read once a process.
@cache
def _edition() -> Edition:
    return Edition(read_pack(settings.REGION))


@cache
def _dossiers() -> Mapping[str, Dossier]:
    pack = _edition().pack
    files = sorted(settings.EXAMPLES.glob("*.yaml"))
    return {file.stem: read_dossier(file, pack) for file in files}


@cache
def _tally(name: str, on: date) -> tuple[Count, ...]:
    assessment = assess(_edition(), _dossiers()[name], on)
    return tally(standing_of(verdict) for verdict in assessment.verdicts)
