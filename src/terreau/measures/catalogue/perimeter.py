"""Who can pass a measure: for each kind of applicant, what the engine answers when only that is told."""

from dataclasses import dataclass

from terreau.kernel.message import Message
from terreau.kernel.text import Text
from terreau.kernel.truth import Truth
from terreau.rules.cards import Card
from terreau.rules.pack import Pack
from terreau.rules.rulebook import Assessed
from terreau.rules.types import Pair, Unit
from terreau.rules.verdicts import INELIGIBLE, Explaining, status_of
from terreau.rules.vocabulary import Fact

Reasons = tuple[Text | Message, ...]


@dataclass(frozen=True)
class Closed:
    """Kinds of applicant to whom the same conditions close a measure."""

    values: tuple[Text, ...]
    reasons: Reasons


@dataclass(frozen=True)
class Perimeter:
    """The kinds of applicant that can pass, and those that cannot; `read` tells whether any condition asks."""

    fact: Fact
    read: bool
    passing: tuple[Text, ...]
    closed: tuple[Closed, ...]

    @property
    def number(self) -> int:
        """How many kinds there are."""
        return len(self.fact.values)


def perimeter_of(card: Card, explaining: Explaining, pack: Pack) -> Perimeter | None:
    """Return who can pass a card that is law, or None in a pack that tells no kinds of applicant apart.

    The kinds are those of the first choice about the applicant that the conditions read, or else of the first there is.
    """
    assessed = explaining.book.assessed[card.id]
    choices = [
        fact
        for fact in pack.vocabulary.facts.values()
        if fact.type.unit is Unit.CHOICE and fact.about == "applicant"
    ]
    read = [fact for fact in choices if fact.id in assessed.facts]
    fact = next(iter(read or choices), None)
    if fact is None:
        return None
    if not read:
        return Perimeter(fact, read=False, passing=tuple(fact.values.values()), closed=())
    return _sorted_out(fact, assessed, explaining)


def _sorted_out(fact: Fact, assessed: Assessed, explaining: Explaining) -> Perimeter:
    passing: list[Text] = []
    closed: dict[tuple[str, ...], tuple[list[Text], Reasons]] = {}
    for value, words in fact.values.items():
        told = explaining.also({fact.id: _told(fact, value)})
        if status_of(told.values, assessed) != INELIGIBLE:
            passing.append(words)
            continue
        refusing = [
            answer
            for answer in map(told.answer, assessed.conditions)
            if answer.kind == "test" and answer.truth is Truth.NO
        ]
        reasons = tuple(answer.says for answer in refusing)
        closed.setdefault(tuple(each.id for each in refusing), ([], reasons))[0].append(words)
    groups = tuple(Closed(tuple(values), reasons) for values, reasons in closed.values())
    return Perimeter(fact, read=True, passing=tuple(passing), closed=groups)


def _told(fact: Fact, value: str) -> Pair:
    bit = fact.type.bit(value)
    return (bit, bit)
