"""What a file must look like, declared once: the reader, the JSON Schema and the reference page all come from it."""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

from terreau.kernel.day import read_day
from terreau.kernel.message import Message
from terreau.kernel.message import noop as _
from terreau.rules.finding import Findings, Place
from terreau.rules.source import place_of

Schema = dict[str, Any]
MOST_SHOWN = 60


@dataclass
class Reading:
    """One reading of one pack: its languages, and what was found on the way."""

    findings: Findings
    languages: tuple[str, ...] = ()

    def error(self, place: Place, what: str, remedy: str, **blanks: object) -> None:
        """Keep something that must be mended."""
        self.findings.error(place, Message(what, blanks), Message(remedy, blanks))

    def note(self, place: Place, what: str, remedy: str, **blanks: object) -> None:
        """Keep something worth knowing."""
        self.findings.note(place, Message(what, blanks), Message(remedy, blanks))


class Shape(ABC):
    """What one value must look like."""

    @abstractmethod
    def read(self, tree: Any, place: Place, reading: Reading) -> Any:
        """Return the value, or None after an error was kept."""

    @abstractmethod
    def schema(self) -> Schema:
        """Return the shape as JSON Schema (draft 2020-12)."""


@dataclass(frozen=True)
class Line(Shape):
    """Any text that is not empty."""

    may_be_empty: bool = False

    def read(self, tree: Any, place: Place, reading: Reading) -> str | None:
        """Return the text."""
        if not isinstance(tree, str):
            reading.error(
                place, _("A text is asked here."), _("Write words, not a list or a mapping.")
            )
            return None
        if not tree and not self.may_be_empty:
            reading.error(place, _("This is empty."), _("Write it, or leave the key out."))
            return None
        return tree

    def schema(self) -> Schema:
        """Return the shape as JSON Schema."""
        return {"type": ["string", "number", "boolean"]}


@dataclass(frozen=True)
class Word(Shape):
    """A text of a pattern."""

    pattern: str
    like: str

    def read(self, tree: Any, place: Place, reading: Reading) -> str | None:
        """Return the word."""
        if isinstance(tree, str) and re.fullmatch(self.pattern, tree):
            return tree
        reading.error(
            place,
            _("'{value}' is not written as it should be."),
            _("Write it like '{like}'."),
            value=_shown(tree),
            like=self.like,
        )
        return None

    def schema(self) -> Schema:
        """Return the shape as JSON Schema."""
        return {"type": "string", "pattern": f"^(?:{self.pattern})$"}


@dataclass(frozen=True)
class OneOf(Shape):
    """One of a few words."""

    values: tuple[str, ...]

    def read(self, tree: Any, place: Place, reading: Reading) -> str | None:
        """Return the word."""
        if isinstance(tree, str) and tree in self.values:
            return tree
        near = get_close_matches(_shown(tree), self.values, n=1, cutoff=0)
        reading.error(
            place,
            _("'{value}' is not one of: {values}."),
            _("Did you mean '{near}'?"),
            value=_shown(tree),
            values=", ".join(self.values),
            near=near[0],
        )
        return None

    def schema(self) -> Schema:
        """Return the shape as JSON Schema; an editor may take yes and no for booleans."""
        booleans = [value == "yes" for value in self.values if value in ("yes", "no")]
        return {"enum": [*self.values, *booleans]}


@dataclass(frozen=True)
class Day(Shape):
    """A date, or one of a few words in its place."""

    words: tuple[str, ...] = ()

    def read(self, tree: Any, place: Place, reading: Reading) -> date | str | None:
        """Return the date, or the word."""
        if isinstance(tree, str) and tree in self.words:
            return str(tree)
        day = read_day(tree) if isinstance(tree, str) else None
        if day is None:
            self._bad(tree, place, reading)
        return day

    def _bad(self, tree: Any, place: Place, reading: Reading) -> None:
        reading.error(
            place,
            _("'{value}' is no date."),
            _("Write it as year-month-day, like 2026-11-24{words}."),
            value=_shown(tree),
            words="".join(f", '{word}'" for word in self.words),
        )

    def schema(self) -> Schema:
        """Return the shape as JSON Schema."""
        day: Schema = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
        return {"anyOf": [day, {"enum": list(self.words)}]} if self.words else day


@dataclass(frozen=True)
class Words(Shape):
    """The same words in every language of the pack."""

    def read(self, tree: Any, place: Place, reading: Reading) -> dict[str, str] | None:
        """Return the text; each missing or empty language is an error of its own."""
        if not isinstance(tree, Mapping):
            reading.error(
                place,
                _("Words in each language are asked here: {languages}."),
                _("Write {{{first}: ..., ...}}."),
                languages=", ".join(reading.languages),
                first=reading.languages[0] if reading.languages else "",
            )
            return None
        for language in reading.languages:
            if not isinstance(tree.get(language), str) or not tree[language].strip():
                reading.error(
                    place,
                    _("The words in '{language}' are missing."),
                    _("Write them."),
                    language=language,
                )
        for key in tree:
            if key not in reading.languages:
                reading.error(
                    place_of(key),
                    _("'{key}' is no language of this pack."),
                    _("Remove it."),
                    key=key,
                )
        words = {language: tree.get(language, "") for language in reading.languages}
        return {key: text if isinstance(text, str) else "" for key, text in words.items()}

    def schema(self) -> Schema:
        """Return the shape as JSON Schema."""
        return {"$ref": "#/$defs/words"}


@dataclass(frozen=True)
class ListOf(Shape):
    """A list of one shape."""

    each: Shape

    def read(self, tree: Any, place: Place, reading: Reading) -> list[Any] | None:
        """Return the values that could be read."""
        if isinstance(tree, str) or not isinstance(tree, Sequence):
            reading.error(
                place,
                _("A list is asked here."),
                _("Write [..., ...] or lines that begin with '-'."),
            )
            return None
        found = [self.each.read(item, place_of(item), reading) for item in tree]
        return [value for value in found if value is not None]

    def schema(self) -> Schema:
        """Return the shape as JSON Schema."""
        return {"type": "array", "items": self.each.schema()}


@dataclass(frozen=True)
class MapOf(Shape):
    """A mapping with free keys of one shape."""

    key: Shape
    each: Shape

    def read(self, tree: Any, place: Place, reading: Reading) -> dict[Any, Any] | None:
        """Return the mapping, keys in the order written."""
        if not isinstance(tree, Mapping):
            reading.error(place, _("A mapping is asked here."), _("Write 'key: value' lines."))
            return None
        found = {}
        for key, value in tree.items():
            name = self.key.read(key, place_of(key), reading)
            read = self.each.read(value, place_of(value), reading)
            if name is not None and read is not None:
                found[name] = read
        return found

    def schema(self) -> Schema:
        """Return the shape as JSON Schema."""
        return {"type": "object", "additionalProperties": self.each.schema()}


@dataclass(frozen=True)
class Raw(Shape):
    """Anything; read later, when the type it must have is known."""

    def read(self, tree: Any, place: Place, reading: Reading) -> Any:
        """Return the tree as it is."""
        return tree

    def schema(self) -> Schema:
        """Return the shape as JSON Schema."""
        return {}


@dataclass(frozen=True)
class Either(Shape):
    """A text read one way, anything else another way."""

    text: Shape
    other: Shape

    def read(self, tree: Any, place: Place, reading: Reading) -> Any:
        """Return what fits."""
        return (self.text if isinstance(tree, str) else self.other).read(tree, place, reading)

    def schema(self) -> Schema:
        """Return the shape as JSON Schema."""
        return {"anyOf": [self.text.schema(), self.other.schema()]}


@dataclass(frozen=True)
class Key:
    """One key of a mapping with known keys."""

    shape: Shape
    says: str
    required: bool = False


@dataclass(frozen=True)
class Keys(Shape):
    """A mapping with known keys. What is read also remembers where each key stood, under `places`."""

    keys: Mapping[str, Key] = field(default_factory=dict)

    def read(self, tree: Any, place: Place, reading: Reading) -> "Filled | None":
        """Return the keys that could be read."""
        if not isinstance(tree, Mapping):
            reading.error(
                place,
                _("A mapping with the keys {keys} is asked here."),
                _("Write 'key: value' lines."),
                keys=", ".join(self.keys),
            )
            return None
        found = Filled()
        found.place = place
        for key, value in tree.items():
            self._read_key(key, value, found, reading)
        for name, key in self.keys.items():
            if key.required and name not in tree:
                reading.error(
                    place,
                    _("The key '{key}' is missing."),
                    _("Write it: {says}."),
                    key=name,
                    says=key.says,
                )
        return found

    def _read_key(self, key: Any, value: Any, found: "Filled", reading: Reading) -> None:
        if key not in self.keys:
            near = get_close_matches(_shown(key), list(self.keys), n=1, cutoff=0.5)
            reading.error(
                place_of(key),
                _("The key '{key}' is not known here."),
                _("Did you mean '{near}'?") if near else _("The keys are: {keys}."),
                key=_shown(key),
                near=near[0] if near else "",
                keys=", ".join(self.keys),
            )
            return
        read = self.keys[key].shape.read(value, place_of(value), reading)
        found.places[str(key)] = place_of(value)
        if read is not None:
            found[str(key)] = read

    def schema(self) -> Schema:
        """Return the shape as JSON Schema."""
        return {
            "type": "object",
            "additionalProperties": False,
            "required": [name for name, key in self.keys.items() if key.required],
            "properties": {
                name: {"description": key.says, **key.shape.schema()}
                for name, key in self.keys.items()
            },
        }


class Filled(dict[str, Any]):
    """What was read of a mapping with known keys, and where each stood."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Place()
        self.places: dict[str, Place] = {}


def _shown(tree: Any) -> str:
    """Return a piece of a tree short enough for a sentence."""
    text = tree if isinstance(tree, str) else f"({type(tree).__name__.lower()})"
    return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 3]}..."
