"""Every word of the screens is translated: a missing translation is a failing check."""

from tests import words


def test_every_word_is_in_every_catalogue():
    assert list(words.findings()) == []
