"""What Publicodes is told: the figures of the law as rules, the facts as a situation."""

import json
from datetime import date
from typing import Any

import yaml

from peers.matter import GOALS, HERE, OPEN, Matter, figures, plain
from peers.peer import CACHE, Peer, install
from terreau.rules import Dossier, Pack
from terreau.rules.operators import moved_back
from terreau.rules.types import Type, Unit, figure, write_one

DECLARED = {
    Unit.TRUTH: {"type": "booléen"},
    Unit.CHOICE: {"type": "texte"},
    Unit.DATE: {"type": "date"},
    Unit.MONEY: {"unité": "€"},
    Unit.RATE: {"unité": "%"},
    Unit.NUMBER: {"type": "nombre"},
    Unit.COUNT: {"type": "nombre"},
}


def publicodes(matter: Matter, runs: int) -> Peer:
    """Return Publicodes, installed and ready to be asked. Raises `Skipped`."""
    pins = HERE / "package.json"
    version = json.loads(pins.read_text(encoding="utf-8"))["dependencies"]["publicodes"]
    told = [(law, facts_of(dossier, matter)) for law, dossier in matter.dossiers.values()]
    rules = (HERE / "rules.publicodes.yaml").read_text(encoding="utf-8")
    asked = {
        "laws": {name: law_of(pack, matter.on) for name, pack in matter.packs.items()},
        "facts": {name: DECLARED[kind.unit] for name, (kind, _value) in told[0][1].items()},
        "rules": yaml.safe_load(rules),
        "goals": [goal.replace("_", " ") for goal in GOALS],
        "dossiers": [
            {"law": law, "facts": {name: written(*fact) for name, fact in facts.items()}}
            for law, facts in told
        ],
        "runs": runs,
    }
    folder = CACHE / "publicodes"
    npm = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"]
    install(folder, pins, [npm])
    return Peer(f"Publicodes {version}", ["node", HERE / "publicodes.mjs"], folder, asked)


def written(kind: Type, value: int) -> str:
    """Return a value as Publicodes reads it."""
    if kind.unit is Unit.TRUTH:
        return "oui" if value else "non"
    if kind.unit is Unit.CHOICE:
        return f"'{kind.named(value)[0]}'"
    if kind.unit is Unit.DATE:
        return f"{date.fromordinal(value):%d/%m/%Y}"
    text = write_one(value, kind)
    return f"{text.removesuffix(kind.currency)}€" if kind.unit is Unit.MONEY else text


def law_of(pack: Pack, on: date) -> dict[str, Any]:
    """Return the figures as rules: one that was not read is undefined, and has its ends beside it."""
    rules: dict[str, Any] = {}
    for parameter, key, kind, (low, high) in figures(pack, on):
        name = f"law {parameter.name.replace('_', ' ')} {key}".strip()
        rules[name] = written(kind, low) if low == high else DECLARED[kind.unit]
        if parameter.name in OPEN:
            rules |= {f"{name} low": written(kind, low), f"{name} high": written(kind, high)}
    return rules


def facts_of(dossier: Dossier, matter: Matter) -> dict[str, tuple[Type, int]]:
    """Return the facts and, for want of a calendar in the language, the limits of days."""
    facts = {name.replace("_", " "): told for name, told in plain(dossier, matter).items()}
    law = {each.name: pair[0] for each, _key, _kind, pair in figures(matter.pack, matter.on)}
    day, on, starts = figure(Unit.DATE), matter.on.toordinal(), facts["training starts on"][1]
    return {
        **facts,
        "limit of asking": (day, moved_back(starts, law["months_ahead"])),
        "limit of age growth": (day, moved_back(on, 12 * law["age_growth"])),
        "limit of age circular": (day, moved_back(on, 12 * law["age_circular"])),
    }
