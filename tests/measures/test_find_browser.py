"""Finding support in a real browser: with and without JavaScript, on a telephone, by keyboard, zoomed, printed."""

import re

import pytest

from tests.browsing import open_all, opened, violations

pytestmark = pytest.mark.usefixtures("published")
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
FORM = "organisation.legal_form"


def begin(page, live_server, language="fr"):
    """Begin a dossier; return the address of its questions."""
    page.goto(f"{live_server}/{language}/find/")
    page.click("main form button[type=submit]")
    return page.url


def answer(page):
    """Answer the question of the page: its form if it is asked, else yes, else what comes first."""
    choices = page.locator("main input[type=radio], main input[type=checkbox]")
    if not choices.count():
        page.locator("main input[type=text], main input[type=date]").first.fill("2")
    else:
        values = [choices.nth(place).get_attribute("value") for place in range(choices.count())]
        wanted = next((each for each in ("cooperative", "yes") if each in values), values[0])
        choices.nth(values.index(wanted)).check(force=True)
    carry_on(page)


def carry_on(page):
    """Send the question of the page, and wait for what follows it."""
    page.evaluate("document.getElementById('main').dataset.sent = 'yes'")
    page.click("main form.stack-l button.btn")
    page.locator("#main:not([data-sent])").wait_for()


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize(("language", "size"), [("fr", PHONE), ("nl", DESK)])
def test_five_questions_lead_to_three_measures(browser, live_server, language, size, javascript):
    with opened(
        browser, f"{live_server}/{language}/", viewport=size, java_script_enabled=javascript
    ) as (page, complaints):
        begin(page, live_server, language)
        for _question in range(5):
            answer(page)

        assert page.url.endswith("/answers/")
        assert page.locator("details.verdict").count() == 3
        page.locator("details.verdict summary").first.click()
        assert page.locator("details.verdict[open] .conds").is_visible()
        assert not page.locator("a.verdict-line").first.is_visible()
        page.locator("details.fold > summary").first.click()
        page.locator("a.verdict-line").first.click()
        assert page.locator("h1").count() == 1
        assert complaints == []


def test_on_a_telephone_the_sentence_and_the_three_best_stand_without_scrolling(
    browser, live_server
):
    with opened(browser, f"{live_server}/fr/", viewport=PHONE) as (page, _complaints):
        begin(page, live_server)
        for _question in range(5):
            answer(page)

        names = page.locator("details.verdict .v-name")
        bottoms = [names.nth(place).bounding_box() for place in range(names.count())]
        assert len(bottoms) == 3
        assert all(box["y"] + box["height"] <= PHONE["height"] for box in bottoms)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1280"])
def test_every_page_and_state_is_accessible(browser, live_server, size, scheme):
    with opened(
        browser, f"{live_server}/fr/", viewport=size, color_scheme=scheme, bypass_csp=True
    ) as (page, _complaints):
        own = begin(page, live_server)
        states = [
            f"{live_server}/fr/",
            f"{live_server}/fr/find/",
            own,
            f"{own}?fact=organisation.headcount",
            f"{own}?fact=project.fields",
            f"{own}?fact=aids.received",
            f"{own}?fact=project.starts_on",
            f"{own}answers/",
            f"{own}answers/coopus/",
        ]
        found = {state: axe(page, state) for state in states}
        page.goto(f"{own}?fact=organisation.headcount")
        page.fill("main input[type=text]", "many")
        carry_on(page)
        found["error"] = axe(page, None)

        assert {state: each for state, each in found.items() if each} == {}


def axe(page, address):
    """Return what axe finds wrong on a page."""
    if address:
        page.goto(address)
    open_all(page)
    return violations(page)


def test_a_keyboard_alone_answers_a_question(browser, live_server):
    with opened(browser, f"{live_server}/fr/", viewport=DESK) as (page, _complaints):
        own = begin(page, live_server)
        page.goto(f"{own}?fact={FORM}")
        page.locator("main input[type=radio]").first.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent.trim()").startswith("Continuer")
        page.keyboard.press("Enter")
        page.wait_for_url(own)
        page.goto(f"{own}answers/")

        assert "Personne physique" in page.inner_text("main")


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_scrolls_sideways_even_at_four_hundred_percent(browser, live_server, width):
    size = {"width": width, "height": 640}
    with opened(browser, f"{live_server}/nl/", viewport=size) as (page, _complaints):
        own = begin(page, live_server, "nl")
        for address in (own, f"{own}?fact=aids.received", f"{own}answers/", f"{live_server}/nl/"):
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_an_error_is_told_first_and_what_was_typed_stays(browser, live_server):
    with opened(browser, f"{live_server}/fr/", viewport=PHONE) as (page, _complaints):
        own = begin(page, live_server)
        page.goto(f"{own}?fact=project.starts_on")
        page.evaluate("document.querySelector('main input[type=date]').type = 'text'")
        page.fill("main input[type=text]", "demain")
        carry_on(page)

        assert page.title().startswith("Erreur")
        assert (
            page.locator("[role=alert] a")
            .inner_text()
            .endswith("Écrivez une date, comme 24/11/2026.")
        )
        assert page.input_value("main input[type=text]") == "demain"


def test_back_and_reload_lose_nothing(browser, live_server):
    with opened(browser, f"{live_server}/fr/", viewport=DESK) as (page, _complaints):
        own = begin(page, live_server)
        answer(page)
        with page.expect_event("load"):  # htmx asks the server for the page again
            page.go_back()
        page.reload()
        page.goto(own)

        assert re.search(r"Question 2 sur 5", page.inner_text("main"))


def test_on_paper_the_answers_stand_without_buttons(browser, live_server):
    with opened(browser, f"{live_server}/fr/", viewport=DESK) as (page, _complaints):
        own = begin(page, live_server)
        answer(page)
        page.goto(f"{own}answers/")
        page.emulate_media(media="print")

        assert not page.locator("main .btn").first.is_visible()
        assert not page.locator(".masthead").is_visible()
        assert page.locator("h1").is_visible()
