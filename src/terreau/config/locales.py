"""Turn translations (.po) into the form Django reads (.mo), without needing gettext."""

import os
from pathlib import Path

import polib


def compile_stale(folder: Path) -> list[Path]:
    """Compile each catalogue that is newer than its compiled form, and say which."""
    stale = [source for source in sorted(folder.rglob("*.po")) if _is_stale(source)]
    for source in stale:
        _compile(source)
    return stale


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> None:
    # Several processes may start at once: each writes its own file, the last one stands whole.
    unfinished = source.with_suffix(f".{os.getpid()}.mo")
    polib.pofile(str(source)).save_as_mofile(str(unfinished))
    unfinished.replace(source.with_suffix(".mo"))
