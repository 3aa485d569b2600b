"""The facts a pack may ask for: declared once, with their type, their question and where they come from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from typing import Any

from terreau.kernel.message import noop as _
from terreau.kernel.text import Text
from terreau.rules.finding import Place
from terreau.rules.shape import (
    Filled,
    Key,
    Keys,
    Line,
    ListOf,
    MapOf,
    OneOf,
    Raw,
    Reading,
    Word,
    Words,
)
from terreau.rules.source import place_of
from terreau.rules.types import (
    FIGURES,
    MOST_VALUES,
    OutsideDomain,
    Type,
    Unit,
    Unreadable,
    example,
    figure,
    read_one,
)

FACT_ID = Word(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*", "organisation.legal_form")
VALUE_ID = Word(r"[a-z0-9][a-z0-9_-]*", "non-profit")
YES_NO = OneOf(("yes", "no"))
UNITS = tuple(unit.value for unit in Unit)

_BOUNDS = {
    "values": Key(MapOf(VALUE_ID, Words()), "the named values of a choice, each with its words"),
    "low": Key(Line(), "the least value there is"),
    "high": Key(Line(), "the greatest value there is"),
    "version": Key(Line(), "the list a code is read on, with its version"),
    "pattern": Key(Line(), "how a code is written, as a regular expression"),
    "like": Key(Line(), "a code as one would write it"),
}
FIELD = Keys(
    {
        "type": Key(OneOf(UNITS), "the type of the field", required=True),
        "label": Key(Words(), "a short name", required=True),
        **_BOUNDS,
    }
)
FACT = Keys(
    {
        "type": Key(OneOf(UNITS), "the type of the fact", required=True),
        "label": Key(Words(), "a short name", required=True),
        "question": Key(Words(), "the question as it is asked", required=True),
        "easy": Key(Words(), "the question in the easiest words, for who reads with effort"),
        "help": Key(Words(), "what helps to answer"),
        "about": Key(
            OneOf(("applicant", "project", "person", "partners")), "whom it is about", required=True
        ),
        "changeable": Key(
            OneOf(("no", "hard", "yes")), "whether the carrier can change it", required=True
        ),
        "sensitive": Key(YES_NO, "whether it tells something private"),
        "from": Key(
            ListOf(OneOf(("told", "register", "document"))), "where it may come from", required=True
        ),
        "effort": Key(Word("[1-5]", "1"), "how hard it is to answer, 1 to 5"),
        "weights": Key(
            MapOf(VALUE_ID, Word(r"\d+", "3")), "how common each value is, for the next question"
        ),
        **_BOUNDS,
        "fields": Key(MapOf(FACT_ID, FIELD), "the fields of a record"),
        "max": Key(Word(r"\d{1,4}", "200"), "how many records there can be"),
        "format": Key(
            Keys(
                {
                    "country": Key(Line(), "the country module of python-stdnum", required=True),
                    "number": Key(Line(), "the number module of python-stdnum", required=True),
                }
            ),
            "a number with check digits",
        ),
    }
)
FACTS_FILE = Keys(
    {
        "screen": Key(VALUE_ID, "the screen these facts are asked on", required=True),
        "title": Key(Words(), "the title of the screen", required=True),
        "facts": Key(
            MapOf(FACT_ID, Raw()), "the facts, in the order they are asked", required=True
        ),
    }
)


@dataclass(frozen=True)
class Fact:
    """One thing a dossier can tell."""

    id: str
    type: Type
    label: Text
    question: Text
    easy: Text | None
    help: Text | None
    about: str
    screen: str
    changeable: str
    sensitive: bool
    sources: tuple[str, ...]
    effort: int
    weights: Mapping[str, int]
    values: Mapping[str, Text]
    fields: Mapping[str, tuple[Text, Mapping[str, Text]]]
    number: tuple[str, str] | None
    place: Place = field(compare=False)


@dataclass(frozen=True)
class Screen:
    """Facts asked together."""

    id: str
    title: Text
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """All the facts of a pack, in the order they are asked, and their screens."""

    facts: Mapping[str, Fact]
    screens: Mapping[str, Screen]
    currency: str


def read_screen(
    tree: Any, place: Place, currency: str, reading: Reading
) -> tuple[Screen | None, list[Fact]]:
    """Return the screen of a vocabulary file and its facts; errors are kept in the reading."""
    read = FACTS_FILE.read(tree, place, reading)
    if read is None or not {"screen", "title", "facts"} <= set(read):
        return None, []
    facts = []
    for name, raw in read["facts"].items():
        where = getattr(raw, "place", place)
        filled = FACT.read(raw, where, reading)
        if filled is not None and {
            "type",
            "label",
            "question",
            "about",
            "changeable",
            "from",
        } <= set(filled):
            facts.append(_fact(name, filled, read["screen"], currency, reading))
    ids = tuple(fact.id for fact in facts)
    return Screen(read["screen"], read["title"], ids), facts


def _check_fact(read: Filled, reading: Reading) -> None:
    """Keep an error for a weight of no value, and for a number that no register of python-stdnum knows."""
    for value in read.get("weights", {}):
        if value not in {*read.get("values", {}), "yes", "no"}:
            reading.error(
                place_of(value),
                _("'{value}' is none of the values of this choice."),
                _("Correct it, or remove it."),
                value=value,
            )
    number = read.get("format", {})
    module = f"stdnum.{number.get('country')}.{number.get('number')}"
    if {"country", "number"} <= set(number) and not _exists(module):
        reading.error(
            number.places["country"],
            _("No register '{country}.{number}' is known to python-stdnum."),
            _("See its list of formats."),
            **number,
        )


def _exists(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _fact(name: str, read: Filled, screen: str, currency: str, reading: Reading) -> Fact:
    _check_fact(read, reading)
    number = read.get("format")
    return Fact(
        id=name,
        type=read_type(read, currency, reading),
        label=read["label"],
        question=read["question"],
        easy=read.get("easy"),
        help=read.get("help"),
        about=read["about"],
        screen=screen,
        changeable=read["changeable"],
        sensitive=read.get("sensitive") == "yes",
        sources=tuple(read["from"]),
        effort=int(read.get("effort", 1)),
        weights={value: int(weight) for value, weight in read.get("weights", {}).items()},
        values=read.get("values", {}),
        fields={
            field_name: (each["label"], each.get("values", {}))
            for field_name, each in read.get("fields", {}).items()
            if "label" in each
        },
        number=(number["country"], number["number"])
        if number and {"country", "number"} <= set(number)
        else None,
        place=read.place,
    )


def read_type(read: Mapping[str, Any], currency: str, reading: Reading) -> Type:
    """Return the type a declaration gives; what does not fit is kept as an error at its key."""
    unit = Unit(read["type"])
    places = getattr(read, "places", {})
    where = places.get("type", getattr(read, "place", Place()))
    if unit in (Unit.CHOICE, Unit.CHOICES):
        return _choice(unit, tuple(read.get("values", ())), where, reading)
    if unit is Unit.RECORDS:
        return _records(read, currency, where, reading)
    if unit is Unit.CODE:
        return _code(read, reading)
    if unit in FIGURES:
        return _domain(figure(unit, currency=currency if unit is Unit.MONEY else ""), read, reading)
    return Type(unit, high=1 if unit is Unit.TRUTH else 0)


def _code(read: Mapping[str, Any], reading: Reading) -> Type:
    pattern = read.get("pattern", r"[\w.]+")
    try:
        re.compile(pattern)
    except re.error as error:
        reading.error(
            getattr(read, "places", {}).get("pattern", Place()),
            _("This is no regular expression: {problem}."),
            _("Check its brackets."),
            problem=str(error),
        )
        pattern = r"[\w.]+"
    return Type(
        Unit.CODE, version=read.get("version", ""), pattern=pattern, like=read.get("like", "")
    )


def _choice(unit: Unit, values: tuple[str, ...], where: Place, reading: Reading) -> Type:
    if not 0 < len(values) <= MOST_VALUES:
        reading.error(
            where,
            _("A choice has between 1 and {most} values, this has {count}."),
            _("List its values; a longer list is a code."),
            most=MOST_VALUES,
            count=len(values),
        )
    return Type(unit, values=values or ("?",))


def _records(read: Mapping[str, Any], currency: str, where: Place, reading: Reading) -> Type:
    fields = {
        name: read_type(each, currency, reading)
        for name, each in read.get("fields", {}).items()
        if "type" in each
    }
    if not fields or "max" not in read:
        reading.error(where, _("Records need 'fields' and 'max'."), _("Write both."))
    return Type(Unit.RECORDS, fields=fields, most=int(read.get("max", 1)))


def _domain(kind: Type, read: Mapping[str, Any], reading: Reading) -> Type:
    bounds = {"low": kind.low, "high": kind.high}
    wide = replace(kind, low=-(10**18), high=10**18)
    for name in bounds:
        if name in read:
            try:
                bounds[name] = read_one(read[name], wide)
            except (Unreadable, OutsideDomain):
                reading.error(
                    getattr(read, "places", {}).get(name, Place()),
                    _("'{value}' is no {unit}."),
                    _("Write it like '{like}'."),
                    value=read[name],
                    unit=kind.unit.value,
                    like=example(kind),
                )
    if bounds["low"] > bounds["high"]:
        reading.error(
            getattr(read, "place", Place()),
            _("The low end is above the high end."),
            _("Exchange them."),
        )
        return kind
    return replace(kind, low=bounds["low"], high=bounds["high"])
