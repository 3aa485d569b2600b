"""The public face of the measures: what they answer to a dossier, laid out for a reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.conf import settings

from terreau.journal.services import NotSendable
from terreau.measures.catalogue import (
    Catalogue,
    Completeness,
    Filters,
    MeasurePage,
    NoSuchMeasure,
    choose,
    completeness,
    listing,
    measure_page,
)
from terreau.measures.catalogue.listing import Listing
from terreau.measures.core import Answers, Count, Origin, is_support, tally
from terreau.measures.editions import (
    MissesChanges,
    NoEdition,
    OutsideFolder,
    Published,
    current_edition,
    edition,
    editions,
    export,
    publish,
    publish_files,
)
from terreau.measures.letters import TooMany, send_link
from terreau.measures.printing import answers_pdf
from terreau.measures.reading import lay_out, standing_of
from terreau.measures.visits import (
    Asked,
    Beginning,
    Visited,
    ask,
    ask_about,
    ask_for,
    ask_towards,
    asked_again,
    beginnings,
    closed_since,
    measure_asked,
    so_far,
    standings,
    tell,
    uncovered,
    visited,
)
from terreau.rules import Dossier, assess, read_dossier
from terreau.rules.pack import Contact

__all__ = [
    "Answers",
    "Asked",
    "Beginning",
    "Catalogue",
    "Completeness",
    "Example",
    "Filters",
    "MeasurePage",
    "MissesChanges",
    "NoEdition",
    "NoSuchExample",
    "NoSuchMeasure",
    "NotSendable",
    "Origin",
    "OutsideFolder",
    "Published",
    "TooMany",
    "Visited",
    "answers_pdf",
    "ask",
    "ask_about",
    "ask_for",
    "ask_towards",
    "asked_again",
    "assess_example",
    "beginnings",
    "catalogue",
    "closed_since",
    "contacts",
    "current_edition",
    "edition",
    "editions",
    "examples",
    "export",
    "lay_out",
    "measure",
    "measure_asked",
    "open_measures",
    "publish",
    "publish_files",
    "send_link",
    "so_far",
    "standings",
    "tell",
    "uncovered",
    "visited",
]


class NoSuchExample(Exception):
    """No example dossier has this name."""


@dataclass(frozen=True)
class Example:
    """An example dossier, with the tally of its answers."""

    name: str
    dossier: Dossier
    tally: tuple[Count, ...]


def open_measures(today: date) -> int:
    """Return how many measures are answered today."""
    return sum(is_support(each.card) for each in current_edition().on(today).verdicts)


def contacts() -> tuple[Contact, ...]:
    """Return the people one can ask, whatever the measure."""
    return current_edition().pack.region.contacts


def examples(today: date) -> tuple[Example, ...]:
    """Return the example dossiers in the order of their names, each with the tally of its answers."""
    known_by = current_edition().hash
    return tuple(
        Example(name, dossier, _tally(name, dossier.on or today, known_by))
        for name, dossier in _dossiers(known_by).items()
    )


def assess_example(name: str, today: date) -> Answers:
    """Return what the measures answer to an example, on its own day or else on this one."""
    cards = current_edition()
    dossier = _dossiers(cards.hash).get(name)
    if dossier is None:
        raise NoSuchExample(name)
    return lay_out(assess(cards, dossier, dossier.on or today), dossier)


def catalogue(day: date, filters: Filters) -> Catalogue:
    """Return the measures that a reader chooses, as they stand on a day."""
    return choose(_listing(current_edition().hash, day), filters)


def how_complete(day: date) -> Completeness:
    """Return how complete the cards of now are on a day."""
    return _completeness(current_edition().hash, day)


def measure(card: str, day: date) -> MeasurePage:
    """Return all that is known of a measure on a day. Raises `NoSuchMeasure`."""
    return _measure(current_edition().hash, card, day)


@lru_cache(maxsize=4)
def _listing(known_by: str, day: date) -> Listing:
    return listing(edition(known_by), day)


@lru_cache(maxsize=2)
def _completeness(known_by: str, day: date) -> Completeness:
    return completeness(edition(known_by), day)


@lru_cache(maxsize=64)
def _measure(known_by: str, card: str, day: date) -> MeasurePage:
    return measure_page(edition(known_by), card, day)


# The examples are files that change with the program: they are read once for each edition.
@lru_cache(maxsize=2)
def _dossiers(known_by: str) -> Mapping[str, Dossier]:
    pack = edition(known_by).pack
    files = sorted(settings.EXAMPLES.glob("*.yaml"))
    return {file.stem: read_dossier(file, pack) for file in files}


@lru_cache(maxsize=256)
def _tally(name: str, on: date, known_by: str) -> tuple[Count, ...]:
    assessment = assess(edition(known_by), _dossiers(known_by)[name], on)
    support = (each for each in assessment.verdicts if is_support(each.card))
    return tally(standing_of(verdict) for verdict in support)
