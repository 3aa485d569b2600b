"""Worked cases: each card carries its own tests, run on the law of their day."""

from collections.abc import Iterator
from typing import Any

from terreau.kernel.interval import Interval
from terreau.kernel.message import noop as _
from terreau.kernel.money import Money
from terreau.kernel.truth import Truth
from terreau.rules.answered import answers_of, surplus_of
from terreau.rules.binding import build_for
from terreau.rules.card_shape import ANSWER_KINDS
from terreau.rules.cards import Card, Case
from terreau.rules.dossier import Dossier, read_facts
from terreau.rules.finding import Findings
from terreau.rules.pack import Pack
from terreau.rules.rulebook import Rulebook, law_on
from terreau.rules.rulings import rule_lines
from terreau.rules.shape import Reading
from terreau.rules.types import (
    OutsideDomain,
    Pair,
    Type,
    Unit,
    Unreadable,
    read_choices,
    read_one,
    read_value,
    write_figure,
)
from terreau.rules.verdicts import CLOSED, Explaining, Verdict


def run_cases(pack: Pack, card: Card, reading: Reading) -> list[str]:
    """Run the cases of a card; keep an error for each that comes out otherwise; return the statuses that came out."""
    books = {day: build_for(pack, day, card) for day in {case.on for case in card.cases}}
    return [status for case in card.cases for status in _run(books[case.on], card, case, reading)]


def _run(book: Rulebook, card: Card, case: Case, reading: Reading) -> Iterator[str]:
    inner = Reading(Findings(), book.pack.languages)
    told = read_facts(case.given, case.place, book.pack, inner)
    reading.findings.found += inner.findings.found
    if inner.findings.errors:
        return
    book.findings.raise_errors()
    explaining = Explaining(book, Dossier(told))
    if card.derived:
        term = book.derived[card.derived.name][1]
        came_out = explaining.values[term.slot]
        yield _value_truth(came_out, term.type)
        _compare_value(case, came_out, term.type, reading)
        return
    if law_on(card, case.on)[0] != "open":
        yield CLOSED
        _compare(case, "status", CLOSED, reading)
        return
    if card.kind in COMPARED:
        yield from COMPARED[card.kind](explaining, card, case, reading)
        return
    verdict = explaining.verdict(book.assessed[card.id])
    yield verdict.status
    _compare_verdict(book, case, verdict, reading)


def _value_truth(value: Pair, kind: Type) -> str:
    if value[0] != value[1]:
        return "unknown"
    if kind.unit is Unit.TRUTH:
        return "yes" if value[0] else "no"
    return "settled"


def _compare(case: Case, key: str, came_out: object, reading: Reading) -> None:
    wanted = case.expect.get(key)
    if wanted is not None and wanted != came_out:
        _differs(case, key, wanted, came_out, reading)


def _differs(case: Case, key: str, wanted: object, came_out: object, reading: Reading) -> None:
    place = getattr(case.expect, "places", {}).get(key, case.place)
    reading.error(
        place,
        _("The case '{name}' expects {key} {wanted}; the card says {came_out}."),
        _("Mend the card or the case."),
        name=next(iter(case.name.values()), ""),
        key=key,
        wanted=wanted,
        came_out=came_out,
    )


def _compare_verdict(book: Rulebook, case: Case, verdict: Verdict, reading: Reading) -> None:
    _compare(case, "status", verdict.status, reading)
    if "missing" in case.expect and sorted(case.expect["missing"]) != sorted(verdict.missing):
        wanted, came_out = (
            ", ".join(names) or "none" for names in (case.expect["missing"], verdict.missing)
        )
        _differs(case, "missing", wanted, came_out, reading)
    truths = {each.id: each.truth.value for each in (*verdict.conditions, *verdict.then)}
    for name, truth in case.expect.get("conditions", {}).items():
        came_out = truths.get(name) or truths.get(f"{verdict.card.id}/{name}", Truth.NO.value)
        if came_out != truth:
            _differs(case, "conditions", f"{name}: {truth}", came_out, reading)
    if "amount" in case.expect:
        _compare_amount(book, case, verdict, reading)


def _compare_amount(book: Rulebook, case: Case, verdict: Verdict, reading: Reading) -> None:
    wanted, amount = case.expect["amount"], verdict.amount
    currency = book.pack.region.currency
    came_out = "none" if amount is None else _span(amount, currency)
    if _plain(wanted) != _plain(came_out):
        _differs(case, "amount", wanted, came_out, reading)


def _span(amount: Interval[Money], currency: str) -> str:
    low = f"{amount.low} {currency}"
    high = "" if amount.high is None else f"{amount.high} {currency}"
    return low if low == high else f"{low} .. {high}".strip()


def _plain(amount: str) -> str:
    """Return an amount without needless noughts and spaces, to compare what is meant."""
    return amount.replace(".00 ", " ").replace(" ", "")


def _compare_value(case: Case, came_out: Pair, kind: Type, reading: Reading) -> None:
    wanted = case.expect.get("value")
    if wanted is None:
        return
    try:
        pair = _expected_value(wanted, kind)
    except (Unreadable, OutsideDomain):
        pair = None
    if pair is None or tuple(pair) != tuple(came_out):
        _differs(case, "value", wanted, _shown(came_out, kind), reading)


def _expected_value(wanted: Any, kind: Type) -> Pair:
    if wanted == "unknown":
        return kind.unknown
    if isinstance(wanted, list):
        bits = read_choices(wanted, kind)[1]
        return (bits, bits) if kind.unit is Unit.CHOICES else (0, bits)
    if isinstance(wanted, str) and ".." in wanted and kind.unit is not Unit.CHOICE:
        low, _dots, high = wanted.partition("..")
        return (
            read_one(low.strip(), kind),
            read_one(high.strip(), kind) if high.strip() else kind.high,
        )
    return read_value(wanted, kind)


def _shown(value: Pair, kind: Type) -> str:
    low, high = value
    if kind.unit is Unit.TRUTH:
        return Truth.between(low, high).value
    if kind.unit in (Unit.CHOICE, Unit.CHOICES):
        return ", ".join(kind.named(high))
    if kind.unit is Unit.CODE:
        return low if low == high else "unknown"
    return write_figure(value, kind)


def _compare_answers(explaining: Explaining, card: Card, case: Case, reading: Reading) -> list[str]:
    found = answers_of(explaining, card.id)
    for each in found:
        _compare_one(case, "answers", each.key, each.truth.value, reading)
        _compare_one(case, "due", each.key, each.due, reading)
    return [each.truth.value for each in found]


def _compare_surplus(explaining: Explaining, card: Card, case: Case, reading: Reading) -> list[str]:
    found = surplus_of(explaining, card.id)
    for each in found:
        shown = "unknown" if each.written is None else each.written
        _compare_one(case, "figures", each.key, shown, reading)
    return ["unknown" if each.written is None else "settled" for each in found]


def _compare_one(case: Case, key: str, name: str, came_out: object, reading: Reading) -> None:
    wanted = case.expect.get(key, {}).get(name)
    if wanted is not None and wanted != came_out:
        _differs(case, key, f"{name}: {wanted}", came_out, reading)


def _compare_lines(explaining: Explaining, card: Card, case: Case, reading: Reading) -> list[str]:
    currency = explaining.book.pack.region.currency
    rulings = rule_lines(explaining, card.id)
    found = [f"{each.status} {_span(each.accepted, currency)}" for each in rulings]
    wanted = case.expect.get("lines")
    if wanted is not None and [_plain(line) for line in wanted] != [_plain(line) for line in found]:
        _differs(case, "lines", wanted, found, reading)
    return [each.status for each in rulings]


COMPARED = {
    **dict.fromkeys(ANSWER_KINDS, _compare_answers),
    "surplus": _compare_surplus,
    "cost": _compare_lines,
}
