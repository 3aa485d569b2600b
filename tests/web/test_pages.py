"""What every page has: its language, its ways in, its policy; and the pages of errors."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override

pytestmark = pytest.mark.usefixtures("published")
LANGUAGES = ("fr", "nl", "en")


@pytest.fixture
def visitor() -> Client:
    """Return a browser without a face, on this machine."""
    return Client(headers={"host": "localhost"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_its_language_and_offers_the_others(visitor, language):
    page = visitor.get(f"/{language}/").content.decode()

    assert f'<html lang="{language}">' in page
    for other in LANGUAGES:
        assert f'rel="alternate" hreflang="{other}" href="/{other}/"' in page
    assert page.count('aria-current="true"') == 1


def test_another_language_keeps_the_page_and_its_question(visitor):
    page = visitor.get("/fr/examples/epicerie-cooperative/?answer=closed").content.decode()

    assert 'href="/nl/examples/epicerie-cooperative/?answer=closed"' in page


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fr", "Cette page n’existe pas"),
        ("nl", "Deze pagina bestaat niet"),
        ("en", "This page does not exist"),
    ],
)
def test_an_unknown_address_says_so_and_leads_home(visitor, language, title):
    answer = visitor.get(f"/{language}/nowhere/")

    assert answer.status_code == 404
    assert f"<h1>{title}</h1>" in answer.content.decode()
    assert f'href="/{language}/"' in answer.content.decode()


def test_the_page_of_a_failure_needs_no_request():
    with override("nl"):
        page = render_to_string("500.html")

    assert "Er ging iets stuk aan onze kant" in page
    assert 'href="/fr/"' in page


def test_nothing_is_written_inside_the_page(visitor):
    answer = visitor.get("/fr/examples/epicerie-cooperative/")
    page = answer.content.decode()

    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert re.search(r"\sstyle=|<style|<script|\son\w+=|data:image", page) is None


def test_htmx_is_held_to_the_policy(visitor):
    assert '"allowEval":false' in visitor.get("/fr/measures/").content.decode()


def test_the_first_tab_stop_skips_to_the_content(visitor):
    page = visitor.get("/fr/").content.decode()

    assert re.search(r'<body>\s*<a class="skip" href="#main">Aller au contenu</a>', page)
    assert '<main id="main" tabindex="-1">' in page


def test_every_icon_of_a_page_is_drawn_in_its_sprite(visitor):
    page = visitor.get("/fr/examples/epicerie-cooperative/").content.decode()

    assert set(re.findall(r'<use href="#([\w-]+)"', page)) == set(
        re.findall(r'<symbol id="([\w-]+)"', page)
    )
