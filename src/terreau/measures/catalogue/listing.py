"""The list of all measures on a day, and the part of it that a reader chooses."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from terreau.measures.catalogue.standing import (
    Asking,
    Gift,
    State,
    asking_on,
    gift_of,
    nothing_told,
    state_on,
)
from terreau.measures.core import LEGAL_FORM, PLANTS, is_support
from terreau.rules import Edition
from terreau.rules.card_shape import VERDICT_KINDS
from terreau.rules.cards import Card
from terreau.rules.pack import Authority, Stage

SHORT = 40


@dataclass(frozen=True)
class Listed:
    """One measure of the list; `gift` is None once it is no law any more."""

    card: Card
    authority: Authority
    state: State
    asking: Asking
    gift: Gift | None
    successor: Card | None

    @property
    def ended(self) -> bool:
        """Whether it no longer exists."""
        return self.state is State.ENDED


@dataclass(frozen=True)
class Filters:
    """What a reader chooses of the list; an empty text chooses all."""

    q: str = ""
    stage: str = ""
    authority: str = ""
    kind: str = ""
    state: str = ""

    @property
    def chosen(self) -> tuple[str, ...]:
        """The names of the choices that are made."""
        return tuple(each.name for each in fields(self) if getattr(self, each.name))

    def keep(self, listed: Listed) -> bool:
        """Return whether a measure is among what is chosen."""
        card = listed.card
        return (
            self.stage in ("", *card.stages)
            and self.authority in ("", card.authority)
            and self.kind in ("", card.kind)
            and self.state in ("", listed.state.value)
            and all(_begins(word, _sought(listed)) for word in _plain(self.q).split())
        )


@dataclass(frozen=True)
class Options:
    """What there is to choose from: only what some measure of the list has; `kinds` holds one measure of each."""

    stages: tuple[Stage, ...]
    authorities: tuple[Authority, ...]
    kinds: tuple[Card, ...]
    states: tuple[State, ...]


@dataclass(frozen=True)
class Listing:
    """All the measures of an edition on a day."""

    on: date
    edition: str
    measures: tuple[Listed, ...]
    stages: tuple[Stage, ...]
    options: Options


@dataclass(frozen=True)
class StageMeasures:
    """The measures shown at one stage; those of no stage stand under None, last."""

    stage: Stage | None
    plant: str
    measures: tuple[Listed, ...]


@dataclass(frozen=True)
class WayOut:
    """One choice that can be taken back, and how many measures there are without it."""

    choice: str
    number: int
    filters: Filters


@dataclass(frozen=True)
class Catalogue:
    """What is chosen of the list, under its stages; legal forms, limits on what others give, and what ended apart."""

    on: date
    edition: str
    filters: Filters
    options: Options
    stages: tuple[StageMeasures, ...]
    forms: tuple[Listed, ...]
    limits: tuple[Listed, ...]
    ended: tuple[Listed, ...]
    in_force: int
    ways_out: tuple[WayOut, ...]

    @property
    def standing(self) -> int:
        """How many measures are shown that have not ended."""
        in_stages = sum(len(group.measures) for group in self.stages)
        return in_stages + len(self.forms) + len(self.limits)

    @property
    def short(self) -> bool:
        """Whether it is short enough to lie open."""
        return self.number <= SHORT

    @property
    def number(self) -> int:
        """How many measures are shown, ended ones too."""
        return self.standing + len(self.ended)


def listing(edition: Edition, day: date) -> Listing:
    """Return all the measures of an edition as they stand on a day, in the order of the pack."""
    pack = edition.pack
    explaining = nothing_told(edition, day)
    measures = []
    for card in pack.cards.values():
        if card.gives_verdict:
            state = state_on(card, day)
            gift = gift_of(card, explaining) if card.id in explaining.book.assessed else None
            measures.append(
                Listed(
                    card,
                    pack.authorities[card.authority],
                    state,
                    asking_on(card, day),
                    gift,
                    pack.cards.get(card.in_force.after),
                )
            )
    stages = tuple(pack.region.stages.values())
    options = _options(measures, stages, tuple(pack.authorities.values()))
    return Listing(day, edition.hash, tuple(measures), stages, options)


def choose(whole: Listing, filters: Filters) -> Catalogue:
    """Return the part of the list that a reader chooses; a choice that does not exist chooses all."""
    filters = _known(filters, whole.options)
    kept = [each for each in whole.measures if filters.keep(each)]
    living = [each for each in kept if not each.ended]
    support = [each for each in living if is_support(each.card)]
    return Catalogue(
        on=whole.on,
        edition=whole.edition,
        filters=filters,
        options=whole.options,
        stages=tuple(_by_stage(support, whole.stages, filters)),
        forms=tuple(each for each in living if each.card.kind == LEGAL_FORM),
        limits=tuple(each for each in living if not each.card.asked),
        ended=tuple(each for each in kept if each.ended),
        in_force=sum(each.state is State.IN_FORCE for each in support),
        ways_out=() if kept else tuple(_ways_out(whole, filters)),
    )


def _options(
    measures: Sequence[Listed], stages: Sequence[Stage], authorities: Sequence[Authority]
) -> Options:
    served = {stage for each in measures for stage in each.card.stages}
    giving = {each.authority.id for each in measures}
    kinds = {each.card.kind: each.card for each in measures}
    states = {each.state for each in measures}
    return Options(
        tuple(stage for stage in stages if stage.id in served),
        tuple(authority for authority in authorities if authority.id in giving),
        tuple(kinds[kind] for kind in VERDICT_KINDS if kind in kinds),
        tuple(state for state in State if state in states),
    )


def _known(filters: Filters, options: Options) -> Filters:
    """Return the choices without those that nothing stands for."""
    there = {
        "stage": [stage.id for stage in options.stages],
        "authority": [authority.id for authority in options.authorities],
        "kind": [card.kind for card in options.kinds],
        "state": [state.value for state in options.states],
    }
    unknown = {name: "" for name, known in there.items() if getattr(filters, name) not in known}
    return replace(filters, **unknown)


def _by_stage(
    measures: Sequence[Listed], stages: Sequence[Stage], filters: Filters
) -> Iterator[StageMeasures]:
    """Yield the measures under the stage that is chosen, or under the first stage they serve."""
    order = list(State)
    ranked = sorted(measures, key=lambda each: order.index(each.state))
    for place, stage in enumerate(stages):
        here = tuple(each for each in ranked if _shown_at(each, filters) == stage.id)
        if here:
            yield StageMeasures(stage, PLANTS[min(place, len(PLANTS) - 1)], here)
    rest = tuple(each for each in ranked if not _shown_at(each, filters))
    if rest:
        yield StageMeasures(None, PLANTS[0], rest)


def _shown_at(listed: Listed, filters: Filters) -> str:
    return filters.stage or next(iter(listed.card.stages), "")


def _ways_out(whole: Listing, filters: Filters) -> Iterator[WayOut]:
    """Yield each choice without which some measure would be found."""
    for name in filters.chosen:
        without = replace(filters, **{name: ""})
        number = sum(map(without.keep, whole.measures))
        if number and without.chosen:
            yield WayOut(name, number, without)


def _begins(word: str, sought: str) -> bool:
    """Whether a word is there, or the beginning of one."""
    return re.search(rf"\b{re.escape(word)}", sought) is not None


def _sought(listed: Listed) -> str:
    """Return the words of a measure in which a reader may look, in every language."""
    card, authority = listed.card, listed.authority
    texts = [card.name, card.summary or {}, authority.name, authority.short]
    texts += [law.title for law in card.law.values()]
    texts += [condition.says for condition in card.conditions if condition.kind == "test"]
    return _plain(" ".join(words for text in texts for words in text.values()))


def _plain(words: str) -> str:
    """Return words without capitals, accents and printed apostrophes."""
    apart = unicodedata.normalize("NFKD", words.replace("’", "'"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()
