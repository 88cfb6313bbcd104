"""The named graphs of the invented report; what is expected of single resources stands in ``tests/graphs``."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from rdflib import BNode, Dataset, Graph, Literal, URIRef
from rdflib.compare import graph_diff
from rdflib.namespace import RDF, XSD

from built import ROOT, build_tiny, codes, described, tiny_tables
from snhr_kg import names
from snhr_kg.graphs.build import build_dataset
from snhr_kg.graphs.cube import slice_of
from snhr_kg.graphs.terms import date, number, term
from snhr_kg.records import DIMENSIONS, PROPERTY_OF, Slice, Source
from snhr_kg.rules.figure import state_figures

EXPECTED = sorted((Path(__file__).parent / "graphs").glob("*.ttl"))
REPORT = names.report("1999-09-09")
HEADER = re.compile(r"# <(?P<iri>\S+)> in graph (?P<graph>\S+)\n")

CANONICAL = {
    XSD.integer: r"0|-?[1-9][0-9]*",
    XSD.decimal: r"-?(0|[1-9][0-9]*)\.[0-9]*[1-9]",
    XSD.boolean: r"true|false",
    XSD.gYear: r"[0-9]{4}",
    XSD.gYearMonth: r"[0-9]{4}-(0[1-9]|1[0-2])",
    XSD.date: r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    XSD.hexBinary: r"([0-9a-f]{2})+",
    term("geo:wktLiteral"): r"POINT\(\S+ \S+\)",
}


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return build_tiny()


def graph_of(dataset: Dataset, name: str) -> Graph:
    return dataset.graph(URIRef(names.graph(name)))


def figures(dataset: Dataset) -> list[tuple[Graph, URIRef]]:
    return [
        (graph_of(dataset, name), figure)
        for name, kind in (("report/1999-09-09", "snhr:Figure"), ("derived", "snhr:DerivedFigure"))
        for figure in graph_of(dataset, name).subjects(RDF.type, term(kind))
    ]


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_says_of_each_kind_of_resource_what_is_written_down(dataset: Dataset, path: Path) -> None:
    """SNHR_KG_REWRITE_EXPECTED=1 writes what the build says now; read the difference before committing it."""
    header = HEADER.match(path.read_text(encoding="utf-8"))
    assert header, f"{path}: begin with a line: # <IRI> in graph NAME"
    found = described(dataset, header["graph"], header["iri"])
    if os.environ.get("SNHR_KG_REWRITE_EXPECTED") == "1":
        path.write_text(header[0] + found.serialize(format="turtle"), encoding="utf-8")
    assert len(found), f"nothing is said of {header['iri']} in graph {header['graph']}"
    _, missing, unexpected = graph_diff(Graph().parse(path, format="turtle"), found)
    assert not len(missing), f"missing:\n{missing.serialize(format='nt')}"
    assert not len(unexpected), f"not expected:\n{unexpected.serialize(format='nt')}"


def test_sets_each_kind_of_statement_in_a_graph_of_its_own(dataset: Dataset) -> None:
    graphs = {str(graph.identifier).removeprefix(names.graph("")) for graph in dataset.graphs() if len(graph)}
    assert graphs == {"ontology", "codes", "report/1999-09-09", "links", "derived", "checks"}


def test_gives_every_figure_one_code_on_each_of_the_seven_dimensions(dataset: Dataset) -> None:
    assert len(figures(dataset)) > 30
    for graph, figure in figures(dataset):
        for name in DIMENSIONS:
            assert len(list(graph.objects(figure, term(f"snhr:{PROPERTY_OF[name]}")))) == 1, f"{figure}: {name}"


def test_gives_every_figure_all_that_an_observation_must_have(dataset: Dataset) -> None:
    needed = ["qb:dataSet", "snhr:qualifier", "snhr:basis", "snhr:unit", "snhr:placeRole", "snhr:inReport"]
    for graph, figure in figures(dataset):
        assert term("qb:Observation") in set(graph.objects(figure, RDF.type))
        for curie in needed:
            assert len(list(graph.objects(figure, term(curie)))) == 1, f"{figure}: {curie}"


def test_uses_only_codes_that_are_in_a_code_list(dataset: Dataset) -> None:
    declared = {
        subject for name in ("codes", "derived") for subject in graph_of(dataset, name).subjects(term("skos:inScheme"))
    }
    declared |= {URIRef(names.scheme("period"))}
    used = {
        value
        for name in ("report/1999-09-09", "derived", "checks")
        for value in graph_of(dataset, name).objects()
        if str(value).startswith(f"{names.BASE}code/") and "#" not in str(value)
    }
    assert len(used) > 50
    assert used - declared == set()


def test_has_blank_nodes_in_the_ontology_only(dataset: Dataset) -> None:
    for graph in dataset.graphs():
        if graph.identifier != URIRef(names.graph("ontology")):
            assert not [triple for triple in graph for node in triple if isinstance(node, BNode)]


def test_speaks_only_of_resources_under_our_own_base(dataset: Dataset) -> None:
    for name in ("codes", "report/1999-09-09", "links", "derived", "checks"):
        subjects = set(graph_of(dataset, name).subjects())
        assert not [subject for subject in subjects if not str(subject).startswith(names.BASE)]


def test_writes_every_literal_as_a_store_would_keep_it(dataset: Dataset) -> None:
    for name in ("report/1999-09-09", "links", "derived", "checks"):
        for subject, predicate, value in graph_of(dataset, name):
            if not isinstance(value, Literal):
                continue
            if value.datatype in (None, XSD.string):
                assert value.language in (None, "en", "ar")
                assert str(value), f"{subject} {predicate} is empty"
            else:
                assert re.fullmatch(CANONICAL[value.datatype], str(value)), f"{subject} {predicate} {value!r}"


def test_writes_a_whole_number_as_an_integer_and_another_without_trailing_zeros() -> None:
    assert number(Decimal("9.0")) == Literal("9", datatype=XSD.integer)
    assert number(Decimal("1E+3")) == Literal("1000", datatype=XSD.integer)
    assert str(number(Decimal("91.360"))) == "91.36"
    assert number(Decimal("-0.5")).datatype == XSD.decimal


def test_types_a_date_by_the_precision_it_is_given_in() -> None:
    assert [date(iso).datatype for iso in ("2012", "2012-04", "2012-04-01")] == [XSD.gYear, XSD.gYearMonth, XSD.date]


def test_fixes_on_a_slice_what_all_its_figures_agree_on(dataset: Dataset) -> None:
    graph = graph_of(dataset, "report/1999-09-09")
    for row in graph.subjects(RDF.type, term("qb:Slice")):
        key = graph.value(row, term("qb:sliceStructure"))
        fixed = set(graph.objects(key, term("qb:componentProperty")))
        assert fixed
        for name in DIMENSIONS:
            predicate = term(f"snhr:{PROPERTY_OF[name]}")
            shown = {graph.value(figure, predicate) for figure in graph.objects(row, term("qb:observation"))}
            assert (len(shown) == 1) == (predicate in fixed)
            assert graph.value(row, predicate) in (shown if predicate in fixed else {None})


def test_makes_a_list_over_several_data_sets_a_plain_group_of_observations() -> None:
    stated = {figure.figure.id: figure for figure in state_figures(tiny_tables(), codes())}
    figures = ("civilian-deaths", "quay-board-share")
    mixed = Slice("mixed", "list", "s1", "perpetrator", figures, "Mixed", "مختلط", Source("", 1))
    triples = set(slice_of(mixed, "1999-09-09", stated))
    subject = URIRef(f"{REPORT}/slice/mixed")
    assert (subject, RDF.type, term("qb:ObservationGroup")) in triples
    assert not [triple for triple in triples if triple[1] in (term("qb:slice"), term("qb:sliceStructure"))]


def test_puts_every_other_number_in_the_innermost_section_around_it(dataset: Dataset) -> None:
    graph = graph_of(dataset, "report/1999-09-09")
    spans = {section.id: (section.start, section.end) for section in tiny_tables().sections}
    for row in tiny_tables().other_numbers:
        section = str(graph.value(URIRef(f"{REPORT}/number/{row.id}"), term("snhr:inSection"))).rsplit("/", 1)[-1]
        around = [end - start for start, end in spans.values() if start <= row.start and row.end <= end]
        assert spans[section][1] - spans[section][0] == min(around)


def test_holds_a_second_report_beside_the_first() -> None:
    first = tiny_tables()
    second = replace(first, report=replace(first.report, id="2000-01-01"))
    stated = [figure for tables in (first, second) for figure in state_figures(tables, codes())]
    both = build_dataset([first, second], stated, [], [], codes(), ROOT / "ontology", [])
    sizes = [len(graph_of(both, f"report/{report}")) for report in ("1999-09-09", "2000-01-01")]
    assert sizes[0] == sizes[1] > 1000


def fingerprint() -> str:
    """A hash of every triple outside the ontology's graph, whose blank nodes have no names to compare."""
    lines = (
        f"{graph.identifier} {' '.join(node.n3() for node in triple)}"
        for graph in build_tiny().graphs()
        if graph.identifier != URIRef(names.graph("ontology"))
        for triple in graph
    )
    return sha256("\n".join(sorted(lines)).encode()).hexdigest()


def test_says_the_same_in_every_process() -> None:
    script = "import test_build; print(test_build.fingerprint())"
    path = os.pathsep.join((str(ROOT / "src"), str(ROOT / "tests")))
    runs = [
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert len(runs[0].strip()) == 64
