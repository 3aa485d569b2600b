"""From the tree of a file to a card; what its kind asks for, or does not know, is told."""

from datetime import date
from typing import Any

from terreau.kernel.message import noop as _
from terreau.kernel.period import Period
from terreau.rules.card_shape import ANSWER_KINDS, CARD, COST_PARTS, VERDICT_KINDS
from terreau.rules.cards import (
    Amount,
    Answer,
    Caps,
    Card,
    Case,
    Condition,
    CounterQuestion,
    Derived,
    Figure,
    InForce,
    LawText,
    Parameter,
    Surplus,
)
from terreau.rules.finding import Place
from terreau.rules.shape import Filled, Reading


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
        asked=read.get("asked") != "no",
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
        window=read.get("window") == "yes",
        note=read.get("note"),
        derived=_derived(read) if read["kind"] == "derived" else None,
        answers=tuple(_answer(key, each) for key, each in read.get("answers", {}).items()),
        measures=tuple(read.get("measures", ())),
        caps=_caps(read) if read["kind"] == "cost" else None,
        surplus=_surplus(read["surplus"]) if "surplus" in read else None,
        questions=tuple(_question(each) for each in read.get("questions", ())),
        cases=tuple(_case(each) for each in read["cases"]),
        place=place,
        places=read.places,
    )


_ONLY = {
    "derived": ("defines", "type", "label", "value"),
    **dict.fromkeys(ANSWER_KINDS, ("answers",)),
    **dict.fromkeys(VERDICT_KINDS, ("conditions", "summary", "stages")),
    "test": ("conditions",),
    "cost": ("measures", "lines", "conditions", "spread"),
    "surplus": ("measures", "surplus"),
    "counter": ("measures", "questions", "apply"),
}
_OWN: dict[str, tuple[str, ...]] = {
    "derived": ("defines", "type", "values", "label", "value"),
    **dict.fromkeys(ANSWER_KINDS, ("answers",)),
    **dict.fromkeys(VERDICT_KINDS, ("conditions", "includes", "amount")),
    "test": ("conditions", "includes"),
    "cost": ("measures", "lines", "conditions", "caps", "spread"),
    "surplus": ("measures", "surplus"),
    "counter": ("measures", "questions"),
}
_EVERY_OWN = {key for keys in _OWN.values() for key in keys}


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
    for key in read:
        if key in _EVERY_OWN and key not in _OWN[kind]:
            reading.error(
                read.places[key],
                _("A card of kind '{kind}' has no '{key}'."),
                _("Remove it, or change the kind."),
                kind=kind,
                key=key,
            )
    _check_amount(read, reading)
    _check_in_force(read["in_force"], reading)
    ids: set[str] = set()
    for condition in read.get("conditions", ()):
        _check_condition(kind, condition, reading)
        if condition["id"] in ids:
            reading.error(
                condition.places["id"],
                _("Two conditions of this card are called '{id}'."),
                _("Give one another id."),
                id=condition["id"],
            )
        ids.add(condition["id"])


def _check_amount(read: Filled, reading: Reading) -> None:
    """Keep an error for an amount that has neither of its two shapes, or both."""
    shape = read.get("amount", {"value": ""})
    if {"base", "intensity", "value"} & set(shape) not in ({"base", "intensity"}, {"value"}):
        reading.error(
            shape.place,
            _("An amount has either 'base' and 'intensity', or 'value'."),
            _("Write one of the two."),
        )


def _check_in_force(force: Filled, reading: Reading) -> None:
    """Keep an error for a card that ends before it begins."""
    first, last = force["from"], force["until"]
    if isinstance(first, date) and isinstance(last, date) and last < first:
        reading.error(
            force.place,
            _("The last day, {last}, comes before the first, {first}."),
            _("Exchange them, or correct one."),
            first=first.isoformat(),
            last=last.isoformat(),
        )


def _check_condition(kind: str, condition: Filled, reading: Reading) -> None:
    """Keep an error for a test that says nothing, or that does not say what of a cost line it is about."""
    if condition["kind"] == "test" and "when" not in condition:
        reading.error(
            condition.place,
            _("A test needs 'when'."),
            _("Write its expression, or make it a discretion."),
        )
    if (kind == "cost") != ("part" in condition):
        reading.error(
            condition.place,
            _("The tests of a cost card, and no others, have a 'part'."),
            _("Write one of: {parts}; or remove it."),
            parts=", ".join(COST_PARTS),
        )
    if "aspect" in condition and not (
        kind in ("accreditation", "test") and condition["kind"] == "test"
    ):
        reading.error(
            condition.places["aspect"],
            _("Only a test of an accreditation has an 'aspect'."),
            _("Remove it."),
        )
    if kind == "cost" and condition["kind"] != "test":
        reading.error(
            condition.place, _("A cost card has tests only."), _("Make it a test, or remove it.")
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
        part=read.get("part", ""),
        aspect=read.get("aspect", ""),
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
    return Answer(
        key=key,
        when=read["when"],
        says=read["says"],
        law=read["law"],
        read=read["read"],
        by=read.get("by"),
        leads=read.get("leads"),
        due=read.get("due"),
        within=read.get("within"),
        place=read.place,
        places=read.places,
    )


def _figure(key: str, read: Filled) -> Figure:
    place = read.places["value"]
    return Figure(key, read["value"], read["says"], read["law"], read["read"], place)


def _surplus(read: Filled) -> Surplus:
    figures = {
        key: _figure(key, each) for key, each in read.items() if key not in ("excess", "stopping")
    }
    return Surplus(figures, read["excess"], read["stopping"])


def _caps(read: Filled) -> Caps:
    caps = read.get("caps", {})
    alone = {
        key: _figure(key, caps[key]) if key in caps else None
        for key in ("line", "cross_funding", "overall")
    }
    category = {key: _figure(key, each) for key, each in caps.get("category", {}).items()}
    return Caps(read["lines"], category=category, spread=read["spread"], **alone)


def _question(read: Filled) -> CounterQuestion:
    limit = int(read["limit"]) if "limit" in read else None
    return CounterQuestion(read["id"], read["question"], limit, read.get("source"), read.place)


def _case(read: Filled) -> Case:
    return Case(read["name"], read["on"], read["given"], read["expect"], read.place)
