"""A dossier: what is told of one project and one applicant on one day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any

from terreau.kernel.message import noop as _
from terreau.kernel.text import Text, same_in
from terreau.rules import source
from terreau.rules.finding import Findings, Place
from terreau.rules.pack import Pack
from terreau.rules.shape import Day, Either, Key, Keys, Line, Raw, Reading, Words
from terreau.rules.source import place_of
from terreau.rules.types import (
    OutsideDomain,
    Pair,
    Type,
    Unit,
    Unreadable,
    example,
    read_choices,
    read_value,
)
from terreau.rules.vocabulary import Fact

DOSSIER = Keys(
    {
        "title": Key(Either(Line(), Words()), "what the project is called", required=True),
        "summary": Key(Either(Line(), Words()), "the project in a sentence or two"),
        "on": Key(Day(), "the day whose law is asked"),
        "facts": Key(Raw(), "what is told, by fact", required=True),
    }
)


@dataclass(frozen=True)
class Dossier:
    """The facts told, as pairs; what is not told is not there."""

    told: Mapping[str, Pair]
    title: Text = field(default_factory=dict)
    summary: Text | None = None
    on: date | None = None


def read_dossier(path: Path, pack: Pack) -> Dossier:
    """Return the dossier of a file. Raises `Refused` with everything that is wrong in it."""
    findings = Findings()
    reading = Reading(findings, pack.languages)
    tree = source.read(path)
    read = DOSSIER.read(tree, Place(path, 1, 1), reading)
    facts = read.get("facts") if read is not None else None
    told: dict[str, Pair] = {}
    if facts is not None:
        told = read_facts(facts, place_of(facts), pack, reading)
    findings.raise_errors()
    assert read is not None  # no error was found
    title = read["title"]
    summary = read.get("summary")
    return Dossier(
        told,
        same_in(pack.languages, title) if isinstance(title, str) else title,
        same_in(pack.languages, summary) if isinstance(summary, str) else summary,
        read.get("on"),
    )


def read_facts(tree: Any, place: Place, pack: Pack, reading: Reading) -> dict[str, Pair]:
    """Return the facts of a mapping, nested or dotted; errors are kept in the reading."""
    told: dict[str, Pair] = {}
    if not isinstance(tree, Mapping):
        reading.error(place, _("Facts are told as a mapping."), _("Write 'fact: value' lines."))
        return told
    _read_level("", tree, pack, reading, told)
    return told


def _read_level(
    before: str, tree: Any, pack: Pack, reading: Reading, told: dict[str, Pair]
) -> None:
    for key, value in tree.items():
        name = f"{before}{key}"
        fact = pack.vocabulary.facts.get(name)
        if fact is None and isinstance(value, Mapping):
            _read_level(f"{name}.", value, pack, reading, told)
        elif fact is None:
            near = get_close_matches(name, list(pack.vocabulary.facts), n=1, cutoff=0.4)
            reading.error(
                place_of(key),
                _("The fact '{name}' is not known."),
                _("Did you mean '{near}'?") if near else _("See the vocabulary of the pack."),
                name=name,
                near=near[0] if near else "",
            )
        elif name in told:
            reading.error(
                place_of(key), _("'{name}' is told twice."), _("Keep one of the two."), name=name
            )
        else:
            pair = read_fact(value, place_of(value), fact, reading)
            if pair is not None:
                told[name] = pair


def read_fact(tree: Any, place: Place, fact: Fact, reading: Reading) -> Pair | None:
    """Return what is told of one fact as a pair, or None after an error was kept."""
    before = len(reading.findings.errors)
    pair = _read_typed(tree, place, fact.type, reading)
    if pair is not None and fact.number:
        _check_number(str(tree), place, fact.number, reading)
    return pair if len(reading.findings.errors) == before else None


def _read_typed(tree: Any, place: Place, kind: Type, reading: Reading) -> Pair | None:
    if kind.unit is Unit.RECORDS:
        return _read_records(tree, place, kind, reading)
    listed = isinstance(tree, list) and kind.unit in (Unit.CHOICE, Unit.CHOICES)
    if (not listed and not isinstance(tree, str)) or (tree == [] and kind.unit is Unit.CHOICE):
        like = example(kind)
        remedy = _("Write it like '{like}'.") if like else _("Write one text.")
        reading.error(place, _("One value is asked here."), remedy, like=like)
        return None
    try:
        if kind.unit is Unit.CHOICES:
            return read_choices(tree if listed else [tree], kind)
        return _open_choice(read_choices(tree, kind)) if listed else read_value(tree, kind)
    except Unreadable as error:
        near = get_close_matches(error.text, kind.values, n=1, cutoff=0.5)
        alike = _("Write it like '{like}'.") if error.example else _("Look it up in its list.")
        reading.error(
            place,
            _("'{value}' is no {unit}."),
            _("Did you mean '{like}'?") if near else alike,
            value=error.text[:60],
            unit=kind.unit.value,
            like=near[0] if near else error.example,
        )
    except OutsideDomain as error:
        reading.error(
            place,
            _("{value} is not between {low} and {high}."),
            _("Check the figure and its sign."),
            value=error.text[:60],
            low=error.low,
            high=error.high,
        )
    return None


def _open_choice(pair: Pair) -> Pair | None:
    bits = pair[1]
    return (bits if bits & (bits - 1) == 0 else 0, bits) if bits else None


def _read_records(tree: Any, place: Place, kind: Type, reading: Reading) -> Pair | None:
    shape = Keys(
        {"told": Key(Line(), "complete or at-least", required=True), "rows": Key(Raw(), "the rows")}
    )
    read = shape.read(tree, place, reading)
    if read is None or "told" not in read:
        return None
    if read["told"] not in ("complete", "at-least"):
        reading.error(
            read.places["told"],
            _("'{value}' does not say how much is told."),
            _("Write 'complete' or 'at-least'."),
            value=read["told"],
        )
        return None
    rows_tree = read.get("rows", [])
    if not isinstance(rows_tree, list) or len(rows_tree) > kind.most:
        reading.error(
            place,
            _("Rows are a list of at most {most}."),
            _("Write one line a row."),
            most=kind.most,
        )
        return None
    rows = [_read_row(row, kind, reading) for row in rows_tree]
    told = tuple(row for row in rows if row is not None)
    return records(told, kind, complete=read["told"] == "complete")


def records(rows: tuple[dict[str, Pair], ...], kind: Type, *, complete: bool) -> Pair:
    """Return records as a pair: the rows twice when everything of them is known, else the rows and how many at most."""
    known = complete and all(low == high for row in rows for low, high in row.values())
    if known:
        return (rows, rows)
    return (rows, len(rows) if complete else kind.most)


def _read_row(tree: Any, kind: Type, reading: Reading) -> dict[str, Pair] | None:
    if not isinstance(tree, Mapping):
        reading.error(place_of(tree), _("A row is a mapping."), _("Write {{field: value, ...}}."))
        return None
    row = {name: of.unknown for name, of in kind.fields.items()}
    for key, value in tree.items():
        if key not in kind.fields:
            near = get_close_matches(str(key), list(kind.fields), n=1, cutoff=0)
            reading.error(
                place_of(key),
                _("A row of these records has no '{field}'."),
                _("Did you mean '{near}'?"),
                field=key,
                near=near[0],
            )
            continue
        pair = _read_typed(value, place_of(value), kind.fields[key], reading)
        if pair is not None:
            row[str(key)] = pair
    return row


def _check_number(text: str, place: Place, number: tuple[str, str], reading: Reading) -> None:
    """Keep an error when the check digits of a register number do not fit (python-stdnum)."""
    module = import_module(f"stdnum.{number[0]}.{number[1]}")
    if not module.is_valid(text):
        reading.error(
            place,
            _("The number '{value}' fails its check digits."),
            _("Compare it with the register, digit by digit."),
            value=text[:60],
        )
