"""What a competence, a duty, a clause, a circuit or a surplus card says of a dossier."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from terreau.kernel.text import Text
from terreau.kernel.truth import Truth
from terreau.rules.graph import Term
from terreau.rules.rulebook import PlacedAnswer, PlacedFigure
from terreau.rules.types import Pair, Type, write
from terreau.rules.verdicts import Explaining

Laws = Mapping[str, Mapping[str, Any]]


class Answered(NamedTuple):
    """One answer: whether it holds; `due` and `within` are written, None where they are not said or not known."""

    key: str
    truth: Truth
    says: Text
    law: Laws
    reads: Mapping[str, Any]
    cause: str | None
    by: str | None
    leads: Truth | None
    due: Any
    within: Any


class Given(NamedTuple):
    """A figure a card gives: as a pair of its type, as written, and why it is open if it is."""

    key: str
    value: Pair
    type: Type
    written: Any
    says: Text
    law: Laws
    reads: Mapping[str, Any]
    cause: str | None


def answers_of(explaining: Explaining, card: str) -> tuple[Answered, ...]:
    """Return the answers of a card in force, in its order. Raises `KeyError` for a card that is not asked that day."""
    assessed = explaining.book.assessed[card]
    return tuple(_answered(explaining, assessed.card.law_of, each) for each in assessed.answers)


def _answered(explaining: Explaining, law_of: Any, placed: PlacedAnswer) -> Answered:
    answer = placed.answer
    truth, reads, cause = explaining.looked_up(placed.slot)
    leads = None if placed.leads is None else explaining.looked_up(placed.leads)[0]
    return Answered(
        answer.key,
        truth,
        answer.says,
        law_of(answer.law),
        reads,
        cause,
        answer.by,
        leads,
        _written(explaining, placed.due),
        _written(explaining, placed.within),
    )


def _written(explaining: Explaining, term: Term | None) -> Any:
    return None if term is None else write(explaining.values[term.slot], term.type)


def surplus_of(explaining: Explaining, card: str) -> tuple[Given, ...]:
    """Return the figures of a surplus card in force. Raises `KeyError` for a card that is not asked that day."""
    assessed = explaining.book.assessed[card]
    return tuple(given(explaining, assessed.card.law_of, each) for each in assessed.figures)


def given(explaining: Explaining, law_of: Any, placed: PlacedFigure) -> Given:
    """Return a figure as it comes out for the dossier."""
    said, term = placed.figure, placed.term
    value = explaining.values[term.slot]
    return Given(
        said.key,
        value,
        term.type,
        write(value, term.type),
        said.says,
        law_of(said.law),
        explaining.reads(term.slot),
        explaining.cause(term.slot),
    )
