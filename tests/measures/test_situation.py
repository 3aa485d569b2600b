"""Where a project stands, as its reader sees it: the sentence, what refuses it, what is protected, what the law opens."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from terreau.measures.reading import lay_out
from terreau.rules import Edition, assess, read_dossier, read_pack
from terreau.rules.canonical import read_again, written
from terreau.rules.pack import pack_of
from tests.carriers import CARRIER
from tools.reference import BRUSSELS

DAY = date(2026, 11, 24)
SAID = {
    ("cooperative", "both", "home-help", "home-help"): {
        "fr": ["hors du champ", "la forme juridique", "cette mission est protégée"],
        "nl": ["valt buiten het domein", "de rechtsvorm", "deze opdracht is beschermd"],
    },
    ("asbl", "dutch", "health", "mental-health"): {
        "fr": ["tombe entre les agréments", "la langue dans laquelle"],
        "nl": ["valt tussen de erkenningen", "de taal waarin"],
    },
}


@pytest.fixture(scope="module")
def edition() -> Edition:
    """Return the whole pack, ready to be asked."""
    return Edition(read_pack(BRUSSELS))


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("told", SAID)
def test_the_situation_is_told_in_words(edition, tmp_path, told, language):
    path = tmp_path / "dossier.yaml"
    names = ("form", "community", "field", "service")
    path.write_text(CARRIER.format(**dict(zip(names, told, strict=True))), encoding="utf-8")
    dossier = read_dossier(path, edition.pack)
    answers = lay_out(assess(edition, dossier, DAY), dossier)
    context = {"situation": answers.situation, "answers": answers, "one": "read_answer", "key": "x"}

    with override(language):
        page = " ".join(render_to_string("measures/situation.html", context).split())

    assert [each for each in SAID[told][language] if each not in page] == []


def test_of_a_project_of_which_little_is_told_nothing_is_said(edition, tmp_path):
    path = tmp_path / "dossier.yaml"
    path.write_text(
        "title: {fr: x, nl: x, en: x}\nfacts:\n  organisation.legal_form: asbl\n", encoding="utf-8"
    )
    dossier = read_dossier(path, edition.pack)

    assert not lay_out(assess(edition, dossier, DAY), dossier).situation.says_something


def test_where_no_recognition_says_what_its_field_is_nothing_is_said(edition, tmp_path):
    region, trees = read_again(edition.pack.form)
    for tree in filter(lambda each: isinstance(each, dict), trees.values()):
        for condition in tree.get("conditions", ()):
            condition.pop("aspect", None)
    bare = Edition(pack_of(written(region, trees)))
    path = tmp_path / "dossier.yaml"
    told = {
        "form": "cooperative",
        "community": "both",
        "field": "home-help",
        "service": "home-help",
    }
    path.write_text(CARRIER.format(**told), encoding="utf-8")
    dossier = read_dossier(path, bare.pack)

    situation = lay_out(assess(bare, dossier, DAY), dossier).situation
    assert (situation.kind, situation.near) == ("open", ())


def test_who_is_competent_is_told_for_what_the_project_does_and_the_certain_first(edition, root):
    dossier = read_dossier(root / "examples" / "fondation-lecture.yaml", edition.pack)
    answers = lay_out(assess(edition, dossier, DAY), dossier)

    certain = [each.truth.settled for each in answers.situation.competent]
    said = " ".join(each.says["fr"] for each in answers.situation.competent)
    assert certain == sorted(certain, reverse=True)
    assert any(certain)
    assert "COCOM est compétente" in said
    assert "accueil de l’enfance" not in said
