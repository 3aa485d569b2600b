"""What OpenFisca is told: the figures of the law as parameters, the facts as variables."""

import re
import sys
from datetime import date
from typing import Any

from peers.matter import GOALS, HERE, OPEN, Matter, figures, plain
from peers.peer import CACHE, Peer, install
from terreau.rules import Pack
from terreau.rules.types import Type, Unit


def openfisca(matter: Matter, runs: int, together: int) -> Peer:
    """Return OpenFisca, installed and ready to be asked. Raises `Skipped`."""
    pins = HERE / "openfisca.txt"
    pinned = re.search(r"^openfisca-core==(\S+)", pins.read_text(encoding="utf-8"), re.MULTILINE)
    told = [(law, plain(dossier, matter)) for law, dossier in matter.dossiers.values()]
    asked = {
        "on": matter.on.isoformat(),
        "laws": {name: law_of(pack, matter.on) for name, pack in matter.packs.items()},
        "facts": {name: declared(kind) for name, (kind, _value) in told[0][1].items()},
        "goals": GOALS,
        "dossiers": [
            {"law": law, "facts": {name: written(*fact) for name, fact in facts.items()}}
            for law, facts in told
        ],
        "runs": runs,
        "together": together,
    }
    folder = CACHE / "openfisca"
    python = folder / "bin" / "python"
    pip = [python, "-m", "pip", "install", "--require-hashes", "--retries", "1", "-r", pins]
    install(folder, pins, [[sys.executable, "-m", "venv", folder], pip])
    name = f"OpenFisca-core {pinned[1] if pinned else ''}"
    return Peer(name, [python, HERE / "openfisca_rules.py"], folder, asked)


def declared(kind: Type) -> str | list[str]:
    """Return how a fact is declared: by its unit, a choice by its values."""
    return list(kind.values) if kind.unit is Unit.CHOICE else kind.unit.value


def written(kind: Type, value: int) -> object:
    """Return a value as OpenFisca reads it."""
    if kind.unit is Unit.TRUTH:
        return bool(value)
    if kind.unit is Unit.CHOICE:
        return kind.named(value)[0]
    if kind.unit is Unit.DATE:
        return date.fromordinal(value).isoformat()
    return value if kind.unit is Unit.COUNT else value / kind.one


def law_of(pack: Pack, on: date) -> dict[str, Any]:
    """Return the figures as parameters: those of which only the range was read have a low and a high end."""
    law: dict[str, Any] = {}
    for parameter, key, kind, pair in figures(pack, on):
        since = parameter.values[0][0].isoformat()
        low, high = ({"values": {since: {"value": written(kind, end)}}} for end in pair)
        if parameter.name not in OPEN:
            law[parameter.name] = low
        elif not key:
            law[parameter.name] = {"low": low, "high": high}
        else:
            table = law.setdefault(parameter.name, {"low": {}, "high": {}})
            table["low"][key], table["high"][key] = low, high
    return law
