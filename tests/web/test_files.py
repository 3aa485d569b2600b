"""What the pages are served with: borrowed files as they were fetched, ours within a weight."""

import gzip
import hashlib
import re
import tomllib

import pytest

VENDOR = ("src/terreau/web/static/vendor", "src/terreau/measures/fonts", "tests/vendor")


@pytest.mark.parametrize("folder", VENDOR)
def test_what_we_borrow_is_as_it_was_fetched(root, folder):
    book = tomllib.loads((root / folder / "vendor.toml").read_text(encoding="utf-8"))

    for asset in book["asset"]:
        content = (root / folder / asset["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == asset["sha256"], asset["file"]


@pytest.mark.parametrize("folder", VENDOR)
def test_what_we_borrow_has_its_licence_and_nothing_else_lies_there(root, folder):
    book = tomllib.loads((root / folder / "vendor.toml").read_text(encoding="utf-8"))
    named = {"vendor.toml"}
    for asset in book["asset"]:
        named |= {asset["file"], asset["licence_file"]}

    assert {path.name for path in (root / folder).iterdir()} == named


def test_the_two_faces_weigh_under_45_kilobytes(root):
    fonts = (root / VENDOR[0]).glob("*.woff2")

    assert sum(font.stat().st_size for font in fonts) < 45_000


def test_the_styles_weigh_under_12_kilobytes_on_the_wire(root):
    styles = [root / "src/terreau/web/static" / name for name in ("tokens.css", "base.css")]

    assert sum(len(gzip.compress(style.read_bytes())) for style in styles) < 12_000


def test_every_colour_of_a_style_is_a_token(root):
    styles = (root / "src/terreau/web/static/base.css").read_text(encoding="utf-8")
    # A letter and a print are ink on paper, whatever the reader's theme.
    rules = [rule for rule in styles.splitlines() if "letter" not in rule]
    screen = "\n".join(rules).partition("@media print")[0]

    assert re.findall(r"#[0-9a-f]{3,8}\b(?!\))", screen) == []


def test_every_token_that_a_style_asks_for_exists(root):
    folder = root / "src/terreau/web/static"
    asked = set(re.findall(r"var\((--[\w-]+)\)", (folder / "base.css").read_text(encoding="utf-8")))
    named = set(re.findall(r"(--[\w-]+):", (folder / "tokens.css").read_text(encoding="utf-8")))

    assert asked - named == set()
