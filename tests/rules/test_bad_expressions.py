"""A condition that means nothing: `cards check` names its line and its column, says what is wrong and what to do."""

from pathlib import Path

import pytest
import yaml

from tests.rules.breaking import DAY, ask, broken, copied

GRANT = "measures/boat-grant-2024.yaml"
WHEN = "when: 0 < project.weeks <= longest"
TABLE = Path(__file__).parent / "bad_expressions.yaml"


def checked(capsys, tmp_path, new):
    """Write the condition of a grant otherwise; return where the mark stands, and what the check says."""
    folder = copied(tmp_path)
    place = broken(folder, GRANT, WHEN, new)
    return place, ask(capsys, "cards", "check", "--region", folder, "--on", DAY)


@pytest.mark.parametrize(
    "row", yaml.safe_load(TABLE.read_text(encoding="utf-8")), ids=lambda row: row["when"]
)
def test_an_expression_that_means_nothing_gets_one_sentence(capsys, tmp_path, row):
    place, said = checked(capsys, tmp_path, f"when: {row['when']}")

    assert said == (1, "1 things to mend.\n", f"{place}: {row['says']}\n")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("¶" + "a" * 5000, "The expression is too long. Split it into several conditions."),
        ("¶" + "not " * 400 + "project.mends_dyke", "The expression is nested too deep. Split it "),
        ("¶" + "1 + " * 490 + "1 > 0", "The expression is nested too deep. Split it into several "),
        ("¶body.form" + ".a" * 900, "Nobody knows 'body.form.a"),
        ("(" * 500 + "1 > 0" + ")" * 500, "This is no expression. Check the brackets and the "),
        ("(" * 500, "This is no expression. Check the brackets and the operators."),
        ("0 < project.weeks <", "This is no expression. Check the brackets and the operators."),
    ],
    ids=[
        "5000 letters",
        "400 times not",
        "490 sums",
        "900 dots",
        "500 brackets",
        "500 open ones",
        "unfinished",
    ],
)
def test_an_expression_out_of_all_measure_is_refused_in_a_sentence(capsys, tmp_path, text, says):
    mark = text if "¶" in text else f"¶{text}"
    place, said = checked(capsys, tmp_path, f"when: {mark}")

    assert (said.status, len(said.findings)) == (1, 1)
    assert said.err.startswith(place if "¶" in text else place.rpartition(":")[0])
    assert f": {says}" in said.err


# the column, however the expression is written down


@pytest.mark.parametrize(
    "written",
    [
        "when: '0 < ¶project.wekks <= longest'",
        'when: "0 < ¶project.wekks <= longest"',
        "when: '  0 < ¶project.wekks <= longest'",
        "when: >-\n      0 < project.weeks\n      and ¶project.wekks <= longest",
        "when: |-\n      0 < project.weeks and ¶project.wekks <= longest",
        "when: 0 < project.weeks\n      and ¶project.wekks <= longest",
        "when: matches(body.trade, 'ĝŝĉ') and ¶project.wekks <= longest",
    ],
    ids=["quoted", "doubly quoted", "indented", "folded", "literal", "going on", "after letters"],
)
def test_the_place_is_exact_however_the_expression_is_written(capsys, tmp_path, written):
    place, said = checked(capsys, tmp_path, written)

    assert said.findings == [
        f"{place}: Nobody knows 'project.wekks'. Did you mean 'project.weeks'?"
    ]


# what can be meant, and is not said as one would


@pytest.mark.parametrize(
    "text",
    [
        "body.turnover < ¶5000 chf",
        "¶body.turnover < 5000",
        "body.public_share < ¶50 %",
        "project.asked_on < ¶2026-01-01",
    ],
)
def test_a_figure_in_a_condition_is_sent_to_the_parameters(capsys, tmp_path, text):
    place, said = checked(capsys, tmp_path, f"when: {text}")

    assert (said.status, len(said.findings)) == (1, 1)
    assert said.err.startswith(place.rpartition(":")[0])
    assert "parameter" in said.err


def test_two_answers_that_do_not_compare_are_not_said_to_lack_one_unit(capsys, tmp_path):
    place, said = checked(capsys, tmp_path, "when: ¶project.mends_dyke == body.open_books")

    assert (said.status, len(said.findings)) == (1, 1)
    assert said.err.startswith(place)
    assert "A truth and a truth do not go together" not in said.err


@pytest.mark.parametrize(
    "text",
    [
        "year(¶-project.starts_on) > 5",
        "year(¶floor_to(project.starts_on, on)) > 5",
        "count(¶nobody.knows for r in help.received) < 3",
        "count(¶r.amount > ceiling for r in help.received) < 3",
    ],
)
def test_what_would_raise_or_count_something_else_is_refused(capsys, tmp_path, text):
    place, said = checked(capsys, tmp_path, f"when: {text}")

    assert said.status == 1
    assert [each for each in said.findings if each.startswith(place.rpartition(":")[0])]
