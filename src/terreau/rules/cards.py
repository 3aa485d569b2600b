"""Cards: what a measure, a test or a reckoning means, in frozen rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from terreau.kernel.period import Period
from terreau.kernel.text import Text
from terreau.rules.card_shape import VERDICT_KINDS
from terreau.rules.finding import NOWHERE, Place

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


def holds(value: Any, word: str) -> bool:
    """Whether the value of a parameter is written so, wholly or for some of its keys."""
    if isinstance(value, Mapping):
        return any(holds(each, word) for each in value.values())
    if isinstance(value, list | tuple):
        return any(holds(each, word) for each in value)
    return bool(value == word)


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
    part: str = ""
    aspect: str = ""
    place: Place = field(compare=False, default=NOWHERE)
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
    """One answer of a competence, a duty, a clause or a circuit: whether it holds, whose it is, by when."""

    key: str
    when: str
    says: Text
    law: Law
    read: str
    by: str | None
    leads: str | None
    due: str | None
    within: str | None
    place: Place = field(compare=False)
    places: Mapping[str, Place] = field(compare=False, default_factory=dict)

    @property
    def expression(self) -> tuple[str, Place]:
        """What says whether it holds, and where that stands."""
        return self.when, self.places["when"]


@dataclass(frozen=True)
class Figure:
    """A figure that a surplus or a cost card gives by an expression, with its sentence and its article."""

    key: str
    value: str
    says: Text
    law: Law
    read: str
    place: Place = field(compare=False)

    @property
    def expression(self) -> tuple[str, Place]:
        """What reckons it, and where that stands."""
        return self.value, self.place


@dataclass(frozen=True)
class Surplus:
    """What may be kept of what is left, and what happens to the rest."""

    figures: Mapping[str, Figure]
    excess: Text
    stopping: Text


@dataclass(frozen=True)
class Caps:
    """How much of cost lines is accepted at most, and who gives way."""

    lines: str
    line: Figure | None
    category: Mapping[str, Figure]
    cross_funding: Figure | None
    overall: Figure | None
    spread: str


@dataclass(frozen=True)
class CounterQuestion:
    """A question of an authority's own form, and the fact that answers it."""

    id: str
    question: Text
    limit: int | None
    source: str | None
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
    asked: bool
    apply: Mapping[str, Any]
    parameters: Mapping[str, Parameter]
    includes: tuple[str, ...]
    conditions: tuple[Condition, ...]
    amount: Amount | None
    cumulation: Mapping[str, Any]
    covers: tuple[str, ...]
    protects: str | None
    duration: Text | None
    window: bool
    note: Text | None
    derived: Derived | None
    answers: tuple[Answer, ...]
    measures: tuple[str, ...]
    caps: Caps | None
    surplus: Surplus | None
    questions: tuple[CounterQuestion, ...]
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
