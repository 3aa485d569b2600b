"""The rows of those who act."""

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower


class UserManager(BaseUserManager["User"]):
    """How a user is made and found."""

    def create_user(self, email: str, language: str, password: str | None = None) -> "User":
        """Make a user, known by an e-mail address written in small letters."""
        user = self.model(email=email.strip().lower(), language=language)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a user by e-mail address, however its letters are typed."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who signs in. The id is random: what the journal keeps of them names no one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=10)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["language"]

    class Meta:
        constraints = [
            models.UniqueConstraint(name="actors_user_email_is_unique", fields=["email"]),
            models.CheckConstraint(
                name="actors_user_email_is_in_small_letters",
                condition=Q(email=Lower("email")),
            ),
        ]


class Organisation(models.Model):
    """A body that exists in law, with its number in the register once it is known."""

    name = models.CharField(max_length=300)
    number = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="actors_organisation_number_is_unique",
                fields=["number"],
                condition=~Q(number=""),
            ),
            models.CheckConstraint(name="actors_organisation_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class Authority(models.Model):
    """An authority of the region pack, by the id it has there: the pack says all else."""

    id = models.CharField(primary_key=True, max_length=60)

    def __str__(self) -> str:
        return self.id


class Carrier(models.Model):
    """Who carries a project: a person, a group, or an organisation."""

    class Kind(models.TextChoices):
        """What a carrier is in law."""

        PERSON = "person"
        GROUP = "group"
        ORGANISATION = "organisation"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=300, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="carriers"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="actors_carrier_kind_is_known",
                condition=Q(kind__in=["person", "group", "organisation"]),
            ),
            models.CheckConstraint(
                name="actors_carrier_is_an_organisation_or_has_a_name",
                condition=Q(kind="organisation", organisation__isnull=False, name="")
                | Q(organisation__isnull=True) & ~Q(name="") & ~Q(kind="organisation"),
            ),
            models.UniqueConstraint(
                name="actors_carrier_once_an_organisation", fields=["organisation"]
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.organisation)


class Membership(models.Model):
    """A user acts for a carrier or for an authority, from one day to another."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    carrier = models.ForeignKey(Carrier, models.CASCADE, null=True, related_name="memberships")
    authority = models.ForeignKey(Authority, models.CASCADE, null=True, related_name="memberships")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="actors_membership_is_of_one_body",
                condition=Q(carrier__isnull=False, authority__isnull=True)
                | Q(carrier__isnull=True, authority__isnull=False),
            ),
            models.CheckConstraint(
                name="actors_membership_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
            models.UniqueConstraint(
                name="actors_membership_once_a_carrier",
                fields=["user", "carrier"],
                condition=Q(until__isnull=True),
            ),
            models.UniqueConstraint(
                name="actors_membership_once_an_authority",
                fields=["user", "authority"],
                condition=Q(until__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} for {self.carrier_id or self.authority_id}"
