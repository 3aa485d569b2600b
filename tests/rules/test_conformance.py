"""The engine means what the table says."""

from datetime import date
from pathlib import Path

import pytest

from terreau.rules import source
from terreau.rules.cards import Parameter
from terreau.rules.dossier import _read_typed
from terreau.rules.expressions import Builder, ExpressionRefused
from terreau.rules.finding import Findings, Place
from terreau.rules.graph import Graph
from terreau.rules.parameters import Figures
from terreau.rules.shape import Reading
from terreau.rules.types import Unit, read_choices, write_one
from terreau.rules.vocabulary import read_type

TABLE = source.read(Path(__file__).parent / "conformance.yaml")
CURRENCY = "eur"
USUAL_DAY = "2026-11-24"


class Scope:
    """The facts and parameters of the table, on one day."""

    def __init__(self, graph, day):
        self.reading = Reading(Findings())
        self.graph = graph
        self.types = {
            name: read_type(each, CURRENCY, self.reading) for name, each in TABLE["facts"].items()
        }
        figures = Figures(graph, "table", day, CURRENCY, self.reading)
        self.parameters = {
            name: figures.meaning(
                parameter(name, each), [self.types[key] for key in each.get("by", [])]
            )
            for name, each in TABLE["parameters"].items()
        }
        self.reading.findings.raise_errors()
        self.on = graph.given((day.toordinal(),) * 2, read_type({"type": "date"}, "", self.reading))

    def names(self):
        return [*self.types, *self.parameters, "on"]

    def resolve(self, name):
        if name == "on":
            return self.on
        if name in self.types:
            return self.graph.fact(name, self.types[name])
        return self.parameters.get(name)


def parameter(name, each):
    values = tuple(
        sorted((date.fromisoformat(day), value) for day, value in each["values"].items())
    )
    return Parameter(
        name, each["type"], tuple(each.get("by", ())), {}, "text", values, None, Place()
    )


def shown(value, kind):
    low, high = value
    if kind.unit is Unit.TRUTH:
        return "yes" if low else "unknown" if high else "no"
    if kind.unit is Unit.CHOICE:
        return kind.named(low)[0] if low == high else sorted(kind.named(high))
    if kind.unit is Unit.CHOICES:
        return {"must": sorted(kind.named(low)), "may": sorted(kind.named(high))}
    ends = [write_one(end, kind) for end in dict.fromkeys((low, high))]
    return " .. ".join(ends)


def expected(gives, kind):
    if isinstance(gives, list):
        return sorted(gives)
    if isinstance(gives, dict):
        return {"must": sorted(gives["must"]), "may": sorted(gives["may"])}
    if kind.unit is Unit.CHOICES:
        low, high = read_choices(gives, kind)
        return {"must": sorted(kind.named(low)), "may": sorted(kind.named(high))}
    return gives


def build(row):
    day = date.fromisoformat(row.get("on", USUAL_DAY))
    graph = Graph()
    scope = Scope(graph, day)
    return graph, scope, Builder(graph, scope).build(row["expr"])


ROWS = TABLE["rows"]


@pytest.mark.parametrize("row", [row for row in ROWS if "gives" in row], ids=lambda row: row["id"])
def test_it_gives(row):
    graph, scope, term = build(row)
    told = {
        name: _read_typed(value, Place(), scope.types[name], scope.reading)
        for name, value in row["given"].items()
    }
    scope.reading.findings.raise_errors()

    value = graph.run(told)[term.slot]

    assert shown(value, term.type) == expected(row["gives"], term.type)


@pytest.mark.parametrize(
    "row", [row for row in ROWS if "refused" in row], ids=lambda row: row["id"]
)
def test_it_is_refused(row):
    with pytest.raises(ExpressionRefused):
        build(row)
