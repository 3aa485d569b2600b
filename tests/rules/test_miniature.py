"""A second, invented pack: whatever the engine takes for granted of a place shows here."""

import json
import re

import jsonschema
import pytest

from terreau.rules import Edition, read_pack, source
from terreau.rules.answered import answers_of, surplus_of
from terreau.rules.card_shape import CARD
from terreau.rules.dossier import read_dossier
from terreau.rules.expressions import Builder
from terreau.rules.rulings import rule_lines
from terreau.rules.schema import card_schema
from terreau.rules.shape import Either, Keys, ListOf, MapOf
from terreau.rules.verdicts import Explaining
from tests.rules.breaking import DAY, MINIATURE, ask, copied

DOSSIERS = MINIATURE.parent / "miniature_dossiers"
ELSEWHERE = re.compile(r"\beuros?\b|\bEUR\b|asbl|vzw|brussel|bruxell", re.IGNORECASE)


@pytest.fixture(autouse=True)
def keeps_its_own(tmp_path_factory, monkeypatch):
    kept = tmp_path_factory.getbasetemp() / "miniature-kept"
    monkeypatch.setattr("terreau.config.kept.cache_folder", lambda: kept)


@pytest.fixture(scope="module")
def pack():
    return read_pack(MINIATURE)


def answered(capsys, name, *arguments):
    """Return what the command answers a dossier, as data."""
    return json.loads(read_again(capsys, name, "--format", "json", *arguments))


def read_again(capsys, name, *arguments):
    """Return what the command answers a dossier, as text."""
    said = ask(capsys, "assess", DOSSIERS / name, "--region", MINIATURE, *arguments)
    assert (said.status, said.err) == (0, "")
    return said.out


def texts(data):
    """Yield each mapping whose values are words in several languages."""
    if isinstance(data, dict):
        if data and all(isinstance(key, str) and len(key) == 2 for key in data):
            yield data
        for value in data.values():
            yield from texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts(value)


# the pack itself


def test_the_pack_is_right(capsys):
    said = ask(capsys, "cards", "check", "--region", MINIATURE, "--on", DAY)

    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("19 cards, 21 facts and 60 cases are right.")


def test_every_card_fits_the_published_schema(pack):
    validator = jsonschema.Draft202012Validator(card_schema(pack))

    for card in pack.cards.values():
        validator.validate(json.loads(json.dumps(source.read(card.place.file))))


def declared(shape, before=""):
    """Yield each key that a shape knows, by its path."""
    if isinstance(shape, Keys):
        for name, key in shape.keys.items():
            yield f"{before}{name}"
            yield from declared(key.shape, f"{before}{name}.")
    elif isinstance(shape, ListOf | MapOf):
        yield from declared(shape.each, before)
    elif isinstance(shape, Either):
        yield from declared(shape.other, before)


def used(tree, shape, before=""):
    """Yield each of these keys that a card uses."""
    if isinstance(shape, Either):
        shape = shape.other
    if isinstance(shape, Keys) and isinstance(tree, dict):
        for name, value in tree.items():
            yield f"{before}{name}"
            yield from used(value, shape.keys[name].shape, f"{before}{name}.")
    elif isinstance(shape, ListOf | MapOf) and isinstance(tree, list | dict):
        for value in tree.values() if isinstance(tree, dict) else tree:
            yield from used(value, shape.each, before)


def test_its_cards_use_every_key_of_the_format(pack):
    found = {
        key for card in pack.cards.values() for key in used(source.read(card.place.file), CARD)
    }

    assert sorted(set(declared(CARD)) - found) == []


def test_its_cards_use_every_function_of_the_language(pack):
    written = "\n".join(card.place.file.read_text() for card in pack.cards.values())
    functions = [name.removeprefix("_call_") for name in dir(Builder) if name.startswith("_call_")]

    assert [name for name in functions if f"{name}(" not in written] == []


def test_the_format_of_cards_names_no_currency(pack):
    amount = card_schema(pack)["properties"]["amount"]["properties"]

    assert [each for each in amount["rounding"]["enum"] if ELSEWHERE.search(each)] == []


LIMITED = """
id: {name}
kind: derived
authority: bee-office
name: {{eo: Limo, fy: Grins}}
in_force: {{from: 2024-01-01, until: open, after: nothing}}
law: {{act: {{title: {{eo: Elpensita leĝo, fy: Betochte wet}}, url: https://example.org/limits}}}}
source: {{url: https://example.org/limits, consulted: 2026-11-01, verified: verified}}
review_by: 2027-11-01
parameters:
  limit: {{type: money, law: {{act: ''}}, read: text, values: {{2024-01-01: {limit}}}}}
defines: {name}
type: truth
label: {{eo: Limo, fy: Grins}}
value: all(r.amount < limit for r in help.received)
cases:
  - {{name: {{eo: Cent, fy: Hûndert}}, on: 2026-03-01, given: {{help.received: {hundred}}}, expect: {{value: {answer}}}}}
  - {{name: {{eo: Unu, fy: Ien}}, on: 2026-03-01, given: {{help.received: {one}}}, expect: {{value: yes}}}}
  - {{name: {{eo: Multe, fy: Folle}}, on: 2026-03-01, given: {{help.received: {much}}}, expect: {{value: no}}}}
  - {{name: {{eo: Nenio, fy: Neat}}, on: 2026-03-01, given: {{}}, expect: {{value: unknown}}}}
"""


def test_two_cards_that_call_a_figure_alike_each_keep_their_own(capsys, tmp_path):
    folder = copied(tmp_path, "derived")
    sums = {"one": 1, "hundred": 100, "much": 1_000_000}
    rows = {
        key: f"{{told: complete, rows: [{{amount: {sum_} chf}}]}}" for key, sum_ in sums.items()
    }
    for name, limit, answer in (("strict", "50 chf", "no"), ("wide", "500 chf", "yes")):
        card = LIMITED.format(name=name, limit=limit, answer=answer, **rows)
        (folder / "derived" / f"{name}.yaml").write_text(card, encoding="utf-8")

    said = ask(capsys, "cards", "check", "--region", folder, "--on", DAY)

    assert (said.status, said.err) == (0, "")


# its answers, by figures reckoned by hand


@pytest.mark.parametrize(
    ("dossier", "arguments", "measure", "status", "low", "high"),
    [
        # (2400.10 + 1599.90) x (35 % + 10 %), small in the marsh
        ("boat-guild", [], "boat-grant-2024", "eligible", "1800.00", "1800.00"),
        # the intensity of 2024 is 30 %
        ("boat-guild", ["--on", "2025-12-31"], "boat-grant-2024", "eligible", "1600.00", "1600.00"),
        # 20 % of 50 000 and 10 % of 30 000 are 13 000; 12 345.67 is less, and comes in steps of 50
        ("boat-guild", [], "dyke-loan", "eligible", "12300.00", "12300.00"),
        # the law of storms has ended, the next is expected, and its sum was uncertain
        ("boat-guild", [], "storm-aid", "undetermined", "0.00", None),
        # 1 200 x 1 599.90 / (2 x 4 000) is 239.985, up to five centimes
        ("boat-guild", ["--on", "2024-10-15"], "storm-aid", "undetermined", "240.00", "240.00"),
        ("boat-guild", ["--on", "2021-10-15"], "boat-grant-2020", "eligible", "500.00", "500.00"),
        ("boat-guild", ["--on", "2023-12-31"], "boat-grant-2020", "eligible", "650.50", "650.50"),
        ("boat-guild", ["--all"], "boat-grant-2020", "closed", None, None),
        ("boat-guild", [], "bee-counsel", "ineligible", None, None),
        ("boat-guild", [], "dyke-warden", "eligible", None, None),
        ("boat-guild", [], "guild", "eligible", None, None),
        # not known to be law on that day
        ("boat-guild", ["--on", "2024-12-31"], "dyke-loan", "undetermined", "12300.00", "12300.00"),
        # at least 100; at most the 15 000 of the law, since 30 000 are wanted
        ("bee-commons", [], "dyke-loan", "undetermined", "100.00", "15000.00"),
        ("bee-commons", [], "boat-grant-2024", "ineligible", None, None),
        ("bee-commons", [], "bee-counsel", "eligible", None, None),
        ("bee-commons", [], "dyke-warden", "undetermined", None, None),
        ("new-household", ["--on", "2026-10-15"], "dyke-loan", "ineligible", None, None),
        ("new-household", ["--on", "2026-10-15"], "guild", "undetermined", None, None),
    ],
)
def test_each_measure_comes_out_as_reckoned_by_hand(
    capsys, dossier, arguments, measure, status, low, high
):
    data = answered(capsys, f"{dossier}.yaml", *arguments)

    (verdict,) = [each for each in data["verdicts"] if each["measure"] == measure]
    amount = verdict["amount"]
    assert verdict["status"] == status
    assert (amount and (amount["low"], amount["high"], amount["currency"])) == (
        (low, high, "CHF") if low else None
    )


def test_the_steps_of_an_amount_are_in_the_currency_of_the_place(capsys):
    data = answered(capsys, "boat-guild.yaml")

    (verdict,) = [each for each in data["verdicts"] if each["measure"] == "boat-grant-2024"]
    assert [(each["id"], each["value"]) for each in verdict["steps"]] == [
        ("cost", "2400.10 chf"),
        ("cost", "1599.90 chf"),
        ("base", "4000 chf"),
        ("intensity", "35 %"),
        ("add", "10 %"),
        ("rate", "45 %"),
        ("reckoned", "1800 chf"),
        ("ceiling", "4000 chf"),
        ("floor", "200 chf"),
        ("amount", "1800 chf"),
    ]


@pytest.mark.parametrize("path", sorted(DOSSIERS.glob("*.yaml")), ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["eo", "fy"])
def test_nothing_of_another_place_is_in_an_answer(capsys, path, language):
    data = answered(capsys, path.name, "--lang", language, "--all")
    text = read_again(capsys, path.name, "--lang", language, "--all")

    found = list(texts(data))
    assert found
    assert [each for each in found if set(each) != {"eo", "fy"}] == []
    assert ELSEWHERE.search(json.dumps(data, ensure_ascii=False)) is None
    assert ELSEWHERE.search(text) is None


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "eo",
            ["La Nova Velo", "Boata helpo: Open", "  > La Ĉambro juĝas, ĉu la boato estas bela."],
        ),
        ("fy", ["It Nije Seil", "Boatehelp: Open", "  > De Keamer oardielet oft de boat moai is."]),
    ],
)
def test_the_text_speaks_each_language_of_the_place(capsys, language, lines):
    text = read_again(capsys, "boat-guild.yaml", "--lang", language).splitlines()

    assert [line for line in [*lines, "  Amount: 1800.00 CHF"] if line not in text] == []


def test_the_first_language_of_the_place_is_spoken_unless_another_is_asked(capsys):
    assert read_again(capsys, "boat-guild.yaml").startswith("La Nova Velo\n")


def test_the_next_question_is_asked_in_the_words_of_the_place(capsys):
    assert "  Kiom da membroj vi havas?" in read_again(capsys, "bee-commons.yaml").splitlines()
    assert (
        "  Hoefolle leden hawwe jim?"
        in read_again(capsys, "bee-commons.yaml", "--lang", "fy").splitlines()
    )


def test_a_title_in_one_language_stands_in_both(capsys):
    assert read_again(capsys, "bee-commons.yaml", "--lang", "fy").startswith("Abeloj kaj Digoj\n")


def test_the_pack_is_chosen_by_the_setting_too(capsys, monkeypatch):
    monkeypatch.setenv("TERREAU_REGION", str(MINIATURE))

    said = ask(capsys, "assess", DOSSIERS / "boat-guild.yaml")

    assert said.status == 0
    assert "Amount: 1800.00 CHF" in said.out


def test_a_day_before_the_first_figure_of_one_card_still_gets_an_answer(capsys):
    data = answered(capsys, "boat-guild.yaml", "--on", "2019-06-01")

    assert {each["measure"]: each["status"] for each in data["verdicts"]}["dyke-loan"] == (
        "undetermined"
    )


# what its other cards say


@pytest.fixture
def explaining(pack):
    dossier = read_dossier(DOSSIERS / "boat-guild.yaml", pack)
    return Explaining(Edition(pack).on(dossier.on), dossier)


@pytest.mark.parametrize(
    ("card", "answers"),
    [
        ("salt-works", {"harbour-chamber": "yes", "dyke-council": "no", "bee-office": "unknown"}),
        ("local-wood", {"specification": "no", "reserved-lot": "unknown"}),
        ("yearly-tale", {"tale": "no"}),
        ("boat-path", {"desk": "yes", "assembly": "no"}),
    ],
)
def test_competences_clauses_duties_and_circuits_answer(explaining, card, answers):
    found = answers_of(explaining, card)

    assert {each.key: each.truth.value for each in found} == answers


def test_a_duty_has_its_day(explaining):
    (tale,) = answers_of(explaining, "yearly-tale")

    assert (tale.due, tale.within, tale.by) == ("2027-05-01", "30", "harbour-chamber")


def test_a_surplus_is_in_the_currency_of_the_place(explaining):
    found = {each.key: each.written for each in surplus_of(explaining, "boat-surplus")}

    assert (found["base"], found["yearly_share"]) == ("4000 chf", "10 %")


def test_no_line_told_is_no_ruling(explaining):
    assert rule_lines(explaining, "boat-costs") == ()
