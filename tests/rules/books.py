"""Small random rulebooks: one to four cards over a few facts that can be changed, and the dossiers to ask them with."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from typing import Any

from hypothesis import strategies as st

from terreau.rules import Edition
from terreau.rules.rulebook import Rulebook
from terreau.rules.types import Pair
from terreau.rules.verdicts import INELIGIBLE, status_of
from tests.rules.generator import BLANK
from tests.rules.world import COLOURS, DAY, WORDS, Told, pack_with, pairs

HEADS = ["0", "1", "2", "3", "4", "5", "6"]
EUROS = [f"{euros} eur" for euros in range(0, 500, 50)]
FACTS: dict[str, tuple[str, list[str]]] = {
    "t1": ("truth", ["yes", "no"]),
    "t2": ("truth", ["yes", "no"]),
    "k1": ("choice", [*COLOURS, "grey"]),
    "c1": ("count", HEADS),
    "c2": ("count", HEADS),
    "s1": ("choices", COLOURS),
    "fixed": ("truth", ["yes", "no"]),
    "costs.work": ("money", [EUROS[0], EUROS[-1]]),
}
CHANGEABLE = {"t1": "yes", "t2": "hard", "k1": "yes", "c1": "yes", "c2": "hard", "s1": "yes"}
PACK = pack_with(FACTS, CHANGEABLE)
HEAD = {
    "authority": "city",
    "name": WORDS,
    "in_force": {"from": "2020-01-01", "until": "open", "after": "nothing"},
    "law": {"ord": {"title": WORDS, "url": "x"}},
    "source": {"url": "x", "consulted": "2026-01-01", "verified": "verified"},
    "review_by": "2027-01-01",
    "cases": [],
}

LEAVES = {
    "colour": [*COLOURS, "grey"],
    "heads": HEADS,
    "order": ["<", "<=", ">", ">=", "==", "!="],
    "way": ["<", "<=", ">", ">="],
    "count": ["c1", "c2"],
    "truth": ["t1", "t2", "fixed"],
}
# A count is set beside a figure, nothing between them: the change that settles it can be read off.
PLAIN = [
    "(not t1)",
    "({count} {order} {heads})",
    "({heads} <= {count} < {heads})",
    "({heads} < {count} <= 4.5)",
    "(k1 == '{colour}')",
    "(k1 in ('{colour}', '{colour}'))",
    "(k1 not in ('{colour}', '{colour}'))",
]
JOINED = [
    "({truth} and {truth})",
    "({truth} or {truth})",
    "(not {truth})",
    "({truth} if {truth} else {truth})",
    "(number_of({truth}, {truth}, {truth}) >= 2)",
]
# What is compared is reckoned from counts, and rises or falls with each of them.
RECKONED = [
    "({count} + {heads} {way} {heads})",
    "({count} * 2 >= {heads})",
    "(6 - {count} <= {heads})",
    "(max({count}, 1) > {heads})",
    "(c1 + c2 >= {heads})",
    "((c1 if t1 else 0) >= {heads})",
    "(points >= {heads})",
]
BETWEEN = ["(c1 < c2)", "(c1 == c2)", "(c2 <= c1)"]


@st.composite
def conditions(draw: st.DrawFn, templates: list[str], *, depth: int = 2) -> str:
    """Draw the expression of a condition."""

    def text(kind: str, depth: int) -> str:
        choices = list(LEAVES[kind])
        if kind == "truth":
            choices = [*templates, *choices, *(JOINED if depth else [])]
        return BLANK.sub(lambda blank: text(blank[2], depth - 1), draw(st.sampled_from(choices)))

    return text("truth", depth)


def card(name: str, whens: list[str], **more: Any) -> dict[str, Any]:
    """Return a measure with these conditions, as a tree."""
    return {
        **HEAD,
        "id": name,
        "kind": "grant",
        "summary": WORDS,
        "stages": [],
        "conditions": [
            {
                "id": f"c-{place}",
                "kind": "test",
                "when": when,
                "says": WORDS,
                "law": {"ord": ""},
                "read": "text",
            }
            for place, when in enumerate(whens)
        ],
        **more,
    }


def derived(name: str, defines: str, value: str, **more: Any) -> dict[str, Any]:
    """Return a card that defines a name."""
    how = {"type": "count", "defines": defines, "value": value, "label": WORDS, **more}
    return {**HEAD, "id": name, "kind": "derived", **how}


POINTS = derived("points", "points", "c1 + c2")
LEVEL = derived(
    "level",
    "level",
    "'low' if points <= 3 else 'high'",
    type="choice",
    values={"low": WORDS, "high": WORDS},
)


def book_of(*trees: Mapping[str, Any], on: date = DAY) -> Rulebook:
    """Return the law of a day made of these cards."""
    folders = {"derived": "derived", "test": "tests"}
    cards = {
        f"{folders.get(tree['kind'], 'measures')}/{tree['id']}": tree
        for tree in (POINTS, LEVEL, *trees)
    }
    return Edition(pack_with(FACTS, CHANGEABLE, cards)).on(on)


def book_with(measures: list[list[str]]) -> Rulebook:
    """Return a rulebook of measures with these conditions."""
    return book_of(*[card(f"m-{place}", each) for place, each in enumerate(measures)])


def measures(
    templates: list[str], most: int = 4, *, once: bool = False
) -> st.SearchStrategy[list[list[str]]]:
    """Draw one to so many measures, each with one to three conditions; with `once`, none reads a fact twice."""
    texts = conditions(templates)
    if once:
        texts = conditions(templates, depth=1).filter(reads_once)
    whens = st.lists(texts, min_size=1, max_size=3)
    return st.lists(whens, min_size=1, max_size=most)


def reads_once(text: str) -> bool:
    """Whether an expression reads no fact twice, behind derived names either."""
    words = re.findall(r"\w+", text.replace("points", "c1 + c2"))
    return all(words.count(name) <= 1 for name in FACTS)


@st.composite
def tellings(draw: st.DrawFn, names: list[str], *, untold: bool = True) -> Told:
    """Draw a dossier: each fact told, or not at all."""
    told: Told = {}
    for name in names:
        unit, values = FACTS[name]
        if untold and draw(st.integers(0, 5)) == 0:
            continue
        if unit == "choices":
            told[name] = draw(st.lists(st.sampled_from(values), unique=True))
        else:
            told[name] = draw(st.sampled_from(values))
    return told


def told_pairs(told: Told) -> dict[str, Pair]:
    """Return what is told as the engine reads it."""
    return pairs(told, PACK)


def every_value(name: str) -> list[Pair]:
    """Return all the values a fact can have."""
    unit, values = FACTS[name]
    if unit == "choices":
        trees = [list(some) for size in range(4) for some in combinations(values, size)]
        return [told_pairs({name: tree})[name] for tree in trees]
    return [told_pairs({name: text})[name] for text in values]


EVERY_VALUE = {name: every_value(name) for name in CHANGEABLE}


@dataclass(frozen=True)
class Ways:
    """Every way to remove the refusal of a card, by the facts it changes; smaller sets of facts only."""

    found: Mapping[frozenset[str], list[dict[str, Pair]]]


def ways_out(book: Rulebook, told: Mapping[str, Pair], most: int = 3) -> dict[str, Ways]:
    """Return all the ways out of each refusal, by trying every value of every told fact that can be changed."""
    names = [name for name in CHANGEABLE if name in told and name in book.graph.facts]
    before = book.graph.run(told)
    refused = [each for each in book.verdicts if status_of(before, each) == INELIGIBLE]
    found: dict[str, dict[frozenset[str], list[dict[str, Pair]]]] = {
        each.card.id: {} for each in refused
    }
    for size in range(1, most + 1):
        for some in combinations(names, size):
            for values in product(*(EVERY_VALUE[name] for name in some)):
                changes = dict(zip(some, values, strict=True))
                after = book.graph.run({**told, **changes})
                for each in refused:
                    ways = found[each.card.id]
                    smaller = any(less < frozenset(some) for less in ways)
                    if not smaller and status_of(after, each) != INELIGIBLE:
                        ways.setdefault(frozenset(some), []).append(changes)
    return {name: Ways(ways) for name, ways in found.items()}
