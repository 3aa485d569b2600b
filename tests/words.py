"""Check that every word of the screens stands in every catalogue, and is final."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "terreau"
LOCALE = PACKAGE / "locale"

TEMPLATE_WORDS = re.compile(r"""\{%-?\s*(?:translate|trans)\s+(["'])(?P<words>.+?)\1""")
TEMPLATE_BLOCK = re.compile(
    r"\{%\s*blocktrans(?:late)?(?P<options>[^%]*)%\}(?P<one>.*?)"
    r"(?:\{%\s*plural\s*%\}.*?)?\{%\s*endblocktrans(?:late)?\s*%\}",
    re.DOTALL,
)
CODE_WORDS = re.compile(
    r"""\b(?:gettext|gettext_lazy|ngettext|ngettext_lazy|_)\(\s*(["'])(?P<words>.+?)(?<!\\)\1"""
)


def asked() -> Iterator[str]:
    """Yield each word that a template or a module asks to be translated."""
    for template in sorted(PACKAGE.rglob("*.html")):
        text = template.read_text(encoding="utf-8")
        yield from (found["words"] for found in TEMPLATE_WORDS.finditer(text))
        yield from (_block(found) for found in TEMPLATE_BLOCK.finditer(text))
    for module in sorted(PACKAGE.rglob("*.py")):
        text = module.read_text(encoding="utf-8")
        yield from (found["words"] for found in CODE_WORDS.finditer(text))


def findings() -> Iterator[str]:
    """Yield what is wrong with the catalogues, one sentence each."""
    wanted = sorted(set(asked()))
    for file in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        catalogue = polib.pofile(str(file))
        if not len(catalogue) and file.parent.parent.name == "en":
            continue
        known = {entry.msgid for entry in catalogue if not entry.obsolete}
        name = file.relative_to(PACKAGE)
        yield from (f"{name}: missing: {words!r}" for words in wanted if words not in known)
        yield from (
            f"{name}: not translated: {e.msgid!r}" for e in catalogue.untranslated_entries()
        )
        yield from (f"{name}: fuzzy: {entry.msgid!r}" for entry in catalogue.fuzzy_entries())


def _block(found: re.Match[str]) -> str:
    words = re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", found["one"])
    if "trimmed" in found["options"]:
        return " ".join(line.strip() for line in words.strip().splitlines())
    return words


if __name__ == "__main__":
    wrong = list(findings())
    sys.stderr.writelines(f"{sentence}\n" for sentence in wrong)
    sys.exit(bool(wrong))
