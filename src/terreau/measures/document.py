"""What the answers say as a document: plain data, already in the words of the reader's language."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from terreau.kernel.message import Message
from terreau.kernel.text import Text
from terreau.measures import refusals, wording
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
from terreau.measures.how_to_ask import Data, Json, how_to_ask, plain
from terreau.measures.told import told_words
from terreau.web.typography import WIDE, day_words, interval_words, text_words, typeset


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
        "refused": _refused(answers),
        "reasons": _reasons(answers),
        "facts": _facts(answers.told),
        "ground": _ground(answers),
    }


def _explained(answers: Answers) -> Iterator[Answer]:
    """Yield the answers whose reasons are printed in full: the first to look at, and all that stand open."""
    yield from answers.best
    first = {each.card.id for each in answers.best}
    for answer in answers.support:
        if answer.standing in (Standing.OPEN, Standing.TO_CONFIRM) and answer.card.id not in first:
            yield answer


def _said(says: Text | Message | str) -> Data:
    """Return words with the language they are in, which a text that lacks the reader's tells."""
    words, language = text_words(says)
    return {"words": words, "language": language}


def _first(answers: Answers) -> Data:
    return {
        "title": _("Look at these first"),
        "none": _("No measure that we know is open to you today."),
        "answers": [
            {**_line(answer), "ask": how_to_ask(answer, answers.on)} for answer in answers.best
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
        return refusals.refusal_words(answer)
    return wording.standing_note(answer.standing)


def _others(answers: Answers) -> Data:
    return {
        "title": _("What else is open or may open"),
        "head": [_("Measure"), _("Answer and reason"), _("Amount")],
        "groups": [*(_stage(group) for group in answers.rest), *_beside(answers)],
    }


def _beside(answers: Answers) -> Iterator[Data]:
    """Yield what is no support: the legal forms one could choose, the limits on what others give."""
    forms, limits = answers.possible_forms, answers.near_limits
    if forms:
        yield _group(_("Legal forms you could choose"), "", forms)
    if limits:
        yield _group(_("Nothing to ask for, good to know"), "", limits)


def _stage(group: StageAnswers) -> Data:
    return _group(group.stage.name, group.plant, group.answers)


def _group(name: Text | str, plant: str, answers: Sequence[Answer]) -> Data:
    return {
        "name": _said(name),
        "plant": plant,
        "number": wording.measures_words(len(answers)) if plant else "",
        "answers": [_line(answer) for answer in answers],
    }


def _refused(answers: Answers) -> Data:
    """Return what does not fit, under the condition that stops it and its article."""
    return {
        "title": refusals.do_not_fit(refusals.number_of_answers(answers.refused)),
        "lead": _("Each stands under the first condition that stops it."),
        "reasons": [
            {
                "says": _said(refusals.refusal_title(refusal)),
                "law": _law(refusal.law),
                "names": [_refused_name(answer) for answer in refusal.answers],
            }
            for refusal in answers.refused
        ],
    }


def _refused_name(answer: Answer) -> str:
    name, more = text_words(answer.card.name)[0], refusals.other_refusals(answer)
    return f"{name} ({more})" if more else name


def _reasons(answers: Answers) -> Data:
    return {
        "title": _("The first measures with their reasons"),
        "conditions": [_("Condition"), _("Answer"), _("Article")],
        "none": _("The texts set no condition that a dossier could fail."),
        "reckoning": [_("How it is reckoned"), _("Figure")],
        "measures": [_measure(answer) for answer in _explained(answers)],
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
        (_("In force"), [plain(wording.in_force_words(card.in_force))]),
        (_("Read"), [{"words": wording.consulted_words(card.consulted), "url": card.source_url}]),
        (_("How sure"), [plain(wording.reading_words(answer.verified))]),
    )
    cautions = [_item(text_words(each.says)[0], law=_law(each.law)) for each in answer.cautions]
    return {
        "title": _("What this answer rests on"),
        "rows": [{"label": label, "values": values} for label, values in rows if values],
        "cautions": cautions,
        "note": _said(card.note or ""),
    }


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
            {"label": _("Rules"), "values": [plain(day_words(answers.on))]},
            {"label": _("Fingerprint"), "values": [plain(answers.edition)]},
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
        "worth": " ".join(
            (
                _("This is information, not legal advice."),
                _(
                    "It says what the texts say on a day, with the article. It decides nothing: only "
                    "the competent authority decides."
                ),
            )
        ),
    }
