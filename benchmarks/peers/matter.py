"""The slice of the pack that every engine is asked, and the dossiers, as Terreau has them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from terreau.rules import Dossier, Findings, Pack, read_dossier, read_pack
from terreau.rules.cards import Parameter
from terreau.rules.dossier import read_facts
from terreau.rules.finding import NOWHERE
from terreau.rules.parameters import UNREAD, value_type
from terreau.rules.shape import Reading
from terreau.rules.types import TRUTH, Pair, Type, Unit, figure, read_value

HERE = Path(__file__).resolve().parent
REGION = HERE.parent.parent / "regions" / "brussels"
DOSSIER = HERE / "dossier.yaml"

SIZE = ("eu-sme", "eu-sme-headcount", "eu-sme-turnover", "eu-sme-balance-sheet")
MEASURES = {"rbc-2018-training": "training", "rbc-2018-recruit": "recruitment"}
SLICE = (*SIZE, "rbc-2018-frame", *MEASURES)
GOALS = [f"{each}_{what}" for each in MEASURES.values() for what in ("status", "low", "high")]

# Figures of which nothing or only the range was read: the peers' rules read both ends of these.
OPEN = {"mission_defined", "public_share_base_known", "public_share_max", "year_cap"}
OPEN |= {"rate_by_criteria", "lump_growth", "lump_circular"}

# The values of a list that the slice reads, each a truth for the peers; they need not be told the others.
CHOSEN = {
    "organisation.exclusion_grounds": (
        "ground",
        ("crime", "insolvency", "four-bankruptcies", "false-statement-recent", "unpaid-recovery"),
    ),
    "project.support_for": ("wanted", ("training", "recruitment")),
}

# The cards do not say what a general-interest mission is, so that under this law nobody is eligible for certain.
# 'supposed' is the same law with the word defined: our supposition, so that 'eligible' is compared too.
READ, SUPPOSED = "as read", "supposed"
EARLIER = {
    "amount": "4500.55 eur",
    "granted_on": "2022-01-10",
    "giver": "region-economy",
    "subject": "training",
    "same_costs": "no",
}
CHANGES: dict[str, tuple[str, dict[str, Any]]] = {
    "micro": (READ, {}),
    "micro, mission defined": (SUPPOSED, {}),
    "small, odd cents, yearly cap partly used": (
        SUPPOSED,
        {
            "organisation.headcount": "20",
            "costs.training": "9123.45 eur",
            "aids.received": {"told": "complete", "rows": [EARLIER]},
        },
    ),
    "medium by its group, circular economy": (
        SUPPOSED,
        {
            "organisation.linked_enterprises": "yes",
            "organisation.group_headcount": "180.5",
            "organisation.group_turnover": "60000000 eur",
            "organisation.group_balance_sheet": "41000000.50 eur",
            "recruitment.plan": "circular",
            "recruitment.cuts_materials": "yes",
        },
    ),
    "large: no cap known, no recruitment": (READ, {"organisation.public_holding": "25 %"}),
    "refused twice: asked late, half time": (
        READ,
        {"project.asked_on": "2022-03-02", "recruitment.working_time": "50 %"},
    ),
    "refused once: no training wanted": (SUPPOSED, {"project.support_for": ["recruitment"]}),
    "refused twice: insolvent": (SUPPOSED, {"organisation.exclusion_grounds": ["insolvency"]}),
}


class Failed(Exception):
    """The comparison does not hold; the message says where."""


@dataclass(frozen=True)
class Matter:
    """The law as it was read and as it is supposed, the day, and the dossiers with their law."""

    packs: Mapping[str, Pack]
    on: date
    dossiers: Mapping[str, tuple[str, Dossier]]

    @property
    def pack(self) -> Pack:
        """The law as it was read."""
        return self.packs[READ]

    @property
    def first(self) -> Dossier:
        """The dossier that is timed."""
        return next(iter(self.dossiers.values()))[1]


def read_matter() -> Matter:
    """Return what every engine is asked."""
    pack = read_pack(REGION)
    packs = {READ: sliced(pack, supposed=False), SUPPOSED: sliced(pack, supposed=True)}
    dossier = read_dossier(DOSSIER, pack)
    if dossier.on is None:
        raise Failed(f"{DOSSIER.name} does not say its day.")
    dossiers = {
        name: (law, Dossier({**dossier.told, **read(changes, pack)}))
        for name, (law, changes) in CHANGES.items()
    }
    return Matter(packs, dossier.on, dossiers)


def sliced(pack: Pack, *, supposed: bool) -> Pack:
    """Return the pack with the cards of the slice alone, and with the mission defined if that is supposed."""
    cards = {name: card for name, card in pack.cards.items() if name in SLICE}
    if supposed:
        frame = cards["rbc-2018-frame"]
        unread = frame.parameters["mission_defined"]
        defined = replace(unread, values=((unread.values[0][0], "yes"),))
        parameters = {**frame.parameters, unread.name: defined}
        cards[frame.id] = replace(frame, parameters=parameters)
    return replace(pack, cards=cards)


def read(facts: Mapping[str, Any], pack: Pack) -> dict[str, Pair]:
    """Return facts as they are written in a dossier, read. Raises `Refused`."""
    reading = Reading(Findings(), pack.languages)
    told = read_facts(facts, NOWHERE, pack, reading)
    reading.findings.raise_errors()
    return told


def figures(pack: Pack, on: date) -> Iterator[tuple[Parameter, str, Type, Pair]]:
    """Yield each figure on the day: its parameter, its key where it is a table, its type and both its ends."""
    for card in pack.cards.values():
        for parameter in card.parameters.values():
            kind = value_type(parameter.type, pack.region.currency)
            written = parameter.on(on)
            table = written if isinstance(written, dict) else {"": written}
            for key, text in table.items():
                pair = kind.unknown if text in UNREAD else read_value(str(text), kind)
                if pair[0] != pair[1] and parameter.name not in OPEN:
                    raise Failed(f"'{parameter.name}' is no single figure any more: see OPEN.")
                yield parameter, str(key), kind, pair


def plain(dossier: Dossier, matter: Matter) -> dict[str, tuple[Type, int]]:
    """Return the facts as the peers know them: lists are counted, each value that may be chosen is a truth."""
    found: dict[str, tuple[Type, int]] = {}
    for name, (low, high) in dossier.told.items():
        kind = matter.pack.vocabulary.facts[name].type
        if low != high and kind.unit is not Unit.RECORDS:
            raise Failed(f"'{name}' is not settled: the peers are told everything.")
        if kind.unit is Unit.CHOICES:
            called, values = CHOSEN[name]
            for value in values:
                told = bool(low & kind.bit(value))
                found[f"{called}_{value}".replace("-", "_")] = (TRUTH, told)
        elif kind.unit is not Unit.RECORDS:
            found[name.replace(".", "_")] = (kind, low)
    return found | counted(dossier, matter)


def counted(dossier: Dossier, matter: Matter) -> dict[str, tuple[Type, int]]:
    """Return what the rules ask of the aids received, reckoned here for want of lists in the peers' rules."""
    fields = matter.pack.vocabulary.facts["aids.received"].type.fields
    region = fields["giver"].bit("region-economy")
    training = fields["subject"].bit("training")
    given = [row for row in dossier.told["aids.received"][0] if row["giver"][0] == region]
    amounts = [
        row["amount"][0]
        for row in given
        if row["subject"][0] == training
        and date.fromordinal(row["granted_on"][0]).year == matter.on.year
    ]
    return {
        "aid_same_costs": (TRUTH, any(row["same_costs"][0] for row in given)),
        "aid_trainings": (figure(Unit.COUNT), len(amounts)),
        "aid_training_amount": (fields["amount"], sum(amounts)),
    }
