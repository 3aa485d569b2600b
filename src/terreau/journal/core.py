"""What an event is, the one way it is written down, and the commitment to what may be erased."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from enum import Enum
from typing import ClassVar, TypeAlias
from uuid import UUID

Plain: TypeAlias = "str | int | bool | list[Plain] | dict[str, Plain] | None"


@dataclass(frozen=True, kw_only=True)
class Happening:
    """What happened, in the past tense: each app writes its own kinds of it.

    `subjects` names the fields that hold the ids of rows; every other field is the payload, which
    never holds the name or the words of a person.
    """

    kind: ClassVar[str]
    subjects: ClassVar[tuple[str, ...]]
    at: datetime
    by: UUID | None

    def subject_ids(self) -> dict[str, str]:
        """Return the ids of the rows that it is about, as text."""
        return {name: str(getattr(self, name)) for name in self.subjects}

    def payload(self) -> dict[str, Plain]:
        """Return what else it says."""
        apart = {"at", "by", *self.subjects}
        named = [field.name for field in fields(self) if field.name not in apart]
        return {name: plain(getattr(self, name)) for name in named}


@dataclass(frozen=True, kw_only=True)
class MailQueued(Happening):
    """A mail waits to leave; the address, the subject and the text stand in the erasable words."""

    kind: ClassVar[str] = "journal.mail-queued"
    subjects: ClassVar[tuple[str, ...]] = ("mail",)
    mail: UUID
    letter: str
    language: str


@dataclass(frozen=True, kw_only=True)
class MailSent(Happening):
    """The mail server took a mail."""

    kind: ClassVar[str] = "journal.mail-sent"
    subjects: ClassVar[tuple[str, ...]] = ("mail",)
    mail: UUID
    letter: str
    attempts: int


@dataclass(frozen=True, kw_only=True)
class MailGivenUp(Happening):
    """A mail is tried no more: `fault` says why, without the words of anyone."""

    kind: ClassVar[str] = "journal.mail-given-up"
    subjects: ClassVar[tuple[str, ...]] = ("mail",)
    mail: UUID
    attempts: int
    fault: str


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail as an app writes it, in the language of its reader; `name` says which mail of the app it is."""

    name: str
    to: str
    subject: str
    body: str
    language: str

    def words(self) -> dict[str, str]:
        """Return what may have to be erased."""
        return {"to": self.to, "subject": self.subject, "body": self.body}


class Every(Enum):
    """How often something comes due, with the spelling of its periods."""

    MINUTE = "%Y-%m-%dT%H:%MZ"
    HOUR = "%Y-%m-%dT%HZ"
    DAY = "%Y-%m-%d"

    def period(self, at: datetime) -> str:
        """Return the name of the period of this time: of its own day, else in UTC, where no hour comes twice."""
        moment = at if self is Every.DAY else at.astimezone(UTC)
        return moment.strftime(self.value)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An event as it stands in the log, whatever the database that holds it."""

    id: int
    at: datetime
    kind: str
    subjects: Mapping[str, str]
    actor: UUID | None
    payload: Mapping[str, Plain]
    commitment: str

    def canonical(self) -> bytes:
        """Return the one spelling of this event, of which the log keeps the fingerprint."""
        return spelled(
            {
                "actor": plain(self.actor),
                "at": plain(self.at),
                "commitment": self.commitment,
                "id": self.id,
                "kind": self.kind,
                "payload": dict(self.payload),
                "subjects": dict(self.subjects),
            }
        )

    def leaf(self) -> str:
        """Return the hash of its leaf in a Merkle log (RFC 9162, section 2.1.1)."""
        return hashlib.sha256(b"\x00" + self.canonical()).hexdigest()


def commitment(salt: str, words: Mapping[str, str]) -> str:
    """Return what proves, as long as salt and words are kept, that these were the words."""
    return hashlib.sha256(spelled({"salt": salt, "words": dict(words)})).hexdigest()


def plain(value: object) -> Plain:
    """Return a value of an event as JSON holds it."""
    match value:
        case None | str() | bool() | int():
            return value
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case tuple() | list():
            return [plain(each) for each in value]
        case Mapping():
            return {str(key): plain(each) for key, each in value.items()}
    message = f"An event cannot hold {type(value).__name__}."
    raise TypeError(message)


def spelled(content: Mapping[str, Plain]) -> bytes:
    """Return JSON with its keys in order and no needless space, in UTF-8."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()
