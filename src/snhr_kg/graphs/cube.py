"""What holds observations together: data sets, slices with their keys, and breakdowns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rdflib import URIRef

from snhr_kg import names
from snhr_kg.graphs.anchors import text
from snhr_kg.graphs.terms import Triples, code, inside, labels, reports, term, types
from snhr_kg.records import DIMENSIONS, PROPERTY_OF, SCHEME_OF, Breakdown, Report, Slice, StatedFigure

_LABELS = {
    "counts": ("Counts stated in the report of {}", "الأعداد المذكورة في تقرير {}"),
    "shares": ("Shares in percent stated in the report of {}", "النسب المئوية المذكورة في تقرير {}"),
    "magnitudes": ("Orders of magnitude stated in the report of {}", "المقادير التقريبية المذكورة في تقرير {}"),
    "derived-counts": ("Counts derived from the report of {}", "الأعداد المشتقة من تقرير {}"),
    "derived-intervals": ("Intervals derived from the report of {}", "المجالات المشتقة من تقرير {}"),
}
_BREAKDOWN_CLASS = {
    "partition": "snhr:PartitionBreakdown",
    "subset": "snhr:SubsetBreakdown",
    "nested": "snhr:NestedBreakdown",
}


def data_set(name: str, report: Report, sources: Iterable[str]) -> Triples:
    """A data set of a report; `sources` names the data sets it was derived from, none for what the text states."""
    subject = inside(report.id, "dataset", name)
    english, arabic = (label.format(report.published) for label in _LABELS[name])
    yield from types(subject, "qb:DataSet", "prov:Entity")
    yield subject, term("qb:structure"), URIRef(names.structure(name))
    yield from labels(subject, english, arabic)
    yield from labels(subject, english, arabic, "dcterms:title")
    yield subject, term("dcterms:source"), URIRef(names.report(report.id))
    origins = [inside(report.id, "dataset", source) for source in sources] or [text(report.id)]
    for origin in origins:
        yield subject, term("prov:wasDerivedFrom"), origin
    yield from reports(subject, report.id)


def slice_of(row: Slice, report: str, figures: Mapping[str, StatedFigure]) -> Triples:
    """A chart or list of the report.

    It is a slice when its figures share a data set and agree on some dimension other than the one that the chart
    varies; what they agree on is what the slice fixes. Otherwise it is a plain group of observations.
    """
    shown = [figures[figure] for figure in row.figures]
    subject = inside(report, "slice", row.id)
    data_sets = sorted({figure.data_set for figure in shown})
    fixed = [
        name
        for name in DIMENSIONS
        if name != row.varies and len({getattr(figure.dimensions, name) for figure in shown}) == 1
    ]
    if len(data_sets) == 1 and fixed:
        yield from _fixed(subject, report, data_sets[0], fixed, shown[0])
    else:
        yield from types(subject, "qb:ObservationGroup")
    for figure in shown:
        yield subject, term("qb:observation"), URIRef(figure.iri)
    yield subject, term("snhr:inSection"), inside(report, "section", row.section)
    yield from labels(subject, row.label_en, row.label_ar)
    yield from reports(subject, report)


def breakdown(row: Breakdown, report: str) -> Triples:
    """A total and its components, the dimension along which they differ, and of which kind they are."""
    subject = inside(report, "breakdown", row.id)
    yield from types(subject, "snhr:Breakdown", _BREAKDOWN_CLASS[row.kind])
    yield subject, term("snhr:total"), inside(report, "figure", row.total)
    for component in row.components:
        yield subject, term("snhr:component"), inside(report, "figure", component)
        if row.kind == "partition":
            # OWL RL cannot tell the components of partitions from others by the class of the breakdown.
            yield subject, term("snhr:partitionComponent"), inside(report, "figure", component)
    yield subject, term("snhr:alongDimension"), term(f"snhr:{PROPERTY_OF[row.dimension]}")
    yield from labels(subject, row.label_en, row.label_ar)
    yield from labels(subject, row.note, row.note_ar, "rdfs:comment")
    yield from reports(subject, report)


def _fixed(subject: URIRef, report: str, data_set_name: str, fixed: list[str], example: StatedFigure) -> Triples:
    key = URIRef(names.slice_key(data_set_name, fixed))
    yield from types(subject, "qb:Slice")
    yield inside(report, "dataset", data_set_name), term("qb:slice"), subject
    yield subject, term("qb:sliceStructure"), key
    yield URIRef(names.structure(data_set_name)), term("qb:sliceKey"), key
    yield from types(key, "qb:SliceKey")
    for name in fixed:
        predicate = term(f"snhr:{PROPERTY_OF[name]}")
        yield key, term("qb:componentProperty"), predicate
        yield subject, predicate, code(SCHEME_OF[name], getattr(example.dimensions, name))
