"""Filters that put the catalogue and the page of a measure into words. `{% load catalogue %}`."""

from datetime import date
from urllib.parse import urlencode

from django import template
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from terreau.measures.catalogue import Asking, Catalogue, Filters, MeasurePage, State
from terreau.measures.catalogue.figures import ListedFigure, Row, Value
from terreau.measures.catalogue.history import Change, Entry, Kind
from terreau.measures.catalogue.listing import WayOut
from terreau.measures.catalogue.page import Part
from terreau.measures.catalogue.perimeter import Perimeter
from terreau.measures.catalogue.standing import Gift
from terreau.measures.catalogue.worked import WorkedCase
from terreau.measures.core import Figure, Span, Standing
from terreau.measures.told import figure_words
from terreau.measures.wording import cause_words, kind_words
from terreau.rules.cards import Card
from terreau.rules.parameters import MISSING_LAW
from terreau.web.typography import counted, day_words, interval_words, text_words, typeset

register = template.Library()

WITHOUT_AMOUNT = frozenset({"accreditation", "protection", "legal_form"})
READ_IN_THE_TEXT = "text"


def _counted(sentence: str, number: int) -> str:
    return typeset(capfirst(sentence % {"words": counted(number), "number": number}))


# ---- the list


@register.filter
def catalogue_title(catalogue: Catalogue) -> str:
    """Return how many measures there are, or how many are found."""
    if not catalogue.filters.chosen:
        number = catalogue.in_force
        return _counted(
            ngettext(
                "One support measure is in force today",
                "%(words)s support measures are in force today",
                number,
            ),
            number,
        )
    number = catalogue.standing or catalogue.number
    if not number:
        return _("No support measure fits your choice")
    return _counted(
        ngettext(
            "One support measure fits your choice",
            "%(words)s support measures fit your choice",
            number,
        ),
        number,
    )


@register.filter
def ended_title(number: int) -> str:
    """Return how many measures ended."""
    return _counted(
        ngettext("One measure no longer exists", "%(words)s measures no longer exist", number),
        number,
    )


@register.filter
def state_words(state: State) -> str:
    """Return whether a measure is law."""
    return {
        State.IN_FORCE: _("In force"),
        State.UNCERTAIN: _("Not certain that it is in force"),
        State.EXPECTED: _("Ended, the next text is expected"),
        State.NOT_YET: _("Not in force yet"),
        State.ENDED: _("No longer exists"),
    }[state]


@register.filter
def asking_title(page: MeasurePage) -> str:
    """Return whether one may ask, as the title of how to do it."""
    if page.over:
        return _("One can no longer ask for it")
    return asking_words(page.asking, page.card) or _("How to ask")


@register.filter
def asking_words(asking: Asking, card: Card) -> str:
    """Return whether one may ask, where the card tells of a window."""
    days = {name: card.apply.get(name) for name in ("opens", "closes")}
    shown = {name: day_words(day) for name, day in days.items() if isinstance(day, date)}
    return {
        Asking.UNSAID: "",
        Asking.AHEAD: _("One can ask from %(opens)s"),
        Asking.OPEN: _("One can ask until %(closes)s"),
        Asking.PAST: _("The last known day to ask was %(closes)s"),
    }[asking] % shown


@register.filter
def gift_words(gift: Gift, card: Card) -> str:
    """Return what a measure gives at most, never a blank and never nought."""
    if gift.span and gift.has_figure:
        return capfirst(interval_words(gift.span.low, gift.span.high))
    if gift.span:
        return _("By your figures") if gift.hangs else _("Not in figures")
    if card.kind in WITHOUT_AMOUNT:
        return _("Without amount")
    return _("Without payment") if card.kind == "service" else _("Not in figures")


@register.filter
def gift_why(gift: Gift, card: Card) -> str:
    """Return what kind of support it is, or why it has no figure."""
    if not gift.has_figure and not gift.hangs and card.amount:
        return _("%(kind)s, the text gives no amount") % {"kind": kind_words(card)}
    return kind_words(card)


@register.filter
def choice_words(choice: str) -> str:
    """Return what a choice of the list is called."""
    return {
        "q": _("Words"),
        "stage": _("Stage"),
        "authority": _("Authority"),
        "kind": _("Kind of support"),
        "state": _("In force"),
    }[choice]


@register.filter
def way_out_words(way: WayOut) -> str:
    """Return what would be found without one of the choices."""
    sentence = ngettext(
        "Without “%(choice)s”: one measure", "Without “%(choice)s”: %(number)s measures", way.number
    )
    return typeset(sentence % {"choice": choice_words(way.choice), "number": way.number})


@register.filter
def as_query(filters: Filters) -> str:
    """Return the address of a choice, after the question mark."""
    return urlencode({name: getattr(filters, name) for name in filters.chosen})


# ---- the page of a measure


@register.filter
def state_title(page: MeasurePage) -> str:
    """Return what one must know of a measure that is not simply law on the day."""
    period = page.card.in_force.period
    blanks = {
        "day": day_words(page.on),
        "first": day_words(period.first) if period.first else "",
        "last": day_words(period.last) if period.last else "",
    }
    return {
        State.IN_FORCE: "",
        State.UNCERTAIN: _("It is not certain that this measure is in force on %(day)s."),
        State.EXPECTED: _("This measure ended on %(last)s; the text that follows is expected."),
        State.NOT_YET: _("On %(day)s this measure did not exist yet: it begins on %(first)s."),
        State.ENDED: _("This measure no longer exists: it ended on %(last)s."),
    }[page.state] % blanks


@register.filter
def conditions_title(page: MeasurePage) -> str:
    """Return how many conditions there are, its own and those it shares."""
    first, *others = page.testing
    own, shared = len(first.conditions), sum(len(part.conditions) for part in others)
    sentence = _counted(
        ngettext("One condition", "%(words)s conditions", own) if own else _("No condition"), own
    )
    if shared:
        blanks = {"words": counted(shared)}
        sentence += ngettext(
            ", and one that other measures share",
            ", and %(words)s that other measures share",
            shared,
        ) % (blanks)
    return sentence


@register.filter
def shared_title(part: Part) -> str:
    """Return how many conditions a test shares with other measures, and what it is called."""
    number = len(part.conditions)
    sentence = ngettext("%(number)s condition", "%(number)s conditions", number)
    blanks = {"change": text_words(part.card.name)[0], "keys": sentence % {"number": number}}
    return typeset(_("%(keys)s: %(change)s") % blanks)


@register.filter
def unsettled_words(cause: str) -> str:
    """Return why no text settles a condition."""
    if cause == MISSING_LAW:
        return _("A figure or a list that it needs was not found.")
    return cause_words(cause)


@register.filter
def read_status(read: str) -> str:
    """Return how we know a condition or a figure."""
    return {
        "text": _("From the text itself"),
        "secondary": _("From another source"),
        "assumed": capfirst(_("our reading, to be confirmed")),
    }.get(read, _("Not certain"))


@register.filter
def read_hue(read: str) -> str:
    """Return the colour class of how we know it."""
    return "is-yes" if read == READ_IN_THE_TEXT else "is-unknown"


@register.filter
def read_shape(read: str) -> str:
    """Return the icon of how we know it."""
    return "yes" if read == READ_IN_THE_TEXT else "confirm"


@register.filter
def figures_title(page: MeasurePage) -> str:
    """Return whether the texts settle every figure."""
    if not page.unsettled:
        return _("All the figures are settled")
    return _counted(
        ngettext(
            "One figure is not settled",
            "%(words)s figures are not settled",
            page.unsettled,
        ),
        page.unsettled,
    )


@register.filter
def figure_name(figure: ListedFigure) -> str:
    """Return what a figure is called, or what it does to the amount; nothing where it has no name."""
    if figure.label:
        return text_words(figure.label)[0]
    role = next(iter(figure.roles), "")
    if figure.whole:
        return _alone(role)
    return {
        "value": _("For the amount"),
        "intensity": _("For the rate"),
        "adds": _("For the rate added"),
        "ceiling": _("For the ceiling"),
        "floor": _("For the floor"),
    }.get(role, "")


def _alone(role: str) -> str:
    return {
        "value": _("Amount"),
        "intensity": _("Rate"),
        "adds": _("Rate added"),
        "ceiling": _("At most"),
        "floor": _("Nothing is paid below"),
    }[role]


@register.filter
def value_words(value: Value | None) -> str:
    """Return one value of the law, or that no text gives it."""
    if value is None:
        return _("nothing was said")
    if value.figure:
        return figure_words(value.figure)
    if value.truth is not None:
        return _("yes") if value.truth else _("no")
    if value.cause == "uncertain-law":
        return _("The texts are not clear")
    return _("Not found in the texts")


@register.filter
def key_words(row: Row) -> str:
    """Return under which keys a value stands, or from which figure on it holds."""
    words = [text_words(key)[0] for key in row.keys]
    if row.above:
        words.append(_("from %(figure)s") % {"figure": _money_or_number(row.above)})
    return ", ".join(words)


def _money_or_number(figure: Figure) -> str:
    return interval_words(round(figure.low), round(figure.low))


@register.filter
def change_words(change: Change) -> str:
    """Return what a value was and what it became."""
    keys = ", ".join(text_words(key)[0] for key in change.keys)
    blanks = {"before": value_words(change.before), "after": value_words(change.after)}
    sentence = _("%(after)s, before: %(before)s") % blanks
    return typeset(
        _("%(keys)s: %(change)s") % {"keys": keys, "change": sentence} if keys else sentence
    )


@register.filter
def who_title(perimeter: Perimeter) -> str:
    """Return how many kinds of applicant can pass."""
    passing = len(perimeter.passing)
    blanks = {
        "fact": text_words(perimeter.fact.label)[0],
        "passing": passing,
        "number": perimeter.number,
    }
    if not perimeter.read:
        return typeset(_("%(fact)s: no condition hangs on it") % blanks)
    if passing == perimeter.number:
        return typeset(_("%(fact)s: possible for all %(number)s") % blanks)
    sentence = ngettext(
        "%(fact)s: possible for one of %(number)s",
        "%(fact)s: possible for %(passing)s of %(number)s",
        passing,
    )
    return typeset((sentence if passing else _("%(fact)s: possible for none")) % blanks)


@register.filter
def when_words(entry: Entry) -> str:
    """Return from when until when an entry of a history holds."""
    first = day_words(entry.first) if entry.first else ""
    blanks = {"first": first, "last": day_words(entry.last) if entry.last else ""}
    if entry.kind is Kind.EXPECTED:
        return _("Expected from %(first)s") % blanks if first else _("Expected")
    if not first:
        return (
            _("Until %(last)s") % blanks if entry.last else _("Since a day that we have not read")
        )
    if entry.last:
        return _("%(first)s to %(last)s") % blanks
    return (_("From %(first)s") if entry.ahead else _("Since %(first)s")) % blanks


@register.filter
def changes_title(entry: Entry) -> str:
    """Return how many figures changed."""
    number = len({change.figure.id for change in entry.changes})
    return _counted(ngettext("One figure changes", "%(words)s figures change", number), number)


@register.filter
def cases_title(page: MeasurePage) -> str:
    """Return how many worked cases there are, and whether they come out as expected."""
    number = len(page.cases)
    sentence = _counted(ngettext("One worked case", "%(words)s worked cases", number), number)
    if not page.differing:
        return sentence + ngettext(", as expected", ", all as expected", number)
    return sentence + ngettext(
        ", one comes out otherwise", ", %(words)s come out otherwise", page.differing
    ) % {"words": counted(page.differing)}


@register.filter
def case_words(standing: Standing) -> str:
    """Return the answer to a worked case, in a word."""
    return {
        Standing.OPEN: _("Open"),
        Standing.TO_CONFIRM: _("Open, to be confirmed"),
        Standing.WAITING: _("Waiting"),
        Standing.CLOSED: _("Closed"),
        Standing.ENDED: _("No longer exists"),
    }[standing]


@register.filter
def case_amount(case: WorkedCase, card: Card) -> str:
    """Return the amount of a worked case in words."""
    if case.standing in (Standing.CLOSED, Standing.ENDED):
        return _("No amount")
    return span_words(case.amount, card)


@register.filter
def span_words(span: Span | None, card: Card) -> str:
    """Return an amount that a case gives or expects, in words."""
    if span is None:
        return _("Without amount") if card.amount is None else _("No amount")
    return interval_words(span.low, span.high) if span.says_something else _("not known yet")
