"""Names in a pack: each is declared once, what a card names is declared, and words are those of the pack."""

import re
from collections.abc import Container, Iterator

from terreau.kernel.message import noop as _
from terreau.rules.card_shape import ANSWER_KINDS, CLAUSE_POSITIONS
from terreau.rules.cards import Card, Case, Figure
from terreau.rules.finding import Place
from terreau.rules.pack import Pack
from terreau.rules.shape import Reading
from terreau.rules.source import place_of

EXPECTED = {
    "derived": ("value",),
    **dict.fromkeys(ANSWER_KINDS, ("answers", "due", "status")),
    "surplus": ("figures", "status"),
    "cost": ("lines", "status"),
}
OF_A_VERDICT = ("status", "amount", "missing", "conditions")


def check_names(pack: Pack, reading: Reading) -> None:
    """Keep an error for each name that is taken twice or that nobody declares, and for each word to avoid."""
    for card in pack.cards.values():
        for key, name, declared in _uses(pack, card):
            if name not in declared:
                unknown(card, key, name, reading)
        for name in card.parameters:
            if name == "on" or name in pack.vocabulary.facts:
                _taken(card, "parameters", name, reading)
    _check_derived(pack, reading)
    _check_uncovered(pack, reading)
    _check_words(pack, reading)


def _check_uncovered(pack: Pack, reading: Reading) -> None:
    """Keep an error for a measure said to have no card that has one, or whose authority nobody declares."""
    for each in pack.region.not_covered:
        if each.id in pack.cards or (each.authority and each.authority not in pack.authorities):
            reading.error(
                place_of(each.id),
                _("'{name}' has a card now, or its authority is not declared."),
                _("Remove it from 'not_covered', or correct its authority."),
                name=each.id,
            )


def _check_derived(pack: Pack, reading: Reading) -> None:
    """Keep an error for a derived name that is a fact, or that two cards define on the same days."""
    defining: dict[str, list[Card]] = {}
    for card in pack.cards.values():
        if card.derived is None:
            continue
        name = card.derived.name
        periods = [each.in_force.period for each in defining.get(name, ())]
        if name in pack.vocabulary.facts or any(map(card.in_force.period.overlaps, periods)):
            _taken(card, "defines", name, reading)
        defining.setdefault(name, []).append(card)


def _taken(card: Card, key: str, name: str, reading: Reading) -> None:
    reading.error(
        _where(card, key, name),
        _("'{name}' already stands for something else."),
        _("Give this another name."),
        name=name,
    )


def _uses(pack: Pack, card: Card) -> Iterator[tuple[str, str, Container[str]]]:
    """Yield each name a card uses: under which key, the name, and among what it must be."""
    yield "authority", card.authority, pack.authorities
    yield from (("stages", name, pack.region.stages) for name in card.stages)
    yield from (("measures", name, pack.cards) for name in card.measures)
    yield "in_force", card.in_force.after, {*pack.cards, "nothing", "expected"}
    counts, excludes = (card.cumulation.get(key, ()) for key in ("counts_towards", "excludes"))
    yield from (("cumulation", name, pack.cards) for name in counts)
    yield from (("cumulation", name, {*pack.cards, "same-cost"}) for name in excludes)
    for condition in card.conditions:
        yield from (("conditions", name, pack.authorities) for name in [condition.by] if name)
        yield from (("conditions", law, card.law) for law in condition.law)
    for question in card.questions:
        yield from (
            ("questions", name, pack.vocabulary.facts) for name in [question.source] if name
        )
    keys = {"competence": pack.authorities, "clause": CLAUSE_POSITIONS}.get(card.kind)
    for answer in card.answers:
        yield "answers", answer.key, keys or (answer.key,)
        yield from (("answers", name, pack.authorities) for name in [answer.by] if name)
        yield from (("answers", law, card.law) for law in answer.law)
    for said in figures_of(card):
        yield from (("law", law, card.law) for law in said.law)


def figures_of(card: Card) -> Iterator[Figure]:
    """Yield the figures that a surplus or a cost card gives."""
    if card.surplus:
        yield from card.surplus.figures.values()
    if card.caps:
        alone = (card.caps.line, card.caps.cross_funding, card.caps.overall)
        yield from (each for each in (*alone, *card.caps.category.values()) if each)


def unknown(card: Card, key: str, name: str, reading: Reading) -> None:
    """Keep an error for a name that nobody declares."""
    reading.error(
        _where(card, key, name),
        _("'{name}' stands under '{key}' and nobody declares it."),
        _("Declare it in the pack, or correct the name."),
        name=name,
        key=key,
    )


def _where(card: Card, key: str, name: str) -> Place:
    """Return where a name stands, or where its key does."""
    return place_of(name) if place_of(name).file else card.places.get(key, card.place)


def check_expected(pack: Pack, card: Card, reading: Reading) -> None:
    """Keep an error for a case that expects nothing, or what its card never says."""
    keys = EXPECTED.get(card.kind, OF_A_VERDICT)
    said = {
        "conditions": set(_conditions(pack, card)),
        "answers": {answer.key for answer in card.answers},
        "due": {answer.key for answer in card.answers},
        "figures": {each.key for each in figures_of(card)},
    }
    for case in card.cases:
        if not case.expect:
            _never_said(case, _("The case '{name}' expects nothing."), "", reading)
        for key, value in case.expect.items():
            if key not in keys:
                _never_said(case, _("A card of this kind never says '{name}'."), key, reading)
            for name in value if key in said else ():
                if name not in said[key]:
                    _never_said(case, _("The card never says '{name}'."), name, reading)


def _never_said(case: Case, what: str, name: str, reading: Reading) -> None:
    places = getattr(case.expect, "places", {})
    fallback = getattr(case.expect, "place", case.place)
    place = place_of(name) if place_of(name).file else places.get(name, fallback)
    shown = name or next(iter(case.name.values()), "")
    reading.error(place, what, _("Write what the card says."), name=shown)


def _conditions(pack: Pack, card: Card) -> Iterator[str]:
    """Yield the names of the conditions of a card, those it shares alone and after their card."""
    stack = [card]
    seen = set()
    while stack:
        each = stack.pop()
        if each.id in seen:
            continue
        seen.add(each.id)
        for name in (*(condition.id for condition in each.conditions), "in-force"):
            yield name
            yield f"{each.id}/{name}"
        stack += [pack.cards[name] for name in each.includes if name in pack.cards]


def _check_words(pack: Pack, reading: Reading) -> None:
    for language in pack.languages:
        avoid = {
            word.lower(): each["words"].get(language, "")
            for each in pack.words
            for word in each.get("avoid", {}).get(language, ())
        }
        if not avoid:
            continue
        pattern = re.compile(rf"\b({'|'.join(map(re.escape, avoid))})\b", re.IGNORECASE)
        for card in pack.cards.values():
            for place, text in _texts(card, language):
                if found := pattern.search(text):
                    reading.error(
                        place,
                        _("'{word}' is not the word of this pack."),
                        _("Write '{better}'."),
                        word=found[0],
                        better=avoid[found[0].lower()],
                    )


def _texts(card: Card, language: str) -> Iterator[tuple[Place, str]]:
    texts = (card.name, card.summary, card.note, card.duration)
    said = [each.says for each in card.conditions]
    said += [*(each.says for each in card.answers), *(each.says for each in figures_of(card))]
    for text in (*(each for each in texts if each), *said):
        words = text[language]
        yield (place_of(words) if place_of(words).file else card.place), words
