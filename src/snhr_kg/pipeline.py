"""The whole way in order: code lists and tables in, a validated dataset and its files out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from time import perf_counter

import pyoxigraph as ox
from rdflib import Dataset, URIRef
from rdflib.term import Node

from snhr_kg import content, names
from snhr_kg.codes.lists import CodeLists, read_codes
from snhr_kg.comparisons.compare import Compared, compare_with
from snhr_kg.comparisons.graph import comparison_triples
from snhr_kg.comparisons.read import read_topics
from snhr_kg.comparisons.records import Topic
from snhr_kg.comparisons.select import select_in
from snhr_kg.elsewhere import ExternalGraph
from snhr_kg.errors import DoesNotConform, Fault, TableError
from snhr_kg.exports.export import CONTEXT, Exported, write_exports
from snhr_kg.exports.quads import external_lines
from snhr_kg.graphs.build import CATALOGUE_FILE, build_dataset
from snhr_kg.graphs.catalogue import add_catalogue, read_sources
from snhr_kg.imports.shipped import read_shipped
from snhr_kg.mappings.graph import mapping_triples
from snhr_kg.mappings.read import read_mappings
from snhr_kg.mappings.sets import MappingSets
from snhr_kg.reasoning.reason import infer
from snhr_kg.records import Check, DerivedFigure, ReportTables, StatedFigure
from snhr_kg.rules.check import check
from snhr_kg.rules.derive import derive
from snhr_kg.rules.figure import state_figures
from snhr_kg.series.graph import series_triples
from snhr_kg.series.iris import GRAPH as SERIES_GRAPH
from snhr_kg.series.read import read_series
from snhr_kg.shacl.conformance import Report
from snhr_kg.shacl.validate import validate_dataset, validate_external
from snhr_kg.tables.coordinates import COORDINATES_FILE, Coordinate, read_coordinates
from snhr_kg.tables.read import read_reports
from snhr_kg.whole import add_graphs, whole_store

STEPS = (
    "read codes",
    "read tables",
    "state figures",
    "derive figures",
    "check consistency",
    "read mappings",
    "import",
    "build graphs",
    "compare",
    "infer",
    "catalogue",
    "validate",
    "draw charts",
    "export",
)
"""The steps of a build in order, as `progress` hears of them and as `BuildResult.seconds` names them."""

Progress = Callable[[str], None]

_SOFTWARE = ("pyoxigraph", "pyshacl", "rdflib")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A dataset with everything in it, before anything is written; `report` is the verdict of the shapes."""

    dataset: Dataset = field(repr=False)
    tables: tuple[ReportTables, ...] = field(repr=False)
    stated: tuple[StatedFigure, ...] = field(repr=False)
    derived: tuple[DerivedFigure, ...] = field(repr=False)
    checks: tuple[Check, ...] = field(repr=False)
    external: tuple[ExternalGraph, ...] = field(repr=False)
    codes: CodeLists = field(repr=False)
    compared: tuple[Compared, ...] = field(repr=False)
    report: Report
    seconds: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build wrote and how long each step took; the times are nowhere in the files."""

    out: Path
    prepared: Prepared
    exported: Exported
    seconds: Mapping[str, float]


def build(
    out: Path,
    data: Path | None = None,
    ontology: Path | None = None,
    shapes: Path | None = None,
    progress: Progress = lambda step: None,
    charts: bool = False,
) -> BuildResult:
    """Builds the dataset and writes its files into the folder `out`, the charts among them if they are wanted.

    Folders that are not given are those that ship with the package; `progress` is told the name of each step as it
    begins.

    Raises:
        InputError: wrong cells in the tables, or code lists that cannot be read; with every fault.
        Inconsistent: the closure contains a contradiction.
        DoesNotConform: the dataset breaks a shape. A contradiction of a report with itself does not: it is published.

    Nothing is written when any of them is raised.
    """
    prepared = prepare(data, ontology, shapes, progress)
    if not prepared.report.conforms:
        raise DoesNotConform("\n".join(map(str, prepared.report.violations)))
    clock = _Clock(progress, dict(prepared.seconds))
    with clock.step("draw charts"):
        drawn = _draw(prepared) if charts else ()
    with clock.step("export"):
        context = (ontology or content.folder("ontology")) / CONTEXT
        exported = write_exports(prepared.dataset, out, context, prepared.external, drawn)
    return BuildResult(out, prepared, exported, clock.seconds)


def prepare(
    data: Path | None = None,
    ontology: Path | None = None,
    shapes: Path | None = None,
    progress: Progress = lambda step: None,
) -> Prepared:
    """Everything of `build` but the writing; a dataset that breaks a shape is handed back with the verdict."""
    folders = {
        "data": data or content.folder("data"),
        "ontology": ontology or content.folder("ontology"),
        "shapes": shapes or content.folder("shapes"),
    }
    clock = _Clock(progress, {})
    with clock.step("read codes"):
        codes = read_codes(folders["ontology"] / "codes")
    with clock.step("read tables"):
        tables, coordinates = _read_tables(folders["data"], codes)
    stated, derived, checks = _reckon(tables, codes, clock)
    with clock.step("read mappings"):
        mappings = read_mappings(folders["data"] / "mappings", codes)
    with clock.step("import"):
        external = _read_external(folders["data"], codes, mappings, stated)
    with clock.step("build graphs"):
        dataset = build_dataset(tables, stated, derived, checks, codes, folders["ontology"], coordinates)
        _add(dataset, "links", mapping_triples(mappings))
    with clock.step("compare"):
        store = whole_store(dataset, external)
        topics = _read_topics(folders["data"] / "comparisons", codes)
        compared = tuple(compare_with(select_in(store), topics))
        _add(dataset, "comparisons", comparison_triples([row for one in compared for row in one.comparisons], topics))
    with clock.step("infer"):
        _add(dataset, "inferred", infer(dataset))
    with clock.step("catalogue"):
        software = {name: version(name) for name in _SOFTWARE}
        add_catalogue(dataset, folders["ontology"] / CATALOGUE_FILE, read_sources(folders), software, external)
    with clock.step("validate"):
        report = _judge(dataset, store, external, folders["shapes"])
    return Prepared(dataset, tables, stated, derived, checks, external, codes, compared, report, clock.seconds)


def _draw(prepared: Prepared) -> tuple[tuple[str, bytes], ...]:
    """The files of the charts; only who wants them loads what draws them."""
    from snhr_kg.charts.breakdowns import Stated
    from snhr_kg.charts.files import chart_files

    reports = [
        Stated(
            tables,
            {figure.figure.id: figure for figure in prepared.stated if figure.report == tables.report.id},
            [figure for figure in prepared.derived if figure.report == tables.report.id],
            prepared.codes,
        )
        for tables in prepared.tables
    ]
    return tuple(chart_files(reports, prepared.compared))


def _reckon(
    tables: Sequence[ReportTables], codes: CodeLists, clock: _Clock
) -> tuple[tuple[StatedFigure, ...], tuple[DerivedFigure, ...], tuple[Check, ...]]:
    """The figures that the reports state, those that follow from them, and whether they hold together."""
    with clock.step("state figures"):
        stated = [state_figures(report, codes) for report in tables]
    with clock.step("derive figures"):
        derived = [derive(figures, report, codes) for figures, report in zip(stated, tables, strict=True)]
    with clock.step("check consistency"):
        checks = [
            check(figures, computed, report, codes)
            for figures, computed, report in zip(stated, derived, tables, strict=True)
        ]
    return tuple(chain(*stated)), tuple(chain(*derived)), tuple(chain(*checks))


def _read_topics(folder: Path, codes: CodeLists) -> tuple[Topic, ...]:
    """What is compared; a data folder may have no topics."""
    return read_topics(folder, codes) if folder.is_dir() else ()


def _judge(dataset: Dataset, store: ox.Store, external: Sequence[ExternalGraph], shapes: Path) -> Report:
    """The verdict on the dataset, and on graphs from elsewhere, which are judged in the store that holds them."""
    report = validate_dataset(dataset, shapes)
    if not external:
        return report
    add_graphs(store, dataset, "comparisons", "catalogue")
    return report.and_that(validate_external(store, shapes))


def _read_external(
    data: Path, codes: CodeLists, mappings: MappingSets, stated: tuple[StatedFigure, ...]
) -> tuple[ExternalGraph, ...]:
    """What ships of other datasets, and the series of other publications; a data folder may have neither."""
    shipped, series = data / "external", data / "series"
    graphs = read_shipped(shipped, codes, mappings) if shipped.is_dir() else []
    if series.is_dir():
        lines = external_lines(series_triples(read_series(series, codes), codes, stated))
        graphs.append(ExternalGraph(SERIES_GRAPH, lines))
    return tuple(graphs)


def _add(dataset: Dataset, name: str, triples: Iterable[tuple[Node, Node, Node]]) -> None:
    graph = dataset.graph(URIRef(names.graph(name)))
    graph.addN((*triple, graph) for triple in triples)


def _read_tables(data: Path, codes: CodeLists) -> tuple[tuple[ReportTables, ...], tuple[Coordinate, ...]]:
    """The report folders and the points of places; raises `TableError` with the faults of both."""
    path = data / COORDINATES_FILE
    coordinates: tuple[Coordinate, ...] = ()
    faults: tuple[Fault, ...] = ()
    try:
        coordinates = read_coordinates(path, codes) if path.exists() else ()
    except TableError as error:
        faults = error.faults
    try:
        tables = read_reports(data, codes)
    except TableError as error:
        raise TableError([*faults, *error.faults]) from error
    if faults:
        raise TableError(faults)
    return tables, coordinates


class _Clock:
    """Tells which step begins and keeps how long it took."""

    def __init__(self, progress: Progress, seconds: dict[str, float]) -> None:
        self._progress = progress
        self.seconds = seconds

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        self._progress(name)
        start = perf_counter()
        yield
        self.seconds[name] = perf_counter() - start
