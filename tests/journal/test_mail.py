"""Outgoing mail: it leaves once, with what was committed, and what a person said can be erased."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from django.core.mail.backends.smtp import EmailBackend
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from terreau.journal import sending
from terreau.journal import services as journal
from terreau.journal.core import Letter, MailGivenUp, commitment
from terreau.journal.due import find_lost_mails
from terreau.journal.models import Event, Mail, PersonalWords
from terreau.journal.tasks import send_mail
from tests.journal.inbox import Inbox

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LETTER = Letter(
    name="test.receipt",
    to="awa.diallo@example.org",
    subject="Reçu nº 7 : l’épicerie « Één plek »",
    body="Bonjour Awa,\n\nVotre dossier est arrivé. Tot ziens, à bientôt ✓\n.\nun point seul\n",
    language="fr",
)


@pytest.fixture
def inbox(settings) -> Iterator[Inbox]:
    """Return the mail server that the settings name; it is down until it is started."""
    opened = Inbox()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", opened.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.DEFAULT_FROM_EMAIL = "Terreau <terreau@example.org>"
    yield opened
    opened.stop()


@pytest.fixture
def running(inbox) -> Inbox:
    """Return the mail server, running."""
    inbox.start()
    return inbox


@pytest.fixture
def mail(db) -> Mail:
    """Return a mail that waits."""
    return journal.post(LETTER, at=NOW)


@pytest.fixture
def given_up() -> Iterator[list[MailGivenUp]]:
    """Return what a listener hears of mails that were given up."""
    told: list[MailGivenUp] = []
    journal.listens_to(MailGivenUp)(told.append)
    yield told
    journal.stops_listening(MailGivenUp, told.append)


def kinds(mail: Mail) -> list[str]:
    """Return what happened to a mail."""
    return [entry.kind for entry in journal.history(mail=mail.pk)]


def test_a_mail_waits_as_a_task_and_is_in_the_journal_without_a_name(mail):
    (task,) = DBTaskResult.objects.all()
    (entry,) = journal.history(mail=mail.pk)

    assert task.args_kwargs == {"args": [str(mail.pk)], "kwargs": {}}
    assert entry.payload == {"letter": "test.receipt", "language": "fr"}
    assert b"awa" not in entry.canonical().lower()
    assert mail.letter == LETTER
    assert str(mail) == f"test.receipt {mail.pk}"


class NotThisTime(Exception):
    """What was begun is undone."""


@transaction.atomic
def post_in_vain() -> None:
    """Post a letter, then fail."""
    journal.post(LETTER, at=NOW)
    raise NotThisTime


@pytest.mark.django_db(transaction=True)
def test_what_is_undone_sends_nothing():
    with pytest.raises(NotThisTime):
        post_in_vain()

    assert not DBTaskResult.objects.exists()
    assert not Mail.objects.exists()
    assert not Event.objects.exists()


def test_a_letter_arrives_as_it_was_written(running, mail):
    again = journal.send(mail.pk, at=NOW)

    (arrived,) = running.mails
    mail.refresh_from_db()
    assert again is None
    # A long header begins on its second line, with the space that says so.
    assert (arrived["Subject"].strip(), arrived["To"]) == (LETTER.subject, LETTER.to)
    assert arrived.get_content().replace("\r\n", "\n") == LETTER.body
    assert arrived["Message-ID"] == f"<{mail.pk}@example.org>"
    assert (arrived["Content-Language"], arrived["Auto-Submitted"]) == ("fr", "auto-generated")
    assert arrived["Date"].datetime == NOW
    assert (mail.sent_at, mail.due_at, mail.attempts) == (NOW, None, 1)
    assert kinds(mail) == ["journal.mail-queued", "journal.mail-sent"]


def test_a_mail_to_a_domain_with_accents_arrives(running, db):
    mail = journal.post(
        Letter(name="test.receipt", to="awa@épi.example", subject="x", body="y", language="fr"),
        at=NOW,
    )

    journal.send(mail.pk, at=NOW)

    assert running.recipients == [["awa@xn--pi-9ia.example"]]


def test_a_server_that_was_down_gets_the_mail_once_it_is_up(inbox, mail):
    again = journal.send(mail.pk, at=NOW)
    assert again == NOW + timedelta(minutes=1)
    inbox.start()

    journal.send(mail.pk, at=NOW + timedelta(seconds=59))
    assert inbox.mails == []
    journal.send(mail.pk, at=again)
    journal.send(mail.pk, at=again + timedelta(days=1))

    assert len(inbox.mails) == 1
    mail.refresh_from_db()
    assert (mail.sent_at, mail.attempts, mail.last_error) == (again, 2, "")


def test_the_task_comes_back_after_the_wait(inbox, mail):
    DBTaskResult.objects.all().delete()

    send_mail.call(str(mail.pk))

    mail.refresh_from_db()
    (task,) = DBTaskResult.objects.all()
    assert task.run_after == mail.due_at


def test_a_server_that_stays_down_is_asked_less_and_less_and_then_the_mail_is_kept(
    inbox, mail, given_up, caplog
):
    tries = [NOW]
    while again := journal.send(mail.pk, at=tries[-1]):
        tries.append(again)

    waits = [after - before for before, after in pairwise(tries)]
    mail.refresh_from_db()
    assert waits == sorted(waits)
    assert (len(tries), tries[-1] - NOW) == (9, timedelta(days=2, hours=17, minutes=21))
    assert [(event.attempts, event.fault) for event in given_up] == [(9, "ConnectionRefusedError")]
    assert "given up" in caplog.text
    assert "awa" not in caplog.text
    assert list(journal.mails_given_up()) == [mail]
    assert mail.letter == LETTER


def test_what_was_given_up_is_sent_again_when_asked(inbox, mail):
    at = NOW
    while again := journal.send(mail.pk, at=at):
        at = again
    inbox.start()

    count = journal.try_again(at=at)
    journal.send(mail.pk, at=at)

    assert (count, len(inbox.mails)) == (1, 1)
    assert not journal.mails_given_up()


def test_an_address_that_is_refused_for_good_is_not_tried_again(running, mail, given_up, caplog):
    running.refusal = "550 5.1.1 <awa.diallo@example.org> is unknown"

    assert journal.send(mail.pk, at=NOW) is None

    mail.refresh_from_db()
    assert [event.fault for event in given_up] == ["SMTPRecipientsRefused 550"]
    assert "is unknown" in mail.last_error
    assert "awa" not in caplog.text


def test_an_address_that_is_refused_for_now_is_tried_again(running, mail, caplog):
    running.refusal = "450 4.2.1 later"

    assert journal.send(mail.pk, at=NOW) == NOW + timedelta(minutes=1)
    assert "SMTPRecipientsRefused 450" in caplog.text


class Meanwhile:
    """A mail server that is slow: meanwhile something else happens."""

    def __init__(self, happens: Callable[[], object]) -> None:
        self.happens = happens
        self.sent = 0

    def open(self) -> None:
        """Say hello."""

    def send_messages(self, messages: list[object]) -> None:
        """Take mails slowly."""
        self.happens()
        self.sent += len(messages)

    def close(self) -> None:
        """Break off instead of saying goodbye."""
        raise ConnectionResetError


def test_while_one_worker_talks_to_the_server_no_other_tries(mail, monkeypatch):
    server = Meanwhile(lambda: journal.send(mail.pk, at=NOW + timedelta(minutes=2)))
    monkeypatch.setattr(sending, "get_connection", lambda: server)

    journal.send(mail.pk, at=NOW)

    assert server.sent == 1
    assert kinds(mail) == ["journal.mail-queued", "journal.mail-sent"]


def cut_off(_backend: EmailBackend) -> None:
    """End the worker while it talks to the server."""
    raise SystemExit


def test_a_worker_that_was_cut_off_does_not_lose_its_mail(running, mail, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "open", cut_off)
        with pytest.raises(SystemExit):
            journal.send(mail.pk, at=NOW)
    DBTaskResult.objects.all().delete()

    find_lost_mails(NOW + timedelta(minutes=20))
    assert not DBTaskResult.objects.exists()
    find_lost_mails(NOW + timedelta(minutes=25))
    find_lost_mails(NOW + timedelta(minutes=26))

    assert DBTaskResult.objects.count() == 1
    journal.send(mail.pk, at=NOW + timedelta(minutes=25))
    assert len(running.mails) == 1


def test_a_mail_on_which_worker_after_worker_is_cut_off_is_given_up(running, mail, given_up):
    Mail.objects.update(attempts=9)

    journal.send(mail.pk, at=NOW)

    assert running.mails == []
    assert [event.fault for event in given_up] == ["cut off"]


def test_a_server_without_encryption_gets_nothing_when_encryption_is_asked(
    running, mail, settings, caplog
):
    settings.EMAIL_USE_TLS = True

    assert journal.send(mail.pk, at=NOW) is not None
    assert running.mails == []
    assert "SMTPNotSupportedError" in caplog.text


def test_a_mail_that_is_erased_while_the_server_refuses_it_keeps_nothing(mail, monkeypatch):
    def refuse() -> None:
        journal.erase_mail(mail.pk)
        raise OSError("awa.diallo is unknown")

    monkeypatch.setattr(sending, "get_connection", lambda: Meanwhile(refuse))

    assert journal.send(mail.pk, at=NOW) is None
    mail.refresh_from_db()
    assert (mail.due_at, mail.last_error) == (None, "")


def test_erasing_what_was_sent_leaves_the_proof_that_it_was(running, mail):
    journal.send(mail.pk, at=NOW)
    before = [entry.leaf() for entry in journal.history(mail=mail.pk)]

    journal.erase_mail(mail.pk)

    mail.refresh_from_db()
    assert mail.letter is None
    assert mail.sent_at == NOW
    assert [entry.leaf() for entry in journal.history(mail=mail.pk)] == before
    assert not PersonalWords.objects.exists()


def test_a_mail_that_was_erased_while_it_waited_does_not_leave(running, mail):
    journal.erase_mail(mail.pk)

    assert journal.send(mail.pk, at=NOW) is None
    assert running.mails == []
    assert not journal.mails_given_up()


def test_what_a_server_said_of_a_person_is_erased_too(running, mail):
    running.refusal = "550 5.1.1 <awa.diallo@example.org> is unknown"
    journal.send(mail.pk, at=NOW)

    journal.erase_mail(mail.pk)

    mail.refresh_from_db()
    assert mail.last_error == ""


def test_a_mail_whose_event_lost_its_words_is_given_up(running, mail, given_up):
    journal.erase_words(mail.event_id)

    journal.send(mail.pk, at=NOW)

    assert running.mails == []
    assert [event.fault for event in given_up] == ["erased"]


def test_a_mail_whose_address_was_changed_in_the_database_is_not_sent(running, mail, given_up):
    words = {**LETTER.words(), "to": "eve@example.org"}
    PersonalWords.objects.update(words=words)

    journal.send(mail.pk, at=NOW)

    assert running.mails == []
    assert [event.fault for event in given_up] == ["changed"]


def test_an_address_that_was_changed_with_its_commitment_still_carries_no_second_one(
    running, mail, given_up
):
    words = {**LETTER.words(), "to": "awa@example.org\nBcc: eve@example.org"}
    salt = PersonalWords.objects.get().salt
    PersonalWords.objects.update(words=words)
    Event.objects.filter(pk=mail.event_id).update(commitment=commitment(salt, words))

    journal.send(mail.pk, at=NOW)

    assert running.mails == []
    assert [event.fault for event in given_up] == ["not sendable"]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"to": "awa@example.org\nBcc: eve@example.org"}, "one e-mail address"),
        ({"to": "awa@example.org, eve@example.org"}, "one e-mail address"),
        ({"to": "Awa <awa@example.org>"}, "one e-mail address"),
        ({"to": "awa@example.org\r\n"}, "one e-mail address"),
        ({"to": ""}, "one e-mail address"),
        ({"subject": "Hello\nBcc: eve@example.org"}, "one line"),
        ({"subject": "Hello\r\n\r\nEvil"}, "one line"),
        ({"subject": "Hello\u2028Evil"}, "one line"),
        ({"subject": "  "}, "one line"),
        ({"body": "\n"}, "has a text"),
        ({"body": "a\x00b"}, "has a text"),
        ({"body": "a\ud800b"}, "has a text"),
    ],
)
def test_what_would_add_a_header_or_a_reader_is_refused_with_a_sentence(db, changed, says):
    letter = Letter(**{**LETTER.words(), "name": "test.receipt", "language": "fr", **changed})

    with pytest.raises(journal.NotSendable, match=says) as refused:
        journal.post(letter, at=NOW)

    assert str(refused.value.message) == str(refused.value)
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"language": ""}, "journal_mail_has_a_language"),
        ({"sent_at": NOW, "attempts": 1}, "journal_mail_that_was_sent_waits_no_more"),
        ({"sent_at": NOW, "due_at": None}, "journal_mail_that_was_sent_was_tried"),
    ],
)
def test_the_database_holds_a_mail_to_what_it_is(mail, fields, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        Mail.objects.update(**fields)


def test_a_mail_that_does_not_exist_is_nothing_to_send(db):
    assert journal.send(uuid4(), at=NOW) is None
