"""The catalogue in a real browser: accessible, quiet, narrow, and whole without JavaScript."""

import pytest

from tests.browsing import RULES, open_all, opened, violations

pytestmark = pytest.mark.usefixtures("published")
PAGES = {
    "list": "/fr/measures/",
    "lijst": "/nl/measures/?q=zzz&kind=loan",
    "measure": "/fr/measures/rbc-2024-training/",
    "completeness": "/fr/completeness/",
    "volledigheid": "/nl/completeness/",
    "maatregel": "/nl/measures/rbc-2018-invest/?day=24-11",
}
COLOURS = ["color-contrast", "link-in-text-block"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_quiet(browser, live_server, name):
    # Axe is brought in past the policy of the page, which lets no script in; nothing moves meanwhile.
    options = {"bypass_csp": True, "reduced_motion": "reduce"}
    with opened(browser, f"{live_server}{PAGES[name]}", **options) as (page, complaints):
        open_all(page)
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            # The colours are all that the dark changes.
            for scheme, rules in (("light", RULES), ("dark", COLOURS)):
                page.emulate_media(color_scheme=scheme)

                assert violations(page, rules) == [], (width, scheme)
        assert complaints == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_never_scrolls_sideways_and_the_policy_blocks_nothing(browser, live_server, name):
    size = {"width": 320, "height": 700}
    with opened(browser, f"{live_server}{PAGES[name]}", viewport=size) as (page, complaints):
        open_all(page)
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 700})

            assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert complaints == []


def test_without_javascript_one_finds_a_measure_and_reads_it_on_another_day(browser, live_server):
    address = f"{live_server}/fr/measures/"
    with opened(browser, address, java_script_enabled=False) as (page, _complaints):
        page.locator("#kind").select_option("loan")
        page.locator("#q").fill("coop")
        page.locator("main form button").click()
        assert "kind=loan" in page.url

        page.locator(".listed a").first.click()
        page.locator("#day").fill("2020-01-01")
        page.locator("main form button").click()
        assert page.url.endswith("/fr/measures/coopus/?day=2020-01-01#rule")

        page.locator(".langs a[hreflang=nl]").first.click()
        assert page.url.endswith("/nl/measures/coopus/?day=2020-01-01")


def test_a_keyboard_reaches_a_section_and_opens_what_is_folded(browser, live_server):
    with opened(browser, f"{live_server}/fr/measures/rbc-2024-training/") as (page, _complaints):
        page.locator('.tabs a[href="#cases"]').focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "cases"

        folded = page.locator("main details").first
        folded.locator("summary").focus()
        page.keyboard.press("Enter")
        assert folded.get_attribute("open") is not None


def test_a_day_that_cannot_be_read_takes_the_focus_and_leads_to_its_field(browser, live_server):
    with opened(browser, f"{live_server}/fr/measures/coopus/?day=demain") as (page, _complaints):
        assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"

        page.locator('[role="alert"] a').click()
        assert page.evaluate("document.activeElement.id") == "day"
