"""The figures as rows to choose from: their codes with all that holds these, their words, and what they are part of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from snhr_kg import names
from snhr_kg.names import full
from snhr_kg.questions.figures import PARAMETERS, Wanted, totals_query
from snhr_kg.questions.known import Known
from snhr_kg.records import PROPERTY_OF
from snhr_kg.site import wording
from snhr_kg.site.asking import entities, known, select
from snhr_kg.site.once import Once
from snhr_kg.site.report_places import places
from snhr_kg.site.visit import Visit

FACETS: Final = tuple(parameter.name for parameter in PARAMETERS)
"""What figures are chosen by, named as the parameters of ``/api/figures`` are."""

TYPE_OF: Final = {parameter.name: parameter.type for parameter in PARAMETERS}
"""The code list, or ``section`` or ``report``, that each takes its values from."""

STATED: Final = full("snhr:Figure")
COMPUTED: Final = full("snhr:DerivedFigure")

_ALL: Final = 1_000_000
_PROPERTIES: Final = {**PROPERTY_OF, "report": "inReport"}
_LAST: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """A figure: its codes and what holds them by facet, its place in the report, words to find it by, its totals.

    `position` is where the report first states it or, of a computed one, the first of what it comes from; `totals` are
    the IRIs of the figures that it is part of, through others too.
    """

    iri: str
    computed: bool
    codes: Mapping[str, frozenset[str]]
    inside: Mapping[str, frozenset[str]]
    value: Decimal | None
    position: int
    labels: Mapping[str, str]
    text: wording.Searched
    totals: frozenset[str]


@dataclass(frozen=True, slots=True)
class Table:
    """All figures of a version of the graph, by IRI in the order of the report."""

    rows: Mapping[str, Row]
    held: Mapping[str, frozenset[str]]
    """For each code, section and report, itself and all that holds it."""


_TABLES: Final[Once[Table]] = Once()


def table(visit: Visit) -> Table:
    """The figures of the graph that the visit sees; raises what `Engine.answer` does while it cannot be read."""
    codes = known(visit)
    return _TABLES.get(visit.holding, lambda: _made(visit, codes))


def position(visit: Visit, iri: str) -> int:
    """Where in the text a figure's principal mention begins; of a computed one, the first of those it comes from."""
    holding = visit.holding
    place = places(holding).by_iri.get(holding.value(iri, "snhr:principalMention") or "")
    if place is not None:
        return place.start
    return min((position(visit, each) for each in holding.values(iri, "prov:wasDerivedFrom")), default=_LAST)


def _made(visit: Visit, codes: Known) -> Table:
    held = _held(codes)
    totals: dict[str, set[str]] = {}
    for pair in select(visit, totals_query(Wanted(derived="include", parts="include", limit=_ALL))):
        totals.setdefault(str(pair["figure"]), set()).add(str(pair["total"]))
    kinds = ((iri, kind == COMPUTED) for kind in (STATED, COMPUTED) for iri in visit.holding.instances(kind))
    rows = [_row(visit, held, iri, computed, frozenset(totals.get(iri, ()))) for iri, computed in kinds]
    rows.sort(key=lambda row: (row.computed, row.position, row.iri))
    return Table({row.iri: row for row in rows}, held)


def _held(codes: Known) -> dict[str, frozenset[str]]:
    above = {item.iri: item.above for name in set(TYPE_OF.values()) for item in codes.items(name)}

    def climb(start: str) -> frozenset[str]:
        found: set[str] = set()
        ahead = [start]
        while ahead:
            iri = ahead.pop()
            if iri not in found:
                found.add(iri)
                ahead.extend(one for one in above.get(iri, ()) if not is_undivided(one))
        return frozenset(found)

    return {iri: climb(iri) for iri in above}


def is_undivided(iri: str) -> bool:
    """Whether the code says that a figure is not broken down: it holds nothing but itself when it is chosen."""
    return names.notation(iri) == "_T"


def _row(visit: Visit, held: Mapping[str, frozenset[str]], iri: str, computed: bool, totals: frozenset[str]) -> Row:
    holding = visit.holding
    codes = {name: frozenset(holding.values(iri, f"snhr:{_PROPERTIES.get(name, name)}")) for name in FACETS}
    mentions = holding.values(iri, "snhr:hasMention")
    codes["section"] = frozenset(one for mention in mentions for one in holding.values(mention, "snhr:inSection"))
    inside = {name: frozenset(code for one in given for code in held.get(one, {one})) for name, given in codes.items()}
    value = holding.value(iri, "snhr:value")
    return Row(
        iri=iri,
        computed=computed,
        codes=codes,
        inside=inside,
        value=Decimal(value) if value is not None else None,
        position=position(visit, iri),
        labels={language: holding.label(iri, language).words for language in ("en", "ar")},
        text=wording.searched(_texts(visit, iri, codes)),
        totals=totals,
    )


def _texts(visit: Visit, iri: str, codes: Mapping[str, Iterable[str]]) -> list[str]:
    """Labels of the figure and of its codes in all languages, and its numbers as printed and as coded."""
    holding = visit.holding
    mentions = holding.values(iri, "snhr:hasMention")
    bounds = () if holding.value(iri, "snhr:value") else ("snhr:lowerBound", "snhr:upperBound")
    numbers = (
        number
        for one in (iri, *mentions)
        for name in ("snhr:printed", "snhr:value", *bounds)
        for number in holding.values(one, name)
    )
    named = (
        name
        for facet, given in codes.items()
        if facet not in ("report", "section")
        for code in given
        for name in _names(visit, code)
    )
    return [*holding.values(iri, "rdfs:label"), *named, *numbers]


def _names(visit: Visit, code: str) -> list[str]:
    """What a code is called; nothing where it says that none is meant."""
    if names.notation(code).startswith("_"):
        return []
    entity = entities(visit).get(code)
    labels = visit.holding.values(code, "skos:prefLabel") or visit.holding.values(code, "rdfs:label")
    return labels if entity is None else [name.text for name in entity.names if not name.near]
