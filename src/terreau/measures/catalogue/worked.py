"""Worked cases as they come out of the engine, beside what their card expects."""

from dataclasses import dataclass
from datetime import date

from terreau.kernel.text import Text
from terreau.kernel.truth import Truth
from terreau.measures.core import Span, Standing
from terreau.measures.reading import STANDINGS, standing_of
from terreau.rules import Dossier, Edition, Findings, Verdict
from terreau.rules.cards import Card, Case
from terreau.rules.dossier import read_facts
from terreau.rules.rulebook import law_on
from terreau.rules.shape import Reading
from terreau.rules.types import Unit, figure, read_one
from terreau.rules.verdicts import CLOSED, ELIGIBLE, Explaining


@dataclass(frozen=True)
class Expected:
    """What a card expects of a case; `standing` is None where it expects no answer, `says_amount` tells of the amount."""

    standing: Standing | None
    says_amount: bool
    amount: Span | None


@dataclass(frozen=True)
class WorkedCase:
    """A case of a card: what the engine answers, what was expected, and whether all of it agrees."""

    name: Text
    on: date
    told: int
    standing: Standing
    amount: Span | None
    expected: Expected
    agrees: bool


def worked_cases(card: Card, edition: Edition) -> tuple[WorkedCase, ...]:
    """Return the cases of a measure, each answered by the law of its own day."""
    return tuple(_worked(card, case, edition) for case in card.cases)


def _worked(card: Card, case: Case, edition: Edition) -> WorkedCase:
    expected = _expected(card, case, edition.pack.region.currency)
    if law_on(card, case.on)[0] != "open":
        agrees = case.expect.get("status", CLOSED) == CLOSED
        number = len(case.given)
        return WorkedCase(case.name, case.on, number, Standing.ENDED, None, expected, agrees)
    reading = Reading(Findings(), edition.pack.languages)
    told = read_facts(case.given, case.place, edition.pack, reading)
    book = edition.on(case.on)
    verdict = Explaining(book, Dossier(told)).verdict(book.assessed[card.id])
    amount = _span(verdict)
    agrees = _as_expected(case, verdict) and (not expected.says_amount or expected.amount == amount)
    return WorkedCase(case.name, case.on, len(told), standing_of(verdict), amount, expected, agrees)


def _as_expected(case: Case, verdict: Verdict) -> bool:
    """Whether the status, what is missing and the conditions come out as expected."""
    expect = case.expect
    truths = {each.id: each.truth.value for each in (*verdict.conditions, *verdict.then)}
    own = f"{verdict.card.id}/"
    return (
        expect.get("status", verdict.status) == verdict.status
        and sorted(expect.get("missing", verdict.missing)) == sorted(verdict.missing)
        and all(
            (truths.get(name) or truths.get(own + name, Truth.NO.value)) == truth
            for name, truth in expect.get("conditions", {}).items()
        )
    )


def _expected(card: Card, case: Case, currency: str) -> Expected:
    status = case.expect.get("status")
    standing = STANDINGS[status] if status else None
    if status == ELIGIBLE and card.verified != "verified":
        standing = Standing.TO_CONFIRM
    written = case.expect.get("amount")
    return Expected(standing, written is not None, _amount(written or "none", currency))


def _amount(written: str, currency: str) -> Span | None:
    """Return an amount as a case writes it: 'none', one, 'LOW .. HIGH', or 'LOW ..' where nothing bounds it."""
    if written == "none":
        return None
    money = figure(Unit.MONEY, currency=currency)
    low, between, high = (part.strip() for part in written.partition(".."))
    if between and not high:
        return Span(read_one(low, money), None)
    return Span(read_one(low, money), read_one(high if between else low, money))


def _span(verdict: Verdict) -> Span | None:
    if verdict.amount is None:
        return None
    high = verdict.amount.high
    return Span(verdict.amount.low.cents, None if high is None else high.cents)
