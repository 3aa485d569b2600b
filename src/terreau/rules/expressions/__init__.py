"""An expression of a card becomes a part of the graph: parsed by `ast`, typed, and nothing else let through."""

from terreau.rules.expressions.builder import Builder
from terreau.rules.expressions.language import (
    AlreadyTold,
    ExpressionRefused,
    Meaning,
    Scope,
    dotted,
    parse,
)

__all__ = [
    "AlreadyTold",
    "Builder",
    "ExpressionRefused",
    "Meaning",
    "Scope",
    "dotted",
    "parse",
]
