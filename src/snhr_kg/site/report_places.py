"""Where the report's text says what: each mention, passage and number with its words and position, in text order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar

from snhr_kg import names
from snhr_kg.holding import Holding
from snhr_kg.names import full
from snhr_kg.site.once import once

One = TypeVar("One")

MENTION: Final = "mention"
NUMBER: Final = "number"
OTHER: Final = "other"

_KINDS: Final = {
    full("snhr:Figure"): MENTION,
    full("snhr:Finding"): "finding",
    full("snhr:Event"): "event",
    full("snhr:LegalInstrument"): "instrument",
    full("snhr:Recommendation"): "recommendation",
    full("snhr:PartyRelation"): "relation",
}


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the text: the annotation, what it is a place of, and the exact words from `start` to `end`.

    Positions are code points from 0. `kind` is ``mention`` of a figure, ``number`` that is no figure, or what kind of
    thing the passage states. `thing` is the figure or the thing stated; a number has none, but the code `why` it is
    no figure. `language` is that of the quote.
    """

    iri: str
    kind: str
    thing: str | None
    report: str
    section: str
    part: str | None
    start: int
    end: int
    quote: str
    language: str
    why: str | None


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a report; `level` is 1 for those that are in no other."""

    iri: str
    report: str
    number: str
    order: int
    start: int
    end: int
    kind: str
    parent: str | None
    level: int

    @property
    def anchor(self) -> str:
        """Where it is on the page of its report."""
        return f"section-{self.iri.rpartition('/')[2]}"


PlacesOf: TypeAlias = dict[str, list[Place]]


@dataclass(frozen=True, slots=True)
class Places:
    """Every place of every report, in text order, to be found by its IRI, its section or what it states."""

    by_iri: dict[str, Place]
    by_section: PlacesOf
    by_thing: PlacesOf
    by_report: PlacesOf


@once
def places(holding: Holding) -> Places:
    """The places of all reports."""
    found = [_place(holding, iri) for kind in ("Mention", "Passage", "OtherNumber") for iri in _of(holding, kind)]
    found.sort(key=lambda place: (place.report, place.start, place.end, place.iri))
    by_section: PlacesOf = defaultdict(list)
    by_thing: PlacesOf = defaultdict(list)
    by_report: PlacesOf = defaultdict(list)
    for place in found:
        by_section[place.section].append(place)
        by_report[place.report].append(place)
        if place.thing:
            by_thing[place.thing].append(place)
    return Places({place.iri: place for place in found}, dict(by_section), dict(by_thing), dict(by_report))


@once
def sections(holding: Holding) -> dict[str, list[Section]]:
    """The sections of each report, in order."""
    found: dict[str, list[Section]] = defaultdict(list)
    for iri in _of(holding, "Section"):
        section = _section(holding, iri)
        found[section.report].append(section)
    for those in found.values():
        those.sort(key=lambda section: section.order)
    return dict(found)


def section_of(holding: Holding, iri: str) -> Section:
    """The section with this IRI."""
    return next(one for those in sections(holding).values() for one in those if one.iri == iri)


def beside(found: Sequence[One], one: One) -> tuple[One | None, One | None]:
    """What comes before and after this one among these."""
    at = found.index(one)
    return (found[at - 1] if at else None), (found[at + 1] if at + 1 < len(found) else None)


def report_graph(report: str) -> str:
    """The graph that holds what a report states."""
    return names.graph(report.removeprefix(names.BASE))


def _of(holding: Holding, kind: str) -> list[str]:
    return holding.instances(f"snhr:{kind}")


def _place(holding: Holding, iri: str) -> Place:
    thing = holding.value(iri, "snhr:mentionOf") or holding.value(iri, "snhr:passageOf")
    report = holding.value(iri, "snhr:inReport") or ""
    position = names.part(iri, "position")
    return Place(
        iri,
        _kind(holding, thing),
        thing,
        report,
        holding.value(iri, "snhr:inSection") or "",
        holding.value(iri, "snhr:textPart"),
        int(holding.value(position, "oa:start") or 0),
        int(holding.value(position, "oa:end") or 0),
        holding.value(names.part(iri, "quote"), "oa:exact") or "",
        names.notation(holding.value(report, "dcterms:language") or ""),
        holding.value(iri, "snhr:numberKind"),
    )


def _kind(holding: Holding, thing: str | None) -> str:
    if thing is None:
        return NUMBER
    kinds = holding.kinds(thing)
    return next((kind for name, kind in _KINDS.items() if name in kinds), OTHER)


def _section(holding: Holding, iri: str) -> Section:
    parents: list[str] = []
    parent = holding.value(iri, "snhr:partOfSection")
    while parent and parent not in parents:
        parents.append(parent)
        parent = holding.value(parent, "snhr:partOfSection")
    return Section(
        iri,
        holding.value(iri, "snhr:inReport") or "",
        holding.value(iri, "snhr:sectionNumber") or "",
        int(holding.value(iri, "snhr:order") or 0),
        int(holding.value(iri, "snhr:start") or 0),
        int(holding.value(iri, "snhr:end") or 0),
        names.notation(holding.value(iri, "snhr:sectionKind") or ""),
        parents[0] if parents else None,
        1 + len(parents),
    )
