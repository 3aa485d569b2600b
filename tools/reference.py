"""Write the pages of the reference that come from code and cards; `tests/laws/test_reference.py` holds them to it."""

import json
from collections.abc import Iterator
from pathlib import Path

from terreau.rules import Pack, read_pack
from terreau.rules.card_shape import CARD
from terreau.rules.cards import holds
from terreau.rules.dossier import DOSSIER
from terreau.rules.finding import Findings, Place
from terreau.rules.pack_shape import AUTHORITY, GRID, REGION, TILES
from terreau.rules.schema import card_schema
from terreau.rules.shape import (
    Either,
    Key,
    Keys,
    Line,
    ListOf,
    MapOf,
    OneOf,
    Reading,
    Shape,
    Word,
    Words,
)
from terreau.rules.source import read
from terreau.rules.types import example
from terreau.rules.vocabulary import FACT, FIELD, Fact

ROOT = Path(__file__).resolve().parent.parent
BRUSSELS = ROOT / "regions" / "brussels"
REFERENCE = ROOT / "docs" / "reference"
MADE = "This page is written by `make reference`: change the code or the cards, not the page.\n"
SHAPES = {
    "A card": CARD,
    "A fact of the vocabulary": FACT,
    "A field of records": FIELD,
    "The region (`region.yaml`)": REGION,
    "An authority": AUTHORITY,
    "The grid (`grid.yaml`)": GRID,
    "The tiles (`map/tiles.yaml`)": TILES,
    "A dossier": DOSSIER,
}
_NUMBER = Word(r"\d+", "5")
ENTRIES = ListOf(
    Keys(
        {
            "entry": Key(
                Line(), "its name in the reference the cards were written from", required=True
            ),
            "stated": Key(_NUMBER, "how many conditions it states", required=True),
            "encoded": Key(
                _NUMBER, "how many became conditions, figures or dates of cards", required=True
            ),
            "left_out": Key(Line(may_be_empty=True), "what was left out, and why", required=True),
            "went": Key(Line(), "where it went, for what is no rule"),
        }
    )
)
"""What became of each entry of the reference: `entries/*.yaml` of a pack."""


def card_keys() -> str:
    """Return the page of every key a file of a pack may have."""
    lines = ["# Every key of a card, a fact, a region and a dossier", "", MADE]
    lines += [
        "`[]` is an item of a list, `*` a free key. [How a card is written](cards.md) explains them."
    ]
    for title, shape in SHAPES.items():
        lines += [
            "",
            f"## {title}",
            "",
            "| key | asked | what it says | written |",
            "| --- | --- | --- | --- |",
        ]
        lines += [
            f"| `{path}` | {'yes' if key.required else ''} | {key.says} | {_written(key.shape)} |"
            for path, key in _keys(shape, "")
        ]
    return "\n".join(lines) + "\n"


def _keys(shape: Shape, before: str) -> Iterator[tuple[str, Key]]:
    """Yield each key with its path, those below it after it."""
    if isinstance(shape, Keys):
        for name, key in shape.keys.items():
            yield f"{before}{name}", key
            yield from _keys(key.shape, f"{before}{name}.")
    elif isinstance(shape, ListOf):
        yield from _keys(shape.each, f"{before.removesuffix('.')}[].")
    elif isinstance(shape, MapOf):
        yield from _keys(shape.each, f"{before}*.")


def _written(shape: Shape) -> str:
    """Return how a value is written, in a few words."""
    if isinstance(shape, OneOf):
        return ", ".join(f"`{value}`" for value in shape.values)
    if isinstance(shape, Words):
        return "words in each language"
    if isinstance(shape, ListOf):
        inner = _written(shape.each)
        return f"a list: {inner}" if inner else "a list"
    if isinstance(shape, Either):
        return f"{_written(shape.text)} or {_written(shape.other)}"
    if isinstance(shape, Keys | MapOf):
        return "a mapping"
    like = getattr(shape, "like", "")
    return (
        f"like `{like}`"
        if like
        else {"Day": "a date", "Line": "a text"}.get(type(shape).__name__, "")
    )


def pack_page(pack: Pack) -> str:
    """Return the page of every card and fact of a pack, in its languages."""
    first = pack.languages[0]
    lines = [f"# The pack `{pack.region.id}`", "", MADE]
    lines += [
        f"{len(pack.cards)} cards, {len(pack.vocabulary.facts)} facts, {len(pack.authorities)} authorities."
    ]
    lines += [
        "",
        "## Cards",
        "",
        "| id | kind | authority | name | in force | read | stands for |",
        "| --- " * 7 + "|",
    ]
    for card in pack.cards.values():
        period = card.in_force.period
        force = f"{period.first or '?'} to {period.last or ('?' if card.in_force.until_unknown else 'open')}"
        covers = ", ".join(f"`{each}`" for each in card.covers)
        lines.append(
            f"| `{card.id}` | {card.kind} | {card.authority} | {card.name[first]} | {force} | {card.verified} | {covers} |"
        )
    lines += [
        "",
        "## Facts",
        "",
        "| id | type | written | label | can change |",
        "| --- " * 5 + "|",
    ]
    lines += [_fact_line(fact, first) for fact in pack.vocabulary.facts.values()]
    return "\n".join(lines) + "\n"


def _fact_line(fact: Fact, language: str) -> str:
    unit = fact.type.unit.value
    written = "" if unit == "records" else f"`{example(fact.type)}`"
    return f"| `{fact.id}` | {unit} | {written} | {fact.label[language]} | {fact.changeable} |"


def entries_of(folder: Path) -> list[dict[str, str]]:
    """Return what became of each entry of the reference, in the order of the files. Raises `Refused`."""
    findings = Findings()
    found = []
    for file in sorted((folder / "entries").glob("*.yaml")):
        found += ENTRIES.read(read(file), Place(file, 1, 1), Reading(findings, ())) or []
    findings.raise_errors()
    return found


def entries_page(pack: Pack, folder: Path) -> str:
    """Return the page that says what became of each entry of the reference, and what the law leaves open."""
    entries = entries_of(folder)
    stated = sum(int(each["stated"]) for each in entries)
    encoded = sum(int(each["encoded"]) for each in entries)
    cards: dict[str, list[str]] = {}
    for card in pack.cards.values():
        for name in card.covers:
            cards.setdefault(name, []).append(f"`{card.id}`")
    lines = [
        f"# Where each entry of the reference went: `{pack.region.id}`",
        "",
        MADE,
        f"{len(entries)} entries state {stated} conditions; {encoded} of them became conditions, figures or dates of cards.",
        "A condition that splits counts once. What was left out stands beside it, with the reason.",
        "",
        "| entry | went to | stated | encoded | left out, and why |",
        "| --- " * 5 + "|",
    ]
    for each in entries:
        went = ", ".join(cards.get(each["entry"], [])) or each.get("went", "")
        lines.append(
            f"| {each['entry']} | {went} | {each['stated']} | {each['encoded']} | {each['left_out']} |"
        )
    lines += ["", "## What the texts leave uncertain", ""]
    lines += [
        "Two texts at odds, or a reference to a text that is gone: the answer is unknown, with this as its cause.",
        "",
    ]
    lines += ["| card | figure | since |", "| --- " * 3 + "|"]
    lines += _figures(pack, "uncertain")
    lines += [
        "",
        "## Figures that were not found",
        "",
        "| card | figure | since |",
        "| --- " * 3 + "|",
    ]
    lines += _figures(pack, "missing")
    return "\n".join(lines) + "\n"


def _figures(pack: Pack, word: str) -> list[str]:
    """Return a line for each figure of a card that is written so, wholly or for some of its keys."""
    return [
        f"| `{card.id}` | `{parameter.name}` | {day} |"
        for card in pack.cards.values()
        for parameter in card.parameters.values()
        for day, value in parameter.values
        if holds(value, word)
    ]


def pages() -> dict[Path, str]:
    """Return what each page of the reference that is made should say."""
    pack = read_pack(BRUSSELS)
    schema = json.dumps(card_schema(pack), ensure_ascii=False, indent=2)
    return {
        REFERENCE / "card-keys.md": card_keys(),
        REFERENCE / "pack.md": pack_page(pack),
        REFERENCE / "entries.md": entries_page(pack, BRUSSELS),
        REFERENCE / "card.schema.json": schema + "\n",
    }


if __name__ == "__main__":
    for page, text in pages().items():
        page.write_text(text, encoding="utf-8")
