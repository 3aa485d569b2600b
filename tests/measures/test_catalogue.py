"""What the catalogue says of each measure, reckoned by hand on the invented pack and on the real one."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from types import SimpleNamespace

import pytest

from terreau.measures.catalogue import (
    FIRST_DAY,
    LAST_DAY,
    Asking,
    Filters,
    NoSuchMeasure,
    State,
    choose,
    listing,
    measure_page,
)
from terreau.measures.catalogue.figures import figures_of
from terreau.measures.catalogue.history import Kind, history_of
from terreau.measures.catalogue.page import Role
from terreau.measures.catalogue.perimeter import perimeter_of
from terreau.measures.catalogue.standing import asking_on, nothing_told, state_on
from terreau.measures.catalogue.worked import worked_cases
from terreau.measures.core import Span, Standing
from terreau.rules import Edition, Findings, read_pack
from terreau.rules.cases import run_cases
from terreau.rules.shape import Reading
from tests.rules.breaking import MINIATURE

DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def invented():
    return Edition(read_pack(MINIATURE))


@pytest.fixture(scope="module")
def real(root):
    return Edition(read_pack(root / "regions" / "brussels"))


def page(edition, card, day=DAY):
    return measure_page(edition, card, day)


def ids(measures):
    return [each.card.id for each in measures]


def figure(found, name):
    return next(
        each for part in getattr(found, "parts", ()) for each in part.figures if each.id == name
    )


def written(dated):
    """Return the values of a day: fractions, yes or no, or the cause for which none is known."""
    return [
        row.value.figure.low if row.value.figure else row.value.truth or row.value.cause
        for row in dated.rows
    ]


# how a measure stands


@pytest.mark.parametrize(
    ("card", "day", "state"),
    [
        ("boat-grant-2024", DAY, State.IN_FORCE),
        ("boat-grant-2024", date(2023, 12, 31), State.NOT_YET),
        ("boat-grant-2020", date(2023, 12, 31), State.IN_FORCE),
        ("boat-grant-2020", date(2024, 1, 1), State.ENDED),
        ("storm-aid", date(2025, 12, 31), State.IN_FORCE),
        ("storm-aid", date(2026, 1, 1), State.EXPECTED),
        ("bee-counsel", date(2026, 11, 1), State.IN_FORCE),
        ("bee-counsel", date(2026, 11, 2), State.UNCERTAIN),
        ("dyke-loan", date(2024, 12, 31), State.UNCERTAIN),
        ("dyke-loan", date(2025, 1, 1), State.IN_FORCE),
    ],
)
def test_a_measure_stands_as_its_days_say(invented, card, day, state):
    assert state_on(invented.pack.cards[card], day) is state


@pytest.mark.parametrize(
    ("day", "asking"),
    [
        (date(2025, 12, 31), Asking.AHEAD),
        (date(2026, 1, 1), Asking.OPEN),
        (date(2026, 12, 31), Asking.OPEN),
        (date(2027, 1, 1), Asking.PAST),
    ],
)
def test_one_may_ask_while_the_window_is_open(invented, day, asking):
    assert asking_on(invented.pack.cards["boat-grant-2024"], day) is asking
    assert asking_on(invented.pack.cards["dyke-loan"], day) is Asking.UNSAID


# the list


def shown(catalogue):
    """Return all that a catalogue shows, from its first part to its last."""
    staged = [each for group in catalogue.stages for each in group.measures]
    return [*staged, *catalogue.forms, *catalogue.limits, *catalogue.ended]


def test_every_measure_that_gives_an_answer_is_listed_once_and_nothing_else(real, invented):
    for edition in (real, invented):
        catalogue = choose(listing(edition, DAY), Filters())

        assert sorted(ids(shown(catalogue))) == sorted(
            card.id for card in edition.pack.cards.values() if card.gives_verdict
        )


def test_measures_stand_under_the_first_stage_they_serve_and_those_in_force_first(invented):
    catalogue = choose(listing(invented, DAY), Filters())

    assert [(group.stage.id, ids(group.measures)) for group in catalogue.stages] == [
        ("ebb", ["boat-grant-2024", "dyke-warden", "bee-counsel"]),
        ("flood", ["dyke-loan"]),
    ]
    assert ids(catalogue.ended) == ["boat-grant-2020"]
    assert (catalogue.in_force, catalogue.standing, catalogue.number) == (3, 6, 7)


def test_legal_forms_and_limits_stand_apart_and_are_no_support(invented):
    catalogue = choose(listing(invented, DAY), Filters())

    assert (ids(catalogue.forms), ids(catalogue.limits)) == (["guild"], ["storm-aid"])
    assert catalogue.short


def test_under_a_chosen_stage_stands_all_that_serves_it(invented):
    catalogue = choose(listing(invented, DAY), Filters(stage="flood"))

    assert [(group.stage.id, ids(group.measures)) for group in catalogue.stages] == [
        ("flood", ["boat-grant-2024", "dyke-loan", "dyke-warden"])
    ]
    assert ids(catalogue.limits) == ["storm-aid"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(kind="loan"), ["dyke-loan"]),
        (Filters(authority="bee-office"), ["bee-counsel"]),
        (Filters(state="ended"), ["boat-grant-2020"]),
        (Filters(state="expected"), ["storm-aid"]),
        (Filters(q="stormoj"), ["storm-aid"]),
        (Filters(q="ŜTORMA"), ["storm-aid"]),
        (Filters(q="stoarm bedrach"), ["storm-aid"]),
        (Filters(q="stoarm bee"), []),
        (Filters(kind="loan", q="abeloj"), []),
    ],
)
def test_a_choice_keeps_what_it_names_in_any_language_and_without_accents(invented, filters, found):
    catalogue = choose(listing(invented, DAY), filters)

    assert ids(shown(catalogue)) == found


def test_a_choice_that_does_not_exist_chooses_all(invented):
    catalogue = choose(listing(invented, DAY), Filters(kind="boat", stage="x", state="<b>"))

    assert catalogue.filters == Filters()
    assert catalogue.number == 7


def test_an_empty_list_says_which_choice_to_take_back(invented):
    catalogue = choose(listing(invented, DAY), Filters(kind="loan", q="abeloj"))

    assert [(way.choice, way.number) for way in catalogue.ways_out] == [("q", 1), ("kind", 1)]
    assert catalogue.ways_out[0].filters == Filters(kind="loan")
    assert choose(listing(invented, DAY), Filters(kind="loan")).ways_out == ()


def test_one_chooses_only_among_what_there_is(real):
    options = listing(real, DAY).options

    assert [card.kind for card in options.kinds] == [
        "grant",
        "aid",
        "loan",
        "service",
        "protection",
        "accreditation",
        "legal_form",
    ]
    assert [state.value for state in options.states] == ["in-force", "not-yet", "ended"]
    assert "iriscare" not in [authority.id for authority in options.authorities]


def test_a_measure_of_no_stage_is_listed_last(invented):
    whole = listing(invented, DAY)
    bare = [
        replace(each, card=replace(each.card, stages=())) if each.card.id == "dyke-loan" else each
        for each in whole.measures
    ]

    last = choose(replace(whole, measures=tuple(bare)), Filters()).stages[-1]

    assert (last.stage, ids(last.measures)) == (None, ["dyke-loan"])


@pytest.mark.parametrize(
    ("card", "span", "hangs"),
    [
        ("coopus", Span(250_000_00, 250_000_00), False),
        ("rbc-2024-invest-material", Span(0, 500_000_00), True),
        ("rbc-2024-training", Span(0, None), True),
        ("brusoc", Span(0, None), False),
        ("cocof-isp", None, False),
    ],
)
def test_the_list_tells_what_a_measure_gives_to_someone_unknown(real, card, span, hangs):
    gift = next(each.gift for each in listing(real, DAY).measures if each.card.id == card)

    assert (gift.span, gift.hangs) == (span, hangs)
    assert gift.has_figure is (span is not None and span.high is not None)


# the page of a measure


def test_only_a_measure_has_a_page(invented):
    for name in ("nobody", "fair-play", "body-size"):
        with pytest.raises(NoSuchMeasure):
            page(invented, name)


def test_a_page_holds_the_tests_it_includes_and_what_is_reckoned_for_it(invented):
    parts = page(invented, "boat-grant-2024").parts

    assert [(part.card.id, part.role) for part in parts] == [
        ("boat-grant-2024", Role.OWN),
        ("open-books", Role.SHARED),
        ("fair-play", Role.SHARED),
        ("help-steady", Role.RECKONED),
        ("help-recent", Role.RECKONED),
        ("body-size", Role.RECKONED),
    ]
    assert len(parts[0].conditions) == 4


def test_what_is_decided_or_owed_stands_apart_from_the_conditions(invented):
    found = page(invented, "boat-grant-2024")

    assert [(each.by.id, each.certain) for each in found.discretions] == [("harbour-chamber", True)]
    assert [(each.by.id, each.certain) for each in found.duties] == [("dyke-council", False)]
    assert [each.certain for each in page(invented, "dyke-warden").duties] == [True]


def test_the_figures_of_a_day_are_those_in_force_and_the_others_are_told(invented):
    before = figure(page(invented, "boat-grant-2024", date(2025, 12, 31)), "intensity")
    after = figure(page(invented, "boat-grant-2024", date(2026, 1, 1)), "intensity")

    assert (written(before.current), written(before.others[0])) == (
        [Fraction(30, 100)],
        [Fraction(35, 100)],
    )
    assert (written(after.current), after.current.since) == (
        [Fraction(35, 100)],
        date(2026, 1, 1),
    )
    assert (after.roles, after.whole) == (("intensity",), True)


def test_a_table_is_told_key_by_key_with_what_is_missing(invented):
    bonus = figure(page(invented, "boat-grant-2024"), "bonus")

    assert [row.ids for row in bonus.current.rows] == [
        ("small", "marsh"),
        ("small", "dune"),
        ("large", "marsh"),
        ("large", "dune"),
    ]
    assert written(bonus.current) == [Fraction(10, 100), Fraction(5, 100), "missing-law", 0]
    assert (bonus.missing, bonus.settled) == (False, False)
    assert all(len(row.keys) == 2 for row in bonus.current.rows)


def test_a_scale_is_told_from_figure_to_figure(invented):
    scale = figure(page(invented, "dyke-loan"), "scale")

    assert [row.above.low for row in scale.current.rows] == [0, 50_000_00]
    assert written(scale.current) == [Fraction(20, 100), Fraction(10, 100)]
    assert (scale.roles, scale.whole) == (("value",), False)


def test_a_scale_that_no_text_gives_is_missing(invented):
    card = invented.pack.cards["dyke-loan"]
    scale = replace(card.parameters["scale"], values=((date(2020, 1, 1), "uncertain"),))
    bare = replace(card, parameters={"scale": scale})

    (found,) = figures_of(bare, invented.pack, DAY)

    assert (written(found.current), found.missing) == (["uncertain-law"], True)


def test_what_no_text_gives_is_missing_and_never_nought(real):
    found = page(real, "rbc-2024-training")

    assert written(figure(found, "bonus").current) == ["missing-law"]
    assert figure(found, "bonus").missing
    assert [each.id for each in found.brief] == ["base_rate", "bonus", "cap_per_training"]


def test_a_figure_asked_before_its_first_day_is_not_said(invented):
    lump = next(
        each
        for each in figures_of(invented.pack.cards["storm-aid"], invented.pack, date(2020, 1, 1))
        if each.id == "lump"
    )

    assert lump.current is None
    assert lump.missing
    assert len(lump.others) == 3


def test_a_condition_tells_where_it_stands_how_we_know_it_and_what_it_lacks(real):
    found = page(real, "rbc-2024-training").parts[0].conditions

    wanted, annex = found[0], found[9]
    assert [each.article for each in wanted.law] == ["art. 25"]
    assert (wanted.read, wanted.cause) == ("text", "")
    assert (annex.read, annex.cause) == ("assumed", "missing-law")


def test_of_a_measure_that_is_not_certain_that_is_a_condition(invented):
    condition = page(invented, "dyke-loan", date(2024, 12, 31)).parts[0].conditions[0]

    assert (condition.law, condition.read, condition.cause) == ((), "", "uncertain-law")


def test_a_measure_that_ended_is_read_on_its_last_day(invented):
    found = page(invented, "boat-grant-2020")

    assert (found.state, found.on, found.read_on) == (State.ENDED, DAY, date(2023, 12, 31))
    assert found.gift.span == Span(650_50, 650_50)
    assert found.standing_in.id == "boat-grant-2024"
    assert found.over


def test_a_measure_that_is_not_there_yet_is_read_on_its_first_day(invented):
    found = page(invented, "boat-grant-2024", date(2021, 5, 1))

    assert (found.state, found.read_on) == (State.NOT_YET, date(2024, 1, 1))
    assert found.standing_in.id == "boat-grant-2020"
    assert page(invented, "boat-grant-2024").standing_in is None


def test_the_texts_of_a_page_are_told_once_with_all_their_articles(real):
    sources = page(real, "rbc-2024-training").sources
    titles = [text.title["fr"] for text in sources]

    assert len(titles) == len(set(titles))
    ordinance = next(text for text in sources if "13 octobre 2023" in text.title["fr"])
    assert {"art. 25", "art. 6", "art. 4 § 3"} <= set(ordinance.articles)


def test_a_page_tells_how_the_measure_goes_with_other_aid(invented):
    boats, storm = (page(invented, name).together for name in ("boat-grant-2024", "storm-aid"))

    assert (len(boats.counts_towards), boats.same_cost, bool(boats.note)) == (1, True, True)
    assert (len(storm.excludes), storm.same_cost, storm.note) == (1, False, None)


def test_any_day_can_be_asked_of_any_measure(real, invented):
    for edition in (real, invented):
        for card in edition.pack.cards.values():
            for day in (FIRST_DAY, LAST_DAY) if card.gives_verdict else ():
                assert page(edition, card.id, day).on == day


# for whom


@pytest.mark.parametrize(
    ("card", "passing", "closed"),
    [
        ("boat-grant-2024", ["guild", "commons"], [["household"]]),
        ("boat-grant-2020", ["guild"], [["commons", "household"]]),
        ("dyke-loan", ["guild", "commons"], [["household"]]),
    ],
)
def test_the_engine_tells_who_can_pass_and_which_condition_closes(invented, card, passing, closed):
    found = page(invented, card).perimeter
    names = {id(words): value for value, words in found.fact.values.items()}

    assert found.read
    assert [names[id(words)] for words in found.passing] == passing
    assert [[names[id(words)] for words in group.values] for group in found.closed] == closed
    assert all(len(group.reasons) == 1 for group in found.closed)


def test_a_measure_that_asks_no_kind_of_applicant_closes_to_none(invented):
    found = page(invented, "dyke-warden").perimeter

    assert (found.fact.id, found.read, len(found.passing), found.closed) == (
        "body.form",
        False,
        found.number,
        (),
    )


def test_six_legal_forms_can_pass_where_the_text_names_six(real):
    found = page(real, "cocom-home-help").perimeter

    assert (found.fact.id, len(found.passing), found.number) == ("organisation.legal_form", 6, 15)
    assert sum(len(group.values) for group in found.closed) == 9


def test_a_pack_that_tells_no_kinds_apart_has_no_perimeter(invented):
    pack = invented.pack
    bare = replace(pack, vocabulary=replace(pack.vocabulary, facts={}))

    assert perimeter_of(pack.cards["guild"], nothing_told(invented, DAY), bare) is None


# the history


def told(history):
    return [(each.kind, each.card.id, each.first) for each in history]


def test_a_history_goes_from_what_follows_to_what_went_before(invented):
    history = page(invented, "boat-grant-2024").history

    assert told(history) == [
        (Kind.FIGURES, "boat-grant-2024", date(2026, 1, 1)),
        (Kind.MEASURE, "boat-grant-2024", date(2024, 1, 1)),
        (Kind.MEASURE, "boat-grant-2020", date(2020, 1, 1)),
    ]
    assert [each.now for each in history] == [True, False, False]
    assert [each.here for each in history] == [True, True, False]


def test_a_figure_that_changes_tells_what_it_was(invented):
    (change, *_others) = page(invented, "boat-grant-2020").history[1].changes

    assert (change.before.figure.low, change.after.figure.low) == (500_00, 650_50)


def test_what_is_still_ahead_on_the_day_is_not_now(invented):
    history = page(invented, "boat-grant-2024", date(2025, 6, 1)).history

    assert [(each.ahead, each.now) for each in history] == [
        (True, False),
        (False, True),
        (False, False),
    ]


def test_a_text_that_is_expected_stands_first_and_nothing_is_now(invented):
    history = page(invented, "storm-aid").history

    assert told(history)[0] == (Kind.EXPECTED, "storm-aid", date(2026, 1, 1))
    assert [each.first for each in history[1:]] == [
        date(2025, 1, 1),
        date(2023, 1, 1),
        date(2021, 1, 1),
    ]
    assert not any(each.now for each in history)
    uncertain = history[1].changes[0].after
    assert uncertain.cause == "uncertain-law"


def test_three_regimes_follow_one_another(real):
    history = page(real, "rbc-2024-invest-material").history
    measures = [each.card.id for each in history if each.kind is Kind.MEASURE]

    assert measures == ["rbc-2024-invest-material", "rbc-2018-invest", "rbc-2007-invest"]


def test_a_table_that_is_no_longer_known_tells_each_of_its_values(real):
    history = page(real, "rbc-2018-invest").history
    (entry,) = [each for each in history if each.kind is Kind.FIGURES]

    assert entry.first == date(2022, 1, 1)
    assert [(each.before.figure.high, each.after.cause) for each in entry.changes] == [
        (Fraction(30, 100), "missing-law"),
        (Fraction(30, 100), "missing-law"),
        (Fraction(20, 100), "missing-law"),
    ]


def test_measures_that_follow_one_another_in_a_circle_are_told_once(invented):
    cards = dict(invented.pack.cards)
    old, new = cards["boat-grant-2020"], cards["boat-grant-2024"]
    cards[new.id] = new = replace(new, in_force=replace(new.in_force, after=old.id))
    pack = SimpleNamespace(cards=cards)

    history = history_of(new, pack, [], DAY)

    assert {each.card.id for each in history} == {old.id, new.id}


# the worked cases


def test_every_case_comes_out_as_the_check_of_the_cards_says(real, invented):
    for edition in (real, invented):
        for card in edition.pack.cards.values():
            if card.gives_verdict:
                reading = Reading(Findings(), edition.pack.languages)
                run_cases(edition.pack, card, reading)
                agree = all(each.agrees for each in worked_cases(card, edition))

                assert agree is not bool(reading.findings.errors), card.id


def test_a_case_tells_its_answer_and_its_amount(invented, real):
    first, *_others, last = page(invented, "boat-grant-2024").cases
    partly = page(invented, "dyke-loan").cases[0]

    assert (first.standing, first.amount, first.agrees) == (
        Standing.OPEN,
        Span(3600_15, 3600_15),
        True,
    )
    assert (last.standing, last.amount) == (Standing.WAITING, Span(400_00, 400_00))
    assert partly.standing is partly.expected.standing is Standing.TO_CONFIRM
    assert page(invented, "boat-grant-2020").cases[2].standing is Standing.ENDED
    assert page(invented, "storm-aid").cases[4].amount == Span(0, None)
    assert [each.amount for each in page(real, "rbc-2024-training").cases[:3]] == [
        Span(3600_00, 3600_00),
        Span(5000_00, 5000_00),
        Span(3600_00, 9000_00),
    ]


@pytest.mark.parametrize(
    "expect",
    [
        {"status": "ineligible"},
        {"amount": "1 chf"},
        {"amount": "none"},
        {"amount": "3600.15 chf .."},
        {"missing": ["project.weeks"]},
        {"conditions": {"form": "no"}},
    ],
)
def test_a_case_that_comes_out_otherwise_is_told(invented, expect):
    card = invented.pack.cards["boat-grant-2024"]
    wrong = replace(card, cases=(replace(card.cases[0], expect=expect),))

    (case,) = worked_cases(wrong, invented)

    assert not case.agrees
    assert case.expected.says_amount is ("amount" in expect)


def test_a_page_counts_the_figures_that_are_not_settled_in_full(invented, real):
    assert page(invented, "boat-grant-2024").unsettled == 1
    assert page(invented, "boat-grant-2020").unsettled == 0
    assert page(real, "brusoc").unsettled == 1
