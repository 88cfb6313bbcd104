"""The graph of the real report: it conforms, its warnings are the report's own contradictions, its cube is sound."""

from __future__ import annotations

from collections import Counter

import pytest
from pyoxigraph import QuerySolutions, Store
from rdflib import Dataset, Graph, URIRef
from rdflib.namespace import QB, RDF, RDFS

from shape_cases import SHAPES
from snhr_kg import names
from snhr_kg.pipeline import Prepared, prepare
from snhr_kg.records import DIMENSIONS, PROPERTY_OF
from snhr_kg.shacl.shapes import read_shapes
from snhr_kg.shacl.sparql_constraints import find_results
from snhr_kg.shacl.validate import store_of
from snhr_kg.whole import whole_store

OUTSIDE_ITS_BOUNDS = URIRef(f"{names.BASE}shapes#external-bounds-doubtful")
NOT_DATED = URIRef(f"{names.BASE}shapes#external-dataset-retrieved-doubtful")
DOUBTFUL_ELSEWHERE = (OUTSIDE_ITS_BOUNDS, NOT_DATED)
"""Shapes that warn of what is the same at its source: numbers that do not fit, a day that nobody noted."""


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    return prepare()


@pytest.fixture(scope="module")
def published(prepared: Prepared) -> Graph:
    """Everything, the inferred triples too: what is served as the default graph."""
    union = Graph()
    for graph in prepared.dataset.graphs():
        union.addN((*triple, union) for triple in graph)
    return union


@pytest.fixture(scope="module")
def whole(prepared: Prepared) -> Store:
    """Everything, with what comes from elsewhere in the default graph too."""
    return whole_store(prepared.dataset, prepared.external)


def test_nothing_in_the_tables_is_wrong(prepared: Prepared) -> None:
    assert [str(result) for result in prepared.report.violations] == [], "mend data/ and run: snhr-kg validate"


def test_every_warning_of_the_report_is_a_contradiction_that_a_check_publishes(prepared: Prepared) -> None:
    contradicted = {check.about for check in prepared.checks if check.verdict == "contradictory"}
    for result in prepared.report.warnings:
        if result.shape not in DOUBTFUL_ELSEWHERE:
            assert contradicted & {str(result.focus), str(result.value)}, str(result)


def test_one_figure_from_elsewhere_lies_outside_the_bounds_that_its_source_gives(prepared: Prepared) -> None:
    outside = [row for row in prepared.report.warnings if row.shape == OUTSIDE_ITS_BOUNDS]
    figure = names.in_external("ucdp-onesided", "21.1", "figure", "118-2013")
    assert {str(row.focus) for row in outside} == {figure}


def test_the_integrity_constraints_of_the_cube_hold_on_what_is_published(published: Graph) -> None:
    """With the inferred triples, which the shapes themselves do not look at, and without any normalisation."""
    cube = {str(shape) for shape in Graph().parse(SHAPES / "cube.ttl").subjects()}
    store = store_of(published)
    constraints = [each for each in read_shapes(SHAPES).constraints if str(each.node) in cube]
    assert len(constraints) >= 15
    assert [str(result) for each in constraints for result in find_results(store, each)] == []


def test_the_cube_is_sound_with_all_that_comes_from_elsewhere(whole: Store) -> None:
    """All integrity constraints but the twelfth, which compares every two observations: the next test counts."""
    cube = {str(shape) for shape in Graph().parse(SHAPES / "cube.ttl").subjects()} - {f"{names.BASE}shapes#ic-12"}
    constraints = [each for each in read_shapes(SHAPES).constraints if str(each.node) in cube]
    assert [str(result) for each in constraints for result in find_results(whole, each)] == []


def test_no_two_observations_of_a_data_set_have_the_same_codes_wherever_they_come_from(whole: Store) -> None:
    codes = " ".join(f"; <{names.term(PROPERTY_OF[name])}> ?{name}" for name in DIMENSIONS)
    found = whole.query(
        f"SELECT DISTINCT ?set {' '.join(f'?{name}' for name in DIMENSIONS)} ?observation"
        f" {{ ?observation <{QB.dataSet}> ?set {codes} }}"
    )
    assert isinstance(found, QuerySolutions)
    times = Counter(tuple(str(term) for term in list(row)[:-1]) for row in found)
    assert len(times) > 5000
    assert [places for places, count in times.items() if count > 1] == []


def test_every_observation_is_flat(published: Graph) -> None:
    """Every dimension, the data set and the unit stand on the observation itself, none of them twice."""
    for observation in published.subjects(RDF.type, QB.Observation):
        for name in DIMENSIONS:
            codes = list(published.objects(observation, URIRef(names.term(PROPERTY_OF[name]))))
            assert len(codes) == 1, f"{observation} {name}: {codes}"


def test_every_dimension_has_a_code_list_in_the_graph_and_every_component_a_label(published: Graph) -> None:
    components = set(published.objects(None, QB.component))
    assert components
    for component in components:
        for kind in (QB.dimension, QB.measure, QB.attribute):
            for term in published.objects(component, kind):
                assert published.value(term, RDFS.label) is not None, term
    for name in DIMENSIONS:
        code_list = published.value(URIRef(names.term(PROPERTY_OF[name])), QB.codeList)
        assert str(code_list).startswith(names.scheme("")), name


def test_no_resource_is_both_stated_and_derived(prepared: Prepared) -> None:
    dataset: Dataset = prepared.dataset
    stated = {s for s, *_ in dataset.quads((None, RDF.type, URIRef(names.term("Figure")), None))}
    derived = {s for s, *_ in dataset.quads((None, RDF.type, URIRef(names.term("DerivedFigure")), None))}
    assert stated
    assert derived
    assert not stated & derived
