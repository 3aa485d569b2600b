"""The pack holds what it promises, and the engine what it promises of any pack."""

import json
import random
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from terreau.config import cli
from terreau.rules import Edition, Refused, read_dossier, read_pack, source
from terreau.rules.cells import cells
from terreau.rules.checks import check_pack
from terreau.rules.missing import why_open
from terreau.rules.schema import card_schema
from terreau.rules.unlocks import unlocks
from terreau.rules.verdicts import INELIGIBLE, status_of

ROOT = Path(__file__).resolve().parents[2]
PACK = ROOT / "regions" / "brussels"
DAY = date(2026, 11, 24)
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


@pytest.fixture(scope="module")
def edition():
    return Edition(read_pack(PACK))


def test_every_card_and_every_case_is_right():
    _pack, findings = check_pack(PACK, DAY)

    assert [str(finding) for finding in findings.errors] == []


def test_every_card_fits_the_published_schema(edition):
    validator = jsonschema.Draft202012Validator(card_schema(edition.pack))

    for card in edition.pack.cards.values():
        validator.validate(json.loads(json.dumps(source.read(card.place.file))))


def test_a_new_pack_passes_its_own_checks(tmp_path, capsys):
    assert (
        cli.main(["region", "new", "elsewhere", "--into", str(tmp_path), "--language", "eo"]) == 0
    )
    assert cli.main(["cards", "check", "--region", str(tmp_path / "elsewhere")]) == 0
    assert "1 cards" in capsys.readouterr().out


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_is_not_missing_cannot_change_the_answer(edition, path):
    book = edition.on(DAY)
    values = book.graph.run(read_dossier(path, edition.pack).told)
    chance = random.Random(path.stem)  # noqa: S311

    for assessed in book.verdicts:
        missing = why_open(book.graph, values, assessed.status).facts
        free = [
            name
            for name, slot in book.graph.facts.items()
            if name not in missing and not book.graph.settled(values, slot)
        ]
        told = {name: chance.choice(cells(book, values, name)) for name in free}
        assert status_of(book.graph.changed(values, told), assessed) == status_of(values, assessed)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_unlock_removes_a_refusal_and_each_of_its_changes_is_needed(edition, path):
    book = edition.on(DAY)
    values = book.graph.run(read_dossier(path, edition.pack).told)

    for unlock in unlocks(book, values):
        for name in (*unlock.opens, *unlock.may_open):
            assessed = book.assessed[name]
            assert status_of(values, assessed) == INELIGIBLE
            assert (
                status_of(book.graph.changed(values, dict(unlock.changes)), assessed) != INELIGIBLE
            )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title: x\nfacts: {organisation.legal_forn: asbl}", "2:9: The fact"),
        ("title: x\nfacts: {organisation.legal_form: [asbl}", "This is not YAML"),
        ("title: x\nfacts: {organisation.founded_on: 2024-02-30}", "is no date"),
        ("title: x\nfacts: {costs.training: -5 eur}", "is not between"),
        ("title: x\nfacts: {organisation.number: 0123.456.789}", "fails its check digits"),
        ("title: &a x\nfacts: {}", "Anchors and aliases"),
        ("title: !!python/name:os.system x\nfacts: {}", "Tags (!) are not read"),
        ("title: x\ntitle: y\nfacts: {}", "stands here twice"),
        (f"title: {'x' * 2_000_000}\nfacts: {{}}", "The file is too large"),
    ],
)
def test_a_bad_dossier_gets_one_clear_sentence(edition, tmp_path, text, says):
    path = tmp_path / "dossier.yaml"
    path.write_text(text)

    with pytest.raises(Refused) as refused:
        read_dossier(path, edition.pack)

    assert says in str(refused.value)


def test_every_question_of_the_region_has_an_easier_form(root):
    facts = read_pack(root / "regions" / "brussels").vocabulary.facts.values()
    asked = [fact for fact in facts if fact.type.unit.value != "text"]

    assert [fact.id for fact in asked if not fact.easy] == []
