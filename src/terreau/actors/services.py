"""Register users, found carriers, and mirror the authorities of the region pack."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from terreau.actors.core import AuthorityJoined, CarrierFounded, UserRegistered
from terreau.actors.models import Authority, Carrier, Membership, Organisation, User
from terreau.journal import services as journal

__all__ = [
    "AlreadyRegistered",
    "Authority",
    "Carrier",
    "Membership",
    "Organisation",
    "User",
    "found",
    "found_organisation",
    "join_authority",
    "mirror_authorities",
    "register",
]


class AlreadyRegistered(Exception):
    """There is a user with this e-mail address."""


@transaction.atomic
def register(email: str, *, language: str, password: str | None = None, at: datetime) -> User:
    """Make a user known by this address, who is written to in this language."""
    if User.objects.filter(email=email.strip().lower()).exists():
        raise AlreadyRegistered
    user = User.objects.create_user(email, language, password)
    journal.record(UserRegistered(at=at, by=user.pk, user=user.pk), words={"email": user.email})
    return user


@transaction.atomic
def found(kind: Carrier.Kind, *, name: str, by: User, on: date, at: datetime) -> Carrier:
    """Make a person or a group a carrier, for whom this user acts from that day."""
    carrier = Carrier.objects.create(kind=kind, name=name)
    return _act_for(carrier, name=name, by=by, on=on, at=at)


@transaction.atomic
def found_organisation(organisation: Organisation, *, by: User, on: date, at: datetime) -> Carrier:
    """Make an organisation a carrier, for whom this user acts from that day."""
    carrier = Carrier.objects.create(kind=Carrier.Kind.ORGANISATION, organisation=organisation)
    return _act_for(carrier, name=organisation.name, by=by, on=on, at=at)


@transaction.atomic
def mirror_authorities(ids: Iterable[str]) -> None:
    """Give each authority of the region pack its row, and leave those that have one."""
    Authority.objects.bulk_create([Authority(id=each) for each in ids], ignore_conflicts=True)


@transaction.atomic
def join_authority(
    authority: Authority, *, user: User, by: UUID | None, on: date, at: datetime
) -> Membership:
    """Have a user act for an authority from that day."""
    membership = Membership.objects.create(user=user, authority=authority, since=on)
    journal.record(AuthorityJoined(at=at, by=by, user=user.pk, authority=authority.pk))
    return membership


def _act_for(carrier: Carrier, *, name: str, by: User, on: date, at: datetime) -> Carrier:
    Membership.objects.create(user=by, carrier=carrier, since=on)
    founded = CarrierFounded(at=at, by=by.pk, carrier=carrier.pk, nature=carrier.kind)
    journal.record(founded, words={"name": name})
    return carrier
