"""The memory of a worker that has nothing to do, next to the bound it is held to, and of one that has sent mails."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BOUND = 180.0
IDLE_SECONDS, MAILS = 10, 100
TERREAU = Path(sys.executable).with_name("terreau")
POST = f"""
import django
django.setup()
from django.db import transaction
from django.utils import timezone
from terreau.journal.services import Letter, post
letter = Letter(name="test", to="a@example.org", subject="Été", body="Bonjour. " * 300, language="fr")
with transaction.atomic():
    for _each in range({MAILS}):
        post(letter, at=timezone.now())
"""


def mebibytes(process: int) -> float:
    """Return what a process holds in memory now (Linux)."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    (held,) = [line.split()[1] for line in lines if line.startswith("VmRSS:")]
    return int(held) / 1024


def written(mails: Path) -> int:
    """Return how many mails are in the files, of which one may hold several."""
    return sum(file.read_bytes().count(b"Message-ID: ") for file in mails.glob("*"))


def measured(environment: dict[str, str], mails: Path) -> tuple[float, float, float]:
    """Return the memory of a worker at rest, after its mails, and the mails it sent in a second."""
    worker = subprocess.Popen([TERREAU, "work"], env=environment, stdout=subprocess.DEVNULL)
    try:
        time.sleep(IDLE_SECONDS)
        idle = mebibytes(worker.pid)
        subprocess.run([sys.executable, "-c", POST], env=environment, check=True)
        start = time.perf_counter()
        while written(mails) < MAILS:
            time.sleep(0.05)
        took = time.perf_counter() - start
        return idle, mebibytes(worker.pid), MAILS / took
    finally:
        worker.terminate()
        worker.wait()


def main() -> None:
    """Measure and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "TERREAU_DEMO": "1",
            "TERREAU_DATA": folder,
            "TERREAU_DATABASE_URL": "",
            "TERREAU_SMTP_URL": "",
            "DJANGO_SETTINGS_MODULE": "terreau.config.settings",
        }
        subprocess.run([TERREAU, "migrate", "--verbosity", "0"], env=environment, check=True)
        idle, after, speed = measured(environment, Path(folder) / "mail")
    print(f"{'worker':<36}{'memory':>12}{'bound':>12}{'ratio':>8}")
    for name, held in (("at rest", idle), (f"after {MAILS} mails", after)):
        print(f"{name:<36}{held:>8.1f} MiB{BOUND:>8.1f} MiB{held / BOUND:>8.2f}")
    print(f"{speed:.0f} mails a second into files")


if __name__ == "__main__":
    main()
