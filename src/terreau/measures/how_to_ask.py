"""Where, when and with what one asks for a measure, as a document says it: plain data."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from terreau.measures.core import Answer
from terreau.web.typography import day_words, text_words, typeset

Json: TypeAlias = "str | bool | int | Sequence[Json] | Mapping[str, Json]"
Data: TypeAlias = Mapping[str, Json]

SCHEMES = ("https://", "http://")


def plain(words: str) -> Data:
    """Return words that lead nowhere."""
    return {"words": words, "url": ""}


def how_to_ask(answer: Answer, on: date) -> Data:
    """Return where, when and with what one asks, as far as the card says it."""
    # What a card says of asking is as its file has it: a line, words in each language, a day, a list.
    apply: Mapping[str, Any] = answer.card.apply
    rows = ((_("Where"), _where(answer)), *_contact(apply), *_when(apply, on))
    urgent = apply.get("before_start") == "yes"
    return {
        "title": _("How to ask"),
        "before": _("Ask before any cost is made and before the work begins.") if urgent else "",
        "rows": [{"label": label, "values": values} for label, values in rows if values],
        "none": ""
        if apply
        else _("We found no page that says how to ask. The authority can tell you."),
    }


def _where(answer: Answer) -> list[Data]:
    """Return the authority, and the address of its page: on paper a link must be read."""
    where = answer.card.apply.get("where") or answer.authority.website or ""
    words = str(where) if isinstance(where, str) else text_words(where)[0]
    if not words.startswith(SCHEMES):
        return [plain(typeset(words) or text_words(answer.authority.name)[0])]
    shown = words.partition("://")[2].rstrip("/")
    return [plain(text_words(answer.authority.name)[0]), {"words": shown, "url": words}]


def _contact(apply: Mapping[str, Any]) -> Iterator[tuple[str, list[Data]]]:
    told = [apply[key] for key in ("contact", "hours") if key in apply]
    yield _("Contact"), [plain(text_words(each)[0]) for each in told]


def _when(apply: Mapping[str, Any], on: date) -> Iterator[tuple[str, list[Data]]]:
    """Yield the days of the window, the term and what goes with the request."""
    if "opens" in apply:
        yield _("Opens"), [plain(day_words(apply["opens"]))]
    if "closes" in apply:
        yield _("Last day"), [plain(_last_day(apply, on))]
    if "deadline" in apply:
        yield _("By when"), [plain(text_words(apply["deadline"])[0])]
    if "usual_days" in apply:
        days = int(apply["usual_days"])
        words = ngettext("%(number)s day", "%(number)s days", days) % {"number": days}
        yield _("Usual term"), [plain(words)]
    if "language" in apply:
        yield _("Language"), [plain(text_words(apply["language"])[0])]
    yield _("Documents"), [plain(text_words(each)[0]) for each in apply.get("documents", ())]


def _last_day(apply: Mapping[str, Any], on: date) -> str:
    parts = [day_words(apply["closes"])]
    if "closes_at" in apply:
        parts.append(str(apply["closes_at"]))
    past = [_("(already past)")] if apply["closes"] < on else []
    return " ".join([", ".join(parts), *past])
