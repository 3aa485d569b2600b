"""Cards: what a measure, a test or a reckoning means, read from a file into frozen rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from terreau.kernel.message import noop as _
from terreau.kernel.period import Period
from terreau.kernel.text import Text
from terreau.rules.card_shape import ANSWER_KINDS, CARD, VERDICT_KINDS
from terreau.rules.finding import Place
from terreau.rules.shape import Filled, Reading

Law = Mapping[str, str]


@dataclass(frozen=True)
class LawText:
    """A text of law, or the page of an authority, that a card rests on."""

    title: Text
    url: str
    articles: tuple[str, ...]


@dataclass(frozen=True)
class Parameter:
    """A figure of the law with its days; `values` are kept as written, oldest first."""

    name: str
    type: str
    by: tuple[str, ...]
    law: Law
    read: str
    values: tuple[tuple[date, Any], ...]
    label: Text | None
    place: Place = field(compare=False)

    def on(self, day: date) -> Any:
        """Return the value written for a day, or None before the first."""
        known = [value for start, value in self.values if start <= day]
        return known[-1] if known else None


@dataclass(frozen=True)
class Condition:
    """One condition of a card: a test, a discretion of an authority, or a duty."""

    id: str
    kind: str
    when: str | None
    says: Text
    by: str | None
    law: Law
    read: str
    place: Place = field(compare=False)
    places: Mapping[str, Place] = field(compare=False, default_factory=dict)


@dataclass(frozen=True)
class Amount:
    """The shape of what a measure gives, or a free expression of it."""

    base: tuple[str, ...]
    intensity: str | None
    adds: tuple[str, ...]
    floor: str | None
    ceiling: str | None
    value: str | None
    per: str
    rounding: str
    place: Place = field(compare=False)
    places: Mapping[str, Place] = field(compare=False, default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """One answer of a competence, a duty or a clause card: whether it holds for an authority or at a position."""

    key: str
    when: str
    says: Text
    law: Law
    read: str
    place: Place = field(compare=False)


@dataclass(frozen=True)
class Case:
    """A worked case of a card: facts in, an answer out."""

    name: Text
    on: date
    given: Mapping[str, Any]
    expect: Mapping[str, Any]
    place: Place = field(compare=False)


@dataclass(frozen=True)
class InForce:
    """When a card is law; an end that is not known is told by its flag."""

    period: Period
    from_unknown: bool
    until_unknown: bool
    after: str


@dataclass(frozen=True)
class Derived:
    """What a derived card defines: a name, its type as declared, its expression."""

    name: str
    type: str
    values: Mapping[str, Text]
    label: Text
    value: str


@dataclass(frozen=True)
class Card:
    """One file of law."""

    id: str
    kind: str
    authority: str
    name: Text
    summary: Text | None
    stages: tuple[str, ...]
    in_force: InForce
    law: Mapping[str, LawText]
    source_url: str
    consulted: date
    verified: str
    review_by: date
    apply: Mapping[str, Any]
    parameters: Mapping[str, Parameter]
    includes: tuple[str, ...]
    conditions: tuple[Condition, ...]
    amount: Amount | None
    cumulation: Mapping[str, Any]
    covers: tuple[str, ...]
    protects: str | None
    duration: Text | None
    note: Text | None
    derived: Derived | None
    answers: tuple[Answer, ...]
    cases: tuple[Case, ...]
    place: Place = field(compare=False)
    places: Mapping[str, Place] = field(compare=False, default_factory=dict)

    @property
    def gives_verdict(self) -> bool:
        """Whether a carrier gets an answer on this card."""
        return self.kind in VERDICT_KINDS

    def law_of(self, law: Law) -> dict[str, dict[str, Any]]:
        """Return the references of a condition or a parameter with their titles and addresses."""
        return {
            key: {"title": self.law[key].title, "article": article, "url": self.law[key].url}
            for key, article in law.items()
            if key in self.law
        }


def read_card(tree: Any, place: Place, reading: Reading) -> Card | None:
    """Return the card of a tree, or None when it cannot be used; errors are kept in the reading."""
    before = len(reading.findings.errors)
    read = CARD.read(tree, place, reading)
    if read is None or len(reading.findings.errors) > before:
        return None
    _check_kind(read, reading)
    if len(reading.findings.errors) > before:
        return None
    return Card(
        id=read["id"],
        kind=read["kind"],
        authority=read["authority"],
        name=read["name"],
        summary=read.get("summary"),
        stages=tuple(read.get("stages", ())),
        in_force=_in_force(read["in_force"]),
        law={key: _law_text(text) for key, text in read["law"].items()},
        source_url=read["source"]["url"],
        consulted=read["source"]["consulted"],
        verified=read["source"]["verified"],
        review_by=read["review_by"],
        apply=read.get("apply", {}),
        parameters={
            name: _parameter(name, each) for name, each in read.get("parameters", {}).items()
        },
        includes=tuple(read.get("includes", ())),
        conditions=tuple(_condition(each) for each in read.get("conditions", ())),
        amount=_amount(read["amount"]) if "amount" in read else None,
        cumulation=read.get("cumulation", {}),
        covers=tuple(read.get("covers", ())),
        protects=read.get("protects"),
        duration=read.get("duration"),
        note=read.get("note"),
        derived=_derived(read) if read["kind"] == "derived" else None,
        answers=tuple(_answer(key, each) for key, each in read.get("answers", {}).items()),
        cases=tuple(_case(each) for each in read["cases"]),
        place=place,
        places=read.places,
    )


_ONLY = {
    "derived": ("defines", "type", "label", "value"),
    **dict.fromkeys(ANSWER_KINDS, ("answers",)),
    **dict.fromkeys(VERDICT_KINDS, ("conditions", "summary", "stages")),
    "test": ("conditions",),
}
_FORBIDDEN = {
    "derived": ("conditions", "amount", "answers", "includes"),
    "test": ("amount", "value", "defines", "answers"),
    **dict.fromkeys(ANSWER_KINDS, ("amount", "value", "defines", "conditions")),
    **dict.fromkeys(VERDICT_KINDS, ("value", "defines", "answers")),
}


def _check_kind(read: Filled, reading: Reading) -> None:
    """Keep an error for each key the kind of the card asks for or does not know."""
    kind = read["kind"]
    for key in _ONLY[kind]:
        if key not in read:
            reading.error(
                read.place,
                _("A card of kind '{kind}' needs '{key}'."),
                _("Write it."),
                kind=kind,
                key=key,
            )
    for key in _FORBIDDEN[kind]:
        if key in read:
            reading.error(
                read.places[key],
                _("A card of kind '{kind}' has no '{key}'."),
                _("Remove it, or change the kind."),
                kind=kind,
                key=key,
            )
    for condition in read.get("conditions", ()):
        if condition["kind"] == "test" and "when" not in condition:
            reading.error(
                condition.place,
                _("A test needs 'when'."),
                _("Write its expression, or make it a discretion."),
            )
    shape = read.get("amount")
    if shape is not None and ("value" in shape) == ("base" in shape):
        reading.error(
            shape.place,
            _("An amount has either 'base' and 'intensity', or 'value'."),
            _("Write one of the two."),
        )


def _in_force(read: Filled) -> InForce:
    first, last = read["from"], read["until"]
    period = Period(
        first if isinstance(first, date) else None, last if isinstance(last, date) else None
    )
    return InForce(period, first == "unknown", last == "unknown", read["after"])


def _law_text(read: Filled) -> LawText:
    return LawText(
        read["title"], read.get("eli") or read.get("url", ""), tuple(read.get("articles", ()))
    )


def _parameter(name: str, read: Filled) -> Parameter:
    return Parameter(
        name=name,
        type=read["type"],
        by=tuple(read.get("by", ())),
        law=read["law"],
        read=read["read"],
        values=tuple(sorted(read["values"].items())),
        label=read.get("label"),
        place=read.place,
    )


def _condition(read: Filled) -> Condition:
    return Condition(
        id=read["id"],
        kind=read["kind"],
        when=read.get("when"),
        says=read["says"],
        by=read.get("by"),
        law=read["law"],
        read=read["read"],
        place=read.place,
        places=read.places,
    )


def _amount(read: Filled) -> Amount:
    return Amount(
        base=tuple(read.get("base", ())),
        intensity=read.get("intensity"),
        adds=tuple(read.get("adds", ())),
        floor=read.get("floor"),
        ceiling=read.get("ceiling"),
        value=read.get("value"),
        per=read["per"],
        rounding=read["rounding"],
        place=read.place,
        places=read.places,
    )


def _derived(read: Filled) -> Derived:
    return Derived(
        read["defines"], read["type"], read.get("values", {}), read["label"], read["value"]
    )


def _answer(key: str, read: Filled) -> Answer:
    return Answer(key, read["when"], read["says"], read["law"], read["read"], read.place)


def _case(read: Filled) -> Case:
    return Case(read["name"], read["on"], read["given"], read["expect"], read.place)
