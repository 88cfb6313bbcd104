"""What figures can be narrowed by, each value with how many figures choosing it would leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from snhr_kg import names
from snhr_kg.holding import Text
from snhr_kg.site import wording
from snhr_kg.site.once import Each
from snhr_kg.site.rows import FACETS, Row, Table, is_undivided
from snhr_kg.site.selection import Selection, fits, is_of_kind, notation_of
from snhr_kg.site.visit import Visit

_Rank: TypeAlias = tuple[bool, bool, int, tuple[str, str]]
_RANKS: Final[Each[tuple[str, str], _Rank]] = Each()


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet: how many figures it alone would leave of those that all other choices leave.

    `depth` is how many of the values above it in the list hold it.
    """

    iri: str
    notation: str
    label: Text
    count: int
    chosen: bool
    depth: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its values, the broader before those that they hold."""

    name: str
    values: tuple[Value, ...]

    @property
    def chosen(self) -> tuple[Value, ...]:
        """The values that are chosen."""
        return tuple(value for value in self.values if value.chosen)


def facets(visit: Visit, table: Table, selection: Selection) -> list[Facet]:
    """Every facet in which the figures differ, or in which something is chosen."""
    words = wording.asked_words(selection.text)
    rows = [row for row in table.rows.values() if is_of_kind(row, selection) and wording.is_found(words, row.text)]
    found = (_facet(visit, table, selection, name, rows) for name in FACETS)
    return [facet for facet in found if len(facet.values) > 1 or facet.chosen]


def _facet(visit: Visit, table: Table, selection: Selection, name: str, rows: Iterable[Row]) -> Facet:
    left = [row for row in rows if fits(row, selection, but=name)]
    counts = Counter(code for row in left for code in (row.inside if selection.inside else row.codes)[name])
    wanted = selection.values.get(name, frozenset())
    counts.update(dict.fromkeys(wanted, 0))
    order = _in_order(visit, table, counts)
    return Facet(
        name,
        tuple(
            Value(code, notation_of(name, code), visit.label(code), counts[code], code in wanted, depth)
            for code, depth in order
        ),
    )


def _in_order(visit: Visit, table: Table, counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """The values as a tree, each once, below the nearest that holds it; siblings by name, codes for none at the end."""
    below: dict[str, list[str]] = {}
    for code in counts:
        below.setdefault(_nearest(table, code, counts), []).append(code)
    ordered: list[tuple[str, int]] = []

    def walk(parent: str, depth: int) -> None:
        for code in sorted(below.get(parent, ()), key=lambda one: _rank(visit, one)):
            ordered.append((code, depth))
            walk(code, depth + 1)

    walk("", 0)
    return ordered


def _nearest(table: Table, code: str, counts: Mapping[str, int]) -> str:
    """Of the values that hold this one, that which the most others hold; nothing where none does."""
    above = [one for one in table.held.get(code, ()) if one != code and one in counts]
    return max(above, key=lambda one: (len(table.held[one]), one), default="")


def _rank(visit: Visit, code: str) -> _Rank:
    """Sections in the order of the report, anything else by name."""

    def made() -> _Rank:
        none = names.notation(code).startswith("_")
        order = int(visit.holding.value(code, "snhr:order") or 0)
        return none, not is_undivided(code), order, wording.by_letters(visit.label(code).words)

    return _RANKS.get(visit.holding, (code, visit.language), made)
