"""What happens to those who act."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from terreau.journal.core import Happening


@dataclass(frozen=True, kw_only=True)
class UserRegistered(Happening):
    """A person became a user; the address stands in the erasable words."""

    kind: ClassVar[str] = "actors.user-registered"
    subjects: ClassVar[tuple[str, ...]] = ("user",)
    user: UUID


@dataclass(frozen=True, kw_only=True)
class CarrierFounded(Happening):
    """A person, a group or an organisation became a carrier; names stand in the erasable words."""

    kind: ClassVar[str] = "actors.carrier-founded"
    subjects: ClassVar[tuple[str, ...]] = ("carrier",)
    carrier: int
    nature: str


@dataclass(frozen=True, kw_only=True)
class AuthorityJoined(Happening):
    """A user began to act for an authority."""

    kind: ClassVar[str] = "actors.authority-joined"
    subjects: ClassVar[tuple[str, ...]] = ("user", "authority")
    user: UUID
    authority: str
