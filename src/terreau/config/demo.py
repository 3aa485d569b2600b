"""The verb `demo`: prepare the database, serve the region on this machine alone, and work beside it."""

import argparse
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

HOST = "127.0.0.1"
WORK = "import sys; from terreau.config.cli import main; sys.exit(main())"
PATIENCE = 10


def configure(parser: argparse.ArgumentParser) -> None:
    """Say which arguments the verb takes."""
    port = os.environ.get("PORT", "8000")
    parser.add_argument("--port", type=int, default=port, help="default: PORT, else 8000")


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted."""
    if not _is_free(arguments.port):
        print(
            f"Port {arguments.port} is taken. Choose another: PORT=8001",
            file=sys.stderr,
        )
        return 2
    os.environ["TERREAU_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terreau.config.settings")
    language = _prepare()
    print(
        f"Terreau is ready: http://{HOST}:{arguments.port}/{language}/ (Ctrl-C ends it)",
        flush=True,
    )
    with _worker():
        _serve(arguments.port)
    return 0


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _prepare() -> str:
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    from django.utils import timezone

    from terreau.measures.services import publish_files

    settings.DATA.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    now = timezone.now()
    publish_files(settings.REGION, by=None, at=now, on=timezone.localdate(now))
    return str(settings.LANGUAGE_CODE)


@contextmanager
def _worker() -> Iterator[None]:
    """Have a worker beside the web server: it ends with it, also when that is killed."""
    command = [sys.executable, "-c", WORK, "work", "--beside", str(os.getpid())]
    worker = subprocess.Popen(command)  # noqa: S603
    try:
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            worker.kill()


def _serve(port: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "terreau.config.wsgi:application",
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_level=LogLevels.warning,
    ).serve()
