"""The page about a total and its parts: what may be added up and what must not, and the check that judges it."""

from __future__ import annotations

from dataclasses import dataclass

from snhr_kg import names
from snhr_kg.names import full
from snhr_kg.site.amounts import Amount, amount
from snhr_kg.site.check_sides import largest_first
from snhr_kg.site.check_words import explain
from snhr_kg.site.report_places import report_graph
from snhr_kg.site.visit import Visit

PARTITION, SUBSET, NESTED = "partition", "subset", "nested"

_KINDS = {
    "snhr:PartitionBreakdown": PARTITION,
    "snhr:SubsetBreakdown": SUBSET,
    "snhr:NestedBreakdown": NESTED,
}


@dataclass(frozen=True, slots=True)
class Part:
    """A total or one of its parts: the figure, its amount, and the code that tells it from the others."""

    iri: str
    amount: Amount
    code: str | None


def breakdown(visit: Visit, iri: str) -> str:
    """The page about the breakdown with this IRI."""
    holding = visit.holding
    along = holding.value(iri, "snhr:alongDimension") or ""
    total = holding.value(iri, "snhr:total") or ""
    kind, kind_iri = kind_of(visit, iri)
    left = rests(visit, iri)
    report = holding.value(iri, "snhr:inReport") or ""
    return visit.render(
        "breakdown.html",
        iri=iri,
        report=report,
        graph=report_graph(report),
        kind=kind,
        kind_iri=kind_iri,
        kind_means=visit.text(kind_iri, "skos:definition"),
        along=along,
        total=part(visit, total, along),
        parts_of=parts(visit, iri, along),
        rests=[part(visit, one, along) for one in left],
        derived=[part(visit, one, along) for one in computed(visit, iri) if one not in left],
        note=visit.text(iri, "rdfs:comment"),
        checks=[explain(visit, one) for one in holding.subjects("dqv:computedOn", iri)],
    )


def kind_of(visit: Visit, iri: str) -> tuple[str, str]:
    """Whether the parts are disjoint and complete, or some of the whole, or one inside another; and the class."""
    kinds = visit.holding.kinds(iri)
    found = next((name for name in _KINDS if full(name) in kinds), None)
    return (_KINDS[found], full(found)) if found else ("", full("snhr:Breakdown"))


def parts(visit: Visit, iri: str, along: str) -> list[Part]:
    """The parts, the largest first."""
    return [part(visit, one, along) for one in largest_first(visit, visit.holding.values(iri, "snhr:component"))]


def rests(visit: Visit, iri: str) -> list[str]:
    """What a rule computed as the rest that no part names: derived from the total and from every part."""
    of_breakdown = {visit.holding.value(iri, "snhr:total"), *visit.holding.values(iri, "snhr:component")}
    return [
        one
        for one in visit.holding.subjects("snhr:derivedBy", names.rule("partition-rest"))
        if set(visit.holding.values(one, "prov:wasDerivedFrom")) == of_breakdown
    ]


def computed(visit: Visit, iri: str) -> list[str]:
    """What rules computed from nothing but the total and its parts."""
    holding = visit.holding
    sources = {holding.value(iri, "snhr:total") or "", *holding.values(iri, "snhr:component")}
    near = sorted({one for source in sources for one in holding.subjects("prov:wasDerivedFrom", source)})
    return [one for one in near if sources.issuperset(holding.values(one, "prov:wasDerivedFrom"))]


def part(visit: Visit, iri: str, along: str) -> Part:
    """A figure of a breakdown along a dimension, which is empty where the breakdown names none."""
    code = visit.holding.value(iri, along) if along else None
    return Part(iri, amount(visit.holding, iri, visit.language), code)
