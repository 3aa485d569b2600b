"""The cells of a fact: its domain cut where some condition changes its mind."""

from collections.abc import Iterator
from dataclasses import dataclass

from terreau.rules.graph import Graph, Node, Values
from terreau.rules.rulebook import Rulebook
from terreau.rules.types import FIGURES, NO, YES, Pair, Unit

COMPARISONS = {"below", "at_most", "same"}
NO_CODE = "\x00"


@dataclass(frozen=True, slots=True)
class Use:
    """A comparison of a fact with something else; the fact times `factor` is what is compared."""

    slot: int
    other: int
    factor: int
    ends_below: bool  # whether the fact equal to the other still belongs to the lower cell


def uses(book: Rulebook) -> dict[str, list[Use]]:
    """Return the comparisons of each fact, found once a rulebook."""
    if not book.uses:
        sides: dict[int, tuple[str, int]] = {
            slot: (name, 1) for name, slot in book.graph.facts.items()
        }
        for slot, node in enumerate(book.graph.nodes):
            if node.operator == "scaled" and node.operands[0] in sides:
                name, factor = sides[node.operands[0]]
                sides[slot] = (name, factor * node.extra)
            elif node.operator in COMPARISONS:
                for use_name, use in _sides(slot, node, sides):
                    book.uses.setdefault(use_name, []).append(use)
    return book.uses


def _sides(slot: int, node: Node, sides: dict[int, tuple[str, int]]) -> Iterator[tuple[str, Use]]:
    operator, (left, right) = node.operator, node.operands
    if left in sides:
        name, factor = sides[left]
        yield name, Use(slot, right, factor, operator != "below")
        if operator == "same":
            yield name, Use(slot, right, factor, False)
    if right in sides:
        name, factor = sides[right]
        yield name, Use(slot, left, factor, operator == "below")
        if operator == "same":
            yield name, Use(slot, left, factor, True)


def cells(book: Rulebook, values: Values, name: str) -> list[Pair]:
    """Return the cells of a fact inside what is still possible of it, lowest or first first."""
    slot = book.graph.facts[name]
    kind = book.graph.nodes[slot].type
    now = values[slot]
    if kind.unit is Unit.TRUTH:
        return [YES, NO]
    if kind.unit is Unit.CHOICE:
        return [
            (1 << place, 1 << place) for place in range(len(kind.values)) if now[1] >> place & 1
        ]
    if kind.unit is Unit.CHOICES:
        return [(bits, bits) for bits in (0, *(1 << place for place in range(len(kind.values))))]
    if kind.unit is Unit.CODE:
        return [(code, code) for code in (NO_CODE, *_prefixes(book.graph, slot))]
    if kind.unit is Unit.RECORDS:
        return [((), ()), now]
    return figure_cells(now, _cuts(book, values, name, now))


def _prefixes(graph: Graph, slot: int) -> list[str]:
    found: dict[str, None] = {}
    for reader in graph.readers[slot]:
        if graph.nodes[reader].operator == "matches":
            found.update(dict.fromkeys(graph.nodes[reader].extra))
    return list(found)


def _cuts(
    book: Rulebook, values: Values, name: str, now: Pair, root: int | None = None
) -> list[int]:
    """Return the last value of each lower cell, as far as a root feels it."""
    cuts = set()
    felt = None if root is None else book.graph.below(root)
    for use in uses(book).get(name, ()):
        low, high = values[use.other]
        if low == high and (felt is None or use.slot in felt):
            last = low // use.factor
            if low % use.factor == 0 and not use.ends_below:
                last -= 1
            if now[0] <= last < now[1]:
                cuts.add(last)
    return sorted(cuts)


def figure_cells(now: Pair, cuts: list[int]) -> list[Pair]:
    """Return the stretches between cuts; two halves where nothing cuts."""
    low, high = now
    if not cuts and low < high:
        cuts = [(low + high) // 2]
    starts = [low, *(cut + 1 for cut in cuts)]
    return list(zip(starts, [*cuts, high], strict=True))


def alternatives(book: Rulebook, values: Values, name: str, root: int) -> list[Pair]:
    """Return the other values a told fact could be given, one for each effect it can have on a root."""
    slot = book.graph.facts[name]
    kind = book.graph.nodes[slot].type
    now = values[slot]
    if kind.unit is Unit.CHOICES:
        return _toggled(book.graph, slot, now, root)
    if kind.unit in FIGURES:
        domain = (kind.low, kind.high)
        cuts = _cuts(book, values, name, domain, root)
        whole = figure_cells(domain, cuts) if cuts else []
        return [_nearest(cell, now) for cell in whole if not cell[0] <= now[0] <= cell[1]]
    if kind.unit is Unit.CHOICE:
        every = [(1 << place, 1 << place) for place in range(len(kind.values))]
        return [each for each in every if each != now]
    if kind.unit is Unit.TRUTH:
        return [each for each in (YES, NO) if each != now]
    return []


def _nearest(cell: Pair, now: Pair) -> Pair:
    end = cell[0] if now[0] < cell[0] else cell[1]
    return end, end


def _toggled(graph: Graph, slot: int, now: Pair, root: int) -> list[Pair]:
    readers = [graph.nodes[reader] for reader in graph.readers[slot] if reader in graph.below(root)]
    bits = {node.extra for node in readers if node.operator == "holds"}
    return [(now[1] ^ bit, now[1] ^ bit) for bit in sorted(bits)]


def effect(
    book: Rulebook, values: Values, name: str, value: Pair, root: int | None = None
) -> tuple[Pair, ...] | None:
    """Return what a value of a fact does to all that reads it (below a root), or None where that hangs on other facts too."""
    graph = book.graph
    slot = graph.facts[name]
    readers = graph.readers[slot]
    if root is not None:
        readers = [reader for reader in readers if reader in graph.below(root)]
    if any(graph.nodes[reader].facts != {name} for reader in readers):
        return None
    return tuple(graph.again(values, reader, slot, value) for reader in readers)
