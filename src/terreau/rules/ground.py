"""What a pack says of its ground: the municipalities with their tiles, and the definition as a grid of questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from terreau.kernel.message import noop as _
from terreau.kernel.text import Text
from terreau.rules.finding import Place
from terreau.rules.pack_shape import GRID, TILES
from terreau.rules.shape import Filled, Reading
from terreau.rules.source import Tree, place_of
from terreau.rules.vocabulary import Fact


@dataclass(frozen=True)
class Municipality:
    """A municipality of the region: its codes, and where its tile stands on the schematic map."""

    id: str
    name: Text
    code: str
    postal: tuple[str, ...]
    column: int
    row: int


@dataclass(frozen=True)
class Criterion:
    """One question of the definition of social innovation; `levels` say what 0, 1, ... mean."""

    id: str
    name: Text
    question: Text
    levels: tuple[Text, ...] = ()
    parts: Mapping[str, Text] = field(default_factory=dict)
    values: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True)
class Grid:
    """The definition as a grid: what is scored, what must hold, what is told beside."""

    source: Text
    criteria: tuple[Criterion, ...]
    conditions: tuple[Criterion, ...]
    told: tuple[Criterion, ...]


def read_municipalities(
    tree: Tree | None, place: Place, facts: Mapping[str, Fact], reading: Reading
) -> dict[str, Municipality]:
    """Return the municipalities of a file by the value of the fact that names them; errors are kept in the reading."""
    read = TILES.read(tree, place, reading) if tree is not None else None
    if read is None or not {"fact", "tiles"} <= set(read):
        return {}
    fact = facts.get(read["fact"])
    named: Mapping[str, Text] = fact.values if fact else {}
    for name in sorted({*read["tiles"]} ^ {*named}):
        reading.error(
            place_of(name) if name in read["tiles"] else read.places["tiles"],
            _("'{name}' is not both a tile and a value of {fact}."),
            _("Give each value of the fact one tile."),
            name=name,
            fact=read["fact"],
        )
    _check_places(read, reading)
    return {
        str(name): Municipality(
            str(name),
            named.get(name, {}),
            each["code"],
            tuple(each["postal"]),
            int(each["column"]),
            int(each["row"]),
        )
        for name, each in read["tiles"].items()
        if {"code", "postal", "column", "row"} <= set(each)
    }


def _check_places(read: Filled, reading: Reading) -> None:
    """Keep an error for a tile that stands where another one stands."""
    taken: set[tuple[str, str]] = set()
    for each in read["tiles"].values():
        stands = each.get("column", ""), each.get("row", "")
        if stands in taken:
            reading.error(each.place, _("Two tiles stand in one place."), _("Move one of them."))
        taken.add(stands)


def read_grid(tree: Tree | None, place: Place, reading: Reading) -> Grid | None:
    """Return the grid of a file, or None where there is none or it cannot be used; errors are kept in the reading."""
    before = len(reading.findings.errors)
    read = GRID.read(tree, place, reading) if tree is not None else None
    if read is None or len(reading.findings.errors) > before:
        return None
    for each in read["criteria"]:
        if len(each["levels"]) != int(read["levels"]) + 1:
            reading.error(
                each.places["levels"],
                _("A criterion says what each level means, from 0 to {most}."),
                _("Write one sentence a level."),
                most=read["levels"],
            )
    return Grid(
        read["source"],
        tuple(_criterion(each) for each in read["criteria"]),
        tuple(_criterion(each) for each in read["conditions"]),
        tuple(_criterion(each) for each in read["told"]),
    )


def _criterion(read: Filled) -> Criterion:
    return Criterion(
        read["id"],
        read["name"],
        read["question"],
        tuple(read.get("levels", ())),
        read.get("parts", {}),
        read.get("values", {}),
    )
