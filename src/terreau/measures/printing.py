"""From a document as plain data to a tagged PDF, by Typst: what it says reaches the template as JSON, never as code."""

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

import terreau.web
from terreau.measures.core import Answers
from terreau.measures.document import document
from terreau.measures.how_to_ask import Data, Json

if TYPE_CHECKING:
    import typst

HERE = Path(__file__).resolve().parent
TEMPLATE = HERE / "templates" / "measures" / "answers.typ"
FONTS = HERE / "fonts"
PLANTS = Path(terreau.web.__file__).resolve().parent / "templates" / "web" / "plants"

# What our two faces print, and those that Typst brings for other alphabets. A sign that no face
# has leaves a hole, and an accessible PDF may have none.
PRINTED = (
    "20-7E A0-AC AE-2FF 370-377 384-38A 38C 38E-3A1 3A3-482 48A-4FF 5D0-5EA 621-63A 641-64A "
    "1E00-1EFF 200B 2010-2027 202F-2040 2070-2071 2074-208E 20A0-20BF 2100-211E 2190-22FF 25A0-25FF"
)
ADDRESS = "url"
NOT_PRINTED = "\N{WHITE SQUARE}"
BREAK = "\N{ZERO WIDTH SPACE}"
# A fingerprint stays whole: it is there to be copied.
LONG_WORD = re.compile(r"(?<!\S)(?![0-9a-f]{64}(?:\s|$))\S{32,}")
BREAKABLE = re.compile(r"[/._?&=-]+|[^/._?&=-]{24}")


def answers_pdf(answers: Answers, *, mark: bool) -> bytes:
    """Return the answers as a tagged PDF in the active language; the same answers give the same bytes.

    `mark` says on each page that the dossier is an example.
    """
    import typst

    pages = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs(answers, mark=mark),
        pdf_standards=["ua-1", "a-2a"],
        timestamp=datetime.combine(answers.on, time(), UTC),
    )
    # A PDF is one file; Typst returns several for pictures alone.
    return pages if isinstance(pages, bytes) else b"".join(pages or ())


def inputs(answers: Answers, *, mark: bool) -> dict[str, str]:
    """Return what the template reads: the document, and the plants that stand at its stages."""
    said = document(answers, mark=mark)
    shown = printable(said)
    if NOT_PRINTED in json.dumps(shown, ensure_ascii=False):
        sentence = _("{square} stands for a sign that this document cannot print.")
        shown = {**shown, "not_printed": sentence.format(square=NOT_PRINTED)}
    plants = {path.stem: path.read_text(encoding="utf-8") for path in PLANTS.glob("*.svg")}
    return {"document": json.dumps(shown), "plants": json.dumps(plants)}


def printable(said: Data) -> Data:
    """Return a document in which every sign can be printed and every long word may break."""
    return {key: each if key == ADDRESS else _printable(each) for key, each in said.items()}


def _printable(said: Json) -> Json:
    if isinstance(said, str):
        return printable_words(said)
    if isinstance(said, Mapping):
        return printable(said)
    return said if isinstance(said, int) else [_printable(each) for each in said]


def printable_words(words: str) -> str:
    """Return words with a square for each sign that no face has, and places where a long word may break."""
    composed = unicodedata.normalize("NFC", words)
    signs = "".join(_sign(each) for each in composed)
    return LONG_WORD.sub(lambda word: BREAKABLE.sub(rf"\g<0>{BREAK}", word[0]), signs)


def _sign(sign: str) -> str:
    if ord(sign) in _printed():
        return sign
    if sign.isspace() or unicodedata.category(sign) == "Cc":
        return " "
    # Marks and joiners that stand alone add nothing to a square.
    return (
        ""
        if unicodedata.category(sign)[0] == "M" or unicodedata.category(sign) == "Cf"
        else NOT_PRINTED
    )


@lru_cache
def _printed() -> frozenset[int]:
    signs: set[int] = set()
    for each in PRINTED.split():
        first, _dash, last = each.partition("-")
        signs.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(signs)


@lru_cache
def _fonts() -> "typst.Fonts":
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])
