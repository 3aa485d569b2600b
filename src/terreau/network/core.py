"""The plea of a region's network: a definition, what is asked, and what is done for each today."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from terreau.kernel.message import noop as _
from terreau.kernel.text import Text
from terreau.rules.shape import Filled, Key, Keys, Line, ListOf, OneOf, Reading, Word, Words
from terreau.rules.source import Tree, place_of

FIGURES = ("measures",)
"""What a line may count, between braces: the support measures in force today."""

BLANK = re.compile(r"\{(\w*)\}")


class State(Enum):
    """How far one request is, in the order in which they are counted."""

    DONE = "done"
    BEGUN = "begun"
    NOT_YET = "not-yet"


LINK = Keys(
    {
        "to": Key(
            Word(r"([a-z0-9-]+/)+", "examples/"),
            "a page of this site, without its language",
            required=True,
        ),
        "says": Key(Words(), "where the link leads", required=True),
    }
)
DEMAND = Keys(
    {
        "id": Key(Word(r"[A-Z][1-9][0-9]?", "F1"), "its letter and number", required=True),
        "says": Key(Words(), "what is asked, in one sentence", required=True),
        "state": Key(OneOf(tuple(each.value for each in State)), "how far it is", required=True),
        "does": Key(Words(), "what is done for it today, in one sentence", required=True),
        "link": Key(LINK, "the page that does it; none for 'not-yet'"),
    }
)
POINT = Keys(
    {
        "name": Key(Words(), "the point in a word", required=True),
        "says": Key(Words(), "the point in one sentence", required=True),
    }
)
GROUP = Keys(
    {
        "id": Key(Word(r"[a-z]+(-[a-z]+)*", "funding"), "its name in addresses", required=True),
        "name": Key(Words(), "its title", required=True),
        "demands": Key(ListOf(DEMAND), "what is asked, in order", required=True),
    }
)
SOURCE = Keys(
    {
        "name": Key(Words(), "the text and the network it comes from", required=True),
        "says": Key(Words(), "who signed it, and whose words these are", required=True),
        "url": Key(Line(), "where it can be read"),
    }
)
DEFINITION = Keys(
    {
        "title": Key(Words(), "its title", required=True),
        "points": Key(ListOf(POINT), "its points, in order", required=True),
    }
)
PLEA = Keys(
    {
        "title": Key(Words(), "the title of the page", required=True),
        "says": Key(Words(), "who asks whom, and what the page tells", required=True),
        "source": Key(SOURCE, "where the plea comes from", required=True),
        "definition": Key(DEFINITION, "what social innovation is", required=True),
        "groups": Key(ListOf(GROUP), "what is asked, group by group", required=True),
    }
)


@dataclass(frozen=True)
class Link:
    """A page of this site, by its address without a language."""

    to: str
    says: Text


@dataclass(frozen=True)
class Demand:
    """One thing that is asked, and what is done for it today."""

    id: str
    says: Text
    state: State
    does: Text
    link: Link | None


@dataclass(frozen=True)
class Group:
    """Requests under one title."""

    id: str
    name: Text
    demands: tuple[Demand, ...]


@dataclass(frozen=True)
class Point:
    """One point of the definition."""

    name: Text
    says: Text


@dataclass(frozen=True)
class Definition:
    """What social innovation is, point by point."""

    title: Text
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Source:
    """Where the plea comes from; the address is empty where none is known."""

    name: Text
    says: Text
    url: str


@dataclass(frozen=True)
class Count:
    """How many requests are equally far."""

    state: State
    number: int


@dataclass(frozen=True)
class Plea:
    """All that the network asks."""

    title: Text
    says: Text
    source: Source
    definition: Definition
    groups: tuple[Group, ...]

    @property
    def demands(self) -> tuple[Demand, ...]:
        """What is asked, in order, whatever its group."""
        return tuple(demand for group in self.groups for demand in group.demands)

    @property
    def tally(self) -> tuple[Count, ...]:
        """How many requests are done, begun and not yet begun; none is said too."""
        states = [demand.state for demand in self.demands]
        return tuple(Count(state, states.count(state)) for state in State)

    def counting(self, figures: Mapping[str, int]) -> "Plea":
        """Return the plea with its figures filled in."""
        groups = tuple(
            replace(
                group,
                demands=tuple(
                    replace(each, does=_filled(each.does, figures)) for each in group.demands
                ),
            )
            for group in self.groups
        )
        return replace(self, groups=groups)


def read_plea(tree: Tree, reading: Reading) -> Plea | None:
    """Return the plea that a file tells, or None: what is wrong is kept in the reading."""
    read = PLEA.read(tree, place_of(tree), reading)
    if read is None or reading.findings.errors:
        return None
    _check(read, reading)
    if reading.findings.errors:
        return None
    source, definition = read["source"], read["definition"]
    return Plea(
        title=read["title"],
        says=read["says"],
        source=Source(source["name"], source["says"], source.get("url", "")),
        definition=Definition(
            definition["title"],
            tuple(Point(point["name"], point["says"]) for point in definition["points"]),
        ),
        groups=tuple(
            Group(group["id"], group["name"], tuple(map(_demand, group["demands"])))
            for group in read["groups"]
        ),
    )


def _demand(read: Filled) -> Demand:
    link = Link(read["link"]["to"], read["link"]["says"]) if "link" in read else None
    return Demand(read["id"], read["says"], State(read["state"]), read["does"], link)


def _check(read: Filled, reading: Reading) -> None:
    seen: set[str] = set()
    for named in _named(read):
        if named["id"] in seen:
            reading.error(
                named.places["id"],
                _("'{name}' is declared twice in the pack."),
                _("Give one another id."),
                name=named["id"],
            )
        seen.add(named["id"])
        if "state" in named:
            _check_link(named, reading)
            _check_figures(named, reading)


def _named(read: Filled) -> Iterator[Filled]:
    for group in read["groups"]:
        yield group
        yield from group["demands"]


def _check_link(demand: Filled, reading: Reading) -> None:
    not_yet = demand["state"] == State.NOT_YET.value
    if not_yet and "link" in demand:
        reading.error(
            demand.places["link"],
            _("'{id}' is not there yet, and still it has a link."),
            _("Remove the link, or write 'begun' or 'done'."),
            id=demand["id"],
        )
    if not not_yet and "link" not in demand:
        reading.error(
            demand.places["state"],
            _("'{id}' has no link to what is done for it."),
            _("Write the link, or write 'not-yet'."),
            id=demand["id"],
        )


def _check_figures(demand: Filled, reading: Reading) -> None:
    blanks = {name for words in demand["does"].values() for name in BLANK.findall(words)}
    for name in sorted(blanks.difference(FIGURES)):
        reading.error(
            demand.places["does"],
            _("No figure is called '{name}'."),
            _("The figures are: {figures}."),
            name=name,
            figures=", ".join(FIGURES),
        )


def _filled(text: Text, figures: Mapping[str, int]) -> Text:
    return {
        language: BLANK.sub(lambda blank: str(figures[blank[1]]), words)
        for language, words in text.items()
    }
