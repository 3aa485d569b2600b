"""The sentences of an answer: what a screen says for what the engine found."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from terreau.kernel.text import Text
from terreau.kernel.truth import Truth
from terreau.measures.core import (
    Answer,
    Change,
    Count,
    Opening,
    Reference,
    Standing,
    Step,
)
from terreau.measures.told import figure_words, told_words
from terreau.rules.cards import Card, InForce
from terreau.web.typography import counted, day_words, text_words, typeset

NAMED_MISSING = 2
NAMED_VALUES = 3
SHORT_TITLE = 16
LONG_TITLE = 36
WITHOUT_AMOUNT = ("accreditation", "protection", "legal_form")


class Tallied(Protocol):
    """Anything that counts how many answers stand alike."""

    @property
    def tally(self) -> Sequence[Count]:
        """The counts."""
        ...


def headline(answers: Tallied) -> list[str]:
    """Return the answer in one to three sentences: what is open, what still waits."""
    numbers = {count.standing: count.number for count in answers.tally}
    opened, unconfirmed = numbers.get(Standing.OPEN, 0), numbers.get(Standing.TO_CONFIRM, 0)
    waiting = numbers.get(Standing.WAITING, 0)
    sentences = []
    if opened:
        sentences.append(_opened(opened))
        sentences += [_more_to_confirm(unconfirmed)] if unconfirmed else []
    elif unconfirmed:
        sentences.append(_open_to_confirm(unconfirmed))
    else:
        sentences.append(_("No measure is open to you today."))
    sentences += [_still_waiting(waiting)] if waiting else []
    return [typeset(sentence) for sentence in sentences]


def in_a_sentence(answers: Tallied) -> str:
    """Return where one stands in one sentence: what is open, or else what waits and for how little."""
    numbers = {count.standing: count.number for count in answers.tally}
    opened = numbers.get(Standing.OPEN, 0) + numbers.get(Standing.TO_CONFIRM, 0)
    waiting = numbers.get(Standing.WAITING, 0)
    if opened and waiting:
        sentence = ngettext(
            "%(words)s measure is open to you, %(waiting)s more wait for an answer.",
            "%(words)s measures are open to you, %(waiting)s more wait for an answer.",
            opened,
        )
    elif opened:
        sentence = _opened(opened)
    elif waiting:
        sentence = ngettext(
            "One measure can still open to you.",
            "%(waiting)s measures can still open to you.",
            waiting,
        )
    else:
        sentence = _("No measure that we know is open to you today.")
    blanks = {"words": counted(opened), "number": opened, "waiting": counted(waiting)}
    return typeset(capfirst(sentence % blanks))


def late_words(answer: Answer, on: date) -> str:
    """Return that the last known day to ask has passed, or nothing."""
    if not answer.too_late(on):
        return ""
    return _("the last known day to ask was %(day)s") % {
        "day": day_words(answer.card.apply["closes"])
    }


def nearest_words(answer: Answer) -> str:
    """Return how many answers are missing for a measure."""
    number = len(answer.missing)
    sentence = ngettext(
        "One answer is missing for: %(name)s.",
        "%(number)s answers are missing for: %(name)s.",
        number,
    )
    return typeset(sentence % {"number": number, "name": _plain(answer.card.name)})


def _opened(number: int) -> str:
    sentence = ngettext(
        "One measure is open to you.", "%(words)s measures are open to you.", number
    )
    return numbered(sentence, number)


def _open_to_confirm(number: int) -> str:
    return numbered(
        ngettext(
            "One measure is open to you, to be confirmed.",
            "%(words)s measures are open to you, to be confirmed.",
            number,
        ),
        number,
    )


def _more_to_confirm(number: int) -> str:
    return numbered(
        ngettext("One more is to be confirmed.", "%(words)s more are to be confirmed.", number),
        number,
    )


def _still_waiting(number: int) -> str:
    return numbered(
        ngettext("One still waits for an answer.", "%(words)s still wait for an answer.", number),
        number,
    )


def numbered(sentence: str, number: int) -> str:
    """Return a sentence with a number in words at its place, and a capital at its start."""
    return capfirst(sentence % {"words": counted(number), "number": number})


def measures_words(number: int) -> str:
    """Return how many measures there are."""
    return ngettext("%(number)s measure", "%(number)s measures", number) % {"number": number}


def count_words(count: Count) -> str:
    """Return how many answers stand alike: `3 open`."""
    number = count.number
    sentence = {
        Standing.OPEN: ngettext("%(number)s open", "%(number)s open", number),
        Standing.TO_CONFIRM: ngettext(
            "%(number)s open, to be confirmed", "%(number)s open, to be confirmed", number
        ),
        Standing.WAITING: ngettext("%(number)s waiting", "%(number)s waiting", number),
        Standing.CLOSED: ngettext("%(number)s closed", "%(number)s closed", number),
        Standing.ENDED: ngettext("%(number)s ended", "%(number)s ended", number),
    }[count.standing]
    return sentence % {"number": number}


def standing_note(standing: Standing) -> str:
    """Return what an answer of this kind means for the reader."""
    return {
        Standing.OPEN: _("You can file a request."),
        Standing.TO_CONFIRM: _("The conditions we could read are met; the authority can confirm."),
        Standing.WAITING: _("A fact is missing, or a text is not clear."),
        Standing.CLOSED: _("With the condition that stops you, and what would open the door."),
        Standing.ENDED: _("The text is no longer in force."),
    }[standing]


def answer_words(answer: Answer) -> str:
    """Return the answer in a word, never 'open' alone where somebody must confirm or decide."""
    authority = _plain(answer.authority.name)
    if answer.standing is Standing.OPEN and answer.decider:
        return _("Open, the decision is up to %(authority)s") % {
            "authority": _plain(answer.decider.name)
        }
    return {
        Standing.OPEN: _("Open"),
        Standing.TO_CONFIRM: _("Open, to be confirmed by %(authority)s"),
        Standing.WAITING: _("Waiting"),
        Standing.CLOSED: _("Closed to you"),
        Standing.ENDED: _("No longer exists"),
    }[answer.standing] % {"authority": authority}


def missing_words(answer: Answer) -> str:
    """Return the first facts that are missing, and how many more."""
    named = [_inside(fact.label) for fact in answer.missing[:NAMED_MISSING]]
    more = len(answer.missing) - len(named)
    sentence = _("missing: %(facts)s") % {"facts": ", ".join(named)}
    if more:
        sentence += " " + ngettext("and one other", "and %(number)s others", more) % {
            "number": more
        }
    return typeset(sentence)


def missing_title(number: int) -> str:
    """Return the title of the list of missing facts."""
    return numbered(ngettext("One fact is missing", "%(words)s facts are missing", number), number)


def more_questions(number: int) -> str:
    """Return how many questions are folded under the first ones."""
    sentence = ngettext("%(number)s more question", "%(number)s more questions", number)
    return sentence % {"number": number}


def more_facts(number: int) -> str:
    """Return how many facts are folded under the first ones."""
    return ngettext("%(number)s more fact", "%(number)s more facts", number) % {"number": number}


def truth_words(truth: Truth) -> str:
    """Return whether a condition is met."""
    return {
        Truth.YES: pgettext("condition", "Met"),
        Truth.NO: pgettext("condition", "Not met"),
        Truth.UNKNOWN: pgettext("condition", "Not known yet"),
    }[truth]


def cause_words(cause: str) -> str:
    """Return why a condition is not known, where no fact of the reader would settle it."""
    return {
        "missing-law": _("We found no text that says it."),
        "uncertain-law": _("The texts are not clear: one is repealed, or two disagree."),
        "no-law-yet": _("The text that would say it is announced and not yet made."),
    }.get(cause, "")


def kind_words(card: Card) -> str:
    """Return what a measure gives, in a word."""
    return {
        "grant": _("grant"),
        "aid": _("aid"),
        "loan": _("loan to pay back"),
        "equity": _("share in the capital"),
        "service": _("advice and support"),
        "protection": _("protection"),
        "accreditation": _("recognition"),
        "legal_form": _("legal form"),
    }[card.kind]


def no_figure(answer: Answer) -> str:
    """Return what stands in the place of an amount, never a blank and never nought."""
    if not answer.card.asked:
        return _("Nothing to ask for")
    if answer.amount is not None:
        return _("Not yet reckoned") if answer.missing else _("Not in figures")
    if answer.card.amount is not None:
        return _("Not reckoned")
    if answer.card.kind in WITHOUT_AMOUNT:
        return _("Without amount")
    if answer.card.kind == "service":
        return _("Without payment")
    return _("Not in figures")


def no_figure_why(answer: Answer) -> str:
    """Return why there is no amount."""
    if not answer.card.asked:
        return _("a limit on what an authority may give")
    if answer.amount is not None:
        return (
            _("some of your figures are missing")
            if answer.missing
            else _("the text gives no amount")
        )
    if answer.card.amount is not None or answer.card.kind in (*WITHOUT_AMOUNT, "service"):
        return kind_words(answer.card)
    return _("the text gives no amount")


def amount_lead(answer: Answer) -> str:
    """Return the words before the large amount: what one amount is for."""
    amount = answer.card.amount
    return {
        "application": _("The text gives, for one application"),
        "project": _("The text gives, for one project"),
        "year": _("The text gives, for one year"),
        "worker": _("The text gives, for one worker"),
        "training": _("The text gives, for one training"),
    }.get(amount.per if amount else "", _("The text gives"))


def opening_words(opening: Opening) -> str:
    """Return the changes that would remove the refusal, as one sentence, and what they cost."""
    sentence = _("; and ").join(_change_words(change) for change in opening.changes) + "."
    if not opening.fully:
        sentence += " " + _("The door would be ajar: other facts would still be missing.")
    if opening.closes:
        names = ", ".join(_plain(name) for name in opening.closes)
        sentence += " " + _("This would close: %(measures)s.") % {"measures": names}
    return typeset(sentence)


def _change_words(change: Change) -> str:
    values = [told_words(told) for told in change.to[:NAMED_VALUES]]
    if len(change.to) > NAMED_VALUES:
        values.append(_("another"))
    blanks = {"fact": _plain(change.to[0].label), "value": _(" or ").join(values)}
    if change.instead_of is None:
        return _("%(fact)s: %(value)s") % blanks
    blanks["than"] = told_words(change.instead_of)
    if not change.to[0].known:
        return _("%(fact)s: something other than %(than)s") % blanks
    return _("%(fact)s: %(value)s instead of %(than)s") % blanks


def reference_words(reference: Reference) -> str:
    """Return an article with the short title of its text; the full title stands with the roots."""
    title = _short_title(_plain(reference.title))
    return f"{title}, {reference.article}" if reference.article else title


def in_force_words(in_force: InForce) -> str:
    """Return from when until when a text is law, and what comes after."""
    first, last = in_force.period.first, in_force.period.last
    parts = []
    if first is None:
        parts.append(_("since a day we have not read"))
    else:
        parts.append(_("since %(day)s") % {"day": day_words(first)})
    if last is not None:
        parts.append(_("until %(day)s") % {"day": day_words(last)})
    elif in_force.until_unknown:
        parts.append(_("until a day we have not read"))
    if in_force.after == "expected":
        parts.append(_("another text is expected"))
    return ", ".join(parts)


def consulted_words(day: date) -> str:
    """Return when the source was read."""
    return _("the page that was read, on %(day)s") % {"day": day_words(day)}


def reading_words(verified: str) -> str:
    """Return how sure we are of our reading."""
    return {
        "verified": _("Read in the text"),
        "partly": _("Read in part, the rest to be confirmed"),
        "not": _("To be confirmed: the text was not read"),
    }[verified]


def rules_on(day: date) -> str:
    """Return whose day the rules are."""
    return _("on %(day)s, fingerprint") % {"day": day_words(day)}


def _plain(text: Text) -> str:
    return text_words(text)[0]


def _inside(text: Text) -> str:
    """Return a label as it reads inside a sentence; an acronym keeps its capitals."""
    label = _plain(text)
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _short_title(title: str) -> str:
    cut = title.partition(" (")[0].partition(", ")[0]
    cut = cut if len(cut) >= SHORT_TITLE else title
    return cut if len(cut) <= LONG_TITLE else cut[:LONG_TITLE].rsplit(" ", 1)[0] + "…"


def step_words(step: Step) -> str:
    """Return what one line of a reckoning is called."""
    if step.says:
        return _plain(step.says)
    return {
        "cost": _("Costs counted"),
        "base": _("Costs counted in all"),
        "intensity": _("Rate"),
        "add": _("Rate added"),
        "rate": _("Rate in all"),
        "reckoned": _("Rate times costs"),
        "ceiling": _("At most"),
        "floor": _("Nothing is paid below"),
        "value": _("By the text"),
        "amount": _("Amount"),
    }[step.id]


def step_figure(step: Step) -> str:
    """Return the figure of one line of a reckoning."""
    return figure_words(step.figure)


def read_words(read: str) -> str:
    """Return how a condition was read, where it was not read in the text itself."""
    return {
        "secondary": _("read in another source"),
        "assumed": _("our reading, to be confirmed"),
    }.get(read, "")
