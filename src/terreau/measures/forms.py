"""The questions as a person answers them: every type of fact, typed or chosen, and what is said when it cannot be read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from terreau.measures.typed import NotRead, as_written
from terreau.projects.core import Told
from terreau.rules import Findings
from terreau.rules.dossier import read_fact
from terreau.rules.finding import Place
from terreau.rules.shape import Reading
from terreau.rules.types import FIGURES, OutsideDomain, Type, Unit, Unreadable, read_value
from terreau.rules.vocabulary import Fact
from terreau.web.typography import day_words, money_words, number_words, rate_words, text_words

UNKNOWN, NONE = "unknown", "none"
CENTS = 100
MOST_ROWS = 30
EXAMPLES = {Unit.MONEY: 125_050, Unit.RATE: Fraction(75, 1000), Unit.NUMBER: Fraction(5, 2)}


class Typed(forms.CharField):
    """A figure, a day, a code or a text, as people type it; empty is not known."""

    def __init__(self, fact: Fact) -> None:
        super().__init__(required=False, label=plain(fact.label), strip=True)
        self.fact = fact

    def clean(self, value: Any) -> str:
        """Return the value as a dossier writes it, or nothing. Raises `ValidationError` with a sentence."""
        text = super().clean(value)
        if not text:
            return ""
        try:
            written = as_written(text, self.fact.type, month_numbers())
            if self.fact.type.unit in FIGURES:
                read_value(written, self.fact.type)
        except (NotRead, Unreadable):
            raise forms.ValidationError(not_read(self.fact.type)) from None
        except OutsideDomain:
            raise forms.ValidationError(outside(self.fact.type)) from None
        return _checked(self.fact, written)


def _checked(fact: Fact, written: str) -> str:
    """Return a value that the vocabulary takes. Raises `ValidationError` with what it says else."""
    reading = Reading(Findings())
    read_fact(written, Place(), fact, reading)
    if reading.findings.errors:
        finding = reading.findings.errors[0]
        raise forms.ValidationError(f"{finding.what.words(_)} {finding.remedy.words(_)}")
    return written


class Chosen(forms.ChoiceField):
    """One of a few values, or not known yet."""

    widget = forms.RadioSelect

    def __init__(self, fact: Fact) -> None:
        values: list[tuple[str, Any]] = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
        if fact.type.unit is Unit.CHOICE:
            values = [(value, plain(fact.values[value])) for value in fact.type.values]
        choices = [*values, (UNKNOWN, gettext_lazy("I do not know yet"))]
        super().__init__(required=False, label=plain(fact.label), choices=choices)

    def clean(self, value: Any) -> str:
        """Return the value, or nothing where it is not known. Raises `ValidationError` where nothing is chosen."""
        chosen = super().clean(value)
        if not chosen:
            raise forms.ValidationError(_("Choose an answer, or 'I do not know yet'."))
        return "" if chosen == UNKNOWN else str(chosen)


class Several(forms.MultipleChoiceField):
    """Some of a few values, none of them, or not known yet."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, fact: Fact) -> None:
        values = [(value, plain(fact.values[value])) for value in fact.type.values]
        choices = [
            *values,
            (NONE, gettext_lazy("None of these")),
            (UNKNOWN, gettext_lazy("I do not know yet")),
        ]
        super().__init__(required=False, label=plain(fact.label), choices=choices)

    def clean(self, value: Any) -> list[str] | str:
        """Return the values in full, or nothing where they are not known. Raises `ValidationError`."""
        chosen = super().clean(value)
        if len(chosen) > 1 and {NONE, UNKNOWN} & set(chosen):
            raise forms.ValidationError(
                _(
                    "You ticked 'none of these' or 'I do not know yet' beside another answer: keep one."
                )
            )
        if not chosen:
            raise forms.ValidationError(_("Tick an answer, or 'I do not know yet'."))
        if chosen == [UNKNOWN]:
            return ""
        return [] if chosen == [NONE] else list(chosen)


class Rows(forms.Widget):
    """Records as rows of fields: what is told of them, and a few empty rows to go on."""

    template_name = "measures/ask/rows.html"

    def __init__(self, columns: Mapping[str, forms.Field]) -> None:
        super().__init__()
        self.columns = columns

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return what the template shows: the rows that are there, and two more."""
        context = super().get_context(name, value, attrs)
        told = value if isinstance(value, dict) else {"told": "", "rows": []}
        rows = [*told.get("rows", []), {}, {}]
        context["widget"] |= {
            "told_choices": TOLD_CHOICES,
            "told": _told_choice(told),
            "rows": [self._cells(name, place, row) for place, row in enumerate(rows)],
        }
        return context

    def _cells(self, name: str, place: int, row: Mapping[str, str]) -> list[dict[str, Any]]:
        return [
            {
                "id": f"{name}-{place}-{column}",
                "name": f"{name}-{place}-{column}",
                "label": field.label,
                "value": row.get(column, ""),
                "choices": getattr(field, "choices", ()),
            }
            for column, field in self.columns.items()
        ]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, Any]:
        """Return how much is told, and the rows in which something is typed."""
        rows = []
        for place in range(MOST_ROWS):
            keys = {column: f"{name}-{place}-{column}" for column in self.columns}
            row = {column: str(data.get(key, "")).strip() for column, key in keys.items()}
            if any(row.values()):
                rows.append(row)
        return {"told": data.get(f"{name}-told", ""), "rows": rows}


TOLD_CHOICES = (
    (NONE, gettext_lazy("None")),
    ("complete", gettext_lazy("These, and no others")),
    ("some", gettext_lazy("These, and perhaps others")),
    (UNKNOWN, gettext_lazy("I do not know yet")),
)


def _told_choice(told: Mapping[str, Any]) -> str:
    """Return which choice stands for records as they are written, or as they were posted."""
    written = str(told.get("told", ""))
    if written == "complete" and not told.get("rows"):
        return NONE
    return {"at-least": "some"}.get(written, written)


class Listed(forms.Field):
    """Records: none, all of them, or some of them, each with its fields; or not known yet."""

    def __init__(self, fact: Fact) -> None:
        self.columns = {name: _column(fact, name) for name in fact.type.fields}
        super().__init__(required=False, label=plain(fact.label), widget=Rows(self.columns))
        self.fact = fact

    def clean(self, value: Any) -> Told:
        """Return the records as a dossier writes them, or nothing. Raises `ValidationError` by row and field."""
        told, rows = value["told"], value["rows"]
        if told in ("", UNKNOWN):
            return ""
        if told == NONE:
            return {"told": "complete", "rows": []}
        errors: list[str] = []
        written = [self._row(place, row, errors) for place, row in enumerate(rows, start=1)]
        if not rows:
            errors.append(_("Fill in at least one line, or choose another answer."))
        if errors:
            raise forms.ValidationError(errors)
        return {"told": "at-least" if told == "some" else "complete", "rows": written}

    def _row(self, place: int, row: Mapping[str, str], errors: list[str]) -> dict[str, str]:
        written = {}
        for name, column in self.columns.items():
            if not row[name]:
                continue
            try:
                value = column.clean(row[name])
            except forms.ValidationError as error:
                blanks = {"line": place, "field": column.label, "what": error.messages[0]}
                errors.append(_("Line %(line)s, %(field)s: %(what)s") % blanks)
                continue
            if value:
                written[name] = value
        return written


def _column(fact: Fact, name: str) -> forms.Field:
    label, values = fact.fields[name]
    kind = fact.type.fields[name]
    as_fact = replace(fact, id=name, type=kind, label=label, values=values, number=None)
    column: forms.Field = FIELDS.get(kind.unit, Typed)(as_fact)
    return column


FIELDS: Mapping[Unit, type[Any]] = {
    Unit.TRUTH: Chosen,
    Unit.CHOICE: Chosen,
    Unit.CHOICES: Several,
    Unit.RECORDS: Listed,
}


class QuestionForm(forms.Form):
    """One question: the facts of it, each as its type is asked."""

    def __init__(
        self, facts: Sequence[Fact], told: Mapping[str, Told], data: Mapping[str, Any] | None = None
    ) -> None:
        initial = {fact.id: shown(fact, told[fact.id]) for fact in facts if fact.id in told}
        super().__init__(data=data, initial=initial)
        self.facts = {fact.id: fact for fact in facts}
        for fact in facts:
            self.fields[fact.id] = FIELDS.get(fact.type.unit, Typed)(fact)

    def asked(self) -> Iterator[tuple[Fact, forms.BoundField]]:
        """Yield each fact with its field."""
        for name, fact in self.facts.items():
            yield fact, self[name]

    def told(self) -> dict[str, Told]:
        """Return what is told; what is not known is not there."""
        return {name: value for name, value in self.cleaned_data.items() if value != ""}

    def unknown(self) -> list[str]:
        """Return the facts that are not known."""
        return [name for name, value in self.cleaned_data.items() if value == ""]


class ContactForm(forms.Form):
    """The address to which a private link is mailed."""

    contact = forms.EmailField(
        max_length=254,
        error_messages={
            "required": gettext_lazy("Write your e-mail address."),
            "invalid": gettext_lazy("Write an e-mail address, like name@example.org."),
        },
    )


def plain(text: Mapping[str, str]) -> str:
    """Return words of the pack in the reader's language."""
    return text_words(text)[0]


def month_numbers() -> dict[str, int]:
    """Return the number of each month by its names in the reader's language."""
    names = (*MONTHS.items(), *MONTHS_3.items())
    return {str(name).lower().rstrip("."): number for number, name in names}


def not_read(kind: Type) -> str:
    """Return what to do about a text that cannot be read."""
    if kind.unit is Unit.DATE:
        return _("Write a date, like 24/11/2026.")
    if kind.unit is Unit.MONEY:
        return _("Write an amount, like %(example)s.") % {"example": money_words(125_050)}
    if kind.unit is Unit.RATE:
        return _("Write a share in hundredths, like %(example)s.") % {
            "example": rate_words(Fraction(75, 1000))
        }
    if kind.unit is Unit.COUNT:
        return _("Write a whole number, like 3.")
    if kind.unit is Unit.NUMBER:
        return _("Write a number, like %(example)s.") % {"example": number_words(Fraction(5, 2))}
    if kind.like:
        return _("Write it like %(example)s.") % {"example": kind.like}
    return _("Write one line, of 200 letters at most.")


def outside(kind: Type) -> str:
    """Return between what a figure must lie."""
    ends = {"low": figure(kind.low, kind), "high": figure(kind.high, kind)}
    if kind.unit is Unit.DATE:
        return _("Write a date between %(low)s and %(high)s.") % ends
    return _("Write a figure between %(low)s and %(high)s.") % ends


def figure(value: int, kind: Type) -> str:
    """Return a figure of the engine in words."""
    if kind.unit is Unit.DATE:
        return day_words(date.fromordinal(value))
    exact = Fraction(value, kind.one)
    if kind.unit is Unit.MONEY:
        return money_words(int(exact * CENTS))
    return rate_words(exact) if kind.unit is Unit.RATE else number_words(exact)


def shown(fact: Fact, told: Told) -> Any:
    """Return what was told as the field shows it."""
    if fact.type.unit is Unit.CHOICES:
        return list(told) or [NONE]
    if fact.type.unit not in FIGURES or not isinstance(told, str) or fact.type.unit is Unit.DATE:
        return told
    try:
        low, high = read_value(told, fact.type)
    except (Unreadable, OutsideDomain):
        return told
    return figure(low, fact.type) if low == high else told
