"""An edition: all the cards as published, asked by the day."""

from datetime import date
from functools import lru_cache

from terreau.rules.binding import build_rulebook
from terreau.rules.pack import Pack
from terreau.rules.rulebook import Rulebook


@lru_cache(maxsize=64)
def rulebook(pack_key: "Edition", on: date) -> Rulebook:
    """Return the rulebook of an edition on a day, built once."""
    return build_rulebook(pack_key.pack, on)


class Edition:
    """All the cards as published: a pack and the hash of its canonical form."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.hash = pack.digest

    def on(self, day: date) -> Rulebook:
        """Return the law of a day. Raises `Refused` when a card of the day says nothing the engine can mean."""
        book = rulebook(self, day)
        book.findings.raise_errors()
        return book
