"""The series as triples: publications with their figures and readings, pages, lines over time, and the checks."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING, Final

from rdflib import URIRef

from snhr_kg import names
from snhr_kg.graphs import periods
from snhr_kg.graphs.checks import answered
from snhr_kg.graphs.observations import dimension_triples
from snhr_kg.graphs.quantities import bounds, printed_quantity
from snhr_kg.graphs.terms import Triples, coded, labels, note, term, truth, types
from snhr_kg.records import PROPERTY_OF, SCHEME_OF, StatedFigure
from snhr_kg.series import iris
from snhr_kg.series.agreement import data_set
from snhr_kg.series.checks import check_series
from snhr_kg.series.documents import page, publication, publisher, whole
from snhr_kg.series.labels import Labels
from snhr_kg.series.records import Break, Breakdown, Reading, Series, SeriesFigure, SeriesTables

if TYPE_CHECKING:
    from snhr_kg.codes.lists import CodeLists

_STRUCTURE_OF: Final = {"counts": "external-counts", "estimates": "external-counts", "shares": "external-shares"}
_DATA_SET_LABELS: Final = {
    "counts": ("Counts", "الأعداد"),
    "estimates": ("Estimates", "التقديرات"),
    "shares": ("Shares", "النسب"),
}


def series_triples(tables: SeriesTables, codes: CodeLists, stated: Iterable[StatedFigure] | None = None) -> Triples:
    """Everything of the graph ``graph/external/series``; periods that reports have too are described the same.

    With the figures that reports state, those that are members of a series take part in its checks, and figures that
    say the same as one of them are linked to it.

    Raises:
        TableError: a series names a figure that no report of `stated` has.
    """
    reported = None if stated is None else tuple(stated)
    said = Labels(tables, codes)
    yield from whole(tables)
    yield from chain.from_iterable(map(publisher, tables.publishers))
    yield from chain.from_iterable(map(publication, tables.publications))
    yield from chain.from_iterable(map(page, tables.pages))
    for period in tables.periods:
        yield from periods.period(period, "")
    for figure in tables.figures:
        yield from _figure(figure, said, codes)
        yield from chain.from_iterable(_reading(figure, place) for place in range(1, len(figure.readings) + 1))
    yield from _data_sets(tables)
    yield from _restated(tables, reported or ())
    for breakdown in tables.breakdowns:
        yield from _breakdown(breakdown, said)
    known = frozenset(row.id for row in tables.publications)
    for series in tables.series:
        yield from _series(series, said, known)
    for row in tables.breaks:
        yield from _break(row, known)
    for answer in check_series(tables, codes, reported):
        yield from types(URIRef(answer.iri), "snhr:ExternalCheck")
        yield from answered(answer)


def _figure(figure: SeriesFigure, said: Labels, codes: CodeLists) -> Triples:
    subject = iris.within("figure", figure.id)
    indicator = codes.find("indicator", figure.dimensions.indicator)
    yield from types(subject, "snhr:ExternalFigure", "qb:Observation")
    yield subject, term("qb:dataSet"), _data_set(figure)
    yield subject, term("snhr:fromDataset"), iris.publication(figure.publication)
    yield from dimension_triples(subject, figure.dimensions)
    yield from _quantity(subject, figure.carried)
    yield from coded(subject, "snhr:basis", "basis", figure.basis)
    yield from coded(
        subject, "snhr:unit", "unit", "percent" if figure.is_share else (indicator and indicator.unit) or ""
    )
    yield from coded(subject, "snhr:placeRole", "place-role", (indicator and indicator.place_role) or "")
    yield from coded(subject, "snhr:shareOf", "denominator", figure.denominator)
    if figure.share_of:
        yield subject, term("snhr:shareOf"), iris.within("figure", figure.share_of)
    yield from labels(subject, *said.figure(figure))
    yield from note(subject, figure.note)


def _reading(figure: SeriesFigure, place: int) -> Triples:
    reading, local = figure.readings[place - 1], f"{figure.id}-{place}"
    subject = iris.within("reading", local)
    english, arabic = f"Reading {place}: {reading.printed}", f"القراءة {place}: {reading.printed}"
    yield from types(subject, "snhr:Reading")
    yield subject, term("snhr:readingOf"), iris.within("figure", figure.id)
    yield iris.within("figure", figure.id), term("snhr:hasReading"), subject
    yield from _quantity(subject, reading)
    for number in reading.pages:
        yield subject, term("dcterms:source"), iris.beside("page", number)
    yield from labels(subject, english, arabic)
    yield from note(subject, reading.note)


def _quantity(subject: URIRef, reading: Reading) -> Triples:
    yield from printed_quantity(subject, reading.printed, reading.value, "", reading.qualifier, reading.rounding_unit)
    yield from bounds(subject, reading.interval)
    yield from coded(subject, "snhr:grade", "grade", reading.grade)


def _data_set(figure: SeriesFigure) -> URIRef:
    return iris.within("dataset", f"{figure.publication}/{data_set(figure.is_share, figure.basis)}")


def _data_sets(tables: SeriesTables) -> Triples:
    of = {row.id: row for row in tables.publications}
    kinds = sorted({(figure.publication, data_set(figure.is_share, figure.basis)) for figure in tables.figures})
    for publication_id, kind in kinds:
        subject, own = iris.within("dataset", f"{publication_id}/{kind}"), of[publication_id]
        english, arabic = _DATA_SET_LABELS[kind]
        texts = (f"{english}: {own.label_en}", f"{arabic}: {own.label_ar}")
        yield from types(subject, "qb:DataSet", "prov:Entity")
        yield subject, term("qb:structure"), URIRef(names.structure(_STRUCTURE_OF[kind]))
        yield subject, term("dcterms:source"), iris.publication(publication_id)
        yield from labels(subject, *texts)
        yield from labels(subject, *texts, "dcterms:title")


def _restated(tables: SeriesTables, stated: Iterable[StatedFigure]) -> Triples:
    """Links to figures of reports by the same publisher with the same seven dimensions and the same value."""
    by_dimensions = {(figure.dimensions, figure.value): figure.iri for figure in stated if figure.value is not None}
    own = {row.id for row in tables.publications if row.publisher == ("snhr",)}
    for figure in tables.figures:
        iri = by_dimensions.get((figure.dimensions, figure.carried.value))
        if iri is not None and figure.publication in own and not figure.is_share:
            yield iris.within("figure", figure.id), term("snhr:restates"), URIRef(iri)


def _breakdown(row: Breakdown, said: Labels) -> Triples:
    subject = iris.within("breakdown", row.id)
    yield from types(subject, "snhr:ExternalBreakdown", "qb:ObservationGroup")
    yield subject, term("snhr:externalTotal"), iris.within("figure", row.total)
    yield subject, term("snhr:brokenDownBy"), term(f"snhr:{PROPERTY_OF[row.dimension]}")
    yield subject, term("snhr:partsAddUp"), truth(row.kind == "partition")
    recovered = []
    for part in row.parts:
        yield subject, term("snhr:externalPart"), iris.within("figure", part)
        yield subject, term("qb:observation"), iris.within("figure", part)
        recovered.append(iris.within("figure", part))
    if row.chart:
        report, chart = row.chart.split("/")
        for resource in (subject, *recovered):
            yield resource, term("snhr:recoversChart"), URIRef(names.in_report(report, "slice", chart))
    yield from labels(subject, *said.breakdown(row))
    yield from note(subject, row.note)


def _series(row: Series, said: Labels, known: frozenset[str]) -> Triples:
    subject = iris.beside("line", row.id)
    yield from types(subject, "snhr:Series", "qb:ObservationGroup")
    for figure in row.members:
        yield subject, term("qb:observation"), iris.member(figure, known)
    for name, notation in row.fixed.items():
        yield from coded(subject, f"snhr:{PROPERTY_OF[name]}", SCHEME_OF[name], notation)
    for agent in row.publisher:
        yield subject, term("dcterms:publisher"), URIRef(names.agent(agent))
    yield subject, term("snhr:cumulative"), truth(row.cumulative)
    yield from labels(subject, *said.series(row))
    yield from note(subject, row.note)


def _break(row: Break, known: frozenset[str]) -> Triples:
    subject = iris.beside("break", f"{row.series}--{row.after.replace('/', '--')}")
    yield from types(subject, "snhr:SeriesBreak")
    yield subject, term("snhr:breakIn"), iris.beside("line", row.series)
    yield subject, term("snhr:lastBefore"), iris.member(row.before, known)
    yield subject, term("snhr:firstAfter"), iris.member(row.after, known)
    yield from coded(subject, "snhr:reasonForDifference", "comparability", row.reason)
    yield from labels(subject, row.note_en, row.note_ar, "rdfs:comment")
