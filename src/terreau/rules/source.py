"""YAML in which every scalar stays the text that was typed, and remembers where it stands.

A plain loader turns `on` and `yes` into booleans, 87.30 into 87.3 and 0403170701 into an octal number. Here
nothing is guessed: the declared type reads the text later. Tags, anchors, aliases and double keys are refused, so a
small file cannot grow into a large one.
"""

from pathlib import Path
from typing import Any, Union

import yaml

from terreau.kernel.message import Message
from terreau.kernel.message import noop as _
from terreau.rules.finding import NOWHERE, Finding, Place, Refused

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one where PyYAML has it

LARGEST = 1024 * 1024
DEEPEST = 24

Tree = Union[str, "list[Tree]", "dict[str, Tree]"]


class Scalar(str):
    """A text with its place."""

    __slots__ = ("place",)
    place: Place


class Sequence(list[Tree]):
    """A list with its place."""

    __slots__ = ("place",)
    place: Place


class Mapping(dict[str, Tree]):
    """A mapping with its place; its keys have theirs."""

    __slots__ = ("place",)
    place: Place


def place_of(tree: object) -> Place:
    """Return where a piece of a tree stands, or `NOWHERE` for one that was not read from a file."""
    return getattr(tree, "place", NOWHERE)


def read(path: Path) -> Tree:
    """Return the tree of a file.

    Raises `Refused` when the file cannot be read, is too large or too deep, is no YAML, or uses what is refused.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise _refused(
                Place(path),
                _("The file is too large: {size} KiB, at most {most} KiB are read."),
                _("Split it, or send less."),
                size=size // 1024,
                most=LARGEST // 1024,
            )
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise _refused(
            Place(path), _("This is not a text file."), _("Save it as UTF-8 text.")
        ) from None
    except OSError:
        raise _refused(
            Place(path), _("There is no file to read here."), _("Check the path and its name.")
        ) from None
    return parse(text, path)


def spot(scalar: str, place: Place, offset: int) -> Place:
    """Return where a character of a scalar stands in its file, however the scalar is written down.

    What the scalar says stands in the file in the same order, between quotes, breaks and indentation.
    """
    assert place.file is not None  # a scalar with a place was read from a file
    try:
        text = place.file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return place
    lines = text.splitlines(keepends=True)
    at = sum(map(len, lines[: place.line - 1])) + place.column - 1
    if text[at : at + 1] in ("'", '"'):
        at += 1
    elif text[at : at + 1] in ("|", ">"):
        at = text.find("\n", at) + 1
    for character in scalar[: offset + 1]:
        if not character.isspace():
            found = text.find(character, at)
            at = found + 1 if found >= 0 else at
    before = text[: max(0, at - 1)]
    return Place(place.file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def parse(text: str, path: Path | None = None) -> Tree:
    """Return the tree of a YAML text; `path` is only told in messages. Raises `Refused` as `read` does."""
    reader = _Reader(path)
    try:
        return reader.document(text)
    except yaml.MarkedYAMLError as error:
        raise _refused(
            reader.place(error.problem_mark or error.context_mark),
            _("This is not YAML: {problem}."),
            _("Check the indentation, the quotes and the brackets on this line."),
            problem=error.problem or error.context or "?",
        ) from None
    except (yaml.YAMLError, ValueError) as error:
        raise _refused(
            Place(path),
            _("This is not YAML: {problem}."),
            _("Save it as UTF-8 text without control characters."),
            problem=str(error).splitlines()[0],
        ) from None


def _refused(place: Place, what: str, remedy: str, **blanks: object) -> Refused:
    return Refused([Finding(place, Message(what, blanks), Message(remedy))])


class _Reader:
    """Turns the parser's events into a tree."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.events: Any = iter(())

    def document(self, text: str) -> Tree:
        self.events = yaml.parse(text, Loader=Loader)
        event = next(self.events)
        while isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            raise _refused(
                Place(self.path, 1, 1), _("The file is empty."), _("Write something in it.")
            )
        tree = self.node(event, 0)
        next(self.events)
        event = next(self.events)
        if not isinstance(event, yaml.StreamEndEvent):
            raise _refused(
                self.place(event.start_mark),
                _("The file holds a second document."),
                _("Keep one document a file: remove the line '---'."),
            )
        return tree

    def place(self, mark: Any) -> Place:
        return Place(self.path, mark.line + 1, mark.column + 1) if mark else Place(self.path)

    def node(self, event: Any, depth: int) -> Tree:
        place = self.place(event.start_mark)
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise _refused(
                place, _("Anchors and aliases (& and *) are not read."), _("Write the value out.")
            )
        if event.tag and event.tag != "!":
            raise _refused(place, _("Tags (!) are not read."), _("Remove the tag."))
        if depth > DEEPEST:
            raise _refused(place, _("This is nested too deep."), _("Use fewer levels."))
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event.value, place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(place, depth)
        return self.mapping(place, depth)

    def scalar(self, value: str, place: Place) -> Scalar:
        scalar = Scalar(value)
        scalar.place = place
        return scalar

    def sequence(self, place: Place, depth: int) -> Sequence:
        sequence = Sequence()
        sequence.place = place
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            sequence.append(self.node(event, depth + 1))
        return sequence

    def mapping(self, place: Place, depth: int) -> Mapping:
        mapping = Mapping()
        mapping.place = place
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            if not isinstance(key, str):
                raise _refused(
                    place_of(key),
                    _("A key must be a word."),
                    _("Write a plain key before the colon."),
                )
            if key in mapping:
                raise _refused(
                    place_of(key),
                    _("The key '{key}' stands here twice."),
                    _("Keep one of the two."),
                    key=key,
                )
            mapping[key] = self.node(next(self.events), depth + 1)
        return mapping
