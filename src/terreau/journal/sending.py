"""Hand one mail to the mail server, once, and keep what became of it."""

import logging
import unicodedata
from contextlib import suppress
from datetime import datetime, timedelta
from email.utils import format_datetime, parseaddr
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F, QuerySet

from terreau.journal.core import Letter, MailGivenUp, MailSent
from terreau.journal.log import record, words_are_genuine
from terreau.journal.models import Mail
from terreau.kernel.message import Message
from terreau.kernel.message import noop as _

logger = logging.getLogger(__name__)

# How long a mail waits after each try that failed. After the last one it is given up.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=24),
)
TRIES = len(WAITS) + 1
# While one worker talks to the mail server no other tries: longer than any such talk may last.
HELD = timedelta(minutes=10)
PERMANENT = 500
LONGEST_ERROR = 500


class NotSendable(Exception):
    """A letter cannot be sent as it is: `message` says why."""

    def __init__(self, sentence: str) -> None:
        self.message = Message(sentence)
        super().__init__(sentence)


class _Final(Exception):
    """No further try can help."""


def check(letter: Letter) -> None:
    """Raise `NotSendable` unless this goes to one address, under one line, with a text."""
    try:
        validate_email(letter.to)
    except ValidationError:
        raise NotSendable(_("A mail goes to one e-mail address.")) from None
    if letter.to.endswith("]"):  # a bare number aims at a machine, not at a person
        raise NotSendable(_("A mail goes to one e-mail address."))
    if not letter.subject.strip() or _holds_signs(letter.subject):
        raise NotSendable(_("The subject of a mail is one line of text."))
    if not letter.body.strip() or _holds_signs(letter.body, besides="\r\n\t"):
        raise NotSendable(_("A mail has a text, without signs that cannot be shown."))


def send(mail_id: UUID, *, at: datetime) -> datetime | None:
    """Hand a mail that waits to the mail server; return when to try again, if it was not taken."""
    if not _held(mail_id, at):
        return None
    mail = Mail.objects.select_related("event").get(pk=mail_id)
    try:
        _deliver(_genuine(mail), mail)
    except _Final as final:
        return _give_up(mail, fault=str(final), at=at)
    except OSError as error:  # every error of smtplib is one
        return _not_taken(mail, error, at)
    return _taken(mail, at)


def _held(mail_id: UUID, at: datetime) -> bool:
    """Keep every other worker from this mail for a while; only one of them gets it."""
    waiting = Mail.objects.filter(pk=mail_id, due_at__lte=at)
    return waiting.update(due_at=at + HELD, attempts=F("attempts") + 1) == 1


def _genuine(mail: Mail) -> Letter:
    letter = mail.letter
    if letter is None:
        raise _Final("erased")
    if mail.attempts > TRIES:
        raise _Final("cut off")
    if not words_are_genuine(mail.event_id):
        raise _Final("changed")
    try:
        check(letter)
    except NotSendable:
        raise _Final("not sendable") from None
    return letter


def _deliver(letter: Letter, mail: Mail) -> None:
    """Give the letter to the mail server; a second copy after a broken talk has the same id."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    message = EmailMessage(
        subject=letter.subject,
        body=letter.body,
        to=[letter.to],
        headers={
            "Message-ID": f"<{mail.pk}@{domain}>",
            "Date": format_datetime(mail.queued_at),
            "Content-Language": letter.language,
            "Auto-Submitted": "auto-generated",
        },
    )
    connection = get_connection()
    try:
        connection.open()
        connection.send_messages([message])
    finally:
        # What the server took stays taken, however the talk ends.
        with suppress(OSError):
            connection.close()


@transaction.atomic
def _taken(mail: Mail, at: datetime) -> None:
    sent = Mail.objects.filter(pk=mail.pk, sent_at=None)
    if sent.update(sent_at=at, due_at=None, last_error=""):
        record(MailSent(at=at, by=None, mail=mail.pk, letter=mail.name, attempts=mail.attempts))


def _not_taken(mail: Mail, error: OSError, at: datetime) -> datetime | None:
    fault, told = _fault(error), str(error)[:LONGEST_ERROR]
    if mail.attempts >= TRIES or _is_final(error):
        return _give_up(mail, fault=fault, told=told, at=at)
    again = at + WAITS[mail.attempts - 1]
    if not _still_held(mail).update(due_at=again, last_error=told):
        return None
    logger.warning("Mail %s was not taken (%s): tried again at %s.", mail, fault, again)
    return again


@transaction.atomic
def _give_up(mail: Mail, *, fault: str, told: str = "", at: datetime) -> None:
    if _still_held(mail).update(due_at=None, last_error=told or fault):
        record(MailGivenUp(at=at, by=None, mail=mail.pk, attempts=mail.attempts, fault=fault))
        logger.error("Mail %s was given up after %s tries (%s).", mail, mail.attempts, fault)


def _still_held(mail: Mail) -> QuerySet[Mail]:
    """Return the mail, unless it was erased while we talked to the server."""
    return Mail.objects.filter(pk=mail.pk, due_at__isnull=False)


def _fault(error: OSError) -> str:
    """Return what went wrong without what the server said, which may name the person."""
    code = _code(error)
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def _code(error: OSError) -> int:
    match error:
        case SMTPRecipientsRefused(recipients=refusals):
            return max(code for code, _said in refusals.values())
        case SMTPResponseException(smtp_code=code):
            return int(code)
    return 0


def _is_final(error: OSError) -> bool:
    """Say whether the server refused this address for good; any other fault may be mended."""
    return isinstance(error, SMTPRecipientsRefused) and _code(error) >= PERMANENT


def _holds_signs(text: str, *, besides: str = "") -> bool:
    """Say whether a text holds what is no sign of writing: line breaks, controls, half characters."""
    unwritable = ("Cc", "Cs", "Zl", "Zp")
    return any(unicodedata.category(sign) in unwritable and sign not in besides for sign in text)
