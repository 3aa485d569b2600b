"""The pages in a real browser: accessible, quiet, narrow, and whole without JavaScript."""

import pytest

from tests.browsing import open_all, opened, violations

pytestmark = pytest.mark.usefixtures("published")
PAGES = {
    "first": "/fr/",
    "answers": "/fr/examples/epicerie-cooperative/",
    "antwoorden": "/nl/examples/atelier-velo-asbl/",
    "not found": "/nl/nowhere/",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_quiet(browser, live_server, name, width, scheme):
    size = {"width": width, "height": 900}
    # Axe is brought in past the policy of the page, which lets no script in.
    with opened(
        browser, f"{live_server}{PAGES[name]}", viewport=size, color_scheme=scheme, bypass_csp=True
    ) as (page, complaints):
        open_all(page)

        assert violations(page) == []
        assert complaints == []


@pytest.mark.parametrize("name", PAGES)
def test_the_policy_blocks_nothing_of_ours(browser, live_server, name):
    with opened(browser, f"{live_server}{PAGES[name]}") as (page, complaints):
        faces = page.evaluate(
            "document.fonts.ready.then(f => [...f].filter(x => x.status == 'loaded').length)"
        )

        assert complaints == []
        assert faces >= 2


@pytest.mark.parametrize("name", PAGES)
def test_a_page_never_scrolls_sideways(browser, live_server, name):
    for width in (320, 390, 1280):
        size = {"width": width, "height": 700}
        with opened(browser, f"{live_server}{PAGES[name]}", viewport=size) as (page, _complaints):
            open_all(page)

            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_javascript_an_answer_opens_and_the_language_changes(browser, live_server):
    address = f"{live_server}/fr/examples/epicerie-cooperative/"
    with opened(browser, address, java_script_enabled=False) as (page, _complaints):
        page.locator("#coopus > summary").click()
        assert page.get_by_role("heading", name="Pourquoi cette réponse").first.is_visible()

        page.locator(".tally a", has_text="fermées").click()
        page.get_by_role("navigation", name="Langue").get_by_role("link", name="Nederlands").click()

        assert page.url.endswith("/nl/examples/epicerie-cooperative/?answer=closed")
        assert "passen niet bij u" in page.get_by_role("heading", level=1).inner_text()
        page.locator(".refusal a").first.click()
        assert page.get_by_role("heading", name="Waarom dit antwoord").is_visible()


def test_a_keyboard_reaches_the_content_and_opens_an_answer(browser, live_server):
    with opened(browser, f"{live_server}/fr/examples/epicerie-cooperative/") as (page, _complaints):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"

        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"

        page.locator("#coopus > summary").focus()
        page.keyboard.press("Enter")
        assert page.locator("#coopus").get_attribute("open") is not None
