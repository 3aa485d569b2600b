"""What the answers say as a document: plain data, already in the words of the reader's language."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from terreau.kernel.message import Message
from terreau.kernel.text import Text
from terreau.measures import wording
from terreau.measures.core import (
    Afterwards,
    Answer,
    Answers,
    Opening,
    Reason,
    Reference,
    StageAnswers,
    Standing,
    Told,
)
from terreau.measures.told import told_words
from terreau.web.typography import WIDE, day_words, interval_words, text_words, typeset

Json: TypeAlias = "str | bool | int | Sequence[Json] | Mapping[str, Json]"
Data: TypeAlias = Mapping[str, Json]

SCHEMES = ("https://", "http://")


def document(answers: Answers, *, mark: bool) -> Data:
    """Return all that the document says, in order; `mark` says on each page that it is an example."""
    title = " ".join(wording.headline(answers))
    return {
        "language": get_language() or "",
        "title": f"{title} {text_words(answers.dossier.title)[0]}",
        "day": [answers.on.year, answers.on.month, answers.on.day],
        "mark": _("Example: the carrier is invented, the texts are real.") if mark else "",
        "page": _("Page {page} of {pages}"),
        "rules": _("Rules on %(day)s") % {"day": day_words(answers.on)},
        "headline": title,
        "project": _said(answers.dossier.title),
        "summary": _said(answers.dossier.summary or ""),
        "lead": typeset(
            _(
                "This is what the texts say on %(day)s, from what this dossier tells. "
                "Nothing is decided yet: only the competent authority decides."
            )
            % {"day": day_words(answers.on)}
        ),
        "tally": [
            {"shape": count.standing.value, "words": wording.count_words(count)}
            for count in answers.tally
        ],
        "first": _first(answers),
        "others": _others(answers),
        "reasons": _reasons(answers),
        "facts": _facts(answers.told),
        "ground": _ground(answers),
    }


def _all(answers: Answers) -> Iterator[Answer]:
    for group in answers.stages:
        yield from group.answers


def _said(says: Text | Message | str) -> Data:
    """Return words with the language they are in, which a text that lacks the reader's tells."""
    words, language = text_words(says)
    return {"words": words, "language": language}


def _first(answers: Answers) -> Data:
    return {
        "title": _("Look at these first"),
        "none": _("No measure that we know is open to you today."),
        "answers": [
            {**_line(answer), "ask": _how_to_ask(answer, answers.on)} for answer in answers.best
        ],
    }


def _line(answer: Answer) -> dict[str, Json]:
    """Return what one line says of a measure: its name, the answer and why, the amount."""
    return {
        "id": answer.card.id,
        "name": _said(answer.card.name),
        "shape": answer.standing.value,
        "answer": wording.answer_words(answer),
        "authority": "" if answer.names_authority else text_words(answer.authority.name)[0],
        "why": capfirst(_why(answer)),
        "amount": _amount(answer),
        "amount_why": _amount_why(answer),
    }


def _amount(answer: Answer) -> str:
    span = answer.amount
    if span is None or not answer.has_figure:
        return wording.no_figure(answer)
    return str(capfirst(interval_words(span.low, span.high)))


def _amount_why(answer: Answer) -> str:
    if answer.has_figure:
        return wording.kind_words(answer.card)
    return wording.no_figure_why(answer)


def _why(answer: Answer) -> str:
    """Return the reason of an answer in one line."""
    if answer.standing is Standing.OPEN:
        if not answer.conditions:
            return _("The texts set no condition that a dossier could fail.")
        return _("You meet all the conditions.")
    if answer.standing is Standing.WAITING and answer.missing:
        return wording.missing_words(answer)
    if answer.standing is Standing.WAITING:
        causes = [wording.cause_words(reason.cause or "") for reason in answer.conditions]
        return next(filter(None, causes), wording.standing_note(answer.standing))
    if answer.standing is Standing.CLOSED and answer.refusals:
        return wording.refusal_words(answer)
    return wording.standing_note(answer.standing)


def _how_to_ask(answer: Answer, on: date) -> Data:
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
        return [_plain(typeset(words) or text_words(answer.authority.name)[0])]
    shown = words.partition("://")[2].rstrip("/")
    return [_plain(text_words(answer.authority.name)[0]), {"words": shown, "url": words}]


def _contact(apply: Mapping[str, Any]) -> Iterator[tuple[str, list[Data]]]:
    told = [apply[key] for key in ("contact", "hours") if key in apply]
    yield _("Contact"), [_plain(text_words(each)[0]) for each in told]


def _when(apply: Mapping[str, Any], on: date) -> Iterator[tuple[str, list[Data]]]:
    """Yield the days of the window, the term and what goes with the request."""
    if "opens" in apply:
        yield _("Opens"), [_plain(day_words(apply["opens"]))]
    if "closes" in apply:
        yield _("Last day"), [_plain(_last_day(apply, on))]
    if "deadline" in apply:
        yield _("By when"), [_plain(text_words(apply["deadline"])[0])]
    if "usual_days" in apply:
        days = int(apply["usual_days"])
        words = ngettext("%(number)s day", "%(number)s days", days) % {"number": days}
        yield _("Usual term"), [_plain(words)]
    if "language" in apply:
        yield _("Language"), [_plain(text_words(apply["language"])[0])]
    yield _("Documents"), [_plain(text_words(each)[0]) for each in apply.get("documents", ())]


def _last_day(apply: Mapping[str, Any], on: date) -> str:
    parts = [day_words(apply["closes"])]
    if "closes_at" in apply:
        parts.append(str(apply["closes_at"]))
    past = [_("(already past)")] if apply["closes"] < on else []
    return " ".join([", ".join(parts), *past])


def _others(answers: Answers) -> Data:
    return {
        "title": _("The other measures"),
        "head": [_("Measure"), _("Answer and reason"), _("Amount")],
        "stages": [_stage(group) for group in answers.rest],
    }


def _stage(group: StageAnswers) -> Data:
    return {
        "name": _said(group.stage.name),
        "plant": group.plant,
        "number": wording.measures_words(len(group.answers)),
        "answers": [_line(answer) for answer in group.answers],
    }


def _reasons(answers: Answers) -> Data:
    return {
        "title": _("Each measure with its reasons"),
        "conditions": [_("Condition"), _("Answer"), _("Article")],
        "none": _("The texts set no condition that a dossier could fail."),
        "reckoning": [_("How it is reckoned"), _("Figure")],
        "measures": [_measure(answer) for answer in _all(answers)],
    }


def _measure(answer: Answer) -> Data:
    """Return all that is said of one measure."""
    return {
        **_line(answer),
        "summary": _said(answer.card.summary or ""),
        "conditions": {
            "title": _("Why this answer"),
            "rows": [_condition(reason) for reason in answer.reasons],
        },
        "amount_lead": wording.amount_lead(answer) + _colon() if answer.has_figure else "",
        "amount_title": _("Amount"),
        "reckoning": [
            [wording.step_words(step), wording.step_figure(step)] for step in answer.reckoning
        ]
        if answer.has_figure
        else [],
        "missing": {
            "title": wording.missing_title(len(answer.missing)) if answer.missing else "",
            "labels": [text_words(fact.label)[0] for fact in answer.missing],
        },
        "lists": [each for each in _lists(answer) if each["items"]],
        "roots": _roots(answer),
    }


def _condition(reason: Reason) -> Data:
    state = wording.truth_words(reason.truth)
    cause = "" if reason.cause == "untold" else wording.cause_words(reason.cause or "")
    return {
        "says": _said(reason.says),
        "told": [_told(told) for told in reason.shown if told.known],
        "shape": reason.truth.value,
        "state": state,
        "notes": [note for note in (wording.read_words(reason.read), cause) if note],
        "law": _law(reason.law),
    }


def _told(told: Told) -> str:
    return typeset(f"{text_words(told.label)[0]}{_colon()} {told_words(told)}")


def _colon() -> str:
    return pgettext("colon after a label", ":")


def _law(references: Iterable[Reference]) -> list[Data]:
    return [
        {
            "words": wording.reference_words(reference).replace("§ ", "§" + WIDE),
            "url": reference.url,
        }
        for reference in references
    ]


def _lists(answer: Answer) -> Iterator[dict[str, Json]]:
    """Yield what follows the conditions, each list under its title."""
    yield {
        "title": _("What would open the door"),
        "items": [_opening(place, each) for place, each in enumerate(answer.openings)],
    }
    yield {
        "title": _("What the authority still decides"),
        "items": [_afterwards(each, by=True) for each in answer.discretions],
    }
    yield {
        "title": _("What you would have to do"),
        "items": [_afterwards(each, by=False) for each in answer.duties],
    }


def _item(words: str, *, small: str = "", law: Sequence[Data] = ()) -> Data:
    return {"words": words, "small": small, "law": law}


def _opening(place: int, opening: Opening) -> Data:
    words = wording.opening_words(opening)
    return _item(f"{_('Or:')} {words}" if place else words)


def _afterwards(step: Afterwards, *, by: bool) -> Data:
    words = text_words(step.says)[0]
    return _item(
        words if step.certain else f"{_('If it applies to you:')} {words}",
        small=text_words(step.by.name)[0] if by else "",
        law=_law(step.law),
    )


def _roots(answer: Answer) -> Data:
    """Return what an answer rests on: the authority, the texts, their days, how sure the reading is."""
    card = answer.card
    authority = {
        "words": text_words(answer.authority.name)[0],
        "url": text_words(answer.authority.website or "")[0],
    }
    texts = [
        {
            "words": ", ".join((text_words(text.title)[0], *text.articles)),
            "url": text.url,
        }
        for text in answer.texts
    ]
    rows = (
        (_("Authority"), [authority]),
        (_("Texts"), texts),
        (_("In force"), [_plain(wording.in_force_words(card.in_force))]),
        (_("Read"), [{"words": wording.consulted_words(card.consulted), "url": card.source_url}]),
        (_("How sure"), [_plain(wording.reading_words(answer.verified))]),
    )
    cautions = [_item(text_words(each.says)[0], law=_law(each.law)) for each in answer.cautions]
    return {
        "title": _("What this answer rests on"),
        "rows": [{"label": label, "values": values} for label, values in rows if values],
        "cautions": cautions,
        "note": _said(card.note or ""),
    }


def _plain(words: str) -> Data:
    return {"words": words, "url": ""}


def _facts(told: Sequence[Told]) -> Data:
    return {
        "title": _("What this dossier says"),
        "head": [_("Fact"), _("What is told")],
        "none": _("This dossier says nothing yet."),
        "rows": [[_said(each.label), capfirst(told_words(each))] for each in told],
    }


def _ground(answers: Answers) -> Data:
    """Return what the whole document rests on, and how anyone asks it again."""
    day = answers.on.isoformat()
    return {
        "title": _("What all this rests on"),
        "rows": [
            {"label": _("Rules"), "values": [_plain(day_words(answers.on))]},
            {"label": _("Fingerprint"), "values": [_plain(answers.edition)]},
        ],
        "again_title": _("How to ask it again"),
        "again": _(
            "Keep the answers as a file. Later, the second command asks them again under the same "
            "rules and on the same day, and names each answer that comes out otherwise."
        ),
        "commands": [
            f"terreau assess DOSSIER.yaml --on {day} --format json > answers.json",
            "terreau replay answers.json",
        ],
        "worth_title": _("What an answer is worth"),
        "worth": _(
            "It says what the texts say on a day, with the article. It decides nothing: only the "
            "competent authority decides."
        ),
    }
