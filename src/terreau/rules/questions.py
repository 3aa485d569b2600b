"""The next question: the one that settles most for what it costs to answer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from terreau.rules.cells import cells
from terreau.rules.graph import Values
from terreau.rules.missing import Openness
from terreau.rules.rulebook import Assessed, Rulebook
from terreau.rules.types import Pair, Unit
from terreau.rules.vocabulary import Fact

MOST_TOGETHER = 32


@dataclass(frozen=True)
class Question:
    """What to ask next: one fact, or a few of one screen. `settles` is the expected number of answers it settles."""

    facts: tuple[str, ...]
    screen: str
    settles: Fraction
    touches: int


@dataclass(frozen=True)
class _Open:
    """An answer that is open, and the facts that could settle it."""

    assessed: Assessed
    facts: frozenset[str]


def next_question(book: Rulebook, values: Values, skipped: Collection[str] = ()) -> Question | None:
    """Return the next question, or None when no fact can settle anything more; skipped facts come last."""
    openness = Openness(book.graph, values)
    open_cards = [
        _Open(each, frozenset(openness.why(each.status).facts))
        for each in book.verdicts
        if values[each.status] == (False, True)
    ]
    best, best_rank = None, None
    for late, most, facts in _hopes(
        book, _candidates(book, values, open_cards), open_cards, skipped
    ):
        if best_rank is not None and (late, -most) > best_rank[:2]:
            break  # no later one can settle as much
        settled, conditions = _expected(book, values, facts, open_cards)
        effort = _effort(book, facts)
        rank = (late, -settled / effort, -conditions / effort, effort, book.asked[facts[0]])
        if best_rank is None or rank < best_rank:
            touches = sum(not each.facts.isdisjoint(facts) for each in open_cards)
            screen = book.pack.vocabulary.facts[facts[0]].screen
            best, best_rank = Question(facts, screen, settled, touches), rank
    return best


def _hopes(
    book: Rulebook,
    candidates: list[tuple[str, ...]],
    open_cards: list[_Open],
    skipped: Collection[str],
) -> list[tuple[bool, Fraction, tuple[str, ...]]]:
    """Return each candidate with the most it could settle for its effort, skipped ones last, the best hopes first."""
    hopes = []
    for facts in candidates:
        touched = sum(not each.facts.isdisjoint(facts) for each in open_cards)
        late = any(name in skipped for name in facts)
        hopes.append((late, Fraction(touched) / _effort(book, facts), facts))
    return sorted(hopes, key=lambda hope: (hope[0], -hope[1]))


def _effort(book: Rulebook, facts: Sequence[str]) -> int:
    return sum(book.pack.vocabulary.facts[name].effort for name in facts)


def _candidates(book: Rulebook, values: Values, open_cards: list[_Open]) -> list[tuple[str, ...]]:
    """Return each missing fact alone, and the missing facts of a screen together where they are few."""
    missing = {name for each in open_cards for name in each.facts}
    asked = [name for name in book.pack.vocabulary.facts if name in missing]
    screens: dict[str, list[str]] = {}
    for name in asked:
        screens.setdefault(book.pack.vocabulary.facts[name].screen, []).append(name)
    together = [
        tuple(names)
        for names in screens.values()
        if len(names) > 1 and _combinations(book, values, names) <= MOST_TOGETHER
    ]
    return [(name,) for name in asked] + together


def _combinations(book: Rulebook, values: Values, names: list[str]) -> int:
    count = 1
    for name in names:
        count *= len(cells(book, values, name))
        if count > MOST_TOGETHER:
            break
    return count


def _expected(
    book: Rulebook, values: Values, facts: Sequence[str], open_cards: list[_Open]
) -> tuple[Fraction, Fraction]:
    """Return how many open answers, and how many open conditions, an answer is expected to settle."""
    touched = [each.assessed for each in open_cards if not each.facts.isdisjoint(facts)]
    conditions = _open_conditions(book, values, facts, touched)
    settled = narrowed = whole = 0
    for combination in product(*(_weighted(book, values, name) for name in facts)):
        weight = 1
        changes: dict[str, Pair] = {}
        for name, (cell, share) in zip(facts, combination, strict=True):
            changes[name] = cell
            weight *= share
        after = book.graph.changed(values, changes, book.statuses)
        whole += weight
        settled += weight * sum(after[each.status] != (False, True) for each in touched)
        narrowed += weight * sum(after[slot] != (False, True) for slot in conditions)
    return Fraction(settled, whole), Fraction(narrowed, whole)


def _open_conditions(
    book: Rulebook, values: Values, facts: Sequence[str], touched: list[Assessed]
) -> set[int]:
    return {
        placed.slot
        for each in touched
        for placed in each.conditions
        if placed.slot is not None
        and values[placed.slot] == (False, True)
        and not book.graph.nodes[placed.slot].facts.isdisjoint(facts)
    }


def _weighted(book: Rulebook, values: Values, name: str) -> list[tuple[Pair, int]]:
    fact = book.pack.vocabulary.facts[name]
    weighted = [(cell, _weight(fact, cell, fact.weights)) for cell in cells(book, values, name)]
    if any(weight for _cell, weight in weighted):
        return weighted
    return [(cell, 1) for cell, _weight in weighted]  # nothing is said of those that are left


def _weight(fact: Fact, cell: Pair, weights: Mapping[str, int]) -> int:
    if not weights:
        return 1
    if fact.type.unit is Unit.CHOICE:
        return weights.get(fact.type.named(cell[1])[0], 1)
    if fact.type.unit is Unit.TRUTH:
        return weights.get("yes" if cell[0] else "no", 1)
    return 1
