"""The tags of the kit: a sprite of what was used, words that say their language."""

import pytest
from django.template import Context, Template
from django.utils.translation import override


def rendered(source: str, **names: object) -> str:
    """Return a piece of template as it reads in French."""
    with override("fr"):
        return Template("{% load kit %}" + source).render(Context(names))


def test_the_sprite_holds_the_icons_used_and_no_other():
    page = rendered('{% icon "yes" %}{% icon "go" "icon-s" %}{% sprite %}')

    assert page.count("<symbol") == 2
    assert 'id="i-yes"' in page
    assert 'id="i-go"' in page


def test_an_icon_says_nothing_to_a_screen_reader():
    assert 'aria-hidden="true"' in rendered('{% icon "yes" %}')


@pytest.mark.parametrize("name", ["seed", "sprout", "stem", "stems", "gauge"])
def test_each_plant_grows(name):
    assert rendered(f'{{% plant "{name}" %}}').startswith('<svg class="plant"')


def test_words_of_another_language_say_which():
    assert rendered("{% words text %}", text={"de": "Hilfe"}) == '<span lang="de">Hilfe</span>'


def test_words_are_escaped():
    assert rendered("{% words text %}", text={"fr": "a < b"}) == "a &lt; b"
    assert rendered("{{ text|words }}", text={"fr": "a < b"}) == "a &lt; b"
