"""What `terreau cards check` looks at: everything about a pack that a reader of its cards could get wrong."""

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from terreau.kernel.message import noop as _
from terreau.rules.binding import build_rulebook
from terreau.rules.canonical import passed_over
from terreau.rules.cards import Card, Parameter
from terreau.rules.cases import COMPARED, run_cases
from terreau.rules.dossier import read_facts
from terreau.rules.expressions import dotted, parse
from terreau.rules.finding import Findings, Place
from terreau.rules.names import check_expected, check_names, figures_of, unknown
from terreau.rules.pack import Pack, inspect_pack
from terreau.rules.rulebook import Rulebook, law_on
from terreau.rules.shape import Reading
from terreau.rules.types import FIGURES

LARGEST_WORD = 2**63 - 1


def check_pack(folder: Path, on: date) -> tuple[Pack | None, Findings]:
    """Return the pack of a folder and all that is wrong or worth knowing in it, on the law of a day and of each change."""
    findings = Findings()
    pack = inspect_pack(folder, findings)
    if pack is None or findings.errors:
        return pack, findings
    reading = Reading(findings, pack.languages)
    check_names(pack, reading)
    for day in days_of_change(pack, on):
        findings.found += build_rulebook(pack, day).findings.found
    findings.found = list({finding.words(): finding for finding in findings.found}.values())
    if findings.errors:
        return pack, findings
    _check_beginnings(pack, reading)
    book = build_rulebook(pack, on)
    for card in pack.cards.values():
        _check_parameters(card, reading)
        _check_cases(book, card, reading)
    _check_conditions(book, reading)
    _check_nodes(book, reading)
    _check_successions(pack, reading)
    _check_files(folder, reading)
    _check_likeness(pack, reading)
    return pack, findings


def days_of_change(pack: Pack, on: date) -> list[date]:
    """Return the days on which the meaning of some card changes, and the day asked."""
    days = {on}
    for card in pack.cards.values():
        days |= {end for end in (card.in_force.period.first, card.in_force.period.last) if end}
        days |= {start for each in card.parameters.values() for start, _value in each.values}
    return sorted(days)


def _expressions(card: Card) -> Iterator[str]:
    yield from (condition.when for condition in card.conditions if condition.when)
    if card.derived:
        yield card.derived.value
    if card.amount:
        amount = card.amount
        texts = (amount.intensity, amount.floor, amount.ceiling, amount.value, *amount.adds)
        yield from (text for text in texts if text)
    yield from (each.value for each in figures_of(card))
    for answer in card.answers:
        texts = (answer.when, answer.leads, answer.due, answer.within)
        yield from (text for text in texts if text)


def _names(text: str) -> set[str]:
    return {name for each in ast.walk(parse(text)) if (name := dotted(each))}


def _check_beginnings(pack: Pack, reading: Reading) -> None:
    """Keep an error for each fact of the ways to begin that the vocabulary cannot read."""
    found = pack.region.beginnings
    if found is not None:
        for tree in (found.when, *(way.given for way in found.ways)):
            read_facts(tree, Place(), pack, reading)


def _check_parameters(card: Card, reading: Reading) -> None:
    used = {name for text in _expressions(card) for name in _names(text)}
    for parameter in card.parameters.values():
        if parameter.name not in used:
            reading.error(
                parameter.place,
                _("The parameter '{name}' is never used."),
                _("Use it in a condition or in the amount, or remove it."),
                name=parameter.name,
            )
        for law in parameter.law:
            if law not in card.law:
                unknown(card, "parameters", law, reading)
        _check_days(card, parameter, reading)


def _check_days(card: Card, parameter: Parameter, reading: Reading) -> None:
    first, last = card.in_force.period.first, card.in_force.period.last
    starts = [start for start, _value in parameter.values]
    if not starts:
        reading.error(
            parameter.place,
            _("The parameter '{name}' has no date."),
            _("Write its value under a date."),
            name=parameter.name,
        )
    elif first and starts[0] > first:
        reading.note(
            parameter.place,
            _("'{name}' has no value from {first} to {start}: it is unknown there."),
            _("Write 'missing' under the first day if that is meant."),
            name=parameter.name,
            first=first.isoformat(),
            start=starts[0].isoformat(),
        )
    if last and starts and starts[-1] > last:
        reading.error(
            parameter.place,
            _("'{name}' has a value after the last day of the card, {last}."),
            _("Remove it, or move the last day."),
            name=parameter.name,
            last=last.isoformat(),
        )


def _check_cases(book: Rulebook, card: Card, reading: Reading) -> None:
    on = book.on
    check_expected(book.pack, card, reading)
    came_out = set(run_cases(book.pack, card, reading))
    if not card.cases and card.kind != "counter":
        _no_case(card, "closed" if law_on(card, on)[0] == "closed" else "yes", reading)
    if law_on(card, on)[0] != "open" or card.kind in COMPARED or card.kind == "counter":
        return
    asked = {"settled"} if card.derived else {"ineligible", "undetermined"}
    if card.derived and card.derived.type == "truth":
        asked = {"yes", "no", "unknown"}
    if not card.derived and _can_be(book, card):
        asked = asked | {"eligible"}
    for status in sorted(asked - came_out):
        _no_case(card, status, reading)


def _no_case(card: Card, status: str, reading: Reading) -> None:
    reading.error(
        card.places.get("cases", card.place),
        _("No case of this card comes out '{status}'."),
        _("Add a worked case."),
        status=status,
    )


def _can_be(book: Rulebook, card: Card) -> bool:
    """Whether facts alone could make every test of the card a yes on the day of the rulebook."""
    graph = book.graph
    assessed = book.assessed[card.id]
    return not any(
        graph.causes.get(slot) and graph.nodes[slot].type.unit.value == "truth"
        for slot in _below(book, assessed.status)
    )


def _below(book: Rulebook, root: int) -> set[int]:
    seen: set[int] = set()
    stack = [root]
    while stack:
        slot = stack.pop()
        if slot not in seen:
            seen.add(slot)
            stack += book.graph.nodes[slot].operands
    return seen


def _check_conditions(book: Rulebook, reading: Reading) -> None:
    for assessed in book.assessed.values():
        for placed in assessed.conditions:
            condition = placed.condition
            if placed.card is not assessed.card or condition is None or placed.slot is None:
                continue
            low, high = book.graph.untold[placed.slot]
            if low == high and condition.kind == "test":
                reading.note(
                    condition.place,
                    _("The condition '{id}' is always '{truth}', whatever is told."),
                    _("Check its expression and the domains of its facts."),
                    id=condition.id,
                    truth="yes" if low else "no",
                )
            _check_twice(book, placed.slot, condition.id, condition.place, reading)


def _check_twice(book: Rulebook, root: int, name: str, place: Place, reading: Reading) -> None:
    """Note a condition that reads one fact on two ways: its interval need not be the tightest."""
    readers: dict[str, int] = {}
    for slot in _below(book, root):
        for operand in book.graph.nodes[slot].operands:
            node = book.graph.nodes[operand]
            if node.operator == "fact":
                readers[node.extra] = readers.get(node.extra, 0) + 1
    twice = sorted(fact for fact, count in readers.items() if count > 1)
    if twice:
        reading.note(
            place,
            _(
                "'{name}' reads {facts} more than once: its answer may stay unknown a little longer."
            ),
            _("Nothing to do if that is meant."),
            name=name,
            facts=", ".join(twice),
        )


def _check_nodes(book: Rulebook, reading: Reading) -> None:
    slow = [
        slot
        for slot, node in enumerate(book.graph.nodes)
        if node.type.unit in FIGURES
        and node.operator not in ("fact", "given")
        and max(map(abs, book.graph.untold[slot])) > LARGEST_WORD
    ]
    if slow:
        reading.note(
            Place(),
            _("{count} steps do not fit 64 bits: populations reckon them more slowly."),
            _("Narrow the domains of their facts if it matters."),
            count=len(slow),
        )


def _check_successions(pack: Pack, reading: Reading) -> None:
    for card in pack.cards.values():
        follower = pack.cards.get(card.in_force.after)
        last = card.in_force.period.last
        first = follower.in_force.period.first if follower else None
        if last and first and (first - last).days != 1:
            reading.note(
                card.places["in_force"],
                _("'{follower}' follows from {first}, this card ends on {last}."),
                _("Check that the days neither overlap nor leave a hole."),
                follower=card.in_force.after,
                first=first.isoformat(),
                last=last.isoformat(),
            )


def _check_files(folder: Path, reading: Reading) -> None:
    for path in passed_over(folder):
        reading.note(
            Place(path),
            _("Nobody reads this file as a card: '{path}'."),
            _("End its name in .yaml and put it in a folder of cards, or remove it."),
            path=path.relative_to(folder).as_posix(),
        )


def _check_likeness(pack: Pack, reading: Reading) -> None:
    seen: dict[tuple[object, ...], str] = {}
    for card in pack.cards.values():
        if not card.gives_verdict:
            continue
        like = (
            tuple(sorted(condition.when or condition.id for condition in card.conditions)),
            card.includes,
            str(card.amount and (card.amount.base, card.amount.intensity, card.amount.value)),
            card.in_force.period,
        )
        if like in seen:
            reading.note(
                card.place,
                _("This card has the conditions and the amount of '{other}'."),
                _("Keep one, or share them in a test card."),
                other=seen[like],
            )
        seen.setdefault(like, card.id)
