"""The worker as a real process, a real mail server, and the demonstration that starts both."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from terreau.config import cli, work
from terreau.config.mail import NOWHERE
from terreau.journal.services import Every, Letter, Mail, comes_due, comes_due_no_more, post
from tests.journal.inbox import Inbox, free_port

MAIN = "import sys; from terreau.config.cli import main; sys.exit(main())"
SETUP = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "terreau.config.settings"
import django
django.setup()
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from terreau.journal.models import Mail
from terreau.journal.services import Letter, post

def letter(number):
    return Letter(name="test", to=f"reader{number}@example.org", subject=f"Nº {number}", body="Été", language="fr")
"""
POST = "\nwith transaction.atomic(): [post(letter(n), at=timezone.now()) for n in range({count})]"
POST_IN_VAIN = "try:\n with transaction.atomic(): post(letter(0), at=timezone.now()); 1 / 0\nexcept ArithmeticError: pass"
A_MINUTE_LATER = (
    "now = timezone.now(); DBTaskResult.objects.update(run_after=now); "
    "Mail.objects.exclude(due_at=None).update(due_at=now)"
)


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    """Return a mail server that is up."""
    opened = Inbox()
    opened.start()
    yield opened
    opened.stop()


def answers(port: int) -> bool:
    """Say whether a web server of this machine shows its first page."""
    asked = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        asked.request("GET", "/fr/")
        return asked.getresponse().status == 200
    except OSError:
        return False
    finally:
        asked.close()


class House:
    """A database and a data folder for processes of their own."""

    def __init__(self, folder: Path) -> None:
        # Processes that keep the modules they compiled start sooner.
        outer = {name: value for name, value in os.environ.items() if "TERREAU" not in name}
        for name in ("DJANGO_SETTINGS_MODULE", "PYTHONDONTWRITEBYTECODE"):
            outer.pop(name, None)
        self.folder = folder
        self.started: list[subprocess.Popen[str]] = []
        self.environment = {
            **outer,
            "TERREAU_SECRET": "long and random" * 5,
            "TERREAU_DATA": str(folder),
            "TERREAU_MAIL_FROM": "Terreau <terreau@example.org>",
        }

    def sends_to(self, port: int) -> None:
        """Have its mails leave by a server of this machine."""
        self.environment["TERREAU_SMTP_URL"] = f"smtp://127.0.0.1:{port}?tls=no"

    def starts(self, *arguments: str, program: str = MAIN) -> "subprocess.Popen[str]":
        """Start a process."""
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", program, *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process

    def close(self) -> None:
        """End what a failed test left running."""
        for process in self.started:
            if process.poll() is None:
                process.terminate()
                process.communicate(timeout=20)

    def runs(self, *arguments: str, program: str = MAIN) -> tuple[int, str, str]:
        """Run a process to its end, and return its status and what it said."""
        process = self.starts(*arguments, program=program)
        said, complained = process.communicate(timeout=60)
        return process.returncode, said, complained

    def does(self, program: str) -> str:
        """Run a few lines within the house."""
        status, said, complained = self.runs(program=SETUP + program)
        assert status == 0, complained
        return said


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Path:
    """Return the file of a prepared SQLite database, made once."""
    folder = tmp_path_factory.mktemp("prepared")
    status, _said, complained = House(folder).runs("migrate", "--verbosity", "0")
    assert status == 0, complained
    return folder / "terreau.sqlite3"


@pytest.fixture
def new_house(tmp_path) -> Iterator[House]:
    """Return a house whose database is not there yet."""
    with closing(House(tmp_path)) as opened:
        yield opened


@pytest.fixture
def house(transactional_db, new_house, request) -> House:
    """Return a house on the database under test: PostgreSQL, or an SQLite file like it."""
    if connection.vendor == "postgresql":
        at = connection.settings_dict
        login = f"{at['USER']}:{at['PASSWORD']}@:{at['PORT']}"
        address = f"postgresql://{login}/{at['NAME']}?host={at['HOST']}"
        new_house.environment["TERREAU_DATABASE_URL"] = address
    else:
        shutil.copy(request.getfixturevalue("prepared"), new_house.folder)
    return new_house


def soon(happens: Callable[[], object]) -> None:
    """Wait until something is so."""
    for _again in range(300):
        if happens():
            return
        time.sleep(0.1)
    pytest.fail("It did not happen within thirty seconds.")


def test_two_workers_at_once_send_what_was_committed_and_each_mail_once(house, inbox):
    house.sends_to(inbox.port)
    house.does(POST_IN_VAIN + POST.format(count=20))

    workers = [house.starts("work", "--once") for _each in range(2)]
    told = [worker.communicate(timeout=60) for worker in workers]

    assert [worker.returncode for worker in workers] == [0, 0]
    assert [complained for _said, complained in told] == ["", ""]
    assert all(f"by 127.0.0.1, port {inbox.port}" in said for said, _complained in told)
    assert all("The worker has ended." in said for said, _complained in told)
    assert sorted(inbox.subjects) == sorted(f"Nº {number}" for number in range(20))


def test_a_server_that_was_down_gets_the_mail_with_the_next_worker(house, inbox):
    house.sends_to(free_port())
    house.does(POST.format(count=1))

    status, _said, complained = house.runs("work", "--once")
    assert (status, inbox.subjects) == (0, [])
    assert "was not taken (ConnectionRefusedError)" in complained
    assert "@" not in complained
    house.does(A_MINUTE_LATER)
    house.sends_to(inbox.port)
    house.runs("work", "--once")

    assert inbox.subjects == ["Nº 0"]


def test_a_worker_goes_on_until_it_is_told_to_end(house, inbox):
    house.sends_to(inbox.port)
    worker = house.starts("work")
    assert worker.stdout is not None
    assert worker.stdout.readline().startswith("The worker runs.")

    house.does(POST.format(count=2))
    soon(lambda: len(inbox.subjects) == 2)
    worker.send_signal(signal.SIGTERM)
    said, complained = worker.communicate(timeout=10)

    assert (worker.returncode, complained) == (0, "")
    assert said.startswith("The worker has ended. Done: ")


def test_a_worker_ends_with_the_process_it_works_beside(house):
    worker = house.starts("work", "--beside", "1")

    assert "The worker has ended." in worker.communicate(timeout=30)[0]
    assert worker.returncode == 0


def test_a_database_that_is_not_prepared_is_said(new_house):
    outcome = new_house.runs("work", "--once")

    assert outcome == (2, "", "The database is not prepared: run terreau migrate.\n")


def test_a_server_that_cannot_be_read_is_said_without_its_password(new_house):
    new_house.environment["TERREAU_SMTP_URL"] = "smtp://ann:hush@example.org?tls=perhaps"

    status, said, complained = new_house.runs("work")

    assert (status, said) == (2, "")
    assert complained.startswith("TERREAU_SMTP_URL cannot be read: after the ? stands tls=yes")
    assert "hush" not in complained
    assert "Traceback" not in complained


def test_the_demonstration_serves_and_works_and_ends_both(new_house, tmp_path):
    port = free_port()
    demo = new_house.starts("demo", "--port", str(port))
    assert demo.stdout is not None
    assert "is ready" in demo.stdout.readline()
    assert f"written to files in {tmp_path / 'mail'}" in demo.stdout.readline()
    soon(lambda: answers(port))

    new_house.environment["TERREAU_DEMO"] = "1"
    new_house.does(POST.format(count=1))
    soon(lambda: list((tmp_path / "mail").glob("*")))
    demo.send_signal(signal.SIGINT)
    said, _complained = demo.communicate(timeout=20)

    assert demo.returncode == 0
    assert "The worker has ended." in said
    (mail,) = (tmp_path / "mail").glob("*")
    assert "To: reader0@example.org" in mail.read_text(encoding="utf-8")


@pytest.fixture
def waiting(transactional_db) -> Mail:
    """Return a mail that waits."""
    letter = Letter(name="test", to="a@example.org", subject="x", body="y", language="fr")
    return post(letter, at=timezone.now())


@pytest.fixture
def signals() -> Iterator[None]:
    """Give the signals back to the tests."""
    kept = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}
    yield
    for each, handler in kept.items():
        signal.signal(each, handler)


@pytest.mark.django_db(transaction=True)
def test_what_is_due_is_done_each_minute_until_a_signal(signals, capsys, monkeypatch):
    monkeypatch.setattr(work, "IDLE", 0.01)
    calls = []

    @comes_due("test.end", every=Every.MINUTE)
    def end(at: object) -> None:
        calls.append(at)
        signal.raise_signal(signal.SIGINT)

    status = cli.main(["work"])
    comes_due_no_more("test.end")

    assert (status, len(calls)) == (0, 1)
    assert "The worker has ended. Done: " in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_without_a_server_mails_wait_outside_the_demonstration(signals, capsys, waiting, settings):
    settings.EMAIL_BACKEND = NOWHERE

    assert cli.main(["work", "--once"]) == 0

    waiting.refresh_from_db()
    assert "Mails wait" in capsys.readouterr().out
    assert waiting.due_at is not None
    assert waiting.last_error == "TERREAU_SMTP_URL is not set."


@pytest.mark.django_db(transaction=True)
def test_mails_that_were_given_up_are_told_and_sent_again_when_asked(
    signals, capsys, mailoutbox, waiting
):
    Mail.objects.update(due_at=None)
    cli.main(["work", "--once"])
    assert "Mails given up: 1" in capsys.readouterr().out
    cli.main(["work", "--once", "--again"])

    assert "Mails sent again: 1." in capsys.readouterr().out
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("error", [InterfaceError("gone"), OperationalError("gone")])
@pytest.mark.django_db(transaction=True)
def test_a_database_that_does_not_answer_is_asked_again(error, signals, capsys, monkeypatch):
    answers = [error, False]
    monkeypatch.setattr(work, "UNANSWERED", 0.01)
    monkeypatch.setattr(work, "IDLE", 0.01)

    def answer() -> bool:
        given = answers.pop(0)
        if isinstance(given, Exception):
            raise given
        signal.raise_signal(signal.SIGTERM)
        return given

    monkeypatch.setattr(work, "_did_a_task", answer)

    assert cli.main(["work"]) == 0
    assert capsys.readouterr().err == "The database does not answer: gone\n"
