"""A small world to ask expressions in: facts with small domains, and a law of which a part is not known."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from terreau.rules import canonical
from terreau.rules.cards import Parameter
from terreau.rules.dossier import read_facts
from terreau.rules.expressions import Builder
from terreau.rules.finding import Findings, Place
from terreau.rules.graph import Graph, Term
from terreau.rules.pack import Pack, pack_of
from terreau.rules.parameters import Figures
from terreau.rules.shape import Reading
from terreau.rules.types import Pair, Type, Unit, figure

Tree = Any  # what is told of a fact as it is written: a text, a list, a mapping
Told = dict[str, Tree]

DAY = date(2026, 11, 24)
COLOURS, SIZES = ["red", "green", "blue"], ["small", "other"]
CODES = ["87.301", "88.10", "88.91", "01.11"]
MOST_ROWS = 2

# Every value a figure can have, as written, lowest first.
TRUTHS = ["yes", "no"]
CENTS = ["0 eur", "0.01 eur", "0.02 eur", "0.03 eur"]
SIGNED_CENTS = ["-0.02 eur", "-0.01 eur", "0 eur", "0.01 eur"]
RATES = ["49.9999 %", "50 %", "50.0001 %"]
NUMBERS = ["-0.0001", "0", "0.0001"]
COUNTS = ["0", "1", "2", "3"]
LEAP_DAYS = ["2024-02-28", "2024-02-29", "2024-03-01"]
MONTH_ENDS = ["2025-03-30", "2025-03-31", "2025-04-01"]
FIELDS: dict[str, tuple[str, list[str]]] = {
    "amount": ("money", SIGNED_CENTS[1:]),
    "staff": ("count", COUNTS[:2]),
    "open": ("truth", TRUTHS),
    "sort": ("choice", SIZES),
    "since": ("date", LEAP_DAYS[1:]),
}
FACTS: dict[str, tuple[str, list[str]]] = {
    **dict.fromkeys(("t1", "t2", "t3"), ("truth", TRUTHS)),
    **dict.fromkeys(("k1", "k2"), ("choice", COLOURS)),
    "k3": ("choice", SIZES),
    **dict.fromkeys(("s1", "s2"), ("choices", COLOURS)),
    **dict.fromkeys(("m1", "m2"), ("money", CENTS)),
    "mneg": ("money", SIGNED_CENTS),
    "r1": ("rate", RATES),
    "n1": ("number", NUMBERS),
    **dict.fromkeys(("c1", "c2"), ("count", COUNTS)),
    "d1": ("date", LEAP_DAYS),
    "d2": ("date", MONTH_ENDS),
    "code1": ("code", CODES),
    "aids": ("records", []),
}
# Name, type, keys, value as written; the second group is law that is not known.
KNOWN_LAW: dict[str, tuple[str, tuple[str, ...], Any]] = {
    "lawful": ("truth", (), "yes"),
    "cent": ("money", (), "0.01 eur"),
    "euro": ("money", (), "1 eur"),
    "half": ("rate", (), "50 %"),
    "third": ("rate", (), "33.3333 %"),
    "none": ("rate", (), "0 %"),
    "cut": ("date", (), "2024-02-29"),
    "bonus": ("rate", ("k1",), {"red": "10 %", "green": "0 %", "blue": "50 %"}),
    "lump": ("money", ("k3",), {"small": "0.01 eur", "other": "0.04 eur"}),
    "grid": (
        "rate",
        ("k1", "k3"),
        {"red": "1 %", "green": {"small": "3 %", "other": "4 %"}, "blue": "50 %"},
    ),
    "tax": (
        "brackets",
        (),
        [
            {"from": "0 eur", "rate": "0 %"},
            {"from": "0.01 eur", "rate": "50 %"},
            {"from": "0.02 eur", "rate": "10 %"},
        ],
    ),
}
OPEN_LAW: dict[str, tuple[str, tuple[str, ...], Any]] = {
    "unread_truth": ("truth", (), "missing"),
    "unread_money": ("money", (), "missing"),
    "between": ("money", (), "0.01 eur .. 0.03 eur"),
    "doubtful": ("rate", (), "uncertain"),
    "unread_day": ("date", (), "missing"),
    "holed": ("money", ("k3",), {"small": "0.02 eur", "other": "missing"}),
    "scale": (
        "brackets",
        (),
        [{"from": "0 eur", "rate": "10 %"}, {"from": "0.01 eur", "rate": "missing"}],
    ),
}
LAW = {**KNOWN_LAW, **OPEN_LAW}
SOME_OF = {  # a few values of what the law does not tell
    "truth": TRUTHS,
    "money": ["0 eur", "0.02 eur", "10000000000 eur"],
    "rate": ["0 %", "50 %", "100 %"],
    "date": ["1900-01-01", "2024-02-29", "2100-12-31"],
}


# the same facts and the same law, for the engine

WORDS = {"en": "x"}


def pack_with(
    facts: Mapping[str, tuple[str, list[str]]],
    changeable: Mapping[str, str] | None = None,
    cards: Mapping[str, Mapping[str, Any]] | None = None,
) -> Pack:
    """Return a pack that asks for these facts; cards stand by their folder and name."""
    region = {"name": WORDS, "languages": ["en"], "currency": "eur", "stages": []}
    declared = {
        name: {
            **_declared(unit, values),
            "label": WORDS,
            "question": WORDS,
            "about": "project",
            "changeable": (changeable or {}).get(name, "no"),
            "from": ["told"],
        }
        for name, (unit, values) in facts.items()
    }
    trees: dict[str, Any] = {
        "region.yaml": {**region, "time_zone": "Europe/Brussels", "small_group": "10"},
        "vocabulary/facts/all.yaml": {"screen": "all", "title": WORDS, "facts": declared},
        **{f"{path}.yaml": card for path, card in (cards or {}).items()},
    }
    return pack_of(canonical.written("small", trees))


def _declared(unit: str, values: list[str]) -> dict[str, Any]:
    if unit in ("choice", "choices"):
        return {"type": unit, "values": dict.fromkeys(values, WORDS)}
    if unit == "records":
        fields = {name: {**_declared(*field), "label": WORDS} for name, field in FIELDS.items()}
        return {"type": unit, "fields": fields, "max": str(MOST_ROWS)}
    if unit in ("truth", "code"):
        return {"type": unit}
    return {"type": unit, "low": values[0], "high": values[-1]}


PACK = pack_with(FACTS)


def pairs(told: Told, pack: Pack = PACK) -> dict[str, Pair]:
    """Return what is told as the engine reads it."""
    reading = Reading(Findings(), pack.languages)
    found = read_facts(told, Place(), pack, reading)
    reading.findings.raise_errors()
    return found


class Scope:
    """The facts and the law of the small world, for the builder; `read` puts other figures in the place of some."""

    def __init__(
        self, graph: Graph, read: Mapping[str, Any] | None = None, card: str = "law"
    ) -> None:
        self.graph = graph
        self.read = read or {}
        self.card = card
        self.found: dict[str, Any] = {}

    def names(self) -> list[str]:
        return [*FACTS, *LAW, "on"]

    def resolve(self, name: str) -> Any:
        if name not in self.found:
            self.found[name] = self._resolved(name)
        return self.found[name]

    def _resolved(self, name: str) -> Any:
        if name == "on":
            return self.graph.given((DAY.toordinal(),) * 2, figure(Unit.DATE))
        if name in FACTS:
            return self.graph.fact(name, PACK.vocabulary.facts[name].type)
        if name not in LAW:
            return None
        unit, by, written = LAW[name]
        values = ((date(2000, 1, 1), self.read.get(name, written)),)
        reading = Reading(Findings())
        meaning = Figures(self.graph, self.card, DAY, "eur", reading).meaning(
            Parameter(name, unit, by, {}, "text", values, None, Place()),
            [PACK.vocabulary.facts[key].type for key in by],
        )
        reading.findings.raise_errors()
        return meaning


def built(*texts: str, read: Mapping[str, Any] | None = None) -> tuple[Graph, list[Term]]:
    """Return a graph with these expressions in it."""
    graph = Graph()
    builder = Builder(graph, Scope(graph, read))
    return graph, [builder.build(text) for text in texts]


def asked(text: str, told: Told) -> tuple[Pair, Type]:
    """Return what the engine makes of an expression."""
    graph, [term] = built(text)
    return graph.run(pairs(told))[term.slot], term.type


def contains(pair: Pair, kind: Type, plain: Any) -> bool:
    """Whether a plain value is among those a pair leaves possible."""
    low, high = pair
    if kind.unit is Unit.TRUTH:
        return bool(high if plain else not low)
    if kind.unit is Unit.CHOICE:
        return bool(high & kind.bit(plain)) and low in (0, high)
    if kind.unit is Unit.CHOICES:
        bits = sum(kind.bit(each) for each in plain)
        return low & ~bits == 0 and bits & ~high == 0
    whole = plain.toordinal() if kind.unit is Unit.DATE else plain * kind.one
    return bool(low <= whole <= high)


def is_within(inner: Pair, outer: Pair, kind: Type) -> bool:
    """Whether a pair leaves nothing possible that another does not."""
    if kind.unit is Unit.TRUTH:
        return inner[0] >= outer[0] and inner[1] <= outer[1]
    if kind.unit in (Unit.CHOICE, Unit.CHOICES):
        return outer[0] & ~inner[0] == 0 and inner[1] & ~outer[1] == 0
    return bool(outer[0] <= inner[0] and inner[1] <= outer[1])
