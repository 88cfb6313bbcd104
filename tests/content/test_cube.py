"""The graph of the real report: it conforms, its warnings are the report's own contradictions, its cube is sound."""

from __future__ import annotations

import pytest
from rdflib import Dataset, Graph, URIRef
from rdflib.namespace import QB, RDF, RDFS

from shape_cases import SHAPES
from snhr_kg import names
from snhr_kg.pipeline import BuildResult, Prepared
from snhr_kg.records import DIMENSIONS, PROPERTY_OF
from snhr_kg.shacl.shapes import read_shapes
from snhr_kg.shacl.sparql_constraints import find_results
from snhr_kg.shacl.validate import store_of


@pytest.fixture(scope="module")
def prepared(real_build: BuildResult) -> Prepared:
    return real_build.prepared


@pytest.fixture(scope="module")
def published(prepared: Prepared) -> Graph:
    """Everything, the inferred triples too: what is served as the default graph."""
    union = Graph()
    for graph in prepared.dataset.graphs():
        union.addN((*triple, union) for triple in graph)
    return union


def test_nothing_in_the_tables_is_wrong(prepared: Prepared) -> None:
    assert [str(result) for result in prepared.report.violations] == [], "mend data/ and run: snhr-kg validate"


def test_every_warning_is_a_contradiction_that_a_check_publishes(prepared: Prepared) -> None:
    contradicted = {check.about for check in prepared.checks if check.verdict == "contradictory"}
    for result in prepared.report.warnings:
        assert contradicted & {str(result.focus), str(result.value)}, str(result)


def test_the_integrity_constraints_of_the_cube_hold_on_what_is_published(published: Graph) -> None:
    """With the inferred triples, which the shapes themselves do not look at, and without any normalisation."""
    cube = {str(shape) for shape in Graph().parse(SHAPES / "cube.ttl").subjects()}
    store = store_of(published)
    constraints = [each for each in read_shapes(SHAPES).constraints if str(each.node) in cube]
    assert len(constraints) >= 15
    assert [str(result) for each in constraints for result in find_results(store, each)] == []


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
