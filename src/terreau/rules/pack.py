"""A region pack: a folder of data that holds all a region is, its words, its authorities, its cards."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from terreau.kernel.message import Message
from terreau.kernel.message import noop as _
from terreau.kernel.text import Text
from terreau.rules.canonical import CARD_FOLDERS, Trees, digest, read_again, read_trees, written
from terreau.rules.card_reading import read_card
from terreau.rules.cards import Card
from terreau.rules.finding import Findings, Place
from terreau.rules.ground import Grid, Municipality, read_grid, read_municipalities
from terreau.rules.pack_shape import AUTHORITY, REGION, WORDS
from terreau.rules.shape import (
    Filled,
    Reading,
)
from terreau.rules.source import Tree, place_of
from terreau.rules.vocabulary import Fact, Screen, Vocabulary, read_screen


@dataclass(frozen=True)
class Authority:
    """A public body."""

    id: str
    name: Text
    short: Text
    website: Any


@dataclass(frozen=True)
class Stage:
    """A stage of a project's life."""

    id: str
    name: Text


@dataclass(frozen=True)
class Contact:
    """Somebody one can ask."""

    name: Text
    says: Text
    url: Any


@dataclass(frozen=True)
class Uncovered:
    """A measure known by name, that no card answers yet."""

    id: str
    name: Text
    authority: str | None


@dataclass(frozen=True)
class Signature:
    """Who read all the words of a language as their own, and when."""

    by: str
    on: date


@dataclass(frozen=True)
class Way:
    """A way to begin for a group that does not yet exist in law; a host is another applicant."""

    name: Text
    says: Text
    given: Mapping[str, Any]
    host: bool


@dataclass(frozen=True)
class Beginnings:
    """Of whom the ways to begin are asked, and the ways."""

    when: Mapping[str, Any]
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Region:
    """What `region.yaml` says."""

    id: str
    name: Text
    languages: tuple[str, ...]
    currency: str
    time_zone: str
    stages: Mapping[str, Stage]
    small_group: int
    contacts: tuple[Contact, ...] = ()
    beginnings: Beginnings | None = None
    not_covered: tuple[Uncovered, ...] = ()
    signatures: Mapping[str, Signature] = field(default_factory=dict)


@dataclass(frozen=True)
class Pack:
    """All the data of a region, as read."""

    region: Region
    authorities: Mapping[str, Authority]
    vocabulary: Vocabulary
    words: list[Filled]
    cards: Mapping[str, Card]
    municipalities: Mapping[str, Municipality]
    grid: Grid | None
    form: str = field(compare=False, repr=False)  # the canonical form

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the pack."""
        return self.region.languages

    @cached_property
    def digest(self) -> str:
        """The hash by which the edition is known."""
        return digest(self.form)


def read_pack(folder: Path) -> Pack:
    """Return the pack of a folder. Raises `Refused` with everything that is wrong in it."""
    findings = Findings()
    pack = inspect_pack(folder, findings)
    findings.raise_errors()
    assert pack is not None  # no error was found
    return pack


def inspect_pack(folder: Path, findings: Findings) -> Pack | None:
    """Return the pack of a folder as far as it can be read, or None; what is wrong is kept in the findings."""
    if not (folder / "region.yaml").is_file():
        findings.error(
            Place(folder),
            Message(_("This folder is no region pack: it has no region.yaml.")),
            Message(_("Name the folder of a pack, or make one with 'terreau region new NAME'.")),
        )
        return None
    trees = read_trees(folder, findings)
    return _Files(folder.resolve().name, folder, trees, Reading(findings)).pack()


def pack_of(form: str, folder: Path = Path()) -> Pack:
    """Return the pack of a canonical form. Raises `Refused`, without lines, when this program cannot read it."""
    findings = Findings()
    pack = _Files(*_unpacked(form, folder), Reading(findings)).pack()
    findings.raise_errors()
    assert pack is not None  # no error was found
    return pack


def _unpacked(form: str, folder: Path) -> tuple[str, Path, Trees]:
    region, trees = read_again(form)
    return region, folder, trees


def _beginnings(read: Filled) -> Beginnings:
    ways = [
        Way(each["name"], each["says"], each["given"], each.get("host") == "yes")
        for each in read["ways"]
    ]
    return Beginnings(read["when"], tuple(ways))


@dataclass
class _Files:
    """The files of a pack, each read by the shape that its folder asks for."""

    region: str
    folder: Path
    trees: Trees
    reading: Reading

    def pack(self) -> Pack | None:
        """Return the pack as far as it can be read, or None."""
        region = self._region()
        if region is None:
            return None
        self.reading.languages = region.languages
        vocabulary = self._vocabulary(region.currency)
        return Pack(
            region,
            self._authorities(),
            vocabulary,
            self._words(),
            self._cards(),
            read_municipalities(*self._file("map/tiles.yaml"), vocabulary.facts, self.reading),
            read_grid(*self._file("grid.yaml"), self.reading),
            written(self.region, self.trees),
        )

    def _each(self, *folders: str) -> Iterator[tuple[Tree, Place]]:
        for name in folders:
            for path, tree in self.trees.items():
                if path.startswith(f"{name}/"):
                    yield tree, self._place(path)

    def _file(self, path: str) -> tuple[Tree | None, Place]:
        return self.trees.get(path), self._place(path)

    def _place(self, path: str) -> Place:
        return Place(self.folder / path, 1, 1)

    def _error(self, place: Place, what: str, remedy: str, **blanks: object) -> None:
        self.reading.error(place, what, remedy, **blanks)

    def _once(self, name: str, found: Container[str], place: Place) -> None:
        if name in found:
            self._error(
                place,
                _("'{name}' is declared twice in the pack."),
                _("Give one another id."),
                name=name,
            )

    def _region(self) -> Region | None:
        tree = self.trees.get("region.yaml")
        if tree is None:
            return None
        if isinstance(tree, dict) and isinstance(tree.get("languages"), list):
            self.reading.languages = tuple(str(language) for language in tree["languages"])
        else:  # the words of the region are read in the languages they are written in
            named = tree.get("name") if isinstance(tree, dict) else None
            self.reading.languages = tuple(named) if isinstance(named, dict) else ()
        before = len(self.reading.findings.errors)
        read = REGION.read(tree, self._place("region.yaml"), self.reading)
        if read is not None:
            self._check_region(read)
        if read is None or len(self.reading.findings.errors) > before:
            return None
        return Region(
            id=self.region,
            name=read["name"],
            languages=tuple(read["languages"]),
            currency=read["currency"],
            time_zone=read["time_zone"],
            stages={each["id"]: Stage(each["id"], each["name"]) for each in read["stages"]},
            small_group=int(read["small_group"]),
            contacts=tuple(
                Contact(each["name"], each["says"], each["url"])
                for each in read.get("contacts", ())
            ),
            not_covered=tuple(
                Uncovered(each["id"], each["name"], each.get("authority"))
                for each in read.get("not_covered", ())
            ),
            beginnings=_beginnings(read["beginnings"]) if "beginnings" in read else None,
            signatures={
                str(language): Signature(each["by"], each["on"])
                for language, each in read.get("signed", {}).items()
            },
        )

    def _check_region(self, read: Filled) -> None:
        """Keep an error for no language, for a language or a stage told twice, and for a time zone nobody knows."""
        place = read.places.get("languages", read.place)
        if read.get("languages") == []:
            self._error(place, _("A pack speaks at least one language."), _("Name it."))
        seen: set[str] = set()
        for name in (*read.get("languages", ()), *(each["id"] for each in read.get("stages", ()))):
            self._once(name, seen, place_of(name))
            seen.add(name)
        zone = read.get("time_zone", "UTC")
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError):
            self._error(
                read.places["time_zone"],
                _("'{zone}' is no time zone."),
                _("Write a name of the tz database, like 'Europe/Paris' or 'UTC'."),
                zone=zone,
            )

    def _authorities(self) -> dict[str, Authority]:
        found: dict[str, Authority] = {}
        for tree, place in self._each("authorities"):
            read = AUTHORITY.read(tree, place, self.reading)
            if read is not None and {"id", "name"} <= set(read):
                self._once(read["id"], found, read.places["id"])
                short = read.get("short", read["name"])
                found[read["id"]] = Authority(read["id"], read["name"], short, read.get("website"))
        return found

    def _vocabulary(self, currency: str) -> Vocabulary:
        facts: dict[str, Fact] = {}
        screens: dict[str, Screen] = {}
        for tree, place in self._each("vocabulary/facts"):
            screen, declared = read_screen(tree, place, currency, self.reading)
            for fact in declared:
                self._once(fact.id, facts, fact.place)
                facts[fact.id] = fact
            if screen is not None:
                self._once(screen.id, screens, place)
                screens[screen.id] = screen
        return Vocabulary(facts, screens, currency)

    def _words(self) -> list[Filled]:
        tree = self.trees.get("vocabulary/words.yaml")
        if tree is None:
            return []
        return WORDS.read(tree, self._place("vocabulary/words.yaml"), self.reading) or []

    def _cards(self) -> dict[str, Card]:
        cards: dict[str, Card] = {}
        for tree, place in self._each(*CARD_FOLDERS):
            card = read_card(tree, place, self.reading)
            if card is None:
                continue
            self._once(card.id, cards, card.places["id"])
            if card.id != PurePosixPath(str(place.file)).stem:
                self._error(
                    card.places["id"],
                    _("The file of card '{id}' has another name."),
                    _("Call the file {id}.yaml."),
                    id=card.id,
                )
            cards[card.id] = card
        return cards
