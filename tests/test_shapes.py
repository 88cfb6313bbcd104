"""The shapes themselves: every case gives the results beside it, every shape is seen failing, another engine agrees."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyshacl
import pytest
from pyshacl.entrypoints import meta_validate
from rdflib import BNode, Graph, URIRef
from rdflib.namespace import RDF, SH

from jena import Jena
from shape_cases import (
    EXTERNAL_GRAPH,
    ONTOLOGY,
    REWRITE,
    SHAPES,
    Case,
    ExternalCase,
    as_csv,
    cases,
    external_cases,
    external_world,
    store_with,
    world,
)
from snhr_kg.shacl.conformance import Report, Result
from snhr_kg.shacl.shapes import Shapes, read_shapes
from snhr_kg.shacl.sparql_constraints import TARGETS, SparqlConstraint, find_results
from snhr_kg.shacl.validate import read_results, store_of, validate_external, validate_graph

CASES: list[Case] = [*cases(), *external_cases()]
FOLDERS = (SHAPES, SHAPES / "external")
IN_ONE_GRAPH = [case for case in CASES if case.shapes_file.stem != "apart"]
"""Cases that engines can look at which know no named graphs."""

KINDS = (SH.NodeShape, SH.PropertyShape, SH.SPARQLConstraint)


@cache
def shapes(folder: Path = SHAPES) -> Shapes:
    return read_shapes(folder)


@cache
def graph_of_all() -> Graph:
    """The shapes of the report's world and of what comes from elsewhere."""
    return sum((shapes(folder).graph for folder in FOLDERS), Graph())


@cache
def validated(case: Case) -> Report:
    if isinstance(case, ExternalCase):
        store, own = case.store(), shapes(SHAPES / "external")
        return Report(tuple(result for each in own.constraints for result in find_results(store, each)), own.graph)
    return validate_graph(case.graph(), shapes())


def test_the_world_that_cases_start_from_conforms_without_a_warning() -> None:
    assert not validate_graph(world(), shapes()).results


def test_the_world_with_what_comes_from_elsewhere_conforms_without_a_warning() -> None:
    everything = external_world() + Graph().parse(ONTOLOGY)
    store = store_with(everything, {EXTERNAL_GRAPH: external_world() - world()})
    assert not validate_external(store, SHAPES).results


@pytest.mark.parametrize("case", [case for case in CASES if not case.invalid], ids=str)
def test_a_valid_case_conforms_without_a_warning(case: Case) -> None:
    assert as_csv(validated(case).results) == as_csv([])


@pytest.mark.parametrize("case", [case for case in CASES if case.invalid], ids=str)
def test_an_invalid_case_gives_the_results_beside_it(case: Case) -> None:
    found = as_csv(validated(case).results)
    if REWRITE:
        case.expected_file.write_text(found, encoding="utf-8")
    assert found == case.expected_file.read_text(encoding="utf-8")
    broken = {result.constraint or result.shape for result in validated(case).results}
    own = set(Graph().parse(case.shapes_file).subjects())
    assert broken & own, f"{case} breaks nothing of shapes/{case.shapes_file.name}"


def test_every_shapes_file_has_a_valid_and_an_invalid_case_and_every_folder_a_file() -> None:
    files = set(SHAPES.rglob("*.ttl"))
    assert {case.shapes_file for case in CASES if case.invalid} == files
    assert {case.shapes_file for case in CASES if not case.invalid} == files
    assert {case.file.stem.split("-")[0] for case in CASES} == {"valid", "invalid"}


def test_every_property_shape_and_constraint_and_closed_shape_is_seen_failing() -> None:
    graph = graph_of_all()
    wanted = {*graph.subjects(RDF.type, SH.PropertyShape), *graph.subjects(RDF.type, SH.SPARQLConstraint)}
    wanted |= set(graph.subjects(SH.closed, None))
    results = [result for case in CASES for result in validated(case).results]
    failing = {shape for result in results for shape in (result.shape, result.constraint)}
    assert not sorted(wanted - failing), "write an invalid case for each in tests/shapes"


def test_every_shape_and_constraint_has_an_iri_of_ours_and_a_message_and_a_severity_in_shacl() -> None:
    graph = graph_of_all()
    for kind in KINDS:
        for shape in graph.subjects(RDF.type, kind):
            assert isinstance(shape, URIRef), shape
            assert shape.startswith("https://w3id.org/snhr-kg/shapes#"), shape
    for kind in (SH.PropertyShape, SH.SPARQLConstraint):
        for shape in graph.subjects(RDF.type, kind):
            messages = list(graph.objects(shape, SH.message))
            assert [message.language for message in messages] == ["en"], shape
    assert set(graph.objects(None, SH.severity)) == {SH.Warning}
    assert not {shape for shape in graph.objects(None, SH.property) if isinstance(shape, BNode)}


def test_nothing_is_defined_in_two_shapes_files() -> None:
    defined: Counter[object] = Counter()
    for file in SHAPES.rglob("*.ttl"):
        graph = Graph().parse(file)
        defined.update({shape for kind in KINDS for shape in graph.subjects(RDF.type, kind)})
    assert [shape for shape, times in defined.items() if times > 1] == []


def test_the_shapes_are_valid_by_the_shapes_for_shapes() -> None:
    conforms, _, text = meta_validate(graph_of_all(), inference="none", inplace=True)
    assert conforms, text


def test_all_21_integrity_constraints_of_the_data_cube_are_there_each_with_its_case() -> None:
    names = [f"ic-{number:02}" for number in range(1, 22)]
    defined = {str(shape).split("#")[-1] for shape in shapes().graph.subjects() if "#" in str(shape)}
    assert set(names) <= defined
    broken = {
        case.file.stem.removeprefix("invalid-"): {
            str(result.constraint or result.shape).split("#")[-1] for result in validated(case).results
        }
        for case in CASES
        if case.file.parent.name == "cube" and case.invalid
    }
    assert [name for name in names if name not in broken.get(name, ())] == []


@pytest.mark.parametrize(
    "constraint",
    shapes().constraints,
    ids=lambda constraint: str(constraint.node).split("#")[-1],
)
def test_pyshacl_finds_the_same_node_by_node_as_our_set_based_run(constraint: SparqlConstraint) -> None:
    case = next(case for case in CASES if constraint.node in {result.constraint for result in validated(case).results})
    graph = case.graph()
    ours = set(find_results(store_of(graph), constraint))
    _, report, text = pyshacl.validate(graph, shacl_graph=_alone(constraint), inplace=True, inference="none")
    assert isinstance(report, Graph), text
    assert {result.key for result in ours} == {result.key for result in read_results(report)}


def _alone(constraint: SparqlConstraint) -> Graph:
    """The shapes graph with the target of one constraint's shape, and nothing to check but that constraint.

    Without the messages of shapes: pySHACL gives them beside the constraint's own, SHACL only in its place.
    """
    alone = Graph()
    for triple in shapes().graph:
        if triple[1] not in (SH.property, SH.sparql, SH.closed, SH.ignoredProperties):
            alone.add(triple)
    alone.remove((constraint.shape, SH.message, None))
    alone.add((constraint.shape, SH.sparql, constraint.node))
    return alone


@pytest.fixture(scope="module")
def jena_reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Graph]:
    """Jena's report on every case by the shapes of its file; by all of them, node by node, it would take a minute."""
    jena = Jena(tmp_path_factory.mktemp("jena"))
    return jena.validate((str(case), _own_shapes(case.shapes_file), case.graph()) for case in IN_ONE_GRAPH)


@pytest.mark.parametrize("case", IN_ONE_GRAPH, ids=str)
def test_jena_finds_the_same_focus_nodes_paths_and_components(case: Case, jena_reports: dict[str, Graph]) -> None:
    own = set(_own_shapes(case.shapes_file).subjects())
    ours = [result for result in validated(case).results if result.shape in own]
    assert _places(ours) == _places(read_results(jena_reports[str(case)]))


@cache
def _own_shapes(file: Path) -> Graph:
    """One shapes file, with the shapes without a target that it takes from others (a day, a month, a year)."""
    own = Graph().parse(file)
    for shape in shapes().graph.subjects(RDF.type, SH.NodeShape):
        if not any((shape, target, None) in shapes().graph for target in TARGETS):
            for triple in shapes().graph.triples((shape, None, None)):
                own.add(triple)
    return own


def _places(results: Iterable[Result]) -> Counter[tuple[str, ...]]:
    """What both engines must agree on; Jena nests a path of three alternatives as two of two."""
    return Counter(
        (str(r.focus), re.sub(r"[()]", "", r.path or ""), str(r.component).split("#")[-1], str(r.shape))
        for r in results
    )
