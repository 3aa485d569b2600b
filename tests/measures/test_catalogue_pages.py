"""The list of measures and the page of each, as they read in each language."""

import html
import re

import pytest
from django.test import Client
from django.utils import timezone

from terreau.measures import services

pytestmark = pytest.mark.usefixtures("published")
LANGUAGES = ("fr", "nl", "en")
HEAVIEST = 120 * 1024


@pytest.fixture
def visitor() -> Client:
    """Return a browser without a face, on this machine."""
    return Client(headers={"host": "localhost"})


def words_of(answer) -> str:
    """Return what a page says, its spaces made plain."""
    main = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)
    text = html.unescape(re.sub(r"<[^>]+>", " ", main[0]))
    return re.sub(r"\s+", " ", text)


def measures() -> list[str]:
    """Return the names of the measures."""
    return [
        card.id for card in services.current_edition().pack.cards.values() if card.gives_verdict
    ]


def linked(answer) -> set[str]:
    """Return the measures to which a page leads."""
    return set(re.findall(r'href="/\w\w/measures/([a-z0-9-]+)/"', answer.content.decode()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_measure_has_its_page_in_every_language(visitor, language):
    for name in measures():
        answer = visitor.get(f"/{language}/measures/{name}/")
        page = answer.content.decode()

        assert answer.status_code == 200, name
        assert page.count("<h1") == 1, name
        assert len(answer.content) <= HEAVIEST, name
        assert f'href="/{language}/measures/"' in page, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_leads_to_every_measure_in_every_language(visitor, language):
    answer = visitor.get(f"/{language}/measures/")

    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1
    assert linked(answer) == set(measures())
    assert len(answer.content) <= HEAVIEST


def test_an_address_keeps_a_choice_and_shows_it_again(visitor):
    answer = visitor.get("/en/measures/?stage=scaling&kind=loan&q=coop&authority=&state=")
    page = answer.content.decode()

    assert linked(answer) == {"coopus"}
    assert "One support measure fits your choice" in words_of(answer)
    assert re.search(r'<option value="scaling"\s+selected', page)
    assert re.search(r'<option value="loan"\s+selected', page)
    assert 'value="coop"' in page
    assert "/fr/measures/?stage=scaling&amp;kind=loan&amp;q=coop" in page


def test_measures_that_ended_are_folded_until_they_are_chosen(visitor):
    assert re.search(
        r'<details class="disclose ended"\s*>', visitor.get("/en/measures/").content.decode()
    )

    answer = visitor.get("/en/measures/?state=ended")

    assert re.search(r'<details class="disclose ended"\s+open', answer.content.decode())
    assert {"rbc-2007-invest", "rbc-2018-invest", "rbc-2018-training"} < linked(answer)
    assert "coopus" not in linked(answer)
    assert "followed by" in words_of(answer)


def test_an_empty_list_says_what_to_do(visitor):
    some = visitor.get("/en/measures/?kind=loan&q=zzz")
    none = visitor.get("/en/measures/?q=zzz")

    assert "No support measure fits your choice" in words_of(some)
    assert "Without “Words”: 5 measures" in words_of(some)
    assert 'href="/en/measures/?kind=loan"' in some.content.decode()
    assert "Try fewer or other words" in words_of(none)
    assert 'href="/en/measures/"' in none.content.decode()


def test_what_is_typed_is_never_part_of_the_page(visitor):
    page = visitor.get("/en/measures/?q=<script>&stage=<b>").content.decode()

    assert "<script>" not in page
    assert 'value="&lt;script&gt;"' in page


def test_no_amount_of_the_list_is_a_blank(visitor):
    page = visitor.get("/en/measures/").content.decode()
    sums = re.findall(r'class="v-sum">\s*<b>(.*?)</b>\s*<small>(.*?)</small>', page, re.DOTALL)

    assert len(sums) == page.count('class="v-sum"') == len(measures())
    assert all(amount.strip() and why.strip() for amount, why in sums)


@pytest.mark.parametrize(
    ("name", "sentences"),
    [
        (
            "coopus",
            [
                "Three conditions",
                "You are a cooperative company.",
                "From the text itself",
                "What the authority still decides",
                "What you would have to do",
                "€250,000",
                "All the figures are settled",
                "Legal form: possible for one of 15",
                "Closed to",
                "Not met: You are a cooperative company.",
                "We found no page that says how to ask.",
                "Four worked cases, all as expected",
                "Brussels association",
                "Closed",
                "Check it for my project",
            ],
        ),
        (
            "rbc-2024-training",
            [
                "Eleven conditions, and twelve that other measures share",
                "Not found in the texts",
                "Our reading, to be confirmed",
                "Seven figures are not settled",
                "Legal form: no condition hangs on it",
                "Ask before any cost is made",
                "No cost is paid twice.",
                "€3,600 to €9,000",
            ],
        ),
        (
            "eu-gber-25",
            ["Another text is expected", "Expected from 1 January 2027", "15%, before: 0%"],
        ),
        ("cocof-bourse-innovation", ["The last known day to ask was 6 June 2022"]),
        (
            "rbc-2018-invest",
            [
                "This measure no longer exists: it ended on 25 March 2024.",
                "What you read below is the rule of 25 March 2024.",
                "One can no longer ask for it",
                "Small enterprise: Not found in the texts, before: 10% to 30%",
            ],
        ),
    ],
)
def test_a_page_says_what_is_known_and_what_is_not(visitor, name, sentences):
    said = words_of(visitor.get(f"/en/measures/{name}/"))

    for sentence in sentences:
        assert sentence in said


def test_a_measure_that_ended_does_not_ask_to_be_checked(visitor):
    assert (
        "/en/find/"
        not in re.search(
            r"<main.*</main>",
            visitor.get("/en/measures/rbc-2018-invest/").content.decode(),
            re.DOTALL,
        )[0]
    )


def test_a_rule_is_read_as_in_force_on_another_day(visitor):
    then = words_of(visitor.get("/en/measures/eu-gber-25/?day=2022-06-01"))
    before = visitor.get("/en/measures/rbc-2024-invest-material/?day=2020-06-01")

    assert "On 1 June 2022" in then
    assert "On 1 June 2020 this measure did not exist yet: it begins on 26 March 2024." in words_of(
        before
    )
    assert 'href="/en/measures/rbc-2018-invest/?day=2020-06-01"' in before.content.decode()


@pytest.mark.parametrize("typed", ["24/11/2026", "2026-02-30", "1899-12-31", "2101-01-01", "<b>"])
def test_a_day_that_cannot_be_read_is_shown_again_with_what_to_write(visitor, typed):
    answer = visitor.get("/en/measures/coopus/", {"day": typed})
    page, said = answer.content.decode(), words_of(answer)

    assert answer.status_code == 200
    assert f"“{typed}” is no day that we can read. Write the year" in said
    assert f'value="{html.escape(typed)}"' in page
    assert re.search(r"<title>\s*Error:", page)
    assert 'role="alert"' in page
    assert "between 1 January 1900 and 31 December 2100" in said


def test_the_day_asked_stands_in_its_field(visitor):
    today = timezone.localdate().isoformat()

    assert f'value="{today}"' in visitor.get("/fr/measures/coopus/").content.decode()
    asked = visitor.get("/fr/measures/coopus/?day=2025-03-01").content.decode()
    assert 'value="2025-03-01"' in asked
    assert "/nl/measures/coopus/?day=2025-03-01" in asked


@pytest.mark.parametrize("name", ["nobody", "rbc-2023-frame", "eu-sme"])
def test_what_is_no_measure_has_no_page(visitor, name):
    assert visitor.get(f"/fr/measures/{name}/").status_code == 404


def test_a_page_may_only_be_read(visitor):
    assert visitor.post("/fr/measures/").status_code == 405
    assert visitor.post("/fr/measures/coopus/").status_code == 405


def test_a_page_asks_the_database_once(visitor, django_assert_num_queries):
    visitor.get("/fr/measures/")

    for address in (
        "/fr/measures/",
        "/nl/measures/?q=premie",
        "/fr/measures/coopus/?day=2020-01-01",
    ):
        with django_assert_num_queries(1):
            assert visitor.get(address).status_code == 200
