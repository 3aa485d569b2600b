"""The law of one day: every card of an edition in one graph, with the names its expressions read."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from terreau.rules.cards import Answer, Card, Condition, Figure
from terreau.rules.finding import Findings
from terreau.rules.graph import Graph, Term
from terreau.rules.nearest import Leaning
from terreau.rules.pack import Pack
from terreau.rules.parameters import NO_LAW_YET, UNCERTAIN_LAW
from terreau.rules.reckoning import AmountStep
from terreau.rules.types import Type

IN_FORCE = "in-force"


@dataclass(frozen=True, eq=False)
class Placed:
    """A condition and where its truth stands in the graph; `slot` is None for one without expression."""

    id: str
    card: Card
    condition: Condition | None
    slot: int | None
    cause: str = ""

    @cached_property
    def law(self) -> dict[str, dict[str, Any]]:
        """The references of the condition, with their titles and addresses."""
        return self.card.law_of(self.condition.law) if self.condition else {}


@dataclass(frozen=True)
class PlacedAnswer:
    """An answer of a card and where its truth stands; who leads, by when, within how many days where it says so."""

    answer: Answer
    slot: int
    leads: int | None
    due: Term | None
    within: Term | None


@dataclass(frozen=True)
class PlacedFigure:
    """A figure that a card gives and where it stands."""

    figure: Figure
    term: Term


@dataclass(frozen=True)
class PlacedCaps:
    """The caps of a cost card and where they stand."""

    line: PlacedFigure | None
    category: dict[str, PlacedFigure]
    cross_funding: PlacedFigure | None
    overall: PlacedFigure | None


@dataclass(frozen=True)
class Assessed:
    """A card as it is asked on the day: its conditions in order, the place of its status, of its amount."""

    card: Card
    conditions: tuple[Placed, ...]
    status: int
    amount: int | None
    steps: tuple[AmountStep, ...]
    answers: tuple[PlacedAnswer, ...] = ()
    figures: tuple[PlacedFigure, ...] = ()
    caps: PlacedCaps | None = None
    secondary: bool = False
    assumed: bool = False
    facts: frozenset[str] = frozenset()


@dataclass
class Rulebook:
    """An edition on a day, ready to be asked."""

    pack: Pack
    on: date
    graph: Graph
    assessed: dict[str, Assessed]
    closed: list[Card]
    derived: dict[str, tuple[Card, Term]]
    findings: Findings
    names: dict[int, list[str]] = field(default_factory=dict)
    reads: dict[int, list[str]] = field(default_factory=dict)
    uses: dict[str, list[Any]] = field(default_factory=dict)  # Any: `cells.Use`, which stands above
    alike: dict[int, Any] = field(default_factory=dict)  # Any: what `verdicts` says of any dossier

    def type_of(self, name: str) -> Type:
        """Return the type of a fact, or of a field of records (`records[].field`)."""
        records, of_line, field_name = name.partition("[].")
        if of_line:
            return self.pack.vocabulary.facts[records].type.fields[field_name]
        return self.pack.vocabulary.facts[name].type

    @cached_property
    def verdicts(self) -> list[Assessed]:
        """The cards a carrier gets an answer on."""
        return [each for each in self.assessed.values() if each.card.gives_verdict]

    @cached_property
    def statuses(self) -> tuple[int, ...]:
        """The places where the statuses of these cards stand."""
        return tuple(dict.fromkeys(each.status for each in self.verdicts))

    @cached_property
    def leaning(self) -> Leaning:
        """How the places of the graph lean on its facts."""
        return Leaning(self.graph)

    @cached_property
    def reckoned(self) -> tuple[int, ...]:
        """The places where the steps of their amounts stand."""
        steps = [step.term.slot for each in self.verdicts for step in each.steps]
        return tuple(dict.fromkeys(steps))

    @cached_property
    def asked(self) -> dict[str, int]:
        """The order in which facts are asked: the order of the pack."""
        return {name: place for place, name in enumerate(self.pack.vocabulary.facts)}


def law_on(card: Card, day: date) -> tuple[str, str]:
    """Return whether a card is asked on a day ('open', 'closed', 'before') and the cause if that is not certain."""
    force = card.in_force
    if force.from_unknown and day < card.consulted:
        return "open", UNCERTAIN_LAW
    if force.period.first and day < force.period.first:
        return "before", ""
    if force.until_unknown and day > card.consulted:
        return "open", UNCERTAIN_LAW
    if force.period.last and day > force.period.last:
        return ("open", NO_LAW_YET) if force.after == "expected" else ("closed", "")
    return "open", ""
