"""What the rules promise of every expression and of every dossier, tried on random ones."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terreau.rules.expressions import Builder
from terreau.rules.graph import Graph
from terreau.rules.missing import why_open
from terreau.rules.operators import Operators
from tests.rules import plainly
from tests.rules.dossiers import (
    chance_of,
    completions,
    dossiers,
    names_in,
    narrower,
    situation,
    sure,
    written,
)
from tests.rules.generator import (
    GATHERED,
    GRAMMAR,
    KINDS,
    expressions,
    one_in_another,
    templates,
    with_leaves,
)
from tests.rules.world import OPEN_LAW, Scope, asked, built, contains, is_within, pairs

KIND = st.sampled_from(KINDS)
LAW_CAUSES = {"missing-law", "uncertain-law", "no-law-yet"}


def tries(count):
    return settings(max_examples=count, deadline=None)


@st.composite
def questions(draw, kind=KIND, *, open_law=False, settled=False):
    text = draw(expressions(draw(kind), open_law=open_law))
    return text, draw(dossiers(names_in(text), settled=settled))


# the generator itself


def test_the_grammar_writes_every_operator_of_the_language():
    named = {name for name in vars(Operators) if not name.startswith("_")}
    named -= {"least", "greatest", "choose", "hull", "never_no"}
    named |= {"lookup", "brackets", *("sum", "count", "any", "all", "earliest", "latest")}
    texts = [each for group in (GRAMMAR, GATHERED) for kind in group.values() for each in kind]

    graph, _terms = built(*[with_leaves(text, chance_of(text)) for text in texts], "(c1 == 0.5)")

    reached = {node.operator for node in graph.nodes}
    reached |= {
        node.extra.row.nodes[slot].operator for node in graph.nodes for slot in rows_of(node)
    }
    assert named <= reached


def rows_of(node):
    row = getattr(node.extra, "row", None)
    return range(len(row.nodes)) if row else ()


@pytest.mark.parametrize("kind", KINDS)
@tries(25)
@given(st.data())
def test_every_expression_it_writes_is_accepted_and_has_its_type(kind, data):
    _graph, [term] = built(data.draw(expressions(kind, depth=4, open_law=True)))

    assert term.type.family.value == ("number" if kind == "count" else kind)


# one dossier


@tries(150)
@given(questions(settled=True))
def test_a_settled_dossier_gives_what_plain_reckoning_gives(question):
    text, told = question
    pair, kind = asked(text, told)
    chance = chance_of(text)
    [facts] = completions(told, names_in(text), 1, chance)

    assert pair[0] == pair[1]
    assert contains(pair, kind, plainly.value(text, situation(facts, chance)))


@tries(150)
@given(questions(open_law=True))
def test_the_answer_contains_every_way_the_unknown_can_turn_out(question):
    text, told = question
    pair, kind = asked(text, told)
    chance = chance_of(text)

    for facts in completions(told, names_in(text), 40, chance):
        assert contains(pair, kind, plainly.value(text, situation(facts, chance)))


@tries(150)
@given(questions(open_law=True), st.data())
def test_telling_more_never_widens_an_answer(question, data):
    text, told = question
    closer = data.draw(narrower(told, names_in(text)))
    before, kind = asked(text, told)

    after, _kind = asked(text, closer)

    assert is_within(after, before, kind)


@tries(150)
@given(questions(open_law=True, settled=True))
def test_what_stays_open_when_all_is_told_has_a_cause_in_the_law(question):
    text, told = question
    graph, [term] = built(text)
    values = graph.run(pairs(told))

    why = why_open(graph, values, term.slot)

    assert why.facts == ()
    assert why.causes <= LAW_CAUSES
    assert bool(why.causes) != graph.settled(values, term.slot)
    assert not why.causes or any(name in text for name in OPEN_LAW)


# every operator over every operator

TEMPLATES = [outer for kind in KINDS for outer in templates(kind)]


@pytest.mark.parametrize("outer", TEMPLATES)
def test_every_operator_over_every_operator_agrees_with_plain_reckoning(outer):
    chance = chance_of(str(random.getrandbits(32)))
    texts = list(one_in_another(outer, chance))
    names = names_in(*texts)
    graph, terms = built(*texts)

    for untold in (0, 1, 2):
        told = {name: chance.choice(sure(name)) for name in names if chance.random() * 4 >= untold}
        values = graph.run(pairs(told))
        for facts in completions(told, names, 1 + untold, chance):
            law = situation(facts, chance)
            for text, term in zip(texts, terms, strict=True):
                plain = plainly.value(text, law)
                assert contains(values[term.slot], term.type, plain), (text, told, facts)


@pytest.mark.parametrize("outer", TEMPLATES)
def test_what_every_operator_over_every_operator_leaves_open_has_a_cause(outer):
    chance = chance_of(str(random.getrandbits(32)))
    texts = list(one_in_another(outer, chance))
    graph, terms = built(*texts)
    told = {name: chance.choice(sure(name)) for name in names_in(*texts)}
    values = graph.run(pairs(told))

    for text, term in zip(texts, terms, strict=True):
        why = why_open(graph, values, term.slot)
        assert why.facts == (), (text, told)
        assert bool(why.causes) != graph.settled(values, term.slot), (text, told)


# what is missing


@tries(150)
@given(questions(open_law=True))
def test_an_open_answer_has_a_missing_fact_or_a_cause_that_is_no_fact(question):
    text, told = question
    graph, [term] = built(text)
    values = graph.run(pairs(told))

    why = why_open(graph, values, term.slot)

    assert bool(why.facts or why.causes) != graph.settled(values, term.slot)
    assert set(why.facts) <= {
        name for name in names_in(text) if not graph.settled(values, graph.facts[name])
    }


@tries(150)
@given(questions(kind=st.just("truth")))
def test_a_fact_that_is_not_missing_cannot_move_the_answer(question):
    text, told = question
    graph, [term] = built(text)
    values = graph.run(pairs(told))
    free = [name for name in names_in(text) if name not in why_open(graph, values, term.slot).facts]

    for facts in completions(told, free, 60, chance_of(text)):
        after = graph.changed(values, pairs(written(facts)))
        assert after[term.slot] == values[term.slot]


@tries(150)
@given(questions(kind=st.just("truth")))
def test_the_missing_facts_alone_decide_the_answer(question):
    text, told = question
    names = names_in(text)
    graph, [term] = built(text)
    missing = [
        name for name in names if name in why_open(graph, graph.run(pairs(told)), term.slot).facts
    ]
    chance = chance_of(text)
    law = situation({}, chance)

    for decided in completions(told, missing, 8, chance):
        rest = [name for name in names if name not in missing]
        answers = {
            plainly.value(
                text, plainly.Situation({**decided, **others}, law.parameters, law.on, law.ends)
            )
            for others in completions(told, rest, 20, chance)
        }
        assert len(answers) == 1


# what is kept and brought up to date


@tries(150)
@given(questions(open_law=True), st.data())
def test_changing_facts_gives_what_a_fresh_run_gives(question, data):
    text, told = question
    graph, [term] = built(text)
    values = graph.run(pairs(told))
    before = values.copy()
    changes = pairs(data.draw(dossiers(data.draw(subsets(names_in(text))))))

    fresh = graph.run({**pairs(told), **changes})

    assert graph.changed(values, changes) == fresh
    assert graph.changed(values, changes, (term.slot,))[term.slot] == fresh[term.slot]
    assert (
        graph.replaced(values, {graph.facts[name]: each for name, each in changes.items()}) == fresh
    )
    assert values == before


READ = {
    "unread_truth": "yes",
    "unread_money": "0.02 eur",
    "between": "0.02 eur",
    "doubtful": "50 %",
    "unread_day": "2024-02-29",
}


def subsets(names):
    return st.lists(st.sampled_from(names), unique=True) if names else st.just([])


@tries(150)
@given(questions(open_law=True), st.data())
def test_a_figure_of_the_law_put_in_its_place_gives_what_reading_it_gives(question, data):
    text, told = question
    graph, [term] = built(text)
    values = graph.run(pairs(told))
    read = Scope(Graph(), READ)
    owners = {slot: graph.nodes[slot].extra.removeprefix("law:") for slot in graph.causes}
    known = {
        slot: read.graph.untold[read.resolve(name).slot]
        for slot, name in owners.items()
        if name in READ
    }

    replaced = graph.replaced(values, known)

    again, [fresh] = built(text, read=READ)
    assert replaced[term.slot] == again.run(pairs(told))[fresh.slot]


OTHER_LAW = {
    "lawful": "no",
    "cent": "0.02 eur",
    "half": "20 %",
    "cut": "2024-02-28",
    "bonus": {"red": "0 %", "green": "5 %", "blue": "missing"},
    "lump": {"small": "0.03 eur", "other": "0 eur"},
    "tax": [{"from": "0 eur", "rate": "100 %"}],
    "between": "0 eur .. 0.02 eur",
}


@tries(150)
@given(questions(open_law=True))
def test_two_cards_with_the_same_words_and_other_figures_keep_apart(question):
    text, told = question
    graph = Graph()
    one = Builder(graph, Scope(graph, card="one")).build(text)
    other = Builder(graph, Scope(graph, OTHER_LAW, card="other")).build(text)

    values = graph.run(pairs(told))

    assert values[one.slot] == asked(text, told)[0]
    alone, [term] = built(text, read=OTHER_LAW)
    assert values[other.slot] == alone.run(pairs(told))[term.slot]


@tries(60)
@given(questions(open_law=True), st.randoms(use_true_random=False))
def test_the_order_of_what_is_told_and_asking_twice_change_nothing(question, chance):
    text, told = question
    names = list(told)
    chance.shuffle(names)
    graph, [term] = built(text)

    first = [
        graph.run(pairs(told)) for _time in range(22)
    ]  # often enough to be written out straight

    assert all(each == first[0] for each in first)
    assert graph.run(pairs({name: told[name] for name in names})) == first[0]
    assert asked(text, told)[0] == first[0][term.slot]
