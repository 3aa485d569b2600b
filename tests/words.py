"""Check that every word of the screens stands in every catalogue, and is final."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "terreau"
LOCALE = PACKAGE / "locale"

MARKS = frozenset({"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"})
# What Django makes of a template for the extraction of words: calls, and nothing else of use.
CALL = re.compile(r"""\bn?gettext\(\s*u?(?P<words>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""")


def asked() -> Iterator[str]:
    """Yield each word that a template or a module asks to be translated."""
    for template in sorted(PACKAGE.rglob("*.html")):
        calls = templatize(template.read_text(encoding="utf-8"))
        yield from (ast.literal_eval(found["words"]) for found in CALL.finditer(calls))
    for module in sorted(PACKAGE.rglob("*.py")):
        yield from _asked_by(ast.parse(module.read_text(encoding="utf-8")))


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


def _asked_by(module: ast.Module) -> Iterator[str]:
    for call in ast.walk(module):
        match call:
            case ast.Call(
                func=ast.Name(id="pgettext" | "pgettext_lazy"),
                args=[_, ast.Constant(value=str(words))],
            ):
                yield words
            case ast.Call(
                func=ast.Name(id=mark) | ast.Attribute(attr=mark),
                args=[ast.Constant(value=str(words)), *_],
            ) if mark in MARKS:
                yield words


if __name__ == "__main__":
    wrong = list(findings())
    sys.stderr.writelines(f"{sentence}\n" for sentence in wrong)
    sys.exit(bool(wrong))
