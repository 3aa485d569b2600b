"""Which database the program talks to: SQLite in the data folder, or PostgreSQL by its address."""

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

SQLITE_OPTIONS: dict[str, object] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}


def database(address: str, *, data: Path) -> dict[str, object]:
    """Return Django's description of the database at this address; without one, of SQLite."""
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data / "terreau.sqlite3",
            "OPTIONS": dict(SQLITE_OPTIONS),
        }
    parts = urlsplit(address)
    # A socket folder does not fit before the first slash of an address: it comes as ?host=.
    host = parse_qs(parts.query).get("host", [parts.hostname or ""])[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": True},
    }
