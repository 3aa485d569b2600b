"""The rarer turns of the engine, each by a figure reckoned by hand or by the exact sentence it says."""

import json
from datetime import date

import pytest

from terreau.rules import Edition, Refused, read_dossier, read_pack
from terreau.rules.answered import answers_of
from terreau.rules.dossier import Dossier
from terreau.rules.verdicts import Explaining, statuses
from tests.rules.breaking import DAY, MINIATURE, ask, broken, copied
from tests.rules.test_conformance import build, shown

DOSSIERS = MINIATURE.parent / "miniature_dossiers"
GRANT = "measures/boat-grant-2024.yaml"
POWERS = "competences/salt-works.yaml"
SIZE = "derived/body-size.yaml"
BOOKS = "tests/open-books.yaml"
BODY = "vocabulary/facts/10-body.yaml"
WHEN = "when: 0 < project.weeks <= longest"
ROW = "{{amount: {} chf, granted_on: 2025-01-10, giver: dyke, repaid: yes}}"
HELP = f"  help.received: {{{{told: complete, rows: [{ROW}]}}}}\n"
LAW = "law: {act: § 1}, read: text"
MADE_UP = """
id: made-up
kind: service
authority: bee-office
name: {eo: Elpensita helpo, fy: Betochte help}
summary: {eo: Helpo por provo., fy: Help foar in proef.}
stages: [ebb]
in_force: {from: 2024-01-01, until: open, after: nothing}
law: {act: {title: {eo: Elpensita leĝo, fy: Betochte wet}, url: https://example.org/made-up}}
source: {url: https://example.org/made-up, consulted: 2026-11-01, verified: verified}
review_by: 2027-11-01
cases: []
"""


@pytest.fixture(autouse=True)
def keeps_its_own(tmp_path_factory, monkeypatch):
    kept = tmp_path_factory.getbasetemp() / "corners-kept"
    monkeypatch.setattr("terreau.config.kept.cache_folder", lambda: kept)


def check(capsys, folder):
    """Return what the check says of a pack."""
    return ask(capsys, "cards", "check", "--region", folder, "--on", DAY)


def answered(capsys, folder, facts, *arguments):
    """Return what a pack answers to these facts, as data."""
    path = folder.parent / "dossier.yaml"
    path.write_text(f"title: Provo\non: {DAY}\nfacts:\n{facts}", encoding="utf-8")
    said = ask(capsys, "assess", path, "--region", folder, "--format", "json", *arguments)
    assert (said.status, said.err) == (0, "")
    return json.loads(said.out)


def verdict_on(data, measure):
    """Return the answer on one measure."""
    (found,) = [each for each in data["verdicts"] if each["measure"] == measure]
    return found


def made_up(folder, parameters, *conditions):
    """Write a measure with these figures and these conditions and nothing else."""
    lines = ["parameters:"] if parameters else []
    for name, (kind, value) in parameters.items():
        lines.append(f"  {name}: {{type: {kind}, {LAW}, values: {{2024-01-01: {value}}}}}")
    lines.append("conditions:")
    for place, text in enumerate(conditions):
        says = "says: {eo: Jes., fy: Ja.}"
        lines.append(f"  - {{id: c{place}, kind: test, when: '{text}', {says}, {LAW}}}")
    text = MADE_UP + "\n".join(lines)
    (folder / "measures" / "made-up.yaml").write_text(text, encoding="utf-8")
    return folder


def opening(data, measure):
    """Return the changes that open a measure, each set as a mapping."""
    return [
        {each["fact"]: each["to"] for each in unlock["changes"]}
        for unlock in data["unlocks"]
        if measure in (*unlock["opens"], *unlock["may_open"])
    ]


# expressions that mean nothing


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "(¶body.form if project.mends_dyke else body.crafts) == 'guild'",
            "The two branches give values of two different choices. Give both values of one choice.",
        ),
        (
            "¶ratio(costs.tools, costs.works, else_=1) < ratio(costs.works, costs.tools, else_=1)",
            "Two ratios are not compared. Compare each with a rate.",
        ),
        (
            "¶round_to(body.posts * ratio(costs.tools, costs.works, else_=1), floor) > 0",
            "A number and a money do not go together. Both sides must have the same unit.",
        ),
        (
            "¶round_to(floor * ratio(costs.tools, costs.works - costs.tools, else_=1), floor) > 0",
            "The second value of a ratio that multiplies may not be below zero. "
            "Use max(0, ...) around it.",
        ),
        (
            "¶bonos[body.size, project.zone] > 0",
            "Nobody knows 'bonos'. Did you mean 'bonus'?",
        ),
        (
            "any(¶year(r.granted_on).even for r in help.received)",
            "Nobody knows 'year(r.granted_on).even'. "
            "Declare it in the vocabulary or among the parameters.",
        ),
    ],
    ids=["two lists", "two ratios", "a share of posts", "a share of less", "a table", "a row"],
)
def test_an_expression_that_means_nothing_is_told_at_its_column(capsys, tmp_path, text, says):
    folder = copied(tmp_path)
    place = broken(folder, GRANT, WHEN, f"when: {text}")

    assert check(capsys, folder) == (1, "1 things to mend.\n", f"{place}: {says}\n")


# expressions at the edge of what there is


@pytest.mark.parametrize(
    ("text", "gives"),
    [
        ("years_before(on, -7973)", "9999-11-24"),
        ("years_before(on, -7974)", "9999-12-31"),
        ("months_before(on, 24310)", "0001-01-24"),  # 2025 years and 10 months
        ("months_before(on, 24311)", "0001-01-01"),
    ],
)
def test_the_calendar_ends_where_no_more_days_are_written(text, gives):
    graph, _scope, term = build({"expr": text})

    assert shown(graph.untold[term.slot], term.type) == gives


def test_a_row_may_bear_the_name_of_a_function(capsys, tmp_path):
    text = 'any(matches(body.trade, "30") and matches.repaid for matches in help.received)'
    folder = made_up(copied(tmp_path), {}, text)
    codes = ("  body.trade: '30.1'\n", "  body.trade: '31'\n", "")

    found = [
        verdict_on(answered(capsys, folder, HELP.format("5") + code), "made-up") for code in codes
    ]

    assert [(each["status"], each["missing"]) for each in found] == [
        ("eligible", []),
        ("ineligible", []),
        ("undetermined", ["body.trade"]),
    ]


# the law of the day


def test_a_test_that_ended_asks_nothing_any_more(capsys, tmp_path):
    folder = copied(tmp_path)
    old = "{from: 2020-01-01, until: open, after: nothing}"
    broken(folder, BOOKS, old, "{from: 2020-01-01, until: 2026-11-23, after: nothing}")

    asked = [
        [
            each["id"]
            for each in verdict_on(
                answered(capsys, folder, "  body.open_books: no\n", "--on", day), "boat-grant-2024"
            )["conditions"]
        ]
        for day in ("2026-11-23", "2026-11-24")
    ]

    assert ["open-books/open" in each for each in asked] == [True, False]
    assert asked[0][1:] == asked[1]


def test_a_name_that_two_laws_defined_means_what_the_law_of_the_day_says(capsys, tmp_path):
    folder = copied(tmp_path)
    text = (folder / SIZE).read_text(encoding="utf-8")
    changes = {
        "id: body-size": "id: old-size",
        "{from: 2020-01-01, until: open, after: nothing}": (
            "{from: 2010-01-01, until: 2019-12-31, after: body-size}"
        ),
        '{2020-01-01: "20", 2026-01-01: "30"}': '{2010-01-01: "5"}',
        '{2020-01-01: "2.5"}': '{2010-01-01: "1"}',
        "{2020-01-01: 100000 chf}": "{2010-01-01: 10 chf}",
    }
    for old, new in changes.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    (folder / "derived" / "old-size.yaml").write_text(text, encoding="utf-8")
    pack = read_pack(folder)
    told = {"body.members": (6, 6), "body.posts": (2_0000, 2_0000), "body.turnover": (11_00, 11_00)}

    sizes = [
        Explaining(Edition(pack).on(date.fromisoformat(day)), Dossier(told)).written("body.size")
        for day in ("2019-12-31", "2020-01-01")
    ]

    assert sizes == ["large", "small"]


@pytest.mark.parametrize(
    ("day", "answers"),
    [
        ("2026-11-01", {"harbour-chamber": "yes", "dyke-council": "no", "bee-office": "unknown"}),
        (
            "2026-11-02",
            {"harbour-chamber": "unknown", "dyke-council": "no", "bee-office": "unknown"},
        ),
    ],
    ids=["as it was read", "the day after"],
)
def test_where_the_end_of_a_law_is_not_known_it_confirms_nothing_and_refuses_still(
    tmp_path, day, answers
):
    folder = copied(tmp_path, POWERS)
    broken(folder, POWERS, "until: open", "until: unknown")
    book = Edition(read_pack(folder)).on(date.fromisoformat(day))

    found = answers_of(
        Explaining(book, Dossier({"body.crafts": (1, 1), "project.mends_dyke": (False, False)})),
        "salt-works",
    )

    assert {each.key: each.truth.value for each in found} == answers
    assert found[0].cause == ("uncertain-law" if day == "2026-11-02" else None)


def test_bare_statuses_are_those_of_the_whole_answer():
    pack = read_pack(MINIATURE)
    dossier = read_dossier(DOSSIERS / "boat-guild.yaml", pack)
    book = Edition(pack).on(dossier.on)

    bare = statuses(book, dossier)

    whole = {each.card.id: each.status for each in Explaining(book, dossier).verdicts()}
    assert bare == whole
    assert (bare["boat-grant-2024"], bare["bee-counsel"]) == ("eligible", "ineligible")


# what is open


def test_a_scale_whose_rate_no_text_gives_is_no_question_for_the_reader(capsys, tmp_path):
    figures = {
        "scale": ("brackets", "[{from: 0 chf, rate: missing}]"),
        "most": ("money", "500 chf"),
    }
    text = "sum(brackets(r.amount, scale) for r in help.received) <= most"
    folder = made_up(copied(tmp_path), figures, text)

    # of 500 no share is more than 500; of 500.01 one may be
    found = {
        amount: verdict_on(answered(capsys, folder, HELP.format(amount)), "made-up")
        for amount in ("500", "500.01")
    }

    assert [(each["status"], each["missing"]) for each in found.values()] == [
        ("eligible", []),
        ("undetermined", []),
    ]
    assert found["500.01"]["conditions"][0]["cause"] == "missing-law"


def test_a_told_list_of_which_nothing_is_told_is_written_as_nothing(capsys, tmp_path):
    facts = "  help.received: {told: at-least, rows: []}\n"

    conditions = verdict_on(answered(capsys, copied(tmp_path), facts), "boat-grant-2024")

    (debt,) = [each for each in conditions["conditions"] if each["id"] == "fair-play/no-debt"]
    assert (debt["truth"], debt["reads"]) == ("unknown", {"help.received": None})


# what would open the door


def test_a_sum_that_must_be_met_to_the_cent_is_reached_from_either_side(capsys, tmp_path):
    folder = made_up(
        copied(tmp_path), {"exact": ("money", "50000 chf")}, "body.turnover + costs.tools == exact"
    )
    facts = "  body.turnover: 30000 chf\n  costs.tools: 2400.10 chf\n"

    found = opening(answered(capsys, folder, facts), "made-up")

    # 50 000 - 2 400.10 and 50 000 - 30 000
    assert {"body.turnover": "47599.90 chf"} in found
    assert {"costs.tools": "20000 chf"} in found
    assert len(found) == 2


def test_where_no_least_change_is_known_another_figure_is_asked_for(capsys, tmp_path):
    figures = {"aim": ("money", "50000 chf"), "near": ("money", "1000 chf")}
    folder = made_up(copied(tmp_path), figures, "abs(body.turnover - aim) <= near")

    found = opening(answered(capsys, folder, "  body.turnover: 80000 chf\n"), "made-up")

    assert found == [{"body.turnover": None}]


def test_no_change_is_asked_for_that_another_makes_idle(capsys, tmp_path):
    folder = made_up(
        copied(tmp_path),
        {},
        "body.members >= 5",
        "body.members + 1 < 2 or body.members + 5 >= 12"
        " or (project.mends_dyke and days_between(body.founded_on, on) < 365)",
    )
    facts = '  body.members: "0"\n  project.mends_dyke: no\n  body.founded_on: 2019-05-01\n'

    found = opening(answered(capsys, folder, facts), "made-up")

    # a dyke that an old group mends opens nothing: seven members do, and they do it alone
    assert found == [{"body.members": "7"}]


# the next question


def test_the_weights_of_a_set_leave_its_values_alike(capsys, tmp_path):
    folder = copied(tmp_path)
    old = "      bees: {eo: Abeloj, fy: Bijen}\n"
    broken(folder, BODY, old, f"{old}    weights: {{boats: 9}}\n")
    facts = (
        "  body.form: guild\n  body.open_books: yes\n  body.members: '12'\n  body.posts: '2'\n"
        "  body.turnover: 90000 chf\n  help.received: {told: complete, rows: []}\n"
        "  project.zone: marsh\n  project.asked_on: 2026-03-01\n"
        "  project.starts_on: 2026-03-02\n"
    )

    question = answered(capsys, folder, facts)["next_question"]

    # no craft, dykes, bees settle it, boats do not: 3 of 4; of no week, up to 26, and more, 2 of 3
    assert (question["facts"], question["settles"]) == (["body.crafts"], "0.75")


# a past answer


def test_an_answer_on_a_measure_that_its_edition_does_not_have_is_named(capsys, tmp_path):
    path = tmp_path / "answers.json"
    data = answered(capsys, copied(tmp_path), "  body.form: guild\n")
    data["verdicts"][0]["measure"] = "boat-loan"
    path.write_text(json.dumps(data), encoding="utf-8")

    said = ask(capsys, "replay", path, "--region", tmp_path / "pack")

    assert said == (
        1,
        'boat-loan: measure\n  - "boat-loan"\n  + null\n'
        "1 answers asked again, 1 come out otherwise.\n",
        "",
    )


# a pack that moves while the program runs


@pytest.mark.parametrize("moved", ["gone", "no text any more"])
def test_a_card_that_moved_since_it_was_read_is_still_named_with_its_line(tmp_path, moved):
    folder = copied(tmp_path)
    place = broken(folder, GRANT, "when: 0 < project.weeks", "when: ¶0 < project.wekks")
    edition = Edition(read_pack(folder))
    if moved == "gone":
        (folder / GRANT).unlink()
    else:
        (folder / GRANT).write_bytes(b"\xff")

    with pytest.raises(Refused) as refused:
        edition.on(date(2026, 11, 24))

    assert str(refused.value) == (
        f"{place}: Nobody knows 'project.wekks'. Did you mean 'project.weeks'?"
    )
