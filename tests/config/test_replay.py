"""A past answer asked again: the same edition, the same day, the same facts."""

import json

import pytest

from terreau.config import cli
from terreau.rules import assessment

EXAMPLES = ["reparation-srl", "epicerie-cooperative"]


@pytest.fixture
def answers(root, tmp_path, capsys):
    """Return what writes the answers to an example into a file."""

    def write(name, change=lambda data: None):
        file = root / "examples" / f"{name}.yaml"
        assert cli.main(["assess", str(file), "--on", "2026-11-24", "--format", "json"]) == 0
        data = json.loads(capsys.readouterr().out)
        change(data)
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(data), encoding="utf-8")
        return str(path)

    return write


@pytest.mark.parametrize("example", EXAMPLES)
def test_answers_come_out_the_same(answers, capsys, example):
    assert cli.main(["replay", answers(example)]) == 0

    assert "130 answers asked again, 0 come out otherwise." in capsys.readouterr().out


def test_an_answer_that_was_tampered_with_is_named_with_both_values(answers, capsys):
    def tamper(data):
        data["verdicts"][0]["status"] = "eligible"

    assert cli.main(["replay", answers("reparation-srl", tamper)]) == 1

    told = capsys.readouterr().out
    assert "actiris-activa: status" in told
    assert '- "eligible"' in told
    assert '+ "ineligible"' in told


def test_a_sentence_put_better_is_no_difference(answers):
    def reword(data):
        data["verdicts"][0]["cautions"][0]["says"] = {"en": "Put better."}

    assert cli.main(["replay", answers("reparation-srl", reword)]) == 0


def test_a_moved_meaning_is_said(answers, capsys, monkeypatch):
    file = answers("reparation-srl")
    monkeypatch.setattr("terreau.rules.replay.SEMANTICS", assessment.SEMANTICS + 1)

    assert cli.main(["replay", file]) == 0

    assert "has moved since" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("not json", "This is not JSON."),
        ("[]", "is asked here"),
        ('{"edition": 3}', "is asked here"),
        ('{"edition": {"hash": "x", "on": "never"}}', "'never' is no date."),
        (
            '{"edition": {"hash": "x", "on": "2026-11-24"}, "semantics": "one", "facts": {}, "verdicts": [3]}',
            "These are no answers of 'terreau assess'.",
        ),
    ],
)
def test_what_is_no_answer_gets_one_clear_sentence(tmp_path, capsys, content, says):
    path = tmp_path / "answers.json"
    path.write_text(content, encoding="utf-8")

    assert cli.main(["replay", str(path)]) == 2

    told = capsys.readouterr().err
    assert says in told
    assert "answers.json" in told


def test_a_file_that_is_not_there_is_said(tmp_path, capsys):
    assert cli.main(["replay", str(tmp_path / "none.json")]) == 2
    assert "There is no file to read here." in capsys.readouterr().err


@pytest.mark.django_db
def test_an_edition_that_is_not_here_is_said(answers, capsys):
    def forget(data):
        data["edition"]["hash"] = "0" * 64

    assert cli.main(["replay", answers("reparation-srl", forget)]) == 2
    assert "was never published here" in capsys.readouterr().err


def test_what_is_nested_past_all_reading_is_no_answer(tmp_path, capsys):
    deep = tmp_path / "deep.json"
    deep.write_text("[" * 100_000, encoding="utf-8")

    assert cli.main(["replay", str(deep)]) == 2
    assert "This is not JSON." in capsys.readouterr().err
