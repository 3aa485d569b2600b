"""How long a question and the answers take to a visitor, how heavy they are, and when a telephone on slow 4G first shows them.

Server times are those of the whole request, in one process, next to the bounds they are held to. The first paint is that of a
headless Chromium held to 1.6 Mbit/s down, 750 kbit/s up and 150 ms of latency (the 'slow 4G' of its own tools).
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

PORT = 8765
BASE = f"http://127.0.0.1:{PORT}"
RUNS = 15
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
ANSWERS = {"organisation.legal_form": "cooperative", "organisation.in_register": "yes"}


def prepare(data: str) -> None:
    """Set up Django on a database of its own, with the cards published."""
    os.environ.update(
        TERREAU_DEMO="1", TERREAU_DATA=data, DJANGO_SETTINGS_MODULE="terreau.config.settings"
    )
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from terreau.measures.services import publish_files

    call_command("migrate", verbosity=0)
    now = timezone.now()
    publish_files(settings.REGION, by=None, at=now, on=timezone.localdate(now))


def visit() -> tuple[Any, str]:
    """Return a client and the address of a dossier that tells a little."""
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    link = client.post("/fr/find/").headers["Location"]
    for fact, value in ANSWERS.items():
        client.post(f"{link}?fact={fact}", {"about": fact, fact: value})
    return client, link


def measured(ask: Callable[[], Any]) -> tuple[float, int, int]:
    """Return the median time of a page in milliseconds, its weight in bytes and its queries."""
    from django.db import connection

    ask()
    connection.force_debug_cursor = True
    page = ask()
    queries = len(connection.queries_log)
    connection.force_debug_cursor = False
    times = []
    for _run in range(RUNS):
        start = perf_counter()
        ask()
        times.append((perf_counter() - start) * 1000)
    return median(times), len(page.content), queries


@contextmanager
def served(data: str) -> Iterator[None]:
    """Serve the demonstration while something is measured."""
    terreau = Path(sys.executable).with_name("terreau")
    environment = {**os.environ, "TERREAU_DATA": data}
    process = subprocess.Popen(
        [terreau, "demo", "--port", str(PORT)], env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        while process.stdout and "is ready" not in (process.stdout.readline() or "is ready"):
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait()


def paints(link: str) -> list[tuple[str, float]]:
    """Return when each page first shows something, on slow 4G with an empty cache."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("google-chrome")
    names = {
        "home": "/fr/",
        "question": link,
        "answers": f"{link}answers/",
        "measures": "/fr/measures/",
        "plea": "/fr/plea/",
    }
    times = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for name, address in names.items():
            browser.new_page().goto(f"{BASE}{address}")  # the server has seen the page once
            times.append((name, median(_paint(browser, address) for _run in range(3))))
        browser.close()
    return times


def _paint(browser: Any, address: str) -> float:
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", SLOW_4G)
    page.goto(f"{BASE}{address}")
    while (painted := page.evaluate(PAINT)) is None:
        page.wait_for_timeout(50)
    page.context.close()
    return float(painted)


def main() -> None:
    """Measure and print a table."""
    with tempfile.TemporaryDirectory() as data:
        prepare(data)
        client, link = visit()
        rows = {
            "a question": (measured(lambda: client.get(link)), 60, 120),
            "the answers": (measured(lambda: client.get(f"{link}answers/")), 120, 120),
            "one answer": (measured(lambda: client.get(f"{link}answers/coopus/")), 120, 120),
        }
        print(
            f"{'page':<22}{'server':>12}{'bound':>10}{'weight':>12}{'bound':>10}{'queries':>9}{'bound':>7}"
        )
        for name, ((took, weight, queries), bound, heavy) in rows.items():
            print(
                f"{name:<22}{took:>9.1f} ms{bound:>7} ms{weight / 1024:>8.1f} KiB{heavy:>6} KiB{queries:>9}{12:>7}"
            )
        with served(data):
            for name, paint in paints(re.sub(r"^https?://[^/]+", "", link)):
                print(f"first paint, {name:<9}{paint:>9.0f} ms{1000:>7} ms")


if __name__ == "__main__":
    main()
