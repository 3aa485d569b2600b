"""What apps lend to shared pages: the entries of the menu. An app lends in its `desk.py`."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class MenuEntry:
    """A place of the site: what it is called, the name of its address, and where it stands in the menu."""

    label: Promise | str
    address: str
    place: int


_entries: list[MenuEntry] = []


def lend(entry: MenuEntry) -> None:
    """Show an entry in the menu of every page."""
    if entry not in _entries:
        _entries.append(entry)


@dataclass(frozen=True)
class MenuLink:
    """An entry as a page shows it."""

    label: Promise | str
    address: str
    current: bool


def menu_links(path: str) -> list[MenuLink]:
    """Return the menu as seen from a path; the entry whose pages we are on is current."""
    entries = sorted(_entries, key=lambda entry: entry.place)
    links = [(entry.label, reverse(entry.address)) for entry in entries if _exists(entry.address)]
    return [MenuLink(label, address, path.startswith(address)) for label, address in links]


def _exists(address: str) -> bool:
    try:
        reverse(address)
    except NoReverseMatch:
        return False
    return True
