"""The plea: its file is sound, each link leads somewhere, and the page says it in each language."""

import html
import re
from datetime import date

import pytest
from django.test import Client

from terreau.measures import services as measures
from terreau.network import services

LANGUAGES = ("fr", "nl", "en")
TODAY = date(2026, 11, 24)
SMALL = """
title: {fr: a, nl: a, en: a}
says: {fr: a, nl: a, en: a}
source:
  name: {fr: a, nl: a, en: a}
  says: {fr: a, nl: a, en: a}
definition:
  title: {fr: a, nl: a, en: a}
  points:
    - {name: {fr: a, nl: a, en: a}, says: {fr: a, nl: a, en: a}}
groups:
  - id: funding
    name: {fr: a, nl: a, en: a}
    demands:
      - id: F1
        says: {fr: a, nl: a, en: a}
        state: begun
        does: {fr: "{measures}", nl: "{measures}", en: "{measures}"}
        link: {to: examples/ferme-mobile/, says: {fr: a, nl: a, en: a}}
      - id: F2
        says: {fr: a, nl: a, en: a}
        state: not-yet
        does: {fr: a, nl: a, en: a}
"""
REQUESTS = [*(f"F{number}" for number in range(1, 8)), *(f"E{number}" for number in range(1, 8))]


@pytest.fixture
def visitor() -> Client:
    """Return a browser without a face, on this machine."""
    return Client(headers={"host": "localhost"}, raise_request_exception=False)


@pytest.fixture
def file(root):
    """Return the plea of the region."""
    return root / "regions" / "brussels" / "plea.yaml"


@pytest.fixture
def plea(file) -> services.Plea:
    """Return the plea as read, its figures still blank."""
    return services.plea_of(file, LANGUAGES)


@pytest.fixture
def rewritten(tmp_path):
    """Return what reads a small plea with some words put in the place of others."""

    def read(old, new):
        assert old in SMALL
        file = tmp_path / "plea.yaml"
        file.write_text(SMALL.replace(old, new, 1), encoding="utf-8")
        return services.plea_of(file, LANGUAGES)

    return read


def refusals(reading, *arguments) -> list[str]:
    """Return the sentences with which a file is refused, each with its place."""
    with pytest.raises(services.Refused) as refused:
        reading(*arguments)
    return [str(finding) for finding in refused.value.findings]


def place_of(words) -> str:
    """Return the line and the column of the small plea at which words first stand."""
    before = SMALL[: SMALL.index(words)]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def dead_links(visitor, plea, language) -> list[str]:
    """Return the requests whose link answers nothing."""
    return [
        demand.id
        for demand in plea.demands
        if demand.link and visitor.get(f"/{language}/{demand.link.to}").status_code != 200
    ]


def words_of(answer) -> str:
    """Return what a page says, its spaces made plain."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))
    return re.sub(r"\s+", " ", text)


def test_the_plea_has_fourteen_requests_in_two_groups_and_five_points(plea):
    assert [demand.id for demand in plea.demands] == REQUESTS
    assert [group.id for group in plea.groups] == ["funding", "ecosystem"]
    assert len(plea.definition.points) == 5
    assert sum(count.number for count in plea.tally) == len(REQUESTS)


def test_each_request_is_said_in_each_language_of_the_pack(plea):
    for demand in plea.demands:
        told = [demand.says, demand.does, *([demand.link.says] if demand.link else [])]

        assert all(text[language].strip() for text in told for language in LANGUAGES), demand.id


def test_what_is_done_has_a_link_and_what_is_not_yet_has_none(plea):
    linked = {demand.id: demand.link is not None for demand in plea.demands}

    assert linked == {
        demand.id: demand.state is not services.State.NOT_YET for demand in plea.demands
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("request_id", REQUESTS)
@pytest.mark.usefixtures("published")
def test_the_link_of_a_request_leads_to_a_page(visitor, plea, request_id, language):
    demand = next(demand for demand in plea.demands if demand.id == request_id)

    if demand.link:
        assert visitor.get(f"/{language}/{demand.link.to}").status_code == 200


@pytest.mark.usefixtures("published")
def test_a_dead_link_is_found(visitor, rewritten):
    alive = rewritten("to: examples/ferme-mobile/", "to: examples/ferme-mobile/")
    dead = rewritten("to: examples/ferme-mobile/", "to: examples/nobody/")

    assert dead_links(visitor, alive, "fr") == []
    assert dead_links(visitor, dead, "fr") == ["F1"]


@pytest.mark.parametrize(
    ("old", "new", "stands", "says"),
    [
        ("state: begun", "state: almost", "begun", "'almost' is not one of: done, begun"),
        ("state: not-yet", "state: done", "not-yet", "'F2' has no link"),
        ("state: begun", "state: not-yet", "{to:", "'F1' is not there yet"),
        ("id: F2", "id: F1", "F2", "'F1' is declared twice"),
        ("id: F2", "id: second", "F2", "'second' is not written as it should be"),
        ('"{measures}"', '"{wonders}"', '{fr: "{measures}"', "No figure is called 'wonders'"),
        ("to: examples/", "to: https://elsewhere/", "examples/", "Write it like 'examples/'"),
        ("{fr: a, nl: a, en: a}", "{fr: a, en: a}", "{fr: a", "The words in 'nl' are missing."),
        ("source:", "sources:", "source:", "Did you mean 'source'?"),
    ],
)
def test_what_is_wrong_is_told_at_its_line_and_column(rewritten, old, new, stands, says):
    told = next(line for line in refusals(rewritten, old, new) if says in line)

    assert told.split("plea.yaml:")[1].startswith(f"{place_of(stands)}: ")


def test_a_file_without_a_plea_says_what_is_missing(tmp_path):
    empty = tmp_path / "plea.yaml"
    empty.write_text("title: {fr: A, nl: B, en: C}", encoding="utf-8")

    told = refusals(services.plea_of, empty, LANGUAGES)

    assert any("The key 'groups' is missing." in line for line in told)


def test_a_region_without_a_plea_has_no_page(visitor, settings, tmp_path):
    settings.REGION = tmp_path

    assert visitor.get("/fr/plea/").status_code == 404


@pytest.mark.usefixtures("published")
def test_the_figures_are_those_of_the_day(rewritten):
    known = measures.open_measures(TODAY)
    told = rewritten("a", "a").counting({"measures": known})

    assert told.demands[0].does == dict.fromkeys(LANGUAGES, str(known))
    assert f" {known} support measures" in services.plea(TODAY).demands[0].does["en"]


@pytest.mark.parametrize(
    ("language", "title", "source", "states"),
    [
        (
            "fr",
            "Quatorze demandes, et ce que Terreau fait pour chacune aujourd’hui",
            "Source : Plaidoyer du BISSIB",
            ("Fait", "Commencé", "Pas encore"),
        ),
        (
            "nl",
            "Veertien vragen, en wat Terreau vandaag voor elke vraag doet",
            "Bron: Pleitnota van BISSIB",
            ("Gedaan", "Begonnen", "Nog niet"),
        ),
        (
            "en",
            "Fourteen requests, and what Terreau does for each today",
            "Source: Plea of BISSIB",
            ("Done", "Begun", "Not yet"),
        ),
    ],
)
@pytest.mark.usefixtures("published")
def test_the_page_says_what_is_asked_and_how_far_it_is(visitor, language, title, source, states):
    plea, words = services.plea(TODAY), dict(zip(services.State, states, strict=True))
    tally = [f"{words[count.state]} {count.number} " for count in plea.tally]
    rows = [
        f"{demand.id} {demand.says[language]} {words[demand.state]} {demand.does[language]}"
        for demand in plea.demands
    ]

    answer = visitor.get(f"/{language}/plea/")

    said = words_of(answer)
    assert answer.status_code == 200
    assert answer.content.decode().count("<h1>") == 1
    assert [sentence for sentence in [title, source, *tally, *rows] if sentence not in said] == []


@pytest.mark.usefixtures("published")
def test_each_link_of_the_page_stays_in_its_language(visitor, plea):
    page = visitor.get("/nl/plea/").content.decode()

    for demand in plea.demands:
        if demand.link:
            assert f'href="/nl/{demand.link.to}"' in page


@pytest.mark.usefixtures("published")
def test_the_page_asks_the_database_once(visitor, django_assert_num_queries):
    visitor.get("/fr/plea/")

    with django_assert_num_queries(1):
        assert visitor.get("/fr/plea/").status_code == 200
