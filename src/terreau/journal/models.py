"""The rows of the log: events that stay, the personal words beside them that may go, mails and turns."""

import uuid

from django.db import models
from django.db.models import Q

from terreau.journal.core import Entry, Letter


class Event(models.Model):
    """One thing that happened, written in the transaction that did it and never changed."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=100)
    subjects = models.JSONField()
    actor = models.UUIDField(null=True)
    payload = models.JSONField()
    commitment = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="journal_event_has_a_kind", condition=~models.Q(kind="")),
        ]
        indexes = [models.Index(name="journal_event_by_kind", fields=["kind", "id"])]

    def __str__(self) -> str:
        return f"{self.id} {self.kind}"

    def entry(self) -> Entry:
        """Return it as the log knows it."""
        return Entry(
            id=self.id,
            at=self.at,
            kind=self.kind,
            subjects=self.subjects,
            actor=self.actor,
            payload=self.payload,
            commitment=self.commitment,
        )


class PersonalWords(models.Model):
    """Names and remarks of persons told with an event: to erase them leaves the event whole."""

    event = models.OneToOneField(Event, models.CASCADE, primary_key=True, related_name="personal")
    salt = models.CharField(max_length=64)
    words = models.JSONField()

    def __str__(self) -> str:
        return f"words beside event {self.event_id}"


class Mail(models.Model):
    """A mail on its way. Its address, subject and text are the personal words beside its event.

    `due_at` is when it may be tried (again); a mail that is neither sent nor due was given up.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.OneToOneField(Event, models.PROTECT, related_name="mail")
    language = models.CharField(max_length=10)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="journal_mail_has_a_language", condition=~Q(language="")),
            models.CheckConstraint(
                name="journal_mail_that_was_sent_waits_no_more",
                condition=Q(sent_at__isnull=True) | Q(due_at__isnull=True),
            ),
            models.CheckConstraint(
                name="journal_mail_that_was_sent_was_tried",
                condition=Q(sent_at__isnull=True) | Q(attempts__gt=0),
            ),
        ]
        indexes = [
            models.Index(
                name="journal_mail_that_waits", fields=["due_at"], condition=Q(due_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.id}"

    @property
    def name(self) -> str:
        """Which mail it is, as its app names it."""
        return str(self.event.payload["letter"])

    @property
    def letter(self) -> Letter | None:
        """What it says and to whom, or nothing once that was erased."""
        kept = PersonalWords.objects.filter(event_id=self.event_id).first()
        if kept is None:
            return None
        return Letter(name=self.name, language=self.language, **kept.words)


class Turn(models.Model):
    """Periodic work that was done: no worker does it again in the same period."""

    name = models.CharField(max_length=100)
    period = models.CharField(max_length=20)
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="journal_turn_once_a_period", fields=["name", "period"]),
            models.CheckConstraint(
                name="journal_turn_has_a_name_and_a_period", condition=~Q(name="") & ~Q(period="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.period}"
