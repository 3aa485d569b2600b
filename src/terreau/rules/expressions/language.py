"""What an expression may be made of: its text, its scope, what is refused."""

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from terreau.kernel.message import Message
from terreau.kernel.message import noop as _
from terreau.rules.functions import Brackets, Table
from terreau.rules.graph import Term
from terreau.rules.types import Unit, figure

LONGEST = 2000
FIGURE = re.compile(r"\d *%|\d{4}-\d{2}-\d{2}|\d +[a-z]{3}\b(?<! and)")
COUNT = figure(Unit.COUNT)
DATE = figure(Unit.DATE)


class AlreadyTold(Exception):
    """A name stands for nothing, and why was told where it is declared."""


class ExpressionRefused(Exception):
    """An expression that says nothing the engine can mean; `at` is a line and a byte of it, both from 0."""

    def __init__(self, at: tuple[int, int], what: Message, remedy: Message) -> None:
        super().__init__(str(what))
        self.at, self.what, self.remedy = at, what, remedy

    def offset(self, text: str) -> int:
        """Return which character of the text it is about, from 0."""
        line, byte = self.at
        stripped = text.strip()
        lines = stripped.split("\n")
        before = sum(len(each) + 1 for each in lines[:line])
        inside = lines[line].encode()[:byte].decode(errors="ignore") if line < len(lines) else ""
        return text.find(stripped) + before + len(inside)


@dataclass(frozen=True)
class Part:
    """A ratio: never computed, only compared or multiplied under a rounding."""

    part: Term
    whole: Term
    otherwise: Term


Meaning = Term | Table | Brackets


class Scope(Protocol):
    """Where names get their meaning."""

    def resolve(self, name: str) -> Meaning | None:
        """Return what a dotted name stands for."""
        ...

    def names(self) -> Iterable[str]:
        """Return all names, for the nearest one."""
        ...


def parse(text: str) -> ast.expr:
    """Return the syntax tree of an expression. Raises `ExpressionRefused`."""
    if len(text) > LONGEST:
        raise ExpressionRefused(
            (0, 0),
            Message(_("The expression is too long.")),
            Message(_("Split it into several conditions.")),
        )
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = (getattr(error, "lineno", 0) or 1) - 1
        before = (getattr(error, "text", "") or "")[: (getattr(error, "offset", 0) or 1) - 1]
        raise ExpressionRefused(
            (line, len(before.encode())),
            Message(_("This is no expression.")),
            Message(
                _("Money, rates and dates are parameters: they have a day and an article.")
                if FIGURE.search(text)
                else _("Check the brackets and the operators.")
            ),
        ) from None


def refuse(at: ast.AST, what: str, remedy: str, **blanks: object) -> ExpressionRefused:
    """Return the refusal of a part of an expression, to be raised."""
    place = (getattr(at, "lineno", 1) - 1, getattr(at, "col_offset", 0))
    return ExpressionRefused(place, Message(what, blanks), Message(remedy, blanks))


def dotted(at: ast.AST) -> str | None:
    """Return the dotted name of a tree, or None when it is something else."""
    if isinstance(at, ast.Name):
        return at.id
    if isinstance(at, ast.Attribute):
        before = dotted(at.value)
        return f"{before}.{at.attr}" if before else None
    return None
