"""The first page and the answers for an example, as they read in each language."""

import html
import re
from datetime import date

import pytest
from django.test import Client

from terreau.measures import services

pytestmark = pytest.mark.usefixtures("published")
LANGUAGES = ("fr", "nl", "en")
TODAY = date(2026, 11, 24)


@pytest.fixture
def visitor() -> Client:
    """Return a browser without a face, on this machine."""
    return Client(headers={"host": "localhost"})


def words_of(answer) -> str:
    """Return what a page says, its spaces made plain."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))
    return re.sub(r"\s+", " ", text)


def names() -> list[str]:
    """Return the names of the examples."""
    return [example.name for example in services.examples(TODAY)]


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fr", "Dix dossiers, et ce que les textes leur répondent"),
        ("nl", "Tien dossiers, en wat de teksten erop antwoorden"),
        ("en", "Ten dossiers, and what the texts answer them"),
    ],
)
def test_a_page_lists_the_examples(visitor, language, title):
    answer = visitor.get(f"/{language}/examples/")

    assert answer.status_code == 200
    assert title in words_of(answer)
    for name in names():
        assert f'href="/{language}/examples/{name}/"' in answer.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_has_its_page_in_every_language(visitor, language):
    for name in names():
        answer = visitor.get(f"/{language}/examples/{name}/")

        assert answer.status_code == 200, name
        assert answer.content.decode().count("<h1>") == 1, name


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "fr",
            [
                "Une mesure vous est ouverte.",
                "Une autre est à confirmer.",
                "Ouverte, la décision revient à finance&invest.brussels",
                "mesures ne vous conviennent pas.",
                "Remplie · Page du produit COOP US",
                "250 000 €",
                "Lue dans le texte",
                "la page lue, le 24 novembre 2026",
                "au 24 novembre 2026, empreinte",
            ],
        ),
        (
            "nl",
            [
                "Eén maatregel staat voor u open.",
                "Eén andere is te bevestigen.",
                "Open, de beslissing is aan finance&invest.brussels",
                "maatregelen passen niet bij u.",
                "Voldaan · Productpagina COOP US",
                "250.000 euro",
                "Gelezen in de tekst",
                "de gelezen pagina, op 24 november 2026",
                "op 24 november 2026, vingerafdruk",
            ],
        ),
    ],
)
def test_an_answer_says_what_it_is_and_what_it_rests_on(visitor, language, sentences):
    said = words_of(visitor.get(f"/{language}/examples/epicerie-cooperative/"))

    for sentence in sentences:
        assert sentence in said


def test_a_number_in_words_has_a_capital_only_at_the_start(visitor):
    said = words_of(visitor.get("/nl/examples/buurtkeuken-vzw/"))

    numbers = "twee|drie|vier|vijf|zes|zeven|acht|negen|tien"
    assert re.search(rf"(?!{numbers})(?i:{numbers}) wachten nog op een antwoord\.", said)
    assert re.search(rf"Er ontbreken ({numbers}) antwoorden", said)


def test_a_screen_never_says_verdict(visitor):
    pages = {
        language: words_of(visitor.get(f"/{language}/examples/epicerie-cooperative/")).lower()
        for language in LANGUAGES
    }

    assert "verdict" not in pages["fr"]
    assert re.search(r"\boordeel\b", pages["nl"]) is None
    assert "verdict" not in pages["en"]


def test_one_kind_of_answer_can_be_shown_alone(visitor):
    page = visitor.get("/fr/examples/epicerie-cooperative/?answer=open").content.decode()

    assert len(re.findall('class="verdict-line yes"', page)) == 1
    assert 'class="verdict-line unknown"' not in page


def test_a_kind_that_does_not_exist_shows_all(visitor):
    everything = visitor.get("/fr/examples/epicerie-cooperative/").content.decode()
    page = visitor.get("/fr/examples/epicerie-cooperative/?answer=<b>").content.decode()

    assert page.count("<details class=") == everything.count("<details class=")
    assert "&lt;b&gt;" in page or "%3Cb%3E" in page
    assert '<b>"' not in page


def test_an_example_that_does_not_exist_is_not_found(visitor):
    assert visitor.get("/fr/examples/nobody/").status_code == 404


def test_no_amount_is_a_blank(visitor):
    for name in names():
        page = visitor.get(f"/fr/examples/{name}/").content.decode()
        sums = re.findall(
            r'<span class="v-sum">\s*<b>(.*?)</b>\s*<small>(.*?)</small>', page, re.DOTALL
        )

        assert len(sums) == page.count('class="v-sum"') > 0
        assert all(amount.strip() and why.strip() for amount, why in sums), name


def test_an_amount_that_no_answer_of_the_reader_can_fill_is_laid_to_the_text(visitor):
    page = words_of(visitor.get("/fr/examples/independante-couture/"))

    brusoc = page.partition("Brusoc : microcrédit et fonds d’amorçage")[2][:200]
    assert "Non chiffré le texte ne donne pas de montant" in brusoc


def test_the_pages_stay_within_their_weight(visitor):
    for name in names():
        assert len(visitor.get(f"/fr/examples/{name}/").content) < 200_000, name


def test_a_page_asks_the_database_once(visitor, django_assert_num_queries):
    visitor.get("/fr/")

    for address in ("/fr/", f"/nl/examples/{names()[0]}/"):
        with django_assert_num_queries(1):
            assert visitor.get(address).status_code == 200
