"""The pages about what hangs on a report as data: its text, its data sets, and its charts and lists as slices."""

from __future__ import annotations

from dataclasses import dataclass

from snhr_kg import names
from snhr_kg.names import full
from snhr_kg.site.amounts import Amount, amount
from snhr_kg.site.report import text_used
from snhr_kg.site.report_places import report_graph
from snhr_kg.site.visit import Visit


@dataclass(frozen=True, slots=True)
class Row:
    """A figure and its amount, and whether it is a total that contains others of the same table."""

    iri: str
    amount: Amount
    contains_others: bool


def part_of_cube(visit: Visit, iri: str) -> str:
    """The page about one of the report's charts or lists."""
    held = visit.holding
    report = held.value(iri, "snhr:inReport") or ""
    figures = held.values(iri, "qb:observation")
    dimensions = held.instances("qb:DimensionProperty")
    return visit.render(
        "slice.html",
        iri=iri,
        report=report,
        graph=report_graph(report),
        section=held.value(iri, "snhr:inSection"),
        parts_of=rows(visit, figures),
        shared=[(one, code) for one in dimensions if one.startswith(names.SNHR) and (code := held.value(iri, one))],
        breakdowns=[
            one
            for one in held.instances("snhr:Breakdown")
            if {held.value(one, "snhr:total"), *held.values(one, "snhr:component")} & set(figures)
        ],
    )


def data_set(visit: Visit, iri: str) -> str:
    """The page about a data set: what it holds of a report's figures, or of those computed from them."""
    held = visit.holding
    report = held.value(iri, "snhr:inReport") or held.value(iri, "dcterms:source") or ""
    graph = next(one.graph for one in held.statements(iri) if one.predicate == full("qb:structure"))
    return visit.render(
        "dataset.html",
        iri=iri,
        report=report,
        graph=graph,
        derived=graph != report_graph(report),
        structure=held.value(iri, "qb:structure"),
        slices=held.values(iri, "qb:slice"),
        parts_of=rows(visit, held.subjects("qb:dataSet", iri)),
    )


def text(visit: Visit, iri: str) -> str:
    """The page about the text of a report, by its checksum."""
    report = visit.holding.value(iri, "snhr:inReport") or ""
    return visit.render(
        "report_text.html", report=report, graph=report_graph(report), text=text_used(visit.holding, report)
    )


def rows(visit: Visit, figures: list[str]) -> list[Row]:
    """These figures with their amounts: totals first, then in order of their labels."""
    totals = _totals(visit, set(figures))
    found = [Row(iri, amount(visit.holding, iri, visit.language), iri in totals) for iri in figures]
    return sorted(found, key=lambda row: (not row.contains_others, str(visit.label(row.iri))))


def _totals(visit: Visit, figures: set[str]) -> set[str]:
    held = visit.holding
    return {
        total
        for one in held.instances("snhr:Breakdown")
        if (total := held.value(one, "snhr:total")) in figures and figures & set(held.values(one, "snhr:component"))
    }
