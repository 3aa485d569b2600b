"""The canonical form of a pack: all its files as one text, by which an edition is known, kept and read again.

Comments, quotes and line breaks are gone; what is left is what the files say, in the order in which they say it.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from terreau.rules import source
from terreau.rules.finding import Findings, Refused
from terreau.rules.source import Tree

CARD_FOLDERS = (
    "measures",
    "accreditations",
    "tests",
    "derived",
    "legal_forms",
    "competences",
    "duties",
    "clauses",
    "costs",
    "surplus",
    "counters",
    "circuits",
)
FOLDERS = ("authorities", "vocabulary/facts", *CARD_FOLDERS)
OTHER_FOLDERS = ("reforms", "scenarios", "indicators", "entries", "demo")
NO_CARDS = ("plea.yaml",)
SINGLE = ("region.yaml", "vocabulary/words.yaml", "grid.yaml", "map/tiles.yaml")
Trees = Mapping[str, Tree]
"""What each file of a pack says, by its path inside the pack."""


def files_of(folder: Path) -> list[Path]:
    """Return the files of a pack that count, in order."""
    found = [folder / name for name in SINGLE]
    for name in FOLDERS:
        found += sorted((folder / name).rglob("[!.]*.yaml"))
    return [path for path in found if path.is_file()]


def passed_over(folder: Path) -> list[Path]:
    """Return the YAML files in the folder of a pack that nobody reads as cards, in order."""
    read = {*files_of(folder), *(folder / name for name in NO_CARDS)}
    elsewhere = {folder / name for name in OTHER_FOLDERS}
    return sorted(
        path
        for ending in ("yaml", "yml")
        for path in folder.rglob(f"[!.]*.{ending}")
        if path not in read and elsewhere.isdisjoint(path.parents)
    )


def read_trees(folder: Path, findings: Findings) -> Trees:
    """Return what the files of a pack say; a file that is no YAML is left out, and kept in the findings."""
    trees = {}
    for path in files_of(folder):
        try:
            trees[path.relative_to(folder).as_posix()] = source.read(path)
        except Refused as refused:
            findings.found += refused.findings
    return trees


def written(region: str, trees: Trees) -> str:
    """Return the canonical form."""
    form = {"region": region, "files": dict(sorted(trees.items()))}
    return json.dumps(form, ensure_ascii=False, separators=(",", ":"))


def read_again(form: str) -> tuple[str, Trees]:
    """Return the region and the trees of a canonical form."""
    read = json.loads(form)
    return read["region"], read["files"]


def digest(form: str) -> str:
    """Return the SHA-256 of a canonical form, in hexadecimal digits."""
    return sha256(form.encode()).hexdigest()


def differing(old: Trees, new: Trees) -> list[str]:
    """Return the paths of the files that do not say the same in both, those that only one has among them."""
    return sorted(path for path in {*old, *new} if old.get(path) != new.get(path))
