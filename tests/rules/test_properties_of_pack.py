"""What the rules promise of the real pack: reasons that can be checked, and days on which only what is dated moves."""

import ast
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

from terreau.kernel.truth import Truth
from terreau.rules import Edition, read_dossier, read_pack
from terreau.rules.assessment import Words, as_data, assess
from terreau.rules.dossier import Dossier, read_facts
from terreau.rules.expressions import dotted
from terreau.rules.finding import Findings, Place
from terreau.rules.shape import Reading
from terreau.rules.verdicts import CLOSED, ELIGIBLE, INELIGIBLE, Explaining
from tests.rules import plainly
from tests.rules.dossiers import chance_of

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 24)
ONE_DAY = timedelta(days=1)
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
STEPS = {
    "cents half up": Fraction(1, 100),
    "cents down": Fraction(1, 100),
    "units down": Fraction(1),
}


@pytest.fixture(scope="module")
def edition():
    return Edition(read_pack(ROOT / "regions" / "brussels"))


# reasons that can be checked


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_status_follows_from_the_truths_of_its_conditions(edition, path):
    explaining = Explaining(edition.on(DAY), read_dossier(path, edition.pack))

    for verdict in explaining.verdicts():
        truths = {each.truth for each in verdict.conditions}
        says = "undetermined" if Truth.UNKNOWN in truths else ELIGIBLE
        assert verdict.status == (INELIGIBLE if Truth.NO in truths else says)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_condition_follows_from_what_it_says_it_read(edition, path):
    book = edition.on(DAY)
    explaining = Explaining(book, read_dossier(path, edition.pack))

    for verdict in explaining.verdicts():
        placed = {each.id: each.slot for each in book.assessed[verdict.card.id].conditions}
        for answer in verdict.conditions:
            values = book.graph.run(told_again(answer.reads, edition.pack))
            assert Truth.between(*values[placed[answer.id]]) is answer.truth, answer.id


def told_again(reads, pack):
    """Return the facts that a condition read, taken back from how they are written."""
    reading = Reading(Findings(), pack.languages)
    facts = {
        name: tree
        for name, tree in reads.items()
        if name in pack.vocabulary.facts and tree is not None
    }
    found = read_facts(facts, Place(), pack, reading)
    reading.findings.raise_errors()
    return found


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_amount_follows_from_its_steps(edition, path):
    explaining = Explaining(edition.on(DAY), read_dossier(path, edition.pack))

    for verdict in explaining.verdicts():
        if verdict.amount is not None:
            low, high = reckoned(verdict.card.amount.rounding, steps_of(verdict))
            assert verdict.amount.low.cents == low * 100
            assert (verdict.amount.high and verdict.amount.high.cents) == (
                None if high is None else high * 100
            )


def steps_of(verdict):
    """Return the ends of each step but the last, by its name; None for a high end that nothing bounds."""
    found = {}
    for step in verdict.steps[:-1]:
        low, between, high = step.value.partition("..")
        ends = [
            plainly.read(end.strip(), step.unit) if end.strip() else None for end in (low, high)
        ]
        found.setdefault(step.id, []).append((ends[0], ends[1] if between else ends[0]))
    return found


def reckoned(rounding, steps):
    """Return both ends of an amount from the steps that it shows."""
    ends = []
    for end in (0, 1):
        pick = [[pair[end] for pair in steps.get(name, ())] for name in ("cost", "value")]
        rates = [pair[end] for name in ("intensity", "add") for pair in steps.get(name, ())]
        whole = None if None in (*pick[0], *pick[1]) else sum(pick[0]) + sum(pick[1])
        value = whole if whole is None or not rates else whole * sum(rates)
        for pair in steps.get("ceiling", ()):
            value = pair[end] if value is None else min(value, pair[end])
        ends.append(None if value is None else rounded(value, rounding))
    for least, most in steps.get("floor", ()):
        ends = [
            ends[0] if ends[0] >= most else 0,
            0 if ends[1] is not None and ends[1] < least else ends[1],
        ]
    return ends


def rounded(value, rounding):
    how = "round_to" if rounding == "cents half up" else "floor_to"
    return plainly.CALLS[how](value, STEPS[rounding])


# days


def days_of(card):
    """Return the days on which a card moves by itself: it begins, it has ended, a figure changes, a review is due."""
    force = card.in_force
    days = {start for each in card.parameters.values() for start, _value in each.values}
    days |= {
        date.fromisoformat(value)
        for each in card.parameters.values()
        for _start, value in each.values
        if each.type == "date" and value[:1].isdigit()
    }
    days |= {card.review_by + ONE_DAY}
    days |= {force.period.first} if force.period.first else {card.consulted}
    days |= {force.period.last + ONE_DAY} if force.period.last else {card.consulted + ONE_DAY}
    return days


def texts_of(card):
    found = [each.when for each in card.conditions if each.when]
    if card.derived:
        found.append(card.derived.value)
    if card.amount:
        shape = card.amount
        found += [
            each for each in (shape.intensity, shape.floor, shape.ceiling, shape.value) if each
        ]
        found += shape.adds
    return found


def names_of(card):
    """Return the names that a card reads, the keys of its tables among them."""
    names = {key for each in card.parameters.values() for key in each.by}
    for text in texts_of(card):
        names |= {dotted(each) for each in ast.walk(ast.parse(text.strip(), mode="eval"))}
    return names - {None}


def below(card, pack):
    """Return a card with the shared tests and the derived cards that it rests on."""
    found, left = {}, [card]
    while left:
        each = left.pop()
        if each.id not in found:
            found[each.id] = each
            names = names_of(each)
            left += [pack.cards[name] for name in each.includes]
            left += [
                other
                for other in pack.cards.values()
                if other.derived and other.derived.name in names
            ]
    return list(found.values())


def told_on(edition, dossier, day):
    """Return all that is said of each card on a day, but for the day itself."""
    return {
        each.card.id: (
            each.status,
            each.amount,
            [(step.id, step.value) for step in each.steps],
            [(one.id, one.truth, one.cause, dict(one.reads)) for one in each.conditions],
            [one.id for one in each.then],
            each.missing,
            [one.kind for one in each.cautions],
        )
        for each in Explaining(edition.on(day), dossier).verdicts(everything=True)
    }


def of_a_season(card):
    """Whether a card holds the day against a day of the same year: it then moves every year."""
    return any("year(on)" in text for text in texts_of(card))


def test_from_one_day_to_the_next_only_what_is_dated_moves(edition):
    pack = edition.pack
    dossiers = [read_dossier(path, pack) for path in EXAMPLES[1:3]]
    measures = [card for card in pack.cards.values() if card.gives_verdict]
    moving = {
        card.id: {day for each in below(card, pack) for day in days_of(each)} for card in measures
    }

    seasons = {card.id for card in measures if any(map(of_a_season, below(card, pack)))}

    for day, dossier in product(sorted(set().union(*moving.values())), dossiers):
        sides = [told_on(edition, dossier, each) for each in (day - ONE_DAY, day, day + ONE_DAY)]
        for before, after, first in (
            (sides[0], sides[1], day),
            (sides[1], sides[2], day + ONE_DAY),
        ):
            moved = {name for name in {*before, *after} if before.get(name) != after.get(name)}
            assert moved - seasons <= {name for name, days in moving.items() if first in days}, (
                first
            )


def test_a_card_is_asked_from_its_first_day_to_its_last(edition):
    dossier = read_dossier(EXAMPLES[1], edition.pack)

    for card in edition.pack.cards.values():
        first, last = card.in_force.period.first, card.in_force.period.last
        if card.gives_verdict and first:
            assert is_asked(edition, dossier, card, first)
            assert not is_asked(edition, dossier, card, first - ONE_DAY)
        if card.gives_verdict and last:
            assert is_asked(edition, dossier, card, last)
            follows = card.in_force.after == "expected"
            assert is_asked(edition, dossier, card, last + ONE_DAY) == follows


def is_asked(edition, dossier, card, day):
    return told_on(edition, dossier, day)[card.id][0] != CLOSED


# the same again


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_order_of_what_is_told_and_asking_twice_change_nothing(edition, path):
    dossier = read_dossier(path, edition.pack)
    names = sorted(dossier.told)
    chance_of(path.stem).shuffle(names)
    turned = Dossier({name: dossier.told[name] for name in names})
    words = Words(dict.fromkeys(edition.pack.languages, str))

    first, again, other = (
        as_data(assess(edition, each, DAY), words) for each in (dossier, dossier, turned)
    )

    assert first == again == other


def test_no_amount_is_less_than_nothing(edition):
    dossiers = [Dossier({}, on=DAY), *(read_dossier(path, edition.pack) for path in EXAMPLES)]

    below_nothing = {
        each.card.id
        for dossier in dossiers
        for each in Explaining(edition.on(DAY), dossier).verdicts(everything=True)
        if each.amount and each.amount.low.cents < 0
    }
    assert below_nothing == set()
