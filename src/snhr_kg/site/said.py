"""What the report says of a code: its figures, parts beneath totals, and its findings, events and the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from snhr_kg import names
from snhr_kg.holding import Holding
from snhr_kg.names import full
from snhr_kg.site.codes import beneath, figures_of, in_order, says_something
from snhr_kg.site.visit import Visit

_TOLD: Final = ("snhr:perpetrator", "snhr:place", "snhr:period")
"""The dimensions that stand beside a figure in a list, where they say more than that all are meant."""
_QUALIFY: Final = ("snhr:place", "snhr:status", "snhr:attribution")
_PLAINLY: Final = names.code("attribution", "stated")
_NOT_SAID: Final = {names.graph("links"), names.graph("inferred"), names.graph("catalogue")}
_OF_LISTS: Final = (
    names.PREFIXES["skos"],
    *map(full, ("snhr:insidePlace", "snhr:compositeOf", "snhr:subgroupOf", "snhr:within", "snhr:memberOf")),
    *map(full, ("snhr:backedBy", "snhr:formerlyKnownAs", "snhr:foughtAlongside", "snhr:jointPatrolsWith")),
    full("snhr:mainlyConsistsOf"),
)
"""Statements that order a code list, or repeat a relation of parties, which is a thing of its own."""

KINDS: Final = (
    "snhr:Figure",
    "snhr:DerivedFigure",
    "snhr:Finding",
    "snhr:Event",
    "snhr:Recommendation",
    "snhr:PartyRelation",
    "snhr:LegalInstrument",
    "snhr:Check",
    "snhr:Mention",
    "snhr:OtherNumber",
    "snhr:Passage",
    "snhr:Comparison",
    "snhr:GroupPartition",
    "snhr:Section",
    "qb:Slice",
    "skos:Concept",
)
"""The classes of what names a code, the first that fits."""


@dataclass(frozen=True, slots=True)
class Line:
    """A figure in a list: what tells it from others there, and the parts of it that are in the list too.

    `whole` is a total that it is part of and that is not above it in the list.
    """

    iri: str
    tells: tuple[str, ...]
    whole: str | None
    parts: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Figures, or other things, under what they have in common."""

    iri: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Below:
    """A code beneath another, with the figures that have it itself."""

    iri: str
    groups: tuple[Group, ...]


def groups_of(visit: Visit, figures: Iterable[str], code: str) -> tuple[Group, ...]:
    """Figures by what is counted, or by violation on the page of an indicator; larger totals first."""
    holding = visit.holding
    by = "snhr:violationType" if code.startswith(names.scheme("indicator/")) else "snhr:indicator"
    chosen = set(figures)
    parent = {figure: _parent(holding, figure, chosen) for figure in chosen}
    parts: dict[str, list[str]] = defaultdict(list)
    for figure, whole in parent.items():
        if whole:
            parts[whole].append(figure)

    def line(figure: str) -> Line:
        whole = None if parent[figure] else holding.value(figure, "snhr:componentOf")
        return Line(figure, _tells(holding, figure, code), whole, tuple(map(line, _by_size(holding, parts[figure]))))

    roots: dict[str, list[str]] = defaultdict(list)
    for figure in chosen:
        if not parent[figure]:
            roots[holding.value(figure, by) or ""].append(figure)
    return tuple(Group(iri, tuple(map(line, _by_size(holding, roots[iri])))) for iri in in_order(visit, [*roots]))


def below(visit: Visit, code: str) -> tuple[Below, ...]:
    """The codes beneath a code that figures have, each with these."""
    found = [one for one in beneath(visit.holding, code) if figures_of(visit.holding, one)]
    return tuple(Below(one, groups_of(visit, figures_of(visit.holding, one), one)) for one in in_order(visit, found))


def findings_of(visit: Visit, findings: Iterable[str], code: str) -> list[tuple[str, tuple[Line, ...]]]:
    """Findings by violation on the page of a party, by party on others, each with where, whether it goes on, and how
    firmly it is attributed, where the report says so.
    """
    by = "snhr:violationType" if code.startswith(names.scheme("perpetrator/")) else "snhr:perpetrator"

    def line(finding: str) -> Line:
        told = [one for way in _QUALIFY for one in visit.holding.values(finding, way)]
        tells = (one for one in told if one not in (code, _PLAINLY) and says_something(visit.holding, one))
        return Line(finding, tuple(tells), None, ())

    return [(iri, tuple(map(line, all_of_it))) for iri, all_of_it in by_what(visit, findings, by)]


def by_what(visit: Visit, things: Iterable[str], predicate: str) -> list[tuple[str, list[str]]]:
    """Things under what a predicate leads to from them, both in order of what they are called."""
    found: dict[str, list[str]] = defaultdict(list)
    for thing in things:
        found[visit.holding.value(thing, predicate) or ""].append(thing)
    return [(iri, in_order(visit, found[iri])) for iri in in_order(visit, [*found])]


def named_in(holding: Holding, code: str) -> dict[str, list[str]]:
    """What names the code, by the local name of its class: findings, events, recommendations and so on."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in holding.incoming(code):
        if one.graph not in _NOT_SAID and not one.predicate.startswith(_OF_LISTS):
            kinds = holding.kinds(one.subject)
            found[next((name for name in KINDS if full(name) in kinds), "")].add(one.subject)
    return {name: sorted(things) for name, things in found.items()}


def checks_of(holding: Holding, figures: Iterable[str]) -> list[str]:
    """The checks that involve one of these figures, in order."""
    return sorted({check for figure in figures for check in holding.subjects("snhr:involves", figure)})


def _parent(holding: Holding, figure: str, chosen: set[str]) -> str | None:
    """The nearest of the chosen totals that a figure is part of."""
    wholes = _wholes(holding, figure) & chosen
    return max(wholes, key=lambda whole: (len(_wholes(holding, whole)), whole), default=None)


def _wholes(holding: Holding, figure: str) -> set[str]:
    """The totals that a figure is part of, and those that these are part of."""
    found: set[str] = set()
    ahead = [figure]
    while ahead:
        ahead = [one for part in ahead for one in holding.values(part, "snhr:componentOf") if one not in found]
        found.update(ahead)
    return found - {figure}


def _tells(holding: Holding, figure: str, code: str) -> tuple[str, ...]:
    said: list[str] = []
    for way in _TOLD:
        said += [one for one in holding.values(figure, way) if one != code and says_something(holding, one)]
    return tuple(said)


def _by_size(holding: Holding, figures: Iterable[str]) -> list[str]:
    def size(figure: str) -> float:
        return float(holding.value(figure, "snhr:value") or holding.value(figure, "snhr:lowerBound") or 0)

    return sorted(figures, key=lambda figure: (-size(figure), figure))


def in_reading_order(holding: Holding, things: Iterable[str], key: str) -> list[str]:
    """Things by the number or date that a predicate leads to."""
    return sorted(things, key=lambda thing: ((holding.value(thing, key) or "").zfill(4), thing))
