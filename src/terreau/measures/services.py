"""What the rules answer to a dossier, read once a process from the region pack."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation

from terreau.kernel.message import Message
from terreau.kernel.text import Text
from terreau.measures.core import (
    Afterwards,
    Answer,
    Answers,
    Caution,
    Change,
    Count,
    Opening,
    Reason,
    Reference,
    Span,
    Standing,
    Step,
    Told,
    by_stage,
    tally,
)
from terreau.rules import Assessment, Dossier, Edition, Verdict, assess, read_dossier, read_pack
from terreau.rules.types import Pair, Type
from terreau.rules.unlocks import Unlock
from terreau.rules.verdicts import ConditionAnswer
from terreau.rules.verdicts import Step as Reckoned

__all__ = ["Example", "NoSuchExample", "assess_example", "examples"]

STANDINGS = {
    "undetermined": Standing.WAITING,
    "ineligible": Standing.CLOSED,
    "closed": Standing.ENDED,
}


class NoSuchExample(Exception):
    """There is no example dossier of that name."""


@dataclass(frozen=True)
class Example:
    """An example dossier, and how many answers stand alike for it."""

    name: str
    dossier: Dossier
    tally: tuple[Count, ...]


def examples(on: date) -> list[Example]:
    """Return the example dossiers in the order of their names, on the law of a day."""
    names = [path.stem for path in sorted(Path(settings.EXAMPLES).glob("*.yaml"))]
    return [Example(name, _dossier(name), assess_example(name, on).tally) for name in names]


def assess_example(name: str, on: date) -> Answers:
    """Return what all measures answer to an example. Raises `NoSuchExample`."""
    dossier = _dossier(name)
    assessment = assess(_edition(), dossier, dossier.on or on)
    return _Laying(assessment, dossier).answers()


@lru_cache
def _edition() -> Edition:
    return Edition(read_pack(settings.REGION))


@lru_cache
def _dossier(name: str) -> Dossier:
    path = Path(settings.EXAMPLES) / f"{name}.yaml"
    if path.parent != Path(settings.EXAMPLES) or not path.is_file():
        raise NoSuchExample(name)
    return read_dossier(path, _edition().pack)


class _Laying:
    """Lays the answers of the engine out for a reader."""

    def __init__(self, assessment: Assessment, dossier: Dossier) -> None:
        self.assessment = assessment
        self.pack = assessment.pack
        self.book = assessment.book
        self.dossier = dossier
        self.values = assessment.book.graph.run(dossier.told)

    def answers(self) -> Answers:
        laid = [self.answer(verdict) for verdict in self.assessment.verdicts]
        return Answers(
            self.dossier,
            self.assessment.on,
            self.assessment.edition,
            tuple(self.told(name) for name in self.dossier.told),
            tally(answer.standing for answer in laid),
            by_stage(laid, tuple(self.pack.region.stages.values())),
        )

    def answer(self, verdict: Verdict) -> Answer:
        amount = verdict.amount
        return Answer(
            card=verdict.card,
            authority=self.pack.authorities[verdict.card.authority],
            standing=_standing(verdict),
            verified=verdict.card.verified,
            amount=Span(amount.low.cents, amount.high.cents if amount.high else None)
            if amount
            else None,
            steps=tuple(self.step(step) for step in verdict.steps if step.says),
            conditions=tuple(self.reason(each) for each in verdict.conditions),
            discretions=self.afterwards(verdict, "discretion"),
            duties=self.afterwards(verdict, "duty"),
            missing=tuple(self.pack.vocabulary.facts[name] for name in verdict.missing),
            openings=self.openings(verdict.card.id),
            cautions=tuple(
                Caution(self.text(each.says), _references(each.law)) for each in verdict.cautions
            ),
        )

    def text(self, says: Text | Message) -> Text:
        """Return words in the languages of the pack; a sentence of the program is translated."""
        if not isinstance(says, Message):
            return says
        words = {}
        for language in self.pack.languages:
            with translation.override(language):
                words[language] = says.words(translation.gettext)
        return words

    def told(self, name: str, value: Pair | None = None) -> Told:
        label, values, kind = self._named(name)
        if value is None:
            slot = self._slot(name)
            value = self.dossier.told.get(name, kind.unknown) if slot is None else self.values[slot]
        return Told(label, kind, values, value)

    def _named(self, name: str) -> tuple[Text, Mapping[str, Text], Type]:
        if name in self.book.derived:
            card, term = self.book.derived[name]
            derived = card.derived
            if derived is not None:
                return derived.label, derived.values, term.type
        fact = self.pack.vocabulary.facts[name]
        return fact.label, fact.values, fact.type

    def _slot(self, name: str) -> int | None:
        if name in self.book.derived:
            return self.book.derived[name][1].slot
        return self.book.graph.facts.get(name)

    def step(self, step: Reckoned) -> Step:
        language = (translation.get_language() or "").partition("-")[0]
        says = step.says or {}
        return Step(says.get(language) or next(iter(says.values()), ""), step.pair, step.type)

    def reason(self, answer: ConditionAnswer) -> Reason:
        told = tuple(self.told(name) for name in answer.reads)
        return Reason(
            self.text(answer.says), answer.truth, _references(answer.law), told, answer.cause
        )

    def afterwards(self, verdict: Verdict, kind: str) -> tuple[Afterwards, ...]:
        authorities = self.pack.authorities
        return tuple(
            Afterwards(
                self.text(each.says),
                authorities[each.by or verdict.card.authority],
                _references(each.law),
            )
            for each in verdict.then
            if each.kind == kind
        )

    def openings(self, measure: str) -> tuple[Opening, ...]:
        found = [
            Opening(self.changes(each), measure in each.opens)
            for each in self.assessment.unlocks
            if measure in (*each.opens, *each.may_open)
        ]
        return tuple(found[:3])

    def changes(self, unlock: Unlock) -> tuple[Change, ...]:
        return tuple(
            Change(self.told(name, value), self.told(name)) for name, value in unlock.changes
        )


def _standing(verdict: Verdict) -> Standing:
    if verdict.status == "eligible":
        return Standing.OPEN if verdict.card.verified == "verified" else Standing.TO_CONFIRM
    return STANDINGS[verdict.status]


def _references(law: Mapping[str, Mapping[str, Any]]) -> tuple[Reference, ...]:
    return tuple(Reference(each["title"], each["article"], each["url"]) for each in law.values())
