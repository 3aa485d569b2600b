"""Where things lie: the package, the checkout, the region pack and the data folder."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


class StartRefused(Exception):
    """Terreau cannot start as it is set up; the sentence says what to change."""


class NoRegionPack(StartRefused):
    """There is no region pack to work from, or no single one."""


def checkout() -> Path | None:
    """Return the folder of the working copy, or nothing when the package is installed."""
    root = PACKAGE.parent.parent
    return root if (root / "pyproject.toml").is_file() else None


def region_folder() -> Path:
    """Return the region pack: the one that TERREAU_REGION names, else the only one at hand."""
    named = os.environ.get("TERREAU_REGION")
    if named:
        return _existing_pack(Path(named))
    packs = sorted(found.parent for found in _packs_folder().glob("*/region.yaml"))
    if len(packs) != 1:
        message = f"{len(packs)} region packs in {_packs_folder()}: name one in TERREAU_REGION."
        raise NoRegionPack(message)
    return packs[0]


def data_folder() -> Path:
    """Return the folder of the user's data, which may not exist yet."""
    named = os.environ.get("TERREAU_DATA")
    if named:
        return Path(named)
    root = checkout()
    if root:
        return root / ".data"
    home = os.environ.get("XDG_DATA_HOME")
    return (Path(home) if home else Path.home() / ".local" / "share") / "terreau"


def cache_folder() -> Path:
    """Return the folder of what can be made again at any time, which may not exist yet."""
    root = checkout()
    if root:
        return root / ".cache"
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "terreau"


def _packs_folder() -> Path:
    return (checkout() or PACKAGE) / "regions"


def _existing_pack(folder: Path) -> Path:
    if not (folder / "region.yaml").is_file():
        message = f"No region.yaml in {folder}: TERREAU_REGION is the folder of a region pack."
        raise NoRegionPack(message)
    return folder
