"""The miniature pack with one thing broken, and what the real command says of it."""

import shutil
from pathlib import Path
from typing import NamedTuple

from terreau.config import cli

MINIATURE = Path(__file__).parent / "miniature"
DAY = "2026-11-24"
MARK = "¶"
FEW = (
    "region.yaml",
    "authorities",
    "vocabulary",
    "tests",
    "derived",
    "measures/boat-grant-2024.yaml",
)


class Said(NamedTuple):
    """What a command said, and its exit status."""

    status: int | str | None
    out: str
    err: str

    @property
    def findings(self) -> list[str]:
        """The lines of its errors."""
        return self.err.splitlines()


def ask(capsys, *arguments):
    """Return what the real command says."""
    capsys.readouterr()
    try:
        status = cli.main([str(each) for each in arguments])
    except SystemExit as stopped:  # the parser of arguments ends the program itself
        status = stopped.code
    return Said(status, *capsys.readouterr())


def copied(folder, *files):
    """Return a copy of these files of the pack, and of those that nearly every card needs."""
    target = folder / "pack"
    for name in sorted({*FEW, *files}):
        path = MINIATURE / name
        if path.is_dir():
            shutil.copytree(path, target / name, dirs_exist_ok=True)
        else:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target / name)
    return target


def place_in(text):
    """Return the text without its mark, and the line and the column where the mark stood."""
    before, mark, _after = text.partition(MARK)
    assert mark, "the place is not marked"
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    return text.replace(MARK, ""), f"{line}:{column}"


def broken(folder, name, old, new):
    """Write a file of a copied pack with one thing changed; return where the mark stands, if there is one."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{text.count(old)} x {old!r} in {name}"
    text, at = place_in(text.replace(old, new)) if MARK in new else (text.replace(old, new), "")
    path.write_text(text, encoding="utf-8")
    return f"{path}:{at}" if at else str(path)
