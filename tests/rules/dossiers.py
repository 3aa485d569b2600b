"""Random dossiers of the small world, and all that may still be true of one, in plain values.

Domains are small, so that all that may still be true can be gone through one by one.
"""

import ast
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from itertools import combinations, product
from math import prod
from random import Random
from typing import Any

from hypothesis import strategies as st

from tests.rules import plainly
from tests.rules.world import DAY, FACTS, FIELDS, LAW, MOST_ROWS, SOME_OF, Told, Tree

# random dossiers


def names_in(*texts: str) -> list[str]:
    """Return the facts that expressions name."""
    words = {
        each.id
        for text in texts
        for each in ast.walk(ast.parse(text))
        if isinstance(each, ast.Name)
    }
    return [name for name in FACTS if name in words]


@st.composite
def dossiers(draw: st.DrawFn, names: list[str], *, settled: bool = False) -> Told:
    """Draw what is told of these facts: nothing, a part, or all of it."""
    told = {name: draw(_told(*FACTS[name], settled=settled)) for name in names}
    return {name: tree for name, tree in told.items() if tree is not None}


@st.composite
def _told(draw: st.DrawFn, unit: str, values: list[str], *, settled: bool = False) -> Tree:
    if unit == "records":
        return draw(_records(settled=settled))
    if not settled and draw(st.integers(0, 2)) == 0:
        return None
    if unit == "choices":
        return draw(st.lists(st.sampled_from(values), unique=True))
    if settled or unit in ("truth", "code"):
        return draw(st.sampled_from(values))
    if unit == "choice":
        return draw(st.lists(st.sampled_from(values), unique=True, min_size=1))
    return _stretch(*sorted(draw(st.tuples(*[st.integers(0, len(values) - 1)] * 2))), values)


def _stretch(first: int, last: int, values: list[str]) -> str:
    return values[first] if first == last else f"{values[first]} .. {values[last]}"


@st.composite
def _records(draw: st.DrawFn, *, settled: bool) -> Tree:
    how = "complete" if settled else draw(st.sampled_from(["untold", "complete", "at-least"]))
    if how == "untold":
        return None
    rows = [
        {name: draw(_told(*field, settled=settled)) for name, field in FIELDS.items()}
        for _row in range(draw(st.integers(0, MOST_ROWS)))
    ]
    return {"told": how, "rows": [_without_gaps(row) for row in rows]}


def _without_gaps(row: Told) -> Told:
    return {name: tree for name, tree in row.items() if tree is not None}


@st.composite
def narrower(draw: st.DrawFn, told: Told, names: list[str]) -> Told:
    """Draw a dossier that tells these facts at least as closely."""
    closer = {name: draw(_closer(*FACTS[name], told.get(name))) for name in names}
    return {name: tree for name, tree in closer.items() if tree is not None}


@st.composite
def _closer(draw: st.DrawFn, unit: str, values: list[str], tree: Tree) -> Tree:
    if unit == "records":
        return draw(_closer_records(tree))
    if tree is None or draw(st.booleans()):
        return tree if tree is not None else draw(_told(unit, values))
    if unit == "choice" and isinstance(tree, list):
        return draw(st.lists(st.sampled_from(tree), unique=True, min_size=1))
    if isinstance(tree, str) and " .. " in tree:
        first, last = (values.index(end) for end in tree.split(" .. "))
        return _stretch(*sorted(draw(st.tuples(*[st.integers(first, last)] * 2))), values)
    return tree


@st.composite
def _closer_records(draw: st.DrawFn, tree: Tree) -> Tree:
    if tree is None:
        return draw(_records(settled=False))
    rows = [
        _without_gaps({name: draw(_closer(*FIELDS[name], row.get(name))) for name in FIELDS})
        for row in tree["rows"]
    ]
    if tree["told"] == "complete":
        return {"told": "complete", "rows": rows}
    more = draw(_records(settled=False)) or {"told": "at-least", "rows": []}
    return {"told": more["told"], "rows": [*rows, *more["rows"]][: max(len(rows), MOST_ROWS)]}


# all that may still be true, in plain values


def possible(unit: str, values: list[str], tree: Tree) -> list[Any]:
    """Return the plain values that what is told of a fact leaves possible."""
    if unit == "records":
        return list(_possible_rows(tree or {"told": "at-least", "rows": []}))
    if unit == "choices":
        sizes = range(len(values) + 1)
        every = [frozenset(some) for size in sizes for some in combinations(values, size)]
        return every if tree is None else [frozenset(tree)]
    if tree is None:
        left = values
    elif isinstance(tree, list):
        left = tree
    else:
        first, _dots, last = tree.partition(" .. ")
        left = values[values.index(first) : values.index(last or first) + 1]
    return [plainly.read(text, unit) for text in left]


def _possible_rows(tree: Tree) -> Iterator[list[Told]]:
    sizes = [len(tree["rows"])]
    if tree["told"] != "complete":
        sizes = list(range(sizes[0], MOST_ROWS + 1))
    for size in sizes:
        rows = [*tree["rows"], *[{}] * (size - len(tree["rows"]))]
        yield from map(list, product(*[list(_possible_row(row)) for row in rows]))


def _possible_row(row: Told) -> Iterator[Told]:
    left = [possible(*field, row.get(name)) for name, field in FIELDS.items()]
    yield from (dict(zip(FIELDS, each, strict=True)) for each in product(*left))


@cache
def _anything(name: str) -> list[Any]:
    return possible(*FACTS[name], None)


def completions(told: Told, names: list[str], most: int, chance: Random) -> list[dict[str, Any]]:
    """Return every way these facts can be, or so many at random where there are more."""
    left = [
        possible(*FACTS[name], told[name]) if name in told else _anything(name) for name in names
    ]
    if prod(map(len, left)) <= most:
        return [dict(zip(names, each, strict=True)) for each in product(*left)]
    return [dict(zip(names, map(chance.choice, left), strict=True)) for _time in range(most)]


def chance_of(text: str) -> Random:
    """Return a chance that falls the same way for the same text."""
    return Random(text)  # noqa: S311


def situation(facts: Mapping[str, Any], chance: Random) -> plainly.Situation:
    """Return all that an expression can read; what the law does not tell is filled at random."""
    law = {name: _plain_law(unit, by, written, chance) for name, (unit, by, written) in LAW.items()}
    ends = {
        name: (date.fromisoformat(values[0]), date.fromisoformat(values[-1]))
        for name, (unit, values) in FIELDS.items()
        if unit == "date"
    }
    return plainly.Situation(facts, law, DAY, ends)


def _plain_law(unit: str, by: tuple[str, ...], written: Any, chance: Random) -> Any:
    if unit == "brackets":
        return [
            (_filled("money", each["from"], chance), _filled("rate", each["rate"], chance))
            for each in written
        ]
    if not by:
        return _filled(unit, written, chance)
    table = {}
    for keys in product(*(FACTS[name][1] for name in by)):
        entry = written
        for key in keys:
            entry = entry if isinstance(entry, str) else entry[key]
        table[keys] = _filled(unit, entry, chance)
    return table


def _filled(unit: str, written: str, chance: Random) -> Any:
    if written in ("missing", "uncertain"):
        written = chance.choice(SOME_OF[unit])
    return plainly.read(chance.choice(written.split(" .. ")), unit)


def written(facts: Mapping[str, Any]) -> Told:
    """Return plain values as they are written in a dossier."""
    return {name: _written(*FACTS[name], each) for name, each in facts.items()}


def _written(unit: str, values: list[str], plain: Any) -> Tree:
    if unit == "records":
        rows = [
            {name: _written(*FIELDS[name], each) for name, each in row.items()} for row in plain
        ]
        return {"told": "complete", "rows": rows}
    if unit == "choices":
        return sorted(plain)
    return next(text for text in values if plainly.read(text, unit) == plain)


@cache
def sure(name: str) -> list[Tree]:
    """Return everything that can be told of a fact with nothing left open, as written."""
    unit, values = FACTS[name]
    return [_written(unit, values, plain) for plain in possible(unit, values, None)]
