"""Sets ontology, codes, what reports state, links, derived figures and checks side by side as named graphs."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TypeVar

from rdflib import Dataset, Graph, URIRef
from rdflib.term import Node

from snhr_kg import names
from snhr_kg.codes.lists import CodeLists
from snhr_kg.graphs import anchors, cube, document, narrative, observations, periods, points
from snhr_kg.graphs.checks import check
from snhr_kg.graphs.terms import Triple, Triples
from snhr_kg.records import Check, DerivedFigure, Report, ReportTables, Section, StatedFigure
from snhr_kg.rules.figure import read_mention
from snhr_kg.tables.coordinates import Coordinate

AnyFigure = TypeVar("AnyFigure", StatedFigure, DerivedFigure)

CATALOGUE_FILE = "dataset.ttl"
"""The one Turtle file of the ontology folder that belongs to the catalogue and not to the ontology."""


def build_dataset(
    tables: Sequence[ReportTables],
    stated: Sequence[StatedFigure],
    derived: Sequence[DerivedFigure],
    checks: Sequence[Check],
    codes: CodeLists,
    ontology_folder: Path,
    coordinates: Sequence[Coordinate],
) -> Dataset:
    """The dataset of asserted triples, derived figures and checks, each kind in its named graph.

    Nothing in it is inferred and nothing is catalogued yet; blank nodes occur in the ontology's graph only.
    """
    dataset = Dataset()
    for prefix, namespace in names.PREFIXES.items():
        dataset.bind(prefix, namespace)
    _read_ontology(_graph(dataset, "ontology"), ontology_folder)
    _fill(dataset, "codes", codes.graph)
    _fill(dataset, "codes", _periods(tables))
    stated_in = _by_report(stated)
    for report in tables:
        triples = _report_triples(report, stated_in[report.report.id], codes)
        _fill(dataset, f"report/{report.report.id}", triples)
    _fill(dataset, "links", chain.from_iterable(map(points.point, coordinates)))
    _fill(dataset, "derived", _derived_triples(tables, stated, derived, codes))
    _fill(dataset, "checks", chain.from_iterable(map(check, checks)))
    return dataset


def _graph(dataset: Dataset, name: str) -> Graph:
    return dataset.graph(URIRef(names.graph(name)))


def _fill(dataset: Dataset, name: str, triples: Iterable[tuple[Node, Node, Node]]) -> None:
    graph = _graph(dataset, name)
    graph.addN((subject, predicate, object_, graph) for subject, predicate, object_ in triples)


def _read_ontology(graph: Graph, folder: Path) -> None:
    for path in sorted(folder.glob("*.ttl")):
        if path.name != CATALOGUE_FILE:
            graph.parse(path, format="turtle")


def _periods(tables: Sequence[ReportTables]) -> Triples:
    for report in tables:
        for row in report.periods:
            yield from periods.period(row, report.report.id)


def _report_triples(tables: ReportTables, stated: Sequence[StatedFigure], codes: CodeLists) -> Triples:
    yield from document.report(tables.report)
    for row in tables.sections:
        yield from document.section(row, tables.report)
    yield from _cube_triples(tables, stated, codes)
    yield from _text_triples(tables, stated, codes)
    yield from _narrative_triples(tables, codes)


def _cube_triples(tables: ReportTables, stated: Sequence[StatedFigure], codes: CodeLists) -> Triples:
    report = tables.report
    for name in sorted({figure.data_set for figure in stated}):
        yield from cube.data_set(name, report, ())
    for figure in stated:
        yield from observations.stated_figure(figure, codes)
    by_id = {figure.figure.id: figure for figure in stated}
    for slice_row in tables.slices:
        yield from cube.slice_of(slice_row, report.id, by_id)
    for breakdown in tables.breakdowns:
        yield from cube.breakdown(breakdown, report.id)


def _text_triples(tables: ReportTables, stated: Sequence[StatedFigure], codes: CodeLists) -> Triples:
    report = tables.report.id
    for figure in stated:
        for mention in figure.mentions:
            reading = read_mention(mention, figure.figure, codes)
            yield from anchors.mention(mention, report, reading.interval, reading.rounding_unit)
    for passage in tables.passages:
        yield from anchors.passage(passage, report)
    section_at = _Sections(tables.sections)
    for number in tables.other_numbers:
        yield from anchors.other_number(number, report, section_at.find(number.start, number.end))


def _narrative_triples(tables: ReportTables, codes: CodeLists) -> Triples:
    report = tables.report.id
    for finding in tables.findings:
        yield from narrative.finding(finding, report, codes)
    for event in tables.events:
        yield from narrative.event(event, report)
    for instrument in tables.instruments:
        yield from narrative.instrument(instrument, report)
    for recommendation in tables.recommendations:
        yield from narrative.recommendation(recommendation, report)
    for relation in tables.relations:
        yield from narrative.relation(relation, report)


def _derived_triples(
    tables: Sequence[ReportTables],
    stated: Sequence[StatedFigure],
    derived: Sequence[DerivedFigure],
    codes: CodeLists,
) -> Triples:
    basis_of = {figure.iri: figure.figure.basis for figure in stated}
    data_set_of = {figure.iri: figure.data_set for figure in stated}
    derived_in = _by_report(derived)
    for report in tables:
        yield from _derived_data_sets(report.report, derived_in[report.report.id], data_set_of)
    for figure in derived:
        if figure.period is not None:
            yield from periods.period(figure.period, figure.report)
        yield from observations.derived_figure(figure, basis_of, codes)


def _derived_data_sets(
    report: Report, derived: Sequence[DerivedFigure], data_set_of: Mapping[str, str]
) -> Iterator[Triple]:
    sources: dict[str, set[str]] = {}
    for figure in derived:
        inputs = {data_set_of[iri] for iri in figure.inputs if iri in data_set_of}
        sources.setdefault(figure.data_set, set()).update(inputs)
    for name, inputs in sorted(sources.items()):
        yield from cube.data_set(name, report, sorted(inputs))


def _by_report(figures: Iterable[AnyFigure]) -> Mapping[str, list[AnyFigure]]:
    found: dict[str, list[AnyFigure]] = defaultdict(list)
    for figure in figures:
        found[figure.report].append(figure)
    return found


class _Sections:
    """Finds the innermost section around a stretch of text; the sections of a report tile its text."""

    def __init__(self, sections: Iterable[Section]) -> None:
        self._in_order = sorted(sections, key=lambda section: (section.start, -section.end))
        self._starts = [section.start for section in self._in_order]
        self._by_id = {section.id: section for section in self._in_order}

    def find(self, start: int, end: int) -> str:
        section = self._in_order[bisect_right(self._starts, start) - 1]
        while end > section.end and section.parent:
            section = self._by_id[section.parent]
        return section.id
