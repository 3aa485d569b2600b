"""The whole pack of the region: its cards, where each entry went, where projects stand."""

import re
from datetime import date
from pathlib import Path

import pytest

from benchmarks.questions import settled_by_question
from terreau.measures.catalogue.completeness import completeness
from terreau.rules import Edition, assess, read_dossier, read_pack
from tests.carriers import CARRIER
from tools.reference import BRUSSELS, entries_of

DAY = date(2026, 11, 24)
# A card may rest on a source of the reference that is no entry.
EXAMPLES = sorted((BRUSSELS.parents[1] / "examples").glob("*.yaml"))
SOURCES = {"BXCFP24", "COCOF14B", "FED2003", "L2003"}


@pytest.fixture(scope="module")
def edition() -> Edition:
    """Return the whole pack, ready to be asked."""
    return Edition(read_pack(BRUSSELS))


def standing(edition: Edition, folder: Path, **told: str) -> object:
    """Return where a project stands of which this is told."""
    path = folder / "dossier.yaml"
    path.write_text(CARRIER.format(**told), encoding="utf-8")
    return assess(edition, read_dossier(path, edition.pack), DAY).position


def test_every_entry_that_a_card_stands_for_says_what_became_of_it(edition):
    entries = {each["entry"]: each for each in entries_of(BRUSSELS)}
    covered = {name for card in edition.pack.cards.values() for name in card.covers}

    assert covered - entries.keys() <= SOURCES
    lost = {name for name, each in entries.items() if name not in covered and not each.get("went")}
    assert lost == set()
    named = {
        name
        for each in entries.values()
        for name in re.findall(r"`([a-z0-9-]+)`", each.get("went", ""))
    }
    assert named <= edition.pack.cards.keys() | edition.pack.authorities.keys()


def test_every_figure_has_a_public_name(edition):
    bare = [
        f"{card.id}: {each.name}"
        for card in edition.pack.cards.values()
        for each in card.parameters.values()
        if each.label is None
    ]
    assert bare == []


def test_it_is_as_large_as_the_reference_asks(edition):
    known = completeness(edition, DAY)

    assert known.cards >= 110
    assert len(edition.on(DAY).verdicts) >= 60
    assert len(known.municipalities) == 19
    assert edition.pack.grid is not None
    windows = {name for card in edition.pack.cards.values() if card.window for name in card.covers}
    assert {"W1", "W2", "W3", "W5", "W8", "W10", "W11", "W12", "W13"} <= windows


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_five_questions_settle_most_of_the_answers(edition, path):
    book = edition.on(DAY)
    settled = list(settled_by_question(book, read_dossier(path, edition.pack)))

    assert settled[0] > 0
    assert settled[4] >= 0.7 * len(book.verdicts)
    assert settled == sorted(settled)


def test_a_cooperative_that_helps_at_home_is_outside_by_its_form(edition, tmp_path):
    found = standing(
        edition,
        tmp_path,
        form="cooperative",
        community="both",
        field="home-help",
        service="home-help",
    )

    assert found.kind == "outside"
    assert "form" in {aspect for each in found.near for aspect in each.aspects}
    assert "cocom-home-help" in [card.id for card in found.protected]


def test_a_project_of_no_recognised_field_is_outside_and_near_nothing(edition, tmp_path):
    found = standing(
        edition, tmp_path, form="asbl", community="french", field="mobility", service=""
    )

    assert (found.kind, found.near, found.inside) == ("outside", (), ())


def test_a_dutch_speaking_service_falls_between_the_recognitions_of_the_others(edition, tmp_path):
    found = standing(
        edition, tmp_path, form="asbl", community="dutch", field="health", service="mental-health"
    )

    assert found.kind == "between"
    assert [each.aspects for each in found.near] == [("language",)]


def test_what_is_not_told_leaves_it_open(edition, tmp_path):
    path = tmp_path / "dossier.yaml"
    path.write_text(
        "title: {fr: x, nl: x, en: x}\nfacts:\n  organisation.legal_form: asbl\n", encoding="utf-8"
    )

    assert assess(edition, read_dossier(path, edition.pack), DAY).position.kind == "open"
