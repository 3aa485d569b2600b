"""`terreau work`: do what is waiting and, each minute, what is due."""

import argparse
import os
import signal
import sys
from dataclasses import dataclass, field
from datetime import datetime
from queue import Empty, SimpleQueue

from terreau.config.speech import Translate, translate_to
from terreau.kernel.message import Message
from terreau.kernel.message import noop as _

NOT_DONE = 2
# How long to wait, in seconds, when nothing waits, and when the database does not answer.
IDLE, UNANSWERED = 1, 5


def configure(parser: argparse.ArgumentParser) -> None:
    """Say which arguments the verb takes."""
    parser.add_argument("--once", action="store_true", help="do what waits and is due, then end")
    parser.add_argument("--again", action="store_true", help="send again the mails given up")
    parser.add_argument("--beside", type=int, metavar="PID", help="end when its parent PID has")
    parser.add_argument("--lang", metavar="CODE", default="", help="the language of messages")


def run(arguments: argparse.Namespace) -> int:
    """Work until told to end; return 0, or 2 with a sentence when it could not be done."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terreau.config.settings")
    import django

    django.setup()
    from django.db import DatabaseError

    translate = translate_to(arguments.lang)
    try:
        _refuse_unprepared()
        _work(arguments, translate)
    except (DatabaseError, Unprepared) as refused:
        print(_sentence(refused).words(translate), file=sys.stderr)
        return NOT_DONE
    return 0


class Unprepared(Exception):
    """The database lacks tables or columns."""


@dataclass
class Bell:
    """Whether the worker was told to end, by a signal or by the end of the process it works beside."""

    beside: int | None
    rings: "SimpleQueue[int]" = field(default_factory=SimpleQueue)

    def listen(self) -> None:
        """Hear the two signals that ask for a clean end."""
        for asked in (signal.SIGTERM, signal.SIGINT):
            # A simple queue is the one thing that a signal may touch at any moment.
            signal.signal(asked, lambda number, _frame: self.rings.put(number))

    def has_rung(self, *, within: float = 0) -> bool:
        """Wait so many seconds at most, and say whether it is time to end."""
        if self.beside and os.getppid() != self.beside:
            return True
        try:
            self.rings.put(self.rings.get(timeout=within))
        except Empty:
            return False
        return True


def _work(arguments: argparse.Namespace, translate: Translate) -> None:
    from django.utils import timezone

    from terreau.journal.services import try_again

    bell = Bell(arguments.beside)
    bell.listen()
    print(_mail_way().words(translate), flush=True)
    if arguments.again:
        again = Message(_("Mails sent again: {count}."), {"count": try_again(at=timezone.now())})
        print(again.words(translate), flush=True)
    done = _do_all(bell) if arguments.once else _go_on(bell)
    print(_told(done).words(translate), flush=True)


def _do_all(bell: Bell) -> int:
    """Do what is due and then what waits, also what comes to wait meanwhile; return how many."""
    from django.utils import timezone

    from terreau.journal.services import do_what_is_due

    done = do_what_is_due(at=timezone.now())
    while not bell.has_rung() and _did_a_task():
        done += 1
    return done


def _go_on(bell: Bell) -> int:
    """Work until the bell rings; a database that does not answer is asked again."""
    from django.db import InterfaceError, OperationalError, connections

    done, minute = 0, None
    while not bell.has_rung():
        try:
            minute, turns = _turns_since(minute)
            did = _did_a_task()
        except (InterfaceError, OperationalError) as error:
            print(_sentence(error), file=sys.stderr, flush=True)
            connections.close_all()
            bell.has_rung(within=UNANSWERED)
            continue
        done += turns + did
        if not did:
            bell.has_rung(within=IDLE)
    return done


def _turns_since(minute: datetime | None) -> tuple[datetime, int]:
    """Do what is due unless that was done in this minute; return the minute and how many were done."""
    from django.utils import timezone

    from terreau.journal.services import do_what_is_due

    now = timezone.now()
    this = now.replace(second=0, microsecond=0)
    return this, (do_what_is_due(at=now) if this != minute else 0)


def _did_a_task() -> bool:
    """Do one task that waits; say whether there was one."""
    from django.db import close_old_connections
    from django_tasks_db.management.commands.db_worker import Worker
    from django_tasks_db.models import DBTaskResult

    close_old_connections()
    # To look first spares the others a lock each second.
    if not DBTaskResult.objects.ready().filter(backend_name="default").exists():
        return False
    Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        backend_name="default",
        worker_id=f"terreau-{os.getpid()}",
        batch=True,
        max_tasks=1,
        interval=IDLE,
        startup_delay=False,
    ).run()
    return True


def _refuse_unprepared() -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Unprepared


def _mail_way() -> Message:
    """Say that the worker runs, and how mails leave."""
    from django.conf import settings

    from terreau.config.mail import FILES, NOWHERE

    match settings.EMAIL_BACKEND:
        case str(backend) if backend == NOWHERE:
            return Message(_("The worker runs. Mails wait: TERREAU_SMTP_URL names no server."))
        case str(backend) if backend == FILES:
            sentence = _(
                "The worker runs. Mails are written to files in {folder}: no server is set."
            )
            return Message(sentence, {"folder": settings.EMAIL_FILE_PATH})
    blanks = {"host": settings.EMAIL_HOST, "port": settings.EMAIL_PORT}
    return Message(_("The worker runs. Mails leave by {host}, port {port}."), blanks)


def _told(done: int) -> Message:
    """Say that the worker ends, and which mails need a person."""
    from terreau.journal.services import mails_given_up

    blanks = {"count": done, "mails": mails_given_up().count()}
    if not blanks["mails"]:
        return Message(_("The worker has ended. Done: {count}."), blanks)
    sentence = _(
        "The worker has ended. Done: {count}. Mails given up: {mails}; terreau work --again sends them."
    )
    return Message(sentence, blanks)


def _sentence(refused: Exception) -> Message:
    if isinstance(refused, Unprepared):
        return Message(_("The database is not prepared: run terreau migrate."))
    return Message(_("The database does not answer: {error}"), {"error": str(refused).strip()})
