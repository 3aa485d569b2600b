"""The plea in a real browser: accessible, quiet, narrow, and whole without JavaScript."""

import pytest

from tests.browsing import RULES, opened, violations

pytestmark = pytest.mark.usefixtures("published")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_plea_is_accessible_and_quiet(browser, live_server, language, width, scheme):
    address, size = f"{live_server}/{language}/plea/", {"width": width, "height": 900}
    # Axe is brought in past the policy of the page, which lets no script in.
    with opened(browser, address, viewport=size, color_scheme=scheme, bypass_csp=True) as (
        page,
        complaints,
    ):
        assert violations(page, [*RULES, "best-practice"]) == []
        assert complaints == []


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_the_plea_never_scrolls_sideways_and_nothing_is_blocked(browser, live_server, language):
    for width in (320, 390, 1280):
        size = {"width": width, "height": 700}
        with opened(browser, f"{live_server}/{language}/plea/", viewport=size) as (page, blocked):
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert blocked == []


def test_without_javascript_a_link_leads_to_what_is_done(browser, live_server):
    address = f"{live_server}/fr/plea/"
    with opened(browser, address, java_script_enabled=False) as (page, _complaints):
        page.get_by_role("navigation", name="Langue").get_by_role("link", name="Nederlands").click()
        assert page.url.endswith("/nl/plea/")

        page.locator("#F2 a").click()

        assert page.url.endswith("/nl/examples/ferme-mobile/")
        assert page.locator(".verdict").first.is_visible()
