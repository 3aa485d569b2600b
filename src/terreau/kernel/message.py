"""A sentence with blanks, put into words only at the edge, in the reader's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def noop(sentence: str) -> str:
    """Mark a sentence for the translators and return it as it is (imported as `_`)."""
    return sentence


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence of the program in its source language, and what fills its blanks."""

    sentence: str
    blanks: Mapping[str, object] = field(default_factory=dict)

    def words(self, translate: Callable[[str], str] = noop) -> str:
        """Return the sentence in the language of `translate`, its blanks filled."""
        return translate(self.sentence).format(**self.blanks)

    def __str__(self) -> str:
        return self.words()
