"""A region pack: a folder of data that holds all a region is, its words, its authorities, its cards."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from terreau.kernel.message import noop as _
from terreau.kernel.text import Text
from terreau.rules import source
from terreau.rules.card_shape import CARD_ID
from terreau.rules.cards import Card, read_card
from terreau.rules.finding import Findings, Place, Refused
from terreau.rules.shape import Either, Filled, Key, Keys, Line, ListOf, MapOf, Reading, Word, Words
from terreau.rules.vocabulary import Fact, Screen, Vocabulary, read_screen

LANGUAGE = Word(r"[a-z]{2,3}(-[a-z]{2,4})?", "xx")
CARD_FOLDERS = (
    "measures",
    "accreditations",
    "tests",
    "derived",
    "legal_forms",
    "competences",
    "duties",
    "clauses",
)

REGION = Keys(
    {
        "name": Key(Words(), "the name of the region", required=True),
        "languages": Key(
            ListOf(LANGUAGE),
            "the languages of the pack, equals, the first is the default",
            required=True,
        ),
        "currency": Key(
            Word(r"[a-z]{3}", "eur"),
            "the currency, as it is written after an amount",
            required=True,
        ),
        "time_zone": Key(Line(), "the time zone, by its name in the tz database", required=True),
        "country": Key(Line(), "the country code of its register numbers"),
        "stages": Key(
            ListOf(
                Keys(
                    {
                        "id": Key(CARD_ID, "its name in cards", required=True),
                        "name": Key(Words(), "what it is called", required=True),
                        "says": Key(Words(), "what happens in it"),
                    }
                )
            ),
            "the stages of a project's life, in order",
            required=True,
        ),
        "small_group": Key(
            Word(r"\d+", "10"), "below this number a group is not shown", required=True
        ),
    }
)
AUTHORITY = Keys(
    {
        "id": Key(CARD_ID, "its name in cards", required=True),
        "name": Key(Words(), "its name", required=True),
        "short": Key(Words(), "its short name"),
        "says": Key(Words(), "what it is for"),
        "website": Key(Either(Line(), Words()), "its public address"),
    }
)
WORDS = ListOf(
    Keys(
        {
            "code": Key(Line(), "the word in code", required=True),
            "words": Key(Words(), "the word in each language", required=True),
            "avoid": Key(MapOf(LANGUAGE, ListOf(Line())), "words not to use for it"),
        }
    )
)


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
class Region:
    """What `region.yaml` says."""

    id: str
    name: Text
    languages: tuple[str, ...]
    currency: str
    time_zone: str
    stages: Mapping[str, Stage]
    small_group: int


@dataclass(frozen=True)
class Pack:
    """All the data of a region, as read."""

    region: Region
    authorities: Mapping[str, Authority]
    vocabulary: Vocabulary
    words: list[Filled]
    cards: Mapping[str, Card]
    digest: str = field(compare=False)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the pack."""
        return self.region.languages


def read_pack(folder: Path) -> Pack:
    """Return the pack of a folder. Raises `Refused` with everything that is wrong in it."""
    findings = Findings()
    pack = inspect_pack(folder, findings)
    findings.raise_errors()
    assert pack is not None  # no error was found
    return pack


def inspect_pack(folder: Path, findings: Findings) -> Pack | None:
    """Return the pack as far as it can be read, or None; what is wrong is kept in the findings."""
    reading = Reading(findings)
    trees: dict[str, Any] = {}
    region = _region(folder, reading, trees)
    if region is None:
        return None
    reading.languages = region.languages
    authorities = _authorities(folder, reading, trees)
    vocabulary = _vocabulary(folder, region.currency, reading, trees)
    words = _words(folder, reading, trees)
    cards = _cards(folder, reading, trees)
    return Pack(region, authorities, vocabulary, words, cards, _digest(trees))


def _digest(trees: dict[str, Any]) -> str:
    """Return the SHA-256 of the canonical form: facts in their order, other keys in alphabetical order."""
    for tree in trees.values():
        if isinstance(tree, dict) and isinstance(tree.get("facts"), dict):
            tree["facts"] = list(map(list, tree["facts"].items()))
    canonical = json.dumps(trees, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def _read(path: Path, folder: Path, reading: Reading, trees: dict[str, Any]) -> Any:
    try:
        tree = source.read(path)
    except Refused as refused:
        reading.findings.found += refused.findings
        return None
    trees[path.relative_to(folder).as_posix()] = tree.copy() if isinstance(tree, dict) else tree
    return tree


def _files(folder: Path, *names: str) -> Iterator[Path]:
    for name in names:
        yield from sorted((folder / name).rglob("*.yaml"))


def _region(folder: Path, reading: Reading, trees: dict[str, Any]) -> Region | None:
    path = folder / "region.yaml"
    if not path.is_file():
        reading.error(
            Place(folder),
            _("This folder is no region pack: it has no region.yaml."),
            _("Name the folder of a pack, or make one with 'terreau region new NAME'."),
        )
        return None
    tree = _read(path, folder, reading, trees)
    if isinstance(tree, dict) and isinstance(tree.get("languages"), list):
        reading.languages = tuple(str(language) for language in tree["languages"])
    before = len(reading.findings.errors)
    read = REGION.read(tree, Place(path, 1, 1), reading) if tree is not None else None
    if read is None or len(reading.findings.errors) > before:
        return None
    return Region(
        id=folder.resolve().name,
        name=read["name"],
        languages=tuple(read["languages"]),
        currency=read["currency"],
        time_zone=read["time_zone"],
        stages={each["id"]: Stage(each["id"], each["name"]) for each in read["stages"]},
        small_group=int(read["small_group"]),
    )


def _authorities(folder: Path, reading: Reading, trees: dict[str, Any]) -> dict[str, Authority]:
    found: dict[str, Authority] = {}
    for path in _files(folder, "authorities"):
        read = AUTHORITY.read(_read(path, folder, reading, trees), Place(path, 1, 1), reading)
        if read is not None and {"id", "name"} <= set(read):
            _once(read["id"], found, read.places["id"], reading)
            short = read.get("short", read["name"])
            found[read["id"]] = Authority(read["id"], read["name"], short, read.get("website"))
    return found


def _once(name: str, found: Mapping[str, object], place: Place, reading: Reading) -> None:
    if name in found:
        reading.error(
            place,
            _("'{name}' is declared twice in the pack."),
            _("Give one another id."),
            name=name,
        )


def _vocabulary(folder: Path, currency: str, reading: Reading, trees: dict[str, Any]) -> Vocabulary:
    facts: dict[str, Fact] = {}
    screens: dict[str, Screen] = {}
    for path in _files(folder, "vocabulary/facts"):
        tree = _read(path, folder, reading, trees)
        if tree is None:
            continue
        screen, declared = read_screen(tree, Place(path, 1, 1), currency, reading)
        for fact in declared:
            _once(fact.id, facts, fact.place, reading)
            facts[fact.id] = fact
        if screen is not None:
            _once(screen.id, screens, Place(path, 1, 1), reading)
            screens[screen.id] = screen
    return Vocabulary(facts, screens, currency)


def _words(folder: Path, reading: Reading, trees: dict[str, Any]) -> list[Filled]:
    path = folder / "vocabulary" / "words.yaml"
    if not path.is_file():
        return []
    tree = _read(path, folder, reading, trees)
    return WORDS.read(tree, Place(path, 1, 1), reading) or [] if tree is not None else []


def _cards(folder: Path, reading: Reading, trees: dict[str, Any]) -> dict[str, Card]:
    cards: dict[str, Card] = {}
    for path in _files(folder, *CARD_FOLDERS):
        tree = _read(path, folder, reading, trees)
        card = read_card(tree, Place(path, 1, 1), reading) if tree is not None else None
        if card is None:
            continue
        _once(card.id, cards, card.places["id"], reading)
        if card.id != path.stem:
            reading.error(
                card.places["id"],
                _("The file of card '{id}' has another name."),
                _("Call the file {id}.yaml."),
                id=card.id,
            )
        cards[card.id] = card
    return cards
