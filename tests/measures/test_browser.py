"""The pages in a real browser: accessible, quiet, narrow, and whole without JavaScript."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.usefixtures("published")
PAGES = {
    "first": "/fr/",
    "answers": "/fr/examples/epicerie-cooperative/",
    "antwoorden": "/nl/examples/atelier-velo-asbl/",
    "not found": "/nl/nowhere/",
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = "rules => axe.run(document, {runOnly: rules}).then(found => found.violations.map(v => \
    `${v.id}: ${v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(', ')}`))"
# The browser itself reports a page that is not found; that is the page we asked for.
NOT_FOUND = 404
EXPECTED = "Failed to load resource: the server responded with a status of 404 (Not Found)"


@contextmanager
def opened(browser: Browser, address: str, **options: object) -> Iterator[tuple[Page, list[str]]]:
    """Open a page, and gather what the browser complains of."""
    context = browser.new_context(**options)  # type: ignore[arg-type] # options of Playwright
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    answer = page.goto(address)
    if answer and answer.status == NOT_FOUND:
        complaints.remove(EXPECTED)
    yield page, complaints
    context.close()


def open_all(page: Page) -> None:
    """Open everything that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_quiet(browser, live_server, root, name, width, scheme):
    axe = (root / "tests/vendor/axe.min.js").read_text(encoding="utf-8")
    size = {"width": width, "height": 900}
    # Axe is brought in past the policy of the page, which lets no script in.
    with opened(
        browser, f"{live_server}{PAGES[name]}", viewport=size, color_scheme=scheme, bypass_csp=True
    ) as (page, complaints):
        open_all(page)
        page.add_script_tag(content=axe)

        assert page.evaluate(AXE, RULES) == []
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
        assert page.locator(".verdict").first.locator(".v-word").inner_text() == "Gesloten voor u"


def test_a_keyboard_reaches_the_content_and_opens_an_answer(browser, live_server):
    with opened(browser, f"{live_server}/fr/examples/epicerie-cooperative/") as (page, _complaints):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"

        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"

        page.locator("#coopus > summary").focus()
        page.keyboard.press("Enter")
        assert page.locator("#coopus").get_attribute("open") is not None
