"""Random expressions of the language of cards, each of a type.

The grammar is a table of texts with blanks: a blank names a type, and `row.` before it stands for a row of records.
"""

import re
from collections.abc import Iterator
from random import Random

from hypothesis import strategies as st

LEAVES = {
    "truth": ["t1", "t2", "t3", "lawful"],
    "choice": ["k1", "k2"],
    "size": ["k3"],
    "choices": ["s1", "s2"],
    "money": ["m1", "m2", "mneg", "cent"],
    "rate": ["r1", "half", "third", "none"],
    "number": ["n1", "c1", "0.5", "0.0001", "1"],
    "count": ["c1", "c2", "0", "1", "2"],
    "date": ["d1", "d2", "cut", "on"],
    "order": ["<", "<=", ">", ">=", "==", "!="],
    "colour": ["red", "green", "blue"],
    "cents": ["cent", "euro"],
    "step": ["1", "2", "0.5", "0.0002"],
}
ROW_LEAVES = {
    "truth": ["r.open"],
    "size": ["r.sort"],
    "money": ["r.amount"],
    "number": ["r.staff"],
    "count": ["r.staff"],
    "date": ["r.since"],
}
OPEN_LEAVES = {
    "truth": ["unread_truth"],
    "money": ["unread_money", "between", "holed[{size}]", "brackets({money}, scale)"],
    "rate": ["doubtful"],
    "date": ["unread_day"],
}
SAME_FOR_FIGURES = (
    "({0} + {0})",
    "({0} - {0})",
    "(-{0})",
    "abs({0})",
    "min({0}, {0})",
    "max({0}, {0}, {0})",
    "clip({0}, {0}, {0})",
    "({0} if {{truth}} else {0})",
)


def _figures(kind: str) -> list[str]:
    return [each.format(f"{{{kind}}}") for each in SAME_FOR_FIGURES]


GRAMMAR = {
    "truth": [
        "({truth} and {truth})",
        "({truth} or {truth})",
        "(not {truth})",
        "({truth} and {truth} and {truth})",
        "({truth} if {truth} else {truth})",
        "({money} {order} {money})",
        "({money} {order} 0)",
        "(0 {order} {money})",
        "({money} <= {money} < {money})",
        "({rate} {order} {rate})",
        "({number} {order} {number})",
        "({count} {order} {number})",
        "({count} < {count} <= {count})",
        "({date} {order} {date})",
        "({date} < {date} <= {date})",
        "({choice} == '{colour}')",
        "('{colour}' != {choice})",
        "({choice} == {choice})",
        "({choice} in ('{colour}', '{colour}'))",
        "({choice} not in ('{colour}',))",
        "({size} == 'small')",
        "('{colour}' in {choices})",
        "('{colour}' not in {choices})",
        "matches(code1, '87', '88.9')",
        "(ratio({money}, {money}, else_={rate}) {order} {rate})",
        "({rate} {order} ratio({count}, {number}, else_={rate}))",
        "({rate} <= ratio({count}, {count}, else_={rate}) < {rate})",
        "(ratio({number}, {count}, else_={number}) {order} {number})",
        "(number_of({truth}, {truth}, {truth}) >= 2)",
    ],
    "choice": ["({choice} if {truth} else {choice})"],
    "choices": ["({choices} if {truth} else {choices})"],
    "money": [
        *_figures("money"),
        "({money} * {rate})",
        "({number} * {money})",
        "({money} * {count})",
        "max(0, {money})",
        "({money} if {truth} else 0)",
        "round_to({money}, {cents})",
        "floor_to({money}, {cents})",
        "ceil_to({money}, {cents})",
        "lump[{size}]",
        "lump['small']",
        "brackets({money}, tax)",
        "round_to({money} * ratio({count}, max(0, {count}), else_={rate}), {cents})",
        "floor_to(ratio({money}, max(0, {money}), else_={rate}) * {money}, {cents})",
        "ceil_to({money} * ratio({count}, c2, else_={number}), cent)",
    ],
    "rate": [
        *_figures("rate"),
        "({rate} * {rate})",
        "bonus[{choice}]",
        "grid[{choice}, {size}]",
        "round_to({rate}, third)",
    ],
    "number": [
        *_figures("number"),
        "({number} * {number})",
        "({count} * {rate})",
        "({rate} * {number})",
        "round_to({number}, {step})",
        "floor_to({number}, {step})",
        "ceil_to({count}, {step})",
    ],
    "count": [
        *_figures("count"),
        "({count} * {count})",
        "number_of({truth}, {truth})",
        "days_between({date}, {date})",
        "year({date})",
        "round_to({count}, 2)",
    ],
    "date": [
        "years_before({date}, {count})",
        "months_before({date}, {count})",
        "min({date}, {date})",
        "max({date}, {date})",
        "clip({date}, {date}, {date})",
        "({date} if {truth} else {date})",
    ],
}
GATHERED = {
    "truth": [
        "any({row.truth} for r in aids)",
        "any({row.truth} for r in aids if {row.truth})",
        "all({row.truth} for r in aids)",
        "all({row.truth} for r in aids if {row.truth})",
    ],
    "money": [
        "sum({row.money} for r in aids)",
        "sum({row.money} for r in aids if {row.truth})",
    ],
    "number": ["sum({row.number} for r in aids if {row.truth})"],
    "count": [
        "count(r for r in aids)",
        "count(r for r in aids if {row.truth})",
        "sum({row.count} for r in aids)",
    ],
    "date": [
        "earliest(r.since for r in aids)",
        "latest(r.since for r in aids if {row.truth})",
        "earliest(r.since for r in aids if {row.truth})",
    ],
}
KINDS = ["truth", "choice", "choices", "money", "rate", "number", "count", "date"]
BLANK = re.compile(r"\{(row\.)?(\w+)\}")


@st.composite
def expressions(draw: st.DrawFn, kind: str, *, depth: int = 3, open_law: bool = False) -> str:
    """Draw the text of an expression of a type; with `open_law`, figures that nobody has read stand in it too."""

    def text(kind: str, depth: int, row: bool) -> str:
        choices = [*(ROW_LEAVES.get(kind, []) if row else []), *LEAVES.get(kind, [])]
        if depth and open_law:
            choices += OPEN_LEAVES.get(kind, [])
        if depth:
            choices += [*GRAMMAR.get(kind, []), *([] if row else GATHERED.get(kind, []))]
        return BLANK.sub(
            lambda blank: text(blank[2], max(0, depth - 1), row or bool(blank[1])),
            draw(st.sampled_from(choices)),
        )

    return text(kind, depth, row=False)


def templates(kind: str, *, row: bool = False) -> list[str]:
    """Return the texts that write an expression of a type."""
    more = [] if row else GATHERED.get(kind, [])
    return [*GRAMMAR.get(kind, []), *OPEN_LEAVES.get(kind, []), *more]


def one_in_another(outer: str, chance: Random) -> Iterator[str]:
    """Return an expression for each blank of a template and each template that fits it, leaves in all other blanks."""
    for blank in BLANK.finditer(outer):
        row = bool(blank[1])
        for inner in templates(blank[2], row=row):
            before, after = outer[: blank.start()], outer[blank.end() :]
            yield "".join(
                (
                    with_leaves(before, chance),
                    with_leaves(inner, chance, row=row),
                    with_leaves(after, chance),
                )
            )


def with_leaves(template: str, chance: Random, *, row: bool = False) -> str:
    """Return a template with a leaf in each blank."""

    def leaf(blank: re.Match[str]) -> str:
        of_row = ROW_LEAVES.get(blank[2], []) if row or blank[1] else []
        return chance.choice([*of_row, *LEAVES.get(blank[2], [])])

    return BLANK.sub(leaf, template)
