"""The plea: its file is sound, each link leads somewhere, and the page says it in each language."""

import html
import re
from datetime import date

import pytest
from django.test import Client

from terreau.network import services

LANGUAGES = ("fr", "nl", "en")
TODAY = date(2026, 11, 24)
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
def rewritten(file, tmp_path):
    """Return what reads the plea with some words put in the place of others."""

    def read(old, new):
        text = file.read_text(encoding="utf-8")
        assert old in text
        copy = tmp_path / "plea.yaml"
        copy.write_text(text.replace(old, new, 1), encoding="utf-8")
        return services.plea_of(copy, LANGUAGES)

    return read


def refusals(reading, *arguments) -> list[str]:
    """Return the sentences with which a file is refused, each with its place."""
    with pytest.raises(services.Refused) as refused:
        reading(*arguments)
    return [str(finding) for finding in refused.value.findings]


def line_of(file, words) -> int:
    """Return the line on which words first stand."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if words in line)


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
    plea = rewritten("to: examples/ferme-mobile/", "to: examples/nobody/")

    assert "F2" in dead_links(visitor, plea, "fr")


@pytest.mark.parametrize(
    ("old", "new", "stands", "says"),
    [
        ("state: begun", "state: almost", "state: begun", "'almost' is not one of: done, begun"),
        ("state: not-yet", "state: done", "state: not-yet", "'F3' has no link"),
        ("state: begun", "state: not-yet", "link: {to: find/", "'F1' is not there yet"),
        ("id: F2", "id: F1", "id: F2", "'F1' is declared twice"),
        ("id: F2", "id: second", "id: F2", "'second' is not written as it should be"),
        ("{measures} mesures", "{wonders} mesures", "state: begun", "No figure is called"),
        ("to: find/", "to: https://elsewhere", "to: find/", "Write it like 'examples/'"),
        (', nl: "Een behoefte"', "", "Un besoin", "The words in 'nl' are missing."),
        ("source:", "sources:", "source:", "Did you mean 'source'?"),
    ],
)
def test_what_is_wrong_is_told_at_its_line(file, rewritten, old, new, stands, says):
    told = next(line for line in refusals(rewritten, old, new) if says in line)

    line = int(told.split("plea.yaml:")[1].split(":")[0])
    assert abs(line - line_of(file, stands)) <= 2


def test_a_file_without_a_plea_says_what_is_missing(tmp_path):
    empty = tmp_path / "plea.yaml"
    empty.write_text("title: {fr: A, nl: B, en: C}", encoding="utf-8")

    told = refusals(services.plea_of, empty, LANGUAGES)

    assert any("The key 'groups' is missing." in line for line in told)


def test_a_region_without_a_plea_has_no_page(visitor, settings, tmp_path):
    settings.REGION = tmp_path

    assert visitor.get("/fr/plea/").status_code == 404


@pytest.mark.usefixtures("published")
def test_the_figures_are_those_of_the_day():
    first = services.plea(TODAY).demands[0]

    assert "12 support measures" in first.does["en"]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "fr",
            [
                "Quatorze demandes, et ce que Terreau fait pour chacune aujourd’hui",
                "Fait 0 ",
                "Commencé 3 ",
                "Pas encore 11 ",
                "L’innovation sociale en cinq points",
                "Source : Plaidoyer du BISSIB",
                "F1 Commencé Financer un projet",
                "chacune des 12 mesures de soutien",
                "E7 Pas encore Protéger",
                "7 demandes",
            ],
        ),
        (
            "nl",
            [
                "Veertien vragen, en wat Terreau vandaag voor elke vraag doet",
                "Nog niet 11 ",
                "Sociale innovatie in vijf punten",
                "Bron: Pleidooi van BISSIB",
                "F1 Begonnen Een project",
                "elk van de 12 steunmaatregelen",
                "7 vragen",
            ],
        ),
        (
            "en",
            [
                "Fourteen requests, and what Terreau does for each today",
                "Not yet 11 ",
                "Source: Plea of BISSIB",
                "F1 Begun Fund a project",
                "7 requests",
            ],
        ),
    ],
)
@pytest.mark.usefixtures("published")
def test_the_page_says_what_is_asked_and_how_far_it_is(visitor, language, sentences):
    answer = visitor.get(f"/{language}/plea/")

    assert answer.status_code == 200
    assert answer.content.decode().count("<h1>") == 1
    assert [sentence for sentence in sentences if sentence not in words_of(answer)] == []


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
