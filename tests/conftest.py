"""What every test may ask for: a browser, the folder of the working copy, the cards as published."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from terreau.measures import services
from terreau.rules import read_pack

# Playwright keeps a loop of its own in the thread of the test, which Django would take for async.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

MOMENT = datetime(2026, 11, 24, 9, tzinfo=UTC)
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
# Nothing leaves this machine: no downloads, no updates, no calls home.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need a browser, and keep them together: it then starts once."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the Chromium of this machine, started once."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), "")
    if not found:
        _absent("Chromium is missing: apt-get install chromium, or set CHROMIUM to its path.")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=CHROMIUM_ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the working copy."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def form(root) -> str:
    """Return the canonical form of the region's cards."""
    return read_pack(root / "regions" / "brussels").form


@pytest.fixture
def published(db, form) -> services.Published:
    """Return the edition of now."""
    return services.publish(form, origin=services.Origin.FILES, by=None, at=MOMENT)


def _absent(message: str) -> None:
    """Fail where all must be there, skip elsewhere."""
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
