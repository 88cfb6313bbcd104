"""Which observation is a part of which other one, so that nobody adds up both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Final

from snhr_kg import names
from snhr_kg.exports.tidy_graph import instances
from snhr_kg.exports.tidy_rows import Observations
from snhr_kg.questions.parts import PART_OF
from snhr_kg.store import Store

_PART_OF: Final = f"""PREFIX snhr: <{names.SNHR}>
PREFIX prov: <{names.PREFIXES["prov"]}>
SELECT DISTINCT ?figure ?total {{
{PART_OF}
}}"""
_SLICE: Final = ("indicator", "violationType", "victimGroup", "weapon", "unit")
_Parts = Mapping[str, Mapping[str, str]]
"""For a part, how it is one of each of its totals: ``stated``, ``codes`` or ``possible``."""


def parts(store: Store, observations: Observations) -> _Parts:
    """The totals that each observation is a part of, at any distance, by IRI.

    Among stated and derived figures that is what breakdowns say and what follows (`questions.parts`). Within any one
    source, the party, the place and the period of a part lie inside those of its total, and all else is the same. What
    an aggregate was added up from is a part of it. Where periods overlap, or party, place or period are not stated, the
    smaller of two figures is possibly a part of the larger.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for part, total in _inside(observations):
        found[part][total] = "codes"
    for part, total in (map(str, row) for row in store.query(_PART_OF).rows()):
        if part in observations.kinds and total in observations.kinds and part != total:
            found[part][total] = "stated"
    for part, total in (*_added_up(observations), *_broken_down(store)):
        if part in observations.kinds:
            found[part][total] = "stated"
    for part, total in _possibly_inside(observations):
        if total not in found[part] and part not in found[total]:
            found[part][total] = "possible"
    return {part: totals for part, totals in found.items() if totals}


def slice_of(observations: Observations, iri: str) -> tuple[str, ...]:
    """What two observations must share that may be added: source, indicator, violation, group, weapon, unit."""
    return (observations.source(iri), *(observations.said.text(iri, f"snhr:{name}") for name in _SLICE))


def counted_once(observations: Observations, totals: _Parts) -> set[str]:
    """The observations that may be added to others of their slice: counts that are no part of another one there."""
    percent = names.code("unit", "percent")
    return {
        iri
        for iri in observations.kinds
        if observations.said.text(iri, "snhr:value")
        and observations.said.text(iri, "snhr:unit") != percent
        and not any(slice_of(observations, total) == slice_of(observations, iri) for total in totals.get(iri, ()))
    }


def _added_up(observations: Observations) -> Iterator[tuple[str, str]]:
    """What each aggregate was added up from."""
    for total, kind in observations.kinds.items():
        if kind == "aggregate":
            yield from ((part, total) for part in observations.said.texts(total, "prov:wasDerivedFrom"))


def _broken_down(store: Store) -> Iterator[tuple[str, str]]:
    """What another publication gives as the parts of a total of its own."""
    said = instances(store, "snhr:ExternalBreakdown")
    for iri in said:
        yield from product(said.texts(iri, "snhr:externalPart"), said.texts(iri, "snhr:externalTotal"))


def _inside(observations: Observations) -> Iterator[tuple[str, str]]:
    """Pairs of a slice of which the first lies inside the second by its codes of party, place and period.

    Stocks have one period in common too: whoever is detained at two dates is in both counts.
    """
    slices: dict[tuple[str, ...], dict[tuple[str, str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    for iri in observations.kinds:
        said = observations.said
        place, role, basis = (said.text(iri, f"snhr:{name}") for name in ("place", "placeRole", "basis"))
        coordinates = (said.text(iri, "snhr:perpetrator"), place, said.text(iri, "snhr:period"))
        at = coordinates[2] if observations.nature(iri) == "stock" else ""
        slices[(*slice_of(observations, iri), role, basis, at)][coordinates].append(iri)
    for cells in slices.values():
        yield from _inside_slice(observations, cells)


def _inside_slice(
    observations: Observations, cells: Mapping[tuple[str, str, str], list[str]]
) -> Iterator[tuple[str, str]]:
    codes = observations.codes
    longer = _longer(observations, {period for _, _, period in cells})
    for (party, place, period), smaller in cells.items():
        wider = ({party, *codes.wider(party)}, {place, *codes.wider(place)}, {period, *longer[period]})
        for larger in product(*wider):
            if larger != (party, place, period) and larger in cells:
                yield from product(smaller, cells[larger])


def _longer(observations: Observations, periods: Iterable[str]) -> Mapping[str, set[str]]:
    """For each period, those that hold it and are longer; a side that is open or not stated holds nothing."""
    spans = {period: observations.codes.span(period) for period in periods}
    whole = {period: (begin, end) for period, (begin, end) in spans.items() if begin and end}
    return {period: {other for other in whole if _holds(whole[other], spans[period])} for period in spans}


def _holds(outer: tuple[date, date], inner: tuple[date | None, date | None]) -> bool:
    begin, end = inner
    return begin is not None and end is not None and outer != inner and outer[0] <= begin and end <= outer[1]


def _possibly_inside(observations: Observations) -> Iterator[tuple[str, str]]:
    """Pairs of one slice of which nothing says that they do not overlap, the smaller first.

    What was added up from incidents stays out: there a party that is not stated is a group of incidents of its own.
    """
    slices: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for iri, kind in observations.kinds.items():
        if kind != "aggregate" and observations.said.text(iri, "snhr:value"):
            slices[slice_of(observations, iri)].append(iri)
    for members in slices.values():
        for part, total in _near(observations, members):
            if _value(observations, part) < _value(observations, total) and _may_overlap(observations, total, part):
                yield part, total


def _near(observations: Observations, members: Sequence[str]) -> set[tuple[str, str]]:
    """Pairs worth a look: of one party and place, or with one that is vague."""
    vague = _vague(observations, members)
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for iri in members:
        alike[observations.said.text(iri, "snhr:perpetrator"), observations.said.text(iri, "snhr:place")].append(iri)
    return {
        *product(members, vague),
        *product(vague, members),
        *(p for few in alike.values() for p in product(few, few)),
    }


def _vague(observations: Observations, members: Sequence[str]) -> list[str]:
    """Those that do not say whose, where or since or until when, where others of their slice say so."""
    said = observations.said
    unsaid = {
        f"snhr:{name}": names.code(name, "_U")
        for name in ("perpetrator", "place")
        if len({said.text(iri, f"snhr:{name}") for iri in members}) > 1
    }
    return [
        iri
        for iri in members
        if None in observations.codes.span(said.text(iri, "snhr:period"))
        or any(said.text(iri, name) == code for name, code in unsaid.items())
    ]


def _value(observations: Observations, iri: str) -> Decimal:
    return Decimal(observations.said.text(iri, "snhr:value"))


def _may_overlap(observations: Observations, total: str, part: str) -> bool:
    said, codes = observations.said, observations.codes
    for name in ("perpetrator", "place"):
        outer, inner = said.text(total, f"snhr:{name}"), said.text(part, f"snhr:{name}")
        if outer not in {inner, *codes.wider(inner), names.code(name, "_U")}:
            return False
    (begin, end), (first, last) = (codes.span(said.text(iri, "snhr:period")) for iri in (total, part))
    return not ((begin and last and last < begin) or (end and first and first > end))
