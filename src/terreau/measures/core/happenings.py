"""What happens to the measures: an edition is published, a measure is asked for."""

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from terreau.journal.core import Happening


class Origin(Enum):
    """Where an edition comes from: the files of a pack, or the desk where cards are mended."""

    FILES = "files"
    DESK = "desk"


@dataclass(frozen=True, kw_only=True)
class EditionPublished(Happening):
    """All the cards were published as an edition; `changed` names the files that say something new."""

    kind: ClassVar[str] = "measures.edition-published"
    subjects: ClassVar[tuple[str, ...]] = ("edition",)
    edition: int
    digest: str
    origin: str
    changed: list[str]


@dataclass(frozen=True, kw_only=True)
class MeasureAskedFor(Happening):
    """A visitor asked that a measure known by name be answered here too."""

    kind: ClassVar[str] = "measures.measure-asked-for"
    subjects: ClassVar[tuple[str, ...]] = ("project",)
    project: int
    measure: str
