"""Validation of a dataset, and the shapes that it refuses to run because an engine would pass over them in silence."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SH

from built import build_tiny
from shape_cases import ONTOLOGY, SHAPES, cases, store_with, world
from snhr_kg import names
from snhr_kg.errors import ShapesError
from snhr_kg.shacl.conformance import Report, Result, path_text
from snhr_kg.shacl.shapes import check_terms, read_shapes
from snhr_kg.shacl.sparql_constraints import find_results, read_constraints
from snhr_kg.shacl.validate import (
    read_results,
    store_of,
    union_of,
    validate_dataset,
    validate_external,
    validate_graph,
)

HEAD = """
@prefix ex: <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix snhr: <https://w3id.org/snhr-kg/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<https://example.org/shapes> a owl:Ontology ;
    sh:declare [ sh:prefix "snhr" ; sh:namespace "https://w3id.org/snhr-kg/ontology#"^^xsd:anyURI ] .
"""
CONSTRAINT = """
ex:shape a sh:NodeShape ; sh:targetClass snhr:Figure ; sh:sparql ex:constraint .
ex:constraint a sh:SPARQLConstraint ; sh:message "Wrong." ; sh:prefixes <https://example.org/shapes> ; sh:select "{}" .
"""


def shapes_of(folder: Path, text: str) -> Path:
    (folder / "own.ttl").write_text(HEAD + text, encoding="utf-8")
    return folder


def run(folder: Path, text: str, graph: Graph | None = None) -> Report:
    shapes = read_shapes(shapes_of(folder, text))
    check_terms(shapes, world())
    return validate_graph(world() if graph is None else graph, shapes)


@pytest.fixture(scope="module")
def tiny_dataset() -> Dataset:
    return build_tiny()


def test_the_invented_report_conforms(tiny_dataset: Dataset) -> None:
    report = validate_dataset(tiny_dataset, SHAPES)
    assert report.conforms
    assert [str(result) for result in report.violations] == []


def test_pyshacl_finds_the_same_in_the_invented_report_node_by_node(tiny_dataset: Dataset) -> None:
    union = union_of(tiny_dataset)
    rounded = min(union.subjects(URIRef(names.term("roundingUnit"))))
    union.remove((rounded, URIRef(names.term("roundingUnit")), None))
    shapes = Graph()
    for name in ("figure", "breakdown", "totals", "checks"):
        shapes.parse(SHAPES / f"{name}.ttl")
    for predicate in (SH.property, SH.closed, SH.ignoredProperties, SH.message):
        for shape in shapes.subjects(RDF.type, SH.NodeShape):
            shapes.remove((shape, predicate, None))
    store = store_of(union)
    ours = {result.key for constraint in read_constraints(shapes) for result in find_results(store, constraint)}
    _, report, text = pyshacl.validate(union, shacl_graph=shapes, inplace=True, inference="none")
    assert isinstance(report, Graph), text
    assert ours == {result.key for result in read_results(report)}
    assert ours


def test_what_was_inferred_or_comes_from_elsewhere_is_not_validated() -> None:
    dataset = Dataset()
    for triple in world():
        dataset.graph(URIRef(names.graph("report/2001-01-01"))).add(triple)
    dataset.graph(URIRef(names.graph("ontology"))).parse(ONTOLOGY)
    figure = URIRef(names.in_report("2001-01-01", "figure", "deaths"))
    stray = (figure, URIRef("http://purl.org/dc/terms/subject"), figure)
    dataset.graph(URIRef(names.graph("inferred"))).add(stray)
    assert validate_dataset(dataset, SHAPES).conforms
    dataset.graph(URIRef(names.graph("external/others/1"))).add(stray)
    assert validate_dataset(dataset, SHAPES).conforms
    dataset.graph(URIRef(names.graph("report/2001-01-01"))).add(stray)
    assert not validate_dataset(dataset, SHAPES).conforms


def test_a_warning_is_reported_and_does_not_stop_a_build() -> None:
    case = next(case for case in cases() if case.file.stem == "invalid-parts-above-total")
    report = validate_graph(case.graph(), read_shapes(SHAPES))
    assert report.conforms
    assert [result.severity for result in report.results] == [SH.Warning]
    assert report.warnings == report.results
    assert str(report.results[0]).startswith("Warning: https://w3id.org/snhr-kg/report/2001-01-01/breakdown/")


def test_a_report_can_be_written_as_a_shacl_report_and_read_back() -> None:
    results: set[Result] = set()
    shapes = read_shapes(SHAPES)
    for case in cases():
        if str(case) in (
            "narrative/invalid-uncited",
            "mention/invalid-target",
            "codes/invalid-orphan",
            "cube/invalid-ic-12",
        ):
            report = validate_graph(case.graph(), shapes)
            results.update(report.results)
            assert set(read_results(report.report_graph())) == set(report.results)
            assert (None, SH.conforms, Literal(False)) in report.report_graph()
    assert {result.path for result in results} >= {"^<https://w3id.org/snhr-kg/ontology#passageOf>", None}


@pytest.mark.parametrize(
    ("shacl", "sparql"),
    [
        ("ex:p", "https://example.org/p"),
        ("( ex:p ex:q )", "<https://example.org/p>/<https://example.org/q>"),
        ("[ sh:inversePath ex:p ]", "^<https://example.org/p>"),
        ("[ sh:alternativePath ( ex:p ex:q ) ]", "(<https://example.org/p>|<https://example.org/q>)"),
        ("[ sh:zeroOrMorePath ex:p ]", "(<https://example.org/p>)*"),
        ("[ sh:oneOrMorePath ex:p ]", "(<https://example.org/p>)+"),
        ("[ sh:zeroOrOnePath [ sh:inversePath ex:p ] ]", "(^<https://example.org/p>)?"),
    ],
)
def test_a_path_is_written_as_sparql_writes_it(shacl: str, sparql: str) -> None:
    graph = Graph().parse(data=f"{HEAD} ex:shape sh:path {shacl} .")
    path = graph.value(URIRef("https://example.org/shape"), SH.path)
    assert path is not None
    assert path_text(graph, path) == sparql


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ex:s a sh:NodeShape ; sh:targetClass snhr:Figure ; sh:mincount 1 .", "sh:mincount is no term of SHACL"),
        ("ex:s a sh:NodeShape ; sh:targetClas snhr:Figure .", "sh:targetClas is no term of SHACL"),
        ("ex:s a sh:NodeShap ; sh:targetClass snhr:Figure .", "sh:NodeShap is no term of SHACL"),
        ("ex:s a sh:NodeShape ; sh:severity sh:Waring .", "sh:Waring is no term of SHACL"),
        ("ex:s a sh:NodeShape ; ex:minCount 1 .", "https://example.org/minCount means nothing on a shape"),
        ("ex:s a sh:NodeShape ; sh:targetClass snhr:Figur .", "ontology#Figur is declared in no vocabulary"),
        ("ex:s a sh:NodeShape ; sh:targetSubjectsOf snhr:shareof .", "ontology#shareof is declared in no"),
        ("ex:s a sh:PropertyShape ; sh:path snhr:valeu .", "ontology#valeu is declared in no vocabulary"),
        ("ex:s a sh:PropertyShape ; sh:path ( snhr:unit rdfs:labl ) .", "rdf-schema#labl is declared in no"),
        ("ex:s a sh:PropertyShape ; sh:path snhr:unit ; sh:class snhr:Units .", "ontology#Units is declared in no"),
        ("ex:s a sh:PropertyShape ; sh:path snhr:value ; sh:datatype xsd:int_ .", "XMLSchema#int_ is declared in no"),
        (CONSTRAINT.format("SELECT $this WHERE { $this snhr:valeu ?v }"), "ontology#valeu is declared in no"),
        (
            CONSTRAINT.format("SELECT $this WHERE { $this snhr:total/snhr:valeu|^snhr:vale ?v }"),
            "ontology#valeu is declared",
        ),
        (CONSTRAINT.format("SELECT $this WHERE { $this snhr:total|^snhr:vale ?v }"), "ontology#vale is declared"),
        (CONSTRAINT.format("SELECT $this WHERE { $this snh:value ?v }"), "snh:value is declared in no"),
        (
            CONSTRAINT.format("SELECT $this WHERE { $this a <https://example.org/X> }"),
            "example.org/X is declared in no",
        ),
        (CONSTRAINT.format("SELECT $this WHERE { $this a ?c VALUES ?c { snhr:Figure } }"), "SHACL forbids VALUES"),
        (CONSTRAINT.format("SELECT $this WHERE { $this a ?c MINUS { $this a snhr:Figure } }"), "SHACL forbids MINUS"),
        (CONSTRAINT.format("SELECT ?v WHERE { $this snhr:value ?v }"), "does not begin with $this"),
        (
            CONSTRAINT.format("SELECT $this WHERE { { SELECT ?v WHERE { ?x snhr:value ?v } } $this a snhr:Figure }"),
            "does not begin with $this",
        ),
        (CONSTRAINT.format("ASK { $this a snhr:Figure }"), "no SELECT query"),
        (CONSTRAINT.format("SELECT $this WHERE { $this snhr:value }"), "ex"),
        ("ex:s a sh:NodeShape ; sh:sparql ex:c . ex:c sh:message 'M' .", "0 sh:select; write exactly one"),
        ("ex:s sh:sparql ex:c . ex:c sh:select 'SELECT $this WHERE { $this a ?c }' .", "no sh:message"),
        (
            "ex:s sh:path snhr:unit ; sh:sparql ex:c . ex:c sh:message 'M' ; sh:select 'SELECT $this {$this a ?c}' .",
            "put https://example.org/c on a node shape",
        ),
        (
            "ex:s a sh:PropertyShape ; sh:path ( snhr:unit ) .\nex:n sh:targetClass snhr:Figure ; sh:property ex:s .",
            "run",
        ),
        ("ex:s a sh:NodeShape ; sh:targetClass snhr:Figure ; sh:minCount 'one' .", "run"),
        ("ex:s a sh:NodeShape ; sh:targetClass snhr:Figure ; sh:node ex:s .", "run"),
        ("ex:s a sh:NodeShape ;", "own.ttl"),
    ],
)
def test_refuses_shapes_that_cannot_be_run_or_would_pass_in_silence(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ShapesError) as refused:
        run(tmp_path, text)
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "ex:s a sh:NodeShape ; sh:targetClass snhr:Figure ; sh:property ex:p .",
            "property is not looked at in what comes from elsewhere; write a sh:sparql constraint",
        ),
        ("ex:s a sh:NodeShape ; sh:targetClass snhr:Figure ; sh:closed true .", "closed is not looked at"),
        ("ex:s a sh:NodeShape ; sh:targetClass snhr:Figur .", "ontology#Figur is declared in no vocabulary"),
        (CONSTRAINT.format("SELECT $this WHERE { $this snhr:valeu ?v }"), "ontology#valeu is declared in no"),
        (CONSTRAINT.format("SELECT $this WHERE { $this snhr:value }"), "ex"),
    ],
)
def test_refuses_shapes_for_what_comes_from_elsewhere_that_it_cannot_run(
    tmp_path: Path, text: str, message: str
) -> None:
    (tmp_path / "external").mkdir()
    shapes_of(tmp_path / "external", text)
    with pytest.raises(ShapesError) as refused:
        validate_external(store_of(world()), tmp_path)
    assert message in str(refused.value)


def test_finds_what_is_wrong_in_what_comes_from_elsewhere_whatever_graph_it_is_in(tmp_path: Path) -> None:
    figure, of = URIRef("urn:figure"), URIRef(names.term("Figure"))
    apart = Graph()
    apart.add((figure, RDF.type, of))
    (tmp_path / "external").mkdir()
    shapes_of(tmp_path / "external", CONSTRAINT.format("SELECT $this ?value WHERE { GRAPH ?value { $this a ?kind } }"))
    report = validate_external(store_with(world() + apart, {"external/others/1": apart}), tmp_path)
    assert [(result.focus, result.value) for result in report.results] == [
        (figure, URIRef(names.graph("external/others/1")))
    ]
    assert not report.conforms


def test_refuses_a_folder_without_shapes(tmp_path: Path) -> None:
    with pytest.raises(ShapesError, match="no shapes"):
        validate_dataset(Dataset(), tmp_path)
    with pytest.raises(ShapesError, match="no shapes"):
        validate_external(store_of(Graph()), tmp_path)


def test_lists_every_unknown_term_at_once(tmp_path: Path) -> None:
    with pytest.raises(ShapesError) as refused:
        run(tmp_path, "ex:s a sh:NodeShape ; sh:targetClass snhr:A, snhr:B .")
    assert len(str(refused.value).splitlines()) == 2


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("sh:targetNode <https://w3id.org/snhr-kg/report/2001-01-01>", 1),
        ("sh:targetClass snhr:Report", 1),
        ("sh:targetSubjectsOf snhr:shareOf", 1),
        ("sh:targetObjectsOf snhr:inSection", 2),
        ("sh:targetClass snhr:Report ; sh:targetSubjectsOf snhr:shareOf", 2),
        ("sh:targetClass snhr:Report ; sh:deactivated true", 0),
        ("rdfs:label 'no target'", 0),
    ],
)
def test_a_sparql_constraint_asks_exactly_the_nodes_of_its_target(tmp_path: Path, target: str, found: int) -> None:
    text = f"""
    ex:shape a sh:NodeShape ; {target} ; sh:sparql ex:c .
    ex:c sh:message "{{$this}} is {{?kind}}." ; sh:select "SELECT $this ?kind WHERE {{ BIND ('any' AS ?kind) }}" ."""
    report = run(tmp_path, text)
    assert len(report.results) == found
    assert all(result.message == f"{result.focus} is any." for result in report.results)


def test_a_class_target_takes_in_the_classes_below_it(tmp_path: Path) -> None:
    graph = Graph()
    graph.add((URIRef("urn:sub"), RDFS.subClassOf, URIRef(names.term("Report"))))
    graph.add((URIRef("urn:one"), RDF.type, URIRef("urn:sub")))
    text = """
    ex:shape a sh:NodeShape ; sh:targetClass snhr:Report ; sh:sparql ex:c .
    ex:c sh:message "Is one." ; sh:select "SELECT $this ?path WHERE { $this a ?path }" ."""
    (result,) = run(tmp_path, text, graph).results
    assert (result.focus, result.path, result.value) == (URIRef("urn:one"), "urn:sub", URIRef("urn:one"))
