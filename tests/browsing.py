"""A page in a real browser: what it complains of, what is folded in it, what axe finds in it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RUN = "rules => axe.run(document, {runOnly: rules}).then(found => found.violations.map(v => \
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
    try:
        yield page, complaints
    finally:
        context.close()


def open_all(page: Page) -> None:
    """Open everything that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")


def violations(page: Page, rules: Sequence[str] = RULES) -> list[str]:
    """Return what axe finds; a context that bypasses the policy of the page lets axe in."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(RUN, list(rules))
    return found
