"""From what the engine found to what a reader is shown: names become words, written values figures."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from terreau.kernel.truth import Truth
from terreau.measures.core import (
    LEGAL_FORM,
    Afterwards,
    Answer,
    Answers,
    Caution,
    Change,
    Competent,
    Figure,
    NearFit,
    Opening,
    Reason,
    Reference,
    Situation,
    Span,
    Standing,
    Step,
    Told,
    by_stage,
    is_support,
    ranked,
)
from terreau.rules import Assessment, ConditionAnswer, Dossier, Verdict
from terreau.rules.cards import Card
from terreau.rules.missing import UNTOLD
from terreau.rules.pack import Authority, Pack
from terreau.rules.types import Pair, Type, Unit, read_choices, read_value
from terreau.rules.unlocks import Unlock
from terreau.rules.verdicts import Step as ReckonedStep
from terreau.rules.vocabulary import Fact

STANDINGS = {
    "eligible": Standing.OPEN,
    "undetermined": Standing.WAITING,
    "ineligible": Standing.CLOSED,
    "closed": Standing.ENDED,
}
CENTS = 100
MOST_OPENINGS = 3


def lay_out(assessment: Assessment, dossier: Dossier) -> Answers:
    """Return an assessment laid out for a reader."""
    reader = Reader(assessment, dossier)
    answers = [reader.answer(verdict) for verdict in assessment.verdicts]
    return Answers(
        dossier,
        assessment.on,
        assessment.edition,
        tuple(
            reader.told(name) for name in assessment.pack.vocabulary.facts if name in dossier.told
        ),
        by_stage(
            (each for each in answers if is_support(each.card)),
            tuple(assessment.pack.region.stages.values()),
        ),
        ranked(each for each in answers if each.card.kind == LEGAL_FORM),
        ranked(each for each in answers if not each.card.asked),
        reader.situation({answer.card.id: answer for answer in answers}),
    )


def standing_of(verdict: Verdict) -> Standing:
    """Return what an answer means: open is never said alone of a card that is not verified."""
    return standing_of_status(verdict.status, verdict.card)


def standing_of_status(status: str, card: Card) -> Standing:
    """Return what a bare status of a card means."""
    standing = STANDINGS[status]
    if standing is Standing.OPEN and card.verified != "verified":
        return Standing.TO_CONFIRM
    return standing


def told_of(pack: Pack, dossier: Dossier) -> tuple[tuple[Fact, Told], ...]:
    """Return each fact that is told, in the order of the pack, with what is told of it."""
    facts = (fact for name, fact in pack.vocabulary.facts.items() if name in dossier.told)
    return tuple((each, told_fact(each, dossier.told[each.id])) for each in facts)


def told_fact(fact: Fact, value: Pair) -> Told:
    """Return a value of a fact as it is shown."""
    return Told(fact.label, fact.type, fact.values, value)


class Reader:
    """Knows the assessment and the dossier that all the answers are about."""

    def __init__(self, assessment: Assessment, dossier: Dossier) -> None:
        self.assessment = assessment
        self.dossier = dossier
        self.pack = assessment.pack
        self.facts = assessment.pack.vocabulary.facts

    def answer(self, verdict: Verdict) -> Answer:
        """Return one verdict as it is read."""
        return Answer(
            card=verdict.card,
            authority=self.pack.authorities[verdict.card.authority],
            standing=standing_of(verdict),
            verified=verdict.card.verified,
            amount=_span(verdict),
            steps=tuple(_step(step) for step in verdict.steps),
            conditions=tuple(self._reason(each) for each in verdict.conditions),
            discretions=self._then(verdict, "discretion"),
            duties=self._then(verdict, "duty"),
            missing=tuple(self.facts[name] for name in verdict.missing),
            openings=tuple(self._openings(verdict.card.id)),
            cautions=tuple(Caution(each.says, _law(each.law)) for each in verdict.cautions),
        )

    def situation(self, answers: Mapping[str, Answer]) -> Situation:
        """Return where the project stands towards the accreditations, and who is competent for it."""
        found = self.assessment.position
        return Situation(
            kind=found.kind,
            inside=tuple(answers[card.id] for card in found.inside),
            possible=tuple(answers[card.id] for card in found.possible),
            near=tuple(
                NearFit(each.card, self._authority(each.card.authority), each.aspects)
                for each in found.near
            ),
            protected=tuple(card for card in found.protected if card not in found.inside),
            windows=tuple(answers[card.id] for card in found.windows),
            competent=tuple(
                Competent(each.says, each.truth, each.leads is Truth.YES, _law(each.law))
                for each in sorted(
                    self.assessment.competences, key=lambda each: each.truth is not Truth.YES
                )
                # What our own reading would refuse is unknown too, and told to nobody.
                if each.truth is Truth.YES or each.cause == UNTOLD
            ),
        )

    def told(self, name: str, value: Pair | None = None) -> Told:
        """Return what is told of a fact, or what it would be."""
        fact = self.facts[name]
        told = self.dossier.told.get(name, fact.type.unknown) if value is None else value
        return told_fact(fact, told)

    def _reason(self, condition: ConditionAnswer) -> Reason:
        told = tuple(self._read(name, value) for name, value in condition.reads.items())
        return Reason(
            condition.says,
            condition.truth,
            _law(condition.law),
            told,
            condition.cause,
            condition.read,
        )

    def _read(self, name: str, written: Any) -> Told:
        if name in self.facts:
            return self.told(name)
        card, term = self.assessment.book.derived[name]
        value = term.type.unknown if written is None else _value(written, term.type)
        label, values = (
            (card.derived.label, card.derived.values) if card.derived else (card.name, {})
        )
        return Told(label, term.type, values, value)

    def _then(self, verdict: Verdict, kind: str) -> tuple[Afterwards, ...]:
        return tuple(
            Afterwards(
                each.says,
                self._authority(each.by or verdict.card.authority),
                _law(each.law),
                each.kind == "discretion" or each.truth.settled,
            )
            for each in verdict.then
            if each.kind == kind
        )

    def _authority(self, name: str) -> Authority:
        return self.pack.authorities[name]

    def _openings(self, card: str) -> Iterator[Opening]:
        """Yield the first ways to remove the refusal of a card, open doors before doors ajar."""
        helping = [
            unlock
            for unlock in self.assessment.unlocks
            if card in unlock.opens or card in unlock.may_open
        ]
        helping.sort(key=lambda unlock: (card not in unlock.opens, unlock.hardness))
        for unlock in helping[:MOST_OPENINGS]:
            yield self._opening(unlock, card in unlock.opens)

    def _opening(self, unlock: Unlock, fully: bool) -> Opening:
        changes = tuple(
            Change(
                tuple(self.told(name, each) for each in (value, *also)),
                self.told(name) if name in self.dossier.told else None,
            )
            for (name, value), also in zip(unlock.changes, unlock.also, strict=True)
        )
        return Opening(changes, fully, tuple(self.pack.cards[name].name for name in unlock.closes))


def _law(law: Mapping[str, Mapping[str, Any]]) -> tuple[Reference, ...]:
    return tuple(Reference(each["title"], each["article"], each["url"]) for each in law.values())


def _step(step: ReckonedStep) -> Step:
    low, between, high = str(step.value).partition("..")
    unit = Unit(step.unit)
    top = _figure(high, unit) if high.strip() else None
    return Step(
        step.id, step.says, Figure(unit, _figure(low, unit), top if between else _figure(low, unit))
    )


def _figure(written: str, unit: Unit) -> Fraction:
    """Return a figure of a reckoning as an exact number: cents for money, a fraction for a rate."""
    number = Fraction(written.split(maxsplit=1)[0])
    if unit is Unit.MONEY:
        return number * CENTS
    return number / 100 if unit is Unit.RATE else number


def _value(written: Any, kind: Type) -> Pair:
    """Return a value of a derived name from its written form."""
    if isinstance(written, str):
        return read_value(written, kind)
    if isinstance(written, Mapping):
        return read_choices(written["must"], kind)[0], read_choices(written["may"], kind)[1]
    possible = read_choices(written, kind)
    return possible if kind.unit is Unit.CHOICES else (0, possible[1])


def _span(verdict: Verdict) -> Span | None:
    amount = verdict.amount
    if amount is None:
        return None
    return Span(amount.low.cents, None if amount.high is None else amount.high.cents)
