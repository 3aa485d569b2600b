"""A past answer asked again: on the edition and the day it was given, with what was told then."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from terreau.kernel.message import noop as _
from terreau.rules.assessment import SEMANTICS, Words, as_data, assess
from terreau.rules.dossier import Dossier, read_facts
from terreau.rules.edition import Edition
from terreau.rules.finding import Findings, Place
from terreau.rules.shape import Day, Filled, Key, Keys, Line, ListOf, Raw, Reading

ANSWERS = Keys(
    {
        "edition": Key(Raw(), "the hash of the edition and the day", required=True),
        "semantics": Key(Raw(), "the number of the meaning of the language", required=True),
        "facts": Key(Raw(), "what was told, by fact", required=True),
        "verdicts": Key(ListOf(Raw()), "the answers as they were given", required=True),
        "next_question": Key(Raw(), "the question that came next"),
        "unlocks": Key(Raw(), "what would have opened a door"),
        "position": Key(Raw(), "where the project stood towards the recognitions"),
        "competences": Key(Raw(), "who was competent"),
    }
)
EDITION = Keys(
    {"hash": Key(Line(), "its hash", required=True), "on": Key(Day(), "the day", required=True)}
)


@dataclass(frozen=True)
class Past:
    """Answers as they were given: the documented JSON, read again."""

    edition: str
    on: date
    semantics: int
    facts: Any
    verdicts: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Differing:
    """An answer that comes out otherwise: which measure, which keys, what they were and are."""

    measure: str
    keys: tuple[str, ...]
    then: Mapping[str, Any]
    now: Mapping[str, Any] | None


@dataclass(frozen=True)
class Replayed:
    """What came of asking again; `meaning_moved` when the language means something else by now."""

    answers: int
    meaning_moved: bool
    differing: tuple[Differing, ...]


def read_past(tree: Any, place: Place) -> Past:
    """Return the past answers of a JSON document. Raises `Refused` when it is none."""
    findings = Findings()
    reading = Reading(findings)
    read = ANSWERS.read(tree, place, reading) or Filled()
    edition = EDITION.read(read.get("edition", {}), place, reading) or Filled()
    verdicts = read.get("verdicts", [])
    numbered = isinstance(read.get("semantics"), int)
    known = re.fullmatch(r"[0-9a-f]{64}", str(edition.get("hash", "")))
    named = all(
        isinstance(each, Mapping) and isinstance(each.get("measure"), str) for each in verdicts
    )
    if not numbered or not known or not named:
        reading.error(
            place,
            _("These are no answers of 'terreau assess'."),
            _("Take the JSON file as it was written."),
        )
    findings.raise_errors()
    return Past(edition["hash"], edition["on"], read["semantics"], read["facts"], tuple(verdicts))


def replay(past: Past, edition: Edition, words: Words) -> Replayed:
    """Return what the same edition answers to the same facts today.

    Raises `Refused` when the facts cannot be read on that edition.
    """
    findings = Findings()
    reading = Reading(findings, edition.pack.languages)
    told = read_facts(past.facts, Place(), edition.pack, reading)
    findings.raise_errors()
    assessment = assess(edition, Dossier(told), past.on, everything=True)
    data = json.loads(json.dumps(as_data(assessment, words)["verdicts"]))
    now = {each["measure"]: each for each in data}
    compared = (_compared(then, now.get(then["measure"])) for then in past.verdicts)
    return Replayed(
        len(past.verdicts),
        past.semantics != SEMANTICS,
        tuple(each for each in compared if each is not None),
    )


def _compared(then: Mapping[str, Any], now: Mapping[str, Any] | None) -> Differing | None:
    if now is None:
        return Differing(then["measure"], ("measure",), then, None)
    keys = [key for key in {**then, **now} if _wordless(then.get(key)) != _wordless(now.get(key))]
    return Differing(then["measure"], tuple(keys), then, now) if keys else None


def _wordless(answer: Any) -> Any:
    """Return an answer without its sentences: those of the cards are in the edition, ours may be put better."""
    if isinstance(answer, Mapping):
        return {key: _wordless(value) for key, value in answer.items() if key != "says"}
    return [_wordless(each) for each in answer] if isinstance(answer, list) else answer
