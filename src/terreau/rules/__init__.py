"""The engine: read a pack of cards, ask it about a dossier on a day, get answers with reasons. Pure."""

from terreau.rules.assessment import SEMANTICS, Assessment, Words, as_data, assess
from terreau.rules.dossier import Dossier, read_dossier
from terreau.rules.edition import Edition
from terreau.rules.finding import Finding, Findings, Refused
from terreau.rules.pack import Pack, inspect_pack, read_pack
from terreau.rules.rulebook import Rulebook
from terreau.rules.verdicts import ConditionAnswer, Verdict

__all__ = [
    "SEMANTICS",
    "Assessment",
    "ConditionAnswer",
    "Dossier",
    "Edition",
    "Finding",
    "Findings",
    "Pack",
    "Refused",
    "Rulebook",
    "Verdict",
    "Words",
    "as_data",
    "assess",
    "inspect_pack",
    "read_dossier",
    "read_pack",
]
