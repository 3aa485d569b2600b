"""What is wrong in a file: where, what, and what to do about it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from terreau.kernel.message import Message, noop


class Weight(Enum):
    """How much a finding weighs."""

    ERROR = "error"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a file; line and column count from 1."""

    file: Path | None = None
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else str(self.file)


NOWHERE = Place()


def printable(text: str) -> str:
    """Return a text in which no sign steers the terminal that shows it."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend, or to know."""

    place: Place
    what: Message
    remedy: Message
    weight: Weight = Weight.ERROR

    def words(self, translate: Callable[[str], str] = noop) -> str:
        """Return the finding on one line: place, what is wrong, what to do."""
        where = f"{self.place}: " if self.place.file else ""
        return printable(
            f"{where}{self.what.words(translate)} {self.remedy.words(translate)}".rstrip()
        )

    def __str__(self) -> str:
        return self.words()


class Refused(Exception):
    """What was read cannot be used: `findings` says why, all of it at once."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


@dataclass(slots=True)
class Findings:
    """Where readers put what they find; asked at the end."""

    found: list[Finding] = field(default_factory=list)

    def error(self, place: Place, what: Message, remedy: Message) -> None:
        """Keep something that must be mended."""
        self.found.append(Finding(place, what, remedy))

    def note(self, place: Place, what: Message, remedy: Message) -> None:
        """Keep something worth knowing, which refuses nothing."""
        self.found.append(Finding(place, what, remedy, Weight.NOTE))

    @property
    def errors(self) -> list[Finding]:
        """What must be mended."""
        return [finding for finding in self.found if finding.weight is Weight.ERROR]

    def raise_errors(self) -> None:
        """Raise `Refused` if something must be mended."""
        if self.errors:
            raise Refused(self.errors)
