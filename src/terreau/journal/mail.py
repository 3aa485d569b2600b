"""Outgoing mail: post a letter, find those that were given up or lost, erase what one said."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from terreau.journal.core import Letter, MailQueued
from terreau.journal.log import erase_words, record
from terreau.journal.models import Mail
from terreau.journal.sending import check
from terreau.journal.tasks import send_mail

# A mail that has been due for so long may have lost its task: a worker was cut off while it had it.
LOST = timedelta(minutes=15)


@transaction.atomic
def post(letter: Letter, *, by: UUID | None = None, at: datetime) -> Mail:
    """Have a letter leave once this transaction is committed, and never if it is undone.

    Raises `NotSendable` with a sentence for the person who typed what cannot be sent.
    """
    check(letter)
    mail_id = uuid4()
    queued = MailQueued(at=at, by=by, mail=mail_id, letter=letter.name, language=letter.language)
    mail = Mail.objects.create(
        id=mail_id,
        event=record(queued, words=letter.words()),
        language=letter.language,
        queued_at=at,
        due_at=at,
    )
    send_mail.enqueue(str(mail_id))
    return mail


@transaction.atomic
def erase_mail(mail_id: UUID) -> None:
    """Erase to whom a mail went and what it said; one that still waits does not leave."""
    mail = Mail.objects.select_for_update().get(pk=mail_id)
    erase_words(mail.event_id)
    Mail.objects.filter(pk=mail_id).update(due_at=None, last_error="")


def posted(name: str, *, since: datetime) -> int:
    """Return how many letters of this name were posted since then."""
    return Mail.objects.filter(event__payload__letter=name, queued_at__gte=since).count()


def mails_given_up() -> QuerySet[Mail]:
    """Return the mails that were not sent and are tried no more, the oldest first."""
    given_up = Mail.objects.filter(sent_at=None, due_at=None, event__personal__isnull=False)
    return given_up.select_related("event").order_by("queued_at", "pk")


@transaction.atomic
def try_again(*, at: datetime) -> int:
    """Send the mails that were given up as if they were new, and return how many."""
    found = [mail.pk for mail in mails_given_up()]
    Mail.objects.filter(pk__in=found).update(due_at=at, attempts=0)
    return _enqueued(found)


@transaction.atomic
def send_lost(*, at: datetime) -> int:
    """Give the mails that lost their task another, and return how many."""
    lost = Mail.objects.select_for_update().filter(due_at__lte=at - LOST)
    found = [mail.pk for mail in lost]
    Mail.objects.filter(pk__in=found).update(due_at=at)
    return _enqueued(found)


def _enqueued(mails: list[UUID]) -> int:
    for mail in mails:
        send_mail.enqueue(str(mail))
    return len(mails)
