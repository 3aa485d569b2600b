"""The secret that signs sessions and forms: given by the operator, or the demonstration's own."""

import os
import secrets
from pathlib import Path

from terreau.config.places import StartRefused


def secret(*, demo: bool, data: Path) -> str:
    """Return the operator's secret; only the demonstration may make one for itself."""
    given = os.environ.get("TERREAU_SECRET", "")
    if given:
        return given
    if not demo:
        message = "TERREAU_SECRET is not set: give a long random text, the same at each start."
        raise StartRefused(message)
    return _kept_secret(data / "secret")


def _kept_secret(file: Path) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="utf-8")
    with os.fdopen(handle, "w", encoding="utf-8") as kept:
        kept.write(secrets.token_urlsafe(50))
    return file.read_text(encoding="utf-8")
