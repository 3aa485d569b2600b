"""What htmx adds: a page changes in place, and the focus, the title, the address and the words go with it."""

import pytest

from terreau.projects.models import Project
from tests.browsing import opened, violations
from tests.measures.test_find_browser import DESK, PHONE, answer, begin, carry_on

pytestmark = pytest.mark.usefixtures("published")
STAYS = "window.stays = 'here'"
SAME = "window.stays === 'here'"
FOCUS = "document.activeElement.id || document.activeElement.getAttribute('role')"


def test_the_next_question_comes_in_place_with_its_title_its_focus_and_its_languages(
    browser, live_server
):
    with opened(browser, f"{live_server}/fr/", viewport=PHONE) as (page, complaints):
        own = begin(page, live_server)
        first, address = page.title(), page.url
        page.evaluate(STAYS)
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        answer(page)

        assert page.evaluate(SAME)
        assert page.title() != first
        assert page.evaluate(FOCUS) == "main"
        assert page.evaluate("window.scrollY") < page.viewport_size["height"]
        assert page.url.startswith(address)
        page.get_by_role("navigation", name="Langue").get_by_role("link", name="Nederlands").click()
        assert page.url.startswith(own.replace("/fr/", "/nl/"))
        assert complaints == []


def test_an_error_comes_in_place_is_read_first_and_keeps_what_was_typed(browser, live_server):
    with opened(browser, f"{live_server}/fr/", viewport=PHONE, bypass_csp=True) as (page, _lines):
        page.goto(f"{begin(page, live_server)}?fact=organisation.headcount")
        page.evaluate(STAYS)
        page.fill("main input[type=text]", "beaucoup")
        carry_on(page)

        assert page.evaluate(SAME)
        assert page.evaluate(FOCUS) == "alert"
        assert page.input_value("main input[type=text]") == "beaucoup"
        assert violations(page) == []


def test_without_a_connection_nothing_typed_is_lost_and_one_can_try_again(browser, live_server):
    with opened(browser, f"{live_server}/fr/", viewport=PHONE) as (page, _complaints):
        page.goto(f"{begin(page, live_server)}?fact=organisation.headcount")
        assert not page.locator("#offline").is_visible()
        page.fill("main input[type=text]", "3")
        page.context.set_offline(True)
        page.click("main form.stack-l button.btn")

        page.locator("#offline").wait_for(state="visible")
        assert page.evaluate(FOCUS) == "offline"
        assert page.input_value("main input[type=text]") == "3"

        page.context.set_offline(False)
        carry_on(page)
        assert "3" in page.locator("main").inner_text()


def test_an_ended_link_says_so_in_place(browser, live_server):
    with opened(browser, f"{live_server}/fr/", viewport=DESK) as (page, _complaints):
        begin(page, live_server)
        Project.objects.all().delete()
        answer(page)

        assert page.locator("main h1").inner_text() == "Cette page n’existe pas"


def test_back_brings_the_page_from_the_server_and_nothing_is_kept_in_the_browser(
    browser, live_server
):
    with opened(browser, f"{live_server}/fr/", viewport=DESK) as (page, _complaints):
        begin(page, live_server)
        for _question in range(5):
            answer(page)
        assert page.url.endswith("/answers/")
        assert page.evaluate("localStorage.length") == 0
        assert page.evaluate("sessionStorage.getItem('htmx-history-cache')") is None

        page.go_back()
        page.locator("main form.stack-l").wait_for()
        assert not page.url.endswith("/answers/")


def test_pressing_twice_answers_once(browser, live_server):
    with opened(browser, f"{live_server}/fr/", viewport=DESK) as (page, _complaints):
        begin(page, live_server)
        sent: list[str] = []
        page.on("request", lambda each: sent.append(each.method))
        page.locator("main input[type=radio], main input[type=checkbox]").first.check(force=True)
        page.evaluate("document.getElementById('main').dataset.sent = 'yes'")
        page.dblclick("main form.stack-l button.btn")
        page.locator("#main:not([data-sent])").wait_for()

        assert sent.count("POST") == 1
        assert "Question 2" in page.inner_text("main")


def test_the_catalogue_answers_while_one_types_and_the_address_follows(browser, live_server):
    with opened(browser, f"{live_server}/nl/measures/", viewport=DESK) as (page, complaints):
        page.evaluate(STAYS)
        whole = page.locator("#counted").inner_text()
        page.locator("#q").press_sequentially("coop us", delay=10)
        page.wait_for_url("**q=coop*")

        assert page.evaluate(SAME)
        assert page.locator("#counted").inner_text() != whole
        assert page.locator("#found .listed").count() >= 1
        assert page.locator("#q").evaluate("each => each === document.activeElement")
        page.locator("#all-again a").click()
        assert page.locator("#counted").inner_text() == whole
        assert complaints == []
