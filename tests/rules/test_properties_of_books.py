"""What the rules promise of a whole rulebook: what to ask next, what would open, and reasons that can be checked."""

from fractions import Fraction
from itertools import combinations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from terreau.kernel.truth import Truth
from terreau.rules.dossier import Dossier
from terreau.rules.missing import why_open
from terreau.rules.questions import next_question
from terreau.rules.unlocks import unlocks
from terreau.rules.verdicts import ELIGIBLE, INELIGIBLE, Explaining, status_of
from tests.rules import plainly
from tests.rules.books import (
    BETWEEN,
    FACTS,
    PLAIN,
    RECKONED,
    book_of,
    book_with,
    card,
    measures,
    tellings,
    told_pairs,
    ways_out,
)
from tests.rules.world import DAY

NAMES = ["t1", "t2", "k1", "c1", "c2", "fixed"]
NAMED = ["(level == 'low')", "(points > {heads})"]
ASKED = ["t1", "t2", "k1", "c1", "fixed"]


def tries(count):
    return settings(max_examples=count, deadline=None)


def smallest(sets):
    return {one for one in sets if not any(other < one for other in sets)}


def unlocked(book, values, *, settled=False):
    """Return the smallest sets of facts that the engine says would open each card; with `settled`, to known values."""
    found = {each.card.id: set() for each in book.verdicts if status_of(values, each) == INELIGIBLE}
    for unlock in unlocks(book, values):
        if settled and any(low != high for _fact, (low, high) in unlock.changes):
            continue
        for name in (*unlock.opens, *unlock.may_open):
            found[name].add(frozenset(fact for fact, _value in unlock.changes))
    return {name: smallest(sets) for name, sets in found.items()}


def tried(book, told):
    return {name: set(ways.found) for name, ways in ways_out(book, told).items()}


# what would open a door


@tries(120)
@given(measures(PLAIN), tellings(ASKED))
def test_what_would_open_is_all_that_trying_everything_finds(whens, told):
    book, told = book_with(whens), told_pairs(told)

    assert unlocked(book, book.graph.run(told)) == tried(book, told)


@tries(60)
@given(measures(PLAIN), tellings(["t1", "k1", "c1", "c2"]))
def test_what_would_open_is_found_over_two_counts(whens, told):
    book, told = book_with(whens), told_pairs(told)

    assert unlocked(book, book.graph.run(told)) == tried(book, told)


@tries(120)
@given(measures(PLAIN + RECKONED + BETWEEN), tellings(["t1", "k1", "c1", "c2"]))
def test_each_set_of_changes_does_what_it_says_and_none_of_it_is_idle(whens, told):
    book = book_with(whens)
    values = book.graph.run(told_pairs(told))

    for unlock in unlocks(book, values):
        after = statuses_after(book, told, unlock.changes)
        before = statuses_after(book, told, ())
        for name in book.assessed:
            was, becomes = before[name], after[name]
            assert (name in unlock.opens) == (was == INELIGIBLE and becomes == ELIGIBLE)
            assert (name in unlock.may_open) == (was == INELIGIBLE and becomes == "undetermined")
            assert (name in unlock.closes) == (was != INELIGIBLE and becomes == INELIGIBLE)
        fewer = [statuses_after(book, told, less) for less in without_one(unlock.changes)]
        opened = (*unlock.opens, *unlock.may_open)
        assert any(all(each[name] == INELIGIBLE for each in fewer) for name in opened)
        assert all(told.get(name) is not None for name, _value in unlock.changes)


def without_one(changes):
    return combinations(changes, len(changes) - 1)


def statuses_after(book, told, changes):
    values = book.graph.run({**told_pairs(told), **dict(changes)})
    return {name: status_of(values, each) for name, each in book.assessed.items()}


@tries(60)
@given(measures(PLAIN), tellings(ASKED))
def test_values_said_to_do_the_same_do_the_same(whens, told):
    book = book_with(whens)
    values = book.graph.run(told_pairs(told))

    for unlock in unlocks(book, values):
        said = statuses_after(book, told, unlock.changes)
        for (name, _value), others in zip(unlock.changes, unlock.also, strict=True):
            for other in others:
                changes = {**dict(unlock.changes), name: other}
                assert statuses_after(book, told, changes.items()) == said


@tries(120)
@given(measures(RECKONED, most=2, once=True), tellings(["t1", "c1", "c2"]))
def test_a_count_that_is_reckoned_with_is_changed_as_far_as_it_takes(whens, told):
    book, told = book_with(whens), told_pairs(told)

    assert unlocked(book, book.graph.run(told)) == tried(book, told)


@tries(120)
@given(measures([*BETWEEN, "({count} >= {heads})"], most=1), tellings(["c1", "c2"]))
def test_counts_compared_with_one_another_are_changed_as_far_as_it_takes(whens, told):
    book, told = book_with(whens), told_pairs(told)
    values = book.graph.run(told)
    sure = unlocked(book, values, settled=True)

    for name, ways in tried(book, told).items():
        assert all(any(some <= way for some in unlocked(book, values)[name]) for way in ways)
        assert all(any(way <= some for way in ways) for some in sure[name])


@tries(80)
@given(measures(PLAIN, most=1), tellings(["t1", "c1"]))
def test_a_count_is_changed_by_no_more_than_it_takes(whens, told):
    book, told = book_with(whens), told_pairs(told)
    found = said_of("c1", book, told)

    for ways in ways_out(book, told, most=1).values():
        steps = steps_of("c1", told, ways)
        for side in ({each for each in steps if each < 0}, {each for each in steps if each > 0}):
            assert not side or min(side, key=abs) in found


@tries(100)
@given(measures(RECKONED, most=1, once=True), tellings(["t1", "c1", "c2"]))
def test_a_count_that_is_reckoned_with_is_changed_by_no_more_than_it_takes(whens, told):
    book, told = book_with(whens), told_pairs(told)

    for name in ("c1", "c2"):
        found = said_of(name, book, told)
        for ways in ways_out(book, told, most=1).values():
            steps = steps_of(name, told, ways)
            assert not steps or min(map(abs, steps)) == min(map(abs, found))


def said_of(name, book, told):
    """Return by how much the engine says that a count is to be changed, nothing else being changed."""
    alone = [
        dict(unlock.changes)[name][0] - told[name][0]
        for unlock in unlocks(book, book.graph.run(told))
        if [fact for fact, _value in unlock.changes] == [name]
    ]
    return set(alone)


def steps_of(name, told, ways):
    """Return by how much a count can be changed to remove a refusal, nothing else being changed."""
    return {changes[name][0] - told[name][0] for changes in ways.found.get(frozenset({name}), [])}


def test_a_count_below_another_can_be_raised_together_with_it():
    book = book_with([["c1 > 0", "c1 > c2", "c2 >= 4"]])
    told = told_pairs({"c1": "0", "c2": "0"})

    assert unlocked(book, book.graph.run(told)) == {"m-0": {frozenset({"c1", "c2"})}}


def test_two_values_of_one_set_can_be_changed_together():
    book = book_of(card("m-0", ["'red' in s1 and 'blue' in s1"]))
    told = told_pairs({"s1": ["green"]})

    assert unlocked(book, book.graph.run(told)) == {"m-0": {frozenset({"s1"})}}


# what to ask next


@tries(80)
@given(measures(PLAIN + RECKONED + BETWEEN), tellings(NAMES), st.data())
def test_asking_goes_on_until_no_fact_can_settle_anything_more(whens, told, data):
    book = book_with(whens)
    told = told_pairs(told)
    open_facts = set(NAMES) - told.keys()

    while question := next_question(book, book.graph.run(told)):
        assert set(question.facts) <= missing(book, told) & open_facts
        assert question.touches > 0
        open_facts -= set(question.facts)
        answers = data.draw(tellings(list(question.facts), untold=False))
        told |= told_pairs(answers)

    assert missing(book, told) == set()


def missing(book, told):
    values = book.graph.run(told)
    return {
        name for each in book.verdicts for name in why_open(book.graph, values, each.status).facts
    }


@tries(50)
@given(measures(PLAIN), tellings(NAMES))
def test_a_skipped_fact_is_asked_after_all_others(whens, told):
    book = book_with(whens)
    values = book.graph.run(told_pairs(told))
    left = sorted(missing(book, told_pairs(told)))

    for last in left:
        question = next_question(book, values, skipped=[name for name in left if name != last])
        assert question.facts == (last,)


@tries(80)
@given(measures(PLAIN, most=1), tellings(["t1", "c1", "fixed"]))
def test_a_question_settles_what_it_says_on_average(whens, told):
    book = book_with(whens)
    told = told_pairs(told)
    question = next_question(book, book.graph.run(told))

    if question and question.facts == ("fixed",):
        after = [book.graph.run({**told, "fixed": each}) for each in ((True, True), (False, False))]
        settled = [
            sum(status_of(values, each) != "undetermined" for each in book.verdicts)
            for values in after
        ]
        assert question.settles == Fraction(sum(settled), 2)


# reasons that can be checked


@tries(80)
@given(measures(PLAIN + RECKONED + BETWEEN + NAMED), tellings(NAMES))
def test_a_status_follows_from_the_truths_of_its_conditions(whens, told):
    book = book_with(whens)

    for verdict in Explaining(book, Dossier(told_pairs(told))).verdicts():
        assert verdict.status == follows([each.truth for each in verdict.conditions])


def follows(truths):
    if all(each is Truth.YES for each in truths):
        return ELIGIBLE
    return INELIGIBLE if Truth.NO in truths else "undetermined"


@tries(80)
@given(measures(PLAIN + RECKONED + BETWEEN + NAMED), tellings(NAMES))
def test_a_condition_follows_from_what_it_says_it_read(whens, told):
    book = book_with(whens)

    for verdict, texts in zip(explained(book, told), whens, strict=True):
        for answer, text in zip(verdict.conditions, texts, strict=True):
            read = {name: tree for name, tree in answer.reads.items() if name in FACTS}
            alone = book_with([[text]])
            told_again = {name: tree for name, tree in read.items() if tree is not None}
            values = alone.graph.run(told_pairs(told_again))
            assert Truth.between(*values[alone.verdicts[0].status]) is answer.truth
            if len(told_again) == len(read):
                plain = {name: plainly.read(tree, FACTS[name][0]) for name, tree in read.items()}
                names = {"points": plain.get("c1", 0) + plain.get("c2", 0)}
                names["level"] = "low" if names["points"] <= 3 else "high"
                law = plainly.Situation({**plain, **names}, {}, DAY, {})
                assert plainly.value(text, law) == (answer.truth is Truth.YES)


def explained(book, told):
    return Explaining(book, Dossier(told_pairs(told))).verdicts()


PARAMETERS = {
    name: {"type": kind, "law": {"ord": ""}, "read": "text", "values": {"2020-01-01": value}}
    for name, kind, value in (
        ("share", "rate", "33.3333 %"),
        ("extra", "rate", "7.5 %"),
        ("less", "rate", "90 %"),
        ("top", "money", "100 eur"),
        ("bottom", "money", "20 eur"),
    )
}
ADDS = ["extra", "extra - less", "(extra if t1 else share)", "(extra if t1 else extra - less)"]
SHAPE = {"base": ["work"], "intensity": "share", "per": "year", "rounding": "cents half up"}
AMOUNTS = st.fixed_dictionaries(
    {
        **{key: st.just(value) for key, value in SHAPE.items()},
        "rounding": st.sampled_from(["cents half up", "cents down", "units down"]),
    },
    optional={
        "adds": st.lists(st.sampled_from(ADDS), min_size=1, max_size=2),
        "ceiling": st.just("top"),
        "floor": st.just("bottom"),
    },
)
COSTS = st.tuples(st.integers(0, 45000), st.integers(0, 45000)).map(sorted)


def reckoned(amount, cents, *, t1):
    """Return the amount in euros, by plain reckoning."""
    figures = {
        name: plainly.read(each["values"]["2020-01-01"], each["type"])
        for name, each in PARAMETERS.items()
    }
    law = plainly.Situation({"t1": t1}, figures, DAY, {})
    rate = sum(plainly.value(text, law) for text in ("share", *amount.get("adds", ())))
    found = Fraction(cents, 100) * rate
    if "ceiling" in amount:
        found = min(found, figures["top"])
    how = {"cents half up": "round_to", "cents down": "floor_to", "units down": "floor_to"}
    step = Fraction(1) if amount["rounding"] == "units down" else Fraction(1, 100)
    found = plainly.CALLS[how[amount["rounding"]]](found, step)
    return found if "floor" not in amount or found >= figures["bottom"] else Fraction(0)


@tries(150)
@given(AMOUNTS, COSTS, st.sampled_from([None, "yes", "no"]))
def test_an_amount_holds_whatever_the_costs_turn_out_to_be(amount, costs, t1):
    low, high = costs
    book = book_of(card("m-0", ["t2"], amount=amount, parameters=PARAMETERS))
    told = {"costs.work": f"{low / 100:.2f} eur .. {high / 100:.2f} eur", "t2": "yes"}
    [verdict] = explained(book, {**told, **({"t1": t1} if t1 else {})})
    interval = verdict.amount

    for cents in (low, (low + high) // 2, high):
        for truth in (True, False) if t1 is None else (t1 == "yes",):
            cent = reckoned(amount, cents, t1=truth) * 100
            assert interval.low.cents <= cent <= interval.high.cents


@tries(60)
@given(AMOUNTS, st.integers(0, 45000), st.booleans())
@example({**SHAPE, "floor": "bottom"}, 6000, True)
@example({**SHAPE, "floor": "bottom"}, 5998, True)
def test_a_settled_amount_is_what_plain_reckoning_gives(amount, cents, t1):
    book = book_of(card("m-0", ["t2"], amount=amount, parameters=PARAMETERS))
    told = {"costs.work": f"{cents / 100:.2f} eur", "t2": "yes", "t1": "yes" if t1 else "no"}
    [verdict] = explained(book, told)

    assert verdict.amount.settled
    assert verdict.amount.low.cents == reckoned(amount, cents, t1=t1) * 100
