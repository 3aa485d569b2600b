"""The region pack for the command line: read from its files once, then from the canonical form that was kept."""

import os
import tempfile
from hashlib import sha256
from pathlib import Path

from terreau.config.places import cache_folder
from terreau.rules import Pack, Refused, read_pack
from terreau.rules.canonical import files_of
from terreau.rules.pack import pack_of

MOST_KEPT = 8


def kept_pack(folder: Path) -> Pack:
    """Return the pack of a folder. Raises `Refused` with everything that is wrong in it."""
    form = cache_folder() / "packs" / f"{_fingerprint(folder)}.json"
    try:
        return pack_of(form.read_text(encoding="utf-8"), folder)
    except (OSError, ValueError, KeyError, Refused):
        pack = read_pack(folder)
    _keep(pack, form)
    return pack


def _fingerprint(folder: Path) -> str:
    """Return a hash of the bytes of all files that count, and of where they lie."""
    whole = sha256(str(folder.resolve()).encode())
    for path in files_of(folder):
        content = path.read_bytes()
        whole.update(f"\0{path.relative_to(folder)}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()


def _keep(pack: Pack, form: Path) -> None:
    """Keep the canonical form, whole or not at all; where nothing can be written, nothing is kept."""
    try:
        form.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=form.parent, delete=False
        ) as file:
            file.write(pack.form)
        os.replace(file.name, form)  # noqa: PTH105
        kept = sorted(form.parent.glob("*.json"), key=lambda path: path.stat().st_mtime)
        for old in kept[:-MOST_KEPT]:
            old.unlink()
    except OSError:
        return
