"""The languages a page comes in, and the address of the same page in each."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info


@dataclass(frozen=True)
class LanguageLink:
    """One language of the menu: its code, its own name, where it leads, whether one is there."""

    code: str
    name: str
    address: str
    current: bool


def language_links(request: HttpRequest | None) -> Sequence[LanguageLink]:
    """Return the languages in the order of the region; each keeps the page, where it is known."""
    return [_link(code, request) for code, _name in settings.LANGUAGES]


def _link(code: str, request: HttpRequest | None) -> LanguageLink:
    here = code == get_language()
    return LanguageLink(
        code=code,
        name=get_language_info(code)["name_local"].capitalize(),
        address=_same_page(code, request),
        current=here,
    )


def _same_page(code: str, request: HttpRequest | None) -> str:
    home = f"/{code}/"
    if request is None or request.resolver_match is None:
        return home
    return translate_url(request.get_full_path(), code)
