"""The program's own words at the command line, in the reader's language, without loading Django."""

import gettext
from collections.abc import Callable
from pathlib import Path

from terreau.config.locales import compile_stale
from terreau.config.places import PACKAGE, checkout

LOCALE = PACKAGE / "locale"
Translate = Callable[[str], str]


def translate_to(language: str, folder: Path = LOCALE) -> Translate:
    """Return what puts a sentence of the program into a language; without a catalogue it stays as it is."""
    if checkout():
        compile_stale(folder)
    return gettext.translation("django", folder, [language], fallback=True).gettext
