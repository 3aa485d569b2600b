"""An assessment: a dossier, the law of a day, and every answer; and its documented form as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from terreau.kernel.interval import Interval
from terreau.kernel.message import Message
from terreau.kernel.money import Money
from terreau.kernel.text import Text
from terreau.rules.answered import Answered, answers_of
from terreau.rules.dossier import Dossier
from terreau.rules.edition import Edition
from terreau.rules.graph import Values
from terreau.rules.pack import Pack
from terreau.rules.position import Position, position
from terreau.rules.questions import Question, next_question
from terreau.rules.rulebook import Rulebook
from terreau.rules.types import write
from terreau.rules.unlocks import Unlock, unlocks
from terreau.rules.verdicts import Caution, ConditionAnswer, Explaining, Step, Verdict

SEMANTICS = 1
"""The number of the meaning of the language; a decision stores it, and it moves when an answer could."""


@dataclass(frozen=True)
class Assessment:
    """All the answers for one dossier on one day."""

    edition: str
    on: date
    dossier: Dossier
    pack: Pack
    book: Rulebook
    values: Values
    verdicts: tuple[Verdict, ...]
    position: Position
    competences: tuple[Answered, ...]

    @cached_property
    def next_question(self) -> Question | None:
        """What to ask next, sought only for who asks."""
        return next_question(self.book, self.values)

    @cached_property
    def unlocks(self) -> tuple[Unlock, ...]:
        """The least changes that would open a refused door, sought only for who asks."""
        return tuple(unlocks(self.book, self.values))


def assess(edition: Edition, dossier: Dossier, on: date, *, everything: bool = False) -> Assessment:
    """Return the answers for a dossier on the law of a day; with `everything`, closed measures too.

    Raises `Refused` when a card of the day says nothing the engine can mean.
    """
    book = edition.on(on)
    explaining = Explaining(book, dossier)
    return Assessment(
        edition.hash,
        on,
        dossier,
        edition.pack,
        book,
        explaining.values,
        tuple(explaining.verdicts(everything=everything)),
        position(book, explaining.values),
        tuple(
            answered
            for name, each in book.assessed.items()
            if each.card.kind == "competence"
            for answered in answers_of(explaining, name)
        ),
    )


class Words:
    """Turns messages of the program into every language of the pack."""

    def __init__(self, translations: Mapping[str, Any]) -> None:
        self.translations = translations

    def text(self, says: Text | Message | None) -> Text | None:
        """Return words in each language."""
        if isinstance(says, Message):
            return {
                language: says.words(translate) for language, translate in self.translations.items()
            }
        return says


def as_data(assessment: Assessment, words: Words) -> dict[str, Any]:
    """Return the assessment as plain data: the JSON that `docs/reference/answers.md` describes."""
    return {
        "edition": {"hash": assessment.edition, "on": assessment.on.isoformat()},
        "semantics": SEMANTICS,
        "facts": _facts(assessment),
        "verdicts": [_verdict(each, assessment.pack, words) for each in assessment.verdicts],
        "next_question": _question(assessment),
        "unlocks": [_unlock(each, assessment) for each in assessment.unlocks],
        "position": _position(assessment.position),
        "competences": [_competence(each) for each in assessment.competences],
    }


def _facts(assessment: Assessment) -> dict[str, Any]:
    """Return what was told, as it would be written in a dossier."""
    told = assessment.dossier.told
    facts = assessment.pack.vocabulary.facts
    written = {name: write(told[name], facts[name].type) for name in facts if name in told}
    return {name: value for name, value in written.items() if value is not None}


def _verdict(verdict: Verdict, pack: Pack, words: Words) -> dict[str, Any]:
    return {
        "measure": verdict.card.id,
        "kind": verdict.card.kind,
        "authority": verdict.card.authority,
        "status": verdict.status,
        "amount": _amount(verdict.amount, pack.region.currency),
        "steps": [_step(each) for each in verdict.steps],
        "conditions": [_condition(each, words) for each in verdict.conditions],
        "then": [_then(each, words) for each in verdict.then],
        "missing": list(verdict.missing),
        "cautions": [_caution(each, words) for each in verdict.cautions],
        "verified": verdict.card.verified,
    }


def _amount(amount: Interval[Money] | None, currency: str) -> dict[str, Any] | None:
    if amount is None:
        return None
    high = None if amount.high is None else str(amount.high)
    return {"low": str(amount.low), "high": high, "currency": currency.upper()}


def _step(step: Step) -> dict[str, Any]:
    return {"id": step.id, "says": step.says, "value": step.value, "unit": step.unit}


def _condition(answer: ConditionAnswer, words: Words) -> dict[str, Any]:
    return {
        "id": answer.id,
        "kind": answer.kind,
        "truth": answer.truth.value,
        "says": words.text(answer.says),
        "law": answer.law,
        "reads": answer.reads,
        "cause": answer.cause,
        "read": answer.read,
    }


def _then(answer: ConditionAnswer, words: Words) -> dict[str, Any]:
    return {
        "id": answer.id,
        "kind": answer.kind,
        "by": answer.by,
        "says": words.text(answer.says),
        "law": answer.law,
        "applies": answer.truth.value if answer.kind == "duty" else None,
    }


def _caution(caution: Caution, words: Words) -> dict[str, Any]:
    return {"kind": caution.kind, "says": words.text(caution.says), "law": caution.law}


def _question(assessment: Assessment) -> dict[str, Any] | None:
    question = assessment.next_question
    if question is None:
        return None
    facts = assessment.pack.vocabulary.facts
    return {
        "facts": list(question.facts),
        "screen": question.screen,
        "question": {name: facts[name].question for name in question.facts},
        "settles": f"{float(question.settles):.2f}",
        "touches": question.touches,
    }


def _unlock(unlock: Unlock, assessment: Assessment) -> dict[str, Any]:
    book = assessment.book
    changes = []
    for (name, value), also in zip(unlock.changes, unlock.also, strict=True):
        kind = book.type_of(name)
        changes.append(
            {
                "fact": name,
                "label": assessment.pack.vocabulary.facts[name].label,
                "to": write(value, kind),
                "or": [write(each, kind) for each in also],
            }
        )
    return {
        "changes": changes,
        "opens": list(unlock.opens),
        "may_open": list(unlock.may_open),
        "closes": list(unlock.closes),
    }


def _position(position: Position) -> dict[str, Any]:
    return {
        "kind": position.kind,
        "inside": [each.id for each in position.inside],
        "possible": [each.id for each in position.possible],
        "near": [
            {"measure": each.card.id, "aspects": list(each.aspects)} for each in position.near
        ],
        "protected": [each.id for each in position.protected],
        "windows": [each.id for each in position.windows],
    }


def _competence(answered: Answered) -> dict[str, Any]:
    return {
        "authority": answered.key,
        "truth": answered.truth.value,
        "leads": answered.leads.value if answered.leads else None,
        "says": answered.says,
        "law": answered.law,
        "reads": answered.reads,
        "cause": answered.cause,
    }
