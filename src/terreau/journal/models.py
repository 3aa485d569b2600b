"""The rows of the log: events that stay, and the personal words beside them that may go."""

from django.db import models

from terreau.journal.core import Entry


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
