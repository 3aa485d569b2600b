"""The words for what does not fit: the condition that stops it, and how many more there are."""

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from terreau.measures.core import Answer, Refusal
from terreau.measures.wording import numbered
from terreau.rules.cards import Card
from terreau.web.typography import counted, text_words, typeset

NAMED = 4


def refusal_words(answer: Answer) -> str:
    """Return the first condition that is not met."""
    return _("not met: %(condition)s") % {"condition": text_words(answer.refusals[0].says)[0]}


def refusal_title(refusal: Refusal) -> str:
    """Return the condition under which refused answers stand."""
    if refusal.reason is None:
        return _("No text applies any more")
    condition = text_words(refusal.reason.says)[0]
    return typeset(capfirst(_("not met: %(condition)s") % {"condition": condition}))


def other_refusals(answer: Answer) -> str:
    """Return how many more conditions are not met, or nothing."""
    more = len(answer.refusals) - 1
    if more < 1:
        return ""
    sentence = ngettext("and one more condition", "and %(words)s more conditions", more)
    return typeset(sentence % {"words": counted(more), "number": more})


def number_of_answers(refused: Sequence[Refusal]) -> int:
    """Return how many answers are refused."""
    return sum(len(each.answers) for each in refused)


def do_not_fit(number: int) -> str:
    """Return how many measures do not fit."""
    return numbered(
        ngettext("One measure does not fit.", "%(words)s measures do not fit.", number), number
    )


def closed_words(closed: Sequence[Card]) -> str:
    """Return which measures an answer has closed: by name while they are few."""
    if len(closed) > NAMED:
        sentence = ngettext(
            "%(words)s measure no longer fits.", "%(words)s measures no longer fit.", len(closed)
        )
        return numbered(sentence, len(closed))
    names = ", ".join(text_words(card.name)[0] for card in closed)
    return typeset(_("No longer fits: %(names)s.") % {"names": names})
